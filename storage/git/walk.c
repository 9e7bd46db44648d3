/*
 * The history, of one path (or of the few that one opportunity has had) or of all. libgit2's
 * walker parses every commit and every tree on the way, and stops in a shallow clone; here
 * commits are read once, as bytes, and in trees only the one entry is looked for. A merge is
 * simplified as `git log` does by default: where one parent has the path as the merge has it,
 * only that parent is followed. The order is git's own: by date, of equal ones that which was
 * met first.
 */
#include "storage/git/git.h"

#include <stdlib.h>
#include <string.h>

struct stop {
	git_oid id;
	int64_t time; /* of its committer */
	git_oid tree;
	git_oid entry; /* of the path; zero: not there; of several paths: all in one */
	git_oid *parents;
	size_t n_parents, cap_parents;
	size_t met; /* how many were met before it */
};

/* A directory's tree and what was found in it the last time: neighbours in the
 * history share most directories. */
struct level {
	char *name;
	git_oid tree, entry;
};

struct route {
	struct level *levels;
	size_t n_levels, cap_levels;
};

struct path_walk {
	git_odb *odb;
	struct route *routes; /* one for each path */
	size_t n_routes;
	struct stop **heap; /* the newest first */
	size_t n_heap, cap_heap;
	struct id_set seen, cut_off;
	bool all; /* every commit, whatever it changed */
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

/* What the tree has at the path. */
static int find_path(
	git_odb *odb, const struct route *route, const git_oid *tree, git_oid *entry)
{
	int err;

	for (size_t i = 0; i < route->n_levels && !no_id(tree); i++) {
		struct level *level = &route->levels[i];

		if (!same_id(&level->tree, tree)) {
			if ((err = find_in_tree(odb, tree, level->name, &level->entry)))
				return err;
			git_oid_cpy(&level->tree, tree);
		}
		tree = &level->entry;
	}
	git_oid_cpy(entry, tree);
	return 0;
}

/* Several are mixed so that one that takes another's place makes a difference. */
static int find_paths(struct path_walk *walk, struct stop *s)
{
	int err = find_path(walk->odb, &walk->routes[0], &s->tree, &s->entry);

	for (size_t i = 1; !err && i < walk->n_routes; i++) {
		git_oid entry;

		err = find_path(walk->odb, &walk->routes[i], &s->tree, &entry);
		for (size_t k = 0; !err && k < GIT_OID_RAWSZ; k++)
			s->entry.id[k] ^= entry.id[(k + i) % GIT_OID_RAWSZ];
	}
	return err;
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
		if (id_set_has(&walk->cut_off, id))
			s->n_parents = 0;
		err = walk->all ? 0 : find_paths(walk, s);
	}
	git_odb_object_free(object);
	if (err)
		step_free(s);
	else
		*out = s;
	return err;
}

/* Whether a comes before b. */
static bool is_next(const struct stop *a, const struct stop *b)
{
	return a->time != b->time ? a->time > b->time : a->met < b->met;
}

static void push(struct path_walk *walk, struct stop *s)
{
	size_t at;

	s->met = walk->seen.n;
	GROW(walk->heap, walk->n_heap, walk->cap_heap);
	for (at = walk->n_heap++; at; at = (at - 1) / 2) {
		if (!is_next(s, walk->heap[(at - 1) / 2]))
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
			is_next(walk->heap[child + 1], walk->heap[child]))
			child++;
		if (!is_next(walk->heap[child], last))
			break;
		walk->heap[at] = walk->heap[child];
		at = child;
	}
	walk->heap[at] = last;
	return top;
}

static int follow_all(struct path_walk *walk, const struct stop *s)
{
	struct stop *parent;
	int err = 0;

	for (size_t i = 0; !err && i < s->n_parents; i++)
		if (id_set_add(&walk->seen, &s->parents[i]) &&
			!(err = read_step(walk, &s->parents[i], &parent)))
			push(walk, parent);
	return err;
}

/* Queues the parents that matter; *changed: the path differs from each of them. */
static int follow(struct path_walk *walk, const struct stop *s, bool *changed)
{
	struct stop **parents;
	size_t same = s->n_parents;
	int err = 0;

	*changed = true;
	if (walk->all)
		return follow_all(walk, s);
	parents = xcalloc(s->n_parents, sizeof(*parents));

	for (size_t i = 0; !err && i < s->n_parents && same == s->n_parents; i++) {
		err = read_step(walk, &s->parents[i], &parents[i]);
		if (!err && same_id(&parents[i]->entry, &s->entry))
			same = i;
	}
	*changed = s->n_parents ? same == s->n_parents : !no_id(&s->entry);
	for (size_t i = 0; i < s->n_parents; i++) {
		bool wanted = *changed || i == same;

		if (!err && wanted && parents[i] && id_set_add(&walk->seen, &s->parents[i]))
			push(walk, parents[i]);
		else
			step_free(parents[i]);
	}
	free(parents);
	return err;
}

static void add_levels(struct route *route, const char *path)
{
	for (;;) {
		size_t len = strcspn(path, "/");

		if (len) {
			GROW(route->levels, route->n_levels, route->cap_levels);
			route->levels[route->n_levels++] =
				(struct level){.name = xstrndup(path, len)};
		}
		path += len;
		if (!*path++)
			return;
	}
}

static void add_routes(struct path_walk *walk, const struct list *paths)
{
	walk->routes = xcalloc(paths->n, sizeof(*walk->routes));
	walk->n_routes = paths->n;
	for (size_t i = 0; i < paths->n; i++)
		add_levels(&walk->routes[i], paths->items[i]);
}

static void routes_release(struct path_walk *walk)
{
	for (size_t i = 0; i < walk->n_routes; i++) {
		for (size_t k = 0; k < walk->routes[i].n_levels; k++)
			free(walk->routes[i].levels[k].name);
		free(walk->routes[i].levels);
	}
	free(walk->routes);
}

static void walk_release(struct path_walk *walk)
{
	routes_release(walk);
	for (size_t i = 0; i < walk->n_heap; i++)
		step_free(walk->heap[i]);
	free(walk->heap);
	id_set_release(&walk->seen);
	id_set_release(&walk->cut_off);
}

int walk_history(struct git *git, const git_oid *start, const struct list *paths,
	int (*visit)(void *, const git_oid *), void *context)
{
	struct path_walk walk = {.odb = git->odb, .all = !paths};
	struct stop *s;
	int err = shallow_read(git, &walk.cut_off);

	if (paths)
		add_routes(&walk, paths);
	id_set_add(&walk.seen, start);
	if (!err && !(err = read_step(&walk, start, &s)))
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
