/*
 * Bad habits, diagnosed from the record (C4), and the slow death (D4).
 *
 * neglect: open, and a contact was due more than policy.retry ago: by the agreed
 *	interval, as a call or a confirmation, or because the time waited for has come.
 * hope: open, no next step, and no accomplishment for FIGURES_LONG_DAYS, nor a decision
 *	to keep it.
 * pestering: open, and calls or touches that brought the client nothing (nothing given,
 *	kept, answered, booked or decided) came closer than agreed: more than one within the
 *	interval; where none was agreed, more than policy.max-calls of them in a row. What
 *	comes from them, and a meeting, ends the row.
 * slow death: open or abandoned, and since the last meeting (itself included)
 *	policy.treadmill contacts or more, no accomplishment and no commitment of theirs that
 *	was kept or may still be.
 */
#include "core/figures_parts.h"

#include "core/civil.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

const char *habit_word(enum habit h)
{
	static const char *const words[HABITS] = {
		[HABIT_NEGLECT] = "neglect",
		[HABIT_HOPE] = "hope",
		[HABIT_PESTERING] = "pestering",
		[HABIT_SLOW_DEATH] = "slow_death",
	};

	return words[h];
}

void findings_release(struct findings *findings)
{
	for (size_t i = 0; i < findings->n; i++) {
		free(findings->items[i].opportunity);
		free(findings->items[i].why);
		figure_release(&findings->items[i].acts);
	}
	free(findings->items);
}

/* `why` is taken over. */
static struct finding *add_finding(struct walk *w, enum habit habit, char *why,
	const struct moment *since, int64_t contacts)
{
	struct findings *found = &w->f->habits[habit];

	GROW(found->items, found->n, found->cap);
	found->items[found->n] = (struct finding){.opportunity = xstrdup(w->o->id),
		.why = why,
		.since = *since,
		.contacts = contacts};
	return &found->items[found->n++];
}

/* ---- words ---- */

static void add_day(struct str *out, const struct moment *m, const struct clock *clock)
{
	struct when day = when_from_day(moment_day(m, clock));

	when_add_echo(out, &day, clock);
}

static void add_count(struct str *out, int64_t n, const char *one, const char *many)
{
	str_addf(out, "%lld %s", (long long)n, n == 1 ? one : many);
}

static void add_days_since(struct str *out, const struct walk *w, int64_t instant)
{
	add_count(out, (w->now - instant) / DAY_SECONDS, "day", "days");
}

/* ---- neglect ---- */

/* The moment after which nobody can say any more that it is only just due. */
static int64_t grace_ends(const struct walk *w, const struct moment *due)
{
	const struct figures_ground *g = w->f->ground;

	return moment_plus(due, &g->settings->retry, g->clock).utc;
}

static bool has_date_ahead(const struct walk *w)
{
	const struct step *step = &w->o->now.next;

	return (step->kind == STEP_APPOINTMENT || step->kind == STEP_CONFIRMATION) &&
	       when_begins(&step->at, w->f->ground->clock) > w->now;
}

/* When the agreed interval had passed since the last contact. */
static bool due_by_interval(const struct walk *w, struct moment *due)
{
	const struct state *s = &w->o->now;

	if (!s->interval.count || !s->last_contact || has_date_ahead(w))
		return false;
	*due = moment_plus(&s->last_contact->at, &s->interval, w->f->ground->clock);
	return true;
}

static bool due_by_step(const struct walk *w, struct moment *due)
{
	const struct step *step = &w->o->now.next;

	if (step->kind != STEP_CALL && step->kind != STEP_CONFIRMATION &&
		step->kind != STEP_WAIT)
		return false;
	*due = moment_at(when_begins(&step->at, w->f->ground->clock), w->f->ground->clock);
	return !w->o->now.last_contact || w->o->now.last_contact->at.utc < due->utc;
}

static char *why_interval(const struct walk *w, const struct moment *due)
{
	const struct state *s = &w->o->now;
	struct str why = STR_INIT;

	str_add(&why, "a contact ");
	duration_add_every(&why, &s->interval);
	str_add(&why, " was agreed, and the last was ");
	add_day(&why, &s->last_contact->at, w->f->ground->clock);
	str_add(&why, ": overdue for ");
	add_days_since(&why, w, due->utc);
	return str_detach(&why);
}

static char *why_step(const struct walk *w, const struct moment *due)
{
	const struct step *step = &w->o->now.next;
	struct str why = STR_INIT;

	if (step->kind == STEP_CONFIRMATION)
		str_add(&why, "the answer was to be fetched ");
	else if (step->kind == STEP_WAIT)
		str_add(&why, "it waited until ");
	else
		str_addf(&why, "the call to book the %s was due ",
			step->activity ? step->activity : "next meeting");
	add_day(&why, due, w->f->ground->clock);
	str_add(&why, ", ");
	add_days_since(&why, w, due->utc);
	str_add(&why, " ago, and nobody was contacted since");
	return str_detach(&why);
}

static void find_neglect(struct walk *w)
{
	struct moment due, other;
	struct finding *f;
	bool interval = due_by_interval(w, &due), step = due_by_step(w, &other);

	if (step && (!interval || other.utc < due.utc)) {
		due = other;
		interval = false;
	}
	if ((!interval && !step) || grace_ends(w, &due) >= w->now)
		return;
	f = add_finding(w, HABIT_NEGLECT, interval ? why_interval(w, &due) : why_step(w, &due),
		&due, w->contacts);
	figure_add(w, &f->acts, 0, interval ? w->o->now.last_contact : w->o->now.next.set_by);
}

/* ---- hope ---- */

static void find_hope(struct walk *w)
{
	const struct act *from = w->run_from;
	struct str why = STR_INIT;
	struct finding *f;

	if (!opportunity_is_adrift(w->o, w->process) ||
		w->now - from->at.utc <= (int64_t)FIGURES_LONG_DAYS * DAY_SECONDS)
		return;
	str_add(&why, "no next step, and no accomplishment ");
	str_add(&why, from != w->last_done       ? "since it was kept on purpose "
		      : from == w->o->now.opened ? "since it was opened "
						 : "for ");
	add_days_since(&why, w, from->at.utc);
	if (from != w->last_done || from == w->o->now.opened)
		str_add(&why, " ago");
	f = add_finding(w, HABIT_HOPE, str_detach(&why), &from->at, (int64_t)w->run.n);
	figure_add(w, &f->acts, 0, from);
	figure_add_run(w, &f->acts, &w->run);
}

/* ---- pestering ---- */

static bool brings_something(const struct happening *h)
{
	const struct act *a = h->act;

	return h->done || a->gives || a->keeps || a->answers || a->kind == ACT_MEETING;
}

static void see_pushing(struct walk *w, const struct happening *h)
{
	const struct act *a = h->act;
	bool theirs = a->kind == ACT_HEARD || (a->kind == ACT_CALL && a->inbound);

	if (theirs || h->done || (h->contact && brings_something(h))) {
		w->pushed.n = 0;
	} else if (h->contact && h->inside) {
		run_add(&w->pushed, a);
	}
}

/* The most of the row within one interval; without one, all of it. *from is their first. */
static size_t densest(const struct walk *w, size_t *from)
{
	const struct run *row = &w->pushed;
	const struct duration *interval = &w->o->now.interval;
	size_t most = 0, first = 0;

	for (size_t last = 0; last < row->n; last++) {
		while (interval->count &&
			moment_plus(&row->acts[first]->at, interval, w->f->ground->clock).utc <=
				row->acts[last]->at.utc)
			first++;
		if (last + 1 - first > most) {
			most = last + 1 - first;
			*from = first;
		}
	}
	return most;
}

static void find_pestering(struct walk *w)
{
	const struct duration *interval = &w->o->now.interval;
	size_t agreed = interval->count ? 1 : (size_t)w->f->ground->settings->max_calls;
	size_t from = 0, n = densest(w, &from);
	struct str why = STR_INIT;
	struct finding *f;

	if (n <= agreed)
		return;
	add_count(&why, (int64_t)n, "contact", "contacts");
	if (interval->count) {
		str_add(&why, " within ");
		duration_add(&why, interval);
		str_add(&why, ", for which one is agreed");
	} else {
		str_add(&why, " in a row");
	}
	str_add(&why, ": nothing given, nothing booked");
	f = add_finding(
		w, HABIT_PESTERING, str_detach(&why), &w->pushed.acts[from]->at, (int64_t)n);
	for (size_t i = from; i < from + n; i++)
		figure_add(w, &f->acts, 1, w->pushed.acts[i]);
}

/* ---- slow death ---- */

static void see_meeting(struct walk *w, const struct happening *h)
{
	if (h->done) {
		w->meeting = NULL;
		w->after_meeting.n = 0;
	}
	if (h->act->kind == ACT_MEETING) {
		w->meeting = h->act;
		w->after_meeting.n = 0;
	}
	if (w->meeting && h->contact && h->inside)
		run_add(&w->after_meeting, h->act);
}

/* Theirs, and kept, or still to be kept. */
static bool holds(const struct walk *w, const struct commitment *c)
{
	const struct act *closed = w->o->now.closed;
	int64_t at = closed ? closed->at.utc : w->now;

	if (c->side != SIDE_THEM || act_compare(c->since, w->meeting) < 0)
		return false;
	switch (c->state) {
	case COMMITMENT_KEPT:
	case COMMITMENT_LATE:
		return true;
	case COMMITMENT_OPEN:
	case COMMITMENT_DROPPED:
		return !c->due.set || when_ends(&c->due, w->f->ground->clock) >= at;
	case COMMITMENT_BROKEN:
		break;
	}
	return false;
}

static bool they_committed(const struct walk *w)
{
	for (size_t i = 0; i < w->o->now.commitments_n; i++)
		if (holds(w, &w->o->now.commitments[i]))
			return true;
	return false;
}

static void find_slow_death(struct walk *w)
{
	const struct act *closed = w->o->now.closed;
	const struct clock *clock = w->f->ground->clock;
	struct str why = STR_INIT;
	struct finding *f;
	int64_t until = closed ? closed->at.utc : w->now;

	if (!w->meeting || w->after_meeting.n < (size_t)w->f->ground->settings->treadmill ||
		they_committed(w))
		return;
	add_count(&why, (int64_t)w->after_meeting.n, "contact", "contacts");
	str_add(&why, " in ");
	add_count(&why, (until - w->meeting->at.utc) / DAY_SECONDS, "day", "days");
	str_add(&why, " from the meeting of ");
	add_day(&why, &w->meeting->at, clock);
	str_add(&why, " on, and no commitment of theirs that holds");
	if (closed) {
		str_add(&why, "; abandoned ");
		add_day(&why, &closed->at, clock);
	}
	f = add_finding(w, HABIT_SLOW_DEATH, str_detach(&why), &w->meeting->at,
		(int64_t)w->after_meeting.n);
	figure_add_run(w, &f->acts, &w->after_meeting);
}

/* ---- one opportunity ---- */

void habits_see(struct walk *w, const struct happening *h)
{
	see_pushing(w, h);
	see_meeting(w, h);
}

void habits_end(struct walk *w)
{
	enum status status = w->o->now.status;
	bool open = opportunity_is_open(w->o);
	bool cycle = w->process && w->process->cycle;
	const struct act *closed = w->o->now.closed;

	if (open) {
		find_neglect(w);
		find_hope(w);
		find_pestering(w);
	}
	if (!cycle &&
		(open || (status == STATUS_ABANDONED && closed->at.utc >= w->f->ground->since)))
		find_slow_death(w);
}
