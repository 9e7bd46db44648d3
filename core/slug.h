/*
 * An opportunity's id from what it is called: the first two words of the client
 * and the first three of the title, folded (utf8.h), everything but [a-z0-9] to
 * '-': "Acme GmbH", "Website relaunch 2026" is acme-gmbh-website-relaunch-2026.
 */
#ifndef FU_CORE_SLUG_H
#define FU_CORE_SLUG_H

#include "core/str.h"

/* Whole words only; leaves room under the 64 of an id for "-2", "-3", …. */
#define SLUG_MAX 40

/*
 * Adds the id; nothing where no letter or digit is left. Words that the title
 * begins with and the client already gave are not said twice. Either may be NULL.
 */
void slug_add(struct str *out, const char *client, const char *title);

#endif
