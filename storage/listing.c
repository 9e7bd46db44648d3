#include "storage/listing.h"

#include "core/act.h"
#include "core/error.h"
#include "core/mem.h"
#include "storage/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAGIC "fulist2"

struct header {
	char magic[8];
	uint64_t key;
	uint64_t sum; /* of everything behind the header */
	uint64_t directories, files, items, heap;
};

void listing_init(struct listing *l)
{
	*l = (struct listing){.heap = STR_INIT, .loaded = STR_INIT};
	str_addn(&l->heap, "", 1);
}

void listing_release(struct listing *l)
{
	if (!l->loaded.cap) {
		free(l->directories);
		free(l->files);
		free(l->items);
		str_release(&l->heap);
	}
	str_release(&l->loaded);
	*l = (struct listing){.heap = STR_INIT, .loaded = STR_INIT};
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

/* Eight bytes at a time: it is computed over megabytes at every call. */
static uint64_t sum_of(const char *bytes, size_t len)
{
	uint64_t sum = UINT64_C(0x9e3779b97f4a7c15), word;
	size_t i;

	for (i = 0; i + sizeof(word) <= len; i += sizeof(word)) {
		memcpy(&word, bytes + i, sizeof(word));
		sum = (sum ^ word) * UINT64_C(0xff51afd7ed558ccd);
		sum ^= sum >> 32;
	}
	return hash_bytes(sum | 1, bytes + i, len - i);
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

bool listing_load(struct listing *l, struct str *bytes, uint64_t key)
{
	struct header h;
	char *at;

	if (bytes->len < sizeof(h))
		return false;
	memcpy(&h, bytes->buf, sizeof(h));
	if (memcmp(h.magic, MAGIC, sizeof(h.magic)) || h.key != key ||
		!fits(&h, bytes->len - sizeof(h)) || !h.heap ||
		h.sum != sum_of(bytes->buf + sizeof(h), bytes->len - sizeof(h)) ||
		bytes->buf[bytes->len - 1])
		return false;
	str_release(&l->heap);
	at = bytes->buf + sizeof(h);
	l->directories = (struct listing_directory *)at;
	l->directories_n = h.directories;
	at += h.directories * sizeof(*l->directories);
	l->files = (struct listing_file *)at;
	l->files_n = h.files;
	at += h.files * sizeof(*l->files);
	l->items = (struct listing_item *)at;
	l->items_n = h.items;
	at += h.items * sizeof(*l->items);
	l->heap.buf = at;
	l->heap.len = h.heap;
	l->loaded = *bytes;
	*bytes = (struct str)STR_INIT;
	return items_fit(l);
}

void listing_save(const struct listing *l, struct str *out, uint64_t key)
{
	struct header h = {.magic = MAGIC,
		.key = key,
		.directories = l->directories_n,
		.files = l->files_n,
		.items = l->items_n,
		.heap = l->heap.len};

	str_truncate(out, 0);
	str_addn(out, &h, sizeof(h));
	str_addn(out, l->directories, l->directories_n * sizeof(*l->directories));
	str_addn(out, l->files, l->files_n * sizeof(*l->files));
	str_addn(out, l->items, l->items_n * sizeof(*l->items));
	str_addn(out, l->heap.buf, l->heap.len);
	h.sum = sum_of(out->buf + sizeof(h), out->len - sizeof(h));
	memcpy(out->buf, &h, sizeof(h));
}

void listing_read(struct listing *l, const char *directory, const char *name, uint64_t key)
{
	char *path = xstrfmt("%s/%s", directory, name);
	struct str bytes = STR_INIT;

	if (file_read_anywhere(&bytes, path, FILE_MAX)) {
		error_clear();
	} else if (!listing_load(l, &bytes, key)) {
		listing_release(l);
		listing_init(l);
	}
	str_release(&bytes);
	free(path);
}

void listing_write(
	const struct listing *l, const char *directory, const char *name, uint64_t key)
{
	char *path = xstrfmt("%s/%s", directory, name);
	char *temporary = xstrfmt("%s.%ld", path, (long)getpid());
	struct str bytes = STR_INIT;
	FILE *file = fopen(temporary, "wbe");
	bool whole;

	if (file) {
		listing_save(l, &bytes, key);
		whole = fwrite(bytes.buf, 1, bytes.len, file) == bytes.len;
		whole &= !fclose(file);
		if (!whole || rename(temporary, path))
			unlink(temporary);
	}
	str_release(&bytes);
	free(temporary);
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
