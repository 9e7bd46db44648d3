/*
 * Where a draft comes from: when it was kept, and where the opportunity stood then. It
 * is said in comments of the draft, "#: kept 2026-11-20T12:00:00+01:00", because what was
 * typed is relative to that moment, and about the meeting of that time.
 */
#ifndef FU_CMD_DRAFT_ORIGIN_H
#define FU_CMD_DRAFT_ORIGIN_H

#include "core/opportunity.h"

struct draft_origin {
	struct moment kept;      /* not set: nobody knows */
	char *activity;          /* where it stood; NULL: nowhere, or not known */
	struct when appointment; /* that was pending; may be absent */
};

/* That of a draft which is kept now; o NULL: there is no opportunity yet. */
void draft_origin_now(
	struct draft_origin *out, const struct opportunity *o, const struct clock *clock);
/* Takes its lines out of the text. */
void draft_origin_take(struct draft_origin *out, struct str *text);
/* Adds its lines at the end of the text. */
void draft_origin_add(struct str *text, const struct draft_origin *origin);
void draft_origin_release(struct draft_origin *origin);

/* "Fri 20 Nov 12:00, at discovery, appointment Fri 20 Nov 11:00"; nothing where it is not
 * known. */
void draft_origin_describe(
	struct str *out, const struct draft_origin *origin, const struct clock *clock);

/* What happened since, for which the draft may be about something else: an act of the kind
 * was recorded, or it stands at another activity. One line each. */
void draft_origin_since(struct list *out, const struct draft_origin *origin,
	const struct opportunity *o, enum act_kind kind, const struct clock *clock);

#endif
