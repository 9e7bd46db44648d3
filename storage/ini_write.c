/* Writing INI documents: the other half of ini.c, which describes the format. */
#include "storage/ini_lines.h"

#include <string.h>

#define INDENT 4
#define TOKEN_MAX 4 /* bytes of a character or an escape */
#define WIDTH 76    /* columns after which a line is folded at a space */

/* The physical line that is being written. */
struct line {
	struct str *out;
	size_t begins;  /* where it begins in out */
	size_t columns; /* characters so far */
	bool fresh;     /* nothing of the value stands in it yet */
	bool spaced;    /* it ends in a plain space: the place to fold */
};

static void break_line(struct line *l)
{
	str_addch(l->out, '\n');
	l->begins = l->out->len;
	for (int i = 0; i < INDENT; i++)
		str_addch(l->out, ' ');
	l->columns = INDENT;
	l->fresh = true;
	l->spaced = false;
}

static void fold(struct line *l)
{
	str_addch(l->out, '\\');
	break_line(l);
}

/* Characters up to the next space, line break or end. */
static size_t word_columns(const char *text)
{
	size_t n = 0;

	for (; *text && *text != ' ' && *text != '\n'; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}

/* Before every character, as its form depends on where in the line it stands. */
static void make_room(struct line *l)
{
	if (l->out->len - l->begins + TOKEN_MAX + 1 > INI_LINE_MAX)
		fold(l);
}

static void put(struct line *l, const char *bytes, size_t len, size_t columns)
{
	str_addn(l->out, bytes, len);
	l->columns += columns;
	l->fresh = false;
	l->spaced = false;
}

static void put_escape(struct line *l, char c)
{
	const char escape[] = {'\\', c};

	put(l, escape, 2, 2);
}

static void put_control(struct line *l, char c)
{
	static const char digits[] = "0123456789abcdef";
	const char escape[] = {'\\', 'x', digits[c >> 4], digits[c & 15]};

	put(l, escape, sizeof(escape), sizeof(escape));
}

/* A run of n line breaks at text, after which the value goes on at `rest`. */
static void put_newlines(struct line *l, size_t n, bool begins, const char *rest)
{
	bool escaped = begins || !*rest; /* continuation lines are between text and text */

	bool keylike = *rest == '[' || ini_looks_like_key(rest, strnlen(rest, INI_LINE_MAX));

	for (size_t i = escaped || keylike ? 0 : 1; i < n; i++) {
		make_room(l);
		put_escape(l, 'n');
	}
	if (!escaped && keylike)
		fold(l); /* then it is text in either form */
	else if (!escaped)
		break_line(l);
}

static void put_space(struct line *l, const char *rest)
{
	make_room(l);
	if (l->fresh || !*rest || *rest == '\n') {
		put_escape(l, 's'); /* at an edge inih would cut it */
		return;
	}
	put(l, " ", 1, 1);
	l->spaced = true;
	if (l->columns + word_columns(rest) > WIDTH)
		fold(l);
}

static size_t put_character(struct line *l, const char *text)
{
	size_t len = ini_utf8_length(text, strnlen(text, TOKEN_MAX));

	make_room(l);
	if ((*text == ';' || *text == '#') && (l->fresh || l->spaced))
		put_escape(l, *text);
	else if (*text == '\\')
		put_escape(l, '\\');
	else if (*text == '\t')
		put_escape(l, 't');
	else if (*text == '\r')
		put_escape(l, 'r');
	else if (len == 1 && ((unsigned char)*text < 0x20 || *text == 0x7f))
		put_control(l, *text);
	else if (len)
		put(l, text, len, 1);
	else
		put(l, "\xef\xbf\xbd", 3, 1);
	return len ? len : 1;
}

void ini_write_section(struct str *out, const char *section)
{
	if (out->len)
		str_addch(out, '\n');
	str_addf(out, "[%s]\n", section);
}

void ini_write_pair(struct str *out, const char *key, const char *value)
{
	struct line l = {.out = out, .begins = out->len, .fresh = true};
	const char *text = value;

	str_addf(out, *value ? "%s = " : "%s =", key);
	l.columns = strlen(key) + 3;
	while (*text) {
		if (*text == '\n') {
			size_t n = strspn(text, "\n");

			put_newlines(&l, n, text == value, text + n);
			text += n;
		} else if (*text == ' ') {
			put_space(&l, ++text);
		} else {
			text += put_character(&l, text);
		}
	}
	str_addch(out, '\n');
}
