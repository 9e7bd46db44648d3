/*
 * Opening the module that knows git. It is looked for where the program could
 * have put it, never in the current directory or on a library path.
 */
#include "storage/git/backend.h"

#include "core/error.h"
#include "core/mem.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODULE "fu-git.so"

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

/* Where it may be, best first: $FU_EXEC_PATH alone where it is set; beside the
 * program; where it is installed; where the build leaves it. */
static void list_places(struct list *places)
{
	const char *given = getenv("FU_EXEC_PATH");
	char *program;

	if (given && *given) {
		list_take(places, xstrfmt("%s/" MODULE, given));
		return;
	}
	program = program_directory();
	if (program) {
		list_take(places, xstrfmt("%s/" MODULE, program));
		list_take(places, xstrfmt("%s/../libexec/fu/" MODULE, program));
		list_take(places, xstrfmt("%s/../storage/" MODULE, program));
		list_take(places, xstrfmt("%s/../../storage/" MODULE, program));
	}
	list_add(places, FU_LIBEXECDIR "/" MODULE);
	free(program);
}

static void *open_module(void)
{
	struct list places = {0};
	void *module = NULL;
	bool found = false;

	list_places(&places);
	for (size_t i = 0; i < places.n && !found; i++) {
		found = !access(places.items[i], F_OK);
		if (!found)
			continue;
		module = dlopen(places.items[i], RTLD_LAZY | RTLD_LOCAL);
		if (!module)
			error_set(ERR_FAILED, "cannot load what works with git: %s", dlerror());
	}
	if (!found)
		error_set(ERR_FAILED, "cannot find '%s', which works with git: %s",
			places.items[places.n - 1], strerror(ENOENT));
	list_release(&places);
	return module;
}

const struct git_backend *backend_load(void)
{
	static const struct git_backend *backend; /* once a process, as the loader has it */
	void *module;

	if (backend)
		return backend;
	module = open_module();
	if (!module)
		return NULL;
	backend = dlsym(module, GIT_BACKEND_SYMBOL);
	if (backend && backend->version == GIT_BACKEND_VERSION)
		return backend;
	backend = NULL;
	dlclose(module);
	error_set(ERR_FAILED, "'" MODULE "' is of another version of fu");
	return NULL;
}
