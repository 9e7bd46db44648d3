#include "core/civil.h"
#include "core/error.h"
#include "core/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static int make(void **state)
{
	struct settings *s = malloc(sizeof(*s));

	settings_init(s);
	*state = s;
	return 0;
}

static int drop(void **state)
{
	settings_release(*state);
	free(*state);
	error_clear();
	return 0;
}

static void load(struct settings *s, const char *section, const char *key, const char *value)
{
	if (settings_load_pair(s, section, key, value))
		fail_msg("%s", error_message(0));
}

static void shows(const struct settings *s, const char *dotted, const char *want)
{
	char *value = setting_value(s, dotted);

	if (want) {
		assert_non_null(value);
		assert_string_equal(value, want);
	} else {
		assert_null(value);
	}
	free(value);
}

static void absent_means_default(void **state)
{
	const struct settings *s = *state;

	assert_int_equal(s->version, 1);
	assert_string_equal(s->process, "field");
	assert_int_equal(s->roles, ROLES_OPEN);
	assert_int_equal(s->commitments, DEMAND_BOTH);
	assert_int_equal(s->max_calls, 3);
	assert_int_equal(s->appointments_per_day, 4);
	for (const struct setting *row = settings_known; row->section; row++) {
		char dotted[64];

		if (!row->key)
			continue;
		snprintf(dotted, sizeof(dotted), "%s.%s", row->section, row->key);
		shows(s, dotted, row->fallback);
		assert_ptr_equal(setting_find(dotted), row);
	}
	assert_int_equal(settings_finish(s), 0);
}

static void what_is_set_is_shown(void **state)
{
	struct settings *s = *state;

	load(s, "fu", NULL, NULL);
	load(s, "fu", "version", "1");
	load(s, "fu", "currency", "EUR");
	load(s, "fu", "timezone", "Europe/Madrid");
	load(s, "policy", "commitments", "theirs");
	load(s, "policy", "retry", "2 days");
	load(s, "hours", "days", "mon,tue,thu");
	load(s, "hours", "from", "8:30");
	load(s, "hours", "off", "24 dec..6 jan, 2026-05-01");
	load(s, "phrases", "refuse", "ping");
	load(s, "phrases", "refuse", "bump");
	load(s, "team", "sam", "Sam Sales <sam@example.com>");
	shows(s, "fu.currency", "EUR");
	shows(s, "policy.commitments", "theirs");
	shows(s, "policy.retry", "2 days");
	shows(s, "hours.days", "mon,tue,thu");
	shows(s, "hours.from", "08:30");
	shows(s, "hours.off", "24 dec..6 jan, 2026-05-01"); /* not beside the default */
	shows(s, "phrases.refuse", "ping\nbump");
	shows(s, "phrases.allow", NULL);
	shows(s, "team.sam", "Sam Sales <sam@example.com>");
	shows(s, "team.kim", NULL);
	shows(s, "fu.role", NULL);
}

static void refuses(struct settings *s, const char *section, const char *key, const char *value,
	const char *in_message)
{
	assert_int_equal(settings_load_pair(s, section, key, value), ERR_FAILED);
	if (!strstr(error_message(0), in_message))
		fail_msg("'%s' does not hold '%s'", error_message(0), in_message);
}

static void what_is_wrong_is_refused(void **state)
{
	struct settings *s = *state;

	refuses(s, "fu", "version", "2", "version '2'");
	refuses(s, "fu", "version", "", "version ''");
	refuses(s, "polcy", NULL, NULL, "'policy'");
	refuses(s, "policy", "max-cals", "3", "'policy.max-calls'");
	refuses(s, "policy", "max-calls", "0", "'0'");
	refuses(s, "policy", "max-calls", "3x", "'3x'");
	refuses(s, "policy", "roles", "closed", "open|enforced");
	refuses(s, "policy", "roles", "", "open|enforced");
	refuses(s, "policy", "retry", "soon", "'soon'");
	refuses(s, "fu", "currency", "EURO", "'EURO'");
	refuses(s, "fu", "timezone", "", "''");
	refuses(s, "hours", "days", "mon-fry", "'mon-fry'");
	refuses(s, "hours", "from", "9", "'9'");
	refuses(s, "hours", "from", "9:60", "'9:60'");
	refuses(s, "hours", "to", "24:01", "'24:01'");
	refuses(s, "hours", "off", "31 feb", "'31 feb'");
	refuses(s, "hours", "off", "24 dec..2027-01-06", "..");
	refuses(s, "hours", "off", "2027-01-06..2026-12-24", "..");
	refuses(s, "team", "Sam", "Sam Sales <sam@example.com>", "'Sam'");
	refuses(s, "team", "me", "Sam Sales <sam@example.com>", "'me'");
	refuses(s, "team", "sam", "Sam Sales", "'Sam Sales'");
	refuses(s, "phrases", "allow", "", "''");
	load(s, "hours", "from", "18:00");
	assert_int_equal(settings_finish(s), ERR_FAILED);
}

static int32_t day(int year, int month, int date)
{
	return civil_to_day((struct civil){year, month, date});
}

static void days_off_are_not_worked(void **state)
{
	struct settings *s = *state;

	load(s, "hours", "off", "24 dec..6 jan, 2026-05-04, 29 feb");
	load(s, "hours", "off", "August 3..7 aug");
	assert_true(settings_works_on(s, day(2026, 12, 23)));
	assert_false(settings_works_on(s, day(2026, 12, 24)));
	assert_false(settings_works_on(s, day(2027, 1, 6)));
	assert_true(settings_works_on(s, day(2027, 1, 7)));
	assert_false(settings_works_on(s, day(2026, 5, 4)));
	assert_true(settings_works_on(s, day(2027, 5, 4)));
	assert_false(settings_works_on(s, day(2028, 2, 29)));
	assert_false(settings_works_on(s, day(2026, 8, 5)));
	assert_true(settings_works_on(s, day(2026, 8, 10)));
	assert_false(settings_works_on(s, day(2026, 11, 21))); /* a Saturday */
}

static void next_is(
	const struct settings *s, int32_t at, int32_t second, int32_t want, int32_t want_second)
{
	struct when from = when_from_day(at), next;

	from.second = second;
	next = settings_next_working(s, &from);
	assert_int_equal(next.day, want);
	assert_int_equal(next.second, want_second);
}

static void work_begins_in_the_morning(void **state)
{
	struct settings *s = *state;
	int32_t friday = day(2026, 11, 20), monday = friday + 3;

	next_is(s, friday, 10 * 3600, friday, 10 * 3600);
	next_is(s, friday, 5 * 3600, friday, 9 * 3600);
	next_is(s, friday, 17 * 3600 + 1800, monday, 9 * 3600);
	next_is(s, friday + 1, 10 * 3600, monday, 9 * 3600);
	next_is(s, friday + 1, WHEN_DAY_ALONE, monday, WHEN_DAY_ALONE);
	next_is(s, friday, WHEN_DAY_ALONE, friday, WHEN_DAY_ALONE);
	load(s, "hours", "off", "1 jan..31 dec");
	next_is(s, friday, 5 * 3600, friday, 5 * 3600);
	load(s, "hours", "days", "sat-mon");
	shows(s, "hours.days", "mon,sat,sun");
}

static void owners_are_of_the_team_where_there_is_one(void **state)
{
	struct settings *s = *state;

	assert_true(settings_owner_known(s, "anybody"));
	load(s, "team", "sam", "Sam Sales <sam@example.com>");
	load(s, "team", "kim", "Kim <kim@example.com>");
	assert_true(settings_owner_known(s, "kim"));
	assert_false(settings_owner_known(s, "anybody"));
	assert_string_equal(settings_member_of(s, "S. Sales <SAM@example.com>"), "sam");
	assert_null(settings_member_of(s, "Sam Sales <sam@example.org>"));
	assert_null(settings_member_of(s, "sam"));
	refuses(s, "team", "sam", "Other <o@example.com>", "twice");
}

static void unknown_keys_get_a_suggestion(void **state)
{
	char *near = setting_suggest("polcy.retry");

	(void)state;
	assert_string_equal(near, "policy.retry");
	free(near);
	assert_null(setting_suggest("zzz.zzz"));
	assert_null(setting_find("retry"));
	assert_null(setting_find("policy."));
	assert_non_null(setting_find("team.sam"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, drop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(absent_means_default),
		TEST(what_is_set_is_shown),
		TEST(what_is_wrong_is_refused),
		TEST(days_off_are_not_worked),
		TEST(work_begins_in_the_morning),
		TEST(owners_are_of_the_team_where_there_is_one),
		TEST(unknown_keys_get_a_suggestion),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
