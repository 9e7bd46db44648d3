/*
 * To be preloaded: the nth allocation of the program fails, $FAILING_MALLOC_AT=<n>, or all
 * from the nth on, <n>+. With $FAILING_MALLOC_COUNT=<file> how many there are is written
 * there at the end. glibc's own names of the allocator are what is called.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *ptr, size_t size);

static unsigned long count, at;
static bool forever, ready;

__attribute__((constructor)) static void begin(void)
{
	const char *text = getenv("FAILING_MALLOC_AT");
	char *end = NULL;

	if (text)
		at = strtoul(text, &end, 10);
	forever = end && *end == '+';
	unsetenv("LD_PRELOAD"); /* programs that it starts are not meant */
	ready = true;
}

__attribute__((destructor)) static void end(void)
{
	const char *name = getenv("FAILING_MALLOC_COUNT");
	char text[32];
	int fd, n;

	if (!name || (fd = open(name, O_WRONLY | O_TRUNC | O_CLOEXEC)) < 0)
		return;
	n = snprintf(text, sizeof(text), "%lu\n", count);
	if (write(fd, text, (size_t)n) != n)
		abort();
	close(fd);
}

static bool fails(void)
{
	if (!ready)
		return false;
	count++;
	if (!at || (forever ? count < at : count != at))
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t items, size_t size)
{
	return fails() ? NULL : __libc_calloc(items, size);
}

void *realloc(void *ptr, size_t size)
{
	return fails() ? NULL : __libc_realloc(ptr, size);
}
