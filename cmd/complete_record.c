#include "cmd/complete_record.h"

#include "core/doubts.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/words.h"

#include <stdlib.h>
#include <string.h>

#define MOST_DESCRIBED 50  /* ids; a description costs reading the file */
#define MOST_SURVEYED 1000 /* opportunities that are read through for a name or a tag */

/* ---- ids ---- */

static void describe_id(struct completion *c, const char *id)
{
	struct opportunity *o = NULL;
	struct str note = STR_INIT;

	if (!repo_load(c->repo, id, &o) && o->now.title)
		str_add(&note, o->now.title);
	if (o && o->now.client)
		str_addf(&note, " (%s)", o->now.client);
	offer(c, id, note.len ? note.buf : NULL);
	error_clear();
	str_release(&note);
	opportunity_free(o);
}

void offer_ids(struct completion *c)
{
	struct list ids = {0};
	size_t matching = 0;

	if (!completion_repo(c) || repo_ids(c->repo, &ids))
		return;
	for (size_t i = 0; i < ids.n; i++)
		matching += starts_with(ids.items[i], c->value);
	for (size_t i = 0; i < ids.n; i++) {
		const char *id = ids.items[i];

		if (!starts_with(id, c->value) || list_has(&c->walk->words, id))
			continue;
		if (matching > MOST_DESCRIBED)
			offer(c, id, NULL);
		else
			describe_id(c, id);
	}
	list_release(&ids);
}

/* ---- the repository as a whole ---- */

void offer_processes(struct completion *c)
{
	struct list names = {0};

	if (!completion_repo(c) || repo_process_names(c->repo, &names))
		return;
	for (size_t i = 0; i < names.n; i++) {
		const struct process *process = NULL;

		if (repo_process(c->repo, names.items[i], &process))
			error_clear();
		offer(c, names.items[i], process ? process->title : NULL);
	}
	list_release(&names);
}

static void offer_sorted(struct completion *c, struct list *texts)
{
	list_sort(texts);
	for (size_t i = 0; i < texts->n; i++)
		if (!i || strcmp(texts->items[i - 1], texts->items[i]))
			offer(c, texts->items[i], NULL);
	list_release(texts);
}

struct collection {
	struct list texts;
	bool owners;
};

static int collect_listed(void *context, const struct listed *l, const char *fault)
{
	struct collection *collection = context;
	const char *text = !l ? NULL : collection->owners ? l->owner : l->client;

	(void)fault;
	if (text)
		list_add(&collection->texts, text);
	return 0;
}

static void offer_collected(struct completion *c, bool owners)
{
	struct collection collection = {.owners = owners};

	if (completion_repo(c))
		repo_each_listed(c->repo, collect_listed, &collection);
	offer_sorted(c, &collection.texts);
}

void offer_clients(struct completion *c)
{
	offer_collected(c, false);
}

void offer_owners(struct completion *c)
{
	const struct settings *settings = completion_repo(c) ? repo_settings(c->repo) : NULL;

	if (!settings)
		return;
	for (size_t i = 0; i < settings->team_n; i++)
		offer(c, settings->team[i].key, settings->team[i].who);
	if (!settings->team_n)
		offer_collected(c, true);
}

static int collect_remote(void *context, const char *key, const char *value)
{
	const char *name = key + strlen("remote.");

	(void)value;
	if (ends_with(key, ".url"))
		list_take(context, xstrndup(name, strlen(name) - strlen(".url")));
	return 0;
}

void offer_remotes(struct completion *c)
{
	struct list names = {0};

	if (completion_repo(c))
		git_config_each(c->repo, "remote.", collect_remote, &names);
	offer_sorted(c, &names);
}

/* ---- read through ---- */

static int collect_people(void *context, struct opportunity *o, const char *fault, bool *keep)
{
	(void)fault;
	(void)keep;
	for (size_t i = 0; o && i < o->now.contacts_n; i++)
		list_add(context, o->now.contacts[i].name);
	return 0;
}

static int collect_tags(void *context, struct opportunity *o, const char *fault, bool *keep)
{
	(void)fault;
	(void)keep;
	for (size_t i = 0; o && i < o->now.tags.n; i++)
		list_add(context, o->now.tags.items[i]);
	return 0;
}

static void survey(struct completion *c, opportunity_visitor visit)
{
	struct list ids = {0}, texts = {0};

	if (!completion_repo(c) || repo_ids(c->repo, &ids))
		return;
	if (ids.n <= MOST_SURVEYED)
		repo_each(c->repo, visit, &texts);
	list_release(&ids);
	offer_sorted(c, &texts);
}

void offer_people(struct completion *c)
{
	survey(c, collect_people);
}

void offer_tags(struct completion *c)
{
	survey(c, collect_tags);
}

/* ---- the opportunity named on the line ---- */

/* Its id in full, or the only one that begins so. Not by what it was once called: that
 * would read every file. NULL: none. */
static char *find_id(struct completion *c, const char *typed)
{
	struct list ids = {0};
	char *found = NULL;
	size_t n = 0;

	if (repo_ids(c->repo, &ids))
		return NULL;
	for (size_t i = 0; i < ids.n; i++) {
		bool exact = !strcmp(ids.items[i], typed);

		if (!starts_with(ids.items[i], typed))
			continue;
		replace_string(&found, ids.items[i]);
		n = exact ? 1 : n + 1;
		if (exact)
			break;
	}
	if (n != 1)
		replace_string(&found, NULL);
	list_release(&ids);
	return found;
}

static const char *typed_opportunity(const struct completion *c)
{
	const struct positional *pos = c->command ? c->command->spec->positionals : NULL;

	if (!pos || !pos->name || strcmp(pos->name, "<opp>") || !c->walk->words.n)
		return NULL;
	return c->walk->words.items[0];
}

static const struct opportunity *named(struct completion *c)
{
	const char *typed = typed_opportunity(c);
	char *id;

	if (c->opportunity || !typed || !completion_repo(c))
		return c->opportunity;
	id = find_id(c, typed);
	if (id && repo_load(c->repo, id, &c->opportunity))
		error_clear();
	free(id);
	return c->opportunity;
}

static void offer_activities_of(struct completion *c, const char *name)
{
	const struct process *process = NULL;

	if (repo_process(c->repo, name, &process))
		error_clear();
	for (size_t i = 0; process && i < process->n; i++)
		offer(c, process->activities[i].name, process->activities[i].title);
}

static void offer_all_activities(struct completion *c)
{
	struct list names = {0}, texts = {0};

	if (repo_process_names(c->repo, &names))
		return;
	for (size_t i = 0; i < names.n; i++) {
		const struct process *process = NULL;

		if (repo_process(c->repo, names.items[i], &process))
			error_clear();
		for (size_t j = 0; process && j < process->n; j++)
			list_add(&texts, process->activities[j].name);
	}
	list_release(&names);
	offer_sorted(c, &texts);
}

void offer_activities(struct completion *c)
{
	const char *process = walk_value(c->walk, "process");
	const struct opportunity *o = named(c);

	if (!completion_repo(c))
		return;
	if (!process && o)
		process = o->now.process;
	if (process)
		offer_activities_of(c, process);
	else
		offer_all_activities(c);
}

void offer_contacts(struct completion *c)
{
	const struct opportunity *o = named(c);

	for (size_t i = 0; o && i < o->now.contacts_n; i++)
		if (!o->now.contacts[i].left)
			offer(c, o->now.contacts[i].name, o->now.contacts[i].role);
}

static void offer_side(struct completion *c, enum side side)
{
	const struct opportunity *o = named(c);

	for (size_t i = 0; o && i < o->now.commitments_n; i++) {
		const struct commitment *commitment = &o->now.commitments[i];
		struct str note = STR_INIT;

		if (commitment->state != COMMITMENT_OPEN || commitment->of ||
			(side && commitment->side != side) ||
			list_has(&c->walk->words, commitment->promise->id))
			continue;
		commitment_add_words(&note, commitment, repo_clock(c->repo));
		offer(c, commitment->promise->id, note.buf);
		str_release(&note);
	}
}

void offer_commitments(struct completion *c)
{
	offer_side(c, SIDE_NONE);
}

void offer_our_commitments(struct completion *c)
{
	offer_side(c, SIDE_US);
}

void offer_questions(struct completion *c)
{
	const struct opportunity *o = named(c);

	for (size_t i = 0; o && i < o->now.questions_n; i++)
		if (!o->now.questions[i].answered)
			offer(c, o->now.questions[i].question->id,
				o->now.questions[i].question->text);
}

void offer_chosen(struct completion *c)
{
	const struct opportunity *o = named(c);
	const struct list *options = o ? o->now.next.options : NULL;

	for (size_t i = 0; options && i < options->n; i++)
		offer(c, options->items[i], NULL);
}

void offer_questioned_acts(struct completion *c)
{
	const struct opportunity *o = named(c);
	struct doubts doubts = {0};

	if (!o)
		return;
	doubts_find(&doubts, o);
	for (size_t i = 0; i < doubts.n; i++)
		for (size_t j = 0; j < doubts.items[i].n; j++) {
			const struct act *a = doubts.items[i].acts[j];
			struct str note = STR_INIT;

			act_add_line(&note, a, o, repo_clock(c->repo));
			offer(c, a->id, note.buf);
			str_release(&note);
		}
	doubts_release(&doubts);
}
