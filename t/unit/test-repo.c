/* The repository found, opened and read, in real directories. */
#include "repo-given.h"
#include "t/unit/skip.h"

/* ---- finding and opening ---- */

/* Comes first: no test before it may have loaded the module. */
static void test_reading_does_not_load_git(void **state)
{
	char *elsewhere = xstrdup(getenv("FU_EXEC_PATH") ? getenv("FU_EXEC_PATH") : ""), *value;
	struct opportunity *o;
	struct repo *repo;

	(void)state;
	setenv("FU_EXEC_PATH", "/nonexistent", 1);
	write_file(".git/config", "[core]\n\tbare = false\n[fu]\n\trole = coordinator\n");
	write_file("fu.ini", "[fu]\ntimezone = Europe/Madrid\n");
	add_opportunity("acme", FILE_OF("aaaaaaaaa1", "Website"));
	repo = open_here();
	assert_int_equal(repo_load(repo, "acme", &o), 0);
	opportunity_free(o);
	assert_int_equal(git_config_value(repo, "core.pager", &value), 0);
	assert_null(value);
	assert_int_equal(git_config_value(repo, "fu.fsync", &value), 0);
	assert_int_equal(git_config_value(repo, "FU.Role", &value), ERR_FAILED);
	assert_int_equal(git_config_value(NULL, "fu.role", &value), 0);
	repo_close(repo);
	if (*elsewhere)
		setenv("FU_EXEC_PATH", elsewhere, 1);
	else
		unsetenv("FU_EXEC_PATH");
	free(elsewhere);
}

static void test_init(void **state)
{
	char *root;
	bool made;

	(void)state;
	assert_int_equal(repo_init("a/b", "Europe/Madrid", "EUR", false, &made, &root), 0);
	assert_true(made);
	assert_true(ends_with(root, "/a/b"));
	free(root);
	assert_int_equal(repo_init("a/b", "UTC", NULL, false, &made, &root), 0);
	assert_false(made);
	free(root);
	assert_int_equal(chdir("a/b"), 0);
	git_says(read_text("fu.ini"),
		"[fu]\nversion = 1\ntimezone = Europe/Madrid\ncurrency = EUR\n");
	git_says(GIT("status", "--porcelain"), "");
	git_says(GIT("log", "--format=%an <%ae> %ad %s", "--date=iso-strict"),
		"Sam Sales <sam@example.com> 2026-11-20T13:00:00+01:00 init: a repository of "
		"opportunities");
	git_says(GIT("log", "--format=%(trailers:key=Fu-Act)"), "Fu-Act: init\n");
	git_says(GIT("ls-files"), "fu.ini\nprocesses/account-care.ini\nprocesses/field.ini\n"
				  "processes/phone.ini\nprocesses/reseller.ini");
}

static void test_init_inside_another_work_tree(void **state)
{
	char *root;
	bool made;

	(void)state;
	free(GIT("init", "-q", "code"));
	write_file("code/main.c", "\n");
	assert_int_equal(chdir("code"), 0);
	commit_all();
	assert_int_equal(repo_init("sales", "UTC", NULL, false, &made, &root), ERR_REFUSED);
	assert_int_equal(access("sales", F_OK), -1);
	assert_int_equal(repo_init(".", "UTC", NULL, false, &made, &root), ERR_REFUSED);
	assert_int_equal(repo_init("sales", "UTC", NULL, true, &made, &root), 0);
	assert_true(made && ends_with(root, "/code/sales"));
	free(root);
	assert_int_equal(repo_init(".", "UTC", NULL, true, &made, &root), 0);
	free(root);
	git_says(GIT("log", "--format=%s"), "init: a repository of opportunities\ntest");
	assert_int_equal(chdir(home), 0);
	free(GIT("init", "-q", "fresh")); /* nothing in it yet */
	assert_int_equal(repo_init("fresh", "UTC", NULL, false, &made, &root), 0);
	free(root);
}

static void test_init_with_bad_settings(void **state)
{
	char *root;
	bool made;

	(void)state;
	assert_int_equal(repo_init("a", "UTC", "XYZ", false, &made, &root), ERR_FAILED);
	assert_int_equal(access("a", F_OK), -1);
}

static void test_found_upwards(void **state)
{
	struct repo *repo;

	(void)state;
	make_repository();
	write_file("notes/deep/x", "");
	assert_int_equal(chdir("notes/deep"), 0);
	repo = open_here();
	assert_true(ends_with(repo_root(repo), "/r"));
	assert_true(ends_with(repo_private(repo), "/r/.git/fu"));
	assert_int_equal(access(repo_private(repo), W_OK), 0);
	assert_string_equal(repo_settings(repo)->currency, "EUR");
	assert_int_equal(repo_clock(repo)->now.offset, 3600);
	repo_close(repo);
}

static void test_named(void **state)
{
	struct repo *repo;

	(void)state;
	make_repository();
	assert_int_equal(chdir(home), 0);
	fails(repo_open(&repo, NULL), ERR_MISSING,
		"not in a repository of fu, nor is any directory above it");
	fails(repo_open(&repo, "nowhere"), ERR_MISSING,
		"no repository at 'nowhere': No such file or directory");
	fails(repo_open(&repo, "."), ERR_MISSING, "no repository at '.'");
	assert_int_equal(repo_open(&repo, "r"), 0);
	repo_close(repo);
	setenv("FU_REPO", "r", 1);
	repo = open_here();
	repo_close(repo);
	fails(repo_open(&repo, "/"), ERR_MISSING, "no repository at '/'");
}

static void test_work_tree_of_its_own(void **state)
{
	struct repo *repo;
	char *value;

	(void)state;
	make_repository();
	free(GIT("config", "fu.role", "coordinator"));
	free(GIT("worktree", "add", "-q", "-b", "other", "../w"));
	assert_int_equal(chdir("../w"), 0);
	repo = open_here();
	assert_true(ends_with(repo_private(repo), "/r/.git/worktrees/w/fu"));
	assert_int_equal(git_config_value(repo, "fu.role", &value), 0);
	assert_string_equal(value, "coordinator");
	free(value);
	repo_close(repo);
}

static void test_somebody_elses(void **state)
{
	struct repo *repo;

	(void)state;
	if (geteuid())
		SKIP_TEST("one has to be root");
	make_repository();
	assert_int_equal(chown(".git", 12345, 12345), 0);
	assert_int_equal(repo_open(&repo, NULL), ERR_FAILED);
	free(GIT("config", "--global", "--add", "safe.directory", "*"));
	repo = open_here();
	repo_close(repo);
}

static void test_damaged_settings(void **state)
{
	struct repo *repo;

	(void)state;
	make_repository();
	write_file(
		"fu.ini", "[fu]\n\ttimezone = UTC\n\tcurrncy = EUR\n[policy]\nretry = soon\n");
	fails(repo_open(&repo, NULL), ERR_FAILED,
		"fu.ini:3: unknown key 'fu.currncy' (did you mean 'fu.currency'?)");
	assert_int_equal(error_count(), 2);
	assert_true(starts_with(error_message(1), "fu.ini:5: "));
	write_file("fu.ini", "[fu]\ntimezone = Mars/Olympus\n");
	fails(repo_open(&repo, NULL), ERR_FAILED,
		"fu.ini:2: 'fu.timezone' is 'Mars/Olympus', which this system does not know");
	setenv("FU_NOW", "now", 1);
	write_file("fu.ini", "[fu]\n");
	assert_int_equal(repo_open(&repo, NULL), ERR_USAGE);
	assert_true(starts_with(error_message(0), "$FU_NOW: "));
}

static void test_zones(void **state)
{
	const struct clock *clock;
	struct repo *repo;
	char *name;

	(void)state;
	assert_true(timezone_exists("UTC"));
	assert_true(timezone_exists("America/Argentina/Buenos_Aires"));
	assert_false(timezone_exists("../../etc/passwd"));
	assert_false(timezone_exists("/etc/localtime"));
	assert_false(timezone_exists("Europe"));
	assert_false(timezone_exists(""));
	make_repository();
	repo = open_here();
	clock = repo_clock(repo);
	assert_string_equal(zone_name(clock->zone), "Europe/Madrid");
	assert_string_equal(zone_name(clock->find_zone(clock->find_context, "Europe/Lisbon")),
		"Europe/Lisbon");
	assert_null(clock->find_zone(clock->find_context, "Europe/Nowhere"));
	repo_close(repo);
	setenv("TZ", "Asia/Tokyo", 1);
	name = system_timezone();
	assert_string_equal(name, "Asia/Tokyo");
	free(name);
	setenv("TZ", "UTC", 1);
}

/* ---- files of the work tree ---- */

static void test_only_plain_files_are_read(void **state)
{
	struct str out = STR_INIT;
	struct repo *repo;

	(void)state;
	make_repository();
	repo = open_here();
	write_file("../secret", "x");
	assert_int_equal(symlink("../secret", "link"), 0);
	assert_int_equal(symlink("..", "up"), 0);
	assert_int_equal(mkfifo("pipe", 0666), 0);
	fails(repo_read_file(repo, "link", &out), ERR_FAILED,
		"a symbolic link is not followed: 'link'");
	fails(repo_read_file(repo, "up/secret", &out), ERR_FAILED,
		"a symbolic link is not followed: 'up/secret'");
	fails(repo_read_file(repo, "pipe", &out), ERR_FAILED, "'pipe' is not a regular file");
	fails(repo_read_file(repo, "processes", &out), ERR_FAILED,
		"'processes' is not a regular file");
	fails(repo_read_file(repo, "../secret", &out), ERR_FAILED,
		"not a path in the work tree: '../secret'");
	fails(repo_read_file(repo, ".git/config", &out), ERR_FAILED,
		"not a path in the work tree: '.git/config'");
	fails(repo_read_file(repo, "none", &out), ERR_MISSING, "no such file: 'none'");
	write_file("big", "");
	assert_int_equal(truncate("big", 100 << 20), 0);
	fails(repo_read_file(repo, "big", &out), ERR_FAILED,
		"'big' is larger than 8388608 bytes");
	str_release(&out);
	repo_close(repo);
}

static void test_paths(void **state)
{
	static const char *const bad[] = {"", "/a", "a/", "a//b", ".", "..", "a/..", "a/./b",
		".git", ".GIT/x", "a/.gitmodules"};
	char *path = layout_path("acme-website"), *id = layout_id(path);

	(void)state;
	assert_string_equal(id, "acme-website");
	assert_int_equal(strlen(path), strlen("opportunities/xx/acme-website.ini"));
	assert_true(file_path_valid(path));
	free(id);
	free(path);
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		assert_false(file_path_valid(bad[i]));
	assert_null(layout_id("opportunities/aa/-rf.ini"));
	assert_null(layout_id("opportunities/aa/x.txt"));
	assert_null(layout_id("processes/x.ini"));
	assert_null(layout_process("processes/deep/x.ini"));
}

static void test_processes(void **state)
{
	const struct process *p, *again;
	struct list names = {0};
	struct repo *repo;

	(void)state;
	make_repository();
	write_file("processes/odd.ini", "[process]\n\tactivities = a, b\n\tcycle = maybe\n");
	write_file("processes/notes.txt", "");
	repo = open_here();
	assert_int_equal(repo_process(repo, "field", &p), 0);
	assert_int_equal(p->n, 4);
	assert_int_equal(repo_process(repo, "field", &again), 0);
	assert_ptr_equal(p, again);
	fails(repo_process(repo, "feild", &p), ERR_MISSING,
		"no process 'feild' (did you mean 'field'?)");
	assert_int_equal(repo_process(repo, "../fu", &p), ERR_MISSING);
	assert_int_equal(repo_process(repo, "odd", &p), ERR_FAILED);
	assert_true(starts_with(error_message(0), "processes/odd.ini:3: "));
	assert_int_equal(repo_process_names(repo, &names), 0);
	assert_int_equal(names.n, 5);
	assert_string_equal(names.items[2], "odd");
	list_release(&names);
	repo_close(repo);
}

/* ---- ids ---- */

static void resolves(struct repo *repo, const char *typed, const char *expected)
{
	char *id;

	if (repo_resolve(repo, typed, &id))
		fail_msg("%s", error_message(0));
	assert_string_equal(id, expected);
	free(id);
}

static void test_ids(void **state)
{
	struct list ids = {0};
	struct repo *repo;
	char *id;

	(void)state;
	make_repository();
	add_opportunity("acme", FILE_OF("aaaaaaaaa1", "A"));
	add_opportunity("acme-shop", FILE_OF("aaaaaaaaa2", "B"));
	add_opportunity("acme-site", FILE_OF("aaaaaaaaa3", "C"));
	write_file("opportunities/old/2019/zeta.ini", FILE_OF("aaaaaaaaa4", "D"));
	write_file("opportunities/zeta.ini~", "backup");
	write_file("opportunities/.hidden.ini", "temporary");
	repo = open_here();
	resolves(repo, "acme", "acme");
	resolves(repo, "acme-si", "acme-site");
	resolves(repo, "z", "zeta");
	resolves(repo, "zeta", "zeta");
	fails(repo_resolve(repo, "acme-s", &id), ERR_MISSING,
		"'acme-s' begins the ids of 2 opportunities");
	assert_string_equal(error_hint_message(0), "acme-shop");
	assert_string_equal(error_hint_message(1), "acme-site");
	fails(repo_resolve(repo, "amce", &id), ERR_MISSING,
		"no opportunity 'amce' (did you mean 'acme'?)");
	fails(repo_resolve(repo, "", &id), ERR_MISSING, "no opportunity ''");
	fails(repo_resolve(repo, "../fu", &id), ERR_MISSING, "no opportunity '../fu'");
	assert_int_equal(repo_ids(repo, &ids), 0);
	assert_int_equal(ids.n, 4);
	assert_string_equal(ids.items[3], "zeta");
	list_release(&ids);
	repo_close(repo);
}

static void test_no_opportunities(void **state)
{
	struct list ids = {0};
	struct repo *repo;
	char *id;

	(void)state;
	make_repository();
	repo = open_here();
	assert_int_equal(repo_ids(repo, &ids), 0);
	assert_int_equal(ids.n, 0);
	fails(repo_resolve(repo, "a", &id), ERR_MISSING, "no opportunity 'a'");
	repo_close(repo);
}

struct seen {
	struct str text;
};

static int see(void *context, struct opportunity *o, const char *fault, bool *keep)
{
	struct seen *seen = context;

	(void)keep;
	str_addf(&seen->text, "%s\n", o ? o->id : fault);
	return 0;
}

static void test_one_damaged_file_stops_nothing(void **state)
{
	struct seen seen = {.text = STR_INIT};
	struct opportunity *o;
	struct repo *repo;

	(void)state;
	make_repository();
	write_file("opportunities/a.ini", FILE_OF("aaaaaaaaa1", "A"));
	write_file("opportunities/b.ini",
		"[opportunity]\nstatus = won\nvalue = x\n" ACT("aaaaaaaaa2", "B"));
	write_file("opportunities/c.ini", FILE_OF("aaaaaaaaa3", "C"));
	write_file("opportunities/d.ini", FILE_OF("aaaaaaaaa4", "D"));
	write_file("opportunities/deep/d.ini", FILE_OF("aaaaaaaaa5", "D"));
	write_file("opportunities/Bad Name.ini", "");
	assert_int_equal(mkfifo("opportunities/e.ini", 0666), 0);
	assert_int_equal(symlink("a.ini", "opportunities/f.ini"), 0);
	assert_int_equal(symlink("/tmp", "opportunities/g"), 0);
	repo = open_here();
	assert_int_equal(repo_each(repo, see, &seen), 0);
	assert_string_equal(seen.text.buf,
		"a\n"
		"opportunities/b.ini:2: 'status' is 'won' where the acts add up to 'open': it "
		"follows from them, use 'fu win'\n"
		"opportunities/b.ini:3: 'value': unreadable amount 'x': digits are needed, "
		"without "
		"a sign, as in '12000.00 EUR'\n"
		"c\n"
		"opportunities/d.ini: 'd' is the id of 'opportunities/deep/d.ini' too\n"
		"opportunities/deep/d.ini: 'd' is the id of 'opportunities/d.ini' too\n"
		"opportunities/e.ini: not a regular file\n"
		"opportunities/f.ini: a symbolic link is not followed\n"
		"opportunities/Bad Name.ini: an opportunity's id has up to 64 of a-z, 0-9 and "
		"'-'\n"
		"opportunities/g: a symbolic link is not followed\n");
	fails(repo_load(repo, "d", &o), ERR_FAILED,
		"opportunities/d.ini: 'd' is the id of 'opportunities/deep/d.ini' too");
	fails(repo_load(repo, "nope", &o), ERR_MISSING, "no opportunity 'nope'");
	str_release(&seen.text);
	repo_close(repo);
}

static void test_open_ones(void **state)
{
	struct seen seen = {.text = STR_INIT};
	struct repo *repo;

	(void)state;
	make_repository();
	add_opportunity("a", FILE_OF("aaaaaaaaa1", "A"));
	add_opportunity("b",
		ACT("aaaaaaaaa2",
			"B") "[abandon aaaaaaaaa3]\nat = 2026-11-03T10:00:00Z\nseq = 2\n"
			     "cause = gone\nbecause = sold\n");
	repo = open_here();
	assert_int_equal(repo_each_open(repo, see, &seen), 0);
	assert_string_equal(seen.text.buf, "a\n");
	str_release(&seen.text);
	repo_close(repo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_reading_does_not_load_git),
		TEST(test_init),
		TEST(test_init_inside_another_work_tree),
		TEST(test_init_with_bad_settings),
		TEST(test_found_upwards),
		TEST(test_named),
		TEST(test_work_tree_of_its_own),
		TEST(test_somebody_elses),
		TEST(test_damaged_settings),
		TEST(test_zones),
		TEST(test_only_plain_files_are_read),
		TEST(test_paths),
		TEST(test_processes),
		TEST(test_ids),
		TEST(test_no_opportunities),
		TEST(test_one_damaged_file_stops_nothing),
		TEST(test_open_ones),
	};

	return RUN_TESTS(tests);
}
