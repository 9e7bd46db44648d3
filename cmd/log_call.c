/* fu log-call: a follow-up call, which schedules or confirms and nothing else (A4-A6). */
#include "cmd/act_command.h"

#include "cmd/dialogue.h"

struct log_call_options {
	const char *opp;
};

static const struct positional positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct log_call_options, opp)},
	{NULL},
};

static const struct opt call_rows[] = {
	{OPT_FIELD, "purpose", .flags = OPT_DEMANDED, .help = "what the call was for"},
	{OPT_FIELD, "result", .flags = OPT_DEMANDED, .help = "what came of it"},
	{OPT_FIELD, "spoke-to", .arg = "<contact>", .help = "who was on the line"},
	{OPT_FIELD, "inbound", .help = "they called us"},
	{OPT_FIELD, "where", .arg = "<words>",
		.help = "where it stands, in the client's own words"},
	{OPT_END},
};

static const struct opt decision_rows[] = {
	{OPT_FIELD, "chose", .arg = "<option>", .help = "the option that the client chose"},
	{OPT_FIELD, "outcome", .help = "what that decides; abandon for who declined"},
	{OPT_FIELD, "to", .arg = "<activity>", .help = "proceed to this one, not to the next"},
	{OPT_FIELD, "cause", .help = "why it did not proceed; for repeat and abandon"},
	{OPT_FIELD, "because", .arg = "<why>",
		.help = "the reason; for abandon, undecided and deferred"},
	{OPT_END},
};

static const struct opt step_rows[] = {
	{OPT_GROUP, .group = opts_appointment},
	{OPT_FIELD, "again", .arg = "<when>",
		.help = "the next try; policy.retry, if nobody was reached and nothing is "
			"said"},
	{OPT_FIELD, "wait", .arg = "<date>",
		.help = "come back to it on that day; needs --because"},
	{OPT_END},
};

static const struct opt commitment_rows[] = {
	{OPT_FIELD, "ours", .arg = "<what>",
		.help = "what we owe: '<what> by <when>', or 'none'"},
	{OPT_FIELD, "theirs", .arg = "<what>",
		.help = "what they owe: '[<contact>: ]<what> by <when>', or 'none'"},
	{OPT_END},
};

#define NO_CONTENT                                                                             \
	"a follow-up call schedules or confirms, and its record has no place for what was "    \
	"talked about; a call held as an activity is 'fu log-meeting --channel phone'"

static const struct opt opts[] = {
	{OPT_GROUP, .group = call_rows, .help = "The call"},
	{OPT_GROUP, .group = decision_rows, .help = "What was decided"},
	{OPT_GROUP, "next-step", .group = step_rows, .help = "Next step"},
	{OPT_GROUP, .group = commitment_rows, .help = "Commitments"},
	{OPT_REFUSED, "note", .help = NO_CONTENT},
	{OPT_REFUSED, "discussed", .help = NO_CONTENT},
	{OPT_REFUSED, "unsure", .help = NO_CONTENT},
	{OPT_REFUSED, "what", .help = NO_CONTENT},
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

const struct command_spec spec_log_call = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct log_call_options)};

int cmd_log_call(struct call *call, const void *options)
{
	static const struct act_command command = {.kind = ACT_CALL, .dialogue = dialogue_call};
	const struct log_call_options *o = options;

	return act_command_run(call, &command, o->opp, options);
}
