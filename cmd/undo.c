/*
 * `fu undo`: takes acts back, by acts.
 *
 * What is meant is always a list of acts: one's own last commit's, an
 * opportunity's last, those that a commit brought, or the one that is named.
 */
#include "cmd/act_command.h"
#include "cmd/printer.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/merge.h"
#include "core/words.h"

#include <stdlib.h>
#include <string.h>

struct undo_options {
	const char *what;
};

static const struct positional positionals[] = {
	{"<opp>|<commit>|<act>", .optional = true,
		.slot = SLOT_TEXT(struct undo_options, what)},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_FLAG, "no-input", .common = COMMON_BOOL(no_input),
		.help = "never ask, never open an editor"},
	{OPT_GROUP, .group = opts_write},
	{OPT_END},
};

const struct command_spec spec_undo = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct undo_options)};

struct target {
	char *opportunity;
	char *act;
};

struct targets {
	struct target *items;
	size_t n, cap;
};

static void add_target(struct targets *t, const char *opportunity, const char *act)
{
	GROW(t->items, t->n, t->cap);
	t->items[t->n++] = (struct target){xstrdup(opportunity), xstrdup(act)};
}

static void targets_release(struct targets *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->items[i].opportunity);
		free(t->items[i].act);
	}
	free(t->items);
}

/* ---- an opportunity's last act ---- */

/* Acts of what was merged in are taken back by the merge, or by their own ids. */
static const struct act *last_recorded(const struct opportunity *o)
{
	const struct act *last = NULL;

	for (size_t i = 0; i < o->n; i++)
		if (!o->struck[i] && !o->acts[i]->of && (!last || o->acts[i]->seq >= last->seq))
			last = o->acts[i];
	return last;
}

static int target_last_of(struct call *call, const char *id, struct targets *out)
{
	struct opportunity *o;
	const struct act *last;
	int err = repo_load(call->repo, id, &o);

	if (err)
		return err;
	last = last_recorded(o);
	if (last)
		add_target(out, id, last->id);
	else
		err = error_set(ERR_REFUSED, "nothing to take back in '%s'", id);
	opportunity_free(o);
	return err;
}

/* ---- the acts that a commit brought ---- */

/* The id that a path stands for, or NULL if it is no opportunity's. The caller frees. */
static char *id_of_path(const char *path)
{
	const char *name = strrchr(path, '/');
	size_t len;

	if (!starts_with(path, "opportunities/") || !ends_with(path, ".ini"))
		return NULL;
	len = strlen(++name) - strlen(".ini");
	return xstrndup(name, len);
}

/* The opportunity as a commit has it, or *out NULL where it has none. */
static int opportunity_at(struct call *call, const char *commit, const char *path,
	const char *id, struct opportunity **out)
{
	struct fact_list declared = {0};
	struct str text = STR_INIT;
	int err = history_file(call->repo, commit, path, &text);

	*out = NULL;
	if (err == ERR_MISSING) {
		error_clear();
		err = 0;
	} else if (!err) {
		err = opportunity_read(out, &declared, id, path, text.buf, text.len);
	}
	facts_release(&declared);
	str_release(&text);
	return err;
}

/* Adds the ids of the acts that the file has as a commit has it. */
static int list_acts(struct call *call, const char *commit, const char *path, struct list *ids)
{
	struct opportunity *o = NULL;
	char *id = id_of_path(path);
	int err = id ? opportunity_at(call, commit, path, id, &o) : 0;

	for (size_t i = 0; o && i < o->n; i++)
		list_add(ids, o->acts[i]->id);
	opportunity_free(o);
	free(id);
	return err;
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_among(const struct list *sorted, const char *id)
{
	return sorted->n &&
	       bsearch(&id, sorted->items, sorted->n, sizeof(*sorted->items), compare_texts);
}

/* What it is called now: it may have been renamed or merged since. The caller frees. */
static char *id_now(struct call *call, const char *id)
{
	char *now;

	if (!repo_resolve(call->repo, id, &now))
		return now;
	error_clear();
	return xstrdup(id);
}

/* What moved from one file into another (a rename, a merge) was there before. */
static int target_brought(struct call *call, const char *commit, const struct list *before,
	const char *path, struct targets *out)
{
	struct opportunity *o = NULL;
	char *id = id_of_path(path), *now = NULL;
	int err = id ? opportunity_at(call, commit, path, id, &o) : 0;

	for (size_t i = o ? o->n : 0; !err && i-- > 0;) {
		if (is_among(before, o->acts[i]->id))
			continue;
		now = now ? now : id_now(call, id);
		add_target(out, now, o->acts[i]->id);
	}
	opportunity_free(o);
	free(now);
	free(id);
	return err;
}

/* The commit before it, or *found false for the first one. */
static int commit_before(struct call *call, const char *commit, char before[41], bool *found)
{
	char *revision = xstrfmt("%s^", commit);
	int err = history_resolve(call->repo, revision, before);

	free(revision);
	*found = !err;
	if (err == ERR_MISSING) {
		error_clear();
		err = 0;
	}
	return err;
}

static int target_commit(struct call *call, const char *commit, struct targets *out)
{
	struct list paths = {0}, known = {0};
	char before[41];
	bool has_before;
	int err = commit_before(call, commit, before, &has_before);

	err = err ? err : history_changed(call->repo, commit, &paths);
	for (size_t i = 0; !err && has_before && i < paths.n; i++)
		err = list_acts(call, before, paths.items[i], &known);
	list_sort(&known);
	for (size_t i = 0; !err && i < paths.n; i++)
		err = target_brought(call, commit, &known, paths.items[i], out);
	list_release(&known);
	list_release(&paths);
	if (!err && !out->n) {
		err = error_set(ERR_REFUSED, "the commit '%.7s' brought no act", commit);
		/* The first commit made the repository: to revert it takes fu.ini away. */
		if (has_before)
			error_hint("git revert %.7s", commit);
	}
	return err;
}

/* ---- one's own last commit ---- */

struct own_search {
	const char *mail; /* "<sam@example.com>" */
	char commit[41];
};

static bool is_fu_commit(const struct commit_info *commit)
{
	return commit->body && strstr(commit->body, "Fu-Act: ");
}

static int find_own(void *context, const struct commit_info *commit)
{
	struct own_search *search = context;

	if (!is_fu_commit(commit) || !strstr(commit->author, search->mail))
		return 0;
	memcpy(search->commit, commit->hash, sizeof(search->commit));
	return 1;
}

static int target_own(struct call *call, struct targets *out)
{
	const struct history_filter filter = {0};
	struct own_search search = {0};
	char *by = NULL;
	int err = call_identity(call, &by);

	if (!err) {
		search.mail = strrchr(by, '<') ? strrchr(by, '<') : by;
		err = history_each(call->repo, &filter, find_own, &search);
	}
	if (!err && !search.commit[0])
		err = error_set(ERR_REFUSED, "no act of '%s' to take back", by);
	free(by);
	return err ? err : target_commit(call, search.commit, out);
}

/* ---- an act by its id ---- */

static bool is_struck(const struct opportunity *o, const struct act *a)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->acts[i] == a)
			return o->struck[i];
	return false;
}

struct act_search {
	const char *act;
	struct targets *out;
};

static int find_act(void *context, struct opportunity *o, const char *fault, bool *keep)
{
	const struct act_search *search = context;
	const struct act *a = o ? opportunity_act(o, search->act) : NULL;

	(void)fault;
	(void)keep;
	/* What a merge that was taken back left there is the other's again. */
	if (!a || (a->of && is_struck(o, a)))
		return 0;
	add_target(search->out, o->id, search->act);
	return 0;
}

static int target_act(struct call *call, const char *id, struct targets *out)
{
	struct act_search search = {id, out};

	return strlen(id) == ACT_ID_LEN ? repo_each(call->repo, find_act, &search) : 0;
}

/* ---- which one is meant ---- */

static int find_targets(struct call *call, const char *what, struct targets *out)
{
	char commit[41], *id;
	int err;

	if (!what)
		return target_own(call, out);
	err = repo_resolve(call->repo, what, &id);
	if (!err) {
		err = target_last_of(call, id, out);
		free(id);
		return err;
	}
	if (err != ERR_MISSING)
		return err;
	if (!history_resolve(call->repo, what, commit))
		return target_commit(call, commit, out);
	err = target_act(call, what, out);
	if (err || out->n)
		return err;
	return repo_resolve(call->repo, what, &id); /* it says what is near */
}

/* ---- files that come and go with it ---- */

static int split_again(struct act_run *run, struct opportunity *o, const struct act *merge)
{
	return act_run_restore(run, merge_part(o, merge->from), o);
}

static int merge_again(struct act_run *run, struct opportunity *o, const struct act *merge)
{
	struct breaches breaches = {0};
	struct opportunity *from;
	int err = act_run_open(run, merge->from, &from);

	if (err)
		return err;
	merge_judge(&breaches, o, from);
	err = breaches_raise(&breaches);
	breaches_release(&breaches);
	if (err)
		return err;
	merge_take_acts(o, from);
	act_run_remove(run, from);
	return 0;
}

/* Where it was renamed once more, the rules say so. */
static int call_again(
	struct act_run *run, struct opportunity *o, const char *now, const char *again)
{
	return same_string(o->id, now) ? act_run_rename(run, o, again) : 0;
}

static int turn(struct act_run *run, struct opportunity *o, const struct act *a, bool back)
{
	if (a->kind == ACT_MERGE)
		return back ? split_again(run, o, a) : merge_again(run, o, a);
	return back ? call_again(run, o, a->to, a->from) : call_again(run, o, a->from, a->to);
}

static bool moves_files(const struct act *a)
{
	return !a->of && (a->kind == ACT_MERGE || a->kind == ACT_RENAME);
}

/* The merge or rename, if any, that the undo takes back or brings back. */
static int turn_files(struct act_run *run, struct opportunity *o, const struct act *undo)
{
	struct opportunity *after = opportunity_copy(o);
	struct act *trial = act_copy(undo);
	int err = 0;

	trial->at = (struct moment){.utc = INT64_MAX, .set = true};
	opportunity_add(after, trial);
	opportunity_fold(after);
	for (size_t i = 0; !err && i < o->n; i++)
		if (moves_files(o->acts[i]) && o->struck[i] != after->struck[i]) {
			err = turn(run, o, o->acts[i], after->struck[i]);
			break;
		}
	opportunity_free(after);
	return err;
}

static int plan_target(struct act_run *run, struct opportunity *first, const struct target *t)
{
	struct opportunity *o = first;
	struct act *a;
	int err = 0;

	if (strcmp(t->opportunity, run->ids.items[0]))
		err = act_run_open(run, t->opportunity, &o);
	if (err)
		return err;
	a = act_run_new_act(run, ACT_UNDO);
	replace_string(&a->takes_back, t->act);
	err = turn_files(run, o, a);
	if (err)
		act_free(a);
	else
		act_run_add(run, o, a);
	return err;
}

static int build(struct act_run *run, struct opportunity *o, struct act *a)
{
	const struct targets *targets = run->options;
	int err = 0;

	act_free(a);
	for (size_t i = 0; !err && i < targets->n; i++)
		err = plan_target(run, o, &targets->items[i]);
	return err;
}

/* "acme: undo: took back the meeting of Tue 24 Nov 15:00; appointment …" */
static void say_taken_back(
	struct act_run *run, const struct opportunity *o, const struct act *a)
{
	const struct clock *clock = repo_clock(run->call->repo);
	const struct act *target = opportunity_act(o, a->takes_back);
	const struct process *process = NULL;
	struct str line = STR_INIT;

	if (!act_run_prints(run) || !target)
		return;
	if (o->now.process && repo_process(run->call->repo, o->now.process, &process))
		error_clear();
	str_addf(&line, "%s: undo: %s the %s of ", o->id,
		run->call->common.dry_run ? "would take back" : "took back",
		target->kind == ACT_NEW ? "opening" : act_kinds[target->kind].name);
	moment_add_echo(&line, &target->at, clock);
	if (target->kind == ACT_MERGE)
		str_addf(&line, "; '%s' stands by itself again", target->from);
	if (o->now.status != STATUS_NONE) {
		str_add(&line, "; ");
		next_add_words(&line, o, process, clock);
	}
	print_line("%s", line.buf);
	str_release(&line);
}

static const struct act_command undo_command = {
	.kind = ACT_UNDO, .build = build, .say = say_taken_back};

int cmd_undo(struct call *call, const void *options)
{
	const struct undo_options *o = options;
	struct targets targets = {0};
	int err = call_open_repo(call);

	err = err ? err : find_targets(call, o->what, &targets);
	if (!err)
		err = act_command_run(
			call, &undo_command, targets.items[0].opportunity, &targets);
	targets_release(&targets);
	return err;
}
