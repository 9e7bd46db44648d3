#include "storage/git/git.h"

#include <git2/sys/repository.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static char *without_slash(const char *path)
{
	size_t len = strlen(path);

	while (len > 1 && path[len - 1] == '/')
		len--;
	return xstrndup(path, len);
}

static bool says(git_config *config, const char *key, const char *value)
{
	git_config_entry *entry = NULL;
	bool yes = !git_config_get_entry(&entry, config, key) &&
		   (!value || (entry->value && !strcasecmp(entry->value, value)));

	git_config_entry_free(entry);
	git_error_clear();
	return yes;
}

/* What no libgit2 reads (extensions.worktreeConfig: from 1.6 on). */
static const struct {
	const char *key, *value, *what, *how;
} unreadable[] = {
	{"extensions.objectformat", "sha256", "keeps SHA-256 objects",
		"fu needs a repository made with 'git init --object-format=sha1'"},
	{"extensions.partialclone", NULL, "is a partial clone", "clone it without --filter"},
	{"extensions.refstorage", "reftable", "keeps its branches in a reftable",
		"git refs migrate --ref-format=files"},
};

/* Looked at before libgit2 does, whose message names the extension and no way out. */
static int check_extensions(const char *root)
{
	char *path = xstrfmt("%s/.git/config", root);
	git_config *config = NULL;
	int err = 0;

	if (git_config_open_ondisk(&config, path))
		git_error_clear();
	for (size_t i = 0; config && !err && i < ARRAY_SIZE(unreadable); i++) {
		if (!says(config, unreadable[i].key, unreadable[i].value))
			continue;
		err = error_set(ERR_FAILED, "'%s' %s, which libgit2 does not read", root,
			unreadable[i].what);
		error_hint("%s", unreadable[i].how);
	}
	git_config_free(config);
	free(path);
	return err;
}

static int open_repository(git_repository **out, const char *root)
{
	int err = check_extensions(root);
	int got;

	if (err)
		return err;
	got = git_repository_open_ext(out, root, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL);
	if (got == GIT_ENOTFOUND) {
		git_error_clear();
		return error_set(ERR_MISSING, "'%s' is not a git repository", root);
	}
	if (got) {
		err = git_failed("cannot open the git repository '%s'", root);
		if (strstr(error_message(0), "worktreeconfig"))
			error_hint("git config --unset extensions.worktreeConfig");
		return err;
	}
	if (git_repository_is_bare(*out))
		return error_set(
			ERR_FAILED, "'%s' is a bare repository: it has no work tree", root);
	return 0;
}

int git_open(struct git **out, const char *root)
{
	struct git *git;
	int err;

	if ((err = git_start()) || (err = git_check_owner(root)))
		return err;
	git = xcalloc(1, sizeof(*git));
	if ((err = open_repository(&git->repo, root)))
		goto out;
	git->root = without_slash(git_repository_workdir(git->repo));
	git->dir = without_slash(git_repository_path(git->repo));
	git->common = without_slash(git_repository_commondir(git->repo));
	git->private = xstrfmt("%s/fu", git->dir);
	if ((err = config_build(&git->config, git->repo)))
		goto out;
	if (git_repository_set_config(git->repo, git->config))
		err = git_failed("cannot open the git repository '%s'", root);
	else
		err = objects_attach(git);
out:
	if (err)
		git_close(git);
	else
		*out = git;
	return err;
}

void git_close(struct git *git)
{
	if (!git)
		return;
	git_config_free(git->config);
	git_repository_free(git->repo);
	free(git->root);
	free(git->dir);
	free(git->common);
	free(git->private);
	free(git);
}

/* Where git keeps its own files, as in a bare repository. */
static bool is_inside(const char *dir, const char *git_dir)
{
	char *real = realpath(dir, NULL), *whole = real ? xstrfmt("%s/", real) : NULL;
	bool is = whole && starts_with(whole, git_dir);

	free(whole);
	free(real);
	return is;
}

int git_discover(const char *dir, char **root)
{
	git_buf found = {0};
	git_repository *repo = NULL;
	int err, got;

	*root = NULL;
	if ((err = git_start()))
		return err;
	got = git_repository_discover(&found, dir, 0, getenv("GIT_CEILING_DIRECTORIES"));
	if (got == GIT_ENOTFOUND) {
		git_error_clear();
		return 0;
	}
	if (got || git_repository_open(&repo, found.ptr))
		err = git_failed("cannot look for a git repository from '%s'", dir);
	else if (is_inside(dir, git_repository_path(repo)))
		err = error_set(ERR_REFUSED, "'%s' is inside the git directory '%s'", dir,
			git_repository_path(repo));
	else if (git_repository_workdir(repo))
		*root = without_slash(git_repository_workdir(repo));
	git_repository_free(repo);
	git_buf_dispose(&found);
	return err;
}

const char *git_common_dir(const struct git *git)
{
	return git->common;
}
