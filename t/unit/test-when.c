/* Dates as typed (the table in dates.inc), as stored, as shown, and their order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/civil.h"
#include "core/mem.h"
#include "time-helper.h"

struct row {
	const char *text, *meant;
};
struct group {
	int zone;
	enum direction direction;
	const char *now, *at;
	const struct row *rows;
	size_t n;
};
#define GROUP(zone, direction, now, at, rows)                                                  \
	{                                                                                      \
		zone, direction, now, at, rows, ARRAY_SIZE(rows)                               \
	}

#include "dates.inc"

static bool row_holds(const struct group *g, const struct row *row, const struct clock *clock,
	const struct moment *at)
{
	struct when untouched = {.day = 4711, .second = 17}, w = untouched;
	struct str stored = STR_INIT;
	int result = when_parse(&w, row->text, g->direction, clock, at);
	bool holds;

	if (!row->meant) {
		holds = result == ERR_USAGE && error_count() == 1 &&
			!memcmp(&w, &untouched, sizeof(w)) &&
			strstr(error_message(0), row->text);
	} else {
		if (!result)
			when_add_stored(&stored, &w);
		holds = !result && !strcmp(stored.buf, row->meant);
	}
	if (!holds)
		print_error("%s, now %s: '%s' is '%s', not '%s' (%s)\n",
			test_zones[g->zone].name, g->now, row->text,
			result ? "refused" : stored.buf, row->meant ? row->meant : "refused",
			error_count() ? error_message(0) : "");
	str_release(&stored);
	error_clear();
	return holds;
}

static void typed_dates(void **state)
{
	size_t failed = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(groups); i++) {
		const struct group *g = &groups[i];
		struct clock clock = test_clock(g->zone, g->now);
		struct moment at = {0};

		assert_true(clock.now.set);
		if (g->at)
			assert_int_equal(moment_parse_rfc3339(&at, g->at), 0);
		for (size_t k = 0; k < g->n; k++)
			failed += !row_holds(g, &g->rows[k], &clock, g->at ? &at : NULL);
	}
	assert_int_equal(failed, 0);
}

static void assert_refused(const char *text, const char *message)
{
	struct clock clock = test_clock(MADRID, "2026-11-20T10:00:00+01:00");
	struct when w;

	assert_int_equal(when_parse(&w, text, LOOK_AHEAD, &clock, NULL), ERR_USAGE);
	assert_string_equal(error_message(0), message);
}

static void a_refusal_says_why(void **state)
{
	(void)state;
	assert_refused(
		"tue 25 nov", "unreadable date 'tue 25 nov': 25 November 2026 is a Wednesday");
	assert_refused("31 nov", "unreadable date '31 nov': there is no 31 November");
	assert_refused(
		"29 feb 2027", "unreadable date '29 feb 2027': there is no 29 February 2027");
	assert_refused(
		"2026-11-31", "unreadable date '2026-11-31': there is no day '2026-11-31'");
	assert_refused("soon", "unreadable date 'soon'");
	assert_refused(
		"tue please", "unreadable date 'tue please': 'please' is not understood");
	assert_refused("25:00", "unreadable date '25:00': '25:00' is not a time of day");
	assert_refused("in 3m", "unreadable date 'in 3m': 'm' could be minutes or months, "
				"write 'min' or 'month'");
	assert_refused(
		"3 days", "unreadable date '3 days': say 'in' before it or 'ago' behind it");
	assert_refused("24 nov 1500",
		"unreadable date '24 nov 1500': '1500' could be a time: write it as 15:00");
	assert_refused("15:00 Europe/Atlantis", "unreadable date '15:00 Europe/Atlantis': "
						"'Europe/Atlantis' is not a known time zone");
	assert_refused("28 mar 2027 2:30",
		"unreadable date '28 mar 2027 2:30': 02:30 does not exist on Sun 28 Mar 2027 "
		"in "
		"Europe/Madrid, where clocks go from 02:00 to 03:00");
}

static const struct {
	const char *text, *meant;
} moments[] = {
	{"today", "2026-11-20T10:00:00+01:00"}, /* noon lies ahead: now */
	{"yesterday", "2026-11-19T12:00:00+01:00"},
	{"mon", "2026-11-16T12:00:00+01:00"},
	{"tomorrow", "2026-11-21T12:00:00+01:00"}, /* not judged here */
	{"mon 15:00", "2026-11-16T15:00:00+01:00"},
	{"9:30", "2026-11-20T09:30:00+01:00"},
	{"25 oct 2:30", "2026-10-25T02:30:00+02:00"}, /* the first */
	{"2026-10-25T02:30:00+01:00", "2026-10-25T02:30:00+01:00"},
	{"1 jul 12:00", "2026-07-01T12:00:00+02:00"},
	{"mon 15:00 Europe/Lisbon", "2026-11-16T16:00:00+01:00"},
	{"2026-11-16T15:00:00-05:00", "2026-11-16T21:00:00+01:00"},
	{"2 hours ago", "2026-11-20T08:00:00+01:00"},
	{"3 weeks ago", "2026-10-30T12:00:00+01:00"},
	{"29 mar 2:30", NULL},
	{"tue 15 nov", NULL},
	{"", NULL},
};

static void what_has_been(void **state)
{
	struct clock clock = test_clock(MADRID, "2026-11-20T10:00:00+01:00");

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(moments); i++) {
		struct str out = STR_INIT;
		struct moment m;
		int result = moment_parse(&m, moments[i].text, &clock);

		assert_int_equal(result, moments[i].meant ? 0 : ERR_USAGE);
		if (!result) {
			moment_add(&out, &m);
			assert_string_equal(out.buf, moments[i].meant);
		}
		str_release(&out);
	}
	clock = test_clock(MADRID, "2026-11-20T18:00:00+01:00");
	{
		struct moment m;

		assert_int_equal(moment_parse(&m, "today", &clock), 0);
		assert_int_equal(clock.now.utc - m.utc, 6 * 3600);
	}
}

static const struct {
	const char *text;
	int64_t utc;
	int32_t offset;
} instants[] = {
	{"1970-01-01T00:00:00Z", 0, 0},
	{"1969-12-31T23:59:59Z", -1, 0},
	{"2026-11-20T15:00:00+01:00", 1795183200, 3600},
	{"2026-11-20T15:00:00.123456789+01:00", 1795183200, 3600},
	{"2026-11-20t15:00:00+01:00", 1795183200, 3600},
	{"2026-11-20T14:00:00-00:00", 1795183200, 0},
	{"2026-11-20T03:15:00-10:45", 1795183200, -38700},
};
static const char *const no_instants[] = {"", "2026-11-20", "2026-11-20T15:00:00",
	"2026-11-20T15:00+01:00", "2026-11-20T15:00:00+0100", "2026-11-20T15:00:00 +01:00",
	"2026-11-20T24:00:00Z", "2026-11-20T15:00:00.Z", "2026-11-20T15:00:00ZZ",
	" 2026-11-20T15:00:00Z", "2026-11-20T15:00:00Z ", "1795183200", "now",
	"2026-02-30T15:00:00Z", "2026-11-20T15:00:00+1:00", "2026-11-20T15:00:00+25:00"};

static void rfc3339(void **state)
{
	struct moment m = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(instants); i++) {
		assert_int_equal(moment_parse_rfc3339(&m, instants[i].text), 0);
		assert_int_equal(m.utc, instants[i].utc);
		assert_int_equal(m.offset, instants[i].offset);
		assert_true(m.set);
	}
	for (size_t i = 0; i < ARRAY_SIZE(no_instants); i++)
		assert_int_equal(moment_parse_rfc3339(&m, no_instants[i]), ERR_USAGE);
}

/* moment → text → moment, and the text is the same again */
static void moments_come_back(void **state)
{
	uint64_t seed = 20261120;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct str once = STR_INIT, twice = STR_INIT;
		struct moment again,
			m = {.utc = test_between(&seed, -62135000000, 253402000000),
				.offset = (int32_t)test_between(&seed, -23 * 60, 23 * 60) * 60,
				.set = true};

		moment_add(&once, &m);
		assert_int_equal(moment_parse_rfc3339(&again, once.buf), 0);
		assert_int_equal(again.utc, m.utc);
		assert_int_equal(again.offset, m.offset);
		moment_add(&twice, &again);
		assert_string_equal(once.buf, twice.buf);
		str_release(&once);
		str_release(&twice);
	}
}

static struct when random_when(uint64_t *seed)
{
	struct when w = {.day = (int32_t)test_between(seed, -719162, 2932896),
		.second = WHEN_DAY_ALONE,
		.set = true};

	if (test_random(seed) % 3)
		w.second = (int32_t)test_between(seed, 0, 1439) * 60;
	if (w.second >= 0 && test_random(seed) % 4 == 0)
		w.second += (int32_t)test_between(seed, 0, 59);
	if (test_random(seed) % 3 == 0) {
		const char *name = test_zones[test_random(seed) % TEST_ZONES].name;

		memcpy(w.zone, name, strlen(name) + 1);
	}
	return w;
}

static void stored_forms_come_back(void **state)
{
	uint64_t seed = 7;

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct str once = STR_INIT, twice = STR_INIT;
		struct when w = random_when(&seed), again;

		when_add_stored(&once, &w);
		assert_int_equal(when_parse_stored(&again, once.buf), 0);
		assert_true(when_equal(&w, &again));
		when_add_stored(&twice, &again);
		assert_string_equal(once.buf, twice.buf);
		str_release(&once);
		str_release(&twice);
	}
}

/* What is stored can be typed, and means the same (outside gaps). */
static void stored_forms_can_be_typed(void **state)
{
	struct clock clock = test_clock(KOLKATA, "2026-11-20T10:00:00+05:30");
	uint64_t seed = 99;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		struct str stored = STR_INIT;
		struct when w = random_when(&seed), again;

		w.zone[0] = '\0';
		when_add_stored(&stored, &w);
		assert_int_equal(when_parse(&again, stored.buf, LOOK_AHEAD, &clock, NULL), 0);
		assert_true(when_equal(&w, &again));
		str_release(&stored);
	}
}

static const char *const not_stored[] = {"", "tomorrow", "2026-11-24 ", " 2026-11-24",
	"2026-11-24  15:00", "2026-11-24 9:00", "2026-11-24 24:00", "2026-11-24T",
	"2026-11-24T15:00Z", "2026-11-24 15:00 ", "2026-11-24 15:00 ../x",
	"2026-11-24 15:00 /x", "2026-11-24 15:00 A B", "2026-02-30", "26-11-24",
	"2026-11-24 15:00:61", "2026-11-24 15:00+01:00",
	"2026-11-24 15:00 Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};

static void stored_form(void **state)
{
	struct when w = {.day = 4711};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(not_stored); i++) {
		assert_int_equal(when_parse_stored(&w, not_stored[i]), ERR_USAGE);
		assert_int_equal(w.day, 4711);
	}
	assert_int_equal(when_parse_stored(&w, "2026-11-24T15:00"), 0);
	assert_int_equal(w.second, 15 * 3600);
	assert_int_equal(when_parse_stored(&w, "2026-11-24 Europe/Lisbon"), 0);
	assert_int_equal(w.second, WHEN_DAY_ALONE);
	assert_string_equal(w.zone, "Europe/Lisbon");
}

static struct when stored(const char *text)
{
	struct when w = {0};

	assert_int_equal(when_parse_stored(&w, text), 0);
	return w;
}

static void assert_shown(const char *text, const char *echo, const char *json)
{
	struct clock clock = test_clock(MADRID, "2026-11-20T10:00:00+01:00");
	struct when w = stored(text);
	struct str out = STR_INIT;

	when_add_echo(&out, &w, &clock);
	assert_string_equal(out.buf, echo);
	str_truncate(&out, 0);
	when_add_json(&out, &w, &clock);
	assert_string_equal(out.buf, json);
	str_release(&out);
}

static void shown(void **state)
{
	(void)state;
	assert_shown("2026-11-24", "Tue 24 Nov", "2026-11-24");
	assert_shown("2026-11-24 15:00", "Tue 24 Nov 15:00", "2026-11-24T15:00:00+01:00");
	assert_shown("2026-07-03 09:05", "Fri 3 Jul 09:05", "2026-07-03T09:05:00+02:00");
	assert_shown("2026-11-24 15:00:30", "Tue 24 Nov 15:00:30", "2026-11-24T15:00:30+01:00");
	assert_shown("2027-11-24 15:00", "Wed 24 Nov 2027 15:00", "2027-11-24T15:00:00+01:00");
	assert_shown("2025-01-01", "Wed 1 Jan 2025", "2025-01-01");
	assert_shown("2026-11-24 15:00 Europe/Lisbon", "Tue 24 Nov 15:00 Europe/Lisbon",
		"2026-11-24T15:00:00+00:00");
	assert_shown("2026-11-24 15:00 Europe/Madrid", "Tue 24 Nov 15:00",
		"2026-11-24T15:00:00+01:00");
	/* a zone that is not known counts as the repository's; so does the gap as its end */
	assert_shown("2026-11-24 15:00 Moon/Sea", "Tue 24 Nov 15:00 Moon/Sea",
		"2026-11-24T15:00:00+01:00");
	assert_shown("2026-03-29 02:30", "Sun 29 Mar 02:30", "2026-03-29T03:00:00+02:00");
	assert_shown("2026-10-25 02:30", "Sun 25 Oct 02:30", "2026-10-25T02:30:00+02:00");
}

static void absent_is_nothing(void **state)
{
	struct clock clock = test_clock(MADRID, "2026-11-20T10:00:00+01:00");
	struct when none = {0}, day = when_from_day(0);
	struct moment no_moment = {0};
	struct duration week = {1, UNIT_WEEK};
	struct str out = STR_INIT;

	(void)state;
	when_add_stored(&out, &none);
	when_add_json(&out, &none, &clock);
	when_add_echo(&out, &none, &clock);
	moment_add(&out, &no_moment);
	moment_add_echo(&out, &no_moment, &clock);
	assert_string_equal(out.buf, "");
	assert_false(when_plus(&none, &week, &clock).set);
	assert_false(moment_plus(&no_moment, &week, &clock).set);
	assert_true(when_equal(&none, &none));
	assert_false(when_equal(&none, &day));
	assert_true(when_compare(&none, &day, &clock) > 0);
	assert_int_equal(when_compare(&none, &none, &clock), 0);
}

static void moments_echoed(void **state)
{
	struct clock clock = test_clock(MADRID, "2026-11-20T10:00:00+01:00");
	struct str out = STR_INIT;
	struct moment m;

	(void)state;
	assert_int_equal(moment_parse_rfc3339(&m, "2026-11-16T23:30:59Z"), 0);
	moment_add_echo(&out, &m, &clock);
	assert_string_equal(out.buf, "Tue 17 Nov 00:30");
	assert_int_equal(moment_day(&m, &clock), civil_to_day((struct civil){2026, 11, 17}));
	str_release(&out);
	assert_int_equal(clock_today(&clock), civil_to_day((struct civil){2026, 11, 20}));
}

static void begins_and_ends(void **state)
{
	struct clock clock = test_clock(MADRID, "2026-11-20T10:00:00+01:00");
	struct clock beirut = test_clock(BEIRUT, "2026-11-20T10:00:00+02:00");
	struct when w = stored("2026-11-24");

	(void)state;
	assert_int_equal(when_ends(&w, &clock) - when_begins(&w, &clock), 86399);
	w = stored("2026-03-29");
	assert_int_equal(when_ends(&w, &clock) - when_begins(&w, &clock), 82799);
	assert_int_equal(when_ends(&w, &beirut) - when_begins(&w, &beirut), 82799);
	w = stored("2026-10-25");
	assert_int_equal(when_ends(&w, &clock) - when_begins(&w, &clock), 89999);
	w = stored("2026-11-20 15:00");
	assert_int_equal(when_begins(&w, &clock), 1795183200);
	assert_int_equal(when_ends(&w, &clock), 1795183200);
	w = stored("2026-11-20 14:00 Europe/Lisbon");
	assert_int_equal(when_begins(&w, &clock), 1795183200);
}

static void in_order(void **state)
{
	/* 9:00 in Tokyo is 1:00 here; 14:00 in Lisbon is 15:00, then the local time decides */
	static const char *const ascending[] = {"2026-11-23 23:59", "2026-11-24",
		"2026-11-24 00:00", "2026-11-24 09:00 Asia/Tokyo",
		"2026-11-24 14:00 Europe/Lisbon", "2026-11-24 15:00", "2026-11-24 16:00",
		"2026-11-25", "2027-01-01"};
	struct clock clock = test_clock(MADRID, "2026-11-20T10:00:00+01:00");

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(ascending); i++) {
		for (size_t k = 0; k < ARRAY_SIZE(ascending); k++) {
			struct when a = stored(ascending[i]), b = stored(ascending[k]);
			int order = when_compare(&a, &b, &clock);

			assert_int_equal((order > 0) - (order < 0), (i > k) - (i < k));
			assert_int_equal(order, -when_compare(&b, &a, &clock));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typed_dates),
		cmocka_unit_test(a_refusal_says_why),
		cmocka_unit_test(what_has_been),
		cmocka_unit_test(rfc3339),
		cmocka_unit_test(moments_come_back),
		cmocka_unit_test(stored_forms_come_back),
		cmocka_unit_test(stored_forms_can_be_typed),
		cmocka_unit_test(stored_form),
		cmocka_unit_test(shown),
		cmocka_unit_test(absent_is_nothing),
		cmocka_unit_test(moments_echoed),
		cmocka_unit_test(begins_and_ends),
		cmocka_unit_test(in_order),
	};

	return cmocka_run_group_tests(tests, test_zones_make, test_zones_free);
}
