/*
 * iCalendar (RFC 5545), written: events and to-dos, with the time zones that they name.
 *
 *	ics_init → (ics_add, ics_add_opportunity) … → ics_finish → ics_release
 *
 * The same entries give the same bytes: nothing is taken from the clock but the zones. Text
 * is made safe (utf8.h) and escaped; lines end with CR LF and are folded after 75 bytes,
 * between characters. Who reads the file has all he needs to know about the zones in it.
 */
#ifndef FU_CORE_ICS_H
#define FU_CORE_ICS_H

#include "core/opportunity.h"
#include "core/str.h"
#include "core/when.h"
#include "core/worklist.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ICS_ALARM_MINUTES 30 /* before an appointment */
#define ICS_KEPT_DAYS 30     /* what is over, settled or cancelled stays so long */

enum ics_status { ICS_CONFIRMED, ICS_NEEDS_ACTION, ICS_COMPLETED, ICS_CANCELLED };

struct ics_entry {
	bool todo;       /* VTODO, else VEVENT */
	const char *uid; /* without "@fu" */
	unsigned sequence;
	int64_t created, stamp;   /* instants: when it came to be, when it last changed */
	struct when at;           /* when it begins; a to-do: when it is due, may be absent */
	struct duration duration; /* of an event with a time; 0: an hour */
	const char *summary;
	const char *description, *location; /* or NULL */
	enum ics_status status;
	int64_t completed; /* ICS_COMPLETED: when */
	bool transparent;  /* takes no time */
	bool private;
	int alarm; /* minutes before it begins; 0: none */
};

struct ics_zone {
	const struct zone *zone;
	int first_year, last_year; /* of the times that name it */
};

struct ics {
	const struct clock *clock;
	struct str body; /* the components so far */
	struct ics_zone *zones;
	size_t zones_n, zones_cap;
};

void ics_init(struct ics *w, const struct clock *clock);
void ics_add(struct ics *w, const struct ics_entry *e);
/* Adds the whole calendar to out. */
void ics_finish(struct ics *w, struct str *out);
void ics_release(struct ics *w);

/* What of an opportunity goes into a calendar, and how (ics_record.c). */
struct ics_choice {
	bool todo_as_event; /* for telephones that ignore to-dos */
	bool private;       /* no names, no free text */
};

/*
 * Adds the appointments, our commitments, and the calls and confirmations of the (folded)
 * opportunity: those that are to come, and those that are over for no more than
 * ICS_KEPT_DAYS. An appointment that was moved stays one entry: its id is made of the act
 * that began the chain of moves, and `sequence` counts what changed it since.
 */
void ics_add_opportunity(
	struct ics *w, const struct opportunity *o, const struct ics_choice *choice);

/*
 * Adds what an item of the work list asks for; it must know its opportunity. Appointments,
 * calls and our commitments are the entries that ics_add_opportunity makes, under the same
 * ids; the others are to-dos.
 */
void ics_add_item(struct ics *w, const struct item *item, const struct ics_choice *choice);

/* ---- parts ---- */

/* One content line, folded; the value is raw (ics_add_text: text, escaped). */
void ics_add_line(struct str *out, const char *name, const char *value);
void ics_add_text(struct str *out, const char *name, const char *text);
/* VTIMEZONE, right for these years and for all that follow them by the zone's last rule
 * (ics_zone.c). */
void ics_add_zone(struct str *out, const struct ics_zone *zone);

#endif
