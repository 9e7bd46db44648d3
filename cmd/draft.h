/*
 * Drafts: what was typed into a form or a dialogue and did not get recorded. A draft
 * is the text of a form, complete or not, readable or not, in
 * .git/fu/drafts/<command>[.<opportunity>], for its owner only. It belongs to this
 * machine and is never part of what is shared. One that another would replace is put
 * aside (".2", ".3", …) and comes back when its place is free.
 */
#ifndef FU_CMD_DRAFT_H
#define FU_CMD_DRAFT_H

#include "storage/storage.h"

/* Its path; id NULL for a command without an opportunity. Makes the directory, and brings
 * back the last one that was put aside if there is no other. The caller frees *path.
 * ERR_FAILED. */
int draft_path(struct repo *repo, const char *command, const char *id, char **path);

/* Whether drafts of the command are kept for other opportunities. */
bool draft_has_others(struct repo *repo, const char *command, const char *id);
/* What was kept under an id that the opportunity had before is its draft, or is put aside
 * behind it. */
void draft_adopt(struct repo *repo, const char *command, const char *former, const char *id);

/* Gives the draft another name, *aside, which the caller frees. ERR_FAILED. */
int draft_set_aside(const char *path, char **aside);

/* Replaces the draft as a whole, or leaves the old one; no signal that ends a program
 * comes between. ERR_FAILED. */
int draft_save(const char *path, const char *bytes, size_t len);

/* False where there is none, or it cannot be read. */
bool draft_read(const char *path, struct str *out);

void draft_remove(const char *path);

#endif
