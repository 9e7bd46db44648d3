#include "given.h"

static struct items look(struct given *g, const struct opportunity *o, int64_t ahead)
{
	const struct worklist_ground ground = {
		.settings = &g->settings, .process = g->process, .clock = &g->clock};
	struct items list = {0};

	worklist_items(&list, o, &ground);
	worklist_select(&list, g->clock.now.utc, ahead);
	worklist_sort(&list);
	return list;
}

/* The kinds that show, in order: "owe,adrift". */
static void shows(
	struct given *g, const struct opportunity *o, int64_t ahead, const char *kinds)
{
	struct items list = look(g, o, ahead);
	struct str got = STR_INIT;

	for (size_t i = 0; i < list.n; i++)
		str_addf(&got, "%s%s", i ? "," : "", item_word(list.items[i].kind));
	assert_string_equal(got.buf, kinds);
	str_release(&got);
	items_release(&list);
}

static struct act *meeting(struct given *g, const char *next)
{
	return given_act(g, ACT_MEETING, "outcome", "proceed", "next", next, "ours",
		"send the offer by 2026-11-23", "theirs", "Jane Doe signs by 2026-11-24", NULL);
}

static struct given *field(struct opportunity **o)
{
	struct given *g = given_new("discovery, workshop, proposal, decision", false);

	*o = given_open(g);
	return g;
}

static void done(struct given *g, struct opportunity *o)
{
	opportunity_free(o);
	given_free(g);
}

static void what_has_no_next_step_is_adrift(void **state)
{
	struct opportunity *o;
	struct given *g = field(&o);

	(void)state;
	shows(g, o, 0, "adrift");
	done(g, o);
}

static void an_appointment_shows_on_its_day_and_then_is_unlogged(void **state)
{
	struct opportunity *o;
	struct given *g = field(&o);

	(void)state;
	given_takes(g, o,
		given_act(g, ACT_SCHEDULE, "next", "2026-11-24 15:00", "for", "1 hour", NULL));
	shows(g, o, 0, "");
	shows(g, o, 5 * 86400, "appointment");
	given_day_passes(g, 4);
	shows(g, o, 0, "appointment");
	g->clock.now.utc += 5 * 3600 + 1800; /* 15:30, it is being held */
	shows(g, o, 0, "appointment");
	g->clock.now.utc += 1800;
	shows(g, o, 0, "unlogged");
	done(g, o);
}

static void commitments_are_due_and_overdue(void **state)
{
	struct opportunity *o;
	struct given *g = field(&o);
	struct items list;

	(void)state;
	given_takes(g, o, meeting(g, "2026-12-01 15:00"));
	shows(g, o, 0, "");
	shows(g, o, 4 * 86400, "owe");
	given_day_passes(g, 3);
	shows(g, o, 0, "owe");
	given_day_passes(g, 1); /* theirs is due today: not overdue yet */
	shows(g, o, 0, "owe");
	given_day_passes(g, 1);
	shows(g, o, 0, "owe,owed");
	list = look(g, o, 0);
	assert_int_equal(item_block(&list.items[0], g->clock.now.utc), BLOCK_LATE);
	assert_int_equal(list.items[0].role, ROLE_SALESPERSON);
	assert_int_equal(list.items[1].role, ROLE_COORDINATOR);
	assert_non_null(list.items[1].contact);
	items_release(&list);
	done(g, o);
}

static void waiting_silences_the_step_and_not_the_commitments(void **state)
{
	struct opportunity *o;
	struct given *g = field(&o);

	(void)state;
	given_takes(g, o, meeting(g, "2026-12-01 15:00"));
	given_takes(
		g, o, given_act(g, ACT_WAIT, "wait", "2026-12-10", "because", "budget", NULL));
	given_day_passes(g, 5);
	shows(g, o, 0, "owe,owed");
	given_day_passes(g, 15);
	shows(g, o, 0, "owe,owed,returned");
	done(g, o);
}

static void a_proposal_rises_before_it_expires(void **state)
{
	struct opportunity *o;
	struct given *g = field(&o);

	(void)state;
	given_takes(g, o, given_act(g, ACT_SCHEDULE, "next", "2027-01-15 15:00", NULL));
	given_takes(g, o, given_act(g, ACT_SET, "facts", "expires=2026-12-10", NULL));
	shows(g, o, 0, "");
	given_day_passes(g, 6);
	shows(g, o, 0, "expiring");
	given_day_passes(g, 30);
	shows(g, o, 0, "expiring");
	done(g, o);
}

static void three_repeats_ask_for_a_decision_until_one_is_made(void **state)
{
	struct opportunity *o;
	struct given *g = field(&o);

	(void)state;
	for (int i = 0; i < 3; i++) {
		given_takes(g, o,
			given_act(g, ACT_MEETING, "outcome", "repeat", "cause", "timing",
				"next", "2027-01-15 15:00", "ours", "none", "theirs", "none",
				NULL));
		shows(g, o, 0, i < 2 ? "" : "decide");
		g->clock.now.utc += 60;
	}
	given_takes(g, o, given_act(g, ACT_NOTE, "note", "worth it", "decided", "yes", NULL));
	shows(g, o, 0, "");
	done(g, o);
}

static void won_keeps_what_was_promised(void **state)
{
	struct opportunity *o;
	struct given *g = field(&o);

	(void)state;
	given_takes(g, o, meeting(g, "2026-12-01 15:00"));
	given_takes(g, o, given_act(g, ACT_WIN, NULL));
	given_day_passes(g, 5);
	shows(g, o, 0, "owe,owed");
	done(g, o);
}

static void abandoned_asks_for_nothing(void **state)
{
	struct opportunity *o;
	struct given *g = field(&o);

	(void)state;
	given_takes(g, o, meeting(g, "2026-12-01 15:00"));
	given_takes(
		g, o, given_act(g, ACT_ABANDON, "cause", "gone", "because", "merged", NULL));
	given_day_passes(g, 5);
	shows(g, o, 0, "");
	done(g, o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_has_no_next_step_is_adrift),
		cmocka_unit_test(an_appointment_shows_on_its_day_and_then_is_unlogged),
		cmocka_unit_test(commitments_are_due_and_overdue),
		cmocka_unit_test(waiting_silences_the_step_and_not_the_commitments),
		cmocka_unit_test(a_proposal_rises_before_it_expires),
		cmocka_unit_test(three_repeats_ask_for_a_decision_until_one_is_made),
		cmocka_unit_test(won_keeps_what_was_promised),
		cmocka_unit_test(abandoned_asks_for_nothing),
	};

	return cmocka_run_group_tests_name("worklist", tests, NULL, NULL);
}
