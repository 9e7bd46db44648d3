/*
 * The fields of acts as text: as people type them (field_set_typed) and as files
 * keep them (field_store, act_load_pair). Both go by the field's type.
 */
#include "core/act.h"

#include "core/act_parts.h"
#include "core/contact.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/suggest.h"
#include "core/utf8.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define YES "yes"
#define FACT_PREFIX "set-" /* stored: "set-title = …", never a key of the act's own */

/* In files a list repeats its key, which then reads better in the singular. */
static const struct {
	const char *key, *field;
} singulars[] = {{"contact", "contacts"}, {"option", "options"}, {"tag", "tags"}};

static const char *stored_key(const struct field *f)
{
	for (size_t i = 0; f->type == FIELD_LIST && i < ARRAY_SIZE(singulars); i++)
		if (!strcmp(singulars[i].field, f->name))
			return singulars[i].key;
	return f->name;
}

/* ---- values that are read the same way typed and stored ---- */

static int read_word(int *slot, const struct field *f, const char *text)
{
	struct str hint = STR_INIT;
	int rc;

	*slot = word_find(f->words, text);
	if (*slot)
		return 0;
	suggest_add(&hint, text, f->words + 1);
	rc = error_set(
		ERR_USAGE, "unknown %s '%s'%s", f->noun ? f->noun : f->name, text, hint.buf);
	if (f->words_lacked && strstr(text, f->words_lacked))
		error_hint("%s", f->words_lack);
	str_release(&hint);
	return rc;
}

static int read_count(int *slot, const struct field *f, const char *text)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || n > INT_MAX)
		return error_set(ERR_USAGE, "'%s' is a number, not '%s'", f->name, text);
	*slot = (int)n;
	return 0;
}

static int read_flag(bool *slot, const struct field *f, const char *text)
{
	if (strcmp(text, YES) && strcmp(text, "no"))
		return error_set(ERR_USAGE, "'%s' is 'yes' or 'no', not '%s'", f->name, text);
	*slot = !strcmp(text, YES);
	return 0;
}

static int need_day_alone(const struct when *w, const char *text)
{
	if (w->set && w->second != WHEN_DAY_ALONE)
		return error_set(ERR_USAGE, "a day without a time is needed: '%s'", text);
	return 0;
}

/* Adds a contact in the one stored form. */
static int add_contact(struct str *out, const char *text)
{
	struct contact c = {0};
	int rc = contact_parse(&c, text);

	if (!rc)
		contact_add_stored(out, &c);
	contact_release(&c);
	return rc;
}

static int list_add_contact(struct list *l, const char *text)
{
	struct str stored = STR_INIT;
	int rc = add_contact(&stored, text);

	if (!rc)
		list_add(l, stored.buf);
	str_release(&stored);
	return rc;
}

/* ---- as typed ---- */

static void add_parts(struct list *l, const char *text, const char *separator)
{
	char *copy = xstrdup(text), *rest = copy;

	while (rest) {
		char *part = trim(strsep(&rest, separator));

		if (*part && (*separator || !list_has(l, part)))
			list_add(l, part);
	}
	if (*separator)
		list_drop_repeats(l);
	free(copy);
}

static int add_list_typed(struct list *l, const struct field *f, const char *text)
{
	if (!strcmp(f->name, "contacts"))
		return list_add_contact(l, text);
	if (!strcmp(f->name, "options"))
		add_parts(l, text, ";");
	else if (!strcmp(f->name, "tags"))
		tags_read(l, text);
	else
		add_parts(l, text, "");
	return 0;
}

/* A contact that is added is typed in full; the others by name. */
static int set_text_typed(struct act *a, const struct field *f, const char *text)
{
	struct str stored = STR_INIT;
	bool blank = !text[strspn(text, " \t\r\n")];
	int rc = 0;

	if (a->kind == ACT_CONTACT && a->change == CONTACT_ADD && !strcmp(f->name, "contact"))
		rc = add_contact(&stored, text);
	else
		str_add(&stored, text);
	if (!rc)
		replace_string(field_slot(a, f), blank ? NULL : stored.buf);
	str_release(&stored);
	return rc;
}

static int add_fact_typed(struct act *a, const char *text, const struct typed *ctx)
{
	const char *equals = strchr(text, '=');
	struct str value = STR_INIT;
	char *key;
	int rc;

	if (!equals || equals == text)
		return error_set(ERR_USAGE, "a fact is '<key>=<value>', not '%s'", text);
	key = trim(xstrndup(text, (size_t)(equals - text)));
	for (char *c = key; *c; c++)
		if (*c == '-')
			*c = '_';
	rc = fact_read(&value, a->kind, key, equals + 1, ctx);
	if (!rc)
		facts_set(&a->facts, key, value.buf);
	str_release(&value);
	free(key);
	return rc;
}

static int set_typed(
	struct act *a, const struct field *f, const char *text, const struct typed *ctx)
{
	void *slot = field_slot(a, f);
	int rc;

	switch (f->type) {
	case FIELD_TEXT:
		return set_text_typed(a, f, text);
	case FIELD_WORD:
		return read_word(slot, f, text);
	case FIELD_FLAG:
		return read_flag(slot, f, text);
	case FIELD_COUNT:
		return read_count(slot, f, text);
	case FIELD_MOMENT:
		return moment_parse(slot, text, ctx->clock);
	case FIELD_WHEN:
		return when_read_typed(slot, text, ctx, !strcmp(f->name, "next"));
	case FIELD_DAY:
		rc = when_read_typed(slot, text, ctx, false);
		return rc ? rc : need_day_alone(slot, text);
	case FIELD_DURATION:
		return duration_parse(slot, text);
	case FIELD_MONEY:
		return money_parse(slot, text, ctx->currency);
	case FIELD_LIST:
		return add_list_typed(slot, f, text);
	case FIELD_PROMISES:
		return promises_add_typed(slot, text, ctx);
	case FIELD_QUESTIONS:
		if (text[strspn(text, " \t\r\n")])
			questions_add(slot, NULL, text);
		return 0;
	case FIELD_FACTS:
		return add_fact_typed(a, text, ctx);
	}
	return 0;
}

static bool is_repeatable(const struct field *f)
{
	return f->type == FIELD_LIST || f->type == FIELD_PROMISES ||
	       f->type == FIELD_QUESTIONS || f->type == FIELD_FACTS;
}

int field_set_typed(
	struct act *a, const struct field *f, const char *text, const struct typed *ctx)
{
	int rc;

	if (!text)
		text = YES;
	if (!utf8_valid(text, strlen(text)))
		return error_set(ERR_USAGE, "'%s' is not valid UTF-8: '%s'", f->name, text);
	if (is_repeatable(f))
		return set_typed(a, f, text, ctx);
	field_clear(a, f);
	rc = set_typed(a, f, text, ctx);
	if (!rc && !strcmp(f->name, "channel"))
		rc = act_judge_channel(a->kind, a->channel);
	if (rc)
		field_clear(a, f);
	return rc;
}

/* ---- as stored: writing ---- */

static void store_promises(
	const struct promises *p, const char *name, pair_sink sink, void *context)
{
	if (p->none && !p->n)
		sink(context, name, "none");
	for (size_t i = 0; i < p->n; i++) {
		struct str text = STR_INIT;
		char *key =
			p->items[i].id ? xstrfmt("%s-%s", name, p->items[i].id) : xstrdup(name);

		promise_add_stored(&text, &p->items[i]);
		sink(context, key, text.buf);
		str_release(&text);
		free(key);
	}
}

static void store_questions(
	const struct questions *q, const char *name, pair_sink sink, void *context)
{
	for (size_t i = 0; i < q->n; i++) {
		char *key =
			q->items[i].id ? xstrfmt("%s-%s", name, q->items[i].id) : xstrdup(name);

		sink(context, key, q->items[i].text);
		free(key);
	}
}

static void store_facts(const struct fact_list *facts, pair_sink sink, void *context)
{
	for (size_t i = 0; i < facts->n; i++) {
		char *key = xstrfmt(FACT_PREFIX "%s", facts->items[i].key);

		sink(context, key, facts->items[i].value);
		free(key);
	}
}

/* Fields of one value. */
static void add_stored(struct str *out, const struct field *f, const void *slot)
{
	switch (f->type) {
	case FIELD_TEXT:
		str_add(out, *(char *const *)slot);
		break;
	case FIELD_WORD:
		str_add(out, f->words[*(const int *)slot]);
		break;
	case FIELD_FLAG:
		str_add(out, YES);
		break;
	case FIELD_COUNT:
		str_addf(out, "%d", *(const int *)slot);
		break;
	case FIELD_MOMENT:
		moment_add(out, slot);
		break;
	case FIELD_WHEN:
	case FIELD_DAY:
		when_add_stored(out, slot);
		break;
	case FIELD_DURATION:
		duration_add(out, slot);
		break;
	case FIELD_MONEY:
		money_add(out, slot);
		break;
	case FIELD_LIST:
	case FIELD_PROMISES:
	case FIELD_QUESTIONS:
	case FIELD_FACTS:
		break;
	}
}

void field_store(const struct act *a, const struct field *f, pair_sink sink, void *context)
{
	const void *slot = field_slot_const(a, f);
	const struct list *l = slot;
	struct str text = STR_INIT;

	if (!field_is_set(a, f))
		return;
	if (f->type == FIELD_LIST) {
		for (size_t i = 0; i < l->n; i++)
			sink(context, stored_key(f), l->items[i]);
	} else if (f->type == FIELD_PROMISES) {
		store_promises(slot, f->name, sink, context);
	} else if (f->type == FIELD_QUESTIONS) {
		store_questions(slot, f->name, sink, context);
	} else if (f->type == FIELD_FACTS) {
		store_facts(slot, sink, context);
	} else {
		add_stored(&text, f, slot);
		sink(context, f->name, text.buf);
		str_release(&text);
	}
}

/* ---- as stored: reading ---- */

static int load_promise(struct promises *p, const char *id, const char *value)
{
	struct promise one = {0};
	int rc;

	if (!id && !strcmp(value, "none") && !p->n && !p->none) {
		p->none = true;
		return 0;
	}
	if (p->none)
		return error_set(ERR_USAGE, "'none' stands beside '%s'", value);
	rc = promise_parse_stored(&one, value);
	if (rc)
		return rc;
	promises_add(p, id, one.who, one.what, &one.due);
	free(one.who);
	free(one.what);
	return 0;
}

static int load_fact(struct act *a, const char *key, const char *value)
{
	struct str stored = STR_INIT;
	int rc;

	if (facts_get(&a->facts, key))
		return error_set(ERR_USAGE, "stands twice, the second time as '%s'", value);
	rc = fact_read(&stored, a->kind, key, value, NULL);
	if (!rc)
		facts_set(&a->facts, key, stored.buf);
	str_release(&stored);
	return rc;
}

static int load_list_item(struct list *l, const struct field *f, const char *value)
{
	if (!strcmp(f->name, "contacts"))
		return list_add_contact(l, value);
	list_add(l, value);
	return 0;
}

/* `part` is what stands behind the field's name and '-' in the key, or NULL. */
static int load_value(struct act *a, const struct field *f, const char *part, const char *value)
{
	void *slot = field_slot(a, f);
	int rc;

	if (!is_repeatable(f) && field_is_set(a, f))
		return error_set(ERR_USAGE, "stands twice, the second time as '%s'", value);
	switch (f->type) {
	case FIELD_TEXT:
		replace_string(slot, *value ? value : NULL);
		return 0;
	case FIELD_WORD:
		return read_word(slot, f, value);
	case FIELD_FLAG:
		return read_flag(slot, f, value);
	case FIELD_COUNT:
		return read_count(slot, f, value);
	case FIELD_MOMENT:
		return moment_parse_rfc3339(slot, value);
	case FIELD_WHEN:
		return when_parse_stored(slot, value);
	case FIELD_DAY:
		rc = when_parse_stored(slot, value);
		return rc ? rc : need_day_alone(slot, value);
	case FIELD_DURATION:
		return duration_parse(slot, value);
	case FIELD_MONEY:
		return money_parse(slot, value, NULL);
	case FIELD_LIST:
		return load_list_item(slot, f, value);
	case FIELD_PROMISES:
		return load_promise(slot, part, value);
	case FIELD_QUESTIONS:
		questions_add(slot, part, value);
		return 0;
	case FIELD_FACTS:
		return load_fact(a, part, value);
	}
	return 0;
}

/* The field of a key that carries an id, or of a fact; *part points into the key. */
static const struct field *field_of_part(enum act_kind kind, const char *key, const char **part)
{
	const char *dash = strchr(key, '-');
	const struct field *f;
	char *name;

	if (!dash)
		return NULL;
	*part = dash + 1;
	if (starts_with(key, FACT_PREFIX))
		return act_field(kind, "facts");
	name = xstrndup(key, (size_t)(dash - key));
	f = act_field(kind, name);
	free(name);
	if (!f || (f->type != FIELD_PROMISES && f->type != FIELD_QUESTIONS))
		return NULL;
	return part_id_valid(*part) ? f : NULL;
}

static const struct field *field_of_key(enum act_kind kind, const char *key, const char **part)
{
	const struct field *f;

	*part = NULL;
	for (size_t i = 0; i < ARRAY_SIZE(singulars); i++) {
		f = act_field(kind, singulars[i].field);
		if (f && !strcmp(singulars[i].key, key))
			return f;
	}
	f = act_field(kind, key);
	if (f && f->type != FIELD_FACTS && !strcmp(stored_key(f), key))
		return f;
	return field_of_part(kind, key, part);
}

static int unknown_key(enum act_kind kind, const char *key)
{
	const char *const *tables[] = {act_common_fields, act_kinds[kind].fields};
	struct nearest n;

	nearest_start(&n, key);
	for (size_t t = 0; t < ARRAY_SIZE(tables); t++)
		for (const char *const *name = tables[t]; *name; name++)
			nearest_offer(&n, stored_key(field_find(*name)));
	if (n.word)
		return error_set(ERR_FAILED, "unknown key '%s' of '%s' (did you mean '%s'?)",
			key, act_kinds[kind].name, n.word);
	return error_set(ERR_FAILED, "unknown key '%s' of '%s'", key, act_kinds[kind].name);
}

int act_load_pair(struct act *a, const char *key, const char *value)
{
	const char *part;
	const struct field *f = field_of_key(a->kind, key, &part);

	if (!f)
		return unknown_key(a->kind, key);
	if (!load_value(a, f, part, value))
		return 0;
	error_prefix("'%s'", key);
	return ERR_FAILED;
}
