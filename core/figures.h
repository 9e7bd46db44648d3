/*
 * The figures of the reports (contract, 8): what happened, counted from the acts.
 *
 *	figures_init → figures_add (each opportunity) → figures_finish → read → figures_release
 *
 * Acts that were taken back count nothing. Of acts outside the period nothing is counted
 * either; but those before it have happened: where things stand (open, standing, the
 * habits) is as it was when the period ended.
 *
 * Contacts are meetings, calls of ours and touches; what came from the client is none
 * (contract, 2). Accomplishments (B4) are a proceed, a booked and a confirmed call, a
 * commitment of the client's that he kept, late or not, and a win. What happened to an
 * opportunity that was merged into this one is work, and makes no second opportunity.
 */
#ifndef FU_CORE_FIGURES_H
#define FU_CORE_FIGURES_H

#include "core/opportunity.h"
#include "core/process.h"
#include "core/settings.h"

#include <stdint.h>

#define FIGURES_LONG_DAYS 30 /* hope: without an accomplishment for so long */

struct behind {
	char *opportunity;
	char *act; /* its id */
};

/* A count and, where evidence is kept, the acts behind it. */
struct figure {
	int64_t n;
	struct behind *acts;
	size_t acts_n, acts_cap;
};

/* The local days on which something happened, one each time. */
struct days {
	int32_t *items;
	size_t n, cap;
};

/* How many days something took, each time. */
struct lengths {
	double *items;
	size_t n, cap;
};

/* ---- flow (A7) ---- */

/* Opportunities, but for `repeated`, which counts the meetings. */
struct activity_flow {
	char *activity;
	struct figure entered, proceeded, repeated, abandoned, standing;
	struct lengths took; /* from entering to proceeding */
	bool outside;        /* the last of a cycle: outside conversion (contract, 2) */
};

enum flow_event { FLOW_OPENED, FLOW_PROCEEDED, FLOW_WON, FLOW_ABANDONED, FLOW_EVENTS };

struct flow {
	char *process; /* NULL: theirs is none */
	/* Won and abandoned: what was reopened since is neither. */
	struct figure opened, won, abandoned, open;
	struct lengths to_win;
	struct activity_flow *activities; /* the process's, in order; then others they were at
					   */
	size_t n, cap;
	struct days days[FLOW_EVENTS];
};

/* ---- activity and accomplishment (B4, B5) ---- */

enum accomplishment {
	DONE_PROCEEDED,
	DONE_BOOKED,
	DONE_CONFIRMED,
	DONE_KEPT,
	DONE_WON,
	DONE_KINDS
};

/* One on the treadmill: `policy.treadmill` contacts since its last accomplishment, or since
 * it was last kept on purpose (note --decided). */
struct runner {
	char *opportunity;
	int64_t contacts, minutes; /* since then */
	struct moment since;
	int64_t accomplishments; /* in all */
	struct figure acts;      /* the contacts */
};

struct work {
	struct figure meetings, calls, touches, unanswered;
	struct figure minutes, lost_minutes; /* n: minutes; lost: on abandoned ones */
	struct figure done[DONE_KINDS];
	struct runner *treadmill; /* the longest first */
	size_t n, cap;
	struct days contacts, accomplishments;
};

/* ---- habits (C4, D4) ---- */

enum habit { HABIT_NEGLECT, HABIT_HOPE, HABIT_PESTERING, HABIT_SLOW_DEATH, HABITS };

struct finding {
	char *opportunity;
	char *why; /* a sentence with figures; ids, activities and dates only */
	struct moment since;
	int64_t contacts;
	struct figure acts;
};

struct findings {
	struct finding *items; /* neglect, hope: the longest first; else by contacts */
	size_t n, cap;
};

/* ---- causes (C7) ---- */

struct causes {
	struct figure repeat[CAUSE_GONE + 1], abandon[CAUSE_GONE + 1]; /* [0]: none was given */
};

/* ---- all of them ---- */

struct figures_ground {
	const struct settings *settings;
	const struct clock *clock;
	int64_t since, until; /* instants, both within the period; INT64_MIN, INT64_MAX */
	bool evidence;
};

struct figures {
	const struct figures_ground *ground;
	struct flow *flows; /* by name of the process, none last */
	size_t n, cap;
	struct work work;
	struct findings habits[HABITS];
	struct causes causes;
};

void figures_init(struct figures *f, const struct figures_ground *g); /* g is borrowed */
/* Counts the (folded) opportunity in, by its acts; p is its process, or NULL (not known). */
void figures_add(struct figures *f, const struct opportunity *o, const struct process *p);
/* Puts the lists in order. */
void figures_finish(struct figures *f);
void figures_release(struct figures *f);

/* The flow through the process, begun if there is none; p as above. */
struct flow *figures_flow(struct figures *f, const char *name, const struct process *p);

const char *accomplishment_word(enum accomplishment a); /* "kept_by_client" */
const char *habit_word(enum habit h);                   /* "slow_death" */

/* Contacts and accomplishments in all. */
int64_t work_contacts(const struct work *w);
int64_t work_accomplishments(const struct work *w);

/* part / whole; false: of nothing. */
bool figures_ratio(double *out, int64_t part, int64_t whole);
/* In days, to a tenth; false: of nothing. */
bool figures_median(double *out, const struct lengths *l);

/* ---- over time ---- */

enum span_unit { SPAN_WEEK, SPAN_MONTH, SPAN_QUARTER, SPAN_YEAR };
#define SPANS_MOST 26

/* From one day to another, both of them in it. */
struct day_range {
	bool any;
	int32_t first, last;
};
/* Takes in these days too. */
void day_range_add(struct day_range *r, const struct days *days);

/* The range in the finest unit that gives no more than SPANS_MOST of them; of years the
 * last ones. None where the range is none. */
struct spans {
	enum span_unit unit;
	int32_t begins[SPANS_MOST];
	size_t n;
};
void spans_make(struct spans *s, const struct day_range *r);
/* How many of the days lie in each; out has s->n places. */
void spans_count(int64_t *out, const struct spans *s, const struct days *days);
const char *span_word(enum span_unit unit); /* "week" */

#endif
