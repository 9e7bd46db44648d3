#include "core/zone_rule.h"

#include "core/civil.h"
#include "core/scan.h"

#include <string.h>

/* "CET" or "<+0330>": read over, the names are of no use here. */
static bool read_name(const char **text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
	const char *p = *text;
	size_t len;

	if (*p == '<') {
		len = strcspn(p, ">");
		if (!p[len])
			return false;
		*text = p + len + 1;
		return true;
	}
	len = strspn(p, letters);
	*text = p + len;
	return len >= 3;
}

/* "[+|-]h[hh][:mm[:ss]]", at most max_hours. */
static bool read_time(const char **text, int max_hours, int32_t *seconds)
{
	int sign = **text == '-' ? -1 : 1;
	int h, m = 0, s = 0;

	if (**text == '-' || **text == '+')
		++*text;
	if (!scan_digits(text, 1, 3, &h) || h > max_hours)
		return false;
	if (scan_char(text, ':')) {
		if (!scan_digits(text, 2, 2, &m) || m > 59)
			return false;
		if (scan_char(text, ':') && (!scan_digits(text, 2, 2, &s) || s > 59))
			return false;
	}
	*seconds = sign * (h * 3600 + m * 60 + s);
	return true;
}

/* POSIX counts westward, we count eastward. */
static bool read_offset(const char **text, int32_t *east)
{
	if (!read_time(text, 24, east))
		return false;
	*east = -*east;
	return true;
}

static bool read_rule_day(const char **text, struct zone_rule_date *date)
{
	if (scan_char(text, 'M')) {
		date->form = RULE_MONTH_WEEK;
		return scan_digits(text, 1, 2, &date->month) && date->month >= 1 &&
		       date->month <= 12 && scan_char(text, '.') &&
		       scan_digits(text, 1, 1, &date->week) && date->week >= 1 &&
		       date->week <= 5 && scan_char(text, '.') &&
		       scan_digits(text, 1, 1, &date->weekday) && date->weekday <= 6;
	}
	date->form = scan_char(text, 'J') ? RULE_JULIAN : RULE_YEAR_DAY;
	return scan_digits(text, 1, 3, &date->day) && date->day <= 365 &&
	       (date->form == RULE_YEAR_DAY || date->day >= 1);
}

static bool read_rule_date(const char **text, struct zone_rule_date *date)
{
	date->time = 2 * 3600;
	if (!scan_char(text, ',') || !read_rule_day(text, date))
		return false;
	return !scan_char(text, '/') || read_time(text, 167, &date->time);
}

bool zone_rule_parse(struct zone_rule *out, const char *text)
{
	*out = (struct zone_rule){0};
	if (!read_name(&text) || !read_offset(&text, &out->standard))
		return false;
	if (!*text)
		return true;
	out->has_summer = true;
	out->summer = out->standard + 3600;
	if (!read_name(&text))
		return false;
	if (*text != ',' && !read_offset(&text, &out->summer))
		return false;
	return read_rule_date(&text, &out->begins) && read_rule_date(&text, &out->ends) &&
	       !*text;
}

static int32_t month_week_day(const struct zone_rule_date *date, int year)
{
	int32_t first = civil_to_day((struct civil){year, date->month, 1});
	int32_t last = first + civil_days_in_month(year, date->month) - 1;
	int32_t day = first + (date->weekday - day_weekday(first) % 7 + 7) % 7;

	day += (date->week - 1) * 7;
	return day > last ? day - 7 : day;
}

int64_t zone_rule_change(const struct zone_rule_date *date, int year, int32_t offset)
{
	int32_t day = civil_to_day((struct civil){year, 1, 1});

	if (date->form == RULE_MONTH_WEEK)
		day = month_week_day(date, year);
	else if (date->form == RULE_YEAR_DAY)
		day += date->day;
	else
		day += date->day - 1 + (date->day > 59 && civil_days_in_month(year, 2) == 29);
	return (int64_t)day * DAY_SECONDS + date->time - offset;
}

/* The latest change so far that was found, and whether summer time begins with it. */
struct latest {
	int64_t at;
	bool summer;
	bool found;
};

/* Where both changes fall together it is summer time all the year. */
static void look_at_year(
	struct latest *latest, const struct zone_rule *rule, int year, int64_t utc)
{
	int64_t begins = zone_rule_change(&rule->begins, year, rule->standard);
	int64_t ends = zone_rule_change(&rule->ends, year, rule->summer);

	if (ends <= utc && (!latest->found || ends > latest->at))
		*latest = (struct latest){.at = ends, .summer = false, .found = true};
	if (begins <= utc && (!latest->found || begins >= latest->at))
		*latest = (struct latest){.at = begins, .summer = true, .found = true};
}

int32_t zone_rule_offset(const struct zone_rule *rule, int64_t utc)
{
	struct latest latest = {0};
	struct civil date;
	int32_t day, second;

	if (!rule->has_summer)
		return rule->standard;
	civil_split(utc, &day, &second);
	date = civil_from_day(day);
	/* Hours beyond a day can carry a change over New Year, by a week at most. */
	if (date.month == 1)
		look_at_year(&latest, rule, date.year - 1, utc);
	look_at_year(&latest, rule, date.year, utc);
	if (date.month == 12)
		look_at_year(&latest, rule, date.year + 1, utc);
	if (!latest.found)
		look_at_year(&latest, rule, date.year - 1, utc);
	return latest.summer ? rule->summer : rule->standard;
}
