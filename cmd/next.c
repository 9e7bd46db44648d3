/*
 * fu next: what to do now.
 *
 * It is asked at every prompt, so what it shows comes out of the listing of what is
 * live (repo_each_listed), without opening an opportunity: what it costs grows with
 * what is open.
 */
#include "cmd/printer.h"
#include "cmd/query.h"
#include "cmd/report.h"

#include "core/mem.h"
#include "core/opportunity_json.h"
#include "core/worklist.h"

#include <stdlib.h>
#include <string.h>

static const char *const role_words[] = {NULL, "salesperson", "coordinator", "both", NULL};
#define ROLE_BOTH 3 /* in role_words; the others are those of enum role */

struct next_options {
	int limit; /* 0: none */
	int role;
	struct duration ahead;
	const char *owner, *opp;
	bool all, count, exit_code;
};

static const struct opt next_opts[] = {
	{OPT_COUNT, NULL, 'n', .arg = "<n>", .slot = SLOT_INT(struct next_options, limit),
		.help = "no more lines than that"},
	{OPT_FLAG, "all", 'a', .slot = SLOT_BOOL(struct next_options, all),
		.help = "every item, not only each opportunity's most pressing one"},
	{OPT_FLAG, "count", .slot = SLOT_BOOL(struct next_options, count),
		.help = "only how many items there are"},
	{OPT_DURATION, "ahead", .arg = "<duration>",
		.slot = SLOT_DURATION(struct next_options, ahead),
		.help = "appointments and what we owe so far ahead, too"},
	{OPT_WORD, "role", .words = role_words, .slot = SLOT_INT(struct next_options, role),
		.help = "what is for this role; fu.role, if not given"},
	{OPT_TEXT, "owner", .arg = "<who>|me|all",
		.slot = SLOT_TEXT(struct next_options, owner),
		.help = "what is in opportunities of this owner"},
	{OPT_FLAG, "exit-code", .slot = SLOT_BOOL(struct next_options, exit_code),
		.help = "exit with 1 when there is something to do"},
	{OPT_GROUP, .group = opts_format},
	{OPT_END},
};

static const struct positional next_positionals[] = {
	{"<opp>", .optional = true, .slot = SLOT_TEXT(struct next_options, opp)},
	{NULL},
};

/* An item that shows, and what of its opportunity is shown with it. */
struct line {
	struct item item; /* its opportunity and contact are gone */
	char *client;     /* for the table */
	json_t *document; /* for --json and --format */
	const struct clock *clock;
};

/* As short as its block allows: today's by the time, what is late by the day. */
static void add_due(struct str *out, const void *record)
{
	const struct line *line = record;
	struct when due = line->item.due;

	if (!due.set)
		return;
	if (item_block(&line->item, line->clock->now.utc) == BLOCK_LATE)
		due.second = WHEN_DAY_ALONE;
	if (due.day != clock_today(line->clock) || due.zone[0])
		when_add_echo(out, &due, line->clock);
	else if (due.second == WHEN_DAY_ALONE)
		str_add(out, "today");
	else
		str_addf(out, "%02d:%02d", due.second / 3600, due.second / 60 % 60);
}

static void add_id(struct str *out, const void *record)
{
	str_add(out, ((const struct line *)record)->item.opportunity_id);
}

static void add_client(struct str *out, const void *record)
{
	const char *client = ((const struct line *)record)->client;

	str_add(out, client ? client : "");
}

static void add_reason(struct str *out, const void *record)
{
	str_add(out, ((const struct line *)record)->item.reason);
}

/* The other reasons say what is to do. */
static void add_what(struct str *out, const void *record)
{
	if (((const struct line *)record)->item.kind == ITEM_APPOINTMENT)
		str_add(out, "appointment: ");
	add_reason(out, record);
}

static void add_kind(struct str *out, const void *record)
{
	str_add(out, item_word(((const struct line *)record)->item.kind));
}

#define DOCUMENT_FIELD(name)                                                                   \
	static json_t *name##_json(const void *record)                                         \
	{                                                                                      \
		const struct line *line = record;                                              \
                                                                                               \
		return json_incref(json_object_get(line->document, #name));                    \
	}
DOCUMENT_FIELD(client)
DOCUMENT_FIELD(title)
DOCUMENT_FIELD(due)
DOCUMENT_FIELD(overdue)
DOCUMENT_FIELD(role)
DOCUMENT_FIELD(owner)
DOCUMENT_FIELD(command)
DOCUMENT_FIELD(contact)
#undef DOCUMENT_FIELD

static json_t *whole_json(const void *record)
{
	return json_incref(((const struct line *)record)->document);
}

static enum tone line_tone(const void *record)
{
	const struct line *line = record;

	switch (item_block(&line->item, line->clock->now.utc)) {
	case BLOCK_LATE:
		return TONE_LATE;
	case BLOCK_DECIDE:
		return TONE_SOON;
	case BLOCK_TODAY:
		break;
	}
	return TONE_PLAIN;
}

/* The columns first; "when", "who" and "what" are the table's only. */
static const struct print_field fields[] = {
	{"when", "", PRINT_WHOLE, .text = add_due},
	{"opportunity", "", PRINT_WHOLE, .text = add_id},
	{"who", "", PRINT_CUT | PRINT_DROP, .text = add_client},
	{"what", "", PRINT_LONG, .text = add_what},
	{"kind", .text = add_kind},
	{"reason", .text = add_reason},
	{"client", .json = client_json},
	{"title", .json = title_json},
	{"due", .json = due_json},
	{"overdue", .json = overdue_json},
	{"role", .json = role_json},
	{"owner", .json = owner_json},
	{"command", .json = command_json},
	{"contact", .json = contact_json},
	{NULL},
};

static const struct print_spec next_print = {
	.fields = fields, .no_headings = true, .json = whole_json, .tone = line_tone};

const struct command_spec spec_next = {
	.opts = next_opts,
	.positionals = next_positionals,
	.size = sizeof(struct next_options),
	.print = &next_print,
};

/* One run. */
struct gathering {
	struct query query;
	struct call *call;
	const struct next_options *options;
	const struct clock *clock;
	struct owners owners;
	struct list shown; /* ids of which something shows, to be read for documents */
	enum role role;    /* ROLE_NONE: every one's */
	bool documents;    /* --json or --format: every item, as a document */
	bool every;        /* every item, not only each opportunity's first */
	struct line *lines;
	size_t n, cap;
	size_t found; /* items, those without a line too */
};

/* ---- gathering ---- */

static bool is_for_role(const struct gathering *g, const struct item *item)
{
	return g->role == ROLE_NONE || item->role == ROLE_NONE || item->role == g->role;
}

static bool is_shown(const struct gathering *g, const struct item *item)
{
	int64_t ahead = g->options->ahead.unit ? duration_seconds(&g->options->ahead) : 0;

	return is_for_role(g, item) && item_shows(item, g->clock->now.utc, ahead);
}

/* `client` for the table, `document` (taken over) for the rest. */
static void add_line(
	struct gathering *g, const struct item *item, const char *client, json_t *document)
{
	struct line line = {.clock = g->clock,
		.item = *item,
		.client = xstrdup_or_null(client),
		.document = document};

	line.item.opportunity = NULL;
	line.item.contact = NULL;
	line.item.command = NULL;
	line.item.reason = xstrdup_or_null(item->reason);
	line.item.opportunity_id = xstrdup(item->opportunity_id);
	GROW(g->lines, g->n, g->cap);
	g->lines[g->n++] = line;
}

/* The lines of one opportunity: its first item, or every one. `o`: for documents. */
static void add_items(struct gathering *g, const struct item *items, size_t n,
	const char *client, const struct opportunity *o)
{
	const struct item *first = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct item *item = &items[i];

		if (!is_shown(g, item))
			continue;
		g->found++;
		if (g->options->count)
			continue;
		if (g->every)
			add_line(g, item, client, o ? item_to_json(item, g->clock) : NULL);
		else if (!first || item_compare(item, first, g->clock) < 0)
			first = item;
	}
	if (first)
		add_line(g, first, client, NULL);
}

static int visit(void *context, struct opportunity *o, bool *keep)
{
	struct gathering *g = context;
	const struct worklist_ground ground = {
		.settings = repo_settings(g->call->repo),
		.process = query_process(&g->query, o),
		.clock = g->clock,
	};
	struct items items = {0};

	(void)keep;
	if (!owners_have(&g->owners, o->now.owner))
		return 0;
	worklist_items(&items, o, &ground);
	add_items(g, items.items, items.n, o->now.client, g->documents ? o : NULL);
	items_release(&items);
	return 0;
}

static bool any_shown(const struct gathering *g, const struct listed *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (is_shown(g, &l->items[i]))
			return true;
	return false;
}

/* Documents tell more than the listing knows: the opportunity is read for them. */
static int visit_listed(void *context, const struct listed *l, const char *fault)
{
	struct gathering *g = context;

	if (fault)
		query_warn(&g->query, fault);
	if (!l || !owners_have(&g->owners, l->owner))
		return 0;
	if (!g->documents || g->options->count)
		add_items(g, l->items, l->n, l->client, NULL);
	else if (any_shown(g, l))
		list_add(&g->shown, l->id);
	return 0;
}

static int gather_listed(struct gathering *g)
{
	int err = repo_each_listed(g->call->repo, visit_listed, g);

	if (!err && g->shown.n)
		err = query_each(&g->query, &g->shown, QUERY_OPEN, visit, g);
	return err;
}

static int gather_named(struct gathering *g)
{
	struct list named = {0};
	int err;

	list_add(&named, g->options->opp);
	err = query_each(&g->query, &named, QUERY_OPEN, visit, g);
	list_release(&named);
	return err;
}

static int compare_lines(const void *left, const void *right, void *clock)
{
	return item_compare(
		&((const struct line *)left)->item, &((const struct line *)right)->item, clock);
}

/* --role, else fu.role. */
static int choose_role(struct gathering *g)
{
	char *value = NULL;
	int word = g->options->role;

	if (!word) {
		int err = git_config_value(g->call->repo, "fu.role", &value);

		if (err)
			return err;
		if (value && *value)
			word = word_find(role_words, value);
		if (value && *value && !word)
			say_warning(
				"fu.role: unknown role '%s': what is for both is shown", value);
		free(value);
	}
	g->role = word == ROLE_BOTH ? ROLE_NONE : (enum role)word;
	return 0;
}

static int gather(struct gathering *g)
{
	int err = owners_parse(&g->owners, g->call, g->options->owner);

	if (!err)
		err = choose_role(g);
	if (!err)
		err = g->options->opp ? gather_named(g) : gather_listed(g);
	if (!err && g->n)
		qsort_r(g->lines, g->n, sizeof(*g->lines), compare_lines,
			(void *)(uintptr_t)g->clock);
	return err;
}

/* ---- printing ---- */

static size_t limit_of(const struct gathering *g)
{
	return g->options->limit ? (size_t)g->options->limit : SIZE_MAX;
}

static void print_block(
	struct gathering *g, struct printer *printer, enum block block, size_t *printed)
{
	static const char *const headings[] = {
		[BLOCK_TODAY] = "today", [BLOCK_LATE] = "late", [BLOCK_DECIDE] = "decide"};
	bool any = false;

	for (size_t i = 0; i < g->n && *printed < limit_of(g); i++) {
		if (item_block(&g->lines[i].item, g->clock->now.utc) != block)
			continue;
		if (!any)
			printer_heading(printer, headings[block]);
		any = true;
		printer_record(printer, &g->lines[i]);
		++*printed;
	}
}

static int print_table(struct gathering *g, struct printer *printer)
{
	size_t printed = 0, rest;

	print_block(g, printer, BLOCK_TODAY, &printed);
	print_block(g, printer, BLOCK_LATE, &printed);
	print_block(g, printer, BLOCK_DECIDE, &printed);
	rest = g->found - printed;
	if (rest)
		printer_footer(printer, "and %zu more%s", rest,
			g->every ? "" : "; 'fu next --all' shows every item");
	return printer_finish(printer);
}

static int print_documents(struct gathering *g, struct printer *printer)
{
	for (size_t i = 0; i < g->n && i < limit_of(g); i++)
		printer_record(printer, &g->lines[i]);
	return printer_finish(printer);
}

static int print_lines(struct gathering *g)
{
	struct printer *printer;
	int err;

	if (g->options->count) {
		if (g->call->common.json)
			print_json(json_integer((json_int_t)g->found));
		else
			print_line("%zu", g->found);
		return 0;
	}
	if (!g->found && !g->documents) {
		if (g->call->terminal.out_tty)
			print_line("nothing to do");
		return 0;
	}
	printer = printer_new(&next_print, g->call);
	err = g->documents ? print_documents(g, printer) : print_table(g, printer);
	printer_free(printer);
	return err;
}

static void release_lines(struct gathering *g)
{
	for (size_t i = 0; i < g->n; i++) {
		free(g->lines[i].item.reason);
		free(g->lines[i].item.opportunity_id);
		free(g->lines[i].client);
		json_decref(g->lines[i].document);
	}
	free(g->lines);
}

int cmd_next(struct call *call, const void *options)
{
	struct gathering g = {.call = call,
		.options = options,
		.clock = repo_clock(call->repo),
		.documents = call->common.json || call->common.format};
	int err;

	g.every = g.documents || g.options->all;
	query_init(&g.query, call);
	err = gather(&g);
	if (!err)
		err = print_lines(&g);
	if (!err && g.options->exit_code && g.found)
		err = FOUND;
	release_lines(&g);
	list_release(&g.shown);
	owners_release(&g.owners);
	query_release(&g.query);
	return err;
}
