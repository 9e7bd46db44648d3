/* A process: an ordered list of activities that an opportunity moves through (A1). */
#ifndef FU_CORE_PROCESS_H
#define FU_CORE_PROCESS_H

#include "core/str.h"

#include <stdbool.h>

struct activity {
	char *name;  /* as in `activities` */
	char *title; /* or NULL */
	struct list questions;
	int max_repeats; /* 0: the policy's */
};

struct process {
	char *name; /* the file's, without .ini */
	char *title;
	struct activity *activities;
	size_t n;
	bool cycle; /* account care: the last activity leads to the first (C6) */
};

/*
 * Fed with the pairs of a process file, section by section, in order; NULL key
 * announces a section. process_finish checks the whole. Errors: ERR_FAILED, the
 * caller puts file and line before the message.
 */
struct process *process_new(const char *name);
int process_load_pair(
	struct process *p, const char *section, const char *key, const char *value);
int process_finish(struct process *p);
void process_free(struct process *p);

/* Index of the activity, -1 if there is none of that name. */
int process_find(const struct process *p, const char *activity);
/* The activity after that one; NULL after the last (cycle: the first), and for an unknown one.
 */
const char *process_after(const struct process *p, const char *activity);
bool process_is_last(const struct process *p, const char *activity);

/* Activity names, process names: [a-z0-9][a-z0-9-]{0,39} */
bool process_word_valid(const char *word);

/* What `init` writes. */
struct shipped_process {
	const char *name;
	const char *text; /* the file's whole content */
};
extern const struct shipped_process shipped_processes[]; /* ends with a NULL name */

#endif
