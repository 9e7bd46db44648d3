#include "storage/program.h"

#include "core/error.h"
#include "core/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

const char *const program_git_unset[] = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE",
	"GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR",
	"GIT_NAMESPACE", "GIT_PREFIX", NULL};

enum { READ, WRITE };

/* A program under way: our ends of its pipes, -1 where there is none. */
struct running {
	pid_t pid;
	int input, output, errors;
	size_t written;
};

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static bool is_unset(const struct program *p, const char *variable)
{
	for (size_t i = 0; p->unset && p->unset[i]; i++) {
		size_t len = strlen(p->unset[i]);

		if (!strncmp(variable, p->unset[i], len) && variable[len] == '=')
			return true;
	}
	return false;
}

/* Our environment without those; the strings are borrowed. */
static char **environment_for(const struct program *p)
{
	size_t n = 0, kept = 0;
	char **all;

	while (environ[n])
		n++;
	all = xcalloc(n + 1, sizeof(*all));
	for (size_t i = 0; i < n; i++)
		if (!is_unset(p, environ[i]))
			all[kept++] = environ[i];
	return all;
}

/* The child's end becomes its descriptor `as`; without a pipe it is /dev/null. */
static int lead(posix_spawn_file_actions_t *actions, int end, int as)
{
	if (end >= 0)
		return posix_spawn_file_actions_adddup2(actions, end, as);
	return posix_spawn_file_actions_addopen(
		actions, as, "/dev/null", as ? O_WRONLY : O_RDONLY, 0);
}

/*
 * While it runs, keys that interrupt are for it alone, as in system(3): we learn of it by
 * its status, and clean up. And what it does not read must not end us.
 */
static const int hushed[] = {SIGINT, SIGQUIT, SIGPIPE};

struct hush {
	struct sigaction before[ARRAY_SIZE(hushed)];
};

static void hush_begin(struct hush *h)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};

	for (size_t i = 0; i < ARRAY_SIZE(hushed); i++)
		sigaction(hushed[i], &ignore, &h->before[i]);
}

static void hush_end(const struct hush *h)
{
	for (size_t i = 0; i < ARRAY_SIZE(hushed); i++)
		sigaction(hushed[i], &h->before[i], NULL);
}

/* What the child takes as we did before (h NULL: as any program); a broken pipe always ends
 * it. */
static void default_signals(const struct hush *h, sigset_t *set)
{
	sigemptyset(set);
	for (size_t i = 0; i < ARRAY_SIZE(hushed); i++)
		if (!h || hushed[i] == SIGPIPE || h->before[i].sa_handler != SIG_IGN)
			sigaddset(set, hushed[i]);
}

/* Without `hush` nobody waits for it: it gets a session of its own, where no terminal's
 * Ctrl-C reaches it. */
static int spawn(
	const struct program *p, pid_t *pid, const int ends[3], const struct hush *hush)
{
	const int flags = POSIX_SPAWN_SETSIGDEF | (hush ? 0 : POSIX_SPAWN_SETSID);
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	char **environment = environment_for(p);
	sigset_t signals;
	int error;

	default_signals(hush, &signals);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setsigdefault(&attributes, &signals);
	posix_spawnattr_setflags(&attributes, (short)flags);
	error = lead(&actions, ends[0], 0);
	if (!error)
		error = lead(&actions, ends[1], 1);
	if (!error && (p->errors || !hush))
		error = lead(&actions, ends[2], 2);
	if (!error)
		error = posix_spawnp(pid, p->argv[0], &actions, &attributes,
			(char *const *)(uintptr_t)p->argv, environment);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	free(environment);
	return error;
}

static int start_failed(const struct program *p, int error)
{
	if (error == ENOENT)
		return error_set(ERR_MISSING, "there is no program '%s'", p->argv[0]);
	return error_set(ERR_FAILED, "cannot run '%s': %s", p->argv[0], strerror(error));
}

static int start(const struct program *p, struct running *r, const struct hush *hush)
{
	int in[2] = {-1, -1}, out[2] = {-1, -1}, err[2] = {-1, -1}, error = 0;

	*r = (struct running){.input = -1, .output = -1, .errors = -1};
	if ((p->input && pipe2(in, O_CLOEXEC)) || (p->output && pipe2(out, O_CLOEXEC)) ||
		(p->errors && pipe2(err, O_CLOEXEC)))
		error = errno;
	if (!error)
		error = spawn(
			p, &r->pid, (const int[]){in[READ], out[WRITE], err[WRITE]}, hush);
	close_end(&in[READ]);
	close_end(&out[WRITE]);
	close_end(&err[WRITE]);
	r->input = in[WRITE];
	r->output = out[READ];
	r->errors = err[READ];
	if (!error)
		return 0;
	close_end(&r->input);
	close_end(&r->output);
	close_end(&r->errors);
	return start_failed(p, error);
}

/* What it does not read is not wanted. */
static void feed(const struct program *p, struct running *r)
{
	ssize_t n = write(r->input, p->input + r->written, p->input_len - r->written);

	if (n > 0)
		r->written += (size_t)n;
	if ((n < 0 && errno != EINTR && errno != EAGAIN) || r->written == p->input_len)
		close_end(&r->input);
}

static void fetch(int *fd, struct str *out)
{
	ssize_t n;

	str_reserve(out, 4096);
	n = read(*fd, out->buf + out->len, 4096);
	if (n > 0) {
		out->len += (size_t)n;
		out->buf[out->len] = '\0';
	} else if (!n || (errno != EINTR && errno != EAGAIN)) {
		close_end(fd);
	}
}

/* A server has a say in what git says: of more than anybody reads the rest is not kept. */
#define ERRORS_MAX (1u << 20)
#define LINE_MAX_HEARD 4096

static void hear_errors(const struct program *p, struct running *r)
{
	fetch(&r->errors, p->errors);
	if (p->errors->len > ERRORS_MAX)
		str_truncate(p->errors, ERRORS_MAX);
}

/* Passes on what is whole, `all` of it at the end. */
static void pass_on(const struct program *p, bool all)
{
	char *rest = p->errors->buf, *line;
	size_t left;

	while (*(line = rest)) {
		size_t len = strcspn(line, "\r\n");
		char after;

		len += line[len] != '\0';
		if (!all && len < LINE_MAX_HEARD && !strchr("\r\n", line[len - 1]))
			break;
		rest = line + len;
		after = *rest;
		*rest = '\0';
		p->hear(line);
		*rest = after;
	}
	left = strlen(rest);
	memmove(p->errors->buf, rest, left);
	str_truncate(p->errors, left);
}

static void converse(const struct program *p, struct running *r)
{
	if (r->input >= 0 && !p->input_len)
		close_end(&r->input);
	if (r->input >= 0)
		fcntl(r->input, F_SETFL, O_NONBLOCK);
	while (r->input >= 0 || r->output >= 0 || r->errors >= 0) {
		struct pollfd fds[] = {{.fd = r->input, .events = POLLOUT},
			{.fd = r->output, .events = POLLIN},
			{.fd = r->errors, .events = POLLIN}};

		if (poll(fds, ARRAY_SIZE(fds), -1) < 0) {
			if (errno == EINTR)
				continue;
			break;
		}
		if (fds[0].revents)
			feed(p, r);
		if (fds[1].revents)
			fetch(&r->output, p->output);
		if (fds[2].revents)
			hear_errors(p, r);
		if (p->hear)
			pass_on(p, r->errors < 0);
	}
	close_end(&r->input);
	close_end(&r->output);
	close_end(&r->errors);
}

static int wait_for(const struct program *p, pid_t pid, int *status)
{
	int ended = 0;
	pid_t got;

	do
		got = waitpid(pid, &ended, 0);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return error_set(
			ERR_FAILED, "cannot wait for '%s': %s", p->argv[0], strerror(errno));
	*status = WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended);
	return 0;
}

int program_run(const struct program *p, int *status)
{
	struct hush hush;
	struct running r;
	int rc;

	hush_begin(&hush);
	rc = start(p, &r, &hush);
	if (!rc) {
		converse(p, &r);
		rc = wait_for(p, r.pid, status);
	}
	hush_end(&hush);
	return rc;
}

int program_leave_running(const struct program *p)
{
	pid_t pid;
	int error = spawn(p, &pid, (const int[]){-1, -1, -1}, NULL);

	return error ? start_failed(p, error) : 0;
}
