/* Dates, durations, amounts, as typed and as stored: read or refused; what was read and
 * stored reads the same. */
#include "fuzz.h"

#include "core/money.h"

static void look(const char *text, enum direction direction)
{
	struct when when = {0}, again = {0};
	struct str stored = STR_INIT, echo = STR_INIT;

	if (!when_parse(&when, text, direction, fuzz_clock(), NULL)) {
		when_add_stored(&stored, &when);
		HOLDS(!when_parse_stored(&again, stored.buf));
		HOLDS(when_equal(&when, &again));
		when_add_echo(&echo, &when, fuzz_clock());
		HOLDS(when_begins(&when, fuzz_clock()) <= when_ends(&when, fuzz_clock()));
	}
	error_clear();
	str_release(&stored);
	str_release(&echo);
}

static void moments(const char *text)
{
	struct moment moment = {0}, again = {0};
	struct str stored = STR_INIT;

	if (!moment_parse(&moment, text, fuzz_clock())) {
		moment_add(&stored, &moment);
		HOLDS(!moment_parse_rfc3339(&again, stored.buf));
		HOLDS(moment.utc == again.utc && moment.offset == again.offset);
	}
	error_clear();
	str_release(&stored);
}

static void durations(const char *text)
{
	struct duration duration = {0}, again = {0};
	struct str stored = STR_INIT;

	if (!duration_parse(&duration, text)) {
		duration_add(&stored, &duration);
		HOLDS(!duration_parse(&again, stored.buf));
		HOLDS(duration.count == again.count && duration.unit == again.unit);
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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct when when;

	look(text, LOOK_AHEAD);
	look(text, LOOK_BACK);
	moments(text);
	durations(text);
	amounts(text);
	if (when_parse_stored(&when, text))
		error_clear();
	free(text);
	return 0;
}
