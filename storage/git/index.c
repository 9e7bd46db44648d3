#include "storage/git/git.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void fill_entry(git_index_entry *entry, const struct stat *st)
{
	entry->ctime.seconds = (int32_t)st->st_ctim.tv_sec;
	entry->ctime.nanoseconds = (uint32_t)st->st_ctim.tv_nsec;
	entry->mtime.seconds = (int32_t)st->st_mtim.tv_sec;
	entry->mtime.nanoseconds = (uint32_t)st->st_mtim.tv_nsec;
	entry->dev = (uint32_t)st->st_dev;
	entry->ino = (uint32_t)st->st_ino;
	entry->uid = st->st_uid;
	entry->gid = st->st_gid;
	entry->file_size = (uint32_t)st->st_size;
}

static int set_entry(
	struct gitw *w, git_index *index, const struct change *c, const git_oid *want)
{
	git_index_entry entry = {.path = c->path, .mode = c->mode};
	struct stat st;
	git_oid have;

	git_index_conflict_remove(index, c->path);
	git_error_clear();
	if (no_id(want))
		return git_index_remove(index, c->path, 0);
	git_oid_cpy(&entry.id, want);
	/* The times of these very bytes: an editor may have saved others there since. Without
	 * any git looks at the file, once. */
	if (!path_hash(w->root_fd, c->path, &have, &st) && same_id(&have, want))
		fill_entry(&entry, &st);
	error_clear();
	return git_index_add(index, &entry);
}

/*
 * git trusts an entry's times only where they lie before those of the index file;
 * the others it compares byte by byte. A rewritten index is younger than all of
 * them: an entry whose file was changed within the old one's tick is therefore
 * marked, as git does it, by a size of 0.
 */
static int mark_racy(struct gitw *w, git_index *index)
{
	struct stat old;
	size_t n = git_index_entrycount(index);

	if (fstatat(w->dir_fd, "index", &old, 0))
		return errno == ENOENT ? 0 : os_failed("cannot look at the index");
	for (size_t i = 0; i < n; i++) {
		const git_index_entry *e = git_index_get_byindex(index, i);
		git_index_entry marked;
		git_oid have;

		if (e->mtime.seconds < (int32_t)old.st_mtim.tv_sec ||
			(e->mtime.seconds == (int32_t)old.st_mtim.tv_sec &&
				e->mtime.nanoseconds < (uint32_t)old.st_mtim.tv_nsec) ||
			(e->mode != GIT_FILEMODE_BLOB &&
				e->mode != GIT_FILEMODE_BLOB_EXECUTABLE))
			continue;
		if (!path_hash(w->root_fd, e->path, &have, NULL) && same_id(&have, &e->id))
			continue;
		error_clear();
		marked = *e;
		marked.file_size = 0;
		if (git_index_add(index, &marked))
			return git_failed("cannot change the index");
	}
	return 0;
}

static int change_entries(struct gitw *w, git_index *index, const struct changes *changes,
	bool forward, bool *differs)
{
	for (size_t i = 0; i < changes->n; i++) {
		const struct change *c = &changes->items[i];
		const git_oid *want = forward ? &c->new : &c->old;
		const git_index_entry *e = git_index_get_bypath(index, c->path, 0);
		git_oid have = {0};

		if (e)
			git_oid_cpy(&have, &e->id);
		/* Taking back: only what the commit had put there. */
		if (!forward && !same_id(&have, &c->new))
			continue;
		*differs |= !same_id(&have, want);
		if (no_id(&have) && no_id(want))
			continue;
		if (set_entry(w, index, c, want))
			return git_failed("cannot put '%s' into the index", c->path);
	}
	git_error_clear();
	return 0;
}

int index_prepare(struct gitw *w, const struct changes *changes, bool forward, bool *differs)
{
	int err = index_load(w);

	*differs = false;
	if (err || (err = mark_racy(w, w->index)) ||
		(err = change_entries(w, w->index, changes, forward, differs)))
		goto out;
	if (git_index_write(w->index))
		err = git_failed("cannot write '%s/index'", w->stage);
	else
		sync_add(&w->syncs, "%s/index", w->stage);
out:
	index_unload(w);
	return err;
}

int index_install(struct gitw *w)
{
	if (RETRY(linkat(w->dir_fd, "index", w->stage_fd, "index.old", 0)) && errno != ENOENT &&
		errno != EEXIST && errno != EPERM && errno != EOPNOTSUPP && errno != EMLINK &&
		errno != EXDEV)
		return os_failed("cannot keep the old index");
	if (RETRY(renameat(w->stage_fd, "index", w->dir_fd, "index")))
		return os_failed("cannot put the index in its place");
	w->index_moved = true;
	sync_add(&w->syncs, "%s", w->git->dir);
	return 0;
}

bool index_put_back(struct gitw *w)
{
	return !RETRY(renameat(w->stage_fd, "index.old", w->dir_fd, "index"));
}
