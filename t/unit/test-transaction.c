/* storage/git on real repositories, with the git program as the judge. */
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

static void run_child(const char *dir, const char *command, int out)
{
	if (chdir(dir) || dup2(out, 1) < 0 || dup2(out, 2) < 0)
		_exit(125);
	execl("/bin/sh", "sh", "-ec", command, (char *)NULL);
	_exit(126);
}

/* Runs a shell command in the repository; the caller frees what it printed. */
static char *shell_status(struct fixture *f, const char *command, int *status)
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

static char *shell(struct fixture *f, const char *command)
{
	int status;
	char *out = shell_status(f, command, &status);

	if (status)
		fail_msg("'%s' failed: %s", command, out);
	return out;
}

static void shell_says(struct fixture *f, const char *command, const char *wanted)
{
	char *out = shell(f, command);

	if (strcmp(out, wanted) != 0)
		fail_msg("'%s' says\n%s\nnot\n%s", command, out, wanted);
	free(out);
}

static void quietly(struct fixture *f, const char *command)
{
	free(shell(f, command));
}

/* ---- the fixture ---- */

static void clear_environment(const char *home)
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

static void open_git(struct fixture *f)
{
	backend->close(f->git);
	f->git = NULL;
	if (backend->open(&f->git, f->root))
		fail_msg("%s", error_message(0));
}

static int set_up(void **state)
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

static int tear_down(void **state)
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

static struct gitw *begin(struct fixture *f)
{
	struct gitw *w = NULL;

	if (backend->begin(&w, f->git, true))
		fail_msg("%s", error_message(0));
	return w;
}

static void put(struct gitw *w, const char *path, const char *text)
{
	if (backend->put(w, path, text, text ? strlen(text) : 0, false))
		fail_msg("%s", error_message(0));
}

static void commit(struct gitw *w, const char *message, char hash[41])
{
	struct git_author who = {.who = "Ana Act <ana@example.com>",
		.when = {.utc = 1795690800, .offset = 3600, .set = true}};

	if (backend->commit(w, message, &who, hash))
		fail_msg("%s", error_message(0));
}

static void record(struct fixture *f, const char *path, const char *text)
{
	struct gitw *w = begin(f);
	char hash[41];

	put(w, path, text);
	commit(w, path, hash);
	assert_int_equal(strlen(hash), 40);
	backend->end(w);
}

static void is_clean(struct fixture *f)
{
	shell_says(f,
		"git status --porcelain; git fsck --strict --no-dangling; find .git -name "
		"'*.lock'; "
		"ls .git/fu/stage; git diff-files; git diff-index --cached HEAD",
		"");
}

static void says(const char *part)
{
	assert_true(error_count() > 0);
	if (!strstr(error_message(0), part))
		fail_msg("got: %s\nnot: %s", error_message(0), part);
}

static void test_first_commit(void **state)
{
	struct fixture *f = *state;
	struct gitw *w = begin(f);
	char hash[41];

	put(w, "fu.ini", "[fu]\n");
	put(w, "opportunities/ab/acme.ini", "[opportunity]\n");
	commit(w, "acme: new\n\nFu-Act: new\n", hash);
	backend->end(w);
	is_clean(f);
	shell_says(f,
		"git log --format='%an <%ae> %ad|%cn %cd|%s|%(trailers:only)' "
		"--date=iso-strict",
		"Ana Act <ana@example.com> 2026-11-26T12:00:00+01:00|Sam Sales "
		"2026-11-26T12:00:00+01:00|acme: new|Fu-Act: new\n\n");
	shell_says(f, "git show HEAD:opportunities/ab/acme.ini", "[opportunity]\n");
	shell_says(f, "git reflog --format='%gd %gs'; git reflog main --format='%gd %gs'",
		"HEAD@{0} commit (initial): acme: new\nmain@{0} commit (initial): acme: new\n");
}

static void test_several_commits(void **state)
{
	struct fixture *f = *state;
	struct gitw *w = begin(f);
	char hash[41];

	put(w, "a.ini", "1\n");
	commit(w, "one", hash);
	put(w, "a.ini", "2\n");
	put(w, "a.ini", "3\n");
	commit(w, "two", hash);
	put(w, "a.ini", "3\n");
	commit(w, "nothing", hash);
	assert_string_equal(hash, "");
	backend->end(w);
	is_clean(f);
	shell_says(f, "git log --format=%s; cat a.ini", "two\none\n3\n");
	quietly(f, "git revert --no-edit HEAD");
	shell_says(f, "cat a.ini; git status --porcelain", "1\n");
}

static void test_given_up(void **state)
{
	struct fixture *f = *state;
	struct gitw *w;

	record(f, "a.ini", "1\n");
	w = begin(f);
	put(w, "a.ini", "2\n");
	put(w, "new/b.ini", "2\n");
	backend->end(w);
	shell_says(f, "cat a.ini; ls; git status --porcelain", "1\na.ini\n");
	record(f, "a.ini", "3\n");
	is_clean(f);
}

static void test_removal(void **state)
{
	struct fixture *f = *state;
	struct gitw *w;
	char hash[41];

	record(f, "keep.ini", "1\n");
	record(f, "x/y/z.ini", "1\n");
	w = begin(f);
	put(w, "x/y/z.ini", NULL);
	commit(w, "gone", hash);
	backend->end(w);
	is_clean(f);
	shell_says(f, "ls; git ls-tree -r --name-only HEAD", "keep.ini\nkeep.ini\n");
}

static void test_hand_edits(void **state)
{
	struct fixture *f = *state;
	struct gitw *w;
	char hash[41];

	record(f, "a.ini", "1\n");
	quietly(f, "echo edited >a.ini");
	w = begin(f);
	assert_int_equal(backend->put(w, "a.ini", "2\n", 2, false), ERR_FAILED);
	says("'a.ini' was edited by hand");
	assert_int_equal(backend->put(w, "a.ini", "edited\n", 7, true), 0);
	commit(w, "hand edit", hash);
	put(w, "a.ini", "edited\nand an act\n");
	commit(w, "act", hash);
	backend->end(w);
	is_clean(f);
	shell_says(f, "git show HEAD~1:a.ini", "edited\n");
	quietly(f, "echo again >a.ini; echo untracked >b.ini");
	w = begin(f);
	assert_int_equal(backend->put(w, "b.ini", "2\n", 2, false), ERR_FAILED);
	assert_int_equal(backend->put(w, "a.ini", "other\n", 6, true), 0);
	commit(w, "replaced", hash);
	backend->end(w);
	shell_says(f, "git status --porcelain; cat a.ini", "?? b.ini\nother\n");
}

static void test_edited_under_way(void **state)
{
	struct fixture *f = *state;
	struct git_author who = {.who = "A <a@b>", .when = {.set = true}};
	struct gitw *w;
	char hash[41];

	record(f, "a.ini", "1\n");
	record(f, "b.ini", "1\n");
	w = begin(f);
	put(w, "a.ini", "2\n");
	put(w, "b.ini", "2\n");
	quietly(f, "echo saved >b.ini");
	assert_int_equal(backend->commit(w, "x", &who, hash), ERR_FAILED);
	says("'b.ini' was changed by somebody else");
	backend->end(w);
	shell_says(f, "cat a.ini b.ini; git status --porcelain; git rev-list --count HEAD",
		"1\nsaved\n M b.ini\n2\n");
}

static void test_branch_moved(void **state)
{
	struct fixture *f = *state;
	struct git_author who = {.who = "A <a@b>", .when = {.set = true}};
	struct gitw *w;
	char hash[41];

	record(f, "a.ini", "1\n");
	w = begin(f);
	put(w, "a.ini", "2\n");
	quietly(f, "git update-ref HEAD $(git commit-tree -p HEAD -m between HEAD^{tree})");
	commit(w, "on top", hash);
	put(w, "a.ini", "3\n");
	quietly(f, "t=$(printf '100644 blob %s\\ta.ini\\n' $(echo theirs |"
		   " git hash-object -w --stdin) | git mktree) &&"
		   " git update-ref HEAD $(git commit-tree -p HEAD -m theirs $t)");
	assert_int_equal(backend->commit(w, "x", &who, hash), ERR_FAILED);
	says("'a.ini' was committed by somebody else");
	backend->end(w);
	shell_says(f, "git log --format=%s; cat a.ini", "theirs\non top\nbetween\na.ini\n2\n");
}

static void test_bytes_stay(void **state)
{
	struct fixture *f = *state;

	quietly(f, "git config core.autocrlf true; git config core.safecrlf true");
	quietly(f, "git config filter.loud.clean 'tr a-z A-Z'");
	quietly(f, "echo '*.ini text eol=crlf ident filter=loud' >.gitattributes");
	open_git(f);
	record(f, "a.ini", "one\ntwo\r\n$Id$\n");
	shell_says(f, "git cat-file blob HEAD:a.ini", "one\ntwo\r\n$Id$\n");
	shell_says(f, "cat a.ini", "one\ntwo\r\n$Id$\n");
}

static void test_refused_paths(void **state)
{
	static const char *const bad[] = {"", "/etc/passwd", "a//b", "a/", "./a", "a/../b",
		"..", ".git/config", "a/.GIT/x", "o/-rf", "-x", "a\nb", "a\x1b[0m", "a\x7f"};
	struct fixture *f = *state;
	struct gitw *w = begin(f);

	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		if (backend->put(w, bad[i], "x", 1, false) != ERR_FAILED)
			fail_msg("taken: '%s'", bad[i]);
	backend->end(w);
	shell_says(f, "ls -A", ".git\n");
}

static void test_symbolic_links(void **state)
{
	struct fixture *f = *state;
	struct gitw *w;

	quietly(f, "mkdir ../outside; echo secret >../outside/file; ln -s ../outside dir; "
		   "ln -s ../outside/file link; mkdir real; ln -s ../../outside real/deep");
	w = begin(f);
	assert_int_equal(backend->put(w, "dir/new.ini", "x", 1, true), ERR_FAILED);
	says("symbolic link");
	assert_int_equal(backend->put(w, "real/deep/new.ini", "x", 1, true), ERR_FAILED);
	assert_int_equal(backend->put(w, "link", "x", 1, true), ERR_FAILED);
	backend->end(w);
	shell_says(f, "ls ../outside; cat ../outside/file", "file\nsecret\n");
}

static void test_states_refused(void **state)
{
	struct fixture *f = *state;
	struct gitw *w = NULL;

	record(f, "a.ini", "1\n");
	quietly(f, "git checkout -q --detach");
	assert_int_equal(backend->begin(&w, f->git, true), ERR_FAILED);
	says("detached");
	assert_int_equal(error_hint_count(), 1);
	quietly(f, "git checkout -q main; git rev-parse HEAD >.git/MERGE_HEAD");
	assert_int_equal(backend->begin(&w, f->git, true), ERR_FAILED);
	says("a git merge is not finished");
	quietly(f, "rm .git/MERGE_HEAD; mkdir .git/rebase-merge");
	assert_int_equal(backend->begin(&w, f->git, true), ERR_FAILED);
	says("a git rebase is not finished");
	quietly(f, "rmdir .git/rebase-merge");
	record(f, "a.ini", "2\n");
	is_clean(f);
}

static void test_foreign_lock(void **state)
{
	struct fixture *f = *state;
	struct gitw *w = NULL;

	record(f, "a.ini", "1\n");
	quietly(f, "(sleep 0.5; rm .git/index.lock) >/dev/null 2>&1 & : >.git/index.lock");
	record(f, "a.ini", "2\n");
	quietly(f, ": >.git/index.lock");
	assert_int_equal(backend->begin(&w, f->git, true), ERR_FAILED);
	says("'.git/index.lock'");
	shell_says(f, "ls .git/index.lock; rm .git/index.lock", ".git/index.lock\n");
	is_clean(f);
}

static void test_dead_locks(void **state)
{
	struct fixture *f = *state;

	record(f, "a.ini", "1\n");
	quietly(f, "ln .git/fu/held .git/index.lock; ln .git/fu/held .git/HEAD.lock;"
		   " echo torn >.git/fu/journal; echo x >.git/fu/stage/n0");
	record(f, "a.ini", "2\n");
	is_clean(f);
	shell_says(f, "ls .git/fu", "held\nlock\nstage\n");
}

static void test_others_work_is_kept(void **state)
{
	struct fixture *f = *state;

	record(f, "a.ini", "1\n");
	quietly(f, "echo mine >notes.txt; git add notes.txt; echo more >>notes.txt");
	record(f, "a.ini", "2\n");
	shell_says(f, "git status --porcelain; git show --stat --format= --name-only",
		"AM notes.txt\na.ini\n");
}

static void test_packed_and_nested_branch(void **state)
{
	struct fixture *f = *state;

	record(f, "a.ini", "1\n");
	quietly(f, "git checkout -q -b team/north/east; git pack-refs --all");
	record(f, "a.ini", "2\n");
	is_clean(f);
	quietly(f, "git checkout -q --orphan team/south; git rm -q --cached a.ini; rm a.ini");
	record(f, "b.ini", "1\n");
	is_clean(f);
	shell_says(f, "git log --format=%s team/north/east; git log --format=%s",
		"a.ini\na.ini\nb.ini\n");
}

static void test_git_worktree(void **state)
{
	struct fixture *f = *state;

	record(f, "a.ini", "1\n");
	quietly(f, "git worktree add -q -b side ../side");
	replace_string(&f->root, "");
	free(f->root);
	f->root = xstrfmt("%s/side", f->base);
	open_git(f);
	record(f, "a.ini", "2\n");
	shell_says(f,
		"git status --porcelain; git log --format=%s side; git fsck; "
		"git log --format=%s main",
		"a.ini\na.ini\na.ini\n");
}

static void test_bulk(void **state)
{
	struct fixture *f = *state;
	struct gitw *w = begin(f);
	char hash[41];

	for (int i = 0; i < 600; i++) {
		char *path = xstrfmt("opportunities/%02x/o-%d.ini", i % 256, i);

		put(w, path, path);
		free(path);
	}
	commit(w, "import", hash);
	backend->end(w);
	is_clean(f);
	shell_says(f,
		"git ls-files | wc -l; ls .git/objects/pack/*.pack | wc -l;"
		" git count-objects",
		"600\n1\n0 objects, 0 kilobytes\n");
	record(f, "opportunities/00/o-0.ini", "changed\n");
	is_clean(f);
}

static void test_modes(void **state)
{
	struct fixture *f = *state;

	record(f, "a.ini", "1\n");
	quietly(f, "chmod 755 a.ini; git commit -qam x; chmod 750 a.ini");
	record(f, "a.ini", "2\n");
	is_clean(f);
	shell_says(f, "stat -c %a a.ini; git ls-files -s a.ini | cut -c 1-6", "750\n100755\n");
}

/* ---- reading ---- */

struct collected {
	struct str text;
	size_t stop_after, n;
};

static int collect_commit(void *context, const struct commit_info *info)
{
	struct collected *c = context;

	str_addf(&c->text, "%s %s %s %lld\n", info->hash, info->author, info->subject,
		(long long)info->time.utc);
	return ++c->n == c->stop_after;
}

static void history_equals(struct fixture *f, const char *path, const char *command)
{
	struct history_filter filter = {.path = path};
	struct collected c = {.text = STR_INIT};

	assert_int_equal(backend->history(f->git, &filter, collect_commit, &c), 0);
	shell_says(f, command, c.text.buf);
	str_release(&c.text);
}

#define AS_COLLECTED " --format='%H %an <%ae> %s %at'"

static void test_history(void **state)
{
	struct fixture *f = *state;
	struct history_filter first = {0};
	struct collected c = {.text = STR_INIT, .stop_after = 1};

	assert_int_equal(backend->history(f->git, &first, collect_commit, &c), 0);
	assert_int_equal(c.n, 0);
	quietly(f, "tick() { t=$((${t:-1700000000}+60)); export GIT_AUTHOR_DATE=$t+0100 "
		   "GIT_COMMITTER_DATE=$t+0100; }; mkdir -p o/x; for i in 1 2 3 4 5 6; do "
		   "tick; echo $i >o/x/a; test $i = 3 || echo $i >o/x/b; git add -A; "
		   "git commit -qm c$i; done; tick; git checkout -q -b side HEAD~2; "
		   "echo side >>o/x/c; git add -A; git commit -qm side; tick; "
		   "git checkout -q main; git merge -q -m merge side; tick; "
		   "git checkout -q -b two; echo 7 >o/x/a; git commit -qam a7; tick; "
		   "git checkout -q main; echo 8 >o/x/b; git commit -qam b8; tick; "
		   "git merge -q -m merge2 two; tick; git rm -q o/x/c; git commit -qm rm");
	open_git(f);
	history_equals(f, NULL, "git log" AS_COLLECTED);
	history_equals(f, "o/x/a", "git log" AS_COLLECTED " -- o/x/a");
	history_equals(f, "o/x/b", "git log" AS_COLLECTED " -- o/x/b");
	history_equals(f, "o/x/c", "git log" AS_COLLECTED " -- o/x/c");
	history_equals(f, "o/x", "git log" AS_COLLECTED " -- o/x");
	history_equals(f, "none", "git log" AS_COLLECTED " -- none");
	assert_int_equal(backend->history(f->git, &first, collect_commit, &c), 0);
	assert_int_equal(c.n, 1);
	str_release(&c.text);
}

static void test_one_commit(void **state)
{
	struct fixture *f = *state;
	struct str text = STR_INIT;
	struct list paths = {0};
	char hash[41];
	bool found;

	record(f, "a.ini", "1\n");
	record(f, "b/c.ini", "1\n");
	record(f, "a.ini", "2\n");
	assert_int_equal(backend->file_at(f->git, "HEAD~1", "a.ini", &text), 0);
	assert_string_equal(text.buf, "1\n");
	assert_int_equal(backend->file_at(f->git, "HEAD", "none", &text), ERR_MISSING);
	assert_int_equal(backend->resolve(f->git, "HEAD~7", hash), ERR_MISSING);
	assert_int_equal(backend->resolve(f->git, "HEAD~1", hash), 0);
	assert_int_equal(backend->changed_in(f->git, hash, &paths), 0);
	assert_int_equal(paths.n, 1);
	assert_string_equal(paths.items[0], "b/c.ini");
	str_truncate(&text, 0);
	assert_int_equal(backend->diff(f->git, "HEAD", &text), 0);
	shell_says(f, "git show --format=", text.buf);
	str_truncate(&text, 0);
	assert_int_equal(backend->head_file(f->git, "b/c.ini", &text, &found), 0);
	assert_true(found);
	assert_int_equal(backend->head_file(f->git, "b", &text, &found), 0);
	assert_false(found);
	str_release(&text);
	list_release(&paths);
}

static int collect_change(void *context, const char *path, char status)
{
	str_addf(context, "%c %s\n", status, path);
	return 0;
}

static void test_changed(void **state)
{
	static const char *const prefixes[] = {"fu.ini", "o/", "processes", NULL};
	struct fixture *f = *state;
	struct str text = STR_INIT;

	record(f, "fu.ini", "1\n");
	record(f, "o/a/same.ini", "1\n");
	record(f, "o/a/edited.ini", "1\n");
	record(f, "o/b/gone.ini", "1\n");
	record(f, "other/x.ini", "1\n");
	quietly(f, "echo 2 >o/a/edited.ini; rm o/b/gone.ini; mkdir processes; "
		   "echo new >processes/p.ini; echo 2 >other/x.ini; touch o/a/same.ini "
		   "o/a/.hidden");
	assert_int_equal(backend->changed(f->git, prefixes, collect_change, &text), 0);
	assert_string_equal(text.buf, "M o/a/edited.ini\nD o/b/gone.ini\nA processes/p.ini\n");
	str_release(&text);
}

static void test_remote(void **state)
{
	struct fixture *f = *state;
	struct remote_state r;

	record(f, "a.ini", "1\n");
	assert_int_equal(backend->remote(f->git, &r), 0);
	assert_false(r.has_remote);
	quietly(f, "git clone -q --bare . ../bare.git; git remote add origin ../bare.git; "
		   "git fetch -q; git branch -q -u origin/main");
	record(f, "a.ini", "2\n");
	open_git(f);
	assert_int_equal(backend->remote(f->git, &r), 0);
	assert_true(r.has_remote && r.has_upstream);
	assert_string_equal(r.remote, "origin");
	assert_int_equal(r.ahead, 1);
	assert_int_equal(r.behind, 0);
	free(r.remote);
	free(r.branch);
}

/* ---- config, identity, opening ---- */

static void value_is(struct fixture *f, const char *key, const char *wanted)
{
	char *value;

	assert_int_equal(backend->config_get(f->git, key, &value), 0);
	if (!same_string(value, wanted))
		fail_msg("%s is '%s'", key, value ? value : "(unset)");
	free(value);
}

static void test_config(void **state)
{
	struct fixture *f = *state;

	quietly(f, "printf '[fu]\\n\\trole = global\\n\\tflag\\n' >../global");
	setenv("GIT_CONFIG_GLOBAL", "../global", 1);
	assert_int_equal(chdir(f->root), 0);
	open_git(f);
	value_is(f, "fu.role", "global");
	value_is(f, "fu.flag", "true");
	value_is(f, "fu.none", NULL);
	assert_int_equal(backend->config_set(f->git, "fu.role", "local"), 0);
	shell_says(f, "git config fu.role; git config --local fu.role", "local\nlocal\n");
	value_is(f, "fu.role", "local");
	setenv("GIT_CONFIG_COUNT", "2", 1);
	setenv("GIT_CONFIG_KEY_0", "FU.Role", 1);
	setenv("GIT_CONFIG_VALUE_0", "environment", 1);
	setenv("GIT_CONFIG_KEY_1", "fu.Alias.X", 1);
	setenv("GIT_CONFIG_VALUE_1", "y", 1);
	value_is(f, "fu.role", "environment");
	value_is(f, "fu.Alias.x", "y");
	value_is(f, "fu.alias.x", NULL);
	unsetenv("GIT_CONFIG_COUNT");
	assert_int_equal(backend->config_set(f->git, "fu.role", NULL), 0);
	value_is(f, "fu.role", "global");
	assert_int_equal(backend->config_set(f->git, "no key", "x"), ERR_USAGE);
}

static void who_is(struct fixture *f, const char *wanted, bool wanted_guess)
{
	char *who = NULL;
	bool guessed;

	if (backend->identity(f->git, &who, &guessed))
		fail_msg("%s", error_message(0));
	if (wanted)
		assert_string_equal(who, wanted);
	assert_int_equal(guessed, wanted_guess);
	free(who);
}

static void test_identity(void **state)
{
	struct fixture *f = *state;
	char *who = NULL;
	bool guessed;

	who_is(f, "Sam Sales <sam@example.com>", false);
	unsetenv("GIT_AUTHOR_NAME");
	setenv("GIT_AUTHOR_EMAIL", "<new\n@example.com>", 1);
	quietly(f, "git config user.name ' Zoë <Z>. '; git config user.email z@example.com");
	open_git(f);
	who_is(f, "Zoë Z <new@example.com>", false);
	unsetenv("GIT_AUTHOR_EMAIL");
	who_is(f, "Zoë Z <z@example.com>", false);
	quietly(f, "git config --unset user.name");
	unsetenv("HOME");
	unsetenv("GIT_CONFIG_GLOBAL");
	open_git(f);
	who_is(f, NULL, true);
	quietly(f, "git config user.useConfigOnly true");
	open_git(f);
	assert_int_equal(backend->identity(f->git, &who, &guessed), ERR_FAILED);
}

static void test_owner(void **state)
{
	struct fixture *f = *state;

	if (geteuid() != 0)
		skip();
	quietly(f, "chown -R 12345 .");
	assert_int_equal(backend->check_owner(f->root), ERR_FAILED);
	says("belongs to somebody else");
	quietly(f, "git config -f .git/config safe.directory '*'");
	assert_int_equal(backend->check_owner(f->root), ERR_FAILED);
	setenv("SUDO_UID", "12345", 1);
	assert_int_equal(backend->check_owner(f->root), 0);
	unsetenv("SUDO_UID");
	setenv("GIT_CONFIG_GLOBAL", "../global", 1);
	assert_int_equal(chdir(f->root), 0);
	quietly(f, "git config --global safe.directory \"$PWD\"");
	assert_int_equal(backend->check_owner(f->root), 0);
	quietly(f, "printf '\\tdirectory\\n' >>../global");
	assert_int_equal(backend->check_owner(f->root), ERR_FAILED);
	quietly(f, "git config --global --add safe.directory '*'");
	assert_int_equal(backend->check_owner(f->root), 0);
	quietly(f, "chown -R root ."); /* the fixture's own git */
}

static void refused_at_opening(struct fixture *f, const char *set_up_command, const char *why)
{
	struct git *git = NULL;

	quietly(f, "rm -rf .git");
	quietly(f, set_up_command);
	assert_int_equal(backend->open(&git, f->root), ERR_FAILED);
	says(why);
	assert_int_equal(error_hint_count(), 1);
}

static void test_extensions(void **state)
{
	struct fixture *f = *state;

	refused_at_opening(f, "git init -q --object-format=sha256", "SHA-256");
	refused_at_opening(f,
		"git init -q; git config core.repositoryformatversion 1; "
		"git config extensions.partialClone origin",
		"partial clone");
	quietly(f, "rm -rf .git");
	backend->close(f->git);
	f->git = NULL;
	assert_int_equal(backend->open(&f->git, f->root), ERR_MISSING);
}

static void test_odd_index(void **state)
{
	struct fixture *f = *state;
	struct git_author who = {.who = "A <a@b>", .when = {.set = true}};
	struct gitw *w;
	char hash[41];

	record(f, "a.ini", "1\n");
	quietly(f, "git config core.splitIndex true; git update-index --split-index");
	open_git(f);
	w = begin(f);
	put(w, "a.ini", "2\n");
	assert_int_equal(backend->commit(w, "x", &who, hash), ERR_FAILED);
	assert_int_equal(error_hint_count(), 1);
	backend->end(w);
	shell_says(f,
		"git status --porcelain; cat a.ini; git config core.splitIndex false; "
		"git update-index --no-split-index",
		"1\n");
	record(f, "a.ini", "2\n");
	quietly(f, "git update-index --index-version 4");
	record(f, "a.ini", "3\n");
	is_clean(f);
}

static void test_init_and_discover(void **state)
{
	struct fixture *f = *state;
	char *dir = xstrfmt("%s/new", f->base), *below = xstrfmt("%s/repo/a/b", f->base);
	char *found;

	setenv("GIT_CONFIG_COUNT", "1", 1);
	setenv("GIT_CONFIG_KEY_0", "init.defaultBranch", 1);
	setenv("GIT_CONFIG_VALUE_0", "trunk", 1);
	assert_int_equal(backend->init(dir), 0);
	unsetenv("GIT_CONFIG_COUNT");
	shell_says(f, "git -C ../new symbolic-ref HEAD; mkdir -p a/b", "refs/heads/trunk\n");
	assert_int_equal(backend->discover(below, &found), 0);
	assert_string_equal(found, f->root);
	free(found);
	setenv("GIT_CEILING_DIRECTORIES", f->base, 1);
	assert_int_equal(backend->discover(f->base, &found), 0);
	assert_null(found);
	unsetenv("GIT_CEILING_DIRECTORIES");
	free(below);
	free(dir);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_first_commit),
		TEST(test_several_commits),
		TEST(test_given_up),
		TEST(test_removal),
		TEST(test_hand_edits),
		TEST(test_edited_under_way),
		TEST(test_branch_moved),
		TEST(test_bytes_stay),
		TEST(test_refused_paths),
		TEST(test_symbolic_links),
		TEST(test_states_refused),
		TEST(test_foreign_lock),
		TEST(test_dead_locks),
		TEST(test_others_work_is_kept),
		TEST(test_packed_and_nested_branch),
		TEST(test_git_worktree),
		TEST(test_bulk),
		TEST(test_modes),
		TEST(test_history),
		TEST(test_one_commit),
		TEST(test_changed),
		TEST(test_remote),
		TEST(test_config),
		TEST(test_identity),
		TEST(test_owner),
		TEST(test_extensions),
		TEST(test_odd_index),
		TEST(test_init_and_discover),
	};

	clear_environment("/nonexistent");
	backend = backend_load();
	if (!backend) {
		print_error("%s\n", error_message(0));
		return 1;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
