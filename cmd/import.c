/* `fu import`: opportunities out of somebody else's CSV, all of them or none. */
#include "cmd/command.h"
#include "cmd/csv_file.h"
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
	bool skip_bad;
};

static const struct positional positionals[] = {
	{"<file>", .slot = SLOT_TEXT(struct import_options, file)},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_TEXT, "map", .arg = "<name>|<file>", .slot = SLOT_TEXT(struct import_options, map),
		.help = "how its columns are to be read (fu-format(5)); 'maven' comes with fu"},
	{OPT_FLAG, "skip-bad", .slot = SLOT_BOOL(struct import_options, skip_bad),
		.help = "leave out the rows that cannot be taken"},
	{OPT_GROUP, .group = opts_write},
	{OPT_END},
};

const struct command_spec spec_import = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct import_options)};

/* ---- the map ---- */

static int load_map_text(
	struct import_map **out, const char *name, const char *text, size_t len)
{
	struct ini doc;
	struct import_map *map;
	int err = ini_read(&doc, name, text, len, INI_SETTINGS);

	if (err)
		return err;
	map = import_map_new(name);
	for (size_t i = 0; !err && i < doc.n; i++) {
		const struct ini_pair *pair = &doc.pairs[i];

		err = import_map_load_pair(map, pair->section, pair->key, pair->value);
		if (err)
			error_prefix("%s:%u", name, pair->line);
	}
	ini_release(&doc);
	if (err)
		import_map_free(map);
	else
		*out = map;
	return err;
}

static void hint_maps(void)
{
	struct str names = STR_INIT;

	for (const struct shipped_map *m = shipped_maps; m->name; m++)
		str_addf(&names, "%s'%s'", m == shipped_maps ? "" : ", ", m->name);
	error_hint(
		"maps that come with fu: %s; your own is a file, see fu-format(5)", names.buf);
	str_release(&names);
}

static int load_map(struct import_map **out, const char *name)
{
	struct str text = STR_INIT;
	int err;

	for (const struct shipped_map *m = shipped_maps; m->name; m++)
		if (!strcmp(m->name, name))
			return load_map_text(out, name, m->text, strlen(m->text));
	err = csv_read_whole(&text, name);
	if (err)
		hint_maps();
	else
		err = load_map_text(out, name, text.buf, text.len);
	str_release(&text);
	return err;
}

/* ---- what is said ---- */

static void print_result(const struct call *call, const struct import_run *run)
{
	const char *would = call->common.dry_run ? "would be " : "";

	if (call->common.json)
		print_json(json_pack("{s:s, s:i, s:i, s:i, s:i, s:o}", "act", "import", "rows",
			(int)run->rows, "new", (int)run->added, "changed", (int)run->changed,
			"skipped", (int)run->faults.n, "commit",
			json_of_text(run->commit[0] ? run->commit : NULL)));
	else if (!call->common.quiet)
		print_line("%zu opportunities %simported, %zu %schanged, %zu as before, "
			   "%zu row%s left out",
			run->added, would, run->changed, would, run->same, run->faults.n,
			run->faults.n == 1 ? "" : "s");
}

static void say_faults(const struct import_run *run)
{
	for (size_t i = 0; i < run->faults.n; i++)
		say_warning("left out: %s", run->faults.items[i]);
}

static int refuse(const struct import_run *run)
{
	error_clear();
	for (size_t i = 0; i < run->faults.n; i++)
		error_add(ERR_REFUSED, "%s", run->faults.items[i]);
	error_hint("nothing was imported; '--skip-bad' leaves out %s",
		run->faults.n == 1 ? "this row" : "these rows");
	return ERR_REFUSED;
}

int cmd_import(struct call *call, const void *options)
{
	const struct import_options *o = options;
	struct import_map *map = NULL;
	struct import_run run;
	int err;

	if (!o->map) {
		error_set(ERR_USAGE, "'--map' is missing: it says what the columns mean");
		hint_maps();
		return ERR_USAGE;
	}
	err = load_map(&map, o->map);
	if (err)
		return err;
	import_run_init(&run, call, map);
	err = import_run_read(&run, o->file);
	if (!err && run.faults.n && !o->skip_bad)
		err = refuse(&run);
	if (!err && !call->common.dry_run)
		err = import_run_commit(&run);
	call->recorded = !err && run.commit[0];
	if (!err) {
		say_faults(&run);
		print_result(call, &run);
	}
	import_run_release(&run);
	import_map_free(map);
	return err;
}
