#include "t/helper/faults/sweep.h"

#include "core/mem.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define COMPLAINTS_MAX 40
#define SAID_MAX 600

void complain(struct sweep *s, const char *label, const char *format, ...)
{
	va_list args;
	char *text;

	if (!s->wrong_here++)
		s->wrong++;
	if (s->wrong > COMPLAINTS_MAX)
		return;
	va_start(args, format);
	text = xstrvfmt(format, args);
	va_end(args);
	printf("%s: %.*s\n", label, SAID_MAX, text);
	fflush(stdout);
	free(text);
}

int run_plainly(char *const *argv, const char *input, bool all, struct str *said)
{
	int out = memfd_create("said", MFD_CLOEXEC), status = 0;
	char part[4096];
	ssize_t n;
	pid_t pid = fork();

	if (!pid) {
		int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
		int in = open(input ? input : "/dev/null", O_RDONLY | O_CLOEXEC);

		if (dup2(in, 0) < 0 || dup2(all ? out : null, 1) < 0 || dup2(out, 2) < 0)
			_exit(125);
		execvp(argv[0], argv);
		_exit(125);
	}
	waitpid(pid, &status, 0);
	lseek(out, 0, SEEK_SET);
	while ((n = read(out, part, sizeof(part))) > 0)
		str_addn(said, part, (size_t)n);
	close(out);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Whether it is there already; else it is noted. */
static bool is_known(uint64_t **keys, size_t *n, size_t *cap, uint64_t key)
{
	for (size_t i = 0; i < *n; i++)
		if ((*keys)[i] == key)
			return true;
	GROW(*keys, *n, *cap);
	(*keys)[(*n)++] = key;
	return false;
}

/* Nothing but lines that begin so. */
static bool says_only(const char *said, const char *begin)
{
	for (; *said; said = strchr(said, '\n') + 1)
		if (!begin || !starts_with(said, begin) || !strchr(said, '\n'))
			return false;
	return true;
}

static void wants_silence(
	struct sweep *s, const char *label, char *const *argv, const char *but)
{
	struct str said = STR_INIT;
	int status = run_plainly(argv, NULL, strcmp(argv[0], "git") == 0, &said);

	if (status || !says_only(said.buf, but))
		complain(s, label, "%s %s: status %d: %s", argv[0], argv[3], status, said.buf);
	str_release(&said);
}

/* What git and fu say of it: once for all states that are the same. */
static void check_soundness(struct sweep *s, const struct state *now, const char *label)
{
	if (is_known(&s->sound, &s->n_sound, &s->cap_sound, state_key(now)))
		return;
	for (size_t i = 0; i < now->n; i++) {
		char *name = now->parts[i].name;
		char *status[] = {"git", "-C", name, "status", "--porcelain", "-uall", NULL};
		char *fsck[] = {"git", "-C", name, "fsck", "--strict", "--no-dangling",
			"--no-progress", NULL};
		char *audit[] = {"fu", "-C", name, "fsck", NULL};

		/* The untracked files of a scenario are called so. What is old again may have
		 * been edited by hand before. */
		if (now->parts[i].git && !state_is(now, &s->old) &&
			!(s->ends_old && state_is(now, &s->new)))
			wants_silence(s, label, status, "?? foreign");
		if (now->parts[i].git || now->parts[i].bare)
			wants_silence(s, label, fsck, "notice: ");
		if (now->parts[i].git)
			wants_silence(s, label, audit, NULL);
	}
}

/* Locks, journals and the like that were not there before; what was somebody else's. */
static void check_litter(struct sweep *s, const struct tree *now, const char *label)
{
	for (size_t i = 0; i < now->n; i++) {
		const char *path = now->items[i].path;

		if (((ends_with(path, ".lock") && !strstr(path, "/refs/fu/fetched/")) ||
			    ends_with(path, "/fu/journal") || strstr(path, "/.fu-stage")) &&
			!tree_find(&s->base, path) && !is_workshop(path))
			complain(s, label, "left behind: %s", path);
	}
	for (size_t i = 0; i < s->base.n; i++) {
		const struct entry *was = &s->base.items[i];
		const struct entry *is = tree_find(now, was->path);

		if (strstr(was->path, "foreign") && was->bytes &&
			(!is || is->len != was->len ||
				memcmp(is->bytes, was->bytes, is->len) != 0))
			complain(s, label, "gone or altered, but not ours: %s", was->path);
	}
}

/* What is old can be done now. */
static void check_again(struct sweep *s, const struct state *half, const char *label)
{
	struct run run = {.argv = s->set->argv, .input = s->set->input, .salt = s->set->salt};
	struct state state;
	struct tree now;

	if (is_known(&s->repeated, &s->n_repeated, &s->cap_repeated, half->all))
		return;
	if (run_program(&run) || run.status) {
		complain(s, label, "cannot be done afterwards: status %d: %s", run.status,
			run.said.buf);
		run_release(&run);
		return;
	}
	run_release(&run);
	tree_read(&now, &s->base);
	state_of(&state, &now);
	if (!state_is(&state, &s->new))
		complain(s, label, "done afterwards, it is not what it is without a fault");
	check_litter(s, &now, label);
	check_soundness(s, &state, label);
	state_release(&state);
	tree_release(&now);
}

static bool stands_in(const struct tree *tree, const char *end)
{
	for (size_t i = 0; i < tree->n; i++)
		if (ends_with(tree->items[i].path, end))
			return true;
	return false;
}

/* Half of it is done: a journal says so. Copied, for the files go. */
static void keep_half(struct sweep *s, const struct state *raw, const char *label)
{
	struct half *h;

	if (is_known(&s->seen, &s->n_seen, &s->cap_seen, raw->all))
		return;
	GROW(s->halves, s->n_halves, s->cap_halves);
	h = &s->halves[s->n_halves++];
	*h = (struct half){.label = xstrdup(label)};
	tree_read(&h->tree, NULL);
}

static void check_outcome(struct sweep *s, const struct run *run, const struct state *raw,
	const char *label, bool calm)
{
	bool old = state_is(raw, &s->old), new = state_is(raw, &s->new);

	if (!run->status) {
		if (!new && s->from_half != HALF_READ &&
			!(s->set->warns && strstr(run->said.buf, "warning: ")))
			complain(s, label, "exit status 0, but %s: %s",
				old ? "nothing is recorded"
				    : "it is not what it is without a fault",
				run->said.buf);
	} else if (run->status == 128 || run->status == 127) {
		if (!strstr(run->said.buf, run->status == 127 ? "shared librar" : "error: "))
			complain(s, label, "exit status %d without a message: %s", run->status,
				run->said.buf);
		else if (s->from_half)
			return; /* it may be what it was before */
		else if (calm && !old && !s->set->loose && !s->set->again)
			complain(s, label, "refused, but %s: %s",
				new ? "it is recorded" : "not as it was", run->said.buf);
		else if (!old && !s->set->loose && !s->set->again &&
			 !strstr(run->said.buf, "taken back by the next fu command"))
			complain(s, label, "refused, and half done, but not said: %s",
				run->said.buf);
	} else if (!(run->fault == FAULT_KILL && run->status == 137)) {
		complain(s, label, "exit status %d%s%s: %s", run->status,
			run->crashed_in ? ", a crash in " : "",
			run->crashed_in ? run->crashed_in : "", run->said.buf);
	}
}

/* Runs the next command and looks again. */
static void recover(struct sweep *s, struct tree *now, struct state *state, const char *label)
{
	struct str said = STR_INIT;
	int status = run_plainly(s->set->next, NULL, false, &said);

	if (status && !s->set->again)
		complain(s, label, "the next command fails: status %d: %s", status, said.buf);
	str_release(&said);
	state_release(state);
	tree_release(now);
	tree_read(now, &s->base);
	state_of(state, now);
}

static void check_settled(
	struct sweep *s, const struct run *run, const struct state *state, const char *label)
{
	bool old = state_is(state, &s->old), new = state_is(state, &s->new);

	if (s->set->again && (run->status || (!old && !new)))
		return; /* done again it becomes new */
	if (s->set->warns && strstr(run->said.buf, "warning: "))
		return;
	if (s->from_half == HALF_READ) {
		if (!new)
			complain(
				s, label, "recovered in the end, but not to what it was to be");
		return;
	}
	if (!old && !new && !(s->set->loose && state_is_mix(state, &s->old, &s->new)))
		complain(s, label, "after the next command neither old nor new");
	else if (!run->status && !new)
		complain(s, label, "exit status 0, but after the next command it is gone");
	else if ((run->status == 128 || run->status == 127) && !old && !s->set->loose)
		complain(s, label, "refused, but after the next command it is recorded");
}

void judge(struct sweep *s, const struct run *run, const char *label, bool calm)
{
	struct state state, raw;
	struct tree now;
	bool untouched, as_before;

	s->wrong_here = 0;
	s->runs++;
	s->not_reached += !run->reached;
	tree_read(&now, &s->base);
	untouched = tree_untouched(&now, &s->base);
	state_of(&raw, &now);
	state_of(&state, &now);
	check_outcome(s, run, &raw, label, calm);
	if (s->set->halves && !s->from_half && run->fault == FAULT_KILL &&
		stands_in(&now, "/fu/journal"))
		keep_half(s, &raw, label);
	as_before = state_is(&raw, &s->old) || state_is(&raw, &s->new);
	if (!untouched || s->from_half) {
		recover(s, &now, &state, label);
		check_settled(s, run, &state, label);
		if (!s->set->again)
			check_litter(s, &now, label);
		if (!s->set->again || state_is(&state, &s->new))
			check_soundness(s, &state, label);
	}
	if (!state_is(&state, &s->new) && (!untouched || s->from_half))
		check_again(s, &raw, label);
	if (!s->wrong_here) {
		if (!as_before)
			s->settled++;
		else if (state_is(&state, &s->new))
			s->recorded++;
		else
			s->unchanged++;
	}
	state_release(&raw);
	state_release(&state);
	tree_release(&now);
	tree_put_back(&s->base);
}
