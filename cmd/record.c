/* `fu record`: what was edited by hand becomes part of the record. */
#include "cmd/command.h"
#include "cmd/printer.h"
#include "cmd/report.h"
#include "core/error.h"

#include <string.h>

struct record_options {
	const char *why;
};

static const struct opt opts[] = {
	{OPT_TEXT, "message", 'm', .arg = "<why>",
		.slot = SLOT_TEXT(struct record_options, why),
		.help = "the reason; demanded where process or activity were changed"},
	{OPT_GROUP, .group = opts_write},
	{OPT_END},
};

const struct command_spec spec_record = {.opts = opts, .size = sizeof(struct record_options)};

static json_t *recorded_json(const struct hand_edits *edits, const char *commit)
{
	json_t *files = json_array();

	for (size_t i = 0; i < edits->n; i++)
		json_array_append_new(files, json_of_text(edits->items[i].path));
	return json_pack("{s:s, s:o, s:o}", "act", "record", "commit",
		json_of_text(*commit ? commit : NULL), "files", files);
}

static void print_recorded(
	const struct call *call, const struct hand_edits *edits, const char *commit)
{
	if (call->common.json)
		print_json(recorded_json(edits, commit));
	else if (call->common.quiet)
		return;
	else if (!edits->n)
		say("nothing to record: no file was edited by hand");
	else
		for (size_t i = 0; i < edits->n; i++)
			print_line("%s%s", call->common.dry_run ? "would record " : "recorded ",
				edits->items[i].path);
}

/* A fault may be of several lines. */
static int add_fault(const char *fault)
{
	while (*fault) {
		size_t len = strcspn(fault, "\n");

		error_add(ERR_FAILED, "%.*s", (int)len, fault);
		fault += len + (fault[len] == '\n');
	}
	return ERR_FAILED;
}

/* Every fault at once. */
static int judge_edits(const struct hand_edits *edits)
{
	int err = 0;

	error_clear();
	for (size_t i = 0; i < edits->n; i++)
		if (edits->items[i].fault)
			err = add_fault(edits->items[i].fault);
	return err;
}

int cmd_record(struct call *call, const void *options)
{
	const struct record_options *o = options;
	struct hand_edits edits = {0};
	struct write *w = NULL;
	char commit[41] = "";
	size_t count;
	int err = 0;

	if (!call->common.dry_run)
		err = write_begin(&w, call->repo);
	err = err ? err : repo_hand_edits(call->repo, &edits);
	if (!err && call->common.dry_run)
		err = judge_edits(&edits);
	else if (!err)
		err = write_record_edits(w, o->why, commit, &count);
	call->recorded = !err && *commit;
	if (!err)
		print_recorded(call, &edits, commit);
	hand_edits_release(&edits);
	write_end(w);
	return err;
}
