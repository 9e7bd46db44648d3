#include "cmd/complete.h"

#include "core/mem.h"

#include <ctype.h>
#include <string.h>

/* Whether a backslash is one that escapes, before c. */
static bool escapes(char quote, char c, enum shell shell)
{
	if (!quote)
		return true;
	if (quote == '\'')
		return shell == SHELL_FISH && (c == '\'' || c == '\\');
	return c && strchr("\"$\\`", c);
}

void shell_word_read(struct shell_word *out, const char *raw, enum shell shell)
{
	struct str text = STR_INIT;
	const char *c;

	*out = (struct shell_word){0};
	for (c = raw; *c; c++) {
		if (*c == '\\' && escapes(out->quote, c[1], shell)) {
			if (!c[1])
				break;
			str_addch(&text, *++c);
		} else if (out->quote ? *c == out->quote : *c == '\'' || *c == '"') {
			out->quote = out->quote ? 0 : *c;
			out->inside = (size_t)(c - raw) + 1;
		} else {
			str_addch(&text, *c);
		}
	}
	out->len = (size_t)(c - raw);
	if (!out->quote)
		out->inside = 0;
	out->text = str_detach(&text);
}

static void add_quoted(struct str *out, char c, char quote)
{
	if (quote == '\'' && c == '\'') {
		str_add(out, "'\\''");
	} else if (quote == '"' && c == '!') {
		/* The history: nothing within double quotes keeps it off. */
		str_add(out, "\"'!'\"");
	} else {
		if (quote ? quote == '"' && strchr("\"$\\`", c)
			  : (unsigned char)c < 0x80 && !isalnum((unsigned char)c) &&
					!strchr("_-./,+%", c))
			str_addch(out, '\\');
		str_addch(out, c);
	}
}

void shell_word_add(struct str *out, const char *text, char quote)
{
	for (; *text; text++)
		add_quoted(out, *text, quote);
}
