/*
 * From an opportunity to entries of a calendar.
 *
 * What people call "the appointment" is a chain of acts: the one that set it, and those
 * that moved it. Each act that replaces a next step says so (`replaces`), so the chain is
 * found again whatever came between, and its first act names the entry for ever. The same
 * for the call that is to be made: a try that reached nobody goes on with it.
 */
#include "core/ics.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

#define DAY INT64_C(86400)

enum family { FAMILY_NONE, FAMILY_APPOINTMENT, FAMILY_CALL };

struct chain {
	enum family family;
	const struct act *root;
	const struct act *head;  /* the last one that stands; where none does, the last */
	const struct act *ended; /* what replaced it by something else, or NULL */
	bool stands;
};

struct record {
	struct ics *w;
	const struct opportunity *o;
	const struct ics_choice *choice;
	struct chain *chains;
	size_t n, cap;
	/* Parallel to the acts: what began the chain of the act that each one replaces, NULL
	 * where it replaces none. */
	const struct act **replaced;
};

/* ---- chains ---- */

static enum family family_of(const struct act *a)
{
	if (a->next.set)
		return FAMILY_APPOINTMENT;
	return a->confirm.set || a->again.set ? FAMILY_CALL : FAMILY_NONE;
}

/* A meeting settles what was before it, and begins anew. */
static const struct act *root_of(const struct opportunity *o, const struct act *a)
{
	enum family family = family_of(a);

	for (size_t i = 0; i < o->n && a->kind != ACT_MEETING && a->replaces; i++) {
		const struct act *before = opportunity_act(o, a->replaces);

		if (!before || family_of(before) != family)
			break;
		a = before;
	}
	return a;
}

static struct chain *chain_of(struct record *r, const struct act *root)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->chains[i].root == root)
			return &r->chains[i];
	GROW(r->chains, r->n, r->cap);
	r->chains[r->n] = (struct chain){.family = family_of(root), .root = root};
	return &r->chains[r->n++];
}

static void find_chains(struct record *r)
{
	const struct opportunity *o = r->o;

	r->replaced = xcalloc(o->n, sizeof(*r->replaced));
	for (size_t i = 0; i < o->n; i++) {
		const struct act *a = o->acts[i];
		const struct act *before = a->replaces ? opportunity_act(o, a->replaces) : NULL;
		struct chain *c;

		r->replaced[i] = before ? root_of(o, before) : NULL;
		if (family_of(a) == FAMILY_NONE)
			continue;
		c = chain_of(r, root_of(o, a));
		if (!o->struck[i] || !c->stands)
			c->head = a;
		c->stands = c->stands || !o->struck[i];
	}
	for (size_t i = 0; i < o->n; i++)
		for (size_t j = 0; j < r->n; j++)
			if (!o->struck[i] &&
				same_string(o->acts[i]->replaces, r->chains[j].head->id))
				r->chains[j].ended = o->acts[i];
}

/* ---- what changed it ---- */

/* Facts, contacts, and what is taken back may stand in any entry. */
static bool changes_all(const struct act *a)
{
	return a->kind == ACT_SET || a->kind == ACT_CONTACT || a->kind == ACT_UNDO ||
	       a->kind == ACT_MERGE || a->kind == ACT_RENAME;
}

static bool changes_commitment(const struct act *a, const char *id)
{
	return same_string(a->commitment, id) || same_string(a->keeps, id) ||
	       a->kind == ACT_ABANDON || a->kind == ACT_REOPEN;
}

static int64_t entered(const struct act *a)
{
	if (a->edited.set)
		return a->edited.utc;
	return a->recorded.set ? a->recorded.utc : a->at.utc;
}

/* Counts what came after the act that began it; acts are never taken out, so it only grows.
 * `promise`: its id, where the entry is one. */
static void count_changes(const struct record *r, struct ics_entry *e, const struct act *root,
	const char *promise)
{
	bool after = false;

	e->created = root->recorded.set ? root->recorded.utc : root->at.utc;
	e->stamp = entered(root);
	e->sequence = root->edited.set;
	for (size_t i = 0; i < r->o->n; i++) {
		const struct act *a = r->o->acts[i];

		if (after && (changes_all(a) || (promise ? changes_commitment(a, promise)
							 : r->replaced[i] == root))) {
			e->sequence += 1 + a->edited.set;
			if (entered(a) > e->stamp)
				e->stamp = entered(a);
		}
		after = after || a == root;
	}
}

/* ---- words ---- */

static const char *client_of(const struct record *r)
{
	const struct state *s = &r->o->now;

	return s->client ? s->client : s->title ? s->title : r->o->id;
}

static void add_contact(struct str *out, const struct state *s, const char *name)
{
	str_addf(out, "\n%s", name);
	for (size_t i = 0; i < s->contacts_n; i++) {
		const struct contact *c = &s->contacts[i];

		if (!same_string(c->name, name))
			continue;
		str_addf(out, "%s%s%s%s%s%s", c->role ? ", " : "", c->role ? c->role : "",
			c->phone ? ", " : "", c->phone ? c->phone : "", c->mail ? ", " : "",
			c->mail ? c->mail : "");
		return;
	}
}

/* What it is about, who comes or is to be called, and where the record has the rest. */
static char *describe(const struct record *r, const struct list *with)
{
	const struct state *s = &r->o->now;
	struct str out = STR_INIT;

	str_addf(&out, "%s%s%s", s->title ? s->title : r->o->id, s->via ? ", via " : "",
		s->via ? s->via : "");
	for (size_t i = 0; with && i < with->n; i++)
		add_contact(&out, s, with->items[i]);
	for (size_t i = 0; !(with && with->n) && i < s->contacts_n; i++)
		if (!s->contacts[i].left)
			add_contact(&out, s, s->contacts[i].name);
	if (s->owner)
		str_addf(&out, "\nowner: %s", s->owner);
	str_addf(&out, "\nfu show %s", r->o->id);
	return str_detach(&out);
}

/* Hands the words over to the writer, without those that --private keeps back. What an
 * event is no more is said in words too: not every program looks at its status. */
static void add_entry(struct record *r, struct ics_entry *e, const char *uid, char *summary,
	const struct list *with, const char *location)
{
	char *description = r->choice->private ? NULL : describe(r, with);

	if (!e->todo && e->status != ICS_CONFIRMED) {
		char *said = summary;

		summary = xstrfmt(
			"%s: %s", e->status == ICS_COMPLETED ? "done" : "cancelled", said);
		free(said);
		e->status = ICS_CANCELLED;
	}
	e->uid = uid;
	e->summary = summary;
	e->description = description;
	e->location = r->choice->private ? NULL : location;
	e->private = r->choice->private;
	ics_add(r->w, e);
	free(description);
	free(summary);
}

/* As an event a to-do is a short time, or a day, that does not make busy. */
static void add_todo(struct record *r, struct ics_entry *e, const char *uid, char *summary,
	const struct list *with)
{
	e->todo = !r->choice->todo_as_event;
	if (!e->todo) {
		if (!e->at.set) {
			free(summary);
			return;
		}
		e->transparent = true;
		e->duration = (struct duration){15, UNIT_MINUTE};
		if (e->status == ICS_NEEDS_ACTION)
			e->status = ICS_CONFIRMED;
	}
	add_entry(r, e, uid, summary, with, NULL);
}

/* ---- entries ---- */

/* Over for so long that nobody looks for it any more. */
static bool is_old(const struct record *r, int64_t when)
{
	return when < r->w->clock->now.utc - ICS_KEPT_DAYS * DAY;
}

static bool is_pending(const struct record *r, const struct chain *c)
{
	const struct step *step = &r->o->now.next;
	enum step_kind kind = step->kind;

	if (!c->stands || step->set_by != c->head)
		return false;
	if (c->family == FAMILY_APPOINTMENT)
		return kind == STEP_APPOINTMENT;
	return kind == STEP_CONFIRMATION || kind == STEP_CALL;
}

static const char *activity_of(const struct record *r, const struct chain *c)
{
	if (is_pending(r, c))
		return r->o->now.next.activity;
	if (c->ended && c->ended->kind == ACT_MEETING && c->ended->activity)
		return c->ended->activity;
	if (c->head->kind == ACT_MEETING && c->head->to)
		return c->head->to;
	return c->head->activity ? c->head->activity : r->o->now.activity;
}

static void add_appointment(struct record *r, const struct chain *c)
{
	const struct act *head = c->head;
	bool held = c->stands && c->ended && c->ended->kind == ACT_MEETING;
	bool pending = is_pending(r, c);
	const char *activity = activity_of(r, c);
	struct ics_entry e = {.at = head->next, .duration = head->duration};
	char *summary;

	if (!pending && is_old(r, when_ends(&head->next, r->w->clock)))
		return;
	e.status = pending || held ? ICS_CONFIRMED : ICS_CANCELLED;
	e.alarm = pending ? ICS_ALARM_MINUTES : 0;
	e.transparent = !pending && !held;
	count_changes(r, &e, c->root, NULL);
	activity = activity ? activity : "meeting";
	if (r->choice->private)
		summary = xstrfmt("appointment: %s", activity);
	else
		summary = xstrfmt("%s: %s", client_of(r), activity);
	add_entry(r, &e, c->root->id, summary, head->with.n ? &head->with : NULL, head->place);
}

/* "call Acme: which option? visit; video", "call Acme: book the workshop" */
static char *call_summary(const struct record *r, const struct chain *c)
{
	const struct step *step = &r->o->now.next;
	bool pending = is_pending(r, c);
	bool confirm = pending ? step->kind == STEP_CONFIRMATION : c->root->confirm.set;
	const struct list *options = pending ? step->options : &c->root->options;
	const char *activity = activity_of(r, c);
	struct str out = STR_INIT;

	if (r->choice->private) {
		str_addf(&out, "call: %s", confirm ? "confirm" : "schedule");
		return str_detach(&out);
	}
	str_addf(&out, "call %s: ", client_of(r));
	if (confirm) {
		str_add(&out, "fetch the answer");
		for (size_t i = 0; options && i < options->n; i++)
			str_addf(&out, "%s%s", i ? "; " : ": ", options->items[i]);
	} else {
		str_addf(&out, "book the %s", activity ? activity : "next meeting");
	}
	return str_detach(&out);
}

static bool is_done_by(const struct act *a)
{
	return a && (a->kind == ACT_CALL || a->kind == ACT_MEETING || a->kind == ACT_SCHEDULE ||
			    a->kind == ACT_HEARD);
}

static void add_call(struct record *r, const struct chain *c)
{
	bool pending = is_pending(r, c);
	struct ics_entry e = {.at = c->head->again.set ? c->head->again : c->head->confirm};
	int64_t over = c->ended ? c->ended->at.utc : when_ends(&e.at, r->w->clock);

	if (!pending && is_old(r, over))
		return;
	if (pending) {
		e.status = ICS_NEEDS_ACTION;
	} else if (c->stands && is_done_by(c->ended)) {
		e.status = ICS_COMPLETED;
		e.completed = c->ended->at.utc;
	} else {
		e.status = ICS_CANCELLED;
	}
	count_changes(r, &e, c->root, NULL);
	add_todo(r, &e, c->root->id, call_summary(r, c), NULL);
}

static void add_promise(struct record *r, const struct commitment *c)
{
	struct ics_entry e = {.at = c->due};
	char *uid, *summary;

	if (c->side != SIDE_US)
		return;
	if (c->state != COMMITMENT_OPEN) {
		const struct act *settled = c->settled ? c->settled : r->o->now.closed;

		if (!settled || is_old(r, settled->at.utc))
			return;
		e.completed = settled->at.utc;
	}
	e.status = c->state == COMMITMENT_OPEN ? ICS_NEEDS_ACTION
		   : c->state == COMMITMENT_KEPT || c->state == COMMITMENT_LATE ? ICS_COMPLETED
										: ICS_CANCELLED;
	count_changes(r, &e, c->since, c->promise->id);
	uid = xstrfmt("%s-%s", c->since->id, c->promise->id);
	summary = r->choice->private ? xstrdup("promise")
				     : xstrfmt("%s: %s", client_of(r), c->promise->what);
	add_todo(r, &e, uid, summary, NULL);
	free(uid);
}

/* The promises of acts that were taken back: nobody is to keep them any more. */
static void add_taken_back(struct record *r, const struct act *a)
{
	for (size_t i = 0; i < a->ours.n; i++) {
		const struct promise *p = &a->ours.items[i];
		struct ics_entry e = {.at = p->due, .status = ICS_CANCELLED};
		char *uid = xstrfmt("%s-%s", a->id, p->id);

		if (!is_old(r, p->due.set ? when_ends(&p->due, r->w->clock) : a->at.utc)) {
			count_changes(r, &e, a, p->id);
			add_todo(r, &e, uid,
				r->choice->private ? xstrdup("promise")
						   : xstrfmt("%s: %s", client_of(r), p->what),
				NULL);
		}
		free(uid);
	}
}

void ics_add_opportunity(
	struct ics *w, const struct opportunity *o, const struct ics_choice *choice)
{
	struct record r = {.w = w, .o = o, .choice = choice};

	find_chains(&r);
	for (size_t i = 0; i < r.n; i++) {
		if (r.chains[i].family == FAMILY_APPOINTMENT)
			add_appointment(&r, &r.chains[i]);
		else
			add_call(&r, &r.chains[i]);
	}
	for (size_t i = 0; i < o->now.commitments_n; i++)
		add_promise(&r, &o->now.commitments[i]);
	for (size_t i = 0; i < o->n; i++)
		if (o->struck[i])
			add_taken_back(&r, o->acts[i]);
	free(r.replaced);
	free(r.chains);
}

/* ---- items of the work list ---- */

static const struct chain *pending_chain(const struct record *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (is_pending(r, &r->chains[i]))
			return &r->chains[i];
	return NULL;
}

static char *item_summary(const struct record *r, const struct item *item)
{
	if (r->choice->private)
		return xstrdup(item_word(item->kind));
	return xstrfmt("%s: %s%s", client_of(r), item->kind == ITEM_DECIDE ? "decide: " : "",
		item->reason);
}

/* "<act>-owed-<promise>", "<act>-touch"; the act that opened it names it for ever. */
static char *item_uid(const struct record *r, const struct item *item)
{
	const char *word = item_word(item->kind);

	if (item->commitment)
		return xstrfmt("%s-%s-%s", item->commitment->since->id, word,
			item->commitment->promise->id);
	if (item->kind == ITEM_CONFLICT)
		return xstrfmt("%s-%s-%016llx", r->o->acts[0]->id, word,
			(unsigned long long)hash_bytes(0, item->reason, strlen(item->reason)));
	return xstrfmt("%s-%s", r->o->acts[0]->id, word);
}

/* Any act may have changed what it says. */
static void add_other(struct record *r, const struct item *item)
{
	struct ics_entry e = {.at = item->due, .status = ICS_NEEDS_ACTION};
	char *uid = item_uid(r, item);

	e.created = entered(r->o->acts[0]);
	for (size_t i = 0; i < r->o->n; i++) {
		const struct act *a = r->o->acts[i];

		e.sequence += (i > 0) + a->edited.set;
		if (!i || entered(a) > e.stamp)
			e.stamp = entered(a);
	}
	add_todo(r, &e, uid, item_summary(r, item), NULL);
	free(uid);
}

void ics_add_item(struct ics *w, const struct item *item, const struct ics_choice *choice)
{
	struct record r = {.w = w, .o = item->opportunity, .choice = choice};
	const struct chain *pending;

	find_chains(&r);
	pending = pending_chain(&r);
	if (item->kind == ITEM_OWE && item->commitment)
		add_promise(&r, item->commitment);
	else if (item->kind == ITEM_APPOINTMENT && pending)
		add_appointment(&r, pending);
	else if ((item->kind == ITEM_CONFIRM || item->kind == ITEM_SCHEDULE) && pending)
		add_call(&r, pending);
	else
		add_other(&r, item);
	free(r.replaced);
	free(r.chains);
}
