/* What the tests of the rules, the fold and the work list begin with. */
#ifndef FU_TEST_GIVEN_H
#define FU_TEST_GIVEN_H

#include "core/error.h"
#include "core/mem.h"
#include "core/opportunity.h"
#include "core/process.h"
#include "core/rules.h"
#include "core/settings.h"
#include "core/worklist.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

/* Friday 20 November 2026, 10:00 UTC. */
#define FRIDAY_TEN INT64_C(1795168800)

struct given {
	struct zone *zone;
	struct clock clock;
	struct settings settings;
	struct process *process;
	struct ground ground;
	struct breaches breaches;
	unsigned ids;
};

static inline struct given *given_new(const char *activities, bool cycle)
{
	struct given *g = xcalloc(1, sizeof(*g));

	g->zone = zone_utc();
	g->clock = (struct clock){.now = {.utc = FRIDAY_TEN, .set = true}, .zone = g->zone};
	settings_init(&g->settings);
	g->process = process_new("field");
	assert_int_equal(process_load_pair(g->process, "process", NULL, NULL), 0);
	assert_int_equal(process_load_pair(g->process, "process", "activities", activities), 0);
	if (cycle)
		assert_int_equal(process_load_pair(g->process, "process", "cycle", "yes"), 0);
	assert_int_equal(process_finish(g->process), 0);
	g->ground = (struct ground){
		.settings = &g->settings, .process = g->process, .clock = &g->clock};
	return g;
}

static inline void given_free(struct given *g)
{
	breaches_release(&g->breaches);
	process_free(g->process);
	settings_release(&g->settings);
	zone_free(g->zone);
	free(g);
	error_clear();
}

/* An act with an id of its own and the fields given as name, typed text, …, NULL. */
static inline struct act *given_act(struct given *g, enum act_kind kind, ...)
{
	struct typed ctx = {.clock = &g->clock, .currency = "EUR"};
	struct act *a = act_new(kind);
	const char *name;
	va_list args;

	a->id = act_id_from(++g->ids * UINT64_C(0x9e3779b97f4a7c15));
	a->by = xstrdup("Sam Sales <sam@example.com>");
	va_start(args, kind);
	while ((name = va_arg(args, const char *))) {
		const struct field *f = act_field(kind, name);

		assert_non_null(f);
		if (field_set_typed(a, f, va_arg(args, const char *), &ctx))
			fail_msg("%s: %s", name, error_message(0));
	}
	va_end(args);
	return a;
}

/* Admits the act; on a refusal it is freed and the breaches stay in g->breaches. */
static inline int given_admit(struct given *g, struct opportunity *o, struct act *a)
{
	int err;

	breaches_release(&g->breaches);
	err = opportunity_admit(o, a, &g->ground, &g->breaches);
	if (err)
		act_free(a);
	return err;
}

static inline void given_takes(struct given *g, struct opportunity *o, struct act *a)
{
	if (given_admit(g, o, a))
		fail_msg("refused: %s", g->breaches.n ? g->breaches.items[0].message : "?");
}

static inline bool given_breach(const struct given *g, enum rule rule)
{
	for (size_t i = 0; i < g->breaches.n; i++)
		if (g->breaches.items[i].rule == rule)
			return true;
	return false;
}

/* An open opportunity that began on Monday 16 November. */
static inline struct opportunity *given_open(struct given *g)
{
	struct opportunity *o = opportunity_new("acme-website");

	given_takes(g, o,
		given_act(g, ACT_NEW, "title", "Website", "client", "Acme", "at",
			"2026-11-16T09:00:00Z", "contacts",
			"Jane Doe <jane@acme.example>; decision-maker", NULL));
	return o;
}

static inline void given_day_passes(struct given *g, int days)
{
	g->clock.now.utc += days * INT64_C(86400);
}

#endif
