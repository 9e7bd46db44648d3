/* Transactions of storage/git on real repositories. */
#include "t/unit/git_fixture.h"

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
	assert_int_equal(backend->put(w, "a.ini", "2\n", 2, NULL), ERR_FAILED);
	says("'a.ini' was edited by hand");
	assert_int_equal(backend->put(w, "a.ini", "edited\n", 7,
				 &(struct hand_edited){true, "edited\n", 7}),
		0);
	commit(w, "hand edit", hash);
	put(w, "a.ini", "edited\nand an act\n");
	commit(w, "act", hash);
	backend->end(w);
	is_clean(f);
	shell_says(f, "git show HEAD~1:a.ini", "edited\n");
	quietly(f, "echo again >a.ini; echo untracked >b.ini");
	w = begin(f);
	assert_int_equal(backend->put(w, "b.ini", "2\n", 2, NULL), ERR_FAILED);
	assert_int_equal(backend->put(w, "a.ini", "other\n", 6,
				 &(struct hand_edited){true, "edited\n", 7}),
		ERR_FAILED);
	says("'a.ini' was changed by somebody else meanwhile");
	assert_int_equal(
		backend->put(w, "a.ini", "other\n", 6, &(struct hand_edited){.there = false}),
		ERR_FAILED);
	assert_int_equal(backend->put(w, "a.ini", "other\n", 6,
				 &(struct hand_edited){true, "again\n", 6}),
		0);
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
		if (backend->put(w, bad[i], "x", 1, NULL) != ERR_FAILED)
			fail_msg("taken: '%s'", bad[i]);
	backend->end(w);
	shell_says(f, "ls -A", ".git\n");
}

static void test_symbolic_links(void **state)
{
	const struct hand_edited none = {.there = false};
	struct fixture *f = *state;
	struct gitw *w;

	quietly(f, "mkdir ../outside; echo secret >../outside/file; ln -s ../outside dir; "
		   "ln -s ../outside/file link; mkdir real; ln -s ../../outside real/deep");
	w = begin(f);
	assert_int_equal(backend->put(w, "dir/new.ini", "x", 1, &none), ERR_FAILED);
	says("symbolic link");
	assert_int_equal(backend->put(w, "real/deep/new.ini", "x", 1, &none), ERR_FAILED);
	assert_int_equal(backend->put(w, "link", "x", 1, &none), ERR_FAILED);
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
	};

	return load_backend() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
