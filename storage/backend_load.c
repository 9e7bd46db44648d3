/*
 * Opening the module that knows git. It is looked for where the program could
 * have put it, never in the current directory or on a library path.
 */
#include "storage/git/backend.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/exec_path.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODULE "fu-git.so"

static void *open_module(void)
{
	struct list places = {0};
	void *module = NULL;
	bool found = false;

	exec_places(&places, MODULE);
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
