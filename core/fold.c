/*
 * What each kind of act does to an opportunity: the fold's one step.
 *
 * An act that its state does not allow can only be history taken with --lenient
 * or a hand edit that `check` names: it then counts as a contact where it is one
 * and moves nothing.
 */
#include "core/fold.h"

#include "core/mem.h"

#include <string.h>

/* ---- next steps ---- */

static bool sets_step(const struct act *a)
{
	return a->next.set || a->confirm.set || a->again.set || a->wait.set || a->no_next;
}

static void clear_step(struct state *s)
{
	s->next = (struct step){0};
	s->no_next = NULL;
}

static void set_appointment(struct state *s, const struct act *a)
{
	const char *held = a->kind == ACT_SCHEDULE && a->activity ? a->activity : s->activity;

	s->next = (struct step){.kind = STEP_APPOINTMENT,
		.at = a->next,
		.set_by = a,
		.duration = a->duration,
		.place = a->place,
		.with = a->with.n ? &a->with : NULL,
		.activity = held,
		.because = a->because};
}

static void set_confirmation(struct state *s, const struct act *a)
{
	s->next = (struct step){.kind = STEP_CONFIRMATION,
		.at = a->confirm,
		.set_by = a,
		.activity = s->activity,
		.options = &a->options,
		.outcome = a->outcome,
		.to = a->to,
		.cause = a->cause,
		.because = a->because};
}

/* Replaces the next step by the one that the act sets; without one, by none. */
static void set_step(struct state *s, const struct act *a)
{
	clear_step(s);
	if (a->next.set)
		set_appointment(s, a);
	else if (a->confirm.set)
		set_confirmation(s, a);
	else if (a->again.set)
		s->next = (struct step){.kind = STEP_CALL,
			.at = a->again,
			.set_by = a,
			.activity = s->activity,
			.because = a->because};
	else if (a->wait.set)
		s->next = (struct step){.kind = STEP_WAIT,
			.at = a->wait,
			.set_by = a,
			.activity = s->activity,
			.because = a->because};
	s->no_next = a->no_next;
	s->waits_in_a_row = a->wait.set ? s->waits_in_a_row + 1 : 0;
	s->no_next_in_a_row = a->no_next ? s->no_next_in_a_row + 1 : 0;
	if (a->next.set)
		s->calls_in_a_row = 0;
}

static void reopen_status(struct state *s)
{
	s->status = s->next.kind == STEP_WAIT ? STATUS_WAITING : STATUS_OPEN;
}

void fold_take_step(struct state *s, const struct act *a)
{
	set_step(s, a);
	reopen_status(s);
}

/* ---- what acts carry ---- */

static void take_promises(
	struct state *s, const struct act *a, const struct promises *p, enum side side)
{
	for (size_t i = 0; i < p->n; i++) {
		GROW(s->commitments, s->commitments_n, s->commitments_cap);
		s->commitments[s->commitments_n++] =
			(struct commitment){.promise = &p->items[i],
				.side = side,
				.due = p->items[i].due,
				.of = a->of,
				.since = a};
	}
	if (p->none)
		*(side == SIDE_US ? &s->none_ours : &s->none_theirs) += 1;
}

static void take_words(struct state *s, const struct act *a)
{
	if (a->where) {
		s->where = a->where;
		s->where_from = a;
	}
	if (a->temperature) {
		s->temperature = a->temperature;
		s->temperature_from = a;
	}
	for (size_t i = 0; i < a->unsure.n; i++) {
		GROW(s->questions, s->questions_n, s->questions_cap);
		s->questions[s->questions_n++] =
			(struct open_question){.question = &a->unsure.items[i], .asked = a};
	}
	take_promises(s, a, &a->ours, SIDE_US);
	take_promises(s, a, &a->theirs, SIDE_THEM);
}

void fold_enter_activity(struct state *s, const struct act *a, const char *activity)
{
	s->activity = activity;
	s->entered = a;
}

void fold_drop_commitments(struct state *s, const char *of)
{
	for (size_t i = 0; i < s->commitments_n; i++) {
		struct commitment *c = &s->commitments[i];

		if (c->state == COMMITMENT_OPEN && same_string(c->of, of))
			c->state = COMMITMENT_DROPPED;
	}
}

static void close_as(struct state *s, const struct act *a, enum status status)
{
	clear_step(s);
	s->status = status;
	s->closed = a;
	if (status == STATUS_ABANDONED)
		fold_drop_commitments(s, NULL);
}

/* ---- one kind each ---- */

static void apply_new(struct state *s, const struct act *a)
{
	s->title = a->title;
	s->client = a->client;
	s->via = a->via;
	s->process = a->process;
	s->source = a->source;
	s->owner = a->owner;
	s->external_id = a->external_id;
	s->value = a->value;
	s->expires = a->expires;
	s->interval = a->interval;
	list_copy(&s->tags, &a->tags);
	for (size_t i = 0; i < a->contacts.n; i++)
		fold_add_contact(s, a->contacts.items[i]);
	fold_enter_activity(s, a, a->activity);
	s->opened = a;
	s->last_contact = a;
	set_step(s, a);
	reopen_status(s);
}

static void count_touch(struct state *s, const struct act *a)
{
	s->touches++;
	s->contacts_since_accomplishment++;
	s->last_contact = a;
}

static void count_meeting(struct state *s, const struct act *a)
{
	s->meetings++;
	s->contacts_since_accomplishment++;
	s->last_contact = a;
	s->last_meeting = a;
	take_words(s, a);
}

/* The outcome that a meeting ended with, or that a call confirmed. */
static void take_outcome(struct state *s, const struct act *a)
{
	if (a->outcome == OUTCOME_ABANDON) {
		close_as(s, a, STATUS_ABANDONED);
		return;
	}
	if (a->outcome == OUTCOME_REPEAT) {
		s->repeats_in_a_row++;
	} else {
		s->repeats_in_a_row = 0;
		s->contacts_since_accomplishment = 0;
		if (!a->to) { /* beyond the last activity */
			close_as(s, a, STATUS_WON);
			return;
		}
		fold_enter_activity(s, a, a->to);
	}
	set_step(s, a);
	reopen_status(s);
}

static void apply_meeting(struct state *s, const struct act *a)
{
	s->calls_in_a_row = 0;
	if (!a->confirm.set) {
		take_outcome(s, a);
		return;
	}
	set_step(s, a); /* the outcome is proposed: nothing is counted yet */
	reopen_status(s);
}

/* ---- calls ---- */

static void count_call(struct state *s, const struct act *a)
{
	s->calls++;
	s->calls_in_a_row++;
	/* What came from them is no contact of ours (contract, 2). */
	s->contacts_since_accomplishment += !a->inbound;
	if (a->result == RESULT_BOOKED || a->result == RESULT_CONFIRMED)
		s->contacts_since_accomplishment = 0;
	if (result_reached(a->result))
		s->last_contact = a;
	take_words(s, a);
}

void fold_count(struct state *s, const struct act *a)
{
	if (a->kind == ACT_MEETING)
		count_meeting(s, a);
	else if (a->kind == ACT_CALL)
		count_call(s, a);
	else if (a->kind == ACT_TOUCH)
		count_touch(s, a);
}

bool step_outlasts(const struct step *step, const struct act *a)
{
	bool agreed = step->kind == STEP_APPOINTMENT ||
		      (step->kind == STEP_CONFIRMATION && a->purpose != PURPOSE_CONFIRM);

	return agreed && a->kind == ACT_CALL && a->again.set && a->result &&
	       !result_reached(a->result) && !same_string(a->replaces, step->set_by->id);
}

/* Another try: to confirm, it is for the same options and the same proposed outcome. */
static void try_again(struct state *s, const struct act *a)
{
	struct step before = s->next;
	bool same =
		before.kind == (a->purpose == PURPOSE_CONFIRM ? STEP_CONFIRMATION : STEP_CALL);

	set_step(s, a);
	if (a->purpose == PURPOSE_CONFIRM && same) {
		s->next = before;
		s->next.at = a->again;
		s->next.set_by = a;
		s->next.because = a->because;
	}
	s->next.attempts = (same ? before.attempts : 0) + !result_reached(a->result);
	reopen_status(s);
}

static void apply_call(struct state *s, const struct act *a)
{
	if (a->outcome) {
		take_outcome(s, a);
	} else if (a->again.set) {
		if (!step_outlasts(&s->next, a))
			try_again(s, a);
	} else if (sets_step(a)) {
		set_step(s, a);
		reopen_status(s);
	}
}

void fold_heard(struct state *s, const struct act *a)
{
	s->heard++;
	s->last_contact = a;
	take_words(s, a);
}

static void apply_heard(struct state *s, const struct act *a)
{
	fold_heard(s, a);
	if ((IN_OPEN & 1u << s->status) && sets_step(a)) {
		set_step(s, a);
		reopen_status(s);
	}
}

static void apply_schedule(struct state *s, const struct act *a)
{
	struct step before = s->next;

	set_step(s, a);
	if (before.kind == STEP_APPOINTMENT && !when_equal(&before.at, &a->next)) {
		s->next.moves_us = before.moves_us + (a->side == SIDE_US);
		s->next.moves_them = before.moves_them + (a->side == SIDE_THEM);
		s->moves_us += a->side == SIDE_US;
		s->moves_them += a->side == SIDE_THEM;
	} else if (before.kind == STEP_APPOINTMENT) {
		s->next.moves_us = before.moves_us;
		s->next.moves_them = before.moves_them;
	}
	reopen_status(s);
}

static void apply_cancel(struct state *s, const struct act *a)
{
	s->no_shows += a->no_show;
	s->cancels_us += a->side == SIDE_US;
	s->cancels_them += a->side == SIDE_THEM;
	set_step(s, a);
	reopen_status(s);
}

/* A day alone is due until its end. Both are local times: the act's as it was lived. */
static bool after_due(const struct act *a, const struct when *due)
{
	int64_t local = a->at.utc + a->at.offset;
	int64_t second = due->second == WHEN_DAY_ALONE ? 86399 : due->second;

	return due->set && local > (int64_t)due->day * 86400 + second;
}

/* The first record of it stands: two people may each have made one. */
static void settle(struct state *s, struct commitment *c, const struct act *a)
{
	if (c->settled)
		return;
	c->settled = a;
	if (same_string(a->to, "broken")) {
		c->state = COMMITMENT_BROKEN;
		return;
	}
	c->state = after_due(a, &c->due) ? COMMITMENT_LATE : COMMITMENT_KEPT;
	if (c->side == SIDE_THEM)
		s->contacts_since_accomplishment = 0;
}

/* Two people may make the same short id: an act of another opportunity means that one's. */
static bool is_meant(const struct commitment *c, const struct act *a, const char *id)
{
	return same_string(c->promise->id, id) &&
	       (!a->of || same_string(c->of, a->of) || same_string(c->since->of, a->of));
}

void fold_commitment(struct state *s, const struct act *a)
{
	for (size_t i = 0; i < s->commitments_n; i++) {
		struct commitment *c = &s->commitments[i];

		if (!is_meant(c, a, a->commitment) || !a->to)
			continue;
		if (!strcmp(a->to, "moved"))
			c->due = a->due;
		else
			settle(s, c, a);
	}
}

/* Writing may keep a promise of ours, and answer a question of theirs (C1). */
void fold_touch(struct state *s, const struct act *a)
{
	for (size_t i = 0; a->keeps && i < s->commitments_n; i++) {
		struct commitment *c = &s->commitments[i];

		if (is_meant(c, a, a->keeps))
			settle(s, c, a);
	}
	for (size_t i = 0; a->answers && i < s->questions_n; i++)
		if (same_string(s->questions[i].question->id, a->answers))
			s->questions[i].answered = a;
}

static void apply_note(struct state *s, const struct act *a)
{
	if (!a->decided)
		return;
	s->decided = a;
	s->calls_in_a_row = 0;
	s->repeats_in_a_row = 0;
	s->no_next_in_a_row = 0;
	s->waits_in_a_row = 0;
	s->contacts_since_accomplishment = 0;
}

static void apply_win(struct state *s, const struct act *a)
{
	if (a->value.currency[0])
		s->value = a->value;
	s->contacts_since_accomplishment = 0;
	close_as(s, a, STATUS_WON);
}

static void apply_reopen(struct state *s, const struct act *a)
{
	s->closed = NULL;
	set_step(s, a);
	reopen_status(s);
}

static void apply_abandon(struct state *s, const struct act *a)
{
	close_as(s, a, STATUS_ABANDONED);
}

void fold_step(struct opportunity *o, const struct act *a)
{
	/* What an undo takes back is struck before the fold begins. */
	static void (*const applies[ACT_KINDS])(struct state *, const struct act *) = {
		[ACT_NEW] = apply_new,
		[ACT_MEETING] = apply_meeting,
		[ACT_CALL] = apply_call,
		[ACT_TOUCH] = fold_touch,
		[ACT_HEARD] = apply_heard,
		[ACT_NOTE] = apply_note,
		[ACT_SCHEDULE] = apply_schedule,
		[ACT_CANCEL] = apply_cancel,
		[ACT_COMMITMENT] = fold_commitment,
		[ACT_WAIT] = fold_take_step,
		[ACT_SET] = fold_set,
		[ACT_CONTACT] = fold_contact,
		[ACT_WIN] = apply_win,
		[ACT_ABANDON] = apply_abandon,
		[ACT_REOPEN] = apply_reopen,
		[ACT_MERGE] = fold_merge,
	};
	struct state *s = &o->now;
	bool allowed = act_kinds[a->kind].states & 1u << s->status;

	if (a->of) {
		fold_of(s, a);
		return;
	}
	fold_count(s, a);
	if (!allowed)
		return;
	if (applies[a->kind])
		applies[a->kind](s, a);
}

/* Promises are judged in any order; those settled since the last decision count. */
void fold_end(struct opportunity *o)
{
	struct state *s = &o->now;

	for (size_t i = 0; i < s->commitments_n; i++) {
		const struct commitment *c = &s->commitments[i];

		if (c->side != SIDE_THEM || !c->settled ||
			(s->decided && act_compare(c->settled, s->decided) < 0))
			continue;
		s->their_broken += c->state == COMMITMENT_BROKEN;
		s->their_late += c->state == COMMITMENT_LATE;
	}
}
