/* The system calls that a program can be given faults at, and what they work on. */
#ifndef FU_T_FAULTS_CALLS_H
#define FU_T_FAULTS_CALLS_H

#include <stdbool.h>
#include <stddef.h>

struct call_kind {
	const char *name;
	int number;
	/* What it is about: 'f' argument 0 is a file descriptor, 'm' argument 4 is, 'p'
	 * argument 0 is a path, 'a' argument 1 is one, seen from argument 0; '-' no file. */
	char what;
	bool changes;       /* a file, a directory, or what of them is on the disk */
	const char *errors; /* instead of those asked for, or NULL */
};

extern const struct call_kind call_kinds[];
extern const size_t n_call_kinds;

/* NULL: none of the table. */
const struct call_kind *call_of_number(long long number);

/* An errno by its name, "EIO"; 0: unknown. */
int error_of_name(const char *name);

#endif
