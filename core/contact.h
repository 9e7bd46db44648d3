/* People on the client's side. Stored and typed the same way:
 *   Jane Doe <jane@acme.example>; +34 600 111 222; CFO; decision-maker
 * name and mail first, then in any order: what begins with '+' or a digit is the
 * phone, "decision-maker", anything else the role. Stored contacts who left carry
 * "left" or "left: <who follows>" as a last part. */
#ifndef FU_CORE_CONTACT_H
#define FU_CORE_CONTACT_H

#include "core/str.h"

#include <stdbool.h>

struct contact {
	char *name;
	char *mail, *phone, *role; /* may be NULL */
	bool decision_maker;
	bool left;
	char *left_to; /* who took over, or NULL */
};

/* ERR_USAGE: no name, a name with ':' ';' '<' or '>', two mails or phones or roles. */
int contact_parse(struct contact *out, const char *text);
void contact_add_stored(struct str *out, const struct contact *c);
void contact_copy(struct contact *to, const struct contact *from);
/* Gives `to` the mail, phone, role and decision-maker that it lacks; true where it lacked one.
 */
bool contact_fill(struct contact *to, const struct contact *from);
void contact_release(struct contact *c);

/* Sets name, mail (also "email"), phone, role or decision_maker ("yes"/"no" or
 * empty); an empty value clears. ERR_USAGE: unknown key, unreadable value. */
int contact_set(struct contact *c, const char *key, const char *value);

#endif
