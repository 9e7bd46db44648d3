#include "storage/exec_path.h"

#include "core/mem.h"

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

void exec_places(struct list *places, const char *name)
{
	const char *given = getenv("FU_EXEC_PATH");
	char *program;

	if (given && *given) {
		list_take(places, xstrfmt("%s/%s", given, name));
		return;
	}
	program = program_directory();
	if (program) {
		list_take(places, xstrfmt("%s/%s", program, name));
		list_take(places, xstrfmt("%s/../libexec/fu/%s", program, name));
		list_take(places, xstrfmt("%s/../storage/%s", program, name));
		list_take(places, xstrfmt("%s/../../storage/%s", program, name));
	}
	list_take(places, xstrfmt(FU_LIBEXECDIR "/%s", name));
	free(program);
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
