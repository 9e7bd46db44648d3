/*
 * Git's config and identity. Asking git costs milliseconds, most keys are unset,
 * and a prompt pays for every one: so the bytes of the config files are looked
 * through first, and git is asked only where the key could be in them.
 */
#include "storage/repo.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/file.h"

#include <stdlib.h>
#include <string.h>

#define CONFIG_MAX (4u << 20)
#define ANYTHING "\n[include]\n" /* stands for bytes that could not be read */

static void add_file(struct str *text, const char *path)
{
	struct str bytes = STR_INIT;
	int rc = file_read_anywhere(&bytes, path, CONFIG_MAX);

	if (rc == ERR_FAILED || (!rc && memchr(bytes.buf, '\0', bytes.len)))
		str_add(text, ANYTHING);
	else if (!rc)
		str_addf(text, "%s\n", bytes.buf);
	error_clear();
	str_release(&bytes);
}

static void add_below(struct str *text, const char *dir, const char *name)
{
	char *path;

	if (!dir || !*dir)
		return;
	path = xstrfmt("%s/%s", dir, name);
	add_file(text, path);
	free(path);
}

static void add_users(struct str *text)
{
	const char *global = getenv("GIT_CONFIG_GLOBAL"), *xdg = getenv("XDG_CONFIG_HOME");

	if (global) {
		if (*global)
			add_file(text, global);
		return;
	}
	if (xdg && *xdg)
		add_below(text, xdg, "git/config");
	else
		add_below(text, getenv("HOME"), ".config/git/config");
	add_below(text, getenv("HOME"), ".gitconfig");
}

static void add_systems(struct str *text)
{
	const char *system = getenv("GIT_CONFIG_SYSTEM");

	if (!getenv("GIT_CONFIG_NOSYSTEM"))
		add_file(text, system && *system ? system : "/etc/gitconfig");
}

static void add_environments(struct str *text)
{
	const char *count = getenv("GIT_CONFIG_COUNT"),
		   *parameters = getenv("GIT_CONFIG_PARAMETERS");

	if ((count && *count) || (parameters && *parameters))
		str_add(text, ANYTHING);
}

static void read_everything(struct str *text, const struct repo *repo)
{
	add_environments(text);
	add_systems(text);
	add_users(text);
	if (!repo)
		return;
	add_below(text, repo->common_dir, "config");
	add_below(text, repo->git_dir, "config.worktree");
}

/* True if the bytes hold a section of that name and, anywhere, the variable's name. */
static bool mentions(const char *text, const char *key)
{
	const char *dot = strrchr(key, '.');
	char *section = xstrfmt("[%.*s", (int)strcspn(key, "."), key);
	bool may = strcasestr(text, "[include") ||
		   (strcasestr(text, section) && (!dot || strcasestr(text, dot + 1)));

	free(section);
	return may;
}

static bool may_be_set(struct repo *repo, const char *key)
{
	struct str fresh = STR_INIT;
	bool may;

	if (!repo) {
		read_everything(&fresh, NULL);
		may = mentions(fresh.buf, key);
		str_release(&fresh);
		return may;
	}
	if (!repo->config_read)
		read_everything(&repo->config_text, repo);
	repo->config_read = true;
	return mentions(repo->config_text.buf, key);
}

/* Git itself, with no repository where repo is NULL. */
static int ask(struct repo *repo, const struct git_backend **backend, struct git **git)
{
	*git = NULL;
	if (repo)
		return repo_git(repo, backend, git);
	*backend = backend_load();
	return *backend ? 0 : ERR_FAILED;
}

int git_config_value(struct repo *repo, const char *key, char **out)
{
	const struct git_backend *backend;
	struct git *git;
	int rc;

	*out = NULL;
	if (!may_be_set(repo, key))
		return 0;
	rc = ask(repo, &backend, &git);
	return rc ? rc : backend->config_get(git, key, out);
}

int git_config_store(struct repo *repo, const char *key, const char *value)
{
	const struct git_backend *backend;
	struct git *git;
	int rc = ask(repo, &backend, &git);

	if (rc)
		return rc;
	if (repo) {
		repo->config_read = false;
		str_truncate(&repo->config_text, 0);
	}
	return backend->config_set(git, key, value);
}

int git_config_each(struct repo *repo, const char *prefix,
	int (*visit)(void *context, const char *key, const char *value), void *context)
{
	const struct git_backend *backend;
	struct git *git;
	int rc;

	if (!may_be_set(repo, prefix))
		return 0;
	rc = ask(repo, &backend, &git);
	return rc ? rc : backend->config_each(git, prefix, visit, context);
}

int git_identity(struct repo *repo, char **out, bool *guessed)
{
	const struct git_backend *backend;
	struct git *git;
	int rc = ask(repo, &backend, &git);

	*out = NULL;
	return rc ? rc : backend->identity(git, out, guessed);
}
