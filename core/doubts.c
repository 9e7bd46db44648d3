#include "core/doubts.h"

#include "core/gate.h"
#include "core/mem.h"
#include "core/merge.h"

#include <stdlib.h>
#include <string.h>

/* ---- who knew of whom ---- */

static int compare_numbers(const void *a, const void *b)
{
	const unsigned *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The numbers that stand twice, and what else tells that two sides came together. */
struct apart {
	unsigned *twice;
	size_t n;
	bool moved; /* an act was edited, or struck out by an answer */
};

/* Acts of one that was merged into this one move nothing here (core/fold_merge.c), and
 * where the merge itself sets a step nobody had agreed one: there is nothing to choose. */
static bool concerns(const struct act *a)
{
	return !a->of && a->kind != ACT_MERGE && a->kind != ACT_RENAME;
}

static void apart_find(struct apart *out, const struct opportunity *o)
{
	unsigned *all = xcalloc(o->n + 1, sizeof(*all));
	size_t n = 0, kept = 0;

	*out = (struct apart){0};
	for (size_t i = 0; i < o->n; i++) {
		const struct act *a = o->acts[i];

		out->moved |= a->edited.set || a->kind == ACT_RESOLVE;
		if (a->seq && !a->of)
			all[n++] = a->seq;
	}
	qsort(all, n, sizeof(*all), compare_numbers);
	for (size_t i = 0; i + 1 < n; i++)
		if (all[i] == all[i + 1])
			all[kept++] = all[i];
	out->twice = all;
	out->n = kept;
}

/* Neither knew of the other, as far as their numbers tell. */
static bool unaware(const struct apart *apart, const struct act *a, const struct act *b)
{
	unsigned lower = a->seq < b->seq ? a->seq : b->seq;

	return lower && apart->n &&
	       bsearch(&lower, apart->twice, apart->n, sizeof(lower), compare_numbers);
}

/* ---- collecting ---- */

struct search {
	struct doubts *out;
	const struct opportunity *o;
	struct apart apart;
};

static struct doubt *add_doubt(struct search *s, enum doubt_kind kind)
{
	GROW(s->out->items, s->out->n, s->out->cap);
	s->out->items[s->out->n] = (struct doubt){.kind = kind};
	return &s->out->items[s->out->n++];
}

static bool has_act(const struct doubt *d, const struct act *a)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->acts[i] == a)
			return true;
	return false;
}

static void add_act(struct doubt *d, const struct act *a)
{
	size_t i;

	if (has_act(d, a))
		return;
	GROW(d->acts, d->n, d->cap);
	for (i = d->n++; i > 0 && act_compare(d->acts[i - 1], a) > 0; i--)
		d->acts[i] = d->acts[i - 1];
	d->acts[i] = a;
}

/* Adds the pair to the doubt of that kind in which one of them stands, else to a new one. */
static void add_pair(
	struct search *s, enum doubt_kind kind, const struct act *a, const struct act *b)
{
	struct doubt *d = NULL;

	for (size_t i = 0; !d && i < s->out->n; i++)
		if (s->out->items[i].kind == kind &&
			(has_act(&s->out->items[i], a) || has_act(&s->out->items[i], b)))
			d = &s->out->items[i];
	if (!d)
		d = add_doubt(s, kind);
	add_act(d, a);
	add_act(d, b);
}

/* ---- the same id born on both sides, the same step replaced twice ---- */

static bool sets_step(const struct act *a)
{
	return a->next.set || a->confirm.set || a->again.set || a->wait.set || a->no_next;
}

/* Both booked the very same. */
static bool agree(const struct act *a, const struct act *b)
{
	return a->kind == b->kind && a->kind == ACT_SCHEDULE && when_equal(&a->next, &b->next);
}

static void find_born_and_replaced(struct search *s)
{
	const struct opportunity *o = s->o;

	for (size_t i = 0; i < o->n; i++) {
		const struct act *b = o->acts[i];

		if (o->struck[i] || !concerns(b) || (b->kind != ACT_NEW && !b->replaces))
			continue;
		for (size_t j = 0; j < i; j++) {
			const struct act *a = o->acts[j];

			if (o->struck[j] || !concerns(a))
				continue;
			if (a->kind == ACT_NEW && b->kind == ACT_NEW)
				add_pair(s, DOUBT_BORN, a, b);
			else if (b->replaces && same_string(a->replaces, b->replaces) &&
				 unaware(&s->apart, a, b) && !agree(a, b))
				add_pair(s, DOUBT_STEP, a, b);
		}
	}
}

/* Where nothing was agreed there is nothing to replace: two who both set a step then
 * show by the step that stands when the second comes. */
static void note_unreplaced(
	struct search *s, const struct opportunity *before, const struct act *a)
{
	const struct act *standing = before->now.next.set_by;

	if (standing && concerns(standing) && !a->replaces && a->kind != ACT_NEW &&
		sets_step(a) && unaware(&s->apart, standing, a) && !agree(standing, a))
		add_pair(s, DOUBT_STEP, standing, a);
}

/* ---- acts that can no longer follow ---- */

static size_t place_of(const struct opportunity *o, const char *id)
{
	for (size_t i = 0; id && i < o->n; i++)
		if (!strcmp(o->acts[i]->id, id))
			return i;
	return o->n;
}

/* The act that strikes out the one of that id. */
static const struct act *striker_of(const struct opportunity *o, const char *id)
{
	for (size_t i = o->n; i-- > 0;) {
		const struct act *a = o->acts[i];

		if (!o->struck[i] &&
			(same_string(a->takes_back, id) ||
				(a->kind == ACT_RESOLVE && list_has(&a->drops, id))))
			return a;
	}
	return NULL;
}

/* Acts that change neither whether it is open, nor its next step, nor who is who. */
static bool never_hinders(const struct act *a)
{
	return a->kind == ACT_NEW || a->kind == ACT_NOTE || a->kind == ACT_TOUCH ||
	       a->kind == ACT_SET || a->kind == ACT_COMMITMENT || !concerns(a) ||
	       (a->kind == ACT_HEARD && !sets_step(a));
}

static bool possible_without(
	const struct opportunity *o, const struct act *a, const struct act *without)
{
	struct opportunity shadow;
	bool possible = false;

	opportunity_shadow(&shadow, o, without);
	for (size_t i = 0; i < shadow.n; i++) {
		if (shadow.acts[i] == a) {
			possible = !shadow.struck[i] && gate_possible(&shadow, a);
			break;
		}
		if (!shadow.struck[i])
			fold_step(&shadow, shadow.acts[i]);
	}
	opportunity_shadow_release(&shadow);
	return possible;
}

/* The last act before it without which it could follow; NULL: there is none. */
static const struct act *find_hindrance(const struct opportunity *o, const struct act *a)
{
	for (size_t i = o->n; i-- > 0;) {
		const struct act *x = o->acts[i];

		if (x == a || o->struck[i] || never_hinders(x))
			continue;
		if (act_compare(x, a) > 0 && x->kind != ACT_UNDO && x->kind != ACT_RESOLVE)
			continue;
		if (possible_without(o, a, x))
			return x;
	}
	return NULL;
}

/* Somebody has said already that it is to stand as it is. */
static bool is_kept(const struct opportunity *o, const struct act *a)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->acts[i]->kind == ACT_RESOLVE && !o->struck[i] &&
			same_string(o->acts[i]->keep, a->id))
			return true;
	return false;
}

static bool in_other_doubt(const struct search *s, const struct act *a)
{
	for (size_t i = 0; i < s->out->n; i++)
		if (s->out->items[i].kind != DOUBT_FOLLOW && has_act(&s->out->items[i], a))
			return true;
	return false;
}

static void add_follow(struct search *s, const struct act *a, const struct act *against)
{
	struct doubt *d = NULL;

	if (in_other_doubt(s, a) || (!against && is_kept(s->o, a)))
		return;
	for (size_t i = 0; against && !d && i < s->out->n; i++)
		if (s->out->items[i].against == against)
			d = &s->out->items[i];
	if (!d) {
		d = add_doubt(s, DOUBT_FOLLOW);
		d->against = against;
		if (against)
			add_act(d, against);
	}
	add_act(d, a);
}

/* What kept and what broke the same promise. */
static bool settles_otherwise(const struct opportunity *before, const struct act *a)
{
	if (a->kind != ACT_COMMITMENT || same_string(a->to, "moved"))
		return false;
	for (size_t i = 0; i < before->now.commitments_n; i++) {
		const struct commitment *c = &before->now.commitments[i];

		if (same_string(c->promise->id, a->commitment) && c->settled)
			return (c->state == COMMITMENT_BROKEN) != same_string(a->to, "broken");
	}
	return false;
}

static const struct act *settler(const struct opportunity *before, const struct act *a)
{
	for (size_t i = 0; i < before->now.commitments_n; i++)
		if (same_string(before->now.commitments[i].promise->id, a->commitment))
			return before->now.commitments[i].settled;
	return NULL;
}

static void judge_follow(
	struct search *s, const struct opportunity *before, const struct act *a)
{
	size_t replaced = place_of(s->o, a->replaces);

	if (replaced < s->o->n && s->o->struck[replaced])
		add_follow(s, a, striker_of(s->o, a->replaces));
	else if (!gate_possible(before, a))
		add_follow(s, a, find_hindrance(s->o, a));
	else if (settles_otherwise(before, a) && unaware(&s->apart, settler(before, a), a))
		add_follow(s, a, settler(before, a));
}

static void find_steps(struct search *s, bool follow)
{
	struct opportunity shadow;

	opportunity_shadow(&shadow, s->o, NULL);
	for (size_t i = 0; i < shadow.n; i++) {
		const struct act *a = shadow.acts[i];

		if (shadow.struck[i])
			continue;
		if (!concerns(a))
			;
		else if (!follow)
			note_unreplaced(s, &shadow, a);
		else if (a->kind != ACT_NEW && !a->lenient)
			judge_follow(s, &shadow, a);
		fold_step(&shadow, a);
	}
	opportunity_shadow_release(&shadow);
}

/* ---- what a merger did not know of ---- */

static void note_unknown(void *context, const struct act *merge, const struct act *unknown)
{
	add_follow(context, unknown, merge);
}

/* ---- for everybody else ---- */

void doubts_find(struct doubts *out, const struct opportunity *o)
{
	struct search s = {.out = out, .o = o};

	merge_each_unknown(o, note_unknown, &s);
	apart_find(&s.apart, o);
	if (s.apart.n || s.apart.moved) {
		find_born_and_replaced(&s);
		find_steps(&s, false);
		find_steps(&s, true);
	}
	free(s.apart.twice);
}

void doubts_release(struct doubts *d)
{
	for (size_t i = 0; i < d->n; i++)
		free(d->items[i].acts);
	free(d->items);
	*d = (struct doubts){0};
}

bool doubts_any(const struct opportunity *o)
{
	struct doubts d = {0};
	bool any;

	doubts_find(&d, o);
	any = d.n > 0;
	doubts_release(&d);
	return any;
}

const struct doubt *doubts_about(const struct doubts *d, const char *act_id)
{
	for (size_t i = 0; i < d->n; i++)
		for (size_t j = 0; j < d->items[i].n; j++)
			if (!strcmp(d->items[i].acts[j]->id, act_id))
				return &d->items[i];
	return NULL;
}

/* ---- what goes with an act that is dropped ---- */

static bool promised_in(const struct act *a, const char *promise)
{
	const struct promises *both[] = {&a->ours, &a->theirs};

	for (size_t side = 0; promise && side < ARRAY_SIZE(both); side++)
		for (size_t i = 0; i < both[side]->n; i++)
			if (same_string(both[side]->items[i].id, promise))
				return true;
	return false;
}

/* What settles a promise that came with the merge. */
static bool promised_there(
	const struct opportunity *o, const struct act *merge, const char *promise)
{
	for (size_t i = 0; merge->from && promise && i < o->n; i++)
		if (same_string(o->acts[i]->of, merge->from) &&
			promised_in(o->acts[i], promise))
			return true;
	return false;
}

static bool rests_on(
	const struct opportunity *o, const struct act *a, const struct act *dropped)
{
	if (same_string(a->replaces, dropped->id) || promised_in(dropped, a->commitment))
		return true;
	return dropped->kind == ACT_MERGE && !a->of &&
	       (merge_carries(o, dropped, a) || promised_there(o, dropped, a->commitment));
}

static bool rests_on_any(
	const struct opportunity *o, const struct act *a, const struct list *dropped)
{
	for (size_t i = 0; i < dropped->n; i++) {
		const struct act *d = opportunity_act(o, dropped->items[i]);

		if (d && d->kind != ACT_NEW && rests_on(o, a, d))
			return true;
	}
	return false;
}

static void add_what_rests(
	struct list *drops, const struct opportunity *o, const struct act *keep)
{
	size_t before;

	do {
		before = drops->n;
		for (size_t i = 0; i < o->n; i++)
			if (!o->struck[i] && o->acts[i] != keep &&
				!list_has(drops, o->acts[i]->id) &&
				rests_on_any(o, o->acts[i], drops))
				list_add(drops, o->acts[i]->id);
	} while (drops->n > before);
}

void doubt_drops(struct list *out, const struct opportunity *o, const struct doubt *d,
	const struct act *keep)
{
	bool keeps_one = d->kind == DOUBT_FOLLOW && keep != d->against;

	for (size_t i = 0; i < d->n; i++)
		if (d->acts[i] != keep && (!keeps_one || d->acts[i] == d->against))
			list_add(out, d->acts[i]->id);
	add_what_rests(out, o, keep);
}

void doubt_add_words(struct str *out, const struct doubt *d)
{
	static const char *const what[] = {
		[DOUBT_BORN] = "the same id was born on both sides",
		[DOUBT_STEP] = "one next step was replaced by several acts",
		[DOUBT_FOLLOW] =
			("what was done on one side cannot follow what was done on the "
			 "other"),
	};

	str_addf(out, "%s: ", what[d->kind]);
	for (size_t i = 0; i < d->n; i++)
		str_addf(out, "%s%s %s", i ? ", " : "", act_kinds[d->acts[i]->kind].name,
			d->acts[i]->id);
}
