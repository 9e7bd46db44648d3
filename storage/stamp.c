#include "storage/stamp.h"

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stddef.h>
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

enum { CHECKS_A_THREAD = 2000, THREADS_MAX = 4 };

struct share {
	pthread_t thread;
	bool started;
	int fd;
	struct stamp_check *checks;
	size_t n;
};

static void *check_share(void *context)
{
	const struct share *share = context;

	for (size_t i = 0; i < share->n; i++)
		share->checks[i].holds =
			stamp_holds(share->fd, share->checks[i].path, share->checks[i].stamp);
	return NULL;
}

/* A stat takes a few microseconds, a thread some fifty; more than there are processors for
 * would wait for each other. */
static size_t count_threads(size_t n)
{
	size_t wanted = n / CHECKS_A_THREAD + 1, processors = 1;
	cpu_set_t set;

	if (wanted > 1 && !sched_getaffinity(0, sizeof(set), &set))
		processors = (size_t)CPU_COUNT(&set);
	if (wanted > processors)
		wanted = processors;
	return wanted < THREADS_MAX ? wanted : THREADS_MAX;
}

void stamps_check(int fd, struct stamp_check *checks, size_t n)
{
	size_t threads = count_threads(n), done = 0;
	struct share shares[THREADS_MAX] = {0};

	for (size_t i = 0; i < threads; i++) {
		size_t end = n * (i + 1) / threads;

		shares[i] = (struct share){.fd = fd, .checks = checks + done, .n = end - done};
		done = end;
	}
	for (size_t i = 1; i < threads; i++)
		shares[i].started =
			!pthread_create(&shares[i].thread, NULL, check_share, &shares[i]);
	for (size_t i = 0; i < threads; i++)
		if (!shares[i].started)
			check_share(&shares[i]);
	for (size_t i = 1; i < threads; i++)
		if (shares[i].started)
			pthread_join(shares[i].thread, NULL);
}
