#include "core/agenda.h"

#include "core/civil.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

#define HOUR 3600

const char *agenda_kind_word(enum agenda_kind kind)
{
	static const char *const words[] = {[AGENDA_APPOINTMENT] = "appointment",
		[AGENDA_CONFIRMATION] = "confirmation",
		[AGENDA_CALL] = "call"};

	return words[kind];
}

int32_t agenda_day(const struct when *at, const struct clock *clock)
{
	struct moment m;

	if (!at->zone[0])
		return at->day;
	m = moment_at(when_begins(at, clock), clock);
	return moment_day(&m, clock);
}

static void add_entry(
	struct agenda *a, struct agenda_entry e, int64_t length, const struct clock *clock)
{
	e.timed = e.at.second != WHEN_DAY_ALONE;
	e.day = agenda_day(&e.at, clock);
	e.begins = when_begins(&e.at, clock);
	e.ends = e.timed ? e.begins + length : when_ends(&e.at, clock) + 1;
	GROW(a->items, a->n, a->cap);
	a->items[a->n++] = e;
}

void agenda_add_step(struct agenda *a, const struct opportunity *o, const struct clock *clock)
{
	const struct step *step = &o->now.next;
	struct agenda_entry e = {.opportunity = o, .at = step->at};
	int64_t length = AGENDA_CALL_LENGTH;

	switch (step->kind) {
	case STEP_APPOINTMENT:
		e.kind = AGENDA_APPOINTMENT;
		length = step->duration.count ? duration_seconds(&step->duration)
					      : AGENDA_LENGTH;
		break;
	case STEP_CONFIRMATION:
		e.kind = AGENDA_CONFIRMATION;
		break;
	case STEP_CALL:
		e.kind = AGENDA_CALL;
		break;
	case STEP_NONE:
	case STEP_WAIT:
		return;
	}
	e.owner = xstrdup_or_null(o->now.owner);
	e.id = xstrdup(o->id);
	add_entry(a, e, length, clock);
}

void agenda_add_item(
	struct agenda *a, const struct item *item, const char *owner, const struct clock *clock)
{
	struct agenda_entry e = {.at = item->due};
	int64_t length = AGENDA_CALL_LENGTH;

	if (item->kind == ITEM_APPOINTMENT) {
		e.kind = AGENDA_APPOINTMENT;
		/* It shows until it is over; without a duration until it has begun. */
		length = item->shows_until - item->due_at;
		if (length <= 1)
			length = AGENDA_LENGTH;
	} else if (item->kind == ITEM_CONFIRM) {
		e.kind = AGENDA_CONFIRMATION;
	} else if (item->kind == ITEM_SCHEDULE) {
		e.kind = AGENDA_CALL;
	} else {
		return;
	}
	if (!item->due.set)
		return;
	e.owner = xstrdup_or_null(owner);
	e.id = xstrdup(item->opportunity_id);
	add_entry(a, e, length, clock);
}

static int compare_entries(const void *left, const void *right)
{
	const struct agenda_entry *a = left, *b = right;

	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	if (a->timed != b->timed)
		return a->timed ? -1 : 1;
	if (a->begins != b->begins)
		return a->begins < b->begins ? -1 : 1;
	return strcmp(a->id, b->id);
}

void agenda_sort(struct agenda *a)
{
	if (a->n)
		qsort(a->items, a->n, sizeof(*a->items), compare_entries);
}

void agenda_release(struct agenda *a)
{
	for (size_t i = 0; i < a->n; i++) {
		free(a->items[i].owner);
		free(a->items[i].id);
	}
	free(a->items);
	*a = (struct agenda){0};
}

bool agenda_overlap(const struct agenda_entry *a, const struct agenda_entry *b)
{
	if (a->kind != AGENDA_APPOINTMENT || b->kind != AGENDA_APPOINTMENT)
		return false;
	return same_string(a->owner, b->owner) && a->begins < b->ends && b->begins < a->ends;
}

/* ---- load against capacity ---- */

void loads_add(struct loads *l, const char *owner, int32_t day)
{
	for (size_t i = 0; i < l->n; i++) {
		if (l->items[i].day != day || !same_string(l->items[i].owner, owner))
			continue;
		l->items[i].appointments++;
		return;
	}
	GROW(l->items, l->n, l->cap);
	l->items[l->n++] = (struct day_load){
		.owner = xstrdup_or_null(owner), .day = day, .appointments = 1};
}

int loads_on(const struct loads *l, const char *owner, int32_t day)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->items[i].day == day && same_string(l->items[i].owner, owner))
			return l->items[i].appointments;
	return 0;
}

void loads_release(struct loads *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->items[i].owner);
	free(l->items);
	*l = (struct loads){0};
}

bool agenda_over_capacity(
	const struct loads *l, const char *owner, int32_t day, const struct settings *s)
{
	return loads_on(l, owner, day) > s->appointments_per_day;
}

/* ---- free times ---- */

struct search {
	const struct free_search *given;
	struct loads loads;
	int32_t length;
};

int64_t agenda_free_from(const struct clock *clock)
{
	struct when day = when_from_day(clock_today(clock) + AGENDA_NOTICE_DAYS);

	return when_begins(&day, clock);
}

/* Somebody's day is full; what is nobody's counts for everybody. */
static bool is_full(const struct search *s, int32_t day)
{
	int limit = s->given->settings->appointments_per_day;
	int nobodys = loads_on(&s->loads, NULL, day);

	if (nobodys >= limit)
		return true;
	for (size_t i = 0; i < s->loads.n; i++) {
		const struct day_load *load = &s->loads.items[i];

		if (load->day == day && load->owner && load->appointments + nobodys >= limit)
			return true;
	}
	return false;
}

static bool is_taken(const struct search *s, int64_t begins, int64_t ends)
{
	const struct agenda *a = s->given->agenda;

	for (size_t i = 0; i < a->n; i++)
		if (a->items[i].timed && a->items[i].begins < ends && begins < a->items[i].ends)
			return true;
	return s->given->busy && busy_overlaps(s->given->busy, begins, ends);
}

static bool try_time(const struct search *s, int32_t day, int32_t second, struct when *out)
{
	const struct settings *settings = s->given->settings;
	const struct clock *clock = s->given->clock;
	int64_t begins;

	if (second < settings->from * 60 || second + s->length > settings->to * 60)
		return false;
	if (zone_to_utc(clock->zone, day, second, &begins) == ZONE_GAP)
		return false;
	if (begins < s->given->from || begins <= clock->now.utc)
		return false;
	if (is_taken(s, begins, begins + s->length))
		return false;
	*out = (struct when){.day = day, .second = second, .set = true};
	return true;
}

/* The hours that people like best first; then every full hour of that half of the day,
 * then every half hour. */
static bool find_in_half(const struct search *s, int32_t day, bool afternoon, struct when *out)
{
	static const int liked[2][3] = {{10, 11, 9}, {15, 16, 14}};
	int first = afternoon ? 12 : 0;

	for (int i = 0; i < 3; i++)
		if (try_time(s, day, liked[afternoon][i] * HOUR, out))
			return true;
	for (int half = 0; half <= 1; half++)
		for (int hour = first; hour < first + 12; hour++)
			if (try_time(s, day, hour * HOUR + half * HOUR / 2, out))
				return true;
	return false;
}

size_t agenda_free_times(const struct free_search *search, struct when *out, size_t n)
{
	struct search s = {
		.given = search, .length = search->length ? search->length : AGENDA_LENGTH};
	struct moment from = moment_at(search->from, search->clock);
	int32_t first = moment_day(&from, search->clock);
	size_t found = 0;

	for (size_t i = 0; i < search->agenda->n; i++)
		if (search->agenda->items[i].kind == AGENDA_APPOINTMENT)
			loads_add(&s.loads, search->agenda->items[i].owner,
				search->agenda->items[i].day);
	for (int32_t day = first; day <= first + AGENDA_HORIZON_DAYS && found < n; day++) {
		bool afternoon = found % 2;

		if (!settings_works_on(search->settings, day) || is_full(&s, day))
			continue;
		if (find_in_half(&s, day, afternoon, &out[found]) ||
			find_in_half(&s, day, !afternoon, &out[found]))
			found++;
	}
	loads_release(&s.loads);
	return found;
}
