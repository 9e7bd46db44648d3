#include "storage/stamp.h"

#include "core/mem.h"
#include "storage/processors.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
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

/* The clock that a kernel stamps its files with moves with the ticks of its timer. */
#ifdef CLOCK_REALTIME_COARSE
#define CLOCK_OF_FILES CLOCK_REALTIME_COARSE
#else
#define CLOCK_OF_FILES CLOCK_REALTIME
#endif

int64_t stamp_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_OF_FILES, &now);
	return nanoseconds(now);
}

static struct stamp stamp_of(const struct stat *info)
{
	return (struct stamp){.inode = info->st_ino,
		.size = (uint64_t)info->st_size,
		.modified = nanoseconds(info->st_mtim),
		.changed = nanoseconds(info->st_ctim)};
}

bool stamp_take(int fd, const char *path, struct stamp *out)
{
	struct stat info;

	if (fstatat(fd, path, &info, AT_SYMLINK_NOFOLLOW))
		return false;
	*out = stamp_of(&info);
	return true;
}

bool stamp_take_open(int fd, struct stamp *out)
{
	struct stat info;

	if (fstat(fd, &info))
		return false;
	*out = stamp_of(&info);
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

/* ---- many of them ---- */

/* A stat takes a few microseconds, a thread some fifty. */
enum { CHECKS_FOR_THREADS = 2000, CHECKS_AT_ONCE = 128, HELPERS_MAX = 3 };

struct stamps_watch {
	int fd;
	struct stamp_check *checks;
	size_t n;
	atomic_size_t next; /* the first that nobody has taken yet */
	pthread_t helpers[HELPERS_MAX];
	size_t helpers_n;
};

/* A handful at a time, until none is left. */
static void *judge(void *context)
{
	struct stamps_watch *w = context;
	size_t i, end;

	while ((i = atomic_fetch_add(&w->next, CHECKS_AT_ONCE)) < w->n) {
		end = i + CHECKS_AT_ONCE < w->n ? i + CHECKS_AT_ONCE : w->n;
		for (; i < end; i++)
			w->checks[i].holds =
				stamp_holds(w->fd, w->checks[i].path, w->checks[i].stamp);
	}
	return NULL;
}

/* One for each processor that we do not need ourselves. */
static size_t count_helpers(size_t n)
{
	size_t others = processors_ours() - 1;

	if (n < CHECKS_FOR_THREADS)
		return 0;
	return others < HELPERS_MAX ? others : HELPERS_MAX;
}

struct stamps_watch *stamps_begin(int fd, struct stamp_check *checks, size_t n)
{
	struct stamps_watch *w = xcalloc(1, sizeof(*w));
	size_t wanted = count_helpers(n);

	w->fd = fd;
	w->checks = checks;
	w->n = n;
	atomic_init(&w->next, 0);
	while (w->helpers_n < wanted &&
		!pthread_create(&w->helpers[w->helpers_n], NULL, judge, w))
		w->helpers_n++;
	return w;
}

bool stamps_end(struct stamps_watch *w)
{
	bool all = true;

	judge(w);
	for (size_t i = 0; i < w->helpers_n; i++)
		pthread_join(w->helpers[i], NULL);
	for (size_t i = 0; i < w->n; i++)
		all = all && w->checks[i].holds;
	free(w);
	return all;
}
