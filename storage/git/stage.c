#include "storage/git/git.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef SYS_renameat2
#include <linux/fs.h>
#else
#define RENAME_NOREPLACE 1
#define RENAME_EXCHANGE 2
#endif

struct stage_name {
	char text[16];
};

static struct stage_name stage_name(char kind, unsigned number)
{
	struct stage_name name;

	snprintf(name.text, sizeof(name.text), "%c%u", kind, number);
	return name;
}

static int open_directory(const char *path, int *fd)
{
	if (RETRY(mkdir(path, 0777)) && errno != EEXIST)
		return os_failed("cannot make '%s'", path);
	*fd = (int)RETRY(open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
	return *fd < 0 ? os_failed("cannot open '%s'", path) : 0;
}

static bool is_apart(const struct gitw *w)
{
	return w->files_fd >= 0 && w->files_fd != w->stage_fd;
}

/* Files are renamed out of the stage, so theirs has to be where the work tree is. */
int stage_open(struct gitw *w)
{
	struct stat tree, private;
	int err;

	if (fstat(w->root_fd, &tree) || fstat(w->private_fd, &private))
		return os_failed("cannot look at the repository");
	w->stage = xstrfmt("%s/stage", w->git->private);
	if ((err = open_directory(w->stage, &w->stage_fd)))
		return err;
	if (tree.st_dev != private.st_dev) {
		w->files = xstrfmt("%s/.fu-stage", w->git->root);
		return open_directory(w->files, &w->files_fd);
	}
	w->files = xstrdup(w->stage);
	w->files_fd = w->stage_fd;
	return 0;
}

static int clear(int directory, const char *path)
{
	int fd = (int)RETRY(openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	DIR *dir = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;
	int err = 0;

	if (!dir) {
		err = os_failed("cannot read '%s'", path);
		if (fd >= 0)
			close(fd);
		return err;
	}
	while ((errno = 0, entry = readdir(dir))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		if (RETRY(unlinkat(directory, entry->d_name, 0)) && errno != ENOENT)
			err = os_failed("cannot remove '%s/%s'", path, entry->d_name);
	}
	if (errno)
		err = os_failed("cannot read '%s'", path);
	closedir(dir);
	return err;
}

int stage_clear(struct gitw *w)
{
	int err = clear(w->stage_fd, w->stage);

	if (!err && is_apart(w))
		err = clear(w->files_fd, w->files);
	return err;
}

/* It lies in the work tree. Where this fails the next command does it. */
static void remove_apart(struct gitw *w)
{
	struct kept_errors kept;

	errors_keep(&kept);
	if (!clear(w->files_fd, w->files))
		rmdir(w->files);
	errors_put_back(&kept);
}

void stage_close(struct gitw *w)
{
	if (is_apart(w) && w->begun && !w->broken)
		remove_apart(w);
	if (is_apart(w))
		close(w->files_fd);
	if (w->stage_fd >= 0)
		close(w->stage_fd);
	free(w->files);
	free(w->stage);
}

static mode_t fresh_mode(const struct change *c)
{
	return c->mode == GIT_FILEMODE_BLOB_EXECUTABLE ? 0777 : 0666;
}

int stage_write(struct gitw *w, const struct change *c, const void *bytes, size_t len)
{
	struct stage_name name = stage_name('n', c->number);
	int err = file_write(w->files_fd, name.text, bytes, len, fresh_mode(c));

	/* It takes the place of a file whose permissions somebody may have chosen. */
	if (!err && !no_id(&c->was) &&
		RETRY(fchmodat(w->files_fd, name.text, c->seen.st_mode & 0777, 0)))
		err = os_failed("cannot set the permissions of '%s'", c->path);
	if (!err)
		sync_add(&w->syncs, "%s/%s", w->files, name.text);
	return err;
}

/* Whether the file, here or in the stage, is the one that was looked at when the change was
 * staged. */
static bool is_untouched(int dir, const char *name, const struct change *c)
{
	struct stat now;

	if (fstatat(dir, name, &now, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT && no_id(&c->was);
	return !no_id(&c->was) && now.st_ino == c->seen.st_ino &&
	       now.st_size == c->seen.st_size && now.st_mtim.tv_sec == c->seen.st_mtim.tv_sec &&
	       now.st_mtim.tv_nsec == c->seen.st_mtim.tv_nsec;
}

/* A second name for the old file, so that taking back needs no space. Where files
 * cannot be linked, its blob serves. */
static int keep_old(struct gitw *w, int parent, const char *base, const struct change *c)
{
	struct stage_name old = stage_name('o', c->number);

	if (no_id(&c->was) || !RETRY(linkat(parent, base, w->files_fd, old.text, 0)))
		return 0;
	if (errno == EPERM || errno == EOPNOTSUPP || errno == EMLINK)
		return 0;
	return os_failed("cannot keep the old '%s'", c->path);
}

/* Not every C library knows it. */
static int rename_how(int from_dir, const char *from, int to_dir, const char *to, unsigned how)
{
#ifdef SYS_renameat2
	return (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, how);
#else
	(void)from_dir, (void)from, (void)to_dir, (void)to, (void)how;
	errno = ENOSYS;
	return -1;
#endif
}

/* Systems that cannot exchange two files leave a moment in which an edit is lost. */
static bool cannot_exchange(void)
{
	return errno == EINVAL || errno == ENOSYS;
}

/* Makes the new file (or its absence) and what is there change places, so that it can be
 * looked at: an editor may have put a file there since. */
static int exchange(struct gitw *w, int parent, const char *base, const struct change *c)
{
	struct stage_name new = stage_name('n', c->number);

	if (no_id(&c->new))
		return (int)RETRY(renameat(parent, base, w->files_fd, new.text));
	if (!RETRY(rename_how(w->files_fd, new.text, parent, base,
		    no_id(&c->was) ? RENAME_NOREPLACE : RENAME_EXCHANGE)))
		return 0;
	if (!cannot_exchange())
		return -1;
	return (int)RETRY(renameat(w->files_fd, new.text, parent, base));
}

static int exchange_back(struct gitw *w, int parent, const char *base, const struct change *c)
{
	struct stage_name new = stage_name('n', c->number);
	unsigned how = no_id(&c->new) ? RENAME_NOREPLACE : RENAME_EXCHANGE;

	return (int)RETRY(rename_how(w->files_fd, new.text, parent, base, how));
}

/* Whether what was replaced is another file than the one that was looked at. */
static bool replaced_another(struct gitw *w, const struct change *c)
{
	struct stage_name new = stage_name('n', c->number);
	struct stat replaced;

	return !no_id(&c->was) &&
	       !fstatat(w->files_fd, new.text, &replaced, AT_SYMLINK_NOFOLLOW) &&
	       !is_untouched(w->files_fd, new.text, c);
}

static int put_in_place(struct gitw *w, int parent, const char *base, const struct change *c)
{
	bool untouched = is_untouched(parent, base, c);
	int err;

	if (untouched && (err = keep_old(w, parent, base, c)))
		return err;
	if (untouched && exchange(w, parent, base, c)) {
		untouched = errno != EEXIST && errno != ENOENT;
		if (untouched)
			return os_failed("cannot put '%s' in its place", c->path);
	} else if (untouched && replaced_another(w, c)) {
		untouched = false;
		if (exchange_back(w, parent, base, c))
			return os_failed("cannot put '%s' back", c->path);
	}
	if (!untouched)
		return error_set(
			ERR_FAILED, "'%s' was changed by somebody else meanwhile", c->path);
	return 0;
}

/* Only whether it may be executed. */
static int change_mode(int parent, const char *base, const struct change *c)
{
	mode_t mode = c->seen.st_mode & 0777;

	mode = c->mode == GIT_FILEMODE_BLOB_EXECUTABLE ? mode | (mode & 0444) >> 2
						       : mode & ~(mode_t)0111;
	if (RETRY(fchmodat(parent, base, mode, 0)))
		return os_failed("cannot set the permissions of '%s'", c->path);
	return 0;
}

/* The directory that changed; with new directories, those above them too. */
static void note_directories(struct gitw *w, const char *path, bool made)
{
	char *dir = xstrfmt("%s/%s", w->git->root, path);
	char *slash;

	while ((slash = strrchr(dir, '/')) && (size_t)(slash - dir) >= strlen(w->git->root)) {
		*slash = '\0';
		sync_add(&w->syncs, "%s", dir);
		if (!made)
			break;
	}
	free(dir);
}

int stage_install(struct gitw *w, const struct change *c)
{
	const char *base;
	bool made = false;
	int parent, err;

	if (same_id(&c->was, &c->new) && (no_id(&c->new) || c->mode == c->old_mode))
		return 0;
	parent = path_open_parent(w->root_fd, c->path, !no_id(&c->new), &base, &made);
	if (parent < 0)
		return os_failed("cannot open the directory of '%s'", c->path);
	err = same_id(&c->was, &c->new) ? change_mode(parent, base, c)
					: put_in_place(w, parent, base, c);
	close(parent);
	if (no_id(&c->new)) {
		path_prune_parents(w->root_fd, c->path);
		/* Which directory is left to be synced is not known: all of it. */
		w->syncs.whole = true;
	} else {
		note_directories(w, c->path, made);
	}
	return err;
}

/* Whether what lies in the stage under that name is none of the change's own: neither what was
 * there nor what is new. */
static int find_foreign(
	struct gitw *w, const struct stage_name *name, const struct change *c, bool *foreign)
{
	git_oid there;
	struct stat st;
	int err = path_hash(w->files_fd, name->text, &there, NULL);

	*foreign = !err && !no_id(&there) && !same_id(&there, &c->new) &&
		   !same_id(&there, &c->was);
	if (!err || fstatat(w->files_fd, name->text, &st, AT_SYMLINK_NOFOLLOW) ||
		S_ISREG(st.st_mode))
		return err;
	error_clear();
	*foreign = true; /* a link, say */
	return 0;
}

/* Takes the file at the path away, unless an editor's came there since it was looked at. */
static int take_away(struct gitw *w, const struct change *c, int parent, const char *base)
{
	struct stage_name name = stage_name('r', c->number);
	bool foreign;
	int err;

	if (RETRY(renameat(parent, base, w->files_fd, name.text)))
		return errno == ENOENT ? 0 : os_failed("cannot remove '%s'", c->path);
	err = find_foreign(w, &name, c, &foreign);
	if (!err && !foreign)
		return 0;
	if (RETRY(rename_how(w->files_fd, name.text, parent, base, RENAME_NOREPLACE)) &&
		(!cannot_exchange() || RETRY(renameat(w->files_fd, name.text, parent, base))))
		return os_failed("cannot put '%s' back", c->path);
	return err;
}

/* Puts the file of the stage at the path, unless an editor's came or went there since it was
 * looked at. */
static int put_there(struct gitw *w, const struct change *c, const struct stage_name *name,
	int parent, const char *base, bool replaces)
{
	unsigned how = replaces ? RENAME_EXCHANGE : RENAME_NOREPLACE;
	bool done = !RETRY(rename_how(w->files_fd, name->text, parent, base, how));
	bool foreign = false;
	int err = 0;

	if (!done && cannot_exchange()) {
		done = !RETRY(renameat(w->files_fd, name->text, parent, base));
		replaces = false;
	}
	if (!done)
		return errno == ENOENT || errno == EEXIST
			       ? 0
			       : os_failed("cannot put '%s' back", c->path);
	if (replaces)
		err = find_foreign(w, name, c, &foreign);
	if ((err || foreign) &&
		RETRY(rename_how(w->files_fd, name->text, parent, base, RENAME_EXCHANGE)))
		return os_failed("cannot put '%s' back", c->path);
	return err;
}

static int write_blob(struct gitw *w, const struct change *c, const git_oid *id,
	const struct stage_name *name)
{
	git_blob *blob = NULL;
	int err;

	if (git_blob_lookup(&blob, w->git->repo, id))
		return git_failed("cannot read what '%s' was", c->path);
	unlinkat(w->files_fd, name->text, 0);
	err = file_write(w->files_fd, name->text, git_blob_rawcontent(blob),
		(size_t)git_blob_rawsize(blob), fresh_mode(c));
	git_blob_free(blob);
	if (err)
		return err;
	sync_add(&w->syncs, "%s/%s", w->files, name->text);
	return transaction_sync(w);
}

static bool is_staged(struct gitw *w, const struct stage_name *name)
{
	struct stat st;

	return !fstatat(w->files_fd, name->text, &st, AT_SYMLINK_NOFOLLOW);
}

/* The file of the stage that is to be at the path: an editor's, which we were killed before
 * putting back; the old one; or a blob, written now. */
static int find_wanted(
	struct gitw *w, const struct change *c, const git_oid *want, struct stage_name *name)
{
	bool back = same_id(want, &c->was), foreign = false;
	int err;

	*name = stage_name('n', c->number);
	if (back && ((err = find_foreign(w, name, c, &foreign)) || foreign))
		return err;
	*name = stage_name('o', c->number);
	if (back && is_staged(w, name))
		return 0;
	*name = stage_name('r', c->number);
	return write_blob(w, c, want, name);
}

/* have: what is there now. */
static int restore(struct gitw *w, const struct change *c, const git_oid *want, bool have)
{
	bool made = false;
	const char *base;
	int parent = path_open_parent(w->root_fd, c->path, !no_id(want), &base, &made);
	struct stage_name name;
	int err;

	if (parent < 0)
		return os_failed("cannot open the directory of '%s'", c->path);
	if (no_id(want)) {
		err = take_away(w, c, parent, base);
	} else {
		err = find_wanted(w, c, want, &name);
		if (!err)
			err = put_there(w, c, &name, parent, base, have);
	}
	close(parent);
	if (no_id(want))
		path_prune_parents(w->root_fd, c->path);
	w->syncs.whole = true;
	return err;
}

int stage_settle(struct gitw *w, const struct change *c, const git_oid *want)
{
	git_oid have;
	int err = path_hash(w->root_fd, c->path, &have, NULL);

	if (err || same_id(&have, want))
		return err;
	if (!same_id(&have, &c->new) && !same_id(&have, &c->was))
		return 0;
	return restore(w, c, want, !no_id(&have));
}
