/*
 * Inside storage: notes, small files in .git/fu that help this machine only. One that is
 * lost or damaged costs no more than what it helped.
 */
#ifndef FU_STORAGE_NOTE_H
#define FU_STORAGE_NOTE_H

#include "storage/storage.h"

/* Its text; empty where it was never written or cannot be read. */
void note_read(struct repo *repo, const char *name, struct str *out);
/* Puts the text in its place, whole or not at all. ERR_FAILED. */
int note_write(struct repo *repo, const char *name, const struct str *text);

#endif
