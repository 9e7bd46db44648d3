/* fu report activity: activity beside accomplishment, what it cost, the treadmill. */
#include "cmd/figures.h"

#include "core/mem.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define LABEL_COLUMNS 20
#define BAR_MOST 40
#define RUNNER_BAR 20

static const char *const series_names[] = {"contacts", "accomplishments"};

static void take_series(struct chart_series *out, const struct work *work)
{
	out[0] = (struct chart_series){"contacts", &work->contacts, TONE_PLAIN};
	out[1] = (struct chart_series){"accomplishments", &work->accomplishments, TONE_GOOD};
}

/* ---- the document ---- */

static json_t *runner_json(struct view *v, const struct runner *r)
{
	json_t *out = json_object();

	json_object_set_new(out, "opportunity", json_of_text(r->opportunity));
	json_object_set_new(out, "contacts", json_integer(r->contacts));
	json_object_set_new(out, "since", json_of_moment(&r->since));
	json_object_set_new(out, "accomplishments", json_integer(r->accomplishments));
	json_object_set_new(out, "minutes", json_integer(r->minutes));
	figure_set_evidence(v, out, "contacts", &r->acts);
	return out;
}

json_t *work_report_json(struct view *v, const struct figures *f)
{
	const struct work *w = &f->work;
	json_t *out = json_object(), *activity = json_object(), *done = json_object();
	json_t *treadmill = json_array();
	struct chart_series series[2];
	double ratio = 0;
	bool known = figures_ratio(&ratio, work_accomplishments(w), work_contacts(w));

	figure_set(v, activity, "meetings", &w->meetings);
	figure_set(v, activity, "calls", &w->calls);
	figure_set(v, activity, "touches", &w->touches);
	figure_set(v, activity, "unanswered", &w->unanswered);
	figure_set(v, activity, "minutes", &w->minutes);
	for (size_t i = 0; i < DONE_KINDS; i++)
		figure_set(v, done, accomplishment_word(i), &w->done[i]);
	for (size_t i = 0; i < w->n; i++)
		json_array_append_new(treadmill, runner_json(v, &w->treadmill[i]));
	json_object_set_new(out, "activity", activity);
	json_object_set_new(out, "accomplishment", done);
	json_object_set_new(out, "ratio", figure_number(known, ratio));
	figure_set(v, out, "lost_minutes", &w->lost_minutes);
	json_object_set_new(out, "treadmill", treadmill);
	take_series(series, w);
	figure_set_series(v, out, series, ARRAY_SIZE(series), series_names);
	return out;
}

/* ---- text ---- */

/* "20 h 40 min" */
static void add_time(struct str *out, int64_t minutes)
{
	if (minutes >= 60)
		str_addf(out, "%" PRId64 " h", minutes / 60);
	if (minutes % 60 || !minutes)
		str_addf(out, "%s%" PRId64 " min", minutes >= 60 ? " " : "", minutes % 60);
}

static void add_row(struct str *out, const struct view *v, const char *label, int64_t n,
	int64_t most, enum tone tone)
{
	size_t room =
		v->chart.width > LABEL_COLUMNS + 14 ? v->chart.width - LABEL_COLUMNS - 14 : 0;

	str_addf(out, "  %-*s%8" PRId64 "  ", LABEL_COLUMNS, label, n);
	chart_add_bar(out, &v->chart, n, most, room > BAR_MOST ? BAR_MOST : room, tone);
	while (out->buf[out->len - 1] == ' ')
		str_truncate(out, out->len - 1);
	str_addch(out, '\n');
}

static int64_t largest(const struct work *w)
{
	int64_t most = w->meetings.n;

	if (w->calls.n > most)
		most = w->calls.n;
	if (w->touches.n > most)
		most = w->touches.n;
	for (size_t i = 0; i < DONE_KINDS; i++)
		if (w->done[i].n > most)
			most = w->done[i].n;
	return most;
}

static void add_counts(struct str *out, const struct view *v, const struct work *w)
{
	static const char *const labels[DONE_KINDS] = {
		[DONE_PROCEEDED] = "proceeded",
		[DONE_BOOKED] = "appointments booked",
		[DONE_CONFIRMED] = "answers confirmed",
		[DONE_KEPT] = "kept by the client",
		[DONE_WON] = "won",
	};
	int64_t most = v->most;

	chart_add_heading(out, &v->chart, "activity");
	add_row(out, v, "meetings", w->meetings.n, most, TONE_PLAIN);
	add_row(out, v, "calls", w->calls.n, most, TONE_PLAIN);
	add_row(out, v, "touches", w->touches.n, most, TONE_PLAIN);
	str_addch(out, '\n');
	chart_add_heading(out, &v->chart, "accomplishment");
	for (size_t i = 0; i < DONE_KINDS; i++)
		add_row(out, v, labels[i], w->done[i].n, most, TONE_GOOD);
}

/* The line, wrapped; it is empty then. */
static void put_line(struct str *out, const struct view *v, struct str *line)
{
	chart_add_wrapped(out, &v->chart, line->buf, 0);
	str_truncate(line, 0);
}

static void add_sums(struct str *out, const struct view *v, const struct work *w)
{
	int64_t contacts = work_contacts(w), done = work_accomplishments(w);
	struct str line = STR_INIT;
	double ratio = 0;

	str_addf(&line, "%" PRId64 " %s for %" PRId64 " %s", done,
		done == 1 ? "accomplishment" : "accomplishments", contacts,
		contacts == 1 ? "contact" : "contacts");
	if (figures_ratio(&ratio, done, contacts))
		str_addf(&line, " (%.2f each)", ratio);
	put_line(out, v, &line);
	if (w->calls.n) {
		str_addf(&line, "%" PRId64 " of %" PRId64 " %s reached nobody", w->unanswered.n,
			w->calls.n, w->calls.n == 1 ? "call" : "calls");
		put_line(out, v, &line);
	}
	if (w->minutes.n) {
		add_time(&line, w->minutes.n);
		str_add(&line, " spent, ");
		if (w->lost_minutes.n)
			add_time(&line, w->lost_minutes.n);
		else
			str_add(&line, "nothing");
		str_add(&line, " of it on what was abandoned");
		put_line(out, v, &line);
	}
	str_release(&line);
}

/* Its name with a bar, and below what the bar is made of. `label`: columns of the names;
 * 0: there is no room for bars. */
static void add_runner(struct str *out, const struct view *v, const struct runner *r,
	int64_t most, size_t label)
{
	struct when since = when_from_moment(&r->since, v->clock);
	struct str line = STR_INIT;

	since.second = WHEN_DAY_ALONE;
	str_add(out, "  ");
	if (label) {
		chart_add_cell(out, &v->chart, r->opportunity, label);
		str_add(out, "  ");
		chart_add_bar(out, &v->chart, r->contacts, most, RUNNER_BAR, TONE_LATE);
	} else {
		chart_add_text(out, r->opportunity);
	}
	str_addch(out, '\n');
	str_addf(&line, "%" PRId64 " %s since ", r->contacts,
		r->contacts == 1 ? "contact" : "contacts");
	when_add_echo(&line, &since, v->clock);
	str_addf(&line, ", %" PRId64 " %s before", r->accomplishments,
		r->accomplishments == 1 ? "accomplishment" : "accomplishments");
	if (r->minutes) {
		str_add(&line, ", ");
		add_time(&line, r->minutes);
	}
	chart_add_wrapped(out, &v->chart, line.buf, 4);
	str_release(&line);
}

static size_t label_columns(const struct view *v, const struct work *w)
{
	size_t label = 0;

	for (size_t i = 0; i < w->n && i < NAMED_MOST; i++)
		if (strlen(w->treadmill[i].opportunity) > label)
			label = strlen(w->treadmill[i].opportunity);
	return label + RUNNER_BAR + 4 <= v->chart.width ? label : 0;
}

static void add_treadmill(struct str *out, const struct view *v, const struct work *w)
{
	int least = v->settings->treadmill;
	char *heading = xstrfmt("treadmill: %d %s or more, and no accomplishment since", least,
		least == 1 ? "contact" : "contacts");
	size_t label = label_columns(v, w);

	chart_add_heading(out, &v->chart, heading);
	free(heading);
	for (size_t i = 0; i < w->n && i < NAMED_MOST; i++)
		add_runner(out, v, &w->treadmill[i], v->runner, label);
	figure_add_more(out, v, w->n);
	if (!w->n)
		str_add(out, "  none\n");
}

void work_report_measure(struct view *v, const struct figures *f)
{
	struct chart_series series[2];
	int64_t most = largest(&f->work);

	v->most = most > v->most ? most : v->most;
	take_series(series, &f->work);
	chart_measure(&v->axis, series, ARRAY_SIZE(series));
	for (size_t i = 0; i < f->work.n; i++)
		if (f->work.treadmill[i].contacts > v->runner)
			v->runner = f->work.treadmill[i].contacts;
}

void work_report_add(struct str *out, struct view *v, const struct figures *f)
{
	struct chart_series series[2];

	add_counts(out, v, &f->work);
	str_addch(out, '\n');
	add_sums(out, v, &f->work);
	str_addch(out, '\n');
	take_series(series, &f->work);
	if (f->work.contacts.n || f->work.accomplishments.n) {
		chart_add_series(out, &v->chart, &v->axis, series, ARRAY_SIZE(series));
		str_addch(out, '\n');
	}
	add_treadmill(out, v, &f->work);
}
