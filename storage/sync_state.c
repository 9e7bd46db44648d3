#include "storage/sync.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/note.h"

#include <stdlib.h>
#include <string.h>

#define LAST_SYNC "last-sync"
#define SYNCED "synced" /* "<hash> <remote>/<branch>", a line each */

void synced_get(struct repo *repo, const char *remote, const char *branch, char hash[41])
{
	char *wanted = xstrfmt("%s/%s", remote, branch), *rest;
	struct str text = STR_INIT;

	hash[0] = '\0';
	note_read(repo, SYNCED, &text);
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

	note_read(repo, SYNCED, &before);
	for (rest = before.buf; before.len && rest;) {
		const char *line = strsep(&rest, "\n");

		if (strlen(line) > 41 && strcmp(line + 41, name))
			str_addf(&after, "%s\n", line);
	}
	str_addf(&after, "%s %s\n", hash, name);
	rc = note_write(repo, SYNCED, &after);
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
	rc = note_write(repo, LAST_SYNC, &text);
	str_release(&text);
	return rc;
}

void repo_last_sync(struct repo *repo, struct moment *out)
{
	struct str text = STR_INIT;

	*out = (struct moment){0};
	note_read(repo, LAST_SYNC, &text);
	if (text.len && moment_parse_rfc3339(out, trim(text.buf))) {
		error_clear();
		*out = (struct moment){0};
	}
	str_release(&text);
}
