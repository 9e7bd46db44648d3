/* `fu import`: opportunities out of somebody else's CSV, or acts out of JSON Lines; all of
 * them or none. */
#include "cmd/command.h"
#include "cmd/csv_file.h"
#include "cmd/import_acts_run.h"
#include "cmd/import_guess.h"
#include "cmd/import_map_file.h"
#include "cmd/import_run.h"
#include "cmd/printer.h"
#include "cmd/report.h"
#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

struct import_options {
	const char *file;
	const char *map;
	bool skip_bad, guess;
	bool acts, lenient;
};

static const struct positional positionals[] = {
	{"<file>", .optional = true, .slot = SLOT_TEXT(struct import_options, file)},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_TEXT, "map", .arg = "<name>|<file>", .slot = SLOT_TEXT(struct import_options, map),
		.help = "how its columns are to be read (fu-format(5)); for names see "
			"fu-import(1)"},
	{OPT_FLAG, "skip-bad", .slot = SLOT_BOOL(struct import_options, skip_bad),
		.help = "leave out the rows that cannot be taken"},
	{OPT_FLAG, "guess", .slot = SLOT_BOOL(struct import_options, guess),
		.help = "print a map that might fit the file, and import nothing"},
	{OPT_FLAG, "acts", .slot = SLOT_BOOL(struct import_options, acts),
		.help = "take acts from standard input, one JSON object a line"},
	{OPT_FLAG, "lenient", .slot = SLOT_BOOL(struct import_options, lenient),
		.help = "with --acts: take and mark what breaks a rule of the discipline"},
	{OPT_GROUP, .group = opts_write},
	{OPT_END},
};

static const char *const forms[] = {
	"<file> [--map <name>|<file>] [--skip-bad] [<options>]",
	"<file> --guess",
	"--acts [--lenient] [<options>]",
	NULL,
};

const struct command_spec spec_import = {.opts = opts,
	.positionals = positionals,
	.forms = forms,
	.size = sizeof(struct import_options)};

/* ---- what is said ---- */

/* What both ways in say of themselves as a document. */
struct counts {
	size_t rows, acts, added, changed, skipped;
	const char *commit; /* or "" */
};

static void print_document(const struct counts *n)
{
	print_json(json_pack("{s:s, s:i, s:i, s:i, s:i, s:i, s:o}", "act", "import", "rows",
		(int)n->rows, "acts", (int)n->acts, "new", (int)n->added, "changed",
		(int)n->changed, "skipped", (int)n->skipped, "commit",
		json_of_text(n->commit[0] ? n->commit : NULL)));
}

static size_t left_out(const struct import_run *run)
{
	return run->bad + run->ignored + run->loose;
}

static void print_result(const struct call *call, const struct import_run *run)
{
	size_t skipped = left_out(run);
	const char *would = call->common.dry_run ? "would be " : "";

	if (call->common.json)
		print_document(&(struct counts){
			run->rows, run->acts, run->added, run->changed, skipped, run->commit});
	else if (!call->common.quiet)
		print_line("%zu opportunit%s %simported, %zu %schanged, %zu as before, "
			   "%zu row%s left out",
			run->added, run->added == 1 ? "y" : "ies", would, run->changed, would,
			run->same, skipped, skipped == 1 ? "" : "s");
}

static void print_acts_result(const struct call *call, const struct import_acts_run *run)
{
	const char *would = call->common.dry_run ? "would be " : "";

	if (call->common.json)
		print_document(&(struct counts){
			run->rows, run->acts, run->added, run->changed, 0, run->commit});
	else if (!call->common.quiet)
		print_line("%zu act%s %simported: %zu opportunit%s new, %zu changed", run->acts,
			run->acts == 1 ? "" : "s", would, run->added,
			run->added == 1 ? "y" : "ies", run->changed);
}

static void say_faults(const struct import_run *run)
{
	for (size_t i = 0; i < run->faults.n; i++)
		say_warning("left out: %s", run->faults.items[i]);
	for (size_t i = 0; i < run->doubts.n; i++)
		say_warning("%s", run->doubts.items[i]);
	if (run->loose)
		say_warning("%zu row%s about no opportunity that is here: left out", run->loose,
			run->loose == 1 ? " is" : "s are");
	if (run->ignored)
		say_warning("%zu row%s deleted or not done yet: left out", run->ignored,
			run->ignored == 1 ? " is" : "s are");
}

static int refuse(const struct import_run *run)
{
	int err = run->unread ? ERR_FAILED : ERR_REFUSED;

	error_clear();
	for (size_t i = 0; i < run->faults.n; i++)
		error_add(err, "%s", run->faults.items[i]);
	error_hint("nothing was imported; '--skip-bad' leaves out %s",
		run->bad == 1 ? "this row" : "these rows");
	return err;
}

/* ---- the two ways in ---- */

static int import_csv(struct call *call, const struct import_options *o)
{
	struct import_map *map = NULL;
	struct import_run run;
	int err;

	if (!o->map) {
		error_set(ERR_USAGE, "'--map' is missing: it says what the columns mean");
		import_map_hint();
		return ERR_USAGE;
	}
	err = call_open_repo(call);
	err = err ? err : import_map_find(&map, o->map);
	if (err)
		return err;
	import_map_currency(map, repo_settings(call->repo)->currency);
	import_run_init(&run, call, map);
	err = import_run_read(&run, o->file);
	if (!err && run.faults.n && !o->skip_bad)
		err = refuse(&run);
	if (!err && !call->common.dry_run)
		err = import_run_commit(&run);
	import_run_end(&run); /* nobody is to wait for the reader of what is printed next */
	call->recorded = !err && run.commit[0];
	if (!err) {
		say_faults(&run);
		print_result(call, &run);
	}
	import_run_release(&run);
	import_map_free(map);
	return err;
}

static int import_acts(struct call *call, const struct import_options *o)
{
	struct import_acts_run run;
	int err = call_open_repo(call);

	if (err)
		return err;
	import_acts_run_init(&run, call, o->lenient);
	err = import_acts_run(&run);
	call->recorded = !err && run.commit[0];
	if (!err)
		print_acts_result(call, &run);
	import_acts_run_release(&run);
	return err;
}

static int judge_options(const struct import_options *o)
{
	if (o->acts && o->file) {
		error_set(ERR_USAGE, "'--acts' takes them from standard input, not from '%s'",
			o->file);
		error_hint("fu import --acts <%s", o->file);
		return ERR_USAGE;
	}
	if (o->acts && (o->map || o->skip_bad || o->guess))
		return error_set(ERR_USAGE, "'%s' is for CSV, and does not go with '--acts'",
			o->map     ? "--map"
			: o->guess ? "--guess"
				   : "--skip-bad");
	if (o->guess && o->map)
		return error_set(ERR_USAGE, "'--guess' finds a map: give no '--map'");
	if (!o->acts && !o->file)
		return error_set(ERR_USAGE, "missing <file>, or '--acts'");
	if (!o->acts && o->lenient)
		return error_set(ERR_USAGE,
			"'--lenient' goes with '--acts'; CSV is always taken like that");
	return 0;
}

int cmd_import(struct call *call, const void *options)
{
	const struct import_options *o = options;
	int err = judge_options(o);

	if (err)
		return err;
	if (o->guess)
		return import_guess_print(o->file);
	return o->acts ? import_acts(call, o) : import_csv(call, o);
}
