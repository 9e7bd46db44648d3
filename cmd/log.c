/*
 * fu log: the audit trail, from git's history, newest first.
 *
 * The lines are made from the commits alone and printed as they come. Only the
 * documents of --json need the acts; those are read from today's files, where they
 * all still are (files only grow), a few files being kept at a time.
 */
#include "cmd/log_entry.h"
#include "cmd/printer.h"
#include "cmd/query.h"
#include "cmd/report.h"

#include "core/act_json.h"
#include "core/error.h"
#include "core/json_values.h"
#include "core/mem.h"
#include "core/merge.h"
#include "core/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Every kind of act, and what else fu records. */
static const char *const act_words[] = {NULL, "new", "meeting", "call", "touch", "heard",
	"note", "schedule", "cancel", "commitment", "wait", "set", "contact", "win", "abandon",
	"reopen", "merge", "rename", "resolve", "undo", "record", "edit", "import", "sync",
	"config", "init", NULL};

struct log_options {
	const char *opp, *since, *until, *author;
	int act;
	struct count limit;
	bool patch;
};

static const struct opt log_opts[] = {
	{OPT_BACK, "since", .arg = "<when>", .slot = SLOT_TEXT(struct log_options, since),
		.help = "what was recorded then or later"},
	{OPT_BACK, "until", .arg = "<when>", .slot = SLOT_TEXT(struct log_options, until),
		.help = "what was recorded then or before"},
	{OPT_TEXT, "author", .arg = "<text>", .slot = SLOT_TEXT(struct log_options, author),
		.help = "what somebody recorded who has this in name or mail"},
	{OPT_WORD, "act", .arg = "<kind>", .words = act_words,
		.slot = SLOT_INT(struct log_options, act), .help = "acts of this kind"},
	{OPT_FLAG, "patch", 'p', .slot = SLOT_BOOL(struct log_options, patch),
		.help = "with what changed in the files"},
	{OPT_COUNT, NULL, 'n', .arg = "<n>", .slot = SLOT_COUNT(struct log_options, limit),
		.help = "no more than that"},
	{OPT_GROUP, .group = opts_format},
	{OPT_END},
};

static const struct positional log_positionals[] = {
	{"<opp>", .optional = true, .slot = SLOT_TEXT(struct log_options, opp)},
	{NULL},
};

/* ---- the acts behind the entries ---- */

#define KEPT_FILES 256

struct acts {
	struct repo *repo;
	struct opportunity *kept[KEPT_FILES];
};

static struct opportunity *read_at(struct repo *repo, const struct log_entry *entry)
{
	struct opportunity *o = NULL;
	struct fact_list declared = {0};
	struct str bytes = STR_INIT;
	struct list paths = {0};
	const char *id = log_entry_opportunity(entry);
	char *name = xstrfmt("/%s.ini", id);

	if (history_changed(repo, entry->commit->hash, &paths))
		goto out;
	for (size_t i = 0; !o && i < paths.n; i++)
		if (ends_with(paths.items[i], name) &&
			!history_file(repo, entry->commit->hash, paths.items[i], &bytes))
			opportunity_read(
				&o, &declared, id, paths.items[i], bytes.buf, bytes.len);
out:
	error_clear();
	facts_release(&declared);
	list_release(&paths);
	str_release(&bytes);
	free(name);
	return o;
}

/* Where it lies now: it may have been renamed or merged since. *out NULL: nowhere. */
static void load_now(struct repo *repo, const char *id, struct opportunity **out)
{
	char *now = NULL;

	if (repo_load(repo, id, out) == ERR_MISSING && !repo_former(repo, id, &now) && now &&
		!repo_load(repo, now, out))
		replace_string(&(*out)->id, id); /* by which it is found again here */
	error_clear();
	free(now);
}

/* The act as it stands in its file, or, where that cannot be read, as the commit has
 * it; NULL: nowhere. Borrowed until the next call. */
static const struct act *find_act(struct acts *acts, const struct log_entry *entry)
{
	const char *id = log_entry_opportunity(entry);
	struct opportunity **slot;
	const struct act *act;

	if (!id || !entry->id || !opportunity_id_valid(id))
		return NULL;
	slot = &acts->kept[hash_bytes(0, id, strlen(id)) % KEPT_FILES];
	if (!*slot || strcmp((*slot)->id, id)) {
		opportunity_free(*slot);
		*slot = NULL;
		load_now(acts->repo, id, slot);
	}
	act = *slot ? opportunity_act(*slot, entry->id) : NULL;
	if (act)
		return act;
	opportunity_free(*slot);
	*slot = read_at(acts->repo, entry);
	return *slot ? opportunity_act(*slot, entry->id) : NULL;
}

/* ---- fields ---- */

struct log_record {
	const struct log_entry *entry;
	struct acts *acts;
	const struct clock *clock;
	bool taken_back;
};

static const struct log_entry *entry_of(const void *record)
{
	return ((const struct log_record *)record)->entry;
}

static void add_text(struct str *out, const char *text)
{
	str_add(out, text ? text : "");
}

static void add_commit(struct str *out, const void *record)
{
	str_add(out, entry_of(record)->commit->hash);
}

static void add_short(struct str *out, const void *record)
{
	str_addn(out, entry_of(record)->commit->hash, 9);
}

static void add_date(struct str *out, const void *record)
{
	moment_add(out, &entry_of(record)->commit->time);
}

static void add_author(struct str *out, const void *record)
{
	add_text(out, entry_of(record)->commit->author);
}

static void add_act(struct str *out, const void *record)
{
	add_text(out, entry_of(record)->act);
}

static void add_opportunity(struct str *out, const void *record)
{
	add_text(out, log_entry_opportunity(entry_of(record)));
}

static void add_id(struct str *out, const void *record)
{
	add_text(out, entry_of(record)->id);
}

static void add_at(struct str *out, const void *record)
{
	if (entry_of(record)->at.set)
		moment_add(out, &entry_of(record)->at);
}

static void add_words(struct str *out, const void *record)
{
	add_text(out, entry_of(record)->words);
}

static void add_subject(struct str *out, const void *record)
{
	add_text(out, entry_of(record)->commit->subject);
}

static json_t *backfilled_json(const void *record)
{
	return json_boolean(log_entry_backfilled(entry_of(record)));
}

static json_t *taken_back_json(const void *record)
{
	return json_boolean(((const struct log_record *)record)->taken_back);
}

/* What is no act (a record, an import, somebody's own commit) has an act's first fields. */
static json_t *bare_json(const struct log_entry *entry)
{
	json_t *out = json_object();

	json_object_set_new(out, "act", json_of_text(entry->act));
	json_object_set_new(out, "opportunity", json_of_text(log_entry_opportunity(entry)));
	json_object_set_new(out, "id", json_of_text(entry->id));
	json_object_set_new(out, "at", json_of_moment(&entry->at));
	json_object_set_new(out, "recorded", json_of_moment(&entry->commit->time));
	json_object_set_new(out, "seq", json_null());
	json_object_set_new(out, "by", json_of_text(entry->commit->author));
	return out;
}

static json_t *entry_json(const void *record)
{
	const struct log_record *r = record;
	const struct act *act = find_act(r->acts, r->entry);
	json_t *out = act ? act_to_json(act, log_entry_opportunity(r->entry), r->clock)
			  : bare_json(r->entry);

	json_object_set_new(out, "commit", json_of_text(r->entry->commit->hash));
	json_object_set_new(out, "author", json_of_text(r->entry->commit->author));
	json_object_set_new(out, "date", json_of_moment(&r->entry->commit->time));
	json_object_set_new(out, "subject", json_of_text(r->entry->commit->subject));
	json_object_set_new(out, "backfilled", backfilled_json(record));
	json_object_set_new(out, "taken_back", taken_back_json(record));
	return out;
}

static const struct print_field fields[] = {
	{"commit", .text = add_commit},
	{"short", .text = add_short},
	{"date", .text = add_date},
	{"author", .text = add_author},
	{"act", .text = add_act},
	{"opportunity", .text = add_opportunity},
	{"id", .text = add_id},
	{"at", .text = add_at},
	{"words", .text = add_words},
	{"subject", .text = add_subject},
	{"backfilled", .json = backfilled_json},
	{"taken_back", .json = taken_back_json},
	{NULL},
};
static const struct print_spec log_print = {.fields = fields, .json = entry_json};

const struct command_spec spec_log = {
	.opts = log_opts,
	.positionals = log_positionals,
	.size = sizeof(struct log_options),
	.print = &log_print,
};

/* ---- one run ---- */

struct trail {
	struct call *call;
	const struct log_options *options;
	const struct clock *clock;
	int64_t since, until;    /* instants */
	char *author;            /* folded, or NULL */
	struct list ids;         /* of the opportunity, now and before; none: of all */
	struct list paths;       /* its file and those that it had */
	struct printer *printer; /* with --json or --format, else NULL */
	struct acts acts;
	struct list taken_back; /* acts, by commits that were seen: the newer ones */
	int width;
	int shown;
};

#define AUTHOR_COLUMNS 16

/* "a1b2c3d4e  2026-11-20 15:00  Ann Author      " */
static void add_head(struct str *out, const struct trail *t, const struct log_entry *entry)
{
	struct moment m = moment_at(entry->commit->time.utc, t->clock);
	struct when when = when_from_moment(&m, t->clock);
	const char *author = entry->commit->author ? entry->commit->author : "";
	char *name = xstrndup(author, strcspn(author, "<"));
	struct str safe = STR_INIT, cut = STR_INIT;

	when.second -= when.second % 60;
	str_addf(out, "%.9s  ", entry->commit->hash);
	when_add_stored(out, &when);
	safe_add(&safe, trim(name));
	utf8_cut(&cut, safe.buf, AUTHOR_COLUMNS);
	str_addf(out, "  %s%*s", cut.buf, (int)(AUTHOR_COLUMNS - utf8_width(cut.buf)), "");
	str_release(&cut);
	str_release(&safe);
	free(name);
}

static bool is_taken_back(const struct trail *t, const struct log_entry *entry)
{
	return entry->id && list_has(&t->taken_back, entry->id);
}

/* An undo that is itself taken back takes nothing back. */
static void note_taken_back(struct trail *t, const struct log_entry *entry)
{
	if (entry->takes_back && !is_taken_back(t, entry))
		list_add(&t->taken_back, entry->takes_back);
}

/* "[back-filled: Mon 16 Nov 15:00]" */
static void list_marks(struct list *marks, const struct trail *t, const struct log_entry *entry)
{
	struct str since = STR_INIT;

	if (!entry->act)
		list_add(marks, "[not by fu]");
	if (log_entry_backfilled(entry)) {
		moment_add_echo(&since, &entry->at, t->clock);
		list_take(marks, xstrfmt("[back-filled: %s]", since.buf));
	}
	if (is_taken_back(t, entry))
		list_add(marks, "[taken back]");
	str_release(&since);
}

#define GAP 2     /* between two pieces of a line */
#define INDENT 11 /* of the lines after the first: a short hash and a gap */

/* Lines of what is said of a commit; those after the first are indented. */
struct lines {
	struct str done, line;
	size_t width; /* 0: of any width */
};

static void end_line(struct lines *l)
{
	trim(l->line.buf + strspn(l->line.buf, " "));
	if (l->width)
		utf8_cut(&l->done, l->line.buf, l->width);
	else
		str_add(&l->done, l->line.buf);
	str_addch(&l->done, '\n');
	str_truncate(&l->line, 0);
}

/* In the same line where it fits whole. */
static void add_piece(struct lines *l, const char *text)
{
	if (l->width && utf8_width(l->line.buf) + GAP + utf8_width(text) > l->width) {
		end_line(l);
		str_addf(&l->line, "%*s", INDENT - GAP, "");
	}
	str_addf(&l->line, "%*s%s", GAP, "", text);
}

/* What happened, in words, and the marks, for which the trail is read: the words are
 * shortened for them; where that would leave too little, they have lines of their own. */
static void add_tail(struct lines *l, const char *words, const struct list *marks)
{
	size_t room = l->width > INDENT ? l->width - INDENT : 0, taken = 0;
	struct str piece = STR_INIT;
	bool beside;

	for (size_t i = 0; i < marks->n; i++)
		taken += GAP + utf8_width(marks->items[i]);
	beside = !l->width || utf8_width(words) + taken <= room || taken <= room / 2;
	if (l->width && beside)
		utf8_cut(&piece, words, room - taken);
	else
		str_add(&piece, words);
	for (size_t i = 0; i < marks->n; i++) {
		if (beside) {
			str_addf(&piece, "%*s", GAP, "");
		} else {
			add_piece(l, piece.buf);
			str_truncate(&piece, 0);
		}
		str_add(&piece, marks->items[i]);
	}
	add_piece(l, piece.buf);
	str_release(&piece);
}

/* On one line where it fits: else the opportunity, whose id is not to be cut, and what
 * happened are on lines of their own. */
static void print_line_of(struct trail *t, const struct log_entry *entry)
{
	const char *id = log_entry_opportunity(entry);
	bool faint = log_entry_backfilled(entry) || is_taken_back(t, entry);
	struct lines l = {.done = STR_INIT, .line = STR_INIT, .width = (size_t)t->width};
	struct str piece = STR_INIT;
	struct list marks = {0};

	list_marks(&marks, t, entry);
	add_head(&l.line, t, entry);
	if (id) {
		safe_add(&piece, id);
		add_piece(&l, piece.buf);
		str_truncate(&piece, 0);
	}
	safe_add(&piece, entry->words);
	add_tail(&l, piece.buf, &marks);
	end_line(&l);
	print_toned(t->call, faint ? TONE_FAINT : TONE_PLAIN, l.done.buf);
	list_release(&marks);
	str_release(&piece);
	str_release(&l.line);
	str_release(&l.done);
}

static void print_entry(struct trail *t, const struct log_entry *entry)
{
	struct log_record record = {.entry = entry,
		.acts = &t->acts,
		.clock = t->clock,
		.taken_back = is_taken_back(t, entry)};

	if (t->printer)
		printer_record(t->printer, &record);
	else
		print_line_of(t, entry);
}

static bool is_wanted(const struct trail *t, const struct log_entry *entry)
{
	if (t->options->act && !same_string(entry->act, act_words[t->options->act]))
		return false;
	if (!t->ids.n || !entry->opportunities.n ||
		(entry->from && list_has(&t->ids, entry->from)))
		return true;
	for (size_t i = 0; i < entry->opportunities.n; i++)
		if (list_has(&t->ids, entry->opportunities.items[i]))
			return true;
	return false;
}

static bool is_full(const struct trail *t)
{
	return t->options->limit.given && t->shown >= t->options->limit.n;
}

static int print_diff(struct trail *t, const struct commit_info *commit)
{
	struct str diff = STR_INIT;
	int err = history_diff(t->call->repo, commit->hash, &diff);

	if (!err) {
		str_add(&diff, "\n");
		print_text(diff.buf);
	}
	str_release(&diff);
	return err;
}

static bool is_asked_for(const struct trail *t, const struct commit_info *commit)
{
	return commit->time.utc >= t->since && commit->time.utc <= t->until &&
	       (!t->author || text_has(commit->author, t->author));
}

/* Commits that are not shown, too, may take back acts that are. */
static int visit(void *context, const struct commit_info *commit)
{
	struct trail *t = context;
	struct log_entries entries = {0};
	bool asked_for = is_asked_for(t, commit), any = false;
	int err = 0;

	log_entries_add(&entries, commit);
	/* The last of a commit's acts is the newest. */
	for (size_t i = entries.n; i-- && !is_full(t);) {
		note_taken_back(t, &entries.items[i]);
		if (!asked_for || !is_wanted(t, &entries.items[i]))
			continue;
		print_entry(t, &entries.items[i]);
		t->shown++;
		any = true;
	}
	if (any && t->options->patch && !t->printer)
		err = print_diff(t, commit);
	log_entries_release(&entries);
	if (err)
		return err;
	return is_full(t) ? 1 : 0;
}

static int read_dates(struct trail *t)
{
	struct when when;
	int err = 0;

	t->since = INT64_MIN;
	t->until = INT64_MAX;
	if (t->options->since) {
		err = when_parse(&when, t->options->since, LOOK_BACK, t->clock, NULL);
		if (!err)
			t->since = when_begins(&when, t->clock);
	}
	if (!err && t->options->until) {
		err = when_parse(&when, t->options->until, LOOK_BACK, t->clock, NULL);
		if (!err)
			t->until = when_ends(&when, t->clock);
	}
	return err;
}

/* Its history goes on where it lay under another name, and with what was merged into it. */
static int find_paths(struct trail *t)
{
	struct opportunity *o = NULL;
	char *id = NULL;
	int err = repo_resolve(t->call->repo, t->options->opp, &id);

	if (!err)
		err = repo_load(t->call->repo, id, &o);
	if (!err) {
		list_add(&t->ids, id);
		merge_former_ids(o, &t->ids);
		list_add(&t->paths, o->path);
	}
	for (size_t i = 1; i < t->ids.n; i++)
		list_take(&t->paths, repo_usual_path(t->ids.items[i]));
	opportunity_free(o);
	free(id);
	return err;
}

static int show_trail(struct trail *t)
{
	struct history_filter filter = {0};
	int err = read_dates(t);

	if (!err && t->options->opp)
		err = find_paths(t);
	if (err)
		return err;
	filter.paths = t->paths.n ? &t->paths : NULL;
	err = history_each(t->call->repo, &filter, visit, t);
	if (!err && t->printer)
		printer_finish(t->printer);
	if (!err && !is_full(t) && history_is_cut_off(t->call->repo))
		say_hint("the history is cut off here, in a shallow clone; "
			 "'git fetch --unshallow' fetches the rest");
	return err;
}

int cmd_log(struct call *call, const void *options)
{
	const struct log_options *o = options;
	bool records = call->common.json || call->common.format;
	struct trail t = {.call = call,
		.options = o,
		.clock = repo_clock(call->repo),
		.author = o->author ? utf8_folded(o->author) : NULL,
		.printer = records ? printer_new(&log_print, call) : NULL,
		.acts = {.repo = call->repo},
		.width = terminal_width(&call->terminal)};
	int err = show_trail(&t);

	for (size_t i = 0; i < KEPT_FILES; i++)
		opportunity_free(t.acts.kept[i]);
	list_release(&t.taken_back);
	printer_free(t.printer);
	free(t.author);
	list_release(&t.ids);
	list_release(&t.paths);
	return err;
}
