/* What the audit asks of the history: every commit, parents before children. */
#include "storage/git/git.h"

#include <stdlib.h>
#include <string.h>

/* A commit of the way down whose parents are being looked at. */
struct ahead {
	git_oid id;
	git_oid *parents;
	size_t n, next;
};

struct audit_walk {
	struct git *git;
	struct id_set seen, cut_off, lost;
	struct ahead *stack;
	size_t n, cap;
	int (*visit)(void *, const struct audit_commit *);
	void *context;
};

/* ---- one commit ---- */

static int tree_of(struct git *git, const git_oid *commit, git_oid *tree)
{
	git_commit *c = NULL;
	int err = 0;

	if (git_commit_lookup(&c, git->repo, commit))
		err = git_failed("cannot read a commit");
	else
		git_oid_cpy(tree, git_commit_tree_id(c));
	git_commit_free(c);
	return err;
}

static int fill_sides(struct audit_walk *w, const struct ahead *a, const git_oid *tree,
	struct audit_commit *out)
{
	static const git_oid none;
	int err = 0;

	out->n_parents = a->n;
	out->n_sides = a->n ? a->n : 1;
	out->sides = xcalloc(out->n_sides, sizeof(*out->sides));
	if (!a->n)
		return tree_compare(w->git, &none, tree, &out->sides[0]);
	for (size_t i = 0; !err && i < a->n; i++) {
		git_oid before = {0};

		/* One that cannot be read was told as itself. */
		if (id_set_has(&w->lost, &a->parents[i]))
			continue;
		err = tree_of(w->git, &a->parents[i], &before);
		if (!err)
			err = tree_compare(w->git, &before, tree, &out->sides[i]);
	}
	return err;
}

static void release_sides(struct audit_commit *c)
{
	for (size_t i = 0; i < c->n_sides; i++) {
		for (size_t j = 0; j < c->sides[i].n; j++)
			free(c->sides[i].changes[j].path);
		free(c->sides[i].changes);
	}
	free(c->sides);
	c->sides = NULL;
	c->n_sides = 0;
}

/* Without a commit's tree there is nothing to be compared. */
static void take_fault(struct audit_commit *out, char **fault)
{
	release_sides(out);
	*fault = xstrdup(error_message(0));
	error_clear();
	out->fault = *fault;
}

static int tell(struct audit_walk *w, const struct ahead *a)
{
	struct audit_commit out = {.info = {.author = "", .subject = "", .body = ""}};
	git_commit *commit = NULL;
	char *author = NULL, *fault = NULL;
	int err = 0;

	id_to_hex(out.info.hash, &a->id);
	if (git_commit_lookup(&commit, w->git->repo, &a->id)) {
		id_set_add(&w->lost, &a->id);
		git_failed("the commit cannot be read");
		take_fault(&out, &fault);
	} else {
		const git_signature *who = git_commit_author(commit);
		const char *body = git_commit_body(commit);

		author = xstrfmt("%s <%s>", who->name, who->email);
		out.info.author = author;
		out.info.time = (struct moment){
			.utc = who->when.time, .offset = who->when.offset * 60, .set = true};
		out.info.subject = git_commit_summary(commit) ? git_commit_summary(commit) : "";
		out.info.body = body ? body : "";
		out.is_cut_off = id_set_has(&w->cut_off, &a->id);
		out.is_signed = strstr(git_commit_raw_header(commit), "gpgsig ") != NULL;
		if (fill_sides(w, a, git_commit_tree_id(commit), &out))
			take_fault(&out, &fault);
	}
	err = w->visit(w->context, &out);
	release_sides(&out);
	git_error_clear();
	git_commit_free(commit);
	free(author);
	free(fault);
	return err;
}

/* ---- all of them ---- */

static void descend(struct audit_walk *w, const git_oid *id)
{
	git_commit *commit = NULL;
	struct ahead *a;

	if (!id_set_add(&w->seen, id))
		return;
	GROW(w->stack, w->n, w->cap);
	a = &w->stack[w->n++];
	*a = (struct ahead){.id = *id};
	if (!id_set_has(&w->cut_off, id) && !git_commit_lookup(&commit, w->git->repo, id)) {
		a->n = git_commit_parentcount(commit);
		a->parents = xcalloc(a->n, sizeof(*a->parents));
		for (size_t i = 0; i < a->n; i++)
			git_oid_cpy(&a->parents[i], git_commit_parent_id(commit, (unsigned)i));
	}
	git_error_clear();
	git_commit_free(commit);
}

static int ascend(struct audit_walk *w)
{
	int err = 0;

	while (!err && w->n) {
		struct ahead *top = &w->stack[w->n - 1];

		if (top->next < top->n) {
			git_oid parent = top->parents[top->next++];

			descend(w, &parent);
			continue;
		}
		err = tell(w, top);
		free(top->parents);
		w->n--;
	}
	return err;
}

int git_audit(struct git *git, int (*visit)(void *, const struct audit_commit *), void *context)
{
	struct audit_walk w = {.git = git, .visit = visit, .context = context};
	git_oid head;
	int err = 0;

	if (git_reference_name_to_id(&head, git->repo, "HEAD")) {
		git_error_clear();
		return 0; /* nothing is committed, or git_state() says why */
	}
	err = shallow_read(git, &w.cut_off);
	if (!err) {
		descend(&w, &head);
		err = ascend(&w);
	}
	while (w.n)
		free(w.stack[--w.n].parents);
	free(w.stack);
	id_set_release(&w.seen);
	id_set_release(&w.cut_off);
	id_set_release(&w.lost);
	return err;
}

/* ---- objects ---- */

int git_object_size_check(struct git *git, const git_oid *id, const char *what)
{
	git_object_t type;
	size_t size;

	/* What cannot be read is said by who reads it. */
	if (git_odb_read_header(&size, &type, git->odb, id)) {
		git_error_clear();
		return 0;
	}
	if (size <= FILE_LIMIT)
		return 0;
	return error_set(ERR_FAILED, "'%s' is larger than %ld bytes", what, FILE_LIMIT);
}

int git_blob_verified(struct git *git, const char *name, struct str *out)
{
	git_odb_object *object = NULL;
	git_oid id, have;
	int got = git_oid_fromstr(&id, name), err = 0;

	if (!got && git_object_size_check(git, &id, name))
		return ERR_FAILED;
	if (!got)
		got = git_odb_read(&object, git->odb, &id);
	if (got == GIT_ENOTFOUND) {
		git_error_clear();
		err = error_set(config_is_partial(git) ? ERR_MISSING : ERR_FAILED,
			"the object %s is missing", name);
	} else if (got || git_odb_hash(&have, git_odb_object_data(object),
				  git_odb_object_size(object), git_odb_object_type(object)))
		err = git_failed("the object %s cannot be read", name);
	else if (!same_id(&id, &have) || git_odb_object_type(object) != GIT_OBJECT_BLOB)
		err = error_set(ERR_FAILED, "the object %s is damaged", name);
	else
		str_addn(out, git_odb_object_data(object), git_odb_object_size(object));
	git_odb_object_free(object);
	return err;
}

void git_digest(unsigned char out[20], const void *bytes, size_t len)
{
	git_oid id = {0};

	git_odb_hash(&id, bytes, len, GIT_OBJECT_BLOB);
	memcpy(out, id.id, GIT_OID_RAWSZ);
}

int git_head_files(
	struct git *git, int (*visit)(void *, const struct tree_file *), void *context)
{
	git_tree *tree = NULL;
	int err = head_tree(git, &tree);

	if (!err && tree)
		err = tree_list(git, git_tree_id(tree), visit, context);
	git_tree_free(tree);
	return err;
}
