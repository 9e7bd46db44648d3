/*
 * What was merged in, in the fold. Acts of an opportunity that was merged into this one
 * happened to the same client: they count, and what was promised and said in them holds.
 * They do not move the process: outcomes, next steps, facts, contacts and status are
 * this one's own. What the merge took over of those stands in the `merge` act.
 */
#include "core/fold.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

static void take_outcome(struct state *s, const struct act *a)
{
	if (a->outcome == OUTCOME_ABANDON)
		fold_drop_commitments(s, a->of);
	else if (a->outcome == OUTCOME_PROCEED)
		s->contacts_since_accomplishment = 0;
}

void fold_of(struct state *s, const struct act *a)
{
	fold_count(s, a);
	switch (a->kind) {
	case ACT_MEETING:
		s->calls_in_a_row = 0;
		if (!a->confirm.set)
			take_outcome(s, a);
		break;
	case ACT_CALL:
		take_outcome(s, a);
		if (a->next.set)
			s->calls_in_a_row = 0;
		break;
	case ACT_TOUCH:
		fold_touch(s, a);
		break;
	case ACT_HEARD:
		fold_heard(s, a);
		break;
	case ACT_COMMITMENT:
		fold_commitment(s, a);
		break;
	case ACT_WIN:
		s->contacts_since_accomplishment = 0;
		break;
	case ACT_ABANDON:
		fold_drop_commitments(s, a->of);
		break;
	case ACT_MERGE:
		fold_merge(s, a);
		break;
	default:
		break;
	}
}

static bool sets_step(const struct act *a)
{
	return a->next.set || a->confirm.set || a->again.set || a->wait.set;
}

/* From here on its commitments are ours, or those of the one that it was merged into. */
void fold_merge(struct state *s, const struct act *a)
{
	for (size_t i = 0; a->from && i < s->commitments_n; i++)
		if (same_string(s->commitments[i].of, a->from))
			s->commitments[i].of = a->of;
	if (a->of)
		return;
	fold_set(s, a);
	for (size_t i = 0; i < a->contacts.n; i++)
		fold_fill_contact(s, a->contacts.items[i]);
	if ((IN_OPEN & 1u << s->status) && sets_step(a))
		fold_take_step(s, a);
}

static bool has_merged(const struct opportunity *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->acts[i]->of)
			return true;
	return false;
}

/* The ids of those that are merged in: by an act of our own, or of one that is. */
static void list_merged(const struct opportunity *o, struct list *ids)
{
	size_t before;

	do {
		before = ids->n;
		for (size_t i = 0; i < o->n; i++) {
			const struct act *a = o->acts[i];

			if (a->kind == ACT_MERGE && a->from && !o->struck[i] &&
				(!a->of || list_has(ids, a->of)) && !list_has(ids, a->from))
				list_add(ids, a->from);
		}
	} while (ids->n > before);
}

void fold_strike_unmerged(struct opportunity *o)
{
	struct list merged = {0};

	if (!has_merged(o))
		return;
	list_merged(o, &merged);
	for (size_t i = 0; i < o->n; i++)
		if (o->acts[i]->of && !list_has(&merged, o->acts[i]->of))
			o->struck[i] = true;
	list_release(&merged);
}
