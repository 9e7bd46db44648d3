/*
 * What a row of a CSV means in acts: for an opportunity that is not there yet, and
 * for one that an earlier import of the same system brought.
 *
 * Acts of an import have ids made from the row's external id, so that two people who
 * import the same file make the same acts. A fact that an import changes is a `set`
 * act with the reason "import"; what somebody changed in fu since then stays, unless
 * the row itself changed.
 */
#ifndef FU_CORE_IMPORT_ACTS_H
#define FU_CORE_IMPORT_ACTS_H

#include "core/import_map.h"
#include "core/opportunity.h"

/* Who imports, and when. */
struct import_stamp {
	const char *by;
	const struct clock *clock;
	const char *process; /* for rows that name none */
};

struct act_list {
	struct act **items;
	size_t n, cap;
};
void act_list_add(struct act_list *l, struct act *a);
void act_list_release(struct act_list *l); /* and the acts that are still in it */

/* The id of the row's act of that kind; rows without an external id go by what they say. */
char *import_act_id(const struct import_row *row, const char *what);
/* An act of that id (taken over), by who imports. */
struct act *import_act(enum act_kind kind, char *id, const struct import_stamp *stamp);
/* A date of the row: a day alone is its noon; absent is the moment of the import. ERR_FAILED:
 * it lies in the future. */
int import_moment(struct moment *out, const struct import_row *row, const char *field,
	const struct import_stamp *stamp);

/* `new` and, where the row is closed, `win` or `abandon`, to be admitted in order.
 * Errors: ERR_FAILED: no title, closed without a date, unreadable amount, …. */
int import_new_acts(
	struct act_list *out, const struct import_row *row, const struct import_stamp *stamp);

/* The acts that bring o, which an import made, up to the row; none if nothing in the
 * row changed since. */
int import_changed_acts(struct act_list *out, const struct opportunity *o,
	const struct import_row *row, const struct import_stamp *stamp);

#endif
