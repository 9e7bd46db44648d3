/*
 * Acts, next steps and commitments in words, one line each.
 *
 * What stands in a commit (subject and trailers) holds ids, activities, fixed words
 * and dates only: never a person's name or free text. The other functions add raw
 * text of the record: who prints it makes it safe (utf8.h).
 */
#ifndef FU_CORE_WORDS_H
#define FU_CORE_WORDS_H

#include "core/opportunity.h"
#include "core/process.h"

/*
 * "meeting: proceed to proposal, next Tue 24 Nov 15:00": for commit subjects (behind
 * "<id>: "), `log`, `undo`. No name, no free text.
 */
void act_add_words(struct str *out, const struct act *a, const struct clock *clock);

/* "<id>: <the act in words>": the whole subject of its commit. */
void act_add_subject(struct str *out, const struct act *a, const char *opportunity,
	const struct clock *clock);

/*
 * The act for the eyes of who may read the record, with what its commit keeps back:
 * what a commitment was ("kept late: 'send the offer'"), what was set ("set: expires
 * Thu 31 Dec, title 'Relaunch'"), who a contact is, how long an appointment takes,
 * where and with whom, which option was chosen. `o`: its opportunity, folded with the act
 * in it. Raw text.
 */
void act_add_line(struct str *out, const struct act *a, const struct opportunity *o,
	const struct clock *clock);

/* Adds "; they chose '<option>'" behind what a call confirmed. */
void act_add_choice(struct str *out, const struct act *a);

/* "<id>: <the act in such a line>": what a writing command prints of it. */
void opportunity_add_line(struct str *out, const struct opportunity *o, const struct act *a,
	const struct clock *clock);

/* Adds somebody's words in quotes, in those that they have already if they have. */
void quoted_add(struct str *out, const char *words);

/*
 * Adds the trailers of its commit, for programs: Fu-Act, Fu-Opportunity, Fu-Id, Fu-At
 * and, where the act has them, Fu-Outcome, Fu-Process, Fu-Activity, Fu-To, Fu-Next, Fu-Confirm,
 * Fu-Again, Fu-Wait, Fu-No-Next, Fu-Ours, Fu-Theirs (how many, "none"), Fu-Cause,
 * Fu-By, Fu-No-Show, Fu-Commitment, Fu-Due, Fu-Facts (keys), Fu-Change, Fu-Minutes,
 * Fu-Takes-Back, Fu-Keeps, Fu-Replaces. Dates to come are local, as in the files.
 */
void act_add_trailers(struct list *out, const struct act *a, const char *opportunity);

/*
 * The next step of an opportunity: "appointment Tue 24 Nov 15:00 for workshop",
 * "confirmation due Thu 26 Nov, proceed to proposal proposed", "waiting until
 * Thu 1 Oct, because budget", "adrift: 'call me in spring'", "won Fri 20 Nov". In a
 * cycle an agreed interval may stand for it: "in touch every 3 months". Names and free
 * text may be in it. `process` may be NULL (not known).
 */
void next_add_words(struct str *out, const struct opportunity *o, const struct process *process,
	const struct clock *clock);

/* A commitment: "we: send the draft by Tue 24 Nov", "they (Jane Doe): decide by …, late". */
void commitment_add_words(
	struct str *out, const struct commitment *c, const struct clock *clock);

#endif
