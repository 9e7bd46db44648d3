/*
 * Moments and days, as people type them, as files keep them, as JSON shows them.
 *
 * A `moment` is what has happened: an instant with the offset it was lived in.
 * A `when` is what is to come: a local day, or a day and a time, in the
 * repository's zone or in a zone of its own; a meeting at 15:00 stays at 15:00
 * across DST.
 */
#ifndef FU_CORE_WHEN_H
#define FU_CORE_WHEN_H

#include "core/str.h"
#include "core/zone.h"

#include <stdbool.h>
#include <stdint.h>

struct moment {
	int64_t utc;    /* seconds since 1970-01-01T00:00:00Z */
	int32_t offset; /* seconds east of UTC */
	bool set;       /* false: absent */
};

struct when {
	int32_t day;              /* days since 1970-01-01, local */
	int32_t second;           /* second of the day, or WHEN_DAY_ALONE */
	bool set;                 /* false: absent */
	char zone[ZONE_NAME_MAX]; /* "" is the repository's */
};

#define WHEN_DAY_ALONE (-1)

/* What typed and stored times are read against. */
struct clock {
	struct moment now;
	const struct zone *zone; /* the repository's */
	/* Finds another zone by its IANA name; NULL when there is none. Borrowed. */
	const struct zone *(*find_zone)(void *context, const char *name);
	void *find_context;
};

/* Which way an expression looks when it leaves the direction open. */
enum direction {
	LOOK_AHEAD, /* what is to come: appointments, due dates */
	LOOK_BACK,  /* what has been: --at, --since */
};

/*
 * Understands a day, a time, or a day and then a time, as the manual's "DATES"
 * has them (fu(1)), in full or not at all. Relative words, weekdays and times
 * count from clock->now; a day without a year is the nearest to `act_at` (the
 * act's own time; NULL: now) in the direction. A time alone gives a day too.
 * An RFC 3339 time with offset is turned into the repository's zone, and hours
 * and minutes from now ("in 2 hours") are cut to the minute; should either be the
 * second pass of a repeated hour, which local time cannot name, it is kept in UTC.
 * Errors: ERR_USAGE (not understood, weekday and date disagree, a time in a DST
 * gap, unknown zone). It does not judge past and future: the rules do.
 */
int when_parse(struct when *out, const char *text, enum direction direction,
	const struct clock *clock, const struct moment *act_at);

/* The same, for what has been; a day alone is its noon, or now if it is today
 * and noon still lies ahead. */
int moment_parse(struct moment *out, const char *text, const struct clock *clock);

/* RFC 3339 with offset or Z; fractions of a second are cut off. ERR_USAGE. */
int moment_parse_rfc3339(struct moment *out, const char *text);

/* The stored form of a when: "2026-11-24", "2026-11-24 15:00" ("…:30" where there
 * are seconds), either with a zone behind it: "2026-11-24 15:00 Europe/Lisbon".
 * 'T' for the space is accepted. ERR_USAGE. Nothing else is understood. */
int when_parse_stored(struct when *out, const char *text);
void when_add_stored(struct str *out, const struct when *w);

/* "2026-11-20T15:00:00+01:00" */
void moment_add(struct str *out, const struct moment *m);

/* RFC 3339 with offset, or YYYY-MM-DD for a day alone: the form of JSON. */
void when_add_json(struct str *out, const struct when *w, const struct clock *clock);

/* For people, with the weekday: "Tue 24 Nov 15:00", with the year where it is
 * not the year of clock->now ("Tue 24 Nov 2027 15:00"), with the zone where it
 * is not the repository's. */
void when_add_echo(struct str *out, const struct when *w, const struct clock *clock);
void moment_add_echo(struct str *out, const struct moment *m, const struct clock *clock);

/* The instant at which it begins (a day alone: at its first second), and the one
 * at which it is over (a time: the same; a day alone: its last second). A zone
 * that is not known counts as the repository's. A local time in a DST gap is
 * the instant of the jump. */
int64_t when_begins(const struct when *w, const struct clock *clock);
int64_t when_ends(const struct when *w, const struct clock *clock);

/* Total order by when_begins; a day alone sorts before times of that day, what is
 * absent after all others. */
int when_compare(const struct when *a, const struct when *b, const struct clock *clock);
bool when_equal(const struct when *a, const struct when *b);

struct when when_from_moment(const struct moment *m, const struct clock *clock);
struct when when_from_day(int32_t day);
struct moment moment_at(
	int64_t utc, const struct clock *clock); /* offset of the repository's zone */
int32_t moment_day(
	const struct moment *m, const struct clock *clock); /* local day, repository's zone */
int32_t clock_today(const struct clock *clock);

/* ---- durations and intervals ---- */

enum duration_unit { UNIT_MINUTE = 1, UNIT_HOUR, UNIT_DAY, UNIT_WEEK, UNIT_MONTH };

struct duration {
	int32_t count;
	enum duration_unit unit; /* 0: absent */
};

/* "45 min", "1h", "3 days", "2 weeks", "6w", "1 month". ERR_USAGE; 0 is refused. */
int duration_parse(struct duration *out, const char *text);
/* The one stored form: "45 min", "1 hour", "2 hours", "3 days", "2 weeks", "1 month". */
void duration_add(struct str *out, const struct duration *d);
/* Of an interval: "every week", "every 2 weeks". */
void duration_add_every(struct str *out, const struct duration *d);
/* Calendar arithmetic: days, weeks and months keep the local time of day; minutes
 * and hours are elapsed time (added to a day alone: to its first second). The
 * result never lies beyond the year 9999. */
struct when when_plus(
	const struct when *w, const struct duration *d, const struct clock *clock);
struct moment moment_plus(
	const struct moment *m, const struct duration *d, const struct clock *clock);
int64_t duration_seconds(const struct duration *d); /* a month counts 30 days */

#endif
