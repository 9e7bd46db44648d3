#include "core/person.h"

#include "core/error.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

#define DIGITS "0123456789"
#define BETWEEN " \t-./()+"

/* The number without what is dialled before it. */
static char *digits_of(const char *phone)
{
	struct str out = STR_INIT;
	size_t zeros;

	for (; *phone; phone++) {
		if (starts_with(phone, "(0)"))
			phone += 2;
		else if (*phone >= '0' && *phone <= '9')
			str_addch(&out, *phone);
	}
	zeros = strspn(out.buf, "0");
	memmove(out.buf, out.buf + zeros, out.len - zeros);
	str_truncate(&out, out.len - zeros);
	return str_detach(&out);
}

static bool is_number(const char *text)
{
	return strpbrk(text, DIGITS) && !text[strspn(text, DIGITS BETWEEN)];
}

int person_seek(struct person_sought *out, const char *typed)
{
	*out = (struct person_sought){0};
	if (!typed[strspn(typed, BETWEEN)])
		return error_set(ERR_USAGE, "nobody to look for: '%s'", typed);
	if (!is_number(typed)) {
		out->folded = utf8_folded(typed);
		return 0;
	}
	out->digits = digits_of(typed);
	if (strlen(out->digits) < PERSON_DIGITS)
		return error_set(ERR_USAGE, "a phone number needs %d digits or more: '%s'",
			PERSON_DIGITS, typed);
	return 0;
}

void person_release(struct person_sought *p)
{
	free(p->folded);
	free(p->digits);
	*p = (struct person_sought){0};
}

/* One ends as the other. */
static bool same_phone(const char *sought, const char *phone)
{
	char *digits = digits_of(phone);
	size_t len = strlen(digits);
	bool same = len >= PERSON_DIGITS &&
		    (ends_with(digits, sought) || ends_with(sought, digits));

	free(digits);
	return same;
}

static bool has_part(const char *text, const char *folded)
{
	char *whole = text ? utf8_folded(text) : NULL;
	bool has = whole && strstr(whole, folded);

	free(whole);
	return has;
}

bool person_is(const struct person_sought *p, const struct contact *c)
{
	if (p->digits)
		return c->phone && same_phone(p->digits, c->phone);
	if (strchr(p->folded, '@'))
		return has_part(c->mail, p->folded);
	return has_part(c->name, p->folded);
}
