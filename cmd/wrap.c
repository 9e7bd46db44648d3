#include "cmd/wrap.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

struct wrap {
	struct str *out;
	size_t indent, limit;
	size_t column; /* where the line stands */
	bool first;    /* nothing was broken yet: whoever called has indented */
};

static void break_line(struct wrap *w)
{
	str_addch(w->out, '\n');
	w->column = 0;
	w->first = false;
}

/* The width is that of the text as it will be shown; what is added is the text itself. */
static void add_word(struct wrap *w, const char *word, size_t len)
{
	char *text = xstrndup(word, len);
	struct str safe = STR_INIT;
	size_t width;

	safe_add(&safe, text);
	width = utf8_width(safe.buf);
	if (w->column && w->limit && w->column + 1 + width > w->limit)
		break_line(w);
	if (w->column) {
		str_addch(w->out, ' ');
		w->column++;
	} else if (!w->first) {
		str_addf(w->out, "%*s", (int)w->indent, "");
	}
	str_add(w->out, text);
	w->column += width;
	str_release(&safe);
	free(text);
}

void wrap_add(struct str *out, const char *text, size_t indent, size_t limit)
{
	struct wrap w = {.out = out, .indent = indent, .limit = limit, .first = true};

	while (*text) {
		size_t len = strcspn(text, " \n");

		if (len)
			add_word(&w, text, len);
		if (text[len] == '\n' && text[len + 1])
			break_line(&w);
		text += len + (text[len] != '\0');
	}
}
