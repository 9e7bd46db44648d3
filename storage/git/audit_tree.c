/*
 * What changed between two trees. libgit2's own comparison walks both trees whole;
 * this one leaves out what has the same name, which in a history is nearly all.
 */
#include "storage/git/git.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 64

struct entry {
	const char *name; /* in the tree's bytes */
	unsigned mode;
	git_oid id;
};

struct tree {
	git_odb_object *object; /* NULL: nothing */
	struct entry *entries;
	size_t n, cap;
};

static void tree_close(struct tree *t)
{
	git_odb_object_free(t->object);
	free(t->entries);
}

/* "<mode> <name>\0<20 bytes>" … */
static int parse(struct tree *t)
{
	const char *at = git_odb_object_data(t->object);
	const char *end = at + git_odb_object_size(t->object);

	while (at < end) {
		const char *space = memchr(at, ' ', (size_t)(end - at));
		const char *nul = space ? memchr(space, '\0', (size_t)(end - space)) : NULL;

		if (!nul || end - nul <= GIT_OID_RAWSZ)
			return error_set(ERR_FAILED, "a tree is damaged: %s",
				git_oid_tostr_s(git_odb_object_id(t->object)));
		GROW(t->entries, t->n, t->cap);
		t->entries[t->n].name = space + 1;
		t->entries[t->n].mode = (unsigned)strtoul(at, NULL, 8);
		git_oid_fromraw(&t->entries[t->n++].id, (const unsigned char *)nul + 1);
		at = nul + 1 + GIT_OID_RAWSZ;
	}
	return 0;
}

static int tree_open(struct tree *t, struct git *git, const git_oid *id)
{
	*t = (struct tree){0};
	if (no_id(id))
		return 0;
	if (git_odb_read(&t->object, git->odb, id))
		return git_failed("cannot read a tree");
	if (git_odb_object_type(t->object) != GIT_OBJECT_TREE)
		return error_set(ERR_FAILED, "not a tree: %s", git_oid_tostr_s(id));
	return parse(t);
}

static bool is_tree(const struct entry *e)
{
	return e->mode == GIT_FILEMODE_TREE;
}

/* git's order: a directory as if its name ended with '/'. */
static int compare_entries(const struct entry *a, const struct entry *b)
{
	size_t len_a = strlen(a->name), len_b = strlen(b->name);
	size_t len = len_a < len_b ? len_a : len_b;
	int order = memcmp(a->name, b->name, len);
	unsigned char end_a, end_b;

	if (order)
		return order;
	end_a = (unsigned char)(a->name[len] ? a->name[len] : is_tree(a) ? '/' : '\0');
	end_b = (unsigned char)(b->name[len] ? b->name[len] : is_tree(b) ? '/' : '\0');
	return (end_a > end_b) - (end_a < end_b);
}

/* ---- comparing ---- */

struct comparing {
	struct git *git;
	struct audit_side *out;
};

static int compare_trees(struct comparing *c, const git_oid *before, const git_oid *after,
	const char *path, int depth);

bool path_is_fus(const char *path)
{
	return starts_with(path, "opportunities/") || starts_with(path, "processes/") ||
	       !strcmp(path, "opportunities") || !strcmp(path, "processes") ||
	       !strcmp(path, "fu.ini");
}

static int note(struct comparing *c, const struct entry *before, const struct entry *after,
	const char *above, int depth)
{
	const struct entry *e = before ? before : after;
	static const git_oid none;
	char *path = xstrfmt("%s%s%s", above, *above ? "/" : "", e->name);
	int err = 0;

	if (!path_is_fus(path)) {
		free(path);
		return 0;
	}
	if (is_tree(e)) {
		err = compare_trees(c, before ? &before->id : &none, after ? &after->id : &none,
			path, depth + 1);
		free(path);
	} else {
		struct tree_change *change;

		GROW(c->out->changes, c->out->n, c->out->cap);
		change = &c->out->changes[c->out->n++];
		*change = (struct tree_change){.path = path};
		if (before)
			id_to_hex(change->before, &before->id);
		if (after)
			id_to_hex(change->after, &after->id);
	}
	return err;
}

static int compare_trees(struct comparing *c, const git_oid *before, const git_oid *after,
	const char *path, int depth)
{
	struct tree a, b = {0};
	size_t i = 0, j = 0;
	int err;

	if (depth > DEPTH_MAX)
		return error_set(ERR_FAILED, "'%s': directories too deep", path);
	err = tree_open(&a, c->git, before);
	if (!err)
		err = tree_open(&b, c->git, after);
	while (!err && (i < a.n || j < b.n)) {
		int order = i == a.n   ? 1
			    : j == b.n ? -1
				       : compare_entries(&a.entries[i], &b.entries[j]);
		const struct entry *x = order <= 0 ? &a.entries[i++] : NULL;
		const struct entry *y = order >= 0 ? &b.entries[j++] : NULL;

		if (!x || !y || !same_id(&x->id, &y->id) || x->mode != y->mode)
			err = note(c, x, y, path, depth);
	}
	tree_close(&a);
	tree_close(&b);
	return err;
}

int tree_compare(
	struct git *git, const git_oid *before, const git_oid *after, struct audit_side *out)
{
	struct comparing c = {git, out};

	if (same_id(before, after))
		return 0;
	return compare_trees(&c, before, after, "", 0);
}

/* ---- listing ---- */

struct lister {
	struct git *git;
	int (*visit)(void *, const struct tree_file *);
	void *context;
};

static int list_tree(struct lister *l, const git_oid *id, const char *path, int depth)
{
	struct tree t;
	int err = tree_open(&t, l->git, id);

	if (depth > DEPTH_MAX)
		err = error_set(ERR_FAILED, "'%s': directories too deep", path);
	for (size_t i = 0; !err && i < t.n; i++) {
		const struct entry *e = &t.entries[i];
		char *child = xstrfmt("%s%s%s", path, *path ? "/" : "", e->name);
		struct tree_file file = {.path = child,
			.is_regular =
				e->mode != GIT_FILEMODE_LINK && e->mode != GIT_FILEMODE_COMMIT};

		id_to_hex(file.blob, &e->id);
		err = is_tree(e) ? list_tree(l, &e->id, child, depth + 1)
				 : l->visit(l->context, &file);
		free(child);
	}
	tree_close(&t);
	return err;
}

int tree_list(struct git *git, const git_oid *tree,
	int (*visit)(void *, const struct tree_file *), void *context)
{
	struct lister l = {git, visit, context};

	return list_tree(&l, tree, "", 0);
}
