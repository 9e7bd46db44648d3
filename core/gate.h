/*
 * The gate: what an act must satisfy, and what it is completed with, kind by
 * kind. Internal to the rules: everybody else calls rules.h.
 */
#ifndef FU_CORE_GATE_H
#define FU_CORE_GATE_H

#include "core/rules.h"

#include <limits.h>

/* One judgement: the opportunity as it stands before the act. */
struct judge {
	const struct opportunity *o;
	const struct ground *g;
	struct breaches *b;
	bool standing; /* it has long happened: activities and owners are not held to today's
			  lists */
};

/* A rule of the discipline is broken; the act is malformed. */
#define REFUSE(j, a, rule, option, ...) breaches_add((j)->b, a, rule, true, option, __VA_ARGS__)
#define MALFORMED(j, a, rule, option, ...)                                                     \
	breaches_add((j)->b, a, rule, false, option, __VA_ARGS__)

/* That is so whatever the act says: marks the breach that was added last. */
#define WHATEVER_IT_SAYS(j) ((j)->b->items[(j)->b->n - 1].by_state = true)

#define CAUSE_OPTION                                                                           \
	"--cause timing|process|decision-maker|consultative|value|qualifying|closing|"         \
	"withdrawn|gone"

/* Fills in what follows from the state and the settings and was not said. */
void gate_complete(const struct judge *j, struct act *a);

/* Adds every breach of the act to j->b. Knows nothing of later acts. */
void gate_judge(const struct judge *j, const struct act *a);

/* True where the state before it allows an act of this kind on this object at all. */
bool gate_possible(const struct opportunity *before, const struct act *a);

/* ---- the parts that several kinds share (gate.c) ---- */

/* One next step at the most, and what belongs to it. */
void gate_judge_step(const struct judge *j, const struct act *a);
/* A2, C7: an outcome, and what each of them needs beside a next step. */
void gate_judge_outcome(const struct judge *j, const struct act *a);
/* True where it proceeds from an activity that the process has no more, and does not say to
 * which: nothing follows from the process then. */
bool gate_leads_nowhere(const struct judge *j, const struct act *a);
/* What ends it, won or abandoned, has no next step: refuses the one that is given. */
void gate_refuse_step_at_end(const struct judge *j, const struct act *a);
/* What lies in the past where it must not: `what` begins the sentence. */
void gate_judge_ahead(
	const struct judge *j, const struct act *a, const struct when *w, const char *what);
void gate_judge_contact_named(const struct judge *j, const struct act *a, const char *name);
/* The commitment of that id, or NULL. */
const struct commitment *gate_commitment(const struct opportunity *o, const char *id);
/* Adds that there is none of that id (NULL: none was named), or none yet: the act happened
 * before it was promised. */
void gate_name_no_commitment(const struct judge *j, const struct act *a, const char *id);

/* When `policy.retry` has the next try, inside working hours (gate_complete.c). */
struct when gate_retry(const struct judge *j, const struct act *a);

/* ---- what comes later (gate_later.c; the references: rules.c) ---- */

#define GATE_IMPOSSIBLE UINT_MAX

/* How many rules the act breaks where it stands, as `fu check` counts them; GATE_IMPOSSIBLE
 * where the state before it does not allow it at all. With g NULL or lenient nothing but that
 * is asked, and the answer is that or 0. */
unsigned gate_faults(
	const struct opportunity *before, const struct act *a, const struct ground *g);
/* The same of all acts, in an array that the caller frees; those that are struck count as
 * impossible. Folds the opportunity to its end. */
unsigned *gate_faults_all(struct opportunity *o, const struct ground *g);

/* How acts stood before one came between or was taken back. */
struct stood {
	struct stood_act {
		char *id;
		unsigned faults;
	} * items; /* sorted by id */
	size_t n;
	const struct ground *ground; /* what they are judged by */
};
/* Notes those from `from` on (NULL: all), which need not be among them. One that is struck
 * counts as possible. Folds. Release in every case. */
void stood_note(
	struct stood *s, struct opportunity *o, const struct act *from, const struct ground *g);
/* Of one that was not noted: GATE_IMPOSSIBLE, which nothing can make worse. */
unsigned stood_faults(const struct stood *s, const struct act *a);
void stood_release(struct stood *s);
/* Adds a breach for every act that breaks more rules than it did, and for one that came back
 * and is not possible: with `a` as things are now it could not follow. Folds. */
void gate_judge_later(struct opportunity *o, const struct act *a, const struct stood *before,
	struct breaches *b);
/* Adds that `later` could not follow if there were `a`. */
void gate_name_later(struct breaches *b, const struct act *a, const struct act *later,
	const struct clock *clock);
/* Adds every later act that settles or replaces what the target set. */
void gate_judge_references(const struct opportunity *o, const struct act *target,
	const struct clock *clock, struct breaches *b);

/* ---- kinds with a file of their own ---- */

void gate_judge_call(const struct judge *j, const struct act *a); /* gate_call.c: A4-A6 */
void gate_complete_call(const struct judge *j, struct act *a);
void gate_judge_set(const struct judge *j, const struct act *a); /* gate_facts.c: A1 */
void gate_judge_contact(const struct judge *j, const struct act *a);
/* Those that an opportunity begins with. */
void gate_judge_contacts(const struct judge *j, const struct act *a);
void gate_judge_owner(const struct judge *j, const struct act *a, const char *owner);
/* A1: an activity of the process; NULL is fine. */
void gate_judge_activity(const struct judge *j, const struct act *a, const char *activity);
bool gate_has_contact(const struct opportunity *o, const char *name);
void gate_judge_touch(const struct judge *j, const struct act *a);   /* gate_touch.c: C1, C2 */
void gate_judge_resolve(const struct judge *j, const struct act *a); /* gate_resolve.c */
void gate_complete_resolve(const struct judge *j, struct act *a);

#endif
