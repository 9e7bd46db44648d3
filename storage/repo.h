/* Inside storage: what an open repository is made of. */
#ifndef FU_STORAGE_REPO_H
#define FU_STORAGE_REPO_H

#include "storage/clock.h"
#include "storage/git/backend.h"
#include "storage/index.h"
#include "storage/storage.h"

/* What an opportunity was called once, and what it is called now. */
struct former {
	char *id, *now;
};

struct repo {
	int fd;           /* of the work tree */
	char *root;       /* absolute */
	char *git_dir;    /* .git, or where a .git file points */
	char *common_dir; /* the same, but for `git worktree` checkouts */
	char *private_dir;
	struct settings settings;
	struct clock clock;
	struct zones zones;
	struct process **processes;
	size_t processes_n, processes_cap;
	struct index index;
	bool indexed;
	struct former *former; /* sorted by both, while former_known */
	size_t former_n, former_cap;
	bool former_known;
	struct listing *listed; /* what repo_each_listed showed last, or NULL */
	struct listed_watch
		*listed_watch;  /* each_listed.c: it is still being checked; or NULL */
	struct git *git;        /* NULL until it is needed */
	struct str config_text; /* of git's config files, while config_read */
	bool config_read;
	bool looks_only; /* repo_open_to_look */
	bool writes;     /* between write_begin and write_end */
};

/* The repository as git has it; opened the first time. */
int repo_git(struct repo *repo, const struct git_backend **backend, struct git **git);

/* Forgets which files there are: they may have changed. */
void repo_forget_index(struct repo *repo);
int repo_index(struct repo *repo, const struct index **out);
void repo_forget_former(struct repo *repo); /* former.c */
/* register.c: every id that an opportunity had before; the texts are gone afterwards. */
int repo_each_former(struct repo *repo,
	void (*visit)(struct repo *repo, const char *former, const char *now));
void repo_forget_listed(struct repo *repo); /* each_listed.c */

/* The file of that id, from the place where it should be, else from the index.
 * ERR_MISSING: there is none; ERR_FAILED: two files have it. The caller frees *path. */
int repo_find(struct repo *repo, const char *id, char **path);

/* Reads one file of the work tree as an opportunity, hand edits on top shown. */
int repo_load_path(
	struct repo *repo, const char *id, const char *path, struct opportunity **out);

/* Understands a process's file. The caller frees *out. ERR_FAILED. */
int process_read(struct process **out, const char *name, const char *path, const char *bytes,
	size_t len);
/* The same for fu.ini; on success *out is released by the caller. */
int settings_read(struct settings *out, const char *path, const char *bytes, size_t len);

/* crash.c: finishes or takes back what a killed command left. Where somebody is at work, it may
 * be his: then it is passed over, or, with `waits`, looked at when he is done. ERR_FAILED: it
 * is still there. */
int repo_recover(struct repo *repo, bool waits);
/* Whether somebody holds the repository's lock, as far as can be seen. */
bool repo_is_being_written(const struct repo *repo);
/* Keeps others from writing, for a look at the work tree and HEAD together: readers take no
 * lock, and a file whose commit is still being made looks like an edit by hand. Waits a few
 * seconds at most. Returns a descriptor for repo_let_write; -1: it writes itself, or was not
 * let. */
int repo_hold_writers(const struct repo *repo);
void repo_let_write(int held);

/* sharing.c: from now on this process writes as core.sharedRepository asks for. */
void share_writing(const struct git_backend *backend, struct git *git);
/* Likewise where the directory is one that a group shares, without asking git's config. */
void share_as(const char *dir);

/* discover.c: finds where the repository is and fills in fd and the directories. */
int repo_discover(struct repo *repo, const char *where);

#endif
