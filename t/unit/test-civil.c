#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/civil.h"

#include <time.h>

static int32_t day_of(int year, int month, int day)
{
	return civil_to_day((struct civil){year, month, day});
}

static void known_days(void **state)
{
	(void)state;
	assert_int_equal(day_of(1970, 1, 1), 0);
	assert_int_equal(day_of(1969, 12, 31), -1);
	assert_int_equal(day_of(2000, 2, 29), 11016);
	assert_int_equal(day_of(2026, 11, 24), 20781);
	assert_int_equal(day_of(1, 1, 1), -719162);
	assert_int_equal(day_of(9999, 12, 31), 2932896);
	assert_int_equal(day_weekday(day_of(2026, 11, 24)), 2);
	assert_int_equal(day_weekday(day_of(1969, 12, 28)), 7);
	assert_int_equal(day_weekday(day_of(1, 1, 1)), 1);
}

/* Every day of the years 1 to 9999: valid, one after another, weekdays in turn. */
static void every_day(void **state)
{
	struct civil before = civil_from_day(day_of(1, 1, 1) - 1);

	(void)state;
	for (int32_t day = day_of(1, 1, 1); day <= day_of(9999, 12, 31); day++) {
		struct civil date = civil_from_day(day);
		int next = day_weekday(day - 1) % 7 + 1;

		if (!civil_valid(date) || civil_to_day(date) != day || day_weekday(day) != next)
			fail_msg("day %d", (int)day);
		if (date.day != before.day + 1 &&
			(date.day != 1 ||
				before.day != civil_days_in_month(before.year, before.month)))
			fail_msg("day %d does not follow", (int)day);
		before = date;
	}
	assert_int_equal(before.year, 9999);
}

static void as_libc_has_it(void **state)
{
	(void)state;
	for (int32_t day = -700000; day < 2900000; day += 97) {
		time_t t = (time_t)day * DAY_SECONDS;
		struct civil date = civil_from_day(day);
		struct tm tm;

		assert_non_null(gmtime_r(&t, &tm));
		assert_int_equal(date.year, tm.tm_year + 1900);
		assert_int_equal(date.month, tm.tm_mon + 1);
		assert_int_equal(date.day, tm.tm_mday);
		assert_int_equal(day_weekday(day) % 7, tm.tm_wday);
	}
}

static void validity(void **state)
{
	(void)state;
	assert_true(civil_valid((struct civil){2024, 2, 29}));
	assert_true(civil_valid((struct civil){2000, 2, 29}));
	assert_false(civil_valid((struct civil){2026, 2, 29}));
	assert_false(civil_valid((struct civil){2100, 2, 29}));
	assert_false(civil_valid((struct civil){2026, 2, 30}));
	assert_false(civil_valid((struct civil){2026, 0, 1}));
	assert_false(civil_valid((struct civil){2026, 13, 1}));
	assert_false(civil_valid((struct civil){2026, 1, 0}));
	assert_false(civil_valid((struct civil){2026, 4, 31}));
	assert_false(civil_valid((struct civil){0, 1, 1}));
	assert_false(civil_valid((struct civil){10000, 1, 1}));
}

static void months_added(void **state)
{
	(void)state;
	assert_int_equal(day_add_months(day_of(2026, 1, 31), 1), day_of(2026, 2, 28));
	assert_int_equal(day_add_months(day_of(2028, 1, 31), 1), day_of(2028, 2, 29));
	assert_int_equal(day_add_months(day_of(2026, 11, 30), 3), day_of(2027, 2, 28));
	assert_int_equal(day_add_months(day_of(2026, 12, 15), 1), day_of(2027, 1, 15));
	assert_int_equal(day_add_months(day_of(2026, 1, 15), -1), day_of(2025, 12, 15));
	assert_int_equal(day_add_months(day_of(2026, 3, 31), -1), day_of(2026, 2, 28));
	assert_int_equal(day_add_months(day_of(2024, 2, 29), 12), day_of(2025, 2, 28));
	assert_int_equal(day_add_months(day_of(2024, 2, 29), 0), day_of(2024, 2, 29));
}

static void split(void **state)
{
	int32_t day, second;

	(void)state;
	civil_split(0, &day, &second);
	assert_int_equal(day, 0);
	assert_int_equal(second, 0);
	civil_split(-1, &day, &second);
	assert_int_equal(day, -1);
	assert_int_equal(second, 86399);
	civil_split(86400, &day, &second);
	assert_int_equal(day, 1);
	assert_int_equal(second, 0);
}

static void names(void **state)
{
	(void)state;
	for (int i = 1; i <= 7; i++) {
		assert_int_equal(weekday_find(weekday_name(i)), i);
		assert_int_equal(weekday_find(weekday_full_name(i)), i);
	}
	for (int i = 1; i <= 12; i++) {
		assert_int_equal(month_find(month_name(i)), i);
		assert_int_equal(month_find(month_full_name(i)), i);
	}
	assert_int_equal(weekday_find("THURS"), 4);
	assert_int_equal(month_find("sept"), 9);
	assert_int_equal(weekday_find(""), 0);
	assert_int_equal(weekday_find("tu"), 0);
	assert_int_equal(month_find("janu"), 0);
	assert_int_equal(month_find(""), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_days),
		cmocka_unit_test(every_day),
		cmocka_unit_test(as_libc_has_it),
		cmocka_unit_test(validity),
		cmocka_unit_test(months_added),
		cmocka_unit_test(split),
		cmocka_unit_test(names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
