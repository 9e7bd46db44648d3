/* `fu wait`: not now; it comes back on a date, with a reason (C5). */
#include "cmd/act_command.h"

struct wait_options {
	const char *opp;
};

static const struct positional positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct wait_options, opp)},
	{"<date>", .field = "wait", .asked = true},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_FIELD, "because", .arg = "<why>", .flags = OPT_DEMANDED,
		.help = "what the client said about the time"},
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

const struct command_spec spec_wait = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct wait_options)};

static const struct act_question questions[] = {
	{"wait", "until when", "a day: 'in 2 weeks', '1 oct'"},
	{"because", "why then", "what the client said about the time"},
	{NULL},
};

static const struct act_command wait_command = {
	.kind = ACT_WAIT, .questions = questions, .takes_stdin = true};

int cmd_wait(struct call *call, const void *options)
{
	const struct wait_options *o = options;

	return act_command_run(call, &wait_command, o->opp, options);
}
