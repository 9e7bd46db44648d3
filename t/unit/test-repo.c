/* The repository: found, opened, read, and written, in real directories and with real git. */
#include "storage/storage.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/file.h"
#include "storage/layout.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- a directory of its own for every test, and git ---- */

static char *home; /* also HOME */

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *ftw)
{
	(void)info;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int set_up(void **state)
{
	char template[] = "/tmp/fu-test-XXXXXX";

	(void)state;
	home = realpath(mkdtemp(template), NULL);
	setenv("HOME", home, 1);
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

static int tear_down(void **state)
{
	(void)state;
	assert_int_equal(chdir("/"), 0);
	nftw(home, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(home);
	error_clear();
	return 0;
}

/* Runs git in the repository; its output, the last newline cut off. The caller frees. */
static char *git(const char *const *arguments)
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

static void git_says(char *output, const char *expected)
{
	assert_string_equal(output, expected);
	free(output);
}

static void write_file(const char *path, const char *text)
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

static char *read_text(const char *path)
{
	struct str out = STR_INIT;

	assert_int_equal(file_read_anywhere(&out, path, 1 << 20), 0);
	return str_detach(&out);
}

static void replace_in(const char *path, const char *part, const char *instead)
{
	char *text = read_text(path), *at = strstr(text, part);

	assert_non_null(at);
	*at = '\0';
	at = xstrfmt("%s%s%s", text, instead, at + strlen(part));
	write_file(path, at);
	free(at);
	free(text);
}

static void fails(int rc, int expected, const char *message)
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

static void make_repository(void)
{
	char *root;
	bool made;

	if (repo_init("r", "Europe/Madrid", "EUR", false, &made, &root))
		fail_msg("%s", error_message(0));
	assert_true(made);
	assert_int_equal(chdir("r"), 0);
	free(root);
}

static struct repo *open_here(void)
{
	struct repo *repo;

	if (repo_open(&repo, NULL))
		fail_msg("%s", error_message(0));
	return repo;
}

static void add_opportunity(const char *id, const char *text)
{
	char *path = layout_path(id);

	write_file(path, text);
	free(path);
}

static void commit_all(void)
{
	free(GIT("add", "-A"));
	free(GIT("commit", "-q", "-m", "test"));
}

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
		skip();
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
		"fu.ini: 'fu.timezone' is 'Mars/Olympus', which this system does not know");
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

/* ---- writing ---- */

static struct write *begin(struct repo *repo)
{
	struct write *w;

	if (write_begin(&w, repo))
		fail_msg("%s", error_message(0));
	return w;
}

/* An opportunity that is recorded as `fu new` would. */
static void record_new(const char *id, const char *act_id)
{
	struct repo *repo = open_here();
	struct write *w = begin(repo);
	struct opportunity *o = opportunity_new(id);
	struct act *a = act_new(ACT_NEW);
	struct list trailers = {0};
	char commit[41];

	a->id = xstrdup(act_id);
	a->at = a->recorded = repo_clock(repo)->now;
	a->at.utc -= 86400;
	a->seq = 1;
	a->by = xstrdup("Sam Sales <sam@example.com>");
	a->title = xstrdup("Website");
	a->client = xstrdup("Acme");
	a->process = xstrdup("field");
	a->activity = xstrdup("discovery");
	opportunity_add(o, a);
	opportunity_fold(o);
	list_add(&trailers, "Fu-Act: new");
	if (write_put(w, o) ||
		write_commit(w, &(struct commit_text){"new", "body", &trailers}, commit))
		fail_msg("%s", error_message(0));
	assert_int_equal(strlen(commit), 40);
	list_release(&trailers);
	opportunity_free(o);
	write_end(w);
	repo_close(repo);
}

static void test_write(void **state)
{
	struct opportunity *o;
	struct repo *repo;
	struct write *w;
	char commit[41], *path = layout_path("acme");

	(void)state;
	make_repository();
	record_new("acme", "aaaaaaaaa1");
	git_says(GIT("status", "--porcelain"), "");
	git_says(GIT("log", "-1", "--format=%B"), "new\n\nbody\n\nFu-Act: new\n");
	assert_int_equal(access(path, R_OK), 0);
	repo = open_here();
	w = begin(repo);
	assert_int_equal(write_open(w, "acme", &o), 0);
	assert_int_equal(write_notices(w)->n, 0);
	assert_int_equal(write_put(w, o), 0);
	assert_int_equal(write_commit(w, &(struct commit_text){"same", NULL, NULL}, commit), 0);
	assert_string_equal(commit, "");
	opportunity_free(o);
	o = opportunity_new("acme");
	fails(write_put(w, o), ERR_FAILED, "there is an opportunity 'acme' already");
	opportunity_free(o);
	assert_int_equal(write_open(w, "other", &o), ERR_MISSING);
	write_end(w);
	repo_close(repo);
	free(path);
}

static void test_hand_edit_is_recorded_first(void **state)
{
	char *path = layout_path("acme");
	struct opportunity *o;
	struct repo *repo;
	struct write *w;

	(void)state;
	make_repository();
	record_new("acme", "aaaaaaaaa1");
	replace_in(path, "client = Acme", "client = Acme GmbH\nvalue = 500 EUR");
	repo = open_here();
	assert_int_equal(repo_load(repo, "acme", &o), 0);
	assert_string_equal(o->now.client, "Acme GmbH");
	opportunity_free(o);
	w = begin(repo);
	if (write_open(w, "acme", &o))
		fail_msg("%s", error_message(0));
	assert_int_equal(o->n, 2);
	assert_string_equal(o->now.client, "Acme GmbH");
	assert_int_equal(write_notices(w)->n, 1);
	assert_true(starts_with(write_notices(w)->items[0],
		"recorded what was edited by hand in 'acme' first ("));
	opportunity_free(o);
	write_end(w);
	repo_close(repo);
	git_says(GIT("log", "-1", "--format=%s %(trailers:key=Fu-Act,separator=%x20)"),
		"acme: record: what was edited by hand Fu-Act: record");
	git_says(GIT("status", "--porcelain"), "");
	free(path);
}

static void test_invalid_hand_edit_refuses(void **state)
{
	char *path = layout_path("acme"), *text, *expected;
	struct opportunity *o;
	struct repo *repo;
	struct write *w;

	(void)state;
	make_repository();
	record_new("acme", "aaaaaaaaa1");
	replace_in(path, "activity = discovery", "activity = workshop");
	text = read_text(path);
	repo = open_here();
	w = begin(repo);
	expected = xstrfmt(
		"%s: moving to another process or activity has a reason: '--because' is "
		"missing",
		path);
	fails(write_open(w, "acme", &o), ERR_FAILED, expected);
	free(expected);
	replace_in(path, "by = Sam", "bye = Sam");
	expected = xstrfmt("%s:11: unknown key 'bye' of 'new' (did you mean 'by'?)", path);
	fails(write_open(w, "acme", &o), ERR_FAILED, expected);
	free(expected);
	write_end(w);
	repo_close(repo);
	git_says(GIT("rev-list", "--count", "HEAD"), "2");
	free(text);
	free(path);
}

static void test_form_alone_is_no_edit(void **state)
{
	char *path = layout_path("acme"), commit[41];
	struct opportunity *o;
	struct repo *repo;
	struct write *w;
	struct act *note;

	(void)state;
	make_repository();
	record_new("acme", "aaaaaaaaa1");
	replace_in(path, "client = Acme", "; who pays\nclient   =  Acme");
	repo = open_here();
	w = begin(repo);
	assert_int_equal(write_open(w, "acme", &o), 0);
	assert_int_equal(write_notices(w)->n, 0);
	note = act_new(ACT_NOTE);
	note->id = fresh_act_id();
	note->at = note->recorded = repo_clock(repo)->now;
	note->note = xstrdup("x");
	opportunity_add(o, note);
	opportunity_fold(o);
	assert_int_equal(write_put(w, o), 0);
	if (write_commit(w, &(struct commit_text){"note", NULL, NULL}, commit))
		fail_msg("%s", error_message(0));
	opportunity_free(o);
	write_end(w);
	repo_close(repo);
	git_says(GIT("rev-list", "--count", "HEAD"), "3");
	git_says(GIT("status", "--porcelain"), "");
	free(path);
}

static void test_edit_committed_by_plain_git(void **state)
{
	char *path = layout_path("acme");
	struct opportunity *o;
	struct repo *repo;
	struct write *w;

	(void)state;
	make_repository();
	record_new("acme", "aaaaaaaaa1");
	replace_in(path, "title = Website", "title = Shop");
	commit_all();
	repo = open_here();
	w = begin(repo);
	if (write_open(w, "acme", &o))
		fail_msg("%s", error_message(0));
	assert_string_equal(o->now.title, "Shop");
	assert_int_equal(o->n, 2);
	opportunity_free(o);
	write_end(w);
	repo_close(repo);
	git_says(GIT("status", "--porcelain"), "");
	free(path);
}

static void test_hand_edits(void **state)
{
	char *path = layout_path("acme"), *moved = layout_path("moved"),
	     *gone = layout_path("gone");
	struct hand_edits edits;
	struct repo *repo;
	struct write *w;
	char commit[41];
	size_t count;

	(void)state;
	make_repository();
	record_new("acme", "aaaaaaaaa1");
	record_new("moved", "aaaaaaaaa2");
	record_new("gone", "aaaaaaaaa3");
	replace_in(path, "client = Acme", "client = Acme GmbH");
	mkdir("opportunities/old", 0777);
	assert_int_equal(rename(moved, "opportunities/old/moved.ini"), 0);
	assert_int_equal(unlink(gone), 0);
	write_file("opportunities/new.ini", ACT("aaaaaaaaa4", "New"));
	write_file("processes/mine.ini", "[process]\nactivities = a\n");
	write_file("notes.txt", "not ours");
	repo = open_here();
	assert_int_equal(repo_hand_edits(repo, &edits), 0);
	assert_int_equal(edits.n, 5);
	for (size_t i = 0; i < edits.n; i++) {
		const struct hand_edit *e = &edits.items[i];

		if (same_string(e->id, "gone"))
			assert_true(e->is_gone && strstr(e->fault, "files only grow"));
		else if (e->fault)
			fail_msg("%s", e->fault);
		if (same_string(e->id, "moved"))
			assert_string_equal(e->was, moved);
		assert_int_equal(e->is_new,
			same_string(e->id, "new") || !strcmp(e->path, "processes/mine.ini"));
	}
	hand_edits_release(&edits);
	w = begin(repo);
	assert_int_equal(write_record_edits(w, NULL, commit, &count), ERR_REFUSED);
	git_says(GIT("rev-list", "--count", "HEAD"), "4");
	free(GIT("checkout", "--", gone));
	if (write_record_edits(w, "moved in", commit, &count))
		fail_msg("%s", error_message(0));
	assert_int_equal(count, 4);
	assert_int_equal(write_record_edits(w, NULL, commit, &count), 0);
	assert_int_equal(count, 0);
	assert_string_equal(commit, "");
	write_end(w);
	repo_close(repo);
	git_says(GIT("status", "--porcelain"), "?? notes.txt");
	git_says(GIT("log", "-1", "--format=%s / %b"),
		"record: what was edited by hand in 4 files / moved in\n\nFu-Act: record\n"
		"Fu-Opportunity: acme\nFu-Opportunity: new\nFu-Opportunity: moved\n");
	free(gone);
	free(moved);
	free(path);
}

static void test_settings_and_processes_by_hand(void **state)
{
	struct hand_edits edits;
	struct repo *repo;

	(void)state;
	make_repository();
	record_new("acme", "aaaaaaaaa1");
	repo = open_here();
	write_file("fu.ini", "[fu]\ntimezone = Mars/Olympus\n");
	unlink("processes/field.ini");
	unlink("processes/phone.ini");
	write_file("processes/reseller.ini", "[process]\n");
	write_file("opportunities/Bad.ini", "");
	assert_int_equal(repo_hand_edits(repo, &edits), 0);
	assert_int_equal(edits.n, 5);
	assert_string_equal(
		edits.items[0].fault, "fu.ini: no time zone 'Mars/Olympus' on this system");
	assert_string_equal(
		edits.items[1].fault, "opportunities/Bad.ini: not a name for a file of fu");
	assert_string_equal(
		edits.items[2].fault, "processes/field.ini: removed, but 'acme' follows it");
	assert_null(edits.items[3].fault);
	assert_true(starts_with(edits.items[4].fault, "processes/reseller.ini: "));
	hand_edits_release(&edits);
	repo_close(repo);
}

static void test_take_edit(void **state)
{
	struct opportunity *before, *after;
	struct str text = STR_INIT;
	struct repo *repo;
	struct write *w;

	(void)state;
	make_repository();
	record_new("acme", "aaaaaaaaa1");
	repo = open_here();
	w = begin(repo);
	assert_int_equal(write_open(w, "acme", &before), 0);
	opportunity_write(&text, before);
	str_add(&text, "\n[note]\nat = 2026-11-20T11:00:00Z\nnote = by hand\n");
	assert_int_equal(
		write_take_edit(w, before, "acme.ini", text.buf, text.len, NULL, &after), 0);
	assert_int_equal(after->n, 2);
	assert_string_equal(after->path, before->path);
	opportunity_free(after);
	str_add(&text, "[note]\n");
	fails(write_take_edit(w, before, "acme.ini", text.buf, text.len, NULL, &after),
		ERR_FAILED, "acme.ini:19: 'at' is missing: when did it happen?");
	opportunity_free(before);
	str_release(&text);
	write_end(w);
	repo_close(repo);
}

static void test_act_ids(void **state)
{
	char *a = fresh_act_id(), *b = fresh_act_id();

	(void)state;
	assert_int_equal(strlen(a), ACT_ID_LEN);
	assert_string_not_equal(a, b);
	free(a);
	free(b);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

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
		TEST(test_write),
		TEST(test_hand_edit_is_recorded_first),
		TEST(test_invalid_hand_edit_refuses),
		TEST(test_form_alone_is_no_edit),
		TEST(test_edit_committed_by_plain_git),
		TEST(test_hand_edits),
		TEST(test_settings_and_processes_by_hand),
		TEST(test_take_edit),
		TEST(test_act_ids),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
