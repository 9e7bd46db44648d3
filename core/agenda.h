/*
 * The agenda: appointments and calls by day, load against capacity (A8), clashes, and
 * times that are free to be offered (D3).
 *
 *	agenda_add_step (each opportunity) → agenda_sort → read, agenda_overlap
 *	agenda_add_item (each listed item) → agenda_free_times
 *
 * An appointment without a duration is taken to last an hour.
 */
#ifndef FU_CORE_AGENDA_H
#define FU_CORE_AGENDA_H

#include "core/busy.h"
#include "core/opportunity.h"
#include "core/settings.h"
#include "core/worklist.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define AGENDA_LENGTH 3600     /* seconds of an appointment that has no duration */
#define AGENDA_CALL_LENGTH 900 /* of a call that has a time */
#define AGENDA_NOTICE_DAYS                                                                     \
	2 /* what is offered lies so far ahead: nobody likes to be pressed                     \
	   */
#define AGENDA_HORIZON_DAYS 90 /* and not further than that */

enum agenda_kind { AGENDA_APPOINTMENT, AGENDA_CONFIRMATION, AGENDA_CALL };

struct agenda_entry {
	enum agenda_kind kind;
	const struct opportunity *opportunity; /* borrowed; NULL where it came from an item */
	char *id;                              /* the opportunity's */
	char *owner;                           /* or NULL */
	struct when at;                        /* as recorded */
	int32_t day;                           /* local, in the repository's zone */
	bool timed;                            /* false: sometime on that day */
	int64_t begins, ends;                  /* instants; not timed: the day's */
};

struct agenda {
	struct agenda_entry *items;
	size_t n, cap;
};

/* Adds the next step of the (folded) opportunity, where it is an appointment, a
 * confirmation or a call. */
void agenda_add_step(struct agenda *a, const struct opportunity *o, const struct clock *clock);
/* Adds what an item of the work list stands for, where it is one of the three. */
void agenda_add_item(struct agenda *a, const struct item *item, const char *owner,
	const struct clock *clock);
/* By day; what has a time first, by time; then by id. */
void agenda_sort(struct agenda *a);
void agenda_release(struct agenda *a);

/* The local day, in the repository's zone, on which it falls. */
int32_t agenda_day(const struct when *at, const struct clock *clock);
const char *agenda_kind_word(enum agenda_kind kind); /* "appointment" */

/* Two appointments of one owner at the same time. */
bool agenda_overlap(const struct agenda_entry *a, const struct agenda_entry *b);

/* ---- load against capacity (A8) ---- */

struct day_load {
	char *owner; /* NULL: nobody's */
	int32_t day;
	int appointments;
};
struct loads {
	struct day_load *items;
	size_t n, cap;
};

/* Counts one appointment more of that owner (NULL: nobody in particular) on that day. */
void loads_add(struct loads *l, const char *owner, int32_t day);
int loads_on(const struct loads *l, const char *owner, int32_t day);
void loads_release(struct loads *l);
/* Whether that owner has more appointments on that day than capacity.appointments-per-day. */
bool agenda_over_capacity(
	const struct loads *l, const char *owner, int32_t day, const struct settings *s);

/* ---- free times ---- */

struct free_search {
	const struct clock *clock;
	const struct settings *settings;
	const struct agenda *agenda; /* what must not be overlapped, and counts as load */
	const struct busy *busy;     /* settled, or NULL */
	int64_t from;                /* instant: nothing before */
	int32_t length;              /* seconds; 0: AGENDA_LENGTH */
};

/* Where a search begins when nothing is said: at the beginning of the day after the notice. */
int64_t agenda_free_from(const struct clock *clock);

/*
 * Up to n times to offer, each on another day, in working hours on working days, at full
 * hours before half ones; mornings and afternoons by turns, so that who is asked has a
 * real choice. A day on which an owner's appointments (nobody's count for everybody)
 * have reached the capacity is passed over. Returns how many were found.
 */
size_t agenda_free_times(const struct free_search *search, struct when *out, size_t n);

#endif
