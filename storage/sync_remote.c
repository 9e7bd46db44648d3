/*
 * What needs the network is done by the git program, with the user's own ssh
 * configuration, agents and credential helpers (libgit2 has none of them).
 */
#include "storage/sync.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/program.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What git said becomes our messages, so that what a remote sends is made safe. */
static void add_words(const struct str *said)
{
	char *copy = xstrdup(said->buf), *rest = copy;

	while (rest) {
		char *line = trim(strsep(&rest, "\n"));

		if (starts_with(line, "hint: "))
			continue;
		if (*line)
			error_add(ERR_FAILED, "git: %s", line);
	}
	free(copy);
}

/* `what` is being done: "cannot <what>". */
static int run(const char *const *argv, void (*hear)(const char *line), const char *what)
{
	struct str said = STR_INIT;
	int status = 0, rc;

	/* Without a terminal there is nobody to ask for a password. */
	if (!isatty(STDIN_FILENO))
		setenv("GIT_TERMINAL_PROMPT", "0", 0);
	rc = program_run(&(struct program){.argv = argv,
				 .unset = program_git_unset,
				 .errors = &said,
				 .hear = hear},
		&status);
	if (rc == ERR_MISSING) {
		rc = error_set(ERR_FAILED, "cannot %s: it needs the program 'git'", what);
		error_hint("everything but 'sync' and 'clone' works without it");
	} else if (!rc && status) {
		rc = error_set(ERR_FAILED, "cannot %s", what);
		add_words(&said);
	}
	str_release(&said);
	return rc;
}

int remote_fetch(struct repo *repo, const char *remote, const char *branch, const char *into,
	void (*hear)(const char *line))
{
	/* With a star, for a branch that is not there is no error. */
	char *refs = xstrfmt("+refs/heads/%s*:%s%s*", branch, into, branch);
	const char *argv[] = {"git", "-C", repo->root, "fetch", "--no-tags",
		"--no-recurse-submodules", "--refmap=", "--no-write-fetch-head",
		hear ? "--progress" : "-q", "--", remote, refs, NULL};
	char *what = xstrfmt("fetch from '%s'", remote);
	int rc = run(argv, hear, what);

	free(what);
	free(refs);
	return rc;
}

int remote_push(struct repo *repo, const char *remote, const char *branch, const char *to,
	bool upstream, void (*hear)(const char *line))
{
	char *refs = xstrfmt("refs/heads/%s:refs/heads/%s", branch, to);
	char *what = xstrfmt("push to '%s'", remote);
	const char *argv[11] = {"git", "-C", repo->root, "push", "--no-recurse-submodules",
		hear ? "--progress" : "-q"};
	size_t n = 6;
	int rc;

	if (upstream)
		argv[n++] = "-u";
	argv[n++] = "--";
	argv[n++] = remote;
	argv[n++] = refs;
	rc = run(argv, hear, what);
	free(what);
	free(refs);
	return rc;
}

int remote_clone(const char *url, const char *dir, void (*hear)(const char *line))
{
	const char *argv[] = {"git", "clone", "--no-recurse-submodules",
		hear ? "--progress" : "-q", "--", url, dir, NULL};
	char *what = xstrfmt("clone '%s'", url);
	int rc = run(argv, hear, what);

	free(what);
	return rc;
}
