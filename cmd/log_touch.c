/* fu log-touch: a contact outside the process, which gives the client something (C1, C2). */
#include "cmd/act_command.h"

#include "core/error.h"

#include <string.h>

struct log_touch_options {
	const char *opp;
};

static const struct positional positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct log_touch_options, opp)},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_FIELD, "gives", .flags = OPT_DEMANDED, .help = "what the client gets out of it"},
	{OPT_FIELD, "what", .arg = "<text>", .flags = OPT_DEMANDED,
		.help = "what it was, in a sentence that would do as its subject"},
	{OPT_FIELD, "channel", .arg = "mail|phone|post|visit", .help = "how it went"},
	{OPT_FIELD, "keeps", .arg = "<commitment>",
		.help = "a commitment of ours that it keeps"},
	{OPT_FIELD, "answers", .arg = "<question>",
		.help = "a question of theirs that it answers"},
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

const struct command_spec spec_log_touch = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct log_touch_options)};

static const struct act_question questions[] = {
	{"gives", "what does it give them",
		"saving-time, efficiency, instruction, education, new-thinking, new-approach, "
		"industry-peers, best-practices or application"},
	{"what", "what was it", "a line; 'fu log-touch <opp> -e' for more"},
	{NULL},
};

int cmd_log_touch(struct call *call, const void *options)
{
	static const struct act_command command = {.kind = ACT_TOUCH, .questions = questions};
	const struct log_touch_options *o = options;

	return act_command_run(call, &command, o->opp, options);
}
