/*
 * core.sharedRepository: what is written can be written by the group too, or read by all,
 * whatever the umask of who writes. Git gives each file its permissions; here the umask is
 * changed for as long as fu runs, so that no file can be forgotten. New directories get
 * their group from the one they lie in, as `git init --shared` has set it. Reading commands
 * do not ask git's config, which costs too much, but look at .git before they leave
 * something in .git/fu.
 */
#include "storage/repo.h"

#include "core/error.h"

#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>

#define GROUP_MASK 0770
#define ALL_MASK 0775

static bool is_one_of(const char *value, const char *const *words)
{
	for (; *words; words++)
		if (!strcasecmp(value, *words))
			return true;
	return false;
}

/* Who may read may enter a directory. */
static mode_t with_directories(mode_t mode)
{
	return mode | (mode & 0444) >> 2;
}

/* The umask that the setting makes of one; see core.sharedRepository in git-config(1). */
static mode_t shared_umask(const char *value, mode_t mask)
{
	static const char *const group[] = {"group", "true", "yes", "on", "1", NULL};
	static const char *const all[] = {"all", "world", "everybody", "2", NULL};
	unsigned long mode;
	char *end;

	if (is_one_of(value, group))
		return mask & ~(mode_t)GROUP_MASK;
	if (is_one_of(value, all))
		return mask & ~(mode_t)ALL_MASK;
	mode = strtoul(value, &end, 8);
	/* Git refuses a file mode that shuts its owner out. */
	if (!*value || *end || mode > 0777 || (mode & 0600) != 0600)
		return mask;
	return 0777 & ~with_directories((mode_t)mode & 0666);
}

void share_writing(const struct git_backend *backend, struct git *git)
{
	char *value = NULL;
	mode_t mask;

	if (backend->config_get(git, "core.sharedRepository", &value))
		error_clear(); /* who writes reads the config again */
	if (!value)
		return;
	mask = umask(0777);
	umask(shared_umask(value, mask));
	free(value);
}

void share_as(const char *dir)
{
	struct stat info;

	if (!stat(dir, &info) && info.st_mode & S_ISGID && info.st_mode & S_IWGRP)
		umask(umask(0777) & ~(mode_t)GROUP_MASK);
}
