/*
 * Doubts: what no rule can decide after two people's acts came together (contract,
 * section 7, where they are called questions).
 *
 * They are derived from the acts, never stored:
 *   - two acts that replaced the same next step, neither knowing of the other;
 *   - two `new` acts: the same id was born on both sides;
 *   - acts that can no longer follow where they stand: the other side closed the
 *     opportunity, or took back what they rest on; or merged it into another one and did
 *     not know of them (core/merge.h).
 * An act of kind `resolve` keeps one of the acts and drops others: those are struck out
 * as an undo strikes them, and the doubt is gone.
 *
 * Whether two acts knew of each other follows from `seq`, one more than the highest that
 * the file held: where two people went on from the same file, the lower number of two
 * acts of theirs stands twice in it. Where one person recorded all of it no number does,
 * in whatever order the acts were entered.
 */
#ifndef FU_CORE_DOUBTS_H
#define FU_CORE_DOUBTS_H

#include "core/opportunity.h"

enum doubt_kind {
	DOUBT_BORN,  /* which `new` stands */
	DOUBT_STEP,  /* which of the acts that replaced one next step */
	DOUBT_FOLLOW /* the first act, or those that cannot follow because of it */
};

struct doubt {
	enum doubt_kind kind;
	const struct act **acts; /* to choose from, in their order; borrowed */
	size_t n, cap;
	/* DOUBT_FOLLOW: the act that stands in the way of the others, one of `acts`; NULL:
	 * there is none, and the only answer is that they stand as they are. */
	const struct act *against;
};
struct doubts {
	struct doubt *items;
	size_t n, cap;
};

/* Adds the open doubts; o is folded. Release in every case. */
void doubts_find(struct doubts *out, const struct opportunity *o);
void doubts_release(struct doubts *d);
bool doubts_any(const struct opportunity *o);

/* The doubt in which that act stands, or NULL. */
const struct doubt *doubts_about(const struct doubts *d, const char *act_id);

/*
 * The ids of the acts that are struck out when `keep` is kept: the others, and with acts
 * that set a next step or made a promise what rests on them.
 */
void doubt_drops(struct list *out, const struct opportunity *o, const struct doubt *d,
	const struct act *keep);

/* "two acts replaced the same next step: meeting 4f7k2m9qxc, schedule 9xk2mq0f3a" */
void doubt_add_words(struct str *out, const struct doubt *d);

#endif
