/*
 * `fu import --acts`: lines of acts judged opportunity by opportunity, then one commit.
 *
 * Only one opportunity is in memory at a time. From the end of the input on nobody else
 * writes. Where the repository has none of them, they are judged and staged in one go; a
 * fault drops what is staged. Where it has some, all are judged first, so that a refusal
 * finds hand edits still unrecorded; then hand edits of those that change are recorded
 * and the changes are judged again and staged.
 */
#ifndef FU_CMD_IMPORT_ACTS_RUN_H
#define FU_CMD_IMPORT_ACTS_RUN_H

#include "cmd/command.h"
#include "cmd/line_spool.h"
#include "cmd/progress.h"

struct act_place;

struct import_acts_run {
	struct call *call;
	struct spool spool;
	struct line_faults faults;
	struct lines_ground ground;
	struct progress progress;
	char *by;
	struct list known; /* ids of the repository's opportunities, sorted */

	/* Which line has which act: an id is one act's in a repository. */
	struct act_place *places;
	size_t places_n, places_cap;

	size_t rows, acts;     /* lines that were read; acts that are new or another */
	size_t added, changed; /* opportunities */
	char commit[41];
};

void import_acts_run_init(struct import_acts_run *run, struct call *call, bool lenient);
void import_acts_run_release(struct import_acts_run *run);

/* Reads stdin and records; nothing with --dry-run. ERR_REFUSED, ERR_FAILED: every fault
 * with its line, nothing was changed. */
int import_acts_run(struct import_acts_run *run);

#endif
