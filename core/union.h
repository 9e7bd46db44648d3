/*
 * Two people's acts come together: the merge by meaning of opportunities.
 *
 *	union_init → union_add (every version of every one) → union_wants → union_settle
 *	          → read `items` → union_release
 *
 * It is a function of the sets of acts alone. Whoever merges, in whatever order and
 * however often, gets the same:
 *   - every act of either side stands in the result;
 *   - of two versions of one act the one that was edited later stands; of two that were
 *     edited at the same moment (or both never) the one whose stored text is greater;
 *   - acts follow where the other side put their opportunity: to the new id after a
 *     `rename`, into the other one, stamped `of`, after a `merge`; where several such
 *     acts name one opportunity the latest stands.
 * What the acts add up to, and the questions that they leave (core/doubts.h), are derived.
 */
#ifndef FU_CORE_UNION_H
#define FU_CORE_UNION_H

#include "core/opportunity.h"

struct union_item {
	struct opportunity *o; /* folded once it is settled; without acts: it went elsewhere */
	bool changed;          /* it is not what union_add was given, or given twice */
};
struct acts_union {
	struct union_item *items; /* by id */
	size_t n, cap;
};

void union_init(struct acts_union *u);
void union_release(struct acts_union *u);

/* Takes in a version of an opportunity; its acts are copied. */
void union_add(struct acts_union *u, const struct opportunity *o);

/* Adds the ids that acts have to follow to and that were not added yet: their versions
 * are to be added too, where there are any, before union_settle. */
void union_wants(const struct acts_union *u, struct list *ids);

/* Moves the acts to where they belong, and folds. */
void union_settle(struct acts_union *u);

/* The one of that id, or NULL. */
struct union_item *union_find(const struct acts_union *u, const char *id);

#endif
