/* The values of acts' fields: set, cleared, copied and compared by their type. */
#include "core/act.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

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

void field_copy(struct act *to, const struct act *from, const struct field *f)
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
