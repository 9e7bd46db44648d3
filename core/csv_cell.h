/*
 * Cells of a CSV that a spreadsheet will open (RFC 4180).
 *
 * A spreadsheet runs a cell that begins with =, +, - or @, also in quotes, and some do
 * with blanks, tabs, line breaks or quotes before it, or with the wide forms of East Asia.
 * Such a cell gets a ' in front, which makes it text. A telephone number is such a cell.
 */
#ifndef FU_CORE_CSV_CELL_H
#define FU_CORE_CSV_CELL_H

#include "core/str.h"

#include <stdbool.h>

/* Whether a spreadsheet might run it. */
bool csv_cell_runs(const char *text);

/* Adds the cell: made harmless, control characters escaped (core/utf8.h) but for line
 * breaks, quoted where its content asks for that. */
void csv_cell_add(struct str *out, const char *text);

#endif
