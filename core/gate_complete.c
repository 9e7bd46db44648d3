#include "core/gate.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

static void default_text(char **slot, const char *text)
{
	if (!*slot)
		*slot = xstrdup_or_null(text);
}

static bool says_step(const struct act *a)
{
	return a->next.set || a->confirm.set || a->again.set || a->wait.set || a->no_next;
}

static const struct when *own_step(const struct act *a)
{
	if (a->next.set)
		return &a->next;
	if (a->confirm.set)
		return &a->confirm;
	if (a->again.set)
		return &a->again;
	return a->wait.set ? &a->wait : NULL;
}

/* A promise without a date is due at the next step that the act sets, in local time. */
static void complete_promises(const struct judge *j, const struct act *a, struct promises *p)
{
	const struct when *step = own_step(a);

	for (size_t i = 0; step && i < p->n; i++) {
		struct when *due = &p->items[i].due;

		if (due->set)
			continue;
		*due = *step;
		if (step->zone[0]) {
			struct moment m =
				moment_at(when_begins(step, j->g->clock), j->g->clock);

			*due = when_from_moment(&m, j->g->clock);
		}
	}
}

/* True where this meeting's `proceed` goes beyond the last activity of a process that is no
 * cycle. */
static bool wins(const struct judge *j, const struct act *a)
{
	const struct process *p = j->g->process;

	return a->outcome == OUTCOME_PROCEED && !a->to && p && !p->cycle && a->activity &&
	       process_is_last(p, a->activity);
}

static void complete_meeting(const struct judge *j, struct act *a)
{
	const struct step *step = &j->o->now.next;

	if (!a->activity && step->kind == STEP_APPOINTMENT)
		default_text(&a->activity, step->activity);
	default_text(&a->activity, j->o->now.activity);
	if (a->outcome == OUTCOME_PROCEED && !wins(j, a) && j->g->process && a->activity)
		default_text(&a->to, process_after(j->g->process, a->activity));
}

static void complete_new(const struct judge *j, struct act *a)
{
	const struct process *p = j->g->process;

	default_text(&a->process, j->g->settings->process);
	if (p && p->n)
		default_text(&a->activity, p->activities[0].name);
}

/* What was agreed about the appointment goes along with it, unless it is said anew. */
static void complete_move(const struct step *step, struct act *a)
{
	/* Who types the move made it, unless he says that the client did. */
	if (a->side == SIDE_NONE && !when_equal(&step->at, &a->next))
		a->side = SIDE_US;
	default_text(&a->activity, step->activity);
	default_text(&a->place, step->place);
	if (!a->duration.count)
		a->duration = step->duration;
	if (!a->with.n && step->with)
		list_copy(&a->with, step->with);
}

static void complete_schedule(const struct judge *j, struct act *a)
{
	if (j->o->now.next.kind == STEP_APPOINTMENT)
		complete_move(&j->o->now.next, a);
	default_text(&a->activity, j->o->now.activity);
}

struct when gate_retry(const struct judge *j, const struct act *a)
{
	const struct settings *s = j->g->settings;
	struct when from = when_from_moment(&a->at, j->g->clock);

	from = when_plus(&from, &s->retry, j->g->clock);
	if (s->retry.unit >= UNIT_DAY)
		from.second = WHEN_DAY_ALONE;
	return settings_next_working(s, &from);
}

static void complete_cancel(const struct judge *j, struct act *a)
{
	if (!says_step(a))
		a->again = gate_retry(j, a);
}

/* The act that set the step which this one settles, ends or replaces. */
static void complete_replaces(const struct judge *j, struct act *a)
{
	const struct step *step = &j->o->now.next;
	bool always = a->kind == ACT_MEETING || a->kind == ACT_CANCEL || a->kind == ACT_WIN ||
		      a->kind == ACT_ABANDON;

	if (a->kind == ACT_CALL)
		always = a->outcome != OUTCOME_NONE;
	if (step->kind != STEP_NONE && (always || (says_step(a) && a->kind != ACT_NEW)))
		default_text(&a->replaces, step->set_by->id);
}

void gate_complete(const struct judge *j, struct act *a)
{
	switch (a->kind) {
	case ACT_NEW:
		complete_new(j, a);
		break;
	case ACT_MEETING:
		complete_meeting(j, a);
		break;
	case ACT_CALL:
		gate_complete_call(j, a);
		break;
	case ACT_SCHEDULE:
		complete_schedule(j, a);
		break;
	case ACT_CANCEL:
		complete_cancel(j, a);
		break;
	case ACT_RESOLVE:
		gate_complete_resolve(j, a);
		break;
	default:
		break;
	}
	complete_promises(j, a, &a->ours);
	complete_promises(j, a, &a->theirs);
	complete_replaces(j, a);
}
