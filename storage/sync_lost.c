/* What the other side deleted with plain git, which no commit of fu's does. */
#include "core/mem.h"
#include "storage/layout.h"
#include "storage/sync.h"

#include <stdlib.h>
#include <string.h>

/* Goes here too: they removed it, and nothing was changed in it here. */
static bool goes(const struct sync_path *p)
{
	return p->theirs_changed && !p->theirs_mode && p->base_mode && !p->ours_changed;
}

/* Whether one of the files that they changed has that act: it was renamed, merged, moved. */
static int has_act(struct merging *m, const char *section, bool *has)
{
	struct str bytes = STR_INIT;
	int rc = 0;

	*has = false;
	for (size_t i = 0; !rc && !*has && i < m->paths.n; i++) {
		const struct sync_path *p = &m->paths.items[i];
		char *id = p->theirs_changed && p->theirs_mode ? layout_id(p->path) : NULL;

		if (id) {
			rc = sync_blob(m, p->theirs, &bytes);
			*has = !rc && strstr(bytes.buf, section);
		}
		free(id);
	}
	str_release(&bytes);
	return rc;
}

/* All acts of a file go together: where its first one is the others are. */
static int is_lost(struct merging *m, const struct sync_path *p, bool *lost)
{
	struct str bytes = STR_INIT;
	const char *begin, *end;
	int rc = sync_blob(m, p->base, &bytes);

	*lost = false;
	begin = rc ? NULL : strstr(bytes.buf, "\n[new ");
	end = begin ? strchr(begin, ']') : NULL;
	if (end) {
		char *section = xstrndup(begin + 1, (size_t)(end - begin));

		rc = has_act(m, section, lost);
		*lost = !*lost;
		free(section);
	}
	str_release(&bytes);
	return rc;
}

int sync_find_lost(struct merging *m)
{
	int rc = 0;

	for (size_t i = 0; !rc && i < m->paths.n; i++) {
		const struct sync_path *p = &m->paths.items[i];
		char *id = goes(p) ? layout_id(p->path) : NULL;
		char *process = goes(p) ? layout_process(p->path) : NULL;
		bool lost = process != NULL;

		if (id)
			rc = is_lost(m, p, &lost);
		if (!rc && lost)
			list_add(m->lost, p->path);
		free(process);
		free(id);
	}
	return rc;
}
