#include "core/phrases_words.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define ACUTE 0x00b4 /* typed for an apostrophe; as a compatibility character it is a space */
#define ZERO_WIDTH_SPACE 0x200b
#define EM_DASH 0x2014
#define HORIZONTAL_BAR 0x2015
/* From here to the Hangul no spaces stand between words: each character is one. */
#define FIRST_UNSPACED 0x2e80
#define LAST_UNSPACED 0xabff

/* What has been seen since the last word. */
struct between {
	size_t spaces, feeds, dashes, dots;
	bool mark, clause; /* one of "!?", one of ":;,([" */
};

struct reader {
	struct words *w;
	struct str character, folded; /* of one character */
	struct between between;
	bool in_word, apart;
	size_t from, end; /* the character's place in the text */
};

static enum gap gap_of(const struct between *b)
{
	if (b->mark || (b->dots == 1 && (b->spaces || b->feeds)))
		return GAP_SENTENCE;
	if (b->clause || b->dots > 1 || b->feeds > 1 || b->dashes > 1 ||
		(b->dashes && (b->spaces || b->feeds)))
		return GAP_CLAUSE;
	return GAP_SPACE;
}

static void add_to_word(struct reader *r, const char *bytes, size_t len)
{
	struct words *w = r->w;

	if (!r->in_word) {
		GROW(w->items, w->n, w->cap);
		w->items[w->n] = (struct word){.from = r->from,
			.at = w->folded.len,
			.gap = w->n ? gap_of(&r->between) : GAP_SENTENCE};
		w->n++;
		r->in_word = true;
		r->between = (struct between){0};
	}
	str_addn(&w->folded, bytes, len);
	w->items[w->n - 1].len += len;
	w->items[w->n - 1].end = r->end;
}

static void add_ascii(struct reader *r, char c)
{
	struct between *b = &r->between;

	if (c >= 'A' && c <= 'Z')
		c = (char)(c + 32);
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
		add_to_word(r, &c, 1);
		return;
	}
	if (c == '\'' || c == '`')
		return;
	r->in_word = false;
	b->spaces += c == ' ' || c == '\t' || c == '\r';
	b->feeds += c == '\n';
	b->dashes += c == '-';
	b->dots += c == '.';
	b->mark |= c == '!' || c == '?';
	b->clause |= strchr(":;,([", c) != NULL;
}

static bool is_word_character(utf8proc_int32_t code)
{
	utf8proc_category_t category = utf8proc_category(code);

	return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
	       (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

/* The folded form of a character, which may be several characters, or none. */
static void add_folded(struct reader *r)
{
	const char *at = r->folded.buf;
	utf8proc_int32_t code;
	bool alone;

	for (utf8proc_ssize_t len; *at; at += len) {
		len = utf8proc_iterate((const utf8proc_uint8_t *)at, -1, &code);
		if (len <= 1) {
			add_ascii(r, *at);
			len = 1;
			continue;
		}
		alone = (code >= FIRST_UNSPACED && code <= LAST_UNSPACED) ||
			!is_word_character(code);
		if (alone)
			r->in_word = false;
		if (is_word_character(code))
			add_to_word(r, at, (size_t)len);
		if (alone)
			r->in_word = false;
	}
}

static void add_character(struct reader *r, const char *text, utf8proc_int32_t code)
{
	if (code == ACUTE)
		return;
	if (utf8proc_category(code) == UTF8PROC_CATEGORY_CF) {
		r->w->zero_width |= code == ZERO_WIDTH_SPACE;
		r->in_word = r->in_word && !(r->apart && code == ZERO_WIDTH_SPACE);
		return;
	}
	r->between.clause |= code == EM_DASH || code == HORIZONTAL_BAR;
	str_truncate(&r->character, 0);
	str_addn(&r->character, text + r->from, r->end - r->from);
	str_truncate(&r->folded, 0);
	utf8_fold(&r->folded, r->character.buf);
	add_folded(r);
}

void words_read(struct words *w, const char *text, bool apart)
{
	size_t len = strlen(text);
	struct reader r = {.w = w, .apart = apart, .character = STR_INIT, .folded = STR_INIT};

	*w = (struct words){.folded = STR_INIT};
	for (; r.from < len; r.from = r.end) {
		const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text + r.from;
		utf8proc_int32_t code;
		utf8proc_ssize_t step = 1;

		if (*at >= 0x80)
			step = utf8proc_iterate(at, (utf8proc_ssize_t)(len - r.from), &code);
		r.end = r.from + (step > 0 ? (size_t)step : 1);
		if (*at < 0x80)
			add_ascii(&r, (char)*at);
		else if (step > 0)
			add_character(&r, text, code);
		else
			r.in_word = false; /* not UTF-8 */
	}
	str_release(&r.character);
	str_release(&r.folded);
}

void words_release(struct words *w)
{
	free(w->items);
	str_release(&w->folded);
	*w = (struct words){.folded = STR_INIT};
}
