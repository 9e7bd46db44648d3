/* fu init: makes a repository. */
#include "cmd/command.h"
#include "cmd/printer.h"
#include "cmd/report.h"
#include "core/mem.h"
#include "core/money.h"

#include <stdlib.h>
#include <string.h>

struct init_options {
	const char *dir, *timezone, *currency;
	bool here;
};

static const struct opt init_opts[] = {
	{OPT_TEXT, "timezone", .arg = "<zone>",
		.slot = SLOT_TEXT(struct init_options, timezone),
		.help = "the zone in which times are local; the system's, if not given"},
	{OPT_TEXT, "currency", .arg = "<code>",
		.slot = SLOT_TEXT(struct init_options, currency),
		.help = "of amounts typed without one"},
	{OPT_FLAG, "here", .slot = SLOT_BOOL(struct init_options, here),
		.help = "inside another git work tree too"},
	{OPT_GROUP, .group = opts_write},
	{OPT_END},
};

static const struct positional init_positionals[] = {
	{"<dir>", .optional = true, .slot = SLOT_TEXT(struct init_options, dir)},
	{NULL},
};

const struct command_spec spec_init = {
	.opts = init_opts,
	.positionals = init_positionals,
	.size = sizeof(struct init_options),
};

static int judge(const struct init_options *o)
{
	int err = 0;

	if (o->timezone && !timezone_exists(o->timezone))
		err = error_add(ERR_USAGE, "--timezone: unknown time zone '%s'", o->timezone);
	if (o->currency && !currency_known(o->currency))
		err = error_add(ERR_USAGE, "--currency: unknown currency '%s'", o->currency);
	return err;
}

/* What was made or would be. */
struct made {
	const char *root, *timezone, *currency;
	bool made;
};

static void print_made(const struct call *call, const struct made *m)
{
	if (call->common.json) {
		print_json(json_pack("{s:s, s:o, s:o, s:o, s:b}", "act", "init", "repository",
			json_of_text(m->root), "timezone", json_of_text(m->timezone),
			"currency", json_of_text(m->currency), "made", m->made));
		return;
	}
	if (call->common.quiet)
		return;
	if (!m->made)
		print_line("%s: is a fu repository already; nothing done", m->root);
	else if (call->common.dry_run)
		print_line("%s: would make a fu repository, times in %s", m->root, m->timezone);
	else
		print_line("%s: made a fu repository, times in %s", m->root, m->timezone);
}

static void say_what_next(const struct call *call, const struct init_options *o)
{
	if (call->common.quiet || call->common.json)
		return;
	if (o->dir && strcmp(o->dir, "."))
		say_hint("go there: cd '%s'", o->dir);
	if (!o->currency)
		say_hint("set the currency of amounts: fu config fu.currency EUR");
	say_hint("open an opportunity: fu new '<title>' --client '<name>' --next '<when>'");
	say_hint("hold plain 'git commit' to the rules as well: fu check --install-hook");
}

/* What the repository says of itself. */
static void describe(const struct call *call, bool was_made)
{
	const struct settings *s = repo_settings(call->repo);
	struct made made = {repo_root(call->repo), s->timezone, s->currency, was_made};

	print_made(call, &made);
}

/* Nothing is made: says what would be, or that it is there. */
static void rehearse(
	struct call *call, const struct init_options *o, const char *dir, const char *zone)
{
	struct made made = {dir, zone, o->currency, true};

	if (!repo_open(&call->repo, dir)) {
		describe(call, false);
		return;
	}
	error_clear();
	print_made(call, &made);
}

static int make(
	struct call *call, const struct init_options *o, const char *dir, const char *zone)
{
	char *root = NULL, *by = NULL;
	bool made = false;
	int err = repo_init(dir, zone, o->currency, o->here, &made, &root);

	call->recorded = !err && made;
	err = err ? err : repo_open(&call->repo, root);
	if (err)
		goto out;
	describe(call, made);
	/* Whose name its first commit has. */
	if (made)
		err = call_identity(call, &by);
	if (!err && made)
		say_what_next(call, o);
out:
	free(by);
	free(root);
	return err;
}

int cmd_init(struct call *call, const void *options)
{
	const struct init_options *o = options;
	const char *dir = o->dir ? o->dir : call->where ? call->where : ".";
	char *zone;
	int err = judge(o);

	if (err)
		return err;
	zone = o->timezone ? xstrdup(o->timezone) : system_timezone();
	if (call->common.dry_run)
		rehearse(call, o, dir, zone);
	else
		err = make(call, o, dir, zone);
	free(zone);
	return err;
}
