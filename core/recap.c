#include "core/recap.h"

#include "core/json_values.h"
#include "core/mem.h"
#include "core/prose.h"

#include <stdlib.h>
#include <string.h>

/* What one recap is made from. */
struct recapper {
	struct recap *out;
	const struct opportunity *o;
	const struct process *process;
	const struct clock *clock;
};

/* ---- lines ---- */

/* Takes the text; an empty one is left out. */
static void add_line(struct recap *r, enum recap_kind kind, struct str *text)
{
	if (!text->len) {
		str_release(text);
		return;
	}
	GROW(r->lines, r->n, r->cap);
	r->lines[r->n++] = (struct recap_line){.kind = kind, .text = str_detach(text)};
}

static void add_heading(struct recap *r, const char *words)
{
	struct str text = STR_INIT;

	str_add(&text, words);
	add_line(r, RECAP_HEADING, &text);
}

static void add_text(struct recap *r, const char *words)
{
	struct str text = STR_INIT;

	str_add(&text, words);
	add_line(r, RECAP_TEXT, &text);
}

/* With the year: a mail is read when it is another one. */
static void add_date(
	struct str *out, const char *before, const struct when *w, const struct clock *clock)
{
	/* Seen from another year, the echo names its own. */
	struct clock distant = *clock;

	distant.now.utc += INT64_C(2) * 366 * 86400;
	prose_add_when(out, before, w, &distant);
}

static struct when day_of(const struct recapper *c, const struct act *a)
{
	return when_from_day(moment_day(&a->at, c->clock));
}

/* The activity's title, else its name: for those who do not know our names for things. */
static void add_activity(struct str *out, const struct recapper *c, const char *activity)
{
	int at = c->process && activity ? process_find(c->process, activity) : -1;
	const char *title = at >= 0 ? c->process->activities[at].title : NULL;

	if (prose_says(title))
		prose_add(out, "", title);
	else
		prose_add(out, "", activity);
}

/* ---- to whom ---- */

static const struct contact *find_contact(const struct opportunity *o, const char *name)
{
	for (size_t i = 0; i < o->now.contacts_n; i++)
		if (same_string(o->now.contacts[i].name, name))
			return &o->now.contacts[i];
	return NULL;
}

static void add_receiver(struct recap *r, const struct contact *contact)
{
	if (!contact || contact->left || !prose_says(contact->name))
		return;
	for (size_t i = 0; i < r->to_n; i++)
		if (r->to[i] == contact)
			return;
	r->to[r->to_n++] = contact;
}

static void add_receivers(struct recapper *c, const struct list *names)
{
	for (size_t i = 0; i < names->n; i++)
		add_receiver(c->out, find_contact(c->o, names->items[i]));
}

/* Who attended; where that was not said, with whom it was agreed; else everybody. */
static void find_receivers(struct recapper *c)
{
	const struct act *meeting = c->out->meeting;
	const struct act *agreed =
		meeting->replaces ? opportunity_act(c->o, meeting->replaces) : NULL;
	const struct state *s = &c->o->now;

	c->out->to = xcalloc(s->contacts_n + 1, sizeof(*c->out->to));
	add_receivers(c, &meeting->attended);
	if (!c->out->to_n && agreed)
		add_receivers(c, &agreed->with);
	for (size_t i = 0; !meeting->attended.n && !c->out->to_n && i < s->contacts_n; i++)
		if (s->contacts[i].decision_maker)
			add_receiver(c->out, &s->contacts[i]);
	for (size_t i = 0; !c->out->to_n && i < s->contacts_n; i++)
		add_receiver(c->out, &s->contacts[i]);
}

static void greet(struct recapper *c)
{
	struct list names = {0};
	struct str text = STR_INIT;

	for (size_t i = 0; i < c->out->to_n; i++)
		list_add(&names, c->out->to[i]->name);
	prose_add_series(&text, "", &names, " and ", false);
	if (text.len)
		str_addch(&text, ',');
	add_line(c->out, RECAP_TEXT, &text);
	list_release(&names);
}

/* ---- what was agreed ---- */

static void make_subject(struct recapper *c)
{
	struct when day = day_of(c, c->out->meeting);
	struct str text = STR_INIT;

	prose_add(&text, "", c->o->now.title);
	str_add(&text, text.len ? ": what" : "What");
	add_date(&text, " we agreed on ", &day, c->clock);
	c->out->subject = str_detach(&text);
}

static void begin(struct recapper *c)
{
	struct when day = day_of(c, c->out->meeting);
	struct str text = STR_INIT;

	add_date(&text, "this is what we agreed on ", &day, c->clock);
	str_add(&text,
		", as I noted it. Should something be missing or wrong, please tell me.");
	if (!c->out->to_n)
		text.buf[0] = 'T';
	add_line(c->out, RECAP_TEXT, &text);
}

/* Each line of what was written. */
static void add_discussed(struct recapper *c)
{
	const char *rest = c->out->meeting->discussed;

	if (!prose_says(rest))
		return;
	add_heading(c->out, "What we discussed:");
	while (*rest) {
		size_t len = strcspn(rest, "\n");
		char *line = xstrndup(rest, len);
		struct str text = STR_INIT;

		prose_add(&text, "", line);
		add_line(c->out, RECAP_ITEM, &text);
		free(line);
		rest += len + (rest[len] != '\0');
	}
}

static const struct commitment *find_commitment(const struct opportunity *o, const char *id)
{
	for (size_t i = 0; i < o->now.commitments_n; i++)
		if (same_string(o->now.commitments[i].promise->id, id))
			return &o->now.commitments[i];
	return NULL;
}

static void add_promise(struct recapper *c, const struct promise *p)
{
	const struct commitment *now = find_commitment(c->o, p->id);
	struct str text = STR_INIT;

	if (!prose_says(p->what))
		return;
	prose_add(&text, "", p->who);
	prose_add(&text, text.len ? ": " : "", p->what);
	add_date(&text, ", by ", now ? &now->due : &p->due, c->clock);
	if (now && (now->state == COMMITMENT_KEPT || now->state == COMMITMENT_LATE))
		str_add(&text, " (done)");
	add_line(c->out, RECAP_ITEM, &text);
}

static bool any_promise(const struct promises *promises)
{
	for (size_t i = 0; i < promises->n; i++)
		if (prose_says(promises->items[i].what))
			return true;
	return false;
}

static void add_promises(
	struct recapper *c, const char *heading, const struct promises *promises)
{
	if (!any_promise(promises))
		return;
	add_heading(c->out, heading);
	for (size_t i = 0; i < promises->n; i++)
		add_promise(c, &promises->items[i]);
}

/* That there is nothing was agreed too. */
static void add_no_promises(struct recapper *c)
{
	const struct act *a = c->out->meeting;

	if (a->ours.none && a->theirs.none && !any_promise(&a->ours) &&
		!any_promise(&a->theirs))
		add_text(c->out, "Neither of us took anything on.");
}

static bool is_answered(const struct opportunity *o, const char *id)
{
	for (size_t i = 0; i < o->now.questions_n; i++)
		if (same_string(o->now.questions[i].question->id, id))
			return o->now.questions[i].answered != NULL;
	return false;
}

static void add_unsure(struct recapper *c)
{
	const struct questions *unsure = &c->out->meeting->unsure;
	bool any = false;

	for (size_t i = 0; i < unsure->n; i++) {
		struct str text = STR_INIT;

		if (!is_answered(c->o, unsure->items[i].id))
			prose_add(&text, "", unsure->items[i].text);
		if (text.len && !any)
			add_heading(c->out, "What is still open:");
		any = any || text.len;
		add_line(c->out, RECAP_ITEM, &text);
	}
}

/* ---- what comes next ---- */

static bool only_in_zone(const struct when *w)
{
	return w->zone[0] != '\0';
}

static void add_appointment(struct recapper *c, const struct step *step)
{
	struct str text = STR_INIT;

	add_activity(&text, c, step->activity);
	if (!text.len)
		str_add(&text, "We meet");
	add_date(&text, ", ", &step->at, c->clock);
	if (!only_in_zone(&step->at) && step->at.second != WHEN_DAY_ALONE)
		prose_add(&text, " ", zone_name(c->clock->zone));
	if (step->duration.count) {
		str_add(&text, ", ");
		duration_add(&text, &step->duration);
	}
	prose_add(&text, ", ", step->place);
	if (step->with)
		prose_add_series(&text, ", with ", step->with, " and ", false);
	add_line(c->out, RECAP_ITEM, &text);
}

static void add_confirmation(struct recapper *c, const struct step *step)
{
	struct str text = STR_INIT;
	bool several = step->options && step->options->n;

	str_add(&text, "We ask for your answer");
	add_date(&text, " on ", &step->at, c->clock);
	str_add(&text, several ? ". It is one of these:" : ".");
	add_line(c->out, RECAP_TEXT, &text);
	for (size_t i = 0; several && i < step->options->n; i++) {
		prose_add(&text, "", step->options->items[i]);
		add_line(c->out, RECAP_ITEM, &text);
	}
}

static void add_call(struct recapper *c, const struct step *step)
{
	struct str text = STR_INIT;

	add_date(&text, "We call you on ", &step->at, c->clock);
	str_add(&text, text.len ? " to find a date" : "We call you to find a date");
	if (prose_says(step->activity)) {
		str_add(&text, " for: ");
		add_activity(&text, c, step->activity);
	}
	add_line(c->out, RECAP_ITEM, &text);
}

static const char *closed_words(enum status status)
{
	if (status == STATUS_WON)
		return "We go ahead.";
	return status == STATUS_ABANDONED ? "We leave it at that." : NULL;
}

static void add_open_step(struct recapper *c, const struct step *step)
{
	struct str text = STR_INIT;

	switch (step->kind) {
	case STEP_APPOINTMENT:
		add_appointment(c, step);
		break;
	case STEP_CONFIRMATION:
		add_confirmation(c, step);
		break;
	case STEP_CALL:
		add_call(c, step);
		break;
	case STEP_WAIT:
		add_date(&text, "We come back to it on ", &step->at, c->clock);
		add_line(c->out, RECAP_ITEM, &text);
		break;
	case STEP_NONE:
		add_text(c->out,
			"We have no date for it yet: which day and time would suit you?");
		break;
	}
}

static void add_next(struct recapper *c)
{
	bool open = opportunity_is_open(c->o);

	if (!open && !closed_words(c->o->now.status))
		return; /* its 'new' was taken back */
	add_heading(c->out, "What comes next:");
	if (open)
		add_open_step(c, &c->o->now.next);
	else
		add_text(c->out, closed_words(c->o->now.status));
}

/* Who recorded it, without the mail. */
static void sign(struct recapper *c)
{
	const char *by = c->out->meeting->by;
	char *name = by ? xstrndup(by, strcspn(by, "<")) : NULL;
	struct str text = STR_INIT;

	prose_add(&text, "", name);
	add_line(c->out, RECAP_TEXT, &text);
	free(name);
}

/* ---- the whole ---- */

bool recap_make(struct recap *r, const struct opportunity *o, const struct process *process,
	const struct clock *clock)
{
	struct recapper c = {.out = r, .o = o, .process = process, .clock = clock};

	*r = (struct recap){.meeting = o->now.last_meeting};
	if (!r->meeting)
		return false;
	find_receivers(&c);
	make_subject(&c);
	greet(&c);
	begin(&c);
	add_discussed(&c);
	add_promises(&c, "What you will do:", &r->meeting->theirs);
	add_promises(&c, "What we will do:", &r->meeting->ours);
	add_no_promises(&c);
	add_unsure(&c);
	add_next(&c);
	sign(&c);
	return true;
}

void recap_release(struct recap *r)
{
	for (size_t i = 0; i < r->n; i++)
		free(r->lines[i].text);
	free(r->lines);
	free(r->to);
	free(r->subject);
	*r = (struct recap){0};
}

json_t *recap_to_json(const struct recap *r, const char *opportunity, const char *body)
{
	json_t *out = json_object(), *to = json_array();

	for (size_t i = 0; i < r->to_n; i++)
		json_array_append_new(to, json_of_contact(r->to[i]));
	json_object_set_new(out, "opportunity", json_of_text(opportunity));
	json_object_set_new(out, "meeting", json_of_text(r->meeting->id));
	json_object_set_new(out, "at", json_of_moment(&r->meeting->at));
	json_object_set_new(out, "to", to);
	json_object_set_new(out, "subject", json_of_text(r->subject));
	json_object_set_new(out, "body", json_of_text(body));
	return out;
}
