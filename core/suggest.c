#include "core/suggest.h"

#include <stdbool.h>
#include <string.h>

#define LONGEST 64 /* longer words are not worth a guess */

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Optimal string alignment, by three rows of its table. */
static size_t distance(const char *a, size_t alen, const char *b, size_t blen)
{
	size_t rows[3][LONGEST + 1];
	size_t *before = rows[0], *last = rows[1], *row = rows[2];

	for (size_t j = 0; j <= blen; j++)
		last[j] = j;
	for (size_t i = 1; i <= alen; i++) {
		size_t *spare = before;

		row[0] = i;
		for (size_t j = 1; j <= blen; j++) {
			row[j] = last[j - 1] + (a[i - 1] != b[j - 1]);
			row[j] = least(row[j], least(last[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		before = last;
		last = row;
		row = spare;
	}
	return last[blen];
}

void nearest_start(struct nearest *n, const char *typed)
{
	*n = (struct nearest){.typed = typed};
}

void nearest_offer(struct nearest *n, const char *word)
{
	size_t typed_len = strlen(n->typed), len = strlen(word), far, limit;

	if (!typed_len || typed_len > LONGEST || len > LONGEST)
		return;
	limit = typed_len < 5 ? 1 : (typed_len + 1) / 3;
	far = distance(n->typed, typed_len, word, len);
	if (typed_len >= 3 && starts_with(word, n->typed))
		far = least(far, 1);
	if (far > limit || far >= least(typed_len, len))
		return;
	if (n->word && far >= n->distance)
		return;
	n->word = word;
	n->distance = far;
}

const char *suggest_word(const char *typed, const char *const *words)
{
	struct nearest n;

	nearest_start(&n, typed);
	for (; *words; words++)
		nearest_offer(&n, *words);
	return n.word;
}

void suggest_add(struct str *out, const char *typed, const char *const *words)
{
	const char *near = suggest_word(typed, words);

	if (near) {
		str_addf(out, " (did you mean '%s'?)", near);
		return;
	}
	str_add(out, " (one of:");
	for (size_t i = 0; words[i]; i++)
		str_addf(out, "%s %s", i ? "," : "", words[i]);
	str_add(out, ")");
}
