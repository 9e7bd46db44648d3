/* What the repository knows of a client and of people when a new opportunity is opened. */
#ifndef FU_CMD_KNOWN_H
#define FU_CMD_KNOWN_H

#include "core/contact.h"
#include "storage/storage.h"

struct known {
	struct contact *people; /* those whose mail address was asked for */
	size_t people_n, people_cap;
	char *client; /* a name nearly the same as the one asked for; NULL: none, or the
			 very same is there */
	char *twin;   /* id of an open opportunity with the same client and title; or NULL */
};

/* `mails` are folded (utf8.h); client and title may be
 * NULL. What cannot be read is left out. */
int known_find(struct known *out, struct repo *repo, const char *client, const char *title,
	const struct list *mails);
/* The one with that mail address, or NULL. */
const struct contact *known_person(const struct known *k, const char *mail);
void known_release(struct known *k);

#endif
