/*
 * Opportunities and items of the work list as JSON (contract, "An opportunity in
 * --json" and "fu next"). All functions return a new reference.
 */
#ifndef FU_CORE_OPPORTUNITY_JSON_H
#define FU_CORE_OPPORTUNITY_JSON_H

#include "core/opportunity.h"
#include "core/process.h"
#include "core/worklist.h"

#include <jansson.h>

/*
 * The (folded) opportunity. `process` is its process, or NULL where it is not known:
 * only whether it is adrift depends on it. with_acts: "meetings", "calls", "touches"
 * and "heard" are arrays of acts (`show`), those taken back left out; else counts
 * (`list`, `where`). `next_item` is the first item of the work list, whose reference
 * this takes over; NULL: null.
 *
 * "moves" is how often the appointment was moved, "moves_us" and "moves_them" by whom.
 */
json_t *opportunity_to_json(const struct opportunity *o, const struct process *process,
	const struct clock *clock, bool with_acts, json_t *next_item);

/* A commitment as in "commitments": times of `settled` and `since` are those of the acts. */
json_t *commitment_to_json(const struct commitment *c, const struct clock *clock);

/* What the client was unsure of, as in "questions". */
json_t *question_to_json(const struct open_question *q);

/* An item of the work list. Its opportunity must be there (not out of a cache). */
json_t *item_to_json(const struct item *item, const struct clock *clock);

#endif
