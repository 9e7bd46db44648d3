/*
 * What becomes of later acts when one comes late, or is taken back. Each of them is judged
 * at its place as `fu check` judges it, before and after: where it breaks more rules than it
 * did it could not follow. What broke them before is no hindrance.
 */
#include "core/gate.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

unsigned gate_faults(
	const struct opportunity *before, const struct act *a, const struct ground *g)
{
	struct breaches found = {0};
	struct ground as_check;
	unsigned n;

	if (!gate_possible(before, a))
		return GATE_IMPOSSIBLE;
	if (!g || g->lenient)
		return 0;
	as_check = *g;
	as_check.salesperson = false; /* who enters it did not make the later call */
	gate_judge(
		&(struct judge){.o = before, .g = &as_check, .b = &found, .standing = true}, a);
	n = (unsigned)found.n;
	breaches_release(&found);
	return n;
}

static const struct process *process_named(const struct ground *g, const char *name)
{
	if (!name)
		return NULL;
	if (g->process && !strcmp(g->process->name, name))
		return g->process;
	return g->find_process ? g->find_process(g->context, name) : NULL;
}

/* The last act that brought it to its activity or into its process. */
static size_t find_mover(const struct opportunity *o)
{
	size_t i = o->n;

	while (i-- > 0) {
		const struct act *a = o->acts[i];

		if (o->struck[i] || a->of)
			continue;
		if (a == o->now.entered ||
			(a->kind == ACT_SET && facts_get(&a->facts, "process")))
			break;
	}
	return i;
}

/* Where it stands is a fault of the act that brought it there. */
static void add_standing(
	const struct opportunity *o, const struct process *process, unsigned *faults)
{
	size_t mover;

	if (!opportunity_is_open(o) || !process || !o->now.activity ||
		process_find(process, o->now.activity) >= 0)
		return;
	mover = find_mover(o);
	if (mover < o->n && faults[mover] != GATE_IMPOSSIBLE)
		faults[mover]++;
}

unsigned *gate_faults_all(struct opportunity *o, const struct ground *g)
{
	unsigned *faults = xcalloc(o->n + 1, sizeof(*faults));
	bool strict = g && !g->lenient;
	struct ground standing = {0};

	if (strict) {
		standing = *g;
		opportunity_fold(o);
		standing.process = process_named(g, o->now.process);
	}
	fold_begin(o);
	for (size_t i = 0; i < o->n; i++) {
		faults[i] = GATE_IMPOSSIBLE;
		if (o->struck[i])
			continue;
		faults[i] = gate_faults(o, o->acts[i], strict ? &standing : NULL);
		fold_step(o, o->acts[i]);
	}
	fold_end(o);
	if (strict)
		add_standing(o, standing.process, faults);
	return faults;
}

/* ---- before and after ---- */

/* Whatever an act broke when it was taken back, it may come back if it is possible. */
#define BUT_POSSIBLE (GATE_IMPOSSIBLE - 1)

static int compare_stood(const void *a, const void *b)
{
	const struct stood_act *x = a, *y = b;

	return strcmp(x->id, y->id);
}

void stood_note(
	struct stood *s, struct opportunity *o, const struct act *from, const struct ground *g)
{
	unsigned *faults = gate_faults_all(o, g);

	*s = (struct stood){.items = xcalloc(o->n + 1, sizeof(*s->items)), .ground = g};
	for (size_t i = 0; i < o->n; i++) {
		const struct act *a = o->acts[i];

		if (from && act_compare(a, from) < 0)
			continue;
		s->items[s->n++] = (struct stood_act){
			xstrdup(a->id), o->struck[i] ? BUT_POSSIBLE : faults[i]};
	}
	if (s->n)
		qsort(s->items, s->n, sizeof(*s->items), compare_stood);
	free(faults);
}

unsigned stood_faults(const struct stood *s, const struct act *a)
{
	const struct stood_act key = {.id = a->id}, *found = NULL;

	if (s->n)
		found = bsearch(&key, s->items, s->n, sizeof(*s->items), compare_stood);
	return found ? found->faults : GATE_IMPOSSIBLE;
}

void stood_release(struct stood *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->items[i].id);
	free(s->items);
	*s = (struct stood){0};
}

void gate_judge_later(struct opportunity *o, const struct act *a, const struct stood *before,
	struct breaches *b)
{
	unsigned *faults = gate_faults_all(o, before->ground);

	for (size_t i = 0; i < o->n; i++)
		if (!o->struck[i] && faults[i] > stood_faults(before, o->acts[i]))
			gate_name_later(b, a, o->acts[i], before->ground->clock);
	free(faults);
}

void gate_name_later(struct breaches *b, const struct act *a, const struct act *later,
	const struct clock *clock)
{
	struct str when = STR_INIT;

	moment_add_echo(&when, &later->at, clock);
	breaches_add(b, a, RULE_RESTS, false, NULL, "the %s of %s (%s) could then not follow",
		act_kinds[later->kind].name, when.buf, later->id);
	str_release(&when);
}
