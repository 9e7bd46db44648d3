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

static void add_name(struct list *names, const char *folded, size_t len)
{
	list_take(names, xstrndup(folded, len));
}

/* A person is known by "Name <mail>", by the name, by the mail. */
static void add_person(struct list *names, const char *who)
{
	char *folded = utf8_folded(who);
	const char *mail = strstr(folded, " <");

	add_name(names, folded, strlen(folded));
	if (mail) {
		add_name(names, folded, (size_t)(mail - folded));
		add_name(names, mail + 2, strcspn(mail + 2, ">"));
	}
	free(folded);
}

static void add_member(struct list *names, const struct member *m)
{
	add_person(names, m->key);
	add_person(names, m->who);
}

static bool any_in(const struct list *some, const struct list *others)
{
	for (size_t i = 0; i < some->n; i++)
		if (list_has(others, some->items[i]))
			return true;
	return false;
}

static int say_not_in_team(const struct settings *s, const char *typed)
{
	struct nearest nearest;

	error_set(ERR_MISSING, "--owner: '%s' is not in [team] of fu.ini", typed);
	nearest_start(&nearest, typed);
	for (size_t i = 0; i < s->team_n; i++)
		nearest_offer(&nearest, s->team[i].key);
	if (nearest.word)
		error_hint("did you mean '%s'?", nearest.word);
	return ERR_MISSING;
}

/* Whoever of the team is known by one of the names. */
static int parse_member(struct owners *out, const struct settings *s, const char *typed)
{
	struct list wanted = {0};

	add_person(&wanted, typed);
	for (size_t i = 0; i < s->team_n; i++) {
		struct list known = {0};

		add_member(&known, &s->team[i]);
		if (any_in(&wanted, &known))
			add_member(&out->names, &s->team[i]);
		list_release(&known);
	}
	list_release(&wanted);
	return out->names.n ? 0 : say_not_in_team(s, typed);
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
		err = parse_member(out, s, key);
	else if (!s->team_n)
		add_person(&out->names, who);
	else
		err = say_not_in_team(s, who);
	free(who);
	return err;
}

int owners_parse(struct owners *out, struct call *call, const char *typed)
{
	const struct settings *s = repo_settings(call->repo);

	*out = (struct owners){.all = !typed || !strcmp(typed, "all")};
	if (out->all)
		return 0;
	if (!strcmp(typed, "me"))
		return parse_me(out, call);
	if (s->team_n)
		return parse_member(out, s, typed);
	add_person(&out->names, typed);
	return 0;
}

bool owners_have(const struct owners *owners, const char *owner)
{
	struct list known = {0};
	bool have;

	if (owners->all)
		return true;
	if (!owner)
		return false;
	add_person(&known, owner);
	have = any_in(&known, &owners->names);
	list_release(&known);
	return have;
}

void owners_release(struct owners *owners)
{
	list_release(&owners->names);
}

/* ---- words that are data ---- */

/* A word that was typed, and what it may have been meant for. */
struct sought {
	const char *word;
	bool process; /* a process; else an activity */
	bool found;   /* it is there, or may be: something could not be read */
	struct nearest nearest;
};

static void offer(struct sought *sought, const char *word)
{
	sought->found = sought->found || same_string(sought->word, word);
	nearest_offer(&sought->nearest, word);
}

static void seek_activities(struct query *q, struct sought *sought, const char *name)
{
	const struct process *process;

	if (repo_process(q->call->repo, name, &process)) {
		sought->found = true;
		error_clear();
		return;
	}
	for (size_t i = 0; i < process->n; i++)
		offer(sought, process->activities[i].name);
}

static int seek_standing(void *context, struct opportunity *o, const char *fault, bool *keep)
{
	struct sought *sought = context;

	(void)fault;
	(void)keep;
	if (!o)
		return 0;
	sought->found =
		same_string(sought->word, sought->process ? o->now.process : o->now.activity);
	return sought->found;
}

static int check_word(struct query *q, struct sought *sought)
{
	const char *kind = sought->process ? "process" : "activity";
	struct list names = {0};
	int err = repo_process_names(q->call->repo, &names);

	nearest_start(&sought->nearest, sought->word);
	for (size_t i = 0; !err && i < names.n; i++)
		if (sought->process)
			offer(sought, names.items[i]);
		else
			seek_activities(q, sought, names.items[i]);
	if (!err && !sought->found)
		err = repo_each(q->call->repo, seek_standing, sought);
	if (err >= 0 && !sought->found) {
		err = error_set(ERR_MISSING, "no %s '%s'", kind, sought->word);
		if (sought->nearest.word)
			error_hint("did you mean '%s'?", sought->nearest.word);
	}
	list_release(&names);
	return err < 0 ? err : 0;
}

int query_check_process(struct query *q, const char *name)
{
	return check_word(q, &(struct sought){.word = name, .process = true});
}

int query_check_activity(struct query *q, const char *name)
{
	return check_word(q, &(struct sought){.word = name});
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
