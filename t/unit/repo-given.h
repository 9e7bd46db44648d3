/*
 * What the tests of the repository begin with: a directory of its own for every
 * test, real git, and a few files. One test program includes it once.
 */
#ifndef FU_TEST_REPO_GIVEN_H
#define FU_TEST_REPO_GIVEN_H

#include "storage/storage.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/file.h"
#include "storage/layout.h"

#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- a directory of its own for every test, and git ---- */

/* HOME stays the same, as libgit2 looks it up once; every test has a directory in it. */
static char top[] = "/tmp/fu-test-XXXXXX";
static char *home;

static inline int remove_one(
	const char *path, const struct stat *info, int type, struct FTW *ftw)
{
	(void)info;
	(void)type;
	(void)ftw;
	return remove(path);
}

static inline int set_up(void **state)
{
	(void)state;
	home = xstrfmt("%s/home", top);
	assert_int_equal(mkdir(home, 0777), 0);
	setenv("HOME", top, 1);
	setenv("FU_NOW", "2026-11-20T12:00:00Z", 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("GIT_AUTHOR_NAME", "Sam Sales", 1);
	setenv("GIT_AUTHOR_EMAIL", "sam@example.com", 1);
	setenv("GIT_COMMITTER_NAME", "Sam Sales", 1);
	setenv("GIT_COMMITTER_EMAIL", "sam@example.com", 1);
	setenv("GIT_CEILING_DIRECTORIES", home, 1);
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("GIT_CONFIG_GLOBAL");
	unsetenv("FU_REPO");
	return chdir(home);
}

static inline void unlink_below_top(const char *name)
{
	char *path = xstrfmt("%s/%s", top, name);

	unlink(path);
	free(path);
}

static inline int tear_down(void **state)
{
	(void)state;
	assert_int_equal(chdir("/"), 0);
	unlink_below_top(".gitconfig");
	nftw(home, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(home);
	error_clear();
	return 0;
}

/* Runs git in the repository; its output, the last newline cut off. The caller frees. */
static inline char *git(const char *const *arguments)
{
	const char *argv[16] = {"git"};
	struct str out = STR_INIT;
	int ends[2], status;
	ssize_t n;
	pid_t pid;

	for (size_t i = 0; arguments[i]; i++)
		argv[i + 1] = arguments[i];
	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (!pid) {
		dup2(ends[1], 1);
		close(ends[0]);
		execvp("git", (char *const *)argv);
		_exit(127);
	}
	close(ends[1]);
	do {
		str_reserve(&out, 4096);
		n = read(ends[0], out.buf + out.len, 4096);
		out.len += n > 0 ? (size_t)n : 0;
		out.buf[out.len] = '\0';
	} while (n > 0);
	close(ends[0]);
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
	if (out.len && out.buf[out.len - 1] == '\n')
		str_truncate(&out, out.len - 1);
	return str_detach(&out);
}
#define GIT(...) git((const char *const[]){__VA_ARGS__, NULL})

static inline void git_says(char *output, const char *expected)
{
	assert_string_equal(output, expected);
	free(output);
}

static inline void write_file(const char *path, const char *text)
{
	char *copy = xstrdup(path);
	FILE *file;

	for (char *slash = copy + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
		*slash = '\0';
		mkdir(copy, 0777);
	}
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
	free(copy);
}

static inline char *read_text(const char *path)
{
	struct str out = STR_INIT;

	assert_int_equal(file_read_anywhere(&out, path, 1 << 20), 0);
	return str_detach(&out);
}

static inline void replace_in(const char *path, const char *part, const char *instead)
{
	char *text = read_text(path), *at = strstr(text, part);

	assert_non_null(at);
	*at = '\0';
	at = xstrfmt("%s%s%s", text, instead, at + strlen(part));
	write_file(path, at);
	free(at);
	free(text);
}

static inline void fails(int rc, int expected, const char *message)
{
	if (rc != expected || strcmp(error_message(0), message))
		fail_msg("%d, %s", rc, error_count() ? error_message(0) : "no error");
}

/* ---- a repository with opportunities ---- */

#define ACT(id, title)                                                                         \
	"[new " id "]\nat = 2026-11-02T10:00:00+01:00\nseq = 1\n"                              \
	"by = Sam Sales <sam@example.com>\ntitle = " title "\nclient = Acme\n"                 \
	"process = field\nactivity = discovery\n"
#define FILE_OF(id, title)                                                                     \
	"[opportunity]\ntitle = " title "\nclient = Acme\nprocess = field\n"                   \
	"activity = discovery\nstatus = open\n\n" ACT(id, title)

static inline void make_repository(void)
{
	char *root;
	bool made;

	if (repo_init("r", "Europe/Madrid", "EUR", false, &made, &root))
		fail_msg("%s", error_message(0));
	assert_true(made);
	assert_int_equal(chdir("r"), 0);
	free(root);
}

static inline struct repo *open_here(void)
{
	struct repo *repo;

	if (repo_open(&repo, NULL))
		fail_msg("%s", error_message(0));
	return repo;
}

static inline void add_opportunity(const char *id, const char *text)
{
	char *path = layout_path(id);

	write_file(path, text);
	free(path);
}

static inline void commit_all(void)
{
	free(GIT("add", "-A"));
	free(GIT("commit", "-q", "-m", "test"));
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

/* Makes the directory of all tests, runs them, removes it. */
#define RUN_TESTS(tests)                                                                       \
	({                                                                                     \
		int failed_;                                                                   \
		assert_non_null(mkdtemp(top));                                                 \
		failed_ = cmocka_run_group_tests(tests, NULL, NULL);                           \
		nftw(top, remove_one, 16, FTW_DEPTH | FTW_PHYS);                               \
		failed_;                                                                       \
	})

#endif
