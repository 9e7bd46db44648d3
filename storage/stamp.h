/*
 * Inside storage: what tells that a file or a directory is still what it was, for caches.
 *
 * A time stamp about as young as the look itself is not trusted: the file may change again
 * without its stamp changing.
 */
#ifndef FU_STORAGE_STAMP_H
#define FU_STORAGE_STAMP_H

#include <stdbool.h>
#include <stdint.h>

/* All zero: never what it was. */
struct stamp {
	uint64_t inode, size;
	int64_t modified, changed; /* nanoseconds */
};

/* Now by the clock that files are stamped with, in nanoseconds: when the look began. */
int64_t stamp_now(void);
/* Of a path below the directory `fd`, links not followed. False: there is nothing. */
bool stamp_take(int fd, const char *path, struct stamp *out);
/* The same of what is open as `fd`. */
bool stamp_take_open(int fd, struct stamp *out);
bool stamp_equal(const struct stamp *a, const struct stamp *b);
/* The stamp to keep: none while what it is of could change unseen. */
struct stamp stamp_trusted(struct stamp stamp, int64_t began);
/* The path is there and bears the stamp; path may be NULL. */
bool stamp_holds(int fd, const char *path, const struct stamp *stamp);

struct stamp_check {
	const char *path;
	const struct stamp *stamp;
	bool holds; /* what stamp_holds says */
};
/*
 * Judges them all; many by several threads, as git does before `status`.
 *
 *	watch = stamps_begin(fd, checks, n);
 *	…                                     what can be done meanwhile
 *	all = stamps_end(watch);              waits; whether all hold
 *
 * The checks and what they point to have to stay until stamps_end.
 */
struct stamps_watch *stamps_begin(int fd, struct stamp_check *checks, size_t n);
bool stamps_end(struct stamps_watch *watch);

#endif
