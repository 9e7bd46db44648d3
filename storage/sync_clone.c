/* fu clone. */
#include "storage/sync.h"

#include "core/error.h"
#include "core/mem.h"

#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st;
	(void)kind;
	return where->level ? remove(path) : 0;
}

static void remove_all_in(const char *dir)
{
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

static bool is_empty(const char *dir)
{
	const struct dirent *entry;
	DIR *files = opendir(dir);
	size_t n = 0;

	while (files && (entry = readdir(files)))
		n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
	if (files)
		closedir(files);
	return files && !n;
}

/* What we stand together with from the beginning (see sync_state.c). */
static int note_start(struct repo *repo)
{
	const struct git_backend *backend;
	char *branch = NULL;
	struct git *git;
	char hash[41];
	int rc = repo_git(repo, &backend, &git);

	if (!rc)
		rc = backend->branch(git, &branch);
	if (!rc)
		rc = backend->resolve(git, "HEAD", hash);
	if (!rc)
		rc = synced_set(repo, "origin", branch, hash);
	if (!rc)
		rc = synced_note_time(repo);
	free(branch);
	return rc;
}

static int look_into(const char *url, const char *dir)
{
	struct repo *repo = NULL;
	int rc = repo_open(&repo, dir);

	if (rc == ERR_MISSING) {
		rc = error_set(ERR_FAILED, "'%s' is no fu repository", url);
		error_hint("make one here: fu init; then git remote add origin '%s' && fu sync",
			url);
	}
	if (!rc)
		rc = note_start(repo);
	repo_close(repo);
	return rc;
}

static int fill(const char *url, const char *dir, void (*hear)(const char *line))
{
	int rc = remote_clone(url, dir, hear);

	return rc ? rc : look_into(url, dir);
}

/* As git does it. */
static int make_parents(const char *dir)
{
	char *path = xstrdup(dir), *slash = path;
	int rc = 0;

	while (!rc && (slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		if (mkdir(path, 0777) && errno != EEXIST)
			rc = error_set(
				ERR_FAILED, "cannot make '%s': %s", path, strerror(errno));
		*slash = '/';
	}
	free(path);
	return rc;
}

/* mkdtemp() makes it for its owner alone. */
static int put_in_place(const char *workshop, const char *dir)
{
	mode_t mask = umask(0);

	umask(mask);
	if (chmod(workshop, 0777 & ~mask) || rename(workshop, dir))
		return error_set(ERR_FAILED, "cannot make '%s': %s", dir, strerror(errno));
	return 0;
}

/* The directory comes into being whole, whoever is killed in between, this process or the
 * git program: what then lies beside it is in nobody's way. */
static int make_and_fill(const char *url, const char *dir, void (*hear)(const char *line))
{
	char *workshop = xstrfmt("%s.fu-clone-XXXXXX", dir);
	int rc = make_parents(dir);

	if (!rc && !mkdtemp(workshop))
		rc = error_set(ERR_FAILED, "cannot make a directory beside '%s': %s", dir,
			strerror(errno));
	if (!rc) {
		rc = fill(url, workshop, hear);
		if (!rc)
			rc = put_in_place(workshop, dir);
		if (rc) {
			remove_all_in(workshop);
			rmdir(workshop);
		}
	}
	free(workshop);
	return rc;
}

int repo_clone(const char *url, const char *dir, void (*hear)(const char *line), char **root)
{
	char *place = xstrdup(dir);
	struct stat st;
	int rc;

	*root = NULL;
	while (strlen(place) > 1 && ends_with(place, "/"))
		place[strlen(place) - 1] = '\0';
	if (lstat(place, &st)) {
		rc = make_and_fill(url, place, hear);
	} else if (!S_ISDIR(st.st_mode) || !is_empty(place)) {
		rc = error_set(ERR_FAILED, "'%s' is there already, and is not empty", dir);
	} else {
		rc = fill(url, place, hear);
		if (rc)
			remove_all_in(place);
	}
	if (!rc)
		*root = realpath(place, NULL);
	free(place);
	return rc;
}
