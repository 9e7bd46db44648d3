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

/* ---- for the audit: names of objects are 40 hexadecimal digits, "" is none ---- */

struct tree_change {
	char *path;
	char before[41], after[41];
};
/* A commit, and what it changed below opportunities/, in processes/ and in fu.ini,
 * against each of its parents; one that has none (or where a shallow clone is cut off)
 * against nothing. */
struct audit_commit {
	struct commit_info info;
	bool is_signed;
	bool is_cut_off; /* it has parents, which a shallow clone lacks */
	size_t n_parents;
	struct audit_side {
		struct tree_change *changes; /* sorted by path */
		size_t n, cap;
	} * sides;
	size_t n_sides;    /* n_parents, or 1 */
	const char *fault; /* why it cannot be looked at; then there are no sides */
};
struct tree_file {
	const char *path;
	char blob[41];
	bool is_regular; /* false: a symbolic link, a submodule */
};

/* How two commits stand to each other. */
enum relation {
	RELATION_SAME,
	RELATION_AHEAD,  /* ours rests on theirs */
	RELATION_BEHIND, /* theirs rests on ours */
	RELATION_APART,  /* both went on from `base` */
	RELATION_NONE    /* no common history */
};

struct kinship {
	enum relation relation;
	char base[41];        /* the best common ancestor, or "" */
	size_t ahead, behind; /* how many commits only ours, only theirs rests on */
};

/* A path at which two commits differ. A zero mode: it has none there. */
struct file_change {
	const char *path;
	unsigned before_mode, after_mode; /* as git has them: 0100644, 0100755, 0120000, … */
	char before[41], after[41];       /* the objects' names */
};

/* A commit of a stretch of history that changed a path. */
struct touching {
	char hash[41];
	int64_t time;
	struct list parents; /* their hashes */
	struct str bytes;    /* the file there; empty where it is not */
};

/* What somebody else's edit made of a file: what was looked at and is to be replaced. */
struct hand_edited {
	bool there; /* false: it was removed */
	const char *bytes;
	size_t len;
};

struct git_backend {
	int version; /* of this table; a module of another build is refused */

	/* ---- repository ---- */
	int (*open)(struct git **out, const char *root);
	void (*close)(struct git *git);
	/* The directory that all its work trees share, absolute; borrowed. */
	const char *(*common_dir)(const struct git *git);
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
	/* Paths of the index below `prefixes` that HEAD has not, or not so, and those that it
	 * has not and HEAD has ('A', 'M', 'D'). The index of $GIT_INDEX_FILE, if that is set:
	 * what a hook is asked about. `bytes` are the index's; NULL for 'D'. */
	int (*staged)(struct git *git, const char *const *prefixes,
		int (*visit)(void *, const char *path, char status, const struct str *bytes),
		void *context);
	int (*history)(struct git *git, const struct history_filter *filter,
		int (*visit)(void *, const struct commit_info *), void *context);
	int (*file_at)(struct git *git, const char *commit, const char *path, struct str *out);
	int (*changed_in)(struct git *git, const char *commit, struct list *paths);
	int (*resolve)(struct git *git, const char *revision, char commit[41]);
	int (*diff)(struct git *git, const char *commit, struct str *out);
	int (*remote)(struct git *git, struct remote_state *out);

	/* ---- the audit ---- */
	/* Every commit that HEAD rests on, parents before children. What cannot be read is
	 * passed as the commit's fault. A non-zero return of visit stops and is returned. */
	int (*audit)(struct git *git, int (*visit)(void *, const struct audit_commit *),
		void *context);
	/* A blob, whose bytes are held against its name. ERR_MISSING: a partial clone has
	 * not fetched it; ERR_FAILED: it is missing or damaged. */
	int (*blob)(struct git *git, const char *name, struct str *out);
	/* The SHA-1 of the bytes as git makes it of a blob. */
	void (*digest)(unsigned char out[20], const void *bytes, size_t len);
	/* The files in HEAD, all of them. ERR_FAILED: with what cannot be read. */
	int (*head_files)(
		struct git *git, int (*visit)(void *, const struct tree_file *), void *context);
	/* What is wrong with HEAD and the index, each passed to visit: kind is "ref" or
	 * "index", path may be NULL. */
	int (*state)(struct git *git,
		void (*visit)(void *, const char *kind, const char *path, const char *what),
		void *context);

	/* ---- for sync ---- */
	/* The branch that HEAD is on, "main"; the caller frees. ERR_FAILED: it is on none. */
	int (*branch)(struct git *git, char **name);
	/* The commit that a ref names. *hash "": there is no such ref. */
	int (*ref_get)(struct git *git, const char *ref, char hash[41]);
	/* Adds the names of the refs that match, "refs/fu/fetched/…". */
	int (*refs_list)(struct git *git, const char *glob, struct list *names);
	/* Removes every ref that matches. */
	int (*refs_drop)(struct git *git, const char *glob);
	int (*relate)(
		struct git *git, const char *ours, const char *theirs, struct kinship *out);
	/* Whether `of` is `commit`, or one that it rests on. */
	int (*rests_on)(struct git *git, const char *commit, const char *of, bool *yes);
	/* Every path at which the trees of two commits differ, sorted. */
	int (*compare)(struct git *git, const char *before, const char *after,
		int (*visit)(void *, const struct file_change *), void *context);
	/* The commits that one of the two rests on, but not both, at which the path differs
	 * from each of their parents. */
	int (*touched)(struct git *git, const char *ours, const char *theirs, const char *path,
		int (*visit)(void *, const struct touching *), void *context);
	/* git's own merge of a file's text; *clean false: both changed the same place, or it
	 * is no text. */
	int (*merge_text)(struct git *git, const struct str *base, const struct str *ours,
		const struct str *theirs, struct str *out, bool *clean);

	/* ---- writing ---- */
	/* flock .git/fu/lock (waits), recovers by the journal, takes index.lock (waits),
	 * checks repository state and HEAD. `durable` false: no fsync (fu.fsync).
	 * ERR_FAILED: *out is not touched. */
	int (*begin)(struct gitw **out, struct git *git, bool durable);
	/* Whether `begin` had something to recover: what was read before it may be no more. */
	bool (*recovered)(const struct gitw *w);
	/* Stages: the file at path is to have these bytes (NULL: is to be gone). The
	 * work tree's file must equal HEAD's (or be absent from both), or, where `edit`
	 * is given, what it says: that is what is replaced. Of two for one path the later
	 * stands. ERR_FAILED: a path that fu does not write to, a symbolic link on the
	 * way, an edit that is another. The work tree is touched by `commit` only. */
	int (*put)(struct gitw *w, const char *path, const char *bytes, size_t len,
		const struct hand_edited *edit);
	/* One commit of all that is staged; several commits may follow one another in
	 * one transaction. Bulk writes (many files) go as one pack and one syncfs. An
	 * error means that nothing was changed (or that the next `begin` takes it back);
	 * the transaction can only be ended then. With nothing that differs from HEAD:
	 * 0, an empty hash, and nothing is touched. The committer is git's, at who->when. */
	int (*commit)(struct gitw *w, const char *message, const struct git_author *who,
		char commit[41]);
	/* As put, for a file of that mode (of git's), whoever's it is. */
	int (*put_mode)(
		struct gitw *w, const char *path, const char *bytes, size_t len, unsigned mode);
	/* The commit that HEAD stood on when the transaction began. */
	void (*head)(const struct gitw *w, char hash[41]);
	/* As commit, with `theirs` as the second parent; made also where nothing is staged. */
	int (*commit_merge)(struct gitw *w, const char *message, const struct git_author *who,
		const char *theirs, char commit[41]);
	/* Makes the remote-tracking branch "refs/remotes/…" say so. It is a note of what a
	 * remote has, that git writes anew at each fetch: it is moved without git's lock. */
	int (*track)(struct gitw *w, const char *ref, const char *hash);
	/* Moves the branch to a commit that rests on HEAD and whose tree is what was staged. */
	int (*fast_forward)(struct gitw *w, const char *to);
	/* Drops what is staged and unlocks. NULL is fine. */
	void (*end)(struct gitw *w);
};

#define GIT_BACKEND_VERSION 4
#define GIT_BACKEND_SYMBOL "fu_git_backend"

/* Opens the module (once); NULL with a recorded error when it cannot be had. */
const struct git_backend *backend_load(void);

#endif
