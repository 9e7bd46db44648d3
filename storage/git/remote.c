/*
 * How the branch stands to its upstream. Read from the config rather than through
 * git_remote_lookup() and git_branch_upstream(), whose regular expressions leak
 * (libgit2 1.5 with PCRE2).
 */
#include "storage/git/git.h"

#include <stdlib.h>
#include <string.h>

struct remotes {
	struct list names;
	const char *wanted; /* the branch's remote */
	const char *merge;  /* its branch there: "refs/heads/main" */
	char *upstream;     /* where that is kept here: "refs/remotes/origin/main" */
};

static char *transformed(const char *refspec, const char *ref)
{
	git_refspec *spec = NULL;
	git_buf here = {0};
	char *name = NULL;

	if (!git_refspec_parse(&spec, refspec, 1) && git_refspec_src_matches(spec, ref) &&
		!git_refspec_transform(&here, spec, ref))
		name = xstrdup(here.ptr);
	git_buf_dispose(&here);
	git_refspec_free(spec);
	git_error_clear();
	return name;
}

/* "remote.<name>.url", "remote.<name>.fetch"; a name may have dots. */
static int note_remote(void *context, const char *key, const char *value)
{
	struct remotes *r = context;
	const char *start = key + strlen("remote."), *last = strrchr(key, '.');
	char *name;

	if (last <= start)
		return 0;
	name = xstrndup(start, (size_t)(last - start));
	if (!strcmp(last, ".url") && !list_has(&r->names, name))
		list_add(&r->names, name);
	if (!strcmp(last, ".fetch") && !r->upstream && r->merge && same_string(name, r->wanted))
		r->upstream = transformed(value, r->merge);
	free(name);
	return 0;
}

static int branch_value(struct git *git, const char *branch, const char *what, char **value)
{
	char *key = xstrfmt("branch.%s.%s", branch, what);
	int err = git_config_value_get(git, key, value);

	free(key);
	return err;
}

/* "origin/main" for "refs/remotes/origin/main". */
static const char *short_name(const char *ref)
{
	static const char *const prefixes[] = {"refs/remotes/", "refs/heads/"};

	for (size_t i = 0; i < ARRAY_SIZE(prefixes); i++)
		if (starts_with(ref, prefixes[i]))
			return ref + strlen(prefixes[i]);
	return ref;
}

/* ---- how far apart ---- */

struct count {
	struct id_set ids;
	const struct id_set *but; /* those of the other side */
	size_t n;
};

static int count_one(void *context, const git_oid *id)
{
	struct count *c = context;

	id_set_add(&c->ids, id);
	c->n += c->but && !id_set_has(c->but, id);
	return 0;
}

/* libgit2 (before 1.6) looks for the parents that a shallow clone does not have. */
static int count_in_shallow(
	struct git *git, const git_oid *ours, const git_oid *theirs, struct remote_state *out)
{
	struct count here = {0}, there = {.but = &here.ids};
	int err = walk_history(git, ours, NULL, count_one, &here);

	if (!err)
		err = walk_history(git, theirs, NULL, count_one, &there);
	here.but = &there.ids;
	if (!err)
		err = walk_history(git, ours, NULL, count_one, &here);
	out->ahead = here.n;
	out->behind = there.n;
	id_set_release(&here.ids);
	id_set_release(&there.ids);
	return err;
}

static int compare(
	struct git *git, const git_oid *ours, const git_oid *theirs, struct remote_state *out)
{
	struct id_set cut_off = {0};
	int err = shallow_read(git, &cut_off);

	if (!err && cut_off.n)
		err = count_in_shallow(git, ours, theirs, out);
	else if (!err &&
		 git_graph_ahead_behind(&out->ahead, &out->behind, git->repo, ours, theirs))
		err = git_failed("cannot compare with '%s'", out->branch);
	id_set_release(&cut_off);
	return err;
}

static int count_apart(struct git *git, const char *upstream, struct remote_state *out)
{
	git_oid ours, theirs;
	int err = 0;

	if (git_reference_name_to_id(&theirs, git->repo, upstream)) {
		git_error_clear();
		return 0;
	}
	out->has_upstream = true;
	out->branch = xstrdup(short_name(upstream));
	if (git_reference_name_to_id(&ours, git->repo, "HEAD"))
		git_error_clear();
	else
		err = compare(git, &ours, &theirs, out);
	return err;
}

static int find_upstream(struct git *git, struct remotes *r, struct remote_state *out)
{
	int err = git_config_visit(git, "remote.", note_remote, r);

	if (err)
		return err;
	/* "." is this repository: the upstream is another branch of it. */
	if (r->merge && same_string(r->wanted, ".") && starts_with(r->merge, "refs/heads/"))
		replace_string(&r->upstream, r->merge);
	out->has_remote = r->names.n > 0;
	if (r->wanted && list_has(&r->names, r->wanted))
		out->remote = xstrdup(r->wanted);
	else if (r->names.n)
		out->remote =
			xstrdup(list_has(&r->names, "origin") ? "origin" : r->names.items[0]);
	return r->upstream ? count_apart(git, r->upstream, out) : 0;
}

int git_remote_of(struct git *git, struct remote_state *out)
{
	struct remotes r = {0};
	git_reference *head = NULL;
	const char *target;
	char *wanted = NULL, *merge = NULL;
	int err = 0;

	*out = (struct remote_state){0};
	if (git_reference_lookup(&head, git->repo, "HEAD"))
		return git_failed("cannot read HEAD");
	target = git_reference_symbolic_target(head);
	if (target && starts_with(target, "refs/heads/")) {
		const char *branch = target + strlen("refs/heads/");

		err = branch_value(git, branch, "remote", &wanted);
		if (!err)
			err = branch_value(git, branch, "merge", &merge);
	}
	out->detached = target == NULL;
	r.wanted = wanted;
	r.merge = merge;
	if (!err)
		err = find_upstream(git, &r, out);
	list_release(&r.names);
	free(r.upstream);
	free(wanted);
	free(merge);
	git_reference_free(head);
	return err;
}
