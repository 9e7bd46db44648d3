/* fu report flow: a funnel for each process, and what moved over time. */
#include "cmd/figures.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const event_names[FLOW_EVENTS] = {"opened", "proceeded", "won", "abandoned"};

static void take_series(struct chart_series *out, const struct flow *flow)
{
	static const enum tone tones[FLOW_EVENTS] = {
		TONE_PLAIN, TONE_PLAIN, TONE_GOOD, TONE_LATE};

	for (size_t i = 0; i < FLOW_EVENTS; i++)
		out[i] = (struct chart_series){event_names[i], &flow->days[i], tones[i]};
}

/* ---- documents ---- */

static json_t *activity_json(struct view *v, const struct activity_flow *a)
{
	json_t *out = json_object();
	double conversion = 0, days = 0;
	bool known = !a->outside && figures_ratio(&conversion, a->proceeded.n, a->entered.n);

	json_object_set_new(out, "activity", json_of_text(a->activity));
	figure_set(v, out, "entered", &a->entered);
	figure_set(v, out, "proceeded", &a->proceeded);
	figure_set(v, out, "repeated", &a->repeated);
	figure_set(v, out, "abandoned", &a->abandoned);
	figure_set(v, out, "standing", &a->standing);
	json_object_set_new(out, "conversion", figure_number(known, conversion));
	known = figures_median(&days, &a->took);
	json_object_set_new(out, "median_days", figure_number(known, days));
	return out;
}

static void set_head(struct view *v, json_t *out, const struct flow *flow)
{
	double rate = 0, days = 0;
	bool known = figures_ratio(&rate, flow->won.n, flow->won.n + flow->abandoned.n);

	json_object_set_new(out, "process", json_of_text(flow->process));
	json_object_set_new(out, "since", json_of_when(&v->since, v->clock));
	json_object_set_new(out, "until", json_of_when(&v->until, v->clock));
	figure_set(v, out, "opened", &flow->opened);
	figure_set(v, out, "won", &flow->won);
	figure_set(v, out, "abandoned", &flow->abandoned);
	figure_set(v, out, "open", &flow->open);
	json_object_set_new(out, "win_rate", figure_number(known, rate));
	known = figures_median(&days, &flow->to_win);
	json_object_set_new(out, "median_days_to_win", figure_number(known, days));
}

static json_t *flow_json(struct view *v, const struct flow *flow)
{
	struct chart_series series[FLOW_EVENTS];
	json_t *out = json_object(), *activities = json_array();

	set_head(v, out, flow);
	for (size_t i = 0; i < flow->n; i++)
		json_array_append_new(activities, activity_json(v, &flow->activities[i]));
	json_object_set_new(out, "activities", activities);
	take_series(series, flow);
	figure_set_series(v, out, series, FLOW_EVENTS, event_names);
	return out;
}

static void add_to_total(struct flow *total, const struct flow *flow)
{
	total->opened.n += flow->opened.n;
	total->won.n += flow->won.n;
	total->abandoned.n += flow->abandoned.n;
	total->open.n += flow->open.n;
	for (size_t i = 0; i < flow->to_win.n; i++) {
		GROW(total->to_win.items, total->to_win.n, total->to_win.cap);
		total->to_win.items[total->to_win.n++] = flow->to_win.items[i];
	}
}

/* The process that new opportunities follow first, then by name. */
static const struct flow *nth_flow(const struct view *v, const struct figures *f, size_t n)
{
	const char *first = v->settings->process;

	for (size_t i = 0; i < f->n; i++)
		if (same_string(f->flows[i].process, first)) {
			if (!n)
				return &f->flows[i];
			return &f->flows[n <= i ? n - 1 : n];
		}
	return &f->flows[n];
}

json_t *flow_report_json(struct view *v, const struct figures *f)
{
	struct evidence *evidence = v->evidence;
	json_t *out, *processes;
	struct flow total = {0};

	if ((v->process || v->by_process) && f->n == 1)
		return flow_json(v, &f->flows[0]);
	out = json_object();
	processes = json_array();
	for (size_t i = 0; i < f->n; i++) {
		json_array_append_new(processes, flow_json(v, nth_flow(v, f, i)));
		add_to_total(&total, &f->flows[i]);
	}
	/* What is behind the sums is behind their parts. */
	v->evidence = NULL;
	set_head(v, out, &total);
	v->evidence = evidence;
	free(total.to_win.items);
	json_object_set_new(out, "processes", processes);
	return out;
}

/* ---- text ---- */

static int64_t shown(const struct activity_flow *a)
{
	int64_t parts = a->proceeded.n + a->abandoned.n + a->standing.n;

	return a->entered.n > parts ? a->entered.n : parts;
}

static bool has_something(const struct flow *flow)
{
	for (size_t i = 0; i < flow->n; i++)
		if (shown(&flow->activities[i]) || flow->activities[i].repeated.n)
			return true;
	return flow->opened.n || flow->won.n || flow->abandoned.n || flow->open.n;
}

static void add_summary(struct str *out, struct view *v, const struct flow *flow)
{
	const struct chart *c = &v->chart;
	struct str line = STR_INIT;
	double rate = 0, days = 0;
	bool known;

	chart_add_text(&line, flow->process ? flow->process : "(no process)");
	chart_add_heading(out, c, line.buf);
	str_truncate(&line, 0);
	str_addf(&line,
		"%" PRId64 " opened, %" PRId64 " won, %" PRId64 " abandoned, %" PRId64
		" open; won of those closed: ",
		flow->opened.n, flow->won.n, flow->abandoned.n, flow->open.n);
	known = figures_ratio(&rate, flow->won.n, flow->won.n + flow->abandoned.n);
	chart_add_percent(&line, c, known, rate);
	known = figures_median(&days, &flow->to_win);
	if (known) {
		str_add(&line, ", in ");
		chart_add_days(&line, c, known, days);
		str_add(&line, " (median)");
	}
	chart_add_wrapped(out, c, line.buf, 2);
	str_release(&line);
}

static void add_funnel_words(
	struct str *out, struct view *v, const struct activity_flow *a, size_t indent)
{
	struct str line = STR_INIT;
	double ratio = 0, days = 0;
	bool known = !a->outside && figures_ratio(&ratio, a->proceeded.n, a->entered.n);

	str_addf(&line, "%" PRId64 " proceeded", a->proceeded.n);
	if (known) {
		str_add(&line, " (");
		chart_add_percent(&line, &v->chart, known, ratio);
		str_addch(&line, ')');
	}
	if (figures_median(&days, &a->took)) {
		str_add(&line, " in ");
		chart_add_days(&line, &v->chart, true, days);
	}
	str_addf(&line, ", %" PRId64 " abandoned, %" PRId64 " standing", a->abandoned.n,
		a->standing.n);
	if (a->repeated.n)
		str_addf(&line, ", %" PRId64 " %s", a->repeated.n,
			a->repeated.n == 1 ? "repeat" : "repeats");
	chart_add_wrapped(out, &v->chart, line.buf, indent);
	str_release(&line);
}

static void add_funnel_row(struct str *out, struct view *v, const struct activity_flow *a)
{
	const struct chart_part parts[] = {
		{a->proceeded.n, FILL_FULL, TONE_GOOD},
		{a->abandoned.n, FILL_HALF, TONE_LATE},
		{a->standing.n, FILL_LIGHT, TONE_PLAIN},
	};
	int digits = snprintf(NULL, 0, "%" PRId64, v->most);
	size_t indent = v->label + 4, room = v->chart.width - indent;
	char *entered = xstrfmt("  %*" PRId64 " entered", digits, a->entered.n);
	size_t taken = strlen(entered);

	str_add(out, "  ");
	chart_add_cell(out, &v->chart, a->activity, v->label);
	str_add(out, "  ");
	if (room > taken + 4)
		chart_add_parts(
			out, &v->chart, parts, ARRAY_SIZE(parts), v->most, room - taken);
	str_addf(out, "%s\n", entered);
	if (shown(a) || a->repeated.n)
		add_funnel_words(out, v, a, indent);
	free(entered);
}

static void add_funnel(struct str *out, struct view *v, const struct flow *flow)
{
	const struct chart *c = &v->chart;

	for (size_t i = 0; i < flow->n; i++)
		add_funnel_row(out, v, &flow->activities[i]);
	str_addf(out, "\n  %s proceeded   %s abandoned   %s standing\n",
		chart_fill(c, FILL_FULL), chart_fill(c, FILL_HALF), chart_fill(c, FILL_LIGHT));
}

static void measure_funnel(struct view *v, const struct flow *flow)
{
	size_t limit = v->chart.width / 3;

	for (size_t i = 0; i < flow->n; i++) {
		const struct activity_flow *a = &flow->activities[i];
		struct str safe = STR_INIT;
		size_t width;

		chart_add_text(&safe, a->activity);
		width = utf8_width(safe.buf);
		str_release(&safe);
		width = width < limit ? width : limit;
		v->label = width > v->label ? width : v->label;
		v->most = shown(a) > v->most ? shown(a) : v->most;
	}
}

static void add_flow(struct str *out, struct view *v, const struct flow *flow)
{
	struct chart_series series[FLOW_EVENTS];

	add_summary(out, v, flow);
	if (!has_something(flow))
		return;
	str_addch(out, '\n');
	add_funnel(out, v, flow);
	str_addch(out, '\n');
	take_series(series, flow);
	chart_add_series(out, &v->chart, &v->axis, series, FLOW_EVENTS);
}

/* With one flow it is shown whatever it has. */
static bool is_shown(const struct figures *f, const struct flow *flow)
{
	return f->n == 1 || has_something(flow);
}

void flow_report_measure(struct view *v, const struct figures *f)
{
	struct chart_series series[FLOW_EVENTS];

	for (size_t i = 0; i < f->n; i++) {
		if (!is_shown(f, &f->flows[i]))
			continue;
		measure_funnel(v, &f->flows[i]);
		take_series(series, &f->flows[i]);
		chart_measure(&v->axis, series, FLOW_EVENTS);
	}
}

void flow_report_add(struct str *out, struct view *v, const struct figures *f)
{
	bool any = false;

	for (size_t i = 0; i < f->n; i++) {
		const struct flow *flow = nth_flow(v, f, i);

		if (!is_shown(f, flow))
			continue;
		if (any)
			str_addch(out, '\n');
		add_flow(out, v, flow);
		any = true;
	}
	if (!any)
		str_add(out, "no opportunities\n");
}
