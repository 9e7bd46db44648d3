/* What the index would commit, against HEAD: for the pre-commit hook. */
#include "storage/git/git.h"

#include <stdlib.h>
#include <string.h>

static int open_index(struct git *git, git_index **out)
{
	const char *given = getenv("GIT_INDEX_FILE");
	char *path = given && *given ? xstrdup(given) : xstrfmt("%s/index", git->dir);
	int err = 0;

	if (git_index_open(out, path))
		err = git_failed("cannot read '%s'", path);
	free(path);
	return err;
}

static bool is_below(const char *path, const char *const *prefixes)
{
	for (; *prefixes; prefixes++) {
		size_t len = strlen(*prefixes);

		if (starts_with(path, *prefixes) && (!path[len] || path[len] == '/'))
			return true;
	}
	return false;
}

static int read_blob(struct git *git, const git_oid *id, const char *path, struct str *out)
{
	git_blob *blob = NULL;

	if (git_object_size_check(git, id, path))
		return ERR_FAILED;
	if (git_blob_lookup(&blob, git->repo, id))
		return git_failed("cannot read '%s' in the index", path);
	str_addn(out, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
	git_blob_free(blob);
	return 0;
}

/* What is only going to be added (`git add -N`) no commit has. */
static bool is_staged(git_index *index, const git_diff_delta *delta)
{
	const git_index_entry *entry =
		git_index_get_bypath(index, delta->new_file.path, GIT_INDEX_STAGE_NORMAL);

	return !entry || !(entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD);
}

static int tell(struct git *git, const git_diff_delta *delta,
	int (*visit)(void *, const char *, char, const struct str *), void *context)
{
	struct str bytes = STR_INIT;
	bool gone = delta->status == GIT_DELTA_DELETED;
	int err = gone ? 0 : read_blob(git, &delta->new_file.id, delta->new_file.path, &bytes);

	if (!err)
		err = visit(context, gone ? delta->old_file.path : delta->new_file.path,
			gone                                  ? 'D'
			: delta->status == GIT_DELTA_MODIFIED ? 'M'
							      : 'A',
			gone ? NULL : &bytes);
	str_release(&bytes);
	return err;
}

int git_staged(struct git *git, const char *const *prefixes,
	int (*visit)(void *, const char *path, char status, const struct str *bytes),
	void *context)
{
	git_index *index = NULL;
	git_tree *tree = NULL;
	git_diff *diff = NULL;
	int err = head_tree(git, &tree);

	if (!err)
		err = open_index(git, &index);
	if (!err && git_diff_tree_to_index(&diff, git->repo, tree, index, NULL))
		err = git_failed("cannot compare the index with HEAD");
	for (size_t i = 0; !err && i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *delta = git_diff_get_delta(diff, i);

		if (is_below(delta->new_file.path, prefixes) && is_staged(index, delta))
			err = tell(git, delta, visit, context);
	}
	git_diff_free(diff);
	git_index_free(index);
	git_tree_free(tree);
	return err;
}
