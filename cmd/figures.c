/* fu report: figures from the acts: flow, activity, habits, causes (contract, 8). */
#include "cmd/figures.h"

#include "cmd/printer.h"
#include "cmd/query.h"
#include "cmd/report.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/suggest.h"

#include <stdlib.h>
#include <string.h>

enum grouping { BY_NONE, BY_OWNER, BY_PROCESS, BY_SOURCE, BY_CLIENT };
static const char *const by_words[] = {NULL, "owner", "process", "source", "client", NULL};

struct report_options {
	const char *report, *process, *since, *until;
	int by;
	bool evidence;
};

static const struct opt opts[] = {
	{OPT_TEXT, "process", .arg = "<name>",
		.slot = SLOT_TEXT(struct report_options, process),
		.help = "opportunities that follow this process"},
	{OPT_BACK, "since", .arg = "<when>", .slot = SLOT_TEXT(struct report_options, since),
		.help = "what happened then or later"},
	{OPT_BACK, "until", .arg = "<when>", .slot = SLOT_TEXT(struct report_options, until),
		.help = "what happened then or before"},
	{OPT_WORD, "by", .words = by_words, .slot = SLOT_INT(struct report_options, by),
		.help = "a report for each of them"},
	{OPT_FLAG, "evidence", .slot = SLOT_BOOL(struct report_options, evidence),
		.help = "with the acts behind each figure, and their commits"},
	{OPT_GROUP, .group = opts_json},
	{OPT_END},
};

static const struct positional positionals[] = {
	{"flow|activity|habits|causes", .slot = SLOT_TEXT(struct report_options, report)},
	{NULL},
};

const struct command_spec spec_report = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct report_options)};

struct report {
	const char *name;
	json_t *(*json)(struct view *v, const struct figures *f);
	void (*measure)(struct view *v, const struct figures *f); /* NULL: it has no bars */
	void (*add)(struct str *out, struct view *v, const struct figures *f);
};
static const struct report reports[] = {
	{"flow", flow_report_json, flow_report_measure, flow_report_add},
	{"activity", work_report_json, work_report_measure, work_report_add},
	{"habits", habits_report_json, NULL, habits_report_add},
	{"causes", causes_report_json, causes_report_measure, causes_report_add},
};

static int find_report(const struct report **out, const char *name)
{
	struct nearest nearest;

	nearest_start(&nearest, name);
	for (size_t i = 0; i < ARRAY_SIZE(reports); i++) {
		*out = &reports[i];
		if (!strcmp(reports[i].name, name))
			return 0;
		nearest_offer(&nearest, reports[i].name);
	}
	error_set(ERR_USAGE, "unknown report '%s': flow, activity, habits or causes", name);
	if (nearest.word)
		error_hint("did you mean 'fu report %s'?", nearest.word);
	return ERR_USAGE;
}

/* ---- what the reports have in common ---- */

json_t *figure_number(bool known, double n)
{
	if (!known)
		return json_null();
	if (n == (double)(json_int_t)n)
		return json_integer((json_int_t)n);
	return json_real(n);
}

void figure_set_evidence(
	struct view *v, json_t *object, const char *name, const struct figure *f)
{
	json_t *evidence;

	if (!v->evidence)
		return;
	evidence = json_object_get(object, "evidence");
	if (!evidence) {
		evidence = json_object();
		json_object_set_new(object, "evidence", evidence);
	}
	json_object_set_new(evidence, name, evidence_json(v->evidence, f));
}

void figure_set(struct view *v, json_t *object, const char *name, const struct figure *f)
{
	json_object_set_new(object, name, json_integer(f->n));
	figure_set_evidence(v, object, name, f);
}

void figure_set_series(const struct view *v, json_t *object, const struct chart_series *series,
	size_t n, const char *const *names)
{
	json_t *over_time = json_object(), *periods = json_array();
	int64_t counts[FLOW_EVENTS][SPANS_MOST];
	const struct spans *spans = &v->axis.spans;

	for (size_t i = 0; i < n; i++)
		spans_count(counts[i], spans, series[i].days);
	for (size_t j = 0; j < spans->n; j++) {
		json_t *period = json_object();
		struct when begins = when_from_day(spans->begins[j]);

		json_object_set_new(period, "begins", json_of_when(&begins, NULL));
		for (size_t i = 0; i < n; i++)
			json_object_set_new(period, names[i], json_integer(counts[i][j]));
		json_array_append_new(periods, period);
	}
	json_object_set_new(over_time, "unit",
		spans->n ? json_of_text(span_word(spans->unit)) : json_null());
	json_object_set_new(over_time, "periods", periods);
	json_object_set_new(object, "over_time", over_time);
}

void figure_add_more(struct str *out, const struct view *v, size_t n)
{
	if (n > NAMED_MOST)
		str_addf(out, "  %s and %zu more: --json names all\n",
			chart_ellipsis(&v->chart), n - NAMED_MOST);
}

/* ---- one run ---- */

struct group {
	char *key; /* or NULL */
	struct figures figures;
};

struct run {
	struct query query;
	const struct report_options *options;
	const struct report *report;
	struct figures_ground ground;
	struct view view;
	struct group *groups; /* by key, none last; without --by the only one */
	size_t n, cap;
};

static int compare_keys(const char *a, const char *b)
{
	if (!a || !b)
		return !a - !b;
	return strcmp(a, b);
}

static struct group *find_group(struct run *r, const char *key)
{
	size_t low = 0, high = r->n;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = compare_keys(r->groups[middle].key, key);

		if (!order)
			return &r->groups[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	GROW(r->groups, r->n, r->cap);
	memmove(&r->groups[low + 1], &r->groups[low], (r->n - low) * sizeof(*r->groups));
	r->groups[low] = (struct group){.key = xstrdup_or_null(key)};
	figures_init(&r->groups[low].figures, &r->ground);
	r->n++;
	return &r->groups[low];
}

static const char *key_of(const struct run *r, const struct opportunity *o)
{
	switch ((enum grouping)r->options->by) {
	case BY_OWNER:
		return o->now.owner;
	case BY_PROCESS:
		return o->now.process;
	case BY_SOURCE:
		return o->now.source;
	case BY_CLIENT:
		return o->now.client;
	case BY_NONE:
		break;
	}
	return NULL;
}

static int visit(void *context, struct opportunity *o, bool *keep)
{
	struct run *r = context;

	(void)keep;
	if (o->now.status == STATUS_NONE ||
		(r->options->process && !same_string(r->options->process, o->now.process)))
		return 0;
	figures_add(&find_group(r, key_of(r, o))->figures, o, query_process(&r->query, o));
	return 0;
}

/* Every process has its flow, also one that nothing follows. */
static int begin_flows(struct run *r)
{
	struct figures *f = &find_group(r, NULL)->figures;
	struct list names = {0};
	int err = 0;

	if (r->options->process)
		list_add(&names, r->options->process);
	else
		err = repo_process_names(r->query.call->repo, &names);
	for (size_t i = 0; !err && i < names.n; i++) {
		const struct process *p = NULL;

		if (repo_process(r->query.call->repo, names.items[i], &p)) {
			list_add(&r->query.unread, names.items[i]);
			report_as_warnings();
		}
		figures_flow(f, names.items[i], p);
	}
	list_release(&names);
	return err;
}

static int read_period(struct run *r)
{
	const struct clock *clock = r->view.clock;
	struct view *v = &r->view;
	int err = 0;

	r->ground.since = INT64_MIN;
	r->ground.until = INT64_MAX;
	if (r->options->since)
		err = when_parse(&v->since, r->options->since, LOOK_BACK, clock, NULL);
	if (!err && r->options->until)
		err = when_parse(&v->until, r->options->until, LOOK_BACK, clock, NULL);
	if (err)
		return err;
	if (v->since.set)
		r->ground.since = when_begins(&v->since, clock);
	if (v->until.set)
		r->ground.until = when_ends(&v->until, clock);
	if (r->ground.since > r->ground.until)
		return error_set(ERR_USAGE, "the period ends before it begins: '%s' to '%s'",
			r->options->since, r->options->until);
	return 0;
}

/* From the first act that is counted to today, or to where the period ends: that nothing
 * happened of late is to be seen. */
static void find_axis(struct run *r)
{
	const struct view *v = &r->view;
	int32_t end = clock_today(v->clock);
	struct day_range range = {0};

	for (size_t i = 0; i < r->n; i++) {
		const struct figures *f = &r->groups[i].figures;

		for (size_t j = 0; j < f->n; j++)
			for (size_t event = 0; event < FLOW_EVENTS; event++)
				day_range_add(&range, &f->flows[j].days[event]);
		day_range_add(&range, &f->work.contacts);
		day_range_add(&range, &f->work.accomplishments);
	}
	if (v->until.set && v->until.day < end)
		end = v->until.day;
	if (end > range.last)
		range.last = end;
	spans_make(&r->view.axis.spans, &range);
}

static int gather(struct run *r)
{
	int err = read_period(r);

	if (!err && r->options->process)
		err = query_check_process(&r->query, r->options->process);
	if (!err && !r->options->by)
		err = begin_flows(r);
	if (!err)
		err = query_each(&r->query, NULL, QUERY_ALL, visit, r);
	for (size_t i = 0; i < r->n; i++)
		figures_finish(&r->groups[i].figures);
	find_axis(r);
	if (!err && r->options->evidence)
		err = evidence_open(&r->view.evidence, r->query.call->repo);
	return err;
}

/* ---- the document ---- */

static json_t *grouped_json(struct run *r)
{
	json_t *document = json_object(), *groups = json_array();

	for (size_t i = 0; i < r->n; i++) {
		json_t *group = json_object(),
		       *report = r->report->json(&r->view, &r->groups[i].figures);

		json_object_set_new(group, "key", json_of_text(r->groups[i].key));
		json_object_update(group, report);
		json_decref(report);
		json_array_append_new(groups, group);
	}
	json_object_set_new(document, "by", json_of_text(by_words[r->options->by]));
	json_object_set_new(document, "groups", groups);
	return document;
}

static json_t *document_of(struct run *r)
{
	if (r->options->by)
		return grouped_json(r);
	return r->report->json(&r->view, &r->groups[0].figures);
}

/* ---- the text ---- */

static void add_period(struct str *out, const struct run *r)
{
	const struct view *v = &r->view;
	struct str line = STR_INIT;

	if (!v->since.set && !v->until.set)
		return;
	if (v->since.set) {
		str_add(&line, "since ");
		when_add_echo(&line, &v->since, v->clock);
	}
	if (v->until.set) {
		str_add(&line, v->since.set ? ", until " : "until ");
		when_add_echo(&line, &v->until, v->clock);
	}
	str_addf(out, "%s\n\n", line.buf);
	str_release(&line);
}

static void add_group_heading(struct str *out, const struct run *r, const struct group *g)
{
	struct str line = STR_INIT;

	str_addf(&line, "%s ", by_words[r->options->by]);
	chart_add_text(&line, g->key ? g->key : "(none)");
	chart_add_heading(out, &r->view.chart, line.buf);
	str_addch(out, '\n');
	str_release(&line);
}

static void print_text_of(struct run *r)
{
	struct str out = STR_INIT;

	add_period(&out, r);
	for (size_t i = 0; r->report->measure && i < r->n; i++)
		r->report->measure(&r->view, &r->groups[i].figures);
	for (size_t i = 0; i < r->n; i++) {
		if (i)
			str_addch(&out, '\n');
		if (r->options->by)
			add_group_heading(&out, r, &r->groups[i]);
		r->report->add(&out, &r->view, &r->groups[i].figures);
	}
	if (!r->n)
		str_add(&out, "no opportunities\n");
	if (r->view.evidence) {
		json_t *document = document_of(r);

		evidence_add_text(&out, &r->view.chart, document);
		json_decref(document);
	}
	chart_print(&out);
	str_release(&out);
}

static int run_report(
	struct call *call, const struct report_options *o, const struct report *report)
{
	struct run r = {.options = o, .report = report};
	int err;

	r.view = (struct view){.call = call,
		.clock = repo_clock(call->repo),
		.settings = repo_settings(call->repo),
		.process = o->process,
		.by_process = o->by == BY_PROCESS};
	r.ground = (struct figures_ground){
		.settings = r.view.settings, .clock = r.view.clock, .evidence = o->evidence};
	chart_init(&r.view.chart, call);
	query_init(&r.query, call);
	err = gather(&r);
	if (!err && call->common.json)
		print_json(document_of(&r));
	else if (!err)
		print_text_of(&r);
	for (size_t i = 0; i < r.n; i++) {
		free(r.groups[i].key);
		figures_release(&r.groups[i].figures);
	}
	free(r.groups);
	evidence_close(r.view.evidence);
	query_release(&r.query);
	return err;
}

/* Which report is judged before a repository is looked for. */
int cmd_report(struct call *call, const void *options)
{
	const struct report_options *o = options;
	const struct report *report;
	int err = find_report(&report, o->report);

	if (!err)
		err = call_open_repo(call);
	if (err)
		return err;
	terminal_start_pager(&call->terminal, call->repo);
	return run_report(call, o, report);
}
