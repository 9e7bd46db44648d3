/* Zones: against libc as the oracle, against damaged data, and the POSIX rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/civil.h"
#include "core/mem.h"
#include "time-helper.h"
#include "t/unit/skip.h"

#include <time.h>

#define ZONEINFO "/usr/share/zoneinfo/"
#define FROM INT64_C(0)        /* 1970 */
#define TO INT64_C(2871763199) /* the end of 2060 */
#define SAMPLES 60             /* instants a zone */

/* ---- the system's zones ---- */

static unsigned char *read_zone_file(const char *name, size_t *len)
{
	char *path = xstrfmt(ZONEINFO "%s", name);
	FILE *f = fopen(path, "rb");
	unsigned char *bytes = NULL;

	free(path);
	if (!f)
		return NULL;
	bytes = xmalloc(1 << 16);
	*len = fread(bytes, 1, 1 << 16, f);
	fclose(f);
	return bytes;
}

static struct zone *system_zone(const char *name)
{
	struct zone *zone = NULL;
	size_t len;
	unsigned char *bytes = read_zone_file(name, &len);

	if (!bytes)
		return NULL;
	if (zone_parse(&zone, name, bytes, len))
		fail_msg("%s", error_message(0));
	free(bytes);
	return zone;
}

/* The names out of tzdata.zi: "Z <name> …" and "L <target> <name>". */
static void zone_names(struct list *names)
{
	FILE *f = fopen(ZONEINFO "tzdata.zi", "r");
	char line[512];

	while (f && fgets(line, sizeof(line), f)) {
		char *start = line + 2, *end;

		if (*line != 'Z' && *line != 'L')
			continue;
		if (*line == 'L')
			start += strcspn(start, " ") + 1;
		end = start + strcspn(start, " \n");
		list_take(names, xstrndup(start, (size_t)(end - start)));
	}
	if (f)
		fclose(f);
}

static void compare_at(const struct zone *zone, int64_t utc)
{
	time_t t = (time_t)utc;
	int64_t again, local = utc + zone_offset_at(zone, utc);
	enum zone_fold fold;
	int32_t day, second;
	struct tm tm;

	assert_non_null(localtime_r(&t, &tm));
	if (tm.tm_gmtoff != zone_offset_at(zone, utc))
		fail_msg("%s at %lld: %d, libc has %ld", zone_name(zone), (long long)utc,
			(int)zone_offset_at(zone, utc), tm.tm_gmtoff);
	civil_split(local, &day, &second);
	fold = zone_to_utc(zone, day, second, &again);
	if (fold == ZONE_GAP || again > utc || again + zone_offset_at(zone, again) != local ||
		(again < utc && fold != ZONE_TWICE))
		fail_msg("%s: the local time of %lld is that of %lld (%d)", zone_name(zone),
			(long long)utc, (long long)again, (int)fold);
}

/* Where the offset changes between low and high: the first instant of the new one. */
static int64_t change_between(const struct zone *zone, int64_t low, int64_t high)
{
	int32_t before = zone_offset_at(zone, low);

	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;

		if (zone_offset_at(zone, middle) == before)
			low = middle;
		else
			high = middle;
	}
	return high;
}

static void compare_around(const struct zone *zone, int64_t low, int64_t high)
{
	int64_t change;

	if (zone_offset_at(zone, low) == zone_offset_at(zone, high))
		return;
	change = change_between(zone, low, high);
	compare_at(zone, change - 1);
	compare_at(zone, change);
	compare_at(zone, change - 1800);
	compare_at(zone, change + 1800);
}

static void as_libc_has_it(void **state)
{
	struct list names = {0};
	uint64_t seed = 1970;

	(void)state;
	zone_names(&names);
	if (!names.n)
		SKIP_TEST("there are no zones here");
	assert_true(names.n > 400);
	for (size_t i = 0; i < names.n; i++) {
		struct zone *zone = system_zone(names.items[i]);

		if (!zone) /* a link that this system leaves out */
			continue;
		setenv("TZ", names.items[i], 1);
		tzset();
		for (int k = 0; k < SAMPLES; k++) {
			int64_t utc = test_between(&seed, FROM, TO);

			compare_at(zone, utc);
			compare_around(zone, utc, utc + 86400 * 45);
		}
		zone_free(zone);
	}
	setenv("TZ", "UTC", 1);
	tzset();
	list_release(&names);
}

/* ---- gaps and repeats, by going through every minute ----
 * and there through every instant whose offset would be a whole number of half hours. */

static void minute_by_minute(int which, int64_t around, int expected_gap, int expected_twice)
{
	const struct zone *zone = test_zone[which];
	int64_t first = around + zone_offset_at(zone, around) - 86400;
	int gap = 0, twice = 0;

	for (int64_t local = first; local < first + 2 * 86400; local += 60) {
		int n = 0;
		int64_t earliest = 0, utc;
		int32_t day, second;
		enum zone_fold fold;

		for (int64_t t = local + 16 * 3600; t >= local - 16 * 3600; t -= 1800) {
			if (t + zone_offset_at(zone, t) != local)
				continue;
			earliest = t;
			n++;
		}
		civil_split(local, &day, &second);
		fold = zone_to_utc(zone, day, second, &utc);
		assert_int_equal(fold, n == 0 ? ZONE_GAP : n == 1 ? ZONE_ONCE : ZONE_TWICE);
		assert_true(n ? utc == earliest : utc == around);
		gap += fold == ZONE_GAP;
		twice += fold == ZONE_TWICE;
	}
	assert_int_equal(gap, expected_gap);
	assert_int_equal(twice, expected_twice);
}

static void gaps_and_repeats(void **state)
{
	(void)state;
	minute_by_minute(MADRID, 1774746000, 60, 0);    /* 2026-03-29T01:00Z */
	minute_by_minute(MADRID, 1792890000, 0, 60);    /* 2026-10-25T01:00Z */
	minute_by_minute(NEW_YORK, 1772953200, 60, 0);  /* 2026-03-08T07:00Z */
	minute_by_minute(LORD_HOWE, 1775314800, 0, 30); /* 2026-04-04T15:00Z */
	minute_by_minute(LORD_HOWE, 1791041400, 30, 0); /* 2026-10-03T15:30Z */
	minute_by_minute(BEIRUT, 1774735200, 60, 0);    /* 2026-03-28T22:00Z, at midnight */
	minute_by_minute(KOLKATA, 1774746000, 0, 0);
	minute_by_minute(MADRID, 2216250000, 60, 0); /* 2040-03-25T01:00Z */
}

/* Samoa went without 30 December 2011. */
static void a_day_left_out(void **state)
{
	struct zone *zone = system_zone("Pacific/Apia");
	int64_t utc;

	(void)state;
	if (!zone)
		SKIP_TEST("there are no zones here");
	assert_int_equal(zone_to_utc(zone, 15338, 43200, &utc), ZONE_GAP);
	assert_int_equal(utc, 1325239200);
	assert_int_equal(zone_to_utc(zone, 15337, 86399, &utc), ZONE_ONCE);
	assert_int_equal(utc, 1325239199);
	assert_int_equal(zone_to_utc(zone, 15339, 0, &utc), ZONE_ONCE);
	assert_int_equal(utc, 1325239200);
	zone_free(zone);
}

/* ---- rules ---- */

static const struct {
	const char *rule;
	int64_t utc;
	int32_t offset;
} rules[] = {
	{"UTC0", 0, 0},
	{"<+0330>-3:30", 0, 12600},
	{"<-03>3", 0, -10800},
	{"ABC-1:02:03", 0, 3723},
	/* Dublin's winter time is the exception: its summer time is standard */
	{"IST-1GMT0,M10.5.0,M3.5.0/1", 1768478400, 0},    /* 2026-01-15 */
	{"IST-1GMT0,M10.5.0,M3.5.0/1", 1784116800, 3600}, /* 2026-07-15 */
	/* Nuuk, Saturday at 22:00 told as Sunday at -2: 2026-03-29T01:00Z */
	{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 1774745999, -7200},
	{"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 1774746000, -3600},
	/* Gaza: Saturday before the last Sunday; hours over a day: 2026-03-28T00:00Z */
	{"EET-2EEST,M3.4.4/50,M10.4.4/50", 1774655999, 7200},
	{"EET-2EEST,M3.4.4/50,M10.4.4/50", 1774656000, 10800},
	/* days of the year: 60 without leap days is 1 March */
	{"AAA0BBB,J60/0,J300/0", 1835481599, 0},    /* 2028-02-29T23:59:59Z */
	{"AAA0BBB,J60/0,J300/0", 1835481600, 3600}, /* 2028-03-01 */
	{"AAA0BBB,59/0,300/0", 1835395200, 3600},   /* 2028-02-29 */
	{"AAA0BBB,59/0,300/0", 1835395199, 0},
	/* summer time all the year (RFC 8536, 3.3.1) */
	{"EST5EDT,0/0,J365/25", 1767225599, -14400},
	{"EST5EDT,0/0,J365/25", 1767243600, -14400},
	{"EST5EDT,0/0,J365/25", 1784116800, -14400},
	/* the southern half: New Year is in summer */
	{"AAA-10BBB,M10.1.0,M4.1.0/3", 1767225600, 39600},
	{"AAA-10BBB,M10.1.0,M4.1.0/3", 1784116800, 36000},
	/* far off */
	{"CET-1CEST,M3.5.0,M10.5.0/3", INT64_C(250000000000), 3600},
	{"CET-1CEST,M3.5.0,M10.5.0/3", -INT64_C(62000000000), 7200},
};
static const char *const no_rules[] = {"X", "CE-1", "CET", "CET-", "CET-25", "CET-1:60",
	"CET-1:5", "CET-1CEST", "CET-1CEST,", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,",
	"CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M0.5.0,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0",
	"CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.5,M10.5.0",
	"CET-1CEST,M3.5.0/168,M10.5.0", "CET-1CEST,M3.5.0/,M10.5.0",
	"CET-1CEST,M3.5.0,M10.5.0/3x", "CET-1CEST,M3.5.0,M10.5.0,", "CET-1CEST,J0,J365",
	"CET-1CEST,J366,J1", "CET-1CEST,366,1", "<CET-1", "<>", "<+01>-1<", "1", "CET-1 ",
	"CET-1CEST,M3.5.0;M10.5.0", "CET-1CEST-2:00:60,M3.5.0,M10.5.0"};

static void posix_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rules); i++) {
		struct zone *zone = zone_of_rule("Test", rules[i].rule);

		assert_non_null(zone);
		if (zone_offset_at(zone, rules[i].utc) != rules[i].offset)
			fail_msg("%s at %lld: %d, not %d", rules[i].rule,
				(long long)rules[i].utc,
				(int)zone_offset_at(zone, rules[i].utc), (int)rules[i].offset);
		zone_free(zone);
	}
	for (size_t i = 0; i < ARRAY_SIZE(no_rules); i++) {
		struct zone *zone = zone_of_rule("Test", no_rules[i]);

		if (zone)
			fail_msg("'%s' was understood", no_rules[i]);
	}
}

/* ---- the format ---- */

static void put32(unsigned char *p, int32_t value)
{
	for (int i = 0; i < 4; i++)
		p[i] = (unsigned char)((uint32_t)value >> (24 - 8 * i));
}

/* Version 1: two transitions, at 1000 to +1 h and at 2000 back to -1 h. */
#define VERSION_1_SIZE (44 + 2 * 5 + 2 * 6)
static void make_version_1(unsigned char bytes[VERSION_1_SIZE])
{
	memset(bytes, 0, VERSION_1_SIZE);
	memcpy(bytes, "TZif", 4);
	put32(bytes + 32, 2);
	put32(bytes + 36, 2);
	put32(bytes + 44, 1000);
	put32(bytes + 48, 2000);
	bytes[52] = 1;
	put32(bytes + 54, -3600);
	put32(bytes + 60, 3600);
}

static int parse(const unsigned char *bytes, size_t len)
{
	struct zone *zone = NULL;
	int result = zone_parse(&zone, "Test", bytes, len);

	assert_true((result == 0) == (zone != NULL));
	zone_free(zone);
	return result;
}

static void version_1(void **state)
{
	unsigned char bytes[VERSION_1_SIZE];
	struct zone *zone;

	(void)state;
	make_version_1(bytes);
	assert_int_equal(zone_parse(&zone, "Test", bytes, sizeof(bytes)), 0);
	assert_int_equal(zone_offset_at(zone, -5000000000), -3600);
	assert_int_equal(zone_offset_at(zone, 999), -3600);
	assert_int_equal(zone_offset_at(zone, 1000), 3600);
	assert_int_equal(zone_offset_at(zone, 1999), 3600);
	assert_int_equal(zone_offset_at(zone, 2000), -3600);
	assert_int_equal(zone_offset_at(zone, INT64_MAX), -3600);
	assert_string_equal(zone_name(zone), "Test");
	zone_free(zone);
}

static void refused(void **state)
{
	unsigned char bytes[VERSION_1_SIZE];
	struct zone *zone;

	(void)state;
	for (size_t len = 0; len < sizeof(bytes); len++) {
		make_version_1(bytes);
		assert_int_equal(parse(bytes, len), ERR_FAILED);
	}
	assert_string_equal(
		error_message(0), "damaged data of the time zone 'Test': it is cut short");
	make_version_1(bytes);
	put32(bytes + 44, 2000); /* not ascending */
	assert_int_equal(parse(bytes, sizeof(bytes)), ERR_FAILED);
	make_version_1(bytes);
	bytes[53] = 2; /* no such type */
	assert_int_equal(parse(bytes, sizeof(bytes)), ERR_FAILED);
	make_version_1(bytes);
	put32(bytes + 60, 100000); /* no such offset */
	assert_int_equal(parse(bytes, sizeof(bytes)), ERR_FAILED);
	make_version_1(bytes);
	put32(bytes + 32, -1); /* four thousand million transitions */
	assert_int_equal(parse(bytes, sizeof(bytes)), ERR_FAILED);
	make_version_1(bytes);
	put32(bytes + 32, 0);
	put32(bytes + 36, 0); /* no type */
	assert_int_equal(parse(bytes, sizeof(bytes)), ERR_FAILED);
	assert_int_equal(
		zone_parse(&zone, "A/zone/whose/name/is/longer/than/any/zone/has/ever/had",
			bytes, sizeof(bytes)),
		ERR_FAILED);
	assert_null(zone);
}

/* Cut anywhere, or with any byte changed: an error or a zone that answers, never more. */
static void damaged_anyhow(void **state)
{
	uint64_t seed = 8536;
	size_t len = 0;
	unsigned char *bytes = read_zone_file("Europe/Madrid", &len);

	(void)state;
	if (!bytes)
		SKIP_TEST("there are no zones here");
	for (size_t cut = 0; cut < len; cut++) {
		unsigned char *exact = xmalloc(cut); /* so that a read too far is seen */

		memcpy(exact, bytes, cut);
		assert_int_equal(parse(exact, cut), ERR_FAILED);
		free(exact);
	}
	for (int i = 0; i < 20000; i++) {
		unsigned char *copy = xmalloc(len);
		struct zone *zone = NULL;
		int64_t utc;

		memcpy(copy, bytes, len);
		for (int k = i % 3; k >= 0; k--)
			copy[test_random(&seed) % (k ? len : 60)] ^=
				(unsigned char)(1u << (test_random(&seed) % 8));
		if (!zone_parse(&zone, "Test", copy, len)) {
			zone_offset_at(zone, INT64_MIN);
			zone_offset_at(zone, INT64_MAX);
			zone_to_utc(zone, (int32_t)test_between(&seed, -9000, 40000), 0, &utc);
		}
		zone_free(zone);
		free(copy);
	}
	free(bytes);
}

static void utc(void **state)
{
	struct zone *zone = zone_utc();
	int64_t instant;

	(void)state;
	assert_string_equal(zone_name(zone), "UTC");
	assert_int_equal(zone_offset_at(zone, 1795183200), 0);
	assert_int_equal(zone_to_utc(zone, 1, 60, &instant), ZONE_ONCE);
	assert_int_equal(instant, 86460);
	zone_free(zone);
	zone_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_libc_has_it),
		cmocka_unit_test(gaps_and_repeats),
		cmocka_unit_test(a_day_left_out),
		cmocka_unit_test(posix_rules),
		cmocka_unit_test(version_1),
		cmocka_unit_test(refused),
		cmocka_unit_test(damaged_anyhow),
		cmocka_unit_test(utc),
	};

	return cmocka_run_group_tests(tests, test_zones_make, test_zones_free);
}
