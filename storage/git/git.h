/*
 * What the files of this module share. Nothing outside storage/git includes this;
 * the outside sees backend.h.
 *
 * How a commit is made (transaction.c), so that neither a kill at any call nor a
 * loss of power leaves anything but the old or the new state:
 *
 *	flock .git/fu/lock; recover what a dead process left; link index.lock
 *	put: the index begins to be read (index_read.c); blob in memory, new bytes as a file
 *	  in .git/fu/stage
 *	commit:
 *	  tree and commit object; objects written as loose files or as one pack
 *	  journal; everything so far is synced                       (barrier 1)
 *	  the index has been read
 *	  HEAD.lock and <branch>.lock; the branch still stands where it stood
 *	  work tree: old file linked to the stage, new one renamed to its place
 *	  index: a changed copy, synced with the directories         (barrier 2)
 *	  renamed onto index, then the branch's new value onto the branch
 *	  reflog; ref, index and their directories are synced        (barrier 3)
 *	  read back; locks and journal go
 *	end: index.lock and the flock go
 *
 * The branch is written last: a branch that stands on the new commit means that
 * the files and the index were there before.
 */
#ifndef FU_STORAGE_GIT_GIT_H
#define FU_STORAGE_GIT_GIT_H

#include "core/error.h"
#include "core/mem.h"
#include "core/str.h"
#include "storage/git/backend.h"

#include <git2.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#if __has_include(<git2/sys/errors.h>) /* from libgit2 1.8 on */
#include <git2/sys/errors.h>
#endif

struct index_reading;
struct staged_objects;

struct git {
	git_repository *repo;
	git_odb *odb;       /* what is on disk; owned by objects */
	git_config *config; /* as git would see it, but for the environment's pairs */
	struct staged_objects *objects; /* what was written and is not on disk yet */
	char *root;                     /* no '/' at the end, as the next three */
	char *dir;                      /* .git, or where a .git file points */
	char *common;                   /* the same, but for `git worktree` checkouts */
	char *private;                  /* <dir>/fu */
};

/* ---- module.c ---- */

/* Starts libgit2, once a process. */
int git_start(void);
/* Records "<what>: <libgit2's reason>"; returns ERR_FAILED. */
int git_failed(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Records "<what>: <strerror(errno)>"; returns ERR_FAILED. */
int os_failed(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Whether two object names are the same. */
bool same_id(const git_oid *a, const git_oid *b);
bool no_id(const git_oid *id);
void id_to_hex(char hex[41], const git_oid *id);

/* ---- memory.c ---- */

/* Has libgit2 allocate by core/mem.h; before it is started. ERR_FAILED: it does not let us. */
int memory_set_up(void);

/* ---- open.c, init.c, owner.c ---- */

int git_open(struct git **out, const char *root);
void git_close(struct git *git);
const char *git_common_dir(const struct git *git);
int git_init(const char *root);
int git_discover(const char *dir, char **root);
int git_check_owner(const char *root);

/* ---- config.c, identity.c ---- */

/* Git's config of this environment; git may be NULL. The caller frees it (git_config_free). */
int config_build(git_config **out, git_repository *repo);
int git_config_value_get(struct git *git, const char *key, char **value);
int git_config_value_set(struct git *git, const char *key, const char *value);
int git_config_visit(struct git *git, const char *prefix,
	int (*visit)(void *, const char *, const char *), void *context);
/* A yes-or-no value; `otherwise` when it is unset or unreadable. */
bool config_flag(struct git *git, const char *key, bool otherwise);
/* A partial clone: git would fetch what is missing when it is asked for. */
bool config_is_partial(struct git *git);
/* Value n of $GIT_CONFIG_COUNT's pairs. False: there is no such pair. */
bool config_environment_pair(size_t n, const char **key, const char **value);

int git_who(struct git *git, char **who, bool *guessed);
/* libgit2's form of "Name <mail>" and a moment. The caller frees it (git_signature_free). */
int signature_make(git_signature **out, const char *who, const struct moment *when);
/* Who commits: $GIT_COMMITTER_*, committer.*, user.*, else `author`. The caller frees. */
char *committer_of(struct git *git, const char *author);

/* ---- ids.c ---- */

/* A set of object names. A zeroed one is empty. */
struct id_set {
	git_oid *slots; /* open addressing */
	size_t n, cap;
};
bool id_set_has(const struct id_set *set, const git_oid *id);
bool id_set_add(struct id_set *set, const git_oid *id); /* whether it is new */
void id_set_release(struct id_set *set);
/* Adds the commits at which the history of a shallow clone is cut off: their parents
 * are not there. libgit2 does not know of them before 1.6. */
int shallow_read(struct git *git, struct id_set *out);

/* ---- walk.c, history.c, changed.c, remote.c ---- */

int git_head_file(struct git *git, const char *path, struct str *out, bool *found);
int git_changed(struct git *git, const char *const *prefixes,
	int (*visit)(void *, const char *path, char status), void *context);
int git_staged(struct git *git, const char *const *prefixes,
	int (*visit)(void *, const char *path, char status, const struct str *bytes),
	void *context);
int git_history(struct git *git, const struct history_filter *filter,
	int (*visit)(void *, const struct commit_info *), void *context);
int git_file_at(struct git *git, const char *commit, const char *path, struct str *out);
int git_changed_in(struct git *git, const char *commit, struct list *paths);
int git_resolve(struct git *git, const char *revision, char commit[41]);
int git_diff_of(struct git *git, const char *commit, struct str *out);
int git_remote_of(struct git *git, struct remote_state *out);
/* Calls visit for the commits that changed one of the paths, newest first, merges simplified
 * as `git log` does; for all of them where paths is NULL. Where the history of a shallow
 * clone is cut off, it ends. A non-zero return stops and is returned. */
int walk_history(struct git *git, const git_oid *start, const struct list *paths,
	int (*visit)(void *, const git_oid *), void *context);

/* ---- audit.c, audit_tree.c, audit_state.c ---- */

int git_audit(
	struct git *git, int (*visit)(void *, const struct audit_commit *), void *context);
int git_blob_verified(struct git *git, const char *name, struct str *out);
/* ERR_FAILED where the object is larger than anything that fu reads, which is seen before it
 * is unpacked: a small pack can hold gigabytes. `what` names it in the message. */
int git_object_size_check(struct git *git, const git_oid *id, const char *what);
void git_digest(unsigned char out[20], const void *bytes, size_t len);
int git_head_files(
	struct git *git, int (*visit)(void *, const struct tree_file *), void *context);
int git_state(struct git *git,
	void (*visit)(void *, const char *kind, const char *path, const char *what),
	void *context);
/* Whether it is one of the directories and files that are fu's, or lies in one. */
bool path_is_fus(const char *path);
/* What changed from the one tree to the other (either may be zero: nothing) in the
 * directories and files that are fu's. */
int tree_compare(
	struct git *git, const git_oid *before, const git_oid *after, struct audit_side *out);
/* All files of a tree. */
int tree_list(struct git *git, const git_oid *tree,
	int (*visit)(void *, const struct tree_file *), void *context);

/* The tree of HEAD, or NULL where nothing is committed yet; the caller frees it. */
int head_tree(struct git *git, git_tree **out);

/* ---- merge.c, merge_text.c ---- */

int git_branch_of(struct git *git, char **name);
int git_ref_get(struct git *git, const char *ref, char hash[41]);
int git_refs_list(struct git *git, const char *glob, struct list *names);
int git_refs_drop(struct git *git, const char *glob);
int git_relate(struct git *git, const char *ours, const char *theirs, struct kinship *out);
int git_rests_on(struct git *git, const char *commit, const char *of, bool *yes);
int git_compare(struct git *git, const char *before, const char *after,
	int (*visit)(void *, const struct file_change *), void *context);
int git_touched(struct git *git, const char *ours, const char *theirs, const char *path,
	int (*visit)(void *, const struct touching *), void *context);
int git_merge_text(struct git *git, const struct str *base, const struct str *ours,
	const struct str *theirs, struct str *out, bool *clean);

/* ---- path.c: files of the work tree, never through a symbolic link ---- */

/* Nothing that fu keeps comes near it; what is larger is not read into memory. */
#define FILE_LIMIT (64L * 1024 * 1024)

/* ERR_FAILED unless path may be written: relative, no empty, '.', '..', '.git' or
 * '-…' component, no control byte. */
int path_check(const char *path);
/* Opens the directory of path below root_fd, every component by itself, and points
 * *base at the last one. make: directories that are missing are made (*made set).
 * Returns a descriptor; -1 with errno set and nothing recorded. */
int path_open_parent(int root_fd, const char *path, bool make, const char **base, bool *made);
/* Removes the directories of path that are empty now. */
void path_prune_parents(int root_fd, const char *path);
/* Reads a regular file. *found false: not there. `st` may be NULL. */
int path_read(int root_fd, const char *path, struct str *out, struct stat *st, bool *found);
/* The blob id that the file's bytes have; zero when it is not there. `st` (may be NULL): its
 * stat, taken before its bytes were read. */
int path_hash(int root_fd, const char *path, git_oid *id, struct stat *st);
/* Writes a new file of dir_fd, all of it; removes it again when that fails. */
int file_write(int dir_fd, const char *name, const void *bytes, size_t len, mode_t mode);
/* Reads a file whole. ERR_FAILED, with errno left as it was. */
int fd_read(int fd, struct str *out);

/* Calls again what a signal interrupted, but not for ever. */
#define RETRY(call)                                                                            \
	({                                                                                     \
		long retry_result;                                                             \
		int retry_left = 32;                                                           \
		do                                                                             \
			retry_result = (long)(call);                                           \
		while (retry_result < 0 && errno == EINTR && --retry_left);                    \
		retry_result;                                                                  \
	})

/* ---- objects.c: objects wait in memory until they are written together ---- */

/* Puts itself before the repository's object database; sets git->odb and git->objects. */
int objects_attach(struct git *git);
/* Keeps a blob, whose id goes to *id. */
int objects_add_blob(struct staged_objects *o, git_oid *id, const void *bytes, size_t len);
/* Forgets what was not written. */
void objects_clear(struct staged_objects *o);

/* Writes them all, as loose files or (many) as one pack, reads them back, and notes
 * what is to be synced. */
int objects_write(struct gitw *w);

/* ---- sync.c: what has to reach the disk before the next step ---- */

struct sync_set {
	struct list paths; /* absolute; files first, directories as they come */
	bool whole;        /* too many: the whole file system at once */
};

void sync_add(struct sync_set *s, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Syncs everything noted and forgets it. `fds` (two) are on the file systems that
 * `whole` means. */
int sync_run(struct sync_set *s, const int fds[2]);
void sync_release(struct sync_set *s);

/* ---- the transaction's parts ---- */

/* One path of a commit. A zero id: no file. */
struct change {
	char *path;
	unsigned number;   /* its files in the stage are n<number>, o<number> */
	unsigned mode;     /* GIT_FILEMODE_BLOB or …_EXECUTABLE */
	unsigned old_mode; /* in HEAD; 0: not there */
	git_oid old;       /* in HEAD */
	git_oid was;       /* in the work tree before */
	git_oid new;       /* after */
	struct stat seen;  /* the work tree's file when it was looked at */
	bool settled;      /* the work tree has the new bytes already: leave it alone */
};

struct changes {
	struct change *items;
	size_t n, cap;
};
void changes_release(struct changes *c);

/* What the journal says: enough to finish or to take back. */
struct journal {
	char *branch; /* "refs/heads/main" */
	git_oid from; /* zero: the branch had no commit */
	git_oid to;
	struct changes changes;
};

struct gitw {
	struct git *git;
	bool durable;
	int lock_fd;    /* .git/fu/lock */
	int root_fd;    /* the work tree */
	int dir_fd;     /* .git */
	int common_fd;  /* where the branches are */
	int private_fd; /* .git/fu */
	int stage_fd;   /* .git/fu/stage */
	int files_fd;   /* the same, or .fu-stage of the work tree, on another file system */
	char *stage;    /* their paths */
	char *files;
	bool begun; /* nothing is left of a killed command's */
	bool index_locked, head_locked, branch_locked;
	bool index_moved;  /* the index has its new entries, and the commit is not done */
	bool branch_moved; /* the branch has its new value, and the commit is not done */
	int branch_fd;     /* the directory of the branch's file, while it is locked */
	const char *branch_base;
	bool committed; /* HEAD has moved: it is read again before the next put */
	bool recovered; /* there was a journal when it began */
	bool broken;    /* could not be taken back: the journal stays for the next */
	char *branch;
	git_oid head;   /* zero: unborn */
	git_oid second; /* the other parent of a merge; else zero */
	git_oid exact;  /* the commit to move to, where none is made; else zero */
	git_tree *tree; /* of HEAD, NULL when unborn */
	struct changes changes;
	git_index *index;              /* a copy in the stage */
	struct index_reading *reading; /* the same, not read yet; else NULL */
	unsigned next_number;
	struct sync_set syncs;
};

int git_begin(struct gitw **out, struct git *git, bool durable);
bool git_recovered(const struct gitw *w);
int git_put(struct gitw *w, const char *path, const char *bytes, size_t len,
	const struct hand_edited *edit);
int git_commit_staged(
	struct gitw *w, const char *message, const struct git_author *who, char commit[41]);
int git_put_mode(
	struct gitw *w, const char *path, const char *bytes, size_t len, unsigned mode);
void git_head_of(const struct gitw *w, char hash[41]);
int git_commit_merge(struct gitw *w, const char *message, const struct git_author *who,
	const char *theirs, char commit[41]);
int git_fast_forward(struct gitw *w, const char *to);
int git_track(struct gitw *w, const char *ref, const char *hash);
void git_end(struct gitw *w);

/* transaction.c: reads where HEAD stands into w. ERR_FAILED: not on a branch. */
int transaction_read_head(struct gitw *w);
/* Syncs what is noted, unless the transaction is not to be durable. */
int transaction_sync(struct gitw *w);

/* ---- locks.c ---- */

/* Takes .git/fu/lock, waiting. */
int lock_repository(struct gitw *w);
/* Says in it what its holder does, "waits for …"; "": nothing that takes long. */
void lock_say(struct gitw *w, const char *doing);
/* Takes git's own lock file `name` of dir_fd, waiting. The lock files are links to
 * .git/fu/held, by which the ones that a dead process left are known as ours. */
int lock_take(struct gitw *w, int dir_fd, const char *name, bool *held);
void lock_release(int dir_fd, const char *name, bool *held);
/* Makes .git/fu/held if it is not there; takes over index.lock if it is ours already. */
int lock_prepare(struct gitw *w);
/* Removes `name` if it is a lock of ours. */
int lock_bury(struct gitw *w, int dir_fd, const char *name);

/* ---- sign.c ---- */

/* The signature of a commit's text, made as git would make it; NULL where commits are
 * not signed (commit.gpgSign). The caller frees. ERR_FAILED: with what the signer said. */
int commit_sign(struct gitw *w, const char *text, const char *committer, char **signature);

/* ---- stage.c: the work tree ---- */

int stage_open(struct gitw *w);
/* Empties the stage. */
int stage_clear(struct gitw *w);
/* Removes what of it lies in the work tree, unless it is needed to take something back. */
void stage_close(struct gitw *w);
/* Writes bytes as the change's new file. */
int stage_write(struct gitw *w, const struct change *c, const void *bytes, size_t len);
/* Puts the new file in its place, keeping the old one in the stage. */
int stage_install(struct gitw *w, const struct change *c);
/* Makes the work tree's file what `want` says, if it is one of the change's versions;
 * what anybody else wrote there stays. */
int stage_settle(struct gitw *w, const struct change *c, const git_oid *want);

/* ---- index_read.c ---- */

/* Begins to read the index, beside the rest where it is large. Between this and index_load
 * or index_unload nobody else may write it: index.lock is held. */
int index_load_begin(struct gitw *w);
/* Reads the index, to the end of what was begun, into w->index. ERR_FAILED: it cannot be
 * read; then nothing must be done. */
int index_load(struct gitw *w);
/* Forgets what was read, and what is being read. */
void index_unload(struct gitw *w);
/* Records that the index cannot be read, with libgit2's reason, and what to do about it. */
int index_unreadable(struct git *git);

/* ---- index.c ---- */

/* Makes the index say what the changes say; forward: the new state, else the old.
 * index_install then puts it in place. *differs: there is something to install. */
int index_prepare(struct gitw *w, const struct changes *changes, bool forward, bool *differs);
int index_install(struct gitw *w);
/* Puts back the index that index_install replaced. False: it is not there. */
bool index_put_back(struct gitw *w);

/* ---- branch.c ---- */

/* Locks HEAD and the branch. *moved: the branch is not where the transaction saw it
 * (then nothing is locked). */
int branch_lock(struct gitw *w, bool *moved);
/* False: a lock could not be removed. */
bool branch_unlock(struct gitw *w);
/* Prepares the branch's new value in the stage; branch_install puts it in place. */
int branch_prepare(struct gitw *w, const git_oid *to);
int branch_install(struct gitw *w);
/* Puts back what branch_install replaced, if it did. */
int branch_put_back(struct gitw *w);
/* What the branch says now; zero: nothing. */
int branch_read(struct git *git, const char *branch, git_oid *id);
/* Appends to the reflogs of HEAD and the branch what git would, unless the commit is
 * their last entry already. They are a convenience: failure is not told. */
void branch_log(struct gitw *w, const git_oid *from, const git_oid *to);

/* ---- journal.c, recover.c ---- */

int journal_write(struct gitw *w, const struct journal *j);
/* *found false: there is none, or one that was never finished (nothing was done yet). */
int journal_read(struct gitw *w, struct journal *j, bool *found);
int journal_remove(struct gitw *w);
void journal_release(struct journal *j);
/* Finishes or takes back what a dead process left. The flock is held. */
int recover(struct gitw *w);
/* Takes back a commit that failed on the way; the first error stays recorded. */
void take_back(struct gitw *w, const struct journal *j);

#endif
