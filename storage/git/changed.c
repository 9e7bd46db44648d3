/*
 * What stands in the work tree but not in HEAD. Bytes are compared with bytes:
 * filters and line endings of gitattributes play no part. A file that the index
 * knows by its size, times and inode is not read.
 */
#include "storage/git/git.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct known {
	char *path;
	git_oid id;
};

struct survey {
	struct git *git;
	int root_fd;
	git_index *index; /* NULL: every file is read */
	struct timespec index_time;
	struct known *head; /* sorted by path, like `files` */
	size_t n_head, cap_head;
	struct list files;
	const char *prefix; /* of the tree that is walked */
};

static int add_known(const char *dir, const git_tree_entry *entry, void *context)
{
	struct survey *s = context;

	if (git_tree_entry_name(entry)[0] == '.')
		return 1; /* passed over in the work tree too */
	if (git_tree_entry_type(entry) == GIT_OBJECT_TREE)
		return 0;
	GROW(s->head, s->n_head, s->cap_head);
	s->head[s->n_head].path = xstrfmt("%s%s%s", s->prefix, dir, git_tree_entry_name(entry));
	git_oid_cpy(&s->head[s->n_head].id, git_tree_entry_id(entry));
	s->n_head++;
	return 0;
}

static int survey_head(struct survey *s, git_tree *root, const char *prefix)
{
	git_tree_entry *entry = NULL;
	git_tree *tree = NULL;
	int got = root ? git_tree_entry_bypath(&entry, root, prefix) : GIT_ENOTFOUND;
	int err = 0;

	if (got == GIT_ENOTFOUND)
		goto out;
	if (!got && git_tree_entry_type(entry) != GIT_OBJECT_TREE) {
		GROW(s->head, s->n_head, s->cap_head);
		s->head[s->n_head].path = xstrdup(prefix);
		git_oid_cpy(&s->head[s->n_head++].id, git_tree_entry_id(entry));
		goto out;
	}
	s->prefix = xstrfmt("%s/", prefix);
	if (got || git_tree_lookup(&tree, s->git->repo, git_tree_entry_id(entry)) ||
		git_tree_walk(tree, GIT_TREEWALK_PRE, add_known, s))
		err = git_failed("cannot read '%s' in HEAD", prefix);
	free((char *)s->prefix);
out:
	git_error_clear();
	git_tree_free(tree);
	git_tree_entry_free(entry);
	return err;
}

static int survey_dir(struct survey *s, int fd, const char *path);

static int survey_entry(struct survey *s, int dir_fd, const char *name, const char *path)
{
	struct stat st;
	int fd, err;

	if (fstatat(dir_fd, name, &st, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT ? 0 : os_failed("cannot look at '%s'", path);
	if (!S_ISDIR(st.st_mode)) {
		list_add(&s->files, path);
		return 0;
	}
	fd = (int)RETRY(openat(dir_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
	if (fd < 0)
		return os_failed("cannot open '%s'", path);
	err = survey_dir(s, fd, path);
	return err;
}

/* Takes fd over. Dot files are nobody's records. */
static int survey_dir(struct survey *s, int fd, const char *path)
{
	DIR *dir = fdopendir(fd);
	struct dirent *entry;
	int err = 0;

	if (!dir) {
		err = os_failed("cannot read '%s'", path);
		close(fd);
		return err;
	}
	while (!err && (errno = 0, entry = readdir(dir))) {
		char *child;

		if (entry->d_name[0] == '.')
			continue;
		child = xstrfmt("%s/%s", path, entry->d_name);
		err = survey_entry(s, fd, entry->d_name, child);
		free(child);
	}
	if (!err && errno)
		err = os_failed("cannot read '%s'", path);
	closedir(dir);
	return err;
}

static bool index_vouches(struct survey *s, const struct known *k)
{
	const git_index_entry *e = s->index ? git_index_get_bypath(s->index, k->path, 0) : NULL;
	struct stat st;

	if (!e || !same_id(&e->id, &k->id) ||
		fstatat(s->root_fd, k->path, &st, AT_SYMLINK_NOFOLLOW) || !S_ISREG(st.st_mode))
		return false;
	return e->file_size == (uint32_t)st.st_size && e->ino == (uint32_t)st.st_ino &&
	       e->mtime.seconds == (int32_t)st.st_mtim.tv_sec &&
	       e->mtime.nanoseconds == (uint32_t)st.st_mtim.tv_nsec &&
	       (st.st_mtim.tv_sec < s->index_time.tv_sec ||
		       (st.st_mtim.tv_sec == s->index_time.tv_sec &&
			       st.st_mtim.tv_nsec < s->index_time.tv_nsec));
}

/* 'M', or ' ' where the work tree has what HEAD has. */
static char compare(struct survey *s, const struct known *k)
{
	git_oid have;

	if (index_vouches(s, k))
		return ' ';
	/* What cannot be read is not what HEAD has. */
	if (path_hash(s->root_fd, k->path, &have, NULL)) {
		error_clear();
		return 'M';
	}
	return same_id(&have, &k->id) ? ' ' : 'M';
}

static int report(struct survey *s, int (*visit)(void *, const char *, char), void *context)
{
	size_t h = 0, f = 0;
	int err = 0;

	while (!err && (h < s->n_head || f < s->files.n)) {
		int order = h == s->n_head    ? 1
			    : f == s->files.n ? -1
					      : strcmp(s->head[h].path, s->files.items[f]);
		const char *path = order > 0 ? s->files.items[f] : s->head[h].path;
		char status = order > 0 ? 'A' : order < 0 ? 'D' : compare(s, &s->head[h]);

		if (status != ' ')
			err = visit(context, path, status);
		h += order <= 0;
		f += order >= 0;
	}
	return err;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct known *)a)->path, ((const struct known *)b)->path);
}

static void open_index(struct survey *s)
{
	char *path = xstrfmt("%s/index", s->git->dir);
	struct stat st;

	if (!stat(path, &st) && !git_index_open(&s->index, path))
		s->index_time = st.st_mtim;
	git_error_clear();
	free(path);
}

static void survey_release(struct survey *s)
{
	for (size_t i = 0; i < s->n_head; i++)
		free(s->head[i].path);
	free(s->head);
	list_release(&s->files);
	git_index_free(s->index);
	if (s->root_fd >= 0)
		close(s->root_fd);
}

static int survey_prefix(struct survey *s, git_tree *tree, const char *prefix)
{
	size_t len = strlen(prefix);
	char *path = xstrndup(prefix, len && prefix[len - 1] == '/' ? len - 1 : len);
	int err = survey_head(s, tree, path);

	if (!err)
		err = survey_entry(s, s->root_fd, path, path);
	free(path);
	return err;
}

int git_changed(struct git *git, const char *const *prefixes,
	int (*visit)(void *, const char *path, char status), void *context)
{
	struct survey s = {.git = git};
	git_tree *tree = NULL;
	int err;

	s.root_fd = (int)RETRY(open(git->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	if (s.root_fd < 0)
		return os_failed("cannot open '%s'", git->root);
	err = head_tree(git, &tree);
	for (size_t i = 0; !err && prefixes[i]; i++)
		err = survey_prefix(&s, tree, prefixes[i]);
	git_tree_free(tree);
	if (!err) {
		open_index(&s);
		if (s.n_head)
			qsort(s.head, s.n_head, sizeof(*s.head), by_path);
		list_sort(&s.files);
		err = report(&s, visit, context);
	}
	survey_release(&s);
	return err;
}
