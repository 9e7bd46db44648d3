/*
 * Inside storage: what the parts of the audit share.
 *
 *	audit.c            what is looked at, in which order; HEAD's files; what is left over
 *	audit_acts.c       the acts that a file has, as digests; which versions are known
 *	audit_history.c    each commit is judged (core/audit.h has the rules)
 *	audit_program.c    what the git program finds: `git fsck`, signatures
 */
#ifndef FU_STORAGE_AUDIT_H
#define FU_STORAGE_AUDIT_H

#include "core/audit.h"
#include "storage/repo.h"

#include <stdint.h>

#define DIGEST_LEN 20

struct act_digest {
	char id[ACT_ID_LEN + 1];
	unsigned char kind;             /* enum act_kind */
	unsigned char text[DIGEST_LEN]; /* of audit_act_text() */
	uint64_t of;                    /* hash of that field; 0: none */
	int64_t edited;                 /* seconds; INT64_MIN: never */
};

/* The acts of one version of a file, in the order of their ids. */
struct file_acts {
	char blob[41];
	bool damaged;      /* it cannot be read whole */
	char readable[41]; /* the blob that the acts are of: this one, or, where nothing of it
			      can be read, the last one before; "": none */
	struct act_digest *items;
	size_t n;
	struct file_acts *next; /* of the bucket */
};

/* A version of an act that the history explains. */
struct known_version {
	struct act_digest act;
	bool gone; /* it went in some commit: a merge with that commit need not have it */
};

struct audit {
	struct repo *repo;
	const struct git_backend *backend;
	struct git *git;
	const struct audit_options *options;
	struct audit_report *report;
	struct file_acts **buckets;
	struct known_version *known; /* open addressing; id[0] '\0': free */
	size_t known_n, known_cap;
	struct list signed_commits;
};

void audit_init(struct audit *a);
void audit_release(struct audit *a);
void audit_step(struct audit *a, const char *doing);

/* ---- findings ---- */

/* A new one, with its message; borrowed until the next. */
struct audit_finding *audit_find(struct audit *a, const char *kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* An object could not be had: a finding, unless a partial clone lacks it (ERR_MISSING). */
void audit_find_lacking(struct audit *a, int err, const char *commit, const char *file);

/* ---- audit_acts.c ---- */

/*
 * The acts of a blob that is an opportunity's file. One that cannot be read has those of
 * `before` (may be NULL); *fresh (may be NULL): it was not looked at before. ERR_FAILED:
 * the object is missing or damaged;
 * ERR_MISSING: a partial clone does not have it.
 */
int audit_acts(struct audit *a, const char *blob, const char *path,
	const struct file_acts *before, struct file_acts **out, bool *fresh);
/* It is not needed any more. */
void audit_forget(struct audit *a, const char *blob);
/* The opportunity of a blob, or its acts alone where it cannot be read whole; NULL:
 * nothing of it. *whole may be NULL. The caller frees. ERR_FAILED: there is no object. */
int audit_read(struct audit *a, const char *blob, const char *path, struct opportunity **out,
	bool *whole);

/* Whether this is the act in a version that the history explains. */
bool audit_knows(const struct audit *a, const struct act_digest *act);
/* Whether any version of that act is known. */
bool audit_knows_any(const struct audit *a, const char *id);
void audit_know(struct audit *a, const struct act_digest *act);
/* Marks all versions of the act as gone, or asks. */
void audit_mark_gone(struct audit *a, const char *id);
bool audit_is_gone(const struct audit *a, const char *id);

bool same_act(const struct act_digest *a, const struct act_digest *b); /* text alone */

/* ---- audit_history.c, audit_program.c ---- */

int audit_history(struct audit *a);
int audit_git_fsck(struct audit *a);
int audit_signatures(struct audit *a);

#endif
