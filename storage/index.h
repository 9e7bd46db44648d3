/*
 * Which opportunities there are, and in which files: the names under
 * opportunities/, read without opening any of them.
 */
#ifndef FU_STORAGE_INDEX_H
#define FU_STORAGE_INDEX_H

#include "core/str.h"
#include "storage/stamp.h"

#include <stdbool.h>
#include <stddef.h>

struct index_entry {
	char *id;    /* NULL: a file that cannot be one */
	char *path;  /* relative to the work tree */
	char *fault; /* why it cannot be read, or NULL: "<path>: …" */
};
struct index {
	struct index_entry *items; /* by id, then path; those without an id come last */
	size_t n, cap;
	struct list directories; /* that were read, relative to the work tree */
	struct stamp *stamps;    /* of the directories, from before they were read */
	size_t stamps_n, stamps_cap;
};

/* Scans; hidden names and names that do not end in ".ini" are nobody's. An id
 * that two files have is a fault of both. Errors: ERR_FAILED. */
int index_scan(struct index *out, int root);
void index_release(struct index *index);

/* The first entry of that id, or NULL. */
const struct index_entry *index_find(const struct index *index, const char *id);
/* The place of the first entry whose id is not before `prefix`. */
size_t index_lower_bound(const struct index *index, const char *prefix);

/* Its entries in the order of their paths; the caller frees the array. */
const struct index_entry **index_by_path(const struct index *index);

#endif
