#include "storage/ics/ics.h"

#include <string.h>

static icaltimezone *known_zone(icalcomponent *component, const char *tzid)
{
	icaltimezone *zone = NULL;

	for (; component && !zone; component = icalcomponent_get_parent(component))
		if (icalcomponent_isa(component) == ICAL_VCALENDAR_COMPONENT)
			zone = icalcomponent_get_timezone(component, tzid);
	if (zone)
		return zone;
	/* "/example.org/20050126_1/Europe/Berlin" ends with a name that is known. */
	for (; tzid && !zone; tzid = strchr(tzid, '/')) {
		tzid += *tzid == '/';
		zone = icaltimezone_get_builtin_timezone(tzid);
	}
	return zone;
}

icaltimezone *ics_zone_of(icalproperty *property, const char **unknown)
{
	icalparameter *parameter =
		icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
	const char *tzid = parameter ? icalparameter_get_tzid(parameter) : NULL;
	icaltimezone *zone;

	*unknown = NULL;
	if (!tzid)
		return NULL;
	zone = known_zone(icalproperty_get_parent(property), tzid);
	if (!zone)
		*unknown = tzid;
	return zone;
}

struct icaltimetype ics_time_in_zone(
	struct icaltimetype time, icalproperty *property, const struct ics_window *window)
{
	const char *unknown;
	icaltimezone *zone;

	if (icaltime_is_null_time(time) || time.is_date || icaltime_is_utc(time))
		return time;
	zone = ics_zone_of(property, &unknown);
	return icaltime_set_timezone(&time, zone ? zone : window->zone);
}

/* libical works out the changes of a zone year by year, up to the time that is asked for. An
 * hour more or less is all the same so far from any window. */
#define YEAR_WITHOUT_ZONES 2400

int64_t ics_instant(struct icaltimetype time, const struct ics_window *window)
{
	const icaltimezone *zone = time.is_date || !time.zone ? window->zone : time.zone;

	if (time.year >= YEAR_WITHOUT_ZONES)
		zone = icaltimezone_get_utc_timezone();
	return icaltime_as_timet_with_zone(time, zone);
}

int64_t ics_instant_after(struct icaltimetype time, struct icaldurationtype lasts,
	const struct ics_window *window)
{
	int64_t days = (int64_t)lasts.days + 7 * (int64_t)lasts.weeks;
	int64_t seconds = lasts.seconds + 60 * ((int64_t)lasts.minutes + 60 * lasts.hours);

	if (lasts.is_neg || days > 36600)
		return ics_instant(time, window);
	icaltime_adjust(&time, (int)days, 0, 0, 0);
	return ics_instant(time, window) + seconds;
}
