#include "cmd/import_join.h"

#include "core/error.h"
#include "core/import_joined.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

/* What a row may know an opportunity by, besides its external id. Texts are folded. */
struct candidate {
	char *id;
	char *title, *client; /* or NULL */
	char *account;        /* what its client was when it was imported; as it stands */
	struct list people;   /* names and mails */
	bool open;
};

/* An opportunity that rows are about, read once. */
struct joined {
	char *id;
	struct opportunity *o;
	bool changed; /* and thereby in run->plan, which owns it, */
	size_t at;    /* there */
};

struct join {
	struct candidate *items;
	size_t n, cap;
	void *planned; /* tree */
};

struct join *join_new(void)
{
	return xcalloc(1, sizeof(struct join));
}

static void free_joined(void *item)
{
	struct joined *p = item;

	if (!p->changed)
		opportunity_free(p->o);
	free(p->id);
	free(p);
}

void join_free(struct join *join)
{
	if (!join)
		return;
	for (size_t i = 0; i < join->n; i++) {
		struct candidate *c = &join->items[i];

		free(c->id);
		free(c->title);
		free(c->client);
		free(c->account);
		list_release(&c->people);
	}
	tdestroy(join->planned, free_joined);
	free(join->items);
	free(join);
}

static char *folded_or_null(const char *text)
{
	return text ? utf8_folded(text) : NULL;
}

void join_note(struct join *join, const struct opportunity *o)
{
	struct candidate c = {.id = xstrdup(o->id),
		.title = folded_or_null(o->now.title),
		.client = folded_or_null(o->now.client),
		.account = xstrdup_or_null(import_first_client(o)),
		.open = opportunity_is_open(o)};

	for (size_t i = 0; i < o->now.contacts_n; i++) {
		list_take(&c.people, utf8_folded(o->now.contacts[i].name));
		if (o->now.contacts[i].mail)
			list_take(&c.people, utf8_folded(o->now.contacts[i].mail));
	}
	GROW(join->items, join->n, join->cap);
	join->items[join->n++] = c;
}

/* ---- which ones ---- */

/* What the row names and is not here may be a record of another kind: it is left out. */
static void find_named(
	const struct import_run *run, const struct import_row *row, struct list *ids)
{
	for (size_t i = 0; i < row->opportunities.n; i++) {
		const char *id = import_run_known(run, row->opportunities.items[i]);

		if (id && !list_has(ids, id))
			list_add(ids, id);
	}
}

static bool client_fits(const struct candidate *c, const char *client, const char *account)
{
	return (client && same_string(c->client, client)) ||
	       (account && same_string(c->account, account));
}

/* The only one of that title, and of that client where the row says so. */
static int find_titled(const struct join *join, const struct import_row *row, struct list *ids)
{
	const char *title = facts_get(&row->facts, "title");
	char *folded = folded_or_null(title);
	char *client = folded_or_null(facts_get(&row->facts, "client"));
	int err = 0;

	for (size_t i = 0; folded && i < join->n; i++)
		if (same_string(join->items[i].title, folded) &&
			(!client || client_fits(&join->items[i], client, NULL)))
			list_add(ids, join->items[i].id);
	if (ids->n > 1)
		err = error_set(
			ERR_FAILED, "%zu opportunities have the title '%s'", ids->n, title);
	free(client);
	free(folded);
	return err;
}

/* Where he is a contact already; nowhere: every open one of his company. */
static int find_persons(const struct join *join, const struct import_row *row, struct list *ids)
{
	char *client = folded_or_null(facts_get(&row->facts, "client"));
	const char *account = facts_get(&row->facts, "account");
	struct contact person;
	char *name, *mail;

	if (!import_person(&person, row)) {
		free(client);
		return error_set(ERR_FAILED, "there is no name in it");
	}
	name = utf8_folded(person.name);
	mail = folded_or_null(person.mail);
	for (size_t i = 0; i < join->n; i++) {
		const struct candidate *c = &join->items[i];

		if ((mail && list_has(&c->people, mail)) ||
			(list_has(&c->people, name) &&
				((!client && !account) || client_fits(c, client, account))))
			list_add(ids, c->id);
	}
	for (size_t i = 0; !ids->n && i < join->n; i++)
		if (join->items[i].open && client_fits(&join->items[i], client, account))
			list_add(ids, join->items[i].id);
	contact_release(&person);
	free(name);
	free(mail);
	free(client);
	return 0;
}

static void find_accounts(
	const struct join *join, const struct import_row *row, struct list *ids)
{
	const char *account = facts_get(&row->facts, "account");

	for (size_t i = 0; account && i < join->n; i++)
		if (same_string(join->items[i].account, account))
			list_add(ids, join->items[i].id);
}

static int find_all(
	const struct import_run *run, const struct import_row *row, struct list *ids)
{
	enum import_rows rows = import_map_rows(run->map);

	if (rows == ROWS_CLIENTS)
		find_accounts(run->join, row, ids);
	else if (row->opportunities.n)
		find_named(run, row, ids);
	else if (rows == ROWS_NOTES)
		return find_titled(run->join, row, ids);
	else
		return find_persons(run->join, row, ids);
	return 0;
}

/* ---- what becomes of them ---- */

static int compare_joined(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static int open_joined(struct import_run *run, const char *id, struct joined **out)
{
	struct joined **there = tfind(&id, &run->join->planned, compare_joined);
	struct opportunity *o;
	int err;

	if (there) {
		*out = *there;
		return 0;
	}
	err = import_run_needs(run, repo_load(run->call->repo, id, &o));
	if (err)
		return err;
	*out = xcalloc(1, sizeof(**out));
	**out = (struct joined){.id = xstrdup(id), .o = o};
	if (!tsearch(*out, &run->join->planned, compare_joined))
		abort();
	return 0;
}

static int plan_one(
	struct import_run *run, const struct import_row *row, const char *id, bool *changed)
{
	struct act_list acts = {0};
	struct list added = {0};
	struct joined *planned;
	int err = open_joined(run, id, &planned);

	if (err)
		return err;
	err = import_joined_acts(
		&acts, planned->o, import_map_rows(run->map), row, &run->stamp);
	if (!err && acts.n) {
		*changed = true;
		for (size_t i = 0; i < acts.n; i++)
			list_add(&added, acts.items[i]->id);
		err = import_run_admit(run, planned->o, &acts);
	}
	if (!err && acts.n && !planned->changed) {
		planned->changed = true;
		planned->at = run->plan_n;
		import_run_plan(run, planned->o);
		run->changed++;
	}
	for (size_t i = 0; !err && i < added.n; i++)
		list_add(&run->plan[planned->at].added, added.items[i]);
	list_release(&added);
	act_list_release(&acts);
	return err;
}

int join_row(struct import_run *run, const struct import_row *row)
{
	struct list ids = {0};
	bool changed = false;
	int err;

	if (import_map_rows(run->map) == ROWS_NOTES && import_lies_ahead(row, &run->stamp)) {
		run->ignored++;
		return 0;
	}
	err = find_all(run, row, &ids);
	if (!err && !ids.n)
		run->loose++;
	for (size_t i = 0; !err && i < ids.n; i++)
		err = plan_one(run, row, ids.items[i], &changed);
	if (!err && ids.n && !changed)
		run->same++;
	list_release(&ids);
	return err;
}
