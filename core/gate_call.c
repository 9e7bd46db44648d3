/*
 * The gate of follow-up calls: a call schedules the next activity, or confirms which
 * option the client chose and then schedules it (A4). Nothing else.
 */
#include "core/gate.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

static bool open_confirmation(const struct opportunity *o)
{
	return o->now.next.kind == STEP_CONFIRMATION;
}

bool call_allows(enum purpose purpose, enum result result)
{
	if (!purpose)
		return true;
	switch (result) {
	case RESULT_BOOKED:
		return purpose == PURPOSE_SCHEDULE;
	case RESULT_CONFIRMED:
	case RESULT_UNDECIDED:
		return purpose == PURPOSE_CONFIRM;
	default:
		return true;
	}
}

static const char *results_of(enum purpose purpose)
{
	if (purpose == PURPOSE_SCHEDULE)
		return "--result booked|deferred|declined|no-answer|voicemail";
	if (purpose == PURPOSE_CONFIRM)
		return "--result confirmed|undecided|deferred|declined|no-answer|voicemail";
	return "--result booked|confirmed|undecided|deferred|declined|no-answer|voicemail";
}

static void judge_purpose(const struct judge *j, const struct act *a)
{
	if (!a->purpose)
		REFUSE(j, a, RULE_CALL, "--purpose schedule|confirm",
			"a follow-up call schedules or confirms: '--purpose' is missing");
	if (!a->result)
		REFUSE(j, a, RULE_CALL, results_of(a->purpose),
			"a call has a result: '--result' is missing");
	else if (!call_allows(a->purpose, a->result))
		REFUSE(j, a, RULE_CALL, results_of(a->purpose),
			"'%s' is no result of a call to %s", result_word(a->result),
			purpose_word(a->purpose));
	if (a->purpose == PURPOSE_CONFIRM && !open_confirmation(j->o))
		REFUSE(j, a, RULE_CONFIRM, "--purpose schedule",
			"'%s' has no open confirmation", j->o->id);
}

static void judge_role(const struct judge *j, const struct act *a)
{
	if (!j->g->salesperson || j->g->settings->roles != ROLES_ENFORCED)
		return;
	REFUSE(j, a, RULE_ROLE, "fu log-meeting <opp> --channel phone",
		"follow-up calls are the coordinator's: 'policy.roles' is enforced, "
		"and 'fu.role' is salesperson; a call held as an activity is a "
		"meeting");
	WHATEVER_IT_SAYS(j);
}

/* ---- what only some results have ---- */

static void refuse_with(const struct judge *j, const struct act *a, bool given,
	const char *option, const char *why)
{
	if (given)
		REFUSE(j, a, RULE_CALL, NULL, "'%s' does not go with '--result %s': %s", option,
			result_word(a->result), why);
}

static void judge_what_goes_with(const struct judge *j, const struct act *a)
{
	bool decides = a->result == RESULT_CONFIRMED;
	bool reached = result_reached(a->result);

	refuse_with(j, a, a->next.set && !decides && a->result != RESULT_BOOKED, "--next",
		"no appointment was made");
	refuse_with(j, a, a->wait.set && !decides && a->result != RESULT_DEFERRED, "--wait",
		"nothing was put off");
	refuse_with(j, a,
		a->again.set &&
			(decides || a->result == RESULT_BOOKED || a->result == RESULT_DEFERRED),
		"--again", "no other try is needed");
	refuse_with(j, a, a->chose && !decides, "--chose", "no option was confirmed");
	refuse_with(j, a, a->outcome && !decides && a->result != RESULT_DECLINED, "--outcome",
		"nothing was decided");
	refuse_with(j, a, a->spoke_to && !reached, "--spoke-to", "nobody was reached");
	refuse_with(j, a, a->inbound && !reached, "--inbound", "who calls us has been reached");
	refuse_with(j, a, a->where && !reached, "--where", "nobody was reached");
	refuse_with(
		j, a, (a->ours.n || a->ours.none) && !reached, "--ours", "nobody was reached");
	refuse_with(j, a, (a->theirs.n || a->theirs.none) && !reached, "--theirs",
		"nobody was reached");
}

/* ---- result by result ---- */

static void judge_booked(const struct judge *j, const struct act *a)
{
	if (!a->next.set)
		REFUSE(j, a, RULE_NEXT, "--next '<day> <time>'",
			"what was booked is an appointment: '--next' is missing");
}

static void judge_chosen(const struct judge *j, const struct act *a)
{
	const struct list *options = open_confirmation(j->o) ? j->o->now.next.options : NULL;
	struct str names = STR_INIT;

	if (a->chose && (!options || list_has(options, a->chose)))
		return;
	for (size_t i = 0; options && i < options->n; i++)
		str_addf(&names, "%s--chose '%s'", i ? " or " : "", options->items[i]);
	REFUSE(j, a, a->chose ? RULE_CALL : RULE_CONFIRM,
		names.len ? names.buf : "--chose '<option>'",
		a->chose ? "'%s' is none of the options"
			 : "a confirmation says what the client "
			   "chose: '--chose' is missing",
		a->chose);
	str_release(&names);
}

/* What a decided outcome needs: the same as at the end of a meeting, but for commitments
 * (B2: a call may have them). */
static void judge_confirmed(const struct judge *j, const struct act *a)
{
	bool goes_on = a->outcome == OUTCOME_REPEAT ||
		       (a->outcome == OUTCOME_PROCEED && a->to) || gate_leads_nowhere(j, a);

	judge_chosen(j, a);
	gate_judge_outcome(j, a);
	if ((goes_on || !a->outcome) && !a->next.set && !a->wait.set &&
		!(j->g->process && j->g->process->cycle && j->o->now.interval.count))
		REFUSE(j, a, RULE_NEXT,
			"--next '<day> <time>' or --wait '<date>' --because '<why>'",
			"a confirmed outcome has a firm next step: '--next' is missing");
	if (a->outcome && !goes_on && (a->next.set || a->wait.set))
		gate_refuse_step_at_end(j, a);
}

static void judge_undecided(const struct judge *j, const struct act *a)
{
	if (!a->again.set)
		REFUSE(j, a, RULE_NEXT, "--again '<when>'",
			"an open answer is fetched another time: '--again' is missing");
	if (!a->because)
		REFUSE(j, a, RULE_BECAUSE, "--because '<why>'",
			"who is undecided has a reason: '--because' is missing");
}

static void judge_deferred(const struct judge *j, const struct act *a)
{
	if (a->wait.set)
		return; /* its reason is every wait's */
	REFUSE(j, a, RULE_NEXT, "--wait '<date>'",
		"who puts it off says until when: '--wait' is missing");
	if (!a->because)
		REFUSE(j, a, RULE_BECAUSE, "--because '<why>'",
			"waiting has a reason: '--because' is missing");
}

static void judge_declined(const struct judge *j, const struct act *a)
{
	if (a->outcome && a->outcome != OUTCOME_ABANDON) {
		REFUSE(j, a, RULE_OUTCOME, "--outcome abandon",
			"a client who declines does not %s", outcome_word(a->outcome));
		return;
	}
	if (a->outcome && a->again.set)
		gate_refuse_step_at_end(j, a);
	if (a->outcome)
		gate_judge_outcome(j, a);
	else if (a->cause)
		REFUSE(j, a, RULE_CAUSE, "--outcome abandon",
			"'--cause' belongs to an outcome: '--outcome' is missing");
}

static void judge_unreached(const struct judge *j, const struct act *a)
{
	const struct step *step = &j->o->now.next;

	if (a->again.set && step->kind == STEP_APPOINTMENT &&
		!(j->standing && step_outlasts(step, a)))
		REFUSE(j, a, RULE_NEXT, NULL,
			"a try that reached nobody leaves the appointment as it is: '--again' "
			"does not go with it");
}

void gate_judge_call(const struct judge *j, const struct act *a)
{
	static void (*const judges[])(const struct judge *, const struct act *) = {
		[RESULT_BOOKED] = judge_booked,
		[RESULT_CONFIRMED] = judge_confirmed,
		[RESULT_UNDECIDED] = judge_undecided,
		[RESULT_DEFERRED] = judge_deferred,
		[RESULT_DECLINED] = judge_declined,
		[RESULT_NO_ANSWER] = judge_unreached,
		[RESULT_VOICEMAIL] = judge_unreached,
	};

	judge_role(j, a);
	judge_purpose(j, a);
	if (a->purpose == PURPOSE_CONFIRM && !open_confirmation(j->o))
		return; /* what else would be missing is no help */
	if (a->result && call_allows(a->purpose, a->result)) {
		judge_what_goes_with(j, a);
		judges[a->result](j, a);
	}
	gate_judge_step(j, a);
	if (a->spoke_to)
		gate_judge_contact_named(j, a, a->spoke_to);
}

/* ---- what follows from it and was not said ---- */

/* A try that reached nobody sets the next one, but not in the place of what was agreed
 * with the client and still lies ahead. */
static bool leaves_step(const struct judge *j, const struct act *a)
{
	const struct step *step = &j->o->now.next;

	switch (step->kind) {
	case STEP_APPOINTMENT:
		return true;
	case STEP_CONFIRMATION:
		return a->purpose != PURPOSE_CONFIRM;
	case STEP_WAIT:
		return when_begins(&step->at, j->g->clock) > a->at.utc;
	default:
		return false;
	}
}

static void complete_retry(const struct judge *j, struct act *a)
{
	if (!a->again.set && !leaves_step(j, a))
		a->again = gate_retry(j, a);
}

static bool begins_folded(const char *option, const char *typed)
{
	struct str folded = STR_INIT, part = STR_INIT;
	bool begins;

	utf8_fold(&folded, option);
	utf8_fold(&part, typed);
	begins = part.len && starts_with(folded.buf, part.buf);
	str_release(&folded);
	str_release(&part);
	return begins;
}

/* The one option that begins so, in full; what is none of them is for the rules to refuse. */
static void complete_choice(const struct opportunity *o, struct act *a)
{
	const struct list *options = o->now.next.options;
	const char *only = NULL;
	size_t found = 0;

	if (!a->chose || !options || list_has(options, a->chose))
		return;
	for (size_t i = 0; i < options->n; i++)
		if (begins_folded(options->items[i], a->chose)) {
			only = options->items[i];
			found++;
		}
	if (found == 1)
		replace_string(&a->chose, only);
}

/* What the meeting proposed holds, where the call does not say otherwise. */
static void complete_confirmed(const struct judge *j, struct act *a)
{
	const struct step *step = &j->o->now.next;
	const struct process *p = j->g->process;
	const char *at = j->o->now.activity;

	if (!open_confirmation(j->o))
		return;
	complete_choice(j->o, a);
	if (a->outcome == step->outcome && !a->cause && a->outcome != OUTCOME_PROCEED)
		a->cause = step->cause;
	if (a->outcome != OUTCOME_PROCEED || a->to)
		return;
	if (step->outcome == OUTCOME_PROCEED && step->to)
		a->to = xstrdup(step->to);
	else if (p && at && (p->cycle || !process_is_last(p, at)))
		a->to = xstrdup_or_null(process_after(p, at));
}

void gate_complete_call(const struct judge *j, struct act *a)
{
	if (a->result == RESULT_CONFIRMED)
		complete_confirmed(j, a);
	else if (a->result && !result_reached(a->result))
		complete_retry(j, a);
	else if (a->result == RESULT_DECLINED && !a->outcome &&
		 j->o->now.next.kind != STEP_APPOINTMENT)
		complete_retry(j, a);
}
