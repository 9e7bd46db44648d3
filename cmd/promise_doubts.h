/*
 * What is doubtful in a commitment as typed. It is text whatever it says: what reads
 * like a date or a name and is none is taken as it stands, and the user told so.
 */
#ifndef FU_CMD_PROMISE_DOUBTS_H
#define FU_CMD_PROMISE_DOUBTS_H

#include "core/opportunity.h"

/* Adds a sentence for each doubt. `o` has the contacts; NULL: there are none. */
void promise_doubts(struct list *out, const struct promise *p, const struct opportunity *o,
	const struct clock *clock);

/* Whether it says nothing but a date: "friday", "by 26 nov". */
bool promise_is_date(const struct promise *p, const struct clock *clock);

#endif
