#include "core/hours.h"

#include "core/civil.h"
#include "core/mem.h"
#include "core/settings.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool hours_read_number(int *out, const char *text, int least, int most)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || n < least || n > most)
		return false;
	*out = (int)n;
	return true;
}

/* 1 … 7 for a weekday's first three letters or whole name, else 0. */
static int read_weekday(const char *text)
{
	static const char *const names[] = {
		"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

	for (int i = 0; i < 7; i++)
		if (!strcasecmp(text, names[i]) ||
			(strlen(text) == 3 && !strncasecmp(text, names[i], 3)))
			return i + 1;
	return 0;
}

/* One "tue" or "mon-fri" (also over the week's end, "sat-mon"). */
static bool add_days(unsigned *days, char *part)
{
	char *last = part, *first = strsep(&last, "-");
	int from = read_weekday(trim(first)), to = last ? read_weekday(trim(last)) : from;

	if (!from || !to)
		return false;
	for (int day = from;; day = day % 7 + 1) {
		*days |= 1u << day;
		if (day == to)
			return true;
	}
}

bool hours_read_days(unsigned *out, const char *value)
{
	char *copy = xstrdup(value), *rest = copy;
	unsigned days = 0;
	bool good = true;

	while (good && rest)
		good = add_days(&days, trim(strsep(&rest, ",")));
	free(copy);
	if (good)
		*out = days;
	return good;
}

/* ---- days off ---- */

/* 1 … 12 for a month's first three letters or whole name, else 0. */
static int read_month(const char *text)
{
	static const char *const names[] = {"january", "february", "march", "april", "may",
		"june", "july", "august", "september", "october", "november", "december"};

	for (int i = 0; i < 12; i++)
		if (!strcasecmp(text, names[i]) ||
			(strlen(text) == 3 && !strncasecmp(text, names[i], 3)))
			return i + 1;
	return 0;
}

#define LEAP_YEAR 2000 /* a day without a year may be 29 February */

/* "24 dec", "dec 24", "24 dec 2026", "2026-12-24"; year 0 where there is none. */
static bool read_day(struct civil *out, char *text)
{
	struct civil day = {0};
	char *part;

	if (strspn(text, "0123456789-") == 10 && strlen(text) == 10) {
		bool good = hours_read_number(&day.year, strsep(&text, "-"), 1, 9999) && text &&
			    hours_read_number(&day.month, strsep(&text, "-"), 1, 12) && text &&
			    hours_read_number(&day.day, text, 1, 31) && civil_valid(day);

		*out = day;
		return good;
	}
	while ((part = strsep(&text, " "))) {
		if (!*part)
			continue;
		if (!day.month && (day.month = read_month(part)))
			continue;
		if (!day.day && hours_read_number(&day.day, part, 1, 31))
			continue;
		if (day.year || !day.day || !day.month ||
			!hours_read_number(&day.year, part, 1000, 9999))
			return false;
	}
	*out = day;
	return day.month && day.day &&
	       civil_valid((struct civil){day.year ? day.year : LEAP_YEAR, day.month, day.day});
}

/* "<day>" or "<day>..<day>", both with a year or both without. */
static bool read_span(struct civil *first, struct civil *last, const char *text)
{
	char *copy = xstrdup(text), *dots = strstr(copy, "..");
	bool good;

	if (dots) {
		*dots = '\0';
		good = read_day(first, trim(copy)) && read_day(last, trim(dots + 2));
	} else {
		good = read_day(first, trim(copy));
		*last = *first;
	}
	free(copy);
	if (!good || !first->year != !last->year)
		return false;
	return !first->year || civil_to_day(*first) <= civil_to_day(*last);
}

static bool span_holds(const char *text, int32_t day)
{
	struct civil first, last, date = civil_from_day(day);
	int from, to, at = date.month * 100 + date.day;

	if (!read_span(&first, &last, text))
		return false;
	if (first.year)
		return day >= civil_to_day(first) && day <= civil_to_day(last);
	from = first.month * 100 + first.day;
	to = last.month * 100 + last.day;
	return from <= to ? at >= from && at <= to : at >= from || at <= to;
}

bool hours_read_off(struct list *off, const char *value)
{
	char *copy = xstrdup(value), *rest = copy;
	struct civil first, last;
	bool good = true;

	while (good && rest && strcasecmp(value, "none")) {
		char *part = trim(strsep(&rest, ","));

		good = read_span(&first, &last, part);
		if (good)
			list_add(off, part);
	}
	free(copy);
	return good;
}

/* ---- showing ---- */

static const char *day_word(int day)
{
	static const char *const words[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

	return words[day - 1];
}

/* "mon-fri", "mon,tue,thu" */
void hours_add_days(struct str *out, unsigned days)
{
	for (int day = 1; day <= 7; day++) {
		int last = day;

		if (!(days & 1u << day))
			continue;
		while (last < 7 && days & 1u << (last + 1))
			last++;
		if (last < day + 2)
			last = day;
		str_addf(out, "%s%s", out->len ? "," : "", day_word(day));
		if (last > day)
			str_addf(out, "-%s", day_word(last));
		day = last;
	}
}

/* ---- working time ---- */

bool settings_works_on(const struct settings *s, int32_t day)
{
	if (!(s->days & 1u << day_weekday(day)))
		return false;
	for (size_t i = 0; i < s->off.n; i++)
		if (span_holds(s->off.items[i], day))
			return false;
	return true;
}

struct when settings_next_working(const struct settings *s, const struct when *from)
{
	const int32_t horizon = from->day + 2 * 366;
	bool day_alone = from->second == WHEN_DAY_ALONE;
	struct when w = *from;

	for (; w.day < horizon; w.day++) {
		bool same_day = w.day == from->day;

		if (!settings_works_on(s, w.day))
			continue;
		if (day_alone)
			return w;
		if (same_day && from->second >= s->to * 60)
			continue;
		if (!same_day || from->second < s->from * 60)
			w.second = s->from * 60;
		return w;
	}
	return *from;
}
