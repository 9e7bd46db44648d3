/* What somebody knew of an opportunity when he merged it into another one. */
#include "core/act_index.h"
#include "core/mem.h"
#include "core/merge.h"

#include <stdlib.h>

/* It set a next step, opened it, closed it, or opened it again. */
static bool moves(const struct act *a)
{
	if (a->kind == ACT_MERGE || a->kind == ACT_RENAME)
		return false;
	return a->kind == ACT_NEW || a->kind == ACT_WIN || a->kind == ACT_ABANDON ||
	       a->kind == ACT_REOPEN || a->outcome || a->replaces || a->next.set ||
	       a->confirm.set || a->again.set || a->wait.set || a->no_next;
}

/* ---- when it is merged ---- */

void merge_note_known(struct act *a, const struct opportunity *from)
{
	struct act_index index;
	bool *replaced = xcalloc(from->n + 1, sizeof(*replaced));

	act_index_init(&index, from);
	for (size_t i = 0; i < from->n; i++)
		if (!from->struck[i] && !from->acts[i]->of && moves(from->acts[i]))
			replaced[act_index_find(&index, from->acts[i]->replaces)] = true;
	for (size_t i = 0; i < from->n; i++)
		if (!from->struck[i] && !from->acts[i]->of && moves(from->acts[i]) &&
			!replaced[i])
			list_add(&a->knew, from->acts[i]->id);
	act_index_release(&index);
	free(replaced);
}

/* ---- afterwards ---- */

struct looking {
	const struct opportunity *o;
	struct act_index index;
	bool *known; /* parallel to its acts, and one more for what is not there */
	merge_sink sink;
	void *context;
};

/* The act of the one merged in that strikes it out, or NULL. */
static const struct act *taken_back_there(
	const struct looking *l, const struct act *merge, const char *id)
{
	for (size_t i = l->o->n; i-- > 0;) {
		const struct act *a = l->o->acts[i];

		if (!l->o->struck[i] && same_string(a->of, merge->from) &&
			(same_string(a->takes_back, id) ||
				(a->kind == ACT_RESOLVE && list_has(&a->drops, id))))
			return a;
	}
	return NULL;
}

/* What an act replaced comes before it. */
static void mark_known(struct looking *l, const struct act *merge)
{
	for (size_t i = 0; i <= l->o->n; i++)
		l->known[i] = false;
	for (size_t i = 0; i < merge->knew.n; i++)
		l->known[act_index_find(&l->index, merge->knew.items[i])] = true;
	for (size_t i = l->o->n; i-- > 0;)
		if (l->known[i])
			l->known[act_index_find(&l->index, l->o->acts[i]->replaces)] = true;
}

static void look(struct looking *l, const struct act *merge)
{
	mark_known(l, merge);
	for (size_t i = 0; i < l->o->n; i++) {
		const struct act *a = l->o->acts[i];

		if (!l->o->struck[i] && !l->known[i] && moves(a) &&
			same_string(a->of, merge->from))
			l->sink(l->context, merge, a);
	}
	for (size_t i = 0; i < merge->knew.n; i++) {
		size_t place = act_index_find(&l->index, merge->knew.items[i]);
		const struct act *back = NULL;

		if (place < l->o->n && l->o->struck[place])
			back = taken_back_there(l, merge, merge->knew.items[i]);
		if (back)
			l->sink(l->context, merge, back);
	}
}

void merge_each_unknown(const struct opportunity *o, merge_sink sink, void *context)
{
	struct looking l = {.o = o, .sink = sink, .context = context};

	for (size_t i = 0; i < o->n; i++) {
		const struct act *a = o->acts[i];

		if (a->kind != ACT_MERGE || a->of || !a->knew.n || !a->from || o->struck[i])
			continue;
		if (!l.known) {
			act_index_init(&l.index, o);
			l.known = xcalloc(o->n + 1, sizeof(*l.known));
		}
		look(&l, a);
	}
	act_index_release(&l.index);
	free(l.known);
}
