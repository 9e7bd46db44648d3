/*
 * The parts of the fold (fold.c, fold_facts.c). Everybody else calls opportunity.h.
 */
#ifndef FU_CORE_FOLD_H
#define FU_CORE_FOLD_H

#include "core/opportunity.h"

/* It stands at this activity from this act on. `activity` is borrowed from the act. */
void fold_enter_activity(struct state *s, const struct act *a, const char *activity);

/* A contact in its stored form; one that cannot be read is left out. */
void fold_add_contact(struct state *s, const char *stored);

void fold_set(struct state *s, const struct act *a);     /* a `set` act */
void fold_contact(struct state *s, const struct act *a); /* a `contact` act */

#endif
