/*
 * Making a repository. libgit2 makes its files one by one under lock files of their
 * own, and a kill on the way would leave a .git that neither git nor a second attempt
 * can use. It is made aside, in .fu-init, and renamed to its place when it is whole.
 */
#include "storage/git/git.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#define WORKSHOP ".fu-init"
#define OPEN_AT_ONCE 16 /* directories, while they are removed */

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	return at->level ? remove(path) : 0;
}

static int empty_workshop(const char *path)
{
	if (nftw(path, remove_one, OPEN_AT_ONCE, FTW_DEPTH | FTW_PHYS))
		return os_failed("cannot remove what is in '%s'", path);
	return 0;
}

/* The directory, empty and locked; what a dead process left there goes. */
static int enter_workshop(int *lock, const char *path)
{
	if (RETRY(mkdir(path, 0777)) && errno != EEXIST)
		return os_failed("cannot make '%s'", path);
	*lock = (int)RETRY(open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
	if (*lock < 0)
		return os_failed("cannot open '%s'", path);
	if (RETRY(flock(*lock, LOCK_EX | LOCK_NB)))
		return os_failed("cannot lock '%s'", path);
	return empty_workshop(path);
}

static void leave_workshop(int lock, const char *path)
{
	if (lock < 0)
		return;
	/* What cannot be removed now is removed by the next attempt. */
	nftw(path, remove_one, OPEN_AT_ONCE, FTW_DEPTH | FTW_PHYS);
	rmdir(path);
	close(lock);
}

static int make_repository(const char *path, const char *branch)
{
	git_repository_init_options options = GIT_REPOSITORY_INIT_OPTIONS_INIT;
	git_repository *repo = NULL;
	int err = 0;

	options.flags = GIT_REPOSITORY_INIT_MKPATH | GIT_REPOSITORY_INIT_NO_REINIT;
	options.initial_head = branch;
	if (git_repository_init_ext(&repo, path, &options))
		err = git_failed("cannot make a git repository in '%s'", path);
	git_repository_free(repo);
	return err;
}

/* Removes the files of a directory that have to go. */
static int remove_files(const char *dir, bool (*unwanted)(const char *name))
{
	DIR *files = opendir(dir);
	struct dirent *entry;
	int err = 0;

	if (!files)
		return os_failed("cannot read '%s'", dir);
	while (!err && (errno = 0, entry = readdir(files)))
		if (unwanted(entry->d_name) && RETRY(unlinkat(dirfd(files), entry->d_name, 0)))
			err = os_failed("cannot remove '%s/%s'", dir, entry->d_name);
	if (!err && errno)
		err = os_failed("cannot read '%s'", dir);
	closedir(files);
	return err;
}

static bool is_lock(const char *name)
{
	return ends_with(name, ".lock");
}

static bool is_probe(const char *name)
{
	return starts_with(name, "_git2_");
}

/* libgit2 does not look whether its lock files, and those by which it tries the file
 * system, could be removed. */
static int sweep_up(const char *workshop, const char *made)
{
	int err = remove_files(workshop, is_probe);

	return err ? err : remove_files(made, is_lock);
}

int git_init(const char *root)
{
	char *workshop = xstrfmt("%s/" WORKSHOP, root);
	char *made = xstrfmt("%s/.git", workshop), *place = xstrfmt("%s/.git", root);
	char *branch = NULL;
	int lock = -1, err;

	if ((err = git_start()) ||
		(err = git_config_value_get(NULL, "init.defaultbranch", &branch)) ||
		(err = enter_workshop(&lock, workshop)) ||
		(err = make_repository(workshop, branch && *branch ? branch : "master")) ||
		(err = sweep_up(workshop, made)))
		goto out;
	if (RETRY(rename(made, place)))
		err = os_failed("cannot make '%s'", place);
out:
	leave_workshop(lock, workshop);
	free(branch);
	free(place);
	free(made);
	free(workshop);
	return err;
}
