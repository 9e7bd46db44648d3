/* A CSV file, record by record, with the line that each begins on (RFC 4180; libcsv). */
#ifndef FU_CMD_CSV_FILE_H
#define FU_CMD_CSV_FILE_H

#include "core/str.h"

#define CSV_MAX_BYTES (64u << 20)
#define CSV_MAX_CELLS 1024 /* in a record */

/* A whole file of at most CSV_MAX_BYTES; "-" is stdin. ERR_FAILED. */
int csv_read_whole(struct str *out, const char *path);

/*
 * Calls visit with the cells of each record; a record without cells (an empty line)
 * is passed over. A byte order mark is dropped. A cell that is not UTF-8 comes as
 * it is: the visitor judges it. ERR_FAILED: quotes that do not pair, a NUL, too many columns
 * ("path:line: …"); or what visit returned.
 */
typedef int (*csv_visitor)(void *context, const struct list *cells, unsigned line);
int csv_each(const char *path, const struct str *text, csv_visitor visit, void *context);

#endif
