#include "cmd/terminal.h"

#include "cmd/program.h"
#include "core/error.h"
#include "core/mem.h"
#include "storage/storage.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A descriptor that the caller closed would become the first file that we open, and
 * what we print would go into it. stdout is made one that cannot be written to, so
 * that the loss is seen. */
static void open_standard_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
			open("/dev/null", fd == STDERR_FILENO ? O_WRONLY : O_RDONLY) != fd)
			_exit(128);
}

/* All that fu prints is UTF-8; cron has no LANG. */
static void set_locale(void)
{
	if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8"))
		setlocale(LC_CTYPE, "C.UTF-8");
}

static int environment_columns(void)
{
	const char *text = getenv("COLUMNS");
	char *end;
	long columns;

	if (!text || !*text)
		return 0;
	errno = 0;
	columns = strtol(text, &end, 10);
	return *end || errno || columns < 1 || columns > 10000 ? 0 : (int)columns;
}

static int find_width(const struct terminal *t)
{
	struct winsize size;
	int columns = environment_columns();

	if (columns || !t->out_tty)
		return columns;
	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) && size.ws_col)
		return size.ws_col;
	return 80;
}

void terminal_init(struct terminal *t)
{
	open_standard_descriptors();
	set_locale();
	*t = (struct terminal){.use_pager = true};
	t->in_tty = isatty(STDIN_FILENO);
	t->out_tty = isatty(STDOUT_FILENO);
	t->err_tty = isatty(STDERR_FILENO);
	t->width = find_width(t);
}

bool terminals_answer(void)
{
	return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

bool terminal_can_ask(const struct terminal *t)
{
	return t->in_tty && t->err_tty;
}

int terminal_width(const struct terminal *t)
{
	return t->width;
}

/* A value of git's config; what is wrong with the config is another command's affair. */
static char *config_value(struct repo *repo, const char *key)
{
	char *value = NULL;

	if (git_config_value(repo, key, &value)) {
		error_clear();
		return NULL;
	}
	return value;
}

static bool wants_colors(const struct terminal *t, struct repo *repo)
{
	const char *no_color = getenv("NO_COLOR"), *kind = getenv("TERM");
	char *ui;
	bool wanted;

	if (t->color != COLOR_AUTO)
		return t->color == COLOR_ALWAYS;
	if (!t->out_tty || (no_color && *no_color) || !kind || !strcmp(kind, "dumb"))
		return false;
	ui = config_value(repo, "color.ui");
	wanted = !ui || (strcmp(ui, "never") && strcmp(ui, "false"));
	free(ui);
	return wanted;
}

/* Whether stdout gets colour. Reads git's config, on a terminal only; repo may be NULL. */
static bool terminal_colors(struct terminal *t, struct repo *repo)
{
	if (!t->color_known) {
		t->color_on = wants_colors(t, repo);
		t->color_known = true;
	}
	return t->color_on;
}

const char *terminal_tone(struct terminal *t, struct repo *repo, enum tone tone)
{
	static const char *const sequences[] = {
		[TONE_PLAIN] = "\033[m",
		[TONE_HEADING] = "\033[1m",
		[TONE_LATE] = "\033[31m",
		[TONE_SOON] = "\033[33m",
		[TONE_GOOD] = "\033[32m",
		[TONE_FAINT] = "\033[2m",
	};

	return terminal_colors(t, repo) ? sequences[tone] : "";
}

/* As git chooses: its own variable, the config, the common variable, less. */
static char *choose_pager(struct repo *repo)
{
	const char *own = getenv("FU_PAGER"), *common = getenv("PAGER");
	char *configured;

	if (own)
		return xstrdup(own);
	configured = config_value(repo, "core.pager");
	if (configured)
		return configured;
	return common ? xstrdup(common) : program_find("less");
}

static void run_pager(const char *pager, const int ends[2])
{
	dup2(ends[0], STDIN_FILENO);
	close(ends[0]);
	close(ends[1]);
	setenv("LESS", "FRX", 0);
	setenv("LV", "-c", 0);
	execl("/bin/sh", "sh", "-c", pager, (char *)NULL);
	_exit(127);
}

void terminal_start_pager(struct terminal *t, struct repo *repo)
{
	char *pager = NULL;
	int ends[2];

	if (!t->out_tty || !t->use_pager || t->pager)
		return;
	terminal_colors(t, repo);
	pager = choose_pager(repo);
	if (!pager || !*pager || !strcmp(pager, "cat") || pipe2(ends, O_CLOEXEC))
		goto out;
	fflush(NULL);
	t->pager = fork();
	if (!t->pager)
		run_pager(pager, ends);
	if (t->pager > 0) {
		dup2(ends[1], STDOUT_FILENO);
		terminal_outlive_reader();
	} else {
		t->pager = 0;
	}
	close(ends[0]);
	close(ends[1]);
out:
	free(pager);
}

static void ignore_signal(int number)
{
	(void)number;
}

/* A handler, not SIG_IGN: programs that we run would inherit that. */
void terminal_outlive_reader(void)
{
	struct sigaction action = {.sa_handler = ignore_signal, .sa_flags = SA_RESTART};

	sigaction(SIGPIPE, &action, NULL);
}

static void wait_for_pager(struct terminal *t)
{
	struct sigaction action = {.sa_handler = ignore_signal, .sa_flags = SA_RESTART};

	/* Ctrl-C in the pager is the pager's. */
	sigaction(SIGINT, &action, NULL);
	while (waitpid(t->pager, NULL, 0) < 0 && errno == EINTR)
		;
	t->pager = 0;
}

bool terminal_flush(struct terminal *t)
{
	int copy;

	if (ferror(stdout) || fflush(stdout)) {
		t->lost = errno;
		return false;
	}
	/* What some file systems tell only when a file is closed. */
	copy = dup(STDOUT_FILENO);
	if (copy >= 0 && close(copy))
		t->lost = errno;
	return !t->lost;
}

int terminal_finish(struct terminal *t)
{
	bool failed, paged = t->pager != 0;
	int reason;

	errno = 0;
	failed = ferror(stdout) || t->lost;
	failed = fflush(stdout) || failed;
	reason = errno ? errno : t->lost;
	/* Some file systems tell only now that there was no room. */
	if (close(STDOUT_FILENO)) {
		reason = reason ? reason : errno;
		failed = true;
	}
	if (paged)
		wait_for_pager(t);
	if (!failed || (paged && (reason == EPIPE || !reason)))
		return 0;
	return error_set(ERR_FAILED, "cannot write to standard output: %s",
		reason ? strerror(reason) : "an earlier write failed");
}
