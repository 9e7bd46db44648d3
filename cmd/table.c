#include "cmd/table.h"

#include "cmd/command.h"
#include "cmd/wrap.h"
#include "core/error.h"
#include "core/mem.h"

#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>

#define LEAST_BELOW 20 /* no text below a line is wrapped to less */

void table_init(struct table *t, const struct print_spec *spec)
{
	size_t n = 0;

	*t = (struct table){.spec = spec};
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
	for (size_t i = 0; i < t->n; i++) {
		for (size_t j = 0; t->rows[i].cells && j < t->columns_n; j++)
			free(t->rows[i].cells[j]);
		free(t->rows[i].cells);
		free(t->rows[i].heading);
	}
	for (size_t j = 0; j < t->columns_n; j++)
		free(t->columns[j].heading);
	free(t->columns);
	free(t->rows);
	*t = (struct table){0};
}

void table_begin_row(struct table *t, enum tone tone)
{
	GROW(t->rows, t->n, t->cap);
	t->rows[t->n++] = (struct table_row){
		.cells = xcalloc(t->columns_n, sizeof(char *)), .tone = tone};
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

/* ---- layout ---- */

static int fill_line(struct libscols_line *line, const struct table *t, char *const *cells)
{
	size_t n = 0;

	for (size_t j = 0; j < t->columns_n; j++)
		if (t->columns[j].place == COLUMN_IN_LINE &&
			scols_line_set_data(line, n++, cells[j]))
			return -1;
	return 0;
}

static int fill_lines(struct libscols_table *tb, const struct table *t)
{
	for (size_t i = 0; i < t->n; i++) {
		struct libscols_line *line;

		if (!t->rows[i].cells)
			continue;
		line = scols_table_new_line(tb, NULL);
		if (!line || fill_line(line, t, t->rows[i].cells))
			return -1;
	}
	return 0;
}

static int add_columns(struct libscols_table *tb, const struct table *t)
{
	for (size_t j = 0; j < t->columns_n; j++) {
		const struct table_column *c = &t->columns[j];
		int flags = c->field->flags & PRINT_RIGHT ? SCOLS_FL_RIGHT : 0;

		if (c->place == COLUMN_IN_LINE &&
			!scols_table_new_column(tb, c->heading, 0, flags))
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
	/* It fits already: nothing is to be reduced there. It is safe already: escaped
	 * once more, the escapes themselves would be. */
	scols_table_set_termforce(tb, SCOLS_TERMFORCE_NEVER);
	scols_table_enable_noencoding(tb, 1);
	scols_table_enable_noheadings(tb, t->spec->no_headings);
	if (scols_table_set_column_separator(tb, "  "))
		goto out;
	if (!add_columns(tb, t) && !fill_lines(tb, t) && scols_print_table_to_string(tb, &text))
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

/* What stands below the line of its row: wrapped, under the second column. */
static void add_below(
	struct str *out, const struct table *t, const struct table_row *row, struct call *call)
{
	size_t limit = (size_t)terminal_width(&call->terminal);
	size_t indent = t->columns[0].width + TABLE_GAP;

	limit = limit > indent + LEAST_BELOW ? limit - indent : LEAST_BELOW;
	for (size_t j = 0; j < t->columns_n; j++) {
		struct str lines = STR_INIT;

		if (t->columns[j].place != COLUMN_BELOW || !*row->cells[j])
			continue;
		str_addf(&lines, "%*s", (int)indent, "");
		wrap_add(&lines, row->cells[j], indent, limit);
		for (const char *at = lines.buf; *at;)
			at = add_next_line(out, at, row->tone, call);
		str_release(&lines);
	}
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
			add_below(out, t, row, call);
			continue;
		}
		if (out->len > start)
			str_addch(out, '\n');
		add_line(out, row->heading, strlen(row->heading), row->tone, call);
	}
}

int table_add_text(struct str *out, struct table *t, struct call *call)
{
	int width = terminal_width(&call->terminal);
	char *laid_out;

	if (!t->n)
		return 0;
	table_fit(t, width > 0 ? (size_t)width : 0);
	laid_out = lay_out(t);
	if (!laid_out)
		return error_set(ERR_FAILED, "cannot lay out the table: out of memory");
	add_lines(out, t, laid_out, call);
	free(laid_out);
	return 0;
}
