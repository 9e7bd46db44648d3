/*
 * What a scenario's files mean: for each directory at its top (a part) a number that is the
 * same when and only when what a user would see is: the files of the work tree, what HEAD
 * and the branches stand on, the index without its time stamps, config and hooks. Of a part
 * that is no repository: all its files.
 */
#ifndef FU_T_FAULTS_STATE_H
#define FU_T_FAULTS_STATE_H

#include "t/helper/faults/tree.h"

#include <stdbool.h>
#include <stdint.h>

struct part {
	char *name;
	bool git;  /* a repository with a work tree */
	bool bare; /* a repository without */
	uint64_t key;
};

struct state {
	struct part *parts; /* by name */
	size_t n, cap;
	uint64_t stored; /* the objects of all repositories */
	uint64_t all; /* every byte but time stamps: also what is fu's and git's own affair */
};

void state_of(struct state *out, const struct tree *tree);
void state_release(struct state *state);

/* Where a clone that was killed was being made: it is in nobody's way, and is no part. */
bool is_workshop(const char *path);
/* Whether every part is as in `wanted`. */
bool state_is(const struct state *now, const struct state *wanted);
/* Whether every part is as in one of them. */
bool state_is_mix(const struct state *now, const struct state *a, const struct state *b);
/* A number for all that can be seen and all objects. */
uint64_t state_key(const struct state *state);

#endif
