#include "cmd/report.h"

#include "core/error.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put(const char *prefix, const char *message)
{
	struct str line = STR_INIT;

	str_add(&line, prefix);
	safe_add(&line, message);
	str_addch(&line, '\n');
	/* After what stdout has said so far; a failure there is seen by terminal_finish. */
	fflush(stdout);
	fwrite(line.buf, 1, line.len, stderr);
	str_release(&line);
}

static void report(const char *prefix)
{
	for (size_t i = 0; i < error_count(); i++)
		put(prefix, error_message(i));
	for (size_t i = 0; i < error_hint_count(); i++)
		put("hint: ", error_hint_message(i));
	error_clear();
}

void report_errors(void)
{
	report("error: ");
}

void report_as_warnings(void)
{
	report("warning: ");
}

static void say_with(const char *prefix, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

static void say_with(const char *prefix, const char *format, va_list args)
{
	char *message = xstrvfmt(format, args);

	put(prefix, message);
	free(message);
}

void say_warning(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say_with("warning: ", format, args);
	va_end(args);
}

void say_hint(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say_with("hint: ", format, args);
	va_end(args);
}

void say_heard(const char *line)
{
	struct str text = STR_INIT;
	size_t len = strcspn(line, "\r\n");
	char *said = xstrndup(line, len);

	safe_add(&text, said);
	str_add(&text, line + len);
	fflush(stdout);
	fwrite(text.buf, 1, text.len, stderr);
	free(said);
	str_release(&text);
}

void say(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say_with("", format, args);
	va_end(args);
}
