#include "cmd/agenda.h"

#include "cmd/printer.h"
#include "core/civil.h"
#include "core/json_values.h"
#include "core/mem.h"

#include <stdlib.h>

struct line {
	const struct agenda_view *view;
	const struct agenda_entry *entry;
};

/* It is over, and no meeting is logged. */
static bool is_unlogged(const struct agenda_view *v, const struct agenda_entry *e)
{
	return e->kind == AGENDA_APPOINTMENT && e->ends <= v->clock->now.utc;
}

#define CLASHES_NAMED 3

/* The i-th entry, from *at on, of another opportunity that clashes with this one. */
static const struct agenda_entry *next_clash(
	const struct agenda_view *v, const struct agenda_entry *e, size_t *at)
{
	for (; *at < v->all.n; ++*at) {
		const struct agenda_entry *other = &v->all.items[*at];

		if (!same_string(other->id, e->id) && agenda_overlap(e, other)) {
			++*at;
			return other;
		}
	}
	return NULL;
}

static bool clashes(const struct agenda_view *v, const struct agenda_entry *e)
{
	size_t at = 0;

	return next_clash(v, e, &at) != NULL;
}

/* ---- text ---- */

/* The second of the day in the repository's zone. */
static int32_t second_of(const struct agenda_view *v, int64_t utc)
{
	struct moment m = moment_at(utc, v->clock);
	struct when w = when_from_moment(&m, v->clock);

	return w.second;
}

static void add_clock_time(struct str *out, int32_t second)
{
	str_addf(out, "%02d:%02d", second / 3600, second / 60 % 60);
}

/* "10:00-11:00"; calls: when they begin; "any time" for what has no time. */
static void add_time(struct str *out, const void *record)
{
	const struct line *l = record;
	const struct agenda_entry *e = l->entry;

	if (!e->timed) {
		str_add(out, "any time");
		return;
	}
	add_clock_time(out, second_of(l->view, e->begins));
	if (e->kind != AGENDA_APPOINTMENT)
		return;
	str_addch(out, '-');
	add_clock_time(out, second_of(l->view, e->ends));
}

static void add_id(struct str *out, const void *record)
{
	str_add(out, ((const struct line *)record)->entry->id);
}

static void add_client(struct str *out, const void *record)
{
	const char *client = ((const struct line *)record)->entry->opportunity->now.client;

	str_add(out, client ? client : "");
}

static void add_owner(struct str *out, const void *record)
{
	const char *owner = ((const struct line *)record)->entry->owner;

	str_add(out, owner ? owner : "");
}

static void add_what(struct str *out, const void *record)
{
	const struct agenda_entry *e = ((const struct line *)record)->entry;
	const struct step *step = &e->opportunity->now.next;
	const char *activity = step->activity ? step->activity : "meeting";

	if (e->kind == AGENDA_CALL) {
		str_addf(out, "call: book the %s", activity);
	} else if (e->kind == AGENDA_CONFIRMATION) {
		str_add(out, "call: fetch the answer");
		for (size_t i = 0; step->options && i < step->options->n; i++)
			str_addf(out, "%s%s", i ? "; " : ", ", step->options->items[i]);
	} else {
		str_add(out, activity);
	}
	if (step->place)
		str_addf(out, ", %s", step->place);
}

/* The first few by name, the others counted. */
static void add_clashes(struct str *out, const struct line *l)
{
	const struct agenda_entry *other;
	const char *before = out->len ? "; clashes with " : "clashes with ";
	size_t at = 0, n = 0;

	for (; (other = next_clash(l->view, l->entry, &at)); before = ", ")
		if (n++ < CLASHES_NAMED)
			str_addf(out, "%s%s", before, other->id);
	if (n > CLASHES_NAMED)
		str_addf(out, " and %zu more", n - CLASHES_NAMED);
}

/* The time where it is held, that it is not logged, what it clashes with. */
static void add_notice(struct str *out, const void *record)
{
	const struct line *l = record;
	const struct agenda_entry *e = l->entry;
	bool same_day = e->at.day == e->day;

	if (e->timed && e->at.zone[0] && same_day) {
		add_clock_time(out, e->at.second);
		str_addf(out, " %s", e->at.zone);
	} else if (e->timed && e->at.zone[0]) {
		when_add_echo(out, &e->at, l->view->clock);
	}
	if (is_unlogged(l->view, e))
		str_addf(out, "%snot logged yet", out->len ? "; " : "");
	add_clashes(out, l);
}

static enum tone line_tone(const void *record)
{
	const struct line *l = record;

	if (clashes(l->view, l->entry))
		return TONE_LATE;
	return is_unlogged(l->view, l->entry) ? TONE_SOON : TONE_PLAIN;
}

static const struct print_field fields[] = {
	{"when", "", PRINT_WHOLE, .text = add_time},
	{"opportunity", "", PRINT_WHOLE, .text = add_id},
	{"who", "", PRINT_CUT | PRINT_DROP, .text = add_client},
	{"owner", "", PRINT_CUT | PRINT_DROP, .text = add_owner},
	{"what", "", PRINT_LONG, .text = add_what},
	{"notice", "", PRINT_BELOW, .text = add_notice},
	{NULL},
};
static const struct print_spec agenda_print_spec = {
	.fields = fields, .no_headings = true, .tone = line_tone};

/* "sam 5 of 4, over capacity"; in a practice of one without the name. */
static void add_loads(struct str *out, const struct agenda_view *v, int32_t day)
{
	bool any = false;

	for (size_t i = 0; i < v->loads.n; i++) {
		const struct day_load *load = &v->loads.items[i];

		if (load->day != day)
			continue;
		str_addf(out, "%s%s%s%d of %d", any ? "; " : ": ",
			load->owner ? load->owner : "", load->owner ? " " : "",
			load->appointments, v->settings->appointments_per_day);
		if (agenda_over_capacity(&v->loads, load->owner, day, v->settings))
			str_add(out, ", over capacity");
		any = true;
	}
	if (!any && settings_works_on(v->settings, day) && day >= clock_today(v->clock))
		str_addf(out, ": 0 of %d", v->settings->appointments_per_day);
}

static size_t entries_on(const struct agenda_view *v, int32_t day)
{
	size_t n = 0;

	for (size_t i = 0; i < v->shown.n; i++)
		n += v->shown.items[i].day == day;
	return n;
}

static void add_heading(struct str *out, const struct agenda_view *v, int32_t day)
{
	struct when when = when_from_day(day);

	when_add_echo(out, &when, v->clock);
	if (day == clock_today(v->clock))
		str_add(out, ", today");
	if (!settings_works_on(v->settings, day))
		str_add(out, ", a day off");
	add_loads(out, v, day);
}

static void print_day(struct agenda_view *v, struct printer *printer, int32_t day)
{
	struct str heading = STR_INIT;

	add_heading(&heading, v, day);
	printer_heading(printer, heading.buf);
	for (size_t i = 0; i < v->shown.n; i++)
		if (v->shown.items[i].day == day)
			printer_record(printer, &(struct line){v, &v->shown.items[i]});
	str_release(&heading);
}

/* Days off on which there is nothing are passed over. */
static bool is_printed(const struct agenda_view *v, int32_t day)
{
	return settings_works_on(v->settings, day) || v->first == v->last || entries_on(v, day);
}

/* A table has at least one line. */
static void print_empty(const struct agenda_view *v)
{
	struct str text = STR_INIT;

	for (int32_t day = v->first; day <= v->last; day++) {
		if (!is_printed(v, day))
			continue;
		if (text.len)
			str_addch(&text, '\n');
		add_heading(&text, v, day);
		str_addch(&text, '\n');
	}
	print_text(text.buf);
	str_release(&text);
}

int agenda_print(struct agenda_view *v)
{
	struct printer *printer;

	if (!v->shown.n) {
		print_empty(v);
		return 0;
	}
	printer = printer_new(&agenda_print_spec, v->query.call);
	for (int32_t day = v->first; day <= v->last; day++)
		if (is_printed(v, day))
			print_day(v, printer, day);
	printer_finish(printer);
	printer_free(printer);
	return 0;
}

/* ---- JSON ---- */

static json_t *clashes_to_json(const struct agenda_view *v, const struct agenda_entry *e)
{
	const struct agenda_entry *other;
	json_t *out = json_array();
	size_t at = 0;

	while ((other = next_clash(v, e, &at)))
		json_array_append_new(out, json_of_text(other->id));
	return out;
}

static json_t *entry_to_json(const struct agenda_view *v, const struct agenda_entry *e)
{
	const struct state *s = &e->opportunity->now;
	struct moment ends = moment_at(e->ends, v->clock);
	json_t *out = json_object();

	json_object_set_new(out, "kind", json_of_text(agenda_kind_word(e->kind)));
	json_object_set_new(out, "at", json_of_when(&e->at, v->clock));
	json_object_set_new(out, "for", json_of_duration(&s->next.duration));
	json_object_set_new(out, "ends", e->timed ? json_of_moment(&ends) : json_null());
	json_object_set_new(out, "opportunity", json_of_text(e->id));
	json_object_set_new(out, "client", json_of_text(s->client));
	json_object_set_new(out, "title", json_of_text(s->title));
	json_object_set_new(out, "owner", json_of_text(e->owner));
	json_object_set_new(out, "activity", json_of_text(s->next.activity));
	json_object_set_new(out, "place", json_of_text(s->next.place));
	json_object_set_new(
		out, "with", s->next.with ? json_of_list(s->next.with) : json_array());
	json_object_set_new(
		out, "options", s->next.options ? json_of_list(s->next.options) : json_array());
	json_object_set_new(out, "unlogged", json_boolean(is_unlogged(v, e)));
	json_object_set_new(out, "clashes", clashes_to_json(v, e));
	return out;
}

static json_t *load_to_json(const struct agenda_view *v, const struct day_load *load)
{
	json_t *out = json_object();

	json_object_set_new(out, "owner", json_of_text(load->owner));
	json_object_set_new(out, "appointments", json_integer(load->appointments));
	json_object_set_new(out, "capacity", json_integer(v->settings->appointments_per_day));
	json_object_set_new(out, "over",
		json_boolean(
			agenda_over_capacity(&v->loads, load->owner, load->day, v->settings)));
	return out;
}

static json_t *day_to_json(const struct agenda_view *v, int32_t day)
{
	json_t *out = json_object(), *loads = json_array(), *entries = json_array();
	struct when when = when_from_day(day);

	for (size_t i = 0; i < v->loads.n; i++)
		if (v->loads.items[i].day == day)
			json_array_append_new(loads, load_to_json(v, &v->loads.items[i]));
	for (size_t i = 0; i < v->shown.n; i++)
		if (v->shown.items[i].day == day)
			json_array_append_new(entries, entry_to_json(v, &v->shown.items[i]));
	json_object_set_new(out, "day", json_of_when(&when, v->clock));
	json_object_set_new(out, "working", json_boolean(settings_works_on(v->settings, day)));
	json_object_set_new(out, "load", loads);
	json_object_set_new(out, "entries", entries);
	return out;
}

json_t *agenda_to_json(const struct agenda_view *v)
{
	json_t *out = json_array();

	for (int32_t day = v->first; day <= v->last; day++)
		json_array_append_new(out, day_to_json(v, day));
	return out;
}
