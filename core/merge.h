/*
 * Duplicates become one (`fu merge`), and what it was called before (`fu rename`).
 *
 *	merge_judge → merge_take_acts → merge_complete → opportunity_admit (the merge act)
 *
 * All acts of the one go into the other, each stamped `of` with its id; what that does
 * stands in fold_merge.c. Taken back, they stay (files only grow) and are struck with
 * the merge act; merge_part makes of them the opportunity that was merged in.
 */
#ifndef FU_CORE_MERGE_H
#define FU_CORE_MERGE_H

#include "core/rules.h"

/* Adds what forbids it: a won one would not count as won. Both are folded. */
void merge_judge(
	struct breaches *b, const struct opportunity *into, const struct opportunity *from);

/* Adds copies of from's acts to `into`. Of an act that is there already (from a merge that
 * was taken back) the one edited later stands. Not folded. */
void merge_take_acts(struct opportunity *into, const struct opportunity *from);

/* Sets in the `merge` act what `into` lacks and `from` has: facts, contacts, and, where
 * `into` is open without one, the next step. Both as they were before. */
void merge_complete(
	struct act *a, const struct opportunity *into, const struct opportunity *from);

/*
 * What the merger knew. Somebody else may have gone on with the one that was merged in: an
 * act that moved it (set a next step, closed or reopened it) and that the merger did not
 * know of is a question (core/doubts.h). The merge act names in `knew` the acts that moved
 * it and that no other had replaced, which are one or two; those that these replaced, and
 * so on, were known with them.
 */
/* Sets `knew`; merge_complete does. */
void merge_note_known(struct act *a, const struct opportunity *from);
typedef void (*merge_sink)(void *context, const struct act *merge, const struct act *unknown);
/* Calls it with each such act in o, and with each act that took back what was known. */
void merge_each_unknown(const struct opportunity *o, merge_sink sink, void *context);

/* The opportunity of that id as it was merged into o (id NULL: o without any that was),
 * folded; the caller frees. */
struct opportunity *merge_part(const struct opportunity *o, const char *id);

/* Adds the ids of those that are merged into o by acts of its own. */
void merge_list(const struct opportunity *o, struct list *ids);

/* Adds the ids under which it was known: its own before a rename, and all of those that
 * were merged in. Acts that were taken back do not count. */
void merge_former_ids(const struct opportunity *o, struct list *ids);

/* Whether the later act rests on the merge or rename (beside what every act is judged by). */
bool merge_carries(
	const struct opportunity *o, const struct act *target, const struct act *later);

/* Adds a breach where the target is part of what was merged in and makes sense there only. */
void merge_judge_undo(struct breaches *b, const struct act *target);

/* Adds a breach for every act of an opportunity that was never merged into o. */
void merge_check(struct breaches *b, const struct opportunity *o);

/* gate.c asks these of `merge` and `rename` acts, and of acts that have `of`. */
struct judge;
void gate_judge_merge(const struct judge *j, const struct act *a);
void gate_judge_rename(const struct judge *j, const struct act *a);
void gate_judge_of(const struct judge *j, const struct act *a);

#endif
