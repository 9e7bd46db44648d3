#include "cmd/import_acts_run.h"

#include "cmd/report.h"
#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* Where an act stands in the input. */
struct act_place {
	uint64_t act; /* its id, as a number */
	uint32_t line;
	uint32_t group;
};

static int find_process(void *context, const char *name, const struct process **out)
{
	return repo_process(context, name, out);
}

void import_acts_run_init(struct import_acts_run *run, struct call *call, bool lenient)
{
	*run = (struct import_acts_run){.call = call};
	spool_init(&run->spool);
	run->ground = (struct lines_ground){.ground = {.settings = repo_settings(call->repo),
						    .clock = repo_clock(call->repo),
						    .lenient = lenient},
		.find_process = find_process,
		.context = call->repo};
}

void import_acts_run_release(struct import_acts_run *run)
{
	spool_release(&run->spool);
	line_faults_release(&run->faults);
	list_release(&run->known);
	free(run->places);
	free(run->by);
}

static void start(struct import_acts_run *run, const char *what)
{
	const struct call *call = run->call;

	progress_start(&run->progress, what, call->terminal.err_tty && !call->common.quiet);
}

static void step(void *context)
{
	struct import_acts_run *run = context;

	progress_step(&run->progress);
}

/* ---- one act, one place ---- */

static int compare_places(const void *a, const void *b)
{
	const struct act_place *x = a, *y = b;

	if (x->act != y->act)
		return x->act < y->act ? -1 : 1;
	return (x->line > y->line) - (x->line < y->line);
}

/* Ten digits of base 36 fit. */
static uint64_t id_number(const char *id)
{
	uint64_t number = 0;

	for (; *id; id++)
		number = number * 36 + (uint64_t)(*id <= '9' ? *id - '0' : *id - 'a' + 10);
	return number;
}

static void note_places(
	struct import_acts_run *run, const struct act_lines *lines, size_t group)
{
	for (size_t i = 0; i < lines->n; i++) {
		const struct act_line *item = &lines->items[i];

		if (item->act->of)
			continue; /* a copy of an act that may be elsewhere as well */
		GROW(run->places, run->places_n, run->places_cap);
		run->places[run->places_n++] =
			(struct act_place){.act = id_number(item->act->id),
				.line = item->line,
				.group = (uint32_t)group};
	}
}

static void find_twice(struct import_acts_run *run)
{
	if (run->places_n)
		qsort(run->places, run->places_n, sizeof(*run->places), compare_places);
	for (size_t i = 1; i < run->places_n; i++) {
		const struct act_place *a = &run->places[i - 1], *b = &run->places[i];

		if (a->act == b->act && a->group != b->group)
			line_faults_add(&run->faults, b->line,
				"the act stands in line %u as one of '%s'", a->line,
				run->spool.groups[a->group]->id);
	}
}

static int find_elsewhere(void *context, struct opportunity *o, const char *fault, bool *keep)
{
	struct import_acts_run *run = context;

	(void)fault; /* a file that cannot be read is in the way when it is written to */
	(void)keep;
	for (size_t i = 0; o && i < o->n; i++) {
		struct act_place wanted = {.act = id_number(o->acts[i]->id)};
		size_t low = 0, high = o->acts[i]->of ? 0 : run->places_n;

		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (compare_places(&run->places[middle], &wanted) < 0)
				low = middle + 1;
			else
				high = middle;
		}
		if (low < run->places_n && !o->acts[i]->of &&
			run->places[low].act == wanted.act &&
			strcmp(run->spool.groups[run->places[low].group]->id, o->id) != 0)
			line_faults_add(&run->faults, run->places[low].line,
				"the act '%s' is one of '%s' already", o->acts[i]->id, o->id);
	}
	return 0;
}

static int judge_places(struct import_acts_run *run)
{
	int err = 0;

	find_twice(run);
	if (run->known.n)
		err = repo_each(run->call->repo, find_elsewhere, run);
	run->places_n = 0;
	return err;
}

/* ---- one opportunity ---- */

static int read_group(struct import_acts_run *run, const struct spool_group *group,
	struct act_lines *lines, bool *readable)
{
	struct str text = STR_INIT;
	int err = 0;

	*readable = true;
	for (uint32_t i = group->first; !err && i != SPOOL_NONE; i = run->spool.lines[i].next) {
		const struct spool_line *line = &run->spool.lines[i];

		err = spool_line(&run->spool, line, &text);
		if (!err && act_lines_read(lines, group->id, text.buf, text.len, line->number,
				    run->ground.ground.clock)) {
			line_faults_take_errors(&run->faults, line->number);
			*readable = false;
		}
	}
	str_release(&text);
	return err;
}

static int open_group(
	struct import_acts_run *run, const struct spool_group *group, struct opportunity **out)
{
	uint32_t line = run->spool.lines[group->first].number;
	char *now = NULL;
	int err;

	if (group->exists)
		return repo_load(run->call->repo, group->id, out);
	err = run->known.n ? repo_former(run->call->repo, group->id, &now) : 0;
	if (now)
		line_faults_add(&run->faults, line, "'%s' is '%s' by now", group->id, now);
	free(now);
	*out = opportunity_new(group->id);
	opportunity_fold(*out);
	return err;
}

static int take_group(struct import_acts_run *run, size_t index, struct write *w)
{
	struct spool_group *group = run->spool.groups[index];
	struct act_lines lines = {0};
	struct opportunity *o = NULL;
	size_t added = 0;
	bool readable;
	int err = read_group(run, group, &lines, &readable);

	if (!err && readable)
		err = open_group(run, group, &o);
	if (err || !readable)
		goto out;
	note_places(run, &lines, index);
	act_lines_take(o, &lines, &run->ground, &run->faults, &added);
	group->changes = added > 0;
	if (!added || run->faults.total)
		goto out;
	run->acts += added;
	*(group->exists ? &run->changed : &run->added) += 1;
	if (w)
		err = write_put(w, o);
out:
	opportunity_free(o);
	act_lines_release(&lines);
	return err;
}

/* Judges all of them, or, when that was done, those that change; stages where w is not
 * NULL. */
static int take_all(struct import_acts_run *run, struct write *w, bool again)
{
	int err = 0;

	run->acts = run->added = run->changed = 0;
	start(run, w ? "writing opportunities" : "judging opportunities");
	for (size_t i = 0; !err && i < run->spool.groups_n; i++) {
		if (!again || run->spool.groups[i]->changes)
			err = take_group(run, i, w);
		step(run);
	}
	progress_stop(&run->progress);
	return err ? err : judge_places(run);
}

static int refuse(struct import_acts_run *run)
{
	const struct line_faults *faults = &run->faults;
	int code = faults->unreadable ? ERR_FAILED : ERR_REFUSED;

	error_clear();
	for (size_t i = 0; i < faults->n; i++)
		error_add(code, "line %u: %s", faults->items[i].line, faults->items[i].message);
	if (faults->total > faults->n)
		error_add(code, "and %zu more", faults->total - faults->n);
	if (faults->lenient_helps && !run->ground.ground.lenient)
		error_hint("nothing was imported; '--lenient' takes history that was made "
			   "under other rules");
	else
		error_hint("nothing was imported");
	return code;
}

/* ---- the commit ---- */

/* Each of those that change is opened once before anything is staged: that records its
 * hand edits, as a commit of their own. */
static int record_edits(struct import_acts_run *run, struct write *w)
{
	int err = 0;

	for (size_t i = 0; !err && i < run->spool.groups_n; i++) {
		const struct spool_group *group = run->spool.groups[i];
		struct opportunity *o;

		if (!group->exists || !group->changes)
			continue;
		err = write_open(w, group->id, &o);
		if (!err)
			opportunity_free(o);
	}
	for (size_t i = 0; !run->call->common.quiet && i < write_notices(w)->n; i++)
		say("%s", write_notices(w)->items[i]);
	return err;
}

static int commit(struct import_acts_run *run, struct write *w)
{
	struct list trailers = {0};
	char *subject = xstrfmt("import: %zu act%s: %zu new, %zu changed", run->acts,
		run->acts == 1 ? "" : "s", run->added, run->changed);
	struct commit_text text = {.subject = subject, .trailers = &trailers};
	int err;

	list_add(&trailers, "Fu-Act: import");
	list_take(&trailers, xstrfmt("Fu-New: %zu", run->added));
	list_take(&trailers, xstrfmt("Fu-Changed: %zu", run->changed));
	err = write_commit(w, &text, run->commit);
	list_release(&trailers);
	free(subject);
	return err;
}

static int record(struct import_acts_run *run, struct write *w, bool judged)
{
	int err = judged ? record_edits(run, w) : 0;

	err = err ? err : take_all(run, w, judged);
	if (!err && run->faults.total)
		err = refuse(run);
	return err ? err : commit(run, w);
}

/* ---- all of it ---- */

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* *any: the repository has one of them already. */
static int find_existing(struct import_acts_run *run, bool *any)
{
	int err = repo_ids(run->call->repo, &run->known);

	*any = false;
	for (size_t i = 0; !err && run->known.n && i < run->spool.groups_n; i++) {
		struct spool_group *group = run->spool.groups[i];

		group->exists = bsearch(&group->id, run->known.items, run->known.n,
					sizeof(*run->known.items), compare_texts) != NULL;
		*any |= group->exists;
	}
	return err;
}

static int read_input(struct import_acts_run *run)
{
	int err = call_identity(run->call, &run->by);

	run->ground.by = run->by;
	if (err)
		return err;
	start(run, "reading lines");
	err = spool_read(&run->spool, stdin, &run->faults, step, run);
	progress_stop(&run->progress);
	run->rows = run->spool.n;
	return err;
}

/* w: NULL where nothing is to be recorded, whatever comes of it. */
static int judge_and_record(struct import_acts_run *run, struct write *w)
{
	bool any;
	int err = find_existing(run, &any);

	if (err || (w && !any))
		return err ? err : record(run, w, false);
	err = take_all(run, NULL, false);
	if (!err && run->faults.total)
		err = refuse(run);
	return err || !w || !run->acts ? err : record(run, w, true);
}

int import_acts_run(struct import_acts_run *run)
{
	struct write *w = NULL;
	int err = read_input(run);

	if (err || (!run->spool.n && !run->faults.total))
		return err;
	/* That an act is there already must still be so when that is said. */
	if (!run->faults.total && !run->call->common.dry_run)
		err = write_begin(&w, run->call->repo);
	err = err ? err : judge_and_record(run, w);
	write_end(w);
	return err;
}
