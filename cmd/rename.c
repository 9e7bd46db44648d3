/* `fu rename`: an opportunity gets another id; the old one still means it. */
#include "cmd/act_command.h"

#include "core/error.h"
#include "core/mem.h"

#include <string.h>

struct rename_options {
	const char *opp, *id;
};

static const struct positional positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct rename_options, opp)},
	{"<id>", .slot = SLOT_TEXT(struct rename_options, id)},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_FIELD, "minutes", .arg = "<n>", .help = "time spent"},
	{OPT_FIELD, "link", .arg = "<link>", .help = "a URL, a path, a message id"},
	{OPT_FLAG, "no-input", .common = COMMON_BOOL(no_input),
		.help = "never ask, never open an editor"},
	{OPT_GROUP, .group = opts_write},
	{OPT_END},
};

const struct command_spec spec_rename = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct rename_options)};

static int build(struct act_run *run, struct opportunity *o, struct act *a)
{
	const struct rename_options *options = run->options;
	int err;

	if (!strcmp(o->id, options->id)) {
		act_run_say(run, "%s: nothing to do: that is its id already", o->id);
		act_free(a);
		return 0;
	}
	replace_string(&a->from, o->id);
	replace_string(&a->to, options->id);
	err = act_run_rename(run, o, options->id);
	if (err)
		act_free(a);
	else
		act_run_add(run, o, a);
	return err;
}

static const struct act_command rename_command = {.kind = ACT_RENAME, .build = build};

int cmd_rename(struct call *call, const void *options)
{
	const struct rename_options *o = options;

	if (!opportunity_id_valid(o->id))
		return error_set(ERR_USAGE,
			"'%s' is no id: lowercase letters, digits and '-' inside, 64 at the "
			"most",
			o->id);
	return act_command_run(call, &rename_command, o->opp, options);
}
