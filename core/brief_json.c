/* The brief as JSON (fu-output(5), "brief"). */
#include "core/act_json.h"
#include "core/brief.h"
#include "core/json_values.h"
#include "core/opportunity_json.h"
#include "core/prose.h"

static void put(json_t *object, const char *name, json_t *value)
{
	json_object_set_new(object, name, value);
}

/* The part's sentences as one text; null where there is none. */
static json_t *text_of(const struct brief *b, enum brief_part part)
{
	struct str text = STR_INIT;
	json_t *json;

	for (size_t i = 0; i < b->parts[part].n; i++)
		str_addf(&text, "%s%s", i ? " " : "", b->parts[part].items[i]);
	json = json_of_text(text.len ? text.buf : NULL);
	str_release(&text);
	return json;
}

static json_t *promises_of(
	const struct brief *b, const struct commitment *const *promises, size_t n)
{
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, commitment_to_json(promises[i], b->ground->clock));
	return array;
}

static json_t *since_of(const struct brief *b)
{
	json_t *array = json_array();

	for (size_t i = 0; i < b->since_n; i++)
		json_array_append_new(
			array, act_to_json(b->since[i], b->o->id, b->ground->clock));
	return array;
}

static json_t *unsure_of(const struct brief *b)
{
	const struct state *s = &b->o->now;
	json_t *array = json_array();

	for (size_t i = 0; i < s->questions_n; i++)
		if (!s->questions[i].answered)
			json_array_append_new(array, question_to_json(&s->questions[i]));
	return array;
}

/* Whom to call first. */
static json_t *contacts_of(const struct brief *b)
{
	const struct state *s = &b->o->now;
	json_t *array = json_array();

	if (b->call)
		json_array_append_new(array, json_of_contact(b->call));
	for (int left = 0; left <= 1; left++)
		for (size_t i = 0; i < s->contacts_n; i++)
			if (&s->contacts[i] != b->call && s->contacts[i].left == left)
				json_array_append_new(array, json_of_contact(&s->contacts[i]));
	return array;
}

static json_t *others_of(const struct brief *b)
{
	json_t *array = json_array();

	for (size_t i = 0; i < b->others_n; i++) {
		const struct brief_other *other = &b->others[i];
		json_t *object = json_object();

		put(object, "opportunity", json_of_text(other->id));
		put(object, "title", json_of_text(other->title));
		put(object, "status", json_of_text(status_word(other->status)));
		put(object, "activity", json_of_text(other->activity));
		put(object, "stands", json_of_text(other->next));
		json_array_append_new(array, object);
	}
	return array;
}

static void put_past(json_t *out, const struct brief *b)
{
	const struct state *s = &b->o->now;
	const struct clock *clock = b->ground->clock;

	put(out, "opening", text_of(b, BRIEF_OPENING));
	put(out, "last", b->last ? act_to_json(b->last, b->o->id, clock) : json_null());
	put(out, "discussed",
		json_of_text(s->last_meeting ? s->last_meeting->discussed : NULL));
	put(out, "where", json_of_text(s->where));
	put(out, "temperature", json_of_text(temperature_word(s->temperature)));
	put(out, "theirs", promises_of(b, b->theirs, b->theirs_n));
	put(out, "ours", promises_of(b, b->ours, b->ours_n));
	put(out, "since", since_of(b));
	put(out, "unsure", unsure_of(b));
}

json_t *brief_to_json(const struct brief *b)
{
	const struct state *s = &b->o->now;
	json_t *out = json_object();

	put(out, "opportunity", json_of_text(b->o->id));
	put(out, "title", json_of_text(s->title));
	put(out, "client", json_of_text(s->client));
	put(out, "via", json_of_text(s->via));
	put(out, "status",
		s->status == STATUS_NONE ? json_null() : json_of_text(status_word(s->status)));
	put(out, "activity", json_of_text(s->activity));
	put(out, "purpose", text_of(b, BRIEF_PURPOSE));
	put(out, "ends_with", text_of(b, BRIEF_ENDS_WITH));
	put_past(out, b);
	put(out, "ask", json_of_list(&b->parts[BRIEF_ASK]));
	put(out, "questions", json_of_list(&b->parts[BRIEF_QUESTIONS]));
	put(out, "contacts", contacts_of(b));
	put(out, "others", others_of(b));
	put(out, "command", text_of(b, BRIEF_COMMAND));
	return out;
}
