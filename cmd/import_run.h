/* One import: the file read, every row made into acts and judged; then one commit. */
#ifndef FU_CMD_IMPORT_RUN_H
#define FU_CMD_IMPORT_RUN_H

#include "cmd/command.h"
#include "cmd/progress.h"
#include "core/import_acts.h"

struct planned {
	struct opportunity *o; /* folded, with what the import adds */
	struct list added;     /* ids of the acts added; empty where all of it is new */
};

struct import_run {
	struct call *call;
	const struct import_map *map;
	struct import_columns columns;
	struct import_stamp stamp;
	char *by;
	const char *file;
	struct write *write; /* what the plan rests on is read under the lock; or NULL */
	struct progress progress;

	void *known; /* tree of struct known: what the repository has, by external id */
	void *twins; /* tree of struct twin: open ones that were not imported under an id */
	void *ids;   /* tree of struct taken: ids in use, and how far "-2", "-3" went */

	struct planned *plan; /* new and changed ones */
	size_t plan_n, plan_cap;
	struct join *join; /* rows that are about others (import_join.h); or NULL */
	size_t rows, acts, added, changed, same;
	size_t bad;         /* rows that cannot be taken, whatever faults they have */
	size_t ignored;     /* rows that the map leaves out */
	size_t loose;       /* rows that are about no opportunity */
	unsigned line;      /* of the row that is read */
	struct list faults; /* "file:line: reason" */
	struct list doubts; /* the same, of rows that are taken */
	bool unread;        /* one of them is that a file of fu's own cannot be read */
	char commit[41];
};

void import_run_init(struct import_run *run, struct call *call, const struct import_map *map);
void import_run_release(struct import_run *run);

/* Reads the file, begins to write, unless with --dry-run, and plans; what cannot be taken is
 * in run->faults. ERR_FAILED: the file as a whole cannot be read, a column is missing. */
int import_run_read(struct import_run *run, const char *file);

/* The id of the opportunity with that external id, or NULL. */
const char *import_run_known(const struct import_run *run, const char *external_id);
/* Passes on what came of reading a file of fu's own, and notes in `unread` that it failed:
 * that is not the row's fault. */
int import_run_needs(struct import_run *run, int err);
/* Admits the acts, in their order; those that were are NULL afterwards. */
int import_run_admit(struct import_run *run, struct opportunity *o, struct act_list *acts);
/* It is to be recorded; taken over. What is handed out holds until the next call. */
struct planned *import_run_plan(struct import_run *run, struct opportunity *o);

/* Records the plan as one commit; with an empty plan does nothing. */
int import_run_commit(struct import_run *run);
/* Others may write again. */
void import_run_end(struct import_run *run);

#endif
