/*
 * Objects of a commit wait in memory until the commit is complete, and are then
 * written together: a few as loose files, many as one pack. libgit2 by itself
 * writes, syncs and renames one after the other, looks through all packs before
 * each, and leaves alone what is there already, synced or not.
 *
 * For that the repository is given an object database with one backend, this one:
 * it takes what is written, and answers from it or from the real database.
 */
#include "storage/git/objects.h"

#include <git2/sys/repository.h>
#include <stdlib.h>
#include <string.h>

static size_t slot_of(const struct staged_objects *o, const git_oid *id)
{
	size_t hash, i;

	memcpy(&hash, id->id, sizeof(hash));
	for (i = hash & (o->n_slots - 1); o->slots[i]; i = (i + 1) & (o->n_slots - 1))
		if (same_id(&o->items[o->slots[i] - 1].id, id))
			break;
	return i;
}

static struct object *find(git_odb_backend *backend, const git_oid *id)
{
	struct staged_objects *o = (struct staged_objects *)backend;
	size_t at = o->n ? o->slots[slot_of(o, id)] : 0;

	return at ? &o->items[at - 1] : NULL;
}

static void grow_slots(struct staged_objects *o)
{
	o->n_slots = o->n_slots ? o->n_slots * 2 : 64;
	free(o->slots);
	o->slots = xcalloc(o->n_slots, sizeof(*o->slots));
	for (size_t i = 0; i < o->n; i++)
		o->slots[slot_of(o, &o->items[i].id)] = i + 1;
}

static void keep(struct staged_objects *o, const git_oid *id, const void *bytes, size_t len,
	git_object_t type)
{
	struct object *item;

	if (find(&o->base, id))
		return;
	if (o->n_slots < 2 * (o->n + 1))
		grow_slots(o);
	GROW(o->items, o->n, o->cap);
	item = &o->items[o->n];
	git_oid_cpy(&item->id, id);
	item->type = type;
	item->len = len;
	item->bytes = xmalloc(len + 1);
	memcpy(item->bytes, bytes, len);
	o->slots[slot_of(o, id)] = o->n + 1;
	o->n++;
}

static git_odb *disk_of(git_odb_backend *backend)
{
	return ((struct staged_objects *)backend)->disk;
}

static int hand_out(void **bytes, git_odb_backend *backend, const void *from, size_t len)
{
	*bytes = git_odb_backend_data_alloc(backend, len + 1);
	if (!*bytes)
		return GIT_ERROR;
	if (len)
		memcpy(*bytes, from, len);
	((char *)*bytes)[len] = '\0';
	return 0;
}

static int on_read(void **bytes, size_t *len, git_object_t *type, git_odb_backend *backend,
	const git_oid *id)
{
	struct object *item = find(backend, id);
	git_odb_object *object = NULL;
	int got;

	if (item) {
		*len = item->len;
		*type = item->type;
		return hand_out(bytes, backend, item->bytes, item->len);
	}
	if ((got = git_odb_read(&object, disk_of(backend), id)))
		return got;
	*len = git_odb_object_size(object);
	*type = git_odb_object_type(object);
	got = hand_out(bytes, backend, git_odb_object_data(object), *len);
	git_odb_object_free(object);
	return got;
}

static int on_read_prefix(git_oid *full, void **bytes, size_t *len, git_object_t *type,
	git_odb_backend *backend, const git_oid *prefix, size_t digits)
{
	int got = git_odb_exists_prefix(full, disk_of(backend), prefix, digits);

	return got ? got : on_read(bytes, len, type, backend, full);
}

static int on_read_header(
	size_t *len, git_object_t *type, git_odb_backend *backend, const git_oid *id)
{
	struct object *item = find(backend, id);

	if (!item)
		return git_odb_read_header(len, type, disk_of(backend), id);
	*len = item->len;
	*type = item->type;
	return 0;
}

static int on_write(git_odb_backend *backend, const git_oid *id, const void *bytes, size_t len,
	git_object_t type)
{
	keep((struct staged_objects *)backend, id, bytes, len, type);
	return 0;
}

static int on_exists(git_odb_backend *backend, const git_oid *id)
{
	return find(backend, id) || git_odb_exists(disk_of(backend), id);
}

static int on_exists_prefix(
	git_oid *full, git_odb_backend *backend, const git_oid *prefix, size_t digits)
{
	return git_odb_exists_prefix(full, disk_of(backend), prefix, digits);
}

/* Asked before a write, whether it may be left out: only if it waits here already. */
static int on_freshen(git_odb_backend *backend, const git_oid *id)
{
	return find(backend, id) ? 0 : GIT_ENOTFOUND;
}

static void on_free(git_odb_backend *backend)
{
	struct staged_objects *o = (struct staged_objects *)backend;

	objects_clear(o);
	git_odb_free(o->loose);
	git_odb_free(o->disk);
	free(o);
}

static struct staged_objects *make_backend(git_odb *disk)
{
	struct staged_objects *o = xcalloc(1, sizeof(*o));

	git_odb_init_backend(&o->base, GIT_ODB_BACKEND_VERSION);
	o->base.read = on_read;
	o->base.read_prefix = on_read_prefix;
	o->base.read_header = on_read_header;
	o->base.write = on_write;
	o->base.exists = on_exists;
	o->base.exists_prefix = on_exists_prefix;
	o->base.freshen = on_freshen;
	o->base.free = on_free;
	o->disk = disk;
	return o;
}

int objects_attach(struct git *git)
{
	struct staged_objects *o;
	git_odb *front = NULL;
	int err = 0;

	if (git_repository_odb(&git->odb, git->repo))
		return git_failed("cannot open the object database");
	if (git_odb_new(&front))
		return git_failed("cannot prepare the object database");
	o = make_backend(git->odb);
	if (git_odb_add_backend(front, &o->base, 1)) {
		on_free(&o->base);
		git->odb = NULL;
		err = git_failed("cannot prepare the object database");
	} else if (git_repository_set_odb(git->repo, front)) {
		err = git_failed("cannot prepare the object database");
	} else {
		git->objects = o;
	}
	git_odb_free(front);
	return err;
}

int objects_add_blob(struct staged_objects *o, git_oid *id, const void *bytes, size_t len)
{
	if (git_odb_hash(id, bytes, len, GIT_OBJECT_BLOB))
		return git_failed("cannot hash");
	keep(o, id, bytes, len, GIT_OBJECT_BLOB);
	return 0;
}

void objects_clear(struct staged_objects *o)
{
	for (size_t i = 0; i < o->n; i++)
		free(o->items[i].bytes);
	free(o->items);
	free(o->slots);
	o->items = NULL;
	o->slots = NULL;
	o->n = o->cap = o->n_slots = 0;
}
