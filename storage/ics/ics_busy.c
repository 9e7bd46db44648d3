/* From components to times: recurrences, and what takes the place of one occurrence. */
#include "storage/ics/ics.h"

#include "core/mem.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- what is said ---- */

void ics_say_busy(struct ics_window *window, int64_t from, int64_t to)
{
	if (from >= to || from >= window->to || to <= window->from)
		return;
	if (window->said++ < ICS_MAX_BUSY)
		printf("busy %" PRId64 " %" PRId64 "\n", from, to);
}

static void say(const char *what, unsigned line, const char *text)
{
	printf("%s %u ", what, line);
	for (; *text; text++)
		putchar(*text == '\n' || *text == '\r' ? ' ' : *text);
	putchar('\n');
}

void ics_say_fault(unsigned line, const char *text)
{
	say("fault", line, text);
}

void ics_say_warning(unsigned line, const char *text)
{
	say("warning", line, text);
}

/* ---- one event ---- */

struct event {
	icalcomponent *component;
	unsigned line;
	const char *uid;
	struct icaltimetype start, end; /* end: null where it has a duration or neither */
	struct icaldurationtype lasts;
	bool free;                 /* cancelled or transparent: takes no time */
	bool replaces;             /* has a RECURRENCE-ID */
	bool and_later;            /* RANGE=THISANDFUTURE */
	struct icaltimetype place; /* the occurrence it replaces */
};

struct events {
	struct event *items;
	size_t n, cap;
};

/* What makes a time unreadable where libical could not understand it. */
static const char *unreadable_part(icalcomponent *c)
{
	static const char *const parts[] = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE",
		"EXDATE", "RECURRENCE-ID", "FREEBUSY"};
	icalproperty *p = icalcomponent_get_first_property(c, ICAL_XLICERROR_PROPERTY);

	for (; p; p = icalcomponent_get_next_property(c, ICAL_XLICERROR_PROPERTY)) {
		const char *text = icalproperty_get_xlicerror(p);

		for (size_t i = 0; text && i < sizeof(parts) / sizeof(parts[0]); i++)
			if (strstr(text, parts[i]))
				return parts[i];
	}
	return NULL;
}

static struct icaltimetype time_of(
	icalcomponent *c, icalproperty_kind kind, struct ics_window *w, unsigned line)
{
	icalproperty *p = icalcomponent_get_first_property(c, kind);
	const char *unknown = NULL;
	struct icaltimetype none = icaltime_null_time(), time;

	if (!p)
		return none;
	time = icalvalue_get_datetime(icalproperty_get_value(p));
	ics_zone_of(p, &unknown);
	if (unknown && !time.is_date && kind == ICAL_DTSTART_PROPERTY) {
		char *text = xstrfmt("unknown time zone '%s': taken as %s", unknown,
			icaltimezone_get_location(w->zone));

		ics_say_warning(line, text);
		free(text);
	}
	return ics_time_in_zone(time, p, w);
}

/* Whose calendar it is declined: his address is known, or he is the only one asked. */
static bool is_declined(icalcomponent *c, const struct ics_window *w)
{
	icalproperty *p = icalcomponent_get_first_property(c, ICAL_ATTENDEE_PROPERTY);
	bool alone = true, all = p != NULL;

	for (size_t n = 0; p; n++) {
		icalparameter *part =
			icalproperty_get_first_parameter(p, ICAL_PARTSTAT_PARAMETER);
		bool no = part && icalparameter_get_partstat(part) == ICAL_PARTSTAT_DECLINED;
		const char *who = icalproperty_get_attendee(p);

		if (who && !strncasecmp(who, "mailto:", 7))
			who += 7;
		if (no && who && *w->mail && !strcasecmp(who, w->mail))
			return true;
		alone &= n == 0;
		all &= no;
		p = icalcomponent_get_next_property(c, ICAL_ATTENDEE_PROPERTY);
	}
	return alone && all;
}

static bool takes_no_time(icalcomponent *c, const struct ics_window *w)
{
	icalproperty *transp = icalcomponent_get_first_property(c, ICAL_TRANSP_PROPERTY);
	enum icalproperty_transp how =
		transp ? icalproperty_get_transp(transp) : ICAL_TRANSP_OPAQUE;

	return icalcomponent_get_status(c) == ICAL_STATUS_CANCELLED || is_declined(c, w) ||
	       how == ICAL_TRANSP_TRANSPARENT || how == ICAL_TRANSP_TRANSPARENTNOCONFLICT;
}

static void read_recurrence_id(struct event *e, struct ics_window *w)
{
	icalproperty *p =
		icalcomponent_get_first_property(e->component, ICAL_RECURRENCEID_PROPERTY);
	icalparameter *range =
		p ? icalproperty_get_first_parameter(p, ICAL_RANGE_PARAMETER) : NULL;

	if (!p)
		return;
	e->replaces = true;
	e->place = time_of(e->component, ICAL_RECURRENCEID_PROPERTY, w, e->line);
	e->and_later = range && icalparameter_get_range(range) == ICAL_RANGE_THISANDFUTURE;
}

/* False: a fault was said. */
static bool read_event(struct event *e, icalcomponent *c, unsigned line, struct ics_window *w)
{
	const char *bad = unreadable_part(c);
	icalproperty *duration = icalcomponent_get_first_property(c, ICAL_DURATION_PROPERTY);

	*e = (struct event){.component = c, .line = line, .uid = icalcomponent_get_uid(c)};
	e->start = time_of(c, ICAL_DTSTART_PROPERTY, w, line);
	e->end = time_of(c, ICAL_DTEND_PROPERTY, w, line);
	if (bad || icaltime_is_null_time(e->start) || !icaltime_is_valid_time(e->start)) {
		char *text = xstrfmt("an event whose %s cannot be read", bad ? bad : "DTSTART");

		ics_say_fault(line, text);
		free(text);
		return false;
	}
	e->lasts = icaldurationtype_null_duration();
	if (duration)
		e->lasts = icalproperty_get_duration(duration);
	else if (icaltime_is_null_time(e->end) && e->start.is_date)
		e->lasts.days = 1;
	e->free = takes_no_time(c, w);
	e->uid = e->uid ? e->uid : "";
	read_recurrence_id(e, w);
	return true;
}

/* When the occurrence that begins then is over. */
static int64_t end_of(const struct event *e, struct icaltimetype start, struct ics_window *w)
{
	int64_t length;

	if (icaltime_is_null_time(e->end))
		return ics_instant_after(start, e->lasts, w);
	if (start.is_date && e->end.is_date) {
		struct icaldurationtype days = icaldurationtype_null_duration();

		days.days =
			(unsigned)((ics_instant(e->end, w) - ics_instant(e->start, w) + 43200) /
				   86400);
		return ics_instant_after(start, days, w);
	}
	length = ics_instant(e->end, w) - ics_instant(e->start, w);
	return ics_instant(start, w) + length;
}

/* ---- its occurrences ---- */

struct series {
	const struct event *event;
	const struct event *replacing; /* those of the same UID, by what they replace */
	size_t replacing_n;
	struct ics_window *window;
	int64_t *left_out; /* EXDATE, in order */
	size_t left_out_n, left_out_cap;
	int64_t *days_out; /* EXDATE of whole days where the event has a time */
	size_t days_out_n, days_out_cap;
};

static int compare_instants(const void *left, const void *right)
{
	int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;

	return (a > b) - (a < b);
}

static bool has_instant(const int64_t *items, size_t n, int64_t key)
{
	return n && bsearch(&key, items, n, sizeof(key), compare_instants);
}

static struct icaltimetype whole_day(struct icaltimetype t)
{
	t.is_date = 1;
	t.hour = t.minute = t.second = 0;
	t.zone = NULL;
	return t;
}

static void read_left_out(struct series *s)
{
	icalcomponent *c = s->event->component;
	icalproperty *p = icalcomponent_get_first_property(c, ICAL_EXDATE_PROPERTY);

	for (; p; p = icalcomponent_get_next_property(c, ICAL_EXDATE_PROPERTY)) {
		struct icaltimetype t = icalvalue_get_datetime(icalproperty_get_value(p));
		int64_t at = ics_instant(ics_time_in_zone(t, p, s->window), s->window);

		if (t.is_date && !s->event->start.is_date) {
			GROW(s->days_out, s->days_out_n, s->days_out_cap);
			s->days_out[s->days_out_n++] = at;
		} else {
			GROW(s->left_out, s->left_out_n, s->left_out_cap);
			s->left_out[s->left_out_n++] = at;
		}
	}
	if (s->left_out_n)
		qsort(s->left_out, s->left_out_n, sizeof(*s->left_out), compare_instants);
	if (s->days_out_n)
		qsort(s->days_out, s->days_out_n, sizeof(*s->days_out), compare_instants);
}

/* The change of this and later occurrences that holds for the one at that instant. */
static const struct event *change_for(const struct series *s, int64_t at)
{
	const struct event *found = NULL;

	for (size_t i = 0; i < s->replacing_n; i++)
		if (s->replacing[i].and_later &&
			ics_instant(s->replacing[i].place, s->window) <= at)
			found = &s->replacing[i];
	return found;
}

static bool is_replaced(const struct series *s, int64_t at)
{
	size_t low = 0, high = s->replacing_n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int64_t place = ics_instant(s->replacing[middle].place, s->window);

		if (place == at)
			return true;
		if (place < at)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static void say_occurrence(const struct series *s, struct icaltimetype start)
{
	const struct event *e = s->event, *change;
	int64_t at = ics_instant(start, s->window), begins;

	if (has_instant(s->left_out, s->left_out_n, at) || is_replaced(s, at))
		return;
	if (s->days_out_n && has_instant(s->days_out, s->days_out_n,
				     ics_instant(whole_day(start), s->window)))
		return;
	change = change_for(s, at);
	if (!change) {
		if (!e->free)
			ics_say_busy(s->window, at, end_of(e, start, s->window));
		return;
	}
	begins = at + ics_instant(change->start, s->window) -
		 ics_instant(change->place, s->window);
	if (!change->free)
		ics_say_busy(s->window, begins,
			begins + end_of(change, change->start, s->window) -
				ics_instant(change->start, s->window));
}

/* Where the iterator may begin: hours and less since long ago would take for ever. */
static void skip_ahead(
	icalrecur_iterator *it, const struct icalrecurrencetype *rule, const struct series *s)
{
	struct icaltimetype start = s->event->start, from;
	int64_t first = s->window->from -
			(end_of(s->event, start, s->window) - ics_instant(start, s->window));

	if (rule->count || rule->freq > ICAL_HOURLY_RECURRENCE || start.is_date)
		return;
	first -= 2 * 86400;
	if (first <= ics_instant(start, s->window))
		return;
	from = icaltime_from_timet_with_zone(first, 0, icaltimezone_get_utc_timezone());
	from.zone = icaltimezone_get_utc_timezone();
	from = icaltime_convert_to_zone(from, (icaltimezone *)start.zone);
	icalrecur_iterator_set_start(it, from);
}

/* False: a fault was said. */
static bool say_rule(const struct series *s, struct icalrecurrencetype rule, bool *first)
{
	struct icaltimetype start = s->event->start, t;
	icalrecur_iterator *it = icalrecur_iterator_new(rule, start);
	bool good = true;

	if (!it) {
		ics_say_fault(s->event->line, "an event whose RRULE cannot be followed");
		return false;
	}
	skip_ahead(it, &rule, s);
	for (unsigned n = 0; good; n++) {
		t = icalrecur_iterator_next(it);
		/* What was moved may have stood later. */
		if (icaltime_is_null_time(t) ||
			ics_instant(t, s->window) >= s->window->to + 366 * INT64_C(86400))
			break;
		good = n < ICS_MAX_OCCURRENCES;
		t.zone = start.zone;
		*first = *first || !icaltime_compare(t, start);
		say_occurrence(s, t);
	}
	if (!good)
		ics_say_fault(s->event->line, "an event that recurs too often to be followed");
	icalrecur_iterator_free(it);
	return good;
}

static void say_dates(const struct series *s)
{
	icalcomponent *c = s->event->component;
	icalproperty *p = icalcomponent_get_first_property(c, ICAL_RDATE_PROPERTY);

	for (; p; p = icalcomponent_get_next_property(c, ICAL_RDATE_PROPERTY)) {
		struct icaldatetimeperiodtype date = icalproperty_get_rdate(p);
		struct icalperiodtype period = date.period;
		struct icaltimetype start;

		if (icaltime_is_null_time(period.start)) {
			say_occurrence(s, ics_time_in_zone(date.time, p, s->window));
			continue;
		}
		start = ics_time_in_zone(period.start, p, s->window);
		if (s->event->free || is_replaced(s, ics_instant(start, s->window)))
			continue;
		if (icaltime_is_null_time(period.end))
			ics_say_busy(s->window, ics_instant(start, s->window),
				ics_instant_after(start, period.duration, s->window));
		else
			ics_say_busy(s->window, ics_instant(start, s->window),
				ics_instant(
					ics_time_in_zone(period.end, p, s->window), s->window));
	}
}

/* False: a fault was said. */
static bool say_series(struct series *s)
{
	icalcomponent *c = s->event->component;
	icalproperty *p = icalcomponent_get_first_property(c, ICAL_RRULE_PROPERTY);
	bool first = false, good = true;

	read_left_out(s);
	for (; p && good; p = icalcomponent_get_next_property(c, ICAL_RRULE_PROPERTY))
		good = say_rule(s, icalproperty_get_rrule(p), &first);
	if (good && !first) /* DTSTART counts, whatever the rule says; busy twice is busy */
		say_occurrence(s, s->event->start);
	if (good)
		say_dates(s);
	free(s->left_out);
	free(s->days_out);
	return good;
}

/* ---- all of them ---- */

static int compare_events(const void *left, const void *right)
{
	const struct event *a = left, *b = right;
	int order = strcmp(a->uid, b->uid);

	if (order)
		return order;
	if (a->replaces != b->replaces)
		return a->replaces ? 1 : -1;
	return a->replaces ? icaltime_compare(a->place, b->place) : 0;
}

static bool say_group(const struct event *events, size_t n, struct ics_window *w)
{
	size_t masters = 0;

	while (masters < n && !events[masters].replaces)
		masters++;
	for (size_t i = 0; i < n; i++) {
		const struct event *e = &events[i];
		struct series s = {.event = e, .window = w};

		if (e->replaces) {
			if (!e->free)
				ics_say_busy(
					w, ics_instant(e->start, w), end_of(e, e->start, w));
			continue;
		}
		if (*e->uid) { /* without an id nothing can be meant for it */
			s.replacing = events + masters;
			s.replacing_n = n - masters;
		}
		if (!say_series(&s))
			return false;
	}
	return true;
}

static void say_events(struct events *events, struct ics_window *w)
{
	size_t i = 0, n;

	if (events->n)
		qsort(events->items, events->n, sizeof(*events->items), compare_events);
	for (; i < events->n; i += n) {
		n = 1;
		while (i + n < events->n &&
			!strcmp(events->items[i].uid, events->items[i + n].uid))
			n++;
		if (!say_group(events->items + i, n, w))
			return;
	}
}

static void say_free_busy(icalcomponent *c, struct ics_window *w)
{
	icalproperty *p = icalcomponent_get_first_property(c, ICAL_FREEBUSY_PROPERTY);

	for (; p; p = icalcomponent_get_next_property(c, ICAL_FREEBUSY_PROPERTY)) {
		icalparameter *type =
			icalproperty_get_first_parameter(p, ICAL_FBTYPE_PARAMETER);
		struct icalperiodtype period = icalproperty_get_freebusy(p);
		int64_t from = ics_instant(period.start, w);

		if (type && icalparameter_get_fbtype(type) == ICAL_FBTYPE_FREE)
			continue;
		ics_say_busy(w, from,
			icaltime_is_null_time(period.end)
				? ics_instant_after(period.start, period.duration, w)
				: ics_instant(period.end, w));
	}
}

/* Takes the events of one calendar; *n counts what has a line. False: a fault was said. */
static bool take_calendar(struct events *out, icalcomponent *calendar,
	const struct ics_file *file, struct ics_window *w, size_t *n)
{
	icalcomponent *c = icalcomponent_get_first_component(calendar, ICAL_ANY_COMPONENT);

	for (; c; c = icalcomponent_get_next_component(calendar, ICAL_ANY_COMPONENT)) {
		icalcomponent_kind kind = icalcomponent_isa(c);
		unsigned line;

		if (kind != ICAL_VEVENT_COMPONENT && kind != ICAL_VFREEBUSY_COMPONENT)
			continue;
		line = *n < file->lines_n ? file->lines[*n] : 0;
		++*n;
		if (kind == ICAL_VFREEBUSY_COMPONENT) {
			say_free_busy(c, w);
			continue;
		}
		GROW(out->items, out->n, out->cap);
		if (!read_event(&out->items[out->n], c, line, w))
			return false;
		out->n++;
	}
	return true;
}

void ics_each_busy(const struct ics_file *file, struct ics_window *window)
{
	struct events events = {0};
	icalcomponent *root = file->root, *c;
	size_t n = 0;
	bool good = true;

	if (icalcomponent_isa(root) == ICAL_VCALENDAR_COMPONENT) {
		good = take_calendar(&events, root, file, window, &n);
	} else {
		c = icalcomponent_get_first_component(root, ICAL_VCALENDAR_COMPONENT);
		for (; c && good;
			c = icalcomponent_get_next_component(root, ICAL_VCALENDAR_COMPONENT))
			good = take_calendar(&events, c, file, window, &n);
	}
	if (good)
		say_events(&events, window);
	if (window->said > ICS_MAX_BUSY)
		ics_say_fault(0, "more busy times than anybody can have");
	free(events.items);
}
