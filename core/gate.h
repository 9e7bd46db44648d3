/*
 * The gate: what an act must satisfy, and what it is completed with, kind by
 * kind. Internal to the rules: everybody else calls rules.h.
 */
#ifndef FU_CORE_GATE_H
#define FU_CORE_GATE_H

#include "core/rules.h"

/* One judgement: the opportunity as it stands before the act. */
struct judge {
	const struct opportunity *o;
	const struct ground *g;
	struct breaches *b;
	bool standing; /* it has long happened: activities and owners are not held to today's
			  lists */
};

/* Fills in what follows from the state and the settings and was not said. */
void gate_complete(const struct judge *j, struct act *a);

/* Adds every breach of the act to j->b. Knows nothing of later acts. */
void gate_judge(const struct judge *j, const struct act *a);

/* True where the state before it allows an act of this kind on this object at all. */
bool gate_possible(const struct opportunity *before, const struct act *a);

/* True where this meeting's `proceed` goes beyond the last activity of a process that is no
 * cycle. */
bool gate_wins(const struct judge *j, const struct act *a);

#endif
