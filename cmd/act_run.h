/*
 * The inside of act_command.h: one run, from the opened opportunities to the commit.
 * Used by act_command.c and by the dialogue, which tries answers out.
 */
#ifndef FU_CMD_ACT_RUN_H
#define FU_CMD_ACT_RUN_H

#include "cmd/act_command.h"

/* Everything under step 4 and 5 of act_command.h, for all ids of the run. */
int act_run_plan(struct act_run *run);

/* Stages every opportunity of the plan, and commits. */
int act_run_commit(struct act_run *run);

/* Frees what was opened and planned, and ends the transaction: the run can be planned
 * again. */
void act_run_clear(struct act_run *run);

/* What typed values are read against; `names` gets the contacts' names and is released
 * by the caller after the use. */
struct typed act_run_typed(
	const struct act_run *run, const struct opportunity *o, struct list *names);

/* Makes the names of contacts in the act full ones, and `me` an owner. ERR_MISSING. */
int act_run_resolve(const struct act_run *run, const struct opportunity *o, struct act *a);

/* cmd/act_report.c: prints what was (or would be) recorded. */
void act_report(struct act_run *run);
/* The line of stdout: id, what was recorded, what comes next. */
void act_report_line(struct str *out, const struct act_run *run, const struct opportunity *o,
	const struct act *a);
/* A hint with the next command, where it is left without a next step. */
void act_report_adrift(
	const struct act_run *run, const struct opportunity *o, const struct act *a);
/* Subject, body and trailers of the plan's commit. */
void act_report_commit(const struct act_run *run, struct str *subject, struct str *body,
	struct list *trailers);

#endif
