/* `fu kept`: a commitment of either side was kept. */
#include "cmd/settle.h"

static const struct opt opts[] = {
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

const struct command_spec spec_kept = {
	.opts = opts, .positionals = settle_positionals, .size = sizeof(struct settle_options)};

int cmd_kept(struct call *call, const void *options)
{
	return settle_run(call, options, "kept");
}
