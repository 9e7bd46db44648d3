/* `fu abandon`: closed outside a meeting, with its cause (C7). */
#include "cmd/act_command.h"

struct abandon_options {
	const char *opp;
};

static const struct positional positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct abandon_options, opp)},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_FIELD, "cause", .flags = OPT_DEMANDED,
		.help = "the time, what fell short, or that it is gone"},
	{OPT_FIELD, "because", .arg = "<why>", .flags = OPT_DEMANDED, .help = "the reason"},
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

const struct command_spec spec_abandon = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct abandon_options)};

static const struct act_question questions[] = {
	{"cause", "what was the cause",
		"timing process decision-maker consultative value qualifying closing withdrawn "
		"gone"},
	{"because", "why", "in a few words, for the next time"},
	{NULL},
};

static const struct act_command abandon_command = {
	.kind = ACT_ABANDON, .questions = questions, .takes_stdin = true};

int cmd_abandon(struct call *call, const void *options)
{
	const struct abandon_options *o = options;

	return act_command_run(call, &abandon_command, o->opp, options);
}
