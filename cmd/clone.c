/* `fu clone`: a copy of somebody's repository, to sync with. */
#include "cmd/command.h"
#include "cmd/printer.h"
#include "cmd/query.h"
#include "cmd/report.h"
#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

struct clone_args {
	const char *url, *dir;
};

static const struct positional positionals[] = {
	{"<url>", .slot = SLOT_TEXT(struct clone_args, url)},
	{"<dir>", .optional = true, .slot = SLOT_TEXT(struct clone_args, dir)},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_GROUP, .group = opts_write},
	{OPT_END},
};

const struct command_spec spec_clone = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct clone_args)};

static void cut_end(char *text, const char *end)
{
	if (ends_with(text, end))
		text[strlen(text) - strlen(end)] = '\0';
}

/* The last part of the url, as git takes it: "host:deals/acme.git/" → "acme". */
static char *directory_of(const char *url)
{
	char *copy = xstrdup(url), *name, *colon;

	while (*copy && ends_with(copy, "/"))
		cut_end(copy, "/");
	cut_end(copy, "/.git");
	while (*copy && ends_with(copy, "/"))
		cut_end(copy, "/");
	cut_end(copy, ".git");
	name = strrchr(copy, '/');
	colon = strrchr(copy, ':');
	name = name > colon ? name : colon;
	name = xstrdup(name ? name + 1 : copy);
	free(copy);
	return name;
}

struct counts {
	size_t all, open;
};

/* What was taken back is none. */
static int visit(void *context, struct opportunity *o, bool *keep)
{
	struct counts *counts = context;

	(void)keep;
	counts->all += o->now.status != STATUS_NONE;
	counts->open += opportunity_is_open(o);
	return 0;
}

static void print_counts(const struct call *call, const char *url, const struct counts *counts)
{
	struct str open = STR_INIT;

	if (counts->all)
		str_addf(&open, ", %zu open", counts->open);
	print_line("%s: a clone of '%s', %zu opportunit%s%s", repo_root(call->repo), url,
		counts->all, counts->all == 1 ? "y" : "ies", open.buf);
	str_release(&open);
}

static int print_clone(struct call *call, const struct clone_args *o, const char *dir)
{
	struct counts counts = {0};
	struct query query;
	int err;

	query_init(&query, call);
	err = query_each(&query, NULL, QUERY_ALL, visit, &counts);
	if (!err && call->common.json)
		print_json(json_pack("{s:s, s:o, s:o, s:i}", "act", "clone", "url",
			json_of_text(o->url), "repository", json_of_text(repo_root(call->repo)),
			"opportunities", (int)counts.all));
	else if (!err && !call->common.quiet)
		print_counts(call, o->url, &counts);
	if (!err && !call->common.json && !call->common.quiet) {
		say_hint("what there is to do: cd '%s' && fu next", dir);
		say_hint("hold plain 'git commit' to the rules as well: fu check "
			 "--install-hook");
	}
	query_release(&query);
	return err;
}

int cmd_clone(struct call *call, const void *options)
{
	const struct clone_args *o = options;
	char *dir = o->dir ? xstrdup(o->dir) : directory_of(o->url), *root = NULL;
	int err = 0;

	if (!*dir)
		err = error_set(ERR_USAGE, "'%s' names no directory: give one", o->url);
	else if (call->common.dry_run)
		say("would clone '%s' into '%s'", o->url, dir);
	else
		err = repo_clone(o->url, dir,
			call->terminal.err_tty && !call->common.quiet ? say_heard : NULL,
			&root);
	if (!err && root) {
		call->recorded = true;
		err = repo_open(&call->repo, root);
		err = err ? err : print_clone(call, o, dir);
	}
	free(root);
	free(dir);
	return err;
}
