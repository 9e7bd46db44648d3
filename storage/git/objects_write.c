#include "storage/git/objects.h"

#include <errno.h>
#include <git2/sys/repository.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* More objects than this go into a pack. */
#define LOOSE_MAX 32

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

/* Whether the object is there, with the content that its name promises. */
static bool reads_back(git_odb *odb, const git_oid *id)
{
	git_odb_object *object = NULL;
	git_oid have;
	bool fine = git_odb_read(&object, odb, id) == 0 &&
		    git_odb_hash(&have, git_odb_object_data(object),
			    git_odb_object_size(object), git_odb_object_type(object)) == 0 &&
		    same_id(&have, id);

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
	bool fine;

	id_to_hex(hex, &item->id);
	path = xstrfmt("%s/objects/%.2s/%s", git->common, hex, hex + 2);
	remove_damaged(git, &item->id, path);
	/* A `git gc` beside us may remove the directory that was just made, or an object that
	 * it has in its pack: once more. */
	do {
		failed = git_odb_write(
			&id, git->objects->loose, item->bytes, item->len, item->type);
		fine = failed ? errno != ENOENT : reads_back(git->objects->loose, &item->id);
	} while (!fine && ++tries < 3);
	if (failed)
		err = git_failed("cannot write object '%s'", hex);
	else if (!fine)
		err = error_set(
			ERR_FAILED, "object '%s' was written and does not read back", hex);
	sync_add(syncs, "%s", path);
	sync_add(syncs, "%s/objects/%.2s", git->common, hex);
	free(path);
	return err;
}

/*
 * libgit2 looks for deltas among all objects, half of the time that an import takes.
 * `git gc` finds better ones later. What turns it off is a value of the config only,
 * so that a config with it is put before the repository's while the pack is made.
 * (libgit2 to 1.9 takes pack.deltaCacheSize for the threshold by mistake.)
 */
static int new_packbuilder(struct gitw *w, git_packbuilder **out)
{
	static const char text[] = "[core]\n\tbigFileThreshold = 1\n"
				   "[pack]\n\tdeltaCacheSize = 1\n";
	char *path = xstrfmt("%s/config", w->stage);
	git_config *config = NULL;
	int err = file_write(w->stage_fd, "config", text, strlen(text), 0666);

	if (err || (err = config_build(&config, w->git->repo)))
		goto out;
	if (git_config_add_file_ondisk(config, path, GIT_CONFIG_LEVEL_APP, NULL, 0) ||
		git_repository_set_config(w->git->repo, config) ||
		git_packbuilder_new(out, w->git->repo))
		err = git_failed("cannot make a pack");
	git_repository_set_config(w->git->repo, w->git->config);
out:
	unlinkat(w->stage_fd, "config", 0);
	git_config_free(config);
	free(path);
	return err;
}

/* The index last: with it the pack counts. */
static int move_pack(struct gitw *w, const char *to, const char *name)
{
	static const char *const endings[] = {"pack", "idx"};
	int err = 0;

	for (size_t i = 0; !err && i < ARRAY_SIZE(endings); i++) {
		char *from = xstrfmt("%s/pack-%s.%s", w->stage, name, endings[i]);
		char *target = xstrfmt("%s/pack-%s.%s", to, name, endings[i]);

		if (RETRY(rename(from, target)))
			err = os_failed("cannot make '%s'", target);
		free(from);
		free(target);
	}
	return err;
}

/* Written in the stage, so that a crash leaves nothing among the packs. */
static int write_pack(struct gitw *w)
{
	struct staged_objects *o = w->git->objects;
	git_packbuilder *pack = NULL;
	char *dir = xstrfmt("%s/objects/pack", w->git->common);
	int err = new_packbuilder(w, &pack);

	w->syncs.whole = true;
	for (size_t i = 0; !err && i < o->n; i++)
		if (git_packbuilder_insert(pack, &o->items[i].id, NULL))
			err = git_failed("cannot add to the pack");
	if (!err && git_packbuilder_write(pack, w->stage, 0, NULL, NULL))
		err = git_failed("cannot write a pack");
	if (!err)
		err = move_pack(w, dir, git_packbuilder_name(pack));
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

int objects_write(struct gitw *w)
{
	struct git *git = w->git;
	struct staged_objects *o = git->objects;
	int err = open_loose(git);

	if (!err && o->n > LOOSE_MAX) {
		err = write_pack(w);
		if (!err)
			err = check_pack(git, o->items, o->n);
	} else {
		for (size_t i = 0; !err && i < o->n; i++)
			err = write_loose(git, &o->items[i], &w->syncs);
		sync_add(&w->syncs, "%s/objects", git->common);
	}
	if (!err)
		objects_clear(o);
	return err;
}
