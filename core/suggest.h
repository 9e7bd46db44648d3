/*
 * "Did you mean …?": the nearest known word to one that is not known, by the
 * optimal string alignment distance (insertions, deletions, substitutions and
 * swaps of neighbours count 1 each).
 *
 *	struct nearest n;
 *
 *	nearest_start(&n, typed);
 *	for (…)
 *		nearest_offer(&n, word);
 *	if (n.word)
 *		…
 */
#ifndef FU_CORE_SUGGEST_H
#define FU_CORE_SUGGEST_H

#include "core/str.h"

#include <stddef.h>

struct nearest {
	const char *typed; /* borrowed */
	const char *word;  /* borrowed; NULL: none of those offered is near enough */
	size_t distance;
};

void nearest_start(struct nearest *n, const char *typed);

/*
 * Keeps the word if it is near enough (about one letter in three wrong, or typed
 * only in part) and nearer than what was offered before.
 */
void nearest_offer(struct nearest *n, const char *word);

/* The nearest of the words (NULL at the end), or NULL. */
const char *suggest_word(const char *typed, const char *const *words);

/*
 * Adds what follows "unknown …" in a message: " (did you mean 'proceed'?)", or, where
 * nothing is near, " (one of: proceed, repeat, abandon)".
 */
void suggest_add(struct str *out, const char *typed, const char *const *words);

#endif
