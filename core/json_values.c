#include "core/json_values.h"

#include "core/civil.h"
#include "core/error.h"
#include "core/suggest.h"
#include "core/utf8.h"

#include <string.h>

/* ---- to JSON ---- */

json_t *json_of_text(const char *text)
{
	struct str repaired = STR_INIT;
	json_t *value;

	if (!text)
		return json_null();
	value = json_string(text);
	if (value)
		return value;
	utf8_add_repaired(&repaired, text);
	value = json_string(repaired.buf);
	str_release(&repaired);
	return value;
}

static json_t *json_take_str(struct str *text)
{
	json_t *value = json_of_text(text->buf);

	str_release(text);
	return value;
}

json_t *json_of_moment(const struct moment *m)
{
	struct str text = STR_INIT;

	if (!m->set)
		return json_null();
	moment_add(&text, m);
	return json_take_str(&text);
}

json_t *json_of_when(const struct when *w, const struct clock *clock)
{
	struct str text = STR_INIT;

	if (!w->set)
		return json_null();
	when_add_json(&text, w, clock);
	return json_take_str(&text);
}

json_t *json_of_duration(const struct duration *d)
{
	struct str text = STR_INIT;

	if (!d->unit)
		return json_null();
	duration_add(&text, d);
	return json_take_str(&text);
}

json_t *json_of_money(const struct money *m)
{
	struct str amount = STR_INIT;
	json_t *value;

	if (!m->currency[0])
		return json_null();
	money_add_amount(&amount, m);
	value = json_pack("{s:s, s:s}", "amount", amount.buf, "currency", m->currency);
	str_release(&amount);
	return value;
}

json_t *json_of_list(const struct list *l)
{
	json_t *array = json_array();

	for (size_t i = 0; i < l->n; i++)
		json_array_append_new(array, json_of_text(l->items[i]));
	return array;
}

json_t *json_of_contact(const struct contact *c)
{
	json_t *value;

	if (!c)
		return json_null();
	value = json_object();
	json_object_set_new(value, "name", json_of_text(c->name));
	json_object_set_new(value, "role", json_of_text(c->role));
	json_object_set_new(value, "phone", json_of_text(c->phone));
	json_object_set_new(value, "email", json_of_text(c->mail));
	json_object_set_new(value, "decision_maker", json_boolean(c->decision_maker));
	json_object_set_new(value, "left", json_boolean(c->left));
	json_object_set_new(value, "left_to", json_of_text(c->left_to));
	return value;
}

/* ---- from JSON ---- */

static int wrong_type(const char *name, const char *wanted)
{
	return error_set(ERR_FAILED, "'%s' is %s", name, wanted);
}

/* Puts the name of the value before what was recorded about its text. */
static int unreadable(const char *name)
{
	error_prefix("'%s'", name);
	return ERR_FAILED;
}

int json_read_text(const char **out, const char *name, const json_t *value)
{
	*out = NULL;
	if (json_is_null(value))
		return 0;
	if (!json_is_string(value))
		return wrong_type(name, "a string or null");
	if (strlen(json_string_value(value)) != json_string_length(value))
		return wrong_type(name, "a string without NUL bytes");
	if (json_string_length(value))
		*out = json_string_value(value);
	return 0;
}

int json_read_moment(struct moment *out, const char *name, const json_t *value)
{
	const char *text;
	int rc = json_read_text(&text, name, value);

	*out = (struct moment){0};
	if (rc || !text)
		return rc;
	return moment_parse_rfc3339(out, text) ? unreadable(name) : 0;
}

static struct when when_in_zone(const struct moment *m, const struct zone *zone)
{
	int32_t day, second;
	struct when w;

	civil_split(m->utc + zone_offset_at(zone, m->utc), &day, &second);
	w = when_from_day(day);
	w.second = second;
	return w;
}

/* "2026-11-24T15:00:00+01:00", which is no stored form: an attempt to read it as one would
 * cost a message for each. */
static bool has_offset(const char *text)
{
	size_t len = strlen(text);

	return len > 19 && text[10] == 'T' &&
	       (text[len - 1] == 'Z' || (text[len - 6] && strchr("+-", text[len - 6])));
}

int json_read_when(struct when *out, const char *name, const json_t *value,
	const struct zone *zone, const struct clock *clock)
{
	const char *text;
	struct moment instant = {0};
	int rc = json_read_text(&text, name, value);

	*out = (struct when){0};
	if (rc || !text)
		return rc;
	if (has_offset(text) || when_parse_stored(out, text)) {
		if (moment_parse_rfc3339(&instant, text))
			return unreadable(name);
		error_clear(); /* it is no stored form: it is the other one */
		*out = when_in_zone(&instant, zone ? zone : clock->zone);
	}
	if (zone && out->second != WHEN_DAY_ALONE)
		memccpy(out->zone, zone_name(zone), '\0', sizeof(out->zone));
	return 0;
}

int json_read_duration(struct duration *out, const char *name, const json_t *value)
{
	const char *text;
	int rc = json_read_text(&text, name, value);

	*out = (struct duration){0};
	if (rc || !text)
		return rc;
	return duration_parse(out, text) ? unreadable(name) : 0;
}

int json_known_keys(const char *name, const json_t *object, const char *const *known)
{
	const char *key;
	json_t *ignored;
	struct str hint = STR_INIT;
	int rc;

	json_object_foreach((json_t *)object, key, ignored)
	{
		size_t i = 0;

		while (known[i] && strcmp(known[i], key))
			i++;
		if (known[i])
			continue;
		suggest_add(&hint, key, known);
		rc = error_set(ERR_FAILED, "unknown field '%s' in '%s'%s", key, name, hint.buf);
		str_release(&hint);
		return rc;
	}
	return 0;
}

int json_read_money(struct money *out, const char *name, const json_t *value)
{
	static const char *const keys[] = {"amount", "currency", NULL};
	const char *amount, *currency;
	int rc;

	*out = (struct money){0};
	if (json_is_null(value))
		return 0;
	if (!json_is_object(value))
		return wrong_type(name, "an object with 'amount' and 'currency', or null");
	if ((rc = json_known_keys(name, value, keys)))
		return rc;
	amount = json_string_value(json_object_get(value, "amount"));
	currency = json_string_value(json_object_get(value, "currency"));
	if (!amount || !currency)
		return wrong_type(name, "an object with the strings 'amount' and 'currency'");
	if (amount[strspn(amount, "0123456789.")])
		return error_set(ERR_FAILED, "'%s': not an amount: '%s'", name, amount);
	if (!currency_known(currency))
		return error_set(ERR_FAILED, "'%s': unknown currency '%s'", name, currency);
	return money_parse(out, amount, currency) ? unreadable(name) : 0;
}

int json_read_list(struct list *out, const char *name, const json_t *value)
{
	const char *text;
	size_t i;
	json_t *item;
	int rc;

	if (json_is_null(value))
		return 0;
	if (!json_is_array(value))
		return wrong_type(name, "an array of strings, or null");
	json_array_foreach((json_t *)value, i, item)
	{
		if ((rc = json_read_text(&text, name, item)))
			return rc;
		if (!text)
			return wrong_type(name, "an array of strings that are not empty");
		list_add(out, text);
	}
	return 0;
}

static int set_contact_part(
	struct contact *c, const char *key, const char *name, const json_t *value)
{
	const char *text;
	int rc;

	if (!value)
		return 0;
	rc = json_read_text(&text, name, value);
	if (rc || !text)
		return rc;
	return contact_set(c, key, text) ? unreadable(name) : 0;
}

static int read_contact_flag(bool *out, const char *name, const json_t *value)
{
	if (value && !json_is_boolean(value))
		return wrong_type(name, "true or false");
	*out = json_is_true(value);
	return 0;
}

/* A successor is a name, with the same letters as the contact's own. */
static int read_successor(struct contact *c, const char *name, const json_t *value)
{
	struct contact follower = {0};
	int rc = set_contact_part(&follower, "name", name, value);

	c->left_to = follower.name;
	c->left |= follower.name != NULL;
	return rc;
}

static int read_contact_object(struct contact *c, const char *name, const json_t *value)
{
	static const char *const keys[] = {
		"name", "role", "phone", "email", "decision_maker", "left", "left_to", NULL};
	int rc;

	if ((rc = json_known_keys(name, value, keys)))
		return rc;
	for (size_t i = 0; i < 4; i++)
		if ((rc = set_contact_part(
			     c, keys[i], keys[i], json_object_get(value, keys[i]))))
			return rc;
	if (!c->name)
		return error_set(ERR_FAILED, "'%s': a contact needs a name", name);
	if ((rc = read_contact_flag(&c->decision_maker, "decision_maker",
		     json_object_get(value, "decision_maker"))))
		return rc;
	if ((rc = read_contact_flag(&c->left, "left", json_object_get(value, "left"))))
		return rc;
	return read_successor(c, "left_to", json_object_get(value, "left_to"));
}

int json_read_contact(struct contact *out, const char *name, const json_t *value)
{
	const char *text;
	int rc;

	*out = (struct contact){0};
	if (json_is_object(value)) {
		rc = read_contact_object(out, name, value);
		if (rc)
			contact_release(out);
		return rc;
	}
	rc = json_read_text(&text, name, value);
	if (rc)
		return rc;
	return contact_parse(out, text ? text : "") ? unreadable(name) : 0;
}
