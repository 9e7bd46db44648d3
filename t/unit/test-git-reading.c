/* What storage/git reads: history, changes, config, identity, and what it opens. */
#include "t/unit/git_fixture.h"
#include "t/unit/skip.h"

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
		SKIP_TEST("one has to be root");
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
	assert_int_equal(mkdir(dir, 0777), 0);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
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

	return load_backend() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
