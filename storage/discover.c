/* Finding the repository, and whether it is to be trusted. */
#include "storage/repo.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/file.h"
#include "storage/layout.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GIT_FILE_MAX 4096

static bool is_repository(const char *dir)
{
	char *settings = xstrfmt("%s/" SETTINGS_FILE, dir), *git = xstrfmt("%s/.git", dir);
	struct stat info;
	bool is = !lstat(settings, &info) && !lstat(git, &info);

	free(settings);
	free(git);
	return is;
}

/* The directory itself, or the nearest one above it; NULL: none. */
static char *look_upwards(const char *from)
{
	char *dir = xstrdup(from);

	while (!is_repository(*dir ? dir : "/")) {
		char *slash = strrchr(dir, '/');

		if (!slash || !*dir) {
			free(dir);
			return NULL;
		}
		*slash = '\0';
	}
	return dir;
}

static int find_root(char **root, const char *where)
{
	char *start = realpath(where ? where : ".", NULL);

	if (!start && where)
		return error_set(
			ERR_MISSING, "no repository at '%s': %s", where, strerror(errno));
	if (!start)
		return error_set(ERR_FAILED, "the current directory: %s", strerror(errno));
	if (!where)
		*root = look_upwards(start);
	else
		*root = is_repository(start) ? xstrdup(start) : NULL;
	free(start);
	if (*root)
		return 0;
	if (where)
		error_set(ERR_MISSING, "no repository at '%s'", where);
	else
		error_set(ERR_MISSING,
			"not in a repository of fu, nor is any directory above it");
	error_hint("'fu init' makes one");
	return ERR_MISSING;
}

/* What the first line of a file says behind `prefix`, relative to dir; NULL: nothing. */
static char *pointed_to(const char *dir, const char *file, const char *prefix)
{
	char *path = xstrfmt("%s/%s", dir, file), *target = NULL;
	struct str text = STR_INIT;

	if (!file_read_anywhere(&text, path, GIT_FILE_MAX)) {
		char *line = text.buf;

		line[strcspn(line, "\r\n")] = '\0';
		if (starts_with(line, prefix))
			line += strlen(prefix);
		else
			*line = '\0';
		if (*line)
			target = *line == '/' ? xstrdup(line) : xstrfmt("%s/%s", dir, line);
	}
	error_clear();
	str_release(&text);
	free(path);
	return target;
}

/* .git is a directory, or a file that says where it is (a worktree, a submodule). */
static int find_git_dir(struct repo *repo)
{
	char *git = xstrfmt("%s/.git", repo->root);
	struct stat info;
	int rc = 0;

	if (lstat(git, &info)) {
		rc = error_set(ERR_FAILED, "cannot read '%s': %s", git, strerror(errno));
	} else if (S_ISDIR(info.st_mode)) {
		repo->git_dir = xstrdup(git);
	} else if (S_ISREG(info.st_mode)) {
		repo->git_dir = pointed_to(repo->root, ".git", "gitdir: ");
		if (!repo->git_dir)
			rc = error_set(
				ERR_FAILED, "'%s' does not say where the repository is", git);
	} else {
		rc = error_set(ERR_FAILED, "'%s' is neither a directory nor a file", git);
	}
	free(git);
	if (rc)
		return rc;
	repo->common_dir = pointed_to(repo->git_dir, "commondir", "");
	if (!repo->common_dir)
		repo->common_dir = xstrdup(repo->git_dir);
	repo->private_dir = xstrfmt("%s/fu", repo->git_dir);
	return 0;
}

static bool is_mine(const char *path)
{
	struct stat info;

	return !lstat(path, &info) && info.st_uid == geteuid();
}

/* As git: work tree and repository belong to who runs this, or git is told to trust. */
static int check_owner(const struct repo *repo)
{
	const struct git_backend *backend;
	char *git = xstrfmt("%s/.git", repo->root);
	bool mine = is_mine(repo->root) && is_mine(git) && is_mine(repo->git_dir);

	free(git);
	if (mine)
		return 0;
	backend = backend_load();
	return backend ? backend->check_owner(repo->root) : ERR_FAILED;
}

int repo_discover(struct repo *repo, const char *where)
{
	const char *fallback = getenv("FU_REPO");
	int rc;

	if (!where && fallback && *fallback)
		where = fallback;
	rc = find_root(&repo->root, where);
	if (!rc)
		rc = find_git_dir(repo);
	if (!rc)
		rc = check_owner(repo);
	if (rc)
		return rc;
	repo->fd = open(*repo->root ? repo->root : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (repo->fd < 0)
		return error_set(
			ERR_FAILED, "cannot open '%s': %s", repo->root, strerror(errno));
	return 0;
}
