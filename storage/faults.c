#include "storage/faults.h"

#include "core/mem.h"

#include <stdlib.h>

static void add_message(struct faults *f, unsigned line, const char *message)
{
	if (++f->n > FAULTS_MAX)
		return;
	if (line)
		list_take(&f->messages, xstrfmt("%s:%u: %s", f->name, line, message));
	else
		list_take(&f->messages, xstrfmt("%s: %s", f->name, message));
}

void faults_add(struct faults *f, unsigned line, const char *format, ...)
{
	va_list args;
	char *message;

	va_start(args, format);
	message = xstrvfmt(format, args);
	va_end(args);
	add_message(f, line, message);
	free(message);
}

void faults_take(struct faults *f, unsigned line)
{
	for (size_t i = 0; i < error_count(); i++)
		add_message(f, line, error_message(i));
	for (size_t i = 0; i < error_hint_count(); i++)
		if (!list_has(&f->hints, error_hint_message(i)))
			list_add(&f->hints, error_hint_message(i));
	error_clear();
}

int faults_raise(struct faults *f, enum error code)
{
	size_t n = f->n;

	if (!n)
		return 0;
	error_clear();
	for (size_t i = 0; i < f->messages.n; i++)
		error_add(code, "%s", f->messages.items[i]);
	if (n > FAULTS_MAX)
		error_add(code, "%s: %zu more %s", f->name, n - FAULTS_MAX,
			n == FAULTS_MAX + 1 ? "fault" : "faults");
	for (size_t i = 0; i < f->hints.n; i++)
		error_hint("%s", f->hints.items[i]);
	faults_release(f);
	return code;
}

void faults_release(struct faults *f)
{
	list_release(&f->messages);
	list_release(&f->hints);
	f->n = 0;
}
