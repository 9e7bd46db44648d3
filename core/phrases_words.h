/*
 * A text as the words by which phrases are compared (core/phrases.h), each with its
 * place in the text and what stands before it.
 */
#ifndef FU_CORE_PHRASES_WORDS_H
#define FU_CORE_PHRASES_WORDS_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/* What stands between two words, the weaker first. */
enum gap { GAP_SPACE, GAP_CLAUSE, GAP_SENTENCE };

struct word {
	size_t from, end; /* in the text, in bytes */
	size_t at, len;   /* in `folded` */
	enum gap gap;     /* before it; GAP_SENTENCE before the first */
};

struct words {
	struct word *items;
	size_t n, cap;
	struct str folded;
	bool zero_width; /* a zero-width space was seen */
};

/*
 * Reads the text; where `apart`, a zero-width space separates words, else it is as if it
 * were not there, as other zero-width characters always are. The caller releases the
 * words, also those of an empty text.
 */
void words_read(struct words *w, const char *text, bool apart);
void words_release(struct words *w);

#endif
