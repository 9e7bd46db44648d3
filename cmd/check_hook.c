#include "cmd/check_hook.h"

#include "cmd/printer.h"
#include "core/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char hook_text[] = "#!/bin/sh\n"
				"# Written by 'fu check --install-hook'.\n"
				"exec fu check --staged\n";

static int cannot(const char *what, const char *path)
{
	return error_set(ERR_FAILED, "cannot %s '%s': %s", what, path, strerror(errno));
}

/* Whether there is a hook, and whether it is this one. */
static int look_at(const char *path, bool *there, bool *ours)
{
	char text[sizeof(hook_text) + 1] = "";
	FILE *file = fopen(path, "re");
	size_t len;
	int err = 0;

	*there = *ours = false;
	if (!file)
		return errno == ENOENT ? 0 : cannot("read", path);
	len = fread(text, 1, sizeof(text) - 1, file);
	if (ferror(file))
		err = cannot("read", path);
	fclose(file);
	*there = true;
	*ours = len == strlen(hook_text) && !strcmp(text, hook_text);
	return err;
}

static int make_parent(const char *path)
{
	char *parent = xstrndup(path, (size_t)(strrchr(path, '/') - path));
	int err = 0;

	if (mkdir(parent, 0777) && errno != EEXIST)
		err = cannot("make", parent);
	free(parent);
	return err;
}

/* Made aside and linked to its place, so that a hook is there whole or not at all. */
static int write_hook(const char *path)
{
	char *aside = xstrfmt("%s.%ld", path, (long)getpid());
	ssize_t len = (ssize_t)strlen(hook_text);
	int fd, err = make_parent(path);

	if (err)
		goto out;
	fd = open(aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0777);
	if (fd < 0) {
		err = cannot("write", aside);
		goto out;
	}
	if (write(fd, hook_text, (size_t)len) != len)
		err = cannot("write", aside);
	if (close(fd) && !err)
		err = cannot("write", aside);
	if (!err && link(aside, path))
		err = cannot("write", path);
	unlink(aside);
out:
	free(aside);
	return err;
}

int check_install_hook(struct call *call)
{
	char *path = NULL;
	bool there = false, ours = false;
	int err = repo_hook_path(call->repo, "pre-commit", &path);

	if (!err)
		err = look_at(path, &there, &ours);
	if (!err && there && !ours) {
		err = error_set(ERR_REFUSED, "there is a hook already: '%s'", path);
		error_hint("add this line to it: fu check --staged || exit 1");
	}
	if (!err && !there)
		err = write_hook(path);
	if (!err)
		print_line("%s: git commit passes the rules now", path);
	free(path);
	return err;
}

int check_staged(struct call *call)
{
	return repo_judge_staged(call->repo);
}
