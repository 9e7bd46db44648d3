/*
 * The inside of act_command.c: one call of a writing command, from what was typed to
 * what is kept of it. act_draft.c keeps what did not get recorded, act_editor.c has the
 * form in the editor.
 */
#ifndef FU_CMD_ACT_SESSION_H
#define FU_CMD_ACT_SESSION_H

#include "cmd/act_run.h"
#include "cmd/dialogue.h"
#include "cmd/draft_origin.h"
#include "cmd/form.h"

struct session {
	struct act_run run;
	char *draft;        /* its path; NULL for several opportunities */
	bool draft_is_ours; /* all that the draft holds is in this call too */
	bool draft_stays;   /* it was not, and the act is recorded */
	struct str form;    /* of -F or of the editor, as it was read */
	bool unreadable;    /* the form is: kept as it stands */
	bool edited;        /* the form is what the user left in the editor */
	bool can_ask;       /* there is a terminal, and asking is allowed */
};

const char *session_command(const struct session *s);
/* The one opportunity's id; NULL: none yet, or several. */
const char *session_id(const struct session *s);
/* "fu log-meeting acme". The caller frees. */
char *session_title(const struct session *s);
/* The opportunity as it stands, NULL where there is none yet; the caller frees. */
int session_load(const struct session *s, struct opportunity **o);
/* Adds what s->form says to what was typed. ERR_USAGE: unreadable. */
int session_read_form(struct session *s, const char *name);
/* Records what was typed, or refuses it. */
int session_record(struct session *s);

/* ---- act_draft.c ---- */

int session_find_draft(struct session *s);
/* On a terminal: shows what was kept, and takes it up if the user wants it. Only where
 * something is missing: who has said it all does not mean the draft. */
int session_offer_draft(struct session *s, struct dialogue *d);
/* Saves the text as the draft. One that is there and has words of its own is put aside,
 * which is said. ERR_FAILED. */
int session_save_draft(struct session *s, const struct str *text);
/* Keeps what was typed, and says how to go on: after a refusal, or where nothing was to
 * be recorded yet. */
void session_keep_draft(struct session *s, bool refused);
/* The act is recorded: removes the draft, unless it has words that are not in it. */
void session_end_draft(struct session *s);
/* All that was typed, as a form. */
void session_form(const struct session *s, struct str *out, const struct breaches *missing,
	const struct form_faults *faults);

/* Where the draft comes from is taken out of its text; *since: what happened after it. */
void session_take_origin(const struct session *s, struct str *text, struct draft_origin *origin,
	struct list *since);
/* What was typed then means what it meant (typed_pin). True where it is written out. */
bool session_pin(const struct session *s, struct typed_options *typed,
	const struct draft_origin *origin);

/* ---- act_editor.c ---- */

/* Lets the user fill the form in the editor, and records it. */
int session_edit(struct session *s);

#endif
