/*
 * One command in one scenario: run under fault after fault, and judged each time.
 *
 * The scenario is the current directory. What the command makes of it without a fault is
 * the *new* state, what it was before the *old* one (state.h). Random numbers are the same
 * in every run, so that the new state is the same to the last byte.
 */
#ifndef FU_T_FAULTS_SWEEP_H
#define FU_T_FAULTS_SWEEP_H

#include "t/helper/faults/state.h"
#include "t/helper/faults/tracer.h"

#define FAULT_ERRORS_MAX 8

struct settings {
	char *const *argv; /* the command */
	char **next;       /* the command after it, which puts right what is to be put right */
	const char *label, *input;
	const char *only; /* calls of that name; NULL: all */
	const char *errors[FAULT_ERRORS_MAX + 1];
	const char
		*failing_malloc; /* the library that makes the nth allocation fail, or NULL */
	unsigned changing,
		others;  /* only each so-many-th call that changes something, or not */
	unsigned halves; /* recovery is swept from each so-many-th half-done state; 0: not */
	unsigned half_changing, half_others; /* as changing and others, there */
	const char *half_only;               /* as only, there */
	unsigned salt;
	bool all_errors; /* of calls that change nothing as well; else these take turns */
	bool no_kill;
	bool loose; /* parts may be old or new each for itself; what failed may be done in part
		     */
	bool again; /* what is half done is not put right by the next command, but by the
		       same one */
	bool warns; /* it prints what it can, and warns of what it cannot read or remember */
	bool children; /* of all processes */
};

/* What a kill left and the next command has to finish or to take back. */
struct half {
	struct tree tree;
	char *label;
};

/* The command that is swept comes after a kill. */
enum from_half {
	HALF_NOT,
	HALF_READ, /* it only reads, and recovers first or cannot */
	HALF_WRITE /* it is the same act again */
};

struct sweep {
	const struct settings *set;
	struct tree base;
	struct state old, new;
	struct points points;
	uint64_t *sound, *repeated, *seen; /* what was found good already */
	size_t n_sound, n_repeated, n_seen, cap_sound, cap_repeated, cap_seen;
	struct half *halves;
	size_t n_halves, cap_halves;
	unsigned turn;
	/* figures: calls that there are, that were tried, and what became of the runs */
	unsigned all, calls, runs, unchanged, recorded, settled, wrong, not_reached;
	unsigned wrong_here; /* in this run */
	enum from_half from_half;
	bool ends_old; /* from the half-done state the new one is that before the act */
};

/* Reads the scenario and runs the command once. 0, or -1 with the reason on stdout. */
int sweep_begin(struct sweep *s, const struct settings *set);
/* All faults at all points. */
void sweep_calls(struct sweep *s);
/* The nth allocation fails, and from the nth on. */
void sweep_memory(struct sweep *s);
/* The next command, and the act done again, from half-done states that sweep_calls() met;
 * the figures go to *total. */
void sweep_halves(struct sweep *s, struct sweep *total);
void sweep_end(struct sweep *s);

/* Judges what a run has left and puts the scenario back (judge.c). `calm`: it is
 * not to leave anything to the next command. */
void judge(struct sweep *s, const struct run *run, const char *label, bool calm);
void complain(struct sweep *s, const char *label, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Runs a program without faults; what it prints goes to *said, stdout as well when `all`. */
int run_plainly(char *const *argv, const char *input, bool all, struct str *said);

#endif
