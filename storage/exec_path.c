#include "storage/exec_path.h"

#include "core/mem.h"
#include "storage/storage.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The directory of the running program; NULL: the system does not say. */
static char *program_directory(void)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	if (len <= 0)
		return NULL;
	path[len] = '\0';
	slash = strrchr(path, '/');
	if (!slash)
		return NULL;
	*slash = '\0';
	return xstrdup(path);
}

/* What follows the prefix in an absolute path, from its '/'; NULL: it lies elsewhere. */
static const char *below_prefix(const char *path)
{
	size_t len = strlen(FU_PREFIX);

	while (len && FU_PREFIX[len - 1] == '/')
		len--;
	return !strncmp(path, FU_PREFIX, len) && path[len] == '/' ? path + len : NULL;
}

/* The prefix as it is now, seen from the program's directory; NULL: not installed. */
static char *prefix_now(const char *program)
{
	const char *bin = below_prefix(FU_BINDIR);
	size_t len = strlen(program), tail = bin ? strlen(bin) : 0;

	if (!bin || len < tail || strcmp(program + len - tail, bin))
		return NULL;
	return xstrndup(program, len - tail);
}

char *installed_path(const char *path)
{
	const char *rest = below_prefix(path);
	char *program = program_directory();
	char *prefix = program ? prefix_now(program) : NULL;
	char *now = prefix && rest ? xstrfmt("%s%s", prefix, rest) : xstrdup(path);

	free(prefix);
	free(program);
	return now;
}

/* A program that is not installed is one that was just built. */
static void add_build_places(struct list *places, const char *name)
{
	char *program = program_directory();
	char *prefix = program ? prefix_now(program) : NULL;

	if (program && !prefix) {
		list_take(places, xstrfmt("%s/../storage/%s", program, name));
		list_take(places, xstrfmt("%s/../../storage/%s", program, name));
	}
	free(prefix);
	free(program);
}

void exec_places(struct list *places, const char *name)
{
	const char *given = getenv("FU_EXEC_PATH");
	char *installed;

	if (given && *given) {
		list_take(places, xstrfmt("%s/%s", given, name));
		return;
	}
	add_build_places(places, name);
	installed = installed_path(FU_LIBEXECDIR);
	list_take(places, xstrfmt("%s/%s", installed, name));
	if (strcmp(installed, FU_LIBEXECDIR))
		list_take(places, xstrfmt(FU_LIBEXECDIR "/%s", name));
	free(installed);
}

char *exec_find(const char *name)
{
	struct list places = {0};
	char *found = NULL;

	exec_places(&places, name);
	for (size_t i = 0; i < places.n && !found; i++)
		if (!access(places.items[i], F_OK))
			found = xstrdup(places.items[i]);
	list_release(&places);
	return found;
}
