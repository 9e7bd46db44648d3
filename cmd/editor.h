/* The user's editor, as git chooses and runs it: $GIT_EDITOR, core.editor, $VISUAL,
 * $EDITOR, vi, by the shell. */
#ifndef FU_CMD_EDITOR_H
#define FU_CMD_EDITOR_H

#include "storage/storage.h"

/* Opens the file and waits. ERR_FAILED: it could not be run, or said that it failed. */
int editor_run(struct repo *repo, const char *path);

#endif
