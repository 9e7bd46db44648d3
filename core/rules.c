#include "core/rules.h"

#include "core/error.h"
#include "core/gate.h"
#include "core/mem.h"
#include "core/merge.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- admission ---- */

/* A meeting without a time took place at the pending appointment's, if that has passed. */
static struct moment default_time(
	const struct opportunity *o, const struct act *a, const struct clock *clock)
{
	const struct step *step = &o->now.next;

	/* An answer comes after what it is about, also where another's clock is ahead. */
	if (a->kind == ACT_RESOLVE && o->n && o->acts[o->n - 1]->at.utc > clock->now.utc)
		return o->acts[o->n - 1]->at;
	if (a->kind == ACT_MEETING && step->kind == STEP_APPOINTMENT) {
		int64_t begins = when_begins(&step->at, clock);

		if (begins <= clock->now.utc)
			return moment_at(begins, clock);
	}
	return clock->now;
}

static void complete(struct opportunity *o, struct act *a, const struct ground *g)
{
	struct judge j = {.o = o, .g = g};

	opportunity_fold(o);
	if (!a->at.set)
		a->at = default_time(o, a, g->clock);
	if (!a->recorded.set)
		a->recorded = g->clock->now;
	if (!a->seq) /* a file may hold the highest that can be read back */
		a->seq = o->now.max_seq < INT_MAX ? o->now.max_seq + 1 : INT_MAX;
	opportunity_fold_before(o, a);
	gate_complete(&j, a);
}

static bool only_discipline(const struct breaches *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (!b->items[i].discipline)
			return false;
	return true;
}

static bool is_last(const struct opportunity *o, const struct act *a)
{
	return !o->n || act_compare(o->acts[o->n - 1], a) < 0;
}

/* Takes the act in; takes it out again where a later one could then not follow. */
static int insert(
	struct opportunity *o, struct act *a, const struct ground *g, struct breaches *b)
{
	struct stood before = {0};
	bool last = is_last(o, a);

	act_name_parts(a, o);
	if (!last)
		stood_note(&before, o, a, g);
	opportunity_add(o, a);
	if (!last)
		gate_judge_later(o, a, &before, b);
	stood_release(&before);
	if (only_discipline(b)) {
		opportunity_fold(o);
		return 0;
	}
	opportunity_remove(o, a->id);
	opportunity_fold(o);
	return ERR_REFUSED;
}

int opportunity_admit(
	struct opportunity *o, struct act *a, const struct ground *g, struct breaches *b)
{
	struct judge j = {.o = o, .g = g, .b = b};

	complete(o, a, g);
	gate_judge(&j, a);
	if (a->kind == ACT_UNDO && !b->n)
		opportunity_can_undo(o, opportunity_act(o, a->takes_back), g, b);
	if (b->n && !(g->lenient && only_discipline(b))) {
		opportunity_fold(o);
		return ERR_REFUSED;
	}
	a->lenient = b->n > 0;
	return insert(o, a, g, b);
}

void opportunity_missing(const struct opportunity *o, const struct act *a,
	const struct ground *g, struct breaches *b)
{
	struct opportunity *copy = opportunity_copy(o);
	struct act *trial = act_copy(a);
	struct judge j = {.o = copy, .g = g, .b = b};

	if (!trial->id)
		trial->id = xstrdup("");
	complete(copy, trial, g);
	gate_judge(&j, trial);
	for (size_t i = 0; i < b->n; i++)
		b->items[i].act = NULL;
	act_free(trial);
	opportunity_free(copy);
}

/* ---- taking back ---- */

static bool names_part_of(const struct act *later, const struct act *target)
{
	const struct promises *both[] = {&target->ours, &target->theirs};
	const char *settled = later->commitment ? later->commitment : later->keeps;

	for (size_t i = 0; i < target->unsure.n; i++)
		if (later->answers && same_string(target->unsure.items[i].id, later->answers))
			return true;
	if (!settled)
		return false;
	for (size_t side = 0; side < ARRAY_SIZE(both); side++)
		for (size_t i = 0; i < both[side]->n; i++)
			if (same_string(both[side]->items[i].id, settled))
				return true;
	return false;
}

void gate_judge_references(const struct opportunity *o, const struct act *target,
	const struct clock *clock, struct breaches *b)
{
	for (size_t i = 0; i < o->n; i++) {
		const struct act *later = o->acts[i];

		if (o->struck[i] || later == target || act_compare(later, target) < 0)
			continue;
		if (same_string(later->replaces, target->id) || names_part_of(later, target) ||
			merge_carries(o, target, later))
			gate_name_later(b, target, later, clock);
	}
}

static bool is_struck(const struct opportunity *o, const struct act *a)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->acts[i] == a)
			return o->struck[i];
	return false;
}

/* The undo of an undo brings back what that had struck: from there on all is judged. */
static const struct act *first_judged(const struct opportunity *o, const struct act *target)
{
	const struct act *back = target;

	while (back && back->kind == ACT_UNDO) {
		back = opportunity_act(o, target->takes_back);
		if (!back || act_compare(back, target) >= 0)
			break;
		target = back;
	}
	return target;
}

int opportunity_can_undo(struct opportunity *o, const struct act *target,
	const struct ground *g, struct breaches *b)
{
	struct act *trial = act_new(ACT_UNDO);
	struct stood before = {0};

	opportunity_fold(o);
	if (is_struck(o, target)) {
		breaches_add(b, target, RULE_UNDO, false, NULL,
			"the %s (%s) is taken back already", act_kinds[target->kind].name,
			target->id);
		goto out;
	}
	merge_judge_undo(b, target);
	gate_judge_references(o, target, g->clock, b);
	if (b->n)
		goto out;
	trial->id = xstrdup("");
	trial->takes_back = xstrdup(target->id);
	trial->at = o->acts[o->n - 1]->at; /* behind all of them, by its number */
	trial->seq = o->now.max_seq + 1;
	stood_note(&before, o, first_judged(o, target), g);
	opportunity_add(o, trial);
	gate_judge_later(o, target, &before, b);
	opportunity_remove(o, trial->id);
	opportunity_fold(o);
out:
	stood_release(&before);
	act_free(trial);
	return b->n ? ERR_REFUSED : 0;
}

/* ---- checking what stands ---- */

static void check_standing(struct opportunity *o, const struct ground *g, struct breaches *b)
{
	const char *owner = o->now.owner;
	size_t first = b->n;

	if (o->now.status != STATUS_NONE && !o->now.client)
		breaches_add(b, o->now.opened, RULE_FACT, true, "fu set <opp> client=<name>",
			"it has no client");
	if (opportunity_is_open(o) && owner && !settings_owner_known(g->settings, owner))
		breaches_add(b, NULL, RULE_OWNER, true, "fu set <opp> owner=<owner>",
			"its owner '%s' is not in [team] of fu.ini", owner);
	if (opportunity_is_open(o) && g->process && o->now.activity &&
		process_find(g->process, o->now.activity) < 0)
		breaches_add(b, o->now.entered, RULE_ACTIVITY, true,
			"fu set <opp> activity=<activity> --because '<why>'",
			"it stands at '%s', which is no activity of process '%s'",
			o->now.activity, g->process->name);
	merge_check(b, o);
	breaches_name(b, first, o->id);
}

/* Activities and owners are held to today's lists for where it stands only: what
 * was an activity once may be none today. */
void opportunity_check_acts(struct opportunity *o, const struct ground *g, struct breaches *b)
{
	struct judge j = {.o = o, .g = g, .b = b, .standing = true};

	fold_begin(o);
	if (!o->n || o->acts[0]->kind != ACT_NEW)
		breaches_add(b, NULL, RULE_FIRST, false, NULL, "the first act is not 'new'");
	for (size_t i = 0; i < o->n; i++) {
		if (!o->struck[i]) {
			gate_judge(&j, o->acts[i]);
			fold_step(o, o->acts[i]);
		}
	}
	fold_end(o);
}

void opportunity_check(struct opportunity *o, const struct ground *g, struct breaches *b)
{
	opportunity_check_acts(o, g, b);
	check_standing(o, g, b);
}
