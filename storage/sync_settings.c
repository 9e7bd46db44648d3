/*
 * fu.ini and processes that both sides changed, key by key. Of a key that both changed
 * the value stands that was set last: of the commits that changed it those on which no
 * other of them rests, of these the latest. The text is that of the last commit that
 * changed the file, with the keys put right: so whoever merges gets the same bytes.
 */
#include "storage/sync.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/ini_lines.h"
#include "storage/layout.h"

#include <stdlib.h>
#include <string.h>

struct key {
	const char *section, *name; /* borrowed from a document */
};
struct keys {
	struct key *items;
	size_t n, cap;
};

struct table {
	struct merging *m;
	const struct sync_path *path;
	struct ini base, ours, theirs;
	struct sync_changes changes;
	struct keys keys;
	const struct key *asked; /* for changed_asked */
};

/* ---- values ---- */

static bool is_key(const struct ini_pair *p, const struct key *key)
{
	return p->key && !strcmp(p->key, key->name) && !strcmp(p->section, key->section);
}

/* All values of the key, for it may stand several times. */
static void values_of(struct list *out, const struct ini *doc, const struct key *key)
{
	for (size_t i = 0; i < doc->n; i++)
		if (is_key(&doc->pairs[i], key))
			list_add(out, doc->pairs[i].value);
}

static bool same_values(const struct ini *a, const struct ini *b, const struct key *key)
{
	struct list left = {0}, right = {0};
	bool same;

	values_of(&left, a, key);
	values_of(&right, b, key);
	same = list_equal(&left, &right);
	list_release(&left);
	list_release(&right);
	return same;
}

static int compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int order = strcmp(x->section, y->section);

	return order ? order : strcmp(x->name, y->name);
}

static void add_keys(struct keys *keys, const struct ini *doc)
{
	for (size_t i = 0; i < doc->n; i++) {
		if (!doc->pairs[i].key)
			continue;
		GROW(keys->items, keys->n, keys->cap);
		keys->items[keys->n++] = (struct key){doc->pairs[i].section, doc->pairs[i].key};
	}
}

static void sort_keys(struct keys *keys)
{
	size_t kept = 0;

	if (keys->n)
		qsort(keys->items, keys->n, sizeof(*keys->items), compare_keys);
	for (size_t i = 0; i < keys->n; i++)
		if (!kept || compare_keys(&keys->items[kept - 1], &keys->items[i]))
			keys->items[kept++] = keys->items[i];
	keys->n = kept;
}

/* ---- which value stands ---- */

static bool changed_asked(const struct sync_change *c, void *context)
{
	const struct table *t = context;

	for (size_t i = 0; i < c->parents.n; i++)
		if (same_values(&c->doc, &c->parent_docs[i], t->asked))
			return false;
	return true;
}

static void note_choice(struct table *t, const struct key *key, const struct ini *stands)
{
	const struct ini *other = same_values(stands, &t->ours, key) ? &t->theirs : &t->ours;
	struct list kept = {0}, left = {0};

	values_of(&kept, stands, key);
	values_of(&left, other, key);
	list_take(t->m->notes,
		xstrfmt("both sides changed '%s.%s' in %s: '%s' stands, which was set last, "
			"not '%s'",
			key->section, key->name, t->path->path, kept.n ? kept.items[0] : "",
			left.n ? left.items[0] : ""));
	list_release(&kept);
	list_release(&left);
}

/* The document that has the key as it is to be. */
static int find_standing(struct table *t, const struct key *key, const struct ini **out)
{
	size_t last;
	int rc;

	*out = &t->ours;
	if (same_values(&t->ours, &t->theirs, key) || same_values(&t->theirs, &t->base, key))
		return 0;
	*out = &t->theirs;
	if (same_values(&t->ours, &t->base, key))
		return 0;
	t->asked = key;
	rc = sync_changes_last(t->m, &t->changes, changed_asked, t, &last);
	if (rc)
		return rc;
	if (last < t->changes.n)
		*out = &t->changes.items[last].doc;
	else if (strcmp(t->path->ours, t->path->theirs) > 0)
		*out = &t->ours;
	note_choice(t, key, *out);
	return 0;
}

/* ---- the text ---- */

struct text {
	const char **lines; /* n + 1: the last one is the end */
	bool *dropped;
	struct str *after; /* what comes behind each line */
	struct str end;
	size_t n, cap;
	const struct ini *doc;
	const char *opened; /* the section that `end` is in */
};

static void text_open(struct text *t, const struct str *bytes, const struct ini *doc)
{
	const char *at = bytes->buf, *end = bytes->buf + bytes->len;

	*t = (struct text){.end = STR_INIT, .doc = doc};
	for (;;) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));

		GROW(t->lines, t->n, t->cap);
		t->lines[t->n] = at;
		if (at == end)
			break;
		t->n++;
		at = newline ? newline + 1 : end;
	}
	t->dropped = xcalloc(t->n + 1, sizeof(*t->dropped));
	t->after = xcalloc(t->n + 1, sizeof(*t->after));
	for (size_t i = 0; i <= t->n; i++)
		t->after[i] = (struct str)STR_INIT;
}

static void text_release(struct text *t)
{
	for (size_t i = 0; i <= t->n; i++)
		str_release(&t->after[i]);
	str_release(&t->end);
	free(t->after);
	free(t->dropped);
	free(t->lines);
}

/* The index of the pair's last line: what is indented below it goes on with it. */
static size_t last_line(const struct text *t, size_t pair)
{
	const struct ini *doc = t->doc;
	size_t next = pair + 1 < doc->n ? doc->pairs[pair + 1].line - 1 : t->n;
	size_t line = doc->pairs[pair].line - 1;

	while (line + 1 < next && line + 1 < t->n &&
		(*t->lines[line + 1] == ' ' || *t->lines[line + 1] == '\t'))
		line++;
	return line;
}

/* Where a new key of the section goes: behind its last pair. */
static struct str *place_for(struct text *t, const char *section)
{
	size_t found = t->doc->n;

	for (size_t i = 0; i < t->doc->n; i++)
		if (!strcmp(t->doc->pairs[i].section, section))
			found = i;
	if (found < t->doc->n)
		return &t->after[last_line(t, found)];
	if (!same_string(t->opened, section))
		ini_write_section(&t->end, section);
	t->opened = section;
	return &t->end;
}

static void put_key(struct text *t, const struct key *key, const struct ini *from)
{
	struct list values = {0};
	struct str *place = NULL;

	values_of(&values, from, key);
	for (size_t i = 0; i < t->doc->n; i++) {
		if (!is_key(&t->doc->pairs[i], key))
			continue;
		for (size_t l = t->doc->pairs[i].line - 1; l <= last_line(t, i); l++)
			t->dropped[l] = true;
		if (!place)
			place = &t->after[last_line(t, i)];
	}
	if (!place && values.n)
		place = place_for(t, key->section);
	for (size_t i = 0; i < values.n; i++)
		ini_write_pair(place, key->name, values.items[i]);
	list_release(&values);
}

static void text_write(const struct text *t, struct str *out)
{
	for (size_t i = 0; i < t->n; i++) {
		size_t len = (size_t)(t->lines[i + 1] - t->lines[i]);

		if (!t->dropped[i])
			str_addn(out, t->lines[i], len);
		if (t->after[i].len && out->len && out->buf[out->len - 1] != '\n')
			str_addch(out, '\n');
		str_addn(out, t->after[i].buf, t->after[i].len);
	}
	if (t->end.len && out->len && out->buf[out->len - 1] != '\n')
		str_addch(out, '\n');
	if (t->end.len && out->len && t->end.buf[0] != '\n')
		str_addch(out, '\n');
	str_addn(out, t->end.buf, t->end.len);
}

/* ---- reading ---- */

static int read_doc(struct table *t, struct ini *doc, const struct str *bytes)
{
	return ini_read(doc, t->path->path, bytes->buf, bytes->len, INI_SETTINGS);
}

static int read_named(struct table *t, struct ini *doc, const char *blob)
{
	struct str bytes = STR_INIT;
	int rc = sync_blob(t->m, blob, &bytes);

	if (!rc)
		rc = read_doc(t, doc, &bytes);
	str_release(&bytes);
	return rc;
}

/* A version of the past that cannot be read had no keys. */
static void read_past(struct table *t, struct ini *doc, const struct str *bytes)
{
	if (read_doc(t, doc, bytes)) {
		error_clear();
		*doc = (struct ini){0};
	}
}

static int read_change(struct table *t, struct sync_change *c)
{
	struct str bytes = STR_INIT;
	int rc = 0;

	read_past(t, &c->doc, &c->bytes);
	c->parent_docs = xcalloc(c->parents.n + 1, sizeof(*c->parent_docs));
	for (size_t i = 0; !rc && i < c->parents.n; i++) {
		str_truncate(&bytes, 0);
		rc = t->m->backend->file_at(
			t->m->git, c->parents.items[i], t->path->path, &bytes);
		if (rc == ERR_MISSING) {
			error_clear();
			rc = 0;
		}
		if (!rc)
			read_past(t, &c->parent_docs[i], &bytes);
	}
	str_release(&bytes);
	return rc;
}

static int read_table(struct table *t)
{
	int rc = read_named(t, &t->base, t->path->base);

	if (!rc)
		rc = read_named(t, &t->ours, t->path->ours);
	if (!rc)
		rc = read_named(t, &t->theirs, t->path->theirs);
	if (!rc)
		rc = sync_changes_find(t->m, t->path->path, &t->changes);
	for (size_t i = 0; !rc && i < t->changes.n; i++)
		rc = read_change(t, &t->changes.items[i]);
	if (rc)
		return rc;
	add_keys(&t->keys, &t->ours);
	add_keys(&t->keys, &t->theirs);
	add_keys(&t->keys, &t->base);
	for (size_t i = 0; i < t->changes.n; i++)
		add_keys(&t->keys, &t->changes.items[i].doc);
	sort_keys(&t->keys);
	return 0;
}

/* ---- all of it ---- */

/* Whether it can stand as a whole: keys may contradict one another. */
static bool is_valid(struct table *t, const struct str *bytes)
{
	char *name = layout_process(t->path->path);
	struct process *process = NULL;
	struct settings settings;
	int rc;

	if (name)
		rc = process_read(&process, name, t->path->path, bytes->buf, bytes->len);
	else if (!(rc = settings_read(&settings, t->path->path, bytes->buf, bytes->len)))
		settings_release(&settings);
	process_free(process);
	free(name);
	if (rc)
		error_clear();
	return !rc;
}

static int write_merged(struct table *t, const struct sync_change *last, struct str *out)
{
	struct text text;
	int rc = 0;

	text_open(&text, &last->bytes, &last->doc);
	for (size_t i = 0; !rc && i < t->keys.n; i++) {
		const struct ini *from;

		rc = find_standing(t, &t->keys.items[i], &from);
		if (!rc && !same_values(from, &last->doc, &t->keys.items[i]))
			put_key(&text, &t->keys.items[i], from);
	}
	if (!rc)
		text_write(&text, out);
	text_release(&text);
	if (!rc && !is_valid(t, out)) {
		str_truncate(out, 0);
		str_addn(out, last->bytes.buf, last->bytes.len);
		list_take(t->m->notes,
			xstrfmt("%s: what both sides changed does not go together: the last "
				"version stands as a whole",
				t->path->path));
	}
	return rc;
}

int sync_settings(struct merging *m, const struct sync_path *p)
{
	struct table t = {.m = m, .path = p};
	struct str merged = STR_INIT;
	size_t last = 0;
	int rc = read_table(&t);

	if (!rc)
		rc = sync_changes_last(m, &t.changes, NULL, NULL, &last);
	if (!rc && last == t.changes.n)
		rc = error_set(ERR_FAILED,
			"%s: the commits that changed it are not to be found", p->path);
	if (!rc)
		rc = write_merged(&t, &t.changes.items[last], &merged);
	if (!rc)
		rc = write_stage(m->w, p->path, merged.buf, merged.len, NULL);
	free(t.keys.items);
	sync_changes_release(&t.changes);
	ini_release(&t.base);
	ini_release(&t.ours);
	ini_release(&t.theirs);
	str_release(&merged);
	return rc;
}
