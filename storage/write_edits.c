/* Hand edits: finding all of them, and recording them. What is made of one: judge_edit.c. */
#include "storage/write.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/faults.h"
#include "storage/index.h"
#include "storage/layout.h"

#include <stdlib.h>
#include <string.h>

struct change {
	char *path;
	char status; /* of backend.h: M, A, D; 0: part of a move */
};
struct changes {
	struct change *items;
	size_t n, cap;
};

static void changes_release(struct changes *c)
{
	for (size_t i = 0; i < c->n; i++)
		free(c->items[i].path);
	free(c->items);
	*c = (struct changes){0};
}

/* Only names that are fu's: what else people keep there is theirs. */
static int add_change(void *context, const char *path, char status)
{
	struct changes *c = context;

	if (strcmp(path, SETTINGS_FILE) && !ends_with(path, ".ini"))
		return 0;
	GROW(c->items, c->n, c->cap);
	c->items[c->n++] = (struct change){.path = xstrdup(path), .status = status};
	return 0;
}

static int find_changes(struct repo *repo, struct changes *out, const char *const *prefixes)
{
	const struct git_backend *backend;
	struct git *git;
	int rc = repo_git(repo, &backend, &git);

	return rc ? rc : backend->changed(git, prefixes, add_change, out);
}

/* A file of that id that is gone from the work tree; NULL: none. */
static struct change *find_gone(struct changes *c, const char *id)
{
	for (size_t i = 0; i < c->n; i++) {
		char *other = c->items[i].status == 'D' ? layout_id(c->items[i].path) : NULL;
		bool same = other && !strcmp(other, id);

		free(other);
		if (same)
			return &c->items[i];
	}
	return NULL;
}

int edit_find_head(struct repo *repo, const char *id, const char *path, char **was)
{
	static const char *const prefixes[] = {OPPORTUNITIES, NULL};
	const struct git_backend *backend;
	struct changes changes = {0};
	struct str bytes = STR_INIT;
	struct change *gone;
	struct git *git;
	bool found = false;
	int rc = repo_git(repo, &backend, &git);

	*was = NULL;
	if (!rc)
		rc = backend->head_file(git, path, &bytes, &found);
	str_release(&bytes);
	if (found)
		*was = xstrdup(path);
	if (rc || found)
		return rc;
	rc = find_changes(repo, &changes, prefixes);
	gone = rc ? NULL : find_gone(&changes, id);
	if (gone)
		*was = xstrdup(gone->path);
	changes_release(&changes);
	return rc;
}

/* One edit, and the bytes that record it. */
struct pending {
	struct hand_edit edit;
	struct str read; /* the file as it was edited */
	struct str bytes;
	int code;  /* of the fault */
	bool same; /* it could not be read when it was compared with HEAD, that was all */
};
struct pendings {
	struct pending *items;
	size_t n, cap;
};

static void hand_edit_release(struct hand_edit *e)
{
	free(e->path);
	free(e->was);
	free(e->id);
	free(e->fault);
}

static void pending_release(struct pending *p)
{
	hand_edit_release(&p->edit);
	str_release(&p->read);
	str_release(&p->bytes);
}

static void pendings_release(struct pendings *p)
{
	for (size_t i = 0; i < p->n; i++)
		pending_release(&p->items[i]);
	free(p->items);
	*p = (struct pendings){0};
}

/* The error record becomes the edit's fault, a line each. */
static void note_fault(struct pending *p, int code)
{
	struct str text = STR_INIT;

	for (size_t i = 0; i < error_count(); i++)
		str_addf(&text, "%s%s", i ? "\n" : "", error_message(i));
	error_clear();
	p->edit.fault = str_detach(&text);
	p->code = code;
}

/* A file whose name is another's too, or that lies where nothing is looked for, would be
 * recorded and not be found again. */
static int judge_place(struct repo *repo, const struct hand_edit *e)
{
	const struct index_entry *entry;
	const struct index *index;
	int rc = repo_index(repo, &index);

	if (rc)
		return rc;
	for (size_t i = index_lower_bound(index, e->id); i < index->n; i++) {
		entry = &index->items[i];
		if (!same_string(entry->id, e->id))
			break;
		if (!strcmp(entry->path, e->path))
			return entry->fault ? error_set(ERR_FAILED, "%s", entry->fault) : 0;
	}
	return error_set(ERR_FAILED, "%s: nothing is looked for so deep down", e->path);
}

static void judge_opportunity(struct repo *repo, struct pending *p, const char *why)
{
	struct taken t;
	int rc;

	if (p->edit.is_gone) {
		p->edit.fault = xstrfmt(
			"%s: removed by hand: files only grow, 'fu undo' takes acts back",
			p->edit.path);
		p->code = ERR_REFUSED;
		return;
	}
	rc = judge_place(repo, &p->edit);
	if (!rc)
		rc = edit_take(&t, repo, p->edit.id, p->edit.path, p->edit.was, why);
	if (rc) {
		note_fault(p, rc);
		return;
	}
	str_addn(&p->read, t.read.buf, t.read.len);
	str_addn(&p->bytes, t.bytes.buf, t.bytes.len);
	p->same = t.same;
	taken_release(&t);
}

static void judge_settings(struct pending *p)
{
	struct settings s;
	int rc = settings_read(&s, p->edit.path, p->bytes.buf, p->bytes.len);

	if (rc) {
		note_fault(p, rc);
		return;
	}
	if (!timezone_exists(s.timezone))
		note_fault(p, error_set(ERR_FAILED, "%s:%u: no time zone '%s' on this system",
				      p->edit.path, s.timezone_line, s.timezone));
	settings_release(&s);
}

struct follower {
	const char *process;
	char *id; /* of an opportunity that follows it */
};

static int find_follower(void *context, struct opportunity *o, const char *fault, bool *keep)
{
	struct follower *f = context;

	(void)fault;
	(void)keep;
	if (!o || !same_string(o->now.process, f->process))
		return 0;
	f->id = xstrdup(o->id);
	return 1;
}

static void judge_process(struct repo *repo, struct pending *p, const char *name)
{
	struct follower follower = {.process = name};
	struct process *process = NULL;
	int rc = 0;

	if (!p->edit.is_gone) {
		rc = process_read(&process, name, p->edit.path, p->bytes.buf, p->bytes.len);
	} else {
		rc = repo_each_open(repo, find_follower, &follower);
		if (rc > 0)
			rc = error_set(ERR_REFUSED, "%s: removed, but '%s' follows it",
				p->edit.path, follower.id);
	}
	if (rc)
		note_fault(p, rc);
	process_free(process);
	free(follower.id);
}

static void judge_other(struct repo *repo, struct pending *p)
{
	char *process = layout_process(p->edit.path);
	int rc = p->edit.is_gone ? 0 : repo_read_file(repo, p->edit.path, &p->read);

	str_addn(&p->bytes, p->read.buf, p->read.len);
	if (rc)
		note_fault(p, rc);
	else if (!strcmp(p->edit.path, SETTINGS_FILE))
		judge_settings(p);
	else if (process)
		judge_process(repo, p, process);
	else {
		p->edit.fault = xstrfmt("%s: not a name for a file of fu", p->edit.path);
		p->code = ERR_FAILED;
	}
	p->same = !p->edit.fault && !p->edit.is_gone && head_has(repo, p->edit.path, &p->bytes);
	free(process);
}

static void add_pending(struct pendings *out, struct changes *changes, struct change *change)
{
	struct hand_edit edit = {.path = xstrdup(change->path),
		.id = layout_id(change->path),
		.is_new = change->status == 'A',
		.is_gone = change->status == 'D'};
	struct change *gone = edit.id && edit.is_new ? find_gone(changes, edit.id) : NULL;

	if (gone) {
		edit.was = xstrdup(gone->path);
		edit.is_new = false;
		gone->status = 0;
	} else if (!edit.is_new) {
		edit.was = xstrdup(change->path);
	}
	GROW(out->items, out->n, out->cap);
	out->items[out->n++] =
		(struct pending){.edit = edit, .read = STR_INIT, .bytes = STR_INIT};
}

static int compare_pendings(const void *a, const void *b)
{
	return strcmp(
		((const struct pending *)a)->edit.path, ((const struct pending *)b)->edit.path);
}

static void drop_unchanged(struct pendings *p)
{
	for (size_t i = p->n; i--;)
		if (p->items[i].same) {
			pending_release(&p->items[i]);
			p->items[i] = p->items[--p->n];
		}
}

static int find_pending(struct repo *repo, struct pendings *out, const char *why)
{
	static const char *const prefixes[] = {SETTINGS_FILE, PROCESSES, OPPORTUNITIES, NULL};
	struct changes changes = {0};
	int rc = find_changes(repo, &changes, prefixes);

	for (size_t i = 0; !rc && i < changes.n; i++) /* first, as they settle what is gone */
		if (changes.items[i].status == 'A')
			add_pending(out, &changes, &changes.items[i]);
	for (size_t i = 0; !rc && i < changes.n; i++)
		if (changes.items[i].status == 'M' || changes.items[i].status == 'D')
			add_pending(out, &changes, &changes.items[i]);
	for (size_t i = 0; !rc && i < out->n; i++)
		if (out->items[i].edit.id)
			judge_opportunity(repo, &out->items[i], why);
		else
			judge_other(repo, &out->items[i]);
	drop_unchanged(out);
	if (out->n)
		qsort(out->items, out->n, sizeof(*out->items), compare_pendings);
	changes_release(&changes);
	return rc;
}

int repo_hand_edits(struct repo *repo, struct hand_edits *out)
{
	struct pendings found = {0};
	int rc = find_pending(repo, &found, NULL);

	if (!rc && found.n) {
		int held = repo_hold_writers(repo);

		pendings_release(&found);
		repo_forget_index(repo);
		rc = find_pending(repo, &found, NULL);
		repo_let_write(held);
	}
	*out = (struct hand_edits){0};
	for (size_t i = 0; !rc && i < found.n; i++) {
		GROW(out->items, out->n, out->cap);
		out->items[out->n++] = found.items[i].edit;
		found.items[i].edit = (struct hand_edit){0};
	}
	pendings_release(&found);
	return rc;
}

void hand_edits_release(struct hand_edits *edits)
{
	for (size_t i = 0; i < edits->n; i++)
		hand_edit_release(&edits->items[i]);
	free(edits->items);
	*edits = (struct hand_edits){0};
}

/* ---- recording them ---- */

static int raise_faults(const struct pendings *found)
{
	int code = 0;

	error_clear();
	for (size_t i = 0; i < found->n; i++) {
		const struct pending *p = &found->items[i];
		char *copy, *rest;

		if (!p->edit.fault)
			continue;
		if (code != ERR_FAILED)
			code = p->code;
		rest = copy = xstrdup(p->edit.fault);
		while (rest)
			error_add(code, "%s", strsep(&rest, "\n"));
		free(copy);
	}
	for (size_t i = 0; i < found->n; i++)
		if (found->items[i].edit.fault && found->items[i].edit.is_gone)
			error_hint("git checkout -- %s", found->items[i].edit.path);
	return code;
}

static int stage_edit(struct write *w, const struct pending *p)
{
	const struct hand_edit *e = &p->edit;
	int rc = 0;

	if (e->is_gone || (e->was && strcmp(e->was, e->path)))
		rc = write_stage(w, e->was, NULL, 0, &(struct hand_edited){.there = false});
	if (!rc && !e->is_gone)
		rc = write_stage(w, e->path, p->bytes.buf, p->bytes.len,
			&(struct hand_edited){true, p->read.buf, p->read.len});
	return rc;
}

static int commit_edits(
	struct write *w, const struct pendings *found, const char *why, char commit[41])
{
	struct list trailers = {0};
	char *subject;
	int rc;

	if (found->n == 1)
		subject = xstrfmt("%s: record: what was edited by hand",
			found->items[0].edit.id ? found->items[0].edit.id
						: found->items[0].edit.path);
	else
		subject = xstrfmt("record: what was edited by hand in %zu files", found->n);
	list_add(&trailers, "Fu-Act: record");
	for (size_t i = 0; i < found->n; i++)
		if (found->items[i].edit.id)
			list_take(&trailers,
				xstrfmt("Fu-Opportunity: %s", found->items[i].edit.id));
	list_sort(&trailers);
	rc = write_commit(w, &(struct commit_text){subject, why, &trailers}, commit);
	list_release(&trailers);
	free(subject);
	return rc;
}

int write_record_edits(struct write *w, const char *why, char commit[41], size_t *count)
{
	struct pendings found = {0};
	int rc = find_pending(w->repo, &found, why);

	commit[0] = '\0';
	*count = 0;
	if (!rc)
		rc = raise_faults(&found);
	for (size_t i = 0; !rc && i < found.n; i++)
		rc = stage_edit(w, &found.items[i]);
	if (!rc && found.n)
		rc = commit_edits(w, &found, why, commit);
	if (!rc)
		*count = found.n;
	pendings_release(&found);
	return rc;
}
