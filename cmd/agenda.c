/*
 * fu agenda: appointments and calls by day, load against capacity (A8), clashes; and times
 * that are free to be offered.
 *
 * What is in the days that are asked for comes out of the listing of what is live; only
 * those opportunities are read.
 */
#include "cmd/agenda.h"

#include "cmd/free_times.h"
#include "cmd/printer.h"
#include "core/civil.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/opportunity_json.h"

#include <stdlib.h>
#include <string.h>

#define WEEK 7
#define MOST_TIMES 100 /* no two on one day, and not all days are working days */

struct agenda_options {
	const char *date, *owner, *from;
	bool day, week, free;
	struct count n;
	struct duration length;
	struct list busy;
};

static const struct opt agenda_opts[] = {
	{OPT_FLAG, "day", .slot = SLOT_BOOL(struct agenda_options, day),
		.help = "that day alone"},
	{OPT_FLAG, "week", .slot = SLOT_BOOL(struct agenda_options, week),
		.help = "seven days from that day on: the default"},
	{OPT_TEXT, "owner", .arg = "<who>|me|all",
		.slot = SLOT_TEXT(struct agenda_options, owner),
		.help = "what is in opportunities of this owner"},
	{OPT_FLAG, "free", .slot = SLOT_BOOL(struct agenda_options, free),
		.help = "times to offer"},
	{OPT_COUNT, NULL, 'n', .arg = "<n>", .slot = SLOT_COUNT(struct agenda_options, n),
		.help = "so many of them, instead of two"},
	{OPT_AHEAD, "from", .arg = "<when>", .slot = SLOT_TEXT(struct agenda_options, from),
		.help = "none before that; the day after tomorrow, if not given"},
	{OPT_DURATION, "for", .arg = "<duration>",
		.slot = SLOT_DURATION(struct agenda_options, length),
		.help = "how long it takes; an hour, if not given"},
	{OPT_LIST, "busy", .arg = "<ics>", .slot = SLOT_LIST(struct agenda_options, busy),
		.help = "a foreign calendar to mind, beside those of fu.busy"},
	{OPT_GROUP, .group = opts_json},
	{OPT_END},
};

static const struct positional agenda_positionals[] = {
	{"<date>", .optional = true, .slot = SLOT_TEXT(struct agenda_options, date)},
	{NULL},
};

static const char *const agenda_forms[] = {
	"[--day|--week] [<date>] [--owner <who>|me|all] [--json]",
	"--free [-n <n>] [--from <when>] [--for <duration>] [--busy <ics>]... "
	"[--owner <who>|me|all] [--json]",
	NULL,
};

const struct command_spec spec_agenda = {.opts = agenda_opts,
	.positionals = agenda_positionals,
	.forms = agenda_forms,
	.size = sizeof(struct agenda_options)};

static int judge_options(const struct agenda_options *o)
{
	bool of_free = o->n.given || o->from || o->length.count || o->busy.n;

	if (o->day && o->week)
		return error_set(ERR_USAGE, "--day or --week, not both");
	if (o->free && (o->day || o->week || o->date))
		return error_set(ERR_USAGE, "--free looks for times: it takes no day, but "
					    "--from <when>");
	if (!o->free && of_free)
		return error_set(ERR_USAGE, "-n, --from, --for and --busy go with --free");
	if (o->n.n > MOST_TIMES)
		return error_set(ERR_USAGE, "-n: no more than %d", MOST_TIMES);
	return o->date ? typed_check_date("<date>", o->date, LOOK_AHEAD) : 0;
}

/* ---- the days ---- */

static void view_release(struct agenda_view *v)
{
	agenda_release(&v->all);
	agenda_release(&v->shown);
	loads_release(&v->loads);
	list_release(&v->ids);
	for (size_t i = 0; i < v->read_n; i++)
		opportunity_free(v->read[i]);
	free(v->read);
	owners_release(&v->owners);
	query_release(&v->query);
}

static bool is_shown(const struct agenda_view *v, const struct agenda_entry *e)
{
	return e->day >= v->first && e->day <= v->last;
}

static int visit_listed(void *context, const struct listed *l, const char *fault)
{
	struct agenda_view *v = context;

	if (fault)
		query_warn(&v->query, fault);
	if (!l || !owners_have(&v->owners, l->owner))
		return 0;
	for (size_t i = 0; i < l->n; i++) {
		size_t n = v->all.n;
		const struct agenda_entry *e;

		agenda_add_item(&v->all, &l->items[i], l->owner, v->clock);
		if (v->all.n == n)
			continue;
		e = &v->all.items[n];
		if (!is_shown(v, e))
			continue;
		list_add(&v->ids, l->id);
		if (e->kind == AGENDA_APPOINTMENT)
			loads_add(&v->loads, e->owner, e->day);
	}
	return 0;
}

static int visit(void *context, struct opportunity *o, bool *keep)
{
	struct agenda_view *v = context;

	GROW(v->read, v->read_n, v->read_cap);
	v->read[v->read_n++] = o;
	*keep = true;
	agenda_add_step(&v->shown, o, v->clock);
	return 0;
}

static int gather(struct agenda_view *v, const struct agenda_options *o)
{
	struct when from = when_from_day(clock_today(v->clock));
	int err = owners_parse(&v->owners, v->query.call, o->owner);

	if (!err && o->date)
		err = when_parse(&from, o->date, LOOK_AHEAD, v->clock, NULL);
	if (err)
		return err;
	v->first = agenda_day(&from, v->clock);
	v->last = v->first + (o->day ? 0 : WEEK - 1);
	err = repo_each_listed(v->query.call->repo, visit_listed, v);
	if (!err && v->ids.n)
		err = query_each(&v->query, &v->ids, QUERY_OPEN, visit, v);
	agenda_sort(&v->shown);
	return err;
}

static int show_days(struct call *call, const struct agenda_options *options)
{
	struct agenda_view v = {
		.clock = repo_clock(call->repo), .settings = repo_settings(call->repo)};
	int err;

	query_init(&v.query, call);
	err = gather(&v, options);
	if (!err && call->common.json)
		print_json(agenda_to_json(&v));
	else if (!err)
		err = agenda_print(&v);
	view_release(&v);
	return err;
}

/* ---- free times ---- */

static int judge_length(const struct call *call, const struct duration *d)
{
	const struct settings *s = repo_settings(call->repo);
	struct str length = STR_INIT;
	int err = 0;

	if (d->count && duration_seconds(d) > (s->to - s->from) * 60) {
		duration_add(&length, d);
		err = error_set(ERR_REFUSED,
			"%s is longer than a working day, %02d:%02d to %02d:%02d", length.buf,
			s->from / 60, s->from % 60, s->to / 60, s->to % 60);
	}
	str_release(&length);
	return err;
}

static int read_from(const struct clock *clock, const char *typed, int64_t *out)
{
	struct str echo = STR_INIT;
	struct when from;
	int err;

	*out = agenda_free_from(clock);
	if (!typed)
		return 0;
	err = when_parse(&from, typed, LOOK_AHEAD, clock, NULL);
	if (!err && when_ends(&from, clock) < clock->now.utc) {
		when_add_echo(&echo, &from, clock);
		err = error_set(ERR_REFUSED, "--from: %s lies in the past", echo.buf);
	}
	if (!err)
		*out = when_begins(&from, clock);
	str_release(&echo);
	return err;
}

static void print_times(struct call *call, const struct when *times, size_t n, int32_t length)
{
	const struct clock *clock = repo_clock(call->repo);
	json_t *document = json_array();

	for (size_t i = 0; i < n; i++) {
		struct str echo = STR_INIT;
		json_t *time = json_object();
		struct moment end = moment_at(when_begins(&times[i], clock) + length, clock);

		json_object_set_new(time, "at", json_of_when(&times[i], clock));
		json_object_set_new(time, "ends", json_of_moment(&end));
		json_array_append_new(document, time);
		when_add_echo(&echo, &times[i], clock);
		if (!call->common.json)
			print_line("%s", echo.buf);
		str_release(&echo);
	}
	if (call->common.json)
		print_json(json_incref(document));
	json_decref(document);
}

static int find_free(struct query *q, const struct agenda_options *o, struct owners *owners)
{
	size_t wanted = o->n.given ? (size_t)o->n.n : FREE_TIMES, n;
	struct when times[MOST_TIMES];
	struct free_ask ask = {.owners = owners, .busy = &o->busy, .length = AGENDA_LENGTH};
	int err = judge_length(q->call, &o->length);

	if (!err && o->length.count)
		ask.length = (int32_t)duration_seconds(&o->length);
	if (!err)
		err = read_from(repo_clock(q->call->repo), o->from, &ask.from);
	if (!err)
		err = owners_parse(owners, q->call, o->owner);
	if (!err)
		err = free_times_find(q, &ask, times, wanted, &n);
	if (err)
		return err;
	print_times(q->call, times, n, ask.length);
	if (n || !wanted)
		return 0;
	return error_set(ERR_REFUSED, "nothing is free in the %d days from then on",
		AGENDA_HORIZON_DAYS);
}

static int show_free(struct call *call, const struct agenda_options *options)
{
	struct owners owners = {0};
	struct query query;
	int err;

	query_init(&query, call);
	err = find_free(&query, options, &owners);
	owners_release(&owners);
	query_release(&query);
	return err;
}

int cmd_agenda(struct call *call, const void *options)
{
	const struct agenda_options *o = options;
	int err = judge_options(o);

	err = err ? err : call_open_repo(call);
	if (err)
		return err;
	if (o->free)
		return show_free(call, o);
	terminal_start_pager(&call->terminal, call->repo);
	return show_days(call, o);
}
