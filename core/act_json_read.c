/* JSON to acts: the strict side of act_json.h. */
#include "core/act_json.h"

#include "core/act_parts.h"
#include "core/contact.h"
#include "core/error.h"
#include "core/json_values.h"
#include "core/mem.h"
#include "core/opportunity.h"
#include "core/suggest.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* What the fields of one act are read against. */
struct reading {
	struct act *act;
	const struct zone *zone; /* of "next", or NULL */
	const struct clock *clock;
};

static int wrong_type(const char *name, const char *wanted)
{
	return error_set(ERR_FAILED, "'%s' is %s", name, wanted);
}

static int read_text(char **slot, const char *name, const json_t *value)
{
	const char *text;
	int rc = json_read_text(&text, name, value);

	if (!rc)
		replace_string(slot, text);
	return rc;
}

static int read_word(int *slot, const struct field *f, const json_t *value)
{
	struct str hint = STR_INIT;
	const char *text;
	int rc = json_read_text(&text, f->name, value);

	*slot = 0;
	if (rc || !text)
		return rc;
	*slot = word_find(f->words, text);
	if (*slot)
		return 0;
	suggest_add(&hint, text, f->words + 1);
	rc = error_set(
		ERR_FAILED, "unknown %s '%s'%s", f->noun ? f->noun : f->name, text, hint.buf);
	str_release(&hint);
	return rc;
}

static int read_flag(bool *slot, const char *name, const json_t *value)
{
	if (!json_is_boolean(value) && !json_is_null(value))
		return wrong_type(name, "true, false or null");
	*slot = json_is_true(value);
	return 0;
}

static int read_count(int *slot, const char *name, const json_t *value)
{
	json_int_t n = json_integer_value(value);

	if ((!json_is_integer(value) && !json_is_null(value)) || n < 0 || n > INT_MAX)
		return wrong_type(name, "a whole number or null");
	*slot = (int)n;
	return 0;
}

static int read_day(
	struct when *slot, const struct reading *r, const char *name, const json_t *value)
{
	int rc = json_read_when(slot, name, value, NULL, r->clock);

	if (rc)
		return rc;
	if (slot->set && slot->second != WHEN_DAY_ALONE)
		return wrong_type(name, "a day without a time");
	return 0;
}

/* An id that was given; NULL where there is none. */
static int read_part_id(const char **id, const json_t *value)
{
	int rc = value ? json_read_text(id, "id", value) : 0;

	if (!rc && *id && !part_id_valid(*id))
		rc = error_set(ERR_FAILED, "not an id: '%s'", *id);
	return rc;
}

static int read_who(const char **who, const json_t *value)
{
	int rc = value ? json_read_text(who, "who", value) : 0;

	if (!rc && *who && strchr(*who, ':'))
		rc = error_set(ERR_FAILED, "a name cannot hold ':': '%s'", *who);
	return rc;
}

static int read_promise(struct promises *p, const struct reading *r, const json_t *value)
{
	static const char *const keys[] = {"id", "who", "what", "due", NULL};
	const char *id = NULL, *who = NULL, *what = NULL;
	const json_t *due = json_object_get(value, "due");
	struct when when = {0};
	int rc;

	if (!json_is_object(value))
		return wrong_type("a commitment", "an object");
	if ((rc = json_known_keys("a commitment", value, keys)))
		return rc;
	if ((rc = read_part_id(&id, json_object_get(value, "id"))))
		return rc;
	if ((rc = read_who(&who, json_object_get(value, "who"))))
		return rc;
	if (!json_object_get(value, "what"))
		return wrong_type("a commitment", "an object with 'what'");
	if ((rc = json_read_text(&what, "what", json_object_get(value, "what"))))
		return rc;
	if (!what)
		return error_set(ERR_FAILED, "'what' is empty");
	if (due && (rc = json_read_when(&when, "due", due, NULL, r->clock)))
		return rc;
	promises_add(p, id, who, what, &when);
	return 0;
}

static int read_promises(
	struct promises *p, const struct reading *r, const char *name, const json_t *value)
{
	size_t i;
	json_t *item;
	int rc = 0;

	if (json_is_null(value))
		return 0;
	if (!json_is_array(value))
		return wrong_type(name, "an array of commitments, or null");
	p->none = !json_array_size(value);
	json_array_foreach((json_t *)value, i, item)
	{
		rc = read_promise(p, r, item);
		if (rc)
			break;
	}
	if (rc)
		error_prefix("'%s'", name);
	return rc;
}

/* An object {"id","text"}, or the text alone. */
static int read_question(struct questions *q, const json_t *value)
{
	static const char *const keys[] = {"id", "text", NULL};
	const char *id = NULL, *text = NULL;
	const json_t *words = value;
	int rc;

	if (json_is_object(value)) {
		if ((rc = json_known_keys("a question", value, keys)))
			return rc;
		if ((rc = read_part_id(&id, json_object_get(value, "id"))))
			return rc;
		words = json_object_get(value, "text");
	}
	if (!json_is_string(words))
		return wrong_type("a question", "an object with 'text', or a string");
	if ((rc = json_read_text(&text, "text", words)))
		return rc;
	if (!text)
		return error_set(ERR_FAILED, "a question is empty");
	questions_add(q, id, text);
	return 0;
}

static int read_questions(struct questions *q, const char *name, const json_t *value)
{
	size_t i;
	json_t *item;
	int rc;

	if (json_is_null(value))
		return 0;
	if (!json_is_array(value))
		return wrong_type(name, "an array of questions, or null");
	json_array_foreach((json_t *)value, i, item)
	{
		rc = read_question(q, item);
		if (rc) {
			error_prefix("'%s'", name);
			return rc;
		}
	}
	return 0;
}

static int read_contacts(struct list *l, const char *name, const json_t *value)
{
	size_t i;
	json_t *item;

	if (json_is_null(value))
		return 0;
	if (!json_is_array(value))
		return wrong_type(name, "an array of contacts, or null");
	json_array_foreach((json_t *)value, i, item)
	{
		struct contact c;
		struct str stored = STR_INIT;
		int rc = json_read_contact(&c, name, item);

		if (rc)
			return rc;
		contact_add_stored(&stored, &c);
		contact_release(&c);
		list_take(l, str_detach(&stored));
	}
	return 0;
}

static int add_tags(struct str *out, const char *name, const json_t *value)
{
	struct list tags = {0};
	int rc = json_read_list(&tags, name, value);

	for (size_t i = 0; !rc && i < tags.n; i++) {
		if (strchr(tags.items[i], ','))
			rc = error_set(
				ERR_FAILED, "a tag cannot hold ',': '%s'", tags.items[i]);
		str_addf(out, "%s%s", i ? ", " : "", tags.items[i]);
	}
	list_release(&tags);
	return rc;
}

/* The text of a fact's value, from whatever shape it has. */
static int add_fact_text(
	struct str *out, enum act_kind kind, const char *key, const json_t *value)
{
	const struct field *f = fact_field(kind, key);
	struct money m;
	const char *text;
	int rc;

	if (f && f->type == FIELD_LIST)
		return add_tags(out, key, value);
	if (f && f->type == FIELD_MONEY) {
		rc = json_read_money(&m, key, value);
		if (!rc && m.currency[0])
			money_add(out, &m);
		return rc;
	}
	rc = json_read_text(&text, key, value);
	if (!rc && text)
		str_add(out, text);
	return rc;
}

static int read_fact(struct act *a, const char *key, const json_t *value)
{
	struct str text = STR_INIT, stored = STR_INIT;
	int rc = add_fact_text(&text, a->kind, key, value);

	if (!rc && fact_read(&stored, a->kind, key, text.buf, NULL)) {
		error_prefix("'facts'");
		rc = ERR_FAILED;
	}
	if (!rc)
		facts_set(&a->facts, key, stored.buf);
	str_release(&text);
	str_release(&stored);
	return rc;
}

static int read_facts(struct act *a, const char *name, const json_t *value)
{
	const char *key;
	json_t *item;
	int rc;

	if (json_is_null(value))
		return 0;
	if (!json_is_object(value))
		return wrong_type(name, "an object, or null");
	json_object_foreach((json_t *)value, key, item)
	{
		if ((rc = read_fact(a, key, item)))
			return rc;
	}
	return 0;
}

static int read_field(const struct reading *r, const struct field *f, const json_t *value)
{
	void *slot = field_slot(r->act, f);

	switch (f->type) {
	case FIELD_TEXT:
		return read_text(slot, f->name, value);
	case FIELD_WORD:
		return read_word(slot, f, value);
	case FIELD_FLAG:
		return read_flag(slot, f->name, value);
	case FIELD_COUNT:
		return read_count(slot, f->name, value);
	case FIELD_MOMENT:
		return json_read_moment(slot, f->name, value);
	case FIELD_WHEN:
		return json_read_when(slot, f->name, value,
			strcmp(f->name, "next") ? NULL : r->zone, r->clock);
	case FIELD_DAY:
		return read_day(slot, r, f->name, value);
	case FIELD_DURATION:
		return json_read_duration(slot, f->name, value);
	case FIELD_MONEY:
		return json_read_money(slot, f->name, value);
	case FIELD_LIST:
		return strcmp(f->name, "contacts") ? json_read_list(slot, f->name, value)
						   : read_contacts(slot, f->name, value);
	case FIELD_PROMISES:
		return read_promises(slot, r, f->name, value);
	case FIELD_QUESTIONS:
		return read_questions(slot, f->name, value);
	case FIELD_FACTS:
		return read_facts(r->act, f->name, value);
	}
	return 0;
}

static int unknown_field(enum act_kind kind, const char *key)
{
	const char *const *tables[] = {act_common_fields, act_kinds[kind].fields};
	struct nearest n;

	nearest_start(&n, key);
	for (size_t t = 0; t < ARRAY_SIZE(tables); t++)
		for (const char *const *name = tables[t]; *name; name++)
			nearest_offer(&n, *name);
	if (n.word)
		return error_set(ERR_FAILED, "unknown field '%s' of '%s' (did you mean '%s'?)",
			key, act_kinds[kind].name, n.word);
	return error_set(ERR_FAILED, "unknown field '%s' of '%s'", key, act_kinds[kind].name);
}

static bool is_frame(enum act_kind kind, const char *key)
{
	return !strcmp(key, "act") || !strcmp(key, "opportunity") || !strcmp(key, "id") ||
	       (!strcmp(key, "zone") && act_field(kind, "next"));
}

/* The option --by of schedule and cancel is the field "side", "by" being who recorded it;
 * as "by" it is taken too, for nobody is called "us" or "them". */
static bool is_side(enum act_kind kind, const char *key, const json_t *value)
{
	const char *text = json_string_value(value);

	return text && !strcmp(key, "by") && act_field(kind, "side") &&
	       (!strcmp(text, "us") || !strcmp(text, "them"));
}

static int read_fields(const struct reading *r, const json_t *json)
{
	const char *key;
	json_t *value;
	int rc;

	json_object_foreach((json_t *)json, key, value)
	{
		const struct field *f = act_field(r->act->kind, key);

		if (is_side(r->act->kind, key, value))
			f = act_field(r->act->kind, "side");
		if (is_frame(r->act->kind, key))
			continue;
		if (!f)
			return unknown_field(r->act->kind, key);
		if ((rc = read_field(r, f, value)))
			return rc;
	}
	if (!r->act->at.set)
		return error_set(ERR_FAILED, "'at' is missing: when it happened");
	return 0;
}

/* The kind of act; -1 with an error recorded: none that is known. */
static int read_kind(const json_t *json)
{
	const char *text = json_string_value(json_object_get(json, "act"));
	const char *names[ACT_KINDS + 1] = {NULL};
	struct str hint = STR_INIT;
	int kind = text ? act_kind_find(text) : -1;

	if (kind >= 0)
		return kind;
	if (!text) {
		wrong_type("act", "missing: the kind of act");
		return -1;
	}
	for (int i = 0; i < ACT_KINDS; i++)
		names[i] = act_kinds[i].name;
	suggest_add(&hint, text, names);
	error_set(ERR_FAILED, "unknown act '%s'%s", text, hint.buf);
	str_release(&hint);
	return -1;
}

static int read_id(char **id, const json_t *value)
{
	int rc = value ? read_text(id, "id", value) : 0;

	if (!rc && *id && (!part_id_valid(*id) || strlen(*id) != ACT_ID_LEN))
		rc = error_set(ERR_FAILED, "not the id of an act: '%s'", *id);
	return rc;
}

static int read_zone(struct reading *r, const json_t *value)
{
	const char *name = NULL;
	int rc = value ? json_read_text(&name, "zone", value) : 0;

	if (rc || !name || !strcmp(name, zone_name(r->clock->zone)))
		return rc;
	r->zone =
		r->clock->find_zone ? r->clock->find_zone(r->clock->find_context, name) : NULL;
	if (!r->zone)
		return error_set(ERR_FAILED, "unknown zone '%s'", name);
	return 0;
}

int act_from_json(
	struct act **out, char **opportunity, const json_t *json, const struct clock *clock)
{
	struct reading r = {.clock = clock};
	const char *id = json_string_value(json_object_get(json, "opportunity"));
	int kind, rc;

	if (!json_is_object(json))
		return error_set(ERR_FAILED, "an act is a JSON object");
	kind = read_kind(json);
	if (kind < 0)
		return ERR_FAILED;
	if (!id)
		return wrong_type("opportunity", "missing: the id of the opportunity");
	if (!opportunity_id_valid(id))
		return error_set(ERR_FAILED, "not the id of an opportunity: '%s'", id);
	r.act = act_new((enum act_kind)kind);
	rc = read_id(&r.act->id, json_object_get(json, "id"));
	if (!rc)
		rc = read_zone(&r, json_object_get(json, "zone"));
	if (!rc)
		rc = read_fields(&r, json);
	if (rc) {
		act_free(r.act);
		return rc;
	}
	*out = r.act;
	*opportunity = xstrdup(id);
	return 0;
}
