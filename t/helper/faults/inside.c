#include "t/helper/faults/inside.h"

#include "core/mem.h"
#include "core/str.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <unistd.h>

#define PATH_BYTES 4096
#define STACK_WORDS 4096

/* A text of the program; it may end at the end of a page. */
static bool read_text(pid_t pid, unsigned long long at, char *text)
{
	size_t len = 0;

	while (len < PATH_BYTES) {
		size_t n = PATH_BYTES - (at + len) % PATH_BYTES;
		struct iovec here = {.iov_base = text + len},
			     there = {.iov_base = (void *)(at + len)};
		ssize_t got;

		if (n > PATH_BYTES - len)
			n = PATH_BYTES - len;
		here.iov_len = there.iov_len = n;
		got = process_vm_readv(pid, &here, 1, &there, 1, 0);
		if (got <= 0)
			return false;
		if (memchr(text + len, 0, (size_t)got))
			return true;
		len += (size_t)got;
	}
	return false;
}

static bool is_below(const char *path, const char *dir)
{
	size_t len = dir ? strlen(dir) : 0;

	return len && !strncmp(path, dir, len) && (!path[len] || path[len] == '/');
}

static bool path_is_inside(const char *path)
{
	char *here = getcwd(NULL, 0);
	bool inside = is_below(path, here) || is_below(path, getenv("HOME"));

	free(here);
	return inside;
}

static bool fd_is_inside(pid_t pid, int fd)
{
	char *link = fd == AT_FDCWD ? xstrfmt("/proc/%d/cwd", (int)pid)
				    : xstrfmt("/proc/%d/fd/%d", (int)pid, fd);
	char path[PATH_BYTES];
	ssize_t n = readlink(link, path, sizeof(path) - 1);

	free(link);
	if (n < 0)
		return false;
	path[n] = '\0';
	return path_is_inside(path) || starts_with(path, "pipe:");
}

bool call_is_inside(
	pid_t pid, const struct call_kind *kind, const struct user_regs_struct *regs)
{
	char path[PATH_BYTES];

	switch (kind->what) {
	case 'f':
		return (int)regs->rdi == 1 || fd_is_inside(pid, (int)regs->rdi);
	case 'm':
		return (int)regs->r8 >= 0 && fd_is_inside(pid, (int)regs->r8);
	case 'p':
	case 'a':
		if (!read_text(pid, kind->what == 'p' ? regs->rdi : regs->rsi, path))
			return false;
		if (*path == '/')
			return path_is_inside(path);
		return fd_is_inside(pid, kind->what == 'p' ? AT_FDCWD : (int)regs->rdi);
	default:
		return true;
	}
}

/* A mapping with code. */
struct mapping {
	unsigned long long from, to;
	char *file;
};

struct mappings {
	struct mapping *items;
	size_t n, cap;
};

static void read_mappings(struct mappings *all, pid_t pid)
{
	char *name = xstrfmt("/proc/%d/maps", (int)pid), line[PATH_BYTES + 200], mode[8];
	FILE *maps = fopen(name, "r");

	while (maps && fgets(line, sizeof(line), maps)) {
		struct mapping m = {0};
		char *file = strchr(line, '/');

		if (!file || sscanf(line, "%llx-%llx %7s", &m.from, &m.to, mode) != 3 ||
			!strchr(mode, 'x'))
			continue;
		m.file = xstrdup(trim(file));
		GROW(all->items, all->n, all->cap);
		all->items[all->n++] = m;
	}
	if (maps)
		fclose(maps);
	free(name);
}

static const char *file_of(const struct mappings *all, unsigned long long at)
{
	for (size_t i = 0; i < all->n; i++)
		if (at >= all->items[i].from && at < all->items[i].to)
			return all->items[i].file;
	return NULL;
}

/* What runs for whoever calls it. */
static bool is_servant(const char *file)
{
	const char *name = strrchr(file, '/') + 1;

	return starts_with(name, "libc.") || starts_with(name, "ld-linux") ||
	       starts_with(name, "libpthread") || strstr(name, "failing-malloc");
}

char *whose_code_runs(pid_t pid)
{
	static unsigned long long stack[STACK_WORDS];
	struct mappings all = {0};
	struct user_regs_struct regs;
	const char *file = NULL;
	char *found = NULL;
	ssize_t got = 0;

	if (ptrace(PTRACE_GETREGS, pid, NULL, &regs))
		return NULL;
	read_mappings(&all, pid);
	file = file_of(&all, regs.rip);
	for (size_t words = STACK_WORDS; words >= 64 && got <= 0; words /= 2)
		got = process_vm_readv(pid, &(struct iovec){stack, words * sizeof(*stack)}, 1,
			&(struct iovec){(void *)regs.rsp, words * sizeof(*stack)}, 1, 0);
	for (size_t i = 0; (!file || is_servant(file)) && (ssize_t)(i * sizeof(*stack)) < got;
		i++)
		file = file_of(&all, stack[i]);
	if (file)
		found = xstrdup(file);
	for (size_t i = 0; i < all.n; i++)
		free(all.items[i].file);
	free(all.items);
	return found;
}
