#include "storage/git/git.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * libgit2 knows the files but not git's environment variables for them:
 * $GIT_CONFIG_NOSYSTEM, $GIT_CONFIG_SYSTEM, $GIT_CONFIG_GLOBAL, and the pairs of
 * $GIT_CONFIG_COUNT, which stand above all files (git-config(1), ENVIRONMENT).
 */

static bool true_in_environment(const char *name)
{
	const char *value = getenv(name);
	int flag = 0;

	return value && (!*value || (!git_config_parse_bool(&flag, value) && flag));
}

/* As git does: what may not be looked at is not there. Any other failure is told, for
 * without the file the act would be somebody else's. *found may be NULL. */
static int add_file(git_config *config, const char *path, git_config_level_t level,
	git_repository *repo, bool *found)
{
	if (found)
		*found = false;
	if (!path || !*path)
		return 0;
	if (RETRY(access(path, F_OK))) {
		if (errno == ENOENT || errno == ENOTDIR || errno == EACCES)
			return 0;
		return os_failed("cannot read git's config '%s'", path);
	}
	if (found)
		*found = true;
	if (git_config_add_file_ondisk(config, path, level, repo, 0))
		return git_failed("cannot read git's config '%s'", path);
	return 0;
}

/* The first file of that name where libgit2 looks for this level, which by itself
 * takes one that it cannot look at for one that is not there. */
static int add_found(
	git_config *config, const char *name, git_config_level_t level, git_repository *repo)
{
	git_buf places = {0};
	char *rest, *place;
	bool found = false;
	int err = 0;

	if (git_libgit2_opts(GIT_OPT_GET_SEARCH_PATH, level, &places))
		return git_failed("cannot look for git's config");
	rest = places.ptr;
	while (!err && !found && (place = strsep(&rest, ":"))) {
		char *path = *place ? xstrfmt("%s/%s", place, name) : NULL;

		err = add_file(config, path, level, repo, &found);
		free(path);
	}
	git_buf_dispose(&places);
	return err;
}

static int add_personal(git_config *config, git_repository *repo)
{
	const char *global = getenv("GIT_CONFIG_GLOBAL");
	int err;

	if (global)
		return add_file(config, global, GIT_CONFIG_LEVEL_GLOBAL, repo, NULL);
	err = add_found(config, "config", GIT_CONFIG_LEVEL_XDG, repo);
	return err ? err : add_found(config, ".gitconfig", GIT_CONFIG_LEVEL_GLOBAL, repo);
}

static int add_system(git_config *config, git_repository *repo)
{
	const char *system = getenv("GIT_CONFIG_SYSTEM");

	if (true_in_environment("GIT_CONFIG_NOSYSTEM"))
		return 0;
	if (system)
		return add_file(config, system, GIT_CONFIG_LEVEL_SYSTEM, repo, NULL);
	return add_found(config, "gitconfig", GIT_CONFIG_LEVEL_SYSTEM, repo);
}

int config_build(git_config **out, git_repository *repo)
{
	git_config *config = NULL;
	char *local = NULL;
	int err;

	if (git_config_new(&config))
		return git_failed("cannot read git's config");
	err = add_system(config, repo);
	if (!err)
		err = add_personal(config, repo);
	if (!err && repo) {
		local = xstrfmt("%sconfig", git_repository_commondir(repo));
		err = add_file(config, local, GIT_CONFIG_LEVEL_LOCAL, repo, NULL);
	}
	free(local);
	if (err)
		git_config_free(config);
	else
		*out = config;
	return err;
}

bool config_environment_pair(size_t n, const char **key, const char **value)
{
	const char *count = getenv("GIT_CONFIG_COUNT");
	char name[48];

	if (!count || n >= strtoul(count, NULL, 10))
		return false;
	snprintf(name, sizeof(name), "GIT_CONFIG_KEY_%zu", n);
	*key = getenv(name);
	snprintf(name, sizeof(name), "GIT_CONFIG_VALUE_%zu", n);
	*value = getenv(name);
	return *key && *value;
}

/* Section and name in lower case, what stands between them as it is. */
static char *normal_key(const char *key)
{
	char *normal = xstrdup(key);
	char *first = strchr(normal, '.'), *last = strrchr(normal, '.');

	for (char *c = normal; *c; c++)
		if (!first || c < first || c > last)
			*c = (char)tolower((unsigned char)*c);
	return normal;
}

/* The last of the environment's pairs with this key, or NULL. */
static const char *from_environment(const char *key)
{
	const char *their_key, *value, *found = NULL;
	char *wanted = normal_key(key);

	for (size_t i = 0; config_environment_pair(i, &their_key, &value); i++) {
		char *have = normal_key(their_key);

		if (!strcmp(have, wanted))
			found = value;
		free(have);
	}
	free(wanted);
	return found;
}

/* The repository's config, or outside of one a fresh one that the caller frees. */
static int config_of(struct git *git, git_config **out, bool *own)
{
	int err;

	*own = !git;
	if (git) {
		*out = git->config;
		return 0;
	}
	err = git_start();
	return err ? err : config_build(out, NULL);
}

int git_config_value_get(struct git *git, const char *key, char **value)
{
	const char *pair = from_environment(key);
	git_config_entry *entry = NULL;
	git_config *config;
	bool own;
	int err, got;

	*value = xstrdup_or_null(pair);
	if (pair || (err = config_of(git, &config, &own)))
		return pair ? 0 : err;
	got = git_config_get_entry(&entry, config, key);
	if (!got)
		/* A key without '=' is a yes. */
		*value = xstrdup(entry->value ? entry->value : "true");
	else if (got != GIT_ENOTFOUND && got != GIT_EINVALIDSPEC)
		err = git_failed("cannot read '%s' of git's config", key);
	git_error_clear();
	git_config_entry_free(entry);
	if (own)
		git_config_free(config);
	return err;
}

/* Asked while an error is being told, too: what is recorded stays. */
bool config_flag(struct git *git, const char *key, bool otherwise)
{
	const char *value = from_environment(key);
	git_config_entry *entry = NULL;
	int flag = otherwise;

	if (!value && !git_config_get_entry(&entry, git->config, key))
		value = entry->value ? entry->value : "true";
	if (value && git_config_parse_bool(&flag, value))
		flag = otherwise;
	git_error_clear();
	git_config_entry_free(entry);
	return flag;
}

static int find_promisor(void *found, const char *key, const char *value)
{
	int flag = 0;

	if (ends_with(key, ".promisor") && !git_config_parse_bool(&flag, value) && flag)
		*(bool *)found = true;
	return 0;
}

bool config_is_partial(struct git *git)
{
	bool found = false;

	return !git_config_visit(git, "remote.", find_promisor, &found) && found;
}

/* The file that `git config` would write to: the repository's, or the user's own. */
static int open_for_writing(struct git *git, git_config **out)
{
	const char *global = getenv("GIT_CONFIG_GLOBAL");
	const char *home = getenv("HOME");
	char *path;
	int err = 0;

	if (git)
		path = xstrfmt("%s/config", git->common);
	else if (global)
		path = xstrdup(global);
	else if (home && *home)
		path = xstrfmt("%s/.gitconfig", home);
	else
		return error_set(ERR_FAILED, "$HOME is not set: there is no config of yours");
	if (git_config_open_ondisk(out, path))
		err = git_failed("cannot open git's config '%s'", path);
	free(path);
	return err;
}

int git_config_value_set(struct git *git, const char *key, const char *value)
{
	git_config *config = NULL;
	int err, got;

	if ((err = git_start()) || (err = open_for_writing(git, &config)))
		return err;
	got = value ? git_config_set_string(config, key, value)
		    : git_config_delete_entry(config, key);
	if (got == GIT_EINVALIDSPEC) {
		git_error_clear();
		err = error_set(ERR_USAGE, "'%s' is no key of git's config", key);
	} else if (got && (value || got != GIT_ENOTFOUND)) {
		err = git_failed("cannot write '%s' to git's config", key);
	}
	git_error_clear();
	git_config_free(config);
	return err;
}

int git_config_visit(struct git *git, const char *prefix,
	int (*visit)(void *, const char *, const char *), void *context)
{
	git_config_iterator *all = NULL;
	git_config_entry *entry;
	git_config *config;
	const char *key, *value;
	bool own;
	int err = config_of(git, &config, &own);

	if (err)
		return err;
	if (git_config_iterator_new(&all, config))
		err = git_failed("cannot read git's config");
	while (!err && !git_config_next(&entry, all))
		if (starts_with(entry->name, prefix))
			err = visit(context, entry->name, entry->value ? entry->value : "true");
	for (size_t i = 0; !err && config_environment_pair(i, &key, &value); i++) {
		char *normal = normal_key(key);

		if (starts_with(normal, prefix))
			err = visit(context, normal, value);
		free(normal);
	}
	git_error_clear();
	git_config_iterator_free(all);
	if (own)
		git_config_free(config);
	return err;
}
