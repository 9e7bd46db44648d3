/* The questions that are left where two people's acts come together, and their answers. */
#include "pair.h"

static void assert_doubt(const struct opportunity *o, enum doubt_kind kind, size_t acts)
{
	struct doubts d = {0};

	doubts_find(&d, o);
	assert_int_equal(d.n, 1);
	assert_int_equal(d.items[0].kind, kind);
	assert_int_equal(d.items[0].n, acts);
	doubts_release(&d);
}

static void keeps(struct pair *p, struct opportunity *o, const struct act *keep)
{
	struct act *a = given_act(p->g, ACT_RESOLVE, "keep", keep->id, NULL);

	given_takes(p->g, o, a);
	assert_false(doubts_any(o));
}

static void test_two_appointments(void **state)
{
	struct pair p;
	struct opportunity *o;
	struct act *a, *b;

	(void)state;
	pair_begin(&p);
	a = given_act(p.g, ACT_SCHEDULE, "next", "2026-11-25 10:00", NULL);
	given_takes(p.g, p.one, a);
	given_day_passes(p.g, 1);
	given_takes(p.g, p.other, given_act(p.g, ACT_NOTE, "note", "rang", NULL));
	b = given_act(p.g, ACT_SCHEDULE, "next", "2026-11-26 10:00", NULL);
	given_takes(p.g, p.other, b);
	o = pair_join(&p);
	assert_doubt(o, DOUBT_STEP, 2);
	keeps(&p, o, opportunity_act(o, a->id));
	assert_int_equal(o->now.next.at.day, a->next.day);
	pair_end(&p);
}

/* What was built on an appointment goes with it. */
static void test_what_rests_goes_too(void **state)
{
	struct pair p;
	struct opportunity *o;
	struct act *a;

	(void)state;
	pair_begin(&p);
	a = given_act(p.g, ACT_SCHEDULE, "next", "2026-11-25 10:00", NULL);
	given_takes(p.g, p.one, a);
	given_takes(
		p.g, p.other, given_act(p.g, ACT_SCHEDULE, "next", "2026-11-26 10:00", NULL));
	given_day_passes(p.g, 1);
	given_takes(p.g, p.other,
		given_act(p.g, ACT_CANCEL, "side", "them", "again", "2026-12-02", NULL));
	o = pair_join(&p);
	assert_doubt(o, DOUBT_STEP, 2);
	keeps(&p, o, opportunity_act(o, a->id));
	assert_int_equal(o->now.next.kind, STEP_APPOINTMENT);
	assert_int_equal(o->now.cancels_them, 0);
	pair_end(&p);
}

static void test_nothing_agreed_and_two_book(void **state)
{
	struct given *g = given_new("discovery, workshop", false);
	struct pair p = {.g = g, .one = given_open(g)};
	struct opportunity *o;

	(void)state;
	p.other = opportunity_copy(p.one);
	opportunity_fold(p.other);
	given_takes(g, p.one, given_act(g, ACT_SCHEDULE, "next", "2026-11-25 10:00", NULL));
	given_takes(g, p.other, given_act(g, ACT_SCHEDULE, "next", "2026-11-26 10:00", NULL));
	o = pair_join(&p);
	assert_doubt(o, DOUBT_STEP, 2);
	pair_end(&p);
}

static void test_the_same_booked_twice_asks_nothing(void **state)
{
	struct pair p;

	(void)state;
	pair_begin(&p);
	given_takes(p.g, p.one, given_act(p.g, ACT_SCHEDULE, "next", "2026-11-25 10:00", NULL));
	given_takes(
		p.g, p.other, given_act(p.g, ACT_SCHEDULE, "next", "2026-11-25 10:00", NULL));
	assert_false(doubts_any(pair_join(&p)));
	pair_end(&p);
}

static void test_closed_by_the_other(void **state)
{
	struct pair p;
	struct opportunity *o;
	struct act *wait;

	(void)state;
	pair_begin(&p);
	given_takes(p.g, p.other, given_act(p.g, ACT_NOTE, "note", "rang", NULL));
	given_takes(p.g, p.one,
		given_act(p.g, ACT_ABANDON, "cause", "timing", "because", "no", NULL));
	given_day_passes(p.g, 1);
	wait = given_act(p.g, ACT_WAIT, "wait", "2027-01-10", "because", "budget", NULL);
	given_takes(p.g, p.other, wait);
	o = pair_join(&p);
	assert_int_equal(o->now.status, STATUS_ABANDONED);
	assert_true(opportunity_is_live(o));
	assert_doubt(o, DOUBT_STEP, 2); /* both replaced the appointment */
	keeps(&p, o, opportunity_act(o, wait->id));
	assert_int_equal(o->now.status, STATUS_WAITING);
	pair_end(&p);
}

static void test_rests_on_what_was_taken_back(void **state)
{
	struct pair p;
	struct opportunity *o;
	struct act *undo = NULL, *schedule;

	(void)state;
	pair_begin(&p);
	schedule = p.one->acts[1];
	undo = given_act(p.g, ACT_UNDO, "takes_back", schedule->id, NULL);
	given_takes(p.g, p.one, undo);
	given_takes(p.g, p.other,
		given_act(p.g, ACT_CANCEL, "side", "us", "again", "2026-12-02", NULL));
	o = pair_join(&p);
	assert_doubt(o, DOUBT_FOLLOW, 2);
	keeps(&p, o, opportunity_act(o, undo->id));
	assert_int_equal(o->now.cancels_us, 0);
	assert_int_equal(o->now.next.kind, STEP_NONE);
	pair_end(&p);
}

static void test_born_twice(void **state)
{
	struct given *g = given_new("discovery, workshop", false);
	struct pair p = {.g = g, .one = given_open(g), .other = given_open(g)};
	struct opportunity *o;
	char *id = xstrdup(p.other->acts[0]->id);

	(void)state;
	replace_string(&p.other->acts[0]->title, "Another");
	o = pair_join(&p);
	assert_doubt(o, DOUBT_BORN, 2);
	keeps(&p, o, opportunity_act(o, id));
	assert_string_equal(o->now.title, "Another");
	free(id);
	pair_end(&p);
}

/* Both answered; the later answer stands, whoever merges. */
static void test_answered_twice(void **state)
{
	struct pair p, q = {0};
	struct opportunity *o, *x;
	struct act *a, *b;

	(void)state;
	pair_begin(&p);
	a = given_act(p.g, ACT_SCHEDULE, "next", "2026-11-25 10:00", NULL);
	given_takes(p.g, p.one, a);
	b = given_act(p.g, ACT_SCHEDULE, "next", "2026-11-26 10:00", NULL);
	given_takes(p.g, p.other, b);
	o = pair_join(&p);
	q.one = opportunity_copy(o);
	q.other = opportunity_copy(o);
	opportunity_fold(q.one);
	opportunity_fold(q.other);
	keeps(&p, q.one, opportunity_act(q.one, a->id));
	given_day_passes(p.g, 1);
	keeps(&p, q.other, opportunity_act(q.other, b->id));
	x = pair_join(&q);
	assert_false(doubts_any(x));
	assert_int_equal(x->now.next.at.day, b->next.day);
	union_release(&q.both);
	opportunity_free(q.one);
	opportunity_free(q.other);
	pair_end(&p);
}

/* One person's own record never leaves a question, in whatever order it was entered. */
static void test_late_acts_of_one_ask_nothing(void **state)
{
	struct given *g = given_new("discovery, workshop, proposal", false);
	struct opportunity *o = given_open(g);

	(void)state;
	given_takes(g, o,
		given_act(g, ACT_SCHEDULE, "next", "2026-11-19 10:00", "at",
			"2026-11-16T10:00:00Z", NULL));
	given_takes(g, o,
		given_act(g, ACT_SCHEDULE, "next", "2026-11-24 10:00", "at",
			"2026-11-18T10:00:00Z", NULL));
	given_takes(g, o,
		given_act(g, ACT_HEARD, "what", "moved", "next", "2026-11-20 10:00", "at",
			"2026-11-17T10:00:00Z", NULL));
	assert_false(doubts_any(o));
	opportunity_free(o);
	given_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_appointments),
		cmocka_unit_test(test_what_rests_goes_too),
		cmocka_unit_test(test_nothing_agreed_and_two_book),
		cmocka_unit_test(test_the_same_booked_twice_asks_nothing),
		cmocka_unit_test(test_closed_by_the_other),
		cmocka_unit_test(test_rests_on_what_was_taken_back),
		cmocka_unit_test(test_born_twice),
		cmocka_unit_test(test_answered_twice),
		cmocka_unit_test(test_late_acts_of_one_ask_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
