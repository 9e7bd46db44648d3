/*
 * What opportunities were called before: by the `rename` and `merge` acts in their
 * files, which a cache knows (register.c).
 */
#include "core/error.h"
#include "core/mem.h"
#include "storage/layout.h"
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

static void add_former(struct repo *repo, const char *former, const char *now)
{
	GROW(repo->former, repo->former_n, repo->former_cap);
	repo->former[repo->former_n++] =
		(struct former){.id = xstrdup(former), .now = xstrdup(now)};
}

static int compare_former(const void *a, const void *b)
{
	const struct former *x = a, *y = b;
	int order = strcmp(x->id, y->id);

	return order ? order : strcmp(x->now, y->now);
}

static int know_former(struct repo *repo)
{
	int rc;

	if (repo->former_known)
		return 0;
	rc = repo_each_former(repo, add_former);
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
