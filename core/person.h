/* Who is on the line: a contact by a part of the name, a mail address, a phone number. */
#ifndef FU_CORE_PERSON_H
#define FU_CORE_PERSON_H

#include "core/contact.h"

#include <stdbool.h>

/*
 * What was typed. A name or a part of one: case and marks do not matter. With an '@': a
 * part of a mail address. With digits alone, and what stands between the digits of phone
 * numbers: a phone number, of which a leading +, 00 or 0 and "(0)" are left out, and
 * which is meant where it ends as another, by at least PERSON_DIGITS digits: "600 111 222"
 * is "+34 600 111 222".
 */
#define PERSON_DIGITS 6

struct person_sought {
	char *folded; /* a part of name or mail, or NULL */
	char *digits; /* of a phone number, or NULL */
};

/* ERR_USAGE: nothing to look for, a number with too few digits. person_release in every
 * case. */
int person_seek(struct person_sought *out, const char *typed);
void person_release(struct person_sought *p);
bool person_is(const struct person_sought *p, const struct contact *c);

#endif
