/* One import: the file read, every row made into acts and judged; then one commit. */
#ifndef FU_CMD_IMPORT_RUN_H
#define FU_CMD_IMPORT_RUN_H

#include "cmd/command.h"
#include "cmd/progress.h"
#include "core/import_acts.h"

struct import_run {
	struct call *call;
	const struct import_map *map;
	struct import_columns columns;
	struct import_stamp stamp;
	char *by;
	const char *file;
	struct progress progress;

	void *known; /* tree of struct known: what the repository has, by external id */
	void *ids;   /* tree of struct taken: ids in use, and how far "-2", "-3" went */

	struct opportunity **plan; /* new and changed ones, folded */
	size_t plan_n, plan_cap;
	size_t rows, acts, added, changed, same;
	struct list faults; /* "file:line: reason" */
	char commit[41];
};

void import_run_init(struct import_run *run, struct call *call, const struct import_map *map);
void import_run_release(struct import_run *run);

/* Reads the file and plans; what cannot be taken is in run->faults. ERR_FAILED: the
 * file as a whole cannot be read, a column is missing. */
int import_run_read(struct import_run *run, const char *file);

/* Records the plan as one commit; with an empty plan does nothing. */
int import_run_commit(struct import_run *run);

#endif
