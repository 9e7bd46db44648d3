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
	bool stopped;                /* by a signal, or the end of input */
	bool wants_editor;           /* the rest is to be done in the editor */
	struct str pending;          /* read beyond the line */
	struct sigaction was_int, was_term, was_hup;
	sigset_t was_mask;
	sigset_t wait_mask; /* in force while a line is waited for */
};

/* What an answer's option is called in call->typed. */
#define DIALOGUE_ANSWER "answer"

void dialogue_open(struct dialogue *d, struct act_run *run, const struct opportunity *o);
/* After one that was stopped, signals stay held back: what was typed is to be kept, and a
 * terminal that is closed sends more than one. */
void dialogue_close(struct dialogue *d);

/* A line of text, broken at words; what it holds is made safe. (cmd/dialogue_say.c) */
void dialogue_say(const struct dialogue *d, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The same for a question: what follows is typed behind it. */
void dialogue_prompt(const struct dialogue *d, const char *prompt);

/* One line without blanks at its ends; "" for none. The caller frees. `help` may be NULL. */
int dialogue_line(struct dialogue *d, const char *prompt, const char *help, char **line);

/* Enter means yes. */
int dialogue_yes(struct dialogue *d, const char *prompt, bool *yes);

/* One of the words (NULL at the end), which may be cut; enter means the first. */
int dialogue_choice(struct dialogue *d, const char *prompt, const char *help,
	const char *const *words, size_t *index);

/* The same where the words' first letters stand in the prompt: "record it? [Y/n/e]". */
int dialogue_letter(struct dialogue *d, const char *prompt, const char *help,
	const char *const *words, size_t *index);

enum ask_flags {
	ASK_OPTIONAL = 1 << 0, /* enter: nothing */
	ASK_MANY = 1 << 1, /* again until enter, "none" or, for one that is needed, an answer */
	ASK_MORE = 1 << 2  /* there is one already: "none" says that this is all */
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
/* Whether it is in vain to ask: no answer can make right what is wrong now. */
int dialogue_in_vain(struct dialogue *d, bool *yes);

/* ---- cmd/dialogue_step.c ---- */

extern const struct act_question dialogue_ask_cause, dialogue_ask_because, dialogue_ask_wait;

/* Whether an option or an earlier answer has the field. */
bool dialogue_given(const struct dialogue *d, const char *field);
int dialogue_unless_given(
	struct dialogue *d, const struct act_question *question, unsigned flags);
/* Whether the gate still demands something of that rule whose option begins so; NULL: any. */
int dialogue_demands(struct dialogue *d, enum rule rule, const char *option, bool *yes);
/* Asks for the next appointment (`next`), with two free times to choose from (D3). */
int dialogue_appointment(struct dialogue *d);

/* A follow-up call; cmd/dialogue_call.c. */
int dialogue_call(struct dialogue *d);

/* The closing dialogue of a meeting (D3); cmd/dialogue_meeting.c. */
int dialogue_meeting(struct dialogue *d);

#endif
