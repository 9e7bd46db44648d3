/* How two histories stand to each other, and what is in the one and not in the other. */
#include "storage/git/git.h"

#include <git2/sys/repository.h>
#include <stdlib.h>
#include <string.h>

/* ---- refs ---- */

int git_branch_of(struct git *git, char **name)
{
	git_reference *head = NULL;
	const char *target;
	int err = 0;

	if (git_reference_lookup(&head, git->repo, "HEAD"))
		return git_failed("cannot read HEAD");
	target = git_reference_symbolic_target(head);
	if (target && starts_with(target, "refs/heads/")) {
		*name = xstrdup(target + strlen("refs/heads/"));
	} else {
		err = error_set(
			ERR_FAILED, "HEAD of '%s' is detached: it is on no branch", git->root);
		error_hint("git switch <branch>, or git switch -c <new branch>");
	}
	git_reference_free(head);
	return err;
}

int git_ref_get(struct git *git, const char *ref, char hash[41])
{
	git_oid id;
	int got = git_reference_name_to_id(&id, git->repo, ref);

	hash[0] = '\0';
	if (got == GIT_ENOTFOUND || got == GIT_EINVALIDSPEC) {
		git_error_clear();
		return 0;
	}
	if (got)
		return git_failed("cannot read '%s'", ref);
	id_to_hex(hash, &id);
	return 0;
}

static int note_name(const char *name, void *names)
{
	list_add(names, name);
	return 0;
}

int git_refs_list(struct git *git, const char *glob, struct list *names)
{
	if (git_reference_foreach_glob(git->repo, glob, note_name, names))
		return git_failed("cannot list '%s'", glob);
	return 0;
}

int git_refs_drop(struct git *git, const char *glob)
{
	struct list names = {0};
	int err = git_refs_list(git, glob, &names);

	for (size_t i = 0; i < names.n; i++)
		if (git_reference_remove(git->repo, names.items[i]) && !err)
			err = git_failed("cannot remove '%s'", names.items[i]);
	list_release(&names);
	return err;
}

/* ---- histories ---- */

static int read_ids(git_oid *a, const char *x, git_oid *b, const char *y)
{
	if (git_oid_fromstr(a, x) || git_oid_fromstr(b, y))
		return git_failed("not the name of a commit");
	return 0;
}

int git_relate(struct git *git, const char *ours, const char *theirs, struct kinship *out)
{
	git_oid a, b, common;
	int got;

	*out = (struct kinship){.relation = RELATION_NONE};
	if (read_ids(&a, ours, &b, theirs))
		return ERR_FAILED;
	got = git_merge_base(&common, git->repo, &a, &b);
	if (got == GIT_ENOTFOUND) {
		git_error_clear();
		return 0;
	}
	if (got || git_graph_ahead_behind(&out->ahead, &out->behind, git->repo, &a, &b))
		return git_failed("cannot compare the histories");
	id_to_hex(out->base, &common);
	out->relation = same_id(&a, &b)        ? RELATION_SAME
			: same_id(&common, &b) ? RELATION_AHEAD
			: same_id(&common, &a) ? RELATION_BEHIND
					       : RELATION_APART;
	return 0;
}

int git_rests_on(struct git *git, const char *commit, const char *of, bool *yes)
{
	git_oid a, b;
	int got;

	if (read_ids(&a, commit, &b, of))
		return ERR_FAILED;
	*yes = same_id(&a, &b);
	if (*yes)
		return 0;
	got = git_graph_descendant_of(git->repo, &a, &b);
	if (got < 0 && got != GIT_ENOTFOUND)
		return git_failed("cannot compare the histories");
	git_error_clear();
	*yes = got == 1;
	return 0;
}

/* ---- trees ---- */

static int tree_of(struct git *git, const char *hash, git_tree **out)
{
	git_commit *commit = NULL;
	git_oid id;
	int err = 0;

	if (git_oid_fromstr(&id, hash) || git_commit_lookup(&commit, git->repo, &id) ||
		git_commit_tree(out, commit))
		err = git_failed("cannot read the commit '%.7s'", hash);
	git_commit_free(commit);
	return err;
}

/* More than anybody has; a tree that is made of itself can have any number. */
#define CHANGES_MAX 500000
#define PATH_LENGTH_MAX 4000

/* libgit2 asks before it keeps the next one. */
static int judge_number(
	const git_diff *diff, const git_diff_delta *delta, const char *path, void *context)
{
	(void)path;
	(void)context;
	if (git_diff_num_deltas(diff) < CHANGES_MAX &&
		strlen(delta->new_file.path) <= PATH_LENGTH_MAX)
		return 0;
	return error_set(ERR_FAILED,
		"what was fetched differs in more than %d files, or its directories lie too "
		"deep",
		CHANGES_MAX);
}

static struct file_change change_of(const git_diff_delta *delta)
{
	struct file_change change = {
		.path = delta->new_file.path ? delta->new_file.path : delta->old_file.path};

	if (delta->status != GIT_DELTA_ADDED) {
		change.before_mode = delta->old_file.mode;
		id_to_hex(change.before, &delta->old_file.id);
	}
	if (delta->status != GIT_DELTA_DELETED) {
		change.after_mode = delta->new_file.mode;
		id_to_hex(change.after, &delta->new_file.id);
	}
	return change;
}

int git_compare(struct git *git, const char *before, const char *after,
	int (*visit)(void *, const struct file_change *), void *context)
{
	git_diff_options options = GIT_DIFF_OPTIONS_INIT;
	git_tree *from = NULL, *to = NULL;
	git_diff *diff = NULL;
	int err = tree_of(git, before, &from);

	/* What was a file and is a link is one change, not two. */
	options.flags = GIT_DIFF_INCLUDE_TYPECHANGE | GIT_DIFF_SKIP_BINARY_CHECK;
	options.notify_cb = judge_number;
	if (!err)
		err = tree_of(git, after, &to);
	if (!err && git_diff_tree_to_tree(&diff, git->repo, from, to, &options))
		err = error_count() ? ERR_FAILED
				    : git_failed("cannot compare what was fetched");
	/* git_diff_foreach() would read every file, and its failures look like a visitor's. */
	for (size_t i = 0; !err && diff && i < git_diff_num_deltas(diff); i++) {
		struct file_change change = change_of(git_diff_get_delta(diff, i));

		err = visit(context, &change);
	}
	git_diff_free(diff);
	git_tree_free(from);
	git_tree_free(to);
	return err;
}

/* ---- which commits changed a file ---- */

static int blob_at(git_commit *commit, const char *path, git_oid *id)
{
	git_tree_entry *entry = NULL;
	git_tree *tree = NULL;
	int got = git_commit_tree(&tree, commit), err = 0;

	memset(id, 0, sizeof(*id));
	if (!got)
		got = git_tree_entry_bypath(&entry, tree, path);
	if (!got)
		git_oid_cpy(id, git_tree_entry_id(entry));
	else if (!tree || got != GIT_ENOTFOUND)
		err = git_failed("cannot read a tree");
	git_error_clear();
	git_tree_entry_free(entry);
	git_tree_free(tree);
	return err;
}

static int read_blob(struct git *git, const git_oid *id, struct str *out)
{
	git_blob *blob = NULL;

	if (no_id(id))
		return 0;
	if (git_object_size_check(git, id, "a file of the history"))
		return ERR_FAILED;
	if (git_blob_lookup(&blob, git->repo, id))
		return git_failed("cannot read a file of the history");
	str_addn(out, git_blob_rawcontent(blob), (size_t)git_blob_rawsize(blob));
	git_blob_free(blob);
	return 0;
}

/* Whether the commit has the path otherwise than each of its parents; lists those. */
static int differs_from_parents(
	git_commit *commit, const char *path, struct touching *t, git_oid *id, bool *differs)
{
	unsigned n = git_commit_parentcount(commit);
	int err = blob_at(commit, path, id);

	*differs = n > 0 || !no_id(id);
	for (unsigned i = 0; !err && i < n; i++) {
		git_commit *parent = NULL;
		char hex[41];
		git_oid was;

		if (git_commit_parent(&parent, commit, i)) {
			err = git_failed("cannot read a commit of the history");
			break;
		}
		err = blob_at(parent, path, &was);
		*differs &= !same_id(&was, id);
		id_to_hex(hex, git_commit_id(parent));
		list_add(&t->parents, hex);
		git_commit_free(parent);
	}
	return err;
}

static int look_at(struct git *git, const git_oid *id, const char *path,
	int (*visit)(void *, const struct touching *), void *context)
{
	struct touching t = {.bytes = STR_INIT};
	git_commit *commit = NULL;
	bool differs = false;
	git_oid blob;
	int err;

	if (git_commit_lookup(&commit, git->repo, id))
		return git_failed("cannot read a commit of the history");
	err = differs_from_parents(commit, path, &t, &blob, &differs);
	if (!err && differs) {
		id_to_hex(t.hash, id);
		t.time = git_commit_time(commit);
		err = read_blob(git, &blob, &t.bytes);
		if (!err)
			err = visit(context, &t);
	}
	list_release(&t.parents);
	str_release(&t.bytes);
	git_commit_free(commit);
	return err;
}

int git_touched(struct git *git, const char *ours, const char *theirs, const char *path,
	int (*visit)(void *, const struct touching *), void *context)
{
	git_oidarray bases = {0};
	git_revwalk *walk = NULL;
	git_oid a, b, id;
	int err = read_ids(&a, ours, &b, theirs), got = 0;

	if (err)
		return err;
	if (git_merge_bases(&bases, git->repo, &a, &b) || git_revwalk_new(&walk, git->repo) ||
		git_revwalk_push(walk, &a) || git_revwalk_push(walk, &b))
		err = git_failed("cannot walk through the history");
	for (size_t i = 0; !err && i < bases.count; i++)
		if (git_revwalk_hide(walk, &bases.ids[i]))
			err = git_failed("cannot walk through the history");
	while (!err && !(got = git_revwalk_next(&id, walk)))
		err = look_at(git, &id, path, visit, context);
	if (!err && got != GIT_ITEROVER)
		err = git_failed("cannot walk through the history");
	git_revwalk_free(walk);
	git_oidarray_dispose(&bases);
	return err;
}

/* ---- a text ---- */

int git_merge_text(struct git *git, const struct str *base, const struct str *ours,
	const struct str *theirs, struct str *out, bool *clean)
{
	const struct str *texts[] = {base, ours, theirs};
	git_merge_file_input inputs[3] = {GIT_MERGE_FILE_INPUT_INIT, GIT_MERGE_FILE_INPUT_INIT,
		GIT_MERGE_FILE_INPUT_INIT};
	git_merge_file_result result = {0};
	int err = 0;

	(void)git;
	*clean = true;
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		inputs[i].ptr = texts[i]->buf;
		inputs[i].size = texts[i]->len;
		*clean &= !memchr(texts[i]->buf, '\0', texts[i]->len);
	}
	if (!*clean)
		return 0;
	if (git_merge_file(&result, &inputs[0], &inputs[1], &inputs[2], NULL))
		err = git_failed("cannot merge a text");
	*clean = !err && result.automergeable;
	if (*clean)
		str_addn(out, result.ptr, result.len);
	git_merge_file_result_free(&result);
	return err;
}
