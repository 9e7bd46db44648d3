/*
 * The recap: the mail after a meeting, to the client's side: what was discussed, what each
 * side will do by when, what comes next.
 *
 * What is ours alone is never in it: how warm it is, causes and reasons, notes, their
 * words as we wrote them down. What became of a promise since and a date that was moved
 * are seen: the recap says what holds now. No thanks, no wishes: it gives what was agreed.
 */
#ifndef FU_CORE_RECAP_H
#define FU_CORE_RECAP_H

#include "core/opportunity.h"
#include "core/process.h"

#include <jansson.h>

enum recap_kind { RECAP_TEXT, RECAP_HEADING, RECAP_ITEM };

struct recap_line {
	enum recap_kind kind;
	char *text; /* one line, to be wrapped */
};

struct recap {
	const struct act *meeting;
	const struct contact **to; /* who attended and is still there, or may be written to */
	size_t to_n;
	char *subject;
	struct recap_line *lines; /* of the body */
	size_t n, cap;
};

/*
 * Of the last meeting of the (folded) opportunity; `process` may be NULL (not known).
 * Borrows from o. False: there is no meeting yet. recap_release in every case.
 */
bool recap_make(struct recap *r, const struct opportunity *o, const struct process *process,
	const struct clock *clock);
void recap_release(struct recap *r);

/* "Jane Doe <jane@acme.example>, Bob Roe <bob@acme.example>"; nothing where no mail address
 * is known. `encoded`: names as in RFC 2047, for a mail's header. */
void recap_add_to(struct str *out, const struct recap *r, bool encoded);

/* Adds the text as a header of a mail has it (RFC 2047): as it is where it is printable
 * ASCII. */
void recap_add_encoded(struct str *out, const char *text);

/* The document of fu-output(5), "recap"; a new reference. `body`: the wrapped text. */
json_t *recap_to_json(const struct recap *r, const char *opportunity, const char *body);

#endif
