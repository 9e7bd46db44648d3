#include "cmd/config_keys.h"

#include "core/error.h"
#include "core/str.h"
#include "core/mem.h"
#include "core/suggest.h"
#include "storage/storage.h"

#include <stdlib.h>
#include <string.h>

/* Keep the alphabet. */
const struct personal_key personal_keys[] = {
	{"commit.gpgSign", NULL, "whether commits are signed"},
	{"core.editor", NULL, "the editor of -e and edit"},
	{"fu.busy", NULL, "calendars whose times are not free"},
	{"fu.fsync", "true|false", "whether an act waits for the disk"},
	{"fu.role", "salesperson|coordinator", "the role of this user; unset: both"},
	{"gpg.format", NULL, "what signs commits"},
	{"user.email", NULL, "the mail address in what this user records"},
	{"user.name", NULL, "the name in what this user records"},
	{NULL},
};

static const struct personal_key *personal_find(const char *key)
{
	for (const struct personal_key *p = personal_keys; p->name; p++)
		if (!strcmp(p->name, key))
			return p;
	return NULL;
}

/* A section of fu.ini: what stands in one is fu's, and known or wrong. */
static bool is_own_section(const char *key, size_t len)
{
	for (const struct setting *row = settings_known; row->section; row++)
		if (strlen(row->section) == len && !strncmp(row->section, key, len))
			return true;
	return false;
}

static void add_names(struct list *names)
{
	for (const struct setting *row = settings_known; row->section; row++)
		if (row->key)
			list_take(names, xstrfmt("%s.%s", row->section, row->key));
	for (const struct personal_key *p = personal_keys; p->name; p++)
		list_add(names, p->name);
}

/* Where the section was forgotten ("retry"), the key alone is what is near. */
static int say_unknown(const char *key)
{
	struct list names = {0};
	struct nearest nearest;
	bool bare = !strchr(key, '.');
	const char *found = NULL;

	add_names(&names);
	nearest_start(&nearest, key);
	for (size_t i = 0; i < names.n; i++) {
		const char *word = bare ? strchr(names.items[i], '.') + 1 : names.items[i];

		nearest_offer(&nearest, word);
		if (nearest.word == word)
			found = names.items[i];
	}
	if (found)
		error_set(ERR_USAGE, "unknown key '%s' (did you mean '%s'?)", key, found);
	else
		error_set(ERR_USAGE, "unknown key '%s'", key);
	list_release(&names);
	return ERR_USAGE;
}

int config_key_judge(const char *key, const struct setting **team)
{
	const char *dot = strchr(key, '.');

	*team = NULL;
	if (!dot || !dot[1] || dot == key)
		return say_unknown(key);
	if (personal_find(key) || starts_with(key, "fu.alias."))
		return 0;
	*team = setting_find(key);
	if (*team)
		return 0;
	return is_own_section(key, (size_t)(dot - key)) ? say_unknown(key) : 0;
}

static int judge_personal(const struct personal_key *personal, const char *value)
{
	if (!personal || !personal->values || choice_index(personal->values, value) >= 0)
		return 0;
	return error_set(
		ERR_USAGE, "'%s' is %s, not '%s'", personal->name, personal->values, value);
}

int config_value_judge(const char *key, const struct setting *team, const char *value)
{
	struct settings scratch;
	int err;

	if (!team)
		return judge_personal(personal_find(key), value);
	settings_init(&scratch);
	err = settings_load_pair(&scratch, team->section, strchr(key, '.') + 1, value);
	settings_release(&scratch);
	if (err)
		return ERR_USAGE;
	if (team->type == SETTING_ZONE && !timezone_exists(value))
		return error_set(ERR_USAGE, "unknown time zone '%s'", value);
	return 0;
}

bool config_key_repeats(const struct setting *team)
{
	return team->type == SETTING_OFF || team->type == SETTING_PHRASE;
}
