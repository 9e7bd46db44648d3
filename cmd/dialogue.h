/*
 * Asking on a terminal. Prompts go to stderr, answers come from stdin, a line each.
 * `?` shows help. An answer is judged at once, by what reads it and by the rules, and
 * asked again until it is understood; it then stands in call->typed like an option.
 *
 *	dialogue_open → dialogue_field … → dialogue_close
 *
 * Ctrl-C and the end of input end it: ERR_REFUSED, recorded. What was answered until
 * then stays in call->typed.
 */
#ifndef FU_CMD_DIALOGUE_H
#define FU_CMD_DIALOGUE_H

#include "cmd/act_command.h"

#include <signal.h>

struct dialogue {
	struct act_run *run;
	const struct opportunity *o; /* as it stands; NULL for a new one */
	bool asked;                  /* something was answered */
	struct str pending;          /* read beyond the line */
	struct sigaction was_int, was_term, was_hup;
	sigset_t was_mask;
};

void dialogue_open(struct dialogue *d, struct act_run *run, const struct opportunity *o);
void dialogue_close(struct dialogue *d);

/* One line without blanks at its ends; "" for none. The caller frees. `help` may be NULL. */
int dialogue_line(struct dialogue *d, const char *prompt, const char *help, char **line);

/* Enter means yes. */
int dialogue_yes(struct dialogue *d, const char *prompt, bool *yes);

/* One of the words (NULL at the end), which may be cut; enter means the first. */
int dialogue_choice(struct dialogue *d, const char *prompt, const char *help,
	const char *const *words, size_t *index);

enum ask_flags {
	ASK_OPTIONAL = 1 << 0, /* enter: nothing */
	ASK_MANY = 1 << 1 /* again until enter, "none" or, for one that is needed, an answer */
};
/* Asks for the field, whether it was given or not. */
int dialogue_field(struct dialogue *d, const struct act_question *question, unsigned flags);

/* Takes an answer: *good false where it was refused, and has been told why. */
int dialogue_try(struct dialogue *d, const struct field *field, const char *text, bool *good);

/* Asks the command's questions. */
int dialogue_questions(struct dialogue *d);

/* The act as typed so far; the caller frees it. */
int dialogue_act(struct dialogue *d, struct act **out);
/* What it still lacks; the caller releases. */
int dialogue_missing(struct dialogue *d, struct breaches *missing);

/* The closing dialogue of a meeting (D3); cmd/dialogue_meeting.c. */
int dialogue_meeting(struct dialogue *d);

#endif
