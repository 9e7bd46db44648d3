#include "storage/repo.h"

#include "core/error.h"
#include "core/handedit.h"
#include "core/mem.h"
#include "core/suggest.h"
#include "storage/faults.h"
#include "storage/file.h"
#include "storage/layout.h"
#include "storage/opportunity_file.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CANDIDATES_MAX 10 /* of an ambiguous prefix that are listed */

/* ---- opening ---- */

/* The last line that has one of the keys, or 0. */
static unsigned line_of(
	const struct ini *doc, const char *section, const char *key, const char *other)
{
	unsigned line = 0;

	for (size_t i = 0; i < doc->n; i++) {
		const struct ini_pair *p = &doc->pairs[i];

		if (p->key && !strcmp(p->section, section) &&
			(!strcmp(p->key, key) || (other && !strcmp(p->key, other))))
			line = p->line;
	}
	return line;
}

int settings_read(struct settings *out, const char *path, const char *bytes, size_t len)
{
	struct faults faults = {.name = path};
	struct ini doc;
	int rc;

	settings_init(out);
	rc = ini_read(&doc, path, bytes, len, INI_SETTINGS);
	if (!rc) {
		for (size_t i = 0; i < doc.n; i++) {
			const struct ini_pair *p = &doc.pairs[i];

			if (settings_load_pair(out, p->section, p->key, p->value))
				faults_take(&faults, p->line);
		}
		if (!faults.n && settings_finish(out))
			faults_take(&faults, line_of(&doc, "hours", "from", "to"));
		out->timezone_line = line_of(&doc, "fu", "timezone", NULL);
		ini_release(&doc);
		rc = faults_raise(&faults, ERR_FAILED);
	}
	if (rc)
		settings_release(out);
	return rc;
}

/* Without them no command runs, fu status among them. */
static void hint_at_settings(void)
{
	error_hint("'git diff " SETTINGS_FILE "' shows what was changed, "
		   "'git checkout -- " SETTINGS_FILE "' takes it back");
}

static int load_settings(struct repo *repo)
{
	struct str bytes = STR_INIT;
	int rc = file_read(&bytes, repo->fd, SETTINGS_FILE, INI_MAX_BYTES);

	if (!rc) {
		rc = settings_read(&repo->settings, SETTINGS_FILE, bytes.buf, bytes.len);
		if (rc)
			hint_at_settings();
	}
	str_release(&bytes);
	return rc;
}

static int set_clock(struct repo *repo)
{
	struct clock *clock = &repo->clock;
	struct moment now;
	int rc = system_now(&now);

	if (rc)
		return rc;
	clock->find_zone = zones_find;
	clock->find_context = &repo->zones;
	clock->zone = zones_find(&repo->zones, repo->settings.timezone);
	if (!clock->zone) {
		error_set(ERR_FAILED,
			SETTINGS_FILE
			":%u: 'fu.timezone' is '%s', which this system does not know",
			repo->settings.timezone_line, repo->settings.timezone);
		hint_at_settings();
		return ERR_FAILED;
	}
	clock->now = moment_at(now.utc, clock);
	return 0;
}

enum opened { TO_LOOK, TO_READ, TO_WRITE };

/* A reader reads what is there. A writer must not: what is half done may go again, by us or
 * by another who is at that already. */
static int recover_for(struct repo *repo, enum opened how)
{
	int rc = how == TO_LOOK ? 0 : repo_recover(repo, how == TO_WRITE);

	if (how == TO_WRITE)
		return rc;
	error_clear();
	return 0;
}

static int open_for(enum opened how, struct repo **out, const char *where)
{
	struct repo *repo = xcalloc(1, sizeof(*repo));
	int rc;

	repo->fd = -1;
	repo->looks_only = how == TO_LOOK;
	repo->config_text = (struct str)STR_INIT;
	rc = repo_discover(repo, where);
	if (!rc)
		rc = recover_for(repo, how);
	if (!rc)
		rc = load_settings(repo);
	if (!rc)
		rc = set_clock(repo);
	*out = repo;
	if (rc) {
		repo_close(repo);
		*out = NULL;
	}
	return rc;
}

int repo_open(struct repo **out, const char *where)
{
	return open_for(TO_READ, out, where);
}

int repo_open_to_write(struct repo **out, const char *where)
{
	return open_for(TO_WRITE, out, where);
}

int repo_open_to_look(struct repo **out, const char *where)
{
	return open_for(TO_LOOK, out, where);
}

void repo_close(struct repo *repo)
{
	if (!repo)
		return;
	if (repo->git)
		backend_load()->close(repo->git);
	for (size_t i = 0; i < repo->processes_n; i++)
		process_free(repo->processes[i]);
	free(repo->processes);
	index_release(&repo->index);
	repo_forget_former(repo);
	repo_forget_listed(repo);
	zones_release(&repo->zones);
	settings_release(&repo->settings);
	str_release(&repo->config_text);
	if (repo->fd >= 0)
		close(repo->fd);
	free(repo->private_dir);
	free(repo->common_dir);
	free(repo->git_dir);
	free(repo->root);
	free(repo);
}

const char *repo_root(const struct repo *repo)
{
	return repo->root;
}

const char *repo_private(const struct repo *repo)
{
	share_as(repo->git_dir);
	mkdir(repo->private_dir, 0777); /* who writes there sees what is wrong with it */
	return repo->private_dir;
}

const struct settings *repo_settings(const struct repo *repo)
{
	return &repo->settings;
}

const struct clock *repo_clock(const struct repo *repo)
{
	return &repo->clock;
}

int repo_git(struct repo *repo, const struct git_backend **backend, struct git **git)
{
	*backend = backend_load();
	if (!*backend)
		return ERR_FAILED;
	if (!repo->git) {
		int rc = (*backend)->open(&repo->git, repo->root);

		if (rc)
			return rc;
		share_writing(*backend, repo->git);
	}
	*git = repo->git;
	return 0;
}

int repo_read_file(struct repo *repo, const char *path, struct str *out)
{
	return file_read(out, repo->fd, path, INI_MAX_BYTES);
}

/* ---- processes ---- */

int process_read(
	struct process **out, const char *name, const char *path, const char *bytes, size_t len)
{
	struct faults faults = {.name = path};
	struct ini doc;
	int rc = ini_read(&doc, path, bytes, len, INI_SETTINGS);

	*out = NULL;
	if (rc)
		return rc;
	*out = process_new(name);
	for (size_t i = 0; i < doc.n; i++) {
		const struct ini_pair *p = &doc.pairs[i];

		if (process_load_pair(*out, p->section, p->key, p->value))
			faults_take(&faults, p->line);
	}
	ini_release(&doc);
	if (!faults.n && process_finish(*out))
		faults_take(&faults, 0);
	rc = faults_raise(&faults, ERR_FAILED);
	if (rc) {
		process_free(*out);
		*out = NULL;
	}
	return rc;
}

static int no_process(struct repo *repo, const char *name)
{
	struct list names = {0};
	struct nearest n;
	int rc = repo_process_names(repo, &names);

	if (rc)
		return rc;
	nearest_start(&n, name);
	for (size_t i = 0; i < names.n; i++)
		nearest_offer(&n, names.items[i]);
	if (n.word)
		rc = error_set(
			ERR_MISSING, "no process '%s' (did you mean '%s'?)", name, n.word);
	else
		rc = error_set(ERR_MISSING, "no process '%s'", name);
	list_release(&names);
	return rc;
}

static int load_process(struct repo *repo, const char *name, struct process **out)
{
	char *path = xstrfmt(PROCESSES "/%s.ini", name);
	struct str bytes = STR_INIT;
	int rc = repo_read_file(repo, path, &bytes);

	if (!rc)
		rc = process_read(out, name, path, bytes.buf, bytes.len);
	str_release(&bytes);
	free(path);
	return rc == ERR_MISSING ? no_process(repo, name) : rc;
}

int repo_process(struct repo *repo, const char *name, const struct process **out)
{
	struct process *p;
	int rc;

	for (size_t i = 0; i < repo->processes_n; i++)
		if (!strcmp(repo->processes[i]->name, name)) {
			*out = repo->processes[i];
			return 0;
		}
	if (!process_word_valid(name))
		return error_set(ERR_MISSING, "not the name of a process: '%s'", name);
	rc = load_process(repo, name, &p);
	if (rc)
		return rc;
	GROW(repo->processes, repo->processes_n, repo->processes_cap);
	repo->processes[repo->processes_n++] = p;
	*out = p;
	return 0;
}

int repo_process_names(struct repo *repo, struct list *out)
{
	const struct dirent *entry;
	DIR *dir;
	int fd, rc = file_open_directory(&fd, repo->fd, PROCESSES);

	if (rc == ERR_MISSING) {
		error_clear();
		return 0;
	}
	if (rc)
		return rc;
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return error_set(ERR_FAILED, "cannot read '" PROCESSES "'");
	}
	while ((entry = readdir(dir))) {
		char *path = xstrfmt(PROCESSES "/%s", entry->d_name);
		char *name = layout_process(path);

		if (name)
			list_take(out, name);
		free(path);
	}
	closedir(dir);
	list_sort(out);
	return 0;
}

/* ---- which opportunities ---- */

void repo_forget_index(struct repo *repo)
{
	index_release(&repo->index);
	repo_forget_former(repo);
	repo->indexed = false;
}

int repo_index(struct repo *repo, const struct index **out)
{
	*out = &repo->index;
	if (!repo->indexed) {
		int rc = index_scan(&repo->index, repo->fd);

		if (rc)
			return rc;
		repo->indexed = true;
	}
	return 0;
}

int repo_ids(struct repo *repo, struct list *out)
{
	const struct index *index;
	int rc = repo_index(repo, &index);

	for (size_t i = 0; !rc && i < index->n && index->items[i].id; i++)
		if (!i || strcmp(index->items[i].id, index->items[i - 1].id))
			list_add(out, index->items[i].id);
	return rc;
}

static int no_opportunity(const struct index *index, const char *typed)
{
	struct nearest n;

	nearest_start(&n, typed);
	for (size_t i = 0; i < index->n && index->items[i].id; i++)
		nearest_offer(&n, index->items[i].id);
	if (n.word)
		return error_set(
			ERR_MISSING, "no opportunity '%s' (did you mean '%s'?)", typed, n.word);
	error_set(ERR_MISSING, "no opportunity '%s'", typed);
	error_hint("'fu who <name>' finds it by its client or contact, 'fu list' lists all");
	return ERR_MISSING;
}

int repo_find(struct repo *repo, const char *id, char **path)
{
	const struct index_entry *entry;
	const struct index *index;
	int rc;

	*path = NULL;
	if (opportunity_id_valid(id)) {
		*path = layout_path(id);
		if (file_exists(repo->fd, *path))
			return 0;
		free(*path);
		*path = NULL;
	}
	rc = repo_index(repo, &index);
	if (rc)
		return rc;
	entry = index_find(index, id);
	if (!entry)
		return no_opportunity(index, id);
	if (entry->fault)
		return error_set(ERR_FAILED, "%s", entry->fault);
	*path = xstrdup(entry->path);
	return 0;
}

static int ambiguous(const struct index *index, size_t first, const char *typed)
{
	size_t n = 0;

	while (first + n < index->n && index->items[first + n].id &&
		starts_with(index->items[first + n].id, typed))
		n++;
	error_set(ERR_MISSING, "'%s' begins the ids of %zu opportunities", typed, n);
	for (size_t i = 0; i < n && i < CANDIDATES_MAX; i++)
		error_hint("%s", index->items[first + i].id);
	if (n > CANDIDATES_MAX)
		error_hint("and %zu more", n - CANDIDATES_MAX);
	return ERR_MISSING;
}

int repo_resolve(struct repo *repo, const char *typed, char **id)
{
	const struct index *index;
	const struct index_entry *first;
	char *path;
	size_t at, next;
	int rc;

	if (opportunity_id_valid(typed)) {
		path = layout_path(typed);
		rc = file_exists(repo->fd, path);
		free(path);
		if (rc) {
			*id = xstrdup(typed);
			return 0;
		}
	}
	rc = repo_index(repo, &index);
	if (rc)
		return rc;
	/* Who has noted an old id means that one, not another which begins so. */
	*id = NULL;
	if (opportunity_id_valid(typed) && !index_find(index, typed))
		rc = repo_former(repo, typed, id);
	if (rc || *id)
		return rc;
	at = index_lower_bound(index, typed);
	first = at < index->n ? &index->items[at] : NULL;
	if (!*typed || !first || !first->id || !starts_with(first->id, typed))
		return no_opportunity(index, typed);
	for (next = at + 1; next < index->n && same_string(index->items[next].id, first->id);)
		next++;
	if (strcmp(first->id, typed) && next < index->n && index->items[next].id &&
		starts_with(index->items[next].id, typed))
		return ambiguous(index, at, typed);
	*id = xstrdup(first->id);
	return 0;
}

/* ---- reading them ---- */

int repo_load_path(
	struct repo *repo, const char *id, const char *path, struct opportunity **out)
{
	struct fact_list declared = {0};
	struct str bytes = STR_INIT;
	bool differs = false;
	int rc = repo_read_file(repo, path, &bytes);

	*out = NULL;
	if (!rc)
		rc = opportunity_parse(
			out, &declared, &differs, id, path, bytes.buf, bytes.len);
	if (!rc && differs)
		handedit_show(*out, &declared);
	facts_release(&declared);
	str_release(&bytes);
	return rc;
}

int repo_load(struct repo *repo, const char *id, struct opportunity **out)
{
	char *path;
	int rc = repo_find(repo, id, &path);

	*out = NULL;
	if (!rc)
		rc = repo_load_path(repo, id, path, out);
	free(path);
	return rc;
}

/* What the error record holds, a line each. */
static void take_fault(struct str *fault)
{
	str_truncate(fault, 0);
	for (size_t i = 0; i < error_count(); i++)
		str_addf(fault, "%s%s", i ? "\n" : "", error_message(i));
	error_clear();
}

typedef bool (*opportunity_filter)(const struct opportunity *o);

static int visit_entry(struct repo *repo, const struct index_entry *entry,
	opportunity_filter wanted, opportunity_visitor visit, void *context, struct str *fault)
{
	struct opportunity *o = NULL;
	bool keep = false;
	int rc;

	if (entry->fault)
		return visit(context, NULL, entry->fault, &keep);
	rc = repo_load_path(repo, entry->id, entry->path, &o);
	if (rc == ERR_MISSING) { /* gone since the directory was read */
		error_clear();
		return 0;
	}
	if (rc) {
		take_fault(fault);
		return visit(context, NULL, fault->buf, &keep);
	}
	rc = wanted && !wanted(o) ? 0 : visit(context, o, NULL, &keep);
	if (!keep)
		opportunity_free(o);
	return rc;
}

static int each(
	struct repo *repo, opportunity_filter wanted, opportunity_visitor visit, void *context)
{
	const struct index *index;
	struct str fault = STR_INIT;
	int rc = repo_index(repo, &index);

	for (size_t i = 0; !rc && i < index->n; i++)
		rc = visit_entry(repo, &index->items[i], wanted, visit, context, &fault);
	str_release(&fault);
	return rc;
}

int repo_each(struct repo *repo, opportunity_visitor visit, void *context)
{
	return each(repo, NULL, visit, context);
}

int repo_each_open(struct repo *repo, opportunity_visitor visit, void *context)
{
	return each(repo, opportunity_is_live, visit, context);
}
