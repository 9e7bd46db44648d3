#include "storage/git/git.h"

#include <stdlib.h>
#include <string.h>

struct teller {
	struct git *git;
	int (*visit)(void *, const struct commit_info *);
	void *context;
};

static int tell(void *context, const git_oid *id)
{
	struct teller *t = context;
	struct commit_info info = {0};
	const git_signature *author;
	git_commit *commit = NULL;
	const char *body;
	char *who, *subject;
	int err;

	if (git_commit_lookup(&commit, t->git->repo, id))
		return git_failed("cannot read a commit of the history");
	author = git_commit_author(commit);
	who = xstrfmt("%s <%s>", author->name, author->email);
	subject = xstrdup(git_commit_summary(commit) ? git_commit_summary(commit) : "");
	body = git_commit_body(commit);
	id_to_hex(info.hash, id);
	info.author = who;
	info.time = (struct moment){
		.utc = author->when.time, .offset = author->when.offset * 60, .set = true};
	info.subject = subject;
	info.body = body ? body : "";
	err = t->visit(t->context, &info);
	free(subject);
	free(who);
	git_commit_free(commit);
	return err;
}

/* A ref is looked up by itself: libgit2 1.5 loses it where what it names is not there. */
static int find_object(struct git *git, const char *revision, git_object **found)
{
	git_oid id;

	if (git_reference_name_to_id(&id, git->repo, revision))
		return git_revparse_single(found, git->repo, revision);
	return git_object_lookup(found, git->repo, &id, GIT_OBJECT_ANY);
}

static int look_up(struct git *git, const char *revision, git_commit **out)
{
	git_object *found = NULL, *commit = NULL;
	int got = find_object(git, revision, &found);
	int err = 0;

	if (!got)
		got = git_object_peel(&commit, found, GIT_OBJECT_COMMIT);
	if (got == GIT_EAMBIGUOUS)
		err = error_set(ERR_MISSING, "revision '%s' is ambiguous", revision);
	else if (got == GIT_ENOTFOUND || got == GIT_EINVALIDSPEC || got == GIT_EPEEL)
		err = error_set(ERR_MISSING, "no commit '%s'", revision);
	else if (got)
		err = git_failed("cannot read '%s'", revision);
	*out = (git_commit *)commit;
	git_object_free(found);
	git_error_clear();
	return err;
}

int git_history(struct git *git, const struct history_filter *filter,
	int (*visit)(void *, const struct commit_info *), void *context)
{
	struct teller teller = {.git = git, .visit = visit, .context = context};
	const struct list one = {.items = (char **)&filter->path, .n = 1};
	const struct list *paths = filter->path ? &one : filter->paths;
	git_commit *start = NULL;
	git_oid id;
	int err;

	if (!filter->start && git_repository_head_unborn(git->repo) == 1)
		return 0;
	if ((err = look_up(git, filter->start ? filter->start : "HEAD", &start)))
		return err;
	git_oid_cpy(&id, git_commit_id(start));
	git_commit_free(start);
	err = walk_history(git, &id, paths, tell, &teller);
	return err > 0 ? 0 : err;
}

/* libgit2 does not fetch what a partial clone lacks. */
static void hint_at_partial(struct git *git)
{
	if (config_is_partial(git))
		error_hint("a partial clone: 'git fetch --refetch --no-filter' fetches what is "
			   "missing");
}

static int read_entry(
	struct git *git, git_tree *tree, const char *path, struct str *out, bool *found)
{
	git_tree_entry *entry = NULL;
	git_blob *blob = NULL;
	int got = git_tree_entry_bypath(&entry, tree, path);
	int err = 0;

	*found = !got && git_tree_entry_type(entry) == GIT_OBJECT_BLOB;
	if (*found && git_object_size_check(git, git_tree_entry_id(entry), path))
		err = ERR_FAILED;
	else if (*found && git_blob_lookup(&blob, git->repo, git_tree_entry_id(entry))) {
		err = git_failed("cannot read '%s'", path);
		hint_at_partial(git);
	} else if (*found)
		str_addn(out, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
	else if (got && got != GIT_ENOTFOUND)
		err = git_failed("cannot look for '%s'", path);
	git_error_clear();
	git_blob_free(blob);
	git_tree_entry_free(entry);
	return err;
}

int git_head_file(struct git *git, const char *path, struct str *out, bool *found)
{
	git_tree *tree = NULL;
	int err = head_tree(git, &tree);

	*found = false;
	if (!err && tree)
		err = read_entry(git, tree, path, out, found);
	git_tree_free(tree);
	return err;
}

int git_file_at(struct git *git, const char *commit, const char *path, struct str *out)
{
	git_commit *c = NULL;
	git_tree *tree = NULL;
	bool found = false;
	int err = look_up(git, commit, &c);

	if (!err && git_commit_tree(&tree, c))
		err = git_failed("cannot read '%s'", commit);
	if (!err)
		err = read_entry(git, tree, path, out, &found);
	if (!err && !found)
		err = error_set(ERR_MISSING, "'%s' is not in commit '%s'", path, commit);
	git_tree_free(tree);
	git_commit_free(c);
	return err;
}

/* The tree of its first parent; NULL where it has none, or a shallow clone lacks it. */
static int tree_before(struct git *git, git_commit *commit, git_tree **out)
{
	struct id_set cut_off = {0};
	git_commit *parent = NULL;
	int err = shallow_read(git, &cut_off);

	*out = NULL;
	if (!err && git_commit_parentcount(commit) &&
		!id_set_has(&cut_off, git_commit_id(commit)) &&
		(git_commit_parent(&parent, commit, 0) || git_commit_tree(out, parent)))
		err = git_failed("cannot read the commit before");
	git_commit_free(parent);
	id_set_release(&cut_off);
	return err;
}

/* A file that is larger is told to differ, and not how. */
#define DIFF_MAX (8L * 1024 * 1024)

/* What a commit changed against its first parent. */
static int diff_of(struct git *git, const char *revision, git_diff **out)
{
	git_diff_options options = GIT_DIFF_OPTIONS_INIT;
	git_commit *commit = NULL;
	git_tree *tree = NULL, *before = NULL;
	int err = look_up(git, revision, &commit);

	options.max_size = DIFF_MAX;
	if (!err)
		err = tree_before(git, commit, &before);
	if (!err && (git_commit_tree(&tree, commit) ||
			    git_diff_tree_to_tree(out, git->repo, before, tree, &options)))
		err = git_failed("cannot compare '%s' with its parent", revision);
	git_tree_free(before);
	git_tree_free(tree);
	git_commit_free(commit);
	return err;
}

int git_changed_in(struct git *git, const char *commit, struct list *paths)
{
	git_diff *diff = NULL;
	int err = diff_of(git, commit, &diff);

	for (size_t i = 0; !err && i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *delta = git_diff_get_delta(diff, i);

		list_add(paths,
			delta->new_file.path ? delta->new_file.path : delta->old_file.path);
	}
	git_diff_free(diff);
	return err;
}

int git_diff_of(struct git *git, const char *commit, struct str *out)
{
	git_diff *diff = NULL;
	git_buf text = {0};
	int err = diff_of(git, commit, &diff);

	if (!err && git_diff_to_buf(&text, diff, GIT_DIFF_FORMAT_PATCH)) {
		err = git_failed("cannot print what '%s' changed", commit);
		hint_at_partial(git);
	} else if (!err)
		str_addn(out, text.ptr, text.size);
	git_buf_dispose(&text);
	git_diff_free(diff);
	return err;
}

int git_resolve(struct git *git, const char *revision, char commit[41])
{
	git_commit *found = NULL;
	int err = look_up(git, revision, &found);

	if (!err)
		id_to_hex(commit, git_commit_id(found));
	git_commit_free(found);
	return err;
}
