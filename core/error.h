/*
 * Errors: an int goes up, the words are recorded once where it happened, and
 * `cmd` prints them once (cmd/report.c).
 *
 *	return error_set(ERR_FAILED, "%s:%d: unknown key '%s'", path, line, key);
 *
 * Messages are lowercase, without a full stop, with the offending value in
 * single quotes; they may hold raw user text, `cmd` escapes it when it prints.
 * Every function of `core` and `storage` that can fail returns 0 or one of
 * these codes and has then recorded at least one message. The record is one per
 * process: `fu` has one thread.
 */
#ifndef FU_CORE_ERROR_H
#define FU_CORE_ERROR_H

#include "core/str.h"

#include <stddef.h>

enum error {
	ERR_NONE = 0,
	ERR_REFUSED = -1, /* the answer is no: a rule of the discipline */
	ERR_FAILED = -2,  /* could not be carried out: I/O, lock, damaged file */
	ERR_MISSING =
		-3, /* no such (or an ambiguous) opportunity, commitment, contact, repository */
	ERR_USAGE = -4, /* wrong usage: unknown word, unreadable date or amount */
};

/* Forgets what was recorded and records this message; returns code. */
int error_set(enum error code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Records one message more, so that all that is wrong is said at once; returns code. */
int error_add(enum error code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Records a hint: what to do, or the next command to type. */
void error_hint(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Puts "<prefix>: " before every recorded message (a file name, a line). */
void error_prefix(const char *format, ...) __attribute__((format(printf, 1, 2)));

void error_clear(void);

size_t error_count(void);
const char *error_message(size_t i);
size_t error_hint_count(void);
const char *error_hint_message(size_t i);

/*
 * Functions that record an error forget what was recorded before. To say all that
 * is wrong at once, put what there is aside before the next one is called:
 *
 *	errors_keep(&kept);
 *	err = when_parse(…);
 *	errors_restore(&kept);     now the record holds both
 */
struct kept_errors {
	struct list messages, hints;
};
/* Takes what is recorded out of the record. */
void errors_keep(struct kept_errors *kept);
/* A copy; the record stays. */
void errors_copy(struct kept_errors *kept);
/* Puts what was kept before what was recorded since; *kept is empty afterwards. */
void errors_restore(struct kept_errors *kept);
/* Puts what was kept in place of what was recorded since; *kept is empty afterwards. */
void errors_put_back(struct kept_errors *kept);
void errors_release(struct kept_errors *kept);

#endif
