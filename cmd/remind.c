/*
 * fu remind: what is due, as a mail, for cron.
 *
 * Nobody watches it: it asks nothing, waits for no writer, and has nothing to say where
 * nothing is due. Of what is due the opportunities are read, for whom to call.
 */
#include "cmd/digest.h"
#include "cmd/printer.h"
#include "cmd/report.h"

#include "core/error.h"
#include "core/ics.h"
#include "core/mem.h"
#include "core/opportunity_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const format_words[] = {NULL, "text", "ics", "json", NULL};
enum format { FORMAT_NONE, FORMAT_TEXT, FORMAT_ICS, FORMAT_JSON };

struct remind_options {
	struct due_choice choice;
	bool fresh;
	int format;
};

static const struct opt remind_opts[] = {
	{OPT_GROUP, .group = opts_due},
	{OPT_FLAG, "new", .slot = SLOT_BOOL(struct remind_options, fresh),
		.help = "only what was not in an earlier digest"},
	{OPT_WORD, "format", .words = format_words,
		.slot = SLOT_INT(struct remind_options, format),
		.help = "a mail, a calendar, or one JSON document"},
	{OPT_GROUP, .group = opts_json},
	{OPT_END},
};

const struct command_spec spec_remind = {
	.opts = remind_opts, .size = sizeof(struct remind_options)};

/* One run. */
struct run {
	struct digest digest;
	const struct remind_options *options;
	enum format format;
	struct reminded *reminded; /* NULL: nothing is remembered of this digest */
	struct ics ics;
};

/* ---- gathering ---- */

static bool is_new(void *context, const struct item *item)
{
	const struct run *run = context;

	return !reminded_before(run->reminded, item);
}

static void note_listed(void *context, const struct item *item)
{
	reminded_add_listed(((struct run *)context)->reminded, item);
}

static void take_items(void *context, const struct item *items, size_t n, const char *client)
{
	struct run *run = context;
	const struct ics_choice choice = {0};

	(void)client; /* the opportunity has it */
	for (size_t i = 0; i < n; i++) {
		digest_add(&run->digest, &items[i]);
		if (run->reminded)
			reminded_add(run->reminded, &items[i]);
		if (run->format == FORMAT_ICS)
			ics_add_item(&run->ics, &items[i], &choice);
	}
}

static int gather(struct run *run)
{
	struct due_items *due = &run->digest.due;
	int err = due_items_begin(due, run->digest.call, &run->options->choice);

	due->visit = take_items;
	due->context = run;
	due->read = true;
	if (run->reminded)
		due->listed = note_listed;
	if (!err && run->options->fresh) {
		due->wants = is_new;
		reminded_recall(run->reminded);
	}
	err = err ? err : due_items_each(due);
	digest_sort(&run->digest);
	return err;
}

/* ---- printing ---- */

static void print_documents(const struct run *run)
{
	json_t *documents = json_array();

	for (size_t i = 0; i < run->digest.n; i++)
		json_array_append(documents, run->digest.items[i].document);
	print_json(documents);
}

/* A calendar without entries is none (RFC 5545, 3.6). */
static void print_calendar(struct run *run)
{
	struct str out = STR_INIT;

	if (!run->digest.n)
		return;
	ics_finish(&run->ics, &out);
	fwrite(out.buf, 1, out.len, stdout);
	str_release(&out);
}

static void print(struct run *run)
{
	if (run->format == FORMAT_JSON)
		print_documents(run);
	else if (run->format == FORMAT_ICS)
		print_calendar(run);
	else
		digest_print(&run->digest);
}

/* What was not read by anybody was not reminded. */
static void remember(struct run *run)
{
	bool all_read = !run->digest.due.query.unread.n;

	if (!run->reminded || !terminal_flush(&run->digest.call->terminal))
		return;
	if (!reminded_save(run->reminded, all_read))
		return;
	if (run->options->fresh) {
		error_prefix("what was reminded is not remembered");
		report_as_warnings();
	}
	error_clear();
}

/* ---- the command ---- */

static int choose_format(struct run *run)
{
	bool json = run->digest.call->common.json;

	run->format = (enum format)run->options->format;
	if (json && run->format != FORMAT_NONE && run->format != FORMAT_JSON)
		return error_set(ERR_USAGE, "--json or --format %s, not both",
			format_words[run->format]);
	if (json)
		run->format = FORMAT_JSON;
	else if (run->format == FORMAT_NONE)
		run->format = FORMAT_TEXT;
	return 0;
}

/* What a program looks at now and then was not said to anybody, unless it asks so. */
static bool is_remembered(const struct run *run)
{
	return run->options->fresh || run->format == FORMAT_TEXT;
}

int cmd_remind(struct call *call, const void *options)
{
	struct run run = {.options = options, .digest = {.call = call}};
	int err = choose_format(&run);

	err = err ? err : call_open_repo(call);
	if (err)
		return err;
	run.digest.only_new = run.options->fresh;
	ics_init(&run.ics, repo_clock(call->repo));
	if (is_remembered(&run))
		run.reminded = reminded_new(call->repo);
	err = gather(&run);
	if (!err) {
		print(&run);
		remember(&run);
	}
	ics_release(&run.ics);
	reminded_free(run.reminded);
	digest_release(&run.digest);
	return err;
}
