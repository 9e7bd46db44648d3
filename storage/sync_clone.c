/* fu clone. */
#include "storage/sync.h"

#include "core/error.h"
#include "core/mem.h"

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

/* What was made is taken away again; a directory that was there stays, empty. */
static void remove_clone(const char *dir, bool was_there)
{
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
	if (!was_there)
		rmdir(dir);
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

int repo_clone(const char *url, const char *dir, void (*hear)(const char *line), char **root)
{
	struct stat st;
	bool was_there = !lstat(dir, &st);
	int rc;

	*root = NULL;
	if (was_there && (!S_ISDIR(st.st_mode) || (rmdir(dir) && errno != EBUSY)))
		return error_set(ERR_FAILED, "'%s' is there already, and is not empty", dir);
	rc = remote_clone(url, dir, hear);
	if (!rc) {
		*root = realpath(dir, NULL);
		rc = look_into(url, dir);
		if (rc)
			remove_clone(dir, false);
	}
	if (rc && was_there)
		(void)mkdir(dir, st.st_mode & 0777);
	if (rc) {
		free(*root);
		*root = NULL;
	}
	return rc;
}
