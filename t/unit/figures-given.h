/* What the tests of the figures begin with. */
#ifndef FU_TEST_FIGURES_GIVEN_H
#define FU_TEST_FIGURES_GIVEN_H

#include "given.h"
#include "time-helper.h"

#include "core/figures.h"

#include <stdio.h>

#define DAY INT64_C(86400)

static inline struct figures_ground ground_of(struct given *g)
{
	return (struct figures_ground){.settings = &g->settings,
		.clock = &g->clock,
		.since = INT64_MIN,
		.until = INT64_MAX,
		.evidence = true};
}

static inline struct given *field(void)
{
	return given_new("discovery, workshop, proposal, decision", false);
}

/* "2026-11-24 15:00", so many days from now. */
static inline const char *in_days(struct given *g, int days)
{
	static char texts[4][32];
	static unsigned used;
	char *text = texts[used++ % 4];
	struct when w = when_from_day(clock_today(&g->clock) + days);
	struct str stored = STR_INIT;

	w.second = 15 * 3600;
	when_add_stored(&stored, &w);
	snprintf(text, sizeof(texts[0]), "%s", stored.buf);
	str_release(&stored);
	return text;
}

static inline struct opportunity *opens(struct given *g, const char *id)
{
	struct opportunity *o = opportunity_new(id);

	given_takes(g, o,
		given_act(g, ACT_NEW, "title", "Website", "client", "Acme", "contacts",
			"Jane Doe <jane@acme.example>", NULL));
	return o;
}

static inline void proceeds(struct given *g, struct opportunity *o)
{
	given_takes(g, o,
		given_act(g, ACT_MEETING, "outcome", "proceed", "next", in_days(g, 3), "ours",
			"none", "theirs", "none", NULL));
}

static inline void repeats(struct given *g, struct opportunity *o, const char *cause)
{
	given_takes(g, o,
		given_act(g, ACT_MEETING, "outcome", "repeat", "cause", cause, "next",
			in_days(g, 3), "ours", "none", "theirs", "none", NULL));
}

static inline void touches(struct given *g, struct opportunity *o)
{
	given_takes(g, o,
		given_act(g, ACT_TOUCH, "gives", "education", "what", "a study of their trade",
			NULL));
}

static inline void calls_in_vain(struct given *g, struct opportunity *o)
{
	given_takes(g, o,
		given_act(g, ACT_CALL, "purpose", "schedule", "result", "voicemail", NULL));
}

static inline void cancels(struct given *g, struct opportunity *o)
{
	given_takes(g, o, given_act(g, ACT_CANCEL, "side", "them", "no_next", "not now", NULL));
}

static inline const struct activity_flow *activity(const struct figures *f, size_t i)
{
	assert_true(f->n > 0 && f->flows[0].n > i);
	return &f->flows[0].activities[i];
}

static inline void takes_all(
	struct figures *f, struct given *g, struct opportunity *const *o, size_t n)
{
	for (size_t i = 0; i < n; i++)
		figures_add(f, o[i], g->process);
	figures_finish(f);
}

static inline void look(struct figures *f, struct given *g, struct opportunity *o,
	const struct figures_ground *ground)
{
	figures_init(f, ground);
	takes_all(f, g, &o, 1);
}

#endif
