/*
 * Aliases: `fu.alias.<name>` in git's config, as git's own: words with quotes, or
 * `!` and a line for the shell, run at the top of the work tree. git's config is the
 * user's; nothing tracked can define one.
 */
#ifndef FU_CMD_ALIAS_H
#define FU_CMD_ALIAS_H

#include "core/str.h"

/* The alias's text, *value NULL if there is none. `where` as in repo_open. The caller frees. */
int alias_find(const char *where, const char *name, char **value);

/* Splits it into words. ERR_FAILED: an open quote, a backslash at the end. */
int alias_split(struct list *words, const char *name, const char *value);

/* Replaces this process by the shell that runs `line` (behind the '!'); args[0] is the
 * alias's name. Returns only when that fails, with ERR_FAILED. */
int alias_run_shell(const char *where, const char *line, int argc, char *const args[]);

#endif
