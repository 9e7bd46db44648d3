/*
 * A repository of a test's own, in a directory of its own, with the git program as
 * the judge. For the tests of storage/git.
 */
#ifndef FU_T_UNIT_GIT_FIXTURE_H
#define FU_T_UNIT_GIT_FIXTURE_H

#include "core/error.h"
#include "core/mem.h"
#include "storage/git/backend.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const struct git_backend *backend;

struct fixture {
	char *base; /* a directory of the test's own; also HOME */
	char *root; /* the repository in it */
	struct git *git;
};

/* ---- running git ---- */

static inline void run_child(const char *dir, const char *command, int out)
{
	if (chdir(dir) || dup2(out, 1) < 0 || dup2(out, 2) < 0)
		_exit(125);
	execl("/bin/sh", "sh", "-ec", command, (char *)NULL);
	_exit(126);
}

/* Runs a shell command in the repository; the caller frees what it printed. */
static inline char *shell_status(struct fixture *f, const char *command, int *status)
{
	struct str out = STR_INIT;
	char bytes[4096];
	int ends[2];
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (!pid)
		run_child(f->root, command, ends[1]);
	close(ends[1]);
	while ((n = read(ends[0], bytes, sizeof(bytes))) > 0)
		str_addn(&out, bytes, (size_t)n);
	close(ends[0]);
	assert_int_equal(waitpid(pid, status, 0), pid);
	return str_detach(&out);
}

static inline char *shell(struct fixture *f, const char *command)
{
	int status;
	char *out = shell_status(f, command, &status);

	if (status)
		fail_msg("'%s' failed: %s", command, out);
	return out;
}

static inline void shell_says(struct fixture *f, const char *command, const char *wanted)
{
	char *out = shell(f, command);

	if (strcmp(out, wanted) != 0)
		fail_msg("'%s' says\n%s\nnot\n%s", command, out, wanted);
	free(out);
}

static inline void quietly(struct fixture *f, const char *command)
{
	free(shell(f, command));
}

/* ---- the fixture ---- */

static inline void clear_environment(const char *home)
{
	static const char *const unwanted[] = {"GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL",
		"GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_CONFIG_GLOBAL",
		"GIT_CONFIG_COUNT", "GIT_DIR", "EMAIL", "SUDO_UID", "XDG_CONFIG_HOME"};

	for (size_t i = 0; i < ARRAY_SIZE(unwanted); i++)
		unsetenv(unwanted[i]);
	setenv("HOME", home, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_CONFIG_GLOBAL", "", 1);
	setenv("GIT_AUTHOR_NAME", "Sam Sales", 1);
	setenv("GIT_AUTHOR_EMAIL", "sam@example.com", 1);
	setenv("GIT_COMMITTER_NAME", "Sam Sales", 1);
	setenv("GIT_COMMITTER_EMAIL", "sam@example.com", 1);
	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	error_clear();
}

static inline void open_git(struct fixture *f)
{
	backend->close(f->git);
	f->git = NULL;
	if (backend->open(&f->git, f->root))
		fail_msg("%s", error_message(0));
}

static inline int set_up(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));
	const char *tmp = getenv("TMPDIR");
	char *real;

	f->base = xstrfmt("%s/fu-transaction-XXXXXX", tmp ? tmp : "/tmp");
	if (!mkdtemp(f->base))
		return -1;
	real = realpath(f->base, NULL);
	free(f->base);
	f->base = real;
	f->root = xstrfmt("%s/repo", f->base);
	clear_environment(f->base);
	if (mkdir(f->root, 0777))
		return -1;
	quietly(f, "git init -q -b main");
	open_git(f);
	*state = f;
	return 0;
}

static inline int tear_down(void **state)
{
	struct fixture *f = *state;
	char *command = xstrfmt("rm -rf '%s'", f->base);

	backend->close(f->git);
	replace_string(&f->root, "/");
	quietly(f, command);
	free(command);
	free(f->base);
	free(f->root);
	free(f);
	return 0;
}

/* ---- transactions ---- */

static inline struct gitw *begin(struct fixture *f)
{
	struct gitw *w = NULL;

	if (backend->begin(&w, f->git, true))
		fail_msg("%s", error_message(0));
	return w;
}

static inline void put(struct gitw *w, const char *path, const char *text)
{
	if (backend->put(w, path, text, text ? strlen(text) : 0, NULL))
		fail_msg("%s", error_message(0));
}

static inline void commit(struct gitw *w, const char *message, char hash[41])
{
	struct git_author who = {.who = "Ana Act <ana@example.com>",
		.when = {.utc = 1795690800, .offset = 3600, .set = true}};

	if (backend->commit(w, message, &who, hash))
		fail_msg("%s", error_message(0));
}

static inline void record(struct fixture *f, const char *path, const char *text)
{
	struct gitw *w = begin(f);
	char hash[41];

	put(w, path, text);
	commit(w, path, hash);
	assert_int_equal(strlen(hash), 40);
	backend->end(w);
}

static inline void is_clean(struct fixture *f)
{
	shell_says(f,
		"git status --porcelain; git fsck --strict --no-dangling; find .git -name "
		"'*.lock'; "
		"ls .git/fu/stage; git diff-files; git diff-index --cached HEAD",
		"");
}

static inline void says(const char *part)
{
	assert_true(error_count() > 0);
	if (!strstr(error_message(0), part))
		fail_msg("got: %s\nnot: %s", error_message(0), part);
}

/* Loads the module that all tests of the executable talk to. */
static inline bool load_backend(void)
{
	clear_environment("/nonexistent");
	backend = backend_load();
	if (!backend)
		print_error("%s\n", error_message(0));
	return backend != NULL;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

#endif
