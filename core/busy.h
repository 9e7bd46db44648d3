/*
 * Busy times out of foreign calendars, as instants.
 *
 * They come from a program of its own, fu-ics, which reads iCalendar files with libical
 * (storage/ics/fu_ics.c). Here is understood what it prints, one line each:
 *
 *	busy <from> <to>           seconds since 1970-01-01T00:00:00Z, from < to
 *	warning <line> <text>      something was guessed at; line 0: the file as a whole
 *	fault <line> <text>        the file cannot be taken
 *	end                        the last line, always: without it the answer is cut short
 */
#ifndef FU_CORE_BUSY_H
#define FU_CORE_BUSY_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct busy_span {
	int64_t from, to; /* to: no longer busy */
};

struct busy {
	struct busy_span *items; /* in order and apart from each other after busy_settle */
	size_t n, cap;
};

void busy_add(struct busy *b, int64_t from, int64_t to);
/* Puts them in order and joins those that meet. Before the first busy_overlaps. */
void busy_settle(struct busy *b);
/* Whether there is one that overlaps from ≤ t < to. */
bool busy_overlaps(const struct busy *b, int64_t from, int64_t to);
void busy_release(struct busy *b);

/*
 * Takes an answer of fu-ics. `name` is what messages call the file. Adds a line for
 * each warning to `warnings`. ERR_FAILED: a fault ("<name>:12: …"), or an answer that is
 * not one.
 */
int busy_read_answer(
	struct busy *out, struct list *warnings, const char *name, const char *answer);

#endif
