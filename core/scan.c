#include "core/scan.h"

#include "core/civil.h"
#include "core/zone.h"

#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool scan_digits(const char **text, int min, int max, int *value)
{
	const char *p = *text;
	int number = 0, n = 0;

	for (; is_digit(*p); p++) {
		if (++n > max)
			return false;
		number = number * 10 + (*p - '0');
	}
	if (n < min)
		return false;
	*value = number;
	*text = p;
	return true;
}

bool scan_char(const char **text, char c)
{
	if (**text != c)
		return false;
	++*text;
	return true;
}

bool scan_date(const char **text, int32_t *day)
{
	const char *p = *text;
	struct civil date;

	if (!scan_digits(&p, 4, 4, &date.year) || !scan_char(&p, '-') ||
		!scan_digits(&p, 2, 2, &date.month) || !scan_char(&p, '-') ||
		!scan_digits(&p, 2, 2, &date.day) || !civil_valid(date))
		return false;
	*day = civil_to_day(date);
	*text = p;
	return true;
}

bool scan_clock(const char **text, int32_t *second)
{
	const char *p = *text;
	int h, m, s = 0;

	if (!scan_digits(&p, 2, 2, &h) || !scan_char(&p, ':') || !scan_digits(&p, 2, 2, &m))
		return false;
	if (scan_char(&p, ':') && !scan_digits(&p, 2, 2, &s))
		return false;
	if (h > 23 || m > 59 || s > 59)
		return false;
	*second = h * 3600 + m * 60 + s;
	*text = p;
	return true;
}

bool scan_is_zone_name(const char *text)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/";
	size_t len = strlen(text);

	return len && len < ZONE_NAME_MAX && strspn(text, allowed) == len && *text != '/' &&
	       *text != '-';
}
