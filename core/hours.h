/*
 * Working days and days off, as fu.ini has them: what settings.c reads, shows and
 * asks (settings_works_on, settings_next_working are in hours.c too).
 */
#ifndef FU_CORE_HOURS_H
#define FU_CORE_HOURS_H

#include "core/str.h"

#include <stdbool.h>

/* Digits only, from least to most; false leaves *out alone. */
bool hours_read_number(int *out, const char *text, int least, int most);

/* "mon-fri", "mon,tue,thu", "sat-mon" into bits 1 << ISO weekday. */
bool hours_read_days(unsigned *out, const char *value);
void hours_add_days(struct str *out, unsigned days);

/* Adds "24 dec..6 jan", "2026-12-24..2027-01-06", single days, separated by ','; a span
 * without years is meant every year; "none" adds nothing. False: not understood. */
bool hours_read_off(struct list *off, const char *value);

#endif
