#include "core/merge.h"

#include "core/act_parts.h"
#include "core/gate.h"
#include "core/handedit.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/* ---- what forbids it ---- */

void merge_judge(
	struct breaches *b, const struct opportunity *into, const struct opportunity *from)
{
	const struct opportunity *const both[] = {into, from};

	for (size_t i = 0; i < ARRAY_SIZE(both); i++)
		if (both[i]->now.status == STATUS_NONE) {
			breaches_add(b, NULL, RULE_FIRST, false, NULL,
				"'%s' has not begun: its 'new' was taken back", both[i]->id);
			return;
		}
	if (from->now.status == STATUS_WON && into->now.status != STATUS_WON) {
		char *other = xstrfmt("fu merge %s %s", into->id, from->id);

		breaches_add(b, NULL, RULE_CLOSED, true,
			opportunity_is_open(into) ? NULL : other,
			"'%s' is won, and would not count as won in '%s', which is %s",
			from->id, into->id, status_word(into->now.status));
		free(other);
	}
}

/* ---- its acts ---- */

static bool is_later_edit(const struct act *a, const struct act *there)
{
	return a->edited.set && (!there->edited.set || a->edited.utc > there->edited.utc);
}

void merge_take_acts(struct opportunity *into, const struct opportunity *from)
{
	for (size_t i = 0; i < from->n; i++) {
		const struct act *a = from->acts[i];
		const struct act *there = opportunity_act(into, a->id);
		struct act *copy;

		if (there && !is_later_edit(a, there))
			continue;
		if (there)
			act_free(opportunity_remove(into, a->id));
		copy = act_copy(a);
		if (!copy->of)
			copy->of = xstrdup(from->id);
		opportunity_add(into, copy);
	}
}

/* ---- what is taken over ---- */

static void take_tags(
	struct act *a, const struct opportunity *into, const struct opportunity *from)
{
	struct str all = STR_INIT;
	bool lacks = false;

	for (size_t i = 0; i < into->now.tags.n; i++)
		str_addf(&all, "%s%s", all.len ? ", " : "", into->now.tags.items[i]);
	for (size_t i = 0; i < from->now.tags.n; i++) {
		if (list_has(&into->now.tags, from->now.tags.items[i]))
			continue;
		str_addf(&all, "%s%s", all.len ? ", " : "", from->now.tags.items[i]);
		lacks = true;
	}
	if (lacks)
		facts_set(&a->facts, "tags", all.buf);
	str_release(&all);
}

static void take_facts(
	struct act *a, const struct opportunity *into, const struct opportunity *from)
{
	static const char *const keys[] = {"client", "via", "value", "source", "owner",
		"expires", "interval", "external_id"};
	struct fact_list has = {0}, gives = {0};

	opportunity_facts(&has, into);
	opportunity_facts(&gives, from);
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (!facts_get(&has, keys[i]) && facts_get(&gives, keys[i]))
			facts_set(&a->facts, keys[i], facts_get(&gives, keys[i]));
	take_tags(a, into, from);
	facts_release(&has);
	facts_release(&gives);
}

static const struct contact *same_name(const struct opportunity *o, const char *name)
{
	char *folded = utf8_folded(name);
	const struct contact *found = NULL;

	for (size_t i = 0; !found && i < o->now.contacts_n; i++) {
		char *other = utf8_folded(o->now.contacts[i].name);

		if (!strcmp(folded, other))
			found = &o->now.contacts[i];
		free(other);
	}
	free(folded);
	return found;
}

/* Who is in both is so once: with what the one knows, and what only the other knew. */
static void take_contact(struct act *a, const struct opportunity *into, const struct contact *c)
{
	const struct contact *there = same_name(into, c->name);
	struct contact filled = {0};
	struct str stored = STR_INIT;

	contact_copy(&filled, there ? there : c);
	if (!there || contact_fill(&filled, c)) {
		contact_add_stored(&stored, &filled);
		list_add(&a->contacts, stored.buf);
	}
	str_release(&stored);
	contact_release(&filled);
}

/* Names of people who came along keep what they are called here. */
static void take_names(struct act *a, const struct opportunity *into, const struct list *names)
{
	for (size_t i = 0; names && i < names->n; i++) {
		const struct contact *c = same_name(into, names->items[i]);

		list_add(&a->with, c ? c->name : names->items[i]);
	}
}

static void take_confirmation(
	struct act *a, const struct opportunity *into, const struct opportunity *from)
{
	const struct step *step = &from->now.next;

	a->confirm = step->at;
	if (step->options)
		list_copy(&a->options, step->options);
	a->outcome = step->outcome;
	a->cause = step->cause;
	/* An activity of another process is none here. */
	if (same_string(into->now.process, from->now.process))
		a->to = xstrdup_or_null(step->to);
}

static void take_step(
	struct act *a, const struct opportunity *into, const struct opportunity *from)
{
	const struct step *step = &from->now.next;

	if (!opportunity_is_open(into) || into->now.next.kind != STEP_NONE ||
		step->kind == STEP_NONE)
		return;
	if (step->kind == STEP_APPOINTMENT) {
		a->next = step->at;
		a->duration = step->duration;
		a->place = xstrdup_or_null(step->place);
		take_names(a, into, step->with);
	} else if (step->kind == STEP_CONFIRMATION) {
		take_confirmation(a, into, from);
	} else if (step->kind == STEP_CALL) {
		a->again = step->at;
	} else {
		a->wait = step->at;
	}
	a->because = xstrdup_or_null(step->because);
}

void merge_complete(
	struct act *a, const struct opportunity *into, const struct opportunity *from)
{
	replace_string(&a->from, from->id);
	take_facts(a, into, from);
	for (size_t i = 0; i < from->now.contacts_n; i++)
		take_contact(a, into, &from->now.contacts[i]);
	take_step(a, into, from);
	merge_note_known(a, from);
}

/* ---- the parts ---- */

/* The ids of what was merged into `id`, itself included, in whatever order. */
static void list_parts(const struct opportunity *o, const char *id, struct list *ids)
{
	size_t before;

	list_add(ids, id);
	do {
		before = ids->n;
		for (size_t i = 0; i < o->n; i++) {
			const struct act *a = o->acts[i];

			if (a->kind == ACT_MERGE && a->from && a->of && list_has(ids, a->of) &&
				!list_has(ids, a->from))
				list_add(ids, a->from);
		}
	} while (ids->n > before);
}

struct opportunity *merge_part(const struct opportunity *o, const char *id)
{
	struct opportunity *part = opportunity_new(id ? id : o->id);
	struct list ids = {0};

	if (id)
		list_parts(o, id, &ids);
	for (size_t i = 0; i < o->n; i++) {
		const struct act *a = o->acts[i];
		struct act *copy;

		if (id ? !a->of || !list_has(&ids, a->of) : a->of != NULL)
			continue;
		copy = act_copy(a);
		if (same_string(copy->of, id))
			replace_string(&copy->of, NULL);
		opportunity_add(part, copy);
	}
	list_release(&ids);
	opportunity_fold(part);
	return part;
}

void merge_list(const struct opportunity *o, struct list *ids)
{
	for (size_t i = 0; i < o->n; i++) {
		const struct act *a = o->acts[i];

		if (a->kind == ACT_MERGE && a->from && !a->of && !o->struck[i] &&
			!list_has(ids, a->from))
			list_add(ids, a->from);
	}
}

void merge_former_ids(const struct opportunity *o, struct list *ids)
{
	for (size_t i = 0; i < o->n; i++) {
		const struct act *a = o->acts[i];

		if ((a->kind == ACT_MERGE || a->kind == ACT_RENAME) && a->from &&
			!o->struck[i] && strcmp(a->from, o->id) && !list_has(ids, a->from))
			list_add(ids, a->from);
	}
}

/* ---- taking back ---- */

static bool takes_back_of(const struct opportunity *o, const struct act *undo, const char *id)
{
	const struct act *target = opportunity_act(o, undo->takes_back ? undo->takes_back : "");

	return target && same_string(target->of, id);
}

bool merge_carries(
	const struct opportunity *o, const struct act *target, const struct act *later)
{
	if (later->of)
		return false;
	if (target->kind == ACT_RENAME)
		return later->kind == ACT_RENAME && same_string(later->from, target->to);
	return target->kind == ACT_MERGE && later->kind == ACT_UNDO &&
	       takes_back_of(o, later, target->from);
}

void merge_judge_undo(struct breaches *b, const struct act *target)
{
	if (!target->of || (target->kind != ACT_NEW && target->kind != ACT_MERGE &&
				   target->kind != ACT_RENAME && target->kind != ACT_UNDO))
		return;
	breaches_add(b, target, RULE_UNDO, false, NULL,
		"the %s (%s) happened to '%s', which was merged into this one: take that back "
		"first",
		act_kinds[target->kind].name, target->id, target->of);
}

/* ---- what stands in files ---- */

static bool ever_merged(const struct opportunity *o, const char *id)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->acts[i]->kind == ACT_MERGE && same_string(o->acts[i]->from, id))
			return true;
	return false;
}

void merge_check(struct breaches *b, const struct opportunity *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->acts[i]->of && !ever_merged(o, o->acts[i]->of))
			breaches_add(b, o->acts[i], RULE_FIRST, false, NULL,
				"it is said to be of '%s', which was not merged into this one",
				o->acts[i]->of);
}

void gate_judge_of(const struct judge *j, const struct act *a)
{
	if (!opportunity_id_valid(a->of))
		MALFORMED(j, a, RULE_FIRST, NULL, "'%s' is no id of an opportunity", a->of);
}

static void judge_id(const struct judge *j, const struct act *a, const char *id)
{
	if (!id || !opportunity_id_valid(id))
		MALFORMED(
			j, a, RULE_FACT, NULL, "'%s' is no id of an opportunity", id ? id : "");
}

void gate_judge_merge(const struct judge *j, const struct act *a)
{
	judge_id(j, a, a->from);
	for (size_t i = 0; i < a->facts.n; i++)
		if (!fact_field(ACT_MERGE, a->facts.items[i].key))
			MALFORMED(j, a, RULE_FACT, NULL, "unknown fact '%s'",
				a->facts.items[i].key);
}

void gate_judge_rename(const struct judge *j, const struct act *a)
{
	judge_id(j, a, a->from);
	judge_id(j, a, a->to);
}
