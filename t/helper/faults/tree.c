#include "t/helper/faults/tree.h"

#include "core/mem.h"
#include "core/str.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void give_up(const char *what, const char *path)
{
	fprintf(stderr, "faults: cannot %s '%s': %s\n", what, path, strerror(errno));
	exit(2);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->path, ((const struct entry *)b)->path);
}

const struct entry *tree_find(const struct tree *tree, const char *path)
{
	struct entry wanted = {.path = (char *)path};

	return tree->n ? bsearch(&wanted, tree->items, tree->n, sizeof(wanted), by_path) : NULL;
}

static bool same_time(const struct timespec *a, const struct timespec *b)
{
	return a->tv_sec == b->tv_sec && a->tv_nsec == b->tv_nsec;
}

static bool same_stamp(const struct stat *a, const struct stat *b)
{
	if (a->st_mode != b->st_mode || S_ISDIR(a->st_mode))
		return a->st_mode == b->st_mode;
	return a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       same_time(&a->st_mtim, &b->st_mtim) && same_time(&a->st_ctim, &b->st_ctim);
}

static void read_bytes(struct entry *e)
{
	size_t got = 0;
	ssize_t n = 0;
	int fd;

	e->len = (size_t)e->st.st_size;
	e->bytes = xmalloc(e->len + 1);
	if (S_ISLNK(e->st.st_mode)) {
		if (readlink(e->path, e->bytes, e->len) != (ssize_t)e->len)
			give_up("read", e->path);
		e->bytes[e->len] = '\0';
		return;
	}
	fd = open(e->path, O_RDONLY | O_CLOEXEC);
	while (fd >= 0 && got < e->len && (n = read(fd, e->bytes + got, e->len - got)) > 0)
		got += (size_t)n;
	if (fd < 0 || got < e->len)
		give_up("read", e->path);
	close(fd);
}

static void add(struct tree *out, const struct tree *known, char *path)
{
	struct entry e = {.path = path};
	const struct entry *before = known ? tree_find(known, path) : NULL;

	if (lstat(path, &e.st))
		give_up("look at", path);
	if (S_ISREG(e.st.st_mode) && e.st.st_nlink > 1)
		e.links = e.st.st_ino;
	if (S_ISREG(e.st.st_mode) || S_ISLNK(e.st.st_mode)) {
		if (before && before->bytes && same_stamp(&before->st, &e.st)) {
			e.bytes = before->bytes;
			e.len = before->len;
			e.borrowed = true;
		} else {
			read_bytes(&e);
		}
	}
	GROW(out->items, out->n, out->cap);
	out->items[out->n++] = e;
}

static void walk(struct tree *out, const struct tree *known, const char *dir)
{
	size_t first = out->n, last;
	DIR *d = opendir(*dir ? dir : ".");
	const struct dirent *entry;

	if (!d)
		give_up("open", dir);
	while ((entry = readdir(d)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			add(out, known, xstrfmt("%s%s%s", dir, *dir ? "/" : "", entry->d_name));
	closedir(d);
	last = out->n;
	for (size_t i = first; i < last; i++)
		if (S_ISDIR(out->items[i].st.st_mode)) {
			char *below = xstrdup(out->items[i].path);

			walk(out, known, below);
			free(below);
		}
}

void tree_read(struct tree *out, const struct tree *known)
{
	*out = (struct tree){0};
	walk(out, known, "");
	if (out->n)
		qsort(out->items, out->n, sizeof(*out->items), by_path);
}

static void drop(const struct entry *e)
{
	if (S_ISDIR(e->st.st_mode) ? rmdir(e->path) : unlink(e->path))
		give_up("remove", e->path);
}

/* Directories stand before what is in them. */
static void drop_others(const struct tree *now, const struct tree *tree)
{
	for (size_t i = now->n; i--;) {
		const struct entry *wanted = tree_find(tree, now->items[i].path);

		if (!wanted ||
			(wanted->st.st_mode & S_IFMT) != (now->items[i].st.st_mode & S_IFMT))
			drop(&now->items[i]);
	}
}

static void write_entry(const struct entry *e)
{
	size_t done = 0;
	ssize_t n = 0;
	int fd;

	if (unlink(e->path) && errno != ENOENT)
		give_up("replace", e->path);
	if (S_ISLNK(e->st.st_mode)) {
		if (symlink(e->bytes, e->path))
			give_up("make", e->path);
		return;
	}
	fd = open(e->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, e->st.st_mode & 07777);
	while (fd >= 0 && done < e->len && (n = write(fd, e->bytes + done, e->len - done)) > 0)
		done += (size_t)n;
	if (fd < 0 || done < e->len || fchmod(fd, e->st.st_mode & 07777) || close(fd))
		give_up("write", e->path);
}

/* The first of the links to the same file. */
static const struct entry *first_of(const struct tree *tree, const struct entry *e)
{
	for (size_t i = 0; i < tree->n; i++)
		if (tree->items[i].links == e->links)
			return &tree->items[i];
	return e;
}

static void link_entry(const struct entry *e, const struct entry *first)
{
	if ((unlink(e->path) && errno != ENOENT) || link(first->path, e->path))
		give_up("link", e->path);
}

static void put_back_one(const struct tree *tree, struct entry *e)
{
	const struct entry *first = e->links ? first_of(tree, e) : e;
	struct stat now, of_first;
	bool there = !lstat(e->path, &now);

	if (first != e) {
		if (lstat(first->path, &of_first))
			give_up("look at", first->path);
		if (!there || now.st_ino != of_first.st_ino)
			link_entry(e, first);
		return;
	}
	if (there && same_stamp(&now, &e->st))
		return;
	if (!S_ISDIR(e->st.st_mode))
		write_entry(e);
	else if ((!there && mkdir(e->path, 0777)) || chmod(e->path, e->st.st_mode & 07777))
		give_up("make", e->path);
	if (lstat(e->path, &e->st))
		give_up("look at", e->path);
}

/* A link more or less is a change of all links to a file. */
static void look_at_links(struct tree *tree)
{
	for (size_t i = 0; i < tree->n; i++)
		if (tree->items[i].links && lstat(tree->items[i].path, &tree->items[i].st))
			give_up("look at", tree->items[i].path);
}

void tree_put_back(struct tree *tree)
{
	struct tree now;

	tree_read(&now, tree);
	drop_others(&now, tree);
	for (size_t i = 0; i < tree->n; i++)
		put_back_one(tree, &tree->items[i]);
	look_at_links(tree);
	tree_release(&now);
}

bool tree_untouched(const struct tree *now, const struct tree *was)
{
	if (now->n != was->n)
		return false;
	for (size_t i = 0; i < now->n; i++)
		if (strcmp(now->items[i].path, was->items[i].path) != 0 ||
			!same_stamp(&now->items[i].st, &was->items[i].st))
			return false;
	return true;
}

void tree_release(struct tree *tree)
{
	for (size_t i = 0; i < tree->n; i++) {
		free(tree->items[i].path);
		if (!tree->items[i].borrowed)
			free(tree->items[i].bytes);
	}
	free(tree->items);
	*tree = (struct tree){0};
}
