/*
 * The brief: what one reads before a contact, for the client does not remember us (B3).
 *
 *	brief_make → (brief_add_other for each) → read parts, brief_to_json → brief_release
 *
 * It is one screen. Each part is a list of sentences, none of which has a hole, whatever
 * the record holds or lacks; a part of which nothing can be said is empty. What would
 * make it longer than a screen is counted ("3 more: …") and named by where to look.
 *
 * No field for topics of a call: a follow-up call is to schedule or to confirm (A4), so
 * the questions of the activity stand apart, for its meeting.
 */
#ifndef FU_CORE_BRIEF_H
#define FU_CORE_BRIEF_H

#include "core/opportunity.h"
#include "core/worklist.h"

#include <jansson.h>

enum brief_part {
	BRIEF_PURPOSE,   /* what this contact is for, and when */
	BRIEF_ENDS_WITH, /* what it must end with */
	BRIEF_OPENING,   /* a sentence that continues the last conversation */
	BRIEF_LAST,      /* when we last spoke, with whom, how it ended */
	BRIEF_DISCUSSED,
	BRIEF_WORDS,  /* where they said things stand, how warm it is */
	BRIEF_THEIRS, /* what they were going to do, and what became of it */
	BRIEF_OURS,
	BRIEF_SINCE,     /* what was delivered and heard since the last meeting */
	BRIEF_UNSURE,    /* what they are unsure of */
	BRIEF_ASK,       /* the questions that find out where things stand */
	BRIEF_QUESTIONS, /* those of the activity */
	BRIEF_PEOPLE,    /* whom to call and how; who has left */
	BRIEF_OTHERS,    /* other opportunities of the same client */
	BRIEF_COMMAND,   /* what will log it */
	BRIEF_PARTS
};

/* Another opportunity of the same client. */
struct brief_other {
	char *id, *title, *activity; /* the last two may be NULL */
	char *next;                  /* where it stands, in words */
	enum status status;
};

/* Everything borrowed is of the opportunity and of what brief_make was given. */
struct brief {
	const struct opportunity *o;
	const struct worklist_ground *ground;
	struct list parts[BRIEF_PARTS];

	const struct act *last;     /* the last conversation: a meeting, a call in which they
				       were reached, what was heard of them; or NULL */
	const struct contact *call; /* whom to turn to, or NULL */
	/* What the parts are about, in their order; the whole of it, not a screenful. */
	const struct commitment **theirs, **ours;
	size_t theirs_n, ours_n;
	const struct act **since; /* touches, calls that reached them, what was heard,
				     appointments that did not take place */
	size_t since_n;
	struct brief_other *others;
	size_t others_n, others_cap;
};

/* The (folded) opportunity's brief, without others. *b need not be initialised. */
void brief_make(
	struct brief *b, const struct opportunity *o, const struct worklist_ground *ground);
void brief_release(struct brief *b);

/* Adds another (folded) opportunity of the same client; `process` may be NULL (not known). */
void brief_add_other(
	struct brief *b, const struct opportunity *other, const struct process *process);
/* Says that there are n more, with the command that lists them. */
void brief_add_more_others(struct brief *b, size_t n);

/* What stands before the part on the page: "open with". */
const char *brief_label(const struct brief *b, enum brief_part part);

/* The document of fu-output(5), "brief"; a new reference. */
json_t *brief_to_json(const struct brief *b);

/* ---- between the files of the brief ---- */

/* Each adds to its parts (brief_ahead.c, brief_past.c, brief_promises.c). */
void brief_add_ahead(struct brief *b);
void brief_add_past(struct brief *b);
void brief_add_promises(struct brief *b);

/* What they or we did then: "met", "spoke", "wrote". */
const char *brief_did(const struct act *conversation);

/* Adds the sentence, ended by a full stop, to the part, and empties it; an empty one is
 * left out. */
void brief_say(struct brief *b, enum brief_part part, struct str *sentence);

/* "the workshop", "the next meeting" where it is not known. */
void brief_add_activity(struct str *out, const char *activity);

#endif
