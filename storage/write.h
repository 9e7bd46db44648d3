/* Inside storage: a transaction, and the hand edits that it takes along. */
#ifndef FU_STORAGE_WRITE_H
#define FU_STORAGE_WRITE_H

#include "storage/repo.h"

/* A file whose work tree differs from HEAD in form only. */
struct loose_file {
	char *path;
	struct str bytes; /* as the work tree has it */
};

struct write {
	struct repo *repo;
	const struct git_backend *backend;
	struct git *git;
	struct gitw *transaction;
	struct list notices;
	struct loose_file *loose;
	size_t loose_n, loose_cap;
	size_t staged;
	bool wrote; /* a commit was made */
};

/* packing.c: lets git pack what is loose, beside us, where that is much. Failing is silent. */
void pack_if_due(struct repo *repo);

/* "subject\n\nbody\n\ntrailers\n"; the caller frees. */
char *commit_message(const struct commit_text *text);

/* Stages the file; bytes NULL: its removal. `edit`: what the work tree has, which is
 * replaced; NULL: what HEAD has. ERR_FAILED also where the file would be larger than what
 * ini_read reads. */
int write_stage(struct write *w, const char *path, const char *bytes, size_t len,
	const struct hand_edited *edit);

/* ---- write_edits.c ---- */

/* An opportunity's file as it was edited, and what is to be recorded of it. */
struct taken {
	struct opportunity *after;
	struct str read;  /* its file as it was edited */
	struct str bytes; /* its file as it is to be recorded */
	struct str head;  /* HEAD's, where there is one */
	struct list acts; /* what came of the edit, in words */
	bool same;        /* nothing was edited: the file is HEAD's */
};
#define TAKEN_INIT ((struct taken){.read = STR_INIT, .bytes = STR_INIT, .head = STR_INIT})
/*
 * Takes the file at `path`, which HEAD has at `was` (NULL: it has not). Errors:
 * ERR_REFUSED: against the rules; ERR_FAILED: damaged; "path:line: …" each.
 */
int edit_take(struct taken *out, struct repo *repo, const char *id, const char *path,
	const char *was, const char *why);
void taken_release(struct taken *t);
/* Whether HEAD's file is that text. What cannot be read is not. */
bool head_has(struct repo *repo, const char *path, const struct str *text);
/* Judges a text of an opportunity against the recorded one (`before` may be NULL), by the
 * rules that every edit passes. `name` stands before the lines in messages. Errors as
 * above; the caller frees *out. */
int edit_judge(struct repo *repo, struct opportunity **out, const struct opportunity *before,
	const char *id, const char *name, const struct str *bytes, const char *why);
/* What HEAD has at the path; *before NULL: nothing, or nothing readable. The caller frees. */
int edit_read_head(struct repo *repo, const char *id, const char *was, struct str *bytes,
	struct opportunity **before);

/* Where HEAD has the file of that id, which the work tree has at path; *was NULL:
 * nowhere. The caller frees it. */
int edit_find_head(struct repo *repo, const char *id, const char *path, char **was);

/* Files are made from acts: a comment in one is text that no write keeps. ERR_FAILED
 * where there is one, so that it is not lost unseen; the file can still be read. */
int edit_judge_remark(const struct opportunity *o, const char *name);

#endif
