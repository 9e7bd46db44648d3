#include "core/worklist.h"

#include "core/doubts.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* What one opportunity's items are made from. */
struct listing {
	struct items *out;
	const struct opportunity *o;
	const struct worklist_ground *g;
};

static enum role role_of(enum item_kind kind)
{
	switch (kind) {
	case ITEM_CONFLICT:
		return ROLE_NONE;
	case ITEM_CONFIRM:
	case ITEM_SCHEDULE:
	case ITEM_OWED:
	case ITEM_RETURNED:
	case ITEM_ADRIFT:
		return ROLE_COORDINATOR;
	default:
		return ROLE_SALESPERSON;
	}
}

/* Whom to turn to: who is named; else the decision-maker; else the first who is still there. */
static const struct contact *contact_for(const struct opportunity *o, const char *name)
{
	const struct contact *first = NULL, *decides = NULL;

	for (size_t i = 0; i < o->now.contacts_n; i++) {
		const struct contact *c = &o->now.contacts[i];

		if (c->left)
			continue;
		if (name && same_string(c->name, name))
			return c;
		if (!decides && c->decision_maker)
			decides = c;
		if (!first)
			first = c;
	}
	return decides ? decides : first;
}

static int64_t day_begins(const struct listing *l, int32_t day)
{
	struct when w = when_from_day(day);

	return when_begins(&w, l->g->clock);
}

/* The local day, in the repository's zone, on which it falls. */
static int32_t local_day(const struct listing *l, const struct when *w)
{
	struct moment m;

	if (!w->zone[0])
		return w->day;
	m = moment_at(when_begins(w, l->g->clock), l->g->clock);
	return moment_day(&m, l->g->clock);
}

/* An item that shows from the beginning of its due day; NULL: it has none, and always shows. */
static struct item *add_item(struct listing *l, enum item_kind kind, const struct when *due,
	const char *who, char *command, char *reason)
{
	const struct clock *clock = l->g->clock;
	struct item item = {.kind = kind,
		.role = role_of(kind),
		.opportunity = l->o,
		.opportunity_id = xstrdup(l->o->id),
		.contact = contact_for(l->o, who),
		.reason = reason,
		.command = command,
		.shows_from = INT64_MIN,
		.shows_until = INT64_MAX,
		.due_at = INT64_MAX,
		.overdue_from = INT64_MAX,
		.late_from = INT64_MAX};

	if (due) {
		int32_t day = local_day(l, due);

		item.due = *due;
		item.begins = when_begins(due, clock);
		item.shows_from = day_begins(l, day);
		item.overdue_from = when_ends(due, clock) + 1;
		item.late_from = day_begins(l, day + 1);
	}
	GROW(l->out->items, l->out->n, l->out->cap);
	l->out->items[l->out->n] = item;
	return &l->out->items[l->out->n++];
}

/* ---- commands that settle an item ---- */

static char *log_meeting_command(const struct listing *l)
{
	struct str command = STR_INIT;

	str_addf(&command,
		"fu log-meeting %s --outcome '<proceed|repeat|abandon>' --next '<when>'",
		l->o->id);
	if (l->g->settings->commitments == DEMAND_BOTH)
		str_add(&command, " --ours '<what>'");
	if (l->g->settings->commitments != DEMAND_NONE)
		str_add(&command, " --theirs '<what>'");
	return str_detach(&command);
}

static char *schedule_command(const struct listing *l)
{
	return xstrfmt("fu schedule %s '<when>'", l->o->id);
}

static char *booking_command(const struct listing *l)
{
	return xstrfmt(
		"fu log-call %s --purpose schedule --result booked --next '<when>'", l->o->id);
}

static char *confirming_command(const struct listing *l, const struct step *step)
{
	bool ends = step->outcome == OUTCOME_ABANDON ||
		    (step->outcome == OUTCOME_PROCEED && !step->to);

	return xstrfmt("fu log-call %s --purpose confirm --result confirmed --chose '<option>' "
		       "--outcome %s%s%s",
		l->o->id, step->outcome ? outcome_word(step->outcome) : "proceed",
		step->outcome == OUTCOME_ABANDON ? " --because '<why>'" : "",
		ends ? "" : " --next '<when>'");
}

static char *decide_command(const struct listing *l)
{
	return xstrfmt("fu note %s '<why it stays open>' --decided", l->o->id);
}

/* ---- items ---- */

static const char *appointment_contact(const struct step *step)
{
	return step->with && step->with->n ? step->with->items[0] : NULL;
}

static void list_appointment(struct listing *l, const struct step *step)
{
	const struct clock *clock = l->g->clock;
	int64_t begins = when_begins(&step->at, clock);
	int64_t ends = begins + (step->duration.count ? duration_seconds(&step->duration) : 0);
	const char *who = appointment_contact(step), *activity = step->activity;
	struct item *item;

	item = add_item(l, ITEM_APPOINTMENT, &step->at, who, xstrfmt("fu brief %s", l->o->id),
		xstrfmt("%s%s%s", activity ? activity : "meeting", step->place ? ", " : "",
			step->place ? step->place : ""));
	item->due_at = begins;
	item->shows_until = ends > begins ? ends : begins + 1;
	item->overdue_from = INT64_MAX;
	item->late_from = INT64_MAX;

	item = add_item(l, ITEM_UNLOGGED, &step->at, who, log_meeting_command(l),
		xstrfmt("log how the %s ended", activity ? activity : "meeting"));
	item->shows_from = ends > begins ? ends : begins + 1;
	item->overdue_from = item->shows_from;
}

/* ", 2 tries reached nobody", or nothing. The caller frees. */
static char *tries_words(const struct step *step)
{
	if (!step->attempts)
		return xstrdup("");
	return xstrfmt(", %d %s reached nobody", step->attempts,
		step->attempts == 1 ? "try" : "tries");
}

static void list_confirmation(struct listing *l, const struct step *step)
{
	struct str options = STR_INIT;
	char *tries = tries_words(step);

	for (size_t i = 0; step->options && i < step->options->n; i++)
		str_addf(&options, "%s%s", i ? "; " : "", step->options->items[i]);
	add_item(l, ITEM_CONFIRM, &step->at, NULL, confirming_command(l, step),
		xstrfmt("fetch the answer: %s%s", options.buf, tries));
	free(tries);
	str_release(&options);
}

static void list_step(struct listing *l)
{
	const struct step *step = &l->o->now.next;
	char *tries;

	switch (step->kind) {
	case STEP_APPOINTMENT:
		list_appointment(l, step);
		break;
	case STEP_CONFIRMATION:
		list_confirmation(l, step);
		break;
	case STEP_CALL:
		tries = tries_words(step);
		add_item(l, ITEM_SCHEDULE, &step->at, NULL, booking_command(l),
			xstrfmt("book the %s%s",
				step->activity ? step->activity : "next meeting", tries));
		free(tries);
		break;
	case STEP_WAIT:
		add_item(l, ITEM_RETURNED, &step->at, NULL, booking_command(l),
			xstrfmt("back from waiting%s%s", step->because ? ": " : "",
				step->because ? step->because : ""));
		break;
	case STEP_NONE:
		break;
	}
}

static void list_commitment(struct listing *l, const struct commitment *c)
{
	struct item *item;
	char *command = xstrfmt("fu kept %s %s", l->o->id, c->promise->id);

	if (c->side == SIDE_US) {
		item = add_item(l, ITEM_OWE, &c->due, NULL, command,
			xstrfmt("we owe: %s", c->promise->what));
		item->due_at = item->begins;
		item->commitment = c;
		item->promise = c->promise->id;
		return;
	}
	item = add_item(l, ITEM_OWED, &c->due, c->promise->who, command,
		xstrfmt("they owe: %s", c->promise->what));
	item->shows_from = item->overdue_from;
	item->commitment = c;
	item->promise = c->promise->id;
}

static void list_commitments(struct listing *l)
{
	for (size_t i = 0; i < l->o->now.commitments_n; i++) {
		const struct commitment *c = &l->o->now.commitments[i];

		if (c->state == COMMITMENT_OPEN && c->due.set)
			list_commitment(l, c);
	}
}

static void list_expiry(struct listing *l)
{
	const struct duration *warning = &l->g->settings->expiry_warning;
	const struct when *expires = &l->o->now.expires;
	struct item *item;

	if (!expires->set)
		return;
	item = add_item(l, ITEM_EXPIRING, expires, NULL,
		xstrfmt("fu set %s expires='<date>'", l->o->id),
		xstrdup("the proposal expires"));
	item->shows_from -= duration_seconds(warning);
	item->shows_until = item->overdue_from;
	item = add_item(l, ITEM_EXPIRING, expires, NULL,
		xstrfmt("fu set %s expires='<date>'", l->o->id),
		xstrdup("the proposal has expired"));
	item->shows_from = item->overdue_from;
}

/* D1: staying in touch at the agreed interval, beside what is agreed for a time. */
static void list_touch(struct listing *l)
{
	const struct state *s = &l->o->now;
	struct when last, due;
	struct str reason = STR_INIT;

	if (!s->interval.count || !s->last_contact || s->next.kind == STEP_APPOINTMENT ||
		s->next.kind == STEP_CONFIRMATION)
		return;
	last = when_from_day(moment_day(&s->last_contact->at, l->g->clock));
	due = when_plus(&last, &s->interval, l->g->clock);
	due.second = WHEN_DAY_ALONE;
	str_add(&reason, "in touch ");
	duration_add_every(&reason, &s->interval);
	str_add(&reason, ", last ");
	when_add_echo(&reason, &last, l->g->clock);
	add_item(l, ITEM_TOUCH, &due, NULL,
		xstrfmt("fu log-touch %s --gives '<kind>' --what '<text>'", l->o->id),
		str_detach(&reason));
}

/* `what`: the words behind the count, the plural of the thing set off by '|': "repeat|s". */
static void add_reason(struct str *reasons, int count, int limit, const char *what)
{
	size_t one = strcspn(what, "|"), ending = strcspn(what + one, " ");

	if (count < limit)
		return;
	str_addf(reasons, "%s%d ", reasons->len ? "; " : "", count);
	str_addn(reasons, what, one);
	if (count != 1)
		str_addn(reasons, what + one + 1, ending - 1);
	str_add(reasons, what + one + ending);
}

static int max_repeats(const struct listing *l)
{
	const struct process *p = l->g->process;
	int at = p && l->o->now.activity ? process_find(p, l->o->now.activity) : -1;

	if (at >= 0 && p->activities[at].max_repeats)
		return p->activities[at].max_repeats;
	return l->g->settings->max_repeats;
}

/* A6, B6, D4: what asks for a decision, each counted since the last one. */
static void list_decision(struct listing *l)
{
	const struct state *s = &l->o->now;
	bool cycle = l->g->process && l->g->process->cycle;
	struct str reasons = STR_INIT;

	add_reason(&reasons, s->calls_in_a_row, l->g->settings->max_calls,
		"call|s in a row with nothing booked");
	if (!cycle)
		add_reason(&reasons, s->repeats_in_a_row, max_repeats(l), "repeat|s in a row");
	add_reason(&reasons, s->no_next_in_a_row, 2, "refused date|s in a row");
	add_reason(&reasons, s->waits_in_a_row, 3, "wait|s in a row");
	add_reason(&reasons, s->their_broken, 2, "broken promise|s of theirs");
	add_reason(&reasons, s->their_late, 4, "late promise|s of theirs");
	add_reason(&reasons, s->contacts_since_accomplishment, l->g->settings->treadmill,
		"contact|s since the last accomplishment");
	if (reasons.len)
		add_item(l, ITEM_DECIDE, NULL, NULL, decide_command(l), str_detach(&reasons));
	str_release(&reasons);
}

static void list_adrift(struct listing *l)
{
	const char *words = l->o->now.no_next;

	if (!opportunity_is_adrift(l->o, l->g->process))
		return;
	add_item(l, ITEM_ADRIFT, NULL, NULL, schedule_command(l),
		words ? xstrfmt("no next step; they said: %s", words)
		      : xstrdup("no next step"));
}

/* What a sync left: each question by itself. */
static void list_conflicts(struct listing *l)
{
	struct doubts doubts = {0};

	doubts_find(&doubts, l->o);
	for (size_t i = 0; i < doubts.n; i++) {
		struct str reason = STR_INIT;

		doubt_add_words(&reason, &doubts.items[i]);
		add_item(l, ITEM_CONFLICT, NULL, NULL,
			xstrfmt("fu resolve %s --keep '<act>'", l->o->id), str_detach(&reason));
	}
	doubts_release(&doubts);
}

void worklist_items(
	struct items *out, const struct opportunity *o, const struct worklist_ground *g)
{
	struct listing l = {.out = out, .o = o, .g = g};

	if (!opportunity_is_live(o))
		return;
	list_conflicts(&l);
	list_commitments(&l);
	if (!opportunity_is_open(o))
		return;
	list_step(&l);
	list_expiry(&l);
	list_touch(&l);
	list_decision(&l);
	list_adrift(&l);
}

/* ---- choosing and ordering ---- */

bool item_shows(const struct item *item, int64_t now, int64_t ahead)
{
	if (now >= item->shows_until)
		return false;
	return now >= item->shows_from || (ahead > 0 && item->due_at <= now + ahead);
}

static void item_release(struct item *item)
{
	free(item->reason);
	free(item->command);
	free(item->opportunity_id);
}

void worklist_select(struct items *list, int64_t now, int64_t ahead)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->n; i++) {
		if (item_shows(&list->items[i], now, ahead))
			list->items[kept++] = list->items[i];
		else
			item_release(&list->items[i]);
	}
	list->n = kept;
}

static int in_order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* As when_compare, whose instants are known here. */
static int compare_due(const struct item *a, const struct item *b)
{
	int order = in_order(a->begins, b->begins);

	if (!order)
		order = in_order(
			a->due.second != WHEN_DAY_ALONE, b->due.second != WHEN_DAY_ALONE);
	if (!order)
		order = in_order(a->due.day, b->due.day);
	if (!order)
		order = in_order(a->due.second, b->due.second);
	return order ? order : strcmp(a->due.zone, b->due.zone);
}

int item_compare(const struct item *a, const struct item *b)
{
	int order = in_order(a->kind, b->kind);

	if (!order && a->due.set && b->due.set)
		order = compare_due(a, b);
	if (order)
		return order;
	order = strcmp(a->opportunity_id, b->opportunity_id);
	if (!order)
		order = strcmp(a->reason, b->reason);
	if (!order && a->command && b->command)
		order = strcmp(a->command, b->command);
	return order;
}

static int compare_items(const void *left, const void *right)
{
	return item_compare(left, right);
}

void worklist_sort(struct items *list)
{
	if (list->n)
		qsort(list->items, list->n, sizeof(*list->items), compare_items);
}

enum block item_block(const struct item *item, int64_t now)
{
	if (item->kind == ITEM_CONFLICT || item->kind == ITEM_DECIDE ||
		item->kind == ITEM_ADRIFT)
		return BLOCK_DECIDE;
	return now >= item->late_from ? BLOCK_LATE : BLOCK_TODAY;
}

bool item_asks_review(const struct item *item, int64_t now)
{
	const int64_t week = 7 * 86400;

	if (item_block(item, now) == BLOCK_DECIDE)
		return item_shows(item, now, 0);
	return item->overdue_from != INT64_MAX && now >= item->overdue_from + week;
}

const char *item_word(enum item_kind kind)
{
	static const char *const words[ITEM_KINDS] = {
		[ITEM_CONFLICT] = "conflict",
		[ITEM_UNLOGGED] = "unlogged",
		[ITEM_APPOINTMENT] = "appointment",
		[ITEM_OWE] = "owe",
		[ITEM_CONFIRM] = "confirm",
		[ITEM_SCHEDULE] = "schedule",
		[ITEM_OWED] = "owed",
		[ITEM_EXPIRING] = "expiring",
		[ITEM_TOUCH] = "touch",
		[ITEM_RETURNED] = "returned",
		[ITEM_DECIDE] = "decide",
		[ITEM_ADRIFT] = "adrift",
	};

	return words[kind];
}

const char *role_word(enum role role)
{
	static const char *const words[] = {
		[ROLE_NONE] = NULL,
		[ROLE_SALESPERSON] = "salesperson",
		[ROLE_COORDINATOR] = "coordinator",
	};

	return words[role];
}

void items_release(struct items *list)
{
	for (size_t i = 0; i < list->n; i++)
		item_release(&list->items[i]);
	free(list->items);
	*list = (struct items){0};
}
