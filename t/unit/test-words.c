#include "given.h"

#include "core/words.h"

static struct given *field(struct opportunity **o)
{
	struct given *g = given_new("discovery, workshop, proposal", false);

	*o = given_open(g);
	return g;
}

static void done(struct given *g, struct opportunity *o)
{
	opportunity_free(o);
	given_free(g);
}

/* Frees the act. */
static void reads(struct given *g, struct act *a, const char *want)
{
	struct str out = STR_INIT;

	act_add_words(&out, a, &g->clock);
	assert_string_equal(out.buf, want);
	str_release(&out);
	act_free(a);
}

static struct act *with_id(struct act *a, char **slot, const char *id)
{
	replace_string(slot, id);
	return a;
}

static void acts_are_said_in_one_line(void **state)
{
	struct opportunity *o;
	struct given *g = field(&o);
	struct act *a;

	(void)state;
	reads(g,
		given_act(g, ACT_MEETING, "outcome", "proceed", "to", "proposal", "next",
			"2026-11-24 15:00", NULL),
		"meeting: proceed to proposal, next Tue 24 Nov 15:00");
	reads(g, given_act(g, ACT_MEETING, "outcome", "proceed", NULL),
		"meeting: proceed, won");
	reads(g,
		given_act(g, ACT_MEETING, "outcome", "repeat", "activity", "workshop", "cause",
			"timing", "no_next", "call me maybe", NULL),
		"meeting: repeat workshop, cause timing, the client refused a date");
	reads(g,
		given_act(g, ACT_MEETING, "outcome", "proceed", "confirm", "2026-11-26",
			"options", "a; b", NULL),
		"meeting: proceed proposed, confirmation due Thu 26 Nov");
	reads(g, given_act(g, ACT_MEETING, "outcome", "abandon", "cause", "gone", NULL),
		"meeting: abandon, cause gone");
	reads(g, given_act(g, ACT_NEW, "process", "field", "activity", "discovery", NULL),
		"new: field, discovery");
	reads(g, given_act(g, ACT_HEARD, "channel", "mail", "from", "Jane Doe", NULL),
		"heard: by mail");
	reads(g, given_act(g, ACT_NOTE, "note", "secret", NULL), "note");
	reads(g, given_act(g, ACT_NOTE, "decided", NULL, NULL),
		"note: looked at, and kept on purpose");
	reads(g,
		given_act(g, ACT_SCHEDULE, "activity", "workshop", "side", "them", "next",
			"2026-11-24 15:00", NULL),
		"schedule: workshop, moved by them, next Tue 24 Nov 15:00");
	reads(g,
		given_act(g, ACT_CANCEL, "side", "them", "no_show", NULL, "again", "2026-11-24",
			NULL),
		"cancel: by them, no-show, try again Tue 24 Nov");
	reads(g, given_act(g, ACT_WAIT, "wait", "2027-10-01", "because", "budget", NULL),
		"wait, waiting until Fri 1 Oct 2027");
	reads(g, given_act(g, ACT_SET, "facts", "title=secret", "facts", "via=", NULL),
		"set: title, via");
	reads(g, given_act(g, ACT_CONTACT, "change", "left", "contact", "Jane Doe", NULL),
		"contact: left");
	reads(g, given_act(g, ACT_ABANDON, "cause", "value", "because", "secret", NULL),
		"abandon: cause value");
	a = given_act(g, ACT_COMMITMENT, "to", "moved", "due", "2026-11-26", NULL);
	reads(g, with_id(a, &a->commitment, "k2d9"), "commitment: k2d9 moved to Thu 26 Nov");
	a = given_act(g, ACT_UNDO, NULL);
	reads(g, with_id(a, &a->takes_back, "0123456789"), "undo: takes back 0123456789");
	done(g, o);
}

/* Everything that is free text or a name, filled with a mark: it must not get into history. */
static void history_holds_no_name_and_no_free_text(void **state)
{
	static const char mark[] = "Jane\nFu-Act: forged \x1b";
	static const char *const texts[] = {"activity", "because", "by", "care", "client",
		"contact", "discussed", "external_id", "from", "link", "no_next", "note",
		"owner", "place", "process", "source", "title", "to", "via", "what", "where"};
	struct opportunity *o;
	struct given *g = field(&o);

	(void)state;
	for (int kind = 0; kind < ACT_KINDS; kind++) {
		struct act *a = given_act(g, (enum act_kind)kind, NULL);
		struct list trailers = {0};
		struct str out = STR_INIT;

		for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
			replace_string(field_slot(a, field_find(texts[i])), mark);
		list_add(&a->with, mark);
		facts_set(&a->facts, mark, mark);
		promises_add(&a->ours, "ab", mark, mark, NULL);
		act_add_subject(&out, a, o->id, &g->clock);
		act_add_trailers(&trailers, a, o->id);
		for (size_t i = 0; i < trailers.n; i++)
			str_addf(&out, " %s", trailers.items[i]);
		assert_null(strstr(out.buf, "Jane"));
		assert_null(strpbrk(out.buf, "\n\x1b"));
		str_release(&out);
		list_release(&trailers);
		act_free(a);
	}
	done(g, o);
}

static void trailers_say_it_for_programs(void **state)
{
	static const char *const want[] = {"Fu-Act: meeting", "Fu-Opportunity: acme-website",
		"Fu-Id: 0123456789", "Fu-At: 2026-11-20T10:00:00+00:00", "Fu-Outcome: proceed",
		"Fu-To: proposal", "Fu-Next: 2026-11-24 15:00", "Fu-Ours: 1", "Fu-Theirs: none",
		"Fu-Minutes: 30"};
	struct opportunity *o;
	struct given *g = field(&o);
	struct list trailers = {0};
	struct act *a = given_act(g, ACT_MEETING, "at", "2026-11-20T10:00:00Z", "outcome",
		"proceed", "to", "proposal", "next", "2026-11-24 15:00", "ours",
		"call by 2026-11-23", "theirs", "none", "minutes", "30", NULL);

	(void)state;
	replace_string(&a->id, "0123456789");
	act_add_trailers(&trailers, a, o->id);
	assert_int_equal(trailers.n, ARRAY_SIZE(want));
	for (size_t i = 0; i < trailers.n; i++)
		assert_string_equal(trailers.items[i], want[i]);
	list_release(&trailers);
	act_free(a);
	done(g, o);
}

static void stands(struct given *g, const struct opportunity *o, const char *want)
{
	struct str out = STR_INIT;

	next_add_words(&out, o, g->process, &g->clock);
	assert_string_equal(out.buf, want);
	str_release(&out);
}

static void the_next_step_is_said(void **state)
{
	struct opportunity *o;
	struct given *g = field(&o);

	(void)state;
	stands(g, o, "adrift");
	given_takes(g, o, given_act(g, ACT_SCHEDULE, "next", "2026-11-24 15:00", NULL));
	stands(g, o, "appointment Tue 24 Nov 15:00 for discovery");
	given_takes(g, o, given_act(g, ACT_CANCEL, "side", "us", "again", "2026-11-25", NULL));
	stands(g, o, "call to schedule Wed 25 Nov, for discovery");
	given_takes(
		g, o, given_act(g, ACT_WAIT, "wait", "2026-12-01", "because", "budget", NULL));
	stands(g, o, "waiting until Tue 1 Dec, because budget");
	given_takes(g, o,
		given_act(
			g, ACT_HEARD, "no_next", "call me in spring", "what", "a mail", NULL));
	stands(g, o, "adrift: 'call me in spring'");
	given_takes(g, o,
		given_act(g, ACT_MEETING, "outcome", "proceed", "confirm", "2026-11-26",
			"options", "buy; rent", "ours", "none", "theirs", "none", NULL));
	stands(g, o, "confirmation due Thu 26 Nov, proceed to workshop proposed");
	given_takes(
		g, o, given_act(g, ACT_ABANDON, "cause", "gone", "because", "bankrupt", NULL));
	stands(g, o, "abandoned Fri 20 Nov");
	done(g, o);
}

static void a_commitment_is_said(void **state)
{
	struct opportunity *o;
	struct given *g = field(&o);
	struct str out = STR_INIT;

	(void)state;
	given_takes(g, o,
		given_act(g, ACT_MEETING, "outcome", "proceed", "next", "2026-11-24 15:00",
			"ours", "send the draft by 2026-11-23", "theirs", "sign", NULL));
	commitment_add_words(&out, &o->now.commitments[0], &g->clock);
	assert_string_equal(out.buf, "we: send the draft by Mon 23 Nov");
	str_truncate(&out, 0);
	commitment_add_words(&out, &o->now.commitments[1], &g->clock);
	assert_string_equal(out.buf, "they: sign by Tue 24 Nov 15:00");
	str_release(&out);
	done(g, o);
}

static void tells(
	struct given *g, const struct opportunity *o, const struct act *a, const char *want)
{
	struct str out = STR_INIT;

	act_add_line(&out, a, o, &g->clock);
	assert_string_equal(out.buf, want);
	str_release(&out);
}

static void a_line_tells_what_history_keeps_back(void **state)
{
	struct opportunity *o;
	struct given *g = field(&o);
	struct act *a;

	(void)state;
	given_takes(g, o,
		given_act(g, ACT_SCHEDULE, "next", "2026-11-24 15:00", "for", "1h", "place",
			"their office", NULL));
	tells(g, o, o->acts[o->n - 1],
		"schedule: discovery, next Tue 24 Nov 15:00, 1 hour, their office");
	given_takes(g, o,
		given_act(g, ACT_SET, "facts", "expires=2026-12-31", "facts", "title=It's on",
			"facts", "value=500.00 EUR", "facts", "via=", NULL));
	tells(g, o, o->acts[o->n - 1],
		"set: expires Thu 31 Dec, title 'It's on', value 500.00 EUR, no via");
	given_takes(g, o,
		given_act(g, ACT_CONTACT, "change", "add", "contact",
			"Bob Roe <bob@x.example>; CTO", NULL));
	tells(g, o, o->acts[o->n - 1], "contact: added Bob Roe");
	given_takes(g, o,
		given_act(g, ACT_HEARD, "ours", "send the draft by 2026-11-23", "what",
			"a mail", NULL));
	a = given_act(g, ACT_COMMITMENT, "to", "kept", NULL);
	replace_string(&a->commitment, o->now.commitments[0].promise->id);
	given_takes(g, o, a);
	tells(g, o, a, "kept: 'send the draft'");
	o->now.commitments[0].state = COMMITMENT_LATE;
	tells(g, o, a, "kept late: 'send the draft'");
	a = given_act(g, ACT_COMMITMENT, "to", "kept", NULL);
	replace_string(&a->commitment, "none");
	tells(g, o, a, "commitment: none kept");
	act_free(a);
	done(g, o);
}

static void words_get_quotes_once(void **state)
{
	static const char *const words[][2] = {{"we like it", "'we like it'"},
		{"'we like it'", "'we like it'"}, {"\"we like it\"", "\"we like it\""},
		{"it's", "'it's'"}, {"", "''"}};
	struct str out = STR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		str_truncate(&out, 0);
		quoted_add(&out, words[i][0]);
		assert_string_equal(out.buf, words[i][1]);
	}
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(acts_are_said_in_one_line),
		cmocka_unit_test(history_holds_no_name_and_no_free_text),
		cmocka_unit_test(trailers_say_it_for_programs),
		cmocka_unit_test(the_next_step_is_said),
		cmocka_unit_test(a_commitment_is_said),
		cmocka_unit_test(a_line_tells_what_history_keeps_back),
		cmocka_unit_test(words_get_quotes_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
