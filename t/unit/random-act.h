/* Acts made at random, with every field of their kind now and then: for the round
 * trips through files and through JSON. */
#ifndef FU_TEST_RANDOM_ACT_H
#define FU_TEST_RANDOM_ACT_H

#include "time-helper.h"

#include "core/act.h"
#include "core/act_parts.h"
#include "core/contact.h"
#include "core/mem.h"

#include <stdlib.h>

static inline size_t pick(uint64_t *seed, size_t n)
{
	return (size_t)test_between(seed, 0, (int64_t)n - 1);
}

/* Pieces that look like what stands around them in the stored forms. */
static inline char *random_text(uint64_t *seed)
{
	static const char *const pieces[] = {"Jane", ": ", " by ", "none", "-", "2026-11-26",
		"2026-11-26 12:00", "\n", ";", "é", ":", "=", " ", "\x1b[31m", "the board", ",",
		"<a@b.example>", "\xf0\x9f\x98\x80", "\xe2\x80\xae", "by"};
	struct str text = STR_INIT;

	for (size_t n = 1 + pick(seed, 6); n; n--)
		str_add(&text, pieces[pick(seed, ARRAY_SIZE(pieces))]);
	return str_detach(&text);
}

/* In Madrid neither in the hour that is not there nor in the one that is there twice. */
static inline struct when random_when(uint64_t *seed, bool day_alone)
{
	struct when w = when_from_day((int32_t)test_between(seed, 20000, 23000));

	if (!day_alone)
		w.second = (int32_t)test_between(seed, 6 * 3600, 86399);
	return w;
}

static inline char *random_id(uint64_t *seed, size_t len)
{
	char *id = act_id_from(test_random(seed));

	id[len] = '\0';
	return id;
}

static inline void random_promises(uint64_t *seed, struct promises *p)
{
	static const char *const names[] = {NULL, "Jane Doe", "Jo by tomorrow", "-"};

	if (!pick(seed, 4)) {
		p->none = true;
		return;
	}
	for (size_t n = 1 + pick(seed, 3); n; n--) {
		char *id = random_id(seed, 4), *what = random_text(seed);
		struct when due = random_when(seed, pick(seed, 2));

		promises_add(p, id, names[pick(seed, ARRAY_SIZE(names))], what,
			pick(seed, 3) ? &due : NULL);
		free(id);
		free(what);
	}
}

static inline void random_list(uint64_t *seed, const struct field *f, struct list *l)
{
	static const char *const contacts[] = {"Jane Doe <jane@acme.example>; +34 600; CFO",
		"Jo; decision-maker", "Max; left: Jo",
		"Ann <a@b>; 1; Buyer; decision-maker; left"};

	for (size_t n = 1 + pick(seed, 3); n; n--) {
		if (!strcmp(f->name, "contacts"))
			list_add(l, contacts[pick(seed, ARRAY_SIZE(contacts))]);
		else
			list_take(l, random_text(seed));
	}
}

static inline void random_facts(uint64_t *seed, struct act *a)
{
	static const char *const of_set[][2] = {{"title", "x = y"}, {"value", "12.50 EUR"},
		{"expires", "2026-12-01"}, {"interval", "2 weeks"}, {"tags", "a, b c"},
		{"via", ""}, {"external_id", "4; 5"}, {"value", ""}, {"tags", ""}};
	static const char *const of_contact[][2] = {{"name", "Jo"},
		{"email", "jo@acme.example"}, {"decision_maker", "yes"}, {"phone", ""},
		{"role", "CFO"}};
	bool is_set = a->kind == ACT_SET || a->kind == ACT_MERGE;
	size_t count = is_set ? ARRAY_SIZE(of_set) : ARRAY_SIZE(of_contact);

	for (size_t n = 1 + pick(seed, 4); n; n--) {
		const char *const *fact = (is_set ? of_set : of_contact)[pick(seed, count)];

		facts_set(&a->facts, fact[0], fact[1]);
	}
}

static inline void random_field(uint64_t *seed, struct act *a, const struct field *f)
{
	static const char zone[] = "Europe/Lisbon";
	void *slot = field_slot(a, f);
	struct when *w = slot;
	size_t words = 0;

	switch (f->type) {
	case FIELD_TEXT:
		*(char **)slot = random_text(seed);
		break;
	case FIELD_WORD:
		while (f->words[words + 1])
			words++;
		*(int *)slot = 1 + (int)pick(seed, words);
		break;
	case FIELD_FLAG:
		*(bool *)slot = true;
		break;
	case FIELD_COUNT:
		*(int *)slot = (int)test_between(seed, 1, INT32_MAX);
		break;
	case FIELD_MOMENT:
		*(struct moment *)slot =
			(struct moment){.utc = test_between(seed, 0, INT64_C(4000000000)),
				.offset = 900 * (int32_t)test_between(seed, -48, 56),
				.set = true};
		break;
	case FIELD_WHEN:
	case FIELD_DAY:
		*w = random_when(seed, f->type == FIELD_DAY || !pick(seed, 3));
		if (!strcmp(f->name, "next") && w->second != WHEN_DAY_ALONE && !pick(seed, 3))
			memcpy(w->zone, zone, sizeof(zone));
		break;
	case FIELD_DURATION:
		*(struct duration *)slot = (struct duration){(int32_t)test_between(seed, 1, 99),
			1 + (enum duration_unit)pick(seed, 5)};
		break;
	case FIELD_MONEY:
		*(struct money *)slot =
			(struct money){test_between(seed, 0, MONEY_MAX_CENTS), "EUR"};
		break;
	case FIELD_LIST:
		random_list(seed, f, slot);
		break;
	case FIELD_PROMISES:
		random_promises(seed, slot);
		break;
	case FIELD_QUESTIONS:
		for (size_t n = 1 + pick(seed, 3); n; n--) {
			char *id = random_id(seed, 4), *text = random_text(seed);

			questions_add(slot, id, text);
			free(id);
			free(text);
		}
		break;
	case FIELD_FACTS:
		random_facts(seed, a);
		break;
	}
}

/* Every field of the act's kind, the common ones first. */
static inline size_t fields_of(enum act_kind kind, const struct field **out, size_t most)
{
	const char *const *tables[] = {act_common_fields, act_kinds[kind].fields};
	size_t n = 0;

	for (size_t t = 0; t < ARRAY_SIZE(tables); t++)
		for (const char *const *name = tables[t]; *name && n < most; name++)
			out[n++] = field_find(*name);
	return n;
}

#define FIELDS_MAX 64

static inline struct act *random_act(uint64_t *seed)
{
	const struct field *f[FIELDS_MAX];
	struct act *a = act_new((enum act_kind)pick(seed, ACT_KINDS));
	size_t n = fields_of(a->kind, f, FIELDS_MAX);

	a->id = act_id_from(test_random(seed));
	for (size_t i = 0; i < n; i++)
		if (pick(seed, 2))
			random_field(seed, a, f[i]);
	return a;
}

#endif
