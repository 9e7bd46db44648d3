/* fu version */
#include "cmd/command.h"
#include "cmd/printer.h"

const struct command_spec spec_version = {.opts = opts_json};

int cmd_version(struct call *call, const void *options)
{
	(void)options;
	if (call->common.json)
		print_json(json_pack("{s:s}", "version", FU_VERSION));
	else
		print_line("fu version %s", FU_VERSION);
	return 0;
}
