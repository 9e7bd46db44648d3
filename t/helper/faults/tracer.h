/*
 * Runs a program and gives it a fault at one of its system calls, by ptrace and a seccomp
 * filter that stops it at the calls of one kind only. That costs a few microseconds a
 * call; under strace a run takes several times as long.
 *
 *	struct run run = {.argv = argv, .call = kind, .nth = 3, .fault = FAULT_KILL};
 *	if (!run_program(&run)) ...run.status, run.said
 *	run_release(&run);
 */
#ifndef FU_T_FAULTS_TRACER_H
#define FU_T_FAULTS_TRACER_H

#include "core/str.h"
#include "t/helper/faults/calls.h"

#include <stdint.h>
#include <sys/types.h>

enum fault_kind {
	FAULT_NONE,
	FAULT_ERROR, /* the call is not made and fails */
	FAULT_KILL,  /* the call is not made; the process is killed */
	FAULT_SHORT  /* a write writes half */
};

/* A call that was made: the nth of its kind. */
struct point {
	const struct call_kind *call;
	unsigned nth;
	bool changes; /* a file, a directory, or what of them is on the disk */
	bool inside;  /* it is about a file of the scenario or of HOME, or about none */
};

struct points {
	struct point *items;
	size_t n, cap;
};

struct run {
	/* What is asked for. */
	char *const *argv;
	const char *input;            /* the file that is its stdin, or NULL */
	char *const *more_env;        /* "NAME=value", NULL at the end; or NULL */
	const struct call_kind *call; /* NULL: no fault */
	unsigned nth;
	enum fault_kind fault;
	int error;     /* of FAULT_ERROR */
	bool forever;  /* at every call of the kind from then on */
	bool children; /* the calls of all processes count, not those of the first alone */
	unsigned salt; /* of the random numbers that the program is given */
	struct points *points; /* not NULL: what it calls is listed here */
	/* What became of it. */
	int status;       /* as a shell has it: 128 + the number of a signal; 124: too long */
	struct str said;  /* on stderr */
	bool reached;     /* the fault took place */
	char *crashed_in; /* the file whose code was running, below that of libc; or NULL */
	/* Of its own. */
	pid_t pid;
	pid_t closing; /* whose close is to fail when it was made */
	unsigned count;
	uint64_t random;
};

/* 0, or -1 when it could not be traced. */
int run_program(struct run *run);
void run_release(struct run *run);

#endif
