/*
 * fu: the main program. Reads the options before the command, finds the command
 * (the table, a program fu-<name>, an alias), prepares what the table says it needs,
 * runs it, and turns what it returned into messages and an exit status.
 */
#include "cmd/alias.h"
#include "cmd/command.h"
#include "cmd/global_options.h"
#include "cmd/printer.h"
#include "cmd/program.h"
#include "cmd/report.h"
#include "core/error.h"
#include "core/mem.h"

#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void out_of_memory(void)
{
	static const char message[] = "error: out of memory\n";
	ssize_t ignored = write(STDERR_FILENO, message, sizeof(message) - 1);

	(void)ignored;
	_exit(EXIT_UNABLE);
}

/* ---- which command ---- */

/* Becomes fu-<name>, if there is one on $PATH. */
static int try_external(int argc, char *const argv[])
{
	char *name = xstrfmt("fu-%s", argv[0]);
	char *path = program_find(name);
	char **args = xcalloc((size_t)argc + 1, sizeof(*args));
	int err = 0;

	memcpy(args, argv, (size_t)argc * sizeof(*args));
	if (path) {
		args[0] = path;
		fflush(NULL);
		execv(path, args);
		err = error_set(ERR_FAILED, "cannot run '%s': %s", path, strerror(errno));
	}
	free(args);
	free(path);
	free(name);
	return err;
}

static int go_to_directories(const struct list *directories)
{
	for (size_t i = 0; i < directories->n; i++) {
		const char *dir = directories->items[i];

		if (*dir && chdir(dir))
			return error_set(
				ERR_FAILED, "cannot change to '%s': %s", dir, strerror(errno));
	}
	return 0;
}

/* In the environment, where programs that we run find it too; absolute, since they may
 * run elsewhere. */
static int export_repo(const char *repo)
{
	char *absolute;
	int err;

	if (!repo)
		return 0;
	absolute = realpath(repo, NULL);
	err = setenv("FU_REPO", absolute ? absolute : repo, 1);
	free(absolute);
	return err ? error_set(ERR_FAILED, "cannot set FU_REPO: %s", strerror(errno)) : 0;
}

static int apply_globals(struct call *call, const struct global_options *o)
{
	const char *where;
	int err = go_to_directories(&o->directories);

	err = err ? err : export_repo(o->repo);
	if (err)
		return err;
	where = getenv("FU_REPO");
	call->where = where && *where ? where : NULL;
	if (o->no_pager)
		call->terminal.use_pager = false;
	if (o->color)
		call->terminal.color = (enum color_choice)(o->color - 1);
	return 0;
}

static int run_words(struct call *call, struct list *expanded, int argc, char *const argv[]);

/* Runs what the alias stands for, with the arguments behind it. */
static int run_alias(struct call *call, struct list *expanded, const char *value, int argc,
	char *const argv[])
{
	struct list words = {0};
	char **args;
	int result = alias_split(&words, argv[0], value);

	if (result)
		goto out;
	for (int i = 1; i < argc; i++)
		list_add(&words, argv[i]);
	args = xcalloc(words.n + 1, sizeof(*args));
	memcpy(args, words.items, words.n * sizeof(*args));
	result = run_words(call, expanded, (int)words.n, args);
	free(args);
out:
	list_release(&words);
	return result;
}

static int try_alias(struct call *call, struct list *expanded, int argc, char *const argv[])
{
	char *value = NULL;
	int result = alias_find(call->where, argv[0], &value);

	if (result || !value) {
		result = result ? result : command_unknown(argv[0]);
	} else if (list_has(expanded, argv[0])) {
		result = error_set(ERR_FAILED,
			"alias '%s' does not end: it comes back to itself", argv[0]);
	} else {
		list_add(expanded, argv[0]);
		result = *value == '!' ? alias_run_shell(call->where, value + 1, argc, argv)
				       : run_alias(call, expanded, value, argc, argv);
	}
	free(value);
	return result;
}

static int run_named(struct call *call, struct list *expanded, int argc, char *const argv[])
{
	const struct command *command = command_find(argv[0]);
	int err;

	if (command)
		return call_run(call, command, argc, argv);
	err = try_external(argc, argv);
	return err ? err : try_alias(call, expanded, argc, argv);
}

/* fu without a command: the short help is the message. */
static int say_no_command(void)
{
	struct str text = STR_INIT;

	short_help_add(&text);
	fwrite(text.buf, 1, text.len, stderr);
	str_release(&text);
	return ERR_USAGE;
}

static void show_own_help(bool manual)
{
	struct str text = STR_INIT;

	if (manual && manual_show(NULL))
		return;
	short_help_add(&text);
	print_text(text.buf);
	str_release(&text);
}

/* Options, a command, its arguments. */
static int run_words(struct call *call, struct list *expanded, int argc, char *const argv[])
{
	struct parsed parsed;
	const struct global_options *o;
	char **with_name = xcalloc((size_t)argc + 2, sizeof(*with_name));
	int rest = 0, result;

	with_name[0] = (char *)"fu";
	memcpy(with_name + 1, argv, (size_t)argc * sizeof(*with_name));
	result = options_parse_leading(&global_spec, argc + 1, with_name, &parsed, &rest);
	o = parsed.options;
	if (result < 0) {
		error_hint("'fu -h' shows the usage");
		goto out;
	}
	if (result == PARSE_DONE)
		result = apply_globals(call, o);
	if (result < 0)
		goto out;
	if (result == PARSE_MANUAL && rest <= argc && command_find(with_name[rest])) {
		command_show_help(command_find(with_name[rest]));
		result = 0;
	} else if (result != PARSE_DONE) {
		show_own_help(result == PARSE_MANUAL);
		result = 0;
	} else if (o->version) {
		print_line("fu version %s", FU_VERSION);
	} else if (rest > argc) {
		result = say_no_command();
	} else {
		result = run_named(call, expanded, argc + 1 - rest, with_name + rest);
	}
out:
	parsed_release(&global_spec, &parsed);
	free(with_name);
	return result;
}

/* ---- the end ---- */

/* What was printed has to have got out. Once an act is recorded that is a warning: the
 * act stands. */
static int finish(struct call *call, int result)
{
	struct kept_errors kept;
	int lost;

	errors_keep(&kept);
	lost = terminal_finish(&call->terminal);
	if (lost && call->recorded) {
		report_as_warnings();
		lost = 0;
	}
	errors_restore(&kept);
	return lost && result >= 0 ? lost : result;
}

int main(int argc, char *argv[])
{
	struct call call = {0};
	struct list expanded = {0};
	int result;

	mem_on_exhaustion(out_of_memory);
	json_set_alloc_funcs(xmalloc, free);
	program_path_keep_absolute();
	/* A parent may have left it ignored; a reader who goes away ends us, as git. */
	signal(SIGPIPE, SIG_DFL);
	terminal_init(&call.terminal);
	result = run_words(&call, &expanded, argc > 0 ? argc - 1 : 0, argv + (argc > 0));
	repo_close(call.repo);
	result = finish(&call, result);
	report_errors();
	error_clear();
	list_release(&expanded);
	return exit_status_of(result);
}
