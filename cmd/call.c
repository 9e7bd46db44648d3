/* One call of a command: how it is run, and what it may ask of it. */
#include "cmd/command.h"

#include "cmd/printer.h"
#include "cmd/report.h"
#include "core/mem.h"

#include <stdlib.h>

int call_open_repo(struct call *call)
{
	bool writes = call->command && call->command->flags & WRITES && !call->common.dry_run;

	if (call->repo)
		return 0;
	return (writes ? repo_open_to_write : repo_open)(&call->repo, call->where);
}

int call_identity(struct call *call, char **by)
{
	bool guessed = false;
	int err = git_identity(call->repo, by, &guessed);

	if (!err && guessed && !call->guessed)
		call->guessed = xstrdup(*by);
	return err;
}

/* When the command has run: a hint where it recorded something in a name that was guessed
 * from the account. */
static void say_identity(struct call *call)
{
	if (call->guessed && call->recorded && !call->common.quiet)
		say_hint("no identity is set: acted as '%s', by the account's name; to set "
			 "yours: "
			 "fu config --global user.name '<name>' && "
			 "fu config --global user.email '<mail>'",
			call->guessed);
	free(call->guessed);
	call->guessed = NULL;
}

/* ---- one command ---- */

static int judge_output(const struct call *call)
{
	const struct common_options *o = &call->common;

	if (o->json && o->format)
		return error_add(ERR_USAGE, "--json and --format cannot stand together");
	if (o->nul && !o->format)
		return error_add(ERR_USAGE, "-z needs --format");
	if (!o->format)
		return 0;
	return print_format_check(call->command->spec->print, o->format);
}

static void print_usage(const struct command *command)
{
	struct str text = STR_INIT;
	char *name = xstrfmt("fu %s", command->name);

	usage_add(&text, name, command->spec);
	print_text(text.buf);
	free(name);
	str_release(&text);
}

static int prepare(struct call *call)
{
	unsigned flags = call->command->flags;
	int err = judge_output(call);

	if (!err && flags & NEEDS_REPO)
		err = call_open_repo(call);
	if (err)
		return err;
	if (flags & PAGER)
		terminal_start_pager(&call->terminal, call->repo);
	if (flags & WRITES)
		terminal_outlive_reader();
	return 0;
}

int call_run(struct call *call, const struct command *command, int argc, char *const argv[])
{
	struct parsed parsed;
	int result = options_parse(command->spec, argc, argv, &parsed);

	call->command = command;
	call->common = parsed.common;
	call->typed = parsed.typed;
	if (result == PARSE_USAGE) {
		print_usage(command);
		result = 0;
	} else if (result == PARSE_MANUAL) {
		command_show_help(command);
		result = 0;
	} else if (result) {
		error_hint("'fu %s -h' shows its options", command->name);
	} else {
		result = prepare(call);
		result = result ? result : command->run(call, parsed.options);
		say_identity(call);
	}
	parsed.typed = call->typed; /* the command may have added to it */
	parsed_release(command->spec, &parsed);
	call->typed = (struct typed_options){0};
	return result;
}

int call_run_beside(struct call *call, char *const words[])
{
	struct call beside = {.where = call->where, .terminal = call->terminal};
	const struct command *command = command_find(words[0]);
	int argc = 0, err;

	while (words[argc])
		argc++;
	err = call_run(&beside, command, argc, words);
	repo_close(beside.repo);
	call->recorded |= beside.recorded;
	return err;
}
