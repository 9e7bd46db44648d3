/* Rows that are about opportunities that are there already: which ones (fu-import(1)). */
#ifndef FU_CMD_IMPORT_JOIN_H
#define FU_CMD_IMPORT_JOIN_H

#include "cmd/import_run.h"

struct join *join_new(void);
void join_free(struct join *join); /* NULL is fine */
/* Notes an opportunity of the repository. */
void join_note(struct join *join, const struct opportunity *o);
/* Plans what the row says. ERR_FAILED: the opportunity that it names is not there, … */
int join_row(struct import_run *run, const struct import_row *row);

#endif
