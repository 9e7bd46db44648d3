#include "storage/audit.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/layout.h"
#include "storage/opportunity_file.h"

#include <stdlib.h>
#include <string.h>

#define BUCKETS 16384

void audit_init(struct audit *a)
{
	a->buckets = xcalloc(BUCKETS, sizeof(*a->buckets));
}

static void file_acts_free(struct file_acts *f)
{
	free(f->items);
	free(f);
}

void audit_release(struct audit *a)
{
	for (size_t i = 0; i < BUCKETS; i++)
		while (a->buckets[i]) {
			struct file_acts *f = a->buckets[i];

			a->buckets[i] = f->next;
			file_acts_free(f);
		}
	free(a->buckets);
	free(a->known);
	list_release(&a->signed_commits);
}

/* ---- the acts of a file ---- */

static struct file_acts **bucket_of(struct audit *a, const char *blob)
{
	return &a->buckets[hash_bytes(0, blob, 40) % BUCKETS];
}

static int by_id(const void *left, const void *right)
{
	return strcmp(
		((const struct act_digest *)left)->id, ((const struct act_digest *)right)->id);
}

static void digest_act(struct audit *a, struct act_digest *out, const struct act *act)
{
	struct str text = STR_INIT;

	audit_act_text(&text, act);
	a->backend->digest(out->text, text.buf, text.len);
	memcpy(out->id, act->id, ACT_ID_LEN); /* all ids have this length */
	out->kind = (unsigned char)act->kind;
	out->of = act->of ? hash_bytes(1, act->of, strlen(act->of)) : 0;
	out->edited = act->edited.set ? act->edited.utc : INT64_MIN;
	str_release(&text);
}

/* Acts written by hand that nobody has recorded yet (they have no `by`, and an id that
 * changes with them) are no acts of the trail. */
static void digest_all(struct audit *a, struct file_acts *f, const struct opportunity *o)
{
	f->items = xcalloc(o->n, sizeof(*f->items));
	for (size_t i = 0; i < o->n; i++)
		if (o->acts[i]->by)
			digest_act(a, &f->items[f->n++], o->acts[i]);
	if (f->n)
		qsort(f->items, f->n, sizeof(*f->items), by_id);
}

static void inherit(struct file_acts *f, const struct file_acts *before)
{
	if (!before || !before->n)
		return;
	memcpy(f->readable, before->readable, sizeof(f->readable));
	f->n = before->n;
	f->items = xcalloc(f->n, sizeof(*f->items));
	memcpy(f->items, before->items, f->n * sizeof(*f->items));
}

int audit_read(struct audit *a, const char *blob, const char *path, struct opportunity **out,
	bool *whole)
{
	struct fact_list declared = {0};
	struct str bytes = STR_INIT;
	char *id = layout_id(path);
	int err = a->backend->blob(a->git, blob, &bytes);
	bool is_whole;

	*out = NULL;
	if (!err) {
		is_whole = !opportunity_read(
			out, &declared, id ? id : "x", path, bytes.buf, bytes.len);
		if (whole)
			*whole = is_whole;
		if (!is_whole)
			opportunity_read_acts(out, id ? id : "x", path, bytes.buf, bytes.len);
		error_clear();
	}
	facts_release(&declared);
	str_release(&bytes);
	free(id);
	return err;
}

static int read_acts(struct audit *a, const char *blob, const char *path,
	const struct file_acts *before, struct file_acts *f)
{
	struct opportunity *o;
	bool whole = false;
	int err = audit_read(a, blob, path, &o, &whole);

	if (err)
		return err;
	f->damaged = !whole;
	if (o) {
		memcpy(f->readable, blob, 40);
		digest_all(a, f, o);
	} else {
		inherit(f, before);
	}
	opportunity_free(o);
	return 0;
}

int audit_acts(struct audit *a, const char *blob, const char *path,
	const struct file_acts *before, struct file_acts **out, bool *fresh)
{
	struct file_acts **bucket = bucket_of(a, blob), *f;
	int err;

	if (fresh)
		*fresh = false;
	for (f = *bucket; f; f = f->next)
		if (!strcmp(f->blob, blob)) {
			*out = f;
			return 0;
		}
	f = xcalloc(1, sizeof(*f));
	memcpy(f->blob, blob, 40);
	if ((err = read_acts(a, blob, path, before, f))) {
		file_acts_free(f);
		return err;
	}
	if (fresh)
		*fresh = true;
	f->next = *bucket;
	*bucket = *out = f;
	return 0;
}

void audit_forget(struct audit *a, const char *blob)
{
	struct file_acts **at = bucket_of(a, blob), *f;

	while (*at && strcmp((*at)->blob, blob))
		at = &(*at)->next;
	/* What a damaged one has cannot be found out again. */
	if (!*at || (*at)->damaged)
		return;
	f = *at;
	*at = f->next;
	file_acts_free(f);
}

/* ---- the versions that are explained ---- */

bool same_act(const struct act_digest *a, const struct act_digest *b)
{
	return !memcmp(a->text, b->text, DIGEST_LEN);
}

/* Versions of one act stand one behind the other, up to the next free place. */
static size_t first_slot(const struct audit *a, const char *id)
{
	return hash_bytes(2, id, strlen(id)) & (a->known_cap - 1);
}

static size_t next_slot(const struct audit *a, size_t at)
{
	return (at + 1) & (a->known_cap - 1);
}

static void place(struct audit *a, const struct known_version *v)
{
	size_t at = first_slot(a, v->act.id);

	while (a->known[at].act.id[0])
		at = next_slot(a, at);
	a->known[at] = *v;
}

static void grow(struct audit *a)
{
	struct known_version *old = a->known;
	size_t cap = a->known_cap;

	a->known_cap = cap ? 2 * cap : 1024;
	a->known = xcalloc(a->known_cap, sizeof(*a->known));
	for (size_t i = 0; i < cap; i++)
		if (old[i].act.id[0])
			place(a, &old[i]);
	free(old);
}

/* The first version at or behind *at that is of that act; NULL: no more. */
static struct known_version *next_known(const struct audit *a, const char *id, size_t *at)
{
	while (a->known_cap && a->known[*at].act.id[0]) {
		struct known_version *v = &a->known[*at];

		*at = next_slot(a, *at);
		if (!strcmp(v->act.id, id))
			return v;
	}
	return NULL;
}

bool audit_knows(const struct audit *a, const struct act_digest *act)
{
	size_t at = a->known_cap ? first_slot(a, act->id) : 0;

	for (struct known_version *v; (v = next_known(a, act->id, &at));)
		if (same_act(&v->act, act))
			return true;
	return false;
}

bool audit_knows_any(const struct audit *a, const char *id)
{
	size_t at = a->known_cap ? first_slot(a, id) : 0;

	return next_known(a, id, &at) != NULL;
}

void audit_know(struct audit *a, const struct act_digest *act)
{
	if (audit_knows(a, act))
		return;
	if (2 * (a->known_n + 1) > a->known_cap)
		grow(a);
	place(a, &(struct known_version){.act = *act});
	a->known_n++;
}

void audit_mark_gone(struct audit *a, const char *id)
{
	size_t at = a->known_cap ? first_slot(a, id) : 0;

	for (struct known_version *v; (v = next_known(a, id, &at));)
		v->gone = true;
}

bool audit_is_gone(const struct audit *a, const char *id)
{
	size_t at = a->known_cap ? first_slot(a, id) : 0;

	for (struct known_version *v; (v = next_known(a, id, &at));)
		if (v->gone)
			return true;
	return false;
}
