/* A map for a CSV file that nobody knows: from the names of its columns and what is in them. */
#ifndef FU_CORE_IMPORT_GUESS_H
#define FU_CORE_IMPORT_GUESS_H

#include "core/str.h"

#include <stddef.h>

/* A file's first line, and of each column the values of its first rows. */
struct import_sample {
	struct list names;
	struct list *values; /* of each column; empty cells left out */
};
void import_sample_release(struct import_sample *sample);

/*
 * Adds the text of a map (import_map.h) with comments for what it could not tell. It may
 * be incomplete: who reads it completes it.
 */
void import_guess(struct str *out, const struct import_sample *sample, const char *title);

#endif
