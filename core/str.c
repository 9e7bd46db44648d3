#include "core/str.h"

#include "core/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char str_empty[1];

void str_reserve(struct str *s, size_t extra)
{
	size_t need = s->len + extra + 1;

	if (need <= s->cap)
		return;
	if (!s->cap)
		s->buf = NULL;
	s->cap = need < 64 ? 64 : need + need / 2;
	s->buf = xrealloc(s->buf, s->cap);
	s->buf[s->len] = '\0';
}

void str_addn(struct str *s, const void *bytes, size_t len)
{
	if (!len)
		return;
	if (s->len + len >= s->cap)
		str_reserve(s, len);
	memcpy(s->buf + s->len, bytes, len);
	s->len += len;
	s->buf[s->len] = '\0';
}

void str_add(struct str *s, const char *text)
{
	str_addn(s, text, strlen(text));
}

void str_addch(struct str *s, char c)
{
	str_addn(s, &c, 1);
}

void str_vaddf(struct str *s, const char *format, va_list args)
{
	va_list again;
	int len;

	va_copy(again, args);
	len = vsnprintf(NULL, 0, format, args);
	str_reserve(s, (size_t)len);
	vsnprintf(s->buf + s->len, (size_t)len + 1, format, again);
	s->len += (size_t)len;
	va_end(again);
}

void str_addf(struct str *s, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	str_vaddf(s, format, args);
	va_end(args);
}

void str_truncate(struct str *s, size_t len)
{
	if (len >= s->len)
		return;
	s->len = len;
	s->buf[len] = '\0';
}

char *str_detach(struct str *s)
{
	char *text = s->cap ? s->buf : xstrdup("");

	*s = (struct str)STR_INIT;
	return text;
}

void str_release(struct str *s)
{
	if (s->cap)
		free(s->buf);
	*s = (struct str)STR_INIT;
}

void list_take(struct list *l, char *text)
{
	GROW(l->items, l->n, l->cap);
	l->items[l->n++] = text;
}

void list_add(struct list *l, const char *text)
{
	list_take(l, xstrdup(text));
}

void list_copy(struct list *to, const struct list *from)
{
	list_release(to);
	for (size_t i = 0; i < from->n; i++)
		list_add(to, from->items[i]);
}

bool list_has(const struct list *l, const char *text)
{
	for (size_t i = 0; i < l->n; i++)
		if (!strcmp(l->items[i], text))
			return true;
	return false;
}

static int compare_places(const void *a, const void *b)
{
	char *const *x = *(char **const *)a, *const *y = *(char **const *)b;
	int order = strcmp(*x, *y);

	return order ? order : (x > y) - (x < y);
}

void list_drop_repeats(struct list *l)
{
	char ***places = xcalloc(l->n + 1, sizeof(*places));
	const char *last = NULL;
	size_t kept = 0;

	for (size_t i = 0; i < l->n; i++)
		places[i] = &l->items[i];
	qsort(places, l->n, sizeof(*places), compare_places);
	for (size_t i = 0; i < l->n; i++) {
		char *item = *places[i];

		if (last && !strcmp(last, item)) {
			free(item);
			*places[i] = NULL;
		} else {
			last = item;
		}
	}
	for (size_t i = 0; i < l->n; i++)
		if (l->items[i])
			l->items[kept++] = l->items[i];
	l->n = kept;
	free(places);
}

bool list_equal(const struct list *a, const struct list *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->items[i], b->items[i]))
			return false;
	return true;
}

static int compare_items(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void list_sort(struct list *l)
{
	if (l->n)
		qsort(l->items, l->n, sizeof(*l->items), compare_items);
}

void list_release(struct list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->items[i]);
	free(l->items);
	*l = (struct list){0};
}

bool starts_with(const char *text, const char *prefix)
{
	return !strncmp(text, prefix, strlen(prefix));
}

bool ends_with(const char *text, const char *suffix)
{
	size_t len = strlen(text), end = strlen(suffix);

	return len >= end && !strcmp(text + len - end, suffix);
}

bool same_string(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

int choice_index(const char *choices, const char *value)
{
	size_t len = strlen(value);

	for (int i = 0;; i++) {
		size_t choice = strcspn(choices, "|");

		if (choice == len && !strncmp(choices, value, len))
			return i;
		if (!choices[choice])
			return -1;
		choices += choice + 1;
	}
}

char *trim(char *text)
{
	char *start = text + strspn(text, " \t\r\n");
	size_t len = strlen(start);

	while (len && strchr(" \t\r\n", start[len - 1]))
		len--;
	memmove(text, start, len);
	text[len] = '\0';
	return text;
}
