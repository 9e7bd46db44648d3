#include "storage/audit.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/layout.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

/* A git command may hold a lock file for a while; one as old as that is left over. */
#define LOCK_AGE_SECONDS 600

/* ---- findings ---- */

struct audit_finding *audit_find(struct audit *a, const char *kind, const char *format, ...)
{
	struct audit_report *r = a->report;
	struct audit_finding *f;
	va_list args;

	GROW(r->items, r->n, r->cap);
	f = &r->items[r->n++];
	va_start(args, format);
	*f = (struct audit_finding){.kind = kind, .message = xstrvfmt(format, args)};
	va_end(args);
	return f;
}

/* What is recorded as errors, a finding each. */
static void find_errors(struct audit *a, const char *kind, const char *commit, const char *file)
{
	struct list messages = {0};

	for (size_t i = 0; i < error_count(); i++)
		list_add(&messages, error_message(i));
	error_clear();
	for (size_t i = 0; i < messages.n; i++) {
		struct audit_finding *f = audit_find(a, kind, "%s", messages.items[i]);

		f->commit = xstrdup_or_null(commit);
		f->file = xstrdup_or_null(file);
		f->opportunity = file ? layout_id(file) : NULL;
	}
	list_release(&messages);
}

void audit_find_lacking(struct audit *a, int err, const char *commit, const char *file)
{
	if (err != ERR_MISSING) {
		find_errors(a, "object", commit, file);
		return;
	}
	a->report->partial = true;
	error_clear();
}

void audit_report_release(struct audit_report *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct audit_finding *f = &r->items[i];

		free(f->commit);
		free(f->file);
		free(f->opportunity);
		free(f->act);
		list_release(&f->fields);
		free(f->message);
	}
	free(r->items);
	free(r->unverified_why);
	*r = (struct audit_report){0};
}

void audit_step(struct audit *a, const char *doing)
{
	if (a->options->step)
		a->options->step(a->options->context, doing);
}

/* ---- what HEAD has ---- */

struct standing {
	const struct act_digest *act;
	char *path, *opportunity; /* of the act's file */
};

struct head {
	struct audit *a;
	struct standing *acts; /* sorted by id */
	size_t n, cap;
	struct list damaged; /* paths */
};

static void add_standing(struct head *h, const struct file_acts *f, const char *path)
{
	for (size_t i = 0; i < f->n; i++) {
		GROW(h->acts, h->n, h->cap);
		h->acts[h->n++] =
			(struct standing){&f->items[i], xstrdup(path), layout_id(path)};
	}
}

/* "path:12: …" becomes "line 12: …": the path stands beside it. */
static void find_faults(struct head *h, const char *path)
{
	size_t first = h->a->report->n, len = strlen(path);

	find_errors(h->a, "format", NULL, path);
	for (size_t i = first; i < h->a->report->n; i++) {
		struct audit_finding *f = &h->a->report->items[i];
		char *cut = NULL;

		if (starts_with(f->message, path) && f->message[len] == ':')
			cut = f->message[len + 1] == ' '
				      ? xstrdup(f->message + len + 2)
				      : xstrfmt("line %s", f->message + len + 1);
		if (cut) {
			free(f->message);
			f->message = cut;
		}
	}
}

static void explain_damage(struct head *h, const struct tree_file *file, const char *id)
{
	struct fact_list declared = {0};
	struct opportunity *o = NULL;
	struct str bytes = STR_INIT;
	int err = h->a->backend->blob(h->a->git, file->blob, &bytes);

	list_add(&h->damaged, file->path);
	if (err)
		audit_find_lacking(h->a, err, NULL, file->path);
	else if (opportunity_read(&o, &declared, id, file->path, bytes.buf, bytes.len))
		find_faults(h, file->path);
	facts_release(&declared);
	opportunity_free(o);
	str_release(&bytes);
}

static void check_opportunity(struct head *h, const struct tree_file *file, const char *id)
{
	struct file_acts *f;
	int err = audit_acts(h->a, file->blob, file->path, NULL, &f, NULL);

	h->a->report->files++;
	if (err) {
		audit_find_lacking(h->a, err, NULL, file->path);
		return;
	}
	if (f->damaged)
		explain_damage(h, file, id);
	add_standing(h, f, file->path);
}

static void check_other(struct head *h, const struct tree_file *file)
{
	struct str bytes = STR_INIT;
	char *process = layout_process(file->path);
	struct settings settings;
	struct process *p = NULL;
	int err = h->a->backend->blob(h->a->git, file->blob, &bytes);

	if (err) {
		audit_find_lacking(h->a, err, NULL, file->path);
	} else if (process) {
		if (process_read(&p, process, file->path, bytes.buf, bytes.len))
			find_faults(h, file->path);
		process_free(p);
	} else if (!strcmp(file->path, SETTINGS_FILE)) {
		if (settings_read(&settings, file->path, bytes.buf, bytes.len))
			find_faults(h, file->path);
		else
			settings_release(&settings);
	}
	free(process);
	str_release(&bytes);
}

static int check_file(void *context, const struct tree_file *file)
{
	struct head *h = context;
	char *id = layout_id(file->path);
	struct audit_finding *f;

	audit_step(h->a, "checking files");
	if (file->is_regular && id) {
		check_opportunity(h, file, id);
	} else if (file->is_regular) {
		check_other(h, file);
	} else if (id) {
		f = audit_find(h->a, "format", "not a regular file");
		f->file = xstrdup(file->path);
		f->opportunity = xstrdup(id);
	}
	free(id);
	return 0;
}

static int by_id(const void *left, const void *right)
{
	const struct standing *a = left, *b = right;
	int order = strcmp(a->act->id, b->act->id);

	return order ? order : strcmp(a->path, b->path);
}

/* What was merged in and taken back stands, struck, in the one and again in the other. */
static bool is_of(const struct standing *copy, const struct standing *original)
{
	const char *id = original->opportunity;

	return id && copy->act->of == hash_bytes(1, id, strlen(id));
}

static void check_doubles(struct head *h)
{
	for (size_t i = 1; i < h->n; i++) {
		const struct standing *x = &h->acts[i - 1], *y = &h->acts[i];
		struct audit_finding *f;

		if (strcmp(x->act->id, y->act->id) || is_of(x, y) || is_of(y, x))
			continue;
		f = audit_find(h->a, "duplicate", "%s %s stands in '%s' too",
			act_kinds[y->act->kind].name, y->act->id, x->path);
		f->file = xstrdup(y->path);
		f->opportunity = xstrdup_or_null(y->opportunity);
		f->act = xstrdup(y->act->id);
	}
}

/* ---- what was wrong once, and is right now ---- */

/* HEAD has the act; as: in these words. */
static bool stands(const struct head *h, const char *id, const unsigned char *as)
{
	size_t low = 0, high = h->n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(h->acts[middle].act->id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < h->n && !strcmp(h->acts[low].act->id, id); low++)
		if (!as || !memcmp(h->acts[low].act->text, as, DIGEST_LEN))
			return true;
	return false;
}

static void see_what_is_mended(struct head *h)
{
	for (size_t i = 0; i < h->a->report->n; i++) {
		struct audit_finding *f = &h->a->report->items[i];

		if (!strcmp(f->kind, "altered") || !strcmp(f->kind, "vanished"))
			f->mended = stands(h, f->act, f->was);
		else if (!strcmp(f->kind, "unclaimed"))
			f->mended = f->file && !stands(h, f->act, NULL);
		else if (!strcmp(f->kind, "unread"))
			f->mended = !list_has(&h->damaged, f->file);
	}
}

static int check_head(struct audit *a)
{
	struct head h = {.a = a};

	if (a->backend->head_files(a->git, check_file, &h))
		find_errors(a, "object", NULL, NULL);
	if (h.n)
		qsort(h.acts, h.n, sizeof(*h.acts), by_id);
	check_doubles(&h);
	see_what_is_mended(&h);
	a->report->acts = h.n;
	for (size_t i = 0; i < h.n; i++) {
		free(h.acts[i].path);
		free(h.acts[i].opportunity);
	}
	free(h.acts);
	list_release(&h.damaged);
	return 0;
}

/* ---- what is left over ---- */

static void check_lock(struct audit *a, const char *name)
{
	char *path = xstrfmt("%s/%s", a->repo->git_dir, name);
	struct timespec now;
	struct stat info;

	clock_gettime(CLOCK_REALTIME, &now);
	if (!lstat(path, &info) && now.tv_sec - info.st_mtim.tv_sec > LOCK_AGE_SECONDS)
		audit_find(a, "leftover", "'.git/%s' is old: delete it if no git command runs",
			name);
	free(path);
}

static void check_leftovers(struct audit *a)
{
	static const char *const locks[] = {
		"index.lock", "HEAD.lock", "config.lock", "packed-refs.lock", NULL};
	char *journal = xstrfmt("%s/journal", a->repo->private_dir);
	struct stat info;

	for (size_t i = 0; locks[i]; i++)
		check_lock(a, locks[i]);
	/* What lies in the stage goes with the next command. */
	if (!lstat(journal, &info) && !repo_is_being_written(a->repo))
		audit_find(a, "leftover",
			"'.git/fu/journal': a command that was killed could not be taken back");
	free(journal);
}

/* ---- all of it ---- */

static void note_state(void *context, const char *kind, const char *path, const char *what)
{
	struct audit *a = context;
	struct audit_finding *f =
		audit_find(a, strcmp(kind, "index") ? "ref" : "index", "%s", what);

	f->file = xstrdup_or_null(path);
	f->opportunity = path ? layout_id(path) : NULL;
}

/* The index, HEAD and the work tree are held against each other, so all of one moment. */
static int check_state(struct audit *a)
{
	int held = repo_hold_writers(a->repo);
	int err = a->backend->state(a->git, note_state, a);

	repo_let_write(held);
	return err;
}

int repo_audit(struct repo *repo, const struct audit_options *options, struct audit_report *out)
{
	struct audit a = {.repo = repo, .options = options, .report = out};
	int err = repo_git(repo, &a.backend, &a.git);

	*out = (struct audit_report){.cut_off = history_is_cut_off(repo)};
	if (err)
		return err;
	audit_init(&a);
	err = audit_history(&a);
	if (!err)
		err = check_head(&a);
	if (!err)
		err = check_state(&a);
	if (!err)
		check_leftovers(&a);
	if (!err)
		err = audit_git_fsck(&a);
	if (!err && options->signatures)
		err = audit_signatures(&a);
	audit_release(&a);
	return err;
}
