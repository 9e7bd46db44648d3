/*
 * libgit2 allocates as the rest of fu does, with memory that is there or the program is
 * not: where libgit2 1.5 is told that there is none, it goes on in places with what was
 * freed, and crashes or never returns. What was begun in the repository is put right by the
 * next command, as after a kill.
 */
#include "storage/git/git.h"

#include <git2/sys/alloc.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

static void *allocate(size_t n, const char *file, int line)
{
	(void)file;
	(void)line;
	return xmalloc(n);
}

static void *reallocate(void *ptr, size_t n, const char *file, int line)
{
	(void)file;
	(void)line;
	return xrealloc(ptr, n);
}

#ifdef HAVE_ALLOCATOR_OF_ARRAYS /* up to libgit2 1.6 */

static void *allocate_zeroes(size_t count, size_t size, const char *file, int line)
{
	(void)file;
	(void)line;
	return xcalloc(count, size);
}

/* A size that no memory has, where it would be more than a size_t can say. */
static size_t size_of_array(size_t count, size_t size)
{
	size_t whole;

	return __builtin_mul_overflow(count, size, &whole) ? SIZE_MAX / 2 : whole;
}

static void *allocate_array(size_t count, size_t size, const char *file, int line)
{
	return allocate(size_of_array(count, size), file, line);
}

static void *reallocate_array(void *ptr, size_t count, size_t size, const char *file, int line)
{
	return reallocate(ptr, size_of_array(count, size), file, line);
}

static char *duplicate_bytes(const char *text, size_t n, const char *file, int line)
{
	char *copy = allocate(n + 1, file, line);

	memcpy(copy, text, n);
	copy[n] = '\0';
	return copy;
}

static char *duplicate(const char *text, const char *file, int line)
{
	return duplicate_bytes(text, strlen(text), file, line);
}

static char *duplicate_part(const char *text, size_t n, const char *file, int line)
{
	return duplicate_bytes(text, strnlen(text, n), file, line);
}

#endif

int memory_set_up(void)
{
	static git_allocator ours = {
		.gmalloc = allocate,
		.grealloc = reallocate,
		.gfree = free,
#ifdef HAVE_ALLOCATOR_OF_ARRAYS
		.gcalloc = allocate_zeroes,
		.gmallocarray = allocate_array,
		.greallocarray = reallocate_array,
		.gstrdup = duplicate,
		.gstrndup = duplicate_part,
		.gsubstrdup = duplicate_bytes,
#endif
	};

#ifdef M_ARENA_MAX
	/* A heap that a thread has to itself grows by a page, a system call each. */
	mallopt(M_ARENA_MAX, 1);
#endif
	return git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &ours) ? ERR_FAILED : 0;
}
