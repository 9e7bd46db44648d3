/*
 * Acts that come as JSON Lines (contract, 6): what the lines of one opportunity make
 * of it.
 *
 *	act_lines_read (each line, in the order of lines) → act_lines_take → act_lines_release
 *
 * A line is of one of two sorts:
 *   - recorded: a repository wrote it. It has an id, `recorded`, `seq`, `by`, and says
 *     what it replaces, if only null. It is taken as it stands, so that what was exported
 *     comes back byte for byte. Its rules are those of the day on which it was
 *     recorded: it is judged against what its file held then.
 *   - told: somebody or some program wrote it, with what the act needs. It is completed
 *     by the rules as what is typed is: number, replaced step, due dates, names.
 */
#ifndef FU_CORE_ACT_LINES_H
#define FU_CORE_ACT_LINES_H

#include "core/opportunity.h"
#include "core/rules.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct act_line {
	struct act
		*act;  /* act_lines_take: moved into the opportunity, NULL where it was there */
	unsigned line; /* from 1 on; the act has it too */
	uint64_t content; /* hash of what it says, where its id was made from that; else 0 */
	bool recorded;
};
struct act_lines {
	struct act_line *items;
	size_t n, cap;
};
void act_lines_release(struct act_lines *lines);

/*
 * Reads one line, which is about that opportunity, and adds it. A line without an id gets
 * one made from what it says and from how many lines before it say the same, so that the
 * same lines make the same acts wherever and whenever they are read. ERR_FAILED: not one
 * JSON object, or no act (act_json.h); the caller names the line.
 */
int act_lines_read(struct act_lines *out, const char *opportunity, const char *bytes,
	size_t len, unsigned line, const struct clock *clock);

/* What is wrong with lines: the first ones in the order of lines; the rest is counted. */
#define LINE_FAULTS_MAX 20
struct line_fault {
	unsigned line;
	char *message;
};
struct line_faults {
	struct line_fault items[LINE_FAULTS_MAX];
	size_t n, total;
	bool unreadable;    /* one of them is no act at all */
	bool lenient_helps; /* one of them breaks a rule of the discipline */
};
void line_faults_add(struct line_faults *faults, unsigned line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Every recorded error as a fault of a line that cannot be read; forgets them. */
void line_faults_take_errors(struct line_faults *faults, unsigned line);
void line_faults_release(struct line_faults *faults);

/* What acts are judged by. */
struct lines_ground {
	struct ground ground; /* its process is looked for act by act */
	const char *by;       /* who imports: for lines that do not say who */
	/* A process by its name; an error of core/error.h (recorded) where there is none. */
	int (*find_process)(void *context, const char *name, const struct process **out);
	void *context;
};

/*
 * Takes the acts to their places in the opportunity, which has its acts so far or none,
 * and folds it. A line that says what is there already changes nothing; of two versions
 * of one act the one edited later stands. *added is how many acts are new or another.
 *
 * What breaks a rule, cannot be an act here, contradicts an act of its id, or would make
 * a later act impossible is added to *faults; the opportunity is then of no more use.
 * With ground.lenient breaches of the discipline are taken and marked.
 */
void act_lines_take(struct opportunity *o, struct act_lines *lines,
	const struct lines_ground *ground, struct line_faults *faults, size_t *added);

/* ---- between act_lines.c and act_lines_judge.c ---- */

struct stood; /* gate.h */

/* The line of an act that act_lines_take put into the opportunity; NULL: another act. */
const struct act_line *act_lines_find(const struct act_lines *lines, const struct act *a);

/*
 * Completes those that were told, judges all that came, and finds what can no longer
 * follow of those that were there before. Folds.
 */
void act_lines_judge(struct opportunity *o, const struct act_lines *lines,
	const struct lines_ground *ground, const struct stood *before,
	struct line_faults *faults);

/* Puts ids for what a told act names by its words: commitments, questions, contacts. What
 * is not found stays for the judge. The opportunity stands as before the act. */
void act_lines_resolve(const struct opportunity *o, struct act *a);

#endif
