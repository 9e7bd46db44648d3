#include "core/prose.h"

#include "core/mem.h"
#include "core/utf8.h"
#include "core/words.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static const char *const blanks = " \t\n\v\f\r";

bool prose_says(const char *text)
{
	return text && text[strspn(text, blanks)];
}

char *prose_tidy(const char *text)
{
	struct str out = STR_INIT;

	if (!prose_says(text))
		return NULL;
	for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
		size_t len = strcspn(text, blanks);

		if (out.len)
			str_addch(&out, ' ');
		str_addn(&out, text, len);
		text += len;
	}
	return str_detach(&out);
}

void prose_add(struct str *out, const char *before, const char *text)
{
	char *tidy = prose_tidy(text);

	if (tidy)
		str_addf(out, "%s%s", before, tidy);
	free(tidy);
}

void prose_add_quoted(struct str *out, const char *before, const char *text)
{
	char *tidy = prose_tidy(text);

	if (tidy) {
		str_add(out, before);
		quoted_add(out, tidy);
	}
	free(tidy);
}

void prose_add_cut(struct str *out, const char *before, const char *text, size_t columns)
{
	char *tidy = prose_tidy(text);
	struct str cut = STR_INIT;

	if (tidy)
		utf8_cut(&cut, tidy, columns);
	prose_add_quoted(out, before, cut.buf);
	str_release(&cut);
	free(tidy);
}

void prose_add_series(struct str *out, const char *before, const struct list *texts,
	const char *last, bool quoted)
{
	size_t n = 0, said = 0;

	for (size_t i = 0; i < texts->n; i++)
		n += prose_says(texts->items[i]);
	for (size_t i = 0; i < texts->n; i++) {
		const char *between = !said ? before : said + 1 < n ? ", " : last;

		if (!prose_says(texts->items[i]))
			continue;
		if (quoted)
			prose_add_quoted(out, between, texts->items[i]);
		else
			prose_add(out, between, texts->items[i]);
		said++;
	}
}

void prose_add_when(
	struct str *out, const char *before, const struct when *w, const struct clock *clock)
{
	if (!w->set)
		return;
	str_add(out, before);
	when_add_echo(out, w, clock);
}

void prose_add_day(
	struct str *out, const char *before, const struct act *a, const struct clock *clock)
{
	struct when day;

	if (!a)
		return;
	day = when_from_day(moment_day(&a->at, clock));
	prose_add_when(out, before, &day, clock);
}

void prose_stop(struct str *out)
{
	static const char *const marks[] = {
		".", "!", "?", ".'", "!'", "?'", ".\"", "!\"", "?\"", "\u2026"};

	for (size_t i = 0; i < ARRAY_SIZE(marks); i++)
		if (ends_with(out->buf, marks[i]))
			return;
	str_addch(out, '.');
}

/* ---- what was undertaken ---- */

/* What one does, where it need not be followed by "the" or the like to tell. */
static const char *const doings[] = {"add", "agree", "ask", "become", "bring", "choose", "come",
	"decide", "find", "get", "give", "go", "introduce", "invite", "keep", "let", "look",
	"make", "pay", "provide", "send", "speak", "take", "talk", "tell", "think", "write"};

/* What follows one that does something, and hardly ever the name of a thing. */
static const char *const objects[] = {"a", "an", "all", "any", "both", "her", "him", "his",
	"it", "its", "me", "my", "our", "some", "that", "the", "their", "them", "these", "this",
	"us", "whether", "who", "with", "you", "your"};

static bool is_one_of(const char *word, size_t len, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(words[i]) == len && !strncmp(words[i], word, len))
			return true;
	return false;
}

static bool is_doing(const char *what)
{
	size_t first = strcspn(what, " ");
	const char *second = what + first + (what[first] != '\0');

	if (!islower((unsigned char)*what))
		return false;
	if (is_one_of(what, first, objects, ARRAY_SIZE(objects)))
		return false; /* "the figures" */
	return is_one_of(what, first, doings, ARRAY_SIZE(doings)) ||
	       is_one_of(second, strcspn(second, " "), objects, ARRAY_SIZE(objects));
}

void prose_add_undertaking(struct str *out, const char *who, const char *what)
{
	bool several = !strcmp(who, "you") || !strcmp(who, "we");
	char *tidy = prose_tidy(what);

	if (!tidy)
		return;
	str_add(out, who);
	if (is_doing(tidy)) {
		str_addf(out, "%s going to %s", several ? " were" : " was", tidy);
	} else {
		str_add(out, " promised ");
		quoted_add(out, tidy);
	}
	free(tidy);
}
