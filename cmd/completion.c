/* fu completion: the script that makes a shell complete the words of fu. */
#include "cmd/completion.h"

#include "cmd/command.h"
#include "cmd/printer.h"
#include "core/error.h"

#include <stdio.h>
#include <string.h>

struct completion_options {
	const char *shell;
};

static const struct positional positionals[] = {
	{"bash|zsh|fish", .slot = SLOT_TEXT(struct completion_options, shell)},
	{NULL},
};

const struct command_spec spec_completion = {
	.positionals = positionals, .size = sizeof(struct completion_options)};

int cmd_completion(struct call *call, const void *options)
{
	const struct completion_options *o = options;

	(void)call;
	for (const struct completion_script *s = completion_scripts; s->shell; s++)
		if (!strcmp(s->shell, o->shell)) {
			fputs(s->text, stdout);
			return 0;
		}
	return error_set(ERR_USAGE, "unknown shell '%s': bash, zsh or fish", o->shell);
}
