/* The options that stand before the command. */
#ifndef FU_CMD_GLOBAL_OPTIONS_H
#define FU_CMD_GLOBAL_OPTIONS_H

#include "cmd/options.h"

struct global_options {
	struct list directories; /* -C, one after the other */
	const char *repo;
	bool no_pager;
	int color;
	bool version;
};

extern const struct command_spec global_spec;

#endif
