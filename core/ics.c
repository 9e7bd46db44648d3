#include "core/ics.h"

#include "core/civil.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define LINE_BYTES 75 /* RFC 5545, 3.1, without the line break */

/* ---- lines ---- */

/* Where to cut: at most `room` bytes on, before the first byte of a character. */
static size_t cut(const char *text, size_t len, size_t room)
{
	if (len <= room)
		return len;
	while (room > 1 && ((unsigned char)text[room] & 0xC0) == 0x80)
		room--;
	return room;
}

void ics_add_line(struct str *out, const char *name, const char *value)
{
	char *line = xstrfmt("%s:%s", name, value), *rest = line;
	size_t left = strlen(line), room = LINE_BYTES;

	for (;;) {
		size_t n = cut(rest, left, room);

		str_addn(out, rest, n);
		str_add(out, "\r\n");
		rest += n;
		left -= n;
		if (!left)
			break;
		str_addch(out, ' ');
		room = LINE_BYTES - 1;
	}
	free(line);
}

void ics_add_text(struct str *out, const char *name, const char *text)
{
	struct str safe = STR_INIT, value = STR_INIT;

	safe_add_lines(&safe, text);
	for (const char *c = safe.buf; *c; c++) {
		if (*c == '\n')
			str_add(&value, "\\n");
		else if (*c == '\\' || *c == ';' || *c == ',')
			str_addf(&value, "\\%c", *c);
		else
			str_addch(&value, *c);
	}
	ics_add_line(out, name, value.buf);
	str_release(&value);
	str_release(&safe);
}

/* ---- times ---- */

static void add_local(struct str *out, int32_t day, int32_t second)
{
	struct civil date = civil_from_day(day);

	str_addf(out, "%04d%02d%02d", date.year, date.month, date.day);
	if (second != WHEN_DAY_ALONE)
		str_addf(out, "T%02d%02d%02d", second / 3600, second / 60 % 60, second % 60);
}

static void add_instant(struct str *out, const char *name, int64_t utc)
{
	struct str value = STR_INIT;
	int32_t day, second;

	civil_split(utc, &day, &second);
	add_local(&value, day, second);
	str_addch(&value, 'Z');
	ics_add_line(out, name, value.buf);
	str_release(&value);
}

/* The zone that a time is told in; one that is not known counts as the repository's. */
static const struct zone *zone_of(const struct ics *w, const struct when *at)
{
	const struct clock *clock = w->clock;
	const struct zone *zone = NULL;

	if (at->zone[0] && clock->find_zone)
		zone = clock->find_zone(clock->find_context, at->zone);
	return zone ? zone : clock->zone;
}

static void note_zone(struct ics *w, const struct zone *zone, int year)
{
	struct ics_zone *z;

	for (size_t i = 0; i < w->zones_n; i++) {
		z = &w->zones[i];
		if (strcmp(zone_name(z->zone), zone_name(zone)))
			continue;
		z->first_year = year < z->first_year ? year : z->first_year;
		z->last_year = year > z->last_year ? year : z->last_year;
		return;
	}
	GROW(w->zones, w->zones_n, w->zones_cap);
	w->zones[w->zones_n++] =
		(struct ics_zone){.zone = zone, .first_year = year, .last_year = year};
}

static void add_when(struct ics *w, const char *name, const struct when *at)
{
	const struct zone *zone = zone_of(w, at);
	struct str value = STR_INIT;
	char *full;

	add_local(&value, at->day, at->second);
	if (at->second == WHEN_DAY_ALONE) {
		full = xstrfmt("%s;VALUE=DATE", name);
	} else if (!strcmp(zone_name(zone), "UTC")) {
		str_addch(&value, 'Z');
		full = xstrdup(name);
	} else {
		note_zone(w, zone, civil_from_day(at->day).year);
		full = xstrfmt("%s;TZID=%s", name, zone_name(zone));
	}
	ics_add_line(&w->body, full, value.buf);
	free(full);
	str_release(&value);
}

static void add_duration(struct ics *w, const struct ics_entry *e)
{
	const struct duration *d = &e->duration;
	struct str value = STR_INIT;
	struct when end;

	switch (d->unit) {
	case UNIT_MINUTE:
		str_addf(&value, "PT%" PRId32 "M", d->count);
		break;
	case UNIT_HOUR:
		str_addf(&value, "PT%" PRId32 "H", d->count);
		break;
	case UNIT_DAY:
		str_addf(&value, "P%" PRId32 "D", d->count);
		break;
	case UNIT_WEEK:
		str_addf(&value, "P%" PRId32 "W", d->count);
		break;
	case UNIT_MONTH: /* there are none in RFC 5545 */
		end = when_plus(&e->at, d, w->clock);
		str_addf(&value, "P%" PRId32 "D", end.day - e->at.day);
		break;
	default:
		str_add(&value, "PT1H");
		break;
	}
	ics_add_line(&w->body, "DURATION", value.buf);
	str_release(&value);
}

/* ---- components ---- */

static const char *status_text(enum ics_status status)
{
	static const char *const words[] = {[ICS_CONFIRMED] = "CONFIRMED",
		[ICS_NEEDS_ACTION] = "NEEDS-ACTION",
		[ICS_COMPLETED] = "COMPLETED",
		[ICS_CANCELLED] = "CANCELLED"};

	return words[status];
}

static void add_times(struct ics *w, const struct ics_entry *e)
{
	if (e->todo) {
		if (e->at.set)
			add_when(w, "DUE", &e->at);
		if (e->status == ICS_COMPLETED)
			add_instant(&w->body, "COMPLETED", e->completed);
		return;
	}
	add_when(w, "DTSTART", &e->at);
	if (e->at.second == WHEN_DAY_ALONE) {
		struct when end = when_from_day(e->at.day + 1);

		add_when(w, "DTEND", &end);
	} else {
		add_duration(w, e);
	}
	ics_add_line(&w->body, "TRANSP", e->transparent ? "TRANSPARENT" : "OPAQUE");
}

static void add_alarm(struct ics *w, const struct ics_entry *e)
{
	char *before = xstrfmt("-PT%dM", e->alarm);

	ics_add_line(&w->body, "BEGIN", "VALARM");
	ics_add_line(&w->body, "ACTION", "DISPLAY");
	ics_add_text(&w->body, "DESCRIPTION", e->summary);
	ics_add_line(&w->body, "TRIGGER", before);
	ics_add_line(&w->body, "END", "VALARM");
	free(before);
}

void ics_add(struct ics *w, const struct ics_entry *e)
{
	const char *component = e->todo ? "VTODO" : "VEVENT";
	char *uid = xstrfmt("%s@fu", e->uid), *sequence = xstrfmt("%u", e->sequence);

	ics_add_line(&w->body, "BEGIN", component);
	ics_add_line(&w->body, "UID", uid);
	ics_add_line(&w->body, "SEQUENCE", sequence);
	add_instant(&w->body, "DTSTAMP", e->stamp);
	add_instant(&w->body, "CREATED", e->created);
	add_instant(&w->body, "LAST-MODIFIED", e->stamp);
	add_times(w, e);
	ics_add_line(&w->body, "STATUS", status_text(e->status));
	if (e->private)
		ics_add_line(&w->body, "CLASS", "PRIVATE");
	ics_add_text(&w->body, "SUMMARY", e->summary);
	if (e->location)
		ics_add_text(&w->body, "LOCATION", e->location);
	if (e->description)
		ics_add_text(&w->body, "DESCRIPTION", e->description);
	if (e->alarm)
		add_alarm(w, e);
	ics_add_line(&w->body, "END", component);
	free(uid);
	free(sequence);
}

/* ---- the whole ---- */

void ics_init(struct ics *w, const struct clock *clock)
{
	*w = (struct ics){.clock = clock, .body = STR_INIT};
}

static int compare_zones(const void *left, const void *right)
{
	return strcmp(zone_name(((const struct ics_zone *)left)->zone),
		zone_name(((const struct ics_zone *)right)->zone));
}

void ics_finish(struct ics *w, struct str *out)
{
	ics_add_line(out, "BEGIN", "VCALENDAR");
	ics_add_line(out, "VERSION", "2.0");
	ics_add_line(out, "PRODID", "-//fu//fu//EN");
	ics_add_line(out, "CALSCALE", "GREGORIAN");
	if (w->zones_n)
		qsort(w->zones, w->zones_n, sizeof(*w->zones), compare_zones);
	for (size_t i = 0; i < w->zones_n; i++)
		ics_add_zone(out, &w->zones[i]);
	str_addn(out, w->body.buf, w->body.len);
	ics_add_line(out, "END", "VCALENDAR");
}

void ics_release(struct ics *w)
{
	str_release(&w->body);
	free(w->zones);
	*w = (struct ics){.body = STR_INIT};
}
