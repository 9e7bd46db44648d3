/*
 * Drives one transaction of storage/git/backend.h from the command line, for the
 * tests that kill it and make its system calls fail.
 *
 *	transact <repository> [<step>...]
 *
 * Steps: `put <path> <text>`, `rm <path>`, `bulk <n>` (n files), `fast` (no fsync;
 * before the others), `pause <ms>`, `commit <message>` (prints the hash). Without a step
 * what a dead process left is recovered. Exit status 0, or 128 with the messages on stderr.
 */
#include "core/error.h"
#include "core/mem.h"
#include "core/str.h"
#include "storage/git/backend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct run {
	const struct git_backend *git;
	struct gitw *transaction;
	char **args; /* what is left of the command line, NULL at its end */
};

static const char *next_arg(struct run *run)
{
	if (!*run->args) {
		fprintf(stderr, "transact: an argument is missing\n");
		exit(129);
	}
	return *run->args++;
}

static int put(struct run *run)
{
	const char *path = next_arg(run);
	char *text = xstrfmt("%s\n", next_arg(run));
	int err = run->git->put(run->transaction, path, text, strlen(text), NULL);

	free(text);
	return err;
}

static int bulk(struct run *run)
{
	long n = strtol(next_arg(run), NULL, 10);
	int err = 0;

	for (long i = 0; !err && i < n; i++) {
		struct str text = STR_INIT;
		char *path = xstrfmt("opportunities/%02lx/bulk-%05ld.ini", (i * 37) % 256, i);

		str_addf(&text, "[opportunity]\ntitle = Number %ld\n", i);
		for (int line = 0; line < 20; line++)
			str_addf(&text, "line%d = something about %ld and %ld\n", line, i,
				(i * 7919 + line * 104729) % 1000003);
		err = run->git->put(run->transaction, path, text.buf, text.len, NULL);
		str_release(&text);
		free(path);
	}
	return err;
}

static int commit(struct run *run)
{
	struct git_author who = {.who = "Sam Sales <sam@example.com>",
		.when = {.utc = 1795690800, .offset = 3600, .set = true}};
	char hash[41];
	int err = run->git->commit(run->transaction, next_arg(run), &who, hash);

	if (!err)
		printf("%s\n", hash);
	return err;
}

static int pause_for(long ms)
{
	struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};

	nanosleep(&t, NULL);
	return 0;
}

static int step(struct run *run, const char *name)
{
	if (!strcmp(name, "put"))
		return put(run);
	if (!strcmp(name, "rm"))
		return run->git->put(run->transaction, next_arg(run), NULL, 0, NULL);
	if (!strcmp(name, "bulk"))
		return bulk(run);
	if (!strcmp(name, "commit"))
		return commit(run);
	if (!strcmp(name, "pause"))
		return pause_for(strtol(next_arg(run), NULL, 10));
	fprintf(stderr, "transact: no step '%s'\n", name);
	exit(129);
}

static int complain(void)
{
	for (size_t i = 0; i < error_count(); i++)
		fprintf(stderr, "error: %s\n", error_message(i));
	for (size_t i = 0; i < error_hint_count(); i++)
		fprintf(stderr, "hint: %s\n", error_hint_message(i));
	return 128;
}

int main(int argc, char **argv)
{
	struct run run = {.git = backend_load()};
	struct git *git = NULL;
	bool durable = true;
	int err;

	if (argc < 2 || !run.git)
		return argc < 2 ? 129 : complain();
	run.args = argv + 2;
	if (*run.args && !strcmp(*run.args, "fast")) {
		durable = false;
		run.args++;
	}
	err = run.git->open(&git, argv[1]);
	if (!err)
		err = run.git->begin(&run.transaction, git, durable);
	while (!err && *run.args)
		err = step(&run, *run.args++);
	run.git->end(run.transaction);
	run.git->close(git);
	return err ? complain() : 0;
}
