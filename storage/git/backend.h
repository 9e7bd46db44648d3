/*
 * What `storage` asks of git, and the module that answers.
 *
 * libgit2 costs three milliseconds to link and five to initialise; a prompt that
 * asks `fu next` must not pay that. So everything that includes <git2.h> is built
 * into a module of its own (fu-git.so), which backend_load() opens the first time
 * it is needed. The rest of storage talks to it through this table only.
 *
 * Functions return 0 or a recorded error of core/error.h.
 */
#ifndef FU_STORAGE_GIT_BACKEND_H
#define FU_STORAGE_GIT_BACKEND_H

#include "storage/storage.h"

struct git;  /* an open repository */
struct gitw; /* a transaction: the lock, what is staged, the journal */

struct git_author {
	const char *who; /* "Name <mail>" */
	struct moment when;
};

struct git_backend {
	int version; /* of this table; a module of another build is refused */

	/* ---- repository ---- */
	int (*open)(struct git **out, const char *root);
	void (*close)(struct git *git);
	/* git init of a directory that is there, with the branch that git would choose;
	 * leaves no commit. */
	int (*init)(const char *root);
	/* The work tree that contains dir, or NULL. The caller frees. */
	int (*discover)(const char *dir, char **root);
	/* ERR_FAILED unless git itself would trust a repository of that owner here. */
	int (*check_owner)(const char *root);

	/* ---- config (git may be NULL: outside a repository) ---- */
	int (*config_get)(struct git *git, const char *key, char **value);
	int (*config_set)(
		struct git *git, const char *key, const char *value); /* NULL: unset */
	int (*config_each)(struct git *git, const char *prefix,
		int (*visit)(void *, const char *, const char *), void *context);
	int (*identity)(struct git *git, char **who, bool *guessed);

	/* ---- reading what is recorded ---- */
	/* The bytes of a path in HEAD; *found false when it is not there. */
	int (*head_file)(struct git *git, const char *path, struct str *out, bool *found);
	/* Paths below `prefixes` whose work tree bytes differ from HEAD, untracked ones
	 * included. status: 'M', 'A' (not in HEAD), 'D' (not in the work tree). */
	int (*changed)(struct git *git, const char *const *prefixes,
		int (*visit)(void *, const char *path, char status), void *context);
	int (*history)(struct git *git, const struct history_filter *filter,
		int (*visit)(void *, const struct commit_info *), void *context);
	int (*file_at)(struct git *git, const char *commit, const char *path, struct str *out);
	int (*changed_in)(struct git *git, const char *commit, struct list *paths);
	int (*resolve)(struct git *git, const char *revision, char commit[41]);
	int (*diff)(struct git *git, const char *commit, struct str *out);
	int (*remote)(struct git *git, struct remote_state *out);

	/* ---- writing ---- */
	/* flock .git/fu/lock (waits), recovers by the journal, takes index.lock (waits),
	 * checks repository state and HEAD. `durable` false: no fsync (fu.fsync).
	 * ERR_FAILED: *out is not touched. */
	int (*begin)(struct gitw **out, struct git *git, bool durable);
	/* Stages: the file at path is to have these bytes (NULL: is to be gone). The
	 * work tree's file must equal HEAD's (or be absent from both), unless
	 * `over_edit`: then it may hold anything and is replaced. Of two for one path
	 * the later stands. ERR_FAILED: a path that fu does not write to, a symbolic
	 * link on the way, a hand edit. The work tree is touched by `commit` only. */
	int (*put)(struct gitw *w, const char *path, const char *bytes, size_t len,
		bool over_edit);
	/* One commit of all that is staged; several commits may follow one another in
	 * one transaction. Bulk writes (many files) go as one pack and one syncfs. An
	 * error means that nothing was changed (or that the next `begin` takes it back);
	 * the transaction can only be ended then. With nothing that differs from HEAD:
	 * 0, an empty hash, and nothing is touched. The committer is git's, at who->when. */
	int (*commit)(struct gitw *w, const char *message, const struct git_author *who,
		char commit[41]);
	/* Drops what is staged and unlocks. NULL is fine. */
	void (*end)(struct gitw *w);
};

#define GIT_BACKEND_VERSION 1
#define GIT_BACKEND_SYMBOL "fu_git_backend"

/* Opens the module (once); NULL with a recorded error when it cannot be had. */
const struct git_backend *backend_load(void);

#endif
