/*
 * What the reading commands share: which opportunities are meant, whose they are,
 * and what was in the way of reading them.
 */
#ifndef FU_CMD_QUERY_H
#define FU_CMD_QUERY_H

#include "cmd/command.h"

#include <stdbool.h>

struct query {
	struct call *call;
	struct list unread; /* what was warned of: processes by name, faults by their line */
};

/* Every query is begun with these two; query_release in every case. */
void query_init(struct query *q, struct call *call);
void query_release(struct query *q);

/* The process that the opportunity follows; NULL where it cannot be read, which is
 * warned of. Borrowed from the repository. */
const struct process *query_process(struct query *q, const struct opportunity *o);

/* Warns of something that could not be read, once. */
void query_warn(struct query *q, const char *fault);

enum query_scope {
	QUERY_OPEN, /* open and waiting ones; closed ones need not be read */
	QUERY_ALL
};

/*
 * Calls visit for each of the opportunities named (as typed; found and read first,
 * all of them, so that a wrong name stops everything), or, where none is named, for all
 * of the scope in the order of ids. The opportunity is freed afterwards unless the
 * visitor sets *keep. One that is named and cannot be read is an error; others are
 * warned of and left out. A visitor's non-zero return stops and is returned.
 */
typedef int (*query_visitor)(void *context, struct opportunity *o, bool *keep);
int query_each(struct query *q, const struct list *named, enum query_scope scope,
	query_visitor visit, void *context);

/* Finds and reads the one that was typed; the caller frees it. */
int query_load(struct query *q, const char *typed, struct opportunity **out);

/* ---- whose they are: --owner ---- */

struct owners {
	bool all;
	struct list names; /* what may stand as owner, folded */
};

/*
 * `all` (also NULL), `me` (who acts, by his key in the team; where there is no team,
 * by his name or mail), or somebody by his key in the team, his name or his mail, in
 * full; case and marks do not matter. ERR_MISSING: the team does not know him.
 * owners_release in every case.
 */
int owners_parse(struct owners *out, struct call *call, const char *typed);
bool owners_have(const struct owners *owners, const char *owner);
void owners_release(struct owners *owners);

/* ---- words that are data: --process, --activity ---- */

/* ERR_MISSING, with the nearest: there is no such process, and none that an opportunity
 * follows; no process has the activity, and no opportunity stands at it. */
int query_check_process(struct query *q, const char *name);
int query_check_activity(struct query *q, const char *name);

/* ---- text ---- */

/* Whether the text has the part in it, both folded (case, marks); the part is folded
 * already. False for NULL. */
bool text_has(const char *text, const char *folded_part);

/* Prints the text, several lines of it, escaped, in the colour of the tone. */
void print_toned(struct call *call, enum tone tone, const char *text);

#endif
