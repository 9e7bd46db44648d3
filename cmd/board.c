/* fu board: the pipeline, a column for each activity. */
#include "cmd/chart.h"
#include "cmd/printer.h"
#include "cmd/query.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

struct board_options {
	const char *process, *owner;
};

static const struct opt opts[] = {
	{OPT_TEXT, "process", .arg = "<name>", .slot = SLOT_TEXT(struct board_options, process),
		.help = "those that follow this process"},
	{OPT_TEXT, "owner", .arg = "<who>|me|all",
		.slot = SLOT_TEXT(struct board_options, owner), .help = "those of this owner"},
	{OPT_GROUP, .group = opts_json},
	{OPT_END},
};

const struct command_spec spec_board = {.opts = opts, .size = sizeof(struct board_options)};

struct card {
	char *id;
	bool adrift, waiting;
};

struct column {
	char *activity; /* NULL: none */
	struct card *cards;
	size_t n, cap;
	size_t adrift;
	struct money_sums value;
};

/* One process. */
struct lane {
	char *process; /* NULL: none */
	struct column *columns;
	size_t n, cap;
};

struct board {
	struct query query;
	const struct board_options *options;
	struct owners owners;
	struct chart chart;
	struct lane *lanes; /* the process that new opportunities follow first */
	size_t n, cap;
};

/* ---- what stands where ---- */

static struct column *add_column(struct lane *lane, const char *activity)
{
	GROW(lane->columns, lane->n, lane->cap);
	lane->columns[lane->n] = (struct column){.activity = xstrdup_or_null(activity)};
	return &lane->columns[lane->n++];
}

static struct column *find_column(struct lane *lane, const char *activity)
{
	for (size_t i = 0; i < lane->n; i++)
		if (same_string(lane->columns[i].activity, activity))
			return &lane->columns[i];
	return add_column(lane, activity);
}

/* The default process, the others by name, none. */
static int compare_processes(const struct board *b, const char *left, const char *right)
{
	const char *first = repo_settings(b->query.call->repo)->process;
	bool left_first = same_string(left, first), right_first = same_string(right, first);

	if (left_first || right_first)
		return right_first - left_first;
	if (!left || !right)
		return !left - !right;
	return strcmp(left, right);
}

static struct lane *find_lane(struct board *b, const char *name, const struct process *p)
{
	struct lane *lane;
	size_t i = 0;

	while (i < b->n && compare_processes(b, b->lanes[i].process, name) < 0)
		i++;
	if (i < b->n && same_string(b->lanes[i].process, name))
		return &b->lanes[i];
	GROW(b->lanes, b->n, b->cap);
	memmove(&b->lanes[i + 1], &b->lanes[i], (b->n - i) * sizeof(*b->lanes));
	b->n++;
	lane = &b->lanes[i];
	*lane = (struct lane){.process = xstrdup_or_null(name)};
	for (size_t j = 0; p && j < p->n; j++)
		add_column(lane, p->activities[j].name);
	return lane;
}

static int visit(void *context, struct opportunity *o, bool *keep)
{
	struct board *b = context;
	const struct process *p;
	struct column *column;
	struct card card;

	(void)keep;
	if (!opportunity_is_open(o) || !owners_have(&b->owners, o->now.owner) ||
		(b->options->process && !same_string(b->options->process, o->now.process)))
		return 0;
	p = query_process(&b->query, o);
	column = find_column(find_lane(b, o->now.process, p), o->now.activity);
	card = (struct card){.id = xstrdup(o->id),
		.adrift = opportunity_is_adrift(o, p),
		.waiting = o->now.status == STATUS_WAITING};
	GROW(column->cards, column->n, column->cap);
	column->cards[column->n++] = card;
	column->adrift += card.adrift;
	if (o->now.value.currency[0] && !money_sums_add(&column->value, &o->now.value))
		query_warn(&b->query, "the sum of the values is too large: one is left out");
	return 0;
}

/* The process that was asked for, else the default one, is shown also where it is empty. */
static void begin_lanes(struct board *b)
{
	struct repo *repo = b->query.call->repo;
	const char *name =
		b->options->process ? b->options->process : repo_settings(repo)->process;
	/* Its name is all that this asks of an opportunity. */
	struct opportunity o = {.now = {.process = name}};

	find_lane(b, name, query_process(&b->query, &o));
}

static int gather(struct board *b)
{
	int err = owners_parse(&b->owners, b->query.call, b->options->owner);

	if (!err && b->options->process)
		err = query_check_process(&b->query, b->options->process);
	if (err)
		return err;
	begin_lanes(b);
	return query_each(&b->query, NULL, QUERY_OPEN, visit, b);
}

/* ---- the document ---- */

static json_t *column_json(const struct lane *lane, const struct column *c)
{
	json_t *out = json_object(), *value = json_array(), *ids = json_array();

	for (size_t i = 0; i < c->value.n; i++)
		json_array_append_new(value, json_of_money(&c->value.items[i]));
	for (size_t i = 0; i < c->n; i++)
		json_array_append_new(ids, json_of_text(c->cards[i].id));
	json_object_set_new(out, "process", json_of_text(lane->process));
	json_object_set_new(out, "activity", json_of_text(c->activity));
	json_object_set_new(out, "count", json_integer((json_int_t)c->n));
	json_object_set_new(out, "value", value);
	json_object_set_new(out, "adrift", json_integer((json_int_t)c->adrift));
	json_object_set_new(out, "opportunities", ids);
	return out;
}

static json_t *board_json(const struct board *b)
{
	json_t *out = json_array();

	for (size_t i = 0; i < b->n; i++)
		for (size_t j = 0; j < b->lanes[i].n; j++)
			json_array_append_new(
				out, column_json(&b->lanes[i], &b->lanes[i].columns[j]));
	return out;
}

/* ---- text: each column is a list of lines, and columns stand side by side ---- */

#define GAP 2
#define COLUMN_LEAST 12
#define COLUMN_READABLE 18 /* rather than narrower columns there are more rows of them */
#define CARDS_MOST 20

struct line {
	char *text; /* raw */
	enum tone tone;
};
struct lines {
	struct line *items;
	size_t n, cap;
	size_t head; /* so many of them */
};

/* Takes the text over. */
static void add_line(struct lines *l, enum tone tone, char *text)
{
	GROW(l->items, l->n, l->cap);
	l->items[l->n++] = (struct line){text, tone};
}

static void add_cards(struct lines *l, const struct column *c, bool adrift, size_t *left)
{
	for (size_t i = 0; i < c->n && *left; i++) {
		const struct card *card = &c->cards[i];

		if (card->adrift != adrift)
			continue;
		add_line(l,
			adrift          ? TONE_LATE
			: card->waiting ? TONE_FAINT
					: TONE_PLAIN,
			xstrfmt("%c %s",
				adrift          ? '!'
				: card->waiting ? '~'
						: ' ',
				card->id));
		(*left)--;
	}
}

/* Returns how many lines it takes. */
static size_t add_head(struct lines *l, const struct column *c)
{
	add_line(l, TONE_HEADING, xstrdup(c->activity ? c->activity : "(no activity)"));
	if (c->adrift)
		add_line(l, TONE_PLAIN, xstrfmt("%zu, %zu adrift", c->n, c->adrift));
	else
		add_line(l, TONE_PLAIN, xstrfmt("%zu", c->n));
	for (size_t i = 0; i < c->value.n; i++) {
		struct str sum = STR_INIT;

		money_add(&sum, &c->value.items[i]);
		add_line(l, TONE_PLAIN, str_detach(&sum));
	}
	return l->n;
}

static void add_body(struct lines *l, const struct board *b, const struct column *c)
{
	size_t left = CARDS_MOST;

	add_cards(l, c, true, &left);
	add_cards(l, c, false, &left);
	if (c->n > CARDS_MOST)
		add_line(l, TONE_FAINT,
			xstrfmt("  %s and %zu more", chart_ellipsis(&b->chart),
				c->n - CARDS_MOST));
}

static void release_lines(struct lines *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->items[i].text);
	free(l->items);
	*l = (struct lines){0};
}

/* One column of text, laid out. */
struct strip {
	struct lines lines;
	size_t width;
};

static void lay_out(struct strip *strips, const struct board *b, const struct lane *lane)
{
	for (size_t i = 0; i < lane->n; i++) {
		struct strip *s = &strips[i];
		size_t head = add_head(&s->lines, &lane->columns[i]);

		s->lines.head = head;
		add_body(&s->lines, b, &lane->columns[i]);
		/* Where nothing stands its name and the zero are all that there is. */
		s->width = lane->columns[i].n ? COLUMN_LEAST : 0;
		for (size_t j = 0; j < s->lines.n; j++) {
			struct str safe = STR_INIT;
			size_t width;

			chart_add_text(&safe, s->lines.items[j].text);
			width = utf8_width(safe.buf);
			s->width = width > s->width ? width : s->width;
			str_release(&safe);
		}
	}
}

static const struct line *line_at(const struct strip *s, size_t head, size_t at)
{
	if (at >= s->lines.head && at < head)
		return NULL;
	if (at >= head)
		at -= head - s->lines.head;
	return at < s->lines.n ? &s->lines.items[at] : NULL;
}

/* Columns side by side; where their heads end the bodies begin, at one height. */
static void add_row(struct str *out, const struct board *b, const struct strip *s, size_t n)
{
	size_t head = 0, height = 0;

	for (size_t i = 0; i < n; i++)
		head = s[i].lines.head > head ? s[i].lines.head : head;
	for (size_t i = 0; i < n; i++) {
		size_t lines = s[i].lines.n - s[i].lines.head + head;

		height = lines > height ? lines : height;
	}
	for (size_t at = 0; at < height; at++) {
		size_t last = n;

		while (last > 0 && !line_at(&s[last - 1], head, at))
			last--;
		for (size_t i = 0; i < last; i++) {
			const struct line *line = line_at(&s[i], head, at);

			chart_add_toned_cell(out, &b->chart, line ? line->tone : TONE_PLAIN,
				line ? line->text : "", s[i].width, i + 1 == last);
			if (i + 1 < last)
				str_addf(out, "%*s", GAP, "");
		}
		str_addch(out, '\n');
	}
}

static size_t width_of(const struct strip *s, size_t n, size_t most)
{
	size_t width = 0;

	for (size_t i = 0; i < n; i++)
		width += (s[i].width < most ? s[i].width : most) + (i ? GAP : 0);
	return width;
}

/* How many of the strips stand side by side: cut where they have to be, but none to less
 * than can be read. */
static size_t strips_in_row(const struct strip *s, size_t n, size_t room)
{
	size_t fit = 1;

	while (fit < n && width_of(s, fit + 1, COLUMN_READABLE) <= room)
		fit++;
	return fit;
}

/* Cuts the widest until all fit side by side. */
static void narrow(struct strip *s, size_t n, size_t room)
{
	size_t most = room;

	while (most > 1 && width_of(s, n, most) > room)
		most--;
	for (size_t i = 0; i < n; i++)
		s[i].width = s[i].width < most ? s[i].width : most;
}

/* "0 in workshop, decision", wrapped; nothing where none is so. */
static void add_empty_names(
	struct str *out, const struct board *b, const struct lane *lane, const bool *left_out)
{
	const char *before = "0 in ";
	struct str line = STR_INIT;

	for (size_t i = 0; i < lane->n; i++) {
		if (!left_out[i])
			continue;
		str_add(&line, before);
		chart_add_text(&line, lane->columns[i].activity);
		before = ", ";
	}
	if (line.len) {
		str_addch(out, '\n');
		chart_add_wrapped(out, &b->chart, line.buf, 0);
	}
	str_release(&line);
}

/* Rather than that an id is cut, or columns stand below the others, those in which nothing
 * stands go: they are named in a line. Returns how many strips are left. */
static size_t leave_out_empty(
	struct strip *strips, const struct lane *lane, bool *left_out, size_t room)
{
	size_t n = 0, full = 0;

	for (size_t i = 0; i < lane->n; i++)
		full += lane->columns[i].n > 0;
	if (!full || width_of(strips, lane->n, room) <= room)
		return lane->n;
	for (size_t i = 0; i < lane->n; i++) {
		left_out[i] = !lane->columns[i].n;
		if (left_out[i])
			release_lines(&strips[i].lines);
		else
			strips[n++] = strips[i];
	}
	return n;
}

static void add_lane(struct str *out, const struct board *b, const struct lane *lane)
{
	struct strip *strips = xcalloc(lane->n, sizeof(*strips));
	bool *left_out = xcalloc(lane->n, sizeof(*left_out));
	bool limited = terminal_width(&b->query.call->terminal) > 0;
	size_t room = limited ? b->chart.width : SIZE_MAX / 2, shown;

	lay_out(strips, b, lane);
	shown = leave_out_empty(strips, lane, left_out, room);
	for (size_t i = 0, n; i < shown; i += n) {
		n = strips_in_row(&strips[i], shown - i, room);
		if (limited)
			narrow(&strips[i], n, room);
		if (i)
			str_addch(out, '\n');
		add_row(out, b, &strips[i], n);
	}
	add_empty_names(out, b, lane, left_out);
	for (size_t i = 0; i < shown; i++)
		release_lines(&strips[i].lines);
	free(left_out);
	free(strips);
}

static void add_legend(struct str *out, const struct board *b)
{
	bool adrift = false, waiting = false;

	for (size_t i = 0; i < b->n; i++)
		for (size_t j = 0; j < b->lanes[i].n; j++) {
			const struct column *c = &b->lanes[i].columns[j];

			for (size_t k = 0; k < c->n; k++) {
				adrift = adrift || c->cards[k].adrift;
				waiting = waiting || c->cards[k].waiting;
			}
		}
	if (adrift || waiting)
		str_addf(out, "\n%s%s%s\n", adrift ? "! adrift" : "",
			adrift && waiting ? "   " : "", waiting ? "~ waiting" : "");
}

static void print_board(const struct board *b)
{
	struct str out = STR_INIT;

	for (size_t i = 0; i < b->n; i++) {
		if (i)
			str_addch(&out, '\n');
		if (b->n > 1) {
			struct str name = STR_INIT;

			chart_add_text(&name,
				b->lanes[i].process ? b->lanes[i].process : "(no process)");
			str_addch(&name, ':');
			chart_add_heading(&out, &b->chart, name.buf);
			str_release(&name);
		}
		add_lane(&out, b, &b->lanes[i]);
	}
	add_legend(&out, b);
	chart_print(&out);
	str_release(&out);
}

static void board_release(struct board *b)
{
	for (size_t i = 0; i < b->n; i++) {
		struct lane *lane = &b->lanes[i];

		for (size_t j = 0; j < lane->n; j++) {
			for (size_t k = 0; k < lane->columns[j].n; k++)
				free(lane->columns[j].cards[k].id);
			free(lane->columns[j].cards);
			free(lane->columns[j].activity);
			money_sums_release(&lane->columns[j].value);
		}
		free(lane->columns);
		free(lane->process);
	}
	free(b->lanes);
	owners_release(&b->owners);
	query_release(&b->query);
}

int cmd_board(struct call *call, const void *options)
{
	struct board b = {.options = options};
	int err;

	query_init(&b.query, call);
	chart_init(&b.chart, call);
	err = gather(&b);
	if (!err && call->common.json)
		print_json(board_json(&b));
	else if (!err)
		print_board(&b);
	board_release(&b);
	return err;
}
