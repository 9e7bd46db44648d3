#include "cmd/draft.h"

#include "cmd/form.h"
#include "core/error.h"
#include "core/mem.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
	free(dir);
	return err;
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

int draft_save(const char *path, const char *bytes, size_t len)
{
	char *temporary = xstrfmt("%s.XXXXXX", path);
	int fd = mkstemp(temporary); /* mode 0600 */
	int failed, reason;

	if (fd < 0) {
		reason = errno;
		goto fail;
	}
	failed = write_all(fd, bytes, len);
	reason = errno;
	if (close(fd) && !failed) {
		failed = -1;
		reason = errno;
	}
	if (!failed && rename(temporary, path)) {
		failed = -1;
		reason = errno;
	}
	if (!failed) {
		free(temporary);
		return 0;
	}
	unlink(temporary);
fail:
	free(temporary);
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
