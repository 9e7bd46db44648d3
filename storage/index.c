#include "storage/index.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/file.h"
#include "storage/layout.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEPTH_MAX 8

static struct index_entry *add_entry(struct index *index, const char *path)
{
	GROW(index->items, index->n, index->cap);
	index->items[index->n] = (struct index_entry){.path = xstrdup(path)};
	return &index->items[index->n++];
}

static void add_file(struct index *index, const char *path, unsigned char type)
{
	struct index_entry *e = add_entry(index, path);

	e->id = layout_id(path);
	if (!e->id)
		e->fault = xstrfmt(
			"%s: an opportunity's id has up to 64 of a-z, 0-9 and '-'", path);
	else if (type == DT_LNK)
		e->fault = xstrfmt("%s: a symbolic link is not followed", path);
	else if (type != DT_REG)
		e->fault = xstrfmt("%s: not a regular file", path);
}

static unsigned char type_of(int dir, const struct dirent *entry)
{
	struct stat info;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type;
	if (fstatat(dir, entry->d_name, &info, AT_SYMLINK_NOFOLLOW))
		return DT_UNKNOWN;
	return S_ISREG(info.st_mode)   ? DT_REG
	       : S_ISDIR(info.st_mode) ? DT_DIR
	       : S_ISLNK(info.st_mode) ? DT_LNK
				       : DT_UNKNOWN;
}

static int scan_directory(struct index *index, int fd, const char *path, int depth);

static int scan_below(
	struct index *index, int dir, const char *name, const char *path, int depth)
{
	int fd;

	if (depth == DEPTH_MAX) {
		add_entry(index, path)->fault = xstrfmt("%s: directories too deep", path);
		return 0;
	}
	fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_DIRECTORY);
	if (fd < 0 && errno == ENOENT)
		return 0;                /* gone meanwhile */
	if (fd < 0 && errno == EACCES) { /* the others can be read */
		add_entry(index, path)->fault =
			xstrfmt("%s: cannot be read: %s", path, strerror(errno));
		return 0;
	}
	if (fd < 0)
		return error_set(ERR_FAILED, "cannot open '%s': %s", path, strerror(errno));
	return scan_directory(index, fd, path, depth + 1);
}

static int scan_entry(
	struct index *index, int dir, const struct dirent *entry, const char *above, int depth)
{
	unsigned char type;
	char *path;
	int rc = 0;

	if (entry->d_name[0] == '.')
		return 0;
	type = type_of(dir, entry);
	path = xstrfmt("%s/%s", above, entry->d_name);
	if (ends_with(entry->d_name, ".ini")) /* a directory as well: it hides a record */
		add_file(index, path, type);
	else if (type == DT_DIR)
		rc = scan_below(index, dir, entry->d_name, path, depth);
	else if (type == DT_LNK)
		add_entry(index, path)->fault =
			xstrfmt("%s: a symbolic link is not followed", path);
	free(path);
	return rc;
}

/* The stamp is taken before the names are read: what comes or goes meanwhile is seen in it
 * the next time. */
static void add_directory(struct index *index, int fd, const char *path)
{
	struct stamp stamp;

	list_add(&index->directories, path);
	GROW(index->stamps, index->stamps_n, index->stamps_cap);
	index->stamps[index->stamps_n++] =
		stamp_take_open(fd, &stamp) ? stamp : (struct stamp){0};
}

/* Takes ownership of fd. */
static int scan_directory(struct index *index, int fd, const char *path, int depth)
{
	DIR *dir = fdopendir(fd);
	int rc = 0;

	if (!dir) {
		rc = error_set(ERR_FAILED, "cannot read '%s': %s", path, strerror(errno));
		close(fd);
		return rc;
	}
	add_directory(index, fd, path);
	while (!rc) {
		const struct dirent *entry;

		errno = 0;
		entry = readdir(dir);
		if (!entry && errno)
			rc = error_set(
				ERR_FAILED, "cannot read '%s': %s", path, strerror(errno));
		if (!entry)
			break;
		rc = scan_entry(index, dirfd(dir), entry, path, depth);
	}
	closedir(dir);
	return rc;
}

static int compare_entries(const void *a, const void *b)
{
	const struct index_entry *x = a, *y = b;
	int order;

	if (!x->id || !y->id)
		order = !x->id - !y->id;
	else
		order = strcmp(x->id, y->id);
	return order ? order : strcmp(x->path, y->path);
}

static void mark_doubles(struct index *index)
{
	for (size_t i = 1; i < index->n; i++) {
		struct index_entry *a = &index->items[i - 1], *b = &index->items[i];

		if (!a->id || !b->id || strcmp(a->id, b->id))
			continue;
		if (!a->fault)
			a->fault = xstrfmt(
				"%s: '%s' is the id of '%s' too", a->path, a->id, b->path);
		free(b->fault);
		b->fault = xstrfmt("%s: '%s' is the id of '%s' too", b->path, b->id, a->path);
	}
}

int index_scan(struct index *out, int root)
{
	int fd, rc;

	*out = (struct index){0};
	rc = file_open_directory(&fd, root, OPPORTUNITIES);
	if (rc == ERR_MISSING) { /* made with the first opportunity */
		error_clear();
		return 0;
	}
	if (!rc)
		rc = scan_directory(out, fd, OPPORTUNITIES, 0);
	if (rc) {
		index_release(out);
		return rc;
	}
	if (out->n)
		qsort(out->items, out->n, sizeof(*out->items), compare_entries);
	mark_doubles(out);
	return 0;
}

void index_release(struct index *index)
{
	for (size_t i = 0; i < index->n; i++) {
		free(index->items[i].id);
		free(index->items[i].path);
		free(index->items[i].fault);
	}
	free(index->items);
	list_release(&index->directories);
	free(index->stamps);
	*index = (struct index){0};
}

size_t index_lower_bound(const struct index *index, const char *prefix)
{
	size_t low = 0, high = index->n;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const char *id = index->items[middle].id;

		if (id && strcmp(id, prefix) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct index_entry *index_find(const struct index *index, const char *id)
{
	size_t i = index_lower_bound(index, id);

	return i < index->n && same_string(index->items[i].id, id) ? &index->items[i] : NULL;
}

static int by_path(const void *a, const void *b)
{
	const struct index_entry *x = *(const struct index_entry *const *)a;
	const struct index_entry *y = *(const struct index_entry *const *)b;

	return strcmp(x->path, y->path);
}

const struct index_entry **index_by_path(const struct index *index)
{
	const struct index_entry **entries = xcalloc(index->n + 1, sizeof(*entries));

	for (size_t i = 0; i < index->n; i++)
		entries[i] = &index->items[i];
	if (index->n)
		qsort(entries, index->n, sizeof(*entries), by_path);
	return entries;
}
