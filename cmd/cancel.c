/* `fu cancel`: an appointment that did not take place (D2). */
#include "cmd/act_command.h"

struct cancel_options {
	const char *opp;
};

static const struct positional positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct cancel_options, opp)},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_FIELD, "by", .field = "side", .flags = OPT_DEMANDED, .help = "who cancelled it"},
	{OPT_FIELD, "no-show", .help = "nobody came, and nobody said so before"},
	{OPT_GROUP, .group = opts_next_step},
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

const struct command_spec spec_cancel = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct cancel_options)};

static const struct act_question questions[] = {
	{"side", "who cancelled it", "it is counted for each side"},
	{NULL},
};

static const struct act_command cancel_command = {.kind = ACT_CANCEL, .questions = questions};

int cmd_cancel(struct call *call, const void *options)
{
	const struct cancel_options *o = options;

	return act_command_run(call, &cancel_command, o->opp, options);
}
