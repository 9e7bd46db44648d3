/* fu commitments: what each side owes, and how well each client keeps his word (B2). */
#include "cmd/printer.h"
#include "cmd/query.h"

#include "core/mem.h"
#include "core/opportunity_json.h"

#include <stdlib.h>
#include <string.h>

struct commitments_options {
	const char *opp, *due;
	bool ours, theirs, all;
};

static const struct opt commitments_opts[] = {
	{OPT_FLAG, "ours", .slot = SLOT_BOOL(struct commitments_options, ours),
		.help = "what we owe; the counts are of our promises then"},
	{OPT_FLAG, "theirs", .slot = SLOT_BOOL(struct commitments_options, theirs),
		.help = "what the clients owe"},
	{OPT_AHEAD, "due", .arg = "<when>", .slot = SLOT_TEXT(struct commitments_options, due),
		.help = "what is due by then"},
	{OPT_FLAG, "all", 'a', .slot = SLOT_BOOL(struct commitments_options, all),
		.help = "settled ones too"},
	{OPT_GROUP, .group = opts_format},
	{OPT_END},
};

static const struct positional commitments_positionals[] = {
	{"<opp>", .optional = true, .slot = SLOT_TEXT(struct commitments_options, opp)},
	{NULL},
};

/* ---- a commitment as it is printed ---- */

struct debt {
	enum side side;
	struct when due;
	json_t *document; /* with "opportunity" and "client" */
	bool overdue;
	size_t place; /* in which it was found: as it was made */
	const struct clock *clock;
};

static const char *text_of(const struct debt *d, const char *name)
{
	const char *text = json_string_value(json_object_get(d->document, name));

	return text ? text : "";
}

#define DOCUMENT_FIELD(name)                                                                   \
	static json_t *name##_json(const void *record)                                         \
	{                                                                                      \
		return json_incref(                                                            \
			json_object_get(((const struct debt *)record)->document, #name));      \
	}
DOCUMENT_FIELD(id)
DOCUMENT_FIELD(side)
DOCUMENT_FIELD(who)
DOCUMENT_FIELD(what)
DOCUMENT_FIELD(due)
DOCUMENT_FIELD(state)
DOCUMENT_FIELD(settled)
DOCUMENT_FIELD(since)
DOCUMENT_FIELD(opportunity)
DOCUMENT_FIELD(client)
#undef DOCUMENT_FIELD

static void add_when(struct str *out, const void *record)
{
	const struct debt *d = record;

	if (d->due.set)
		when_add_echo(out, &d->due, d->clock);
}

static void add_stands(struct str *out, const void *record)
{
	const struct debt *d = record;

	str_add(out, d->overdue ? "overdue" : text_of(d, "state"));
}

static enum tone debt_tone(const void *record)
{
	const struct debt *d = record;

	return d->overdue || !strcmp(text_of(d, "state"), "broken") ? TONE_LATE : TONE_PLAIN;
}

/* The columns first; "when" and "stands" are the table's only. */
static const struct print_field fields[] = {
	{"when", "", PRINT_WHOLE, .text = add_when},
	{"opportunity", "", PRINT_WHOLE, .json = opportunity_json},
	{"id", "", PRINT_WHOLE, .json = id_json},
	{"who", "", PRINT_CUT | PRINT_DROP, .json = who_json},
	{"what", "", PRINT_BELOW, .json = what_json},
	{"stands", "", PRINT_DROP, .text = add_stands},
	{"side", .json = side_json},
	{"due", .json = due_json},
	{"state", .json = state_json},
	{"settled", .json = settled_json},
	{"since", .json = since_json},
	{"client", .json = client_json},
	{NULL},
};
static const struct print_spec debt_print = {
	.fields = fields, .no_headings = true, .tone = debt_tone};

const struct command_spec spec_commitments = {
	.opts = commitments_opts,
	.positionals = commitments_positionals,
	.size = sizeof(struct commitments_options),
	.print = &debt_print,
};

/* ---- how a client keeps his word ---- */

struct tally {
	char *client; /* or NULL */
	int kept, late, broken, open, none;
};

static void add_name(struct str *out, const void *record)
{
	const char *client = ((const struct tally *)record)->client;

	str_add(out, client ? client : "(no client)");
}

#define COUNT_FIELD(name)                                                                      \
	static json_t *name##_count(const void *record)                                        \
	{                                                                                      \
		return json_integer(((const struct tally *)record)->name);                     \
	}
COUNT_FIELD(kept)
COUNT_FIELD(late)
COUNT_FIELD(broken)
COUNT_FIELD(open)
COUNT_FIELD(none)
#undef COUNT_FIELD

static const struct print_field tally_fields[] = {
	{"client", "client", PRINT_CUT, .text = add_name},
	{"kept", "kept", PRINT_RIGHT, .json = kept_count},
	{"late", "late", PRINT_RIGHT, .json = late_count},
	{"broken", "broken", PRINT_RIGHT, .json = broken_count},
	{"open", "open", PRINT_RIGHT, .json = open_count},
	{"none", "none", PRINT_RIGHT, .json = none_count},
	{NULL},
};
static const struct print_spec tally_print = {.fields = tally_fields};

static json_t *tally_to_json(const struct tally *t)
{
	json_t *out = json_object();

	json_object_set_new(out, "client", json_of_text(t->client));
	json_object_set_new(out, "kept", json_integer(t->kept));
	json_object_set_new(out, "late", json_integer(t->late));
	json_object_set_new(out, "broken", json_integer(t->broken));
	json_object_set_new(out, "open", json_integer(t->open));
	json_object_set_new(out, "none", json_integer(t->none));
	return out;
}

static void count(struct tally *t, enum commitment_state state)
{
	switch (state) {
	case COMMITMENT_OPEN:
		t->open++;
		break;
	case COMMITMENT_KEPT:
		t->kept++;
		break;
	case COMMITMENT_LATE:
		t->late++;
		break;
	case COMMITMENT_BROKEN:
		t->broken++;
		break;
	case COMMITMENT_DROPPED:
		break;
	}
}

/* ---- one run ---- */

struct ledger {
	struct query query;
	const struct commitments_options *options;
	const struct clock *clock;
	int64_t due_by; /* instant; INT64_MAX: any, also what has no date */
	struct debt *debts;
	size_t n, cap;
	struct tally *tallies; /* one an opportunity, then one a client */
	size_t tallies_n, tallies_cap;
};

static bool is_wanted(const struct ledger *l, const struct commitment *c)
{
	if (l->options->ours != l->options->theirs &&
		c->side != (l->options->ours ? SIDE_US : SIDE_THEM))
		return false;
	if (!l->options->all && c->state != COMMITMENT_OPEN)
		return false;
	if (l->due_by == INT64_MAX)
		return true;
	return c->due.set && when_begins(&c->due, l->clock) <= l->due_by;
}

static void add_debt(struct ledger *l, const struct opportunity *o, const struct commitment *c)
{
	struct debt d = {.side = c->side,
		.due = c->due,
		.document = commitment_to_json(c, l->clock),
		.overdue = c->state == COMMITMENT_OPEN && c->due.set &&
			   l->clock->now.utc > when_ends(&c->due, l->clock),
		.place = l->n,
		.clock = l->clock};

	json_object_set_new(d.document, "opportunity", json_of_text(o->id));
	json_object_set_new(d.document, "client", json_of_text(o->now.client));
	GROW(l->debts, l->n, l->cap);
	l->debts[l->n++] = d;
}

static void add_tally(struct ledger *l, const struct opportunity *o)
{
	const struct state *s = &o->now;
	bool ours = l->options->ours && !l->options->theirs;
	struct tally t = {.none = ours ? s->none_ours : s->none_theirs};

	if (!s->commitments_n && !s->none_ours && !s->none_theirs)
		return;
	for (size_t i = 0; i < s->commitments_n; i++)
		if (s->commitments[i].side == (ours ? SIDE_US : SIDE_THEM))
			count(&t, s->commitments[i].state);
	t.client = xstrdup_or_null(s->client);
	GROW(l->tallies, l->tallies_n, l->tallies_cap);
	l->tallies[l->tallies_n++] = t;
}

static int visit(void *context, struct opportunity *o, bool *keep)
{
	struct ledger *l = context;

	(void)keep;
	if (o->now.status == STATUS_NONE)
		return 0;
	for (size_t i = 0; i < o->now.commitments_n; i++)
		if (is_wanted(l, &o->now.commitments[i]))
			add_debt(l, o, &o->now.commitments[i]);
	add_tally(l, o);
	return 0;
}

/* ---- in order ---- */

/* By due date, then opportunity and act. */
static int compare_debts(const void *left, const void *right, void *clock)
{
	const struct debt *a = left, *b = right;
	int order = when_compare(&a->due, &b->due, clock);

	return order ? order : (a->place > b->place) - (a->place < b->place);
}

/* By name; those without a client last. */
static int compare_tallies(const void *left, const void *right)
{
	const char *a = ((const struct tally *)left)->client;
	const char *b = ((const struct tally *)right)->client;

	if (!a || !b)
		return !a - !b;
	return strcmp(a, b);
}

static void merge_tallies(struct ledger *l)
{
	size_t kept = 0;

	if (l->tallies_n)
		qsort(l->tallies, l->tallies_n, sizeof(*l->tallies), compare_tallies);
	for (size_t i = 0; i < l->tallies_n; i++) {
		struct tally *t = &l->tallies[i], *last = kept ? &l->tallies[kept - 1] : NULL;

		if (!last || !same_string(last->client, t->client)) {
			l->tallies[kept++] = *t;
			continue;
		}
		last->kept += t->kept;
		last->late += t->late;
		last->broken += t->broken;
		last->open += t->open;
		last->none += t->none;
		free(t->client);
	}
	l->tallies_n = kept;
}

static int gather(struct ledger *l)
{
	struct list named = {0};
	struct when due;
	int err;

	if (l->options->due) {
		err = when_parse(&due, l->options->due, LOOK_AHEAD, l->clock, NULL);
		if (err)
			return err;
		l->due_by = when_ends(&due, l->clock);
	}
	if (l->options->opp)
		list_add(&named, l->options->opp);
	err = query_each(&l->query, &named, QUERY_ALL, visit, l);
	list_release(&named);
	if (l->n)
		qsort_r(l->debts, l->n, sizeof(*l->debts), compare_debts,
			(void *)(uintptr_t)l->clock);
	merge_tallies(l);
	return err;
}

/* ---- printing ---- */

static void print_document(struct ledger *l)
{
	json_t *document = json_object(), *debts = json_array(), *clients = json_array();

	for (size_t i = 0; i < l->n; i++)
		json_array_append(debts, l->debts[i].document);
	for (size_t i = 0; i < l->tallies_n; i++)
		json_array_append_new(clients, tally_to_json(&l->tallies[i]));
	json_object_set_new(document, "commitments", debts);
	json_object_set_new(document, "clients", clients);
	print_json(document);
}

static void print_side(struct ledger *l, struct printer *printer, enum side side)
{
	bool any = false;

	for (size_t i = 0; i < l->n; i++) {
		if (l->debts[i].side != side)
			continue;
		if (!any)
			printer_heading(printer, side == SIDE_US ? "we owe" : "they owe");
		any = true;
		printer_record(printer, &l->debts[i]);
	}
}

static void print_debts(struct ledger *l)
{
	struct printer *printer = printer_new(&debt_print, l->query.call);

	if (l->query.call->common.format) {
		for (size_t i = 0; i < l->n; i++)
			printer_record(printer, &l->debts[i]);
	} else {
		print_side(l, printer, SIDE_THEM);
		print_side(l, printer, SIDE_US);
	}
	printer_finish(printer);
	printer_free(printer);
}

static void print_clients(struct ledger *l)
{
	struct printer *printer = printer_new(&tally_print, l->query.call);

	if (l->n)
		print_line("%s", "");
	for (size_t i = 0; i < l->tallies_n; i++)
		printer_record(printer, &l->tallies[i]);
	printer_finish(printer);
	printer_free(printer);
}

static void print_ledger(struct ledger *l)
{
	if (l->query.call->common.json) {
		print_document(l);
		return;
	}
	print_debts(l);
	if (!l->query.call->common.format && l->tallies_n)
		print_clients(l);
}

int cmd_commitments(struct call *call, const void *options)
{
	struct ledger l = {
		.options = options, .clock = repo_clock(call->repo), .due_by = INT64_MAX};
	int err;

	query_init(&l.query, call);
	err = gather(&l);
	if (!err)
		print_ledger(&l);
	for (size_t i = 0; i < l.n; i++)
		json_decref(l.debts[i].document);
	free(l.debts);
	for (size_t i = 0; i < l.tallies_n; i++)
		free(l.tallies[i].client);
	free(l.tallies);
	query_release(&l.query);
	return err;
}
