#include "cmd/promise_doubts.h"

#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

#define BY "by "
#define NAME_WORDS 3 /* more of them before a ':' are no name */
#define DATE_WORDS 3 /* nor a date, without a digit */

static bool is_date(const char *text, const struct clock *clock)
{
	struct when w;

	if (!when_parse(&w, text, LOOK_AHEAD, clock, NULL))
		return true;
	error_clear();
	return false;
}

bool promise_is_date(const struct promise *p, const struct clock *clock)
{
	return !p->due.set &&
	       is_date(p->what + (starts_with(p->what, BY) ? strlen(BY) : 0), clock);
}

static size_t count_words(const char *text)
{
	size_t words = 0;

	while (*(text += strspn(text, " ")))
		for (words++; *text && *text != ' ';)
			text++;
	return words;
}

/* What stands behind the last " by ", where it is as short as a date or has a number; what
 * was done "by asking everybody" is no date that went wrong. */
static const char *find_no_date(const struct promise *p)
{
	const char *found = NULL;

	for (const char *at = p->what; !p->due.set && (at = strstr(at, " " BY)); at++)
		found = at + 1;
	if (!found)
		return NULL;
	return count_words(found + strlen(BY)) <= DATE_WORDS || strpbrk(found, "0123456789")
		       ? found
		       : NULL;
}

/* What stands before ": " like the name of somebody; the caller frees. NULL: nothing. */
static char *find_no_name(const struct promise *p)
{
	const char *colon = strchr(p->what, ':');
	char *part;

	if (p->who || !colon || colon == p->what || colon[1] != ' ')
		return NULL;
	part = xstrndup(p->what, (size_t)(colon - p->what));
	if (count_words(part) <= NAME_WORDS && !strpbrk(part, "0123456789\"()<>/"))
		return part;
	free(part);
	return NULL;
}

static char *name_contacts(const struct opportunity *o)
{
	struct str names = STR_INIT;

	for (size_t i = 0; o && i < o->now.contacts_n; i++)
		str_addf(&names, "%s%s", i ? ", " : "contacts: ", o->now.contacts[i].name);
	if (!names.len)
		str_add(&names, "there are no contacts");
	return str_detach(&names);
}

void promise_doubts(struct list *out, const struct promise *p, const struct opportunity *o,
	const struct clock *clock)
{
	const char *no_date = find_no_date(p);
	char *no_name = find_no_name(p), *names = no_name ? name_contacts(o) : NULL;

	if (promise_is_date(p, clock))
		list_take(out, xstrfmt("'%s' is a date alone: taken as text", p->what));
	if (no_date)
		list_take(out, xstrfmt("'%s' is no date: taken as text", no_date));
	if (no_name)
		list_take(out, xstrfmt("'%s' is no contact: taken as part of the text (%s)",
				       no_name, names));
	free(names);
	free(no_name);
}
