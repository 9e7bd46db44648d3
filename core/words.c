#include "core/words.h"

#include "core/act_parts.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- an act ---- */

/* A word of the record that is an id or an activity; whatever else a hand edit made of
 * it does not get into the history. */
static void add_word(struct str *out, const char *before, const char *word)
{
	if (word && process_word_valid(word))
		str_addf(out, "%s%s", before, word);
}

/* The same for an opportunity's. */
static void add_id(struct str *out, const char *before, const char *id)
{
	if (id && opportunity_id_valid(id))
		str_addf(out, "%s%s", before, id);
}

static void add_when(
	struct str *out, const char *before, const struct when *w, const struct clock *clock)
{
	if (!w->set)
		return;
	str_add(out, before);
	when_add_echo(out, w, clock);
}

/* The next step that the act sets, if it does. */
static void add_step(struct str *out, const struct act *a, const struct clock *clock)
{
	add_when(out, ", next ", &a->next, clock);
	add_when(out, ", confirmation due ", &a->confirm, clock);
	add_when(out, ", try again ", &a->again, clock);
	add_when(out, ", waiting until ", &a->wait, clock);
	if (a->no_next)
		str_add(out, ", the client refused a date");
}

static void add_new(struct str *out, const struct act *a)
{
	add_word(out, ": ", a->process);
	add_word(out, ", ", a->activity);
}

static void add_meeting(struct str *out, const struct act *a)
{
	str_addf(out, ": %s", a->outcome ? outcome_word(a->outcome) : "no outcome");
	if (a->outcome == OUTCOME_PROCEED && a->to)
		add_word(out, " to ", a->to);
	else if (a->outcome == OUTCOME_PROCEED && !a->confirm.set)
		str_add(out, ", won");
	if (a->outcome == OUTCOME_REPEAT)
		add_word(out, " ", a->activity);
	if (a->confirm.set)
		str_add(out, " proposed");
	if (a->cause)
		str_addf(out, ", cause %s", cause_word(a->cause));
}

static void add_call(struct str *out, const struct act *a)
{
	if (a->purpose)
		str_addf(out, " to %s", purpose_word(a->purpose));
	str_addf(out, ": %s", a->result ? result_word(a->result) : "no result");
	if (a->outcome)
		str_addf(out, ", %s", outcome_word(a->outcome));
	if (a->outcome == OUTCOME_PROCEED && a->to)
		add_word(out, " to ", a->to);
	else if (a->outcome == OUTCOME_PROCEED)
		str_add(out, ", won");
	if (a->cause)
		str_addf(out, ", cause %s", cause_word(a->cause));
}

static void add_touch(struct str *out, const struct act *a)
{
	if (a->gives)
		str_addf(out, ": gives %s", gives_word(a->gives));
	if (a->channel)
		str_addf(out, " by %s", channel_word(a->channel));
	add_word(out, ", keeps ", a->keeps);
	add_word(out, ", answers ", a->answers);
}

static void add_commitment(struct str *out, const struct act *a, const struct clock *clock)
{
	add_word(out, ": ", a->commitment);
	add_word(out, " ", a->to);
	add_when(out, " to ", &a->due, clock);
}

static void add_facts(struct str *out, const struct act *a)
{
	const char *before = ": ";

	for (size_t i = 0; i < a->facts.n; i++) {
		if (!fact_field(ACT_SET, a->facts.items[i].key))
			continue;
		str_addf(out, "%s%s", before, a->facts.items[i].key);
		before = ", ";
	}
}

static const char *change_words(enum contact_change change)
{
	static const char *const words[] = {"", ": added", ": changed", ": left", ": removed"};

	return words[change];
}

static void add_cancel(struct str *out, const struct act *a)
{
	if (a->side)
		str_addf(out, ": by %s", side_word(a->side));
	if (a->no_show)
		str_add(out, ", no-show");
}

static void add_schedule(struct str *out, const struct act *a)
{
	add_word(out, ": ", a->activity);
	if (a->side)
		str_addf(out, ", moved by %s", side_word(a->side));
}

void act_add_words(struct str *out, const struct act *a, const struct clock *clock)
{
	str_add(out, act_kinds[a->kind].name);
	switch (a->kind) {
	case ACT_NEW:
		add_new(out, a);
		break;
	case ACT_MEETING:
		add_meeting(out, a);
		break;
	case ACT_CALL:
		add_call(out, a);
		break;
	case ACT_TOUCH:
		add_touch(out, a);
		break;
	case ACT_HEARD:
		if (a->channel)
			str_addf(out, ": by %s", channel_word(a->channel));
		break;
	case ACT_NOTE:
		str_add(out, a->decided ? ": looked at, and kept on purpose" : "");
		break;
	case ACT_SCHEDULE:
		add_schedule(out, a);
		break;
	case ACT_CANCEL:
		add_cancel(out, a);
		break;
	case ACT_COMMITMENT:
		add_commitment(out, a, clock);
		return;
	case ACT_SET:
		add_facts(out, a);
		break;
	case ACT_CONTACT:
		str_add(out, change_words(a->change));
		break;
	case ACT_ABANDON:
		if (a->cause)
			str_addf(out, ": cause %s", cause_word(a->cause));
		break;
	case ACT_UNDO:
		add_word(out, ": takes back ", a->takes_back);
		break;
	case ACT_MERGE:
		add_id(out, ": of ", a->from);
		break;
	case ACT_RENAME:
		add_id(out, ": from ", a->from);
		break;
	case ACT_RESOLVE:
		add_word(out, ": keeps ", a->keep);
		break;
	case ACT_WAIT:
	case ACT_WIN:
	case ACT_REOPEN:
	case ACT_KINDS:
		break;
	}
	add_step(out, a, clock);
}

void act_add_subject(struct str *out, const struct act *a, const char *opportunity,
	const struct clock *clock)
{
	str_addf(out, "%s: ", opportunity);
	act_add_words(out, a, clock);
}

/* ---- trailers ---- */

static void trailer(struct list *out, const char *name, const char *value)
{
	if (value)
		list_take(out, xstrfmt("Fu-%s: %s", name, value));
}

static void word_trailer(struct list *out, const char *name, const char *word)
{
	if (word && process_word_valid(word))
		trailer(out, name, word);
}

static void when_trailer(struct list *out, const char *name, const struct when *w)
{
	struct str text = STR_INIT;

	if (!w->set)
		return;
	when_add_stored(&text, w);
	trailer(out, name, text.buf);
	str_release(&text);
}

static void moment_trailer(struct list *out, const char *name, const struct moment *m)
{
	struct str text = STR_INIT;

	if (!m->set)
		return;
	moment_add(&text, m);
	trailer(out, name, text.buf);
	str_release(&text);
}

static void count_trailer(struct list *out, const char *name, size_t n, bool none)
{
	if (n)
		list_take(out, xstrfmt("Fu-%s: %zu", name, n));
	else if (none)
		trailer(out, name, "none");
}

static void facts_trailer(struct list *out, const struct act *a)
{
	struct str keys = STR_INIT;

	for (size_t i = 0; a->kind == ACT_SET && i < a->facts.n; i++)
		if (fact_field(ACT_SET, a->facts.items[i].key))
			str_addf(&keys, "%s%s", keys.len ? ", " : "", a->facts.items[i].key);
	trailer(out, "Facts", keys.len ? keys.buf : NULL);
	str_release(&keys);
}

static void step_trailers(struct list *out, const struct act *a)
{
	when_trailer(out, "Next", &a->next);
	when_trailer(out, "Confirm", &a->confirm);
	when_trailer(out, "Again", &a->again);
	when_trailer(out, "Wait", &a->wait);
	trailer(out, "No-Next", a->no_next ? "yes" : NULL);
}

void act_add_trailers(struct list *out, const struct act *a, const char *opportunity)
{
	static const char *const changes[] = {NULL, "add", "set", "left", "rm"};

	trailer(out, "Act", act_kinds[a->kind].name);
	trailer(out, "Opportunity", opportunity);
	trailer(out, "Id", a->id);
	moment_trailer(out, "At", &a->at);
	trailer(out, "Outcome", outcome_word(a->outcome));
	word_trailer(out, "Process", a->process);
	word_trailer(out, "Activity", a->activity);
	if (a->kind == ACT_MEETING || a->kind == ACT_COMMITMENT)
		word_trailer(out, "To", a->to);
	if ((a->kind == ACT_MERGE || a->kind == ACT_RENAME) && a->from &&
		opportunity_id_valid(a->from))
		trailer(out, "From", a->from);
	step_trailers(out, a);
	count_trailer(out, "Ours", a->ours.n, a->ours.none);
	count_trailer(out, "Theirs", a->theirs.n, a->theirs.none);
	trailer(out, "Cause", cause_word(a->cause));
	trailer(out, "By", side_word(a->side));
	trailer(out, "No-Show", a->no_show ? "yes" : NULL);
	word_trailer(out, "Commitment", a->commitment);
	when_trailer(out, "Due", &a->due);
	facts_trailer(out, a);
	trailer(out, "Change", changes[a->change]);
	count_trailer(out, "Minutes", (size_t)a->minutes, false);
	word_trailer(out, "Takes-Back", a->takes_back);
	word_trailer(out, "Keeps", a->keep);
	word_trailer(out, "Replaces", a->replaces);
}

/* ---- the next step ---- */

static void add_appointment(struct str *out, const struct step *s, const struct clock *clock)
{
	add_when(out, "appointment ", &s->at, clock);
	if (s->duration.unit) {
		str_add(out, ", ");
		duration_add(out, &s->duration);
		if (s->activity)
			str_add(out, ",");
	}
	if (s->activity)
		str_addf(out, " for %s", s->activity);
}

static void add_tries(struct str *out, int attempts)
{
	if (attempts)
		str_addf(out, ", %d %s so far", attempts, attempts == 1 ? "try" : "tries");
}

static void add_confirmation(struct str *out, const struct step *s, const struct clock *clock)
{
	add_when(out, "confirmation due ", &s->at, clock);
	if (s->outcome) {
		str_addf(out, ", %s", outcome_word(s->outcome));
		if (s->to && s->outcome == OUTCOME_PROCEED)
			str_addf(out, " to %s", s->to);
		str_add(out, " proposed");
	}
	add_tries(out, s->attempts);
}

static void add_adrift(
	struct str *out, const struct opportunity *o, const struct process *process)
{
	if (!opportunity_is_adrift(o, process) && o->now.interval.unit) {
		str_add(out, "in touch ");
		duration_add_every(out, &o->now.interval);
		return;
	}
	str_add(out, "adrift");
	if (!o->now.no_next)
		return;
	str_add(out, ": ");
	quoted_add(out, o->now.no_next);
}

static void add_open_step(struct str *out, const struct opportunity *o,
	const struct process *process, const struct clock *clock)
{
	const struct step *s = &o->now.next;

	switch (s->kind) {
	case STEP_APPOINTMENT:
		add_appointment(out, s, clock);
		break;
	case STEP_CONFIRMATION:
		add_confirmation(out, s, clock);
		break;
	case STEP_CALL:
		add_when(out, "call to schedule ", &s->at, clock);
		if (s->activity)
			str_addf(out, ", for %s", s->activity);
		add_tries(out, s->attempts);
		break;
	case STEP_WAIT:
		add_when(out, "waiting until ", &s->at, clock);
		if (s->because)
			str_addf(out, ", because %s", s->because);
		break;
	case STEP_NONE:
		add_adrift(out, o, process);
		break;
	}
}

void next_add_words(struct str *out, const struct opportunity *o, const struct process *process,
	const struct clock *clock)
{
	struct when closed;

	if (opportunity_is_open(o)) {
		add_open_step(out, o, process, clock);
		return;
	}
	if (o->now.status == STATUS_NONE) {
		str_add(out, "not opened");
		return;
	}
	str_add(out, status_word(o->now.status));
	if (!o->now.closed)
		return;
	closed = when_from_day(moment_day(&o->now.closed->at, clock));
	add_when(out, " ", &closed, clock);
}

/* ---- a commitment ---- */

void commitment_add_words(
	struct str *out, const struct commitment *c, const struct clock *clock)
{
	str_add(out, c->side == SIDE_US ? "we" : "they");
	if (c->promise->who)
		str_addf(out, " (%s)", c->promise->who);
	str_addf(out, ": %s", c->promise->what);
	add_when(out, " by ", &c->due, clock);
	if (c->state != COMMITMENT_OPEN)
		str_addf(out, ", %s", commitment_word(c->state));
}
