/*
 * The rules of the discipline: the one place where it is decided whether an act
 * may happen, and what it becomes. Every way in passes here: a command line, a
 * form, an import, a merge, a hand edit.
 */
#ifndef FU_CORE_RULES_H
#define FU_CORE_RULES_H

#include "core/opportunity.h"
#include "core/process.h"
#include "core/settings.h"

enum rule {
	RULE_NONE,
	RULE_FIRST,       /* an opportunity begins with `new`, once */
	RULE_CLOSED,      /* what a closed opportunity does not take */
	RULE_TIME,        /* what has been lies behind, what is to come ahead */
	RULE_OUTCOME,     /* A2: one of three outcomes */
	RULE_NEXT,        /* D2: a firm next step, or the client's refusal of one */
	RULE_COMMITMENTS, /* B2: both sides' */
	RULE_CAUSE,       /* C7 */
	RULE_BECAUSE,
	RULE_CONFIRM,     /* A3: a confirmation names its options */
	RULE_ACTIVITY,    /* A1: an activity of the process */
	RULE_APPOINTMENT, /* an appointment has a day and a time; there is one to cancel or move
			   */
	RULE_COMMITMENT,  /* settles one that is there */
	RULE_CONTACT,
	RULE_CALL,  /* A4: a call schedules or confirms, and has a result */
	RULE_ROLE,  /* A5: where roles are enforced, calls are the coordinator's */
	RULE_VALUE, /* C1, C2: a touch gives the client something */
	RULE_FACT,  /* a fact that is known and readable */
	RULE_OWNER, /* somebody of the team */
	RULE_RESTS, /* a later act rests on it */
	RULE_UNDO,
	RULE_RESOLVE /* what a sync left */
};

/* One thing wrong, in words. */
struct breach {
	enum rule rule;
	bool discipline; /* a rule of the discipline (`--lenient` takes it); else malformed */
	bool by_state;   /* where it stands, or who acts, forbids the act, whatever it says */
	char *message;   /* "a meeting ends with …: '--outcome' is missing" */
	char *option; /* what would satisfy it, "--outcome proceed|repeat|abandon", or NULL */
	const struct act *act; /* where `check` found it, or NULL */
};
struct breaches {
	struct breach *items;
	size_t n, cap;
};
void breaches_add(struct breaches *b, const struct act *act, enum rule rule, bool discipline,
	const char *option, const char *format, ...) __attribute__((format(printf, 6, 7)));
/* Puts the id for "<opp>" into the options of those from `first` on, so that they can be typed.
 */
void breaches_name(struct breaches *b, size_t first, const char *id);
void breaches_release(struct breaches *b);
/* Records every breach as an error with its option as a hint; ERR_REFUSED, or 0 if there is
 * none. */
int breaches_raise(const struct breaches *b);

/* What the rules look at besides the opportunity. */
struct ground {
	const struct settings *settings;
	const struct process *process; /* of the opportunity (after the act, for `new` and `set
					  process=`); NULL: not known */
	const struct clock *clock;
	bool salesperson; /* who acts is one, and no coordinator (fu.role) */
	bool lenient; /* an import of history: breaches of the discipline are taken and marked
		       */
	/* Another process by its name, or NULL: what is taken back may have led into this one.
	 * Without it this one alone is known. */
	const struct process *(*find_process)(void *context, const char *name);
	void *context;
};

/*
 * Decides whether the act may happen to the opportunity, and completes it: fills
 * in `at` (a meeting: the pending appointment's time if that has passed; else
 * now), `activity`, `to`, `replaces`, `seq`, due dates that were left to the next
 * step, ids of promises and questions, and the retry by policy.
 * `recorded`, `by` and `id` are the caller's.
 *
 * On success the act has been added and the opportunity folded; it owns the act.
 * On a refusal (ERR_REFUSED; every breach is in *b) the opportunity is as before
 * and the act is still the caller's.
 */
int opportunity_admit(
	struct opportunity *o, struct act *a, const struct ground *g, struct breaches *b);

/* What of the gate the act still lacks, without admitting it: for dialogues. */
void opportunity_missing(const struct opportunity *o, const struct act *a,
	const struct ground *g, struct breaches *b);

/* A4: whether a call for that purpose can have that result; a purpose of 0: any. */
bool call_allows(enum purpose purpose, enum result result);

/*
 * Whether the act can be taken back by an `undo` act. Refused (ERR_REFUSED, each
 * named in *b) where later acts rest on it: they settle or replace what it set,
 * or break a rule without it that they keep with it. What broke one before is no hindrance.
 */
int opportunity_can_undo(struct opportunity *o, const struct act *target,
	const struct ground *g, struct breaches *b);

/* Every breach in the opportunity as its acts stand, each act in its place: for
 * `check`, `edit`, `record`. Adds to *b; the opportunity is folded afterwards. */
void opportunity_check(struct opportunity *o, const struct ground *g, struct breaches *b);
/* The same of its acts alone, not of where it stands by today's settings and process. */
void opportunity_check_acts(struct opportunity *o, const struct ground *g, struct breaches *b);

#endif
