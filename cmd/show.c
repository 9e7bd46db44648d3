/* fu show <opp>: all there is to know about one. */
#include "cmd/record_fields.h"

#include "core/mem.h"
#include "core/words.h"

#include <stdlib.h>
#include <string.h>

struct show_options {
	const char *opp;
};

static const struct positional show_positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct show_options, opp)},
	{NULL},
};

const struct command_spec spec_show = {
	.opts = opts_json,
	.positionals = show_positionals,
	.size = sizeof(struct show_options),
};

/* ---- facts ---- */

static void add_contact(struct str *out, const struct contact *c)
{
	str_add(out, c->name);
	if (c->mail)
		str_addf(out, " <%s>", c->mail);
	if (c->phone)
		str_addf(out, ", %s", c->phone);
	if (c->role)
		str_addf(out, ", %s", c->role);
	if (c->decision_maker)
		str_add(out, ", decides");
	if (c->left)
		str_addf(out, ", left%s%s", c->left_to ? "; now " : "",
			c->left_to ? c->left_to : "");
}

static void add_contacts(struct str *page, const struct state *s, int width)
{
	const char *label = "contacts";

	for (size_t i = 0; i < s->contacts_n; i++) {
		struct str text = STR_INIT;

		add_contact(&text, &s->contacts[i]);
		record_add_line(page, width, label, text.buf);
		str_release(&text);
		label = "";
	}
}

static void add_list(struct str *page, const char *label, const struct list *values, int width)
{
	struct str text = STR_INIT;

	for (size_t i = 0; i < values->n; i++)
		str_addf(&text, "%s%s", i ? ", " : "", values->items[i]);
	record_add_line(page, width, label, text.buf);
	str_release(&text);
}

static void add_dated_facts(struct str *page, const struct record *r, int width)
{
	const struct state *s = &r->o->now;
	struct str text = STR_INIT;

	if (s->value.currency[0])
		money_add(&text, &s->value);
	record_add_line(page, width, "value", text.buf);
	str_truncate(&text, 0);
	if (s->opened)
		moment_add_echo(&text, &s->opened->at, r->clock);
	record_add_line(page, width, "opened", text.buf);
	str_truncate(&text, 0);
	if (s->expires.set)
		when_add_echo(&text, &s->expires, r->clock);
	record_add_line(page, width, "expires", text.buf);
	str_truncate(&text, 0);
	if (s->interval.unit)
		duration_add(&text, &s->interval);
	record_add_line(page, width, "in touch every", text.buf);
	str_release(&text);
}

static void add_facts(struct str *page, const struct record *r, int width)
{
	const struct state *s = &r->o->now;

	record_add_line(page, width, "via", s->via);
	record_add_line(page, width, "owner", s->owner);
	record_add_line(page, width, "source", s->source);
	add_list(page, "tags", &s->tags, width);
	record_add_line(page, width, "external id", s->external_id);
	add_dated_facts(page, r, width);
	add_contacts(page, s, width);
}

/* ---- acts ---- */

static void add_texts(struct str *page, const struct act *a, int width)
{
	const struct {
		const char *label;
		const char *text;
	} texts[] = {{"  discussed", a->discussed}, {"  they said", a->where},
		{"  about", a->what}, {"  no date", a->no_next}, {"  because", a->because},
		{"  note", a->note}, {"  link", a->link}};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		record_add_line(page, width, texts[i].label, texts[i].text);
}

/* Who it was, without the mail. */
static void add_name(struct str *out, const char *by)
{
	const char *mail = by ? strstr(by, " <") : NULL;

	if (!by || !*by)
		return;
	str_add(out, " (");
	str_addn(out, by, mail ? (size_t)(mail - by) : strlen(by));
	str_addch(out, ')');
}

static void add_act(struct str *page, const struct record *r, size_t i, int width)
{
	const struct act *a = r->o->acts[i];
	struct str label = STR_INIT, text = STR_INIT;

	str_addf(&label, "%s", a->id);
	moment_add_echo(&text, &a->at, r->clock);
	str_add(&text, "  ");
	act_add_words(&text, a, r->clock);
	add_name(&text, a->by);
	if (r->o->struck && r->o->struck[i])
		str_add(&text, " -- taken back");
	if (a->lenient)
		str_add(&text, " -- history that breaks a rule");
	record_add_line(page, width, label.buf, text.buf);
	add_texts(page, a, width);
	str_release(&label);
	str_release(&text);
}

static void print_page(struct call *call, const struct record *r)
{
	int width = terminal_width(&call->terminal);
	struct str page = STR_INIT;

	record_print_title(call, r->o);
	add_facts(&page, r, width);
	str_addch(&page, '\n');
	record_add_snapshot(&page, r, true, width);
	print_text(page.buf);
	str_truncate(&page, 0);
	print_toned(call, TONE_HEADING, "\nacts\n");
	for (size_t i = 0; i < r->o->n; i++)
		add_act(&page, r, i, width);
	print_text(page.buf);
	str_release(&page);
}

int cmd_show(struct call *call, const void *options)
{
	const struct show_options *show = options;
	struct opportunity *o = NULL;
	struct record record;
	struct query query;
	int err;

	query_init(&query, call);
	err = query_load(&query, show->opp, &o);
	if (err)
		goto out;
	record = record_of(&query, o);
	if (call->common.json)
		print_json(record_to_json(&record, true));
	else
		print_page(call, &record);
out:
	opportunity_free(o);
	query_release(&query);
	return err;
}
