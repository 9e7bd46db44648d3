/* `fu move`: a commitment gets a new due date. */
#include "cmd/settle.h"

static const struct positional positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct settle_options, opp)},
	{"<commitment>", .slot = SLOT_TEXT(struct settle_options, commitment)},
	{"<when>", .field = "due"},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_FIELD, "because", .arg = "<why>", .help = "the reason"},
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

const struct command_spec spec_move = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct settle_options)};

int cmd_move(struct call *call, const void *options)
{
	return settle_run(call, options, "moved");
}
