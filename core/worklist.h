/*
 * The work list: what to do now (contract: `fu next`).
 *
 * An item's times do not depend on the moment one looks: worklist_items gives
 * everything an opportunity can ask for, each with the instant from which it
 * shows; worklist_select keeps what shows now. So a cache can keep the items.
 */
#ifndef FU_CORE_WORKLIST_H
#define FU_CORE_WORKLIST_H

#include "core/opportunity.h"
#include "core/process.h"
#include "core/settings.h"

enum item_kind {       /* in the order of the list */
	ITEM_CONFLICT, /* for every role */
	ITEM_UNLOGGED,
	ITEM_APPOINTMENT,
	ITEM_OWE,
	ITEM_CONFIRM,
	ITEM_SCHEDULE,
	ITEM_OWED,
	ITEM_EXPIRING,
	ITEM_TOUCH,
	ITEM_RETURNED,
	ITEM_DECIDE,
	ITEM_ADRIFT,
	ITEM_KINDS
};
enum role { ROLE_NONE, ROLE_SALESPERSON, ROLE_COORDINATOR };
enum block { BLOCK_TODAY, BLOCK_LATE, BLOCK_DECIDE }; /* of the text form */

struct item {
	enum item_kind kind;
	enum role role;
	const struct opportunity *opportunity; /* borrowed; NULL in a cache */
	struct when due;                       /* absent for decide and adrift */
	int64_t begins;                        /* instant at which that begins */
	int64_t shows_from;                    /* instant from which it shows */
	int64_t shows_until; /* appointment: when it becomes `unlogged`; expiring: when it has
				expired, and says so; else INT64_MAX */
	int64_t due_at; /* appointment, owe: shows earlier when this is within --ahead; else
			   INT64_MAX */
	int64_t overdue_from; /* instant from which it is overdue; INT64_MAX: never */
	int64_t late_from; /* instant from which it stands in the block "late": the day after */
	char *reason;
	char *command; /* works when typed; <…> for what only the user knows */
	const struct contact *contact; /* borrowed, or NULL */
	const char *promise;           /* of owe and owed: the commitment's id; borrowed */
	const struct commitment *commitment; /* of owe and owed; borrowed, NULL in a cache */
	char *opportunity_id;
};
struct items {
	struct item *items;
	size_t n, cap;
};

struct worklist_ground {
	const struct settings *settings;
	const struct process *process; /* may be NULL: unknown */
	const struct clock *clock;
};

/* Adds every item that the (folded) opportunity has or will have as it stands. */
void worklist_items(
	struct items *out, const struct opportunity *o, const struct worklist_ground *g);

/* Whether it shows at `now` (appointment, owe also within `ahead` seconds). */
bool item_shows(const struct item *item, int64_t now, int64_t ahead);
/* Keeps those that show. */
void worklist_select(struct items *list, int64_t now, int64_t ahead);

/* By kind, then due time, then id: a total order. */
int item_compare(const struct item *a, const struct item *b);
void worklist_sort(struct items *list);

/* B6: whether it asks for a decision: adrift, undecided, or overdue for longer than a week. */
bool item_asks_review(const struct item *item, int64_t now);

enum block item_block(const struct item *item, int64_t now);
const char *item_word(enum item_kind kind); /* "unlogged" */
const char *role_word(enum role role);      /* "salesperson", NULL for none */
void items_release(struct items *list);

#endif
