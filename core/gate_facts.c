/* The gate of what an opportunity is: its facts, and the people on the client's side (A1). */
#include "core/gate.h"

#include "core/act_parts.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

void gate_judge_owner(const struct judge *j, const struct act *a, const char *owner)
{
	if (!j->standing && owner && *owner && !settings_owner_known(j->g->settings, owner))
		MALFORMED(j, a, RULE_OWNER, NULL, "unknown owner '%s': not in [team] of fu.ini",
			owner);
}

void gate_judge_activity(const struct judge *j, const struct act *a, const char *activity)
{
	const struct process *p = j->g->process;
	struct str names = STR_INIT;

	if (j->standing || !activity || !p || process_find(p, activity) >= 0)
		return;
	for (size_t i = 0; i < p->n; i++)
		str_addf(&names, "%s%s", i ? ", " : "", p->activities[i].name);
	REFUSE(j, a, RULE_ACTIVITY, NULL, "no activity '%s' in process '%s' (%s)", activity,
		p->name, names.buf);
	str_release(&names);
}

static bool fact_reads(const struct judge *j, const char *key, const char *value)
{
	struct money money;
	struct when day;
	struct duration interval;
	int error = 0;

	if (!strcmp(key, "value"))
		error = money_parse(&money, value, j->g->settings->currency);
	else if (!strcmp(key, "expires"))
		error = when_parse_stored(&day, value);
	else if (!strcmp(key, "interval"))
		error = duration_parse(&interval, value);
	return !error;
}

static void judge_fact(const struct judge *j, const struct act *a, const struct fact *fact)
{
	static const char *const needed[] = {"title", "process", "activity"};
	bool known = false;

	for (size_t i = 0; set_facts[i]; i++)
		known |= !strcmp(set_facts[i], fact->key);
	if (!known)
		MALFORMED(j, a, RULE_FACT, NULL, "unknown fact '%s'", fact->key);
	for (size_t i = 0; !*fact->value && i < ARRAY_SIZE(needed); i++)
		if (!strcmp(needed[i], fact->key))
			REFUSE(j, a, RULE_FACT, NULL, "'%s' cannot be empty", fact->key);
	if (!*fact->value)
		return;
	if (!fact_reads(j, fact->key, fact->value)) {
		MALFORMED(j, a, RULE_FACT, NULL, "%s",
			error_count() ? error_message(0) : "unreadable");
		error_clear();
	}
	if (!strcmp(fact->key, "owner"))
		gate_judge_owner(j, a, fact->value);
	if (!strcmp(fact->key, "activity"))
		gate_judge_activity(j, a, fact->value);
	if (!strcmp(fact->key, "expires")) {
		struct when day = {0};

		if (when_parse_stored(&day, fact->value))
			error_clear();
		gate_judge_ahead(j, a, &day, "the expiry date");
	}
}

void gate_judge_set(const struct judge *j, const struct act *a)
{
	bool moves = facts_get(&a->facts, "process") || facts_get(&a->facts, "activity");

	if (!a->facts.n)
		MALFORMED(j, a, RULE_FACT, "<key>=<value>", "nothing to set");
	for (size_t i = 0; i < a->facts.n; i++)
		judge_fact(j, a, &a->facts.items[i]);
	if (moves && !a->because)
		REFUSE(j, a, RULE_BECAUSE, "--because '<why>'",
			"moving to another process or activity has a reason: '--because' is "
			"missing");
	if (facts_get(&a->facts, "process") && !facts_get(&a->facts, "activity"))
		gate_judge_activity(j, a, j->o->now.activity);
}

bool gate_has_contact(const struct opportunity *o, const char *name)
{
	for (size_t i = 0; i < o->now.contacts_n; i++)
		if (same_string(o->now.contacts[i].name, name))
			return true;
	return false;
}

/* What was recorded before names were told apart by more than their case is left alone. */
static bool is_old(const struct judge *j, const struct act *a)
{
	return j->standing && !a->lenient;
}

static bool names_clash(
	const struct judge *j, const struct act *a, const char *one, const char *other)
{
	char *x, *y;
	bool same;

	if (is_old(j, a))
		return same_string(one, other);
	x = utf8_folded(one);
	y = utf8_folded(other);
	same = !strcmp(x, y);
	free(x);
	free(y);
	return same;
}

/* Two contacts of one name, but for case, could not be told apart by who types it. `but` may
 * be called so: it is his own name, or NULL. */
static void judge_name(
	const struct judge *j, const struct act *a, const char *name, const char *but)
{
	for (size_t i = 0; i < j->o->now.contacts_n; i++) {
		const char *there = j->o->now.contacts[i].name;

		if (same_string(there, but) || !names_clash(j, a, there, name))
			continue;
		REFUSE(j, a, RULE_CONTACT, "fu contact <opp> set <name> <key>=<value>",
			"'%s' is a contact of '%s' already%s%s%s", name, j->o->id,
			strcmp(there, name) ? ", as '" : "", strcmp(there, name) ? there : "",
			strcmp(there, name) ? "'" : "");
		return;
	}
}

static void judge_rename(const struct judge *j, const struct act *a)
{
	const char *name = facts_get(&a->facts, "name");
	struct contact c = {0};

	if (!name || is_old(j, a))
		return;
	if (contact_set(&c, "name", name)) {
		MALFORMED(j, a, RULE_CONTACT, NULL, "%s", error_message(0));
		error_clear();
	} else {
		judge_name(j, a, c.name, a->contact);
	}
	contact_release(&c);
}

void gate_judge_contact(const struct judge *j, const struct act *a)
{
	struct contact c = {0};

	if (!a->change || !a->contact) {
		MALFORMED(j, a, RULE_CONTACT, NULL, "a contact is added, set, left or removed");
	} else if (a->change != CONTACT_ADD) {
		if (!gate_has_contact(j->o, a->contact))
			MALFORMED(j, a, RULE_CONTACT, NULL, "no contact '%s' in '%s'",
				a->contact, j->o->id);
		else if (a->change == CONTACT_SET)
			judge_rename(j, a);
	} else if (contact_parse(&c, a->contact)) {
		MALFORMED(j, a, RULE_CONTACT, NULL, "%s", error_message(0));
		error_clear();
	} else {
		judge_name(j, a, c.name, NULL);
	}
	contact_release(&c);
}

/* Names the first of that name, if there is one before it. */
static void judge_first_name(
	const struct judge *j, const struct act *a, const struct list *before, const char *name)
{
	for (size_t i = 0; i < before->n; i++)
		if (names_clash(j, a, before->items[i], name)) {
			REFUSE(j, a, RULE_CONTACT, NULL,
				"'%s' and '%s' are one name: contacts of an opportunity have "
				"different ones",
				before->items[i], name);
			return;
		}
}

void gate_judge_contacts(const struct judge *j, const struct act *a)
{
	struct list names = {0};

	for (size_t i = 0; i < a->contacts.n; i++) {
		struct contact c = {0};

		if (contact_parse(&c, a->contacts.items[i])) {
			MALFORMED(j, a, RULE_CONTACT, NULL, "%s", error_message(0));
			error_clear();
		} else if (!is_old(j, a)) {
			judge_first_name(j, a, &names, c.name);
			list_add(&names, c.name);
		}
		contact_release(&c);
	}
	list_release(&names);
}
