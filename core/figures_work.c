/* Activity beside accomplishment (B4), what it cost (B5), and the treadmill. */
#include "core/figures_parts.h"

#include "core/mem.h"

#include <stdlib.h>

const char *accomplishment_word(enum accomplishment a)
{
	static const char *const words[DONE_KINDS] = {
		[DONE_PROCEEDED] = "proceeded",
		[DONE_BOOKED] = "booked",
		[DONE_CONFIRMED] = "confirmed",
		[DONE_KEPT] = "kept_by_client",
		[DONE_WON] = "won",
	};

	return words[a];
}

int64_t work_contacts(const struct work *w)
{
	return w->meetings.n + w->calls.n + w->touches.n;
}

int64_t work_accomplishments(const struct work *w)
{
	int64_t n = 0;

	for (size_t i = 0; i < DONE_KINDS; i++)
		n += w->done[i].n;
	return n;
}

void work_release(struct work *work)
{
	for (size_t i = 0; i < work->n; i++) {
		free(work->treadmill[i].opportunity);
		figure_release(&work->treadmill[i].acts);
	}
	free(work->treadmill);
	for (size_t i = 0; i < DONE_KINDS; i++)
		figure_release(&work->done[i]);
	figure_release(&work->meetings);
	figure_release(&work->calls);
	figure_release(&work->touches);
	figure_release(&work->unanswered);
	figure_release(&work->minutes);
	figure_release(&work->lost_minutes);
	free(work->contacts.items);
	free(work->accomplishments.items);
}

/* ---- what is counted of each act ---- */

static void count_contact(struct walk *w, const struct happening *h)
{
	struct work *work = &w->f->work;
	const struct act *a = h->act;
	struct figure *kind = a->kind == ACT_MEETING ? &work->meetings
			      : a->kind == ACT_CALL  ? &work->calls
						     : &work->touches;

	figure_add(w, kind, 1, a);
	if (a->kind == ACT_CALL && !result_reached(a->result))
		figure_add(w, &work->unanswered, 1, a);
	days_add(&work->contacts, &a->at, w->f->ground->clock);
	w->contacts++;
	run_add(&w->run, a);
}

static void count_minutes(struct walk *w, const struct act *a)
{
	if (a->minutes <= 0)
		return;
	figure_add(w, &w->f->work.minutes, a->minutes, a);
	w->minutes += a->minutes;
	w->run_minutes += a->minutes;
	if (w->f->ground->evidence)
		run_add(&w->spent, a);
}

static void count_done(struct walk *w, const struct happening *h)
{
	struct work *work = &w->f->work;

	for (size_t i = 0; i < DONE_KINDS; i++) {
		/* A duplicate that was won before it was merged is no opportunity won. */
		if (!(h->done & 1u << i) || (i == DONE_WON && !h->own))
			continue;
		figure_add(w, &work->done[i], 1, h->act);
		days_add(&work->accomplishments, &h->act->at, w->f->ground->clock);
		w->accomplishments++;
	}
}

static void begin_run(struct walk *w, const struct act *a)
{
	w->run_from = a;
	w->run.n = 0;
	w->run_minutes = 0;
}

void work_see(struct walk *w, const struct happening *h)
{
	const struct act *a = h->act;

	if (!w->run_from) {
		w->last_done = a;
		begin_run(w, a);
	}
	if (h->inside) {
		if (h->contact)
			count_contact(w, h);
		count_minutes(w, a);
		count_done(w, h);
	}
	if (h->done) {
		w->last_done = a;
		begin_run(w, a);
	} else if (a->kind == ACT_NOTE && a->decided) {
		begin_run(w, a);
	}
}

/* ---- what is counted at the end ---- */

static void add_runner(struct walk *w)
{
	struct work *work = &w->f->work;
	struct runner r = {.opportunity = xstrdup(w->o->id),
		.contacts = (int64_t)w->run.n,
		.minutes = w->run_minutes,
		.since = w->run_from->at,
		.accomplishments = w->accomplishments};

	figure_add_run(w, &r.acts, &w->run);
	GROW(work->treadmill, work->n, work->cap);
	work->treadmill[work->n++] = r;
}

void work_end(struct walk *w)
{
	const struct opportunity *o = w->o;
	int treadmill = w->f->ground->settings->treadmill;

	if (o->now.status == STATUS_ABANDONED) {
		w->f->work.lost_minutes.n += w->minutes;
		for (size_t i = 0; i < w->spent.n; i++)
			figure_add(w, &w->f->work.lost_minutes, 0, w->spent.acts[i]);
	}
	if (opportunity_is_open(o) && w->run.n >= (size_t)treadmill)
		add_runner(w);
}
