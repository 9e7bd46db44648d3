/*
 * The team's settings, fu.ini: one table of keys (settings.c) with section, type,
 * default and meaning, from which parsing, `fu config`, the check and the manual
 * page all come. Absent means default.
 */
#ifndef FU_CORE_SETTINGS_H
#define FU_CORE_SETTINGS_H

#include "core/when.h"

#include <stdbool.h>

enum roles { ROLES_OPEN, ROLES_ENFORCED };
enum demanded { DEMAND_BOTH, DEMAND_THEIRS, DEMAND_NONE };

struct member {
	char *key; /* "sam" */
	char *who; /* "Sam Sales <sam@example.com>" */
};

struct settings {
	int version; /* 1 */
	char *timezone;
	unsigned timezone_line; /* of fu.ini, which has it there; 0: it does not say */
	char *currency;         /* NULL: none */
	char *process;
	enum roles roles;
	enum demanded commitments;
	struct duration retry;
	int max_calls, max_repeats, treadmill;
	struct duration expiry_warning;
	unsigned days;   /* bit 1 << ISO weekday */
	int from, to;    /* minutes of the day */
	struct list off; /* "24 dec..6 jan", "2026-12-24..2027-01-06", single days */
	bool off_said;   /* it is what fu.ini says, not the default */
	int appointments_per_day;
	struct member *team;
	size_t team_n, team_cap;
	struct list refuse, allow; /* phrases */
};

enum setting_type {
	SETTING_VERSION,
	SETTING_ZONE, /* a name; whether there is such a zone is storage's to say */
	SETTING_CURRENCY,
	SETTING_NAME, /* a process: process_word_valid */
	SETTING_WORD, /* one of `values`, in the order of its enum */
	SETTING_DURATION,
	SETTING_COUNT, /* from 1 */
	SETTING_DAYS,  /* "mon-fri", "mon,tue,thu" */
	SETTING_TIME,  /* "09:00" */
	SETTING_OFF,   /* "24 dec..6 jan, 2026-05-01"; may be repeated */
	SETTING_TEAM,  /* "Name <mail>" */
	SETTING_PHRASE /* may be repeated */
};

struct setting {
	const char *section, *key; /* key NULL: any key (team) */
	const char *values;        /* "open|enforced", "<duration>", … for usage */
	const char *fallback;      /* the default as typed, NULL: none */
	const char *meaning;
	enum setting_type type;
	size_t offset; /* in struct settings */
};
extern const struct setting settings_known[]; /* ends with a NULL section */

void settings_init(struct settings *s); /* the defaults */
void settings_release(struct settings *s);

/* One pair of fu.ini; a NULL key announces a section. ERR_FAILED: unknown section or
 * key (the nearest is suggested), unreadable value; the caller puts file and line
 * before it. */
int settings_load_pair(
	struct settings *s, const char *section, const char *key, const char *value);
/* After the last pair: what only hangs together (hours.from before hours.to). ERR_FAILED. */
int settings_finish(const struct settings *s);

/* "policy.retry" → its row, "team.<any>" → the team's, or NULL. */
const struct setting *setting_find(const char *dotted);
/* The nearest known "section.key" to one that is not known, or NULL; the caller frees. */
char *setting_suggest(const char *dotted);
/* The value in force as text (phrases one a line), for `fu config <key>`; the caller
 * frees. NULL: none, or no such key. */
char *setting_value(const struct settings *s, const char *dotted);

/* Working time: is the local day a working day; the first working moment at or after
 * (a day alone: the first working day). Where no day of two years is one: *from itself. */
bool settings_works_on(const struct settings *s, int32_t day);
struct when settings_next_working(const struct settings *s, const struct when *from);

/* True if the team is empty or has a member of this key. */
bool settings_owner_known(const struct settings *s, const char *owner);
/* The key of the member with the same mail as `by` ("Name <mail>"), or NULL. */
const char *settings_member_of(const struct settings *s, const char *by);

#endif
