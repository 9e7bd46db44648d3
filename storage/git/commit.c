#include "storage/git/git.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How often a commit is made anew because somebody else moved the branch first. */
#define MOVED_MAX 16

static int by_path_then_number(const void *a, const void *b)
{
	const struct change *x = a, *y = b;
	int order = strcmp(x->path, y->path);

	return order ? order : (x->number > y->number) - (x->number < y->number);
}

/* Of two changes of one path the later stands; what changes nothing goes. */
static void tidy(struct changes *all)
{
	size_t kept = 0;

	if (all->n)
		qsort(all->items, all->n, sizeof(*all->items), by_path_then_number);
	for (size_t i = 0; i < all->n; i++) {
		struct change *c = &all->items[i];
		bool again = i + 1 < all->n && !strcmp(c->path, all->items[i + 1].path);

		if (again || (same_id(&c->old, &c->new) && same_id(&c->was, &c->new) &&
				     (no_id(&c->new) || c->mode == c->old_mode)))
			free(c->path);
		else
			all->items[kept++] = *c;
	}
	all->n = kept;
}

static int make_tree(struct gitw *w, git_oid *tree)
{
	git_tree_update *updates = xcalloc(w->changes.n, sizeof(*updates));
	size_t n = 0;
	int err = 0;

	for (size_t i = 0; i < w->changes.n; i++) {
		const struct change *c = &w->changes.items[i];

		if (same_id(&c->old, &c->new) && (no_id(&c->new) || c->mode == c->old_mode))
			continue;
		updates[n].action =
			no_id(&c->new) ? GIT_TREE_UPDATE_REMOVE : GIT_TREE_UPDATE_UPSERT;
		git_oid_cpy(&updates[n].id, &c->new);
		updates[n].filemode = (git_filemode_t)c->mode;
		updates[n++].path = c->path;
	}
	if (git_tree_create_updated(tree, w->git->repo, w->tree, n, updates))
		err = git_failed("cannot make the tree");
	free(updates);
	return err;
}

static int make_signatures(struct gitw *w, const struct git_author *who, git_signature **author,
	git_signature **committer)
{
	char *name = committer_of(w->git, who->who);
	int err = signature_make(author, who->who, &who->when);

	if (!err)
		err = signature_make(committer, name, &who->when);
	free(name);
	return err;
}

/*
 * git_commit_create() returns 0 when the object could not be written (libgit2 1.5
 * to 1.9 at least) and moves the branch before we are ready: the buffer is made
 * and written by itself.
 */
static int make_commit(struct gitw *w, const git_oid *tree_id, const char *message,
	const struct git_author *who, git_oid *id)
{
	git_signature *author = NULL, *committer = NULL;
	const git_oid *ids[] = {&w->head, &w->second};
	git_commit *parents[2] = {NULL, NULL};
	git_tree *tree = NULL;
	git_buf text = {0};
	size_t n = 0;
	char *name = NULL, *signature = NULL;
	int err = make_signatures(w, who, &author, &committer);

	if (err)
		goto out;
	for (; n < ARRAY_SIZE(ids) && !no_id(ids[n]); n++)
		if (git_commit_lookup(&parents[n], w->git->repo, ids[n])) {
			err = git_failed("cannot read the commit to go on from");
			goto out;
		}
	if (git_tree_lookup(&tree, w->git->repo, tree_id) ||
		git_commit_create_buffer(&text, w->git->repo, author, committer, NULL, message,
			tree, n, (const git_commit **)parents)) {
		err = git_failed("cannot make the commit");
		goto out;
	}
	name = xstrfmt("%s <%s>", committer->name, committer->email);
	err = commit_sign(w, text.ptr, name, &signature);
	if (!err &&
		git_commit_create_with_signature(id, w->git->repo, text.ptr, signature, NULL))
		err = git_failed("cannot make the commit");
out:
	free(signature);
	free(name);
	git_buf_dispose(&text);
	git_tree_free(tree);
	git_commit_free(parents[0]);
	git_commit_free(parents[1]);
	git_signature_free(committer);
	git_signature_free(author);
	return err;
}

/* What the commit rests on, read from where it was written. */
static int check_there(struct gitw *w, const struct journal *j)
{
	git_commit *commit = NULL;
	git_tree *tree = NULL;
	git_oid now;
	int err = branch_read(w->git, j->branch, &now);

	if (!err && !same_id(&now, &j->to))
		err = error_set(
			ERR_FAILED, "'%s' does not say what was written to it", j->branch);
	if (!err && (git_commit_lookup(&commit, w->git->repo, &j->to) ||
			    git_commit_tree(&tree, commit)))
		err = git_failed("cannot read the commit that was written");
	git_tree_free(tree);
	git_commit_free(commit);
	return err;
}

/* From the journal to the branch; see the order in git.h. */
static int carry_out(struct gitw *w, const struct journal *j)
{
	bool differs;
	int err = 0;

	for (size_t i = 0; !err && i < j->changes.n; i++)
		err = stage_install(w, &j->changes.items[i]);
	if (err || (err = index_prepare(w, &j->changes, true, &differs)) ||
		(err = branch_prepare(w, &j->to)))
		return err;
	if ((err = transaction_sync(w)) || (err = index_install(w)) ||
		(err = branch_install(w)) || (err = transaction_sync(w)))
		return err;
	return check_there(w, j);
}

static int write_and_announce(struct gitw *w, const struct journal *j)
{
	int err = objects_write(w);

	/* In a new repository nothing is known to have reached the disk. */
	if (no_id(&j->from))
		w->syncs.whole = true;
	if (!err)
		err = journal_write(w, j);
	if (!err)
		err = transaction_sync(w);
	if (err)
		unlinkat(w->private_fd, "journal", 0);
	return err;
}

/* The branch was moved by somebody who does not take our lock. Where that left our
 * files alone, the commit is made again, on top. */
static int start_again(struct gitw *w)
{
	int err = journal_remove(w);

	if (err || (err = transaction_read_head(w)))
		return err;
	for (size_t i = 0; i < w->changes.n; i++) {
		const struct change *c = &w->changes.items[i];
		git_tree_entry *entry = NULL;
		git_oid now = {0};
		int got = w->tree ? git_tree_entry_bypath(&entry, w->tree, c->path)
				  : GIT_ENOTFOUND;

		if (got && got != GIT_ENOTFOUND)
			return git_failed("cannot look for '%s' in HEAD", c->path);
		if (!got)
			git_oid_cpy(&now, git_tree_entry_id(entry));
		git_tree_entry_free(entry);
		git_error_clear();
		if (!same_id(&now, &c->old))
			return error_set(ERR_FAILED,
				"'%s' was committed by somebody else meanwhile", c->path);
	}
	return 0;
}

/* What was merged was merged with what the branch was. */
static int moved_away(struct gitw *w)
{
	int err = journal_remove(w);

	if (err)
		return err;
	error_set(ERR_FAILED, "'%s' was moved by somebody else meanwhile", w->branch);
	error_hint("fu sync");
	return ERR_FAILED;
}

static void done(struct gitw *w, const struct journal *j)
{
	branch_log(w, &j->from, &j->to);
	w->branch_moved = w->index_moved = false;
	/* It says what is the case: left behind, it does no harm, and names the locks. */
	if (branch_unlock(w))
		unlinkat(w->private_fd, "journal", 0);
	changes_release(&w->changes);
	objects_clear(w->git->objects);
	sync_release(&w->syncs);
	w->committed = true;
	/* So are these: the next transaction removes them. */
	if (stage_clear(w))
		error_clear();
}

/* The commit to move to has to be what was staged, to the last bit. */
static int check_exact(struct gitw *w, const git_oid *tree, git_oid *commit)
{
	git_commit *to = NULL;
	int err = 0;

	if (git_commit_lookup(&to, w->git->repo, &w->exact))
		err = git_failed("cannot read the commit to go to");
	else if (!same_id(git_commit_tree_id(to), tree))
		err = error_set(ERR_FAILED, "what was fetched is not what was taken of it");
	git_commit_free(to);
	git_oid_cpy(commit, &w->exact);
	objects_clear(w->git->objects); /* they came with the commit */
	return err;
}

/* The commit to be made of the tree; a zero one: there is nothing to commit. */
static int commit_for(struct gitw *w, const git_oid *tree, const char *message,
	const struct git_author *who, git_oid *commit)
{
	if (!no_id(&w->exact))
		return check_exact(w, tree, commit);
	if (no_id(&w->second) &&
		(w->tree ? same_id(tree, git_tree_id(w->tree)) : !w->changes.n))
		return 0;
	return make_commit(w, tree, message, who, commit);
}

/* One attempt. *moved: the branch was elsewhere, nothing was done. */
static int attempt(struct gitw *w, const char *message, const struct git_author *who,
	git_oid *commit, bool *moved)
{
	struct journal j;
	git_oid tree;
	int err;

	*moved = false;
	if ((err = make_tree(w, &tree)))
		return err;
	if ((err = commit_for(w, &tree, message, who, commit)) || no_id(commit))
		return err;
	j = (struct journal){
		.branch = w->branch, .from = w->head, .to = *commit, .changes = w->changes};
	if ((err = write_and_announce(w, &j)) || (err = index_load(w)) ||
		(err = branch_lock(w, moved)) || *moved) {
		if (err)
			unlinkat(w->private_fd, "journal", 0);
		return err;
	}
	if ((err = carry_out(w, &j)))
		take_back(w, &j);
	else
		done(w, &j);
	return err;
}

int git_commit_staged(
	struct gitw *w, const char *message, const struct git_author *who, char commit[41])
{
	git_oid id = {0};
	bool moved = true;
	int err = 0;

	commit[0] = '\0';
	tidy(&w->changes);
	for (int i = 0; moved && i < MOVED_MAX; i++) {
		err = attempt(w, message, who, &id, &moved);
		if (!err && moved)
			err = no_id(&w->second) && no_id(&w->exact) ? start_again(w)
								    : moved_away(w);
		if (err)
			return err;
	}
	if (moved)
		return error_set(
			ERR_FAILED, "'%s' is moved all the time by somebody else", w->branch);
	if (no_id(&id)) {
		index_unload(w); /* what is read lies in the stage */
		changes_release(&w->changes);
		return stage_clear(w);
	}
	id_to_hex(commit, &id);
	return 0;
}

void git_head_of(const struct gitw *w, char hash[41])
{
	id_to_hex(hash, &w->head);
}

int git_commit_merge(struct gitw *w, const char *message, const struct git_author *who,
	const char *theirs, char commit[41])
{
	int err;

	if (git_oid_fromstr(&w->second, theirs))
		return git_failed("cannot read '%s'", theirs);
	err = git_commit_staged(w, message, who, commit);
	w->second = (git_oid){0};
	return err;
}

int git_fast_forward(struct gitw *w, const char *to)
{
	char commit[41];
	int err;

	if (git_oid_fromstr(&w->exact, to))
		return git_failed("cannot read '%s'", to);
	err = git_commit_staged(w, "", &(struct git_author){0}, commit);
	w->exact = (git_oid){0};
	return err;
}
