/* `fu merge`: two opportunities that are one. */
#include "core/merge.h"

#include "cmd/act_command.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/words.h"

#include <stdlib.h>
#include <string.h>

struct merge_options {
	const char *from, *into;
};

static const struct positional positionals[] = {
	{"<from>", .slot = SLOT_TEXT(struct merge_options, from)},
	{"<into>", .slot = SLOT_TEXT(struct merge_options, into)},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_FIELD, "minutes", .arg = "<n>", .help = "time spent on finding out"},
	{OPT_FIELD, "link", .arg = "<link>", .help = "a URL, a path, a message id"},
	{OPT_FLAG, "no-input", .common = COMMON_BOOL(no_input),
		.help = "never ask, never open an editor"},
	{OPT_GROUP, .group = opts_write},
	{OPT_END},
};

const struct command_spec spec_merge = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct merge_options)};

/* ---- the next step that is not taken over ---- */

/* The command that would give `into` the step; false: there is none. */
static bool add_command(struct str *out, const struct opportunity *into,
	const struct step *step, const struct clock *clock)
{
	struct str when = STR_INIT;
	bool there = step->kind == STEP_APPOINTMENT || step->kind == STEP_WAIT;

	when_add_stored(&when, &step->at);
	if (step->kind == STEP_APPOINTMENT && when_begins(&step->at, clock) <= clock->now.utc)
		str_addf(out, "fu log-meeting %s --at '%s'", into->id, when.buf);
	else if (step->kind == STEP_APPOINTMENT)
		str_addf(out, "fu schedule %s '%s'", into->id, when.buf);
	else if (there)
		str_addf(out, "fu wait %s '%s' --because '<why>'", into->id, when.buf);
	str_release(&when);
	return there;
}

static void say_left_step(
	struct act_run *run, const struct opportunity *into, const struct opportunity *from)
{
	const struct step *kept = &into->now.next, *left = &from->now.next;
	const struct clock *clock = repo_clock(run->call->repo);
	struct str words = STR_INIT, command = STR_INIT;

	if (kept->kind == STEP_NONE || left->kind == STEP_NONE ||
		(kept->kind == left->kind && when_equal(&kept->at, &left->at)))
		return;
	next_add_words(&words, from, NULL, clock);
	act_run_say(run, "warning: '%s' keeps its own next step; that of '%s' ends: %s",
		into->id, from->id, words.buf);
	if (add_command(&command, into, left, clock))
		act_run_say(run, "hint: %s", command.buf);
	str_release(&command);
	str_release(&words);
}

/* Closed ones take a merge; but no open one ends in silence. */
static void say_ended(
	struct act_run *run, const struct opportunity *into, const struct opportunity *from)
{
	const char *status = status_word(into->now.status);

	if (!opportunity_is_open(from) || opportunity_is_open(into))
		return;
	act_run_say(run, "warning: '%s' is %s: '%s', which is %s, ends with it", into->id,
		status, from->id, status_word(from->now.status));
	act_run_say(run, "hint: fu reopen %s --because '<why>' opens it again", into->id);
}

/* ---- the act ---- */

static int judge(const struct opportunity *into, const struct opportunity *from)
{
	struct breaches breaches = {0};
	int err;

	merge_judge(&breaches, into, from);
	err = breaches_raise(&breaches);
	breaches_release(&breaches);
	return err;
}

static int build(struct act_run *run, struct opportunity *into, struct act *a)
{
	struct opportunity *from = NULL;
	int err = act_run_open(run, run->options, &from);

	err = err ? err : judge(into, from);
	if (err) {
		act_free(a);
		return err;
	}
	merge_complete(a, into, from);
	say_left_step(run, into, from);
	say_ended(run, into, from);
	merge_take_acts(into, from);
	act_run_remove(run, from);
	act_run_add(run, into, a);
	return 0;
}

static const struct act_command merge_command = {.kind = ACT_MERGE, .build = build};

static int judge_pair(const struct merge_options *o, const char *from, const char *into)
{
	if (strcmp(from, into))
		return 0;
	if (!strcmp(o->from, from) || starts_with(from, o->from))
		return error_set(ERR_REFUSED, "'%s' cannot be merged into itself", from);
	return error_set(ERR_REFUSED, "'%s' is '%s' already", o->from, into);
}

int cmd_merge(struct call *call, const void *options)
{
	const struct merge_options *o = options;
	char *from = NULL, *into = NULL;
	int err = call_open_repo(call);

	err = err ? err : repo_resolve(call->repo, o->from, &from);
	err = err ? err : repo_resolve(call->repo, o->into, &into);
	err = err ? err : judge_pair(o, from, into);
	if (!err)
		err = act_command_run(call, &merge_command, into, from);
	free(from);
	free(into);
	return err;
}
