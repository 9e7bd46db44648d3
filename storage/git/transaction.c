#include "storage/git/git.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int open_dir(int *fd, const char *path)
{
	*fd = (int)RETRY(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	return *fd < 0 ? os_failed("cannot open '%s'", path) : 0;
}

static int open_dirs(struct gitw *w)
{
	struct git *git = w->git;
	int err;

	if (RETRY(mkdir(git->private, 0777)) && errno != EEXIST)
		return os_failed("cannot make '%s'", git->private);
	if ((err = open_dir(&w->root_fd, git->root)) ||
		(err = open_dir(&w->dir_fd, git->dir)) ||
		(err = open_dir(&w->common_fd, git->common)))
		return err;
	return open_dir(&w->private_fd, git->private);
}

static int check_state(struct git *git)
{
	static const struct {
		int state;
		const char *what, *how;
	} states[] = {
		{GIT_REPOSITORY_STATE_MERGE, "merge", "git merge --continue, or --abort"},
		{GIT_REPOSITORY_STATE_REVERT, "revert", "git revert --continue, or --abort"},
		{GIT_REPOSITORY_STATE_REVERT_SEQUENCE, "revert",
			"git revert --continue, or --abort"},
		{GIT_REPOSITORY_STATE_CHERRYPICK, "cherry-pick",
			"git cherry-pick --continue, or --abort"},
		{GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE, "cherry-pick",
			"git cherry-pick --continue, or --abort"},
		{GIT_REPOSITORY_STATE_BISECT, "bisect", "git bisect reset"},
		{GIT_REPOSITORY_STATE_APPLY_MAILBOX, "am", "git am --continue, or --abort"},
	};
	int state = git_repository_state(git->repo);
	const char *what = "rebase", *how = "git rebase --continue, or --abort";

	if (state == GIT_REPOSITORY_STATE_NONE)
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(states); i++)
		if (states[i].state == state) {
			what = states[i].what;
			how = states[i].how;
		}
	error_set(ERR_FAILED, "a git %s is not finished in '%s'", what, git->root);
	error_hint("finish it first: %s", how);
	return ERR_FAILED;
}

int head_tree(struct git *git, git_tree **out)
{
	git_commit *commit = NULL;
	git_oid id;
	int got = git_reference_name_to_id(&id, git->repo, "HEAD");

	*out = NULL;
	if (!got)
		got = git_commit_lookup(&commit, git->repo, &id);
	if (!got)
		got = git_commit_tree(out, commit);
	git_commit_free(commit);
	if (!got)
		return 0;
	if (got == GIT_ENOTFOUND && git_repository_head_unborn(git->repo) == 1) {
		git_error_clear();
		return 0;
	}
	return git_failed("cannot read HEAD");
}

static int read_tree(struct gitw *w)
{
	git_commit *commit = NULL;
	int err = 0;

	git_tree_free(w->tree);
	w->tree = NULL;
	if (no_id(&w->head))
		return 0;
	if (git_commit_lookup(&commit, w->git->repo, &w->head) ||
		git_commit_tree(&w->tree, commit))
		err = git_failed("cannot read the commit of HEAD");
	git_commit_free(commit);
	return err;
}

int transaction_read_head(struct gitw *w)
{
	git_reference *head = NULL;
	const char *target;
	int err;

	if (git_reference_lookup(&head, w->git->repo, "HEAD"))
		return git_failed("cannot read HEAD");
	target = git_reference_symbolic_target(head);
	if (!target || !starts_with(target, "refs/heads/")) {
		err = error_set(ERR_FAILED, "HEAD of '%s' is detached: it is on no branch",
			w->git->root);
		error_hint("git switch <branch>, or git switch -c <new branch>");
	} else if (w->branch && strcmp(w->branch, target) != 0) {
		err = error_set(ERR_FAILED, "HEAD was pointed at another branch meanwhile");
	} else {
		replace_string(&w->branch, target);
		err = branch_read(w->git, w->branch, &w->head);
	}
	git_reference_free(head);
	return err ? err : read_tree(w);
}

int transaction_sync(struct gitw *w)
{
	const int fds[2] = {w->root_fd, w->common_fd};

	if (w->durable)
		return sync_run(&w->syncs, fds);
	sync_release(&w->syncs);
	return 0;
}

int git_begin(struct gitw **out, struct git *git, bool durable)
{
	struct gitw *w = xcalloc(1, sizeof(*w));
	int err;

	w->git = git;
	w->durable = durable;
	w->lock_fd = w->root_fd = w->dir_fd = w->common_fd = w->private_fd = w->stage_fd =
		w->files_fd = w->branch_fd = -1;
	if ((err = open_dirs(w)) || (err = lock_repository(w)) || (err = stage_open(w)) ||
		(err = lock_prepare(w)) || (err = recover(w)) ||
		(err = lock_take(w, w->dir_fd, "index.lock", &w->index_locked)) ||
		(err = check_state(git)) || (err = transaction_read_head(w))) {
		git_end(w);
		return err;
	}
	w->begun = true;
	*out = w;
	return 0;
}

bool git_recovered(const struct gitw *w)
{
	return w->recovered;
}

static void close_fd(int fd)
{
	if (fd >= 0)
		close(fd);
}

void git_end(struct gitw *w)
{
	if (!w)
		return;
	objects_clear(w->git->objects);
	/* What could not be taken back keeps its lock and journal for the next command. */
	if (!w->broken)
		lock_release(w->dir_fd, "index.lock", &w->index_locked);
	index_unload(w);
	changes_release(&w->changes);
	sync_release(&w->syncs);
	git_tree_free(w->tree);
	close_fd(w->root_fd);
	close_fd(w->dir_fd);
	close_fd(w->common_fd);
	close_fd(w->private_fd);
	stage_close(w);
	close_fd(w->branch_fd);
	close_fd(w->lock_fd); /* last: it is the lock */
	free(w->branch);
	free(w);
}
