#include "given.h"

#include "core/agenda.h"
#include "core/busy.h"
#include "core/civil.h"

#define HOUR 3600
#define MONDAY (FRIDAY_TEN + 3 * INT64_C(86400) - 10 * HOUR) /* 23 November, 00:00 UTC */

/* An agenda with appointments of an owner at hours of Monday: 10, 11, …, -1. */
static void book(struct agenda *a, const struct clock *clock, const char *owner, ...)
{
	static char id[] = "acme";
	va_list hours;
	int hour;

	va_start(hours, owner);
	while ((hour = va_arg(hours, int)) >= 0) {
		struct when at = {
			.day = (int32_t)(MONDAY / 86400), .second = hour * HOUR, .set = true};
		struct item item = {.kind = ITEM_APPOINTMENT,
			.due = at,
			.due_at = MONDAY + hour * HOUR,
			.shows_until = MONDAY + hour * HOUR + 1,
			.opportunity_id = id};

		agenda_add_item(a, &item, owner, clock);
	}
	va_end(hours);
}

/* The times found, as "23 10:00,24 15:00". */
static void finds(struct given *g, const struct agenda *a, const struct busy *busy,
	int64_t from, int32_t length, size_t n, const char *expected)
{
	struct free_search search = {.clock = &g->clock,
		.settings = &g->settings,
		.agenda = a,
		.busy = busy,
		.from = from,
		.length = length};
	struct str got = STR_INIT;
	struct when times[8];

	n = agenda_free_times(&search, times, n);
	for (size_t i = 0; i < n; i++)
		str_addf(&got, "%s%d %02d:%02d", i ? "," : "", civil_from_day(times[i].day).day,
			times[i].second / HOUR, times[i].second / 60 % 60);
	assert_string_equal(got.buf, expected);
	str_release(&got);
}

static void two_times_on_two_days_a_morning_and_an_afternoon(void **state)
{
	struct given *g = given_new("discovery", false);
	struct agenda a = {0};

	(void)state;
	assert_int_equal(agenda_free_from(&g->clock), MONDAY - 86400);
	finds(g, &a, NULL, MONDAY, 0, 2, "23 10:00,24 15:00");
	finds(g, &a, NULL, MONDAY, 0, 4, "23 10:00,24 15:00,25 10:00,26 15:00");
	/* From a time on: that afternoon, then the next. */
	finds(g, &a, NULL, MONDAY + 16 * HOUR, 0, 2, "23 16:00,24 15:00");
	/* 17:30 is the end of the day. */
	finds(g, &a, NULL, MONDAY + 16 * HOUR + 60, 0, 1, "23 16:30");
	finds(g, &a, NULL, MONDAY + 16 * HOUR + 1860, 0, 1, "24 10:00");
	finds(g, &a, NULL, MONDAY, 8 * HOUR, 2, "23 09:00,24 09:00");
	finds(g, &a, NULL, MONDAY, 9 * HOUR, 2, "");
	given_free(g);
}

static void nothing_in_the_past_and_nothing_on_days_off(void **state)
{
	struct given *g = given_new("discovery", false);
	struct agenda a = {0};

	(void)state;
	/* Friday, 10:00: ten is not ahead any more. */
	finds(g, &a, NULL, FRIDAY_TEN - 86400, 0, 1, "20 11:00");
	assert_int_equal(settings_load_pair(&g->settings, "hours", "off", "23 nov..24 nov"), 0);
	finds(g, &a, NULL, MONDAY, 0, 2, "25 10:00,26 15:00");
	given_free(g);
}

static void what_is_booked_is_not_offered(void **state)
{
	struct given *g = given_new("discovery", false);
	struct agenda a = {0};

	(void)state;
	book(&a, &g->clock, NULL, 10, 11, -1);
	finds(g, &a, NULL, MONDAY, 0, 1, "23 09:00");
	book(&a, &g->clock, "sam", 9, -1);
	finds(g, &a, NULL, MONDAY, 0, 1, "23 15:00");
	agenda_release(&a);
	given_free(g);
}

static void a_full_day_is_passed_over(void **state)
{
	struct given *g = given_new("discovery", false);
	struct agenda a = {0};

	(void)state;
	book(&a, &g->clock, "sam", 9, 12, 13, -1);
	finds(g, &a, NULL, MONDAY, 0, 1, "23 10:00");
	book(&a, &g->clock, "ann", 16, -1); /* hers: nobody has four */
	finds(g, &a, NULL, MONDAY, 0, 1, "23 10:00");
	book(&a, &g->clock, NULL, 14, -1); /* nobody's may be anybody's */
	finds(g, &a, NULL, MONDAY, 0, 1, "24 10:00");
	agenda_release(&a);
	given_free(g);
}

static void foreign_calendars_are_minded(void **state)
{
	struct given *g = given_new("discovery", false);
	struct agenda a = {0};
	struct busy busy = {0};

	(void)state;
	busy_add(&busy, MONDAY + 86400, MONDAY + 2 * 86400);
	busy_add(&busy, MONDAY + 9 * HOUR, MONDAY + 10 * HOUR + 1);
	busy_settle(&busy);
	finds(g, &a, &busy, MONDAY, 0, 2, "23 11:00,25 15:00");
	busy_release(&busy);
	given_free(g);
}

static void busy_times_are_joined(void **state)
{
	struct busy b = {0};

	(void)state;
	busy_add(&b, 50, 60);
	busy_add(&b, 10, 20);
	busy_add(&b, 15, 30);
	busy_add(&b, 30, 40);
	busy_add(&b, 12, 13);
	busy_settle(&b);
	assert_int_equal(b.n, 2);
	assert_int_equal(b.items[0].to, 40);
	assert_false(busy_overlaps(&b, 0, 10));
	assert_true(busy_overlaps(&b, 0, 11));
	assert_true(busy_overlaps(&b, 39, 45));
	assert_false(busy_overlaps(&b, 40, 50));
	assert_true(busy_overlaps(&b, 40, 51));
	assert_false(busy_overlaps(&b, 60, 70));
	busy_release(&b);
}

static void an_answer_is_taken_whole_or_not(void **state)
{
	static const char *const bad[] = {"", "busy 1 2\n", "busy 1\nend\n", "busy 2 1\nend\n",
		"busy 1 2 3\nend\n", "nonsense\nend\n", "warning\nend\n", "busy x y\nend\n"};
	struct busy b = {0};
	struct list warnings = {0};

	(void)state;
	assert_int_equal(busy_read_answer(&b, &warnings, "a.ics",
				 "busy -10 20\nwarning 5 odd\nbusy 30 40\nend\n"),
		0);
	assert_int_equal(b.n, 2);
	assert_int_equal(b.items[0].from, -10);
	assert_int_equal(warnings.n, 1);
	assert_string_equal(warnings.items[0], "a.ics:5: odd");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(busy_read_answer(&b, &warnings, "a.ics", bad[i]), ERR_FAILED);
	assert_int_equal(
		busy_read_answer(&b, &warnings, "a.ics", "fault 7 no end\nend\n"), ERR_FAILED);
	assert_string_equal(error_message(0), "a.ics:7: no end");
	assert_int_equal(
		busy_read_answer(&b, &warnings, "a.ics", "fault 0 empty\nend\n"), ERR_FAILED);
	assert_string_equal(error_message(0), "a.ics: empty");
	busy_release(&b);
	list_release(&warnings);
	error_clear();
}

static void load_is_counted_per_owner_and_day(void **state)
{
	struct given *g = given_new("discovery", false);
	struct loads l = {0};

	(void)state;
	for (int i = 0; i < 4; i++)
		loads_add(&l, "sam", 100);
	loads_add(&l, NULL, 100);
	loads_add(&l, "ann", 101);
	assert_int_equal(loads_on(&l, "sam", 100), 4);
	assert_int_equal(loads_on(&l, NULL, 100), 1);
	assert_int_equal(loads_on(&l, "ann", 100), 0);
	assert_false(agenda_over_capacity(&l, "sam", 100, &g->settings));
	loads_add(&l, "sam", 100);
	assert_true(agenda_over_capacity(&l, "sam", 100, &g->settings));
	assert_false(agenda_over_capacity(&l, "sam", 101, &g->settings));
	loads_release(&l);
	given_free(g);
}

static void appointments_of_one_owner_clash(void **state)
{
	struct given *g = given_new("discovery", false);
	struct agenda a = {0};

	(void)state;
	book(&a, &g->clock, "sam", 10, 11, -1);
	book(&a, &g->clock, "ann", 10, -1);
	assert_false(agenda_overlap(&a.items[0], &a.items[1])); /* an hour each */
	assert_false(agenda_overlap(&a.items[0], &a.items[2]));
	a.items[0].ends++;
	assert_true(agenda_overlap(&a.items[0], &a.items[1]));
	a.items[1].kind = AGENDA_CALL;
	assert_false(agenda_overlap(&a.items[0], &a.items[1]));
	agenda_release(&a);
	given_free(g);
}

static void steps_become_entries_in_order(void **state)
{
	struct given *g = given_new("discovery, workshop", false);
	struct opportunity *met = given_open(g), *called = given_open(g);
	struct agenda a = {0};

	(void)state;
	given_takes(g, called, given_act(g, ACT_SCHEDULE, "next", "2026-11-24 15:00", NULL));
	given_takes(g, called,
		given_act(g, ACT_CANCEL, "side", "them", "again", "2026-11-24", NULL));
	given_takes(g, met,
		given_act(g, ACT_SCHEDULE, "next", "2026-11-24 15:00", "for", "90 min", NULL));
	agenda_add_step(&a, called, &g->clock);
	agenda_add_step(&a, met, &g->clock);
	agenda_sort(&a);
	assert_int_equal(a.n, 2);
	assert_int_equal(a.items[0].kind, AGENDA_APPOINTMENT);
	assert_int_equal(a.items[0].ends - a.items[0].begins, 5400);
	assert_int_equal(a.items[1].kind, AGENDA_CALL);
	assert_false(a.items[1].timed);
	assert_int_equal(a.items[1].ends - a.items[1].begins, 86400);
	agenda_release(&a);
	opportunity_free(met);
	opportunity_free(called);
	given_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_times_on_two_days_a_morning_and_an_afternoon),
		cmocka_unit_test(nothing_in_the_past_and_nothing_on_days_off),
		cmocka_unit_test(what_is_booked_is_not_offered),
		cmocka_unit_test(a_full_day_is_passed_over),
		cmocka_unit_test(foreign_calendars_are_minded),
		cmocka_unit_test(busy_times_are_joined),
		cmocka_unit_test(an_answer_is_taken_whole_or_not),
		cmocka_unit_test(load_is_counted_per_owner_and_day),
		cmocka_unit_test(appointments_of_one_owner_clash),
		cmocka_unit_test(steps_become_entries_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
