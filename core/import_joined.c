#include "core/import_joined.h"

#include "core/error.h"
#include "core/import_text.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Not that of import_acts.c: what the opportunity's own row says does not take it back. */
#define CLIENTS_REASON "import of clients"

/* One row may be about several opportunities. */
static char *joined_id(
	const struct import_row *row, const struct opportunity *o, const char *what)
{
	char *which = xstrfmt("%s %s", what, o->id), *id;

	if (!facts_get(&row->facts, "external_id") && row->text) {
		char *with_text = xstrfmt("%s %s", which, row->text);

		free(which);
		which = with_text;
	}
	id = import_act_id(row, which);
	free(which);
	return id;
}

/* ---- notes ---- */

static char *note_text(const struct import_row *row)
{
	char *text = xstrdup_or_null(row->text);

	if (row->note)
		import_text_add(&text, row->note, false);
	return text;
}

bool import_lies_ahead(const struct import_row *row, const struct import_stamp *stamp)
{
	const char *text = facts_get(&row->facts, "at");
	struct when when;

	if (!text || when_parse_stored(&when, text))
		return false;
	return when_begins(&when, stamp->clock) > stamp->clock->now.utc;
}

static int add_note(struct act_list *out, const struct opportunity *o,
	const struct import_row *row, const struct import_stamp *stamp)
{
	bool heard = same_string(facts_get(&row->facts, "act"), "heard");
	char *text = note_text(row), *id = joined_id(row, o, "note");
	struct act *a;
	int err;

	if (!text || opportunity_act(o, id)) {
		err = text ? 0 : error_set(ERR_FAILED, "there is no text in it");
		free(text);
		free(id);
		return err;
	}
	a = import_act(heard ? ACT_HEARD : ACT_NOTE, id, stamp);
	*(heard ? &a->what : &a->note) = text;
	act_list_add(out, a);
	return import_moment(&a->at, row, "at", stamp);
}

/* ---- people ---- */

static void take(char **slot, const struct import_row *row, const char *field)
{
	const char *value = facts_get(&row->facts, field);
	char *clean = value ? import_name(value) : NULL;

	if (clean && *clean)
		*slot = xstrdup(clean);
	free(clean);
}

static void without(char *text, const char *letters)
{
	char *to = text;

	for (; *text; text++)
		if (!strchr(letters, *text))
			*to++ = *text;
	*to = '\0';
}

bool import_person(struct contact *out, const struct import_row *row)
{
	*out = (struct contact){0};
	take(&out->name, row, "name");
	if (!out->name) {
		char *first = NULL, *last = NULL;

		take(&first, row, "first_name");
		take(&last, row, "last_name");
		if (first || last)
			out->name = xstrfmt("%s%s%s", first ? first : "",
				first && last ? " " : "", last ? last : "");
		free(first);
		free(last);
	}
	take(&out->mail, row, "mail");
	take(&out->phone, row, "phone");
	take(&out->role, row, "role");
	/* Of several addresses the first one; a phone begins with '+' or a digit. */
	if (out->mail)
		out->mail[strcspn(out->mail, ", ")] = '\0';
	if (out->mail && !strchr(out->mail, '@'))
		replace_string(&out->mail, NULL);
	if (out->phone) {
		without(out->phone, "()");
		out->phone[strcspn(out->phone, ",")] = '\0';
		memmove(out->phone, out->phone + strcspn(out->phone, "+0123456789"),
			strlen(out->phone + strcspn(out->phone, "+0123456789")) + 1);
	}
	if (out->phone && !*out->phone)
		replace_string(&out->phone, NULL);
	if (!out->name)
		out->name = xstrdup_or_null(out->mail);
	return out->name != NULL;
}

static bool folds_same(const char *a, const char *b)
{
	char *x = a ? utf8_folded(a) : NULL, *y = b ? utf8_folded(b) : NULL;
	bool same = x && y && !strcmp(x, y);

	free(x);
	free(y);
	return same;
}

static const struct contact *find_person(
	const struct opportunity *o, const struct contact *person)
{
	for (size_t i = 0; i < o->now.contacts_n; i++)
		if (folds_same(o->now.contacts[i].name, person->name) ||
			folds_same(o->now.contacts[i].mail, person->mail))
			return &o->now.contacts[i];
	return NULL;
}

static void add_lacking(
	struct fact_list *facts, const char *key, const char *has, const char *value)
{
	if (!has && value)
		facts_set(facts, key, value);
}

static int add_person(struct act_list *out, const struct opportunity *o,
	const struct import_row *row, const struct import_stamp *stamp)
{
	const struct contact *known;
	struct contact person;
	struct str stored = STR_INIT;
	struct act *a;

	if (!import_person(&person, row))
		return error_set(ERR_FAILED, "there is no name in it");
	known = find_person(o, &person);
	a = import_act(ACT_CONTACT, joined_id(row, o, known ? "fill" : "person"), stamp);
	a->at = stamp->clock->now;
	a->change = known ? CONTACT_SET : CONTACT_ADD;
	if (known) {
		a->contact = xstrdup(known->name);
		add_lacking(&a->facts, "mail", known->mail, person.mail);
		add_lacking(&a->facts, "phone", known->phone, person.phone);
		add_lacking(&a->facts, "role", known->role, person.role);
	} else {
		contact_add_stored(&stored, &person);
		a->contact = str_detach(&stored);
	}
	/* Who is there already, was there, or was filled in once stays as he is. */
	if ((known && !a->facts.n) || opportunity_act(o, a->id))
		act_free(a);
	else
		act_list_add(out, a);
	contact_release(&person);
	return 0;
}

/* ---- clients ---- */

const char *import_first_client(const struct opportunity *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->acts[i]->kind == ACT_NEW)
			return o->acts[i]->client;
	return NULL;
}

/* The name that an import of clients gave it last, or NULL. */
static const char *last_given(const struct opportunity *o)
{
	const char *given = NULL;

	for (size_t i = 0; i < o->n; i++)
		if (o->acts[i]->kind == ACT_SET &&
			same_string(o->acts[i]->because, CLIENTS_REASON))
			given = facts_get(&o->acts[i]->facts, "client");
	return given;
}

static int add_client(struct act_list *out, const struct opportunity *o,
	const struct import_row *row, const struct import_stamp *stamp)
{
	const char *name = facts_get(&row->facts, "client");
	const char *account = facts_get(&row->facts, "account");
	struct act *a;
	char *which;

	if (!name || !account)
		return error_set(ERR_FAILED, "there is no %s in it", name ? "id" : "name");
	/* What somebody changed in fu since stays. */
	if (same_string(o->now.client, name) ||
		!(same_string(o->now.client, account) ||
			same_string(o->now.client, last_given(o))))
		return 0;
	which = xstrfmt("client %s %u", name, o->now.max_seq);
	a = import_act(ACT_SET, joined_id(row, o, which), stamp);
	free(which);
	a->at = stamp->clock->now;
	a->because = xstrdup(CLIENTS_REASON);
	facts_set(&a->facts, "client", name);
	act_list_add(out, a);
	return 0;
}

int import_joined_acts(struct act_list *out, const struct opportunity *o, enum import_rows rows,
	const struct import_row *row, const struct import_stamp *stamp)
{
	if (rows == ROWS_NOTES)
		return add_note(out, o, row, stamp);
	if (rows == ROWS_PEOPLE)
		return add_person(out, o, row, stamp);
	return add_client(out, o, row, stamp);
}
