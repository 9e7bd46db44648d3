/*
 * The one public header of `storage`: the repository as `cmd` sees it.
 *
 * A repository is a git work tree with a `fu.ini` at its top, `processes/<name>.ini`,
 * and one file per opportunity under `opportunities/`. Reading needs plain files
 * only; what needs git (writing, history, git's config) goes through a module
 * that is loaded when it is first needed (storage/git/backend.h), so that reading
 * commands do not pay for libgit2.
 *
 * Lifecycle:  repo_open → read …                                  → repo_close
 *             repo_open → write_begin → write_open → (opportunity_admit)
 *                       → write_put → write_commit → write_end    → repo_close
 *
 * Unless said otherwise functions return 0 or an error of core/error.h that has
 * been recorded; what they hand out is borrowed and lives as long as the repo.
 */
#ifndef FU_STORAGE_H
#define FU_STORAGE_H

#include "core/busy.h"
#include "core/opportunity.h"
#include "core/process.h"
#include "core/rules.h"
#include "core/settings.h"
#include "core/str.h"
#include "core/when.h"
#include "core/worklist.h"

#include <stdbool.h>
#include <stddef.h>

/* ---- the moment, and zones ---- */

/* Reads $FU_NOW (RFC 3339), else the system's clock. ERR_USAGE: unreadable. */
int system_now(struct moment *out);
/* The system's IANA zone ($TZ if it names one, /etc/timezone, /etc/localtime), else "UTC". The
 * caller frees. */
char *system_timezone(void);
bool timezone_exists(const char *name);

/* ---- what is installed with fu ---- */

/* Where a path below the prefix that fu was built for is now: the tree may have been moved,
 * or installed elsewhere (DESTDIR), and is looked for from the running program. The caller
 * frees. */
char *installed_path(const char *path);

/* ---- opening ---- */

struct repo;

/*
 * Finds the repository: `where` (--repo or $FU_REPO) itself, or, where that is
 * NULL, from the current directory upwards. Checks ownership as git does, reads
 * fu.ini. ERR_MISSING: no repository; ERR_FAILED: damaged fu.ini, not ours.
 */
int repo_open(struct repo **out, const char *where);
/* The same for who writes on the strength of what it reads. ERR_FAILED: also where what a
 * killed command left could not be put right. */
int repo_open_to_write(struct repo **out, const char *where);
/* The same for who only looks, and leaves even .git/fu as it is: what a crash left is not
 * recovered, caches are read and not written; where there is none and there are thousands of
 * files, repo_each_listed visits nothing. */
int repo_open_to_look(struct repo **out, const char *where);
void repo_close(struct repo *repo);

const char *repo_root(
	const struct repo *repo); /* absolute path of the work tree, no '/' at the end */
const char *repo_private(
	const struct repo *repo); /* absolute path of .git/fu, made when needed */
const struct settings *repo_settings(const struct repo *repo);
const struct clock *repo_clock(const struct repo *repo);

/* Makes a repository in dir (made if it is not there) with fu.ini, the shipped
 * processes and a first commit. On a repository: *made = false. Inside another
 * work tree: ERR_REFUSED unless `here`. */
int repo_init(const char *dir, const char *zone, const char *currency, bool here, bool *made,
	char **root);

/* ---- reading ---- */

/* A process by name; read once. ERR_MISSING, ERR_FAILED (file and line). */
int repo_process(struct repo *repo, const char *name, const struct process **out);
/* Names of the files in processes, sorted; the caller releases. */
int repo_process_names(struct repo *repo, struct list *out);

/* An opportunity's id from what was typed: exact id, else exact former id (repo_former),
 * else unique prefix.
 * ERR_MISSING: none (the nearest is suggested), or several (listed). The caller frees *id. */
int repo_resolve(struct repo *repo, const char *typed, char **id);
/* The opportunity that was once called that: before it was renamed, or merged into another
 * one. *now NULL: none; the caller frees it. From a cache, as repo_ids_of_client. ERR_MISSING:
 * several (listed). */
int repo_former(struct repo *repo, const char *id, char **now);
/* Adds every id that repo_former knows. */
int repo_former_ids(struct repo *repo, struct list *out);
/* Where the file of that id lies unless somebody put it elsewhere; the caller frees. */
char *repo_usual_path(const char *id);
/* Reads and folds one by its exact id; the caller frees it. Facts changed by hand
 * on top are seen. ERR_MISSING, ERR_FAILED (file and line). */
int repo_load(struct repo *repo, const char *id, struct opportunity **out);
/* All ids, sorted; the caller releases. */
int repo_ids(struct repo *repo, struct list *out);

/*
 * Calls visit for every opportunity, in the order of ids; `o` is the visitor's to
 * read and is freed afterwards unless the visitor sets *keep. A file that cannot be
 * read is passed with o NULL and what is wrong in `fault` ("path:line: …", a line each). A
 * visitor's non-zero return stops and is returned.
 */
typedef int (*opportunity_visitor)(
	void *context, struct opportunity *o, const char *fault, bool *keep);
int repo_each(struct repo *repo, opportunity_visitor visit, void *context);
/* The same for live ones only (opportunity_is_live); others are not read where the
 * cache knows them. Files that cannot be read are passed too. */
int repo_each_open(struct repo *repo, opportunity_visitor visit, void *context);

/*
 * The work list (core/worklist.h) of every live opportunity: all its items, shown
 * already or not. Kept in a cache under .git/fu that is checked against the files it
 * was made from and made anew where it does not hold, so that what it costs grows
 * with what is live; a hand edit of a live opportunity is seen.
 */
struct listed {
	const char *id;
	const char *client, *owner; /* or NULL */
	const struct item *items;   /* opportunity, contact, commitment, command: NULL */
	size_t n;
};
/* In no order. `fault` as in opportunity_visitor, l is then NULL; or what is wrong with
 * its process, and l is what can be said without. The texts stay until the next time, or
 * until the repository is closed; the rest is gone when visit returns. A non-zero return stops
 * and is returned. */
typedef int (*listed_visitor)(void *context, const struct listed *l, const char *fault);
int repo_each_listed(struct repo *repo, listed_visitor visit, void *context);

/*
 * The same, but what the cache says is shown while the files are still being looked at, by
 * another thread where they are many: what is made of it may be shown to nobody before
 * repo_listed_held said that it held. Otherwise it was wrong: drop it, and call
 * repo_each_listed.
 */
int repo_each_listed_early(struct repo *repo, listed_visitor visit, void *context);
bool repo_listed_held(struct repo *repo);

/*
 * What was reminded (`remind --new`): which items earlier digests had, kept for this
 * machine alone.
 *
 *	reminded_new → (reminded_recall, reminded_before …) → reminded_add_listed, reminded_add
 *	→ what is shown got out → reminded_save → reminded_free
 *
 * From reminded_recall on other digests wait for this one, two seconds at most.
 */
struct reminded;
struct reminded *reminded_new(struct repo *repo);
void reminded_free(struct reminded *r); /* NULL is fine */
/* Reads what earlier digests had; nothing, where that is not there or damaged. */
void reminded_recall(struct reminded *r);
bool reminded_before(const struct reminded *r, const struct item *item);
/* Every item there is, shown or not: others can be forgotten. */
void reminded_add_listed(struct reminded *r, const struct item *item);
/* An item of this digest. */
void reminded_add(struct reminded *r, const struct item *item);
/* Adds this digest to the earlier ones. `forget`: what was not listed is gone, and is new
 * when it comes again. ERR_FAILED. */
int reminded_save(struct reminded *r, bool forget);

/*
 * Adds the ids of the opportunities whose client is called like that (case and marks do not
 * matter), sorted, open ones first, then the closed ones. From a cache: what was changed in
 * place, by hand, since a file of that directory last came or went may be missing or wrong,
 * so read what is of interest and look. Files that cannot be read are left out.
 */
int repo_ids_of_client(struct repo *repo, const char *client, struct list *out);

/* What an opportunity is known by when another one is opened. */
struct known_by {
	const char *id, *client, *title; /* never NULL */
	const char *mails; /* addresses of contacts who have not left, folded, a line each */
	bool is_open;
};
typedef int (*known_visitor)(void *context, const struct known_by *known);
/* In the order of ids. From the same cache, but open ones are looked at; what cannot be read is
 * left out. A non-zero return stops and is returned. */
int repo_each_known(struct repo *repo, known_visitor visit, void *context);

/* The file's bytes as they are, for `edit` and `check`; the caller releases. */
int repo_read_file(struct repo *repo, const char *path, struct str *out);

/* ---- the codec, for forms and import maps as well ---- */

struct ini_pair {
	char *section; /* "" before the first */
	char *key;     /* NULL: the section's own line (announces it even when empty) */
	char *value;
	unsigned line;
};
struct ini_text;
struct ini {
	struct ini_pair *pairs;
	size_t n, cap;
	struct ini_text *texts; /* what the pairs' strings lie in */
	unsigned remark;        /* line of the first comment, or 0 */
};
/* Where a line that begins with a blank belongs. */
enum ini_form {
	INI_RECORD,   /* to the value before it: opportunity files, forms */
	INI_SETTINGS, /* as above, unless it reads `key = value` or `[section]`: fu.ini,
		       * processes, import maps; `git config -f` indents its keys */
};
#define INI_MAX_BYTES (8u << 20)
/* Understands a whole document (storage/ini.c has the format). `name` stands before
 * the line in messages, "name:12: …"; every fault is recorded. ERR_FAILED. */
int ini_read(
	struct ini *out, const char *name, const char *bytes, size_t len, enum ini_form form);
void ini_release(struct ini *doc);
/* What these write, ini_read gives back in either form, whatever the value holds;
 * bytes that are not UTF-8 become U+FFFD. A section is set off by an empty line. */
void ini_write_section(struct str *out, const char *section);
void ini_write_pair(struct str *out, const char *key, const char *value);

/*
 * An opportunity's file (storage/opportunity_file.c has the format), folded, as its
 * acts have it: `path` is what messages name, `declared` gets the facts that stand on
 * top, in stored form (core/handedit.h makes acts of them); the caller releases both.
 * Errors: ERR_FAILED, every fault with its line.
 */
int opportunity_read(struct opportunity **out, struct fact_list *declared, const char *id,
	const char *path, const char *bytes, size_t len);
/* o must be folded. */
void opportunity_write(struct str *out, const struct opportunity *o);

/* ---- writing ---- */

struct write;

/* Takes the repository's lock (waits for it), recovers what a crash left, checks
 * that git is not in the middle of something and HEAD is on a branch. ERR_FAILED. */
int write_begin(struct write **out, struct repo *repo);
/* Gives up what was not committed, and the lock. NULL is fine. */
void write_end(struct write *w);

/* Reads one as repo_load does, under the lock. A valid hand edit of it is recorded
 * first, as a commit of its own (write_notices says so); an invalid one: ERR_FAILED.
 * The caller frees it. */
int write_open(struct write *w, const char *id, struct opportunity **out);
/* What was done on the side, to be said on stderr: one line each, or empty. */
const struct list *write_notices(const struct write *w);

/* Stages the file of the (folded) opportunity; a new one gets its path. */
int write_put(struct write *w, struct opportunity *o);
/* Stages the removal of an opportunity's file, which write_open has read. */
int write_remove(struct write *w, const char *path);
/* Stages any other tracked file (fu.ini, processes/…). */
int write_put_file(struct write *w, const char *path, const char *bytes, size_t len);

struct commit_text {
	const char *subject;
	const char *body;            /* or NULL */
	const struct list *trailers; /* "Fu-Act: meeting", … or NULL */
};
/* Writes everything staged as one commit; durable when it returns 0. `commit`
 * (41 bytes) gets its hash. With nothing staged that differs: 0 and an empty hash. */
int write_commit(struct write *w, const struct commit_text *text, char commit[41]);

/* A fresh act id. */
char *fresh_act_id(void);

/*
 * What stands in the work tree but not in HEAD, of the files that are fu's:
 * for `status` and `record`.
 */
struct hand_edit {
	char *path;
	char *was; /* where HEAD has it: elsewhere when it was moved by hand; NULL: nowhere */
	char *id;  /* the opportunity's, or NULL for fu.ini and processes */
	bool is_new, is_gone;
	char *fault; /* why it cannot be recorded, "path:line: …", a line each; or NULL */
};
struct hand_edits {
	struct hand_edit *items;
	size_t n, cap;
};
int repo_hand_edits(struct repo *repo, struct hand_edits *out);
void hand_edits_release(struct hand_edits *edits);
/* Records them all as one commit (`record`). `why` serves facts that demand a
 * reason; may be NULL. ERR_REFUSED / ERR_FAILED: nothing is recorded. *count: how many files.
 */
int write_record_edits(struct write *w, const char *why, char commit[41], size_t *count);
/* Checks an edited text of an opportunity against the recorded one and makes of it
 * what is to be recorded: acts that changed are stamped `edited`, a fact changed on
 * top becomes a `set` act. The caller frees *out. For `edit`. */
int write_take_edit(struct write *w, const struct opportunity *before, const char *name,
	const char *bytes, size_t len, const char *why, struct opportunity **out);

/* Judges what git's index would commit, as record judges the work tree: for the
 * pre-commit hook. ERR_REFUSED: every fault is recorded, "path:line: …". */
int repo_judge_staged(struct repo *repo);
/* Where git looks for that hook: core.hooksPath is minded. The caller frees *path. */
int repo_hook_path(struct repo *repo, const char *hook, char **path);

/* ---- git's config and identity ---- */

/* A value of git's config as git would see it here, or NULL when unset. The
 * caller frees *out. repo may be NULL. Avoids loading git where no file can have it. */
int git_config_value(struct repo *repo, const char *key, char **out);
int git_config_store(struct repo *repo, const char *key, const char *value);
/* Calls visit for every key that begins with prefix. */
int git_config_each(struct repo *repo, const char *prefix,
	int (*visit)(void *context, const char *key, const char *value), void *context);

/* Who acts: "Name <mail>" as git would take it ($GIT_AUTHOR_*, user.*, the account).
 * *guessed: taken from the account. The caller frees *out. */
int git_identity(struct repo *repo, char **out, bool *guessed);

/* ---- foreign calendars ---- */

/*
 * Adds the times between two instants at which an iCalendar file says that somebody is
 * busy; what has no zone is in the clock's. What `mail` (NULL: nobody is known) has
 * declined, or the only one who was asked, does not count. A line for each doubt goes to
 * `warnings`. Read by a program of its own (storage/ics/fu_ics.c). ERR_FAILED: it is not there,
 * or the file cannot be taken (named, with the line where there is one).
 */
int calendar_busy(struct busy *out, struct list *warnings, const char *path,
	const struct clock *clock, int64_t from, int64_t to, const char *mail);

/* ---- history ---- */

struct commit_info {
	char hash[41];
	const char *author; /* "Name <mail>" */
	struct moment time;
	const char *subject;
	const char *body; /* the whole message after the subject, trailers included */
};
/* Newest first. path: only commits that changed it, or NULL. A non-zero return of visit
 * stops; positive values are returned as 0. */
struct history_filter {
	const char *path;
	const struct list *paths; /* instead of path: of any of these; or NULL */
	const char *start;        /* revision to begin from; NULL: HEAD */
};
int history_each(struct repo *repo, const struct history_filter *filter,
	int (*visit)(void *context, const struct commit_info *commit), void *context);
/* A shallow clone: what was before some commit is not there. */
bool history_is_cut_off(const struct repo *repo);
/* A file as that commit has it. ERR_MISSING: not there. */
int history_file(struct repo *repo, const char *commit, const char *path, struct str *out);
/* The paths that a commit changed against its first parent. */
int history_changed(struct repo *repo, const char *commit, struct list *paths);
/* The commit of a revision as git reads it ("HEAD~2", a short hash). ERR_MISSING. */
int history_resolve(struct repo *repo, const char *revision, char commit[41]);
/* A unified diff of the commit against its first parent, as `git show` prints it. */
int history_diff(struct repo *repo, const char *commit, struct str *out);

/* ---- fsck (storage/audit.c) ---- */

/*
 * What is wrong with the repository or the audit trail. Kinds:
 *	altered, vanished, moved, unclaimed, configured: what a commit did to acts or
 *		settings without saying so (core/audit.h);
 *	unread: a file that could not be read from that commit on;
 *	format, duplicate: what stands in HEAD;
 *	object, ref, index, leftover, signature, git: the repository.
 */
struct audit_finding {
	const char *kind;      /* one of these words */
	char *commit;          /* or NULL, as the next three */
	char *file;            /* path */
	char *opportunity;     /* id */
	char *act;             /* id */
	struct list fields;    /* altered: what is another now */
	char *message;         /* "note 3f0q9xk2ma was altered: note (the commit says: note)" */
	bool mended;           /* HEAD has it as it was: does not count */
	unsigned char was[20]; /* digest of the act as it was */
};
struct audit_report {
	struct audit_finding *items;
	size_t n, cap;
	size_t commits, files, acts;
	size_t is_signed, verified, unverified; /* commits; unverified: no key, no program */
	bool partial;     /* a partial clone lacks files that the audit asks for */
	bool cut_off;     /* a shallow clone: what was before is not known */
	bool without_git; /* there is no git program: `git fsck`, signatures were left out */
	char *unverified_why; /* what git said to the first of them, or NULL */
};
struct audit_options {
	bool signatures;
	void (*step)(void *context, const char *doing); /* now and then; may be NULL */
	void *context;
};
/* Looks at everything. Findings are no error. ERR_FAILED: it could not be done. */
int repo_audit(
	struct repo *repo, const struct audit_options *options, struct audit_report *out);
void audit_report_release(struct audit_report *report);

struct remote_state {
	bool has_remote, has_upstream;
	bool detached; /* HEAD is on no branch: nothing can be recorded or synchronised */
	char *remote, *branch;
	size_t ahead, behind;
};
int history_remote(struct repo *repo, struct remote_state *out);
void remote_state_release(struct remote_state *state);

/* ---- two people ---- */

struct sync_options {
	const char *remote; /* NULL: the branch's, else the only one, else 'origin' */
	bool no_push;
	bool rehearse; /* fetch and compare, and leave everything as it is */
	/* Hears how far git is, as program.h has it: raw, what the remote says among it. Or
	 * NULL. */
	void (*hear)(const char *line);
};
struct sync_result {
	char *remote, *branch;  /* the branch there */
	size_t taken, given;    /* commits of theirs that came in, of ours that went out */
	bool merged, forwarded; /* by a merge commit; by moving on to theirs */
	bool pushed;
	char commit[41];   /* where the branch now stands */
	struct list notes; /* what was decided on the way, a line each */
	/* Paths of opportunities and processes that the other side deleted with plain git: they
	 * are gone here too, and stand in the commit `before`. */
	struct list lost;
	char before[41];
};
/*
 * Fetches, merges by meaning, pushes. Valid hand edits are recorded first; one that is
 * not is refused, before anything is fetched. The lock is held while it merges, not while
 * the network is waited for. ERR_FAILED: no remote, no git program, a push that was
 * rejected, a history that was rewritten, …; *out says what was done until then. The
 * caller releases it, also on an error.
 */
int repo_sync(struct repo *repo, const struct sync_options *options, struct sync_result *out);
void sync_result_release(struct sync_result *result);
/* When the last sync came to its end; set false: never. */
void repo_last_sync(struct repo *repo, struct moment *out);
/*
 * `git clone` into a directory that is not there, or is empty. What turns out to be no fu
 * repository is removed again. hear: as above. *root: its path; the caller frees.
 */
int repo_clone(const char *url, const char *dir, void (*hear)(const char *line), char **root);

#endif
