/*
 * repo_ids_of_client: which opportunities a client has, from a cache.
 *
 * The cache is a listing without items: for every file its folded client and whether it
 * is open. While no directory changed it is taken as it is, so that it costs one stat a
 * directory however many opportunities there are. Where one did, the files of that
 * directory are looked at; `fu` replaces files, and a directory changes with that.
 */
#include "core/error.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "storage/listing.h"
#include "storage/repo.h"

#include <stdlib.h>
#include <string.h>

#define CACHE_NAME "clients"
#define CACHE_KEY UINT64_C(1) /* counts the meanings that its rows have had */

struct clients {
	struct repo *repo;
	int64_t began;
	struct listing old, fresh;
};

static bool all_holds(const struct clients *c)
{
	for (size_t i = 0; i < c->old.directories_n; i++) {
		const struct listing_directory *d = &c->old.directories[i];

		if (!stamp_holds(c->repo->fd, listing_string(&c->old, d->path), &d->stamp))
			return false;
	}
	return c->old.directories_n > 0;
}

/* ---- made anew ---- */

static int compare_paths(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_directory(struct clients *c, const char *path)
{
	struct listing_directory d = {.path = listing_add_string(&c->fresh, path)};
	struct stamp stamp;

	if (stamp_take(c->repo->fd, path, &stamp))
		d.stamp = stamp_trusted(stamp, c->began);
	GROW(c->fresh.directories, c->fresh.directories_n, c->fresh.directories_cap);
	c->fresh.directories[c->fresh.directories_n++] = d;
}

/* Ordered by path. The names are read after the stamps were taken: what changes meanwhile
 * is seen the next time. */
static void add_directories(struct clients *c, const struct index *index)
{
	char **paths = xcalloc(index->directories.n + 1, sizeof(*paths));

	for (size_t i = 0; i < index->directories.n; i++)
		paths[i] = index->directories.items[i];
	if (index->directories.n)
		qsort(paths, index->directories.n, sizeof(*paths), compare_paths);
	for (size_t i = 0; i < index->directories.n; i++)
		add_directory(c, paths[i]);
	free(paths);
}

static const struct listing_directory *find_directory(
	const struct listing *l, const char *path, size_t len)
{
	size_t low = 0, high = l->directories_n;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const char *name = listing_string(l, l->directories[middle].path);
		int order = strncmp(path, name ? name : "", len);

		if (!order && name && !name[len])
			return &l->directories[middle];
		if (order <= 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

/* The directory in which the file lies is what it was. */
static bool directory_holds(const struct clients *c, const char *path)
{
	const char *end = strrchr(path, '/');
	size_t len = end ? (size_t)(end - path) : 0;
	const struct listing_directory *was = find_directory(&c->old, path, len);
	const struct listing_directory *is = find_directory(&c->fresh, path, len);

	return was && is && was->stamp.inode && stamp_equal(&was->stamp, &is->stamp);
}

static struct listing_file *add_file(struct clients *c, const char *path, const char *id)
{
	GROW(c->fresh.files, c->fresh.files_n, c->fresh.files_cap);
	c->fresh.files[c->fresh.files_n] =
		(struct listing_file){.path = listing_add_string(&c->fresh, path),
			.id = listing_add_string(&c->fresh, id)};
	return &c->fresh.files[c->fresh.files_n++];
}

static void take_over(struct clients *c, const struct listing_file *was)
{
	struct listing_file *file = add_file(
		c, listing_string(&c->old, was->path), listing_string(&c->old, was->id));

	file->stamp = was->stamp;
	file->live = was->live;
	file->client = listing_add_string(&c->fresh, listing_string(&c->old, was->client));
}

static void read_client(struct clients *c, const struct index_entry *entry)
{
	struct opportunity *o = NULL;
	struct listing_file *file;
	struct stamp stamp = {0};
	char *folded;

	if (!stamp_take(c->repo->fd, entry->path, &stamp))
		return;
	if (repo_load_path(c->repo, entry->id, entry->path, &o)) {
		error_clear(); /* whoever needs it says so */
		return;
	}
	file = add_file(c, entry->path, entry->id);
	file->stamp = stamp_trusted(stamp, c->began);
	file->live = opportunity_is_open(o);
	folded = o->now.client ? utf8_folded(o->now.client) : NULL;
	file->client = listing_add_string(&c->fresh, folded);
	free(folded);
	opportunity_free(o);
}

static void add_entry(struct clients *c, const struct index_entry *entry)
{
	const struct listing_file *was;

	if (entry->fault)
		return;
	was = listing_find(&c->old, entry->path);
	if (was && (directory_holds(c, entry->path) ||
			   stamp_holds(c->repo->fd, entry->path, &was->stamp)))
		take_over(c, was);
	else
		read_client(c, entry);
}

static int rebuild(struct clients *c)
{
	const struct index_entry **entries;
	const struct index *index;
	int err = repo_index(c->repo, &index);

	if (err)
		return err;
	add_directories(c, index);
	repo_forget_index(c->repo);
	err = repo_index(c->repo, &index);
	if (err)
		return err;
	entries = index_by_path(index);
	for (size_t i = 0; i < index->n; i++)
		add_entry(c, entries[i]);
	free(entries);
	if (!c->repo->looks_only)
		listing_write(&c->fresh, repo_private(c->repo), CACHE_NAME, CACHE_KEY);
	return 0;
}

/* ---- asked ---- */

static void add_ids(struct list *out, const struct listing *from, const char *client, bool live)
{
	struct list ids = {0};

	for (size_t i = 0; i < from->files_n; i++) {
		const char *name = listing_string(from, from->files[i].client);
		const char *id = listing_string(from, from->files[i].id);

		if (id && !from->files[i].live == !live && same_string(name, client))
			list_add(&ids, id);
	}
	list_sort(&ids);
	for (size_t i = 0; i < ids.n; i++)
		list_add(out, ids.items[i]);
	list_release(&ids);
}

int repo_ids_of_client(struct repo *repo, const char *client, struct list *out)
{
	struct clients c = {.repo = repo, .began = stamp_now()};
	char *folded = utf8_folded(client);
	const struct listing *from = &c.old;
	int err = 0;

	listing_init(&c.old);
	listing_init(&c.fresh);
	listing_read(&c.old, repo->private_dir, CACHE_NAME, CACHE_KEY);
	if (!all_holds(&c)) {
		err = rebuild(&c);
		from = &c.fresh;
	}
	if (!err) {
		add_ids(out, from, folded, true);
		add_ids(out, from, folded, false);
	}
	listing_release(&c.old);
	listing_release(&c.fresh);
	free(folded);
	return err;
}
