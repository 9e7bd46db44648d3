#include "core/opportunity_json.h"

#include "core/act_json.h"
#include "core/json_values.h"

/* Short for what every line below does. */
static void put(json_t *object, const char *name, json_t *value)
{
	json_object_set_new(object, name, value);
}

static json_t *at_of(const struct act *a)
{
	return a ? json_of_moment(&a->at) : json_null();
}

static json_t *step_json(const struct step *s, const struct clock *clock)
{
	static const struct list nobody;
	json_t *out;

	if (s->kind == STEP_NONE)
		return json_null();
	out = json_object();
	put(out, "kind", json_of_text(step_word(s->kind)));
	put(out, "at", json_of_when(&s->at, clock));
	put(out, "zone", json_of_text(s->at.zone[0] ? s->at.zone : NULL));
	put(out, "for", json_of_duration(&s->duration));
	put(out, "place", json_of_text(s->place));
	put(out, "with", json_of_list(s->with ? s->with : &nobody));
	put(out, "activity", json_of_text(s->activity));
	put(out, "moves", json_integer(s->moves_us + s->moves_them));
	put(out, "moves_us", json_integer(s->moves_us));
	put(out, "moves_them", json_integer(s->moves_them));
	put(out, "options", json_of_list(s->options ? s->options : &nobody));
	put(out, "outcome", json_of_text(outcome_word(s->outcome)));
	put(out, "attempts", json_integer(s->attempts));
	put(out, "because", json_of_text(s->because));
	return out;
}

json_t *commitment_to_json(const struct commitment *c, const struct clock *clock)
{
	json_t *out = json_object();

	put(out, "id", json_of_text(c->promise->id));
	put(out, "side", json_of_text(c->side == SIDE_US ? "ours" : "theirs"));
	put(out, "who", json_of_text(c->promise->who));
	put(out, "what", json_of_text(c->promise->what));
	put(out, "due", json_of_when(&c->due, clock));
	put(out, "state", json_of_text(commitment_word(c->state)));
	put(out, "settled", at_of(c->settled));
	put(out, "since", at_of(c->since));
	return out;
}

json_t *question_to_json(const struct open_question *q)
{
	json_t *out = json_object();

	put(out, "id", json_of_text(q->question->id));
	put(out, "text", json_of_text(q->question->text));
	put(out, "asked", at_of(q->asked));
	put(out, "answered", at_of(q->answered));
	return out;
}

static json_t *contacts_json(const struct state *s)
{
	json_t *array = json_array();

	for (size_t i = 0; i < s->contacts_n; i++)
		json_array_append_new(array, json_of_contact(&s->contacts[i]));
	return array;
}

static json_t *commitments_json(const struct state *s, const struct clock *clock)
{
	json_t *array = json_array();

	for (size_t i = 0; i < s->commitments_n; i++)
		json_array_append_new(array, commitment_to_json(&s->commitments[i], clock));
	return array;
}

static json_t *questions_json(const struct state *s)
{
	json_t *array = json_array();

	for (size_t i = 0; i < s->questions_n; i++)
		json_array_append_new(array, question_to_json(&s->questions[i]));
	return array;
}

static json_t *acts_json(
	const struct opportunity *o, enum act_kind kind, const struct clock *clock)
{
	json_t *array = json_array();

	for (size_t i = 0; i < o->n; i++)
		if (o->acts[i]->kind == kind && !(o->struck && o->struck[i]))
			json_array_append_new(array, act_to_json(o->acts[i], o->id, clock));
	return array;
}

static void put_facts(json_t *out, const struct state *s, const struct clock *clock)
{
	put(out, "title", json_of_text(s->title));
	put(out, "client", json_of_text(s->client));
	put(out, "via", json_of_text(s->via));
	put(out, "process", json_of_text(s->process));
	put(out, "activity", json_of_text(s->activity));
	put(out, "status",
		s->status == STATUS_NONE ? json_null() : json_of_text(status_word(s->status)));
	put(out, "value", json_of_money(&s->value));
	put(out, "source", json_of_text(s->source));
	put(out, "owner", json_of_text(s->owner));
	put(out, "tags", json_of_list(&s->tags));
	put(out, "external_id", json_of_text(s->external_id));
	put(out, "opened", at_of(s->opened));
	put(out, "closed", at_of(s->closed));
	put(out, "expires", json_of_when(&s->expires, clock));
	put(out, "interval", json_of_duration(&s->interval));
}

static void put_contacts_made(
	json_t *out, const struct opportunity *o, const struct clock *clock, bool with_acts)
{
	const struct state *s = &o->now;

	put(out, "meetings",
		with_acts ? acts_json(o, ACT_MEETING, clock) : json_integer(s->meetings));
	put(out, "calls", with_acts ? acts_json(o, ACT_CALL, clock) : json_integer(s->calls));
	put(out, "touches",
		with_acts ? acts_json(o, ACT_TOUCH, clock) : json_integer(s->touches));
	put(out, "heard", with_acts ? acts_json(o, ACT_HEARD, clock) : json_integer(s->heard));
}

json_t *opportunity_to_json(const struct opportunity *o, const struct process *process,
	const struct clock *clock, bool with_acts, json_t *next_item)
{
	const struct state *s = &o->now;
	json_t *out = json_object();

	put(out, "id", json_of_text(o->id));
	put_facts(out, s, clock);
	put(out, "temperature", json_of_text(temperature_word(s->temperature)));
	put(out, "where", json_of_text(s->where));
	put(out, "next", step_json(&s->next, clock));
	put(out, "adrift", json_boolean(opportunity_is_adrift(o, process)));
	put(out, "contacts", contacts_json(s));
	put(out, "commitments", commitments_json(s, clock));
	put(out, "questions", questions_json(s));
	put_contacts_made(out, o, clock, with_acts);
	put(out, "last_contact", at_of(s->last_contact));
	put(out, "next_item", next_item ? next_item : json_null());
	return out;
}

json_t *item_to_json(const struct item *item, const struct clock *clock)
{
	const struct state *s = &item->opportunity->now;
	json_t *out = json_object();

	put(out, "opportunity", json_of_text(item->opportunity->id));
	put(out, "client", json_of_text(s->client));
	put(out, "title", json_of_text(s->title));
	put(out, "kind", json_of_text(item_word(item->kind)));
	put(out, "due", json_of_when(&item->due, clock));
	put(out, "overdue", json_boolean(clock->now.utc >= item->overdue_from));
	put(out, "role", json_of_text(role_word(item->role)));
	put(out, "owner", json_of_text(s->owner));
	put(out, "reason", json_of_text(item->reason));
	put(out, "command", json_of_text(item->command));
	put(out, "contact", json_of_contact(item->contact));
	return out;
}
