/*
 * The figures over random opportunities, against a count that is made in another way:
 * from the acts alone, a loop for each figure, without the fold.
 */
#include "figures-given.h"

#define MANY 400

static struct act *random_meeting(struct given *g, uint64_t *seed, const char *next)
{
	switch (test_between(seed, 0, 6)) {
	case 0: /* wins, or is refused */
		return given_act(g, ACT_MEETING, "outcome", "proceed", NULL);
	case 1:
		return given_act(g, ACT_MEETING, "outcome", "repeat", "cause", "value", "next",
			next, "ours", "none", "theirs", "none", NULL);
	case 2:
		return given_act(g, ACT_MEETING, "outcome", "proceed", "confirm", next,
			"options", "a", "ours", "none", "theirs", "none", NULL);
	case 3:
		return given_act(g, ACT_MEETING, "outcome", "repeat", "cause", "closing",
			"confirm", next, "options", "a", "ours", "none", "theirs", "none",
			NULL);
	default:
		return given_act(g, ACT_MEETING, "outcome", "proceed", "next", next, "ours",
			"none", "theirs", "the figures", "minutes", "45", NULL);
	}
}

static struct act *random_call(struct given *g, uint64_t *seed, const char *next)
{
	switch (test_between(seed, 0, 5)) {
	case 0:
		return given_act(g, ACT_CALL, "purpose", "confirm", "result", "confirmed",
			"chose", "a", "outcome", "proceed", "next", next, "minutes", "5", NULL);
	case 1:
		return given_act(g, ACT_CALL, "purpose", "confirm", "result", "confirmed",
			"chose", "a", "outcome", "proceed", NULL);
	case 2:
		return given_act(g, ACT_CALL, "purpose", "schedule", "result", "booked", "next",
			next, NULL);
	case 3:
		return given_act(g, ACT_CALL, "purpose", "schedule", "result", "booked",
			"inbound", "yes", "next", next, NULL);
	case 4:
		return given_act(g, ACT_CALL, "purpose", "schedule", "result", "no-answer",
			"minutes", "3", NULL);
	default:
		return given_act(g, ACT_CALL, "purpose", "schedule", "result", "declined",
			"outcome", "abandon", "cause", "withdrawn", "because", "no money",
			NULL);
	}
}

static struct act *random_settling(struct given *g, struct opportunity *o, uint64_t *seed)
{
	size_t n = o->now.commitments_n;

	if (!n)
		return given_act(g, ACT_NOTE, "note", "nothing", NULL);
	return given_act(g, ACT_COMMITMENT, "commitment", o->now.commitments[n - 1].promise->id,
		"to", test_between(seed, 0, 2) ? "kept" : "broken", NULL);
}

static struct act *random_step(struct given *g, struct opportunity *o, uint64_t *seed)
{
	const char *next = in_days(g, (int)test_between(seed, 1, 20));

	switch (test_between(seed, 0, 30)) {
	case 0:
		return given_act(g, ACT_WIN, NULL);
	case 1:
		return given_act(g, ACT_ABANDON, "cause", "gone", "because", "sold", NULL);
	case 2:
		return given_act(
			g, ACT_SET, "facts", "activity=workshop", "because", "so", NULL);
	case 3:
		return given_act(g, ACT_NOTE, "note", "worth it", "decided", "yes", NULL);
	case 4:
		return given_act(g, ACT_HEARD, "what", "a question", "minutes", "2", NULL);
	case 5:
	case 6:
		return given_act(g, ACT_REOPEN, "because", "again", "no_next", "later", NULL);
	case 7:
	case 8:
		return random_settling(g, o, seed);
	case 9:
	case 10:
		return given_act(g, ACT_UNDO, "takes_back",
			o->acts[test_between(seed, 1, (int64_t)o->n) - 1]->id, NULL);
	case 11:
	case 12:
	case 13:
	case 14:
	case 15:
	case 16:
		return random_meeting(g, seed, next);
	case 17:
	case 18:
	case 19:
	case 20:
		return random_call(g, seed, next);
	default:
		return given_act(g, ACT_TOUCH, "gives", "education", "what", "a study", NULL);
	}
}

static struct opportunity *random_opportunity(struct given *g, uint64_t *seed, int i)
{
	char *id = xstrfmt("o-%d", i);
	struct opportunity *o = opens(g, id);

	for (int64_t n = test_between(seed, 0, 30); n > 0; n--) {
		g->clock.now.utc += test_between(seed, 600, 20 * DAY);
		given_admit(g, o, random_step(g, o, seed));
	}
	g->clock.now.utc = FRIDAY_TEN + test_between(seed, 0, 100) * DAY;
	free(id);
	return o;
}

/* Whether an undo that stands takes it back. */
static bool stands(const struct opportunity *o, size_t i)
{
	for (size_t j = i + 1; j < o->n; j++)
		if (o->acts[j]->kind == ACT_UNDO && stands(o, j) &&
			!strcmp(o->acts[j]->takes_back, o->acts[i]->id))
			return false;
	return true;
}

struct counted {
	int64_t opened, won, abandoned, open;
	int64_t entered[4], proceeded[4], repeated[4], gone[4], standing[4];
	int64_t meetings, calls, touches, unanswered, minutes, lost;
	int64_t done[DONE_KINDS];
	int64_t repeat[CAUSE_GONE + 1], abandon[CAUSE_GONE + 1];
	int64_t treadmill, treadmill_contacts;
};

/* The acts that stand, until then. */
static size_t standing_acts(const struct act **out, const struct opportunity *o, int64_t until)
{
	size_t n = 0;

	for (size_t i = 0; i < o->n; i++)
		if (stands(o, i) && o->acts[i]->at.utc <= until)
			out[n++] = o->acts[i];
	return n;
}

static bool decides(const struct act *a, enum outcome outcome)
{
	return (a->kind == ACT_MEETING || a->kind == ACT_CALL) && !a->confirm.set &&
	       a->outcome == outcome;
}

static bool wins(const struct act *a)
{
	return a->kind == ACT_WIN || (decides(a, OUTCOME_PROCEED) && !a->to);
}

static bool abandons(const struct act *a)
{
	return a->kind == ACT_ABANDON || decides(a, OUTCOME_ABANDON);
}

/* The last act that closed it, unless it was reopened. */
static const struct act *closing(const struct act **acts, size_t n)
{
	while (n-- > 0) {
		if (acts[n]->kind == ACT_REOPEN)
			return NULL;
		if (wins(acts[n]) || abandons(acts[n]))
			return acts[n];
	}
	return NULL;
}

static const char *activity_after(const struct act **acts, size_t n)
{
	while (n-- > 0) {
		if (acts[n]->kind == ACT_NEW)
			return acts[n]->activity;
		if (decides(acts[n], OUTCOME_PROCEED) && acts[n]->to)
			return acts[n]->to;
		if (acts[n]->kind == ACT_SET && facts_get(&acts[n]->facts, "activity"))
			return facts_get(&acts[n]->facts, "activity");
	}
	return NULL;
}

static bool is_theirs(const struct act **acts, size_t n, const char *id)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < acts[i]->theirs.n; j++)
			if (!strcmp(acts[i]->theirs.items[j].id, id))
				return true;
	return false;
}

static unsigned accomplishments(const struct act **acts, size_t n, size_t i)
{
	const struct act *a = acts[i];
	unsigned done = 0;

	done |= decides(a, OUTCOME_PROCEED) ? 1u << DONE_PROCEEDED : 0;
	done |= a->kind == ACT_CALL && a->result == RESULT_BOOKED ? 1u << DONE_BOOKED : 0;
	done |= a->kind == ACT_CALL && a->result == RESULT_CONFIRMED ? 1u << DONE_CONFIRMED : 0;
	done |= a->kind == ACT_COMMITMENT && !strcmp(a->to, "kept") &&
				is_theirs(acts, n, a->commitment)
			? 1u << DONE_KEPT
			: 0;
	return done | (wins(a) ? 1u << DONE_WON : 0);
}

static bool is_contact(const struct act *a)
{
	return a->kind == ACT_MEETING || a->kind == ACT_TOUCH ||
	       (a->kind == ACT_CALL && !a->inbound);
}

static void count_work(struct counted *c, const struct act **acts, size_t n, int64_t since)
{
	const struct act *closed = closing(acts, n);
	int64_t run = 0;

	for (size_t i = 0; i < n; i++) {
		const struct act *a = acts[i];
		unsigned done = accomplishments(acts, n, i);
		bool inside = a->at.utc >= since;

		run += is_contact(a) && inside;
		if (done || (a->kind == ACT_NOTE && a->decided))
			run = 0;
		if (!inside)
			continue;
		c->meetings += a->kind == ACT_MEETING;
		c->calls += a->kind == ACT_CALL && !a->inbound;
		c->touches += a->kind == ACT_TOUCH;
		c->unanswered += a->kind == ACT_CALL && (a->result == RESULT_NO_ANSWER ||
								a->result == RESULT_VOICEMAIL);
		c->minutes += a->minutes;
		c->lost += closed && abandons(closed) ? a->minutes : 0;
		for (size_t k = 0; k < DONE_KINDS; k++)
			c->done[k] += done >> k & 1;
		c->repeat[a->cause] += decides(a, OUTCOME_REPEAT);
		c->abandon[a->cause] += abandons(a);
	}
	if (!closed && run >= 5) {
		c->treadmill++;
		c->treadmill_contacts += run;
	}
}

/* What the i-th act is about: an appointment may be for another activity. */
static const char *activity_of(const struct act **acts, size_t i)
{
	if (acts[i]->kind == ACT_MEETING && acts[i]->activity)
		return acts[i]->activity;
	return i ? activity_after(acts, i) : "";
}

/* Whether the activity was entered by one of the first n acts. */
static bool was_at(const struct act **acts, size_t n, const char *activity)
{
	for (size_t i = 1; i <= n; i++)
		if (!strcmp(activity_after(acts, i), activity) ||
			!strcmp(activity_of(acts, i - 1), activity))
			return true;
	return false;
}

static void count_activity(struct counted *c, const struct act **acts, size_t n, int64_t since,
	size_t k, const char *activity)
{
	const struct act *closed = closing(acts, n);
	bool proceeded = false;

	for (size_t i = 0; i < n; i++) {
		bool inside = acts[i]->at.utc >= since;

		if (inside && was_at(acts, i + 1, activity) && !was_at(acts, i, activity))
			c->entered[k]++;
		if (strcmp(activity_of(acts, i), activity) || !inside)
			continue;
		proceeded = proceeded || decides(acts[i], OUTCOME_PROCEED) ||
			    (acts[i] == closed && acts[i]->kind == ACT_WIN);
		c->repeated[k] += decides(acts[i], OUTCOME_REPEAT);
		c->gone[k] += acts[i] == closed && abandons(acts[i]);
	}
	c->proceeded[k] += proceeded;
	c->standing[k] += !closed && !strcmp(activity_after(acts, n), activity);
}

static void count_one(
	struct counted *c, const struct opportunity *o, int64_t since, int64_t until)
{
	static const char *const names[] = {"discovery", "workshop", "proposal", "decision"};
	const struct act **acts = xcalloc(o->n, sizeof(struct act *)), *closed;
	size_t n = standing_acts(acts, o, until);

	if (n && acts[0]->kind == ACT_NEW) {
		closed = closing(acts, n);
		c->opened += acts[0]->at.utc >= since;
		c->open += !closed;
		c->won += closed && wins(closed) && closed->at.utc >= since;
		c->abandoned += closed && abandons(closed) && closed->at.utc >= since;
		for (size_t k = 0; k < ARRAY_SIZE(names); k++)
			count_activity(c, acts, n, since, k, names[k]);
		count_work(c, acts, n, since);
	}
	free(acts);
}

static void same_figures(const struct figures *f, const struct counted *c)
{
	const struct flow *flow = &f->flows[0];
	int64_t contacts = 0;

	assert_int_equal(flow->opened.n, c->opened);
	assert_int_equal(flow->won.n, c->won);
	assert_int_equal(flow->abandoned.n, c->abandoned);
	assert_int_equal(flow->open.n, c->open);
	assert_int_equal(flow->n, 4);
	for (size_t k = 0; k < 4; k++) {
		assert_int_equal(activity(f, k)->entered.n, c->entered[k]);
		assert_int_equal(activity(f, k)->proceeded.n, c->proceeded[k]);
		assert_int_equal(activity(f, k)->repeated.n, c->repeated[k]);
		assert_int_equal(activity(f, k)->abandoned.n, c->gone[k]);
		assert_int_equal(activity(f, k)->standing.n, c->standing[k]);
	}
	assert_int_equal(f->work.meetings.n, c->meetings);
	assert_int_equal(f->work.calls.n, c->calls);
	assert_int_equal(f->work.touches.n, c->touches);
	assert_int_equal(f->work.unanswered.n, c->unanswered);
	assert_int_equal(f->work.minutes.n, c->minutes);
	assert_int_equal(f->work.lost_minutes.n, c->lost);
	for (size_t k = 0; k < DONE_KINDS; k++) {
		assert_int_equal(f->work.done[k].n, c->done[k]);
		assert_int_equal(f->work.done[k].acts_n, c->done[k]);
	}
	for (size_t k = 0; k <= CAUSE_GONE; k++) {
		assert_int_equal(f->causes.repeat[k].n, c->repeat[k]);
		assert_int_equal(f->causes.abandon[k].n, c->abandon[k]);
	}
	assert_int_equal(f->work.n, c->treadmill);
	for (size_t i = 0; i < f->work.n; i++)
		contacts += f->work.treadmill[i].contacts;
	assert_int_equal(contacts, c->treadmill_contacts);
}

/* Or the comparison would say little. */
static void has_of_everything(const struct counted *c)
{
	assert_true(c->won > 5 && c->abandoned > 5 && c->open > 5 && c->lost > 5);
	assert_true(c->unanswered > 5 && c->treadmill > 5);
	for (size_t k = 0; k < DONE_KINDS; k++)
		assert_true(c->done[k] > 5);
	for (size_t k = 0; k < 4; k++)
		assert_true(c->entered[k] > 5 && c->proceeded[k] > 5 && c->repeated[k] > 1 &&
			    c->gone[k] > 1 && c->standing[k] > 1);
}

static void compare(struct given *g, struct opportunity *const *o, int64_t since, int64_t until)
{
	struct figures_ground ground = ground_of(g);
	struct counted c = {0};
	struct figures f;

	ground.since = since;
	ground.until = until;
	figures_init(&f, &ground);
	figures_flow(&f, "field", g->process);
	takes_all(&f, g, o, MANY);
	for (size_t i = 0; i < MANY; i++)
		count_one(&c, o[i], since, until);
	if (since == INT64_MIN && until == INT64_MAX)
		has_of_everything(&c);
	same_figures(&f, &c);
	figures_release(&f);
}

static void random_ones_are_counted_alike(void **state)
{
	struct given *g = field();
	struct opportunity *o[MANY];
	uint64_t seed = 20261120;

	(void)state;
	for (int i = 0; i < MANY; i++)
		o[i] = random_opportunity(g, &seed, i);
	compare(g, o, INT64_MIN, INT64_MAX);
	compare(g, o, FRIDAY_TEN + 90 * DAY, INT64_MAX);
	compare(g, o, INT64_MIN, FRIDAY_TEN + 120 * DAY);
	compare(g, o, FRIDAY_TEN + 60 * DAY, FRIDAY_TEN + 160 * DAY);
	compare(g, o, INT64_MIN, FRIDAY_TEN - DAY);
	for (int i = 0; i < MANY; i++)
		opportunity_free(o[i]);
	given_free(g);
}

/* What the treadmill counts is what the fold counts for the work list. */
static void the_fold_counts_the_same_contacts(void **state)
{
	struct given *g = field();
	struct figures_ground ground = ground_of(g);
	uint64_t seed = 7;
	int seen = 0;

	(void)state;
	for (int i = 0; i < MANY; i++) {
		struct opportunity *o = random_opportunity(g, &seed, i);
		int contacts = o->now.contacts_since_accomplishment;
		bool expected = opportunity_is_open(o) && contacts >= 5;
		struct figures f;

		look(&f, g, o, &ground);
		assert_int_equal(f.work.n, expected);
		if (expected)
			assert_int_equal(f.work.treadmill[0].contacts, contacts);
		seen += expected;
		figures_release(&f);
		opportunity_free(o);
	}
	assert_true(seen > 5);
	given_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_ones_are_counted_alike),
		cmocka_unit_test(the_fold_counts_the_same_contacts),
	};

	return cmocka_run_group_tests_name("figures-counted", tests, NULL, NULL);
}
