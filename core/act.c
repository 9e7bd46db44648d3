#include "core/act.h"

#include "core/error.h"
#include "core/mem.h"
#include "core/opportunity.h"

#include <stdlib.h>
#include <string.h>

/* ---- words: index 0 is "absent" ---- */

static const char *const outcome_words[] = {NULL, "proceed", "repeat", "abandon", NULL};
static const char *const side_words[] = {NULL, "us", "them", NULL};
static const char *const temperature_words[] = {NULL, "cold", "cool", "warm", "hot", NULL};
static const char *const channel_words[] = {
	NULL, "visit", "phone", "video", "mail", "post", NULL};
static const char *const cause_words[] = {NULL, "timing", "process", "decision-maker",
	"consultative", "value", "qualifying", "closing", "withdrawn", "gone", NULL};
static const char *const change_words[] = {NULL, "add", "set", "left", "rm", NULL};

/* ---- the fields, alphabetized ---- */

#define FIELD(field_name, field_type, member)                                                  \
	{                                                                                      \
		.name = field_name, .type = field_type, .offset = offsetof(struct act, member) \
	}
#define WORD(field_name, member, table)                                                        \
	{                                                                                      \
		.name = field_name, .type = FIELD_WORD,                                        \
		.offset = offsetof(struct act, member), .words = table                         \
	}

static const struct field fields[] = {
	FIELD("activity", FIELD_TEXT, activity),
	FIELD("again", FIELD_WHEN, again),
	FIELD("at", FIELD_MOMENT, at),
	FIELD("attended", FIELD_LIST, attended),
	FIELD("because", FIELD_TEXT, because),
	FIELD("by", FIELD_TEXT, by),
	FIELD("care", FIELD_TEXT, care),
	WORD("cause", cause, cause_words),
	WORD("change", change, change_words),
	WORD("channel", channel, channel_words),
	FIELD("client", FIELD_TEXT, client),
	FIELD("commitment", FIELD_TEXT, commitment),
	FIELD("confirm", FIELD_WHEN, confirm),
	FIELD("contact", FIELD_TEXT, contact),
	FIELD("contacts", FIELD_LIST, contacts),
	FIELD("decided", FIELD_FLAG, decided),
	FIELD("discussed", FIELD_TEXT, discussed),
	FIELD("due", FIELD_WHEN, due),
	FIELD("edited", FIELD_MOMENT, edited),
	FIELD("expires", FIELD_DAY, expires),
	FIELD("external_id", FIELD_TEXT, external_id),
	FIELD("facts", FIELD_FACTS, facts),
	FIELD("for", FIELD_DURATION, duration),
	FIELD("from", FIELD_TEXT, from),
	FIELD("interval", FIELD_DURATION, interval),
	FIELD("lenient", FIELD_FLAG, lenient),
	FIELD("link", FIELD_TEXT, link),
	FIELD("minutes", FIELD_COUNT, minutes),
	FIELD("next", FIELD_WHEN, next),
	FIELD("no_next", FIELD_TEXT, no_next),
	FIELD("no_show", FIELD_FLAG, no_show),
	FIELD("note", FIELD_TEXT, note),
	FIELD("options", FIELD_LIST, options),
	FIELD("ours", FIELD_PROMISES, ours),
	WORD("outcome", outcome, outcome_words),
	FIELD("owner", FIELD_TEXT, owner),
	FIELD("place", FIELD_TEXT, place),
	FIELD("process", FIELD_TEXT, process),
	FIELD("recorded", FIELD_MOMENT, recorded),
	FIELD("replaces", FIELD_TEXT, replaces),
	FIELD("seq", FIELD_COUNT, seq),
	WORD("side", side, side_words),
	FIELD("source", FIELD_TEXT, source),
	FIELD("tags", FIELD_LIST, tags),
	FIELD("takes_back", FIELD_TEXT, takes_back),
	WORD("temperature", temperature, temperature_words),
	FIELD("theirs", FIELD_PROMISES, theirs),
	FIELD("title", FIELD_TEXT, title),
	FIELD("to", FIELD_TEXT, to),
	FIELD("unsure", FIELD_QUESTIONS, unsure),
	FIELD("value", FIELD_MONEY, value),
	FIELD("via", FIELD_TEXT, via),
	FIELD("wait", FIELD_DAY, wait),
	FIELD("what", FIELD_TEXT, what),
	FIELD("where", FIELD_TEXT, where),
	FIELD("with", FIELD_LIST, with),
};

/* ---- the kinds, in the order of enum act_kind ---- */

const char *const act_common_fields[] = {"at", "recorded", "seq", "by", "edited", "lenient",
	"minutes", "link", "replaces", NULL};

#define FIELDS(...)                                                                            \
	(const char *const[])                                                                  \
	{                                                                                      \
		__VA_ARGS__, NULL                                                              \
	}

const struct kind act_kinds[ACT_KINDS] = {
	[ACT_NEW] = {"new", IN_NONE,
		FIELDS("title", "client", "via", "process", "activity", "value", "source",
			"owner", "tags", "expires", "interval", "external_id", "contacts",
			"from", "note", "next", "for", "place", "with", "wait", "because")},
	[ACT_MEETING] = {"meeting", IN_OPEN,
		FIELDS("activity", "outcome", "to", "cause", "because", "next", "for", "place",
			"with", "confirm", "options", "wait", "no_next", "ours", "theirs",
			"where", "temperature", "discussed", "unsure", "note", "attended",
			"channel")},
	[ACT_HEARD] = {"heard", IN_ANY,
		FIELDS("from", "channel", "what", "where", "next", "for", "place", "with",
			"again", "wait", "no_next", "because", "ours", "theirs")},
	[ACT_NOTE] = {"note", IN_ANY, FIELDS("note", "decided")},
	[ACT_SCHEDULE] = {"schedule", IN_OPEN,
		FIELDS("next", "for", "place", "with", "activity", "side", "because")},
	[ACT_CANCEL] = {"cancel", IN_OPEN,
		FIELDS("side", "no_show", "because", "next", "for", "place", "with", "again",
			"wait", "no_next")},
	[ACT_COMMITMENT] = {"commitment", IN_ANY, FIELDS("commitment", "to", "due", "because")},
	[ACT_WAIT] = {"wait", IN_OPEN, FIELDS("wait", "because")},
	[ACT_SET] = {"set", IN_ANY, FIELDS("facts", "because")},
	[ACT_CONTACT] = {"contact", IN_ANY, FIELDS("change", "contact", "facts", "to")},
	[ACT_WIN] = {"win", IN_OPEN, FIELDS("value", "because", "care")},
	[ACT_ABANDON] = {"abandon", IN_OPEN, FIELDS("cause", "because")},
	[ACT_REOPEN] = {"reopen", IN_CLOSED,
		FIELDS("because", "next", "for", "place", "with", "again", "wait", "no_next")},
	[ACT_UNDO] = {"undo", IN_ANY | IN_NONE, FIELDS("takes_back")},
};

static int compare_field(const void *name, const void *field)
{
	return strcmp(name, ((const struct field *)field)->name);
}

const struct field *field_find(const char *name)
{
	return bsearch(name, fields, ARRAY_SIZE(fields), sizeof(*fields), compare_field);
}

/* One bit a field: which of them a kind has. */
static uint64_t field_set(const char *const *names)
{
	uint64_t set = 0;

	for (; *names; names++)
		set |= UINT64_C(1) << (field_find(*names) - fields);
	return set;
}

/* The same for every kind, made once: reading a file asks for each line of it. */
static uint64_t kind_fields(enum act_kind kind)
{
	static uint64_t sets[ACT_KINDS];

	_Static_assert(ARRAY_SIZE(fields) <= 64, "a set of fields is one word");
	if (!sets[kind])
		sets[kind] = field_set(act_common_fields) | field_set(act_kinds[kind].fields);
	return sets[kind];
}

const struct field *act_field(enum act_kind kind, const char *name)
{
	const struct field *f = field_find(name);

	return f && kind_fields(kind) & UINT64_C(1) << (f - fields) ? f : NULL;
}

int act_kind_find(const char *name)
{
	for (int i = 0; i < ACT_KINDS; i++)
		if (!strcmp(act_kinds[i].name, name))
			return i;
	return -1;
}

int word_find(const char *const *words, const char *text)
{
	for (int i = 1; words[i]; i++)
		if (!strcmp(words[i], text))
			return i;
	return 0;
}

const char *outcome_word(enum outcome o)
{
	return outcome_words[o];
}

const char *temperature_word(enum temperature t)
{
	return temperature_words[t];
}

const char *cause_word(enum cause c)
{
	return cause_words[c];
}

const char *channel_word(enum channel c)
{
	return channel_words[c];
}

const char *side_word(enum side s)
{
	return side_words[s];
}

/* ---- promises, questions, facts ---- */

void promises_add(struct promises *p, const char *id, const char *who, const char *what,
	const struct when *due)
{
	GROW(p->items, p->n, p->cap);
	p->items[p->n++] = (struct promise){.id = xstrdup_or_null(id),
		.who = xstrdup_or_null(who),
		.what = xstrdup(what),
		.due = due ? *due : (struct when){0}};
}

void promises_release(struct promises *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->items[i].id);
		free(p->items[i].who);
		free(p->items[i].what);
	}
	free(p->items);
	*p = (struct promises){0};
}

void questions_add(struct questions *q, const char *id, const char *text)
{
	GROW(q->items, q->n, q->cap);
	q->items[q->n++] = (struct question){.id = xstrdup_or_null(id), .text = xstrdup(text)};
}

void questions_release(struct questions *q)
{
	for (size_t i = 0; i < q->n; i++) {
		free(q->items[i].id);
		free(q->items[i].text);
	}
	free(q->items);
	*q = (struct questions){0};
}

void facts_set(struct fact_list *f, const char *key, const char *value)
{
	for (size_t i = 0; i < f->n; i++)
		if (!strcmp(f->items[i].key, key)) {
			replace_string(&f->items[i].value, value);
			return;
		}
	GROW(f->items, f->n, f->cap);
	f->items[f->n++] = (struct fact){.key = xstrdup(key), .value = xstrdup(value)};
}

const char *facts_get(const struct fact_list *f, const char *key)
{
	for (size_t i = 0; i < f->n; i++)
		if (!strcmp(f->items[i].key, key))
			return f->items[i].value;
	return NULL;
}

void facts_release(struct fact_list *f)
{
	for (size_t i = 0; i < f->n; i++) {
		free(f->items[i].key);
		free(f->items[i].value);
	}
	free(f->items);
	*f = (struct fact_list){0};
}

/* ---- one field ---- */

void *field_slot(struct act *a, const struct field *f)
{
	return (char *)a + f->offset;
}

const void *field_slot_const(const struct act *a, const struct field *f)
{
	return (const char *)a + f->offset;
}

bool field_is_set(const struct act *a, const struct field *f)
{
	const void *slot = field_slot_const(a, f);

	switch (f->type) {
	case FIELD_TEXT:
		return *(char *const *)slot != NULL;
	case FIELD_WORD:
	case FIELD_COUNT:
		return *(const int *)slot != 0;
	case FIELD_FLAG:
		return *(const bool *)slot;
	case FIELD_MOMENT:
		return ((const struct moment *)slot)->set;
	case FIELD_WHEN:
	case FIELD_DAY:
		return ((const struct when *)slot)->set;
	case FIELD_DURATION:
		return ((const struct duration *)slot)->count != 0;
	case FIELD_MONEY:
		return ((const struct money *)slot)->currency[0] != '\0';
	case FIELD_LIST:
		return ((const struct list *)slot)->n != 0;
	case FIELD_PROMISES:
		return ((const struct promises *)slot)->n != 0 ||
		       ((const struct promises *)slot)->none;
	case FIELD_QUESTIONS:
		return ((const struct questions *)slot)->n != 0;
	case FIELD_FACTS:
		return ((const struct fact_list *)slot)->n != 0;
	}
	return false;
}

void field_clear(struct act *a, const struct field *f)
{
	void *slot = field_slot(a, f);

	switch (f->type) {
	case FIELD_TEXT:
		replace_string(slot, NULL);
		break;
	case FIELD_WORD:
	case FIELD_COUNT:
		*(int *)slot = 0;
		break;
	case FIELD_FLAG:
		*(bool *)slot = false;
		break;
	case FIELD_MOMENT:
		*(struct moment *)slot = (struct moment){0};
		break;
	case FIELD_WHEN:
	case FIELD_DAY:
		*(struct when *)slot = (struct when){0};
		break;
	case FIELD_DURATION:
		*(struct duration *)slot = (struct duration){0};
		break;
	case FIELD_MONEY:
		*(struct money *)slot = (struct money){0};
		break;
	case FIELD_LIST:
		list_release(slot);
		break;
	case FIELD_PROMISES:
		promises_release(slot);
		break;
	case FIELD_QUESTIONS:
		questions_release(slot);
		break;
	case FIELD_FACTS:
		facts_release(slot);
		break;
	}
}

static void copy_promises(struct promises *to, const struct promises *from)
{
	for (size_t i = 0; i < from->n; i++) {
		const struct promise *p = &from->items[i];

		promises_add(to, p->id, p->who, p->what, &p->due);
	}
	to->none = from->none;
}

static void copy_field(struct act *to, const struct act *from, const struct field *f)
{
	void *slot = field_slot(to, f);
	const void *value = field_slot_const(from, f);

	switch (f->type) {
	case FIELD_TEXT:
		replace_string(slot, *(char *const *)value);
		break;
	case FIELD_WORD:
	case FIELD_COUNT:
		*(int *)slot = *(const int *)value;
		break;
	case FIELD_FLAG:
		*(bool *)slot = *(const bool *)value;
		break;
	case FIELD_MOMENT:
		*(struct moment *)slot = *(const struct moment *)value;
		break;
	case FIELD_WHEN:
	case FIELD_DAY:
		*(struct when *)slot = *(const struct when *)value;
		break;
	case FIELD_DURATION:
		*(struct duration *)slot = *(const struct duration *)value;
		break;
	case FIELD_MONEY:
		*(struct money *)slot = *(const struct money *)value;
		break;
	case FIELD_LIST:
		list_copy(slot, value);
		break;
	case FIELD_PROMISES:
		copy_promises(slot, value);
		break;
	case FIELD_QUESTIONS:
		for (size_t i = 0; i < ((const struct questions *)value)->n; i++) {
			const struct question *q = &((const struct questions *)value)->items[i];

			questions_add(slot, q->id, q->text);
		}
		break;
	case FIELD_FACTS:
		for (size_t i = 0; i < ((const struct fact_list *)value)->n; i++) {
			const struct fact *fact = &((const struct fact_list *)value)->items[i];

			facts_set(slot, fact->key, fact->value);
		}
		break;
	}
}

static bool promises_equal(const struct promises *a, const struct promises *b)
{
	if (a->n != b->n || a->none != b->none)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		const struct promise *x = &a->items[i], *y = &b->items[i];

		if (!same_string(x->id, y->id) || !same_string(x->who, y->who) ||
			!same_string(x->what, y->what) || !when_equal(&x->due, &y->due))
			return false;
	}
	return true;
}

static bool questions_equal(const struct questions *a, const struct questions *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!same_string(a->items[i].id, b->items[i].id) ||
			!same_string(a->items[i].text, b->items[i].text))
			return false;
	return true;
}

static bool facts_equal(const struct fact_list *a, const struct fact_list *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->items[i].key, b->items[i].key) ||
			strcmp(a->items[i].value, b->items[i].value))
			return false;
	return true;
}

bool field_equal(const struct act *a, const struct act *b, const struct field *f)
{
	const void *x = field_slot_const(a, f), *y = field_slot_const(b, f);
	const struct moment *m = x, *n = y;
	const struct duration *d = x, *e = y;
	const struct money *p = x, *q = y;

	switch (f->type) {
	case FIELD_TEXT:
		return same_string(*(char *const *)x, *(char *const *)y);
	case FIELD_WORD:
	case FIELD_COUNT:
		return *(const int *)x == *(const int *)y;
	case FIELD_FLAG:
		return *(const bool *)x == *(const bool *)y;
	case FIELD_MOMENT:
		return m->set == n->set && m->utc == n->utc && m->offset == n->offset;
	case FIELD_WHEN:
	case FIELD_DAY:
		return when_equal(x, y);
	case FIELD_DURATION:
		return d->count == e->count && d->unit == e->unit;
	case FIELD_MONEY:
		return p->cents == q->cents && !strcmp(p->currency, q->currency);
	case FIELD_LIST:
		return list_equal(x, y);
	case FIELD_PROMISES:
		return promises_equal(x, y);
	case FIELD_QUESTIONS:
		return questions_equal(x, y);
	case FIELD_FACTS:
		return facts_equal(x, y);
	}
	return false;
}

/* ---- whole acts ---- */

struct act *act_new(enum act_kind kind)
{
	struct act *a = xcalloc(1, sizeof(*a));

	a->kind = kind;
	return a;
}

struct act *act_copy(const struct act *a)
{
	struct act *copy = act_new(a->kind);

	copy->id = xstrdup_or_null(a->id);
	copy->line = a->line;
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		copy_field(copy, a, &fields[i]);
	return copy;
}

void act_free(struct act *a)
{
	if (!a)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		field_clear(a, &fields[i]);
	free(a->id);
	free(a);
}

bool act_equal(const struct act *a, const struct act *b)
{
	if (a->kind != b->kind || !same_string(a->id, b->id))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		if (!field_equal(a, b, &fields[i]))
			return false;
	return true;
}

int act_compare(const struct act *a, const struct act *b)
{
	if ((a->kind == ACT_NEW) != (b->kind == ACT_NEW))
		return a->kind == ACT_NEW ? -1 : 1;
	if (a->at.utc != b->at.utc)
		return a->at.utc < b->at.utc ? -1 : 1;
	if (a->seq != b->seq)
		return a->seq < b->seq ? -1 : 1;
	return a->id && b->id ? strcmp(a->id, b->id) : 0;
}
