/* What the files figures*.c share: an opportunity's acts, one after another. */
#ifndef FU_CORE_FIGURES_PARTS_H
#define FU_CORE_FIGURES_PARTS_H

#include "core/figures.h"

/* Acts in a row. */
struct run {
	const struct act **acts;
	size_t n, cap;
};

/* Where the opportunity has been. */
struct visited {
	const char *activity;
	const struct act *entered; /* the last time */
	bool is_new, proceeded;    /* already counted */
};

/* One opportunity on its way through the figures. */
struct walk {
	struct figures *f;
	struct opportunity *o;
	const struct process *process; /* or NULL */
	struct flow *flow;
	int64_t now; /* the end of the period, at most the present */

	struct visited *visited;
	size_t visited_n, visited_cap;
	const char *closed_at; /* the activity */

	const struct act *last_done; /* the last accomplishment, else the opening */
	const struct act *run_from;  /* the same, or a later decision to keep it */
	struct run run;              /* contacts since */
	int64_t run_minutes;
	int64_t contacts, accomplishments, minutes;
	struct run spent; /* acts with minutes; kept with evidence only */

	struct run pushed;         /* contacts that brought nothing, one after another */
	const struct act *meeting; /* the last, with no accomplishment since */
	struct run after_meeting;  /* the contacts since, itself included */
};

/* An act, and what it did. */
struct happening {
	const struct act *act;
	enum status before;   /* the opportunity's */
	const char *activity; /* that its outcome is about, or NULL */
	enum outcome outcome; /* that took effect; not a proposed one */
	bool inside;          /* it lies in the period */
	bool own;             /* not of an opportunity merged into this one */
	bool contact;
	unsigned done; /* 1u << enum accomplishment */
};

/* Adds `n` and the act behind it. */
void figure_add(const struct walk *w, struct figure *f, int64_t n, const struct act *a);
void figure_add_run(const struct walk *w, struct figure *f, const struct run *r);
void figure_release(struct figure *f);
void run_add(struct run *r, const struct act *a);
void days_add(struct days *d, const struct moment *m, const struct clock *clock);

/* Each is told of every act in order, when it has been folded, then of the end. */
void flow_see(struct walk *w, const struct happening *h);
void flow_end(struct walk *w);
void work_see(struct walk *w, const struct happening *h);
void work_end(struct walk *w);
void habits_see(struct walk *w, const struct happening *h);
void habits_end(struct walk *w);
void causes_see(struct walk *w, const struct happening *h);

void flow_release(struct flow *flow);
void work_release(struct work *work);
void findings_release(struct findings *findings);

#endif
