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

/* As wide as it will be shown. */
static size_t word_width(const char *word, size_t len)
{
	char *text = xstrndup(word, len);
	struct str safe = STR_INIT;
	size_t width;

	safe_add(&safe, text);
	width = utf8_width(safe.buf);
	str_release(&safe);
	free(text);
	return width;
}

/* What is added is the text itself. */
static void add_word(struct wrap *w, const char *word, size_t len)
{
	size_t width = word_width(word, len);

	if (w->column && w->limit && w->column + 1 + width > w->limit)
		break_line(w);
	if (w->column) {
		str_addch(w->out, ' ');
		w->column++;
	} else if (!w->first) {
		str_addf(w->out, "%*s", (int)w->indent, "");
	}
	str_addn(w->out, word, len);
	w->column += width;
}

/* What is longer than a line and has no blanks, as Japanese, fills lines; returns how much of
 * it was put into full ones. What cannot be broken stands alone. */
static size_t add_full_lines(struct wrap *w, const char *text, size_t len)
{
	size_t done = 0;

	while (w->limit && word_width(text + done, len - done) > w->limit) {
		size_t used = w->column ? w->column + 1 : 0;
		size_t fits = used < w->limit
				      ? utf8_break(text + done, len - done, w->limit - used)
				      : 0;

		if (!fits && !w->column)
			break;
		if (fits)
			add_word(w, text + done, fits);
		done += fits;
		break_line(w);
	}
	return done;
}

void wrap_add(struct str *out, const char *text, size_t indent, size_t limit)
{
	struct wrap w = {.out = out, .indent = indent, .limit = limit, .first = true};

	while (*text) {
		size_t len = strcspn(text, " \n");

		if (len) {
			size_t done = add_full_lines(&w, text, len);

			add_word(&w, text + done, len - done);
		}
		if (text[len] == '\n' && text[len + 1])
			break_line(&w);
		text += len + (text[len] != '\0');
	}
}
