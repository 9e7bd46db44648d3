/*
 * VTIMEZONE (RFC 5545, 3.6.5) of a zone that we know: its last rule as two observances that
 * recur, where that rule holds for all the years that are asked for; else every change of
 * the clocks in them, one observance each.
 */
#include "core/ics.h"

#include "core/civil.h"
#include "core/mem.h"
#include "core/zone_rule.h"

#include <stdlib.h>
#include <string.h>

#define STEP (5 * INT64_C(86400)) /* no two changes of the clocks lie closer */

struct change {
	int64_t at;
	int32_t before, after; /* seconds east of UTC */
};

struct changes {
	struct change *items;
	size_t n, cap;
};

static int64_t year_begins(int year)
{
	return civil_to_day((struct civil){year, 1, 1}) * INT64_C(86400);
}

/* The instant of the change that lies in from < t ≤ to. */
static int64_t find_change(const struct zone *zone, int64_t from, int64_t to)
{
	int32_t before = zone_offset_at(zone, from);

	while (to - from > 1) {
		int64_t middle = from + (to - from) / 2;

		if (zone_offset_at(zone, middle) == before)
			from = middle;
		else
			to = middle;
	}
	return to;
}

static void list_changes(struct changes *out, const struct zone *zone, int64_t from, int64_t to)
{
	for (int64_t t = from; t < to; t += STEP) {
		int32_t before = zone_offset_at(zone, t);
		int32_t after = zone_offset_at(zone, t + STEP);

		if (before == after)
			continue;
		GROW(out->items, out->n, out->cap);
		out->items[out->n++] = (struct change){
			.at = find_change(zone, t, t + STEP), .before = before, .after = after};
	}
}

/* ---- the rule ---- */

static bool can_recur(const struct zone_rule_date *date)
{
	return date->form == RULE_MONTH_WEEK && date->time >= 0 && date->time < DAY_SECONDS;
}

/* Whether the rule makes this change. */
static bool rule_makes(const struct zone_rule *rule, const struct change *c)
{
	bool to_summer = c->after == rule->summer;
	const struct zone_rule_date *date = to_summer ? &rule->begins : &rule->ends;
	int32_t day, second;

	if (c->before != (to_summer ? rule->standard : rule->summer) ||
		c->after != (to_summer ? rule->summer : rule->standard))
		return false;
	civil_split(c->at + c->before, &day, &second);
	return zone_rule_change(date, civil_from_day(day).year, c->before) == c->at;
}

static bool rule_makes_all(
	const struct zone_rule *rule, const struct changes *changes, int years)
{
	if (!rule || !rule->has_summer || rule->standard == rule->summer ||
		!can_recur(&rule->begins) || !can_recur(&rule->ends) ||
		changes->n != 2 * (size_t)years)
		return false;
	for (size_t i = 0; i < changes->n; i++)
		if (!rule_makes(rule, &changes->items[i]))
			return false;
	return true;
}

/* ---- observances ---- */

static void add_offset(struct str *out, const char *name, int32_t offset)
{
	int32_t size = abs(offset);
	struct str value = STR_INIT;

	str_addf(&value, "%c%02d%02d", offset < 0 ? '-' : '+', size / 3600, size / 60 % 60);
	if (size % 60)
		str_addf(&value, "%02d", size % 60);
	ics_add_line(out, name, value.buf);
	str_release(&value);
}

/* `date`: it recurs as this has it; NULL: once. */
static void add_observance(
	struct str *out, const struct change *c, const struct zone_rule_date *date)
{
	static const char *const days[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
	const char *component = c->after > c->before ? "DAYLIGHT" : "STANDARD";
	struct civil local;
	int32_t day, second;
	char *value;

	civil_split(c->at + c->before, &day, &second);
	local = civil_from_day(day);
	ics_add_line(out, "BEGIN", component);
	value = xstrfmt("%04d%02d%02dT%02d%02d%02d", local.year, local.month, local.day,
		second / 3600, second / 60 % 60, second % 60);
	ics_add_line(out, "DTSTART", value);
	free(value);
	if (date) {
		value = xstrfmt("FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", date->month,
			date->week == 5 ? -1 : date->week, days[date->weekday]);
		ics_add_line(out, "RRULE", value);
		free(value);
	}
	add_offset(out, "TZOFFSETFROM", c->before);
	add_offset(out, "TZOFFSETTO", c->after);
	ics_add_line(out, "END", component);
}

static void add_recurring(
	struct str *out, const struct zone_rule *rule, const struct changes *changes)
{
	for (size_t i = 0; i < 2; i++) {
		const struct change *c = &changes->items[i];

		add_observance(out, c, c->after == rule->summer ? &rule->begins : &rule->ends);
	}
}

void ics_add_zone(struct str *out, const struct ics_zone *z)
{
	/* A year more on either side: a time may begin in one and end in another. */
	int first = z->first_year - 1, last = z->last_year + 1;
	const struct zone_rule *rule = zone_last_rule(z->zone);
	struct changes changes = {0};
	int64_t from = year_begins(first);
	int32_t offset = zone_offset_at(z->zone, from);

	list_changes(&changes, z->zone, from, year_begins(last + 1));
	ics_add_line(out, "BEGIN", "VTIMEZONE");
	ics_add_line(out, "TZID", zone_name(z->zone));
	if (rule_makes_all(rule, &changes, last - first + 1)) {
		add_recurring(out, rule, &changes);
	} else {
		add_observance(out, &(struct change){from, offset, offset}, NULL);
		for (size_t i = 0; i < changes.n; i++)
			add_observance(out, &changes.items[i], NULL);
	}
	ics_add_line(out, "END", "VTIMEZONE");
	free(changes.items);
}
