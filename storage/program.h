/* Running other programs (git, gpg, ssh-keygen), never through a shell. */
#ifndef FU_STORAGE_PROGRAM_H
#define FU_STORAGE_PROGRAM_H

#include "core/str.h"

#include <stddef.h>

struct program {
	const char *const *argv; /* NULL at the end; argv[0] is looked for in $PATH */
	const char *const
		*unset;    /* variables that it is not to see, NULL at the end; or NULL */
	const char *input; /* what it reads; NULL: nothing */
	size_t input_len;
	struct str *output; /* gets its stdout; NULL: nobody wants it */
	struct str *errors; /* gets its stderr; NULL: it goes where ours goes */
	/* Hears what it says on stderr while it runs, line by line, each with its end: '\n',
	 * or '\r' where the next is to take its place. `errors` then gets nothing. Or NULL. */
	void (*hear)(const char *line);
};

/*
 * Runs it to its end. *status: its exit status, 128 and the signal where one ended it.
 * ERR_MISSING: there is no such program. ERR_FAILED: it could not be started.
 */
int program_run(const struct program *p, int *status);

/*
 * Starts it and lets it run: in a session of its own, with nothing to read, and nobody who
 * hears what it says; input, output and errors are not looked at. Nobody waits for it.
 * ERR_MISSING, ERR_FAILED as above.
 */
int program_leave_running(const struct program *p);

/* What would point the git program to another repository than the one that is named. */
extern const char *const program_git_unset[];

#endif
