#include "t/helper/faults/state.h"

#include "core/mem.h"
#include "core/str.h"

#include <stdlib.h>
#include <string.h>

#define INDEX_HEADER 12
#define INDEX_STAT 24 /* ctime, mtime, dev, ino */
#define INDEX_FIXED 62

/* FNV-1a. */
static void mix(uint64_t *key, const void *bytes, size_t len)
{
	const unsigned char *b = bytes;

	for (size_t i = 0; i < len; i++)
		*key = (*key ^ b[i]) * 0x100000001b3u;
}

static void mix_text(uint64_t *key, const char *text)
{
	mix(key, text, strlen(text) + 1);
}

static void mix_entry(uint64_t *key, const struct entry *e)
{
	unsigned mode = e->st.st_mode & (S_IFMT | 0100);

	mix_text(key, e->path);
	mix(key, &mode, sizeof(mode));
	if (e->bytes)
		mix(key, e->bytes, e->len);
}

/* Mode, owner, size, id, flags and name of every entry of version 2; what cannot be read
 * so, as it is. */
static void mix_index(uint64_t *key, const struct entry *e)
{
	size_t at = INDEX_HEADER, count = 0;
	const unsigned char *b = (const unsigned char *)e->bytes;

	if (e->len < INDEX_HEADER + 20 || memcmp(b, "DIRC\0\0\0\2", 8) != 0) {
		mix_entry(key, e);
		return;
	}
	for (size_t i = 8; i < INDEX_HEADER; i++)
		count = count << 8 | b[i];
	mix(key, &count, sizeof(count));
	while (count-- && at + INDEX_FIXED + 20 < e->len) {
		size_t name = strnlen(e->bytes + at + INDEX_FIXED, e->len - at - INDEX_FIXED);

		mix(key, b + at + INDEX_STAT, 4);        /* the mode */
		mix(key, b + at + 40, INDEX_FIXED - 40); /* the id, flags */
		mix(key, b + at + INDEX_FIXED, name + 1);
		at += (INDEX_FIXED + name + 8) / 8 * 8;
	}
	mix(key, &count, sizeof(count));
}

/* What packed-refs has of branches that have no file of their own. */
static void mix_packed(uint64_t *key, const struct tree *tree, const char *dir, char *text)
{
	char *line;

	while ((line = strsep(&text, "\n"))) {
		char *name = strchr(line, ' '), *path;

		if (!name || *line == '#' || !starts_with(name + 1, "refs/heads/"))
			continue;
		path = xstrfmt("%s%s", dir, name + 1);
		if (!tree_find(tree, path)) {
			mix_text(key, name + 1);
			mix(key, line, 40);
		}
		free(path);
	}
}

/* What git found out about the file system when it made the repository, and no more: that
 * depends on which of its attempts failed. */
static bool is_made_by_git(const struct entry *e)
{
	return e->len < 200 && !memmem(e->bytes, e->len, "[remote", 7) &&
	       !memmem(e->bytes, e->len, "[branch", 7) && !memmem(e->bytes, e->len, "[fu", 3);
}

/* What of a repository can be seen; `name` is below its directory. */
static void mix_git(
	uint64_t *key, const struct tree *tree, const struct entry *e, const char *dir)
{
	const char *name = e->path + strlen(dir);
	char *copy;

	if (!strcmp(name, "HEAD") || (!strcmp(name, "config") && !is_made_by_git(e)) ||
		!strcmp(name, "hooks/pre-commit")) {
		mix_entry(key, e);
	} else if (starts_with(name, "refs/heads/") && !ends_with(name, ".lock") && e->bytes) {
		mix_text(key, name);
		mix(key, e->bytes, e->len < 40 ? e->len : 40);
	} else if (!strcmp(name, "packed-refs")) {
		copy = xstrndup(e->bytes, e->len);
		mix_packed(key, tree, dir, copy);
		free(copy);
	} else if (!strcmp(name, "index") && e->bytes) {
		mix_index(key, e);
	} else if (!strcmp(name, "fu/reminded")) {
		mix_entry(key, e);
	}
}

static struct part *part_of(struct state *s, const struct tree *tree, const char *path)
{
	size_t len = strcspn(path, "/");
	struct part *p;
	char *probe;

	if (s->n && strlen(s->parts[s->n - 1].name) == len &&
		!strncmp(s->parts[s->n - 1].name, path, len))
		return &s->parts[s->n - 1];
	GROW(s->parts, s->n, s->cap);
	p = &s->parts[s->n++];
	*p = (struct part){.name = xstrndup(path, len), .key = 0xcbf29ce484222325u};
	probe = xstrfmt("%s/.git", p->name);
	p->git = tree_find(tree, probe);
	free(probe);
	probe = xstrfmt("%s/HEAD", p->name);
	p->bare = !p->git && tree_find(tree, probe);
	free(probe);
	return p;
}

static void mix_into(struct state *s, const struct tree *tree, const struct entry *e)
{
	struct part *p = part_of(s, tree, e->path);
	char *dir = xstrfmt(p->bare ? "%s/" : "%s/.git/", p->name);

	if (!(p->git || p->bare) || !starts_with(e->path, dir)) {
		if (e->bytes) /* empty directories are not seen by git either */
			mix_entry(&p->key, e);
	} else if (starts_with(e->path + strlen(dir), "objects/")) {
		mix_entry(&s->stored, e);
	} else {
		mix_git(&p->key, tree, e, dir);
	}
	/* Where something was in the way a time stamp differs, not what is to be done. */
	if (ends_with(e->path, "/index"))
		mix_index(&s->all, e);
	else
		mix_entry(&s->all, e);
	free(dir);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct part *)a)->name, ((const struct part *)b)->name);
}

bool is_workshop(const char *path)
{
	return strstr(path, ".fu-clone-");
}

/* Paths are sorted byte by byte, so that "a.x" stands between "a" and "a/b": names first. */
void state_of(struct state *out, const struct tree *tree)
{
	*out = (struct state){0};
	for (size_t i = 0; i < tree->n; i++)
		if (!strchr(tree->items[i].path, '/') && !is_workshop(tree->items[i].path)) {
			const char *name = tree->items[i].path;
			size_t len = strlen(name);

			mix_into(out, tree, &tree->items[i]);
			for (size_t j = i + 1; j < tree->n; j++)
				if (!strncmp(tree->items[j].path, name, len) &&
					tree->items[j].path[len] == '/')
					mix_into(out, tree, &tree->items[j]);
		}
	if (out->n)
		qsort(out->parts, out->n, sizeof(*out->parts), by_name);
}

void state_release(struct state *state)
{
	for (size_t i = 0; i < state->n; i++)
		free(state->parts[i].name);
	free(state->parts);
	*state = (struct state){0};
}

static const struct part *find(const struct state *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (!strcmp(s->parts[i].name, name))
			return &s->parts[i];
	return NULL;
}

static bool part_is(const struct part *now, const struct state *wanted)
{
	const struct part *p = find(wanted, now->name);

	return p && p->key == now->key;
}

static bool all_there(const struct state *now, const struct state *wanted)
{
	for (size_t i = 0; i < wanted->n; i++)
		if (!find(now, wanted->parts[i].name))
			return false;
	return true;
}

bool state_is(const struct state *now, const struct state *wanted)
{
	for (size_t i = 0; i < now->n; i++)
		if (!part_is(&now->parts[i], wanted))
			return false;
	return all_there(now, wanted);
}

bool state_is_mix(const struct state *now, const struct state *a, const struct state *b)
{
	for (size_t i = 0; i < now->n; i++)
		if (!part_is(&now->parts[i], a) && !part_is(&now->parts[i], b))
			return false;
	return all_there(now, a) || all_there(now, b);
}

uint64_t state_key(const struct state *state)
{
	uint64_t key = state->stored;

	for (size_t i = 0; i < state->n; i++) {
		mix_text(&key, state->parts[i].name);
		mix(&key, &state->parts[i].key, sizeof(state->parts[i].key));
	}
	return key;
}
