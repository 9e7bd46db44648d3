#include "storage/git/git.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

/* From here on one syncfs() is cheaper than syncing file after file. */
#define SYNC_SINGLY_MAX 48

void sync_add(struct sync_set *s, const char *format, ...)
{
	va_list args;
	char *path;

	if (s->whole)
		return;
	if (s->paths.n >= SYNC_SINGLY_MAX) {
		s->whole = true;
		return;
	}
	va_start(args, format);
	path = xstrvfmt(format, args);
	va_end(args);
	if (list_has(&s->paths, path))
		free(path);
	else
		list_take(&s->paths, path);
}

void sync_release(struct sync_set *s)
{
	list_release(&s->paths);
	s->whole = false;
}

static int sync_file_system(int fd)
{
#ifdef HAVE_SYNCFS
	return syncfs(fd);
#else
	(void)fd;
	sync();
	return 0;
#endif
}

static int sync_whole(const int fds[2])
{
	struct stat a, b;

	if (RETRY(sync_file_system(fds[0])))
		return os_failed("cannot sync the file system");
	if (fstat(fds[0], &a) || fstat(fds[1], &b))
		return os_failed("cannot look at the repository");
	if (a.st_dev != b.st_dev && RETRY(sync_file_system(fds[1])))
		return os_failed("cannot sync the file system");
	return 0;
}

/*
 * All writes are begun before the first is waited for: a journalling file system
 * then has them in one transaction, and the fsyncs after the first cost little.
 */
static int sync_singly(const struct list *paths, bool *gone)
{
	int fds[SYNC_SINGLY_MAX];
	size_t n = 0;
	int err = 0;

	*gone = false;

	for (; n < paths->n; n++) {
		fds[n] = (int)RETRY(open(paths->items[n], O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
		if (fds[n] < 0 && errno == ENOENT) {
			*gone = true;
			break;
		}
		if (fds[n] < 0) {
			err = os_failed("cannot open '%s' to sync it", paths->items[n]);
			break;
		}
#ifdef HAVE_SYNC_FILE_RANGE
		/* Only a hint: directories do not take it. */
		sync_file_range(fds[n], 0, 0, SYNC_FILE_RANGE_WRITE);
#endif
	}
	for (size_t i = 0; i < n; i++) {
		if (!err && !*gone && RETRY(fsync(fds[i])))
			err = os_failed("cannot sync '%s'", paths->items[i]);
		close(fds[i]);
	}
	return err;
}

int sync_run(struct sync_set *s, const int fds[2])
{
	bool gone = s->whole;
	int err = s->whole ? 0 : sync_singly(&s->paths, &gone);

	/* An object that we wrote and git had packed already is no longer where it was. */
	if (!err && gone)
		err = sync_whole(fds);
	sync_release(s);
	return err;
}
