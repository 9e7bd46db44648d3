/* `fu broken`: a commitment of either side was broken. */
#include "cmd/settle.h"

static const struct opt opts[] = {
	{OPT_FIELD, "because", .arg = "<why>", .help = "what was said about it"},
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

const struct command_spec spec_broken = {
	.opts = opts, .positionals = settle_positionals, .size = sizeof(struct settle_options)};

int cmd_broken(struct call *call, const void *options)
{
	return settle_run(call, options, "broken");
}
