#include "storage/file.h"

#include "core/error.h"
#include "core/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#ifdef SYS_openat2
#include <linux/openat2.h>
#endif

bool file_path_valid(const char *path)
{
	for (;;) {
		size_t len = strcspn(path, "/");

		if (!len || (len == 1 && *path == '.') || !strncmp(path, "..", len))
			return false;
		if (len >= 4 && !strncasecmp(path, ".git", 4))
			return false;
		if (!path[len])
			return true;
		path += len + 1;
	}
}

/* To openat() a link where a directory is wanted is no directory; it is a link here. */
static int open_part(int at, const char *part, int how)
{
	int fd = openat(at, part, how);
	struct stat info;

	if (fd < 0 && errno == ENOTDIR) {
		bool is_link =
			!fstatat(at, part, &info, AT_SYMLINK_NOFOLLOW) && S_ISLNK(info.st_mode);

		errno = is_link ? ELOOP : ENOTDIR;
	}
	return fd;
}

/* Component by component, where the kernel cannot do it in one call. */
static int open_step_by_step(int root, const char *path, int flags)
{
	char *copy = xstrdup(path), *rest = copy;
	int at = root, fd = -1;

	while (rest) {
		const char *part = strsep(&rest, "/");
		int how = rest ? O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW : flags;

		fd = open_part(at, part, how);
		if (at != root) {
			int error = errno;

			close(at);
			errno = error;
		}
		if (fd < 0)
			break;
		at = fd;
	}
	free(copy);
	return fd;
}

#ifdef SYS_openat2
static int open_beneath(int root, const char *path, int flags)
{
	struct open_how how = {
		.flags = (unsigned)flags, .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS};
	long fd;

	do
		fd = syscall(SYS_openat2, root, path, &how, sizeof(how));
	while (fd < 0 && (errno == EINTR || errno == EAGAIN));
	if (fd < 0 && (errno == ENOSYS || errno == EPERM))
		return open_step_by_step(root, path, flags);
	return (int)fd;
}
#else
static int open_beneath(int root, const char *path, int flags)
{
	return open_step_by_step(root, path, flags);
}
#endif

static int open_failed(const char *path)
{
	if (errno == ENOENT)
		return error_set(ERR_MISSING, "no such file: '%s'", path);
	if (errno == ELOOP)
		return error_set(ERR_FAILED, "a symbolic link is not followed: '%s'", path);
	return error_set(ERR_FAILED, "cannot open '%s': %s", path, strerror(errno));
}

static int read_failed(const char *path)
{
	return error_set(ERR_FAILED, "cannot read '%s': %s", path, strerror(errno));
}

static int read_all(struct str *out, int fd, const char *path, size_t limit)
{
	for (;;) {
		ssize_t n;

		str_reserve(out, 4096);
		n = read(fd, out->buf + out->len, out->cap - out->len - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return read_failed(path);
		if (!n)
			return 0;
		out->len += (size_t)n;
		out->buf[out->len] = '\0';
		if (out->len > limit)
			return error_set(
				ERR_FAILED, "'%s' is larger than %zu bytes", path, limit);
	}
}

/* Reads from fd, and closes it. */
static int read_open(struct str *out, int fd, const char *path, size_t limit)
{
	struct stat info;
	int rc;

	str_truncate(out, 0);
	if (fstat(fd, &info)) {
		rc = read_failed(path);
	} else if (!S_ISREG(info.st_mode)) {
		rc = error_set(ERR_FAILED, "'%s' is not a regular file", path);
	} else if ((size_t)info.st_size > limit) {
		rc = error_set(ERR_FAILED, "'%s' is larger than %zu bytes", path, limit);
	} else {
		str_reserve(out, (size_t)info.st_size + 1);
		rc = read_all(out, fd, path, limit);
	}
	close(fd);
	return rc;
}

int file_read(struct str *out, int root, const char *path, size_t limit)
{
	int fd;

	if (!file_path_valid(path))
		return error_set(ERR_FAILED, "not a path in the work tree: '%s'", path);
	fd = open_beneath(
		root, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	return fd < 0 ? open_failed(path) : read_open(out, fd, path, limit);
}

int file_read_anywhere(struct str *out, const char *path, size_t limit)
{
	int fd;

	do
		fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	while (fd < 0 && errno == EINTR);
	return fd < 0 ? open_failed(path) : read_open(out, fd, path, limit);
}

static bool is_link(int root, const char *path)
{
	struct stat info;

	return !fstatat(root, path, &info, AT_SYMLINK_NOFOLLOW) && S_ISLNK(info.st_mode);
}

int file_open_directory(int *fd, int root, const char *path)
{
	*fd = open_beneath(root, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_DIRECTORY);
	if (*fd >= 0)
		return 0;
	/* O_DIRECTORY is what the kernel finds missing first. */
	if (errno == ENOTDIR && is_link(root, path))
		errno = ELOOP;
	return open_failed(path);
}

bool file_exists(int root, const char *path)
{
	struct stat info;

	return !fstatat(root, path, &info, AT_SYMLINK_NOFOLLOW);
}
