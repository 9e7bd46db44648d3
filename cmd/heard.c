/* `fu heard`: they contacted us. */
#include "cmd/act_command.h"

struct heard_options {
	const char *opp;
};

static const struct positional positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct heard_options, opp)},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_FIELD, "from", .arg = "<contact>", .help = "who it was"},
	{OPT_FIELD, "channel", .help = "how it came"},
	{OPT_FIELD, "what", .arg = "<text>", .help = "what they said or sent"},
	{OPT_FIELD, "where", .arg = "<words>",
		.help = "where things stand, in their own words"},
	{OPT_FIELD, "ours", .arg = "<commitment>",
		.help = "what we will do: '<what> by <when>', or 'none'"},
	{OPT_FIELD, "theirs", .arg = "<commitment>",
		.help = "what they will do: '[<contact>: ]<what> by <when>', or 'none'"},
	{OPT_GROUP, .group = opts_next_step},
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

const struct command_spec spec_heard = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct heard_options)};

static const struct act_command heard_command = {.kind = ACT_HEARD};

int cmd_heard(struct call *call, const void *options)
{
	const struct heard_options *o = options;

	return act_command_run(call, &heard_command, o->opp, options);
}
