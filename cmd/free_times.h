/* Two times to choose from (D3): in working hours, clear of what is in the calendar. */
#ifndef FU_CMD_FREE_TIMES_H
#define FU_CMD_FREE_TIMES_H

#include "storage/storage.h"

#define FREE_TIMES 2

/*
 * Times to offer for an appointment of that owner (NULL: nobody in particular), an hour
 * each, a few working days ahead, on two different days, one of them in the afternoon.
 * Sets *n to how many were found.
 */
int free_times(struct repo *repo, const char *owner, struct when out[FREE_TIMES], size_t *n);

#endif
