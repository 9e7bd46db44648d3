/*
 * Acts: everything that happens to an opportunity.
 *
 * This header and the two tables in act.c are the one list of act kinds and of
 * their fields. A command line, a form, a file, an import and an export are all
 * read and written through these tables (act_text.c, act_json.c, storage/record.c).
 *
 * HOW TO ADD A KIND OF ACT
 *   1. its fields: a member of struct act and a row of `fields` in act.c each;
 *   2. a row of `kinds` in act.c: its name, its fields, in which states it may happen;
 *   3. what it does: apply_<kind> in fold.c; what it must satisfy: check_<kind> in rules.c;
 *   4. cmd/<command>.c, its manual page, its tests.
 */
#ifndef FU_CORE_ACT_H
#define FU_CORE_ACT_H

#include "core/money.h"
#include "core/str.h"
#include "core/when.h"

#include <stdbool.h>
#include <stddef.h>

enum act_kind {
	ACT_NEW,
	ACT_MEETING,
	ACT_CALL,
	ACT_TOUCH,
	ACT_HEARD,
	ACT_NOTE,
	ACT_SCHEDULE,
	ACT_CANCEL,
	ACT_COMMITMENT,
	ACT_WAIT,
	ACT_SET,
	ACT_CONTACT,
	ACT_WIN,
	ACT_ABANDON,
	ACT_REOPEN,
	ACT_MERGE,
	ACT_RENAME,
	ACT_RESOLVE,
	ACT_UNDO,
	ACT_KINDS
};

/* Words: 0 is always "absent"; the tables in act.c have them in this order. */
enum outcome { OUTCOME_NONE, OUTCOME_PROCEED, OUTCOME_REPEAT, OUTCOME_ABANDON };
enum side { SIDE_NONE, SIDE_US, SIDE_THEM };
enum temperature { TEMP_UNKNOWN, TEMP_COLD, TEMP_COOL, TEMP_WARM, TEMP_HOT };
enum channel {
	CHANNEL_NONE,
	CHANNEL_VISIT,
	CHANNEL_PHONE,
	CHANNEL_VIDEO,
	CHANNEL_MAIL,
	CHANNEL_POST
};
enum cause {
	CAUSE_NONE,
	CAUSE_TIMING,
	CAUSE_PROCESS,
	CAUSE_DECISION_MAKER,
	CAUSE_CONSULTATIVE,
	CAUSE_VALUE,
	CAUSE_QUALIFYING,
	CAUSE_CLOSING,
	CAUSE_WITHDRAWN,
	CAUSE_GONE
};
/* A4: the two purposes of a follow-up call, and what came of it. */
enum purpose { PURPOSE_NONE, PURPOSE_SCHEDULE, PURPOSE_CONFIRM };
enum result {
	RESULT_NONE,
	RESULT_BOOKED,    /* an appointment */
	RESULT_CONFIRMED, /* the option that the client chose */
	RESULT_UNDECIDED,
	RESULT_DEFERRED,
	RESULT_DECLINED,
	RESULT_NO_ANSWER,
	RESULT_VOICEMAIL
};
/* C1: what a touch gives the client. Saving money is not one of them. */
enum gives {
	GIVES_NONE,
	GIVES_SAVING_TIME,
	GIVES_EFFICIENCY,
	GIVES_INSTRUCTION,
	GIVES_EDUCATION,
	GIVES_NEW_THINKING,
	GIVES_NEW_APPROACH,
	GIVES_INDUSTRY_PEERS,
	GIVES_BEST_PRACTICES,
	GIVES_APPLICATION
};
enum contact_change { CONTACT_NO_CHANGE, CONTACT_ADD, CONTACT_SET, CONTACT_LEFT, CONTACT_RM };

/* One side's commitment, as an act records it. */
struct promise {
	char *id;  /* short, unique within the opportunity */
	char *who; /* the contact (theirs) or colleague (ours) who made it, or NULL */
	char *what;
	struct when due; /* may be absent: then due at the next step that the act sets */
};
struct promises {
	struct promise *items;
	size_t n, cap;
	bool none; /* "none" was said: there is no commitment of this side */
};
/* Something the client is unsure of. */
struct question {
	char *id;
	char *text;
};
struct questions {
	struct question *items;
	size_t n, cap;
};
/* key=value, in the order given; an empty value clears. */
struct fact {
	char *key;
	char *value;
};
struct fact_list {
	struct fact *items;
	size_t n, cap;
};

struct act {
	enum act_kind kind;

	/* What every act has. */
	char *id;               /* [a-z0-9]{10}, unique in the repository */
	struct moment at;       /* when it happened */
	struct moment recorded; /* when it was entered */
	unsigned seq; /* one more than the highest its file held when recorded; 0: not given */
	char *by;     /* "Name <mail>" */
	struct moment edited; /* when `edit` or `record` last changed it */
	bool lenient;         /* history taken though it breaks a rule */
	int minutes;          /* time spent, preparation included; 0: not given */
	char *link;
	char *replaces; /* id of the act whose next step this one replaced */
	char *of; /* it happened to the opportunity of this id, which was merged into this one
		   */

	/* Next steps. */
	struct when next;         /* appointment: day and time, may carry a zone */
	struct duration duration; /* --for */
	char *place;
	struct list with;
	struct when confirm;
	struct list options;
	struct when again;
	struct when wait;
	char *no_next; /* the client's words */

	/* Meetings and what came from the client. */
	enum outcome outcome;
	char *activity; /* meeting, new, schedule, set: the activity it is about */
	char *to; /* meeting: the activity proceeded to; commitment: kept|broken|moved; contact:
		     whom the work goes to */
	struct promises ours, theirs;
	char *where; /* the client's own words */
	enum temperature temperature;
	char *discussed;
	struct questions unsure;
	char *note;
	struct list attended;
	enum channel channel;
	enum cause cause;
	char *because;
	char *from; /* heard: the contact; new: the opportunity it was copied from; merge: the
		       one merged in; rename: the old id */
	char *what;
	bool decided;

	/* Follow-up calls and touches. */
	enum purpose purpose;
	enum result result;
	char *chose;    /* one of the confirmation's options */
	char *spoke_to; /* a contact */
	bool inbound;   /* they called us */
	enum gives gives;
	char *keeps;   /* touch: id of a commitment of ours that it keeps */
	char *answers; /* touch: id of a question of theirs that it answers */

	/* Appointments that did not take place or moved. */
	enum side side; /* --by us|them */
	bool no_show;

	/* Commitments. */
	char *commitment; /* id */
	struct when due;

	/* Facts. */
	char *title, *client, *via, *process, *source, *owner, *external_id;
	struct money value;
	struct list tags;
	struct when expires;
	struct duration interval;
	struct list contacts; /* in the stored form of contact.h */
	struct fact_list facts;
	char *contact; /* contact acts: add: the stored form; else the name */
	enum contact_change change;
	char *care; /* win: the id of the account-care opportunity it opened */

	char *takes_back; /* undo: an act's id */

	/* Resolve: of the acts between which there was a question, the one that stands, and
	 * those that are struck out. */
	char *keep;
	struct list drops;

	/* Merge: of the acts of the one merged in that moved it, those that stood last when it
	 * was merged (core/merge.h). Empty: not recorded, in files of before. */
	struct list knew;

	unsigned line; /* where it begins in its file; 0: nowhere */
};

/* ---- the tables ---- */

enum field_type {
	FIELD_TEXT,
	FIELD_WORD, /* an enum, by its table of words */
	FIELD_FLAG,
	FIELD_COUNT,
	FIELD_MOMENT,
	FIELD_WHEN, /* a day, or day and time */
	FIELD_DAY,  /* a day alone */
	FIELD_DURATION,
	FIELD_MONEY,
	FIELD_LIST,     /* repeatable text */
	FIELD_PROMISES, /* stored one key each: "<name>-<id> = <text>" */
	FIELD_QUESTIONS,
	FIELD_FACTS
};

struct field {
	const char *name; /* in files and JSON; the option is the same with '-' for '_', unless
			     the command says otherwise */
	enum field_type type;
	size_t offset;            /* in struct act */
	const char *const *words; /* FIELD_WORD: index 0 is NULL (absent), ends with NULL */
	const char *noun;         /* what a word of it is called; NULL: its name */
	const char *words_lacked; /* what one may look for among them in vain, or NULL, … */
	const char *words_lack;   /* … and why it is not there */
};

struct kind {
	const char *name;
	unsigned states; /* 1u << enum status: where it may happen (opportunity.h) */
	const char *const
		*fields;   /* names, NULL at the end; the common ones go without saying */
	unsigned channels; /* 1u << enum channel: those by which it happens; 0: any */
};

extern const struct kind act_kinds[ACT_KINDS];

/* The fields that every act has, in the order of files: at, recorded, seq, by, … */
extern const char *const act_common_fields[];

const struct field *field_find(const char *name); /* NULL: unknown */
/* The field of that name if acts of this kind have it (the common ones included), else NULL. */
const struct field *act_field(enum act_kind kind, const char *name);
int act_kind_find(const char *name); /* -1: unknown */

/* The word's index in the table, 0: not in it. */
int word_find(const char *const *words, const char *text);
const char *outcome_word(enum outcome o); /* "proceed"; NULL for none */
const char *temperature_word(enum temperature t);
const char *cause_word(enum cause c);
/* Whether an act of that kind can go by that channel, or by none. ERR_USAGE, naming those by
 * which it can. */
int act_judge_channel(enum act_kind kind, enum channel channel);
const char *channel_word(enum channel c);
const char *side_word(enum side s);
const char *purpose_word(enum purpose p);
const char *result_word(enum result r);
const char *gives_word(enum gives g);
/* False: nobody was on the line, no-answer or voicemail. */
bool result_reached(enum result r);

/* ---- life ---- */

struct act *act_new(enum act_kind kind);
struct act *act_copy(const struct act *a); /* through the tables */
void act_free(struct act *a);              /* NULL is fine */

/* The address of the field's value in the act, to be cast by the field's type. */
void *field_slot(struct act *a, const struct field *f);
const void *field_slot_const(const struct act *a, const struct field *f);
bool field_is_set(const struct act *a, const struct field *f);
void field_clear(struct act *a, const struct field *f);
void field_copy(
	struct act *to, const struct act *from, const struct field *f); /* adds to lists */
bool field_equal(const struct act *a, const struct act *b, const struct field *f);
bool act_equal(const struct act *a, const struct act *b); /* all fields but line */

void promises_add(struct promises *p, const char *id, const char *who, const char *what,
	const struct when *due);
void promises_release(struct promises *p);
void questions_add(struct questions *q, const char *id, const char *text);
void questions_release(struct questions *q);
void facts_set(struct fact_list *f, const char *key, const char *value);
const char *facts_get(const struct fact_list *f, const char *key); /* NULL: not there */
void facts_release(struct fact_list *f);

/* The order of an opportunity's acts: `new` first, then time, seq, id. */
int act_compare(const struct act *a, const struct act *b);

/* ---- text: as typed, and as stored (act_text.c) ---- */

/* What typed values are read against. */
struct typed {
	const struct clock *clock;
	const char *currency;        /* of fu.ini, or NULL */
	const struct moment *act_at; /* the act's own time, or NULL: now */
	const struct list
		*names; /* contacts who may stand before ": " in a promise; may be NULL */
};

/*
 * Sets (or, for lists, adds to) a field from what was typed. Promises: `none`,
 * or "[<contact>: ]<what>[ by <when>]". Facts: "<key>=<value>".
 * Errors: ERR_USAGE: unreadable; words are suggested.
 */
int field_set_typed(
	struct act *a, const struct field *f, const char *text, const struct typed *ctx);

/*
 * The stored form: pairs of key and value. Keys are the fields' names, but for
 *   lists, which repeat the key, in the singular where the name is a plural:
 *   "contact", "option", "tag" (in JSON they keep the name);
 *   promises and questions: "ours-<id> = …", "theirs-<id>", "unsure-<id>" each, and
 *   "ours = none";
 *   facts: "set-<key> = <value>", empty where the fact is cleared.
 */
typedef void (*pair_sink)(void *context, const char *key, const char *value);
void field_store(const struct act *a, const struct field *f, pair_sink sink, void *context);

/* Understands one stored pair; finds the field from the key. Errors: ERR_FAILED
 * with a message that names key and value (the caller puts file and line before it). */
int act_load_pair(struct act *a, const char *key, const char *value);

/* "[Jane Doe: ]get the board's answer by 2026-11-26 12:00", the stored form of a promise. */
void promise_add_stored(struct str *out, const struct promise *p);
int promise_parse_stored(struct promise *out, const char *text);

/* ---- ids ---- */

/* Ten letters of [0-9a-z] without i, l, o, u out of 8 random bytes. */
#define ACT_ID_LEN 10
char *act_id_from(uint64_t bits);
/* 64 bits from content (FNV-1a), for acts that come without an id, and for the
 * short ids of promises and questions: side/field name, index and act id. */
uint64_t hash_bytes(uint64_t seed, const void *bytes, size_t len);
/* Gives ids to the promises and questions that have none; `taken` says what is in use. */
struct opportunity;
void act_name_parts(struct act *a, const struct opportunity *o);

#endif
