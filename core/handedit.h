/*
 * Hand edits: what becomes of a file that somebody changed in an editor.
 *
 * On top of a file stand the facts as the acts add up to them. A fact that was
 * changed there becomes a `set` act, a contact a `contact` act; an act that was
 * changed is stamped `edited`; an act that was written by hand is admitted as
 * from a command line; an act that is gone is refused, for files only grow.
 */
#ifndef FU_CORE_HANDEDIT_H
#define FU_CORE_HANDEDIT_H

#include "core/opportunity.h"
#include "core/rules.h"

/*
 * The facts of a folded opportunity in stored form, those that are set, in the
 * order of files: title, client, via, process, activity, status, value, source,
 * owner, tags, expires, interval, external_id, and `contact` once for each.
 * Adds to *out.
 */
void opportunity_facts(struct fact_list *out, const struct opportunity *o);

/* Adds a pair even where the key is there already. */
void facts_append(struct fact_list *f, const char *key, const char *value);

/*
 * For readers, who do not know what is recorded: the facts declared on top that
 * the acts do not add up to are added as acts at the time of the last one. Folds.
 */
void handedit_show(struct opportunity *o, const struct fact_list *declared);

struct handedit {
	const struct opportunity *recorded; /* NULL: a new file */
	const struct opportunity *edited;   /* as it was read, without handedit_show */
	const struct fact_list *declared;   /* in stored form */
	const char *by;                     /* who records it */
	const char *because;                /* serves facts that demand a reason; or NULL */
};

/*
 * Makes of an edited file the opportunity to be recorded, folded; g->process is
 * the one that `declared` names. Every new breach is added to *b, its act in
 * *out (with its line in the file); what was in breach before does not count.
 * The caller frees *out, also where it is refused. ERR_REFUSED: b->n > 0.
 */
int handedit_take(struct opportunity **out, const struct handedit *e, const struct ground *g,
	struct breaches *b);

#endif
