/*
 * What opportunities were called before: by the `rename` and `merge` acts in their
 * files. Only who types an id that is none pays for looking through all of them.
 */
#include "core/error.h"
#include "core/mem.h"
#include "core/merge.h"
#include "storage/layout.h"
#include "storage/opportunity_file.h"
#include "storage/repo.h"

#include <stdlib.h>
#include <string.h>

void repo_forget_former(struct repo *repo)
{
	for (size_t i = 0; i < repo->former_n; i++) {
		free(repo->former[i].id);
		free(repo->former[i].now);
	}
	free(repo->former);
	repo->former = NULL;
	repo->former_n = repo->former_cap = 0;
	repo->former_known = false;
}

static bool has_section(const struct str *bytes, const char *begins)
{
	return memmem(bytes->buf, bytes->len, begins, strlen(begins)) != NULL;
}

static void add_former(struct repo *repo, const struct opportunity *o)
{
	struct list ids = {0};

	merge_former_ids(o, &ids);
	for (size_t i = 0; i < ids.n; i++) {
		GROW(repo->former, repo->former_n, repo->former_cap);
		repo->former[repo->former_n++] =
			(struct former){.id = xstrdup(ids.items[i]), .now = xstrdup(o->id)};
	}
	list_release(&ids);
}

/* A file that cannot be read is said by who shows it. */
static void read_former(struct repo *repo, const struct index_entry *entry)
{
	struct fact_list declared = {0};
	struct opportunity *o = NULL;
	struct str bytes = STR_INIT;

	if (repo_read_file(repo, entry->path, &bytes) ||
		((has_section(&bytes, "[rename ") || has_section(&bytes, "[merge ")) &&
			opportunity_read(
				&o, &declared, entry->id, entry->path, bytes.buf, bytes.len)))
		error_clear();
	if (o)
		add_former(repo, o);
	opportunity_free(o);
	facts_release(&declared);
	str_release(&bytes);
}

static int compare_former(const void *a, const void *b)
{
	const struct former *x = a, *y = b;
	int order = strcmp(x->id, y->id);

	return order ? order : strcmp(x->now, y->now);
}

static int know_former(struct repo *repo)
{
	const struct index *index;
	int rc;

	if (repo->former_known)
		return 0;
	rc = repo_index(repo, &index);
	for (size_t i = 0; !rc && i < index->n; i++)
		if (!index->items[i].fault)
			read_former(repo, &index->items[i]);
	if (!rc && repo->former_n)
		qsort(repo->former, repo->former_n, sizeof(*repo->former), compare_former);
	repo->former_known = !rc;
	return rc;
}

int repo_former(struct repo *repo, const char *id, char **now)
{
	size_t found = 0, first = 0;
	int rc = know_former(repo);

	*now = NULL;
	for (size_t i = 0; !rc && i < repo->former_n; i++)
		if (!strcmp(repo->former[i].id, id) && !found++)
			first = i;
	if (rc || !found)
		return rc;
	if (found == 1) {
		*now = xstrdup(repo->former[first].now);
		return 0;
	}
	error_set(ERR_MISSING, "'%s' was the id of %zu opportunities", id, found);
	for (size_t i = first; i < first + found; i++)
		error_hint("%s", repo->former[i].now);
	return ERR_MISSING;
}

int repo_former_ids(struct repo *repo, struct list *out)
{
	int rc = know_former(repo);

	for (size_t i = 0; !rc && i < repo->former_n; i++)
		list_add(out, repo->former[i].id);
	return rc;
}

char *repo_usual_path(const char *id)
{
	return layout_path(id);
}
