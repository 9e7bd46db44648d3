/*
 * Memory that is there or the program is not.
 *
 * The allocators never return NULL. When memory is exhausted the handler that
 * `cmd` installed says so and ends the process with exit status 128; what the
 * process was doing in the repository is then finished or rolled back by the
 * next command, exactly as after a crash (storage/git/journal.c).
 */
#ifndef FU_CORE_MEM_H
#define FU_CORE_MEM_H

#include <stdarg.h>
#include <stddef.h>

/* Sets what is called when memory is exhausted; it must not return. Default: abort(). */
void mem_on_exhaustion(void (*handler)(void));

/* As malloc, calloc, realloc, strdup, strndup; the caller owns the result and free()s it. */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *ptr, size_t size);
char *xstrdup(const char *text);
char *xstrndup(const char *text, size_t len);

/* NULL stays NULL. */
char *xstrdup_or_null(const char *text);

/* Formats into a fresh string that the caller owns. */
char *xstrfmt(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *xstrvfmt(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

/* Replaces *slot (freeing what it held) with a copy of text; text may be NULL or *slot itself.
 */
void replace_string(char **slot, const char *text);

/* Makes room for one more item in a growing array of `n` items with capacity `cap`. */
#define GROW(items, n, cap)                                                                    \
	do {                                                                                   \
		if ((n) == (cap)) {                                                            \
			(cap) = (cap) ? (cap)*2 : 8;                                           \
			(items) = xrealloc((items), (cap) * sizeof(*(items)));                 \
		}                                                                              \
	} while (0)

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))

#endif
