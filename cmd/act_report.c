/* What a run says: its commit, its line on stdout, its JSON. */
#include "cmd/act_run.h"

#include "cmd/printer.h"
#include "cmd/report.h"
#include "core/act_json.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/words.h"

void act_report_commit(
	const struct act_run *run, struct str *subject, struct str *body, struct list *trailers)
{
	const struct clock *clock = repo_clock(run->call->repo);

	for (size_t i = 0; i < run->plan_n; i++) {
		const struct planned *p = &run->plan[i];

		if (!i)
			act_add_subject(subject, p->act, p->o->id, clock);
		if (run->plan_n > 1) {
			str_add(body, i ? "\n- " : "- ");
			act_add_subject(body, p->act, p->o->id, clock);
		}
		act_add_trailers(trailers, p->act, p->o->id);
	}
	if (run->plan_n > 1)
		str_addf(subject, " (and %zu more)", run->plan_n - 1);
}

static bool says_step(const struct act *a)
{
	return a->next.set || a->confirm.set || a->again.set || a->wait.set || a->no_next;
}

static void echo_promises(
	struct str *out, const char *side, const struct promises *p, const struct clock *clock)
{
	for (size_t i = 0; i < p->n; i++) {
		str_add(out, i ? ", " : side);
		when_add_echo(out, &p->items[i].due, clock);
	}
}

/* The dates that the act in words does not have: what was understood is said. */
static void echo_dates(struct str *out, const struct act *a, const struct clock *clock)
{
	echo_promises(out, "; we owe by ", &a->ours, clock);
	echo_promises(out, "; they owe by ", &a->theirs, clock);
	if (a->expires.set) {
		str_add(out, "; expires ");
		when_add_echo(out, &a->expires, clock);
	}
	if (a->at.utc != a->recorded.utc) {
		str_add(out, "; it was ");
		moment_add_echo(out, &a->at, clock);
	}
}

/* ---- the next step: the one that stands, and the one that it replaced ---- */

static void add_next(struct str *out, const struct act_run *run, const struct opportunity *o,
	const struct act *a)
{
	struct ground ground;

	if (act_run_ground(run, o, a, &ground))
		error_clear();
	next_add_words(out, o, ground.process, repo_clock(run->call->repo));
}

/* Whether the step that the act set is the one that holds: no later act set another. */
static bool step_stands(const struct opportunity *o, const struct act *a)
{
	if (!opportunity_is_open(o))
		return false;
	return a->no_next ? o->now.no_next == a->no_next : o->now.next.set_by == a;
}

/* The act in words without a step that does not hold; a proposed outcome is one. */
static void add_without_step(struct str *out, const struct opportunity *o, const struct act *a,
	const struct clock *clock)
{
	static const char *const steps[] = {"next", "again", "wait", "no_next"};
	struct act *bare = act_copy(a);

	for (size_t i = 0; i < ARRAY_SIZE(steps); i++)
		field_clear(bare, field_find(steps[i]));
	opportunity_add_line(out, o, bare, clock);
	act_free(bare);
}

/* The opportunity as it was before the act; the caller frees. */
static struct opportunity *before_act(const struct opportunity *o, const struct act *a)
{
	struct opportunity *before = opportunity_copy(o);

	opportunity_fold_before(before, a);
	return before;
}

static bool lies_ahead(const struct step *step, const struct act *a, const struct clock *clock)
{
	return step->kind != STEP_NONE && step->kind != STEP_CALL &&
	       when_begins(&step->at, clock) > a->at.utc;
}

static int32_t day_of(const struct when *w, const struct clock *clock)
{
	struct moment m = moment_at(when_begins(w, clock), clock);

	return moment_day(&m, clock);
}

/* A meeting on the day of its appointment is the one that was agreed; a call to confirm
 * is about the confirmation. */
static bool settles(const struct step *step, const struct act *a, const struct clock *clock)
{
	if (a->kind == ACT_CALL)
		return a->purpose == PURPOSE_CONFIRM && step->kind == STEP_CONFIRMATION;
	return a->kind == ACT_MEETING && step->kind == STEP_APPOINTMENT &&
	       day_of(&step->at, clock) == moment_day(&a->at, clock);
}

/* It still lay ahead, or was an answer that nobody has fetched, with which the proposed
 * outcome goes. */
static bool was_pending(const struct step *step, const struct act *a, const struct clock *clock)
{
	return step->kind == STEP_CONFIRMATION || lies_ahead(step, a, clock);
}

/* "the wait until Mon 1 Mar 2027" */
static void add_step(struct str *out, const struct step *step, const char *of_appointment,
	const struct clock *clock)
{
	const char *const words[] = {[STEP_APPOINTMENT] = of_appointment,
		[STEP_CONFIRMATION] = "the confirmation due ",
		[STEP_WAIT] = "the wait until "};

	str_add(out, words[step->kind]);
	when_add_echo(out, &step->at, clock);
}

/* A step that was pending is named by the act that put another in its place. */
static void add_replaced(struct str *out, const struct opportunity *o, const struct act *a,
	const struct clock *clock)
{
	struct opportunity *before = before_act(o, a);
	const struct step *was = &before->now.next, *is = &o->now.next;

	if (was_pending(was, a, clock) && !settles(was, a, clock) &&
		!(was->kind == is->kind && when_equal(&was->at, &is->at))) {
		str_add(out, "; replaces ");
		add_step(out, was, "", clock);
	}
	opportunity_free(before);
}

/* What ends with an opportunity that is closed outside a meeting. */
static void add_ended(struct str *out, const struct opportunity *o, const struct act *a,
	const struct clock *clock)
{
	struct opportunity *before = before_act(o, a);
	const struct state *was = &before->now;
	bool any = false;

	if (was_pending(&was->next, a, clock)) {
		str_add(out, "; ends ");
		add_step(out, &was->next, "the appointment of ", clock);
	}
	/* Winning does not: what was promised stays promised. */
	for (size_t i = 0; a->kind == ACT_ABANDON && i < was->commitments_n; i++) {
		if (was->commitments[i].state != COMMITMENT_OPEN)
			continue;
		str_add(out, any ? ", " : "; drops ");
		quoted_add(out, was->commitments[i].promise->what);
		any = true;
	}
	opportunity_free(before);
}

void act_report_line(struct str *out, const struct act_run *run, const struct opportunity *o,
	const struct act *a)
{
	const struct clock *clock = repo_clock(run->call->repo);

	if (!says_step(a)) {
		opportunity_add_line(out, o, a, clock);
		if (opportunity_is_open(o)) {
			str_add(out, "; ");
			add_next(out, run, o, a);
		} else if (a->kind == ACT_WIN || a->kind == ACT_ABANDON) {
			add_ended(out, o, a, clock);
		}
	} else if (step_stands(o, a)) {
		opportunity_add_line(out, o, a, clock);
		add_replaced(out, o, a, clock);
	} else {
		add_without_step(out, o, a, clock);
		str_add(out,
			opportunity_is_open(o) ? "; the next step stays: " : "; it stays ");
		add_next(out, run, o, a);
		str_add(out, ", set later");
	}
	echo_dates(out, a, clock);
}

/* ---- on stderr ---- */

/* A meeting that was not agreed for its day may be one whose day is wrong. */
static void doubt_meeting(struct act_run *run, const struct opportunity *o, const struct act *a)
{
	const struct clock *clock = repo_clock(run->call->repo);
	struct opportunity *before = before_act(o, a);
	const struct step *was = &before->now.next;
	struct when day = when_from_day(moment_day(&a->at, clock));
	struct str on = STR_INIT, due = STR_INIT;

	when_add_echo(&on, &day, clock);
	when_add_echo(&due, &was->at, clock);
	if (settles(was, a, clock))
		;
	else if (was->kind == STEP_APPOINTMENT && lies_ahead(was, a, clock))
		act_run_say(run,
			"warning: the appointment of %s still lay ahead: this meeting, on %s, "
			"settles it",
			due.buf, on.buf);
	else if (was->kind == STEP_APPOINTMENT)
		act_run_say(run,
			"warning: no appointment was pending on %s: this meeting settles that "
			"of %s",
			on.buf, due.buf);
	else if (typed_has(&run->call->typed, "at"))
		act_run_say(run, "warning: no appointment was pending on %s", on.buf);
	str_release(&on);
	str_release(&due);
	opportunity_free(before);
}

void act_report_adrift(
	const struct act_run *run, const struct opportunity *o, const struct act *a)
{
	struct ground ground;

	if (run->call->common.quiet)
		return;
	if (act_run_ground(run, o, a, &ground))
		error_clear();
	if (opportunity_is_adrift(o, ground.process))
		say_hint("it is adrift: fu schedule %s '<day> <time>' gives it a next step",
			o->id);
}

static void print_acts_json(const struct act_run *run)
{
	const struct clock *clock = repo_clock(run->call->repo);
	json_t *acts = json_array(), *document = acts;

	for (size_t i = 0; i < run->plan_n; i++)
		if (!run->plan[i].aside)
			json_array_append_new(
				acts, act_to_json(run->plan[i].act, run->plan[i].o->id, clock));
	if (!run->from_stdin && json_array_size(acts) == 1)
		document = json_incref(json_array_get(acts, 0));
	else if (!run->from_stdin && !json_array_size(acts))
		document = json_null();
	print_json(document);
	if (document != acts)
		json_decref(acts);
}

/* Acts that may take the next step away; of several on one opportunity the last says so. */
static bool may_leave_adrift(const struct act_run *run, size_t i)
{
	const struct planned *p = &run->plan[i];

	if (i + 1 < run->plan_n && run->plan[i + 1].o == p->o)
		return false;
	return p->act->kind == ACT_REOPEN || p->act->kind == ACT_UNDO || p->act->no_next;
}

void act_report(struct act_run *run)
{
	for (size_t i = 0; i < run->plan_n; i++) {
		const struct planned *p = &run->plan[i];
		struct str line = STR_INIT;

		if (p->aside)
			continue;
		if (run->command->say) {
			run->command->say(run, p->o, p->act);
		} else if (act_run_prints(run)) {
			act_report_line(&line, run, p->o, p->act);
			print_line("%s%s", run->call->common.dry_run ? "would record: " : "",
				line.buf);
		}
		if (may_leave_adrift(run, i))
			act_report_adrift(run, p->o, p->act);
		if (p->act->kind == ACT_MEETING)
			doubt_meeting(run, p->o, p->act);
		str_release(&line);
	}
	if (run->call->common.json && !run->call->common.quiet)
		print_acts_json(run);
	for (size_t i = 0; i < run->said.n; i++)
		if (!run->call->common.quiet || starts_with(run->said.items[i], "warning: "))
			say("%s", run->said.items[i]);
}
