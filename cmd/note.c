/* `fu note`: what one wants to remember, and the decision to keep an opportunity. */
#include "cmd/act_command.h"

#include <string.h>

struct note_options {
	const char *opp;
};

static const struct positional positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct note_options, opp)},
	{"<text>", .field = "note", .asked = true},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_FIELD, "decided", .help = "it was looked at, and is kept on purpose"},
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

const struct command_spec spec_note = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct note_options)};

static const struct act_question questions[] = {
	{"note", "what is there to remember", "a line; 'fu note <opp> -e' for more"},
	{NULL},
};

static const struct act_command note_command = {
	.kind = ACT_NOTE, .questions = questions, .takes_stdin = true};

int cmd_note(struct call *call, const void *options)
{
	const struct note_options *o = options;

	return act_command_run(call, &note_command, o->opp, options);
}
