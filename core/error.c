#include "core/error.h"

#include "core/mem.h"

#include <stdlib.h>

static struct list messages;
static struct list hints;

static void record(struct list *l, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

static void record(struct list *l, const char *format, va_list args)
{
	list_take(l, xstrvfmt(format, args));
}

void error_clear(void)
{
	list_release(&messages);
	list_release(&hints);
}

int error_set(enum error code, const char *format, ...)
{
	struct list fresh = {0};
	va_list args;

	/* Formatted first: the arguments may be the messages that go. */
	va_start(args, format);
	record(&fresh, format, args);
	va_end(args);
	error_clear();
	messages = fresh;
	return code;
}

int error_add(enum error code, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	record(&messages, format, args);
	va_end(args);
	return code;
}

void error_hint(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	record(&hints, format, args);
	va_end(args);
}

void error_prefix(const char *format, ...)
{
	va_list args;
	char *prefix;

	va_start(args, format);
	prefix = xstrvfmt(format, args);
	va_end(args);
	for (size_t i = 0; i < messages.n; i++) {
		char *longer = xstrfmt("%s: %s", prefix, messages.items[i]);

		free(messages.items[i]);
		messages.items[i] = longer;
	}
	free(prefix);
}

size_t error_count(void)
{
	return messages.n;
}

const char *error_message(size_t i)
{
	return messages.items[i];
}

size_t error_hint_count(void)
{
	return hints.n;
}

const char *error_hint_message(size_t i)
{
	return hints.items[i];
}

void errors_keep(struct kept_errors *kept)
{
	*kept = (struct kept_errors){messages, hints};
	messages = (struct list){0};
	hints = (struct list){0};
}

void errors_copy(struct kept_errors *kept)
{
	*kept = (struct kept_errors){0};
	list_copy(&kept->messages, &messages);
	list_copy(&kept->hints, &hints);
}

static void append(struct list *to, const struct list *from)
{
	for (size_t i = 0; i < from->n; i++)
		list_add(to, from->items[i]);
}

void errors_restore(struct kept_errors *kept)
{
	append(&kept->messages, &messages);
	append(&kept->hints, &hints);
	error_clear();
	messages = kept->messages;
	hints = kept->hints;
	*kept = (struct kept_errors){0};
}

void errors_put_back(struct kept_errors *kept)
{
	error_clear();
	errors_restore(kept);
}

void errors_release(struct kept_errors *kept)
{
	list_release(&kept->messages);
	list_release(&kept->hints);
}
