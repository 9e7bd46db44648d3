/*
 * What a killed command left behind. Every command looks for it when it opens the
 * repository (two system calls where there is nothing), so that work tree, index
 * and HEAD agree again after the next one, whichever it is.
 */
#include "storage/repo.h"

#include "core/error.h"
#include "core/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static bool look(const char *dir, const char *name, struct stat *info)
{
	char *path = xstrfmt("%s/%s", dir, name);
	bool found = !lstat(path, info);

	free(path);
	return found;
}

/* A journal, or a lock of git's that is one of ours (storage/git/locks.c). */
static bool left_behind(const struct repo *repo)
{
	struct stat lock, held;

	if (look(repo->private_dir, "journal", &lock))
		return true;
	return look(repo->git_dir, "index.lock", &lock) &&
	       look(repo->private_dir, "held", &held) && lock.st_ino == held.st_ino &&
	       lock.st_dev == held.st_dev;
}

/* Whoever writes at this moment holds the repository's lock. Where it cannot be
 * opened we could not write either. */
bool repo_is_being_written(const struct repo *repo)
{
	char *path = xstrfmt("%s/lock", repo->private_dir);
	int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	bool locked = fd < 0 ? errno != ENOENT : flock(fd, LOCK_EX | LOCK_NB) != 0;

	free(path);
	if (fd >= 0)
		close(fd);
	return locked;
}

enum { HOLD_TRIES = 3000 }; /* a millisecond each, and what a machine under load adds */

int repo_hold_writers(const struct repo *repo)
{
	char *path;
	int fd;

	if (repo->writes)
		return -1;
	path = xstrfmt("%s/lock", repo->private_dir);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	free(path);
	for (int tries = 0; fd >= 0 && flock(fd, LOCK_SH | LOCK_NB); tries++) {
		const struct timespec pause = {.tv_nsec = 1000000};

		if (tries < HOLD_TRIES && (errno == EWOULDBLOCK || errno == EINTR)) {
			nanosleep(&pause, NULL);
			continue;
		}
		close(fd);
		fd = -1;
	}
	return fd;
}

void repo_let_write(int held)
{
	if (held >= 0)
		close(held);
}

int repo_recover(struct repo *repo, bool waits)
{
	const struct git_backend *backend;
	struct gitw *transaction;
	struct git *git;
	int err;

	if (!left_behind(repo) || (!waits && repo_is_being_written(repo)))
		return 0;
	err = repo_git(repo, &backend, &git);
	if (!err)
		err = backend->begin(&transaction, git, true);
	if (!err)
		backend->end(transaction);
	return err;
}
