#include "core/phrases.h"

#include "core/mem.h"
#include "core/phrases_data.h"
#include "core/phrases_words.h"

#include <stdlib.h>
#include <string.h>

#define MAX_REPEATED 6 /* of "*word": with "~2" it bounds the work for a word of the text */

struct pattern {
	const char *text, *name;
	unsigned first; /* how the first word of a match may begin, bits of first_bit() */
};

struct patterns {
	struct pattern *items;
	size_t n, cap;
};

/* The built in and the team's. */
struct book {
	struct patterns sorts[PHRASE_SORTS];
	struct list own; /* the team's phrases as patterns */
};

/* A text in which patterns are looked for. */
struct search {
	const struct book *book;
	const struct words *words;
	size_t *honest; /* at each word, where what is honest and began here or before ends */
	unsigned char *reached; /* all up to this word is bits of REACHED_ */

	const struct pattern *pattern; /* the one tried, from the word `from` on */
	size_t from;
	size_t end; /* of the match that counts, 0: none yet */
	const char *name;
	void (*found)(struct search *s, size_t end);
};

enum { REACHED_BY_FILLERS = 1, REACHED = 2 };

static unsigned first_bit(char c)
{
	return c >= 'a' && c <= 'z' ? 1U << (c - 'a') : 1U << 26;
}

static unsigned first_bits(const char *pattern)
{
	unsigned bits = 0;

	for (const char *p = pattern; *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");
		bool optional = *p == '?' || *p == '*';

		if (*p == '~')
			return ~0U;
		if (!strchr("!<^.$", *p)) {
			bits |= first_bit(p[optional]);
			for (size_t i = 0; i < len; i++)
				if (p[i] == '|')
					bits |= first_bit(p[i + 1]);
			if (!optional)
				return bits;
		}
		p += len;
	}
	return bits;
}

static void add_pattern(
	struct book *b, const char *text, const char *name, enum phrase_sort sort)
{
	struct patterns *p = &b->sorts[sort];

	GROW(p->items, p->n, p->cap);
	p->items[p->n++] = (struct pattern){text, name, first_bits(text)};
}

/* True if there is another way to read it. */
static bool add_own_as_read(
	struct book *b, const char *phrase, bool apart, enum phrase_sort sort)
{
	struct str pattern = STR_INIT;
	struct words w;
	bool again;

	words_read(&w, phrase, apart);
	again = w.zero_width;
	for (size_t k = 0; k < w.n; k++) {
		str_add(&pattern, k ? " " : "");
		str_addn(&pattern, w.folded.buf + w.items[k].at, w.items[k].len);
	}
	if (w.n) {
		list_take(&b->own, str_detach(&pattern));
		add_pattern(b, b->own.items[b->own.n - 1], phrase, sort);
	}
	words_release(&w);
	return again;
}

/* Read in each of the ways in which a text is. */
static void add_own(struct book *b, const struct list *phrases, enum phrase_sort sort)
{
	for (size_t i = 0; phrases && i < phrases->n; i++)
		if (add_own_as_read(b, phrases->items[i], false, sort))
			add_own_as_read(b, phrases->items[i], true, sort);
}

static void add_all(struct book *b, const struct phrase_lists *own)
{
	for (const struct phrase_family *f = phrase_families; f->patterns; f++)
		for (size_t i = 0; f->patterns[i]; i++)
			add_pattern(b, f->patterns[i], f->name, f->sort);
	if (!own)
		return;
	add_own(b, own->refuse, PHRASE_ANYWHERE);
	add_own(b, own->allow, PHRASE_HONEST);
}

static void book_release(struct book *b)
{
	for (size_t i = 0; i < PHRASE_SORTS; i++)
		free(b->sorts[i].items);
	list_release(&b->own);
}

/* `choices` are `len` bytes of "word|word". */
static bool is_one_of(const struct words *w, size_t at, const char *choices, size_t len)
{
	const char *word = w->folded.buf + w->items[at].at;
	size_t word_len = w->items[at].len;

	for (const char *c = choices, *end = choices + len; c < end; c++) {
		const char *bar = memchr(c, '|', (size_t)(end - c));
		size_t choice_len = (size_t)((bar ? bar : end) - c);

		if (choice_len == word_len && *c == *word && !memcmp(c, word, word_len))
			return true;
		c += choice_len;
	}
	return false;
}

static bool clause_begins(const struct words *w, size_t at)
{
	return at == w->n || w->items[at].gap >= GAP_CLAUSE;
}

/* An element that takes no word. */
static bool stands_here(const struct words *w, size_t at, const char *element, size_t len)
{
	switch (*element) {
	case '^':
	case '.':
		return clause_begins(w, at);
	case '$':
		return at == w->n;
	case '!':
		return clause_begins(w, at) || !is_one_of(w, at, element + 1, len - 1);
	default:
		return clause_begins(w, at) || !is_one_of(w, at - 1, element + 1, len - 1);
	}
}

static void match(struct search *s, const char *pattern, size_t at);

/* "~2": up to so many words of one sentence, then the rest of the pattern. */
static void match_gap(struct search *s, size_t most, const char *rest, size_t at)
{
	for (size_t i = 0; i <= most; i++) {
		bool sentence =
			at + i < s->words->n && s->words->items[at + i].gap == GAP_SENTENCE;

		if (!i || !sentence || starts_with(rest, " ."))
			match(s, rest, at + i);
		if (at + i == s->words->n || sentence)
			return;
	}
}

/* Calls found() for every end that a match of the (rest of the) pattern can have. */
static void match(struct search *s, const char *pattern, size_t at)
{
	const char *p = pattern + strspn(pattern, " ");
	size_t len = strcspn(p, " ");
	bool optional = *p == '?' || *p == '*';

	if (!*p) {
		s->found(s, at);
	} else if (*p == '~') {
		match_gap(s, (size_t)(p[1] - '0'), p + len, at);
	} else if (strchr("!<^.$", *p)) {
		if (stands_here(s->words, at, p, len))
			match(s, p + len, at);
	} else {
		size_t end = at + (*p == '*' ? MAX_REPEATED : 1);

		if (optional)
			match(s, p + len, at);
		while (at < end && at < s->words->n &&
			is_one_of(s->words, at, p + optional, len - optional))
			match(s, p + len, ++at);
	}
}

/* Tries every pattern of the sort from the word on. */
static void try_patterns(struct search *s, enum phrase_sort sort, size_t from)
{
	const struct words *w = s->words;
	const struct patterns *p = &s->book->sorts[sort];
	unsigned bit = first_bit(w->folded.buf[w->items[from].at]);

	s->from = from;
	for (size_t i = 0; i < p->n; i++) {
		s->pattern = &p->items[i];
		if (s->pattern->first & bit)
			match(s, s->pattern->text, from);
	}
}

static void found_honest(struct search *s, size_t end)
{
	if (end > s->honest[s->from])
		s->honest[s->from] = end;
}

static void find_honest(struct search *s)
{
	s->found = found_honest;
	for (size_t i = 0; i < s->words->n; i++) {
		if (i)
			s->honest[i] = s->honest[i - 1];
		try_patterns(s, PHRASE_HONEST, i);
	}
}

static void found_empty(struct search *s, size_t end)
{
	if (end <= s->honest[s->from] || (s->end && s->end <= end))
		return;
	s->end = end;
	s->name = s->pattern->name;
}

/* The first match of a phrase that is empty wherever it stands. */
static bool find_anywhere(struct search *s)
{
	s->found = found_empty;
	for (size_t i = 0; i < s->words->n && !s->end; i++)
		try_patterns(s, PHRASE_ANYWHERE, i);
	return s->end > 0;
}

static void found_piece(struct search *s, size_t end)
{
	if (end <= s->honest[s->from])
		return;
	s->reached[end] |= REACHED;
	s->name = s->pattern->name;
}

static void found_filler(struct search *s, size_t end)
{
	if (end > s->honest[s->from])
		s->reached[end] |= s->reached[s->from];
}

/* True if the text is nothing but phrases that are empty alone, and fillers. */
static bool find_alone(struct search *s)
{
	size_t n = s->words->n;
	bool found;

	s->reached = xcalloc(n + 1, 1);
	s->reached[0] = REACHED_BY_FILLERS;
	for (size_t i = 0; i < n; i++) {
		if (!s->reached[i])
			continue;
		s->found = found_piece;
		try_patterns(s, PHRASE_ALONE, i);
		s->found = found_filler;
		try_patterns(s, PHRASE_FILLER, i);
	}
	found = s->reached[n] & REACHED;
	free(s->reached);
	s->from = 0;
	s->end = n;
	return found;
}

static bool find(struct phrase_match *out, const struct book *book, const struct words *words)
{
	struct search s = {.book = book, .words = words};
	bool found;

	s.honest = xcalloc(words->n + 1, sizeof(*s.honest));
	find_honest(&s);
	found = find_anywhere(&s) || find_alone(&s);
	if (found) {
		out->from = words->items[s.from].from;
		out->len = words->items[s.end - 1].end - out->from;
		out->phrase = s.name;
	}
	free(s.honest);
	return found;
}

bool phrases_find(struct phrase_match *out, const char *text, const struct phrase_lists *own)
{
	struct book book = {0};
	bool found = false, again = true;

	add_all(&book, own);
	for (int apart = 0; apart <= 1 && again && !found; apart++) {
		struct words words;

		words_read(&words, text, apart);
		found = words.n && find(out, &book, &words);
		again = words.zero_width;
		words_release(&words);
	}
	book_release(&book);
	return found;
}
