/*
 * The audit trail: what a commit says of itself, and whether that explains what
 * became of the acts in it (fu-fsck(1)).
 *
 * Acts are added and stay as they are. What else may become of them:
 *	changed: by `edit` and `record`, which stamp the act `edited`;
 *	moved to another opportunity: by `merge`, `rename`, `undo` and `resolve`;
 *	gone: by a `git revert` of the commit that brought them.
 * storage/audit.c asks these questions of every commit.
 */
#ifndef FU_CORE_AUDIT_H
#define FU_CORE_AUDIT_H

#include "core/act.h"

/* One `Fu-Act` and the trailers behind it. */
struct audit_claim {
	char *act;                 /* the kind of an act, or edit, record, import, … */
	char *id;                  /* of the act, or NULL */
	struct list opportunities; /* ids */
};
struct audit_claims {
	struct audit_claim *items;
	size_t n, cap;
	struct list reverts; /* hashes of the commits that it takes back (`git revert`) */
};

/* body: the message after its subject. */
void audit_claims_read(struct audit_claims *out, const char *body);
void audit_claims_release(struct audit_claims *claims);
/* "the commit says: meeting, note", "the commit is not one of fu's". */
void audit_claims_add_words(struct str *out, const struct audit_claims *claims);

/* Whether a commit that says this may change acts of that opportunity that were there. */
bool audit_may_alter(const struct audit_claims *claims, const char *opportunity);
bool audit_may_move(const struct audit_claims *claims);
/* May bring this act on. Plain git may: the rules are for `check`. */
bool audit_may_bring(const struct audit_claims *claims, enum act_kind kind, const char *id);
/* May change fu.ini and the processes. */
bool audit_may_configure(const struct audit_claims *claims);

/* The act in a form that is the same where two acts are the same, but for `edited`, for
 * `of` (merges set it), and for where it stands. */
void audit_act_text(struct str *out, const struct act *a);
/* The names of the fields in which they differ, `edited` left out. */
void audit_differences(struct list *out, const struct act *before, const struct act *after);

#endif
