/*
 * The items of the work list that show now (core/worklist.h), for the commands that show
 * them: chosen by role and owner, out of the listing of what is live.
 *
 *	due_items_begin → due_items_each → loads, due_add_load → due_items_end
 */
#ifndef FU_CMD_DUE_ITEMS_H
#define FU_CMD_DUE_ITEMS_H

#include "cmd/query.h"
#include "core/agenda.h"

#include <stdbool.h>

/* What was asked for. A command's own struct begins with it, and its rows have opts_due. */
struct due_choice {
	struct duration ahead;
	const char *owner;
	int role; /* 0: fu.role */
};
extern const struct opt opts_due[]; /* --ahead --role --owner */

/* The items of one opportunity that show. They know their opportunity and contact where
 * opportunities are read; then everything is gone when it returns. Otherwise their texts stay
 * (repo_each_listed). */
typedef void (*due_visitor)(
	void *context, const struct item *items, size_t n, const char *client);

struct due_items {
	/* Set by the caller after due_items_begin. */
	due_visitor visit;
	void *context;
	bool early;      /* repo_each_listed_early; where they are not read */
	bool read;       /* opportunities of which something shows are read */
	const char *opp; /* this one alone, as typed; it is read, and loads are not counted */
	/* Either may be NULL. `listed` sees every item of everybody, shown or not; `wants`
	 * has a say in what shows. */
	void (*listed)(void *context, const struct item *item);
	bool (*wants)(void *context, const struct item *item);

	const struct clock *clock;
	struct query query;
	struct owners owners;
	enum role role;      /* ROLE_NONE: every one's */
	int64_t ahead;       /* seconds */
	int32_t today, last; /* the days of loads */
	struct loads loads;  /* appointments of these owners; for every role */
	struct list ids;
	struct item *shown; /* of the opportunity at hand */
	size_t shown_cap;
};

/* due_items_end in every case. */
int due_items_begin(struct due_items *d, struct call *call, const struct due_choice *choice);
int due_items_each(struct due_items *d);
void due_items_end(struct due_items *d);

/* A8. Whether it is more than a day's work; loads are in the order of days. */
bool due_is_too_much(const struct due_items *d, const struct day_load *load);
/* "Mon 23 Nov: sam has 5 appointments, over the capacity of 4" */
void due_add_load(struct str *out, const struct due_items *d, const struct day_load *load);

#endif
