#include "given.h"

#include "core/civil.h"

/* ---- the life of an opportunity: every act in every state ---- */

enum stage { OPEN, WAITING, WON, ABANDONED, STAGES };

static struct opportunity *at_stage(struct given *g, enum stage stage)
{
	struct opportunity *o = given_open(g);

	if (stage == WAITING)
		given_takes(g, o,
			given_act(
				g, ACT_WAIT, "wait", "2027-01-10", "because", "budget", NULL));
	if (stage == WON)
		given_takes(g, o, given_act(g, ACT_WIN, NULL));
	if (stage == ABANDONED)
		given_takes(g, o,
			given_act(g, ACT_ABANDON, "cause", "gone", "because", "merged", NULL));
	given_day_passes(g, 1);
	return o;
}

static struct act *act_of(struct given *g, enum act_kind kind)
{
	switch (kind) {
	case ACT_NEW:
		return given_act(g, kind, "title", "Again", "client", "Acme", NULL);
	case ACT_MEETING:
		return given_act(g, kind, "outcome", "proceed", "next", "2026-12-01 15:00",
			"ours", "none", "theirs", "none", NULL);
	case ACT_CALL:
		return given_act(g, kind, "purpose", "schedule", "result", "no-answer", NULL);
	case ACT_TOUCH:
		return given_act(g, kind, "gives", "education", "what",
			"the study of six museums", NULL);
	case ACT_HEARD:
		return given_act(g, kind, "what", "they rang", NULL);
	case ACT_NOTE:
		return given_act(g, kind, "note", "remember", NULL);
	case ACT_SCHEDULE:
		return given_act(g, kind, "next", "2026-12-01 15:00", NULL);
	case ACT_CANCEL:
		return given_act(g, kind, "side", "them", NULL);
	case ACT_COMMITMENT:
		return given_act(g, kind, "commitment", "none", "to", "kept", NULL);
	case ACT_WAIT:
		return given_act(g, kind, "wait", "2027-02-01", "because", "later", NULL);
	case ACT_SET:
		return given_act(g, kind, "facts", "source=fair", NULL);
	case ACT_CONTACT:
		return given_act(g, kind, "change", "add", "contact", "Bob Ray", NULL);
	case ACT_WIN:
		return given_act(g, kind, NULL);
	case ACT_ABANDON:
		return given_act(g, kind, "cause", "timing", "because", "no", NULL);
	case ACT_REOPEN:
		return given_act(g, kind, "because", "they came back", NULL);
	case ACT_MERGE:
		return given_act(g, kind, "from", "acme-shop", NULL);
	case ACT_RENAME:
		return given_act(g, kind, "from", "acme-web", "to", "acme", NULL);
	case ACT_RESOLVE:
		return given_act(g, kind, "keep", "none", NULL);
	case ACT_UNDO:
		return given_act(g, kind, NULL);
	default:
		return NULL;
	}
}

/* y: taken; n: refused. A cancel needs an appointment, a commitment its promise, an
 * undo its target: none of them is there. */
static const char *const life[ACT_KINDS] = {
	/* open, waiting, won, abandoned */
	[ACT_NEW] = "nnnn",
	[ACT_MEETING] = "yynn",
	[ACT_CALL] = "yynn",
	[ACT_TOUCH] = "yyyy",
	[ACT_HEARD] = "yyyy",
	[ACT_NOTE] = "yyyy",
	[ACT_SCHEDULE] = "yynn",
	[ACT_CANCEL] = "nnnn",
	[ACT_COMMITMENT] = "nnnn",
	[ACT_WAIT] = "yynn",
	[ACT_SET] = "yyyy",
	[ACT_CONTACT] = "yyyy",
	[ACT_WIN] = "yynn",
	[ACT_ABANDON] = "yynn",
	[ACT_REOPEN] = "nnyy",
	[ACT_MERGE] = "yyyy",
	[ACT_RENAME] = "yyyy",
	[ACT_RESOLVE] = "nnnn",
	[ACT_UNDO] = "nnnn",
};

static void every_act_in_every_state(void **state)
{
	(void)state;
	for (int kind = 0; kind < ACT_KINDS; kind++)
		for (int stage = 0; stage < STAGES; stage++) {
			struct given *g = given_new("discovery, workshop, decision", false);
			struct opportunity *o = at_stage(g, stage);
			size_t before = o->n;
			int err = given_admit(g, o, act_of(g, kind));

			if ((err == 0) != (life[kind][stage] == 'y'))
				fail_msg("%s in stage %d: %s", act_kinds[kind].name, stage,
					err ? g->breaches.items[0].message : "was taken");
			assert_int_equal(o->n, before + (err == 0));
			if (err)
				assert_true(g->breaches.n > 0);
			opportunity_free(o);
			given_free(g);
		}
}

/* ---- the gate ---- */

#define WITH_PROCESS(activities, cycle, ...)                                                   \
	do {                                                                                   \
		struct given *g = given_new(activities, cycle);                                \
		struct opportunity *o = given_open(g);                                         \
		__VA_ARGS__;                                                                   \
		opportunity_free(o);                                                           \
		given_free(g);                                                                 \
	} while (0)
#define IN_FIELD(...) WITH_PROCESS("discovery, workshop, decision", false, __VA_ARGS__)

static void says_all_that_is_missing_at_once(void **state)
{
	(void)state;
	IN_FIELD({
		assert_int_equal(
			given_admit(g, o, given_act(g, ACT_MEETING, NULL)), ERR_REFUSED);
		assert_true(given_breach(g, RULE_OUTCOME));
		assert_true(given_breach(g, RULE_NEXT));
		assert_true(given_breach(g, RULE_COMMITMENTS));
		assert_int_equal(g->breaches.n, 4);
		assert_int_equal(o->n, 1);
	});
}

static void a_meeting_that_closes_is_taken(void **state)
{
	(void)state;
	IN_FIELD({
		given_takes(g, o,
			given_act(g, ACT_MEETING, "outcome", "proceed", "next", "24 nov 15:00",
				"ours", "send the offer", "theirs", "none", NULL));
		assert_string_equal(o->now.activity, "workshop");
		assert_int_equal(o->now.next.kind, STEP_APPOINTMENT);
		assert_int_equal(o->now.commitments_n, 1);
		assert_true(when_equal(&o->now.commitments[0].due, &o->now.next.at));
		assert_int_equal(o->now.none_theirs, 1);
		assert_string_equal(o->acts[1]->activity, "discovery");
		assert_string_equal(o->acts[1]->to, "workshop");
		assert_int_equal(o->acts[1]->seq, 2);
	});
}

static void repeat_and_abandon_need_their_cause(void **state)
{
	(void)state;
	IN_FIELD({
		assert_int_equal(given_admit(g, o,
					 given_act(g, ACT_MEETING, "outcome", "repeat", "next",
						 "24 nov 15:00", "ours", "none", "theirs",
						 "none", NULL)),
			ERR_REFUSED);
		assert_true(given_breach(g, RULE_CAUSE));
		assert_int_equal(given_admit(g, o,
					 given_act(g, ACT_MEETING, "outcome", "abandon", NULL)),
			ERR_REFUSED);
		assert_true(given_breach(g, RULE_CAUSE));
		assert_true(given_breach(g, RULE_BECAUSE));
		given_takes(g, o,
			given_act(g, ACT_MEETING, "outcome", "abandon", "cause", "qualifying",
				"because", "no budget", NULL));
		assert_int_equal(o->now.status, STATUS_ABANDONED);
	});
}

static void a_refused_date_goes_with_repeat_only(void **state)
{
	(void)state;
	IN_FIELD({
		assert_int_equal(given_admit(g, o,
					 given_act(g, ACT_MEETING, "outcome", "proceed",
						 "no_next", "call me some time", "ours", "none",
						 "theirs", "none", NULL)),
			ERR_REFUSED);
		given_takes(g, o,
			given_act(g, ACT_MEETING, "outcome", "repeat", "cause", "closing",
				"no_next", "call me some time", "ours", "none", "theirs",
				"none", NULL));
		assert_true(opportunity_is_adrift(o, g->process));
		assert_string_equal(o->now.no_next, "call me some time");
	});
}

static void a_meeting_takes_no_other_call(void **state)
{
	(void)state;
	IN_FIELD({
		struct act *a = given_act(g, ACT_MEETING, "outcome", "proceed", "ours", "none",
			"theirs", "none", NULL);

		a->again = when_from_day(20800);
		assert_int_equal(given_admit(g, o, a), ERR_REFUSED);
		assert_true(given_breach(g, RULE_NEXT));
	});
}

static void an_appointment_has_a_time(void **state)
{
	(void)state;
	IN_FIELD({
		assert_int_equal(
			given_admit(g, o, given_act(g, ACT_SCHEDULE, "next", "24 nov", NULL)),
			ERR_REFUSED);
		assert_true(given_breach(g, RULE_APPOINTMENT));
	});
}

static void proceed_on_the_last_activity_wins(void **state)
{
	(void)state;
	WITH_PROCESS("decision", false, {
		given_takes(g, o, given_act(g, ACT_MEETING, "outcome", "proceed", NULL));
		assert_int_equal(o->now.status, STATUS_WON);
		assert_null(o->acts[1]->to);
	});
}

static void a_cycle_goes_round_and_its_interval_counts(void **state)
{
	(void)state;
	WITH_PROCESS("review, renewal", true, {
		given_takes(g, o,
			given_act(g, ACT_SET, "facts", "activity=renewal", "because",
				"moved in", NULL));
		assert_int_equal(given_admit(g, o,
					 given_act(g, ACT_MEETING, "outcome", "proceed", "ours",
						 "none", "theirs", "none", NULL)),
			ERR_REFUSED);
		given_takes(g, o, given_act(g, ACT_SET, "facts", "interval=6 weeks", NULL));
		given_takes(g, o,
			given_act(g, ACT_MEETING, "outcome", "proceed", "ours", "none",
				"theirs", "none", NULL));
		assert_string_equal(o->now.activity, "review");
		assert_int_equal(o->now.status, STATUS_OPEN);
		assert_false(opportunity_is_adrift(o, g->process));
	});
}

static void a_proposed_outcome_counts_nothing_yet(void **state)
{
	(void)state;
	IN_FIELD({
		given_takes(g, o,
			given_act(g, ACT_MEETING, "outcome", "proceed", "confirm", "25 nov",
				"options", "A", "options", "B", "ours", "none", "theirs",
				"none", NULL));
		assert_string_equal(o->now.activity, "discovery");
		assert_int_equal(o->now.next.kind, STEP_CONFIRMATION);
		assert_int_equal(o->now.next.options->n, 2);
		assert_string_equal(o->now.next.to, "workshop");
	});
}

static void what_is_to_come_lies_ahead_of_the_act(void **state)
{
	(void)state;
	IN_FIELD({
		/* Monday's meeting, entered on Friday, may have had Wednesday as its next step.
		 */
		given_takes(g, o,
			given_act(g, ACT_MEETING, "at", "2026-11-16T10:00:00Z", "outcome",
				"proceed", "next", "2026-11-18 10:00", "ours", "none", "theirs",
				"none", NULL));
		assert_int_equal(
			given_admit(g, o,
				given_act(g, ACT_SCHEDULE, "next", "2026-11-19 10:00", NULL)),
			ERR_REFUSED);
		assert_true(given_breach(g, RULE_TIME));
	});
}

static void what_has_been_does_not_lie_in_the_future(void **state)
{
	(void)state;
	IN_FIELD({
		assert_int_equal(given_admit(g, o,
					 given_act(g, ACT_NOTE, "note", "x", "at",
						 "2026-11-21T10:00:00Z", NULL)),
			ERR_REFUSED);
		assert_true(given_breach(g, RULE_TIME));
	});
}

/* ---- next steps replace one another ---- */

static void a_move_is_counted_and_names_what_it_replaces(void **state)
{
	(void)state;
	IN_FIELD({
		given_takes(g, o, given_act(g, ACT_SCHEDULE, "next", "2026-11-24 15:00", NULL));
		given_takes(g, o,
			given_act(g, ACT_SCHEDULE, "next", "2026-11-25 15:00", "side", "them",
				NULL));
		assert_int_equal(o->now.next.moves_them, 1);
		assert_int_equal(o->now.next.moves_us, 0);
		assert_string_equal(o->acts[2]->replaces, o->acts[1]->id);
	});
}

static void a_move_takes_along_what_was_agreed(void **state)
{
	(void)state;
	IN_FIELD({
		given_takes(g, o,
			given_act(g, ACT_SCHEDULE, "next", "2026-11-24 15:00", "for", "1h",
				"place", "their office", "with", "Jane Doe", NULL));
		given_takes(g, o, given_act(g, ACT_SCHEDULE, "next", "2026-11-25 15:00", NULL));
		assert_string_equal(o->now.next.place, "their office");
		assert_int_equal(o->now.next.duration.count, 1);
		assert_int_equal(o->now.next.with->n, 1);
		assert_int_equal(o->now.next.moves_us, 1);
		/* Another room at the same time is no move. */
		given_takes(g, o,
			given_act(g, ACT_SCHEDULE, "next", "2026-11-25 15:00", "place",
				"room 2", NULL));
		assert_string_equal(o->now.next.place, "room 2");
		assert_int_equal(o->now.next.moves_us, 1);
		assert_int_equal(o->now.moves_us, 1);
	});
}

static void a_meeting_took_place_at_its_appointment(void **state)
{
	(void)state;
	IN_FIELD({
		given_takes(g, o, given_act(g, ACT_SCHEDULE, "next", "2026-11-20 15:00", NULL));
		given_day_passes(g, 3);
		given_takes(g, o, given_act(g, ACT_NOTE, "note", "later", NULL));
		given_takes(g, o,
			given_act(g, ACT_MEETING, "outcome", "proceed", "next",
				"2026-11-30 10:00", "ours", "none", "theirs", "none", NULL));
		assert_int_equal(o->acts[2]->kind, ACT_MEETING);
		assert_int_equal(o->acts[2]->at.utc, FRIDAY_TEN + 5 * 3600);
		assert_int_equal(o->acts[3]->kind, ACT_NOTE);
	});
}

static void a_cancelled_appointment_is_tried_again_by_policy(void **state)
{
	(void)state;
	IN_FIELD({
		given_takes(g, o, given_act(g, ACT_SCHEDULE, "next", "2026-11-24 15:00", NULL));
		assert_int_equal(
			given_admit(g, o, given_act(g, ACT_CANCEL, NULL)), ERR_REFUSED);
		/* It lies ahead: nobody has failed to come yet. */
		assert_int_equal(given_admit(g, o,
					 given_act(g, ACT_CANCEL, "side", "them", "no_show",
						 "yes", NULL)),
			ERR_REFUSED);
		given_takes(g, o, given_act(g, ACT_CANCEL, "side", "them", NULL));
		assert_int_equal(o->now.next.kind, STEP_CALL);
		/* One day later is a Saturday: Monday. */
		assert_int_equal(day_weekday(o->now.next.at.day), 1);
		assert_int_equal(o->now.cancels_them, 1);
	});
}

static void a_late_act_that_breaks_a_later_one_is_refused(void **state)
{
	(void)state;
	IN_FIELD({
		given_takes(g, o,
			given_act(g, ACT_MEETING, "at", "2026-11-19T10:00:00Z", "outcome",
				"proceed", "next", "2026-12-01 10:00", "ours", "none", "theirs",
				"none", NULL));
		assert_int_equal(given_admit(g, o,
					 given_act(g, ACT_ABANDON, "at", "2026-11-18T10:00:00Z",
						 "cause", "gone", "because", "x", NULL)),
			ERR_REFUSED);
		assert_true(given_breach(g, RULE_RESTS));
		assert_int_equal(o->n, 2);
		assert_int_equal(o->now.status, STATUS_OPEN);
	});
}

/* ---- commitments ---- */

static struct act *settle(
	struct given *g, const struct opportunity *o, size_t i, const char *to)
{
	return given_act(g, ACT_COMMITMENT, "commitment", o->now.commitments[i].promise->id,
		"to", to, NULL);
}

static void promises_are_kept_late_or_broken(void **state)
{
	(void)state;
	IN_FIELD({
		given_takes(g, o,
			given_act(g, ACT_MEETING, "outcome", "proceed", "next",
				"2026-12-01 10:00", "ours", "send it by 2026-11-20", "theirs",
				"sign it by 2026-11-20", "theirs", "pay it by 2026-11-23",
				NULL));
		given_takes(g, o, settle(g, o, 0, "kept"));
		given_day_passes(g, 1);
		given_takes(g, o, settle(g, o, 1, "kept"));
		given_takes(g, o, settle(g, o, 2, "broken"));
		assert_int_equal(o->now.commitments[0].state, COMMITMENT_KEPT);
		assert_int_equal(o->now.commitments[1].state, COMMITMENT_LATE);
		assert_int_equal(o->now.commitments[2].state, COMMITMENT_BROKEN);
		assert_int_equal(o->now.their_late, 1);
		assert_int_equal(o->now.their_broken, 1);
		assert_int_equal(given_admit(g, o, settle(g, o, 0, "broken")), ERR_REFUSED);
	});
}

/* As it comes about when two people meet who both recorded it. */
static void a_promise_kept_twice_is_no_breach(void **state)
{
	(void)state;
	IN_FIELD({
		struct act *first, *second;

		given_takes(g, o,
			given_act(g, ACT_MEETING, "outcome", "proceed", "next",
				"2026-12-01 10:00", "ours", "send it by 2026-11-20", "theirs",
				"none", NULL));
		first = settle(g, o, 0, "kept");
		second = settle(g, o, 0, "kept");
		given_takes(g, o, first);
		second->at = first->at;
		second->at.utc += 5 * 86400;
		second->seq = first->seq;
		opportunity_add(o, second);
		given_day_passes(g, 6);
		breaches_release(&g->breaches);
		opportunity_check(o, &g->ground, &g->breaches);
		assert_int_equal(g->breaches.n, 0);
		assert_int_equal(o->now.commitments[0].state, COMMITMENT_KEPT);
		assert_ptr_equal(o->now.commitments[0].settled, first);
	});
}

static void abandoning_drops_promises_and_winning_does_not(void **state)
{
	(void)state;
	for (int win = 0; win < 2; win++)
		IN_FIELD({
			given_takes(g, o,
				given_act(g, ACT_MEETING, "outcome", "proceed", "next",
					"2026-12-01 10:00", "ours", "send it", "theirs", "none",
					NULL));
			given_takes(g, o,
				win ? given_act(g, ACT_WIN, NULL)
				    : given_act(g, ACT_ABANDON, "cause", "gone", "because", "x",
					      NULL));
			assert_int_equal(o->now.commitments[0].state,
				win ? COMMITMENT_OPEN : COMMITMENT_DROPPED);
			assert_int_equal(opportunity_is_live(o), win);
		});
}

/* ---- taking back ---- */

static int undo(struct given *g, struct opportunity *o, const struct act *target)
{
	char id[ACT_ID_LEN + 1];

	snprintf(id, sizeof(id), "%s", target->id);
	breaches_release(&g->breaches);
	if (opportunity_can_undo(o, opportunity_act(o, id), &g->ground, &g->breaches))
		return ERR_REFUSED;
	given_takes(g, o, given_act(g, ACT_UNDO, "takes_back", id, NULL));
	return 0;
}

static void undo_takes_back_and_undo_of_undo_restores(void **state)
{
	(void)state;
	IN_FIELD({
		given_takes(g, o, given_act(g, ACT_SCHEDULE, "next", "2026-11-24 15:00", NULL));
		assert_int_equal(undo(g, o, o->acts[1]), 0);
		assert_int_equal(o->now.next.kind, STEP_NONE);
		assert_int_equal(undo(g, o, o->acts[1]), ERR_REFUSED);
		assert_int_equal(undo(g, o, o->acts[2]), 0);
		assert_int_equal(o->now.next.kind, STEP_APPOINTMENT);
		assert_int_equal(o->n, 4);
	});
}

static void undo_refuses_what_later_acts_rest_on(void **state)
{
	(void)state;
	IN_FIELD({
		given_takes(g, o,
			given_act(g, ACT_MEETING, "outcome", "proceed", "next",
				"2026-12-01 10:00", "ours", "send it", "theirs", "none", NULL));
		given_takes(g, o, settle(g, o, 0, "kept"));
		assert_int_equal(undo(g, o, o->acts[1]), ERR_REFUSED);
		assert_non_null(strstr(g->breaches.items[0].message, o->acts[2]->id));
		assert_int_equal(undo(g, o, o->acts[0]), ERR_REFUSED);
		assert_int_equal(undo(g, o, o->acts[2]), 0);
		assert_int_equal(undo(g, o, o->acts[1]), 0);
		assert_int_equal(undo(g, o, o->acts[0]), 0);
		assert_int_equal(o->now.status, STATUS_NONE);
	});
}

/* ---- history made under other rules ---- */

static void lenient_takes_what_breaks_the_discipline_and_marks_it(void **state)
{
	(void)state;
	IN_FIELD({
		struct breaches found = {0};

		g->ground.lenient = true;
		given_takes(g, o, given_act(g, ACT_MEETING, "outcome", "repeat", NULL));
		assert_true(o->acts[1]->lenient);
		opportunity_check(o, &g->ground, &found);
		assert_true(found.n >= 3);
		assert_ptr_equal(found.items[0].act, o->acts[1]);
		breaches_release(&found);
	});
}

static void check_finds_nothing_in_what_was_admitted(void **state)
{
	(void)state;
	IN_FIELD({
		struct breaches found = {0};

		given_takes(g, o,
			given_act(g, ACT_MEETING, "outcome", "proceed", "next",
				"2026-12-01 10:00", "ours", "send it", "theirs", "none", NULL));
		given_takes(g, o, given_act(g, ACT_WIN, NULL));
		opportunity_check(o, &g->ground, &found);
		assert_int_equal(found.n, 0);
	});
}

static void an_activity_that_is_no_more_is_named(void **state)
{
	(void)state;
	IN_FIELD({
		struct given *later = given_new("analysis, decision", false);
		struct breaches found = {0};

		opportunity_check(o, &later->ground, &found);
		assert_int_equal(found.n, 1);
		assert_int_equal(found.items[0].rule, RULE_ACTIVITY);
		breaches_release(&found);
		given_free(later);
	});
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_act_in_every_state),
		cmocka_unit_test(says_all_that_is_missing_at_once),
		cmocka_unit_test(a_meeting_that_closes_is_taken),
		cmocka_unit_test(repeat_and_abandon_need_their_cause),
		cmocka_unit_test(a_refused_date_goes_with_repeat_only),
		cmocka_unit_test(a_meeting_takes_no_other_call),
		cmocka_unit_test(an_appointment_has_a_time),
		cmocka_unit_test(proceed_on_the_last_activity_wins),
		cmocka_unit_test(a_cycle_goes_round_and_its_interval_counts),
		cmocka_unit_test(a_proposed_outcome_counts_nothing_yet),
		cmocka_unit_test(what_is_to_come_lies_ahead_of_the_act),
		cmocka_unit_test(what_has_been_does_not_lie_in_the_future),
		cmocka_unit_test(a_move_is_counted_and_names_what_it_replaces),
		cmocka_unit_test(a_move_takes_along_what_was_agreed),
		cmocka_unit_test(a_meeting_took_place_at_its_appointment),
		cmocka_unit_test(a_cancelled_appointment_is_tried_again_by_policy),
		cmocka_unit_test(a_late_act_that_breaks_a_later_one_is_refused),
		cmocka_unit_test(promises_are_kept_late_or_broken),
		cmocka_unit_test(a_promise_kept_twice_is_no_breach),
		cmocka_unit_test(abandoning_drops_promises_and_winning_does_not),
		cmocka_unit_test(undo_takes_back_and_undo_of_undo_restores),
		cmocka_unit_test(undo_refuses_what_later_acts_rest_on),
		cmocka_unit_test(lenient_takes_what_breaks_the_discipline_and_marks_it),
		cmocka_unit_test(check_finds_nothing_in_what_was_admitted),
		cmocka_unit_test(an_activity_that_is_no_more_is_named),
	};

	return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
