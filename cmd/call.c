/* What a command may ask of its call. */
#include "cmd/command.h"

#include "cmd/report.h"
#include "core/mem.h"

#include <stdlib.h>

int call_open_repo(struct call *call)
{
	return call->repo ? 0 : repo_open(&call->repo, call->where);
}

int call_identity(struct call *call, char **by)
{
	bool guessed = false;
	int err = git_identity(call->repo, by, &guessed);

	if (!err && guessed && !call->guessed)
		call->guessed = xstrdup(*by);
	return err;
}

void call_say_identity(struct call *call)
{
	if (call->guessed && call->recorded && !call->common.quiet)
		say_hint("no identity is set: acted as '%s', by the account's name; to set "
			 "yours: "
			 "fu config --global user.name '<name>' && "
			 "fu config --global user.email '<mail>'",
			call->guessed);
	free(call->guessed);
	call->guessed = NULL;
}
