/* fu check --install-hook and --staged: plain `git commit` passes the rules too. */
#ifndef FU_CMD_CHECK_HOOK_H
#define FU_CMD_CHECK_HOOK_H

#include "cmd/command.h"

/* Writes the pre-commit hook. ERR_REFUSED: there is one of somebody else's. */
int check_install_hook(struct call *call);

/* What the hook runs: judges the index. ERR_REFUSED: every fault, with file and line. */
int check_staged(struct call *call);

#endif
