/*
 * A time zone: the rules of one IANA zone as RFC 8536 (TZif) data gives them,
 * the POSIX TZ footer included, so that dates after the last listed transition
 * (2038 and on) are right.
 *
 * The bytes come from storage (zone files are read there); here they are only
 * understood. A zone is immutable once made.
 */
#ifndef FU_CORE_ZONE_H
#define FU_CORE_ZONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ZONE_NAME_MAX 48 /* the longest IANA name has 32 bytes */

struct zone;

/*
 * Understands TZif bytes (copied). Errors: ERR_FAILED, damaged data.
 * The caller owns *out: zone_free.
 */
int zone_parse(struct zone **out, const char *name, const void *bytes, size_t len);
struct zone *zone_utc(void); /* the zone "UTC", owned by the caller */
void zone_free(struct zone *zone);

const char *zone_name(const struct zone *zone);

/* The rule that it follows after its last listed transition (zone_rule.h); NULL: none. */
struct zone_rule;
const struct zone_rule *zone_last_rule(const struct zone *zone);

/* Seconds east of UTC at that instant (seconds since 1970, UTC). */
int32_t zone_offset_at(const struct zone *zone, int64_t utc);

enum zone_fold {
	ZONE_ONCE,  /* the local time exists once */
	ZONE_GAP,   /* it does not exist: clocks are put forward over it */
	ZONE_TWICE, /* it exists twice; the first is returned */
};

/* From local time (day since 1970, second of the day) to the instant. In a gap
 * *utc is the instant at which the clocks are put forward. */
enum zone_fold zone_to_utc(const struct zone *zone, int32_t day, int32_t second, int64_t *utc);

#endif
