#include "cmd/table.h"

#include "cmd/command.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

#define GAP 2 /* blanks between columns */

void table_init(struct table *t, const struct print_spec *spec)
{
	size_t n = 0;

	*t = (struct table){.spec = spec};
	for (const struct print_field *f = spec->fields; f->name; f++)
		t->columns += f->heading != NULL;
	t->headings = xcalloc(t->columns, sizeof(*t->headings));
	for (const struct print_field *f = spec->fields; f->name; f++)
		if (f->heading)
			t->headings[n++] = xstrdup(f->heading);
}

void table_release(struct table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		for (size_t j = 0; t->rows[i].cells && j < t->columns; j++)
			free(t->rows[i].cells[j]);
		free(t->rows[i].cells);
		free(t->rows[i].heading);
	}
	for (size_t j = 0; j < t->columns; j++)
		free(t->headings[j]);
	free(t->headings);
	free(t->rows);
	*t = (struct table){0};
}

void table_begin_row(struct table *t, enum tone tone)
{
	GROW(t->rows, t->n, t->cap);
	t->rows[t->n++] =
		(struct table_row){.cells = xcalloc(t->columns, sizeof(char *)), .tone = tone};
	t->filled = 0;
}

void table_add_cell(struct table *t, char *safe_text)
{
	t->rows[t->n - 1].cells[t->filled++] = safe_text;
}

void table_add_heading(struct table *t, const char *safe_text)
{
	GROW(t->rows, t->n, t->cap);
	t->rows[t->n++] =
		(struct table_row){.heading = xstrdup(safe_text), .tone = TONE_HEADING};
}

/* ---- widths ---- */

/* The field of the i-th column. */
static const struct print_field *column_field(const struct table *t, size_t i)
{
	const struct print_field *f = t->spec->fields;

	for (;; f++) {
		if (f->heading && !i)
			return f;
		i -= f->heading != NULL;
	}
}

static size_t *natural_widths(const struct table *t)
{
	size_t *widths = xcalloc(t->columns, sizeof(*widths));

	for (size_t j = 0; j < t->columns; j++) {
		if (!t->spec->no_headings)
			widths[j] = utf8_width(t->headings[j]);
		for (size_t i = 0; i < t->n; i++) {
			size_t width = t->rows[i].cells ? utf8_width(t->rows[i].cells[j]) : 0;

			widths[j] = width > widths[j] ? width : widths[j];
		}
	}
	return widths;
}

/* What gives way, step by step, until the table fits: first columns that may well be
 * cut, then those too that one would rather keep, at last the first one, the id. */
static const struct step_down {
	unsigned flags; /* columns that have one of them; 0: all */
	size_t from;    /* from this column on */
	size_t least;   /* down to this width */
} steps_down[] = {
	{PRINT_CUT, 0, 10},
	{PRINT_CUT, 0, 4},
	{0, 1, 4},
	{0, 0, 1},
};

/* The widest column that the step may still make narrower, or `columns`. */
static size_t widest(const struct table *t, const size_t *widths, const struct step_down *step)
{
	size_t found = t->columns;

	for (size_t j = step->from; j < t->columns; j++) {
		if (step->flags && !(column_field(t, j)->flags & step->flags))
			continue;
		if (widths[j] > step->least &&
			(found == t->columns || widths[j] > widths[found]))
			found = j;
	}
	return found;
}

/* Takes from the widest until the table fits: long texts give way to short ones. */
static void shrink(const struct table *t, size_t *widths, size_t limit)
{
	size_t total = (t->columns - 1) * GAP, step = 0;

	for (size_t j = 0; j < t->columns; j++)
		total += widths[j];
	while (total > limit && step < ARRAY_SIZE(steps_down)) {
		size_t j = widest(t, widths, &steps_down[step]);

		if (j == t->columns) {
			step++;
			continue;
		}
		widths[j]--;
		total--;
	}
}

static void cut_text(char **text, size_t width)
{
	struct str cut = STR_INIT;

	if (utf8_width(*text) <= width)
		return;
	utf8_cut(&cut, *text, width);
	free(*text);
	*text = str_detach(&cut);
}

static void cut_texts(struct table *t, const size_t *widths, size_t limit)
{
	for (size_t j = 0; j < t->columns; j++)
		cut_text(&t->headings[j], widths[j]);
	for (size_t i = 0; i < t->n; i++) {
		if (!t->rows[i].cells)
			cut_text(&t->rows[i].heading, limit);
		for (size_t j = 0; t->rows[i].cells && j < t->columns; j++)
			cut_text(&t->rows[i].cells[j], widths[j]);
	}
}

static void fit(struct table *t, int limit)
{
	size_t *widths;

	if (limit <= 0)
		return;
	widths = natural_widths(t);
	shrink(t, widths, (size_t)limit);
	cut_texts(t, widths, (size_t)limit);
	free(widths);
}

/* ---- layout ---- */

static int fill_lines(struct libscols_table *tb, const struct table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		struct libscols_line *line;

		if (!t->rows[i].cells)
			continue;
		line = scols_table_new_line(tb, NULL);
		if (!line)
			return -1;
		for (size_t j = 0; j < t->columns; j++)
			if (scols_line_set_data(line, j, t->rows[i].cells[j]))
				return -1;
	}
	return 0;
}

/* All lines as libsmartcols lays them out; NULL: no memory. */
static char *lay_out(const struct table *t)
{
	struct libscols_table *tb = scols_new_table();
	char *text = NULL;

	if (!tb)
		return NULL;
	/* It fits already: nothing is to be reduced there. */
	scols_table_set_termforce(tb, SCOLS_TERMFORCE_NEVER);
	scols_table_enable_noheadings(tb, t->spec->no_headings);
	if (scols_table_set_column_separator(tb, "  "))
		goto out;
	for (size_t j = 0; j < t->columns; j++) {
		const struct print_field *f = column_field(t, j);

		if (!scols_table_new_column(
			    tb, t->headings[j], 0, f->flags & PRINT_RIGHT ? SCOLS_FL_RIGHT : 0))
			goto out;
	}
	if (!fill_lines(tb, t) && scols_print_table_to_string(tb, &text))
		text = NULL;
out:
	scols_unref_table(tb);
	return text;
}

/* One line with its tone, without the blanks that pad the last column. */
static void add_line(
	struct str *out, const char *line, size_t len, enum tone tone, struct call *call)
{
	bool toned = tone != TONE_PLAIN;

	while (len && line[len - 1] == ' ')
		len--;
	if (toned)
		str_add(out, terminal_tone(&call->terminal, call->repo, tone));
	str_addn(out, line, len);
	if (toned)
		str_add(out, terminal_tone(&call->terminal, call->repo, TONE_PLAIN));
	str_addch(out, '\n');
}

static const char *add_next_line(
	struct str *out, const char *at, enum tone tone, struct call *call)
{
	size_t len = strcspn(at, "\n");

	add_line(out, at, len, tone, call);
	return at + len + (at[len] == '\n');
}

static void add_lines(
	struct str *out, const struct table *t, const char *laid_out, struct call *call)
{
	size_t start = out->len;

	if (!t->spec->no_headings && *laid_out)
		laid_out = add_next_line(out, laid_out, TONE_HEADING, call);
	for (size_t i = 0; i < t->n; i++) {
		const struct table_row *row = &t->rows[i];

		if (row->cells) {
			laid_out = add_next_line(out, laid_out, row->tone, call);
			continue;
		}
		if (out->len > start)
			str_addch(out, '\n');
		add_line(out, row->heading, strlen(row->heading), row->tone, call);
	}
}

int table_add_text(struct str *out, struct table *t, struct call *call)
{
	char *laid_out;

	if (!t->n)
		return 0;
	fit(t, terminal_width(&call->terminal));
	laid_out = lay_out(t);
	if (!laid_out)
		return error_set(ERR_FAILED, "cannot lay out the table: out of memory");
	add_lines(out, t, laid_out, call);
	free(laid_out);
	return 0;
}
