/* `fu sync`: what others recorded comes in, what we recorded goes out. */
#include "cmd/command.h"
#include "cmd/printer.h"
#include "cmd/report.h"
#include "core/error.h"
#include "core/mem.h"

#include <string.h>

struct sync_args {
	const char *remote;
	bool no_push;
};

static const struct positional positionals[] = {
	{"<remote>", .optional = true, .slot = SLOT_TEXT(struct sync_args, remote)},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_FLAG, "no-push", .slot = SLOT_BOOL(struct sync_args, no_push),
		.help = "take in what others have, and give nothing out"},
	{OPT_GROUP, .group = opts_write},
	{OPT_END},
};

const struct command_spec spec_sync = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct sync_args)};

/* ---- what came of it ---- */

static void add_commits(struct str *line, const char *what, size_t n)
{
	if (n)
		str_addf(line, "%s %s %zu commit%s", line->len ? "," : "", what, n,
			n == 1 ? "" : "s");
}

static void print_result(
	const struct call *call, const struct sync_args *o, const struct sync_result *r)
{
	bool dry = call->common.dry_run;
	struct str line = STR_INIT;

	add_commits(&line, dry ? "would take in" : "took in", r->taken);
	if (r->merged)
		str_add(&line, dry ? ", would merge" : ", merged");
	if (dry || r->pushed)
		add_commits(&line, dry ? "would send" : "sent", r->given);
	else if (o->no_push && r->given)
		str_addf(&line, "%s %zu commit%s not sent", line.len ? "," : "", r->given,
			r->given == 1 ? "" : "s");
	print_line("%s/%s:%s", r->remote, r->branch, line.len ? line.buf : " nothing new");
	str_release(&line);
}

static json_t *list_json(const struct list *list)
{
	json_t *array = json_array();

	for (size_t i = 0; i < list->n; i++)
		json_array_append_new(array, json_of_text(list->items[i]));
	return array;
}

static void print_document(const struct sync_result *r, const struct list *conflicts)
{
	json_t *document = json_object();

	json_object_set_new(document, "act", json_string("sync"));
	json_object_set_new(document, "remote", json_of_text(r->remote));
	json_object_set_new(document, "branch", json_of_text(r->branch));
	json_object_set_new(document, "commit", json_of_text(*r->commit ? r->commit : NULL));
	json_object_set_new(document, "taken", json_integer((json_int_t)r->taken));
	json_object_set_new(document, "given", json_integer((json_int_t)r->given));
	json_object_set_new(document, "merged", json_boolean(r->merged));
	json_object_set_new(document, "pushed", json_boolean(r->pushed));
	json_object_set_new(document, "conflicts", list_json(conflicts));
	json_object_set_new(document, "notes", list_json(&r->notes));
	json_object_set_new(document, "lost", list_json(&r->lost));
	print_json(document);
}

/* ---- the questions that are open ---- */

struct questions_found {
	struct list ids, reasons;
};

static int note_conflict(void *context, const struct listed *l, const char *fault)
{
	struct questions_found *found = context;

	(void)fault;
	for (size_t i = 0; l && i < l->n; i++)
		if (l->items[i].kind == ITEM_CONFLICT) {
			if (!list_has(&found->ids, l->id))
				list_add(&found->ids, l->id);
			list_take(&found->reasons,
				xstrfmt("question in '%s': %s", l->id, l->items[i].reason));
		}
	return 0;
}

static int find_questions(struct call *call, struct questions_found *found)
{
	int err;

	/* What came in may have other settings. */
	repo_close(call->repo);
	call->repo = NULL;
	err = call_open_repo(call);
	err = err ? err : repo_each_listed(call->repo, note_conflict, found);
	list_sort(&found->ids);
	list_sort(&found->reasons);
	return err;
}

static void say_questions(const struct questions_found *found)
{
	for (size_t i = 0; i < found->reasons.n; i++)
		say_warning("%s", found->reasons.items[i]);
	for (size_t i = 0; i < found->ids.n; i++)
		say_hint("fu resolve %s", found->ids.items[i]);
}

/* ---- what was deleted over there ---- */

static void say_lost(const struct sync_result *r)
{
	struct str paths = STR_INIT;

	for (size_t i = 0; i < r->lost.n; i++) {
		say_warning("'%s' was deleted on the other side, with what was recorded in it",
			r->lost.items[i]);
		str_addf(&paths, " '%s'", r->lost.items[i]);
	}
	if (r->lost.n)
		say_hint("to have it again: git checkout %.10s --%s && fu record", r->before,
			paths.buf);
	str_release(&paths);
}

/* ---- the command ---- */

static void tell(struct call *call, const struct sync_args *o, const struct sync_result *r,
	const struct questions_found *found)
{
	if (call->common.json)
		print_document(r, &found->ids);
	else if (!call->common.quiet)
		print_result(call, o, r);
	say_questions(found);
}

int cmd_sync(struct call *call, const void *options)
{
	const struct sync_args *o = options;
	struct questions_found found = {0};
	struct sync_result result = {0};
	int err = repo_sync(call->repo,
		&(struct sync_options){.remote = o->remote,
			.no_push = o->no_push,
			.rehearse = call->common.dry_run,
			.hear = call->terminal.err_tty && !call->common.quiet ? say_heard
									      : NULL},
		&result);

	call->recorded = result.merged || result.forwarded || result.pushed;
	for (size_t i = 0; !call->common.quiet && i < result.notes.n; i++)
		say("%s", result.notes.items[i]);
	say_lost(&result);
	if (!err)
		err = find_questions(call, &found);
	if (!err) {
		tell(call, o, &result, &found);
		err = found.ids.n ? FOUND : 0;
	}
	list_release(&found.ids);
	list_release(&found.reasons);
	sync_result_release(&result);
	return err;
}
