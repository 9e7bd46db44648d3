/* Inside fu-ics (fu_ics.c): the file, and what it says. */
#ifndef FU_STORAGE_ICS_H
#define FU_STORAGE_ICS_H

#include <libical/ical.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ICS_MAX_BYTES (16u << 20)
#define ICS_MAX_SECONDS 10           /* of computing */
#define ICS_MAX_MEMORY (1024u << 20) /* of address space */
#define ICS_MAX_WAIT 30              /* seconds in all: a pipe may have nothing to say */
#define ICS_MAX_BUSY 200000
#define ICS_MAX_OCCURRENCES 1000000 /* of one event, looked at from its beginning */

/* A file: its components, and the lines on which its events begin. */
struct ics_file {
	char *bytes;
	size_t len;
	icalcomponent *root;
	unsigned *lines; /* of each VEVENT and VFREEBUSY of a calendar, in order */
	size_t lines_n, lines_cap;
	unsigned fault_line; /* where the fault is, 0: nowhere in particular */
};

/* False: *fault says why; the caller free()s it. ics_file_release in every case. */
bool ics_file_read(struct ics_file *file, const char *path, char **fault);
void ics_file_release(struct ics_file *file);

struct ics_window {
	int64_t from, to;
	icaltimezone *zone; /* of what has none */
	const char *mail;   /* of him whose calendar it is, or "" */
	size_t said;        /* busy times so far */
};

/* Prints a line for every time that is busy in the window, or a fault. */
void ics_each_busy(const struct ics_file *file, struct ics_window *window);

void ics_say_busy(struct ics_window *window, int64_t from, int64_t to);
void ics_say_fault(unsigned line, const char *text);
void ics_say_warning(unsigned line, const char *text);

/* ---- times (ics_time.c) ---- */

/* The zone of a property: its TZID in the file, or one that the system knows; NULL: it
 * names none, or one (*unknown) that nobody knows. */
icaltimezone *ics_zone_of(icalproperty *property, const char **unknown);
/* The time in the zone that it belongs to: UTC, that of the property, else the window's. */
struct icaltimetype ics_time_in_zone(
	struct icaltimetype time, icalproperty *property, const struct ics_window *window);
/* The instant; a day is its first second in the window's zone. */
int64_t ics_instant(struct icaltimetype time, const struct ics_window *window);
/* The end of what lasts so long from then on: days keep the time of day, the rest is
 * elapsed time. */
int64_t ics_instant_after(struct icaltimetype time, struct icaldurationtype lasts,
	const struct ics_window *window);

#endif
