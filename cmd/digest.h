/* What `fu remind` says (remind.c): items put in order and written as a mail (digest.c). */
#ifndef FU_CMD_DIGEST_H
#define FU_CMD_DIGEST_H

#include "cmd/due_items.h"

#include <jansson.h>

/* An item that is told of. */
struct told {
	struct item item; /* its opportunity, contact and commitment are gone */
	char *head;       /* "acme-website: Acme Corporation, Website relaunch" */
	char *contact;    /* whom to call, in words */
	json_t *document; /* as `next --json` has it */
};

struct digest {
	struct call *call;
	struct due_items due;
	bool only_new; /* --new */
	struct told *items;
	size_t n, cap;
};

/* The item knows its opportunity. */
void digest_add(struct digest *d, const struct item *item);
/* Overdue ones first, then by day, then those that have none. */
void digest_sort(struct digest *d);
/* In lines of 72 columns, or less on a narrow terminal; nothing, where there are no items. */
void digest_print(struct digest *d);
void digest_release(struct digest *d);

#endif
