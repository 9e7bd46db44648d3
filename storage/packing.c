/*
 * Packing, as git does it: after a command that wrote, `git gc --auto` is left running where
 * there are many loose objects. libgit2 never packs, and what one act leaves (some five
 * objects) takes 20 KiB and more on disk, packed half a KiB.
 */
#include "core/error.h"
#include "core/mem.h"
#include "storage/program.h"
#include "storage/write.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

/* git's own default of gc.auto. */
#define LOOSE_OBJECTS_MAX 6700

/* gc.auto: a number, perhaps of thousands; 0 or less: never. */
static long threshold(struct repo *repo)
{
	char *value, *end;
	long number = LOOSE_OBJECTS_MAX;

	if (git_config_value(repo, "gc.auto", &value)) {
		error_clear();
		return 0;
	}
	if (value && *value) {
		number = strtol(value, &end, 10);
		if (*end == 'k' || *end == 'K')
			number *= 1024;
	}
	free(value);
	return number;
}

/* As git guesses: names are evenly spread over 256 directories, so that one of them tells. */
static bool are_many(const struct repo *repo, long limit)
{
	char *path = xstrfmt("%s/objects/17", repo->common_dir);
	DIR *dir = opendir(path);
	const struct dirent *entry;
	long n = 0;

	free(path);
	if (!dir)
		return false;
	while (n <= (limit + 255) / 256 && (entry = readdir(dir)))
		n += strlen(entry->d_name) == 38;
	closedir(dir);
	return n > (limit + 255) / 256;
}

void pack_if_due(struct repo *repo)
{
	/* A writer may have the branch locked for as long as a disk takes to sync. */
	const char *const argv[] = {"git", "-C", repo->root, "-c",
		"core.filesRefLockTimeout=10000", "-c", "core.packedRefsTimeout=10000", "gc",
		"--auto", "--quiet", NULL};
	long limit = threshold(repo);

	if (limit <= 0 || !are_many(repo, limit))
		return;
	/* Without git everything works but this. */
	if (program_leave_running(&(struct program){.argv = argv, .unset = program_git_unset}))
		error_clear();
}
