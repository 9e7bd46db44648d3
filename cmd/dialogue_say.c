/* What a dialogue says: on stderr, broken at words where the terminal ends. */
#include "cmd/dialogue.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define USUAL_WIDTH 80
#define HANGING 2 /* further lines stand in by as much */

static size_t find_width(const struct dialogue *d)
{
	struct winsize size;
	int columns = terminal_width(&d->run->call->terminal);

	if (!columns && !ioctl(STDERR_FILENO, TIOCGWINSZ, &size))
		columns = size.ws_col;
	return columns > 0 ? (size_t)columns : USUAL_WIDTH;
}

/* `text` is safe already. A word that is too long for a line stays whole. */
static void add_wrapped(struct str *out, const char *text, size_t width)
{
	size_t indent = strspn(text, " "), at = indent;

	str_addf(out, "%*s", (int)indent, "");
	for (text += indent; *text;) {
		size_t len = strcspn(text, " ");
		char *word = xstrndup(text, len);
		size_t columns = utf8_width(word);

		if (at > indent + HANGING && at + 1 + columns >= width) {
			str_addf(out, "\n%*s", (int)(indent + HANGING), "");
			at = indent + HANGING;
		} else if (at > indent) {
			str_addch(out, ' ');
			at++;
		}
		str_add(out, word);
		at += columns;
		free(word);
		text += len + (text[len] == ' ');
	}
}

static void put(const struct dialogue *d, const char *text, char end)
{
	struct str safe = STR_INIT, lines = STR_INIT;

	safe_add(&safe, text);
	add_wrapped(&lines, safe.buf, find_width(d));
	str_addch(&lines, end);
	fflush(stdout);
	fwrite(lines.buf, 1, lines.len, stderr);
	str_release(&safe);
	str_release(&lines);
}

void dialogue_say(const struct dialogue *d, const char *format, ...)
{
	va_list args;
	char *text;

	va_start(args, format);
	text = xstrvfmt(format, args);
	va_end(args);
	put(d, text, '\n');
	free(text);
}

void dialogue_prompt(const struct dialogue *d, const char *prompt)
{
	char *text = xstrfmt("%s:", prompt);

	put(d, text, ' ');
	fflush(stderr);
	free(text);
}
