/*
 * The files below the current directory, kept in memory: what they are, and putting them
 * back, where only those are written that changed.
 */
#ifndef FU_T_FAULTS_TREE_H
#define FU_T_FAULTS_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

struct entry {
	char *path; /* from the current directory, without a slash in front */
	struct stat st;
	char *bytes; /* of a file, or of what a link points at; NULL: a directory */
	size_t len;
	ino_t links;   /* the same number: links to the same file; 0: it has one name only */
	bool borrowed; /* the bytes are another tree's */
};

struct tree {
	struct entry *items; /* by path */
	size_t n, cap;
};

/* Reads all of it. What did not change since `known` was read or put back is taken from
 * there (and `known` must live longer); known may be NULL. */
void tree_read(struct tree *out, const struct tree *known);
/* Makes the files what they were. */
void tree_put_back(struct tree *tree);
const struct entry *tree_find(const struct tree *tree, const char *path);
/* Whether both are the same in every byte, and no file was written in between. */
bool tree_untouched(const struct tree *now, const struct tree *was);
void tree_release(struct tree *tree);

#endif
