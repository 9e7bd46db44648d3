/*
 * fu next: what to do now.
 *
 * It is asked at every prompt, so what it shows comes out of the listing of what is
 * live (repo_each_listed), without opening an opportunity: what it costs grows with
 * what is open.
 */
#include "cmd/due_items.h"
#include "cmd/printer.h"

#include "core/mem.h"
#include "core/opportunity_json.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct next_options {
	struct due_choice choice;
	struct count limit;
	const char *opp;
	bool all, count, exit_code;
};

static const struct opt next_opts[] = {
	{OPT_COUNT, NULL, 'n', .arg = "<n>", .slot = SLOT_COUNT(struct next_options, limit),
		.help = "no more lines than that"},
	{OPT_FLAG, "all", 'a', .slot = SLOT_BOOL(struct next_options, all),
		.help = "every item, not only each opportunity's most pressing one"},
	{OPT_FLAG, "count", .slot = SLOT_BOOL(struct next_options, count),
		.help = "only how many items there are"},
	{OPT_GROUP, .group = opts_due},
	{OPT_FLAG, "exit-code", .slot = SLOT_BOOL(struct next_options, exit_code),
		.help = "exit with 1 when there is something to do"},
	{OPT_GROUP, .group = opts_format},
	{OPT_END},
};

static const struct positional next_positionals[] = {
	{"<opp>", .optional = true, .slot = SLOT_TEXT(struct next_options, opp)},
	{NULL},
};

/* What is shown of an item and of its opportunity. */
struct line {
	enum item_kind kind;
	enum block block;
	struct when due;
	int64_t begins;
	const char *id, *client, *reason; /* the texts of g or of the listing */
	json_t *document;                 /* for --json and --format */
	struct gathering *g;
};

/* A line in the order of the list, and what of it is looked at again and again. */
struct place {
	uint64_t order;
	const char *id;
	const struct line *line;
	enum block block;
	bool plain; /* `order` has all of its due time */
};

/* The due time of the line before: of thousands, most are due when the one before is. */
struct echo {
	struct when due;
	struct str text;
};

/* One run. */
struct gathering {
	struct due_items due;
	struct call *call;
	const struct next_options *options;
	const struct clock *clock;
	struct list texts; /* of lines, where their opportunity is gone */
	struct echo echo;
	bool documents; /* --json or --format: every item, as a document */
	bool every;     /* every item, not only each opportunity's first */
	struct line *lines;
	size_t n, cap;
	struct place *places; /* as many */
	size_t found;         /* items, those without a line too */
};

/* As short as its block allows: today's by the time, what is late by the day. */
static void echo_due(struct echo *echo, const struct when *due, const struct clock *clock)
{
	echo->due = *due;
	str_truncate(&echo->text, 0);
	if (due->day != clock_today(clock) || due->zone[0])
		when_add_echo(&echo->text, due, clock);
	else if (due->second == WHEN_DAY_ALONE)
		str_add(&echo->text, "today");
	else
		str_addf(&echo->text, "%02d:%02d", due->second / 3600, due->second / 60 % 60);
}

static void add_due(struct str *out, const void *record)
{
	const struct line *line = record;
	struct echo *echo = &line->g->echo;
	struct when due = line->due;

	if (!due.set)
		return;
	if (line->block == BLOCK_LATE)
		due.second = WHEN_DAY_ALONE;
	if (!when_equal(&due, &echo->due))
		echo_due(echo, &due, line->g->clock);
	str_addn(out, echo->text.buf, echo->text.len);
}

static void add_id(struct str *out, const void *record)
{
	str_add(out, ((const struct line *)record)->id);
}

static void add_client(struct str *out, const void *record)
{
	const char *client = ((const struct line *)record)->client;

	str_add(out, client ? client : "");
}

static void add_reason(struct str *out, const void *record)
{
	str_add(out, ((const struct line *)record)->reason);
}

/* The other reasons say what is to do. */
static void add_what(struct str *out, const void *record)
{
	if (((const struct line *)record)->kind == ITEM_APPOINTMENT)
		str_add(out, "appointment: ");
	add_reason(out, record);
}

static void add_kind(struct str *out, const void *record)
{
	str_add(out, item_word(((const struct line *)record)->kind));
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

	switch (line->block) {
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

/* ---- gathering ---- */

/* The text as long as the lines need it. */
static const char *kept(struct gathering *g, const char *text)
{
	if (!text)
		return NULL;
	list_add(&g->texts, text);
	return g->texts.items[g->texts.n - 1];
}

static void add_line(struct gathering *g, const struct item *item, const char *client)
{
	struct line *line;

	GROW(g->lines, g->n, g->cap);
	line = &g->lines[g->n++];
	*line = (struct line){.kind = item->kind,
		.block = item_block(item, g->clock->now.utc),
		.due = item->due,
		.begins = item->begins,
		.id = item->opportunity_id,
		.client = client,
		.reason = item->reason,
		.g = g};
	if (!item->opportunity)
		return; /* out of the listing, whose texts stay */
	if (g->documents)
		line->document = item_to_json(item, g->clock);
	line->id = kept(g, line->id);
	line->client = kept(g, client);
	line->reason = kept(g, line->reason);
}

/* The lines of one opportunity: its first item, or every one. */
static void add_items(void *context, const struct item *items, size_t n, const char *client)
{
	struct gathering *g = context;
	const struct item *first = items;

	g->found += n;
	if (g->options->count)
		return;
	for (size_t i = 0; i < n; i++) {
		if (g->every)
			add_line(g, &items[i], client);
		else if (i && item_compare(&items[i], first) < 0)
			first = &items[i];
	}
	if (!g->every)
		add_line(g, first, client);
}

/* By kind and due time; a day comes before the times of which it is the first. */
static uint64_t order_of(const struct line *line)
{
	const int64_t middle = INT64_C(1) << 53; /* far beyond any date */

	return (uint64_t)line->kind << 56 | (uint64_t)(line->begins + middle) << 1 |
	       (line->due.second != WHEN_DAY_ALONE);
}

static struct item item_of(const struct line *line)
{
	return (struct item){.kind = line->kind,
		.due = line->due,
		.begins = line->begins,
		.opportunity_id = (char *)(uintptr_t)line->id,
		.reason = (char *)(uintptr_t)line->reason};
}

/* As item_compare. */
static int compare_places(const void *left, const void *right)
{
	const struct place *a = left, *b = right;
	struct item x, y;
	int order = (a->order > b->order) - (a->order < b->order);

	if (!order && a->plain && b->plain)
		order = strcmp(a->id, b->id);
	if (order)
		return order;
	x = item_of(a->line);
	y = item_of(b->line);
	return item_compare(&x, &y);
}

static void sort_lines(struct gathering *g)
{
	g->places = xcalloc(g->n + 1, sizeof(*g->places));
	for (size_t i = 0; i < g->n; i++) {
		const struct line *line = &g->lines[i];

		g->places[i] = (struct place){.order = order_of(line),
			.id = line->id,
			.line = line,
			.block = line->block,
			.plain = !line->due.zone[0]};
	}
	qsort(g->places, g->n, sizeof(*g->places), compare_places);
}

static int gather(struct gathering *g, bool early)
{
	int err = due_items_begin(&g->due, g->call, &g->options->choice);

	g->due.visit = add_items;
	g->due.context = g;
	g->due.read = g->documents && !g->options->count;
	g->due.opp = g->options->opp;
	g->due.early = early;
	if (!err)
		err = due_items_each(&g->due);
	if (!err)
		sort_lines(g);
	return err;
}

/* ---- printing ---- */

static size_t limit_of(const struct gathering *g)
{
	return g->options->limit.given ? (size_t)g->options->limit.n : SIZE_MAX;
}

static void print_block(
	struct gathering *g, struct printer *printer, enum block block, size_t *printed)
{
	static const char *const headings[] = {
		[BLOCK_TODAY] = "today", [BLOCK_LATE] = "late", [BLOCK_DECIDE] = "decide"};
	bool any = false;

	for (size_t i = 0; i < g->n && *printed < limit_of(g); i++) {
		if (g->places[i].block != block)
			continue;
		if (!any)
			printer_heading(printer, headings[block]);
		any = true;
		printer_record(printer, g->places[i].line);
		++*printed;
	}
}

/* A8 */
static void print_loads(struct gathering *g, struct printer *printer)
{
	for (size_t i = 0; i < g->due.loads.n; i++) {
		const struct day_load *load = &g->due.loads.items[i];
		struct str note = STR_INIT;

		if (due_is_too_much(&g->due, load)) {
			due_add_load(&note, &g->due, load);
			printer_footer(printer, "%s", note.buf);
		}
		str_release(&note);
	}
}

static bool any_too_much(const struct gathering *g)
{
	for (size_t i = 0; i < g->due.loads.n; i++)
		if (due_is_too_much(&g->due, &g->due.loads.items[i]))
			return true;
	return false;
}

static void print_table(struct gathering *g, struct printer *printer)
{
	size_t printed = 0, rest;

	print_block(g, printer, BLOCK_TODAY, &printed);
	print_block(g, printer, BLOCK_LATE, &printed);
	print_block(g, printer, BLOCK_DECIDE, &printed);
	rest = g->found - printed;
	if (rest)
		printer_footer(printer, "and %zu more%s", rest,
			g->every ? "" : "; 'fu next --all' shows every item");
	print_loads(g, printer);
}

static void print_documents(struct gathering *g, struct printer *printer)
{
	for (size_t i = 0; i < g->n && i < limit_of(g); i++)
		printer_record(printer, g->places[i].line);
}

/* NULL: there is nothing to lay out. */
static struct printer *lay_out(struct gathering *g)
{
	struct printer *printer;

	if (g->options->count ||
		(!g->documents && (!limit_of(g) || (!g->found && !any_too_much(g)))))
		return NULL;
	printer = printer_new(&next_print, g->call);
	if (g->documents)
		print_documents(g, printer);
	else
		print_table(g, printer);
	return printer;
}

static void print(const struct gathering *g, struct printer *printer)
{
	if (printer)
		printer_finish(printer);
	else if (g->options->count && g->call->common.json)
		print_json(json_integer((json_int_t)g->found));
	else if (g->options->count)
		print_line("%zu", g->found);
	else if (limit_of(g) && g->call->terminal.out_tty)
		print_line("nothing to do now; what lies ahead: fu agenda");
}

static void release_lines(struct gathering *g)
{
	for (size_t i = 0; i < g->n; i++)
		json_decref(g->lines[i].document);
	free(g->lines);
	free(g->places);
	list_release(&g->texts);
	str_release(&g->echo.text);
}

/* *held: what was shown is right. Where it is not, nothing was shown. */
static int show(struct call *call, const struct next_options *options, bool early, bool *held)
{
	struct gathering g = {.call = call,
		.options = options,
		.clock = repo_clock(call->repo),
		.echo = {.text = STR_INIT},
		.documents = call->common.json || call->common.format};
	struct printer *printer = NULL;
	int err;

	g.every = g.documents || g.options->all;
	err = gather(&g, early);
	if (!err)
		printer = lay_out(&g);
	*held = repo_listed_held(call->repo);
	if (!err && *held)
		print(&g, printer);
	if (!err && options->exit_code && g.found)
		err = FOUND;
	printer_free(printer);
	release_lines(&g);
	due_items_end(&g.due);
	return err;
}

int cmd_next(struct call *call, const void *options)
{
	bool held;
	int err = show(call, options, true, &held);

	return held ? err : show(call, options, false, &held);
}
