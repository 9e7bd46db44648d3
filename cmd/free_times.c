#include "cmd/free_times.h"

#include "core/mem.h"

#include <stdlib.h>

#define NOTICE_DAYS 2 /* nobody likes to be pressed */
#define HORIZON_DAYS 90
#define HOUR 3600

struct busy {
	int64_t begins, ends;
	int32_t day;
};

struct calendar {
	const struct clock *clock;
	const struct settings *settings;
	const char *owner;
	struct busy *items;
	size_t n, cap;
};

static int add_appointment(void *context, struct opportunity *o, const char *fault, bool *keep)
{
	struct calendar *c = context;
	const struct step *step = o ? &o->now.next : NULL;
	struct moment begins;
	int64_t length;

	(void)fault;
	(void)keep;
	if (!o || step->kind != STEP_APPOINTMENT)
		return 0;
	if (c->owner && o->now.owner && !same_string(c->owner, o->now.owner))
		return 0;
	begins = moment_at(when_begins(&step->at, c->clock), c->clock);
	length = step->duration.count ? duration_seconds(&step->duration) : HOUR;
	GROW(c->items, c->n, c->cap);
	c->items[c->n++] = (struct busy){.begins = begins.utc,
		.ends = begins.utc + length,
		.day = moment_day(&begins, c->clock)};
	return 0;
}

static bool is_free(const struct calendar *c, const struct when *at)
{
	int64_t begins = when_begins(at, c->clock);
	int on_the_day = 0;

	for (size_t i = 0; i < c->n; i++) {
		on_the_day += c->items[i].day == at->day;
		if (c->items[i].begins < begins + HOUR && begins < c->items[i].ends)
			return false;
	}
	return on_the_day < c->settings->appointments_per_day;
}

/* The first free one of these hours, then of all full hours of the day. */
static bool find_on_day(
	const struct calendar *c, int32_t day, const int *hours, size_t n, struct when *out)
{
	const struct settings *s = c->settings;
	int first = (s->from + 59) / 60, last = s->to / 60 - 1;

	for (size_t i = 0; i < n + 24; i++) {
		int hour = i < n ? hours[i] : (int)(i - n);
		struct when at = {.day = day, .second = hour * HOUR, .set = true};

		if (hour < first || hour > last || !is_free(c, &at))
			continue;
		*out = at;
		return true;
	}
	return false;
}

static void find_times(const struct calendar *c, struct when *out, size_t *n)
{
	static const int hours[FREE_TIMES][3] = {{10, 11, 9}, {15, 16, 14}};
	int32_t day = clock_today(c->clock) + NOTICE_DAYS;

	for (int32_t i = 0; i < HORIZON_DAYS && *n < FREE_TIMES; i++, day++)
		if (settings_works_on(c->settings, day) &&
			find_on_day(c, day, hours[*n], ARRAY_SIZE(hours[*n]), &out[*n]))
			++*n;
}

int free_times(struct repo *repo, const char *owner, struct when out[FREE_TIMES], size_t *n)
{
	struct calendar c = {
		.clock = repo_clock(repo), .settings = repo_settings(repo), .owner = owner};
	int err = repo_each_open(repo, add_appointment, &c);

	*n = 0;
	if (!err)
		find_times(&c, out, n);
	free(c.items);
	return err;
}
