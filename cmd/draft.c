#include "cmd/draft.h"

#include "cmd/form.h"
#include "core/error.h"
#include "core/mem.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Where the nth is put aside, from 2 on. */
static char *aside_path(const char *path, unsigned n)
{
	return xstrfmt("%s.%u", path, n);
}

/* The first that is free. */
static unsigned count_aside(const char *path)
{
	unsigned n = 2;

	for (;; n++) {
		char *aside = aside_path(path, n);
		int missing = access(aside, F_OK);

		free(aside);
		if (missing)
			return n;
	}
}

static void bring_back(const char *path)
{
	unsigned n;
	char *last;

	if (!access(path, F_OK))
		return;
	n = count_aside(path);
	if (n == 2)
		return;
	last = aside_path(path, n - 1);
	rename(last, path); /* where it cannot be, it stays where it is */
	free(last);
}

int draft_set_aside(const char *path, char **aside)
{
	*aside = aside_path(path, count_aside(path));
	if (!rename(path, *aside))
		return 0;
	error_add(ERR_FAILED, "cannot put '%s' aside: %s", path, strerror(errno));
	free(*aside);
	*aside = NULL;
	return ERR_FAILED;
}

int draft_path(struct repo *repo, const char *command, const char *id, char **path)
{
	char *dir = xstrfmt("%s/drafts", repo_private(repo));
	int err = 0;

	*path = NULL;
	if (mkdir(dir, 0700) && errno != EEXIST)
		err = error_set(ERR_FAILED, "cannot make '%s': %s", dir, strerror(errno));
	else
		*path = id ? xstrfmt("%s/%s.%s", dir, command, id)
			   : xstrfmt("%s/%s", dir, command);
	if (!err)
		bring_back(*path);
	free(dir);
	return err;
}

static char *place_of(struct repo *repo, const char *command, const char *id)
{
	return xstrfmt("%s/drafts/%s.%s", repo_private(repo), command, id);
}

bool draft_has_others(struct repo *repo, const char *command, const char *id)
{
	char *dir = xstrfmt("%s/drafts", repo_private(repo));
	DIR *entries = opendir(dir);
	size_t len = strlen(command);
	bool has = false;

	for (struct dirent *e; entries && !has && (e = readdir(entries));) {
		const char *rest = e->d_name + len + 1;

		if (!starts_with(e->d_name, command) || e->d_name[len] != '.')
			continue;
		has = strcspn(rest, ".") != strlen(id) || !starts_with(rest, id);
	}
	if (entries)
		closedir(entries);
	free(dir);
	return has;
}

void draft_adopt(struct repo *repo, const char *command, const char *former, const char *id)
{
	char *old = place_of(repo, command, former), *now = place_of(repo, command, id);

	bring_back(old);
	while (!access(old, F_OK)) {
		char *place =
			access(now, F_OK) ? xstrdup(now) : aside_path(now, count_aside(now));
		int failed = rename(old, place);

		free(place);
		if (failed) /* it stays where it is */
			break;
		bring_back(old);
	}
	free(old);
	free(now);
}

static int write_all(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t put = write(fd, bytes, len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		bytes += put;
		len -= (size_t)put;
	}
	return fsync(fd);
}

/* 0 or the reason in errno's terms. */
static int replace_file(const char *path, const char *bytes, size_t len)
{
	char *temporary = xstrfmt("%s.XXXXXX", path);
	int fd = mkstemp(temporary); /* mode 0600 */
	int reason = fd < 0 ? errno : 0;

	if (fd < 0)
		goto out;
	if (write_all(fd, bytes, len))
		reason = errno;
	if (close(fd) && !reason)
		reason = errno;
	if (!reason && rename(temporary, path))
		reason = errno;
	if (reason)
		unlink(temporary);
out:
	free(temporary);
	return reason;
}

/* A terminal that is closed sends more than one signal: the second must not leave a
 * temporary file that nobody looks for. */
int draft_save(const char *path, const char *bytes, size_t len)
{
	sigset_t held, before;
	int reason;

	sigemptyset(&held);
	sigaddset(&held, SIGINT);
	sigaddset(&held, SIGQUIT);
	sigaddset(&held, SIGTERM);
	sigaddset(&held, SIGHUP);
	sigprocmask(SIG_BLOCK, &held, &before);
	reason = replace_file(path, bytes, len);
	sigprocmask(SIG_SETMASK, &before, NULL);
	if (!reason)
		return 0;
	return error_add(
		ERR_FAILED, "cannot keep what you typed in '%s': %s", path, strerror(reason));
}

bool draft_read(const char *path, struct str *out)
{
	struct stat st;

	if (lstat(path, &st) || !S_ISREG(st.st_mode))
		return false;
	if (form_read_file(out, path)) {
		error_clear();
		str_release(out);
		return false;
	}
	return true;
}

void draft_remove(const char *path)
{
	unlink(path);
}
