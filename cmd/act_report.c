/* What a run says: its commit, its line on stdout, its JSON. */
#include "cmd/act_run.h"

#include "cmd/printer.h"
#include "cmd/report.h"
#include "core/act_json.h"
#include "core/error.h"
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

void act_report_line(struct str *out, const struct act_run *run, const struct opportunity *o,
	const struct act *a)
{
	const struct clock *clock = repo_clock(run->call->repo);
	struct ground ground;

	act_add_subject(out, a, o->id, clock);
	if (!says_step(a) && opportunity_is_open(o)) {
		if (act_run_ground(run, o, a, &ground))
			error_clear();
		str_add(out, "; ");
		next_add_words(out, o, ground.process, clock);
	}
	echo_dates(out, a, clock);
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
		str_release(&line);
	}
	if (run->call->common.json && !run->call->common.quiet)
		print_acts_json(run);
	for (size_t i = 0; i < run->said.n; i++)
		if (!run->call->common.quiet || starts_with(run->said.items[i], "warning: "))
			say("%s", run->said.items[i]);
}
