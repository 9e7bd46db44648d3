/*
 * Objects of a commit wait in memory, behind an object database backend that is
 * asked before the others, until the commit is complete. Then they are written
 * together: a few as loose files, many as one pack. libgit2 by itself writes,
 * syncs and renames one after the other, and looks through all packs before each.
 */
#include "storage/git/git.h"

#include <errno.h>
#include <fcntl.h>
#include <git2/sys/odb_backend.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* More objects than this go into a pack. */
#define LOOSE_MAX 32

struct object {
	git_oid id;
	git_object_t type;
	void *bytes;
	size_t len;
};

struct staged_objects {
	git_odb_backend base; /* first: libgit2 hands it back */
	git_odb *loose;       /* the directory of loose objects, without syncing */
	struct object *items;
	size_t n, cap;
	size_t *slots; /* 1 + index of the object; open addressing, a power of two */
	size_t n_slots;
};

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

static int on_read(void **bytes, size_t *len, git_object_t *type, git_odb_backend *backend,
	const git_oid *id)
{
	struct object *item = find(backend, id);

	if (!item)
		return GIT_ENOTFOUND;
	*bytes = git_odb_backend_data_alloc(backend, item->len + 1);
	if (!*bytes)
		return GIT_ERROR;
	memcpy(*bytes, item->bytes, item->len);
	((char *)*bytes)[item->len] = '\0';
	*len = item->len;
	*type = item->type;
	return 0;
}

static int on_read_header(
	size_t *len, git_object_t *type, git_odb_backend *backend, const git_oid *id)
{
	struct object *item = find(backend, id);

	if (!item)
		return GIT_ENOTFOUND;
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
	return find(backend, id) != NULL;
}

static void on_free(git_odb_backend *backend)
{
	struct staged_objects *o = (struct staged_objects *)backend;

	objects_clear(o);
	git_odb_free(o->loose);
	free(o);
}

int objects_attach(struct staged_objects **out, git_odb *odb)
{
	struct staged_objects *o = xcalloc(1, sizeof(*o));

	git_odb_init_backend(&o->base, GIT_ODB_BACKEND_VERSION);
	o->base.read = on_read;
	o->base.read_header = on_read_header;
	o->base.write = on_write;
	o->base.exists = on_exists;
	o->base.free = on_free;
	if (git_odb_add_backend(odb, &o->base, 1000)) {
		free(o);
		return git_failed("cannot prepare the object database");
	}
	*out = o;
	return 0;
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

static int open_loose(struct git *git)
{
	git_odb_backend *loose = NULL;
	char *dir;
	int err = 0;

	if (git->objects->loose)
		return 0;
	dir = xstrfmt("%s/objects", git->common);
	if (git_odb_new(&git->objects->loose) ||
		git_odb_backend_loose(&loose, dir, -1, 0, 0, 0) ||
		git_odb_add_backend(git->objects->loose, loose, 1))
		err = git_failed("cannot open '%s'", dir);
	free(dir);
	return err;
}

static bool reads_back(git_odb *odb, const git_oid *id)
{
	git_odb_object *object = NULL;
	bool fine = git_odb_read(&object, odb, id) == 0;

	git_odb_object_free(object);
	git_error_clear();
	return fine;
}

/* A loss of power may have left an object of this name without its content. */
static void remove_damaged(struct git *git, const git_oid *id, const char *path)
{
	if (git_odb_exists(git->objects->loose, id) && !reads_back(git->objects->loose, id))
		unlink(path);
}

static int write_loose(struct git *git, const struct object *item, struct sync_set *syncs)
{
	char hex[41];
	char *path;
	git_oid id;
	int err = 0, tries = 0, failed;

	id_to_hex(hex, &item->id);
	path = xstrfmt("%s/objects/%.2s/%s", git->common, hex, hex + 2);
	remove_damaged(git, &item->id, path);
	/* A `git gc` beside us may remove the directory that was just made: once more. */
	do
		failed = git_odb_write(
			&id, git->objects->loose, item->bytes, item->len, item->type);
	while (failed && ++tries < 3 && errno == ENOENT);
	if (failed)
		err = git_failed("cannot write object '%s'", hex);
	else if (!reads_back(git->objects->loose, &item->id))
		err = error_set(
			ERR_FAILED, "object '%s' was written and does not read back", hex);
	sync_add(syncs, "%s", path);
	sync_add(syncs, "%s/objects/%.2s", git->common, hex);
	free(path);
	return err;
}

static int write_pack(struct git *git, struct sync_set *syncs)
{
	struct staged_objects *o = git->objects;
	git_packbuilder *pack = NULL;
	char *dir = xstrfmt("%s/objects/pack", git->common);
	int err = 0;

	syncs->whole = true;
	if (git_packbuilder_new(&pack, git->repo)) {
		err = git_failed("cannot make a pack");
		goto out;
	}
	git_packbuilder_set_threads(pack, 0);
	for (size_t i = 0; i < o->n; i++)
		if (git_packbuilder_insert(pack, &o->items[i].id, NULL)) {
			err = git_failed("cannot add to the pack");
			goto out;
		}
	if (git_packbuilder_write(pack, dir, 0, NULL, NULL))
		err = git_failed("cannot write a pack to '%s'", dir);
out:
	git_packbuilder_free(pack);
	free(dir);
	return err;
}

/* That libgit2 returned 0 is not enough: the pack was checked against its own
 * checksum while it was written; here, that the objects are found in it. */
static int check_pack(struct git *git, const struct object *items, size_t n)
{
	if (git_odb_refresh(git->odb))
		return git_failed("cannot read the new pack");
	for (size_t i = 0; i < n; i++) {
		bool fine = i + 8 < n ? git_odb_exists(git->odb, &items[i].id)
				      : reads_back(git->odb, &items[i].id);

		if (!fine)
			return error_set(
				ERR_FAILED, "the new pack lacks what was written to it");
	}
	return 0;
}

int objects_write(struct git *git, struct sync_set *syncs)
{
	struct staged_objects *o = git->objects;
	struct staged_objects written = {0};
	int err = open_loose(git);

	if (!err && o->n > LOOSE_MAX)
		err = write_pack(git, syncs);
	else
		for (size_t i = 0; !err && i < o->n; i++)
			err = write_loose(git, &o->items[i], syncs);
	if (!err)
		sync_add(syncs, "%s/objects", git->common);
	if (err || o->n <= LOOSE_MAX) {
		if (!err)
			objects_clear(o);
		return err;
	}
	/* Out of the way, so that what is asked for is read from the disk. */
	written.items = o->items;
	written.n = o->n;
	written.slots = o->slots;
	o->items = NULL;
	o->slots = NULL;
	o->n = o->cap = o->n_slots = 0;
	err = check_pack(git, written.items, written.n);
	objects_clear(&written);
	return err;
}
