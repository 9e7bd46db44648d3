/*
 * The civil (proleptic Gregorian) calendar: days as numbers.
 *
 * A day is the number of days since 1970-01-01; weekdays are ISO: 1 Monday … 7
 * Sunday. Nothing here knows about time zones.
 */
#ifndef FU_CORE_CIVIL_H
#define FU_CORE_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

struct civil {
	int year;
	int month; /* 1 … 12 */
	int day;   /* 1 … 31 */
};

#define DAY_SECONDS 86400

int32_t civil_to_day(struct civil date);
struct civil civil_from_day(int32_t day);

/* False for 30 February and its like, and outside the years 1 … 9999. */
bool civil_valid(struct civil date);
int civil_days_in_month(int year, int month);

/* Local seconds since 1970-01-01 as a day and the second of that day. */
void civil_split(int64_t local, int32_t *day, int32_t *second);

int day_weekday(int32_t day);               /* 1 Monday … 7 Sunday */
const char *weekday_name(int weekday);      /* "Mon" */
const char *month_name(int month);          /* "Jan" */
const char *weekday_full_name(int weekday); /* "Monday" */
const char *month_full_name(int month);     /* "January" */

/* By the full name, the first three letters, or a usual short form ("sept",
 * "tues", "thur"), in any case. 0: no such name. */
int weekday_find(const char *name);
int month_find(const char *name);

int32_t day_add_months(int32_t day, int months); /* 31 Jan + 1 month: 28 or 29 Feb */

#endif
