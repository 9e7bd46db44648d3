/* The cache of the work list: it says what the files say, whatever happens to it. */
#include "repo-given.h"

#include "core/worklist.h"

#include <fcntl.h>
#include <sys/file.h>

#define CACHE ".git/fu/listing"
#define FRESH CACHE ".new"

/* Old enough for its time stamp to be trusted. */
static void let_age(void)
{
	usleep(60000);
}

struct said {
	struct list lines;
};

static void say_item(struct said *said, const char *client, const struct item *item)
{
	struct str line = STR_INIT;

	str_addf(&line, "%s %s %s %s %lld %lld %lld %lld %lld %lld %s", item->opportunity_id,
		client ? client : "-", item_word(item->kind), item->reason,
		(long long)item->shows_from, (long long)item->shows_until,
		(long long)item->due_at, (long long)item->overdue_from,
		(long long)item->late_from, (long long)item->begins,
		item->due.set ? "due " : "");
	if (item->due.set)
		when_add_stored(&line, &item->due);
	list_take(&said->lines, str_detach(&line));
}

static int hear_listed(void *context, const struct listed *l, const char *fault)
{
	struct said *said = context;

	if (fault)
		list_add(&said->lines, fault);
	for (size_t i = 0; l && i < l->n; i++)
		say_item(said, l->client, &l->items[i]);
	return 0;
}

struct reference {
	struct said said;
	struct repo *repo;
};

static int hear_opportunity(void *context, struct opportunity *o, const char *fault, bool *keep)
{
	struct reference *r = context;
	struct worklist_ground ground = {
		.settings = repo_settings(r->repo), .clock = repo_clock(r->repo)};
	struct items items = {0};

	(void)keep;
	if (fault) {
		list_add(&r->said.lines, fault);
		return 0;
	}
	if (repo_process(r->repo, o->now.process, &ground.process))
		list_add(&r->said.lines, error_message(0));
	worklist_items(&items, o, &ground);
	for (size_t i = 0; i < items.n; i++)
		say_item(&r->said, o->now.client, &items.items[i]);
	items_release(&items);
	return 0;
}

static char *joined(struct said *said)
{
	struct str out = STR_INIT;

	list_sort(&said->lines);
	for (size_t i = 0; i < said->lines.n; i++)
		str_addf(&out, "%s\n", said->lines.items[i]);
	list_release(&said->lines);
	return str_detach(&out);
}

/* What the listing says is what the files say; returns it. */
static char *holds(void)
{
	struct reference reference = {0};
	struct said said = {0};
	char *got, *expected;

	reference.repo = open_here();
	assert_int_equal(repo_each_listed(reference.repo, hear_listed, &said), 0);
	repo_close(reference.repo);
	reference.repo = open_here();
	assert_int_equal(repo_each_open(reference.repo, hear_opportunity, &reference), 0);
	repo_close(reference.repo);
	got = joined(&said);
	expected = joined(&reference.said);
	assert_string_equal(got, expected);
	free(expected);
	return got;
}

static void holds_with(const char *part)
{
	char *text = holds();

	assert_non_null(strstr(text, part));
	free(text);
}

static void holds_without(const char *part)
{
	char *text = holds();

	assert_null(strstr(text, part));
	free(text);
}

#define WITH_STEP(id, title, step) FILE_OF(id, title) step
#define APPOINTMENT "next = 2026-11-24 15:00\n"

static void make_three(void)
{
	make_repository();
	add_opportunity("acme", FILE_OF("aaaaaaaaa1", "Website"));
	add_opportunity("beta", WITH_STEP("bbbbbbbbb1", "Shop", APPOINTMENT));
	add_opportunity("gamma", WITH_STEP("ccccccccc1", "Desk", APPOINTMENT));
}

static void test_it_says_what_the_files_say(void **state)
{
	(void)state;
	make_repository();
	free(holds()); /* an empty one */
	add_opportunity("acme", FILE_OF("aaaaaaaaa1", "Website"));
	holds_with("adrift");
	let_age();
	holds_with("adrift");
	add_opportunity("beta", WITH_STEP("bbbbbbbbb1", "Shop", APPOINTMENT));
	holds_with("beta Acme appointment");
}

static void test_it_is_kept_while_it_holds(void **state)
{
	struct stat before, after;

	(void)state;
	make_three();
	let_age();
	free(holds());
	assert_int_equal(stat(CACHE, &before), 0);
	free(holds());
	assert_int_equal(stat(CACHE, &after), 0);
	assert_int_equal(before.st_ino, after.st_ino);
	assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

static void test_hand_edits_are_seen(void **state)
{
	char *path = layout_path("beta");

	(void)state;
	make_three();
	let_age();
	free(holds());
	/* In place, and of the same length. */
	replace_in(path, "15:00", "16:00");
	holds_with("2026-11-24 16:00");
	replace_in(path, "16:00", "17:00"); /* at once, with the stamp of the moment before */
	holds_with("2026-11-24 17:00");
	/* By a new file under the old name, as editors do. */
	let_age();
	free(holds());
	write_file("new.ini", WITH_STEP("bbbbbbbbb1", "Shop", "next = 2026-11-25 15:00\n"));
	assert_int_equal(rename("new.ini", path), 0);
	holds_with("2026-11-25 15:00");
	assert_int_equal(unlink(path), 0);
	holds_without("beta");
	free(path);
}

static void test_a_file_elsewhere_is_found(void **state)
{
	(void)state;
	make_three();
	let_age();
	free(holds());
	write_file("opportunities/mine/deep/delta.ini", FILE_OF("ddddddddd1", "Lamp"));
	holds_with("delta");
	let_age();
	free(holds());
	write_file("opportunities/mine/deep/epsilon.ini", FILE_OF("eeeeeeeee1", "Lamp"));
	holds_with("epsilon");
}

static void test_settings_and_processes_count(void **state)
{
	char *path = layout_path("gamma");

	(void)state;
	make_three();
	replace_in(path, "status = open\n", "status = open\nexpires = 2026-12-24\n");
	free(path);
	let_age();
	free(holds());
	write_file("fu.ini", "[fu]\ntimezone = America/New_York\ncurrency = EUR\n");
	holds_with("appointment");
	write_file("fu.ini",
		"[fu]\ntimezone = America/New_York\n[policy]\nexpiry-warning = 1 day\n");
	holds_with("has expired");
	assert_int_equal(unlink("processes/field.ini"), 0);
	holds_with("no process 'field'");
}

static void test_a_damaged_file_is_named_until_it_is_mended(void **state)
{
	char *path = layout_path("beta"), *good;

	(void)state;
	make_three();
	good = read_text(path);
	write_file(path, "[opportunity\n");
	holds_with("beta.ini");
	let_age();
	holds_with("beta.ini");
	write_file(path, good);
	holds_with("beta Acme appointment");
	free(good);
	free(path);
}

/* Any damage to the cache: it is made anew, in silence. */
static void test_a_damaged_cache_is_made_anew(void **state)
{
	struct str bytes = STR_INIT;
	uint64_t seed = 1;
	FILE *file;

	(void)state;
	make_three();
	let_age();
	free(holds());
	assert_int_equal(file_read_anywhere(&bytes, CACHE, 1 << 20), 0);
	for (int round = 0; round < 200; round++) {
		size_t len = bytes.len, at;
		char *copy = xmalloc(len);

		memcpy(copy, bytes.buf, len);
		seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
		at = (size_t)(seed >> 33) % len;
		if (round % 4 == 0)
			len = at; /* cut */
		else
			copy[at] = (char)(copy[at] ^ (1 << (round % 8)));
		file = fopen(CACHE, "w");
		assert_non_null(file);
		fwrite(copy, 1, len, file);
		fclose(file);
		free(copy);
		holds_with("beta Acme appointment");
	}
	str_release(&bytes);
	assert_int_equal(unlink(CACHE), 0);
	assert_int_equal(mkdir(CACHE, 0777), 0);
	holds_with("beta Acme appointment");
}

/* A writer that was killed leaves its file: it is taken up, and none is left. */
static void test_what_a_killed_writer_left_is_taken_up(void **state)
{
	struct stat info;

	(void)state;
	make_three();
	let_age();
	write_file(FRESH, "half of it");
	holds_with("beta Acme appointment");
	assert_int_equal(stat(CACHE, &info), 0);
	assert_int_equal(stat(FRESH, &info), -1);
	holds_with("beta Acme appointment");
}

static void test_of_two_writers_one_keeps_it(void **state)
{
	struct stat info;
	int fd;

	(void)state;
	make_three();
	let_age();
	write_file(FRESH, "half of it");
	fd = open(FRESH, O_RDONLY);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	unlink(CACHE);
	holds_with("beta Acme appointment");
	assert_int_equal(stat(CACHE, &info), -1);
	assert_int_equal(stat(FRESH, &info), 0);
	assert_int_equal(info.st_size, strlen("half of it"));
	close(fd);
	holds_with("beta Acme appointment");
	assert_int_equal(stat(CACHE, &info), 0);
}

static void test_closing_takes_it_off_the_list(void **state)
{
	char *path = layout_path("beta"), *text, *whole;

	(void)state;
	make_three();
	let_age();
	free(holds());
	replace_in(path, "status = open", "status = won");
	text = read_text(path);
	whole = xstrfmt("%s\n[win bbbbbbbbb2]\nat = 2026-11-03T10:00:00+01:00\nseq = 2\n"
			"by = Sam Sales <sam@example.com>\n",
		text);
	write_file(path, whole);
	holds_without("beta");
	free(whole);
	free(text);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_it_says_what_the_files_say),
		TEST(test_it_is_kept_while_it_holds),
		TEST(test_hand_edits_are_seen),
		TEST(test_a_file_elsewhere_is_found),
		TEST(test_settings_and_processes_count),
		TEST(test_a_damaged_file_is_named_until_it_is_mended),
		TEST(test_a_damaged_cache_is_made_anew),
		TEST(test_what_a_killed_writer_left_is_taken_up),
		TEST(test_of_two_writers_one_keeps_it),
		TEST(test_closing_takes_it_off_the_list),
	};

	return RUN_TESTS(tests);
}
