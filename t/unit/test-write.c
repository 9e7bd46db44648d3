/* The repository written: acts, hand edits, with real git. */
#include "repo-given.h"

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
		"%s: moving to another process or activity has a reason: 'fu record -m <why>' "
		"gives it, with 'fu edit' '--because <why>'",
		path);
	fails(write_open(w, "acme", &o), ERR_FAILED, expected);
	free(expected);
	replace_in(path, "by = Sam", "bye = Sam");
	expected = xstrfmt("%s:12: unknown key 'bye' of 'new' (did you mean 'by'?)", path);
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
	replace_in(path, "client = Acme", "client   =  Acme");
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
	write_end(w);
	free(GIT("checkout", "--", gone));
	w = begin(repo);
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
		"Fu-Opportunity: acme\nFu-Opportunity: moved\nFu-Opportunity: new\n");
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
		edits.items[0].fault, "fu.ini:2: no time zone 'Mars/Olympus' on this system");
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
		ERR_FAILED, "acme.ini:21: 'at' is missing: when did it happen?");
	opportunity_free(before);
	str_release(&text);
	write_end(w);
	repo_close(repo);
}

/* storage/git's tests kill at every call; this one only: opening looks after it. */
static void test_dead_lock_is_removed(void **state)
{
	struct repo *repo;
	struct write *w;

	(void)state;
	make_repository();
	write_file(".git/fu/held", "");
	assert_int_equal(link(".git/fu/held", ".git/index.lock"), 0);
	repo = open_here();
	assert_int_equal(access(".git/index.lock", F_OK), -1);
	w = begin(repo);
	assert_int_equal(access(".git/index.lock", F_OK), 0);
	repo_close(open_here()); /* a reader leaves a live writer's alone */
	assert_int_equal(access(".git/index.lock", F_OK), 0);
	write_end(w);
	repo_close(repo);
	write_file(".git/index.lock", "git's own");
	repo_close(open_here());
	assert_int_equal(access(".git/index.lock", F_OK), 0);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_write),
		TEST(test_hand_edit_is_recorded_first),
		TEST(test_invalid_hand_edit_refuses),
		TEST(test_form_alone_is_no_edit),
		TEST(test_edit_committed_by_plain_git),
		TEST(test_hand_edits),
		TEST(test_settings_and_processes_by_hand),
		TEST(test_take_edit),
		TEST(test_dead_lock_is_removed),
		TEST(test_act_ids),
	};

	return RUN_TESTS(tests);
}
