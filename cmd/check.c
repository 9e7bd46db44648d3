/* fu check [<opp>...]: the discipline and the format over the files. */
#include "cmd/check_hook.h"
#include "cmd/check_twice.h"
#include "cmd/printer.h"
#include "cmd/query.h"

#include "core/error.h"
#include "core/mem.h"
#include "core/merge.h"
#include "core/rules.h"

#include <stdlib.h>
#include <string.h>

struct check_options {
	struct list opps;
	bool install_hook, staged;
};

static const struct opt check_opts[] = {
	{OPT_FLAG, "install-hook", .slot = SLOT_BOOL(struct check_options, install_hook),
		.help = "make it the repository's pre-commit hook"},
	{OPT_FLAG, "staged", .slot = SLOT_BOOL(struct check_options, staged),
		.help = "check what git would commit: what the hook runs"},
	{OPT_GROUP, .group = opts_json},
	{OPT_END},
};

static const struct positional check_positionals[] = {
	{"<opp>", .optional = true, .repeats = true,
		.slot = SLOT_LIST(struct check_options, opps)},
	{NULL},
};

const struct command_spec spec_check = {
	.opts = check_opts,
	.positionals = check_positionals,
	.size = sizeof(struct check_options),
};

struct checking {
	struct repo *repo;
	json_t *array;    /* with --json, else NULL */
	struct list lost; /* processes that cannot be read: said once */
	struct act_places places;
	bool found;
};

/* ---- findings ---- */

struct finding {
	const char *file;
	unsigned line;           /* 0: of the whole file */
	const char *opportunity; /* or NULL */
	const char *kind;        /* "format", "discipline" */
	const char *message;
};

static void say_finding(struct checking *c, const struct finding *f)
{
	json_t *object;

	c->found = true;
	if (!c->array) {
		if (f->line)
			print_line("%s:%u: %s", f->file, f->line, f->message);
		else
			print_line("%s: %s", f->file, f->message);
		return;
	}
	object = json_object();
	json_object_set_new(object, "file", json_of_text(f->file));
	json_object_set_new(object, "line", f->line ? json_integer(f->line) : json_null());
	json_object_set_new(object, "opportunity", json_of_text(f->opportunity));
	json_object_set_new(object, "kind", json_of_text(f->kind));
	json_object_set_new(object, "message", json_of_text(f->message));
	json_array_append_new(c->array, object);
}

/* The id that a file's name says, or NULL; the caller frees. */
static char *id_of(const char *file)
{
	const char *slash = strrchr(file, '/');
	const char *name = slash ? slash + 1 : file;
	char *id;

	if (!starts_with(file, "opportunities/") || !ends_with(name, ".ini"))
		return NULL;
	id = xstrndup(name, strlen(name) - strlen(".ini"));
	if (opportunity_id_valid(id))
		return id;
	free(id);
	return NULL;
}

/* What could not be opened is told as a sentence that has its path in quotes. */
static void say_unopened(struct checking *c, const char *fault)
{
	const char *open = strchr(fault, '\''), *close = open ? strchr(open + 1, '\'') : NULL;
	char *file = close ? xstrndup(open + 1, (size_t)(close - open - 1)) : xstrdup(".");
	char *id = id_of(file);

	say_finding(c,
		&(struct finding){
			.file = file, .opportunity = id, .kind = "format", .message = fault});
	free(id);
	free(file);
}

static bool begins_with_path(const char *fault)
{
	return starts_with(fault, "opportunities/") || starts_with(fault, "processes/");
}

/* One "<path>:<line>: <message>" or "<path>: <message>" of storage. */
static void say_fault(struct checking *c, const char *fault)
{
	const char *colon = begins_with_path(fault) ? strstr(fault, ": ") : NULL;
	char *file = xstrndup(fault, colon ? (size_t)(colon - fault) : 0);
	char *number = strrchr(file, ':'), *end = NULL;
	unsigned long line = number ? strtoul(number + 1, &end, 10) : 0;
	char *id;

	if (!colon) {
		say_unopened(c, fault);
		free(file);
		return;
	}
	if (line && !*end)
		*number = '\0';
	else
		line = 0;
	id = id_of(file);
	say_finding(c, &(struct finding){.file = file,
			       .line = (unsigned)line,
			       .opportunity = id,
			       .kind = "format",
			       .message = colon + 2});
	free(id);
	free(file);
}

/* Everything that is recorded as an error, as findings. */
static void say_errors(struct checking *c)
{
	struct list faults = {0};

	for (size_t i = 0; i < error_count(); i++)
		list_add(&faults, error_message(i));
	error_clear();
	for (size_t i = 0; i < faults.n; i++)
		say_fault(c, faults.items[i]);
	list_release(&faults);
}

/* ---- what is checked ---- */

static void check_processes(struct checking *c)
{
	struct list names = {0};
	const struct process *process;

	if (repo_process_names(c->repo, &names))
		say_errors(c);
	for (size_t i = 0; i < names.n; i++) {
		if (!repo_process(c->repo, names.items[i], &process))
			continue;
		list_add(&c->lost, names.items[i]);
		say_errors(c);
	}
	list_release(&names);
}

static const struct process *process_of(struct checking *c, const struct opportunity *o)
{
	const struct process *process = NULL;
	const char *name = o->now.process;

	if (!name || list_has(&c->lost, name))
		return NULL;
	if (!repo_process(c->repo, name, &process))
		return process;
	say_finding(c, &(struct finding){.file = o->path,
			       .opportunity = o->id,
			       .kind = "format",
			       .message = error_message(0)});
	error_clear();
	return NULL;
}

static void check_parts(struct checking *c, struct opportunity *o);

/* What was merged into another one is held to the rules by its own acts; where it stood at
 * the end is of no interest any more. */
static void check_acts(struct checking *c, struct opportunity *o, bool is_part)
{
	const struct ground ground = {.settings = repo_settings(c->repo),
		.process = process_of(c, o),
		.clock = repo_clock(c->repo)};
	struct breaches breaches = {0};

	if (is_part)
		opportunity_check_acts(o, &ground, &breaches);
	else
		opportunity_check(o, &ground, &breaches);
	for (size_t i = 0; i < breaches.n; i++) {
		const struct breach *b = &breaches.items[i];

		say_finding(c, &(struct finding){.file = o->path,
				       .line = b->act ? b->act->line : 0,
				       .opportunity = o->id,
				       .kind = b->discipline ? "discipline" : "format",
				       .message = b->message});
	}
	breaches_release(&breaches);
	check_parts(c, o);
}

static void check_parts(struct checking *c, struct opportunity *o)
{
	struct list merged = {0};

	merge_list(o, &merged);
	for (size_t i = 0; i < merged.n; i++) {
		struct opportunity *part = merge_part(o, merged.items[i]);

		part->path = xstrdup_or_null(o->path);
		check_acts(c, part, true);
		opportunity_free(part);
	}
	list_release(&merged);
}

static void check_opportunity(struct checking *c, struct opportunity *o)
{
	check_acts(c, o, false);
}

/* A fault of several lines is several findings. */
static int visit(void *context, struct opportunity *o, const char *fault, bool *keep)
{
	struct checking *c = context;

	(void)keep;
	if (o) {
		check_opportunity(c, o);
		act_places_add(&c->places, o);
		return 0;
	}
	while (*fault) {
		size_t len = strcspn(fault, "\n");
		char *line = xstrndup(fault, len);

		say_fault(c, line);
		free(line);
		fault += len + (fault[len] == '\n');
	}
	return 0;
}

static void say_twice(
	void *context, const struct act_place *place, const struct act_place *first)
{
	char *message = xstrfmt("the act '%s' stands in '%s' too", place->act, first->path);

	say_finding(context, &(struct finding){.file = place->path,
				     .line = place->line,
				     .opportunity = place->opportunity,
				     .kind = "format",
				     .message = message});
	free(message);
}

/* What is named and damaged is a finding; what is not there an error. */
static int check_named(struct checking *c, const struct list *names)
{
	for (size_t i = 0; i < names->n; i++) {
		struct opportunity *o = NULL;
		char *id = NULL;
		int err = repo_resolve(c->repo, names->items[i], &id);

		if (!err)
			err = repo_load(c->repo, id, &o);
		if (!err)
			check_opportunity(c, o);
		if (err == ERR_FAILED && id) {
			say_errors(c);
			err = 0;
		}
		opportunity_free(o);
		free(id);
		if (err)
			return err;
	}
	return 0;
}

/* One thing at a time. */
static int judge_usage(const struct call *call, const struct check_options *o)
{
	if (o->install_hook && (o->staged || o->opps.n || call->common.json))
		return error_set(ERR_USAGE, "'--install-hook' goes with nothing else");
	if (o->staged && (o->opps.n || call->common.json))
		return error_set(
			ERR_USAGE, "'--staged' goes with no opportunity and no '--json'");
	return 0;
}

static int check_files(struct call *call, const struct check_options *o)
{
	struct checking c = {
		.repo = call->repo, .array = call->common.json ? json_array() : NULL};
	int err;

	if (!o->opps.n)
		check_processes(&c);
	if (o->opps.n)
		err = check_named(&c, &o->opps);
	else
		err = repo_each(call->repo, visit, &c);
	if (!err && !o->opps.n)
		act_places_twice(&c.places, say_twice, &c);
	if (!err && c.array)
		print_json(json_incref(c.array));
	json_decref(c.array);
	act_places_release(&c.places);
	list_release(&c.lost);
	if (err)
		return err;
	return c.found ? FOUND : 0;
}

int cmd_check(struct call *call, const void *options)
{
	const struct check_options *o = options;
	int err = judge_usage(call, o);

	if (err)
		return err;
	if (o->install_hook)
		return check_install_hook(call);
	return o->staged ? check_staged(call) : check_files(call, o);
}
