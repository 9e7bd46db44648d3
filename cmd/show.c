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

static void add_contacts(struct str *page, const struct state *s, int width)
{
	const char *label = "contacts";

	for (size_t i = 0; i < s->contacts_n; i++) {
		struct str text = STR_INIT;

		record_add_contact(&text, &s->contacts[i]);
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

/* An opportunity's page, and what is wrong with its acts. */
struct page {
	const struct record *record;
	struct breaches breaches;
	struct str text;
	int width;
};

static void add_page_list(struct page *page, const char *label, const struct list *values)
{
	add_list(&page->text, label, values, page->width);
}

static const struct commitment *find_commitment(const struct opportunity *o, const char *id)
{
	for (size_t i = 0; i < o->now.commitments_n; i++)
		if (same_string(o->now.commitments[i].promise->id, id))
			return &o->now.commitments[i];
	return NULL;
}

/* What is open stands above already; an act that is taken back promised nothing. */
static void add_promise(struct page *page, const char *label, const struct promise *p)
{
	const struct commitment *c = find_commitment(page->record->o, p->id);
	struct str text = STR_INIT;

	if (!c)
		record_add_promise(&text, page->record, p, &p->due);
	else if (c->state == COMMITMENT_OPEN)
		str_addf(&text, "[%s], open: see above", p->id);
	else
		record_add_commitment(&text, page->record, c);
	record_add_line(&page->text, page->width, label, text.buf);
	str_release(&text);
}

static void add_promises(struct page *page, const char *label, const struct promises *promises)
{
	if (promises->none)
		record_add_line(&page->text, page->width, label, "nothing");
	for (size_t i = 0; i < promises->n; i++)
		add_promise(page, i ? "" : label, &promises->items[i]);
}

static void add_questions(struct page *page, const struct act *a)
{
	for (size_t i = 0; i < a->unsure.n; i++)
		record_add_line(
			&page->text, page->width, i ? "" : "  unsure", a->unsure.items[i].text);
}

static void add_texts(struct page *page, const struct act *a)
{
	const struct {
		const char *label;
		const char *text;
	} texts[] = {{"  from", a->from}, {"  discussed", a->discussed},
		{"  they said", a->where}, {"  temperature", temperature_word(a->temperature)},
		{"  about", a->what}, {"  no date", a->no_next}, {"  because", a->because},
		{"  note", a->note}, {"  link", a->link}, {"  care", a->care}};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		record_add_line(&page->text, page->width, texts[i].label, texts[i].text);
}

/* The rules that history breaks. */
static void add_breaches(struct page *page, const struct act *a)
{
	const char *label = "  breaks a rule";

	for (size_t i = 0; a->lenient && i < page->breaches.n; i++) {
		if (page->breaches.items[i].act != a)
			continue;
		record_add_line(
			&page->text, page->width, label, page->breaches.items[i].message);
		label = "";
	}
}

static void add_details(struct page *page, const struct act *a)
{
	struct str minutes = STR_INIT;

	add_page_list(page, "  attended", &a->attended);
	if (a->kind == ACT_MEETING)
		record_add_line(
			&page->text, page->width, "  channel", channel_word(a->channel));
	add_texts(page, a);
	add_page_list(page, "  options", &a->options);
	add_promises(page, "  they owe", &a->theirs);
	add_promises(page, "  we owe", &a->ours);
	add_questions(page, a);
	if (a->minutes)
		str_addf(&minutes, "%d", a->minutes);
	record_add_line(&page->text, page->width, "  minutes", minutes.buf);
	add_breaches(page, a);
	str_release(&minutes);
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

static void print_act(struct call *call, struct page *page, size_t i)
{
	const struct record *r = page->record;
	const struct act *a = r->o->acts[i];
	bool struck = r->o->struck && r->o->struck[i];
	struct str text = STR_INIT;

	str_truncate(&page->text, 0);
	moment_add_echo(&text, &a->at, r->clock);
	str_add(&text, "  ");
	act_add_line(&text, a, r->o, r->clock);
	add_name(&text, a->by);
	if (struck)
		str_add(&text, " [taken back]");
	record_add_line(&page->text, page->width, a->id, text.buf);
	add_details(page, a);
	print_toned(call, struck ? TONE_FAINT : TONE_PLAIN, page->text.buf);
	str_release(&text);
}

/* ---- the page ---- */

/* Judged only where it is needed: the rules that history breaks are to be named. */
static void find_breaches(struct page *page, struct opportunity *o)
{
	const struct ground ground = {.settings = page->record->settings,
		.process = page->record->process,
		.clock = page->record->clock};
	bool any = false;

	for (size_t i = 0; i < o->n; i++)
		any = any || o->acts[i]->lenient;
	if (any)
		opportunity_check(o, &ground, &page->breaches);
}

static void print_page(struct call *call, const struct record *r, struct opportunity *o)
{
	struct page page = {
		.record = r, .text = STR_INIT, .width = terminal_width(&call->terminal)};

	find_breaches(&page, o);
	record_print_title(call, o);
	add_facts(&page.text, r, page.width);
	if (page.text.len)
		str_addch(&page.text, '\n');
	record_add_snapshot(&page.text, r, page.width);
	print_text(page.text.buf);
	print_toned(call, TONE_HEADING, "\nacts\n");
	for (size_t i = 0; i < o->n; i++)
		print_act(call, &page, i);
	breaches_release(&page.breaches);
	str_release(&page.text);
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
		print_page(call, &record, o);
out:
	opportunity_free(o);
	query_release(&query);
	return err;
}
