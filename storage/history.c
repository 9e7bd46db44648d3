/* The history, as git has it. */
#include "storage/repo.h"

#include "core/mem.h"

#include <stdlib.h>
#include <sys/stat.h>

int history_each(struct repo *repo, const struct history_filter *filter,
	int (*visit)(void *context, const struct commit_info *commit), void *context)
{
	const struct git_backend *backend;
	struct git *git;
	int rc = repo_git(repo, &backend, &git);

	if (!rc)
		rc = backend->history(git, filter, visit, context);
	return rc > 0 ? 0 : rc;
}

bool history_is_cut_off(const struct repo *repo)
{
	char *path = xstrfmt("%s/shallow", repo->common_dir);
	struct stat info;
	bool is = !stat(path, &info) && info.st_size > 0;

	free(path);
	return is;
}

int history_file(struct repo *repo, const char *commit, const char *path, struct str *out)
{
	const struct git_backend *backend;
	struct git *git;
	int rc = repo_git(repo, &backend, &git);

	return rc ? rc : backend->file_at(git, commit, path, out);
}

int history_changed(struct repo *repo, const char *commit, struct list *paths)
{
	const struct git_backend *backend;
	struct git *git;
	int rc = repo_git(repo, &backend, &git);

	return rc ? rc : backend->changed_in(git, commit, paths);
}

int history_resolve(struct repo *repo, const char *revision, char commit[41])
{
	const struct git_backend *backend;
	struct git *git;
	int rc = repo_git(repo, &backend, &git);

	return rc ? rc : backend->resolve(git, revision, commit);
}

int history_diff(struct repo *repo, const char *commit, struct str *out)
{
	const struct git_backend *backend;
	struct git *git;
	int rc = repo_git(repo, &backend, &git);

	return rc ? rc : backend->diff(git, commit, out);
}

int history_remote(struct repo *repo, struct remote_state *out)
{
	const struct git_backend *backend;
	struct git *git;
	int rc = repo_git(repo, &backend, &git);

	*out = (struct remote_state){0};
	return rc ? rc : backend->remote(git, out);
}

void remote_state_release(struct remote_state *state)
{
	free(state->remote);
	free(state->branch);
	*state = (struct remote_state){0};
}
