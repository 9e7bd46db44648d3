/* What git's index would commit, judged as hand edits are. */
#include "storage/write.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/layout.h"

#include <stdlib.h>
#include <string.h>

struct staged_file {
	char *path;
	char *id; /* of an opportunity, or NULL */
	char status;
	struct str bytes;
};

struct staged {
	struct staged_file *items;
	size_t n, cap;
};

static int add_file(void *context, const char *path, char status, const struct str *bytes)
{
	struct staged *s = context;
	struct staged_file file = {.path = xstrdup(path),
		.id = layout_id(path),
		.status = status,
		.bytes = STR_INIT};

	if (bytes)
		str_addn(&file.bytes, bytes->buf, bytes->len);
	GROW(s->items, s->n, s->cap);
	s->items[s->n++] = file;
	return 0;
}

static void staged_release(struct staged *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free(s->items[i].path);
		free(s->items[i].id);
		str_release(&s->items[i].bytes);
	}
	free(s->items);
}

/* The file of that id with that status, or NULL. */
static const struct staged_file *find_other(const struct staged *s, const char *id, char status)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->items[i].status == status && same_string(s->items[i].id, id))
			return &s->items[i];
	return NULL;
}

static int judge_opportunity(
	struct repo *repo, const struct staged *s, const struct staged_file *file)
{
	struct opportunity *before = NULL, *after = NULL;
	const struct staged_file *moved = NULL;
	struct str head = STR_INIT;
	int err;

	if (file->status == 'D' && find_other(s, file->id, 'A'))
		return 0;
	if (file->status == 'D')
		return error_set(ERR_REFUSED,
			"%s: removed by hand: files only grow, 'fu undo' takes acts back",
			file->path);
	if (file->status == 'A')
		moved = find_other(s, file->id, 'D');
	err = edit_read_head(repo, file->id, moved ? moved->path : file->path, &head, &before);
	if (!err)
		err = edit_judge(
			repo, &after, before, file->id, file->path, &file->bytes, NULL);
	opportunity_free(before);
	opportunity_free(after);
	str_release(&head);
	return err;
}

static int judge_other(const struct staged_file *file)
{
	char *name = layout_process(file->path);
	struct process *process = NULL;
	struct settings settings;
	int err = 0;

	if (file->status != 'D' && name) {
		err = process_read(
			&process, name, file->path, file->bytes.buf, file->bytes.len);
		process_free(process);
	} else if (file->status != 'D' && !strcmp(file->path, SETTINGS_FILE)) {
		err = settings_read(&settings, file->path, file->bytes.buf, file->bytes.len);
		if (!err)
			settings_release(&settings);
	}
	free(name);
	return err;
}

int repo_judge_staged(struct repo *repo)
{
	static const char *const prefixes[] = {SETTINGS_FILE, PROCESSES, OPPORTUNITIES, NULL};
	const struct git_backend *backend;
	struct staged s = {0};
	struct list faults = {0};
	struct git *git;
	int err = repo_git(repo, &backend, &git);

	if (!err)
		err = backend->staged(git, prefixes, add_file, &s);
	for (size_t i = 0; !err && i < s.n; i++) {
		const struct staged_file *file = &s.items[i];

		if (!(file->id ? judge_opportunity(repo, &s, file) : judge_other(file)))
			continue;
		for (size_t j = 0; j < error_count(); j++)
			list_add(&faults, error_message(j));
		error_clear();
	}
	for (size_t i = 0; i < faults.n; i++)
		err = error_add(ERR_REFUSED, "%s", faults.items[i]);
	list_release(&faults);
	staged_release(&s);
	return err;
}

int repo_hook_path(struct repo *repo, const char *hook, char **path)
{
	const struct git_backend *backend;
	char *dir = NULL;
	struct git *git;
	int err = git_config_value(repo, "core.hookspath", &dir);

	if (!err)
		err = repo_git(repo, &backend, &git);
	if (!err && dir && *dir == '/')
		*path = xstrfmt("%s/%s", dir, hook);
	else if (!err && dir && *dir)
		*path = xstrfmt("%s/%s/%s", repo_root(repo), dir, hook);
	else if (!err)
		*path = xstrfmt("%s/hooks/%s", backend->common_dir(git), hook);
	free(dir);
	return err;
}
