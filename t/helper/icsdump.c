/*
 * What libical makes of a calendar on stdin: a line for each component, with times in UTC
 * by the calendar's own VTIMEZONE, never the system's:
 *
 *	VEVENT|<uid>|<sequence>|<status>|<from>|<to>|<summary>
 *	VTODO|<uid>|<sequence>|<status>|<due>||<summary>
 *
 * A whole day stands as YYYYMMDD. Exits with 1 and says why where the calendar is not valid.
 */
#include "core/mem.h"
#include "core/str.h"

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text_of(icalcomponent *c, icalproperty_kind kind)
{
	icalproperty *p = icalcomponent_get_first_property(c, kind);

	return p ? icalproperty_get_value_as_string(p) : "";
}

/* False: it names a zone that the calendar has not. */
static int print_time(icalcomponent *calendar, icalproperty *p, struct icaldurationtype later)
{
	icalparameter *tzid = icalproperty_get_first_parameter(p, ICAL_TZID_PARAMETER);
	struct icaltimetype t = icalvalue_get_datetime(icalproperty_get_value(p));
	icaltimezone *utc = icaltimezone_get_utc_timezone(), *zone = utc;

	if (tzid)
		zone = icalcomponent_get_timezone(calendar, icalparameter_get_tzid(tzid));
	if (!zone || (!tzid && !t.is_date && !icaltime_is_utc(t)))
		return 0;
	if (!t.is_date)
		icaltimezone_convert_time(&t, zone, utc);
	t = icaltime_add(t, later);
	t.zone = NULL;
	printf("|%s", icaltime_as_ical_string(t));
	return 1;
}

static int dump(icalcomponent *calendar, icalcomponent *c)
{
	int todo = icalcomponent_isa(c) == ICAL_VTODO_COMPONENT;
	icalproperty *at = icalcomponent_get_first_property(
		c, todo ? ICAL_DUE_PROPERTY : ICAL_DTSTART_PROPERTY);
	icalproperty *end = icalcomponent_get_first_property(c, ICAL_DTEND_PROPERTY);
	icalproperty *lasts = icalcomponent_get_first_property(c, ICAL_DURATION_PROPERTY);
	struct icaldurationtype none = icaldurationtype_null_duration();
	int good = 1;

	printf("%s|%s|%s|%s", todo ? "VTODO" : "VEVENT", text_of(c, ICAL_UID_PROPERTY),
		text_of(c, ICAL_SEQUENCE_PROPERTY), text_of(c, ICAL_STATUS_PROPERTY));
	good = at ? print_time(calendar, at, none) : printf("|") > 0;
	if (end)
		good = good && print_time(calendar, end, none);
	else if (lasts)
		good = good && print_time(calendar, at, icalproperty_get_duration(lasts));
	else
		putchar('|');
	printf("|%s\n", icalcomponent_get_summary(c));
	return good;
}

static int is_valid(icalcomponent *root)
{
	icalcomponent *c;

	if (!root || icalcomponent_isa(root) != ICAL_VCALENDAR_COMPONENT)
		return 0;
	if (!icalrestriction_check(root) || icalcomponent_count_errors(root))
		return 0;
	for (c = icalcomponent_get_first_component(root, ICAL_ANY_COMPONENT); c;
		c = icalcomponent_get_next_component(root, ICAL_ANY_COMPONENT))
		if (icalcomponent_count_errors(c))
			return 0;
	return 1;
}

int main(void)
{
	struct str text = STR_INIT;
	icalcomponent *root, *c;
	int ch, good;

	while ((ch = getchar()) != EOF)
		str_addch(&text, (char)ch);
	root = icalparser_parse_string(text.buf);
	good = is_valid(root);
	if (!good)
		printf("not valid:\n%s\n", root ? icalcomponent_as_ical_string(root) : "");
	for (c = good ? icalcomponent_get_first_component(root, ICAL_ANY_COMPONENT) : NULL; c;
		c = icalcomponent_get_next_component(root, ICAL_ANY_COMPONENT))
		if (icalcomponent_isa(c) != ICAL_VTIMEZONE_COMPONENT)
			good = dump(root, c) && good;
	if (root)
		icalcomponent_free(root);
	str_release(&text);
	return good ? 0 : 1;
}
