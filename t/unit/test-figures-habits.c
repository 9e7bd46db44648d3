/* The treadmill, the bad habits and the slow death, as they are recognised. */
#include "figures-given.h"

/* The only one found, or NULL. */
static const struct finding *found(const struct figures *f, enum habit habit)
{
	assert_true(f->habits[habit].n <= 1);
	return f->habits[habit].n ? &f->habits[habit].items[0] : NULL;
}

static void the_treadmill_is_that_of_the_work_list(void **state)
{
	struct given *g = field();
	struct figures_ground ground = ground_of(g);
	struct opportunity *o = opens(g, "one");
	struct figures f;

	(void)state;
	proceeds(g, o);
	cancels(g, o);
	for (int i = 0; i < 5; i++) {
		look(&f, g, o, &ground);
		assert_int_equal(f.work.n, 0);
		figures_release(&f);
		given_day_passes(g, 1);
		given_takes(g, o,
			given_act(g, ACT_TOUCH, "gives", "education", "what", "a study",
				"minutes", "10", NULL));
	}
	look(&f, g, o, &ground);
	assert_int_equal(f.work.n, 1);
	assert_int_equal(f.work.treadmill[0].contacts, 5);
	assert_int_equal(f.work.treadmill[0].minutes, 50);
	assert_int_equal(f.work.treadmill[0].accomplishments, 1);
	assert_int_equal(f.work.treadmill[0].acts.acts_n, 5);
	assert_true(f.work.treadmill[0].since.utc == FRIDAY_TEN);
	figures_release(&f);
	given_takes(g, o, given_act(g, ACT_NOTE, "note", "worth it", "decided", "yes", NULL));
	look(&f, g, o, &ground);
	assert_int_equal(f.work.n, 0);
	figures_release(&f);
	opportunity_free(o);
	given_free(g);
}

static void neglect_is_a_contact_that_was_due(void **state)
{
	struct given *g = field();
	struct figures_ground ground = ground_of(g);
	struct opportunity *o = opens(g, "one");
	struct figures f;

	(void)state;
	given_takes(g, o, given_act(g, ACT_SET, "facts", "interval=2 weeks", NULL));
	given_day_passes(g, 15);
	look(&f, g, o, &ground); /* within policy.retry */
	assert_null(found(&f, HABIT_NEGLECT));
	figures_release(&f);
	given_day_passes(g, 9);
	look(&f, g, o, &ground);
	assert_non_null(found(&f, HABIT_NEGLECT));
	assert_string_equal(found(&f, HABIT_NEGLECT)->why,
		"a contact every 2 weeks was agreed, and the last was Fri 20 Nov: overdue for "
		"10 days");
	assert_true(found(&f, HABIT_NEGLECT)->since.utc == FRIDAY_TEN + 14 * DAY);
	figures_release(&f);
	touches(g, o);
	look(&f, g, o, &ground);
	assert_null(found(&f, HABIT_NEGLECT));
	figures_release(&f);
	opportunity_free(o);
	given_free(g);
}

static void neglect_is_a_call_that_nobody_made(void **state)
{
	struct given *g = field();
	struct figures_ground ground = ground_of(g);
	struct opportunity *o = opens(g, "one");
	struct figures f;

	(void)state;
	given_takes(g, o, given_act(g, ACT_SCHEDULE, "next", in_days(g, 1), NULL));
	given_takes(
		g, o, given_act(g, ACT_CANCEL, "side", "them", "again", "2026-11-23", NULL));
	given_day_passes(g, 10);
	look(&f, g, o, &ground);
	assert_non_null(found(&f, HABIT_NEGLECT));
	assert_string_equal(found(&f, HABIT_NEGLECT)->why,
		"the call to book the discovery was due Mon 23 Nov, 7 days ago, and nobody was "
		"contacted since");
	figures_release(&f);
	calls_in_vain(g, o);
	look(&f, g, o, &ground);
	assert_null(found(&f, HABIT_NEGLECT));
	figures_release(&f);
	opportunity_free(o);
	given_free(g);
}

static void hope_has_no_next_step_and_no_accomplishment(void **state)
{
	struct given *g = field();
	struct figures_ground ground = ground_of(g);
	struct opportunity *o = opens(g, "one");
	struct figures f;

	(void)state;
	given_day_passes(g, 5);
	touches(g, o);
	given_day_passes(g, 25);
	look(&f, g, o, &ground);
	assert_null(found(&f, HABIT_HOPE));
	figures_release(&f);
	given_day_passes(g, 1);
	look(&f, g, o, &ground);
	assert_non_null(found(&f, HABIT_HOPE));
	assert_string_equal(found(&f, HABIT_HOPE)->why,
		"no next step, and no accomplishment since it was opened 31 days ago");
	assert_int_equal(found(&f, HABIT_HOPE)->contacts, 1);
	figures_release(&f);
	given_takes(g, o, given_act(g, ACT_SCHEDULE, "next", in_days(g, 1), NULL));
	look(&f, g, o, &ground);
	assert_null(found(&f, HABIT_HOPE));
	figures_release(&f);
	opportunity_free(o);
	given_free(g);
}

static void pestering_is_more_than_agreed_and_of_no_use(void **state)
{
	struct given *g = field();
	struct figures_ground ground = ground_of(g);
	struct opportunity *o = opens(g, "one");
	struct figures f;

	(void)state;
	for (int i = 0; i < 4; i++) {
		look(&f, g, o, &ground);
		assert_null(found(&f, HABIT_PESTERING));
		figures_release(&f);
		given_day_passes(g, 1);
		calls_in_vain(g, o);
	}
	look(&f, g, o, &ground); /* more than policy.max-calls */
	assert_non_null(found(&f, HABIT_PESTERING));
	assert_int_equal(found(&f, HABIT_PESTERING)->contacts, 4);
	figures_release(&f);
	touches(g, o);
	calls_in_vain(g, o);
	look(&f, g, o, &ground);
	assert_null(found(&f, HABIT_PESTERING));
	figures_release(&f);

	given_takes(g, o, given_act(g, ACT_SET, "facts", "interval=1 week", NULL));
	given_day_passes(g, 8);
	calls_in_vain(g, o);
	look(&f, g, o, &ground); /* one in a week is agreed */
	assert_null(found(&f, HABIT_PESTERING));
	figures_release(&f);
	given_day_passes(g, 3);
	calls_in_vain(g, o);
	look(&f, g, o, &ground);
	assert_non_null(found(&f, HABIT_PESTERING));
	assert_string_equal(found(&f, HABIT_PESTERING)->why,
		"2 contacts within 1 week, for which one is agreed: nothing given, nothing "
		"booked");
	figures_release(&f);
	given_takes(g, o, given_act(g, ACT_HEARD, "what", "stop calling", NULL));
	look(&f, g, o, &ground);
	assert_null(found(&f, HABIT_PESTERING));
	figures_release(&f);
	opportunity_free(o);
	given_free(g);
}

static void a_slow_death_is_recognised(void **state)
{
	struct given *g = field();
	struct figures_ground ground = ground_of(g);
	struct opportunity *o = opens(g, "one");
	struct figures f;

	(void)state;
	proceeds(g, o); /* the good meeting */
	cancels(g, o);
	for (int i = 0; i < 4; i++) {
		look(&f, g, o, &ground);
		assert_null(found(&f, HABIT_SLOW_DEATH));
		figures_release(&f);
		given_day_passes(g, 7);
		touches(g, o);
	}
	look(&f, g, o, &ground); /* heading there */
	assert_non_null(found(&f, HABIT_SLOW_DEATH));
	figures_release(&f);
	given_day_passes(g, 1);
	given_takes(g, o, given_act(g, ACT_ABANDON, "cause", "gone", "because", "sold", NULL));
	look(&f, g, o, &ground);
	assert_string_equal(found(&f, HABIT_SLOW_DEATH)->why,
		"5 contacts in 29 days from the meeting of Fri 20 Nov on, and no commitment of "
		"theirs that holds; abandoned Sat 19 Dec");
	assert_int_equal(found(&f, HABIT_SLOW_DEATH)->contacts, 5);
	figures_release(&f);
	opportunity_free(o);
	given_free(g);
}

static void a_commitment_of_theirs_is_no_slow_death(void **state)
{
	struct given *g = field();
	struct figures_ground ground = ground_of(g);
	struct opportunity *o = opens(g, "one");
	struct figures f;

	(void)state;
	given_takes(g, o,
		given_act(g, ACT_MEETING, "outcome", "proceed", "next", in_days(g, 3), "ours",
			"none", "theirs", "sign by 2026-12-20", NULL));
	for (int i = 0; i < 6; i++)
		touches(g, o);
	look(&f, g, o, &ground);
	assert_null(found(&f, HABIT_SLOW_DEATH));
	figures_release(&f);
	given_day_passes(g, 31);
	look(&f, g, o, &ground); /* it has let them pass */
	assert_non_null(found(&f, HABIT_SLOW_DEATH));
	figures_release(&f);
	opportunity_free(o);
	given_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_treadmill_is_that_of_the_work_list),
		cmocka_unit_test(neglect_is_a_contact_that_was_due),
		cmocka_unit_test(neglect_is_a_call_that_nobody_made),
		cmocka_unit_test(hope_has_no_next_step_and_no_accomplishment),
		cmocka_unit_test(pestering_is_more_than_agreed_and_of_no_use),
		cmocka_unit_test(a_slow_death_is_recognised),
		cmocka_unit_test(a_commitment_of_theirs_is_no_slow_death),
	};

	return cmocka_run_group_tests_name("figures-habits", tests, NULL, NULL);
}
