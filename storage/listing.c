#include "storage/listing.h"

#include "core/act.h"
#include "core/mem.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "fulist3"

struct header {
	char magic[8];
	uint64_t key;
	uint64_t sum; /* of everything behind the header */
	uint64_t directories, files, items, heap;
};

void listing_init(struct listing *l)
{
	*l = (struct listing){.heap = STR_INIT};
	str_addn(&l->heap, "", 1);
}

void listing_release(struct listing *l)
{
	if (l->mapped) {
		munmap(l->mapped, l->mapped_len);
	} else {
		free(l->directories);
		free(l->files);
		free(l->items);
		str_release(&l->heap);
	}
	*l = (struct listing){.heap = STR_INIT};
}

uint32_t listing_add_string(struct listing *l, const char *text)
{
	size_t at = l->heap.len;

	if (!text)
		return 0;
	str_addn(&l->heap, text, strlen(text) + 1);
	return (uint32_t)at;
}

const char *listing_string(const struct listing *l, uint64_t offset)
{
	return offset && offset < l->heap.len ? l->heap.buf + offset : NULL;
}

enum { LANES = 4 };

/* It is computed over megabytes at every call: eight bytes at a time, in lanes that do not
 * wait for each other. */
static uint64_t sum_of(const char *bytes, size_t len)
{
	uint64_t sums[LANES] = {1, 2, 3, 4}, words[LANES];
	size_t i;

	for (i = 0; i + sizeof(words) <= len; i += sizeof(words)) {
		memcpy(words, bytes + i, sizeof(words));
		for (int lane = 0; lane < LANES; lane++) {
			sums[lane] = (sums[lane] ^ words[lane]) * UINT64_C(0xff51afd7ed558ccd);
			sums[lane] ^= sums[lane] >> 32;
		}
	}
	return hash_bytes(hash_bytes(0, sums, sizeof(sums)) | 1, bytes + i, len - i);
}

/* The size of a table of n rows, or SIZE_MAX where it would not fit into len. */
static size_t table_size(uint64_t n, size_t row, size_t len)
{
	return n > len / row ? SIZE_MAX : (size_t)n * row;
}

static bool fits(const struct header *h, size_t len)
{
	const size_t sizes[] = {
		table_size(h->directories, sizeof(struct listing_directory), len),
		table_size(h->files, sizeof(struct listing_file), len),
		table_size(h->items, sizeof(struct listing_item), len),
		table_size(h->heap, 1, len),
	};
	size_t rest = len;

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		if (sizes[i] > rest)
			return false;
		rest -= sizes[i];
	}
	return !rest;
}

static bool items_fit(const struct listing *l)
{
	for (size_t i = 0; i < l->files_n; i++)
		if (l->files[i].first_item > l->items_n ||
			l->files[i].items_n > l->items_n - l->files[i].first_item)
			return false;
	return true;
}

/* Makes *l of the bytes; false: they are no whole listing made under this key. */
static bool load(struct listing *l, char *bytes, size_t len, uint64_t key)
{
	struct header h;

	if (len < sizeof(h))
		return false;
	memcpy(&h, bytes, sizeof(h));
	bytes += sizeof(h);
	len -= sizeof(h);
	if (memcmp(h.magic, MAGIC, sizeof(h.magic)) || h.key != key || !fits(&h, len) ||
		!h.heap || h.sum != sum_of(bytes, len) || bytes[len - 1])
		return false;
	l->directories = (struct listing_directory *)bytes;
	l->directories_n = h.directories;
	bytes += h.directories * sizeof(*l->directories);
	l->files = (struct listing_file *)bytes;
	l->files_n = h.files;
	bytes += h.files * sizeof(*l->files);
	l->items = (struct listing_item *)bytes;
	l->items_n = h.items;
	bytes += h.items * sizeof(*l->items);
	l->heap.buf = bytes;
	l->heap.len = h.heap;
	return items_fit(l);
}

static void *map_file(const char *path, size_t *len)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	void *mapped = MAP_FAILED;
	struct stat info;

	if (fd < 0)
		return NULL;
	if (!fstat(fd, &info) && S_ISREG(info.st_mode) && info.st_size > 0) {
		*len = (size_t)info.st_size;
		mapped = mmap(NULL, *len, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
	}
	close(fd);
	return mapped == MAP_FAILED ? NULL : mapped;
}

void listing_read(struct listing *l, const char *directory, const char *name, uint64_t key)
{
	char *path = xstrfmt("%s/%s", directory, name);
	size_t len = 0;
	void *mapped = map_file(path, &len);

	free(path);
	if (!mapped)
		return;
	listing_release(l);
	l->mapped = mapped;
	l->mapped_len = len;
	if (load(l, mapped, len, key))
		return;
	listing_release(l);
	listing_init(l);
}

static void save(const struct listing *l, struct str *out, uint64_t key)
{
	struct header h = {.magic = MAGIC,
		.key = key,
		.directories = l->directories_n,
		.files = l->files_n,
		.items = l->items_n,
		.heap = l->heap.len};

	str_addn(out, &h, sizeof(h));
	str_addn(out, l->directories, l->directories_n * sizeof(*l->directories));
	str_addn(out, l->files, l->files_n * sizeof(*l->files));
	str_addn(out, l->items, l->items_n * sizeof(*l->items));
	str_addn(out, l->heap.buf, l->heap.len);
	h.sum = sum_of(out->buf + sizeof(h), out->len - sizeof(h));
	memcpy(out->buf, &h, sizeof(h));
}

/* A writer that was killed leaves it behind, and the next one takes it up. NULL: somebody
 * else is writing it, or has just made it the listing. */
static FILE *open_fresh(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
	struct stat ours, named;

	if (fd < 0)
		return NULL;
	if (!flock(fd, LOCK_EX | LOCK_NB) && !fstat(fd, &ours) && !lstat(path, &named) &&
		ours.st_ino == named.st_ino && !ftruncate(fd, 0))
		return fdopen(fd, "wb");
	close(fd);
	return NULL;
}

void listing_write(
	const struct listing *l, const char *directory, const char *name, uint64_t key)
{
	char *path = xstrfmt("%s/%s", directory, name);
	char *fresh = xstrfmt("%s.new", path);
	struct str bytes = STR_INIT;
	FILE *file = open_fresh(fresh);

	if (file) {
		save(l, &bytes, key);
		/* Renamed while it is locked: what lies there is whole. */
		if (fwrite(bytes.buf, 1, bytes.len, file) != bytes.len || fflush(file) ||
			rename(fresh, path))
			unlink(fresh);
		fclose(file);
	}
	str_release(&bytes);
	free(fresh);
	free(path);
}

struct sought {
	const struct listing *l;
	const char *path;
};

static int compare_path(const void *key, const void *file)
{
	const struct sought *sought = key;
	const char *path = listing_string(sought->l, ((const struct listing_file *)file)->path);

	return strcmp(sought->path, path ? path : "");
}

const struct listing_file *listing_find(const struct listing *l, const char *path)
{
	const struct sought sought = {l, path};

	return l->files_n
		       ? bsearch(&sought, l->files, l->files_n, sizeof(*l->files), compare_path)
		       : NULL;
}
