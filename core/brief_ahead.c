/* The brief's first and last part: what this contact is for, what it must end with, and
 * what to ask. */
#include "core/brief.h"

#include "core/mem.h"
#include "core/prose.h"

#include <stdlib.h>
#include <string.h>

/* True if the step's appointment is over. */
static bool is_over(const struct brief *b)
{
	const struct step *step = &b->o->now.next;
	int64_t ends = when_begins(&step->at, b->ground->clock);

	if (step->duration.count)
		ends += duration_seconds(&step->duration);
	return step->kind == STEP_APPOINTMENT && b->ground->clock->now.utc >= ends;
}

static void add_tries(struct str *out, int attempts)
{
	if (attempts)
		str_addf(out, "; %d %s so far reached nobody", attempts,
			attempts == 1 ? "try" : "tries");
}

/* ", due Tue 24 Nov", ", overdue since Tue 24 Nov" */
static void add_due(struct str *out, const struct brief *b)
{
	const struct when *at = &b->o->now.next.at;
	bool overdue = at->set && b->ground->clock->now.utc > when_ends(at, b->ground->clock);

	prose_add_when(out, overdue ? ", overdue since " : ", due ", at, b->ground->clock);
}

/* ---- what it is for ---- */

static void add_appointment(struct str *out, const struct brief *b)
{
	const struct step *step = &b->o->now.next;

	brief_add_activity(out, step->activity);
	if (out->len)
		out->buf[0] = 'T';
	prose_add_when(out, is_over(b) ? " of " : " on ", &step->at, b->ground->clock);
	if (is_over(b)) {
		str_add(out, " is over, and how it ended is not recorded");
		return;
	}
	if (step->duration.count) {
		str_add(out, ", ");
		duration_add(out, &step->duration);
	}
	prose_add(out, ", ", step->place);
	if (step->with)
		prose_add_series(out, ", with ", step->with, " and ", false);
}

static void add_confirmation(struct str *out, const struct brief *b)
{
	const struct step *step = &b->o->now.next;

	str_add(out, "A call to fetch their answer");
	add_due(out, b);
	if (step->options)
		prose_add_series(out, ": ", step->options, " or ", true);
	add_tries(out, step->attempts);
}

static void add_call(struct str *out, const struct brief *b)
{
	const struct step *step = &b->o->now.next;

	str_add(out, "A call to book ");
	brief_add_activity(out, step->activity);
	add_due(out, b);
	prose_add(out, ", because ", step->because);
	add_tries(out, step->attempts);
}

static void add_wait(struct str *out, const struct brief *b)
{
	const struct step *step = &b->o->now.next;
	bool back = b->ground->clock->now.utc >= when_begins(&step->at, b->ground->clock);

	if (back) {
		str_add(out, "Back from waiting");
		prose_add_when(out, " since ", &step->at, b->ground->clock);
		prose_add_quoted(out, ", for: ", step->because);
		str_add(out, "; a call to book ");
		brief_add_activity(out, step->activity);
		return;
	}
	prose_add_when(out, "It waits until ", &step->at, b->ground->clock);
	prose_add_quoted(out, ", for: ", step->because);
}

static void add_no_step(struct str *out, const struct brief *b)
{
	const struct state *s = &b->o->now;

	if (!opportunity_is_adrift(b->o, b->ground->process)) {
		str_add(out, "Staying in touch, ");
		duration_add_every(out, &s->interval);
		str_add(out, " as agreed: bring something that helps them");
		return;
	}
	str_add(out, "It is adrift: there is no next step");
	prose_add_quoted(out, ", and they said ", s->no_next);
}

static void add_closed(struct str *out, const struct brief *b)
{
	const struct state *s = &b->o->now;

	if (s->status == STATUS_NONE) {
		str_add(out, "It is not opened: what opened it was taken back");
		return;
	}
	str_addf(out, "None: it was %s", status_word(s->status));
	prose_add_day(out, " on ", s->closed, b->ground->clock);
	if (s->closed)
		prose_add_quoted(out, ", because ", s->closed->because);
}

/* The meeting is with a reseller, not with the end client (A9). */
static void add_via(struct brief *b)
{
	const struct state *s = &b->o->now;
	struct str text = STR_INIT;

	if (!prose_says(s->via))
		return;
	prose_add(&text, "You talk to ", s->via);
	if (prose_says(s->client))
		prose_add(&text, ", who sells on to ", s->client);
	else
		str_add(&text, ", who sells on to the end client");
	brief_say(b, BRIEF_PURPOSE, &text);
}

static void add_purpose(struct brief *b)
{
	struct str text = STR_INIT;

	if (!opportunity_is_open(b->o))
		add_closed(&text, b);
	else if (b->o->now.next.kind == STEP_APPOINTMENT)
		add_appointment(&text, b);
	else if (b->o->now.next.kind == STEP_CONFIRMATION)
		add_confirmation(&text, b);
	else if (b->o->now.next.kind == STEP_CALL)
		add_call(&text, b);
	else if (b->o->now.next.kind == STEP_WAIT)
		add_wait(&text, b);
	else
		add_no_step(&text, b);
	brief_say(b, BRIEF_PURPOSE, &text);
	add_via(b);
}

/* ---- what it must end with ---- */

/* "on to the proposal", "the order" after the last activity. */
static void add_proceeding(struct str *out, const struct brief *b)
{
	const struct process *p = b->ground->process;
	const char *activity = b->o->now.activity;
	const char *next = p && activity ? process_after(p, activity) : NULL;

	if (next)
		str_addf(out, "on to the %s", next);
	else if (p && activity && process_is_last(p, activity))
		str_add(out, "won");
	else
		str_add(out, "on to what follows");
}

static void add_meeting_end(struct str *out, const struct brief *b)
{
	str_add(out, "One of three outcomes: proceed (");
	add_proceeding(out, b);
	str_add(out, "), repeat or abandon; then a firm date and time for what comes next, "
		     "and what each side does by when");
}

static void add_confirmation_end(struct str *out, const struct brief *b)
{
	const struct step *step = &b->o->now.next;

	str_add(out, "Which of them it is");
	if (!step->options || !step->options->n) {
		str_truncate(out, 0);
		str_add(out, "A clear answer");
	}
	if (step->outcome == OUTCOME_ABANDON) {
		str_add(out, "; abandoning it was proposed");
	} else if (step->outcome == OUTCOME_REPEAT) {
		str_add(out, "; repeating ");
		brief_add_activity(out, step->activity);
		str_add(out, " was proposed, so book it at once");
	} else if (prose_says(step->to)) {
		str_add(out, ", and with it a firm date and time for ");
		brief_add_activity(out, step->to);
	} else if (step->outcome == OUTCOME_PROCEED) {
		str_add(out, "; with it this is won");
	}
}

static void add_booking_end(struct str *out, const struct brief *b)
{
	const struct step *step = &b->o->now.next;

	str_add(out, "A firm date and time for ");
	brief_add_activity(out, step->activity ? step->activity : b->o->now.activity);
	str_add(out, ": offer two to choose from");
}

static void add_end(struct brief *b)
{
	struct str text = STR_INIT;
	bool adrift = opportunity_is_adrift(b->o, b->ground->process);

	if (!opportunity_is_open(b->o))
		return;
	switch (b->o->now.next.kind) {
	case STEP_APPOINTMENT:
		add_meeting_end(&text, b);
		break;
	case STEP_CONFIRMATION:
		add_confirmation_end(&text, b);
		break;
	case STEP_NONE:
		if (adrift)
			add_booking_end(&text, b);
		else
			str_add(&text, "Something that they can use, of one of the nine kinds");
		break;
	case STEP_CALL:
	case STEP_WAIT:
		add_booking_end(&text, b);
		break;
	}
	brief_say(b, BRIEF_ENDS_WITH, &text);
}

/* ---- what to ask ---- */

/* Of the activity whose meeting comes: after a confirmation the one that was proposed. */
static void add_questions(struct brief *b)
{
	const struct process *p = b->ground->process;
	const struct step *step = &b->o->now.next;
	const char *activity =
		step->kind == STEP_CONFIRMATION && step->to ? step->to : b->o->now.activity;
	int at = p && activity ? process_find(p, activity) : -1;

	if (at < 0)
		return;
	for (size_t i = 0; i < p->activities[at].questions.n; i++) {
		char *question = prose_tidy(p->activities[at].questions.items[i]);

		if (question)
			list_take(&b->parts[BRIEF_QUESTIONS], question);
	}
}

/* Those of B1 and B3 that are not answered yet; whatever the activity. */
static void add_standing(struct brief *b)
{
	struct list *ask = &b->parts[BRIEF_ASK];

	list_add(ask, "Where do things stand on your side?");
	list_add(ask, "What are the next steps, who takes them, and by when?");
	list_add(ask, b->parts[BRIEF_UNSURE].n ? "What else is still unsure?"
					       : "What is still unsure?");
	if (!b->o->now.temperature)
		list_add(ask, "How likely is it that this goes ahead?");
}

void brief_add_ahead(struct brief *b)
{
	add_purpose(b);
	add_end(b);
	if (!opportunity_is_open(b->o))
		return;
	add_standing(b);
	add_questions(b);
}
