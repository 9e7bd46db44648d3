/* A table of text that fits the terminal: behind the printer (printer.h). */
#ifndef FU_CMD_TABLE_H
#define FU_CMD_TABLE_H

#include "cmd/printer.h"

struct table_row {
	char **cells;  /* one a column; NULL: a heading line */
	char *heading; /* it */
	enum tone tone;
};

struct table {
	const struct print_spec *spec;
	size_t columns;
	char **headings; /* of the columns */
	struct table_row *rows;
	size_t n, cap;
	size_t filled; /* cells of the last row */
};

void table_init(struct table *t, const struct print_spec *spec);
void table_release(struct table *t);
void table_begin_row(struct table *t, enum tone tone);
void table_add_cell(struct table *t, char *safe_text); /* takes ownership */
void table_add_heading(struct table *t, const char *safe_text);

/* Adds the laid-out text. ERR_FAILED: no memory. */
int table_add_text(struct str *out, struct table *t, struct call *call);

#endif
