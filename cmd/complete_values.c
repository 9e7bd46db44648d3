/* What may stand for an argument, by its name in the specs. */
#include "cmd/complete.h"

#include "cmd/complete_record.h"
#include "cmd/config_keys.h"
#include "core/act_parts.h"
#include "core/error.h"
#include "core/import_map.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- fixed words ---- */

static void offer_list(struct completion *c, const char *const *words, const char *note)
{
	for (; *words; words++)
		offer(c, *words, note);
}

static void offer_weekdays(struct completion *c)
{
	static const char *const days[] = {"monday", "tuesday", "wednesday", "thursday",
		"friday", "saturday", "sunday", NULL};

	offer_list(c, days, NULL);
}

static void offer_ahead(struct completion *c)
{
	static const char *const days[] = {"today", "tomorrow", NULL};

	offer_list(c, days, NULL);
	offer_weekdays(c);
}

static void offer_back(struct completion *c)
{
	static const char *const days[] = {"today", "yesterday", NULL};

	offer_list(c, days, NULL);
	offer_weekdays(c);
}

static void offer_none(struct completion *c)
{
	offer(c, "none", "there is no commitment of this side");
}

static void offer_directories(struct completion *c)
{
	c->files = OFFER_DIRECTORIES;
}

static void offer_files(struct completion *c)
{
	c->files = OFFER_FILES;
}

static void offer_maps(struct completion *c)
{
	for (const struct shipped_map *m = shipped_maps; m->name; m++)
		offer(c, m->name, "comes with fu");
	c->files = OFFER_FILES;
}

static void offer_topics(struct completion *c)
{
	offer_commands(c, false);
	offer_list(c, manual_guides, "guide");
}

/* ---- settings ---- */

static void offer_setting_keys(struct completion *c)
{
	for (const struct setting *row = settings_known; row->section; row++) {
		char *key = row->key ? xstrfmt("%s.%s", row->section, row->key) : NULL;

		if (key)
			offer(c, key, row->meaning);
		free(key);
	}
	for (const struct personal_key *p = personal_keys; p->name; p++)
		offer(c, p->name, p->meaning);
}

static void offer_setting_values(struct completion *c)
{
	const char *key = c->walk->words.n ? c->walk->words.items[0] : "";
	const struct setting *row = setting_find(key);

	if (row && row->type == SETTING_NAME)
		offer_processes(c);
	else if (row && row->values)
		offer_choices(c, row->values);
	for (const struct personal_key *p = personal_keys; p->name; p++)
		if (!strcmp(p->name, key) && p->values)
			offer_choices(c, p->values);
	if (!strcmp(key, "fu.busy"))
		c->files = OFFER_FILES;
}

/* ---- <key>=<value> ---- */

static void offer_fact(struct completion *c)
{
	const char *equals = strchr(c->value, '=');
	char *key;

	if (!equals) {
		for (size_t i = 0; set_facts[i]; i++)
			offer_key(c, set_facts[i], NULL);
		return;
	}
	key = xstrndup(c->value, (size_t)(equals - c->value));
	c->value = equals + 1;
	c->bare = false;
	if (!strcmp(key, "activity"))
		offer_activities(c);
	else if (!strcmp(key, "client"))
		offer_clients(c);
	else if (!strcmp(key, "expires"))
		offer_ahead(c);
	else if (!strcmp(key, "owner"))
		offer_owners(c);
	else if (!strcmp(key, "process"))
		offer_processes(c);
	else if (!strcmp(key, "tags"))
		offer_tags(c);
	free(key);
}

/* `fu contact <opp> <verb> …`: a name, and behind `set` keys. */
static void offer_contact_word(struct completion *c)
{
	static const char *const keys[] = {
		"decision_maker", "mail", "name", "phone", "role", NULL};
	const struct list *words = &c->walk->words;

	if (words->n < 2 || !strcmp(words->items[1], "add"))
		return;
	if (words->n == 2)
		offer_contacts(c);
	else if (!strcmp(words->items[1], "set"))
		for (size_t i = 0; keys[i]; i++)
			offer_key(c, keys[i], NULL);
}

static void offer_verbs(struct completion *c)
{
	offer_choices(c, "add|set|left|rm");
}

static void offer_owners_and_all(struct completion *c)
{
	offer(c, "all", NULL);
	offer(c, "me", NULL);
	offer_owners(c);
}

/* ---- by name ---- */

struct source {
	const char *argument;
	const char *option; /* NULL: whichever has that argument */
	void (*offer)(struct completion *c);
};

/* Of two rows that fit the first one holds. */
static const struct source of_options[] = {
	{"<act>", NULL, offer_questioned_acts},
	{"<activity>", NULL, offer_activities},
	{"<commitment>", "keeps", offer_our_commitments},
	{"<contact>", "contact", NULL}, /* a new one */
	{"<contact>", NULL, offer_contacts},
	{"<dir>", NULL, offer_directories},
	{"<file>", NULL, offer_files},
	{"<ics>", NULL, offer_files},
	{"<link>", NULL, offer_files},
	{"<name>", "activity", offer_activities},
	{"<name>", "client", offer_clients},
	{"<name>", "process", offer_processes},
	{"<name>", "to", offer_contacts},
	{"<name>|<file>", NULL, offer_maps},
	{"<opp>", NULL, offer_ids},
	{"<option>", NULL, offer_chosen},
	{"<owner>", NULL, offer_owners},
	{"<process>", NULL, offer_processes},
	{"<question>", "answers", offer_questions},
	{"<tag>", NULL, offer_tags},
	{"<text>", "client", offer_clients},
	{"<text>", "contact", offer_people},
	{"<who>|me|all", NULL, offer_owners_and_all},
};

static const struct source of_positionals[] = {
	{"<commitment>", NULL, offer_commitments},
	{"<date>", NULL, offer_ahead},
	{"<dir>", NULL, offer_directories},
	{"<file>", NULL, offer_files},
	{"<from>", NULL, offer_ids},
	{"<into>", NULL, offer_ids},
	{"<key>", NULL, offer_setting_keys},
	{"<key>=<value>", NULL, offer_fact},
	{"<name|mail|phone>", NULL, offer_people},
	{"<opp>", NULL, offer_ids},
	{"<opp>|<commit>|<act>", NULL, offer_ids},
	{"<remote>", NULL, offer_remotes},
	{"<topic>", NULL, offer_topics},
	{"<url>", NULL, offer_directories},
	{"<value>", NULL, offer_setting_values},
	{"<verb>", NULL, offer_verbs},
	{"<when>", NULL, offer_ahead},
	{"<word>", NULL, offer_contact_word},
};

static const struct source *find_source(
	const struct source *sources, size_t n, const char *argument, const char *option)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(sources[i].argument, argument) &&
			(!sources[i].option || same_string(sources[i].option, option)))
			return &sources[i];
	return NULL;
}

/* By what the field holds, where that says enough. */
static bool offer_by_type(struct completion *c, const struct opt *row)
{
	const struct field *field = row->kind == OPT_FIELD ? opt_field(row) : NULL;

	if (opt_words(row)) {
		offer_words(c, opt_words(row));
	} else if (row->kind == OPT_BACK || (field && field->type == FIELD_MOMENT)) {
		offer_back(c);
	} else if (row->kind == OPT_AHEAD ||
		   (field && (field->type == FIELD_WHEN || field->type == FIELD_DAY))) {
		offer_ahead(c);
	} else if (field && field->type == FIELD_PROMISES) {
		offer_none(c);
	} else {
		return false;
	}
	return true;
}

void offer_row_value(struct completion *c, const struct opt *row)
{
	char *argument = opt_argument(row);
	const struct source *source =
		find_source(of_options, ARRAY_SIZE(of_options), argument, row->name);

	bool known = offer_by_type(c, row);

	if (!known && source && source->offer)
		source->offer(c);
	else if (!known && !source)
		offer_choices(c, argument);
	free(argument);
	error_clear();
}

bool offer_positional(struct completion *c, const struct positional *pos)
{
	const struct source *source =
		find_source(of_positionals, ARRAY_SIZE(of_positionals), pos->name, NULL);

	if (source)
		source->offer(c);
	else
		offer_choices(c, pos->name);
	error_clear();
	return source || !strchr(pos->name, '<');
}
