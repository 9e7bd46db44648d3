/* Inside storage: zones of the system's zoneinfo. */
#ifndef FU_STORAGE_CLOCK_H
#define FU_STORAGE_CLOCK_H

#include "core/zone.h"

/*
 * Reads a zone by its IANA name from $TZDIR or /usr/share/zoneinfo; "UTC" is
 * always there. ERR_FAILED: no such zone, damaged file. The caller frees: zone_free.
 */
int zone_load(struct zone **out, const char *name);

/* Zones read so far, by name; zeroed is empty. */
struct zones {
	struct zone **items;
	size_t n, cap;
};
/* For struct clock: context is a struct zones. NULL: no such zone. */
const struct zone *zones_find(void *context, const char *name);
void zones_release(struct zones *zones);

#endif
