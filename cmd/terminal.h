/*
 * The terminal: what stands at the other end of stdin, stdout and stderr.
 *
 *	terminal_init → (terminal_start_pager) → print to stdout → terminal_finish
 *
 * Colour and pager are as git has them: on a terminal only, unless `--color=always`;
 * $NO_COLOR, color.ui, $FU_PAGER, core.pager, $PAGER are heard.
 */
#ifndef FU_CMD_TERMINAL_H
#define FU_CMD_TERMINAL_H

#include "core/str.h"

#include <stdbool.h>
#include <sys/types.h>

struct repo;

enum color_choice { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* What a line of text is about; terminal_tone knows its colour. */
enum tone {
	TONE_PLAIN,
	TONE_HEADING,
	TONE_LATE, /* overdue, adrift, broken */
	TONE_SOON, /* wants a decision, due today */
	TONE_GOOD, /* won, kept */
	TONE_FAINT /* struck out, back-filled, closed */
};

struct terminal {
	bool in_tty, out_tty, err_tty; /* out_tty: before a pager was put before it */
	enum color_choice color;       /* --color */
	bool use_pager;                /* false: --no-pager */
	bool color_known, color_on;
	int width;   /* of stdout's terminal; 0: it is none */
	pid_t pager; /* 0: none */
	int lost;    /* errno of what terminal_flush saw */
};

/* Makes descriptors 0 to 2 safe, sets the locale (C.UTF-8 where the environment
 * has no UTF-8), and looks what is a terminal. Call it first. */
void terminal_init(struct terminal *t);

/* Whether questions may be asked: stdin and stderr are terminals. */
bool terminal_can_ask(const struct terminal *t);
/* The same, where there is no struct terminal yet. */
bool terminals_answer(void);

/* Columns to fit into: $COLUMNS, else the terminal's; 0: as wide as it likes (a
 * pipe or a file). */
int terminal_width(const struct terminal *t);

/* The escape sequence that begins the tone, "" where there is no colour; end it
 * with terminal_tone(t, repo, TONE_PLAIN). */
const char *terminal_tone(struct terminal *t, struct repo *repo, enum tone tone);

/* From here on stdout goes through the pager, if it is a terminal and the user has not
 * turned that off. */
void terminal_start_pager(struct terminal *t, struct repo *repo);

/* For a command that writes: a reader of our stdout who has gone away must not kill
 * us. Programs that we run keep the default. */
void terminal_outlive_reader(void);

/* Whether all that was printed so far has got out; for who does something on the strength
 * of it. If not, terminal_finish says so. */
bool terminal_flush(struct terminal *t);

/* Flushes stdout and waits for the pager. Returns 0, or ERR_FAILED (recorded) when
 * something that was printed did not get out. */
int terminal_finish(struct terminal *t);

#endif
