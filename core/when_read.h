/*
 * Typed dates, first half: what the words say (when_read.c). What day and time
 * that is, seen from now, is the second half (when_parse.c). Private to the two,
 * and to duration.c and moment.c, which lend them their readers.
 */
#ifndef FU_CORE_WHEN_READ_H
#define FU_CORE_WHEN_READ_H

#include "core/when.h"

enum day_form {
	DAY_NONE,         /* a time alone */
	DAY_FIXED,        /* "24 nov 2026", "2026-11-24" */
	DAY_NO_YEAR,      /* "24 nov" */
	DAY_WEEKDAY,      /* "tue" */
	DAY_NEXT_WEEKDAY, /* "next fri" */
	DAY_SHIFTED,      /* "today", "in 3 days", "3 days ago" */
	DAY_END_OF_MONTH,
	TIME_SHIFTED, /* "in 2 hours", "30 min ago": day and time in one */
	TIME_INSTANT  /* RFC 3339 with offset: likewise */
};

struct expression {
	enum day_form form;
	int weekday;           /* the weekday, or the one that stands before a date; 0: none */
	int32_t day;           /* DAY_FIXED */
	int month, month_day;  /* DAY_NO_YEAR */
	struct duration shift; /* a unit of 0: none */
	int sign;              /* of the shift: 1 ahead, -1 back */
	int64_t utc;           /* TIME_INSTANT */
	int32_t second;        /* second of the day, or WHEN_DAY_ALONE */
	char zone[ZONE_NAME_MAX]; /* as typed, not looked up; "": none */
};

/* Understands all of the text or none of it. ERR_USAGE. */
int expression_read(struct expression *out, const char *text);

/* ERR_USAGE: "unreadable date '<text>'", with ": <why>" behind it unless that is NULL. */
int date_unreadable(const char *text, const char *why, ...)
	__attribute__((format(printf, 2, 3)));

/* NULL, or why the text is not a duration. */
const char *duration_read(struct duration *out, const char *text);

/* RFC 3339 with offset or Z; seconds may be missing where they need not be there. */
bool moment_read(struct moment *out, const char *text, bool seconds_needed);

#endif
