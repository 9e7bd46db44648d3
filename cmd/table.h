/*
 * A table of text that fits the terminal: behind the printer (printer.h).
 *
 *	table_init → (table_begin_row → table_add_cell …, table_add_heading) …
 *	           → table_add_text → table_release
 */
#ifndef FU_CMD_TABLE_H
#define FU_CMD_TABLE_H

#include "cmd/printer.h"

struct table_row {
	char **cells;  /* one a column; NULL: a heading line */
	char *heading; /* it */
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
	size_t filled; /* cells of the last row */
};

#define TABLE_GAP 2 /* blanks between columns */

void table_init(struct table *t, const struct print_spec *spec);
void table_release(struct table *t);
void table_begin_row(struct table *t, enum tone tone);
void table_add_cell(struct table *t, char *safe_text); /* takes ownership */
void table_add_heading(struct table *t, const char *safe_text);

/* Gives every column its place and its width, and cuts the texts to it (table_fit.c).
 * limit: columns of the terminal; 0: none. */
void table_fit(struct table *t, size_t limit);

/* Adds the laid-out text. ERR_FAILED: no memory. */
int table_add_text(struct str *out, struct table *t, struct call *call);

#endif
