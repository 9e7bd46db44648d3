/* `fu reopen`: a closed opportunity comes back. */
#include "cmd/act_command.h"

struct reopen_options {
	const char *opp;
};

static const struct positional positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct reopen_options, opp)},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_GROUP, .group = opts_next_step},
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

/* With a next step --because is one of many; here it is demanded. */
static const char *const forms[] = {"<opp> --because <why> [<next-step>] [<options>]", NULL};

const struct command_spec spec_reopen = {.opts = opts,
	.positionals = positionals,
	.size = sizeof(struct reopen_options),
	.forms = forms};

static const struct act_question questions[] = {
	{"because", "why", "what has changed"},
	{NULL},
};

static const struct act_command reopen_command = {.kind = ACT_REOPEN, .questions = questions};

int cmd_reopen(struct call *call, const void *options)
{
	const struct reopen_options *o = options;

	return act_command_run(call, &reopen_command, o->opp, options);
}
