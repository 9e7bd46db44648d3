#include "core/civil.h"

#include <string.h>
#include <strings.h>

#define DAYS_TO_1970 719162 /* from 0001-01-01 */
#define DAYS_IN_400_YEARS 146097
#define DAYS_IN_100_YEARS 36524
#define DAYS_IN_4_YEARS 1461

/* Days of a common year that lie before each month; the last entry is the whole year. */
static const int days_before[13] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

static const char *const weekday_full[7] = {
	"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
static const char *const weekday_short[7] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const month_full[12] = {"January", "February", "March", "April", "May",
	"June", "July", "August", "September", "October", "November", "December"};
static const char *const month_short[12] = {
	"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static const struct {
	const char *name;
	int weekday;
} weekday_other[] = {{"tues", 2}, {"weds", 3}, {"thur", 4}, {"thurs", 4}};

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int32_t civil_to_day(struct civil date)
{
	int64_t years = (int64_t)date.year - 1; /* whole years before this one */
	int64_t leap_days = floor_div(years, 4) - floor_div(years, 100) + floor_div(years, 400);
	int64_t day = years * 365 + leap_days + days_before[date.month - 1] + date.day - 1;

	if (date.month > 2 && is_leap(date.year))
		day++;
	return (int32_t)(day - DAYS_TO_1970);
}

struct civil civil_from_day(int32_t day)
{
	int64_t rest = (int64_t)day + DAYS_TO_1970;
	int64_t cycles = floor_div(rest, DAYS_IN_400_YEARS);
	struct civil date = {.month = 1};
	int64_t centuries, fours, ones;

	/* The last day of a leap cycle would open a fifth century, or year: hence the limits.
	 */
	rest -= cycles * DAYS_IN_400_YEARS;
	centuries = rest / DAYS_IN_100_YEARS < 3 ? rest / DAYS_IN_100_YEARS : 3;
	rest -= centuries * DAYS_IN_100_YEARS;
	fours = rest / DAYS_IN_4_YEARS;
	rest -= fours * DAYS_IN_4_YEARS;
	ones = rest / 365 < 3 ? rest / 365 : 3;
	rest -= ones * 365;

	date.year = (int)(cycles * 400 + centuries * 100 + fours * 4 + ones + 1);
	while (rest >= civil_days_in_month(date.year, date.month))
		rest -= civil_days_in_month(date.year, date.month++);
	date.day = (int)rest + 1;
	return date;
}

int civil_days_in_month(int year, int month)
{
	int days = days_before[month] - days_before[month - 1];

	return month == 2 && is_leap(year) ? days + 1 : days;
}

bool civil_valid(struct civil date)
{
	return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
	       date.day >= 1 && date.day <= civil_days_in_month(date.year, date.month);
}

void civil_split(int64_t local, int32_t *day, int32_t *second)
{
	*day = (int32_t)floor_div(local, DAY_SECONDS);
	*second = (int32_t)(local - (int64_t)*day * DAY_SECONDS);
}

int day_weekday(int32_t day)
{
	int64_t since_monday = (int64_t)day + 3; /* 1970-01-01 was a Thursday */

	return (int)(since_monday - floor_div(since_monday, 7) * 7) + 1;
}

int32_t day_add_months(int32_t day, int months)
{
	struct civil date = civil_from_day(day);
	int64_t count = (int64_t)date.year * 12 + date.month - 1 + months;
	int last;

	date.year = (int)floor_div(count, 12);
	date.month = (int)(count - (int64_t)date.year * 12) + 1;
	last = civil_days_in_month(date.year, date.month);
	if (date.day > last)
		date.day = last;
	return civil_to_day(date);
}

const char *weekday_name(int weekday)
{
	return weekday_short[weekday - 1];
}

const char *month_name(int month)
{
	return month_short[month - 1];
}

const char *weekday_full_name(int weekday)
{
	return weekday_full[weekday - 1];
}

const char *month_full_name(int month)
{
	return month_full[month - 1];
}

int weekday_find(const char *name)
{
	for (int i = 0; i < 7; i++)
		if (!strcasecmp(name, weekday_full[i]) || !strcasecmp(name, weekday_short[i]))
			return i + 1;
	for (size_t i = 0; i < sizeof(weekday_other) / sizeof(weekday_other[0]); i++)
		if (!strcasecmp(name, weekday_other[i].name))
			return weekday_other[i].weekday;
	return 0;
}

int month_find(const char *name)
{
	for (int i = 0; i < 12; i++)
		if (!strcasecmp(name, month_full[i]) || !strcasecmp(name, month_short[i]))
			return i + 1;
	return strcasecmp(name, "sept") ? 0 : 9;
}
