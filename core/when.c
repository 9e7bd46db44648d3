#include "core/when.h"

#include "core/civil.h"
#include "core/error.h"
#include "core/scan.h"

#include <string.h>

#define YEAR_MAX 9999

static const struct zone *zone_of(const struct when *w, const struct clock *clock)
{
	const struct zone *zone = NULL;

	if (w->zone[0] && strcmp(w->zone, zone_name(clock->zone)) && clock->find_zone)
		zone = clock->find_zone(clock->find_context, w->zone);
	return zone ? zone : clock->zone;
}

/* ---- the stored form ---- */

static bool read_stored(struct when *out, const char *text)
{
	const char *p = text;

	*out = (struct when){.second = WHEN_DAY_ALONE, .set = true};
	if (!scan_date(&p, &out->day))
		return false;
	if (scan_char(&p, 'T')) {
		if (!scan_clock(&p, &out->second))
			return false;
	} else if (*p == ' ' && p[1] >= '0' && p[1] <= '9') {
		p++;
		if (!scan_clock(&p, &out->second))
			return false;
	}
	if (!*p)
		return true;
	if (!scan_char(&p, ' ') || !scan_is_zone_name(p))
		return false;
	memcpy(out->zone, p, strlen(p) + 1);
	return true;
}

int when_parse_stored(struct when *out, const char *text)
{
	struct when w;

	if (!read_stored(&w, text))
		return error_set(ERR_USAGE,
			"unreadable date '%s': it is written as 2026-11-24, or 2026-11-24 "
			"15:00, "
			"or either with a time zone behind it",
			text);
	*out = w;
	return 0;
}

static void add_date(struct str *out, int32_t day)
{
	struct civil date = civil_from_day(day);

	str_addf(out, "%04d-%02d-%02d", date.year, date.month, date.day);
}

/* " 15:00", with the seconds where there are any; nothing for a day alone. */
static void add_clock(struct str *out, int32_t second)
{
	if (second == WHEN_DAY_ALONE)
		return;
	str_addf(out, " %02d:%02d", second / 3600, second / 60 % 60);
	if (second % 60)
		str_addf(out, ":%02d", second % 60);
}

void when_add_stored(struct str *out, const struct when *w)
{
	if (!w->set)
		return;
	add_date(out, w->day);
	add_clock(out, w->second);
	if (w->zone[0])
		str_addf(out, " %s", w->zone);
}

/* ---- for programs and for people ---- */

void when_add_json(struct str *out, const struct when *w, const struct clock *clock)
{
	struct moment m = {.set = w->set};

	if (w->set && w->second == WHEN_DAY_ALONE) {
		add_date(out, w->day);
		return;
	}
	m.utc = when_begins(w, clock);
	m.offset = zone_offset_at(zone_of(w, clock), m.utc);
	moment_add(out, &m);
}

/* "Tue 24 Nov", with the year where it is not this one */
static void add_echo_day(struct str *out, int32_t day, const struct clock *clock)
{
	struct civil date = civil_from_day(day);

	str_addf(out, "%s %d %s", weekday_name(day_weekday(day)), date.day,
		month_name(date.month));
	if (date.year != civil_from_day(clock_today(clock)).year)
		str_addf(out, " %d", date.year);
}

void when_add_echo(struct str *out, const struct when *w, const struct clock *clock)
{
	if (!w->set)
		return;
	add_echo_day(out, w->day, clock);
	add_clock(out, w->second);
	if (w->zone[0] && strcmp(w->zone, zone_name(clock->zone)))
		str_addf(out, " %s", w->zone);
}

void moment_add_echo(struct str *out, const struct moment *m, const struct clock *clock)
{
	struct when w = when_from_moment(m, clock);

	w.second -= w.second % 60;
	when_add_echo(out, &w, clock);
}

/* ---- instants and order ---- */

int64_t when_begins(const struct when *w, const struct clock *clock)
{
	int64_t utc;

	zone_to_utc(
		zone_of(w, clock), w->day, w->second == WHEN_DAY_ALONE ? 0 : w->second, &utc);
	return utc;
}

int64_t when_ends(const struct when *w, const struct clock *clock)
{
	struct when next = *w;
	int64_t begins = when_begins(w, clock), end;

	if (w->second != WHEN_DAY_ALONE)
		return begins;
	next.day++;
	end = when_begins(&next, clock) - 1;
	return end > begins ? end : begins; /* a zone may have skipped the day */
}

static int order(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

int when_compare(const struct when *a, const struct when *b, const struct clock *clock)
{
	int result;

	if (!a->set || !b->set)
		return order(!a->set, !b->set);
	result = order(when_begins(a, clock), when_begins(b, clock));
	if (!result)
		result = order(a->second != WHEN_DAY_ALONE, b->second != WHEN_DAY_ALONE);
	if (!result)
		result = order(a->day, b->day);
	if (!result)
		result = order(a->second, b->second);
	return result ? result : order(strcmp(a->zone, b->zone), 0);
}

bool when_equal(const struct when *a, const struct when *b)
{
	if (!a->set || !b->set)
		return a->set == b->set;
	return a->day == b->day && a->second == b->second && !strcmp(a->zone, b->zone);
}

struct when when_from_day(int32_t day)
{
	return (struct when){.day = day, .second = WHEN_DAY_ALONE, .set = true};
}

/* ---- calendar arithmetic ---- */

static int32_t day_plus(int32_t day, const struct duration *d)
{
	int32_t last = civil_to_day((struct civil){YEAR_MAX, 12, 31});

	switch (d->unit) {
	case UNIT_DAY:
		day += d->count;
		break;
	case UNIT_WEEK:
		day += d->count * 7;
		break;
	case UNIT_MONTH:
		day = day_add_months(day, d->count);
		break;
	default:
		break;
	}
	return day < last ? day : last;
}

static bool is_elapsed(const struct duration *d)
{
	return d->unit == UNIT_MINUTE || d->unit == UNIT_HOUR;
}

struct when when_plus(const struct when *w, const struct duration *d, const struct clock *clock)
{
	struct when sum = *w;
	int64_t utc;

	if (!w->set)
		return sum;
	if (is_elapsed(d)) {
		utc = when_begins(w, clock) + duration_seconds(d);
		civil_split(
			utc + zone_offset_at(zone_of(w, clock), utc), &sum.day, &sum.second);
	}
	sum.day = day_plus(sum.day, d);
	return sum;
}

struct moment moment_plus(
	const struct moment *m, const struct duration *d, const struct clock *clock)
{
	struct when w;

	if (!m->set)
		return *m;
	if (is_elapsed(d))
		return moment_at(m->utc + duration_seconds(d), clock);
	w = when_from_moment(m, clock);
	w = when_plus(&w, d, clock);
	return moment_at(when_begins(&w, clock), clock);
}
