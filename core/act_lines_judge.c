/* Lines of acts: their places, and whether they may stand there. */
#include "core/act_lines.h"

#include "core/error.h"
#include "core/gate.h"
#include "core/mem.h"
#include "core/merge.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct judging {
	struct opportunity *o;
	const struct act_lines *lines;
	const struct lines_ground *given;
	const struct stood *before;
	struct line_faults *faults;
	struct ground ground; /* for the act that is judged */
	bool doubtful;        /* a recorded act does not stand as the acts are now */
	unsigned apart;       /* the lowest number that two acts have; UINT_MAX: none */
};

/* ---- what a told act names ---- */

static void resolve_contact(const struct opportunity *o, char **name)
{
	const struct contact *c;

	if (!*name)
		return;
	if (opportunity_contact(o, *name, &c))
		error_clear();
	else
		replace_string(name, c->name);
}

static void resolve_commitment(const struct opportunity *o, char **id)
{
	const struct commitment *c;

	if (!*id || gate_commitment(o, *id))
		return;
	if (opportunity_commitment(o, *id, &c))
		error_clear();
	else
		replace_string(id, c->promise->id);
}

void act_lines_resolve(const struct opportunity *o, struct act *a)
{
	const struct open_question *q;

	resolve_commitment(o, &a->commitment);
	resolve_commitment(o, &a->keeps);
	if (a->answers && !opportunity_question(o, a->answers, &q))
		replace_string(&a->answers, q->question->id);
	error_clear();
	resolve_contact(o, &a->spoke_to);
	if (a->kind == ACT_HEARD)
		resolve_contact(o, &a->from);
	if (a->kind == ACT_CONTACT && a->change != CONTACT_ADD)
		resolve_contact(o, &a->contact);
	for (size_t i = 0; a->kind != ACT_NEW && i < a->with.n; i++)
		resolve_contact(o, &a->with.items[i]);
	for (size_t i = 0; i < a->attended.n; i++)
		resolve_contact(o, &a->attended.items[i]);
}

/* ---- the ground of each ---- */

static const char *process_of(const struct judging *j, const struct act *a)
{
	const char *named = a->kind == ACT_SET ? facts_get(&a->facts, "process") : a->process;

	if (named && *named)
		return named;
	return a->kind == ACT_NEW ? j->given->ground.settings->process : j->o->now.process;
}

/* Told acts that begin or change something need a process that is known. */
static bool needs_process(const struct act *a)
{
	return a->kind == ACT_NEW || a->kind == ACT_MEETING || a->kind == ACT_CALL ||
	       a->kind == ACT_SCHEDULE || a->kind == ACT_SET;
}

static void find_ground(
	struct judging *j, const struct act *a, const struct act_line *item, struct breaches *b)
{
	const char *name = process_of(j, a);
	const struct process *process = j->ground.process;

	if (name && process && !strcmp(process->name, name))
		return;
	j->ground = j->given->ground;
	j->ground.process = NULL;
	if (!name || !j->given->find_process(j->given->context, name, &j->ground.process))
		return;
	j->ground.process = NULL;
	if (item && !item->recorded && needs_process(a))
		breaches_add(b, a, RULE_ACTIVITY, false, NULL, "%s", error_message(0));
	error_clear();
}

/* ---- verdicts ---- */

static void add_fault(struct judging *j, const struct act_line *item, const struct breach *x)
{
	line_faults_add(j->faults, item->line, "%s", x->message);
	j->faults->lenient_helps |= x->discipline;
}

/*
 * Two people who went on from the same file have given the same number twice (doubts.h).
 * What they recorded from there on stood on a file each of its own, and came together as
 * it is, with or without a question: what they could not know is not held against them.
 */
static bool came_together(const struct judging *j, const struct act *a,
	const struct act_line *item, enum rule rule)
{
	static const enum rule own[] = {RULE_OUTCOME, RULE_COMMITMENTS, RULE_CAUSE,
		RULE_BECAUSE, RULE_TIME, RULE_CALL, RULE_VALUE, RULE_OWNER};

	if (!item->recorded || a->seq < j->apart)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(own); i++)
		if (rule == own[i])
			return false;
	return true;
}

static int compare_numbers(const void *x, const void *y)
{
	const unsigned *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

static unsigned find_apart(const struct opportunity *o)
{
	unsigned *numbers = xcalloc(o->n, sizeof(*numbers)), apart = UINT_MAX;
	size_t n = 0;

	for (size_t i = 0; i < o->n; i++)
		if (o->acts[i]->seq && !o->acts[i]->of)
			numbers[n++] = o->acts[i]->seq;
	qsort(numbers, n, sizeof(*numbers), compare_numbers);
	for (size_t i = n; i-- > 1;)
		if (numbers[i] == numbers[i - 1])
			apart = numbers[i];
	free(numbers);
	return apart;
}

/* What breaks the discipline is taken and marked where that is wanted, and where the
 * line itself says that a repository took it so. */
static void settle(
	struct judging *j, struct act *a, const struct act_line *item, const struct breaches *b)
{
	bool lenient = j->given->ground.lenient || (item->recorded && a->lenient);

	for (size_t i = 0; i < b->n; i++)
		if (came_together(j, a, item, b->items[i].rule))
			;
		else if (b->items[i].discipline && lenient)
			a->lenient = true;
		else
			add_fault(j, item, &b->items[i]);
}

/* ---- as the acts stand now ---- */

static void judge_undo(struct judging *j, const struct act *a, struct breaches *b)
{
	const struct act *target = opportunity_act(j->o, a->takes_back);

	for (size_t i = 0; j->o->acts[i] != a; i++) {
		const struct act *other = j->o->acts[i];

		if (other->kind == ACT_UNDO && !j->o->struck[i] &&
			same_string(other->takes_back, a->takes_back))
			breaches_add(b, a, RULE_UNDO, false, NULL,
				"the %s (%s) is taken back already",
				act_kinds[target->kind].name, target->id);
	}
	merge_judge_undo(b, target);
	gate_judge_references(j->o, target, j->given->ground.clock, b);
}

/* Acts of an opportunity that no merge brought here. */
static void judge_merges(struct judging *j)
{
	struct breaches b = {0};

	merge_check(&b, j->o);
	for (size_t i = 0; i < b.n; i++) {
		const struct act_line *item =
			b.items[i].act ? act_lines_find(j->lines, b.items[i].act) : NULL;

		if (item)
			add_fault(j, item, &b.items[i]);
	}
	breaches_release(&b);
}

static void judge_imported(
	struct judging *j, struct act *a, const struct act_line *item, struct breaches *b)
{
	struct judge judge = {.o = j->o, .g = &j->ground, .b = b, .standing = item->recorded};

	gate_judge(&judge, a);
	if (a->kind == ACT_UNDO && !b->n && !item->recorded)
		judge_undo(j, a, b);
	if (!item->recorded)
		settle(j, a, item, b);
	else if (b->n)
		j->doubtful = true;
}

/* One that was there. The line named is that of the act before it that came now. */
static void judge_stored(struct judging *j, const struct act *a, const struct act_line *before)
{
	struct breaches b = {0};

	if (gate_faults(j->o, a, j->before->ground) <= stood_faults(j->before, a))
		return;
	gate_name_later(&b, a, a, j->given->ground.clock);
	add_fault(j, before ? before : &j->lines->items[0], &b.items[0]);
	breaches_release(&b);
}

static void judge_all(struct judging *j)
{
	const struct act_line *before = NULL;

	fold_begin(j->o);
	for (size_t i = 0; i < j->o->n; i++) {
		struct act *a = j->o->acts[i];
		const struct act_line *item = act_lines_find(j->lines, a);
		struct judge judge = {.o = j->o, .g = &j->ground};
		struct breaches b = {0};

		find_ground(j, a, item, &b);
		if (item && !item->recorded) {
			act_lines_resolve(j->o, a);
			gate_complete(&judge, a);
		}
		if (!j->o->struck[i]) {
			if (item)
				judge_imported(j, a, item, &b);
			else
				judge_stored(j, a, before);
			fold_step(j->o, a);
		}
		if (item)
			before = item;
		breaches_release(&b);
	}
	fold_end(j->o);
	judge_merges(j);
}

/* ---- as each was recorded ---- */

static int by_seq(const void *x, const void *y)
{
	const struct act *a = *(struct act *const *)x, *b = *(struct act *const *)y;

	if (a->seq != b->seq)
		return a->seq < b->seq ? -1 : 1;
	return act_compare(a, b);
}

/* Puts a copy of the act in and names those that were possible without it. */
static void replay_insert(
	struct judging *j, struct opportunity *past, const struct act *a, struct breaches *b)
{
	bool last = !past->n || act_compare(past->acts[past->n - 1], a) < 0;
	unsigned *before = last ? NULL : gate_faults_all(past, NULL), *after;

	opportunity_add(past, act_copy(a));
	if (last)
		return;
	after = gate_faults_all(past, NULL);
	for (size_t i = 0, was = 0; i < past->n; i++) {
		if (!strcmp(past->acts[i]->id, a->id))
			continue;
		if (after[i] > before[was++] && !past->struck[i])
			gate_name_later(b, a, past->acts[i], j->given->ground.clock);
	}
	free(before);
	free(after);
}

static void replay_one(struct judging *j, struct opportunity *past, struct act *a)
{
	const struct act_line *item = act_lines_find(j->lines, a);
	struct judge judge = {.o = past, .g = &j->ground, .standing = true};
	struct ground then = j->given->ground;
	struct breaches b = {0};
	struct act *target;

	judge.b = &b;
	then.lenient = true; /* on its day, what could follow at all could follow */
	opportunity_fold_before(past, a);
	if (item && item->recorded && !a->of) { /* what was merged in was judged there */
		find_ground(j, a, item, &b);
		gate_judge(&judge, a);
		target = a->kind == ACT_UNDO && !b.n ? opportunity_act(past, a->takes_back)
						     : NULL;
		if (target)
			opportunity_can_undo(past, target, &then, &b);
	}
	replay_insert(j, past, a, &b);
	if (item && item->recorded)
		settle(j, a, item, &b);
	breaches_release(&b);
}

/*
 * Acts that were recorded one after another may stand together in a way in which none
 * would be recorded today: a contact was taken back after the meeting he attended.
 * Each is judged by the acts of lower numbers, as on its day.
 */
static void replay(struct judging *j)
{
	struct opportunity *past = opportunity_new(j->o->id), *all = j->o;
	struct act **order = xcalloc(all->n, sizeof(*order));

	memcpy(order, all->acts, all->n * sizeof(*order));
	qsort(order, all->n, sizeof(*order), by_seq);
	j->o = past;
	for (size_t i = 0; i < all->n; i++)
		replay_one(j, past, order[i]);
	j->o = all;
	free(order);
	opportunity_free(past);
}

void act_lines_judge(struct opportunity *o, const struct act_lines *lines,
	const struct lines_ground *ground, const struct stood *before,
	struct line_faults *faults)
{
	struct judging j = {.o = o,
		.lines = lines,
		.given = ground,
		.before = before,
		.faults = faults,
		.ground = ground->ground,
		.apart = find_apart(o)};

	j.ground.process = NULL;
	judge_all(&j);
	if (j.doubtful)
		replay(&j);
}
