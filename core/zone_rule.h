/*
 * The rule that a zone follows after its last listed transition: the string of
 * the POSIX TZ variable (IEEE Std 1003.1, "Environment Variables"), with the
 * wider hours of RFC 8536, section 3.3.1. For zone.c, and for who tells others the rule
 * (ics_zone.c).
 */
#ifndef FU_CORE_ZONE_RULE_H
#define FU_CORE_ZONE_RULE_H

#include <stdbool.h>
#include <stdint.h>

enum zone_rule_form {
	RULE_MONTH_WEEK, /* Mm.w.d: weekday d of week w (5: the last) of month m */
	RULE_JULIAN,     /* Jn: day 1 … 365, 29 February is never counted */
	RULE_YEAR_DAY    /* n: day 0 … 365 */
};

struct zone_rule_date {
	enum zone_rule_form form;
	int month, week, weekday; /* weekday: 0 Sunday … 6 */
	int day;
	int32_t time; /* seconds from that day's midnight; negative and over a day are fine */
};

struct zone_rule {
	int32_t standard; /* seconds east of UTC */
	int32_t summer;
	bool has_summer;
	struct zone_rule_date begins; /* in standard time */
	struct zone_rule_date ends;   /* in summer time */
};

/* False: not understood in full. */
bool zone_rule_parse(struct zone_rule *out, const char *text);

/* Seconds east of UTC; the instant must lie within some 30,000 years of 1970. */
int32_t zone_rule_offset(const struct zone_rule *rule, int64_t utc);

/* The instant at which the clocks are changed in that year, `offset` being in force until
 * then (seconds east of UTC). */
int64_t zone_rule_change(const struct zone_rule_date *date, int year, int32_t offset);

#endif
