#include "storage/stamp.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>

#define NANOSECONDS INT64_C(1000000000)
/* A kernel's clock moves every few milliseconds; some file systems know seconds only. */
#define YOUNG INT64_C(20000000)
#define YOUNG_COARSE (2 * NANOSECONDS)

static int64_t nanoseconds(struct timespec t)
{
	return t.tv_sec * NANOSECONDS + t.tv_nsec;
}

int64_t stamp_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return nanoseconds(now);
}

bool stamp_take(int fd, const char *path, struct stamp *out)
{
	struct stat info;

	if (fstatat(fd, path, &info, AT_SYMLINK_NOFOLLOW))
		return false;
	*out = (struct stamp){.inode = info.st_ino,
		.size = (uint64_t)info.st_size,
		.modified = nanoseconds(info.st_mtim),
		.changed = nanoseconds(info.st_ctim)};
	return true;
}

bool stamp_equal(const struct stamp *a, const struct stamp *b)
{
	return a->inode == b->inode && a->size == b->size && a->modified == b->modified &&
	       a->changed == b->changed;
}

static bool is_young(int64_t time, int64_t began)
{
	return time > began - (time % NANOSECONDS ? YOUNG : YOUNG_COARSE);
}

struct stamp stamp_trusted(struct stamp stamp, int64_t began)
{
	if (is_young(stamp.modified, began) || is_young(stamp.changed, began))
		return (struct stamp){0};
	return stamp;
}

bool stamp_holds(int fd, const char *path, const struct stamp *stamp)
{
	struct stamp now;

	return path && stamp->inode && stamp_take(fd, path, &now) && stamp_equal(&now, stamp);
}
