#include "storage/sync.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/layout.h"

#include <stdlib.h>
#include <string.h>

#define MODE_FILE 0100644
#define MODE_PROGRAM 0100755

/* ---- where they differ ---- */

static struct sync_path *add_path(struct merging *m, const struct file_change *c)
{
	struct sync_path p = {.path = xstrdup(c->path),
		.base_mode = c->before_mode,
		.ours_mode = c->before_mode,
		.theirs_mode = c->before_mode};

	memcpy(p.base, c->before, sizeof(p.base));
	memcpy(p.ours, c->before, sizeof(p.ours));
	memcpy(p.theirs, c->before, sizeof(p.theirs));
	GROW(m->paths.items, m->paths.n, m->paths.cap);
	m->paths.items[m->paths.n] = p;
	return &m->paths.items[m->paths.n++];
}

static int add_ours(void *context, const struct file_change *c)
{
	struct sync_path *p = add_path(context, c);

	p->ours_changed = true;
	p->ours_mode = c->after_mode;
	memcpy(p->ours, c->after, sizeof(p->ours));
	return 0;
}

static int add_theirs(void *context, const struct file_change *c)
{
	struct sync_path *p = add_path(context, c);

	p->theirs_changed = true;
	p->theirs_mode = c->after_mode;
	memcpy(p->theirs, c->after, sizeof(p->theirs));
	return 0;
}

static int compare_paths(const void *a, const void *b)
{
	const struct sync_path *x = a, *y = b;
	int order = strcmp(x->path, y->path);

	return order ? order : (int)x->theirs_changed - (int)y->theirs_changed;
}

/* What both changed stands twice, ours first. */
static void unite_paths(struct sync_paths *paths)
{
	size_t kept = 0;

	if (paths->n)
		qsort(paths->items, paths->n, sizeof(*paths->items), compare_paths);
	for (size_t i = 0; i < paths->n; i++) {
		struct sync_path *p = &paths->items[i];
		struct sync_path *last = kept ? &paths->items[kept - 1] : NULL;

		if (!last || strcmp(last->path, p->path)) {
			paths->items[kept++] = *p;
			continue;
		}
		last->theirs_changed = true;
		last->theirs_mode = p->theirs_mode;
		memcpy(last->theirs, p->theirs, sizeof(last->theirs));
		free(p->path);
	}
	paths->n = kept;
}

static int find_paths(struct merging *m)
{
	int rc = 0;

	if (strcmp(m->base, m->ours))
		rc = m->backend->compare(m->git, m->base, m->ours, add_ours, m);
	if (!rc)
		rc = m->backend->compare(m->git, m->base, m->theirs, add_theirs, m);
	unite_paths(&m->paths);
	return rc;
}

/* ---- one file ---- */

int sync_blob(struct merging *m, const char *name, struct str *out)
{
	str_truncate(out, 0);
	return *name ? m->backend->blob(m->git, name, out) : 0;
}

int sync_remove(struct merging *m, const char *path)
{
	return m->backend->put(m->w->transaction, path, NULL, 0, NULL);
}

int sync_take_theirs(struct merging *m, const struct sync_path *p)
{
	struct str bytes = STR_INIT;
	int rc;

	if (!p->theirs_mode)
		return sync_remove(m, p->path);
	rc = sync_blob(m, p->theirs, &bytes);
	if (!rc)
		rc = m->backend->put_mode(
			m->w->transaction, p->path, bytes.buf, bytes.len, p->theirs_mode);
	str_release(&bytes);
	return rc;
}

/* A cloned repository is data: what is no plain file is not brought into the work tree. */
static int judge_kinds(const struct merging *m)
{
	for (size_t i = 0; i < m->paths.n; i++) {
		const struct sync_path *p = &m->paths.items[i];

		if (!p->theirs_changed || !p->theirs_mode || p->theirs_mode == MODE_FILE ||
			p->theirs_mode == MODE_PROGRAM)
			continue;
		error_set(ERR_FAILED,
			"'%s' of what was fetched is no plain file: fu does not take it in",
			p->path);
		error_hint("git show %.7s", m->theirs);
		return ERR_FAILED;
	}
	return 0;
}

/* Without its settings it is not to be opened any more. */
static int judge_settings(struct merging *m)
{
	struct str bytes = STR_INIT;
	struct settings s;
	int rc = m->backend->file_at(m->git, m->theirs, SETTINGS_FILE, &bytes);

	if (rc == ERR_MISSING)
		rc = error_set(ERR_FAILED,
			"what was fetched is no fu repository: it has no '" SETTINGS_FILE "'");
	if (!rc)
		rc = settings_read(&s, SETTINGS_FILE, bytes.buf, bytes.len);
	if (!rc && !timezone_exists(s.timezone))
		rc = error_set(ERR_FAILED, SETTINGS_FILE ": no time zone '%s' on this system",
			s.timezone);
	if (!rc)
		settings_release(&s);
	else
		error_prefix("%.7s, which was fetched", m->theirs);
	str_release(&bytes);
	return rc;
}

/* ---- which change of a file stands ---- */

static int add_change(void *context, const struct touching *t)
{
	struct sync_changes *c = context;
	struct sync_change change = {.time = t->time, .bytes = STR_INIT};

	memcpy(change.hash, t->hash, sizeof(change.hash));
	list_copy(&change.parents, &t->parents);
	str_addn(&change.bytes, t->bytes.buf, t->bytes.len);
	GROW(c->items, c->n, c->cap);
	c->items[c->n++] = change;
	return 0;
}

int sync_changes_find(struct merging *m, const char *path, struct sync_changes *out)
{
	*out = (struct sync_changes){0};
	return m->backend->touched(m->git, m->ours, m->theirs, path, add_change, out);
}

void sync_changes_release(struct sync_changes *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct sync_change *x = &c->items[i];

		ini_release(&x->doc);
		for (size_t j = 0; x->parent_docs && j < x->parents.n; j++)
			ini_release(&x->parent_docs[j]);
		free(x->parent_docs);
		list_release(&x->parents);
		str_release(&x->bytes);
	}
	free(c->items);
	*c = (struct sync_changes){0};
}

static bool is_later(const struct sync_change *a, const struct sync_change *b)
{
	return a->time != b->time ? a->time > b->time : strcmp(a->hash, b->hash) > 0;
}

int sync_changes_last(struct merging *m, const struct sync_changes *c,
	bool (*counts)(const struct sync_change *, void *), void *context, size_t *last)
{
	int rc = 0;

	*last = c->n;
	for (size_t i = 0; !rc && i < c->n; i++) {
		bool outdated = false;

		if (counts && !counts(&c->items[i], context))
			continue;
		for (size_t j = 0; !rc && !outdated && j < c->n; j++)
			if (j != i && (!counts || counts(&c->items[j], context)))
				rc = m->backend->rests_on(
					m->git, c->items[j].hash, c->items[i].hash, &outdated);
		if (!outdated && (*last == c->n || is_later(&c->items[i], &c->items[*last])))
			*last = i;
	}
	return rc;
}

/* ---- files that are not fu's ---- */

/* Whether the other side's version is the one that stands. */
static int choose(struct merging *m, const struct sync_path *p, bool *theirs)
{
	struct str bytes = STR_INIT;
	struct sync_changes changes;
	size_t last;
	int rc = sync_changes_find(m, p->path, &changes);

	*theirs = strcmp(p->theirs, p->ours) > 0;
	if (!rc)
		rc = sync_changes_last(m, &changes, NULL, NULL, &last);
	if (!rc && last < changes.n) {
		rc = sync_blob(m, p->theirs, &bytes);
		*theirs = bytes.len == changes.items[last].bytes.len &&
			  !memcmp(bytes.buf, changes.items[last].bytes.buf, bytes.len);
	}
	sync_changes_release(&changes);
	str_release(&bytes);
	return rc;
}

/* The one stands at its place, the other beside it under a name of its own. */
static int keep_both(struct merging *m, const struct sync_path *p)
{
	struct str other = STR_INIT;
	char *aside = NULL;
	bool theirs;
	int rc = choose(m, p, &theirs);

	if (!rc)
		rc = sync_blob(m, theirs ? p->ours : p->theirs, &other);
	if (!rc && theirs)
		rc = sync_take_theirs(m, p);
	if (!rc) {
		aside = xstrfmt("%s.%.7s", p->path, theirs ? p->ours : p->theirs);
		rc = m->backend->put_mode(
			m->w->transaction, aside, other.buf, other.len, MODE_FILE);
	}
	if (!rc)
		list_take(m->notes,
			xstrfmt("both sides changed '%s': the later version stands there, the "
				"other is '%s'",
				p->path, aside));
	free(aside);
	str_release(&other);
	return rc;
}

static int merge_other(struct merging *m, const struct sync_path *p)
{
	struct str base = STR_INIT, ours = STR_INIT, theirs = STR_INIT, merged = STR_INIT;
	bool clean = false;
	int rc = 0;

	if (!p->theirs_mode || !strcmp(p->ours, p->theirs))
		return 0; /* what the one removed and the other changed stays */
	if (!p->ours_mode)
		return sync_take_theirs(m, p);
	if ((rc = sync_blob(m, p->base, &base)) || (rc = sync_blob(m, p->ours, &ours)) ||
		(rc = sync_blob(m, p->theirs, &theirs)))
		goto out;
	rc = m->backend->merge_text(m->git, &base, &ours, &theirs, &merged, &clean);
	if (!rc && clean)
		rc = m->backend->put_mode(
			m->w->transaction, p->path, merged.buf, merged.len, p->ours_mode);
	else if (!rc)
		rc = keep_both(m, p);
out:
	str_release(&base);
	str_release(&ours);
	str_release(&theirs);
	str_release(&merged);
	return rc;
}

/* ---- all of it ---- */

static bool is_settings(const char *path)
{
	char *process = layout_process(path);
	bool is = process || !strcmp(path, SETTINGS_FILE);

	free(process);
	return is;
}

static bool is_opportunity(const char *path)
{
	char *id = layout_id(path);

	free(id);
	return id != NULL;
}

static int stage_path(struct merging *m, const struct sync_path *p)
{
	if (!p->theirs_changed)
		return 0;
	if (!p->ours_changed)
		return sync_take_theirs(m, p);
	if (is_settings(p->path) && p->ours_mode && p->theirs_mode)
		return strcmp(p->ours, p->theirs) ? sync_settings(m, p) : 0;
	return merge_other(m, p);
}

int sync_stage(struct merging *m)
{
	bool forward = !strcmp(m->base, m->ours);
	int rc = find_paths(m);

	if (!rc)
		rc = judge_kinds(m);
	if (!rc)
		rc = judge_settings(m);
	for (size_t i = 0; !rc && i < m->paths.n; i++)
		if (forward || !is_opportunity(m->paths.items[i].path))
			rc = stage_path(m, &m->paths.items[i]);
	if (!rc && !forward)
		rc = sync_opportunities(m);
	if (!rc)
		rc = sync_find_lost(m);
	for (size_t i = 0; i < m->paths.n; i++)
		free(m->paths.items[i].path);
	free(m->paths.items);
	m->paths = (struct sync_paths){0};
	return rc;
}
