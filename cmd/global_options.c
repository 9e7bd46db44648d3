#include "cmd/global_options.h"

static const char *const color_words[] = {NULL, "auto", "always", "never", NULL};

static const struct opt global_opts[] = {
	{OPT_LIST, NULL, 'C', .arg = "<dir>",
		.slot = SLOT_LIST(struct global_options, directories),
		.help = "run as if started there"},
	{OPT_TEXT, "repo", .arg = "<dir>", .slot = SLOT_TEXT(struct global_options, repo),
		.help = "the repository"},
	{OPT_FLAG, "no-pager", .slot = SLOT_BOOL(struct global_options, no_pager),
		.help = "print to the terminal itself"},
	{OPT_WORD, "color", .words = color_words,
		.slot = SLOT_INT(struct global_options, color), .help = "when to use colour"},
	{OPT_FLAG, "version", 'v', .slot = SLOT_BOOL(struct global_options, version),
		.help = "show the version"},
	{OPT_END},
};

const struct command_spec global_spec = {
	.opts = global_opts,
	.size = sizeof(struct global_options),
};
