/*
 * `fu edit`: the opportunity's file in the editor, checked.
 *
 * What is edited is a copy under .git/fu: the work tree changes only by the commit.
 * An edit that is refused stays there and is taken up by the next `fu edit`.
 */
#include "cmd/command.h"
#include "cmd/draft.h"
#include "cmd/editor.h"
#include "cmd/printer.h"
#include "cmd/report.h"
#include "core/error.h"
#include "core/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct edit_options {
	const char *opp;
	const char *because;
	bool discard;
};

static const struct positional positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct edit_options, opp)},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_TEXT, "file", 'F', .arg = "<file>", .common = COMMON_TEXT(file),
		.help = "take the edited text from a file; '-' is stdin"},
	{OPT_TEXT, "because", .arg = "<why>", .slot = SLOT_TEXT(struct edit_options, because),
		.help = "the reason; demanded where process or activity are changed"},
	{OPT_FLAG, "discard", .slot = SLOT_BOOL(struct edit_options, discard),
		.help = "begin anew: throw away an edit that was refused and kept"},
	{OPT_FLAG, "no-input", .common = COMMON_BOOL(no_input),
		.help = "never ask, never open an editor"},
	{OPT_GROUP, .group = opts_write},
	{OPT_END},
};

const struct command_spec spec_edit = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct edit_options)};

/* One edit under way. */
struct edit {
	struct call *call;
	const struct edit_options *options;
	char *id;
	char *path;        /* of the copy */
	struct str before; /* the file as it is recorded or stands */
	struct str after;  /* as it was edited */
};

static void edit_release(struct edit *e)
{
	free(e->id);
	free(e->path);
	str_release(&e->before);
	str_release(&e->after);
}

static int read_before(struct edit *e)
{
	struct repo *repo = e->call->repo;
	struct opportunity *o;
	int err = repo_load(repo, e->id, &o);

	if (err)
		return err;
	err = repo_read_file(repo, o->path, &e->before);
	opportunity_free(o);
	return err;
}

static int read_stream(const char *path, struct str *out)
{
	FILE *stream = strcmp(path, "-") ? fopen(path, "rb") : stdin;
	char buffer[4096];
	size_t got;
	int err = 0;

	if (!stream)
		return error_set(ERR_FAILED, "cannot read '%s': %m", path);
	while ((got = fread(buffer, 1, sizeof(buffer), stream)))
		str_addn(out, buffer, got);
	if (ferror(stream))
		err = error_set(ERR_FAILED, "cannot read '%s': %m", path);
	if (stream != stdin)
		fclose(stream);
	return err;
}

/* Puts the copy in place: one that was kept, unless it is to be thrown away. */
static int prepare_copy(struct edit *e)
{
	struct str kept = STR_INIT;
	int err = draft_path(e->call->repo, "edit", e->id, &e->path);

	if (err)
		return err;
	if (!e->options->discard && draft_read(e->path, &kept))
		say_hint("this takes up the edit that was kept; '--discard' begins anew");
	else
		err = draft_save(e->path, e->before.buf, e->before.len);
	str_release(&kept);
	return err;
}

static int run_editor(struct edit *e)
{
	int err = editor_run(e->call->repo, e->path);

	if (err)
		return err;
	str_truncate(&e->after, 0);
	if (!draft_read(e->path, &e->after))
		return error_set(ERR_FAILED, "cannot read '%s' back", e->path);
	return 0;
}

static bool is_unchanged(const struct edit *e)
{
	return e->after.len == e->before.len &&
	       !memcmp(e->after.buf, e->before.buf, e->after.len);
}

/* ---- recording ---- */

static int commit_edit(struct edit *e, struct write *w, struct opportunity *after)
{
	struct list trailers = {0};
	char *subject = xstrfmt("%s: edit", e->id), commit[41];
	struct commit_text text = {.subject = subject, .trailers = &trailers};
	int err;

	list_add(&trailers, "Fu-Act: edit");
	list_take(&trailers, xstrfmt("Fu-Opportunity: %s", e->id));
	err = write_put(w, after);
	if (!err && !e->call->common.dry_run)
		err = write_commit(w, &text, commit);
	e->call->recorded = !err && !e->call->common.dry_run;
	list_release(&trailers);
	free(subject);
	return err;
}

static int record_edit(struct edit *e)
{
	struct opportunity *before = NULL, *after = NULL;
	struct write *w;
	int err = write_begin(&w, e->call->repo);

	err = err ? err : write_open(w, e->id, &before);
	if (!err)
		err = write_take_edit(w, before, before->path, e->after.buf, e->after.len,
			e->options->because, &after);
	if (!err)
		err = commit_edit(e, w, after);
	for (size_t i = 0; !err && i < write_notices(w)->n; i++)
		say("%s", write_notices(w)->items[i]);
	opportunity_free(after);
	opportunity_free(before);
	write_end(w);
	return err;
}

/* Shows what is wrong; true if the editor is to be opened again. */
static bool reopens(void)
{
	char answer[16];

	report_errors();
	fputs("edit it again? [Y/n]: ", stderr);
	return fgets(answer, sizeof(answer), stdin) && *answer != 'n' && *answer != 'N';
}

/* A copy in which nothing was changed has nothing to be taken up, and the file goes on
 * without it. */
static bool drop_unchanged(struct edit *e)
{
	str_truncate(&e->after, 0);
	if (!draft_read(e->path, &e->after) || !is_unchanged(e))
		return false;
	draft_remove(e->path);
	return true;
}

static int edit_until_right(struct edit *e)
{
	int err;

	if (e->call->common.no_input)
		return error_set(ERR_FAILED,
			"'--no-input' opens no editor: give the edited text by '--file'");
	if (!terminal_can_ask(&e->call->terminal))
		return error_set(ERR_FAILED,
			"an editor needs a terminal: give the edited text by '--file'");
	err = prepare_copy(e);
	if (err) /* as where nobody may write: nothing is kept */
		return err;
	while (!err) {
		err = run_editor(e);
		if (err)
			break;
		if (is_unchanged(e))
			return 0;
		err = record_edit(e);
		if (!err)
			return 0;
		if (!reopens())
			break;
		err = 0;
	}
	if (!drop_unchanged(e))
		error_hint("nothing was changed; the edit is kept: 'fu edit %s' takes it up",
			e->id);
	return err;
}

static int edit_from_file(struct edit *e)
{
	int err = read_stream(e->call->common.file, &e->after);

	return err || is_unchanged(e) ? err : record_edit(e);
}

static void print_edited(const struct edit *e)
{
	bool changed = !is_unchanged(e);

	if (e->call->common.json)
		print_json(json_pack("{s:s, s:s, s:b}", "act", "edit", "opportunity", e->id,
			"changed", changed));
	else if (!changed)
		say("%s: nothing changed", e->id);
	else if (!e->call->common.quiet)
		print_line("%s: %s", e->id,
			e->call->common.dry_run ? "would record the edit" : "edited");
}

int cmd_edit(struct call *call, const void *options)
{
	const struct edit_options *o = options;
	struct edit e = {.call = call, .options = o, .before = STR_INIT, .after = STR_INIT};
	int err = repo_resolve(call->repo, o->opp, &e.id);

	err = err ? err : read_before(&e);
	if (!err)
		err = call->common.file ? edit_from_file(&e) : edit_until_right(&e);
	if (!err) {
		if (e.path && (!call->common.dry_run || is_unchanged(&e)))
			draft_remove(e.path);
		print_edited(&e);
	}
	edit_release(&e);
	return err;
}
