/* Making a repository. */
#include "storage/write.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/layout.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool exists_in(const char *dir, const char *name)
{
	char *path = xstrfmt("%s/%s", dir, name);
	struct stat info;
	bool exists = !lstat(path, &info);

	free(path);
	return exists;
}

/* The directory itself or, where it is not there yet, the nearest one that is. */
static char *existing_part(const char *dir)
{
	char *part = xstrdup(dir);
	struct stat info;

	while (stat(part, &info) && errno == ENOENT) {
		char *slash = strrchr(part, '/');

		if (!slash)
			replace_string(&part, ".");
		else if (slash == part)
			part[1] = '\0';
		else
			*slash = '\0';
	}
	return part;
}

static int make_directories(const char *dir)
{
	char *path = xstrdup(dir);
	int rc = 0;

	for (char *slash = path + 1; !rc; slash++) {
		char c = *slash;

		if (c && c != '/')
			continue;
		*slash = '\0';
		if (mkdir(path, 0777) && errno != EEXIST)
			rc = error_set(
				ERR_FAILED, "cannot make '%s': %s", path, strerror(errno));
		*slash = c;
		if (!c)
			break;
	}
	free(path);
	return rc;
}

/* True for a work tree in which nothing was committed yet. */
static bool is_unborn(const struct git_backend *backend, const char *root)
{
	struct git *git;
	char commit[41];
	bool unborn;

	if (backend->open(&git, root)) {
		error_clear();
		return false;
	}
	unborn = backend->resolve(git, "HEAD", commit) == ERR_MISSING;
	error_clear();
	backend->close(git);
	return unborn;
}

/* Refuses inside a work tree that holds something else. *top: the directory is the
 * top of a git work tree already. */
static int check_place(const struct git_backend *backend, const char *dir, bool here, bool *top)
{
	char *part = existing_part(dir), *real = realpath(part, NULL), *tree = NULL;
	bool whole = !strcmp(part, dir);
	int rc = backend->discover(part, &tree);

	*top = !rc && whole && real && same_string(tree, real);
	if (!rc && tree && !here && !(*top && is_unborn(backend, tree))) {
		rc = error_set(ERR_REFUSED, "inside the git work tree '%s'", tree);
		error_hint("'--here' makes the repository here all the same");
	}
	free(tree);
	free(real);
	free(part);
	return rc;
}

static void settings_text(struct str *out, const char *zone, const char *currency)
{
	ini_write_section(out, "fu");
	ini_write_pair(out, "version", "1");
	ini_write_pair(out, "timezone", zone);
	if (currency && *currency)
		ini_write_pair(out, "currency", currency);
}

static int stage_files(
	const struct git_backend *backend, struct gitw *transaction, const struct str *settings)
{
	int rc = backend->put(transaction, SETTINGS_FILE, settings->buf, settings->len, NULL);

	for (const struct shipped_process *p = shipped_processes; !rc && p->name; p++) {
		char *path = xstrfmt(PROCESSES "/%s.ini", p->name);

		rc = backend->put(transaction, path, p->text, strlen(p->text), NULL);
		free(path);
	}
	return rc;
}

static int first_commit(const struct git_backend *backend, struct git *git,
	const struct str *settings, const struct moment *now)
{
	struct list trailers = {0};
	struct gitw *transaction;
	char commit[41], *who = NULL, *message;
	bool guessed;
	int rc = backend->identity(git, &who, &guessed);

	if (!rc)
		rc = backend->begin(&transaction, git, true);
	if (rc) {
		free(who);
		return rc;
	}
	list_add(&trailers, "Fu-Act: init");
	message = commit_message(
		&(struct commit_text){"init: a repository of opportunities", NULL, &trailers});
	rc = stage_files(backend, transaction, settings);
	if (!rc)
		rc = backend->commit(
			transaction, message, &(struct git_author){who, *now}, commit);
	backend->end(transaction);
	list_release(&trailers);
	free(message);
	free(who);
	return rc;
}

static int fill(const struct git_backend *backend, const char *root, const struct str *settings,
	const char *name)
{
	struct clock clock = {0};
	struct moment now;
	struct zone *zone = NULL;
	struct git *git;
	int rc = system_now(&now);

	if (!rc)
		rc = zone_load(&zone, name);
	if (rc)
		return rc;
	clock.zone = zone;
	now = moment_at(now.utc, &clock);
	rc = backend->open(&git, root);
	if (!rc) {
		share_writing(backend, git);
		rc = first_commit(backend, git, settings, &now);
		backend->close(git);
	}
	zone_free(zone);
	return rc;
}

int repo_init(const char *dir, const char *zone, const char *currency, bool here, bool *made,
	char **root)
{
	const struct git_backend *backend;
	struct str text = STR_INIT;
	struct settings settings;
	bool top;
	int rc;

	*made = false;
	*root = NULL;
	if (exists_in(dir, SETTINGS_FILE) && exists_in(dir, ".git")) {
		*root = realpath(dir, NULL);
		return *root ? 0 : error_set(ERR_FAILED, "'%s': %s", dir, strerror(errno));
	}
	settings_text(&text, zone, currency);
	rc = settings_read(&settings, SETTINGS_FILE, text.buf, text.len);
	if (rc)
		goto out;
	settings_release(&settings);
	backend = backend_load();
	rc = backend ? check_place(backend, dir, here, &top) : ERR_FAILED;
	if (!rc)
		rc = make_directories(dir);
	if (!rc && !(*root = realpath(dir, NULL)))
		rc = error_set(ERR_FAILED, "'%s': %s", dir, strerror(errno));
	if (!rc && !top)
		rc = backend->init(*root);
	if (!rc)
		rc = fill(backend, *root, &text, zone);
	*made = !rc;
out:
	str_release(&text);
	if (rc) {
		free(*root);
		*root = NULL;
	}
	return rc;
}
