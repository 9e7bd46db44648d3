/* What a stopped program is at: the file of a call, the code that runs. x86-64. */
#ifndef FU_T_FAULTS_INSIDE_H
#define FU_T_FAULTS_INSIDE_H

#include "t/helper/faults/calls.h"

#include <sys/types.h>
#include <sys/user.h>

/* Whether the call is about a file below the directory one is in or below $HOME, or about
 * no file at all. */
bool call_is_inside(
	pid_t pid, const struct call_kind *kind, const struct user_regs_struct *regs);

/* The file whose code called libc or the loader, or runs itself; NULL: cannot be told. The
 * caller frees it. */
char *whose_code_runs(pid_t pid);

#endif
