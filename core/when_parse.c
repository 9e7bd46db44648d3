#include "core/when.h"

#include "core/civil.h"
#include "core/error.h"
#include "core/when_read.h"

#include <string.h>

#define NOON (12 * 3600)

/* From where an expression is looked at. */
struct view {
	const char *text;
	const struct expression *e;
	const struct clock *clock;
	const struct zone *zone; /* the one typed, or the repository's */
	enum direction direction;
	int step; /* 1 ahead, -1 back */
};

static int32_t local_day(const struct zone *zone, int64_t utc)
{
	int32_t day, second;

	civil_split(utc + zone_offset_at(zone, utc), &day, &second);
	return day;
}

static int32_t local_second(const struct zone *zone, int64_t utc)
{
	int32_t day, second;

	civil_split(utc + zone_offset_at(zone, utc), &day, &second);
	return second;
}

/* Does the day, with the time typed, lie in the direction, seen from that instant?
 * The day of the instant itself counts while (ahead) or once (back) its time does. */
static bool lies_there(const struct view *v, int32_t day, int64_t from)
{
	int64_t utc;

	if (v->e->second == WHEN_DAY_ALONE) {
		int32_t today = local_day(v->zone, from);

		return v->direction == LOOK_AHEAD ? day >= today : day <= today;
	}
	zone_to_utc(v->zone, day, v->e->second, &utc);
	return v->direction == LOOK_AHEAD ? utc > from : utc <= from;
}

/* The nearest day of that weekday (0: of any) in the direction. */
static int32_t nearest_weekday(const struct view *v, int weekday)
{
	int64_t now = v->clock->now.utc;
	int32_t day = local_day(v->zone, now);

	while ((weekday && day_weekday(day) != weekday) || !lies_there(v, day, now))
		day += v->step;
	return day;
}

/* The nearest year in the direction that has the day. */
static int32_t nearest_year(const struct view *v, int64_t from)
{
	struct civil date = civil_from_day(local_day(v->zone, from));

	date.month = v->e->month;
	date.day = v->e->month_day;
	while (date.day > civil_days_in_month(date.year, date.month) ||
		!lies_there(v, civil_to_day(date), from))
		date.year += v->step;
	return civil_to_day(date);
}

static int32_t end_of_month(int32_t day)
{
	struct civil date = civil_from_day(day);

	date.day = civil_days_in_month(date.year, date.month);
	return civil_to_day(date);
}

static int32_t shifted_day(int32_t day, const struct expression *e)
{
	int count = e->sign * e->shift.count;

	if (e->shift.unit == UNIT_MONTH)
		return day_add_months(day, count);
	return day + (e->shift.unit == UNIT_WEEK ? count * 7 : count);
}

static int32_t resolve_day(const struct view *v, const struct moment *act_at)
{
	const struct expression *e = v->e;
	int32_t today = clock_today(v->clock);

	switch (e->form) {
	case DAY_FIXED:
		return e->day;
	case DAY_NO_YEAR:
		return nearest_year(v, act_at && act_at->set ? act_at->utc : v->clock->now.utc);
	case DAY_NEXT_WEEKDAY:
		return today - day_weekday(today) + 7 + e->weekday;
	case DAY_SHIFTED:
		return shifted_day(today, e);
	case DAY_END_OF_MONTH:
		return end_of_month(today);
	default:
		return nearest_weekday(v, e->weekday);
	}
}

static int check_day(const char *text, const struct expression *e, int32_t day)
{
	struct civil date = civil_from_day(day);

	if (!civil_valid(date))
		return date_unreadable(text, "it lies outside the years 1 to 9999");
	if (e->weekday && day_weekday(day) != e->weekday)
		return date_unreadable(text, "%d %s %d is a %s", date.day,
			month_full_name(date.month), date.year,
			weekday_full_name(day_weekday(day)));
	return 0;
}

static int check_gap(const struct view *v, const struct when *w)
{
	struct civil date = civil_from_day(w->day);
	int32_t from, to;
	int64_t jump;

	if (zone_to_utc(v->zone, w->day, w->second, &jump) != ZONE_GAP)
		return 0;
	from = (local_second(v->zone, jump - 1) + 1) % DAY_SECONDS;
	to = local_second(v->zone, jump);
	return date_unreadable(v->text,
		"%02d:%02d does not exist on %s %d %s %d in %s, where clocks go from %02d:%02d "
		"to "
		"%02d:%02d",
		w->second / 3600, w->second / 60 % 60, weekday_name(day_weekday(w->day)),
		date.day, month_name(date.month), date.year, zone_name(v->zone), from / 3600,
		from / 60 % 60, to / 3600, to / 60 % 60);
}

/* Looks the typed zone up; out->zone stays "" for the repository's own. */
static int resolve_zone(struct when *out, struct view *v)
{
	const struct clock *clock = v->clock;

	v->zone = clock->zone;
	if (!v->e->zone[0] || !strcmp(v->e->zone, zone_name(clock->zone)))
		return 0;
	v->zone = clock->find_zone ? clock->find_zone(clock->find_context, v->e->zone) : NULL;
	if (!v->zone)
		return date_unreadable(v->text, "'%s' is not a known time zone", v->e->zone);
	memcpy(out->zone, v->e->zone, sizeof(out->zone));
	return 0;
}

static int resolve_local(struct when *out, struct view *v, const struct moment *act_at)
{
	int result = resolve_zone(out, v);

	if (result)
		return result;
	out->set = true;
	out->second = v->e->second;
	out->day = resolve_day(v, act_at);
	result = check_day(v->text, v->e, out->day);
	if (!result && out->second != WHEN_DAY_ALONE)
		result = check_gap(v, out);
	return result;
}

/* False: the expression is no instant. */
static bool instant_of(const struct expression *e, const struct clock *clock, int64_t *utc)
{
	if (e->form == TIME_INSTANT) {
		*utc = e->utc;
	} else if (e->form == TIME_SHIFTED) {
		*utc = clock->now.utc + e->sign * duration_seconds(&e->shift);
		*utc -= (*utc % 60 + 60) % 60;
	}
	return e->form == TIME_INSTANT || e->form == TIME_SHIFTED;
}

static struct when when_of_instant(int64_t utc, const struct clock *clock)
{
	struct moment m = moment_at(utc, clock);
	struct when w = when_from_moment(&m, clock);
	int64_t again;

	zone_to_utc(clock->zone, w.day, w.second, &again);
	if (again == utc || !clock->find_zone || !clock->find_zone(clock->find_context, "UTC"))
		return w;
	civil_split(utc, &w.day, &w.second);
	memcpy(w.zone, "UTC", sizeof("UTC"));
	return w;
}

static int resolve(struct when *out, const char *text, const struct expression *e,
	enum direction direction, const struct clock *clock, const struct moment *act_at)
{
	struct view view = {.text = text,
		.e = e,
		.clock = clock,
		.direction = direction,
		.step = direction == LOOK_AHEAD ? 1 : -1};
	int64_t utc;

	*out = (struct when){0};
	if (!instant_of(e, clock, &utc))
		return resolve_local(out, &view, act_at);
	*out = when_of_instant(utc, clock);
	return check_day(text, e, out->day);
}

int when_parse(struct when *out, const char *text, enum direction direction,
	const struct clock *clock, const struct moment *act_at)
{
	struct expression expression;
	struct when w;
	int result = expression_read(&expression, text);

	if (!result)
		result = resolve(&w, text, &expression, direction, clock, act_at);
	if (!result)
		*out = w;
	return result;
}

/* What has been, told by its day alone: noon of it, as far as that has been. */
static int64_t noon_or_now(const struct when *w, const struct clock *clock)
{
	int64_t utc;

	zone_to_utc(clock->zone, w->day, NOON, &utc);
	return w->day == clock_today(clock) && utc > clock->now.utc ? clock->now.utc : utc;
}

int moment_parse(struct moment *out, const char *text, const struct clock *clock)
{
	struct expression expression;
	struct when w;
	int64_t utc;
	int result = expression_read(&expression, text);

	if (!result)
		result = resolve(&w, text, &expression, LOOK_BACK, clock, NULL);
	if (result)
		return result;
	if (!instant_of(&expression, clock, &utc))
		utc = w.second == WHEN_DAY_ALONE ? noon_or_now(&w, clock)
						 : when_begins(&w, clock);
	*out = moment_at(utc, clock);
	return 0;
}
