#include "storage/write.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/file.h"
#include "storage/ini_lines.h"
#include "storage/layout.h"
#include "storage/opportunity_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

/* ---- beginning and ending ---- */

/* False only where git's config says fu.fsync = false. */
static int durability(struct repo *repo, bool *durable)
{
	static const char *const off[] = {"false", "no", "off", "0"};
	char *value;
	int rc = git_config_value(repo, "fu.fsync", &value);

	*durable = true;
	for (size_t i = 0; value && i < ARRAY_SIZE(off); i++)
		if (!strcasecmp(value, off[i]))
			*durable = false;
	free(value);
	return rc;
}

/*
 * The command read files of which some may have been taken back now: what a killed one had
 * left is put right when the repository is opened, and that failed, or it was killed since.
 */
static int judge_what_was_read(struct write *w)
{
	if (!w->backend->recovered(w->transaction))
		return 0;
	error_set(ERR_FAILED, "'%s' had to be put right first, after a command that was killed",
		w->repo->root);
	error_hint("that is done, and nothing was recorded: type the same again");
	return ERR_FAILED;
}

int write_begin(struct write **out, struct repo *repo)
{
	struct write *w = xcalloc(1, sizeof(*w));
	bool durable;
	int rc;

	*out = NULL;
	w->repo = repo;
	rc = repo_git(repo, &w->backend, &w->git);
	if (!rc)
		rc = durability(repo, &durable);
	if (!rc)
		rc = w->backend->begin(&w->transaction, w->git, durable);
	if (rc)
		w->transaction = NULL;
	else
		rc = judge_what_was_read(w);
	if (rc) {
		write_end(w);
		return rc;
	}
	repo->writes = true;
	repo_forget_index(repo); /* others may have written before we got the lock */
	*out = w;
	return 0;
}

void write_end(struct write *w)
{
	if (!w)
		return;
	if (w->transaction) {
		w->backend->end(w->transaction);
		w->repo->writes = false;
	}
	if (w->wrote)
		pack_if_due(w->repo);
	list_release(&w->notices);
	for (size_t i = 0; i < w->loose_n; i++) {
		free(w->loose[i].path);
		str_release(&w->loose[i].bytes);
	}
	free(w->loose);
	free(w);
}

const struct list *write_notices(const struct write *w)
{
	return &w->notices;
}

/* ---- staging and committing ---- */

/* What the reader refuses must not be written: nobody could open it again. */
static int judge_size(const char *path, const char *bytes, size_t len)
{
	size_t lines = 0;

	if (len > INI_MAX_BYTES)
		return error_set(
			ERR_FAILED, "'%s' would be larger than %u bytes", path, INI_MAX_BYTES);
	for (size_t i = 0; i < len; i++)
		lines += bytes[i] == '\n';
	if (lines > INI_LINES_MAX)
		return error_set(
			ERR_FAILED, "'%s' would have more than %d lines", path, INI_LINES_MAX);
	return 0;
}

int write_stage(struct write *w, const char *path, const char *bytes, size_t len,
	const struct hand_edited *edit)
{
	int rc = judge_size(path, bytes, len);

	if (!rc)
		rc = w->backend->put(w->transaction, path, bytes, len, edit);
	w->staged += !rc;
	return rc;
}

/* The place of an opportunity's first file. */
static int choose_path(struct write *w, struct opportunity *o)
{
	const struct index *index;
	char *path = layout_path(o->id);
	int rc = repo_index(w->repo, &index);

	if (!rc && (index_find(index, o->id) || file_exists(w->repo->fd, path)))
		rc = error_set(ERR_FAILED, "there is an opportunity '%s' already", o->id);
	if (rc)
		free(path);
	else
		o->path = path;
	return rc;
}

/* Takes the bytes over. */
static void add_loose(struct write *w, const char *path, struct str *bytes)
{
	GROW(w->loose, w->loose_n, w->loose_cap);
	w->loose[w->loose_n++] = (struct loose_file){xstrdup(path), *bytes};
	*bytes = (struct str)STR_INIT;
}

/* Stages over a file that may be one whose form was edited. */
static int stage_over(struct write *w, const char *path, const char *bytes, size_t len)
{
	for (size_t i = 0; i < w->loose_n; i++)
		if (!strcmp(w->loose[i].path, path))
			return write_stage(w, path, bytes, len,
				&(struct hand_edited){
					true, w->loose[i].bytes.buf, w->loose[i].bytes.len});
	return write_stage(w, path, bytes, len, NULL);
}

int write_put(struct write *w, struct opportunity *o)
{
	struct str bytes = STR_INIT;
	int rc = o->path ? 0 : choose_path(w, o);

	if (rc)
		return rc;
	opportunity_write(&bytes, o);
	rc = stage_over(w, o->path, bytes.buf, bytes.len);
	str_release(&bytes);
	return rc;
}

int write_remove(struct write *w, const char *path)
{
	return stage_over(w, path, NULL, 0);
}

int write_put_file(struct write *w, const char *path, const char *bytes, size_t len)
{
	return write_stage(w, path, bytes, len, NULL);
}

char *commit_message(const struct commit_text *text)
{
	struct str message = STR_INIT;

	str_addf(&message, "%s\n", text->subject);
	if (text->body && *text->body)
		str_addf(&message, "\n%s%s", text->body,
			ends_with(text->body, "\n") ? "" : "\n");
	if (text->trailers && text->trailers->n)
		str_add(&message, "\n");
	for (size_t i = 0; text->trailers && i < text->trailers->n; i++)
		str_addf(&message, "%s\n", text->trailers->items[i]);
	return str_detach(&message);
}

int write_commit(struct write *w, const struct commit_text *text, char commit[41])
{
	char *who = NULL, *message;
	bool guessed;
	int rc;

	commit[0] = '\0';
	if (!w->staged)
		return 0;
	rc = git_identity(w->repo, &who, &guessed);
	if (rc)
		return rc;
	message = commit_message(text);
	rc = w->backend->commit(w->transaction, message,
		&(struct git_author){.who = who, .when = w->repo->clock.now}, commit);
	free(message);
	free(who);
	if (!rc)
		w->staged = 0;
	w->wrote = w->wrote || *commit;
	repo_forget_index(w->repo);
	return rc;
}

/* ---- opening, hand edits included ---- */

static int record_edit(
	struct write *w, const struct taken *t, const char *path, const char *was)
{
	struct list trailers = {0};
	struct str body = STR_INIT;
	char *subject = xstrfmt("%s: record: what was edited by hand", t->after->id);
	char commit[41];
	int rc = 0;

	for (size_t i = 0; i < t->acts.n; i++)
		str_addf(&body, "%s\n", t->acts.items[i]);
	list_add(&trailers, "Fu-Act: record");
	list_take(&trailers, xstrfmt("Fu-Opportunity: %s", t->after->id));
	if (was && strcmp(was, path))
		rc = write_stage(w, was, NULL, 0, &(struct hand_edited){.there = false});
	if (!rc)
		rc = write_stage(w, path, t->bytes.buf, t->bytes.len,
			&(struct hand_edited){true, t->read.buf, t->read.len});
	if (!rc)
		rc = write_commit(
			w, &(struct commit_text){subject, body.buf, &trailers}, commit);
	if (!rc && *commit)
		list_take(&w->notices,
			xstrfmt("recorded what was edited by hand in '%s' first (%.7s)",
				t->after->id, commit));
	list_release(&trailers);
	str_release(&body);
	free(subject);
	return rc;
}

/* What was edited is recorded; what differs in form only is left to the next put. */
static int open_edited(struct write *w, const char *id, const char *path, const char *was,
	struct opportunity **out)
{
	struct taken t = TAKEN_INIT;
	bool in_place = was && !strcmp(was, path);
	int rc = edit_take(&t, w->repo, id, path, was, NULL);

	if (rc) {
		error_hint("'fu edit %s' opens the file, 'fu record -m <why>' records it", id);
		return ERR_FAILED;
	}
	if (in_place && !t.acts.n)
		add_loose(w, path, &t.read);
	else
		rc = record_edit(w, &t, path, was);
	if (!rc) {
		*out = t.after;
		t.after = NULL;
	}
	taken_release(&t);
	return rc;
}

/* *same: HEAD has the file's very bytes at the path; then *out is read from them. */
static int read_recorded(
	struct write *w, const char *id, const char *path, bool *same, struct opportunity **out)
{
	struct str bytes = STR_INIT, head = STR_INIT;
	struct fact_list declared = {0};
	bool found = false, differs = false;
	int rc = repo_read_file(w->repo, path, &bytes);

	if (!rc)
		rc = w->backend->head_file(w->git, path, &head, &found);
	*same = !rc && found && bytes.len == head.len && !memcmp(bytes.buf, head.buf, head.len);
	if (*same)
		rc = opportunity_parse(
			out, &declared, &differs, id, path, bytes.buf, bytes.len);
	if (*same && !rc && differs) { /* an edit that plain git has committed */
		opportunity_free(*out);
		*out = NULL;
		*same = false;
	}
	facts_release(&declared);
	str_release(&bytes);
	str_release(&head);
	return rc;
}

int write_open(struct write *w, const char *id, struct opportunity **out)
{
	char *path, *was = NULL;
	bool same;
	int rc = repo_find(w->repo, id, &path);

	*out = NULL;
	if (rc)
		return rc;
	rc = read_recorded(w, id, path, &same, out);
	if (!rc && same)
		rc = edit_judge_remark(*out, path);
	if (rc) {
		opportunity_free(*out);
		*out = NULL;
	} else if (!same) {
		rc = edit_find_head(w->repo, id, path, &was);
		if (!rc)
			rc = open_edited(w, id, path, was, out);
	}
	free(was);
	free(path);
	return rc;
}

/* ---- ids ---- */

/* Should the system have no random bytes: the time and the process, which differ too. */
static uint64_t unlikely_bits(void)
{
	struct timespec now = {0};
	pid_t pid = getpid();

	clock_gettime(CLOCK_REALTIME, &now);
	return hash_bytes(hash_bytes(0, &now, sizeof(now)), &pid, sizeof(pid));
}

bool head_has(struct repo *repo, const char *path, const struct str *text)
{
	const struct git_backend *backend;
	struct str bytes = STR_INIT;
	struct git *git;
	bool found = false;

	if (repo_git(repo, &backend, &git) || backend->head_file(git, path, &bytes, &found)) {
		error_clear();
		found = false;
	}
	found = found && same_string(bytes.buf, text->buf);
	str_release(&bytes);
	return found;
}

char *fresh_act_id(void)
{
	uint64_t bits;
	ssize_t n;

	do
		n = getrandom(&bits, sizeof(bits), 0);
	while (n < 0 && errno == EINTR);
	return act_id_from(n == (ssize_t)sizeof(bits) ? bits : unlikely_bits());
}
