#include "storage/git/git.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static bool component_is_fine(const char *name, size_t len)
{
	if (!len || name[0] == '-')
		return false;
	if ((len == 1 && name[0] == '.') || (len == 2 && !strncmp(name, "..", 2)))
		return false;
	if (len == 4 && !strncasecmp(name, ".git", 4))
		return false;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)name[i] < 0x20 || name[i] == 0x7f)
			return false;
	return true;
}

int path_check(const char *path)
{
	const char *at = path;

	if (strlen(path) > 4000)
		return error_set(ERR_FAILED, "path '%.60s…' is too long", path);
	for (;;) {
		size_t len = strcspn(at, "/");

		if (!component_is_fine(at, len))
			return error_set(ERR_FAILED, "'%s' is no path that fu writes to", path);
		at += len;
		if (!*at++)
			return 0;
	}
}

/* One directory down. A symbolic link is never followed. */
static int open_child(int dir_fd, const char *name, bool make, bool *made)
{
	int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	int fd = (int)RETRY(openat(dir_fd, name, flags));

	if (fd >= 0 || errno != ENOENT || !make)
		return fd;
	if (RETRY(mkdirat(dir_fd, name, 0777)) && errno != EEXIST)
		return -1;
	if (made)
		*made = true;
	return (int)RETRY(openat(dir_fd, name, flags));
}

int path_open_parent(int root_fd, const char *path, bool make, const char **base, bool *made)
{
	char name[256];
	const char *slash;
	int fd = (int)RETRY(fcntl(root_fd, F_DUPFD_CLOEXEC, 3));

	while (fd >= 0 && (slash = strchr(path, '/'))) {
		size_t len = (size_t)(slash - path);
		int child = -1;

		if (len < sizeof(name)) {
			memcpy(name, path, len);
			name[len] = '\0';
			child = open_child(fd, name, make, made);
		} else {
			errno = ENAMETOOLONG;
		}
		int why = errno;
		close(fd);
		errno = why;
		fd = child;
		path = slash + 1;
	}
	*base = path;
	return fd;
}

void path_prune_parents(int root_fd, const char *path)
{
	char *dir = xstrdup(path);
	char *slash;

	while ((slash = strrchr(dir, '/'))) {
		const char *base;
		int fd, gone;

		*slash = '\0';
		fd = path_open_parent(root_fd, dir, false, &base, NULL);
		if (fd < 0)
			break;
		gone = unlinkat(fd, base, AT_REMOVEDIR);
		close(fd);
		if (gone)
			break;
	}
	free(dir);
}

int fd_read(int fd, struct str *out)
{
	long got;

	do {
		str_reserve(out, 64 * 1024);
		got = RETRY(read(fd, out->buf + out->len, 64 * 1024));
		if (got > 0)
			out->len += (size_t)got;
	} while (got > 0 && out->len <= FILE_LIMIT);
	out->buf[out->len] = '\0';
	if (got < 0)
		return ERR_FAILED;
	if (out->len > FILE_LIMIT) {
		errno = EFBIG;
		return ERR_FAILED;
	}
	return 0;
}

static int parent_failed(const char *path)
{
	if (errno == ELOOP || errno == ENOTDIR)
		return error_set(ERR_FAILED,
			"'%s' lies behind a symbolic link or a file; fu follows no links",
			path);
	return os_failed("cannot open the directory of '%s'", path);
}

int path_read(int root_fd, const char *path, struct str *out, struct stat *st, bool *found)
{
	struct stat own;
	const char *base;
	int fd = -1, err = 0;
	int parent = path_open_parent(root_fd, path, false, &base, NULL);

	*found = false;
	if (parent < 0)
		return errno == ENOENT ? 0 : parent_failed(path);
	fd = (int)RETRY(openat(parent, base, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
	if (fd < 0) {
		if (errno == ELOOP)
			err = error_set(ERR_FAILED, "'%s' is a symbolic link", path);
		else if (errno != ENOENT)
			err = os_failed("cannot open '%s'", path);
		goto out;
	}
	st = st ? st : &own;
	if (fstat(fd, st))
		err = os_failed("cannot look at '%s'", path);
	else if (!S_ISREG(st->st_mode))
		err = error_set(ERR_FAILED, "'%s' is not a regular file", path);
	else if (fd_read(fd, out))
		err = os_failed("cannot read '%s'", path);
	else
		*found = true;
out:
	if (fd >= 0)
		close(fd);
	close(parent);
	return err;
}

int path_hash(int root_fd, const char *path, git_oid *id, struct stat *st)
{
	struct str bytes = STR_INIT;
	bool found;
	int err = path_read(root_fd, path, &bytes, st, &found);

	memset(id, 0, sizeof(*id));
	if (!err && found && git_odb_hash(id, bytes.buf, bytes.len, GIT_OBJECT_BLOB))
		err = git_failed("cannot hash '%s'", path);
	str_release(&bytes);
	return err;
}

static int write_all(int fd, const char *bytes, size_t len)
{
	while (len) {
		long n = RETRY(write(fd, bytes, len));

		if (n <= 0) {
			errno = n ? errno : ENOSPC;
			return -1;
		}
		bytes += n;
		len -= (size_t)n;
	}
	return 0;
}

int file_write(int dir_fd, const char *name, const void *bytes, size_t len, mode_t mode)
{
	int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	int fd = (int)RETRY(openat(dir_fd, name, flags, mode));
	bool bad;

	if (fd < 0)
		return os_failed("cannot make '%s' in .git/fu", name);
	bad = write_all(fd, bytes, len) != 0;
	/* close() is what tells of a full disk on some file systems; it is not repeated. */
	if (close(fd) && errno != EINTR)
		bad = true;
	if (!bad)
		return 0;
	os_failed("cannot write '%s' in .git/fu", name);
	unlinkat(dir_fd, name, 0);
	return ERR_FAILED;
}
