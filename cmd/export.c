/* fu export: what leaves the repository for other programs, on standard output. */
#include "cmd/export.h"

#include "core/error.h"
#include "core/mem.h"

#include <stdio.h>

static const struct opt opts[] = {
	{OPT_FLAG, "acts", .slot = SLOT_BOOL(struct export_options, acts),
		.help = "every act, one JSON object a line; 'fu import --acts' takes them"},
	{OPT_FLAG, "csv", .slot = SLOT_BOOL(struct export_options, csv),
		.help = "one row an opportunity, for a spreadsheet"},
	{OPT_FLAG, "ics", .slot = SLOT_BOOL(struct export_options, ics),
		.help = "a calendar: appointments, calls, what we owe"},
	{OPT_FLAG, "todo-as-event", .slot = SLOT_BOOL(struct export_options, todo_as_event),
		.help = "with --ics: calls and what we owe as events, for telephones"},
	{OPT_FLAG, "private", .slot = SLOT_BOOL(struct export_options, private),
		.help = "with --ics: no names and no free text"},
	{OPT_END},
};

static const struct positional positionals[] = {
	{"<opp>", .optional = true, .repeats = true,
		.slot = SLOT_LIST(struct export_options, opps)},
	{NULL},
};

static const char *const forms[] = {
	"--acts|--csv [<opp>...]", "--ics [--todo-as-event] [--private] [<opp>...]", NULL};

const struct command_spec spec_export = {.opts = opts,
	.positionals = positionals,
	.forms = forms,
	.size = sizeof(struct export_options)};

static int choose_format(const struct export_options *options, const struct export_format **out)
{
	const struct {
		bool chosen;
		const struct export_format *format;
	} formats[] = {{options->acts, &export_acts}, {options->csv, &export_csv},
		{options->ics, &export_ics}};
	size_t chosen = 0;

	for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
		if (formats[i].chosen) {
			*out = formats[i].format;
			chosen++;
		}
	if (chosen != 1)
		return error_set(
			ERR_USAGE, chosen ? "one format at a time: '--acts', '--csv' or '--ics'"
					  : "in which format? '--acts', '--csv' or '--ics'");
	if (!options->ics && (options->todo_as_event || options->private))
		return error_set(ERR_USAGE, "--todo-as-event and --private go with --ics");
	return 0;
}

struct visit {
	struct export *export;
	const struct export_format *format;
	bool begun;
};

/* Nobody reads on, or there is no room: terminal_finish says so. */
#define STDOUT_FAILED 1

/* Once it is known that there is nothing to refuse: a name that is none prints nothing. */
static int begin(struct visit *v)
{
	if (v->begun)
		return 0;
	v->begun = true;
	return v->format->begin ? v->format->begin(v->export) : 0;
}

static int write_one(void *context, struct opportunity *o, bool *keep)
{
	struct visit *v = context;
	int err = begin(v);

	(void)keep;
	err = err ? err : v->format->write(v->export, o);
	return err || !ferror(stdout) ? err : STDOUT_FAILED;
}

static int write_or_warn(void *context, struct opportunity *o, const char *fault, bool *keep)
{
	const struct visit *v = context;

	if (o)
		return write_one(context, o, keep);
	query_warn(&v->export->query, fault);
	v->export->unread++;
	return 0;
}

static int write_all(struct export *x, const struct export_format *format)
{
	struct visit v = {.export = x, .format = format};
	int err = x->options->opps.n
			  ? query_each(&x->query, &x->options->opps, QUERY_ALL, write_one, &v)
			  : repo_each(x->call->repo, write_or_warn, &v);

	err = err ? err : begin(&v);
	if (!err && format->end)
		err = format->end(x);
	if (v.begun && format->release)
		format->release(x);
	return err == STDOUT_FAILED ? 0 : err;
}

int cmd_export(struct call *call, const void *options)
{
	struct export x = {.call = call, .options = options};
	const struct export_format *format = NULL;
	int err = choose_format(options, &format);

	err = err ? err : call_open_repo(call);
	if (err)
		return err;
	x.clock = repo_clock(call->repo);
	query_init(&x.query, call);
	err = write_all(&x, format);
	/* Who keeps this as a copy must not take it for a whole one. */
	if (!err && x.unread)
		err = error_set(ERR_FAILED, "%zu of the files could not be read: %s", x.unread,
			"what they hold was left out");
	query_release(&x.query);
	return err;
}
