/* The frame of the brief: its parts, its people, its last conversation, the others. */
#include "core/brief.h"

#include "core/mem.h"
#include "core/prose.h"

#include <stdlib.h>
#include <string.h>

#define PEOPLE_MAX 3 /* besides whom to call */

void brief_say(struct brief *b, enum brief_part part, struct str *sentence)
{
	if (sentence->len) {
		prose_stop(sentence);
		list_add(&b->parts[part], sentence->buf);
	}
	str_release(sentence);
}

void brief_add_activity(struct str *out, const char *activity)
{
	if (prose_says(activity))
		prose_add(out, "the ", activity);
	else
		str_add(out, "the next meeting");
}

/* ---- what it is made from ---- */

/* They said something: a meeting, a call in which they were reached, what was heard. */
static bool is_conversation(const struct act *a)
{
	return a->kind == ACT_MEETING || a->kind == ACT_HEARD ||
	       (a->kind == ACT_CALL && result_reached(a->result));
}

static const struct act *last_conversation(const struct opportunity *o)
{
	for (size_t i = o->n; i-- > 0;)
		if (!(o->struck && o->struck[i]) && is_conversation(o->acts[i]))
			return o->acts[i];
	return NULL;
}

/* The item of the work list that the contact is about. */
static const char *item_wanted(const struct opportunity *o)
{
	switch (o->now.next.kind) {
	case STEP_APPOINTMENT:
		return "unlogged";
	case STEP_CONFIRMATION:
		return "confirm";
	case STEP_CALL:
		return "schedule";
	case STEP_WAIT:
		return "returned";
	case STEP_NONE:
		break;
	}
	return "adrift";
}

static const struct item *find_item(const struct items *items, const char *kind)
{
	for (size_t i = 0; i < items->n; i++)
		if (!strcmp(item_word(items->items[i].kind), kind))
			return &items->items[i];
	return NULL;
}

static const struct contact *somebody(const struct opportunity *o)
{
	const struct contact *first = NULL;

	for (size_t i = 0; i < o->now.contacts_n; i++) {
		const struct contact *c = &o->now.contacts[i];

		if (c->left || !prose_says(c->name))
			continue;
		if (c->decision_maker)
			return c;
		first = first ? first : c;
	}
	return first;
}

static char *fallback_command(const struct opportunity *o)
{
	if (o->now.status == STATUS_NONE)
		return xstrfmt("fu undo %s", o->id);
	if (!opportunity_is_open(o))
		return xstrfmt("fu reopen %s --because '<why>' --next '<when>'", o->id);
	return xstrfmt("fu schedule %s '<when>'", o->id);
}

/* Whom to turn to and what will log it, as the work list has them. */
static void take_item(struct brief *b)
{
	struct items items = {0};
	const struct item *item;

	worklist_items(&items, b->o, b->ground);
	item = opportunity_is_open(b->o) ? find_item(&items, item_wanted(b->o)) : NULL;
	if (!item && opportunity_is_open(b->o))
		item = find_item(&items, "touch");
	b->call = item && item->contact ? item->contact : somebody(b->o);
	if (b->call && !prose_says(b->call->name))
		b->call = somebody(b->o);
	list_take(&b->parts[BRIEF_COMMAND],
		item ? xstrdup(item->command) : fallback_command(b->o));
	items_release(&items);
}

/* ---- people ---- */

static void add_ways(struct str *out, const struct contact *c)
{
	struct list ways = {0};

	if (prose_says(c->phone))
		list_add(&ways, c->phone);
	if (prose_says(c->mail))
		list_add(&ways, c->mail);
	if (ways.n)
		prose_add_series(out, ": ", &ways, ", ", false);
	else
		str_add(out, "; neither phone nor mail is known");
	list_release(&ways);
}

/* Without a full stop: it may end with an address. */
static void add_person(struct brief *b, const struct contact *c)
{
	struct str text = STR_INIT;

	prose_add(&text, "", c->name);
	prose_add(&text, ", ", c->role);
	if (c->decision_maker)
		str_add(&text, ", decides");
	add_ways(&text, c);
	list_take(&b->parts[BRIEF_PEOPLE], str_detach(&text));
}

static void add_leaver(struct brief *b, const struct contact *c)
{
	struct str text = STR_INIT;

	prose_add(&text, "", c->name);
	str_add(&text, " has left");
	if (prose_says(c->left_to)) {
		prose_add(&text, "; ", c->left_to);
		str_add(&text, " follows");
	}
	list_take(&b->parts[BRIEF_PEOPLE], str_detach(&text));
}

static void add_nobody(struct brief *b)
{
	list_take(&b->parts[BRIEF_PEOPLE],
		xstrfmt("Nobody is named: fu contact %s add '<name> <mail>; <phone>; <role>'",
			b->o->id));
}

static void add_people(struct brief *b)
{
	const struct state *s = &b->o->now;
	size_t more = 0;

	if (b->call)
		add_person(b, b->call);
	else
		add_nobody(b);
	for (int left = 0; left <= 1; left++)
		for (size_t i = 0; i < s->contacts_n; i++) {
			const struct contact *c = &s->contacts[i];

			if (c == b->call || c->left != left || !prose_says(c->name))
				continue;
			if (b->parts[BRIEF_PEOPLE].n > PEOPLE_MAX)
				more++;
			else if (left)
				add_leaver(b, c);
			else
				add_person(b, c);
		}
	if (more)
		list_take(&b->parts[BRIEF_PEOPLE],
			xstrfmt("%zu more: fu show %s", more, b->o->id));
}

/* ---- others ---- */

/* "appointment Tue 24 Nov 15:00", "adrift", "won Fri 20 Nov" */
static void add_stand(struct str *out, const struct opportunity *o,
	const struct process *process, const struct clock *clock)
{
	const struct step *step = &o->now.next;

	if (!opportunity_is_open(o)) {
		str_add(out, o->now.status == STATUS_NONE ? "taken back"
							  : status_word(o->now.status));
		prose_add_day(out, " ", o->now.closed, clock);
	} else if (step->kind == STEP_NONE && !opportunity_is_adrift(o, process)) {
		str_add(out, "in touch ");
		duration_add_every(out, &o->now.interval);
	} else if (step->kind == STEP_NONE) {
		str_add(out, "adrift");
	} else if (step->kind == STEP_WAIT) {
		str_add(out, "waiting");
		prose_add_when(out, " until ", &step->at, clock);
	} else {
		str_add(out, step_word(step->kind));
		prose_add_when(out, " ", &step->at, clock);
	}
}

void brief_add_other(
	struct brief *b, const struct opportunity *other, const struct process *process)
{
	struct str next = STR_INIT, text = STR_INIT;
	struct brief_other *added;

	add_stand(&next, other, process, b->ground->clock);
	GROW(b->others, b->others_n, b->others_cap);
	added = &b->others[b->others_n++];
	*added = (struct brief_other){.id = xstrdup(other->id),
		.title = prose_tidy(other->now.title),
		.activity = prose_tidy(other->now.activity),
		.next = str_detach(&next),
		.status = other->now.status};
	str_add(&text, other->id);
	prose_add_quoted(&text, ", ", added->title);
	str_add(&text, ": ");
	if (opportunity_is_open(other) && added->activity)
		str_addf(&text, "at %s, ", added->activity);
	str_add(&text, added->next);
	list_take(&b->parts[BRIEF_OTHERS], str_detach(&text));
}

/* `list` looks for a part of the name: what stands before a quote needs no escaping. */
void brief_add_more_others(struct brief *b, size_t n)
{
	char *client = prose_tidy(b->o->now.client), *part;

	if (!client || !n)
		goto out;
	part = client + (*client == '\'');
	part[strcspn(part, "'")] = '\0';
	list_take(&b->parts[BRIEF_OTHERS],
		xstrfmt("%zu more: fu list --status all --client '%s'", n, part));
out:
	free(client);
}

/* ---- the whole ---- */

void brief_make(
	struct brief *b, const struct opportunity *o, const struct worklist_ground *ground)
{
	*b = (struct brief){.o = o, .ground = ground, .last = last_conversation(o)};
	take_item(b);
	brief_add_promises(b);
	brief_add_past(b);
	brief_add_ahead(b);
	add_people(b);
}

void brief_release(struct brief *b)
{
	for (size_t i = 0; i < BRIEF_PARTS; i++)
		list_release(&b->parts[i]);
	for (size_t i = 0; i < b->others_n; i++) {
		free(b->others[i].id);
		free(b->others[i].title);
		free(b->others[i].activity);
		free(b->others[i].next);
	}
	free(b->others);
	free(b->theirs);
	free(b->ours);
	free(b->since);
	*b = (struct brief){0};
}

const char *brief_label(const struct brief *b, enum brief_part part)
{
	static const char *const labels[BRIEF_PARTS] = {
		[BRIEF_PURPOSE] = "this time",
		[BRIEF_ENDS_WITH] = "must end with",
		[BRIEF_OPENING] = "open with",
		[BRIEF_LAST] = "last time",
		[BRIEF_DISCUSSED] = "discussed",
		[BRIEF_WORDS] = "they said",
		[BRIEF_THEIRS] = "they promised",
		[BRIEF_OURS] = "we promised",
		[BRIEF_SINCE] = "since then",
		[BRIEF_UNSURE] = "still unsure",
		[BRIEF_ASK] = "ask",
		[BRIEF_QUESTIONS] = "at the meeting",
		[BRIEF_PEOPLE] = "whom to call",
		[BRIEF_OTHERS] = "other business",
		[BRIEF_COMMAND] = "log it with",
	};

	if (part == BRIEF_PEOPLE && b->o->now.next.kind == STEP_APPOINTMENT)
		return "who";
	return labels[part];
}
