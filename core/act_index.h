/*
 * Acts by their ids: for who looks up one for each act there is. It is made of what the
 * opportunity holds, and is to be released before that changes.
 */
#ifndef FU_CORE_ACT_INDEX_H
#define FU_CORE_ACT_INDEX_H

#include "core/opportunity.h"

struct act_index {
	const struct opportunity *o;
	size_t *places; /* of its acts, in the order of their ids */
	size_t n;
};

void act_index_init(struct act_index *index, const struct opportunity *o);
void act_index_release(struct act_index *index);
/* The place of the act in o->acts, the first of several; o->n: there is none (or id is NULL).
 */
size_t act_index_find(const struct act_index *index, const char *id);

#endif
