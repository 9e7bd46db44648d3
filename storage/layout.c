#include "storage/layout.h"

#include "core/mem.h"
#include "core/opportunity.h"

#include <stdlib.h>
#include <string.h>

char *layout_path(const char *id)
{
	unsigned hash = (unsigned)hash_bytes(0, id, strlen(id)) & 0xff;

	return xstrfmt(OPPORTUNITIES "/%02x/%s.ini", hash, id);
}

/* What stands between the last '/' and ".ini"; NULL where the path is no such one. */
static char *stem(const char *path, const char *directory)
{
	const char *name = strrchr(path, '/');

	if (!name || !starts_with(path, directory) || !ends_with(path, ".ini"))
		return NULL;
	return xstrndup(name + 1, strlen(name + 1) - 4);
}

char *layout_id(const char *path)
{
	char *id = stem(path, OPPORTUNITIES "/");

	if (id && opportunity_id_valid(id))
		return id;
	free(id);
	return NULL;
}

char *layout_process(const char *path)
{
	char *name = stem(path, PROCESSES "/");

	if (name && process_word_valid(name) && !strchr(path + strlen(PROCESSES "/"), '/'))
		return name;
	free(name);
	return NULL;
}
