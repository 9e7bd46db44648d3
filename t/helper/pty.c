/*
 * pty <dialogue> <command> [<argument>...]
 *
 * Runs a command on a terminal of its own and talks to it. A line of the file
 * <dialogue> that begins with '<' waits until the rest of the line was printed,
 * one with '>' types the rest and the enter key, '^c' and '^d' press those keys, '^h'
 * hangs up: SIGHUP, again and again until the command is gone.
 * What the terminal shows goes to stdout, without carriage returns; the exit
 * status is the command's, 128 + n for signal n, and 125 when it did not print
 * what was waited for within a minute,
 * which is said on stderr.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 60000, DEFAULT_COLUMNS = 80, STATUS_TIMEOUT = 125 };

struct terminal {
	int fd;
	pid_t child;
	char shown[1 << 16]; /* what was printed since the last match, NUL-terminated */
	size_t len;
	bool closed;
};

static void die(const char *what)
{
	fprintf(stderr, "pty: %s: %s\n", what, strerror(errno));
	exit(STATUS_TIMEOUT);
}

static unsigned short columns_wanted(void)
{
	const char *text = getenv("COLUMNS");
	long n = text ? strtol(text, NULL, 10) : 0;

	return n > 0 && n < 1000 ? (unsigned short)n : DEFAULT_COLUMNS;
}

static void become_command(const char *terminal_name, char **command)
{
	struct winsize size = {.ws_row = 24, .ws_col = columns_wanted()};
	int fd;

	setsid();
	fd = open(terminal_name, O_RDWR);
	if (fd < 0)
		die(terminal_name);
	ioctl(fd, TIOCSCTTY, 0);
	ioctl(fd, TIOCSWINSZ, &size);
	dup2(fd, 0);
	dup2(fd, 1);
	dup2(fd, 2);
	if (fd > 2)
		close(fd);
	execvp(command[0], command);
	fprintf(stderr, "pty: %s: %s\n", command[0], strerror(errno));
	_exit(127);
}

static void terminal_start(struct terminal *t, char **command)
{
	const char *name;

	t->fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (t->fd < 0 || grantpt(t->fd) || unlockpt(t->fd))
		die("cannot make a terminal");
	name = ptsname(t->fd);
	if (!name)
		die("cannot name the terminal");
	t->child = fork();
	if (t->child < 0)
		die("cannot fork");
	if (t->child == 0)
		become_command(name, command);
}

/* Reads what is there within `ms`; false when nothing came. */
static bool terminal_read(struct terminal *t, int ms)
{
	struct pollfd ready = {.fd = t->fd, .events = POLLIN};
	char bytes[4096];
	ssize_t got;

	if (t->closed || poll(&ready, 1, ms) <= 0)
		return false;
	got = read(t->fd, bytes, sizeof(bytes));
	if (got <= 0) { /* EIO: the command has closed its end */
		t->closed = true;
		return false;
	}
	for (ssize_t i = 0; i < got; i++) {
		if (bytes[i] == '\r')
			continue;
		putchar(bytes[i]);
		if (t->len < sizeof(t->shown) - 1)
			t->shown[t->len++] = bytes[i];
	}
	t->shown[t->len] = '\0';
	fflush(stdout);
	return true;
}

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void wait_for(struct terminal *t, const char *text)
{
	long until = now_ms() + PATIENCE_MS;
	char *found;

	while (!(found = strstr(t->shown, text))) {
		if (t->closed || now_ms() > until) {
			fprintf(stderr, "pty: waited in vain for '%s'\n", text);
			kill(t->child, SIGKILL);
			exit(STATUS_TIMEOUT);
		}
		terminal_read(t, 100);
	}
	found += strlen(text);
	t->len -= (size_t)(found - t->shown);
	memmove(t->shown, found, t->len + 1);
}

static void type_bytes(struct terminal *t, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t put = write(t->fd, bytes, len);

		if (put < 0 && errno != EINTR)
			return; /* the command is gone: its status tells */
		if (put > 0) {
			bytes += put;
			len -= (size_t)put;
		}
	}
}

/* A shell passes on what the closed terminal sends already. */
static void hang_up(struct terminal *t)
{
	siginfo_t gone = {0};

	while (!waitid(P_PID, (id_t)t->child, &gone, WEXITED | WNOHANG | WNOWAIT) &&
		!gone.si_pid) {
		kill(t->child, SIGHUP);
		terminal_read(t, 0);
	}
}

static void hold_dialogue(struct terminal *t, FILE *dialogue)
{
	char line[4096];

	while (fgets(line, sizeof(line), dialogue)) {
		char *text = line + strspn(line, " \t");

		text[strcspn(text, "\n")] = '\0';
		if (*text == '<')
			wait_for(t, text + 1);
		else if (*text == '>') {
			type_bytes(t, text + 1, strlen(text + 1));
			type_bytes(t, "\n", 1);
		} else if (!strcmp(text, "^c"))
			type_bytes(t, "\003", 1);
		else if (!strcmp(text, "^d"))
			type_bytes(t, "\004", 1);
		else if (!strcmp(text, "^h"))
			hang_up(t);
		else if (*text) {
			fprintf(stderr, "pty: cannot read '%s'\n", text);
			exit(STATUS_TIMEOUT);
		}
	}
}

static int terminal_end(struct terminal *t)
{
	long until = now_ms() + PATIENCE_MS;
	int status;

	while (!t->closed && now_ms() < until) {
		terminal_read(t, 100);
		t->len = 0;
	}
	if (!t->closed) {
		fprintf(stderr, "pty: the command did not end\n");
		kill(t->child, SIGKILL);
		return STATUS_TIMEOUT;
	}
	if (waitpid(t->child, &status, 0) < 0)
		die("cannot wait");
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int main(int argc, char **argv)
{
	static struct terminal t;
	FILE *dialogue;

	if (argc < 3) {
		fprintf(stderr, "usage: pty <dialogue> <command> [<argument>...]\n");
		return STATUS_TIMEOUT;
	}
	dialogue = fopen(argv[1], "r");
	if (!dialogue)
		die(argv[1]);
	terminal_start(&t, argv + 2);
	hold_dialogue(&t, dialogue);
	fclose(dialogue);
	return terminal_end(&t);
}
