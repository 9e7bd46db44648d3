#include "core/gate.h"

#include "core/error.h"
#include "core/mem.h"
#include "core/merge.h"

#include <stdlib.h>
#include <string.h>

/* ---- time ---- */

void gate_judge_ahead(
	const struct judge *j, const struct act *a, const struct when *w, const char *what)
{
	struct str echo = STR_INIT;

	if (!w->set || when_ends(w, j->g->clock) >= a->at.utc)
		return;
	when_add_echo(&echo, w, j->g->clock);
	REFUSE(j, a, RULE_TIME, NULL, "%s lies in the past: '%s'", what, echo.buf);
	str_release(&echo);
}

static void judge_time(const struct judge *j, const struct act *a)
{
	int64_t entered = a->recorded.set ? a->recorded.utc : j->g->clock->now.utc;

	if (a->at.utc > entered && a->kind != ACT_RESOLVE) {
		struct str echo = STR_INIT;

		moment_add_echo(&echo, &a->at, j->g->clock);
		REFUSE(j, a, RULE_TIME, NULL,
			"what has happened cannot lie in the future: '%s'", echo.buf);
		str_release(&echo);
	}
	if (a->kind == ACT_MERGE) /* what it takes over was said before */
		return;
	gate_judge_ahead(j, a, &a->next, "the appointment");
	gate_judge_ahead(j, a, &a->confirm, "the confirmation");
	gate_judge_ahead(j, a, &a->again, "the next try");
	gate_judge_ahead(j, a, &a->wait, "the date to wait for");
	gate_judge_ahead(j, a, &a->due, "the new due date");
	gate_judge_ahead(j, a, &a->expires, "the expiry date");
}

/* ---- next steps ---- */

void gate_judge_contact_named(const struct judge *j, const struct act *a, const char *name)
{
	const struct contact *c;

	if (!opportunity_contact(j->o, name, &c))
		return;
	error_clear();
	MALFORMED(j, a, RULE_CONTACT, NULL, "no contact '%s' in '%s'", name, j->o->id);
}

static int steps_said(const struct act *a)
{
	return a->next.set + a->confirm.set + a->again.set + a->wait.set + (a->no_next != NULL);
}

/* How an appointment is said: `schedule` takes it without an option. */
static const char *appointment_option(const struct act *a)
{
	return a->kind == ACT_SCHEDULE ? "'<day> <time>'" : "--next '<day> <time>'";
}

void gate_judge_step(const struct judge *j, const struct act *a)
{
	if (steps_said(a) > 1)
		REFUSE(j, a, RULE_NEXT, NULL,
			"an opportunity has one next step, and several are given");
	if (a->next.set && a->next.second == WHEN_DAY_ALONE)
		REFUSE(j, a, RULE_APPOINTMENT, appointment_option(a),
			"an appointment has a day and a time: the time is missing");
	if (!a->next.set && (a->duration.count || a->place || a->with.n))
		REFUSE(j, a, RULE_APPOINTMENT, appointment_option(a),
			"'--for', '--place' and '--with' belong to an appointment: '--next' is "
			"missing");
	if (a->wait.set && !a->because)
		REFUSE(j, a, RULE_BECAUSE, "--because '<why>'",
			"waiting has a reason: '--because' is missing");
	if (a->confirm.set && !a->options.n)
		REFUSE(j, a, RULE_CONFIRM, "--options '<a; b>'",
			"a confirmation names what the client chooses from: '--options' is "
			"missing");
	if (!a->confirm.set && a->options.n)
		REFUSE(j, a, RULE_CONFIRM, "--confirm '<when>'",
			"options are for a confirmation: '--confirm' is missing");
	for (size_t i = 0; a->kind != ACT_NEW && i < a->with.n; i++)
		gate_judge_contact_named(j, a, a->with.items[i]);
}

/* ---- commitments ---- */

static void judge_promises(
	const struct judge *j, const struct act *a, const struct promises *p, const char *side)
{
	char *option = xstrfmt("--%s '<what> by <when>'", side);

	if (p->none && p->n)
		REFUSE(j, a, RULE_COMMITMENTS, NULL,
			"'--%s none' says that there is none, beside one that there is", side);
	for (size_t i = 0; i < p->n; i++) {
		char *what = xstrfmt("the commitment '%s'", p->items[i].what);

		if (!p->items[i].due.set)
			REFUSE(j, a, RULE_COMMITMENTS, option,
				"%s has no due date, and this act sets no next step to be due "
				"at",
				what);
		gate_judge_ahead(j, a, &p->items[i].due, what);
		free(what);
	}
	free(option);
}

static void demand_promises(
	const struct judge *j, const struct act *a, const struct promises *p, const char *side)
{
	char *option;

	if (p->n || p->none)
		return;
	option = xstrfmt("--%s '<what> by <when>' or --%s none", side, side);
	REFUSE(j, a, RULE_COMMITMENTS, option,
		"a meeting ends with commitments of %s: '--%s' is missing",
		j->g->settings->commitments == DEMAND_BOTH ? "both sides" : "the client", side);
	free(option);
}

/* ---- kind by kind ---- */

static void judge_new(const struct judge *j, const struct act *a)
{
	if (!a->title || !*a->title)
		MALFORMED(j, a, RULE_FACT, "<title>", "an opportunity has a title");
	if (!j->standing && (!a->client || !*a->client))
		REFUSE(j, a, RULE_FACT, "--client <name>",
			"an opportunity has a client: '--client' is missing");
	if (!a->process || !a->activity)
		MALFORMED(j, a, RULE_ACTIVITY, NULL,
			"process '%s' has no activity to begin with",
			a->process ? a->process : "");
	if (j->g->process && same_string(j->g->process->name, a->process))
		gate_judge_activity(j, a, a->activity);
	gate_judge_owner(j, a, a->owner);
	gate_judge_contacts(j, a);
	gate_judge_step(j, a);
}

bool gate_leads_nowhere(const struct judge *j, const struct act *a)
{
	const char *activity = a->activity ? a->activity : j->o->now.activity;

	return !j->standing && a->outcome == OUTCOME_PROCEED && !a->to && j->g->process &&
	       activity && process_find(j->g->process, activity) < 0;
}

/* What the process calls differently today has no next activity: it is not the last one. */
static void refuse_nowhere(const struct judge *j, const struct act *a)
{
	const struct process *p = j->g->process;
	struct str option = STR_INIT;

	for (size_t i = 0; i < p->n; i++)
		str_addf(&option, "%s%s", i ? "|" : "--to ", p->activities[i].name);
	REFUSE(j, a, RULE_ACTIVITY, option.buf,
		"'%s' is no activity of process '%s' any more: where it proceeds to is to be "
		"said, '--to' is missing",
		a->activity ? a->activity : j->o->now.activity, p->name);
	str_release(&option);
}

/* It names the activity at which it stands, and no process leads there: it stays (A2). What
 * has been recorded so is held to its day. */
static bool stays(const struct judge *j, const struct act *a)
{
	const struct process *p = j->g->process;
	const char *at = j->o->now.activity, *held = a->activity ? a->activity : at;

	return (!j->standing || a->lenient) && a->outcome == OUTCOME_PROCEED && a->to &&
	       same_string(a->to, at) && p && process_find(p, held) >= 0 &&
	       !same_string(process_after(p, held), a->to);
}

void gate_judge_outcome(const struct judge *j, const struct act *a)
{
	if (stays(j, a))
		REFUSE(j, a, RULE_ACTIVITY, "--outcome repeat " CAUSE_OPTION,
			"it stands at '%s': what stays there is a repeat, and has a cause",
			a->to);
	if (gate_leads_nowhere(j, a))
		refuse_nowhere(j, a);
	if (!a->outcome)
		REFUSE(j, a, RULE_OUTCOME, "--outcome proceed|repeat|abandon",
			a->kind == ACT_CALL ? "what was confirmed decides the outcome: "
					      "'--outcome' is missing"
					    : "a meeting has one of three outcomes: "
					      "'--outcome' is missing");
	if ((a->outcome == OUTCOME_REPEAT || a->outcome == OUTCOME_ABANDON) && !a->cause)
		REFUSE(j, a, RULE_CAUSE, CAUSE_OPTION,
			"%s that does not proceed has a cause: '--cause' is missing",
			a->kind == ACT_CALL ? "an opportunity" : "a meeting");
	if (a->outcome == OUTCOME_PROCEED && a->cause)
		REFUSE(j, a, RULE_CAUSE, NULL, "'--cause' belongs to repeat and abandon");
	if (a->outcome == OUTCOME_ABANDON && !a->because)
		REFUSE(j, a, RULE_BECAUSE, "--because '<why>'",
			"an abandoned opportunity has a reason: '--because' is missing");
	if (a->to && a->outcome != OUTCOME_PROCEED)
		REFUSE(j, a, RULE_ACTIVITY, NULL, "'--to' belongs to proceed");
	gate_judge_activity(j, a, a->to);
}

void gate_refuse_step_at_end(const struct judge *j, const struct act *a)
{
	const char *at = a->activity ? a->activity : j->o->now.activity;

	if (a->outcome == OUTCOME_PROCEED)
		REFUSE(j, a, RULE_NEXT, "--to <activity>",
			"proceeding from '%s', the last activity, wins: nothing comes next",
			at ? at : "");
	else
		REFUSE(j, a, RULE_NEXT, NULL, "an abandoned opportunity has no next step");
}

/* Whether the meeting has to end with a next step and commitments. */
static bool goes_on(const struct judge *j, const struct act *a)
{
	if (a->confirm.set || gate_leads_nowhere(j, a))
		return true;
	/* A completed proceed without a `to` goes beyond the last activity: it wins. */
	return a->outcome == OUTCOME_REPEAT || (a->outcome == OUTCOME_PROCEED && a->to);
}

static void judge_meeting_step(const struct judge *j, const struct act *a)
{
	const struct process *p = j->g->process;
	bool by_interval = p && p->cycle && j->o->now.interval.count;

	if (a->again.set)
		REFUSE(j, a, RULE_NEXT, "--next '<day> <time>'",
			"a meeting ends with a firm appointment, not with another call");
	if (!goes_on(j, a)) {
		if (a->outcome && steps_said(a))
			gate_refuse_step_at_end(j, a);
		return;
	}
	if (!steps_said(a) && !by_interval)
		REFUSE(j, a, RULE_NEXT,
			a->outcome == OUTCOME_REPEAT ? "--next '<day> <time>', --confirm "
						       "'<when>' --options '<a; b>', "
						       "--wait '<date>' --because '<why>' or "
						       "--no-next '<their words>'"
						     : "--next '<day> <time>', --confirm "
						       "'<when>' --options '<a; b>' or "
						       "--wait '<date>' --because '<why>'",
			"a meeting ends with a firm next step: '--next' is missing");
	if (a->no_next && a->outcome != OUTCOME_REPEAT)
		REFUSE(j, a, RULE_NEXT, "--outcome repeat",
			"a client who refuses a date does not proceed: '--no-next' goes with "
			"repeat");
}

static void judge_meeting(const struct judge *j, const struct act *a)
{
	enum demanded demanded = j->g->settings->commitments;

	gate_judge_outcome(j, a);
	/* Said with the outcome still missing, so that all that is missing is said at once. */
	if (!a->outcome && !steps_said(a))
		REFUSE(j, a, RULE_NEXT, "--next '<day> <time>'",
			"a meeting ends with a firm next step: '--next' is missing");
	judge_meeting_step(j, a);
	gate_judge_step(j, a);
	if (goes_on(j, a) || !a->outcome) {
		if (demanded == DEMAND_BOTH)
			demand_promises(j, a, &a->ours, "ours");
		if (demanded != DEMAND_NONE)
			demand_promises(j, a, &a->theirs, "theirs");
	}
	for (size_t i = 0; i < a->attended.n; i++)
		gate_judge_contact_named(j, a, a->attended.items[i]);
}

static void judge_heard(const struct judge *j, const struct act *a)
{
	if (!opportunity_is_open(j->o) && steps_said(a))
		REFUSE(j, a, RULE_CLOSED, "fu reopen <opp> --because '<why>'",
			"'%s' is %s: a next step needs it to be reopened first", j->o->id,
			status_word(j->o->now.status));
	gate_judge_step(j, a);
}

static bool is_blank(const char *text)
{
	return !text || !text[strspn(text, " \t\r\n")];
}

static void judge_note(const struct judge *j, const struct act *a)
{
	if (!a->decided && is_blank(a->note))
		REFUSE(j, a, RULE_FACT, "<text>", "a note says something: its text is missing");
}

static void judge_schedule(const struct judge *j, const struct act *a)
{
	if (!a->next.set)
		REFUSE(j, a, RULE_APPOINTMENT, "'<day> <time>'",
			"an appointment has a day and a time");
	/* Where it stands it stands, also where the process has changed since. */
	if (!same_string(a->activity, j->o->now.activity) &&
		!same_string(a->activity, j->o->now.next.activity))
		gate_judge_activity(j, a, a->activity);
	gate_judge_step(j, a);
}

static void judge_cancel(const struct judge *j, const struct act *a)
{
	const struct step *next = &j->o->now.next;

	if (next->kind != STEP_APPOINTMENT) {
		REFUSE(j, a, RULE_APPOINTMENT, NULL, "'%s' has no appointment to cancel",
			j->o->id);
		WHATEVER_IT_SAYS(j);
		return; /* what else would be missing is no help */
	}
	if (a->no_show && when_begins(&next->at, j->g->clock) > a->at.utc)
		REFUSE(j, a, RULE_TIME, NULL, "it lies ahead: nobody has failed to come yet");
	if (!a->side)
		REFUSE(j, a, RULE_APPOINTMENT, "--by us|them",
			"somebody cancelled it: '--by' is missing");
	gate_judge_step(j, a);
}

const struct commitment *gate_commitment(const struct opportunity *o, const char *id)
{
	for (size_t i = 0; i < o->now.commitments_n; i++)
		if (same_string(o->now.commitments[i].promise->id, id))
			return &o->now.commitments[i];
	return NULL;
}

static const struct promise *promise_in(const struct promises *all, const char *id)
{
	for (size_t i = 0; i < all->n; i++)
		if (same_string(all->items[i].id, id))
			return &all->items[i];
	return NULL;
}

void gate_name_no_commitment(const struct judge *j, const struct act *a, const char *id)
{
	for (size_t i = 0; id && i < j->o->n; i++) {
		const struct act *made_in = j->o->acts[i];
		const struct promise *ours = promise_in(&made_in->ours, id);
		const struct promise *promise = ours ? ours : promise_in(&made_in->theirs, id);
		struct str day = STR_INIT;

		if (!promise || made_in->at.utc <= a->at.utc)
			continue;
		moment_add_echo(&day, &made_in->at, j->g->clock);
		MALFORMED(j, a, RULE_COMMITMENT, NULL, "'%s' was promised only on %s",
			promise->what, day.buf);
		str_release(&day);
		return;
	}
	MALFORMED(j, a, RULE_COMMITMENT, NULL, "no commitment '%s' in '%s'", id ? id : "",
		j->o->id);
}

/* Two people may record the same of one promise: once they meet, it stands twice. */
static bool settled_so(const struct commitment *c, const char *to)
{
	return same_string(to, c->state == COMMITMENT_BROKEN ? "broken" : "kept");
}

static void judge_commitment(const struct judge *j, const struct act *a)
{
	const struct commitment *c = gate_commitment(j->o, a->commitment);

	if (!a->to ||
		(strcmp(a->to, "kept") && strcmp(a->to, "broken") && strcmp(a->to, "moved")))
		MALFORMED(j, a, RULE_COMMITMENT, NULL,
			"a commitment is 'kept', 'broken' or 'moved', not '%s'",
			a->to ? a->to : "");
	if (!c)
		gate_name_no_commitment(j, a, a->commitment);
	else if (c->state != COMMITMENT_OPEN && c->state != COMMITMENT_DROPPED &&
		 !(j->standing && settled_so(c, a->to)))
		REFUSE(j, a, RULE_COMMITMENT,
			"fu log <opp> names the commit that settled it, for fu undo",
			"the commitment '%s' is %s already", c->promise->what,
			c->state == COMMITMENT_LATE ? "kept" : commitment_word(c->state));
	if (same_string(a->to, "moved") && !a->due.set)
		REFUSE(j, a, RULE_COMMITMENT, "<when>",
			"a moved commitment has a new due date");
}

static void judge_wait(const struct judge *j, const struct act *a)
{
	if (!a->wait.set)
		REFUSE(j, a, RULE_NEXT, "<date>", "waiting has a date");
	gate_judge_step(j, a);
}

static void judge_abandon(const struct judge *j, const struct act *a)
{
	if (!a->cause)
		REFUSE(j, a, RULE_CAUSE, CAUSE_OPTION,
			"an abandoned opportunity has a cause: '--cause' is missing");
	if (!a->because)
		REFUSE(j, a, RULE_BECAUSE, "--because '<why>'",
			"an abandoned opportunity has a reason: '--because' is missing");
}

static void judge_reopen(const struct judge *j, const struct act *a)
{
	if (!a->because)
		REFUSE(j, a, RULE_BECAUSE, "--because '<why>'",
			"reopening has a reason: '--because' is missing");
	gate_judge_step(j, a);
}

static void judge_undo(const struct judge *j, const struct act *a)
{
	const struct act *target = opportunity_act(j->o, a->takes_back ? a->takes_back : "");

	if (!target || act_compare(target, a) >= 0)
		MALFORMED(j, a, RULE_UNDO, NULL, "no earlier act '%s' in '%s'",
			a->takes_back ? a->takes_back : "", j->o->id);
}

/* ---- state ---- */

bool gate_possible(const struct opportunity *before, const struct act *a)
{
	if (a->of)
		return true;
	if (!(act_kinds[a->kind].states & 1u << before->now.status))
		return false;
	if (a->kind == ACT_CANCEL)
		return before->now.next.kind == STEP_APPOINTMENT;
	if (a->kind == ACT_COMMITMENT)
		return gate_commitment(before, a->commitment) != NULL;
	if (a->kind == ACT_CONTACT && a->change != CONTACT_ADD)
		return a->contact && gate_has_contact(before, a->contact);
	if (a->kind == ACT_HEARD && !opportunity_is_open(before))
		return !steps_said(a);
	return true;
}

static void judge_state(const struct judge *j, const struct act *a)
{
	const struct state *s = &j->o->now;
	struct str when = STR_INIT;

	if (act_kinds[a->kind].states & 1u << s->status)
		return;
	if (s->status == STATUS_NONE) {
		MALFORMED(j, a, RULE_FIRST, "fu new <title> --client <name>",
			"'%s' has not begun: its first act is 'new'", j->o->id);
	} else if (a->kind == ACT_NEW) {
		MALFORMED(j, a, RULE_FIRST, NULL, "'%s' has begun already", j->o->id);
	} else if (a->kind == ACT_REOPEN) {
		REFUSE(j, a, RULE_CLOSED, NULL, "'%s' is %s already", j->o->id,
			status_word(s->status));
	} else {
		moment_add_echo(&when, &s->closed->at, j->g->clock);
		REFUSE(j, a, RULE_CLOSED, "fu reopen <opp> --because '<why>'",
			"'%s' is %s since %s", j->o->id, status_word(s->status), when.buf);
	}
	WHATEVER_IT_SAYS(j);
	str_release(&when);
}

void gate_judge(const struct judge *j, const struct act *a)
{
	static void (*const judges[ACT_KINDS])(const struct judge *, const struct act *) = {
		[ACT_NEW] = judge_new,
		[ACT_MEETING] = judge_meeting,
		[ACT_CALL] = gate_judge_call,
		[ACT_TOUCH] = gate_judge_touch,
		[ACT_HEARD] = judge_heard,
		[ACT_NOTE] = judge_note,
		[ACT_SCHEDULE] = judge_schedule,
		[ACT_CANCEL] = judge_cancel,
		[ACT_COMMITMENT] = judge_commitment,
		[ACT_WAIT] = judge_wait,
		[ACT_SET] = gate_judge_set,
		[ACT_CONTACT] = gate_judge_contact,
		[ACT_ABANDON] = judge_abandon,
		[ACT_REOPEN] = judge_reopen,
		[ACT_MERGE] = gate_judge_merge,
		[ACT_RENAME] = gate_judge_rename,
		[ACT_RESOLVE] = gate_judge_resolve,
		[ACT_UNDO] = judge_undo,
	};
	size_t before = j->b->n;

	if (a->of) {
		gate_judge_of(j, a);
		if (a->kind == ACT_UNDO)
			judge_undo(j, a);
		return;
	}
	judge_state(j, a);
	if (j->b->n > before) {
		breaches_name(j->b, before, j->o->id);
		return;
	}
	judge_time(j, a);
	if (act_judge_channel(a->kind, a->channel)) {
		MALFORMED(j, a, RULE_VALUE, NULL, "%s", error_message(0));
		error_clear();
	}
	if (judges[a->kind])
		judges[a->kind](j, a);
	judge_promises(j, a, &a->ours, "ours");
	judge_promises(j, a, &a->theirs, "theirs");
	breaches_name(j->b, before, j->o->id);
}
