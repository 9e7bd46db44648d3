/* `fu set`: the facts on top of an opportunity. */
#include "cmd/act_command.h"
#include "core/error.h"
#include "core/handedit.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

struct set_options {
	const char *opp;
};

static const struct positional positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct set_options, opp)},
	{"<key>=<value>", .repeats = true, .field = "facts"},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_FIELD, "because", .arg = "<why>",
		.help = "the reason; demanded for process= and activity="},
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

const struct command_spec spec_set = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct set_options)};

/* `owner=me` becomes whoever is acting. */
static int complete_owner(struct act_run *run, struct act *a)
{
	const char *typed = facts_get(&a->facts, "owner");
	char *owner = NULL;
	int err;

	if (!typed || !*typed)
		return 0;
	err = act_run_owner(run, typed, &owner);
	if (!err)
		facts_set(&a->facts, "owner", owner);
	free(owner);
	return err;
}

/* Leaves out what holds already; true when nothing is left. */
static bool drop_known(struct act *a, const struct opportunity *o)
{
	struct fact_list known = {0}, kept = {0};

	opportunity_facts(&known, o);
	for (size_t i = 0; i < a->facts.n; i++) {
		const struct fact *fact = &a->facts.items[i];
		const char *now = facts_get(&known, fact->key);

		if (strcmp(now ? now : "", fact->value))
			facts_set(&kept, fact->key, fact->value);
	}
	facts_release(&known);
	facts_release(&a->facts);
	a->facts = kept;
	return !kept.n;
}

/* Another process may not have the present activity: which of its own is for the user
 * to say. Where the reason is missing too, the rules say both. */
static int judge_process(struct act_run *run, const struct opportunity *o, const struct act *a)
{
	struct ground ground;
	int err;

	if (!a->because || !facts_get(&a->facts, "process") || facts_get(&a->facts, "activity"))
		return 0;
	err = act_run_ground(run, o, a, &ground);
	if (!err && o->now.activity && process_find(ground.process, o->now.activity) < 0) {
		struct str names = STR_INIT;

		for (size_t i = 0; i < ground.process->n; i++)
			str_addf(&names, "%s%s", i ? "|" : "",
				ground.process->activities[i].name);
		err = error_set(ERR_REFUSED,
			"process '%s' has no activity '%s': 'activity=' is missing",
			ground.process->name, o->now.activity);
		error_hint("activity=%s", names.buf);
		str_release(&names);
	}
	return err;
}

static int build(struct act_run *run, struct opportunity *o, struct act *a)
{
	int err = complete_owner(run, a);

	err = err ? err : judge_process(run, o, a);
	if (err) {
		act_free(a);
	} else if (drop_known(a, o)) {
		act_run_say(run, "%s: nothing to do: that is so already", o->id);
		act_free(a);
	} else {
		act_run_add(run, o, a);
	}
	return err;
}

static const struct act_command set_command = {
	.kind = ACT_SET, .build = build, .takes_stdin = true};

int cmd_set(struct call *call, const void *options)
{
	const struct set_options *o = options;

	return act_command_run(call, &set_command, o->opp, options);
}
