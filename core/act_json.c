#include "core/act_json.h"

#include "core/act_parts.h"
#include "core/contact.h"
#include "core/error.h"
#include "core/json_values.h"

#include <string.h>

/* ---- to JSON ---- */

static json_t *promises_json(const struct promises *p, const struct clock *clock)
{
	json_t *array;

	if (!p->n && !p->none)
		return json_null();
	array = json_array();
	for (size_t i = 0; i < p->n; i++) {
		json_t *one = json_object();

		json_object_set_new(one, "id", json_of_text(p->items[i].id));
		json_object_set_new(one, "who", json_of_text(p->items[i].who));
		json_object_set_new(one, "what", json_of_text(p->items[i].what));
		json_object_set_new(one, "due", json_of_when(&p->items[i].due, clock));
		json_array_append_new(array, one);
	}
	return array;
}

static json_t *questions_json(const struct questions *q)
{
	json_t *array = json_array();

	for (size_t i = 0; i < q->n; i++) {
		json_t *one = json_object();

		json_object_set_new(one, "id", json_of_text(q->items[i].id));
		json_object_set_new(one, "text", json_of_text(q->items[i].text));
		json_array_append_new(array, one);
	}
	return array;
}

static json_t *tags_json(const char *text)
{
	struct list tags = {0};
	json_t *array;

	tags_read(&tags, text);
	array = json_of_list(&tags);
	list_release(&tags);
	return array;
}

static json_t *fact_json(enum act_kind kind, const struct fact *fact)
{
	const struct field *f = fact_field(kind, fact->key);
	struct money m;

	if (!*fact->value)
		return json_null();
	if (f && f->type == FIELD_LIST)
		return tags_json(fact->value);
	if (f && f->type == FIELD_MONEY) {
		if (!money_parse(&m, fact->value, NULL))
			return json_of_money(&m);
		error_clear();
	}
	return json_of_text(fact->value);
}

static json_t *facts_json(const struct act *a)
{
	json_t *object = json_object();

	for (size_t i = 0; i < a->facts.n; i++)
		json_object_set_new(
			object, a->facts.items[i].key, fact_json(a->kind, &a->facts.items[i]));
	return object;
}

static json_t *contacts_json(const struct list *l)
{
	json_t *array = json_array();

	for (size_t i = 0; i < l->n; i++) {
		struct contact c = {0};

		if (contact_parse(&c, l->items[i])) {
			error_clear();
			json_array_append_new(array, json_of_text(l->items[i]));
		} else {
			json_array_append_new(array, json_of_contact(&c));
		}
		contact_release(&c);
	}
	return array;
}

static json_t *list_json(const struct field *f, const struct list *l)
{
	return strcmp(f->name, "contacts") ? json_of_list(l) : contacts_json(l);
}

static json_t *field_json(const struct act *a, const struct field *f, const struct clock *clock)
{
	const void *slot = field_slot_const(a, f);

	switch (f->type) {
	case FIELD_TEXT:
		return json_of_text(*(char *const *)slot);
	case FIELD_WORD:
		return json_of_text(f->words[*(const int *)slot]);
	case FIELD_FLAG:
		return json_boolean(*(const bool *)slot);
	case FIELD_COUNT:
		return *(const int *)slot ? json_integer(*(const int *)slot) : json_null();
	case FIELD_MOMENT:
		return json_of_moment(slot);
	case FIELD_WHEN:
	case FIELD_DAY:
		return json_of_when(slot, clock);
	case FIELD_DURATION:
		return json_of_duration(slot);
	case FIELD_MONEY:
		return json_of_money(slot);
	case FIELD_LIST:
		return list_json(f, slot);
	case FIELD_PROMISES:
		return promises_json(slot, clock);
	case FIELD_QUESTIONS:
		return questions_json(slot);
	case FIELD_FACTS:
		return facts_json(a);
	}
	return json_null();
}

static void set_fields(json_t *object, const struct act *a, const char *const *names,
	const struct clock *clock)
{
	for (; *names; names++) {
		json_object_set_new(object, *names, field_json(a, field_find(*names), clock));
		if (!strcmp(*names, "next"))
			json_object_set_new(object, "zone",
				json_of_text(a->next.zone[0] ? a->next.zone : NULL));
	}
}

json_t *act_to_json(const struct act *a, const char *opportunity, const struct clock *clock)
{
	json_t *object = json_object();

	json_object_set_new(object, "act", json_of_text(act_kinds[a->kind].name));
	json_object_set_new(object, "opportunity", json_of_text(opportunity));
	json_object_set_new(object, "id", json_of_text(a->id));
	set_fields(object, a, act_common_fields, clock);
	set_fields(object, a, act_kinds[a->kind].fields, clock);
	return object;
}
