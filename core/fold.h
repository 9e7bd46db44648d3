/*
 * The parts of the fold (fold.c, fold_facts.c). Everybody else calls opportunity.h.
 */
#ifndef FU_CORE_FOLD_H
#define FU_CORE_FOLD_H

#include "core/opportunity.h"

/* The next step that the act sets replaces the one before; the status follows. */
void fold_take_step(struct state *s, const struct act *a);

/* Counts a meeting, call or touch as a contact, and takes the words of the first two. */
void fold_count(struct state *s, const struct act *a);
void fold_heard(struct state *s, const struct act *a); /* the same for `heard` */

/* Open commitments are closed without judgement: those that are the opportunity's own, or,
 * where `of` is given, those of that one. */
void fold_drop_commitments(struct state *s, const char *of);

void fold_commitment(struct state *s, const struct act *a); /* a `commitment` act */
void fold_touch(struct state *s, const struct act *a);      /* what a touch keeps and answers */

/* It stands at this activity from this act on. `activity` is borrowed from the act. */
void fold_enter_activity(struct state *s, const struct act *a, const char *activity);

/* A contact in its stored form; one that cannot be read is left out. */
void fold_add_contact(struct state *s, const char *stored);

/* The same, but for one of that name who is there: he gets what he lacks. */
void fold_fill_contact(struct state *s, const char *stored);

void fold_set(struct state *s, const struct act *a);     /* a `set` act */
void fold_contact(struct state *s, const struct act *a); /* a `contact` act */

/* ---- fold_merge.c ---- */

void fold_merge(struct state *s, const struct act *a); /* a `merge` act */
/* An act that happened to an opportunity which was merged into this one. */
void fold_of(struct state *s, const struct act *a);
/* Strikes the acts of those whose merge does not stand. o->struck is set. */
void fold_strike_unmerged(struct opportunity *o);

#endif
