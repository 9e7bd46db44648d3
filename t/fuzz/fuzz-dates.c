/* Dates, durations, amounts, as typed and as stored, in zones with daylight saving time and
 * without: read or refused; what was read and stored reads the same, and so does what was
 * echoed or written as JSON. The first byte chooses the zone and the moment. */
#include "fuzz.h"

#include "core/civil.h"
#include "core/money.h"
#include "storage/clock.h"

/* Summer first in the south; half an hour of it; winter as the exception; none. */
static const char *const zone_names[] = {"Europe/Madrid", "America/New_York",
	"Australia/Lord_Howe", "Europe/Dublin", "Asia/Kolkata", "UTC"};

/* 2026: a winter's day, the days around both jumps in Madrid, a leap day, new year's eve. */
static const int64_t moments[] = {INT64_C(1795168800), INT64_C(1774747800), INT64_C(1792893600),
	INT64_C(1835438399), INT64_C(1798761599)};

static struct zones zones;

static struct clock choose_clock(uint8_t byte)
{
	struct clock clock = {.now = {.utc = moments[byte / 8 % ARRAY_SIZE(moments)]},
		.find_zone = zones_find,
		.find_context = &zones};

	clock.zone = zones_find(&zones, zone_names[byte % 8 % ARRAY_SIZE(zone_names)]);
	HOLDS(clock.zone); /* tzdata is there */
	clock.now = moment_at(clock.now.utc, &clock);
	return clock;
}

static void as_json(const struct when *when, const struct clock *clock)
{
	struct moment moment;
	struct when day;
	struct str json = STR_INIT;

	when_add_json(&json, when, clock);
	if (when->second == WHEN_DAY_ALONE) {
		HOLDS(!when_parse_stored(&day, json.buf));
		HOLDS(day.day == when->day && day.second == WHEN_DAY_ALONE);
	} else {
		HOLDS(!moment_parse_rfc3339(&moment, json.buf));
		HOLDS(moment.utc == when_begins(when, clock));
	}
	str_release(&json);
}

/* Behind a day and a month, a smaller number is no year. */
#define YEAR_TYPED 1900

/* What was understood is said so that it can be typed again. */
static void as_echo(const struct when *when, const struct clock *clock)
{
	bool ahead = when_ends(when, clock) > clock->now.utc;
	struct when again = {0};
	struct str echo = STR_INIT;

	when_add_echo(&echo, when, clock);
	if (civil_from_day(when->day).year >= YEAR_TYPED &&
		(when->second == WHEN_DAY_ALONE || when->second % 60 == 0)) {
		HOLDS(!when_parse(
			&again, echo.buf, ahead ? LOOK_AHEAD : LOOK_BACK, clock, NULL));
		HOLDS(when_begins(&again, clock) == when_begins(when, clock));
	}
	str_release(&echo);
}

static void look(const char *text, enum direction direction, const struct clock *clock)
{
	struct when when = {0}, again = {0};
	struct str stored = STR_INIT;

	if (when_parse(&when, text, direction, clock, NULL)) {
		HOLDS(error_count() > 0);
	} else {
		when_add_stored(&stored, &when);
		HOLDS(!when_parse_stored(&again, stored.buf));
		HOLDS(when_equal(&when, &again));
		HOLDS(when_begins(&when, clock) <= when_ends(&when, clock));
		HOLDS(when_compare(&when, &again, clock) == 0);
		as_json(&when, clock);
		as_echo(&when, clock);
	}
	error_clear();
	str_release(&stored);
}

static void moments_of(const char *text, const struct clock *clock)
{
	struct moment moment = {0}, again = {0};
	struct str stored = STR_INIT;

	if (!moment_parse(&moment, text, clock)) {
		moment_add(&stored, &moment);
		HOLDS(!moment_parse_rfc3339(&again, stored.buf));
		HOLDS(moment.utc == again.utc); /* offsets are written in minutes */
		HOLDS(moment.offset / 60 == again.offset / 60);
	}
	error_clear();
	str_release(&stored);
}

/* Adding it moves ahead, and never beyond what a date can be. */
static void durations(const char *text, const struct clock *clock)
{
	struct duration duration = {0}, again = {0};
	struct str stored = STR_INIT;
	struct when now = when_from_moment(&clock->now, clock), then;

	if (!duration_parse(&duration, text)) {
		duration_add(&stored, &duration);
		HOLDS(!duration_parse(&again, stored.buf));
		HOLDS(duration.count == again.count && duration.unit == again.unit);
		then = when_plus(&now, &duration, clock);
		HOLDS(when_begins(&then, clock) >= when_begins(&now, clock));
		HOLDS(moment_plus(&clock->now, &duration, clock).utc > clock->now.utc);
	}
	error_clear();
	str_release(&stored);
}

static void amounts(const char *text)
{
	struct money money = {0}, again = {0};
	struct str stored = STR_INIT;

	if (!money_parse(&money, text, "EUR")) {
		money_add(&stored, &money);
		HOLDS(!money_parse(&again, stored.buf, NULL));
		HOLDS(money.cents == again.cents && !strcmp(money.currency, again.currency));
	}
	error_clear();
	str_release(&stored);
}

static void stored_as_it_is(const char *text)
{
	struct when when = {0}, again = {0};
	struct str stored = STR_INIT;

	if (!when_parse_stored(&when, text)) {
		when_add_stored(&stored, &when);
		HOLDS(!when_parse_stored(&again, stored.buf) && when_equal(&when, &again));
	}
	error_clear();
	str_release(&stored);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct clock clock;
	char *text;

	if (!size)
		return 0;
	clock = choose_clock(data[0]);
	text = fuzz_text(data + 1, size - 1);
	look(text, LOOK_AHEAD, &clock);
	look(text, LOOK_BACK, &clock);
	moments_of(text, &clock);
	durations(text, &clock);
	amounts(text);
	stored_as_it_is(text);
	free(text);
	return 0;
}
