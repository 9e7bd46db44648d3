/* fu log-meeting: the gate. What it demands stands in core/gate.c. */
#include "cmd/act_command.h"

#include "cmd/dialogue.h"
#include "core/error.h"

#include <string.h>

struct log_meeting_options {
	const char *opp;
};

static const struct opt outcome_rows[] = {
	{OPT_FIELD, "outcome", .flags = OPT_DEMANDED, .help = "what came of it"},
	{OPT_FIELD, "to", .arg = "<activity>", .help = "proceed to this one, not to the next"},
	{OPT_FIELD, "cause", .help = "why it did not proceed; for repeat and abandon"},
	{OPT_FIELD, "because", .arg = "<why>", .help = "the reason; for abandon and --wait"},
	{OPT_END},
};

/* --again is taken so that the gate can say why a meeting does not end with it. */
static const struct opt step_rows[] = {
	{OPT_GROUP, .group = opts_appointment},
	{OPT_FIELD, "confirm", .arg = "<when>", .help = "when the client's answer is fetched"},
	{OPT_FIELD, "options", .arg = "<a; b>", .help = "what the client chooses from"},
	{OPT_FIELD, "wait", .arg = "<date>",
		.help = "come back to it on that day; needs --because"},
	{OPT_FIELD, "no-next", .arg = "<words>",
		.help = "the client refused a date: his own words; with repeat"},
	{OPT_FIELD, "again", .arg = "<when>", .flags = OPT_HIDDEN},
	{OPT_END},
};

static const struct opt commitment_rows[] = {
	{OPT_FIELD, "ours", .arg = "<what>", .flags = OPT_DEMANDED,
		.help = "what we owe: '<what> by <when>', or 'none'"},
	{OPT_FIELD, "theirs", .arg = "<what>", .flags = OPT_DEMANDED,
		.help = "what they owe: '[<contact>: ]<what> by <when>', or 'none'"},
	{OPT_END},
};

static const struct opt content_rows[] = {
	{OPT_FIELD, "where", .arg = "<words>",
		.help = "where it stands, in the client's own words"},
	{OPT_FIELD, "temperature", .help = "how warm it is"},
	{OPT_FIELD, "discussed", .arg = "<text>", .help = "what was talked about"},
	{OPT_FIELD, "unsure", .arg = "<question>", .help = "what the client is unsure of"},
	{OPT_FIELD, "note", .arg = "<text>", .help = "what one wants to remember"},
	{OPT_FIELD, "attended", .arg = "<contact>", .help = "who was there"},
	{OPT_FIELD, "channel", .arg = "visit|phone|video", .help = "how it was held"},
	{OPT_END},
};

static const struct opt log_meeting_opts[] = {
	{OPT_GROUP, .group = outcome_rows, .help = "Outcome"},
	{OPT_GROUP, .group = commitment_rows, .help = "Commitments"},
	{OPT_GROUP, "next-step", .group = step_rows, .help = "Next step"},
	{OPT_GROUP, .group = content_rows, .help = "What was said"},
	{OPT_GROUP, .group = opts_meeting},
	{OPT_END},
};

static const struct positional log_meeting_positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct log_meeting_options, opp)},
	{NULL},
};

const struct command_spec spec_log_meeting = {.opts = log_meeting_opts,
	.positionals = log_meeting_positionals,
	.size = sizeof(struct log_meeting_options)};

int cmd_log_meeting(struct call *call, const void *options)
{
	static const struct act_command command = {
		.kind = ACT_MEETING, .dialogue = dialogue_meeting};
	const struct log_meeting_options *o = options;

	return act_command_run(call, &command, o->opp, options);
}
