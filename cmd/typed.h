/*
 * An act's fields as they were typed: option and text, in order.
 *
 * They are judged twice. First without a repository, so that an unknown word or
 * an unreadable date is wrong usage (129) wherever one stands: typed_check. Then,
 * when the repository's zone, currency and contacts are known, they are set in an
 * act: typed_apply.
 */
#ifndef FU_CMD_TYPED_H
#define FU_CMD_TYPED_H

#include "core/act.h"

struct typed_option {
	char *option; /* "--next", "<when>": for messages */
	const struct field *field;
	char *text; /* flags: "yes" */
};

struct typed_options {
	struct typed_option *items;
	size_t n, cap;
};

/* Adds one; of a field that holds one value only the last one is kept. */
void typed_add(struct typed_options *t, const char *option, const struct field *field,
	const char *text);
/* Takes a field back (`--no-decided`). */
void typed_remove(struct typed_options *t, const struct field *field);
bool typed_has(const struct typed_options *t, const char *field_name);
void typed_release(struct typed_options *t);

/* Judges every text as far as it can be without a repository: words, amounts,
 * durations, dates (in UTC; the moment is $FU_NOW or now). All faults are recorded,
 * each with its option; ERR_USAGE. */
int typed_check(const struct typed_options *t);

/* The same for one date of another option; `what` stands before the message. */
int typed_check_date(const char *what, const char *text, enum direction direction);
/* Whether it is a date, on some day. Records nothing. */
bool typed_is_date(const char *text);

/* Sets the act's fields. `at` is set first, the others are read against it; the
 * rest of *ctx is the caller's. ERR_USAGE. */
int typed_apply(const struct typed_options *t, struct act *a, const struct typed *ctx);

/* What was typed at another moment (*then) and would mean something else now (*ctx), as dates
 * in full, with the weekday: it means what it meant. What cannot be read stays. True where
 * something was written out. */
bool typed_pin(struct typed_options *t, const struct moment *then, const struct typed *ctx);

#endif
