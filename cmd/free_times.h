/* Times that are free to be offered (D3): in working hours, clear of what is in the calendar
 * and in foreign ones (core/agenda.h says which are chosen). */
#ifndef FU_CMD_FREE_TIMES_H
#define FU_CMD_FREE_TIMES_H

#include "cmd/query.h"

#define FREE_TIMES 2

struct free_ask {
	const struct owners *owners; /* whose calendar */
	const struct list *busy;     /* foreign calendars beside those of fu.busy; or NULL */
	int64_t from;                /* instant: nothing before */
	int32_t length;              /* seconds; 0: an hour */
};

/* Up to `wanted` times; *n: how many were found. ERR_FAILED: a foreign calendar cannot be
 * read, … */
int free_times_find(struct query *q, const struct free_ask *ask, struct when *out,
	size_t wanted, size_t *n);

/*
 * Two times to offer for an appointment of that owner (NULL: nobody in particular), an
 * hour each, a few days ahead. It is an offer only: where a foreign calendar cannot be
 * read, that is warned of, and there is none.
 */
void free_times_offer(
	struct call *call, const char *owner, struct when out[FREE_TIMES], size_t *n);

#endif
