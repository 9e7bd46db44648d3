/*
 * An act stands in one file. In two it may stand only where a merge was taken back:
 * what the merge brought stays, struck, and is the other's again.
 */
#ifndef FU_CMD_CHECK_TWICE_H
#define FU_CMD_CHECK_TWICE_H

#include "core/opportunity.h"

struct act_place {
	char *act, *path, *opportunity; /* ids, but for the path */
	unsigned line;
};
struct act_places {
	struct act_place *items;
	size_t n, cap;
};

/* Notes where the acts of the (folded) opportunity stand. */
void act_places_add(struct act_places *places, const struct opportunity *o);

/* Calls say for every act that stands elsewhere too, with the first of its places. */
void act_places_twice(struct act_places *places,
	void (*say)(
		void *context, const struct act_place *place, const struct act_place *first),
	void *context);
void act_places_release(struct act_places *places);

#endif
