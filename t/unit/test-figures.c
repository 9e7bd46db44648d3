/* The figures of the reports, each with a known answer. */
#include "figures-given.h"

static void of_nothing_nothing_is_said(void **state)
{
	struct given *g = field();
	struct figures_ground ground = ground_of(g);
	struct figures f;
	double d;

	(void)state;
	figures_init(&f, &ground);
	figures_flow(&f, "field", g->process);
	figures_finish(&f);
	assert_int_equal(f.flows[0].n, 4);
	assert_false(figures_ratio(&d, 0, 0));
	assert_false(figures_median(&d, &f.flows[0].to_win));
	assert_int_equal(work_contacts(&f.work), 0);
	figures_release(&f);
	given_free(g);
}

static void medians_are_to_a_tenth_of_a_day(void **state)
{
	double items[] = {4, 1.26, 10, 2};
	struct lengths l = {items, 4, 4};
	double d;

	(void)state;
	assert_true(figures_median(&d, &l));
	assert_true(d == 3);
	l.n = 3;
	assert_true(figures_median(&d, &l));
	assert_true(d == 4);
	l.n = 2;
	assert_true(figures_median(&d, &l));
	assert_true(d == 2.6);
}

static void a_funnel_says_where_they_stop(void **state)
{
	struct given *g = field();
	struct figures_ground ground = ground_of(g);
	struct opportunity *o[3] = {opens(g, "one"), opens(g, "two"), opens(g, "three")};
	struct figures f;
	double d;

	(void)state;
	given_day_passes(g, 2);
	proceeds(g, o[0]);
	repeats(g, o[1], "timing");
	given_day_passes(g, 2);
	repeats(g, o[1], "value");
	proceeds(g, o[1]);
	given_takes(
		g, o[1], given_act(g, ACT_ABANDON, "cause", "gone", "because", "sold", NULL));
	for (int i = 0; i < 2; i++) {
		given_day_passes(g, 4);
		proceeds(g, o[0]);
	}
	given_day_passes(g, 4);
	given_takes(g, o[0], given_act(g, ACT_MEETING, "outcome", "proceed", NULL));
	assert_int_equal(o[0]->now.status, STATUS_WON);
	figures_init(&f, &ground);
	takes_all(&f, g, o, 3);
	assert_int_equal(f.n, 1);
	assert_int_equal(f.flows[0].opened.n, 3);
	assert_int_equal(f.flows[0].won.n, 1);
	assert_int_equal(f.flows[0].abandoned.n, 1);
	assert_int_equal(f.flows[0].open.n, 1);
	assert_int_equal(activity(&f, 0)->entered.n, 3);
	assert_int_equal(activity(&f, 0)->proceeded.n, 2);
	assert_int_equal(activity(&f, 0)->repeated.n, 2);
	assert_int_equal(activity(&f, 0)->abandoned.n, 0);
	assert_int_equal(activity(&f, 0)->standing.n, 1);
	assert_int_equal(activity(&f, 1)->entered.n, 2);
	assert_int_equal(activity(&f, 1)->proceeded.n, 1);
	assert_int_equal(activity(&f, 1)->abandoned.n, 1);
	assert_int_equal(activity(&f, 3)->proceeded.n, 1);
	assert_true(figures_median(&d, &activity(&f, 0)->took) && d == 3);
	assert_true(figures_median(&d, &f.flows[0].to_win) && d == 15.2);
	assert_int_equal(f.causes.repeat[CAUSE_TIMING].n, 1);
	assert_int_equal(f.causes.repeat[CAUSE_VALUE].n, 1);
	assert_int_equal(f.causes.abandon[CAUSE_GONE].n, 1);
	assert_int_equal(activity(&f, 0)->proceeded.acts_n, 2);
	assert_string_equal(activity(&f, 0)->proceeded.acts[0].opportunity, "one");
	assert_int_equal(f.work.done[DONE_PROCEEDED].n, 5);
	assert_int_equal(f.work.done[DONE_WON].n, 1);
	figures_release(&f);
	for (int i = 0; i < 3; i++)
		opportunity_free(o[i]);
	given_free(g);
}

static void a_proposed_outcome_counts_when_it_is_confirmed(void **state)
{
	struct given *g = field();
	struct figures_ground ground = ground_of(g);
	struct opportunity *o = opens(g, "one");
	struct figures f;

	(void)state;
	given_takes(g, o,
		given_act(g, ACT_MEETING, "outcome", "proceed", "confirm", in_days(g, 2),
			"options", "small", "options", "large", "ours", "none", "theirs",
			"none", NULL));
	figures_init(&f, &ground);
	takes_all(&f, g, &o, 1);
	assert_int_equal(activity(&f, 0)->proceeded.n, 0);
	assert_int_equal(work_accomplishments(&f.work), 0);
	assert_int_equal(f.work.meetings.n, 1);
	figures_release(&f);

	given_day_passes(g, 2);
	given_takes(g, o,
		given_act(g, ACT_CALL, "purpose", "confirm", "result", "confirmed", "chose",
			"large", "outcome", "proceed", "next", in_days(g, 3), NULL));
	figures_init(&f, &ground);
	takes_all(&f, g, &o, 1);
	assert_int_equal(activity(&f, 0)->proceeded.n, 1);
	assert_int_equal(f.work.done[DONE_CONFIRMED].n, 1);
	assert_int_equal(f.work.done[DONE_PROCEEDED].n, 1);
	figures_release(&f);
	opportunity_free(o);
	given_free(g);
}

static void a_cycle_wins_nothing_and_stands_outside_conversion(void **state)
{
	struct given *g = given_new("review, plan", true);
	struct figures_ground ground = ground_of(g);
	struct opportunity *o = opens(g, "one");
	struct figures f;

	(void)state;
	for (int i = 0; i < 4; i++) {
		given_day_passes(g, 1);
		proceeds(g, o);
	}
	for (int i = 0; i < 8; i++)
		touches(g, o);
	figures_init(&f, &ground);
	takes_all(&f, g, &o, 1);
	assert_int_equal(f.flows[0].won.n, 0);
	assert_int_equal(f.work.done[DONE_WON].n, 0);
	assert_int_equal(activity(&f, 0)->entered.n, 1);
	assert_int_equal(activity(&f, 0)->proceeded.n, 1);
	assert_int_equal(activity(&f, 1)->proceeded.n, 1);
	assert_false(activity(&f, 0)->outside);
	assert_true(activity(&f, 1)->outside);
	assert_int_equal(f.work.n, 1); /* contacts without accomplishment ask in a cycle too */
	assert_int_equal(f.habits[HABIT_SLOW_DEATH].n, 0);
	figures_release(&f);
	opportunity_free(o);
	given_free(g);
}

static void what_was_reopened_is_not_closed(void **state)
{
	struct given *g = field();
	struct figures_ground ground = ground_of(g);
	struct opportunity *o = opens(g, "one");
	struct figures f;

	(void)state;
	given_takes(g, o, given_act(g, ACT_ABANDON, "cause", "gone", "because", "sold", NULL));
	given_day_passes(g, 1);
	given_takes(g, o,
		given_act(g, ACT_REOPEN, "because", "they called", "no_next", "later", NULL));
	figures_init(&f, &ground);
	takes_all(&f, g, &o, 1);
	assert_int_equal(f.flows[0].abandoned.n, 0);
	assert_int_equal(f.flows[0].open.n, 1);
	assert_int_equal(activity(&f, 0)->standing.n, 1);
	assert_int_equal(f.causes.abandon[CAUSE_GONE].n, 1);
	figures_release(&f);
	opportunity_free(o);
	given_free(g);
}

static void what_was_taken_back_counts_nothing(void **state)
{
	struct given *g = field();
	struct figures_ground ground = ground_of(g);
	struct opportunity *o = opens(g, "one");
	struct figures f;

	(void)state;
	proceeds(g, o);
	given_takes(g, o, given_act(g, ACT_UNDO, "takes_back", o->acts[o->n - 1]->id, NULL));
	figures_init(&f, &ground);
	takes_all(&f, g, &o, 1);
	assert_int_equal(f.work.meetings.n, 0);
	assert_int_equal(activity(&f, 0)->proceeded.n, 0);
	assert_int_equal(activity(&f, 0)->standing.n, 1);
	figures_release(&f);
	opportunity_free(o);
	given_free(g);
}

static void what_came_from_them_is_no_contact(void **state)
{
	struct given *g = field();
	struct figures_ground ground = ground_of(g);
	struct opportunity *o = opens(g, "one");
	struct figures f;

	(void)state;
	given_takes(g, o,
		given_act(g, ACT_CALL, "purpose", "schedule", "result", "booked", "inbound",
			"yes", "next", in_days(g, 2), NULL));
	given_takes(g, o, given_act(g, ACT_HEARD, "what", "a question", NULL));
	figures_init(&f, &ground);
	takes_all(&f, g, &o, 1);
	assert_int_equal(work_contacts(&f.work), 0);
	assert_int_equal(f.work.done[DONE_BOOKED].n, 1);
	figures_release(&f);
	opportunity_free(o);
	given_free(g);
}

static void a_commitment_is_kept_once(void **state)
{
	struct given *g = field();
	struct figures_ground ground = ground_of(g);
	struct opportunity *o = opens(g, "one");
	struct figures f;
	struct act *again;

	(void)state;
	given_takes(g, o,
		given_act(g, ACT_HEARD, "what", "hello", "theirs", "the plan by 2026-11-23",
			"ours", "the offer by 2026-11-23", NULL));
	for (size_t i = 0; i < 2; i++)
		given_takes(g, o,
			given_act(g, ACT_COMMITMENT, "commitment",
				o->now.commitments[i].promise->id, "to", "kept", NULL));
	again = act_copy(o->acts[o->n - 1]); /* as history may have it */
	again->id[0] ^= 1;
	opportunity_add(o, again);
	opportunity_fold(o);
	figures_init(&f, &ground);
	takes_all(&f, g, &o, 1);
	assert_int_equal(f.work.done[DONE_KEPT].n, 1);
	figures_release(&f);
	opportunity_free(o);
	given_free(g);
}

/* What another one had: put in as a merge does. */
static void had_by_another(struct given *g, struct opportunity *o, struct act *a)
{
	a->of = xstrdup("other");
	a->at = g->clock.now;
	opportunity_add(o, a);
}

static void what_was_merged_in_is_work_and_no_opportunity(void **state)
{
	struct given *g = field();
	struct figures_ground ground = ground_of(g);
	struct opportunity *o = opens(g, "one");
	struct act *merge = given_act(g, ACT_MERGE, "from", "other", NULL);
	struct figures f;

	(void)state;
	had_by_another(
		g, o, given_act(g, ACT_NEW, "title", "Same", "activity", "discovery", NULL));
	had_by_another(
		g, o, given_act(g, ACT_MEETING, "outcome", "proceed", "minutes", "30", NULL));
	had_by_another(g, o, given_act(g, ACT_TOUCH, "gives", "education", NULL));
	had_by_another(g, o, given_act(g, ACT_WIN, NULL));
	merge->at = g->clock.now;
	opportunity_add(o, merge);
	opportunity_fold(o);
	figures_init(&f, &ground);
	takes_all(&f, g, &o, 1);
	assert_int_equal(f.flows[0].opened.n, 1);
	assert_int_equal(f.flows[0].won.n, 0);
	assert_int_equal(f.flows[0].open.n, 1);
	assert_int_equal(activity(&f, 0)->entered.n, 1);
	assert_int_equal(activity(&f, 0)->proceeded.n, 0);
	assert_int_equal(f.work.meetings.n, 1);
	assert_int_equal(f.work.touches.n, 1);
	assert_int_equal(f.work.minutes.n, 30);
	assert_int_equal(f.work.done[DONE_PROCEEDED].n, 1);
	assert_int_equal(f.work.done[DONE_WON].n, 0);
	figures_release(&f);
	opportunity_free(o);
	given_free(g);
}

/* ---- spans of time ---- */

static void make_spans(struct spans *s, const struct days *days)
{
	struct day_range range = {0};

	day_range_add(&range, days);
	spans_make(s, &range);
}

static void spans_fit_a_chart(void **state)
{
	int32_t items[] = {0, 3, 4, 11}; /* Thursday 1 January 1970 */
	struct days days = {items, 4, 4};
	int64_t counts[SPANS_MOST];
	struct spans s;

	(void)state;
	make_spans(&s, &days);
	spans_count(counts, &s, &days);
	assert_int_equal(s.unit, SPAN_WEEK);
	assert_int_equal(s.n, 3);
	assert_int_equal(s.begins[0], -3);
	assert_true(counts[0] == 2 && counts[1] == 1 && counts[2] == 1);
	items[3] = 300;
	make_spans(&s, &days);
	assert_int_equal(s.unit, SPAN_MONTH);
	assert_int_equal(s.n, 10);
	items[3] = 1500;
	make_spans(&s, &days);
	assert_int_equal(s.unit, SPAN_QUARTER);
	items[3] = 3650000;
	make_spans(&s, &days);
	spans_count(counts, &s, &days);
	assert_int_equal(s.unit, SPAN_YEAR);
	assert_int_equal(s.n, SPANS_MOST);
	assert_true(counts[0] == 0 && counts[SPANS_MOST - 1] == 1);
	days.n = 0;
	make_spans(&s, &days);
	assert_int_equal(s.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_nothing_nothing_is_said),
		cmocka_unit_test(medians_are_to_a_tenth_of_a_day),
		cmocka_unit_test(a_funnel_says_where_they_stop),
		cmocka_unit_test(a_proposed_outcome_counts_when_it_is_confirmed),
		cmocka_unit_test(a_cycle_wins_nothing_and_stands_outside_conversion),
		cmocka_unit_test(what_was_reopened_is_not_closed),
		cmocka_unit_test(what_was_taken_back_counts_nothing),
		cmocka_unit_test(what_came_from_them_is_no_contact),
		cmocka_unit_test(a_commitment_is_kept_once),
		cmocka_unit_test(what_was_merged_in_is_work_and_no_opportunity),
		cmocka_unit_test(spans_fit_a_chart),
	};

	return cmocka_run_group_tests_name("figures", tests, NULL, NULL);
}
