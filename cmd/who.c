/* fu who <name|mail|phone>: somebody is on the line. */
#include "cmd/record_fields.h"
#include "cmd/report.h"

#include "core/error.h"
#include "core/json_values.h"
#include "core/mem.h"
#include "core/person.h"

#include <stdlib.h>

struct who_options {
	const char *who;
};

static const struct positional who_positionals[] = {
	{"<name|mail|phone>", .slot = SLOT_TEXT(struct who_options, who)},
	{NULL},
};

const struct command_spec spec_who = {
	.opts = opts_json,
	.positionals = who_positionals,
	.size = sizeof(struct who_options),
};

struct seeking {
	struct query query;
	struct person_sought person;
	struct opportunity **found;
	size_t n, cap;
};

static int visit(void *context, struct opportunity *o, bool *keep)
{
	struct seeking *s = context;

	if (o->now.status == STATUS_NONE)
		return 0;
	for (size_t i = 0; i < o->now.contacts_n && !*keep; i++)
		*keep = person_is(&s->person, &o->now.contacts[i]);
	if (*keep) {
		GROW(s->found, s->n, s->cap);
		s->found[s->n++] = o;
	}
	return 0;
}

/* Open ones first, then as their ids. */
static int compare_found(const void *left, const void *right)
{
	const struct opportunity *a = *(struct opportunity *const *)left;
	const struct opportunity *b = *(struct opportunity *const *)right;
	int a_open = opportunity_is_open(a), b_open = opportunity_is_open(b);

	if (a_open != b_open)
		return b_open - a_open;
	return strcmp(a->id, b->id);
}

/* ---- the answer ---- */

static void add_person(struct str *page, const struct contact *c, int width)
{
	struct str text = STR_INIT;

	record_add_contact(&text, c);
	record_add_line(page, width, "who", text.buf);
	str_release(&text);
}

static void print_one(struct seeking *s, const struct opportunity *o)
{
	struct record record = record_of(&s->query, o);
	struct call *call = s->query.call;
	int width = terminal_width(&call->terminal);
	struct str page = STR_INIT;

	for (size_t i = 0; i < o->now.contacts_n; i++)
		if (person_is(&s->person, &o->now.contacts[i]))
			add_person(&page, &o->now.contacts[i], width);
	record_add_snapshot(&page, &record, width);
	record_print_title(call, o);
	print_text(page.buf);
	str_release(&page);
}

static json_t *one_json(struct seeking *s, const struct opportunity *o)
{
	struct record record = record_of(&s->query, o);
	json_t *document = record_to_json(&record, false), *who = json_array();

	for (size_t i = 0; i < o->now.contacts_n; i++)
		if (person_is(&s->person, &o->now.contacts[i]))
			json_array_append_new(who, json_of_contact(&o->now.contacts[i]));
	json_object_set_new(document, "who", who);
	return document;
}

static void print_found(struct seeking *s)
{
	json_t *array = s->query.call->common.json ? json_array() : NULL;

	for (size_t i = 0; i < s->n; i++) {
		if (array) {
			json_array_append_new(array, one_json(s, s->found[i]));
			continue;
		}
		if (i)
			print_line("%s", "");
		print_one(s, s->found[i]);
	}
	if (array)
		print_json(array);
}

int cmd_who(struct call *call, const void *options)
{
	const struct who_options *o = options;
	struct seeking s = {0};
	int err;

	query_init(&s.query, call);
	err = person_seek(&s.person, o->who);
	if (!err)
		err = call_open_repo(call);
	if (!err)
		terminal_start_pager(&call->terminal, call->repo);
	if (!err)
		err = query_each(&s.query, NULL, QUERY_ALL, visit, &s);
	if (err)
		goto out;
	if (s.n)
		qsort(s.found, s.n, sizeof(*s.found), compare_found);
	print_found(&s);
	if (!s.n) {
		say("nobody known is called, writes from or phones from '%s'", o->who);
		err = FOUND;
	}
out:
	for (size_t i = 0; i < s.n; i++)
		opportunity_free(s.found[i]);
	free(s.found);
	person_release(&s.person);
	query_release(&s.query);
	return err;
}
