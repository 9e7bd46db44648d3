#include "cmd/alias.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/storage.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The name of a variable in git's config; nothing else can be an alias. */
static bool can_be_key(const char *name)
{
	if (!isalpha((unsigned char)*name))
		return false;
	for (; *name; name++)
		if (!isalnum((unsigned char)*name) && *name != '-')
			return false;
	return true;
}

int alias_find(const char *where, const char *name, char **value)
{
	struct repo *repo = NULL;
	char *key;
	int err;

	*value = NULL;
	if (!can_be_key(name))
		return 0;
	/* Outside a repository there still are the user's own aliases. */
	if (repo_open(&repo, where))
		error_clear();
	key = xstrfmt("fu.alias.%s", name);
	err = git_config_value(repo, key, value);
	free(key);
	repo_close(repo);
	return err;
}

int alias_split(struct list *words, const char *name, const char *value)
{
	struct str word = STR_INIT;
	bool begun = false;
	char quote = 0;
	const char *c;

	for (c = value; *c; c++) {
		if (!quote && isspace((unsigned char)*c)) {
			if (begun)
				list_take(words, str_detach(&word));
			begun = false;
			continue;
		}
		begun = true;
		if (quote ? *c == quote : *c == '\'' || *c == '"') {
			quote = quote ? 0 : *c;
			continue;
		}
		if (*c == '\\' && quote != '\'' && !*++c)
			break;
		str_addch(&word, *c);
	}
	if (begun)
		list_take(words, str_detach(&word));
	str_release(&word);
	if (quote)
		return error_set(ERR_FAILED, "alias '%s' has an open quote: '%s'", name, value);
	if (!*c && c > value && c[-1] == '\\' && (c - value < 2 || c[-2] != '\\'))
		return error_set(ERR_FAILED, "alias '%s' ends with a backslash", name);
	if (!words->n)
		return error_set(ERR_FAILED, "alias '%s' is empty", name);
	return 0;
}

/* Where the caller stood, below the top, is $FU_PREFIX, as git's is $GIT_PREFIX. */
static int go_to_top(const char *root)
{
	char *here = getcwd(NULL, 0);
	size_t len = strlen(root);
	bool below = here && !strncmp(here, root, len) && here[len] == '/';
	char *prefix = below ? xstrfmt("%s/", here + len + 1) : xstrdup("");
	int err = setenv("FU_PREFIX", prefix, 1) || chdir(root);

	free(prefix);
	free(here);
	return err;
}

int alias_run_shell(const char *where, const char *line, int argc, char *const args[])
{
	struct repo *repo = NULL;
	char **argv = xcalloc((size_t)argc + 4, sizeof(*argv));
	char *script = argc > 1 ? xstrfmt("%s \"$@\"", line) : xstrdup(line);
	int n = 0, err = 0;

	if (!repo_open(&repo, where))
		err = go_to_top(repo_root(repo));
	repo_close(repo);
	argv[n++] = (char *)"sh";
	argv[n++] = (char *)"-c";
	argv[n++] = script;
	for (int i = 0; i < argc; i++)
		argv[n++] = args[i];
	fflush(NULL);
	if (!err)
		execv("/bin/sh", argv);
	free(argv);
	free(script);
	return error_set(ERR_FAILED, "cannot run the alias '%s'", args[0]);
}
