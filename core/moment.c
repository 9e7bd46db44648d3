#include "core/when.h"

#include "core/civil.h"
#include "core/error.h"
#include "core/scan.h"
#include "core/when_read.h"

/* "Z" or "+01:00" to the end of the text; as seconds east of UTC. */
static bool read_offset(const char *text, int32_t *offset)
{
	int sign = *text == '-' ? -1 : 1;
	int h = 0, m = 0;

	if (scan_char(&text, 'Z') || scan_char(&text, 'z')) {
		*offset = 0;
		return !*text;
	}
	if (!scan_char(&text, '+') && !scan_char(&text, '-'))
		return false;
	if (!scan_digits(&text, 2, 2, &h) || !scan_char(&text, ':') ||
		!scan_digits(&text, 2, 2, &m) || h > 23 || m > 59)
		return false;
	*offset = sign * (h * 3600 + m * 60);
	return !*text;
}

static bool skip_fraction(const char **text)
{
	if (!scan_char(text, '.'))
		return true;
	if (**text < '0' || **text > '9')
		return false;
	while (**text >= '0' && **text <= '9')
		++*text;
	return true;
}

bool moment_read(struct moment *out, const char *text, bool seconds_needed)
{
	const char *clock_text;
	int32_t day, second, offset;
	bool has_seconds;

	if (!scan_date(&text, &day) ||
		!(scan_char(&text, 'T') || scan_char(&text, 't') || scan_char(&text, ' ')))
		return false;
	clock_text = text;
	if (!scan_clock(&text, &second))
		return false;
	has_seconds = text - clock_text == 8; /* "15:00:30" */
	if (has_seconds ? !skip_fraction(&text) : seconds_needed)
		return false;
	if (!read_offset(text, &offset))
		return false;
	*out = (struct moment){.utc = (int64_t)day * DAY_SECONDS + second - offset,
		.offset = offset,
		.set = true};
	return true;
}

int moment_parse_rfc3339(struct moment *out, const char *text)
{
	if (moment_read(out, text, true))
		return 0;
	return error_set(ERR_USAGE,
		"unreadable time '%s': RFC 3339 is needed, as in '2026-11-24T15:00:00+01:00'",
		text);
}

void moment_add(struct str *out, const struct moment *m)
{
	int minutes =
		m->offset / 60; /* RFC 3339 has no seconds here; the instant stays exact */
	int east = minutes < 0 ? -minutes : minutes;
	struct civil date;
	int32_t day, second;

	if (!m->set)
		return;
	civil_split(m->utc + minutes * 60, &day, &second);
	date = civil_from_day(day);
	str_addf(out, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", date.year, date.month,
		date.day, second / 3600, second / 60 % 60, second % 60, minutes < 0 ? '-' : '+',
		east / 60, east % 60);
}

struct moment moment_at(int64_t utc, const struct clock *clock)
{
	return (struct moment){
		.utc = utc, .offset = zone_offset_at(clock->zone, utc), .set = true};
}

int32_t moment_day(const struct moment *m, const struct clock *clock)
{
	int32_t day, second;

	civil_split(m->utc + zone_offset_at(clock->zone, m->utc), &day, &second);
	return day;
}

int32_t clock_today(const struct clock *clock)
{
	return moment_day(&clock->now, clock);
}

struct when when_from_moment(const struct moment *m, const struct clock *clock)
{
	struct when w = {.set = m->set};

	civil_split(m->utc + zone_offset_at(clock->zone, m->utc), &w.day, &w.second);
	return w;
}
