#include "cmd/editor.h"

#include "cmd/program.h"
#include "core/error.h"
#include "core/mem.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static int choose_editor(struct repo *repo, char **out)
{
	const char *kind = getenv("TERM"), *variable = getenv("GIT_EDITOR");
	bool dumb = !kind || !strcmp(kind, "dumb");
	char *configured = NULL;

	*out = NULL;
	if (!variable && git_config_value(repo, "core.editor", &configured))
		return ERR_FAILED;
	if (!variable && configured) {
		*out = configured;
		return 0;
	}
	if (!variable && !dumb)
		variable = getenv("VISUAL");
	if (!variable)
		variable = getenv("EDITOR");
	if (!variable && dumb)
		return error_set(ERR_FAILED, "the terminal is dumb, and no editor is set");
	*out = xstrdup(variable ? variable : "vi");
	return 0;
}

static void leave_signal(int number)
{
	(void)number;
}

/* Ctrl-C in the editor is the editor's. A handler, not SIG_IGN, which it would inherit. */
static int run_alone(char *const argv[])
{
	struct sigaction leave = {.sa_handler = leave_signal, .sa_flags = SA_RESTART};
	struct sigaction was_int, was_quit;
	int status;

	sigaction(SIGINT, &leave, &was_int);
	sigaction(SIGQUIT, &leave, &was_quit);
	status = run_program(argv, 0);
	sigaction(SIGINT, &was_int, NULL);
	sigaction(SIGQUIT, &was_quit, NULL);
	return status;
}

int editor_run(struct repo *repo, const char *path)
{
	char *editor, *command, *file;
	int status, err;

	err = choose_editor(repo, &editor);
	if (err)
		return err;
	command = xstrfmt("%s \"$@\"", editor);
	file = xstrdup(path);
	status = run_alone((char *[]){"/bin/sh", "-c", command, editor, file, NULL});
	if (status)
		err = error_set(ERR_FAILED, "there was a problem with the editor '%s'", editor);
	free(file);
	free(command);
	free(editor);
	return err;
}
