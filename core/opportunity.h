/*
 * An opportunity: its acts, and what they add up to.
 *
 *	opportunity_new → opportunity_add (each act) → opportunity_fold → read `now`
 *
 * The fold replays the acts in their order (act_compare), skipping those that an
 * undo took back. It needs no process file and no clock: what depends on them
 * was decided when the act was admitted (rules.h) and stands in the act.
 */
#ifndef FU_CORE_OPPORTUNITY_H
#define FU_CORE_OPPORTUNITY_H

#include "core/act.h"
#include "core/contact.h"
#include "core/process.h"

#include <stdbool.h>
#include <stddef.h>

enum status {
	STATUS_NONE, /* no `new` yet, or it was taken back: shown nowhere but by name */
	STATUS_OPEN,
	STATUS_WAITING,
	STATUS_WON,
	STATUS_ABANDONED
};
#define IN_NONE (1u << STATUS_NONE)
#define IN_OPEN (1u << STATUS_OPEN | 1u << STATUS_WAITING)
#define IN_CLOSED (1u << STATUS_WON | 1u << STATUS_ABANDONED)
#define IN_ANY (IN_OPEN | IN_CLOSED)

enum step_kind { STEP_NONE, STEP_APPOINTMENT, STEP_CONFIRMATION, STEP_CALL, STEP_WAIT };

struct step {
	enum step_kind kind;
	struct when at;
	const struct act *set_by; /* the act that set it; with `replaces` the chain */
	struct duration duration; /* appointment: 0 where it has none */
	const char *place;
	const struct list *with;
	const char *activity;       /* what it is for */
	int moves_us, moves_them;   /* how often the appointment was moved, by whom */
	const struct list *options; /* confirmation */
	enum outcome outcome;       /* confirmation: the proposed one */
	const char *to;             /* confirmation: where proceed would lead */
	enum cause cause;
	int attempts; /* tries that reached nobody since it was first set */
	const char *because;
};

enum commitment_state {
	COMMITMENT_OPEN,
	COMMITMENT_KEPT,
	COMMITMENT_LATE, /* kept after its due time */
	COMMITMENT_BROKEN,
	COMMITMENT_DROPPED /* closed without judgement by abandoning */
};

struct commitment {
	const struct promise *promise;
	enum side side;
	struct when due; /* as last moved */
	enum commitment_state state;
	const char *of; /* whose it still is: the id of an opportunity that is merged into this
			   one by a later act; else NULL */
	const struct act *since;   /* the act it was made in */
	const struct act *settled; /* the act that settled it, or NULL */
};

struct open_question {
	const struct question *question;
	const struct act *asked;
	const struct act *answered; /* or NULL */
};

/* Everything that is derived. Pointers go into the acts. */
struct state {
	enum status status;
	const char *title, *client, *via, *process, *source, *owner, *external_id;
	struct money value;
	struct list tags;
	struct when expires;
	struct duration interval;
	struct contact *contacts;
	size_t contacts_n, contacts_cap;

	const char *activity;
	const struct act *entered; /* the act that brought it to this activity */
	struct step next;
	const struct act *opened, *closed; /* closed: NULL while open */
	const char *no_next; /* the client's words, where he refused a date and none was set
				since */

	enum temperature temperature;
	const struct act *temperature_from;
	const char *where;
	const struct act *where_from;

	struct commitment *commitments;
	size_t commitments_n, commitments_cap;
	struct open_question *questions;
	size_t questions_n, questions_cap;

	int meetings, calls, touches, heard; /* counts */
	const struct act *last_contact; /* last meeting, touch, heard, call in which they were
					   reached; else opened */
	const struct act *last_meeting;

	/* Runs, each counted since the last `note --decided` at the earliest. */
	int repeats_in_a_row, no_next_in_a_row, waits_in_a_row;
	int calls_in_a_row; /* with nothing booked since: no meeting held, no appointment set */
	int their_broken, their_late;
	/* Meetings, calls of ours and touches since a proceed, a booked or confirmed call or a
	 * kept promise of theirs. */
	int contacts_since_accomplishment;
	int none_ours, none_theirs; /* acts that said there was no commitment */
	int moves_us, moves_them, no_shows, cancels_us, cancels_them;
	const struct act *decided;
	unsigned max_seq;
};

struct opportunity {
	char *id;
	char *path;        /* relative to the work tree, or NULL while it has no file */
	unsigned remark;   /* line of the first comment in its file, or 0: no write keeps it */
	struct act **acts; /* in order */
	size_t n, cap;
	bool *struck; /* parallel to acts, after the fold: taken back by an undo, with a merge
		       */
	struct state now;
};

struct opportunity *opportunity_new(const char *id);
void opportunity_free(struct opportunity *o);                      /* NULL is fine */
struct opportunity *opportunity_copy(const struct opportunity *o); /* not folded */

/* [a-z0-9]([a-z0-9-]{0,62}[a-z0-9])? */
bool opportunity_id_valid(const char *id);

/* Puts the act at its place; takes ownership. Not folded. */
void opportunity_add(struct opportunity *o, struct act *a);
/* For many acts: adds it behind the others, whatever its place; takes ownership. When all
 * are there opportunity_sort puts them in their order. */
void opportunity_append(struct opportunity *o, struct act *a);
void opportunity_sort(struct opportunity *o);
/* Takes the act out again and hands it back. */
struct act *opportunity_remove(struct opportunity *o, const char *act_id);
struct act *opportunity_act(
	const struct opportunity *o, const char *act_id); /* exact; NULL: none */

/* Replays all acts; sets now and struck. Acts of an opportunity that was merged into this one
 * (`of`) count while the merge stands; where it was taken back they are struck with it. */
void opportunity_fold(struct opportunity *o);
/* Replays those that come before this act only (which need not be one of them). */
void opportunity_fold_before(struct opportunity *o, const struct act *stop);

/* The same in steps, for those who look between acts (rules.c): begin, then each act
 * in order that is not struck, then end. */
void fold_begin(struct opportunity *o);
void fold_step(struct opportunity *o, const struct act *a);
void fold_end(struct opportunity *o);

/*
 * The same acts once more, but for one (NULL: all of them), to be folded in steps without
 * touching the opportunity's own state. It borrows the acts; fold_begin is done.
 */
void opportunity_shadow(
	struct opportunity *shadow, const struct opportunity *o, const struct act *without);
void opportunity_shadow_release(struct opportunity *shadow);

/*
 * True of a try that reached nobody and set another one, where it comes upon an appointment,
 * or upon a confirmation that it did not ask for, which it does not say it replaced: that
 * was entered later than the try, at a time before it. The try leaves it as it is (contract,
 * 2: "a try that reached nobody never replaces an appointment").
 */
bool step_outlasts(const struct step *step, const struct act *a);

const char *status_word(enum status s);  /* "open" */
const char *step_word(enum step_kind k); /* "appointment" */
const char *commitment_word(
	enum commitment_state s); /* "open", …; dropped: "open" reads wrong: "dropped" */
bool opportunity_is_open(const struct opportunity *o); /* open or waiting */
/* Live: still asks for something: open, waiting, won with an open commitment, or with a
 * question that a sync left (core/doubts.h). */
bool opportunity_is_live(const struct opportunity *o);
/* Open and no next step. In a process that is a cycle an agreed interval counts as one;
 * p may be NULL (not known). */
bool opportunity_is_adrift(const struct opportunity *o, const struct process *p);

/* A commitment by unique prefix of its id, or by a word that occurs in one open
 * commitment only, or, in no open one, in one that is settled. ERR_MISSING: none or several
 * (the candidates are listed). */
int opportunity_commitment(
	const struct opportunity *o, const char *text, const struct commitment **out);
/* A question by unique prefix of its id, or by a word that occurs in one open question only.
 * ERR_MISSING: none or several (the open ones are listed). */
int opportunity_question(
	const struct opportunity *o, const char *text, const struct open_question **out);
/* A contact by name: exact, else a unique part of one, case folded. ERR_MISSING. */
int opportunity_contact(
	const struct opportunity *o, const char *text, const struct contact **out);

#endif
