/* How many opportunities move, how far, how fast, and where they stop (A7). */
#include "core/figures_parts.h"

#include "core/civil.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- the flows ---- */

/* By name, none last. */
static int compare_names(const char *a, const char *b)
{
	if (!a || !b)
		return !a - !b;
	return strcmp(a, b);
}

static struct activity_flow *add_activity(struct flow *flow, const char *name)
{
	GROW(flow->activities, flow->n, flow->cap);
	flow->activities[flow->n] = (struct activity_flow){.activity = xstrdup(name)};
	return &flow->activities[flow->n++];
}

static struct activity_flow *find_activity(struct flow *flow, const char *name)
{
	for (size_t i = 0; i < flow->n; i++)
		if (!strcmp(flow->activities[i].activity, name))
			return &flow->activities[i];
	return add_activity(flow, name);
}

static struct flow flow_new(const char *name, const struct process *p)
{
	struct flow flow = {.process = xstrdup_or_null(name)};

	for (size_t i = 0; p && i < p->n; i++)
		add_activity(&flow, p->activities[i].name)->outside = p->cycle && i + 1 == p->n;
	return flow;
}

struct flow *figures_flow(struct figures *f, const char *name, const struct process *p)
{
	size_t i = 0;

	while (i < f->n && compare_names(f->flows[i].process, name) < 0)
		i++;
	if (i < f->n && same_string(f->flows[i].process, name))
		return &f->flows[i];
	GROW(f->flows, f->n, f->cap);
	memmove(&f->flows[i + 1], &f->flows[i], (f->n - i) * sizeof(*f->flows));
	f->flows[i] = flow_new(name, p);
	f->n++;
	return &f->flows[i];
}

void flow_release(struct flow *flow)
{
	for (size_t i = 0; i < flow->n; i++) {
		struct activity_flow *a = &flow->activities[i];

		free(a->activity);
		free(a->took.items);
		figure_release(&a->entered);
		figure_release(&a->proceeded);
		figure_release(&a->repeated);
		figure_release(&a->abandoned);
		figure_release(&a->standing);
	}
	free(flow->activities);
	free(flow->process);
	free(flow->to_win.items);
	for (size_t i = 0; i < FLOW_EVENTS; i++)
		free(flow->days[i].items);
	figure_release(&flow->opened);
	figure_release(&flow->won);
	figure_release(&flow->abandoned);
	figure_release(&flow->open);
}

/* ---- one opportunity ---- */

static void lengths_add(struct lengths *l, const struct act *from, const struct act *to)
{
	int64_t seconds = from ? to->at.utc - from->at.utc : 0;

	GROW(l->items, l->n, l->cap);
	l->items[l->n++] = seconds > 0 ? (double)seconds / DAY_SECONDS : 0;
}

static struct visited *find_visited(struct walk *w, const char *activity)
{
	for (size_t i = 0; i < w->visited_n; i++)
		if (!strcmp(w->visited[i].activity, activity))
			return &w->visited[i];
	GROW(w->visited, w->visited_n, w->visited_cap);
	w->visited[w->visited_n] = (struct visited){.activity = activity, .is_new = true};
	return &w->visited[w->visited_n++];
}

static void note_entered(struct walk *w, const struct act *a, bool inside, const char *activity)
{
	struct visited *v = find_visited(w, activity);

	v->entered = a;
	if (v->is_new && inside)
		figure_add(w, &find_activity(w->flow, activity)->entered, 1, a);
	v->is_new = false;
}

static void note_proceeded(
	struct walk *w, const struct act *a, bool inside, const char *activity)
{
	struct visited *v = find_visited(w, activity);
	struct activity_flow *flow = find_activity(w->flow, activity);

	if (!inside)
		return;
	lengths_add(&flow->took, v->entered, a);
	days_add(&w->flow->days[FLOW_PROCEEDED], &a->at, w->f->ground->clock);
	if (!v->proceeded)
		figure_add(w, &flow->proceeded, 1, a);
	v->proceeded = true;
}

/* An appointment may be for another activity than the one at which it stands. */
static void enter_by_meeting(struct walk *w, const struct happening *h)
{
	if (h->act->kind == ACT_MEETING && h->activity && find_visited(w, h->activity)->is_new)
		note_entered(w, h->act, h->inside, h->activity);
}

static void take_outcome(struct walk *w, const struct happening *h)
{
	if (h->outcome == OUTCOME_PROCEED)
		note_proceeded(w, h->act, h->inside, h->activity);
	else if (h->outcome == OUTCOME_REPEAT && h->inside)
		figure_add(w, &find_activity(w->flow, h->activity)->repeated, 1, h->act);
}

void flow_see(struct walk *w, const struct happening *h)
{
	const struct state *s = &w->o->now;

	if (!h->own)
		return;
	enter_by_meeting(w, h);
	if (h->outcome && h->activity)
		take_outcome(w, h);
	if (s->closed == h->act)
		w->closed_at = h->activity;
	if (s->entered == h->act && s->activity)
		note_entered(w, h->act, h->inside, s->activity);
}

static void count_closed(struct walk *w, struct figure *f, enum flow_event event)
{
	const struct act *closed = w->o->now.closed;

	figure_add(w, f, 1, closed);
	days_add(&w->flow->days[event], &closed->at, w->f->ground->clock);
}

static void count_won(struct walk *w)
{
	const struct act *closed = w->o->now.closed;

	count_closed(w, &w->flow->won, FLOW_WON);
	lengths_add(&w->flow->to_win, w->o->now.opened, closed);
	if (closed->kind == ACT_WIN && w->closed_at)
		note_proceeded(w, closed, true, w->closed_at);
}

static void count_abandoned(struct walk *w)
{
	count_closed(w, &w->flow->abandoned, FLOW_ABANDONED);
	if (w->closed_at)
		figure_add(w, &find_activity(w->flow, w->closed_at)->abandoned, 1,
			w->o->now.closed);
}

void flow_end(struct walk *w)
{
	const struct state *s = &w->o->now;
	int64_t since = w->f->ground->since;

	if (s->opened && s->opened->at.utc >= since) {
		figure_add(w, &w->flow->opened, 1, s->opened);
		days_add(&w->flow->days[FLOW_OPENED], &s->opened->at, w->f->ground->clock);
	}
	if (opportunity_is_open(w->o)) {
		figure_add(w, &w->flow->open, 1, s->opened);
		if (s->activity)
			figure_add(w, &find_activity(w->flow, s->activity)->standing, 1,
				s->entered);
	} else if (s->closed && s->closed->at.utc >= since) {
		if (s->status == STATUS_WON)
			count_won(w);
		else
			count_abandoned(w);
	}
}
