/*
 * HEAD and the index, as `fu fsck` looks at them. What somebody has put into the index
 * by `git add` is his affair; an entry of a file of fu's that is neither what HEAD has nor
 * what stands in the work tree is what a program that died has left, and the next commit
 * would take it.
 */
#include "storage/git/git.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct survey {
	struct git *git;
	git_index *index;
	git_tree *head;
	int root_fd;
	const char *unmerged; /* the last path of an unfinished merge */
	void (*visit)(void *, const char *kind, const char *path, const char *what);
	void *context;
};

static void say(struct survey *s, const char *kind, const char *path, const char *what)
{
	s->visit(s->context, kind, path, what);
}

/* What is recorded as an error, as findings. */
static void say_errors(struct survey *s, const char *kind)
{
	struct list all = {0};

	for (size_t i = 0; i < error_count(); i++)
		list_add(&all, error_message(i));
	for (size_t i = 0; i < error_hint_count(); i++)
		list_add(&all, error_hint_message(i));
	error_clear();
	for (size_t i = 0; i < all.n; i++)
		say(s, kind, NULL, all.items[i]);
	list_release(&all);
}

static void check_head(struct survey *s)
{
	git_reference *head = NULL;
	const char *target;

	if (git_reference_lookup(&head, s->git->repo, "HEAD")) {
		git_failed("HEAD cannot be read");
		say_errors(s, "ref");
		return;
	}
	target = git_reference_symbolic_target(head);
	if (!target || !starts_with(target, "refs/heads/"))
		say(s, "ref", NULL, "HEAD is detached: it is on no branch");
	git_reference_free(head);
	if (head_tree(s->git, &s->head))
		say_errors(s, "ref");
	else if (!s->head)
		say(s, "ref", NULL, "nothing is committed yet");
}

static void id_in_head(struct survey *s, const char *path, git_oid *id)
{
	git_tree_entry *entry = NULL;

	memset(id, 0, sizeof(*id));
	if (!git_tree_entry_bypath(&entry, s->head, path))
		git_oid_cpy(id, git_tree_entry_id(entry));
	git_error_clear();
	git_tree_entry_free(entry);
}

static void check_entry(struct survey *s, const git_index_entry *e)
{
	git_oid recorded, have;

	if (git_index_entry_stage(e)) {
		if (!same_string(s->unmerged, e->path))
			say(s, "index", e->path,
				"a merge is not finished: the index has both sides of it");
		s->unmerged = e->path;
		return;
	}
	if (!path_is_fus(e->path) ||
		(e->mode != GIT_FILEMODE_BLOB && e->mode != GIT_FILEMODE_BLOB_EXECUTABLE))
		return;
	id_in_head(s, e->path, &recorded);
	if (same_id(&recorded, &e->id))
		return;
	if (path_hash(s->root_fd, e->path, &have, NULL))
		error_clear();
	else if (same_id(&have, &e->id))
		return;
	say(s, "index", e->path,
		"the index has what neither HEAD nor the work tree has: git restore --staged");
}

/* In HEAD and in the work tree, and not in the index. */
static int check_missing(void *context, const struct tree_file *file)
{
	struct survey *s = context;
	git_oid recorded, have;

	if (!file->is_regular || !path_is_fus(file->path) ||
		git_index_get_bypath(s->index, file->path, 0) ||
		git_index_get_bypath(s->index, file->path, 2))
		return 0;
	git_error_clear();
	if (git_oid_fromstr(&recorded, file->blob) ||
		path_hash(s->root_fd, file->path, &have, NULL))
		error_clear();
	else if (same_id(&have, &recorded))
		say(s, "index", file->path,
			"the index lacks what HEAD and the work tree have: "
			"git restore --staged");
	return 0;
}

static void check_index(struct survey *s)
{
	char *path = xstrfmt("%s/index", s->git->dir);

	if (git_index_open(&s->index, path)) {
		index_unreadable(s->git);
		say_errors(s, "index");
	} else {
		for (size_t i = 0; i < git_index_entrycount(s->index); i++)
			check_entry(s, git_index_get_byindex(s->index, i));
		if (tree_list(s->git, git_tree_id(s->head), check_missing, s))
			error_clear(); /* told where the files are read */
	}
	git_error_clear();
	free(path);
}

int git_state(struct git *git,
	void (*visit)(void *, const char *kind, const char *path, const char *what),
	void *context)
{
	struct survey s = {.git = git, .visit = visit, .context = context};

	s.root_fd = (int)RETRY(open(git->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	if (s.root_fd < 0)
		return os_failed("cannot open '%s'", git->root);
	check_head(&s);
	if (s.head)
		check_index(&s);
	git_index_free(s.index);
	git_tree_free(s.head);
	close(s.root_fd);
	return 0;
}
