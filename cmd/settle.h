/* What becomes of a commitment: shared by `kept`, `broken` and `move` (B2). */
#ifndef FU_CMD_SETTLE_H
#define FU_CMD_SETTLE_H

#include "cmd/act_command.h"

struct settle_options {
	const char *opp;
	struct list commitments; /* as typed: a prefix of the id, or a word of it */
	const char *commitment;  /* `move`: the one */
};

/* The rows <opp> <commitment>... */
extern const struct positional settle_positionals[];

/* Records one act per commitment named: `to` is "kept", "broken" or "moved". */
int settle_run(struct call *call, const struct settle_options *options, const char *to);

#endif
