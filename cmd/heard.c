/* `fu heard`: they contacted us. */
#include "cmd/act_command.h"

#include "cmd/dialogue.h"

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

static const struct act_question ask_from = {
	"from", "who was it", "a contact, or enter where it was nobody in particular"};
static const struct act_question ask_channel = {"channel", "how did it come", NULL};
static const struct act_question ask_what = {
	"what", "what did they say or send", "a line; 'fu heard <opp> -e' for more"};
static const struct act_question ask_where = {"where",
	"where do things stand, in their own words", "only if they said something of it"};

/* Who says what it was has said what there is to say. */
static int ask(struct dialogue *d)
{
	int err;

	if (dialogue_given(d, "what") || dialogue_given(d, "where"))
		return 0;
	err = dialogue_field(d, &ask_what, 0);
	if (!err && d->o->now.contacts_n)
		err = dialogue_unless_given(d, &ask_from, ASK_OPTIONAL);
	if (!err)
		err = dialogue_unless_given(d, &ask_channel, ASK_OPTIONAL);
	return err ? err : dialogue_unless_given(d, &ask_where, ASK_OPTIONAL);
}

static const struct act_command heard_command = {.kind = ACT_HEARD, .dialogue = ask};

int cmd_heard(struct call *call, const void *options)
{
	const struct heard_options *o = options;

	return act_command_run(call, &heard_command, o->opp, options);
}
