/*
 * Inside storage: the caches behind repo_each_listed and of register.c, as they
 * lie in memory and in .git/fu.
 *
 * The file is one header, four tables and a heap of strings, in the machine's own
 * byte order: it never leaves the machine, and one that does not fit (another build,
 * other settings, a bit that fell over) is simply made anew. Strings are offsets
 * into the heap; 0 is NULL.
 */
#ifndef FU_STORAGE_LISTING_H
#define FU_STORAGE_LISTING_H

#include "core/str.h"
#include "storage/stamp.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct listing_directory {
	struct stamp stamp;
	uint64_t path;
};

struct listing_file {
	struct stamp stamp;
	uint32_t path, id, client, owner, fault;
	uint32_t first_item, items_n;
	uint32_t live; /* read at every call; the others only when their directory changed */
};

struct listing_item {
	int64_t shows_from, shows_until, begins, overdue_from, late_from;
	int32_t due_day, due_second;
	uint32_t due_zone, reason;
	uint8_t kind, role;
	uint8_t due_set;
	uint8_t comes_ahead; /* its due_at is `begins`, not INT64_MAX */
	uint32_t promise;
};

struct listing {
	struct listing_directory *directories;
	struct listing_file *files; /* by path */
	struct listing_item *items;
	size_t directories_n, directories_cap;
	size_t files_n, files_cap;
	size_t items_n, items_cap;
	struct str heap; /* begins with a NUL */
	void *mapped;    /* the file, where the tables point into it */
	size_t mapped_len;
};

void listing_init(struct listing *l); /* an empty one, to be filled */
void listing_release(struct listing *l);

uint32_t listing_add_string(struct listing *l, const char *text); /* NULL: 0 */
/* NULL for 0 and for an offset that lies outside. */
const char *listing_string(const struct listing *l, uint64_t offset);

/* From and into a file of that directory, .git/fu. Best effort: where it cannot be read, is
 * not whole or was not made under this key, *l stays an empty one; that it cannot be written
 * does not matter. The file is mapped, as git maps its index: nobody writes into it, it is
 * replaced. */
void listing_read(struct listing *l, const char *directory, const char *name, uint64_t key);
void listing_write(
	const struct listing *l, const char *directory, const char *name, uint64_t key);

/* The file of that path (they are ordered by path), or NULL. */
const struct listing_file *listing_find(const struct listing *l, const char *path);

#endif
