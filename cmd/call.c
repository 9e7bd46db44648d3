/* What a command may ask of its call. */
#include "cmd/command.h"

#include "cmd/report.h"

int call_open_repo(struct call *call)
{
	return call->repo ? 0 : repo_open(&call->repo, call->where);
}

int call_identity(struct call *call, char **by)
{
	bool guessed = false;
	int err = git_identity(call->repo, by, &guessed);

	if (err || !guessed || call->identity_said)
		return err;
	call->identity_said = true;
	say_hint("no identity is set: acting as '%s', by the account's name", *by);
	say_hint("set yours: fu config --global user.name '<name>' "
		 "and fu config --global user.email '<mail>'");
	return 0;
}
