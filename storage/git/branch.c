#include "storage/git/git.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * The branch is moved here and not by libgit2, because its lock file must be
 * known as ours after a crash, and HEAD's too, which libgit2 does not take. The
 * protocol is git's: <ref>.lock is held, the new value renamed onto <ref>.
 */

int branch_read(struct git *git, const char *branch, git_oid *id)
{
	git_reference *ref = NULL;
	int got = git_reference_lookup(&ref, git->repo, branch);
	int err = 0;

	memset(id, 0, sizeof(*id));
	if (got == GIT_ENOTFOUND) {
		git_error_clear();
		return 0;
	}
	if (got)
		return git_failed("cannot read '%s'", branch);
	if (git_reference_type(ref) != GIT_REFERENCE_DIRECT)
		err = error_set(ERR_FAILED,
			"branch '%s' is a symbolic reference; fu commits to plain branches "
			"only",
			branch);
	else
		git_oid_cpy(id, git_reference_target(ref));
	git_reference_free(ref);
	return err;
}

/* Opens the directory of the branch's file, and keeps it open: what is put back later
 * must not depend on it. A `git gc` beside us may remove it while it is empty. */
static int lock_branch_file(struct gitw *w)
{
	char *name = xstrfmt("%s.lock", w->branch);
	int err = 0;

	for (int tries = 0; w->branch_fd < 0 && tries < 4; tries++)
		w->branch_fd =
			path_open_parent(w->common_fd, w->branch, true, &w->branch_base, NULL);
	if (w->branch_fd < 0)
		err = os_failed("cannot open the directory of '.git/%s'", w->branch);
	else
		err = lock_take(w, w->common_fd, name, &w->branch_locked);
	free(name);
	return err;
}

/* HEAD may have been pointed at another branch before HEAD.lock was ours. */
static int check_unmoved(struct gitw *w, bool *moved)
{
	git_reference *head = NULL;
	git_oid now;
	int err = 0;

	*moved = true;
	if (git_reference_lookup(&head, w->git->repo, "HEAD"))
		return git_failed("cannot read HEAD");
	if (git_reference_type(head) == GIT_REFERENCE_SYMBOLIC &&
		same_string(git_reference_symbolic_target(head), w->branch)) {
		err = branch_read(w->git, w->branch, &now);
		*moved = !err && !same_id(&now, &w->head);
	}
	git_reference_free(head);
	return err;
}

int branch_lock(struct gitw *w, bool *moved)
{
	int err;

	*moved = false;
	if ((err = lock_take(w, w->dir_fd, "HEAD.lock", &w->head_locked)) ||
		(err = lock_branch_file(w)) || (err = check_unmoved(w, moved)) || *moved)
		branch_unlock(w);
	return err;
}

bool branch_unlock(struct gitw *w)
{
	char *name = xstrfmt("%s.lock", w->branch);

	lock_release(w->common_fd, name, &w->branch_locked);
	lock_release(w->dir_fd, "HEAD.lock", &w->head_locked);
	free(name);
	if (w->branch_fd >= 0)
		close(w->branch_fd);
	w->branch_fd = -1;
	return !w->branch_locked && !w->head_locked;
}

int branch_prepare(struct gitw *w, const git_oid *to)
{
	char line[42];
	int err;

	id_to_hex(line, to);
	line[40] = '\n';
	if ((err = file_write(w->stage_fd, "branch", line, 41, 0666)))
		return err;
	sync_add(&w->syncs, "%s/branch", w->stage);
	if (RETRY(linkat(w->branch_fd, w->branch_base, w->stage_fd, "branch.old", 0)) &&
		errno != ENOENT)
		return os_failed("cannot keep the old value of '%s'", w->branch);
	return 0;
}

static void note_branch_sync(struct gitw *w)
{
	char *dir = xstrdup(w->branch);
	char *slash;

	sync_add(&w->syncs, "%s/%s", w->git->common, w->branch);
	while ((slash = strrchr(dir, '/'))) {
		*slash = '\0';
		sync_add(&w->syncs, "%s/%s", w->git->common, dir);
	}
	free(dir);
}

int branch_install(struct gitw *w)
{
	if (RETRY(renameat(w->stage_fd, "branch", w->branch_fd, w->branch_base)))
		return os_failed("cannot move '%s'", w->branch);
	w->branch_moved = true;
	note_branch_sync(w);
	return 0;
}

int branch_put_back(struct gitw *w)
{
	if (!w->branch_moved)
		return 0;
	/* Nothing was kept: it had no file of its own (packed, or no commit yet). */
	if (RETRY(renameat(w->stage_fd, "branch.old", w->branch_fd, w->branch_base)) &&
		(errno != ENOENT || RETRY(unlinkat(w->branch_fd, w->branch_base, 0))))
		return os_failed("cannot put '%s' back", w->branch);
	w->branch_moved = false;
	return 0;
}

/* Whether the log's last entry is of this commit. */
static bool log_has(int fd, const struct stat *st, const char *commit)
{
	char tail[4096 + 1];
	off_t from = st->st_size > 4096 ? st->st_size - 4096 : 0;
	long n = RETRY(pread(fd, tail, sizeof(tail) - 1, from));
	char *last;

	if (n < 2)
		return false;
	tail[n - 1] = '\0';
	last = strrchr(tail, '\n');
	last = last ? last + 1 : tail;
	return strlen(last) > 81 && !strncmp(last + 41, commit, 40);
}

/* One line at the end of logs/<name>, as git writes it. It is whole or not there. */
static void append_log(int dir_fd, const char *name, const struct str *line, bool make)
{
	char *path = xstrfmt("logs/%s", name);
	const char *base;
	int dir = path_open_parent(dir_fd, path, make, &base, NULL);
	int flags = O_RDWR | O_APPEND | O_NOFOLLOW | O_CLOEXEC | (make ? O_CREAT : 0);
	int fd = dir < 0 ? -1 : (int)RETRY(openat(dir, base, flags, 0666));
	struct stat before;

	if (fd >= 0 && !fstat(fd, &before) && !log_has(fd, &before, line->buf + 41) &&
		RETRY(write(fd, line->buf, line->len)) != (long)line->len)
		(void)!ftruncate(fd, before.st_size);
	if (fd >= 0)
		close(fd);
	if (dir >= 0)
		close(dir);
	free(path);
}

static void add_log_line(struct str *line, const git_oid *from, git_commit *commit)
{
	const git_signature *who = git_commit_committer(commit);
	const char *subject = git_commit_summary(commit);
	int offset = abs(who->when.offset);
	char old[41], new[41];

	id_to_hex(old, from);
	id_to_hex(new, git_commit_id(commit));
	str_addf(line, "%s %s %s <%s> %lld %c%02d%02d\tcommit%s: %s\n", old, new, who->name,
		who->email, (long long)who->when.time, who->when.offset < 0 ? '-' : '+',
		offset / 60, offset % 60, no_id(from) ? " (initial)" : "",
		subject ? subject : "");
}

void branch_log(struct gitw *w, const git_oid *from, const git_oid *to)
{
	/* Set to false, git adds to the logs that are there and makes none. */
	bool make = config_flag(w->git, "core.logallrefupdates", true);
	struct str line = STR_INIT;
	git_commit *commit = NULL;

	if (!git_commit_lookup(&commit, w->git->repo, to)) {
		add_log_line(&line, from, commit);
		append_log(w->common_fd, w->branch, &line, make);
		append_log(w->dir_fd, "HEAD", &line, make);
	}
	git_commit_free(commit);
	str_release(&line);
}

/* A lock that a kill leaves behind would be in the way of every `git fetch`. */
int git_track(struct gitw *w, const char *ref, const char *hash)
{
	const char *base;
	int dir = path_open_parent(w->common_fd, ref, true, &base, NULL);
	int err = 0;

	if (dir < 0)
		return os_failed("cannot open the directory of '.git/%s'", ref);
	if (RETRY(unlinkat(w->stage_fd, "track", 0)) && errno != ENOENT)
		err = os_failed("cannot remove '%s/track'", w->stage);
	if (!err) {
		char *line = xstrfmt("%s\n", hash);

		err = file_write(w->stage_fd, "track", line, strlen(line), 0666);
		free(line);
	}
	if (!err && RETRY(renameat(w->stage_fd, "track", dir, base)))
		err = os_failed("cannot make '.git/%s'", ref);
	close(dir);
	return err;
}
