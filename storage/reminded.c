/*
 * What was reminded, in .git/fu/reminded: a first line that says so, the key of each item
 * as 16 hexadecimal digits, and a last line with a sum over them. What does not fit is no
 * memory at all: better to be reminded twice than never.
 *
 * Of two digests at once the second one waits for the first, for a moment, by a lock on
 * the directory that leaves nothing behind; writers take another lock.
 */
#include "core/act.h"
#include "core/error.h"
#include "core/mem.h"
#include "storage/note.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define NOTE "reminded"
#define HEAD "fu reminded 1\n"
#define KEY_LINE 17 /* digits and newline */
#define PATIENCE_MS 2000
#define STEP_MS 20

struct keys {
	uint64_t *items; /* sorted, once keys_settle was called */
	size_t n, cap;
};

struct reminded {
	struct repo *repo;
	int lock;           /* of the directory, or -1 */
	struct keys before; /* of earlier digests */
	struct keys listed; /* of what there is now, shown or not */
	struct keys now;    /* of this digest */
};

/* ---- keys ---- */

/* The same item has the same key on another day. What may change its words is left out. */
static uint64_t key_of(const struct item *item)
{
	const char *which = "";
	struct str text = STR_INIT;
	uint64_t key;

	if (item->promise)
		which = item->promise;
	else if (item->kind == ITEM_CONFLICT)
		which = item->reason;
	str_addf(&text, "%s %s ", item->opportunity_id, item_word(item->kind));
	if (item->due.set)
		when_add_stored(&text, &item->due);
	str_addf(&text, " %s", which);
	key = hash_bytes(0, text.buf, text.len);
	str_release(&text);
	return key;
}

static void keys_add(struct keys *keys, uint64_t key)
{
	GROW(keys->items, keys->n, keys->cap);
	keys->items[keys->n++] = key;
}

static int compare_keys(const void *left, const void *right)
{
	uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;

	return a < b ? -1 : a > b;
}

/* Sorts, each once. */
static void keys_settle(struct keys *keys)
{
	size_t n = 0;

	if (keys->n)
		qsort(keys->items, keys->n, sizeof(*keys->items), compare_keys);
	for (size_t i = 0; i < keys->n; i++)
		if (!n || keys->items[n - 1] != keys->items[i])
			keys->items[n++] = keys->items[i];
	keys->n = n;
}

static bool keys_have(const struct keys *keys, uint64_t key)
{
	return keys->n &&
	       bsearch(&key, keys->items, keys->n, sizeof(*keys->items), compare_keys);
}

static bool keys_equal(const struct keys *a, const struct keys *b)
{
	return a->n == b->n && (!a->n || !memcmp(a->items, b->items, a->n * sizeof(*a->items)));
}

/* ---- the file ---- */

static void save_keys(const struct keys *keys, struct str *out)
{
	str_add(out, HEAD);
	for (size_t i = 0; i < keys->n; i++)
		str_addf(out, "%016" PRIx64 "\n", keys->items[i]);
	str_addf(out, "%016" PRIx64 "\n", hash_bytes(0, out->buf, out->len));
}

static bool read_key(const char *line, uint64_t *key)
{
	if (strspn(line, "0123456789abcdef") != KEY_LINE - 1 || line[KEY_LINE - 1] != '\n')
		return false;
	*key = strtoull(line, NULL, 16);
	return true;
}

/* False: it is not whole. */
static bool load_keys(struct keys *keys, const struct str *text)
{
	size_t head = strlen(HEAD);
	uint64_t key;

	if (!starts_with(text->buf, HEAD) || text->len < head + KEY_LINE ||
		(text->len - head) % KEY_LINE)
		return false;
	for (size_t at = head; at < text->len - KEY_LINE; at += KEY_LINE) {
		if (!read_key(text->buf + at, &key))
			return false;
		keys_add(keys, key);
	}
	return read_key(text->buf + text->len - KEY_LINE, &key) &&
	       key == hash_bytes(0, text->buf, text->len - KEY_LINE);
}

static void read_before(struct reminded *r)
{
	struct str text = STR_INIT;

	r->before.n = 0;
	note_read(r->repo, NOTE, &text);
	if (!load_keys(&r->before, &text))
		r->before.n = 0;
	keys_settle(&r->before);
	str_release(&text);
}

/* ---- one digest ---- */

/* Not for ever: who prints may be waiting for whoever reads. */
static void lock(struct reminded *r)
{
	const struct timespec step = {.tv_nsec = STEP_MS * 1000000L};

	if (r->lock >= 0)
		return;
	r->lock = open(repo_private(r->repo), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	for (int waited = 0;
		r->lock >= 0 && flock(r->lock, LOCK_EX | LOCK_NB) && waited < PATIENCE_MS;
		waited += STEP_MS)
		nanosleep(&step, NULL);
}

struct reminded *reminded_new(struct repo *repo)
{
	struct reminded *r = xcalloc(1, sizeof(*r));

	r->repo = repo;
	r->lock = -1;
	return r;
}

void reminded_free(struct reminded *r)
{
	if (!r)
		return;
	if (r->lock >= 0)
		close(r->lock);
	free(r->before.items);
	free(r->listed.items);
	free(r->now.items);
	free(r);
}

void reminded_recall(struct reminded *r)
{
	lock(r);
	read_before(r);
}

bool reminded_before(const struct reminded *r, const struct item *item)
{
	return keys_have(&r->before, key_of(item));
}

void reminded_add_listed(struct reminded *r, const struct item *item)
{
	keys_add(&r->listed, key_of(item));
}

void reminded_add(struct reminded *r, const struct item *item)
{
	keys_add(&r->now, key_of(item));
}

int reminded_save(struct reminded *r, bool forget)
{
	struct keys after = {0};
	struct str text = STR_INIT;
	int err = 0;

	reminded_recall(r); /* another digest may have come between */
	keys_settle(&r->listed);
	for (size_t i = 0; i < r->before.n; i++)
		if (!forget || keys_have(&r->listed, r->before.items[i]))
			keys_add(&after, r->before.items[i]);
	for (size_t i = 0; i < r->now.n; i++)
		keys_add(&after, r->now.items[i]);
	keys_settle(&after);
	if (!keys_equal(&after, &r->before)) {
		save_keys(&after, &text);
		err = note_write(r->repo, NOTE, &text);
	}
	str_release(&text);
	free(after.items);
	return err;
}
