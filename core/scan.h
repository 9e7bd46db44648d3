/*
 * Small readers of the fixed parts of times: they advance *text behind what they
 * have understood, or leave it where it was and return false.
 */
#ifndef FU_CORE_SCAN_H
#define FU_CORE_SCAN_H

#include <stdbool.h>
#include <stdint.h>

/* From min to max decimal digits (at most 9), and no digit behind them. */
bool scan_digits(const char **text, int min, int max, int *value);

/* The character itself. */
bool scan_char(const char **text, char c);

/* "2026-11-24", a day that exists; as days since 1970. */
bool scan_date(const char **text, int32_t *day);

/* "15:00" or "15:00:30"; as the second of the day. */
bool scan_clock(const char **text, int32_t *second);

/* The name could be one of IANA's: letters, digits and "_+-/", not too long. */
bool scan_is_zone_name(const char *text);

#endif
