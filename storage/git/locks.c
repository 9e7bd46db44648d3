#include "storage/git/git.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/* How long another fu, and how long a lock file of git's, is waited for. An import
 * may hold the first for seconds; git removes the second within milliseconds. */
#define REPOSITORY_WAIT_MS 30000
#define LOCK_FILE_WAIT_MS 5000

#define ANCHOR "held"

struct wait {
	int64_t until; /* of now_ms() */
	long pause_ms;
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static struct wait wait_for(long ms)
{
	return (struct wait){.until = now_ms() + ms, .pause_ms = 1};
}

/* Sleeps a little longer each time, by a time that two processes do not share. */
static bool wait_more(struct wait *w)
{
	struct timespec pause;

	if (now_ms() >= w->until)
		return false;
	pause.tv_sec = 0;
	pause.tv_nsec = w->pause_ms * 1000000 + (getpid() % 16) * 60000;
	nanosleep(&pause, NULL);
	if (w->pause_ms < 16)
		w->pause_ms *= 2;
	return true;
}

/* The lock file says who holds it and what for: for the one that waits in vain. Of a
 * fixed length, because a truncation makes some file systems write at once. */
#define HOLDER_FORMAT "%-19ld\n%-43.43s\n"
#define HOLDER_LEN 64
#define HOLDER_DOING 20

static int held_by_other(int fd)
{
	char text[HOLDER_LEN + 1], *doing;
	long n = pread(fd, text, HOLDER_LEN, 0);
	long number;

	text[n > 0 ? n : 0] = '\0';
	doing = n == HOLDER_LEN ? trim(text + HOLDER_DOING) : text + strlen(text);
	number = strtol(text, NULL, 10);
	if (number > 0 && kill((pid_t)number, 0) == 0)
		error_set(ERR_FAILED,
			"process %ld holds the repository's lock '.git/fu/lock'%s%s", number,
			*doing ? ": it " : "", doing);
	else
		error_set(ERR_FAILED,
			"another process holds the repository's lock '.git/fu/lock'");
	error_hint("wait until it is done and try again");
	return ERR_FAILED;
}

/* A convenience, so not checked. */
static void write_holder(int fd, const char *doing)
{
	char text[HOLDER_LEN + 1];
	int len = snprintf(text, sizeof(text), HOLDER_FORMAT, (long)getpid(), doing);

	(void)!pwrite(fd, text, (size_t)len, 0);
}

void lock_say(struct gitw *w, const char *doing)
{
	write_holder(w->lock_fd, doing);
}

int lock_repository(struct gitw *w)
{
	struct wait wait = wait_for(REPOSITORY_WAIT_MS);
	int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC;

	w->lock_fd = (int)RETRY(openat(w->private_fd, "lock", flags, 0666));
	if (w->lock_fd < 0)
		return os_failed("cannot open '.git/fu/lock'");
	while (RETRY(flock(w->lock_fd, LOCK_EX | LOCK_NB))) {
		if (errno != EWOULDBLOCK)
			return os_failed("cannot lock '.git/fu/lock'");
		if (!wait_more(&wait))
			return held_by_other(w->lock_fd);
	}
	lock_say(w, "");
	return 0;
}

/* Whether the lock file is one of ours. A lock that cannot be looked at must not pass
 * for somebody else's: it would stay when the journal goes that speaks of it. */
static int is_anchor(struct gitw *w, int dir_fd, const char *name, bool *ours)
{
	struct stat anchor, lock;

	*ours = false;
	if (RETRY(fstatat(dir_fd, name, &lock, AT_SYMLINK_NOFOLLOW)))
		return errno == ENOENT ? 0 : os_failed("cannot look at '.git/%s'", name);
	if (RETRY(fstatat(w->private_fd, ANCHOR, &anchor, AT_SYMLINK_NOFOLLOW)))
		return errno == ENOENT ? 0 : os_failed("cannot look at '.git/fu/" ANCHOR "'");
	*ours = anchor.st_ino == lock.st_ino && anchor.st_dev == lock.st_dev;
	return 0;
}

int lock_prepare(struct gitw *w)
{
	int fd;

	fd = (int)RETRY(openat(
		w->private_fd, ANCHOR, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666));
	if (fd < 0)
		return os_failed("cannot make '.git/fu/" ANCHOR "'");
	close(fd);
	return is_anchor(w, w->dir_fd, "index.lock", &w->index_locked);
}

/* Where files cannot be linked, an ordinary lock file; one that a crash leaves there
 * is then the user's to delete, as git's own are. */
static int make_lock(struct gitw *w, int dir_fd, const char *name)
{
	int fd;

	if (!RETRY(linkat(w->private_fd, ANCHOR, dir_fd, name, 0)))
		return 0;
	if (errno != EPERM && errno != EOPNOTSUPP && errno != EMLINK && errno != EXDEV)
		return -1;
	fd = (int)RETRY(openat(dir_fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
	if (fd < 0)
		return -1;
	close(fd);
	return 0;
}

int lock_take(struct gitw *w, int dir_fd, const char *name, bool *held)
{
	struct wait wait = wait_for(LOCK_FILE_WAIT_MS);
	int err;

	while (!*held && make_lock(w, dir_fd, name)) {
		if (errno != EEXIST)
			return os_failed("cannot make '.git/%s'", name);
		if ((err = is_anchor(w, dir_fd, name, held)) || *held)
			return err;
		if (!wait_more(&wait)) {
			error_set(ERR_FAILED,
				"'.git/%s' is there: another git process holds it", name);
			error_hint("if no git command is running, one crashed: "
				   "delete '.git/%s'",
				name);
			return ERR_FAILED;
		}
	}
	*held = true;
	return 0;
}

void lock_release(int dir_fd, const char *name, bool *held)
{
	/* What cannot be removed now is removed by the next command, as ours. */
	if (*held && !RETRY(unlinkat(dir_fd, name, 0)))
		*held = false;
}

int lock_bury(struct gitw *w, int dir_fd, const char *name)
{
	bool ours;
	int err = is_anchor(w, dir_fd, name, &ours);

	if (!err && ours && RETRY(unlinkat(dir_fd, name, 0)))
		err = os_failed("cannot remove '.git/%s'", name);
	return err;
}
