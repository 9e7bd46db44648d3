/*
 * Sentences made of what the record holds, for `brief` and `recap`: whatever stands in
 * a field, no sentence gets a hole. Text is put on one line, its blanks single; what is
 * blank counts as absent. It stays raw otherwise: who prints it makes it safe (utf8.h).
 */
#ifndef FU_CORE_PROSE_H
#define FU_CORE_PROSE_H

#include "core/opportunity.h"

/* The text on one line, or NULL where there is none; the caller frees. */
char *prose_tidy(const char *text);

/* True if there is something to be read in the text; NULL has nothing. */
bool prose_says(const char *text);

/* Add `before` and the text, tidied (and in quotes), or nothing where it says nothing. */
void prose_add(struct str *out, const char *before, const char *text);
void prose_add_quoted(struct str *out, const char *before, const char *text);
/* The same in quotes, of no more than `columns`. */
void prose_add_cut(struct str *out, const char *before, const char *text, size_t columns);

/* Adds `before` and the texts, "a, b and c" with `last` between the last two (" and "), in
 * quotes if `quoted`; nothing where none says anything. */
void prose_add_series(struct str *out, const char *before, const struct list *texts,
	const char *last, bool quoted);

/* Adds `before` and the day, or the day and the time, as when_add_echo has it; nothing
 * where it is absent. */
void prose_add_when(
	struct str *out, const char *before, const struct when *w, const struct clock *clock);
/* The same with the local day of the act; a may be NULL. */
void prose_add_day(
	struct str *out, const char *before, const struct act *a, const struct clock *clock);

/* Ends the sentence with a full stop unless it ends with a mark of its own. */
void prose_stop(struct str *out);

/*
 * Adds what somebody undertook: "you were going to ask the board" where `what` begins
 * like something that one does, else "you promised 'the figures'". `who` is "you", "we"
 * or a name; a name is one person.
 */
void prose_add_undertaking(struct str *out, const char *who, const char *what);

#endif
