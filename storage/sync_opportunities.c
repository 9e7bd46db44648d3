#include "storage/sync.h"

#include "core/error.h"
#include "core/handedit.h"
#include "core/mem.h"
#include "core/union.h"
#include "storage/layout.h"
#include "storage/opportunity_file.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* An opportunity that one side changed or both, or that acts go to. */
struct party {
	char *id;
	const char *base_path, *ours_path, *theirs_path; /* where each has it, or NULL */
	const struct sync_path *ours, *theirs;           /* what each changed, or NULL */
	bool unread; /* the only version that changed cannot be read: it is left as it is */
	bool gone;   /* the other side removed it */
	char *found; /* the path of one that neither changed */
};
struct parties {
	struct party *items;
	size_t n, cap;
	size_t sorted; /* so many are in the order of their ids, the others behind them */
};

static int compare_parties(const void *a, const void *b)
{
	return strcmp(((const struct party *)a)->id, ((const struct party *)b)->id);
}

static struct party *party_of(struct parties *all, const char *id)
{
	const struct party sought = {.id = (char *)(uintptr_t)id};

	for (size_t i = all->n; i-- > all->sorted;)
		if (!strcmp(all->items[i].id, id))
			return &all->items[i];
	return all->sorted ? bsearch(&sought, all->items, all->sorted, sizeof(sought),
				     compare_parties)
			   : NULL;
}

static struct party *party_add(struct parties *all, const char *id)
{
	GROW(all->items, all->n, all->cap);
	all->items[all->n] = (struct party){.id = xstrdup(id)};
	return &all->items[all->n++];
}

static void parties_release(struct parties *all)
{
	for (size_t i = 0; i < all->n; i++) {
		free(all->items[i].id);
		free(all->items[i].found);
	}
	free(all->items);
}

static void note_path(struct party *party, const struct sync_path *p)
{
	if (p->base_mode)
		party->base_path = p->path;
	if (p->ours_mode)
		party->ours_path = p->path;
	if (p->theirs_mode)
		party->theirs_path = p->path;
	if (p->ours_changed && p->ours_mode)
		party->ours = p;
	if (p->theirs_changed && p->theirs_mode)
		party->theirs = p;
	party->gone |= p->theirs_changed && !p->theirs_mode && !p->ours_changed;
}

/* One party an id: a file that was moved is at two paths. */
static void unite(struct parties *all)
{
	size_t kept = 0;

	if (all->n)
		qsort(all->items, all->n, sizeof(*all->items), compare_parties);
	for (size_t i = 0; i < all->n; i++) {
		struct party *p = &all->items[i], *last = kept ? &all->items[kept - 1] : NULL;

		if (!last || strcmp(last->id, p->id)) {
			all->items[kept++] = *p;
			continue;
		}
		if (p->base_path)
			last->base_path = p->base_path;
		if (p->ours_path)
			last->ours_path = p->ours_path;
		if (p->theirs_path)
			last->theirs_path = p->theirs_path;
		if (p->ours)
			last->ours = p->ours;
		if (p->theirs)
			last->theirs = p->theirs;
		last->gone |= p->gone;
		free(p->id);
	}
	all->n = all->sorted = kept;
}

static void find_parties(const struct merging *m, struct parties *all)
{
	for (size_t i = 0; i < m->paths.n; i++) {
		char *id = layout_id(m->paths.items[i].path);

		if (id)
			note_path(party_add(all, id), &m->paths.items[i]);
		free(id);
	}
	unite(all);
}

/* ---- reading ---- */

/* What was changed on top by plain git is shown as the acts that it means. */
static int add_version(
	struct acts_union *u, const char *id, const char *path, const struct str *bytes)
{
	struct fact_list declared;
	struct opportunity *o;
	bool differs;
	int rc = opportunity_parse(&o, &declared, &differs, id, path, bytes->buf, bytes->len);

	if (rc)
		return rc;
	if (differs)
		handedit_show(o, &declared);
	union_add(u, o);
	facts_release(&declared);
	opportunity_free(o);
	return 0;
}

static int add_side(struct merging *m, struct acts_union *u, const struct party *party,
	const char *path, const char *blob, const char *whose)
{
	struct str bytes = STR_INIT;
	int rc = sync_blob(m, blob, &bytes);

	if (!rc)
		rc = add_version(u, party->id, path, &bytes);
	if (rc)
		error_prefix("%s", whose);
	str_release(&bytes);
	return rc;
}

/* Where one side alone changed it nothing is to be merged, whatever it holds. */
static int add_party(struct merging *m, struct acts_union *u, struct party *party)
{
	int rc = 0;

	if (party->ours)
		rc = add_side(m, u, party, party->ours->path, party->ours->ours, "here");
	if (!rc && party->theirs)
		rc = add_side(m, u, party, party->theirs->path, party->theirs->theirs,
			"what was fetched");
	if (rc && !(party->ours && party->theirs)) {
		error_clear();
		party->unread = true;
		rc = 0;
	}
	return rc;
}

/* One that neither side changed, and that acts go to. */
static int add_found(
	struct merging *m, struct acts_union *u, struct parties *all, const char *id)
{
	struct party *party = party_of(all, id);
	struct str bytes = STR_INIT;
	char *path = NULL;
	bool found;
	int rc;

	if (party && (party->ours || party->theirs || party->unread))
		return 0;
	rc = repo_find(m->w->repo, id, &path);
	if (rc == ERR_MISSING) {
		error_clear();
		return 0;
	}
	if (!rc)
		rc = m->backend->head_file(m->git, path, &bytes, &found);
	if (!rc && found)
		rc = add_version(u, id, path, &bytes);
	if (!rc && found && !party) {
		party = party_add(all, id);
		party->base_path = party->ours_path = party->theirs_path = path;
		party->found = path;
		path = NULL;
	}
	str_release(&bytes);
	free(path);
	return rc;
}

static int add_wanted(struct merging *m, struct acts_union *u, struct parties *all)
{
	struct list asked = {0};
	size_t done = 0;
	int rc = 0;

	do {
		union_wants(u, &asked);
		for (; !rc && done < asked.n; done++)
			rc = add_found(m, u, all, asked.items[done]);
		if (!rc)
			union_wants(u, &asked);
	} while (!rc && done < asked.n);
	list_release(&asked);
	return rc;
}

/* ---- staging ---- */

/* Where it is to lie: where the side has it that moved it; of two places that which comes
 * first and is not the usual one. */
static char *choose_path(const struct party *p, const char *id)
{
	const char *ours = p ? p->ours_path : NULL, *theirs = p ? p->theirs_path : NULL;
	char *usual = layout_path(id);
	const char *chosen;

	if (!ours || !theirs)
		chosen = ours ? ours : theirs ? theirs : usual;
	else if (!strcmp(ours, theirs) || same_string(theirs, p->base_path))
		chosen = ours;
	else if (same_string(ours, p->base_path) || !strcmp(ours, usual))
		chosen = theirs;
	else if (!strcmp(theirs, usual))
		chosen = ours;
	else
		chosen = strcmp(ours, theirs) < 0 ? ours : theirs;
	chosen = xstrdup(chosen);
	free(usual);
	return (char *)(uintptr_t)chosen;
}

static int put_bytes(struct merging *m, const char *path, const struct str *bytes)
{
	return write_stage(m->w, path, bytes->buf, bytes->len, NULL);
}

/* Its bytes: as the other side wrote them where it alone changed it, else made of its acts. */
static int bytes_of(struct merging *m, const struct party *p, const struct union_item *item,
	struct str *out)
{
	if (p && !item->changed && p->theirs && !p->ours)
		return sync_blob(m, p->theirs->theirs, out);
	opportunity_write(out, item->o);
	return 0;
}

static int stage_item(struct merging *m, const struct party *p, const struct union_item *item)
{
	struct str bytes = STR_INIT;
	char *path;
	int rc;

	if (p && p->ours && !p->theirs && !item->changed)
		return 0;
	if (!item->o->n)
		return p && p->ours_path ? sync_remove(m, p->ours_path) : 0;
	path = choose_path(p, item->o->id);
	rc = bytes_of(m, p, item, &bytes);
	if (!rc && p && p->ours_path && strcmp(p->ours_path, path))
		rc = sync_remove(m, p->ours_path);
	if (!rc)
		rc = put_bytes(m, path, &bytes);
	free(path);
	str_release(&bytes);
	return rc;
}

/* What is not in the union: a file that cannot be read, one that the other side removed. */
static int stage_rest(struct merging *m, const struct acts_union *u, const struct party *p)
{
	if (p->unread)
		return p->theirs ? sync_take_theirs(m, p->theirs) : 0;
	if (union_find(u, p->id) || !p->gone || !p->ours_path)
		return 0;
	return sync_remove(m, p->ours_path);
}

int sync_opportunities(struct merging *m)
{
	struct parties all = {0};
	struct acts_union u;
	int rc = 0;

	union_init(&u);
	find_parties(m, &all);
	for (size_t i = 0; !rc && i < all.n; i++)
		rc = add_party(m, &u, &all.items[i]);
	if (!rc)
		rc = add_wanted(m, &u, &all);
	if (!rc)
		union_settle(&u);
	for (size_t i = 0; !rc && i < u.n; i++)
		rc = stage_item(m, party_of(&all, u.items[i].o->id), &u.items[i]);
	for (size_t i = 0; !rc && i < all.n; i++)
		rc = stage_rest(m, &u, &all.items[i]);
	union_release(&u);
	parties_release(&all);
	return rc;
}
