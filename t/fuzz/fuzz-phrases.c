/* Phrases: a match lies in the text; what is allowed as a whole is none. */
#include "fuzz.h"

#include "core/phrases.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct list own = {0};
	struct phrase_lists allow = {.allow = &own}, refuse = {.refuse = &own};
	struct phrase_match match;
	size_t len = strlen(text);

	if (phrases_find(&match, text, NULL)) {
		HOLDS(match.from <= len && match.len <= len - match.from);
		HOLDS(match.phrase && *match.phrase);
		list_add(&own, text);
		HOLDS(!phrases_find(&match, text, &allow));
	} else {
		list_add(&own, text);
		phrases_find(&match, text, &refuse);
	}
	list_release(&own);
	free(text);
	return 0;
}
