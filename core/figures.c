/* The walk through the acts, and what is counted of each at once: causes. */
#include "core/figures_parts.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- counting ---- */

void figure_add(const struct walk *w, struct figure *f, int64_t n, const struct act *a)
{
	f->n += n;
	if (!w->f->ground->evidence || !a)
		return;
	GROW(f->acts, f->acts_n, f->acts_cap);
	f->acts[f->acts_n++] = (struct behind){xstrdup(w->o->id), xstrdup(a->id)};
}

void figure_add_run(const struct walk *w, struct figure *f, const struct run *r)
{
	for (size_t i = 0; i < r->n; i++)
		figure_add(w, f, 1, r->acts[i]);
}

void figure_release(struct figure *f)
{
	for (size_t i = 0; i < f->acts_n; i++) {
		free(f->acts[i].opportunity);
		free(f->acts[i].act);
	}
	free(f->acts);
	*f = (struct figure){0};
}

void run_add(struct run *r, const struct act *a)
{
	GROW(r->acts, r->n, r->cap);
	r->acts[r->n++] = a;
}

void days_add(struct days *d, const struct moment *m, const struct clock *clock)
{
	GROW(d->items, d->n, d->cap);
	d->items[d->n++] = moment_day(m, clock);
}

void causes_see(struct walk *w, const struct happening *h)
{
	struct causes *c = &w->f->causes;
	bool closes = h->act->kind == ACT_ABANDON && h->before != w->o->now.status;

	if (!h->inside || !h->own)
		return;
	if (h->outcome == OUTCOME_REPEAT)
		figure_add(w, &c->repeat[h->act->cause], 1, h->act);
	else if (h->outcome == OUTCOME_ABANDON || closes)
		figure_add(w, &c->abandon[h->act->cause], 1, h->act);
}

/* ---- what an act did ---- */

/* The commitment of theirs that the act says was kept, unless that was known. */
static bool keeps_theirs(const struct opportunity *o, const struct act *a)
{
	if (a->kind != ACT_COMMITMENT || !a->to || strcmp(a->to, "kept"))
		return false;
	for (size_t i = 0; i < o->now.commitments_n; i++) {
		const struct commitment *c = &o->now.commitments[i];

		if (c->side == SIDE_THEM && same_string(c->promise->id, a->commitment) &&
			(!a->of || same_string(c->of, a->of) ||
				same_string(c->since->of, a->of)) &&
			c->state != COMMITMENT_KEPT && c->state != COMMITMENT_LATE)
			return true;
	}
	return false;
}

/* One merged in had a status of its own. */
static enum outcome outcome_of(const struct act *a, enum status before)
{
	if (a->confirm.set || (!a->of && !(act_kinds[a->kind].states & 1u << before)))
		return OUTCOME_NONE;
	return a->kind == ACT_MEETING || a->kind == ACT_CALL ? a->outcome : OUTCOME_NONE;
}

/* Looked at before the act is folded in; what it won is seen behind it. */
static struct happening happening_before(const struct walk *w, const struct act *a)
{
	const struct figures_ground *g = w->f->ground;
	const struct state *s = &w->o->now;
	struct happening h = {.act = a,
		.before = s->status,
		.activity = a->kind == ACT_MEETING && a->activity ? a->activity : s->activity,
		.outcome = outcome_of(a, s->status),
		.inside = a->at.utc >= g->since,
		.own = !a->of};

	h.contact = a->kind == ACT_MEETING || a->kind == ACT_TOUCH ||
		    (a->kind == ACT_CALL && !a->inbound);
	if (h.outcome == OUTCOME_PROCEED)
		h.done |= 1u << DONE_PROCEEDED;
	if (a->kind == ACT_CALL && a->result == RESULT_BOOKED)
		h.done |= 1u << DONE_BOOKED;
	if (a->kind == ACT_CALL && a->result == RESULT_CONFIRMED)
		h.done |= 1u << DONE_CONFIRMED;
	if (keeps_theirs(w->o, a))
		h.done |= 1u << DONE_KEPT;
	return h;
}

static void take_step(struct walk *w, const struct act *a)
{
	struct happening h = happening_before(w, a);

	fold_step(w->o, a);
	if ((h.before != STATUS_WON && w->o->now.status == STATUS_WON) ||
		(a->of && a->kind == ACT_WIN))
		h.done |= 1u << DONE_WON;
	flow_see(w, &h);
	work_see(w, &h);
	habits_see(w, &h);
	causes_see(w, &h);
}

/* ---- the walk ---- */

static bool has_happened(const struct opportunity *o, int64_t until)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->acts[i]->kind == ACT_NEW && !o->acts[i]->of && !o->struck[i] &&
			o->acts[i]->at.utc <= until)
			return true;
	return false;
}

static void walk_release(struct walk *w)
{
	free(w->visited);
	free(w->run.acts);
	free(w->spent.acts);
	free(w->pushed.acts);
	free(w->after_meeting.acts);
}

void figures_add(struct figures *f, const struct opportunity *o, const struct process *p)
{
	const struct figures_ground *g = f->ground;
	struct walk w = {.f = f, .process = p, .now = g->clock->now.utc};
	struct opportunity shadow;

	if (g->until < w.now)
		w.now = g->until;
	if (o->now.status == STATUS_NONE || !has_happened(o, g->until))
		return;
	opportunity_shadow(&shadow, o, NULL);
	w.o = &shadow;
	w.flow = figures_flow(f, o->now.process, p);
	for (size_t i = 0; i < shadow.n; i++)
		if (!shadow.struck[i] && shadow.acts[i]->at.utc <= g->until)
			take_step(&w, shadow.acts[i]);
	fold_end(&shadow);
	flow_end(&w);
	work_end(&w);
	habits_end(&w);
	walk_release(&w);
	opportunity_shadow_release(&shadow);
}

void figures_init(struct figures *f, const struct figures_ground *g)
{
	*f = (struct figures){.ground = g};
}

void figures_release(struct figures *f)
{
	for (size_t i = 0; i < f->n; i++)
		flow_release(&f->flows[i]);
	free(f->flows);
	work_release(&f->work);
	for (size_t i = 0; i < HABITS; i++)
		findings_release(&f->habits[i]);
	for (size_t i = 0; i < ARRAY_SIZE(f->causes.repeat); i++) {
		figure_release(&f->causes.repeat[i]);
		figure_release(&f->causes.abandon[i]);
	}
	*f = (struct figures){0};
}

/* ---- in order ---- */

/* The most contacts first, then by id. */
static int compare_runners(const void *left, const void *right)
{
	const struct runner *a = left, *b = right;

	if (a->contacts != b->contacts)
		return a->contacts > b->contacts ? -1 : 1;
	return strcmp(a->opportunity, b->opportunity);
}

static int compare_by_contacts(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;

	if (a->contacts != b->contacts)
		return a->contacts > b->contacts ? -1 : 1;
	return strcmp(a->opportunity, b->opportunity);
}

static int compare_by_since(const void *left, const void *right)
{
	const struct finding *a = left, *b = right;

	if (a->since.utc != b->since.utc)
		return a->since.utc < b->since.utc ? -1 : 1;
	return strcmp(a->opportunity, b->opportunity);
}

void figures_finish(struct figures *f)
{
	if (f->work.n)
		qsort(f->work.treadmill, f->work.n, sizeof(*f->work.treadmill),
			compare_runners);
	for (size_t i = 0; i < HABITS; i++) {
		struct findings *found = &f->habits[i];
		bool by_since = i == HABIT_NEGLECT || i == HABIT_HOPE;

		if (found->n)
			qsort(found->items, found->n, sizeof(*found->items),
				by_since ? compare_by_since : compare_by_contacts);
	}
}

/* ---- ratios and medians ---- */

bool figures_ratio(double *out, int64_t part, int64_t whole)
{
	if (!whole)
		return false;
	*out = (double)part / (double)whole;
	return true;
}

static int compare_lengths(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

bool figures_median(double *out, const struct lengths *l)
{
	size_t size = l->n * sizeof(*l->items);
	double *sorted, median;

	if (!l->n)
		return false;
	sorted = xmalloc(size);
	memcpy(sorted, l->items, size);
	qsort(sorted, l->n, sizeof(*sorted), compare_lengths);
	median = sorted[l->n / 2];
	if (l->n % 2 == 0)
		median = (median + sorted[l->n / 2 - 1]) / 2;
	free(sorted);
	/* Nothing takes less than no time: half up is what people expect. */
	*out = (double)(int64_t)(median * 10 + 0.5) / 10;
	return true;
}
