#include "storage/sync.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LAST_SYNC "last-sync"
#define SYNCED "synced" /* "<hash> <remote>/<branch>", a line each */

static void read_note(struct repo *repo, const char *name, struct str *out)
{
	char *path = xstrfmt("%s/%s", repo_private(repo), name);

	/* It is a help: what cannot be read was never written. */
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

static int write_note(struct repo *repo, const char *name, const struct str *text)
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

void synced_get(struct repo *repo, const char *remote, const char *branch, char hash[41])
{
	char *wanted = xstrfmt("%s/%s", remote, branch), *rest;
	struct str text = STR_INIT;

	hash[0] = '\0';
	read_note(repo, SYNCED, &text);
	for (rest = text.buf; text.len && rest;) {
		const char *line = strsep(&rest, "\n");

		if (strlen(line) > 41 && !strcmp(line + 41, wanted)) {
			memcpy(hash, line, 40);
			hash[40] = '\0';
		}
	}
	str_release(&text);
	free(wanted);
}

int synced_set(struct repo *repo, const char *remote, const char *branch, const char *hash)
{
	char *name = xstrfmt("%s/%s", remote, branch), *rest;
	struct str before = STR_INIT, after = STR_INIT;
	int rc;

	read_note(repo, SYNCED, &before);
	for (rest = before.buf; before.len && rest;) {
		const char *line = strsep(&rest, "\n");

		if (strlen(line) > 41 && strcmp(line + 41, name))
			str_addf(&after, "%s\n", line);
	}
	str_addf(&after, "%s %s\n", hash, name);
	rc = write_note(repo, SYNCED, &after);
	str_release(&before);
	str_release(&after);
	free(name);
	return rc;
}

int synced_note_time(struct repo *repo)
{
	struct str text = STR_INIT;
	int rc;

	moment_add(&text, &repo->clock.now);
	str_addch(&text, '\n');
	rc = write_note(repo, LAST_SYNC, &text);
	str_release(&text);
	return rc;
}

void repo_last_sync(struct repo *repo, struct moment *out)
{
	struct str text = STR_INIT;

	*out = (struct moment){0};
	read_note(repo, LAST_SYNC, &text);
	if (text.len && moment_parse_rfc3339(out, trim(text.buf))) {
		error_clear();
		*out = (struct moment){0};
	}
	str_release(&text);
}
