/*
 * Inside storage: how what somebody else recorded comes in (contract, section 7).
 *
 *	sync.c            fetch, compare, merge, push
 *	sync_clone.c      a clone
 *	sync_state.c      what is remembered from one sync to the next
 *	sync_merge.c      the files at which two histories differ, each by what it is:
 *	sync_opportunities.c  opportunities, by the union of their acts (core/union.h)
 *	sync_lost.c       what the other side deleted with plain git
 *	sync_settings.c   fu.ini and processes, key by key
 *	sync_remote.c     the git program, which does what needs the network
 */
#ifndef FU_STORAGE_SYNC_H
#define FU_STORAGE_SYNC_H

#include "storage/write.h"

/* A path at which they differ. A zero mode: it is not there. */
struct sync_path {
	char *path;
	unsigned base_mode, ours_mode, theirs_mode;
	char base[41], ours[41], theirs[41]; /* names of blobs, "" where it is not there */
	bool ours_changed, theirs_changed;
};
struct sync_paths {
	struct sync_path *items; /* by path */
	size_t n, cap;
};

struct merging {
	struct write *w;
	const struct git_backend *backend;
	struct git *git;
	const char *base, *ours, *theirs; /* commits */
	struct sync_paths paths;
	struct list *notes; /* what was chosen where both changed the same, a line each */
	struct list *lost;  /* paths that they deleted, and that go here with what is in them */
};

/*
 * Stages what makes of `ours` (HEAD) the merge with `theirs`; where base is ours, what
 * makes it theirs. ERR_FAILED: something that fu does not take in, named.
 */
int sync_stage(struct merging *m);

/* The bytes of a blob, "" being none. */
int sync_blob(struct merging *m, const char *name, struct str *out);
/* Stages the other side's file as it is. */
int sync_take_theirs(struct merging *m, const struct sync_path *p);
int sync_remove(struct merging *m, const char *path);

/* sync_lost.c: adds to m->lost what the other side deleted that is not elsewhere there. */
int sync_find_lost(struct merging *m);

/* sync_opportunities.c: all of them together, for acts go from the one to the other. */
int sync_opportunities(struct merging *m);

/* sync_settings.c: a file of keys that both sides changed. */
int sync_settings(struct merging *m, const struct sync_path *p);

/*
 * Which of the commits that changed the path on either side stands: of those that no other
 * rests on the last by its time, then by its name. The caller frees *commit; NULL: none.
 */
struct sync_change {
	char hash[41];
	int64_t time;
	struct list parents;
	struct str bytes;
	struct ini doc;          /* sync_settings.c's */
	struct ini *parent_docs; /* the same */
};
struct sync_changes {
	struct sync_change *items;
	size_t n, cap;
};
int sync_changes_find(struct merging *m, const char *path, struct sync_changes *out);
void sync_changes_release(struct sync_changes *c);
/* The index of the one that stands among those for which `counts` says so (NULL: all);
 * out->n: none. */
int sync_changes_last(struct merging *m, const struct sync_changes *c,
	bool (*counts)(const struct sync_change *, void *), void *context, size_t *last);

/*
 * sync_state.c: what is remembered in .git/fu: the commit of each remote's branch that we
 * last stood together with, and when. `git fetch` follows a branch that was rewritten, and
 * nobody would see it afterwards.
 */
void synced_get(struct repo *repo, const char *remote, const char *branch, char hash[41]);
int synced_set(struct repo *repo, const char *remote, const char *branch, const char *hash);
int synced_note_time(struct repo *repo);

/* sync_remote.c. ERR_FAILED: git's own words are recorded, or went to the terminal. */
/* What the branch is there goes to a ref of our own, `refs` and its name, until it is known
 * that it can be followed; where there is no such branch, to none. */
int remote_fetch(struct repo *repo, const char *remote, const char *branch, const char *refs,
	void (*hear)(const char *line));
int remote_push(struct repo *repo, const char *remote, const char *branch, const char *to,
	bool upstream, void (*hear)(const char *line));
int remote_clone(const char *url, const char *dir, void (*hear)(const char *line));

#endif
