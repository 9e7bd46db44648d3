/*
 * Empty phrases (C2): what a follow-up says that gives the client nothing.
 *
 * The list is data (phrases_data.c), in families: "just checking in", "touching base",
 * and so on; the name of a family is its best known phrase. There are two sorts:
 *
 *   - most are empty wherever they stand: "Sent the checklist; just checking in on the
 *     figures" is refused, for the phrase does the asking and can be left out;
 *   - greetings, wishes, thanks and being available are empty where the text consists of
 *     nothing else: "Thanks for your time, I'm here if you need anything" is refused,
 *     "Thanks for your time; here are the minutes with the three options" is not.
 *
 * Words, not letters, are compared: folded as utf8_fold does it (case, full-width and
 * other compatibility letters, diacritics), apostrophes of any kind left out ("how's" is
 * "hows"), and everything that is neither letter nor digit separating them, dashes of any
 * kind and line breaks included ("Just-checking‑in" is "just checking in"). Zero-width
 * characters are left out; the zero-width space is also tried as a space.
 *
 * A word alone is never refused: "their check-in desk", "circled the three clauses" and
 * "the follow-up study" match nothing. What would match and is honest all the same has
 * its exception in the data.
 *
 * The team's own phrases, `refuse` and `allow` of [phrases] in fu.ini, are plain words
 * and are compared in the same way, whole words only; no inflections are added. One
 * without any letter or digit is of no effect. A match that lies wholly within an
 * occurrence of an allowed phrase does not count, whether the match is built in or the
 * team's; within it no words pass for greetings or thanks either. One that reaches
 * beyond the allowed phrase counts.
 */
#ifndef FU_CORE_PHRASES_H
#define FU_CORE_PHRASES_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/* The team's own, as struct settings has them; either may be NULL. */
struct phrase_lists {
	const struct list *refuse, *allow;
};

struct phrase_match {
	size_t from, len;   /* where in the text, in bytes, from the first word to the last */
	const char *phrase; /* the family, or the phrase as the team wrote it; borrowed */
};

/*
 * The first empty phrase in the text, and of those that begin at one word the shortest.
 * False, and *out untouched, where there is none. `own` may be NULL. The time it takes
 * grows with the length of the text, not faster.
 */
bool phrases_find(struct phrase_match *out, const char *text, const struct phrase_lists *own);

#endif
