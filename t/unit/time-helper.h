/* For the tests of times: zones made from POSIX rules, so that they do not depend
 * on the system's data, and clocks that stand still. */
#ifndef FU_T_TIME_HELPER_H
#define FU_T_TIME_HELPER_H

#include "core/error.h"
#include "core/when.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *name, *rule;
} test_zones[] = {
	{"Europe/Madrid", "CET-1CEST,M3.5.0,M10.5.0/3"},
	{"America/New_York", "EST5EDT,M3.2.0,M11.1.0"},
	{"Asia/Kolkata", "IST-5:30"},
	{"Australia/Lord_Howe", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"},
	{"Europe/Lisbon", "WET0WEST,M3.5.0/1,M10.5.0"},
	{"Asia/Tokyo", "JST-9"},
	{"Asia/Beirut", "EET-2EEST,M3.5.0/0,M10.5.0/0"},
	{"UTC", "UTC0"},
};
enum { MADRID, NEW_YORK, KOLKATA, LORD_HOWE, LISBON, TOKYO, BEIRUT, UTC, TEST_ZONES };

static struct zone *test_zone[TEST_ZONES];

/* TZif of version 2 without a transition: its footer says it all. */
static inline struct zone *zone_of_rule(const char *name, const char *rule)
{
	unsigned char bytes[2 * 50 + 64] = {0};
	struct zone *zone = NULL;
	size_t len = 0;

	for (int i = 0; i < 2; i++) {
		memcpy(bytes + len, "TZif2", 5);
		bytes[len + 39] = 1; /* one type */
		len += 44 + 6;
	}
	len += (size_t)snprintf((char *)bytes + len, sizeof(bytes) - len, "\n%s\n", rule);
	if (zone_parse(&zone, name, bytes, len))
		return NULL;
	return zone;
}

static inline int test_zones_make(void **state)
{
	(void)state;
	for (int i = 0; i < TEST_ZONES; i++) {
		test_zone[i] = zone_of_rule(test_zones[i].name, test_zones[i].rule);
		if (!test_zone[i])
			return -1;
	}
	return 0;
}

static inline int test_zones_free(void **state)
{
	(void)state;
	for (int i = 0; i < TEST_ZONES; i++)
		zone_free(test_zone[i]);
	error_clear();
	return 0;
}

static inline const struct zone *test_zone_find(void *context, const char *name)
{
	(void)context;
	for (int i = 0; i < TEST_ZONES; i++)
		if (!strcmp(test_zones[i].name, name))
			return test_zone[i];
	return NULL;
}

static inline struct clock test_clock(int zone, const char *now)
{
	struct clock clock = {.zone = test_zone[zone], .find_zone = test_zone_find};

	if (moment_parse_rfc3339(&clock.now, now))
		clock.now.set = false;
	return clock;
}

/* xorshift64*: the same sequence on every machine */
static inline uint64_t test_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(2685821657736338717);
}

static inline int64_t test_between(uint64_t *state, int64_t low, int64_t high)
{
	return low + (int64_t)(test_random(state) % (uint64_t)(high - low + 1));
}

#endif
