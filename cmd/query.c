#include "cmd/query.h"

#include "cmd/printer.h"
#include "cmd/report.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/suggest.h"
#include "core/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void query_init(struct query *q, struct call *call)
{
	*q = (struct query){.call = call};
}

void query_release(struct query *q)
{
	list_release(&q->unread);
}

const struct process *query_process(struct query *q, const struct opportunity *o)
{
	const struct process *process = NULL;
	const char *name = o->now.process;

	if (!name || list_has(&q->unread, name))
		return NULL;
	if (repo_process(q->call->repo, name, &process)) {
		list_add(&q->unread, name);
		report_as_warnings();
		return NULL;
	}
	return process;
}

/* ---- going through them ---- */

struct visit {
	struct query *query;
	query_visitor visit;
	void *context;
};

void query_warn(struct query *q, const char *fault)
{
	/* The first of them; `check` names all. */
	char *line = xstrndup(fault, strcspn(fault, "\n"));

	if (list_has(&q->unread, line)) {
		free(line);
		return;
	}
	say_warning("%s", line);
	list_take(&q->unread, line);
}

static int visit_or_warn(void *context, struct opportunity *o, const char *fault, bool *keep)
{
	const struct visit *v = context;

	if (!o) {
		query_warn(v->query, fault);
		return 0;
	}
	return v->visit(v->context, o, keep);
}

/* All are read before the first is shown: one that is damaged stops everything. */
static int visit_named(struct query *q, const struct list *ids, const struct visit *v)
{
	struct opportunity **read = xcalloc(ids->n, sizeof(*read));
	int err = 0;

	for (size_t i = 0; !err && i < ids->n; i++)
		err = repo_load(q->call->repo, ids->items[i], &read[i]);
	for (size_t i = 0; !err && i < ids->n; i++) {
		bool keep = false;

		err = v->visit(v->context, read[i], &keep);
		if (keep)
			read[i] = NULL;
	}
	for (size_t i = 0; i < ids->n; i++)
		opportunity_free(read[i]);
	free(read);
	return err;
}

static int resolve_all(struct query *q, const struct list *named, struct list *ids)
{
	for (size_t i = 0; i < named->n; i++) {
		char *id = NULL;
		int err = repo_resolve(q->call->repo, named->items[i], &id);

		if (err)
			return err;
		if (list_has(ids, id))
			free(id);
		else
			list_take(ids, id);
	}
	return 0;
}

int query_each(struct query *q, const struct list *named, enum query_scope scope,
	query_visitor visit, void *context)
{
	struct visit v = {.query = q, .visit = visit, .context = context};
	struct list ids = {0};
	int err;

	if (!named || !named->n) {
		if (scope == QUERY_OPEN)
			return repo_each_open(q->call->repo, visit_or_warn, &v);
		return repo_each(q->call->repo, visit_or_warn, &v);
	}
	err = resolve_all(q, named, &ids);
	if (!err)
		err = visit_named(q, &ids, &v);
	list_release(&ids);
	return err;
}

int query_load(struct query *q, const char *typed, struct opportunity **out)
{
	char *id = NULL;
	int err = repo_resolve(q->call->repo, typed, &id);

	if (!err)
		err = repo_load(q->call->repo, id, out);
	free(id);
	return err;
}

/* ---- owners ---- */

/* Where there is no team an owner is whatever was typed: the name, or more. */
static void add_person(struct list *names, const char *who)
{
	const char *mail = strstr(who, " <");
	char *part;

	list_add(names, who);
	if (!mail)
		return;
	list_take(names, xstrndup(who, (size_t)(mail - who)));
	part = xstrdup(mail + 2);
	part[strcspn(part, ">")] = '\0';
	list_take(names, part);
}

static int parse_me(struct owners *out, struct call *call)
{
	const struct settings *s = repo_settings(call->repo);
	const char *key;
	char *who = NULL;
	int err = call_identity(call, &who);

	if (err)
		return err;
	key = settings_member_of(s, who);
	if (key)
		list_add(&out->names, key);
	else if (!s->team_n)
		add_person(&out->names, who);
	else
		err = error_set(ERR_MISSING, "--owner: '%s' is not in [team] of fu.ini", who);
	free(who);
	return err;
}

int owners_parse(struct owners *out, struct call *call, const char *typed)
{
	const struct settings *s = repo_settings(call->repo);
	struct nearest nearest;

	*out = (struct owners){.all = !typed || !strcmp(typed, "all")};
	if (out->all)
		return 0;
	if (!strcmp(typed, "me"))
		return parse_me(out, call);
	if (settings_owner_known(s, typed)) {
		list_add(&out->names, typed);
		return 0;
	}
	error_set(ERR_MISSING, "--owner: '%s' is not in [team] of fu.ini", typed);
	nearest_start(&nearest, typed);
	for (size_t i = 0; i < s->team_n; i++)
		nearest_offer(&nearest, s->team[i].key);
	if (nearest.word)
		error_hint("did you mean '%s'?", nearest.word);
	return ERR_MISSING;
}

bool owners_have(const struct owners *owners, const char *owner)
{
	return owners->all || (owner && list_has(&owners->names, owner));
}

void owners_release(struct owners *owners)
{
	list_release(&owners->names);
}

/* ---- text ---- */

bool text_has(const char *text, const char *folded_part)
{
	char *folded;
	bool has;

	if (!text)
		return false;
	folded = utf8_folded(text);
	has = strstr(folded, folded_part) != NULL;
	free(folded);
	return has;
}

void print_toned(struct call *call, enum tone tone, const char *text)
{
	const char *begin = "";

	if (tone != TONE_PLAIN)
		begin = terminal_tone(&call->terminal, call->repo, tone);
	fputs(begin, stdout);
	print_text(text);
	if (*begin)
		fputs(terminal_tone(&call->terminal, call->repo, TONE_PLAIN), stdout);
}
