/*
 * The history of one path. libgit2's walker parses every commit and every tree on
 * the way; here commits are read once, as bytes, and in trees only the one entry
 * is looked for. A merge is simplified as `git log` does by default: where one
 * parent has the path as the merge has it, only that parent is followed.
 */
#include "storage/git/git.h"

#include <stdlib.h>
#include <string.h>

struct stop {
	git_oid id;
	int64_t time; /* of its committer */
	git_oid tree;
	git_oid entry; /* of the path; zero: not there */
	git_oid *parents;
	size_t n_parents, cap_parents;
};

/* A directory's tree and what was found in it the last time: neighbours in the
 * history share most directories. */
struct level {
	char *name;
	git_oid tree, entry;
};

struct path_walk {
	git_odb *odb;
	struct level *levels;
	size_t n_levels, cap_levels;
	struct stop **heap; /* the newest first */
	size_t n_heap, cap_heap;
	git_oid *seen; /* open addressing */
	size_t n_seen, cap_seen;
};

static int find_in_tree(git_odb *odb, const git_oid *tree, const char *name, git_oid *entry)
{
	git_odb_object *object = NULL;
	const char *at, *end;
	size_t len = strlen(name);

	memset(entry, 0, sizeof(*entry));
	if (git_odb_read(&object, odb, tree))
		return git_failed("cannot read a tree of the history");
	at = git_odb_object_data(object);
	end = at + git_odb_object_size(object);
	/* "<mode> <name>\0<20 bytes>" … */
	while (git_odb_object_type(object) == GIT_OBJECT_TREE && at < end) {
		const char *space = memchr(at, ' ', (size_t)(end - at));
		const char *nul = space ? memchr(space, '\0', (size_t)(end - space)) : NULL;

		if (!nul || end - nul <= GIT_OID_RAWSZ)
			break;
		if ((size_t)(nul - space - 1) == len && !memcmp(space + 1, name, len)) {
			git_oid_fromraw(entry, (const unsigned char *)nul + 1);
			break;
		}
		at = nul + 1 + GIT_OID_RAWSZ;
	}
	git_odb_object_free(object);
	return 0;
}

/* What the commit's tree has at the path. */
static int find_path(struct path_walk *walk, struct stop *s)
{
	const git_oid *tree = &s->tree;
	int err;

	for (size_t i = 0; i < walk->n_levels; i++) {
		struct level *level = &walk->levels[i];

		if (!same_id(&level->tree, tree)) {
			if ((err = find_in_tree(walk->odb, tree, level->name, &level->entry)))
				return err;
			git_oid_cpy(&level->tree, tree);
		}
		tree = &level->entry;
		if (no_id(tree))
			break;
	}
	git_oid_cpy(&s->entry, tree);
	return 0;
}

static void step_free(struct stop *s)
{
	if (s)
		free(s->parents);
	free(s);
}

static void read_header(struct stop *s, const char *line, const char *end)
{
	while (line < end && *line != '\n') {
		const char *next = memchr(line, '\n', (size_t)(end - line));
		size_t len;

		next = next ? next : end;
		len = (size_t)(next - line);
		if (len >= 45 && !memcmp(line, "tree ", 5)) {
			git_oid_fromstrn(&s->tree, line + 5, 40);
		} else if (len >= 47 && !memcmp(line, "parent ", 7)) {
			GROW(s->parents, s->n_parents, s->cap_parents);
			git_oid_fromstrn(&s->parents[s->n_parents++], line + 7, 40);
		} else if (len > 10 && !memcmp(line, "committer ", 10)) {
			const char *mail_end = memrchr(line, '>', len);

			s->time = mail_end ? strtoll(mail_end + 1, NULL, 10) : 0;
		}
		line = next + 1;
	}
}

static int read_step(struct path_walk *walk, const git_oid *id, struct stop **out)
{
	struct stop *s = xcalloc(1, sizeof(*s));
	git_odb_object *object = NULL;
	int err;

	git_oid_cpy(&s->id, id);
	if (git_odb_read(&object, walk->odb, id)) {
		err = git_failed("cannot read a commit of the history");
	} else {
		const char *text = git_odb_object_data(object);

		read_header(s, text, text + git_odb_object_size(object));
		err = find_path(walk, s);
	}
	git_odb_object_free(object);
	if (err)
		step_free(s);
	else
		*out = s;
	return err;
}

static void push(struct path_walk *walk, struct stop *s)
{
	size_t at;

	GROW(walk->heap, walk->n_heap, walk->cap_heap);
	for (at = walk->n_heap++; at; at = (at - 1) / 2) {
		if (walk->heap[(at - 1) / 2]->time >= s->time)
			break;
		walk->heap[at] = walk->heap[(at - 1) / 2];
	}
	walk->heap[at] = s;
}

static struct stop *pop(struct path_walk *walk)
{
	struct stop *top = walk->heap[0], *last = walk->heap[--walk->n_heap];
	size_t at = 0, child;

	while ((child = 2 * at + 1) < walk->n_heap) {
		if (child + 1 < walk->n_heap &&
			walk->heap[child + 1]->time > walk->heap[child]->time)
			child++;
		if (last->time >= walk->heap[child]->time)
			break;
		walk->heap[at] = walk->heap[child];
		at = child;
	}
	walk->heap[at] = last;
	return top;
}

static size_t seen_slot(const git_oid *seen, size_t cap, const git_oid *id)
{
	size_t hash, i;

	memcpy(&hash, id->id, sizeof(hash));
	for (i = hash & (cap - 1); !no_id(&seen[i]); i = (i + 1) & (cap - 1))
		if (same_id(&seen[i], id))
			break;
	return i;
}

/* Whether it is met for the first time. */
static bool is_new(struct path_walk *walk, const git_oid *id)
{
	size_t at;

	if (2 * (walk->n_seen + 1) > walk->cap_seen) {
		size_t cap = walk->cap_seen ? 2 * walk->cap_seen : 1024;
		git_oid *seen = xcalloc(cap, sizeof(*seen));

		for (size_t i = 0; i < walk->cap_seen; i++)
			if (!no_id(&walk->seen[i]))
				seen[seen_slot(seen, cap, &walk->seen[i])] = walk->seen[i];
		free(walk->seen);
		walk->seen = seen;
		walk->cap_seen = cap;
	}
	at = seen_slot(walk->seen, walk->cap_seen, id);
	if (!no_id(&walk->seen[at]))
		return false;
	walk->seen[at] = *id;
	walk->n_seen++;
	return true;
}

/* Queues the parents that matter; *changed: the path differs from each of them. */
static int follow(struct path_walk *walk, const struct stop *s, bool *changed)
{
	struct stop **parents = xcalloc(s->n_parents, sizeof(*parents));
	size_t same = s->n_parents;
	int err = 0;

	for (size_t i = 0; !err && i < s->n_parents && same == s->n_parents; i++) {
		err = read_step(walk, &s->parents[i], &parents[i]);
		if (!err && same_id(&parents[i]->entry, &s->entry))
			same = i;
	}
	*changed = s->n_parents ? same == s->n_parents : !no_id(&s->entry);
	for (size_t i = 0; i < s->n_parents; i++) {
		bool wanted = *changed || i == same;

		if (!err && wanted && parents[i] && is_new(walk, &s->parents[i]))
			push(walk, parents[i]);
		else
			step_free(parents[i]);
	}
	free(parents);
	return err;
}

static void add_levels(struct path_walk *walk, const char *path)
{
	for (;;) {
		size_t len = strcspn(path, "/");

		if (len) {
			GROW(walk->levels, walk->n_levels, walk->cap_levels);
			walk->levels[walk->n_levels++] =
				(struct level){.name = xstrndup(path, len)};
		}
		path += len;
		if (!*path++)
			return;
	}
}

static void walk_release(struct path_walk *walk)
{
	for (size_t i = 0; i < walk->n_levels; i++)
		free(walk->levels[i].name);
	for (size_t i = 0; i < walk->n_heap; i++)
		step_free(walk->heap[i]);
	free(walk->levels);
	free(walk->heap);
	free(walk->seen);
}

int walk_path(struct git *git, const git_oid *start, const char *path,
	int (*visit)(void *, const git_oid *), void *context)
{
	struct path_walk walk = {.odb = git->odb};
	struct stop *s;
	int err;

	add_levels(&walk, path);
	if (!(err = read_step(&walk, start, &s)))
		push(&walk, s);
	while (!err && walk.n_heap) {
		bool changed;

		s = pop(&walk);
		err = follow(&walk, s, &changed);
		if (!err && changed)
			err = visit(context, &s->id);
		step_free(s);
	}
	walk_release(&walk);
	return err;
}
