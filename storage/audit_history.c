/*
 * Each commit is judged by what it changed. The acts of all files that it changed are
 * taken together, so that an act may move with its file; and each act is looked at:
 * was it brought on, altered, moved, or is it gone, and does the commit say so?
 */
#include "storage/audit.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/layout.h"

#include <stdlib.h>
#include <string.h>

/* An act in one version of one file. */
struct placed {
	const struct act_digest *act;
	const struct file_acts *file;
	const char *path;
};
struct placed_list {
	struct placed *items;
	size_t n, cap;
};

/* One commit against one of its parents. */
struct judging {
	struct audit *a;
	const struct audit_commit *commit;
	const struct audit_side *side;
	struct audit_claims claims;
	struct placed_list before, after;
	bool incomplete; /* some file could not be had */
};

static bool is_merge(const struct judging *j)
{
	return j->commit->n_parents > 1;
}

/* ---- findings ---- */

static struct audit_finding *find(struct judging *j, const char *kind, const struct placed *p,
	const char *what, const struct list *fields)
{
	struct audit_finding *f;
	struct str message = STR_INIT;

	str_addf(&message, "%s %s %s", act_kinds[p->act->kind].name, p->act->id, what);
	for (size_t i = 0; fields && i < fields->n; i++)
		str_addf(&message, "%s%s", i ? ", " : ": ", fields->items[i]);
	str_add(&message, " (");
	audit_claims_add_words(&message, &j->claims);
	str_addch(&message, ')');
	f = audit_find(j->a, kind, "%s", message.buf);
	str_release(&message);
	f->commit = xstrdup(j->commit->info.hash);
	f->file = xstrdup(p->path);
	f->opportunity = layout_id(p->path);
	f->act = xstrdup(p->act->id);
	if (fields)
		list_copy(&f->fields, fields);
	memcpy(f->was, p->act->text, DIGEST_LEN);
	return f;
}

static struct opportunity *read_version(struct audit *a, const struct placed *p)
{
	struct opportunity *o = NULL;

	if (*p->file->readable && audit_read(a, p->file->readable, p->path, &o, NULL))
		error_clear();
	return o;
}

/* Which fields are others: both versions are read again. */
static void find_altered(
	struct judging *j, const struct placed *before, const struct placed *after)
{
	struct opportunity *was = read_version(j->a, before), *is = read_version(j->a, after);
	const struct act *x = was ? opportunity_act(was, before->act->id) : NULL;
	const struct act *y = is ? opportunity_act(is, after->act->id) : NULL;
	struct audit_finding *f;
	struct list fields = {0};

	if (x && y)
		audit_differences(&fields, x, y);
	f = find(j, "altered", after, "was altered", &fields);
	memcpy(f->was, before->act->text, DIGEST_LEN);
	list_release(&fields);
	opportunity_free(was);
	opportunity_free(is);
}

/* ---- reverts ---- */

/* The act in that file of a commit; NULL: not there. */
static const struct act_digest *act_at(
	struct audit *a, const char *revision, const char *path, const char *id)
{
	const struct act_digest *found = NULL;
	unsigned char name[DIGEST_LEN];
	struct file_acts *f = NULL;
	struct str bytes = STR_INIT;
	char blob[41];

	if (!a->backend->file_at(a->git, revision, path, &bytes)) {
		a->backend->digest(name, bytes.buf, bytes.len);
		for (size_t i = 0; i < DIGEST_LEN; i++)
			snprintf(blob + 2 * i, 3, "%02x", name[i]);
		if (audit_acts(a, blob, path, NULL, &f, NULL))
			f = NULL;
	}
	error_clear();
	for (size_t i = 0; f && i < f->n; i++)
		if (!strcmp(f->items[i].id, id))
			found = &f->items[i];
	str_release(&bytes);
	return found;
}

/* Whether a commit that this one says it reverts has done the opposite. after may be
 * NULL: gone. */
static bool is_reverted(
	struct judging *j, const struct placed *before, const struct placed *after)
{
	bool is = false;

	for (size_t i = 0; !is && i < j->claims.reverts.n; i++) {
		const char *commit = j->claims.reverts.items[i];
		char *parent = xstrfmt("%s^1", commit);
		const struct act_digest *then =
			act_at(j->a, commit, before->path, before->act->id);
		const struct act_digest *was =
			then ? act_at(j->a, parent, before->path, before->act->id) : NULL;

		is = then && same_act(then, before->act) &&
		     (after ? was && same_act(was, after->act) : !was);
		free(parent);
	}
	return is;
}

/* ---- the four questions ---- */

static void judge_gone(struct judging *j, const struct placed *before)
{
	/* What came without being said may go. */
	if (!audit_knows_any(j->a, before->act->id))
		return;
	if (is_merge(j) && audit_is_gone(j->a, before->act->id))
		return;
	if (is_merge(j) || !is_reverted(j, before, NULL))
		find(j, "vanished", before, "vanished", NULL);
	audit_mark_gone(j->a, before->act->id);
}

static bool is_edit(const struct judging *j, const struct placed *after)
{
	char *id = layout_id(after->path);
	bool is = !is_merge(j) && after->act->edited != INT64_MIN && id &&
		  audit_may_alter(&j->claims, id);

	free(id);
	return is;
}

static void judge_brought(struct judging *j, const struct placed *after)
{
	struct audit *a = j->a;

	if (j->commit->is_cut_off || audit_knows(a, after->act)) {
		audit_know(a, after->act);
	} else if (audit_knows_any(a, after->act->id)) {
		if (is_edit(j, after))
			audit_know(a, after->act);
		else
			find(j, "altered", after, "came back altered", NULL);
	} else if (is_merge(j) ||
		   audit_may_bring(&j->claims, after->act->kind, after->act->id)) {
		audit_know(a, after->act);
	} else {
		find(j, "unclaimed", after, "was brought on without being named", NULL);
	}
}

static bool side_changes(const struct audit_side *side, const char *path)
{
	for (size_t i = 0; i < side->n; i++)
		if (!strcmp(side->changes[i].path, path))
			return true;
	return false;
}

/* Whether some other parent of the merge has the very file: what is wrong with it was
 * found there. */
static bool comes_from_parent(const struct judging *j, const struct placed *after)
{
	for (size_t i = 0; i < j->commit->n_sides; i++) {
		const struct audit_side *side = &j->commit->sides[i];

		if (side != j->side && !side_changes(side, after->path))
			return true;
	}
	return false;
}

/* Of two versions of an act a merge takes the one edited later, unless it was reverted. */
static bool is_merged_right(
	const struct judging *j, const struct placed *before, const struct placed *after)
{
	const struct audit *a = j->a;

	if (!audit_knows(a, after->act))
		return comes_from_parent(j, after);
	return after->act->edited >= before->act->edited || audit_is_gone(a, after->act->id);
}

static void judge_altered(
	struct judging *j, const struct placed *before, const struct placed *after)
{
	struct audit *a = j->a;
	bool mends = audit_knows(a, after->act) && !audit_knows(a, before->act);

	if (mends)
		return;
	if (is_merge(j) && is_merged_right(j, before, after))
		return;
	if (is_edit(j, after) && after->act->edited >= before->act->edited) {
		audit_know(a, after->act);
		return;
	}
	if (!is_merge(j) && is_reverted(j, before, after)) {
		audit_mark_gone(a, after->act->id);
		return;
	}
	find_altered(j, before, after);
}

static bool same_opportunity(const struct placed *x, const struct placed *y)
{
	char *a = layout_id(x->path), *b = layout_id(y->path);
	bool same = same_string(a, b);

	free(a);
	free(b);
	return same;
}

/* The same act in the same words: is it where it was? */
static void judge_moved(
	struct judging *j, const struct placed *before, size_t n, const struct placed *after)
{
	const struct placed *stayed = NULL;

	if (is_merge(j) || audit_may_move(&j->claims) || j->claims.reverts.n)
		return;
	for (size_t i = 0; i < n; i++)
		if (same_opportunity(&before[i], after) &&
			same_act(before[i].act, after->act)) {
			if (before[i].act->of == after->act->of)
				return;
			stayed = &before[i];
		}
	if (stayed)
		find_altered(j, stayed, after);
	else
		find(j, "moved", after, "was moved to another opportunity", NULL);
}

/* One act that stands on both sides, in n files before. */
static void judge_both(
	struct judging *j, const struct placed *before, size_t n, const struct placed *after)
{
	for (size_t i = 0; i < n; i++)
		if (same_act(before[i].act, after->act)) {
			judge_moved(j, before, n, after);
			return;
		}
	judge_altered(j, before, after);
}

static size_t run_of(const struct placed_list *l, size_t at)
{
	size_t n = at < l->n ? 1 : 0;

	while (n && at + n < l->n && !strcmp(l->items[at].act->id, l->items[at + n].act->id))
		n++;
	return n;
}

static void judge_acts(struct judging *j)
{
	size_t b = 0, c = 0;

	while (b < j->before.n || c < j->after.n) {
		size_t n = run_of(&j->before, b), m = run_of(&j->after, c);
		int order =
			!n   ? 1
			: !m ? -1
			     : strcmp(j->before.items[b].act->id, j->after.items[c].act->id);

		if (order < 0)
			judge_gone(j, &j->before.items[b]);
		for (size_t i = 0; order > 0 && i < m; i++)
			judge_brought(j, &j->after.items[c + i]);
		for (size_t i = 0; !order && i < m; i++)
			judge_both(j, &j->before.items[b], n, &j->after.items[c + i]);
		b += order <= 0 ? n : 0;
		c += order >= 0 ? m : 0;
	}
}

/* ---- gathering ---- */

static int by_id(const void *left, const void *right)
{
	const struct placed *a = left, *b = right;
	int order = strcmp(a->act->id, b->act->id);

	return order ? order : strcmp(a->path, b->path);
}

static void add_acts(struct placed_list *l, const struct file_acts *f, const char *path)
{
	for (size_t i = 0; i < f->n; i++) {
		GROW(l->items, l->n, l->cap);
		l->items[l->n++] = (struct placed){&f->items[i], f, path};
	}
}

static void find_unread(struct judging *j, const struct tree_change *change)
{
	struct audit_finding *f =
		audit_find(j->a, "unread", "the file cannot be read from this commit on");

	f->commit = xstrdup(j->commit->info.hash);
	f->file = xstrdup(change->path);
	f->opportunity = layout_id(change->path);
}

static void gather_file(struct judging *j, const struct tree_change *change)
{
	struct file_acts *before = NULL, *after = NULL;
	bool fresh = false;
	int err = 0;

	if (*change->before)
		err = audit_acts(j->a, change->before, change->path, NULL, &before, NULL);
	if (!err && *change->after)
		err = audit_acts(j->a, change->after, change->path, before, &after, &fresh);
	if (err) {
		audit_find_lacking(j->a, err, j->commit->info.hash, change->path);
		j->incomplete = true;
		return;
	}
	if (before)
		add_acts(&j->before, before, change->path);
	if (after)
		add_acts(&j->after, after, change->path);
	if (fresh && after->damaged && !(before && before->damaged))
		find_unread(j, change);
}

static void gather(struct judging *j)
{
	j->before.n = j->after.n = 0;
	for (size_t i = 0; i < j->side->n; i++) {
		char *id = layout_id(j->side->changes[i].path);

		if (id)
			gather_file(j, &j->side->changes[i]);
		free(id);
	}
	if (j->before.n)
		qsort(j->before.items, j->before.n, sizeof(*j->before.items), by_id);
	if (j->after.n)
		qsort(j->after.items, j->after.n, sizeof(*j->after.items), by_id);
}

/* ---- what stands beside the acts ---- */

static void judge_settings(struct judging *j)
{
	if (audit_may_configure(&j->claims))
		return;
	for (size_t i = 0; i < j->side->n; i++) {
		const char *path = j->side->changes[i].path;
		struct str words = STR_INIT;
		struct audit_finding *f;

		if (starts_with(path, OPPORTUNITIES "/"))
			continue;
		audit_claims_add_words(&words, &j->claims);
		f = audit_find(j->a, "configured", "it was changed (%s)", words.buf);
		f->commit = xstrdup(j->commit->info.hash);
		f->file = xstrdup(path);
		str_release(&words);
	}
}

static void judge_claims(struct judging *j)
{
	for (size_t i = 0; i < j->claims.n; i++) {
		const struct audit_claim *claim = &j->claims.items[i];
		struct audit_finding *f;

		if (!claim->id || act_kind_find(claim->act) < 0 ||
			audit_knows_any(j->a, claim->id))
			continue;
		f = audit_find(j->a, "unclaimed",
			"the commit says: %s %s, and brings no such act", claim->act,
			claim->id);
		f->commit = xstrdup(j->commit->info.hash);
		f->act = xstrdup(claim->id);
		if (claim->opportunities.n)
			f->opportunity = xstrdup(claim->opportunities.items[0]);
	}
}

/* In a history without branches the versions before are not asked for again. */
static void forget(struct judging *j)
{
	for (size_t i = 0; i < j->side->n; i++) {
		const struct tree_change *change = &j->side->changes[i];

		if (*change->before && strcmp(change->before, change->after))
			audit_forget(j->a, change->before);
	}
}

static int judge(void *context, const struct audit_commit *commit)
{
	struct judging j = {.a = context, .commit = commit};

	j.a->report->commits++;
	audit_step(j.a, "checking commits");
	if (commit->is_signed)
		list_add(&j.a->signed_commits, commit->info.hash);
	if (commit->fault) {
		audit_find(j.a, "object", "%s", commit->fault)->commit =
			xstrdup(commit->info.hash);
		return 0;
	}
	audit_claims_read(&j.claims, commit->info.body);
	for (size_t i = 0; i < commit->n_sides; i++) {
		j.side = &commit->sides[i];
		gather(&j);
		judge_acts(&j);
	}
	if (!is_merge(&j) && !commit->is_cut_off) {
		judge_settings(&j);
		if (!j.incomplete)
			judge_claims(&j);
	}
	if (!is_merge(&j))
		forget(&j);
	audit_claims_release(&j.claims);
	free(j.before.items);
	free(j.after.items);
	return 0;
}

int audit_history(struct audit *a)
{
	return a->backend->audit(a->git, judge, a);
}
