/*
 * A table of text that fits the terminal: behind the printer (printer.h).
 *
 *	table_init → (table_begin_row → table_add_cell …, table_add_heading) …
 *	           → table_add_text → table_release
 */
#ifndef FU_CMD_TABLE_H
#define FU_CMD_TABLE_H

#include "cmd/printer.h"

#include <stdint.h>

/* A text of the table: escaped, in one buffer with all the others. */
struct table_cell {
	uint32_t at;    /* where it begins there; it ends with a NUL */
	uint32_t len;   /* bytes */
	uint32_t width; /* the columns of the terminal that it takes */
};

struct table_row {
	size_t first;    /* of its cells: one a column, or the heading alone */
	bool is_heading; /* a line between the others, outside the columns */
	enum tone tone;
};

/* Where the texts of a column stand. */
enum column_place {
	COLUMN_IN_LINE,
	COLUMN_BELOW, /* each on lines of its own, under the line of its row */
	COLUMN_LEFT_OUT
};

struct table_column {
	const struct print_field *field;
	char *heading;
	enum column_place place;
	size_t natural; /* the columns of the terminal that its widest text takes */
	size_t width;   /* those that it gets */
};

struct table {
	const struct print_spec *spec;
	struct table_column *columns;
	size_t columns_n;
	struct table_row *rows;
	size_t n, cap;
	struct table_cell *cells;
	size_t cells_n, cells_cap;
	struct str texts;
};

#define TABLE_GAP 2 /* blanks between columns */

void table_init(struct table *t, const struct print_spec *spec);
void table_release(struct table *t);
void table_begin_row(struct table *t, enum tone tone);
void table_add_cell(struct table *t, const char *text); /* escapes it */
void table_add_heading(struct table *t, const char *text);

/* Gives every column its place and its width (table_fit.c). limit: columns of the terminal;
 * 0: none. */
void table_fit(struct table *t, size_t limit);

/* Adds the laid-out text. */
void table_add_text(struct str *out, struct table *t, struct call *call);

#endif
