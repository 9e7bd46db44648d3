#include "cmd/import_run.h"

#include "cmd/csv_file.h"
#include "cmd/import_join.h"
#include "cmd/report.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/merge.h"
#include "core/slug.h"
#include "core/utf8.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct known {
	char *external_id;
	char *id;
	char *of;  /* of one that was merged into it, by that one's id; or NULL */
	bool seen; /* a row of this file named it */
};

struct twin {
	char *key; /* client and title, folded */
	char *id;
};

struct taken {
	char *id;
	unsigned next; /* the number to try next behind it */
};

/* All trees' items begin with the string that they are sorted by. */
static int compare_keys(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void free_known(void *item)
{
	struct known *k = item;

	free(k->external_id);
	free(k->id);
	free(k->of);
	free(k);
}

static void free_twin(void *item)
{
	free(((struct twin *)item)->key);
	free(((struct twin *)item)->id);
	free(item);
}

static void free_taken(void *item)
{
	free(((struct taken *)item)->id);
	free(item);
}

void import_run_init(struct import_run *run, struct call *call, const struct import_map *map)
{
	*run = (struct import_run){.call = call, .map = map};
	if (import_map_rows(map) != ROWS_OPPORTUNITIES)
		run->join = join_new();
}

void import_run_end(struct import_run *run)
{
	write_end(run->write);
	run->write = NULL;
}

void import_run_release(struct import_run *run)
{
	import_run_end(run);
	for (size_t i = 0; i < run->plan_n; i++) {
		opportunity_free(run->plan[i].o);
		list_release(&run->plan[i].added);
	}
	free(run->plan);
	join_free(run->join);
	tdestroy(run->known, free_known);
	tdestroy(run->twins, free_twin);
	tdestroy(run->ids, free_taken);
	import_columns_release(&run->columns);
	list_release(&run->faults);
	list_release(&run->doubts);
	free(run->by);
}

/* ---- what the repository has ---- */

static struct taken *take_id(struct import_run *run, const char *id)
{
	struct taken *item = xcalloc(1, sizeof(*item));
	struct taken **there;

	item->id = xstrdup(id);
	item->next = 2;
	there = tsearch(item, &run->ids, compare_keys);
	if (!there)
		abort();
	if (*there != item)
		free_taken(item);
	return *there;
}

static void add_known(
	struct import_run *run, const char *external_id, const char *id, const char *of)
{
	struct known *item = xcalloc(1, sizeof(*item));

	item->external_id = xstrdup(external_id);
	item->id = xstrdup(id);
	item->of = xstrdup_or_null(of);
	if (*(struct known **)tsearch(item, &run->known, compare_keys) != item)
		free_known(item);
}

static struct known *find_known(const struct import_run *run, const char *external_id)
{
	struct known **there =
		external_id ? tfind(&external_id, &run->known, compare_keys) : NULL;

	return there ? *there : NULL;
}

const char *import_run_known(const struct import_run *run, const char *external_id)
{
	const struct known *known = find_known(run, external_id);

	return known ? known->id : NULL;
}

/* NULL: it lacks one of the two. The caller frees. */
static char *twin_key(const struct opportunity *o)
{
	char *client, *title, *key = NULL;

	if (!o->now.client || !o->now.title)
		return NULL;
	client = utf8_folded(o->now.client);
	title = utf8_folded(o->now.title);
	key = xstrfmt("%s\n%s", client, title);
	free(title);
	free(client);
	return key;
}

static void note_twin(struct import_run *run, const struct opportunity *o)
{
	struct twin *item = xcalloc(1, sizeof(*item)), **there;

	item->key = twin_key(o);
	item->id = xstrdup(o->id);
	there = item->key ? tsearch(item, &run->twins, compare_keys) : NULL;
	if (!there || *there != item)
		free_twin(item);
}

/* The same file once more, perhaps, without an id by which its rows are known again. */
static void look_for_twin(struct import_run *run, const struct opportunity *o)
{
	char *key = twin_key(o);
	struct twin **there = key ? tfind(&key, &run->twins, compare_keys) : NULL;

	if (there)
		list_take(&run->doubts,
			xstrfmt("%s:%u: '%s' is open with the same client and title", run->file,
				run->line, (*there)->id));
	free(key);
}

/* Both were imported: both are known, each with what was imported of it. */
static void note_merged(struct import_run *run, const struct opportunity *o)
{
	struct list ids = {0};

	merge_list(o, &ids);
	for (size_t i = 0; i < ids.n; i++) {
		struct opportunity *part = merge_part(o, ids.items[i]);

		if (part->now.external_id)
			add_known(run, part->now.external_id, o->id, part->id);
		opportunity_free(part);
	}
	list_release(&ids);
}

static int note_known(void *context, struct opportunity *o, const char *fault, bool *keep)
{
	struct import_run *run = context;

	(void)keep;
	if (fault) {
		list_add(&run->faults, fault);
		return 0;
	}
	note_merged(run, o);
	if (run->join)
		join_note(run->join, o);
	if (o->now.external_id)
		add_known(run, o->now.external_id, o->id, NULL);
	else if (opportunity_is_open(o))
		note_twin(run, o);
	return 0;
}

static int list_taken(struct import_run *run)
{
	struct list ids = {0};
	int err = repo_ids(run->call->repo, &ids);

	err = err ? err : repo_former_ids(run->call->repo, &ids);
	for (size_t i = 0; !err && i < ids.n; i++)
		take_id(run, ids.items[i]);
	list_release(&ids);
	return err;
}

/* ---- one row ---- */

static void add_faults(struct import_run *run, unsigned line)
{
	for (size_t i = 0; i < error_count(); i++)
		list_take(
			&run->faults, xstrfmt("%s:%u: %s", run->file, line, error_message(i)));
	error_clear();
}

static char *free_id(struct import_run *run, const struct import_row *row, const char *act_id)
{
	const char *client = facts_get(&row->facts, "client");
	struct str base = STR_INIT, id = STR_INIT;
	struct taken *taken;

	/* An id in another system is no name. */
	if (same_string(client, facts_get(&row->facts, "account")))
		client = NULL;
	slug_add(&base, client, facts_get(&row->facts, "title"));
	if (!base.len)
		str_addf(&base, "o-%.6s", act_id);
	str_add(&id, base.buf);
	if (tfind(&base.buf, &run->ids, compare_keys)) {
		taken = take_id(run, base.buf);
		do {
			str_truncate(&id, 0);
			str_addf(&id, "%s-%u", base.buf, taken->next++);
		} while (tfind(&id.buf, &run->ids, compare_keys));
	}
	take_id(run, id.buf);
	str_release(&base);
	return str_detach(&id);
}

/* A file of fu's own that cannot be read is not the row's fault. */
int import_run_needs(struct import_run *run, int err)
{
	run->unread |= err == ERR_FAILED;
	return err;
}

int import_run_admit(struct import_run *run, struct opportunity *o, struct act_list *acts)
{
	struct repo *repo = run->call->repo;
	struct ground ground = {
		.settings = repo_settings(repo), .clock = repo_clock(repo), .lenient = true};
	struct breaches breaches = {0};
	const char *process = o->n ? o->now.process : acts->items[0]->process;
	int err = import_run_needs(run, repo_process(repo, process, &ground.process));

	for (size_t i = 0; !err && i < acts->n; i++) {
		breaches_release(&breaches);
		err = opportunity_admit(o, acts->items[i], &ground, &breaches);
		if (err)
			err = breaches_raise(&breaches);
		else
			acts->items[i] = NULL;
		run->acts += !err;
	}
	breaches_release(&breaches);
	return err;
}

struct planned *import_run_plan(struct import_run *run, struct opportunity *o)
{
	GROW(run->plan, run->plan_n, run->plan_cap);
	run->plan[run->plan_n] = (struct planned){.o = o};
	return &run->plan[run->plan_n++];
}

static int plan_new(struct import_run *run, const struct import_row *row)
{
	struct opportunity *o;
	struct act_list acts = {0};
	char *id;
	int err = import_new_acts(&acts, row, &run->stamp);

	if (err)
		goto out;
	id = free_id(run, row, acts.items[0]->id);
	o = opportunity_new(id);
	free(id);
	err = import_run_admit(run, o, &acts);
	if (err) {
		opportunity_free(o);
		goto out;
	}
	look_for_twin(run, o);
	import_run_plan(run, o);
	run->added++;
out:
	act_list_release(&acts);
	return err;
}

/* What changed, against what was imported of the very one that the row is about. */
static int find_changes(struct act_list *out, const struct import_run *run,
	const struct opportunity *o, const struct import_row *row, const char *of)
{
	struct opportunity *part = merge_part(o, of);
	int err = import_changed_acts(out, part, row, &run->stamp);

	for (size_t i = 0; of && i < out->n; i++)
		out->items[i]->of = xstrdup(of);
	opportunity_free(part);
	return err;
}

static int plan_changed(
	struct import_run *run, const struct import_row *row, const struct known *known)
{
	struct opportunity *o;
	struct act_list acts = {0};
	struct list added = {0};
	int err = import_run_needs(run, repo_load(run->call->repo, known->id, &o));

	if (err)
		return err;
	err = find_changes(&acts, run, o, row, known->of);
	for (size_t i = 0; !err && i < acts.n; i++)
		list_add(&added, acts.items[i]->id);
	if (!err && acts.n)
		err = import_run_admit(run, o, &acts);
	if (!err && acts.n) {
		import_run_plan(run, o)->added = added;
		added = (struct list){0};
		run->changed++;
		o = NULL;
	} else if (!err) {
		run->same++;
	}
	act_list_release(&acts);
	list_release(&added);
	opportunity_free(o);
	return err;
}

static bool cells_are_text(const struct list *cells)
{
	for (size_t i = 0; i < cells->n; i++)
		if (!utf8_valid(cells->items[i], strlen(cells->items[i])))
			return false;
	return true;
}

static int plan_row(struct import_run *run, const struct import_row *row)
{
	const char *external_id = facts_get(&row->facts, "external_id");
	struct known *known = find_known(run, external_id);

	if (known && known->seen)
		return error_set(ERR_FAILED, "'%s' stands in the file twice", external_id);
	if (known) {
		known->seen = true;
		return plan_changed(run, row, known);
	}
	if (external_id) {
		add_known(run, external_id, "", NULL);
		find_known(run, external_id)->seen = true;
	}
	return plan_new(run, row);
}

static int read_row(void *context, const struct list *cells, unsigned line)
{
	struct import_run *run = context;
	struct import_row row = {0};
	int err;

	if (!run->columns.fields) {
		err = import_columns_find(&run->columns, run->map, cells);
		if (err)
			error_prefix("%s:%u", run->file, line);
		return err;
	}
	run->rows++;
	run->line = line;
	progress_step(&run->progress);
	if (!cells_are_text(cells))
		err = error_set(ERR_FAILED, "not UTF-8");
	else
		err = import_row_read(&row, run->map, &run->columns, cells);
	if (!err && same_string(facts_get(&row.facts, "act"), "ignore"))
		run->ignored++;
	else if (!err)
		err = run->join ? join_row(run, &row) : plan_row(run, &row);
	if (err) {
		run->bad++;
		add_faults(run, line);
	}
	import_row_release(&row);
	return 0;
}

/* A row may be about one that cannot be read: it would become a second one. */
static int list_known(struct import_run *run)
{
	int err = repo_each(run->call->repo, note_known, run);

	if (err || !run->faults.n)
		return err;
	error_clear();
	for (size_t i = 0; i < run->faults.n; i++)
		error_add(ERR_FAILED, "%s", run->faults.items[i]);
	error_hint("nothing was imported, for a row may be about %s",
		run->faults.n == 1 ? "this one" : "one of these");
	return ERR_FAILED;
}

/* A row that is new to the repository, and one that is as before, must still be that when the
 * plan is recorded: nobody else writes from here on. */
static int plan_rows(struct import_run *run, const struct str *text)
{
	struct call *call = run->call;
	int err = call->common.dry_run ? 0 : write_begin(&run->write, call->repo);

	err = err ? err : list_taken(run);
	err = err ? err : list_known(run);
	if (err)
		return err;
	progress_start(
		&run->progress, "reading rows", call->terminal.err_tty && !call->common.quiet);
	err = csv_each(run->file, text, read_row, run);
	progress_stop(&run->progress);
	if (!err && !run->columns.fields)
		err = error_set(ERR_FAILED, "'%s' is empty", run->file);
	return err;
}

int import_run_read(struct import_run *run, const char *file)
{
	struct call *call = run->call;
	struct str text = STR_INIT;
	int err = call_identity(call, &run->by);

	run->file = file;
	run->stamp = (struct import_stamp){.by = run->by,
		.clock = repo_clock(call->repo),
		.process = repo_settings(call->repo)->process};
	err = err ? err : csv_read_whole(&text, file);
	err = err ? err : plan_rows(run, &text);
	str_release(&text);
	return err;
}

/* ---- the commit ---- */

/* The acts that the plan adds to what stands, each as it would be recorded now. */
static int replay_plan(
	struct import_run *run, struct opportunity *standing, const struct planned *p)
{
	struct act_list acts = {0};
	size_t counted = run->acts;
	int err = 0;

	for (size_t i = 0; !err && i < p->added.n; i++) {
		const char *id = p->added.items[i];
		struct act *a;

		if (opportunity_act(standing, id)) {
			err = error_set(ERR_FAILED,
				"'%s' changed while the file was read: try again",
				standing->id);
			break;
		}
		a = act_copy(opportunity_act(p->o, id));
		a->seq = 0;
		GROW(acts.items, acts.n, acts.cap);
		acts.items[acts.n++] = a;
	}
	err = err ? err : import_run_admit(run, standing, &acts);
	run->acts = counted;
	act_list_release(&acts);
	return err;
}

/*
 * A plan that is refused leaves hand edits unrecorded, so it was made of what stands. Each
 * that is there already is opened again before anything is staged: that records its hand
 * edits, as a commit of their own, and the plan goes on top of it.
 */
static int record_edits(struct import_run *run, struct write *w)
{
	int err = 0;

	for (size_t i = 0; !err && i < run->plan_n; i++) {
		struct planned *p = &run->plan[i];
		struct opportunity *standing;

		if (!p->o->path)
			continue;
		err = write_open(w, p->o->id, &standing);
		if (err)
			break;
		err = replay_plan(run, standing, p);
		opportunity_free(p->o);
		p->o = standing;
	}
	for (size_t i = 0; !run->call->common.quiet && i < write_notices(w)->n; i++)
		say("%s", write_notices(w)->items[i]);
	return err;
}

static int put_all(struct import_run *run, struct write *w)
{
	int err = 0;

	progress_start(&run->progress, "writing opportunities",
		run->call->terminal.err_tty && !run->call->common.quiet);
	for (size_t i = 0; !err && i < run->plan_n; i++) {
		err = write_put(w, run->plan[i].o);
		progress_step(&run->progress);
	}
	progress_stop(&run->progress);
	return err;
}

int import_run_commit(struct import_run *run)
{
	struct list trailers = {0};
	char *subject = xstrfmt("import: %zu new, %zu changed", run->added, run->changed);
	struct commit_text text = {.subject = subject, .trailers = &trailers};
	struct write *w = run->write;
	int err;

	if (!run->plan_n) {
		free(subject);
		return 0;
	}
	list_add(&trailers, "Fu-Act: import");
	list_take(&trailers, xstrfmt("Fu-New: %zu", run->added));
	list_take(&trailers, xstrfmt("Fu-Changed: %zu", run->changed));
	err = record_edits(run, w);
	err = err ? err : put_all(run, w);
	err = err ? err : write_commit(w, &text, run->commit);
	list_release(&trailers);
	free(subject);
	return err;
}
