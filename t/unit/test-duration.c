#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/mem.h"
#include "time-helper.h"

static const struct {
	const char *text, *stored;
	int64_t seconds;
} durations[] = {
	{"45 min", "45 min", 2700},
	{"45min", "45 min", 2700},
	{"1 min", "1 min", 60},
	{"90 minutes", "90 min", 5400},
	{"1 minute", "1 min", 60},
	{"15 mins", "15 min", 900},
	{"1h", "1 hour", 3600},
	{"1 hour", "1 hour", 3600},
	{"2 hours", "2 hours", 7200},
	{"2 H", "2 hours", 7200},
	{"3 days", "3 days", 259200},
	{"3d", "3 days", 259200},
	{"1 Day", "1 day", 86400},
	{"1 days", "1 day", 86400},
	{"2 weeks", "2 weeks", 1209600},
	{"6w", "6 weeks", 3628800},
	{"1 week", "1 week", 604800},
	{"1 month", "1 month", 2592000},
	{" 12   months ", "12 months", 31104000},
	{"007 days", "7 days", 604800},
	{"999999 days", "999999 days", INT64_C(86399913600)},
};
static const char *const no_durations[] = {"", " ", "3", "days", "d3", "0 days", "0h", "-1 day",
	"+1 day", "1.5 hours", "1m", "5 M", "1 year", "1y", "30 s", "3 days ago", "in 3 days",
	"1h 30min", "1h30", "3 da", "3 weeks 2", "1000000 days", "99999999999999999999 days",
	"3,5 h", "three days", "3 d d",
	("1\xc2\xa0"
	 "day")};

static void typed(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(durations); i++) {
		struct str out = STR_INIT;
		struct duration d, again;

		assert_int_equal(duration_parse(&d, durations[i].text), 0);
		duration_add(&out, &d);
		assert_string_equal(out.buf, durations[i].stored);
		assert_int_equal(duration_seconds(&d), durations[i].seconds);
		assert_int_equal(duration_parse(&again, out.buf), 0);
		assert_int_equal(again.count, d.count);
		assert_int_equal(again.unit, d.unit);
		str_release(&out);
	}
}

static void refused(void **state)
{
	struct duration d = {4711, UNIT_WEEK}, none = {0};
	struct str out = STR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(no_durations); i++) {
		if (duration_parse(&d, no_durations[i]) != ERR_USAGE)
			fail_msg("'%s' was understood", no_durations[i]);
		assert_int_equal(d.count, 4711);
	}
	assert_int_equal(duration_parse(&d, "5 m"), ERR_USAGE);
	assert_string_equal(error_message(0),
		"unreadable duration '5 m': 'm' could be minutes or "
		"months, write 'min' or 'month'");
	duration_add(&out, &none);
	assert_string_equal(out.buf, "");
	assert_int_equal(duration_seconds(&none), 0);
}

static const struct {
	int zone;
	const char *start, *duration, *end;
} sums[] = {
	{MADRID, "2026-01-31", "1 month", "2026-02-28"},
	{MADRID, "2028-01-31", "1 month", "2028-02-29"},
	{MADRID, "2026-01-31 15:00", "1 month", "2026-02-28 15:00"},
	{MADRID, "2026-11-20", "3 days", "2026-11-23"},
	{MADRID, "2026-11-20", "2 weeks", "2026-12-04"},
	{MADRID, "2026-11-20 15:00", "45 min", "2026-11-20 15:45"},
	{MADRID, "2026-11-20 23:30", "1h", "2026-11-21 00:30"},
	{MADRID, "2026-11-20", "90 min", "2026-11-20 01:30"},
	{MADRID, "2026-12-31 10:00", "1 day", "2027-01-01 10:00"},
	/* over the changes of clocks: days keep the time, hours pass */
	{MADRID, "2026-03-28 15:00", "1 day", "2026-03-29 15:00"},
	{MADRID, "2026-03-28 15:00", "24 hours", "2026-03-29 16:00"},
	{MADRID, "2026-10-24 15:00", "24 hours", "2026-10-25 14:00"},
	{MADRID, "2026-03-29 01:30", "1 hour", "2026-03-29 03:30"},
	{MADRID, "2026-03-28 02:30", "1 day", "2026-03-29 02:30"},
	{LORD_HOWE, "2026-04-04 15:00", "24h", "2026-04-05 14:30"},
	{NEW_YORK, "2040-03-10 15:00", "24h", "2040-03-11 16:00"},
	{MADRID, "2026-11-20 15:00 America/New_York", "1 day",
		"2026-11-21 15:00 America/New_York"},
	{MADRID, "2026-03-07 15:00 America/New_York", "24h",
		"2026-03-08 16:00 America/New_York"},
	/* there is nothing later */
	{MADRID, "9999-12-31", "1 day", "9999-12-31"},
	{MADRID, "2026-11-20", "999999 months", "9999-12-31"},
	{MADRID, "2026-11-20", "999999 weeks", "9999-12-31"},
};

static void when_and_duration(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(sums); i++) {
		struct clock clock = test_clock(sums[i].zone, "2026-11-20T10:00:00+01:00");
		struct str out = STR_INIT;
		struct duration d;
		struct when w;

		assert_int_equal(when_parse_stored(&w, sums[i].start), 0);
		assert_int_equal(duration_parse(&d, sums[i].duration), 0);
		w = when_plus(&w, &d, &clock);
		when_add_stored(&out, &w);
		assert_string_equal(out.buf, sums[i].end);
		str_release(&out);
	}
}

static const struct {
	const char *start, *duration, *end;
} moment_sums[] = {
	{"2026-11-20T15:00:30+01:00", "45 min", "2026-11-20T15:45:30+01:00"},
	{"2026-03-28T15:00:00+01:00", "1 day", "2026-03-29T15:00:00+02:00"},
	{"2026-03-28T15:00:00+01:00", "24 hours", "2026-03-29T16:00:00+02:00"},
	{"2026-03-28T02:30:00+01:00", "1 day", "2026-03-29T03:00:00+02:00"}, /* into the gap */
	{"2026-01-31T12:00:00+01:00", "1 month", "2026-02-28T12:00:00+01:00"},
	{"2026-01-31T12:00:00Z", "6 months", "2026-07-31T13:00:00+02:00"}, /* local: 13:00 */
	{"2026-10-25T00:30:00Z", "1 hour", "2026-10-25T02:30:00+01:00"},   /* the second 2:30 */
};

static void moment_and_duration(void **state)
{
	struct clock clock = test_clock(MADRID, "2026-11-20T10:00:00+01:00");

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(moment_sums); i++) {
		struct str out = STR_INIT;
		struct duration d;
		struct moment m;

		assert_int_equal(moment_parse_rfc3339(&m, moment_sums[i].start), 0);
		assert_int_equal(duration_parse(&d, moment_sums[i].duration), 0);
		m = moment_plus(&m, &d, &clock);
		moment_add(&out, &m);
		assert_string_equal(out.buf, moment_sums[i].end);
		str_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typed),
		cmocka_unit_test(refused),
		cmocka_unit_test(when_and_duration),
		cmocka_unit_test(moment_and_duration),
	};

	return cmocka_run_group_tests(tests, test_zones_make, test_zones_free);
}
