/*
 * Whether a repository may be trusted: a cloned or shared one is data, and its
 * config names programs. The rule is git's (git-config(1), safe.directory): the
 * work tree, .git and what a .git file points to must belong to whoever runs this,
 * or be listed in safe.directory of a config that is not the repository's own.
 */
#include "storage/git/git.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* root may also work in what belongs to whom it was called by, as in git. */
static bool is_ours(uid_t owner)
{
	const char *sudo = getenv("SUDO_UID");
	char *end;
	unsigned long uid;

	if (owner == geteuid())
		return true;
	if (geteuid() != 0 || !sudo || !*sudo)
		return false;
	errno = 0;
	uid = strtoul(sudo, &end, 10);
	return !errno && !*end && (uid_t)uid == owner;
}

struct safe_list {
	const char *root; /* its real path */
	bool safe;
};

static void consider(struct safe_list *list, const char *value)
{
	char real[PATH_MAX];
	size_t len;

	if (!value || !*value) {
		list->safe = false; /* an empty value forgets those before it */
		return;
	}
	len = strlen(value);
	if (!strcmp(value, "*")) {
		list->safe = true;
	} else if (len > 2 && !strcmp(value + len - 2, "/*")) {
		list->safe |= !strncmp(list->root, value, len - 1);
	} else if (!strncmp(value, "~/", 2) && getenv("HOME")) {
		char *path = xstrfmt("%s%s", getenv("HOME"), value + 1);

		list->safe |= !strcmp(realpath(path, real) ? real : path, list->root);
		free(path);
	} else {
		list->safe |= !strcmp(realpath(value, real) ? real : value, list->root);
	}
}

static int is_listed(const char *root, bool *listed)
{
	struct safe_list list = {.root = root};
	git_config *config = NULL;
	git_config_iterator *all = NULL;
	git_config_entry *entry;
	const char *key, *value;
	int err = config_build(&config, NULL);

	if (err)
		return err;
	if (!git_config_iterator_new(&all, config))
		while (!git_config_next(&entry, all))
			if (!strcmp(entry->name, "safe.directory"))
				consider(&list, entry->value);
	git_config_iterator_free(all);
	git_config_free(config);
	git_error_clear();
	for (size_t i = 0; config_environment_pair(i, &key, &value); i++)
		if (!strcasecmp(key, "safe.directory"))
			consider(&list, value);
	*listed = list.safe;
	return 0;
}

/* Where the repository lies, if its .git is a file that says so. The caller frees. */
static char *pointed_to(const char *root, const char *dot_git)
{
	struct str text = STR_INIT;
	struct stat st;
	char *to = NULL;
	FILE *f;

	if (stat(dot_git, &st) || !S_ISREG(st.st_mode) || !(f = fopen(dot_git, "re")))
		return NULL;
	str_reserve(&text, PATH_MAX);
	text.len = fread(text.buf, 1, PATH_MAX - 1, f);
	text.buf[text.len] = '\0';
	fclose(f);
	if (starts_with(text.buf, "gitdir: ")) {
		char *path = trim(text.buf + strlen("gitdir: "));

		to = *path == '/' ? xstrdup(path) : xstrfmt("%s/%s", root, path);
	}
	str_release(&text);
	return to;
}

static bool owned(const char *path)
{
	struct stat st;

	return !path || (lstat(path, &st) ? errno == ENOENT : is_ours(st.st_uid));
}

int git_check_owner(const char *root)
{
	char real[PATH_MAX];
	char *dot_git, *git_dir;
	bool fine;
	int err;

	if (!realpath(root, real)) {
		int code = errno == ENOENT ? ERR_MISSING : ERR_FAILED;

		return error_set(code, "cannot open '%s': %s", root, strerror(errno));
	}
	dot_git = xstrfmt("%s/.git", real);
	git_dir = pointed_to(real, dot_git);
	fine = owned(real) && owned(dot_git) && owned(git_dir);
	free(git_dir);
	free(dot_git);
	if (fine)
		return 0;
	if ((err = git_start()) || (err = is_listed(real, &fine)) || fine)
		return err;
	error_set(ERR_FAILED, "'%s' belongs to somebody else", real);
	error_hint("if you trust it: git config --global --add safe.directory '%s'", real);
	return ERR_FAILED;
}
