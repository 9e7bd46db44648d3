#include "cmd/table.h"

#include "cmd/command.h"
#include "cmd/wrap.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

#define LEAST_BELOW 20 /* no text below a line is wrapped to less */
#define INDENT_BELOW 4 /* where there is no room under the second column */

void table_init(struct table *t, const struct print_spec *spec)
{
	size_t n = 0;

	*t = (struct table){.spec = spec, .texts = STR_INIT};
	for (const struct print_field *f = spec->fields; f->name; f++)
		t->columns_n += f->heading != NULL;
	t->columns = xcalloc(t->columns_n, sizeof(*t->columns));
	for (const struct print_field *f = spec->fields; f->name; f++)
		if (f->heading)
			t->columns[n++] = (struct table_column){
				.field = f, .heading = xstrdup(f->heading)};
}

void table_release(struct table *t)
{
	for (size_t j = 0; j < t->columns_n; j++)
		free(t->columns[j].heading);
	free(t->columns);
	free(t->rows);
	free(t->cells);
	str_release(&t->texts);
	*t = (struct table){.texts = STR_INIT};
}

void table_begin_row(struct table *t, enum tone tone)
{
	GROW(t->rows, t->n, t->cap);
	t->rows[t->n++] = (struct table_row){.first = t->cells_n, .tone = tone};
}

void table_add_cell(struct table *t, const char *text)
{
	size_t at = t->texts.len, width = safe_add_wide(&t->texts, text);

	GROW(t->cells, t->cells_n, t->cells_cap);
	t->cells[t->cells_n++] = (struct table_cell){.at = (uint32_t)at,
		.len = (uint32_t)(t->texts.len - at),
		.width = (uint32_t)width};
	str_addn(&t->texts, "", 1);
}

void table_add_heading(struct table *t, const char *text)
{
	table_begin_row(t, TONE_HEADING);
	t->rows[t->n - 1].is_heading = true;
	table_add_cell(t, text);
}

/* ---- layout ---- */

static void add_blanks(struct str *out, size_t n)
{
	static const char blanks[] = "                                ";

	for (; n > sizeof(blanks) - 1; n -= sizeof(blanks) - 1)
		str_addn(out, blanks, sizeof(blanks) - 1);
	str_addn(out, blanks, n);
}

/* The text in its column, cut where it is longer. */
static void add_padded(struct str *out, const char *text, size_t len, size_t width,
	const struct table_column *c)
{
	size_t blanks = width < c->width ? c->width - width : 0;

	if (c->field->flags & PRINT_RIGHT)
		add_blanks(out, blanks);
	if (width > c->width)
		utf8_cut(out, text, c->width);
	else
		str_addn(out, text, len);
	if (!(c->field->flags & PRINT_RIGHT))
		add_blanks(out, blanks);
}

static void begin_tone(struct str *out, enum tone tone, struct call *call)
{
	if (tone != TONE_PLAIN)
		str_add(out, terminal_tone(&call->terminal, call->repo, tone));
}

/* Ends the line that begins at `start`, without the blanks that pad its last column. */
static void end_line(struct str *out, size_t start, enum tone tone, struct call *call)
{
	while (out->len > start && out->buf[out->len - 1] == ' ')
		str_truncate(out, out->len - 1);
	if (tone != TONE_PLAIN)
		str_add(out, terminal_tone(&call->terminal, call->repo, TONE_PLAIN));
	str_addch(out, '\n');
}

static void add_line(
	struct str *out, const char *line, size_t len, enum tone tone, struct call *call)
{
	size_t start;

	begin_tone(out, tone, call);
	start = out->len;
	str_addn(out, line, len);
	end_line(out, start, tone, call);
}

/* The line of the columns' headings, or of a row's cells. */
static void add_columns(struct str *out, const struct table *t, const struct table_cell *cells,
	enum tone tone, struct call *call)
{
	size_t start, n = 0;

	begin_tone(out, tone, call);
	start = out->len;
	for (size_t j = 0; j < t->columns_n; j++) {
		const struct table_column *c = &t->columns[j];

		if (c->place != COLUMN_IN_LINE)
			continue;
		if (n++)
			add_blanks(out, TABLE_GAP);
		if (cells)
			add_padded(out, t->texts.buf + cells[j].at, cells[j].len,
				cells[j].width, c);
		else
			add_padded(
				out, c->heading, strlen(c->heading), utf8_width(c->heading), c);
	}
	end_line(out, start, tone, call);
}

/* What stands below the line of its row: wrapped, under the second column where that leaves
 * room. */
static void add_below(
	struct str *out, const struct table *t, const struct table_row *row, struct call *call)
{
	size_t limit = (size_t)terminal_width(&call->terminal);
	size_t indent = t->columns[0].width + TABLE_GAP;

	if (limit && limit < indent + LEAST_BELOW)
		indent = INDENT_BELOW;
	limit = limit > indent + LEAST_BELOW ? limit - indent : LEAST_BELOW;
	for (size_t j = 0; j < t->columns_n; j++) {
		const struct table_cell *cell = &t->cells[row->first + j];
		struct str lines = STR_INIT;

		if (t->columns[j].place != COLUMN_BELOW || !cell->width)
			continue;
		add_blanks(&lines, indent);
		wrap_add(&lines, t->texts.buf + cell->at, indent, limit);
		for (const char *at = lines.buf; *at;) {
			size_t len = strcspn(at, "\n");

			add_line(out, at, len, row->tone, call);
			at += len + (at[len] == '\n');
		}
		str_release(&lines);
	}
}

/* A line between the others, cut to the terminal. */
static void add_heading(
	struct str *out, const struct table *t, const struct table_row *row, struct call *call)
{
	const struct table_cell *cell = &t->cells[row->first];
	size_t limit = (size_t)terminal_width(&call->terminal);
	struct str line = STR_INIT;

	utf8_cut(&line, t->texts.buf + cell->at, limit ? limit : cell->width);
	add_line(out, line.buf, line.len, row->tone, call);
	str_release(&line);
}

void table_add_text(struct str *out, struct table *t, struct call *call)
{
	int width = terminal_width(&call->terminal);
	size_t start = out->len;
	bool any = false;

	for (size_t i = 0; i < t->n; i++)
		any = any || !t->rows[i].is_heading;
	table_fit(t, width > 0 ? (size_t)width : 0);
	if (any && !t->spec->no_headings)
		add_columns(out, t, NULL, TONE_HEADING, call);
	for (size_t i = 0; i < t->n; i++) {
		const struct table_row *row = &t->rows[i];

		if (!row->is_heading) {
			add_columns(out, t, &t->cells[row->first], row->tone, call);
			add_below(out, t, row, call);
			continue;
		}
		if (out->len > start)
			str_addch(out, '\n');
		add_heading(out, t, row, call);
	}
}
