#include "storage/note.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void note_read(struct repo *repo, const char *name, struct str *out)
{
	char *path = xstrfmt("%s/%s", repo_private(repo), name);

	if (file_read_anywhere(out, path, FILE_MAX)) {
		error_clear();
		str_truncate(out, 0);
	}
	free(path);
}

static int write_fresh(const char *path, const struct str *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
	bool failed;

	if (fd < 0)
		return error_set(ERR_FAILED, "cannot make '%s': %s", path, strerror(errno));
	failed = write(fd, text->buf, text->len) != (ssize_t)text->len;
	if (close(fd) || failed)
		return error_set(ERR_FAILED, "cannot write '%s': %s", path, strerror(errno));
	return 0;
}

int note_write(struct repo *repo, const char *name, const struct str *text)
{
	char *path = xstrfmt("%s/%s", repo_private(repo), name), *fresh;
	int rc;

	fresh = xstrfmt("%s.%ld", path, (long)getpid());
	rc = write_fresh(fresh, text);
	if (!rc && rename(fresh, path))
		rc = error_set(ERR_FAILED, "cannot make '%s': %s", path, strerror(errno));
	if (rc)
		unlink(fresh);
	free(fresh);
	free(path);
	return rc;
}
