/*
 * A string that grows, and a list of strings.
 *
 *	struct str out = STR_INIT;
 *	str_addf(&out, "%d items", n);
 *	...
 *	str_release(&out);            or: char *text = str_detach(&out);
 *
 * `buf` is always NUL-terminated and never NULL; `len` does not count the NUL.
 */
#ifndef FU_CORE_STR_H
#define FU_CORE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct str {
	char *buf;
	size_t len;
	size_t cap; /* 0: buf is the shared empty string */
};

extern char str_empty[];
#define STR_INIT                                                                               \
	{                                                                                      \
		.buf = str_empty                                                               \
	}

void str_add(struct str *s, const char *text);
void str_addn(struct str *s, const void *bytes, size_t len);
void str_addch(struct str *s, char c);
void str_addf(struct str *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
void str_vaddf(struct str *s, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* Cuts the string to at most len bytes. */
void str_truncate(struct str *s, size_t len);

/* Makes room for `extra` more bytes beyond len, so that they can be written in place. */
void str_reserve(struct str *s, size_t extra);

/* Hands the buffer to the caller, who free()s it; the string is empty afterwards. */
char *str_detach(struct str *s);

/* Frees the buffer; the string is empty afterwards and may be used again. */
void str_release(struct str *s);

/* A list of strings that it owns. A zeroed list is an empty one. */
struct list {
	char **items;
	size_t n;
	size_t cap;
};

void list_add(struct list *l, const char *text); /* a copy */
void list_take(struct list *l, char *text);      /* takes ownership */
void list_copy(struct list *to, const struct list *from);
bool list_has(const struct list *l, const char *text);
void list_drop_repeats(struct list *l); /* of equal items the first stays */
bool list_equal(const struct list *a, const struct list *b);
void list_sort(struct list *l); /* by strcmp */
void list_release(struct list *l);

bool starts_with(const char *text, const char *prefix);
bool ends_with(const char *text, const char *suffix);
bool same_string(const char *a, const char *b); /* either may be NULL */

/* The index of the value among choices written "open|enforced", or -1. */
int choice_index(const char *choices, const char *value);

/* Cuts blanks (space, tab, CR, LF) off both ends, in place; returns its argument. */
char *trim(char *text);

#endif
