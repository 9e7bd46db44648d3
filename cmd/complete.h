/*
 * Completion: what may stand where the cursor is. The scripts for the shells
 * (cmd/completion/) ask `fu complete`; what they are told comes from the option specs
 * and from the repository.
 *
 *	complete.c         the line: which word of what is being typed
 *	complete_walk.c    the words before it, through the rows of a spec
 *	complete_word.c    shells' quotes, taken off and put on
 *	complete_values.c  what may stand for <opp>, <contact>, --owner, …
 *
 * Nothing here writes, and nothing is an error: where something cannot be read, there is
 * less to offer. Text of the record that could not be shown as it is (controls, bidi
 * controls, bytes that are not UTF-8) is not offered.
 */
#ifndef FU_CMD_COMPLETE_H
#define FU_CMD_COMPLETE_H

#include "cmd/command.h"

#include <stdbool.h>

enum shell { SHELL_NONE, SHELL_BASH, SHELL_ZSH, SHELL_FISH };

/* ---- words of a command line (complete_word.c) ---- */

/* A word as it stands on the line, and what it means. */
struct shell_word {
	char *text;    /* without its quotes */
	size_t len;    /* of the raw word, without a backslash that escapes nothing yet */
	char quote;    /* one that is still open, or 0 */
	size_t inside; /* where the raw word goes on behind that */
};
void shell_word_read(struct shell_word *out, const char *raw, enum shell shell);
/* Adds text so that bash takes it as it is, behind an open quote or (0) none. */
void shell_word_add(struct str *out, const char *text, char quote);

/* ---- the words before the cursor (complete_walk.c) ---- */

struct walk {
	const struct opt **rows;
	size_t n, cap;
	struct list *values;       /* of each row: what was given to it */
	bool *used;                /* of each row */
	const struct opt *pending; /* the next word is its value */
	bool ended;                /* by "--" */
	struct list words;         /* those without a name */
};

void walk_init(struct walk *w, const struct command_spec *spec);
void walk_release(struct walk *w);
/* Takes the words from `from` up to `to`; `leading` stops at the first without a name.
 * Returns where it stopped. */
size_t walk_over(
	struct walk *w, const struct list *words, size_t from, size_t to, bool leading);
/* The row that is called so: in full, or cut to what is unique; NULL: none. */
const struct opt *walk_row(const struct walk *w, const char *name, size_t len);
/* What was given to the row of that name last, or NULL. */
const char *walk_value(const struct walk *w, const char *name);

/* ---- what may stand there ---- */

enum offered_files { OFFER_NO_FILES, OFFER_FILES, OFFER_DIRECTORIES };

struct completion {
	enum shell shell;
	const char *where; /* as in struct call */
	struct repo *repo; /* NULL: not asked for yet, or there is none */
	bool looked;
	struct opportunity *opportunity; /* the one named on the line, once it was asked for */
	const struct command *command;   /* NULL: it is being typed itself */
	const struct walk *walk;
	const char *raw; /* the word at the cursor, as it stands */
	struct shell_word word;
	const char *value; /* the part of word.text that is completed: behind '=' */
	bool bare;         /* it is neither an option nor an option's value */
	enum offered_files files;
	struct str out; /* "<text>\t<note>", a line each */
};

/* Offers a text that begins with what was typed; `note` says what it is, or NULL. */
void offer(struct completion *c, const char *text, const char *note);
/* The same for a key: '=' follows, and then a value. */
void offer_key(struct completion *c, const char *key, const char *note);
/* The words from the second on (the first is "absent"). */
void offer_words(struct completion *c, const char *const *words);
/* "proceed|repeat|abandon"; nothing where there is a '<' in it. */
void offer_choices(struct completion *c, const char *choices);

/* The repository, or NULL. */
struct repo *completion_repo(struct completion *c);

/* What may stand for the row's value, for the positional. True if anything is known of it;
 * false: it is free text. */
void offer_row_value(struct completion *c, const struct opt *row);
bool offer_positional(struct completion *c, const struct positional *pos);

/* Commands, aliases and programs fu-<name> (complete.c). */
void offer_commands(struct completion *c, bool programs);

#endif
