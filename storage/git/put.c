#include "storage/git/git.h"

#include <stdlib.h>
#include <string.h>

/* What HEAD has at the path. ERR_FAILED: something that is not a plain file. */
static int look_in_head(struct gitw *w, struct change *c)
{
	git_tree_entry *entry = NULL;
	int got = w->tree ? git_tree_entry_bypath(&entry, w->tree, c->path) : GIT_ENOTFOUND;
	int err = 0;

	c->mode = GIT_FILEMODE_BLOB;
	if (got == GIT_ENOTFOUND) {
		git_error_clear();
		return 0;
	}
	if (got)
		return git_failed("cannot look for '%s' in HEAD", c->path);
	if (git_tree_entry_filemode(entry) != GIT_FILEMODE_BLOB &&
		git_tree_entry_filemode(entry) != GIT_FILEMODE_BLOB_EXECUTABLE)
		err = error_set(ERR_FAILED, "'%s' is not a plain file in HEAD", c->path);
	c->mode = c->old_mode = git_tree_entry_filemode(entry);
	git_oid_cpy(&c->old, git_tree_entry_id(entry));
	git_tree_entry_free(entry);
	return err;
}

/* What the file has to be: nobody's edit is replaced that was not looked at. */
static int judge_seen(const struct change *c, const struct hand_edited *edit)
{
	git_oid seen = {0};

	if (!edit && !same_id(&c->was, &c->old)) {
		error_set(ERR_FAILED, "'%s' was edited by hand and is not recorded", c->path);
		error_hint("fu record");
		return ERR_FAILED;
	}
	if (edit && edit->there && git_odb_hash(&seen, edit->bytes, edit->len, GIT_OBJECT_BLOB))
		return git_failed("cannot hash '%s'", c->path);
	if (edit && !same_id(&c->was, &seen))
		return error_set(
			ERR_FAILED, "'%s' was changed by somebody else meanwhile", c->path);
	return 0;
}

static int look_in_work_tree(struct gitw *w, struct change *c, const struct hand_edited *edit)
{
	struct str bytes = STR_INIT;
	bool found;
	int err = path_read(w->root_fd, c->path, &bytes, &c->seen, &found);

	if (!err && found && git_odb_hash(&c->was, bytes.buf, bytes.len, GIT_OBJECT_BLOB))
		err = git_failed("cannot hash '%s'", c->path);
	if (!err)
		err = judge_seen(c, edit);
	/* An edit that is replaced has to be there if the commit is taken back. */
	if (!err && found && !same_id(&c->was, &c->old) && !same_id(&c->was, &c->new))
		err = objects_add_blob(w->git->objects, &c->was, bytes.buf, bytes.len);
	str_release(&bytes);
	return err;
}

/* mode 0: as it is in HEAD. */
static int put(struct gitw *w, const char *path, const char *bytes, size_t len,
	const struct hand_edited *edit, unsigned mode)
{
	struct change c = {.number = w->next_number};
	int err;

	if ((err = path_check(path)) || (w->committed && (err = transaction_read_head(w))) ||
		(err = index_load_begin(w)))
		return err;
	w->committed = false;
	c.path = xstrdup(path);
	if ((err = look_in_head(w, &c)))
		goto out;
	if (mode)
		c.mode = mode;
	if (bytes && (err = objects_add_blob(w->git->objects, &c.new, bytes, len)))
		goto out;
	if ((err = look_in_work_tree(w, &c, edit)))
		goto out;
	if (bytes && !same_id(&c.was, &c.new))
		err = stage_write(w, &c, bytes, len);
	if (err)
		goto out;
	w->next_number++;
	GROW(w->changes.items, w->changes.n, w->changes.cap);
	w->changes.items[w->changes.n++] = c;
	return 0;
out:
	free(c.path);
	return err;
}

int git_put(struct gitw *w, const char *path, const char *bytes, size_t len,
	const struct hand_edited *edit)
{
	return put(w, path, bytes, len, edit, 0);
}

int git_put_mode(struct gitw *w, const char *path, const char *bytes, size_t len, unsigned mode)
{
	return put(w, path, bytes, len, NULL, mode);
}
