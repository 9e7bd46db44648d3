/*
 * Opportunities made up from a seed, eight acts each, for the benchmark. The same
 * number of the same run always tells the same story.
 */
#ifndef FU_PERF_STORY_H
#define FU_PERF_STORY_H

#include "core/opportunity.h"
#include "core/rules.h"

#include <stdint.h>

enum { STORY_ACTS = 8 };

struct story {
	struct opportunity *o;
	struct ground ground; /* its clock is turned back to each act */
	struct clock clock;
	uint64_t random;
	uint64_t number;
	int64_t first; /* instant of the first act */
	bool closes;   /* ends won or abandoned */
	int told;      /* acts so far */
};

/* Begins the story of that number; acts stand in the months before now. */
void story_begin(struct story *s, uint64_t number, bool closes, const struct ground *ground);

/* Instant of the next act, by which stories are woven into one history. */
int64_t story_next(const struct story *s);

/* Adds the next act. 0 or a recorded error. */
int story_tell(struct story *s);

/* Frees the opportunity. */
void story_release(struct story *s);

#endif
