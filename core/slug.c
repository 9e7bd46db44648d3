#include "core/slug.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

#define CLIENT_WORDS 2
#define TITLE_WORDS 3
#define WORD_LETTERS "abcdefghijklmnopqrstuvwxyz0123456789"

/* Adds up to `most` words of the text; the first ones not where `known` has them. */
static void take_words(
	struct list *words, const char *text, size_t most, const struct list *known)
{
	char *folded = utf8_folded(text);
	const char *p = folded;
	size_t end = words->n + most;

	while (words->n < end) {
		size_t len;
		char *word;

		p += strcspn(p, WORD_LETTERS);
		len = strspn(p, WORD_LETTERS);
		if (!len)
			break;
		word = xstrndup(p, len);
		p += len;
		if (known && list_has(known, word)) {
			free(word);
			continue;
		}
		known = NULL;
		list_take(words, word);
	}
	free(folded);
}

void slug_add(struct str *out, const char *client, const char *title)
{
	struct list of_client = {0}, words = {0};
	size_t start = out->len;

	if (client)
		take_words(&of_client, client, CLIENT_WORDS, NULL);
	list_copy(&words, &of_client);
	if (title)
		take_words(&words, title, TITLE_WORDS, &of_client);
	for (size_t i = 0; i < words.n; i++) {
		const char *word = words.items[i];
		size_t used = out->len - start;

		if (!used)
			str_addn(out, word, strnlen(word, SLUG_MAX));
		else if (used + 1 + strlen(word) <= SLUG_MAX)
			str_addf(out, "-%s", word);
		else
			break;
	}
	list_release(&words);
	list_release(&of_client);
}
