/* fu config: the team's settings in fu.ini, one's own in git's config. */
#include "cmd/command.h"
#include "cmd/config_keys.h"
#include "cmd/printer.h"
#include "cmd/report.h"
#include "cmd/settings_edit.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SETTINGS_FILE "fu.ini"

struct config_options {
	const char *key, *value;
	bool list, unset, add, global, get;
};

static const struct opt config_opts[] = {
	{OPT_FLAG, "list", 'l', .slot = SLOT_BOOL(struct config_options, list),
		.help = "show every setting in force"},
	{OPT_FLAG, "unset", .slot = SLOT_BOOL(struct config_options, unset),
		.help = "remove the key: its default is in force again"},
	{OPT_FLAG, "add", .slot = SLOT_BOOL(struct config_options, add),
		.help = "add a value beside those there are (hours.off, phrases)"},
	{OPT_FLAG, "global", .slot = SLOT_BOOL(struct config_options, global),
		.help = "the user's own git config, for all repositories"},
	{OPT_FLAG, "get", .flags = OPT_HIDDEN, .slot = SLOT_BOOL(struct config_options, get),
		.help = "show the value, as in git"},
	{OPT_GROUP, .group = opts_write},
	{OPT_END},
};

static const struct positional config_positionals[] = {
	{"<key>", .optional = true, .slot = SLOT_TEXT(struct config_options, key)},
	{"<value>", .optional = true, .slot = SLOT_TEXT(struct config_options, value)},
	{NULL},
};

static const char *const config_forms[] = {
	"<key> [--global] [--json]",
	"<key> <value> [--add] [--global] [<options>]",
	"--unset <key> [--global] [<options>]",
	"--list [--json]",
	NULL,
};

const struct command_spec spec_config = {
	.opts = config_opts,
	.positionals = config_positionals,
	.size = sizeof(struct config_options),
	.forms = config_forms,
};

static int judge_options(const struct config_options *o)
{
	if (o->list && (o->key || o->unset || o->add || o->get))
		return error_set(ERR_USAGE, "--list stands alone");
	if (!o->list && !o->key)
		return error_set(ERR_USAGE, "missing <key>");
	if (o->unset && (o->value || o->add))
		return error_set(ERR_USAGE, "--unset takes a key and no value");
	if (o->get && (o->value || o->unset || o->add))
		return error_set(ERR_USAGE, "--get takes a key and no value");
	if (o->add && !o->value)
		return error_set(ERR_USAGE, "--add needs a value");
	return 0;
}

/* One's own settings are read outside of a repository too. */
static int open_if_there(struct call *call)
{
	int err = call_open_repo(call);

	if (err != ERR_MISSING || call->where)
		return err;
	error_clear();
	return 0;
}

/* ---- reading ---- */

enum origin { FROM_DEFAULT, FROM_TEAM, FROM_GIT };

struct shown {
	char *key;
	char *value; /* NULL: unset */
	enum origin origin;
};

static void add_key(struct str *out, const void *record)
{
	str_add(out, ((const struct shown *)record)->key);
}

static void add_value(struct str *out, const void *record)
{
	const struct shown *s = record;

	str_add(out, s->value ? s->value : "");
}

/* null where nothing is set. */
static void add_origin(struct str *out, const void *record)
{
	static const char *const words[] = {"default", "fu.ini", "git"};
	const struct shown *s = record;

	str_add(out, s->value ? words[s->origin] : "");
}

static json_t *value_json(const void *record)
{
	return json_of_text(((const struct shown *)record)->value);
}

static json_t *shown_json(const struct shown *s)
{
	struct str origin = STR_INIT;
	json_t *object;

	add_origin(&origin, s);
	object = json_pack("{s:o, s:o, s:o}", "key", json_of_text(s->key), "value",
		json_of_text(s->value), "origin", json_of_text(origin.len ? origin.buf : NULL));
	str_release(&origin);
	return object;
}

static const struct print_field config_fields[] = {
	{"key", .text = add_key},
	{"value", .text = add_value, .json = value_json},
	{"origin", .text = add_origin},
	{NULL},
};
static const struct print_spec config_print = {.fields = config_fields};

static int read_team(struct call *call, const char *key, struct shown *out)
{
	struct str text = STR_INIT;
	int err = call_open_repo(call);

	err = err ? err : repo_read_file(call->repo, SETTINGS_FILE, &text);
	if (!err) {
		out->value = setting_value(repo_settings(call->repo), key);
		out->origin = settings_sets(&text, key) ? FROM_TEAM : FROM_DEFAULT;
	}
	str_release(&text);
	return err;
}

static int read_personal(struct call *call, const char *key, bool global, struct shown *out)
{
	int err = global ? 0 : open_if_there(call);

	out->origin = FROM_GIT;
	return err ? err : git_config_value(call->repo, key, &out->value);
}

static int read_key(
	struct call *call, const struct config_options *o, const struct setting *team)
{
	struct shown shown = {.key = xstrdup(o->key)};
	int err = team ? read_team(call, o->key, &shown)
		       : read_personal(call, o->key, o->global, &shown);

	if (err)
		goto out;
	if (call->common.json) {
		print_json(shown_json(&shown));
	} else if (shown.value) {
		print_text(shown.value);
		print_text("\n");
	}
	err = shown.value ? 0 : FOUND;
out:
	free(shown.key);
	free(shown.value);
	return err;
}

/* ---- listing ---- */

struct listing {
	struct call *call;
	struct printer *printer;
};

/* Several values (phrases) are several lines. */
static void print_values(const struct shown *s)
{
	for (const char *at = s->value; *at;) {
		size_t len = strcspn(at, "\n");

		print_line("%s=%.*s", s->key, (int)len, at);
		at += len + (at[len] == '\n');
	}
}

static int list_one(const struct listing *l, struct shown *s)
{
	if (s->value && l->call->common.json)
		printer_record(l->printer, s);
	else if (s->value && s->origin != FROM_GIT)
		print_values(s);
	else if (s->value)
		print_line("%s=%s", s->key, s->value);
	free(s->key);
	free(s->value);
	return 0;
}

static int list_git(void *context, const char *key, const char *value)
{
	struct shown s = {xstrdup(key), xstrdup(value ? value : ""), FROM_GIT};

	return list_one(context, &s);
}

static int list_team(struct listing *l)
{
	const struct settings *settings = repo_settings(l->call->repo);
	int err = 0;

	for (const struct setting *row = settings_known; !err && row->section; row++) {
		struct shown s = {0};

		if (!row->key)
			continue;
		s.key = xstrfmt("%s.%s", row->section, row->key);
		err = read_team(l->call, s.key, &s);
		list_one(l, &s);
	}
	for (size_t i = 0; !err && i < settings->team_n; i++) {
		struct shown s = {xstrfmt("team.%s", settings->team[i].key),
			xstrdup(settings->team[i].who), FROM_TEAM};

		list_one(l, &s);
	}
	return err;
}

static int list_personal(struct listing *l)
{
	int err = git_config_each(l->call->repo, "fu.", list_git, l);

	for (const struct personal_key *p = personal_keys; !err && p->name; p++) {
		struct shown s = {.key = NULL, .origin = FROM_GIT};

		if (starts_with(p->name, "fu."))
			continue;
		s.key = xstrdup(p->name);
		err = git_config_value(l->call->repo, p->name, &s.value);
		list_one(l, &s);
	}
	return err;
}

static int list_all(struct call *call)
{
	struct listing l = {.call = call};
	int err = open_if_there(call);

	if (err)
		return err;
	l.printer = printer_new(&config_print, call);
	if (call->repo)
		err = list_team(&l);
	err = err ? err : list_personal(&l);
	if (!err && call->common.json)
		printer_finish(l.printer);
	printer_free(l.printer);
	return err;
}

/* ---- writing ---- */

static int write_personal(struct call *call, const struct config_options *o)
{
	int err;

	if (o->add)
		return error_set(
			ERR_USAGE, "--add is for keys of fu.ini, not for '%s'", o->key);
	err = o->global ? 0 : call_open_repo(call);
	if (err == ERR_MISSING)
		error_hint("--global sets it for all repositories");
	if (err || call->common.dry_run)
		return err;
	return git_config_store(o->global ? NULL : call->repo, o->key, o->value);
}

/* What was done, in words. People and their words stay out of commit subjects. */
static char *change_words(const struct config_options *o, const struct setting *team)
{
	struct str words = STR_INIT;

	safe_add(&words, o->key);
	if (o->unset)
		str_add(&words, " unset");
	else if (team->type == SETTING_TEAM || team->type == SETTING_PHRASE)
		str_add(&words, o->add ? " added" : " set");
	else {
		str_add(&words, o->add ? " += " : " = ");
		safe_add(&words, o->value);
	}
	return str_detach(&words);
}

static int commit_change(struct call *call, struct write *w, const struct config_options *o,
	const struct setting *team, char commit[41])
{
	char *words = change_words(o, team), *by = NULL;
	char *subject = xstrfmt("config: %s", words);
	struct list trailers = {0};
	struct commit_text text = {.subject = subject, .trailers = &trailers};
	int err = call_identity(call, &by);

	list_add(&trailers, "Fu-Act: config");
	list_take(&trailers, xstrfmt("Fu-Key: %s", o->key));
	err = err ? err : write_commit(w, &text, commit);
	list_release(&trailers);
	free(subject);
	free(words);
	free(by);
	return err;
}

static void tell_change(const struct call *call, const struct config_options *o,
	const struct setting *team, const char *commit)
{
	bool nothing = !call->common.dry_run && !*commit;
	char *words;

	if (call->common.json) {
		print_json(json_pack("{s:s, s:o, s:o, s:o}", "act", "config", "key",
			json_of_text(o->key), "value", json_of_text(o->value), "commit",
			json_of_text(*commit ? commit : NULL)));
		return;
	}
	if (call->common.quiet)
		return;
	words = change_words(o, team);
	print_line("%s: %s%s", SETTINGS_FILE, words,
		nothing                ? " already; nothing recorded"
		: call->common.dry_run ? "; not recorded (--dry-run)"
				       : "");
	free(words);
}

static int store_team(struct call *call, struct write *w, const struct config_options *o,
	const struct setting *team, char commit[41])
{
	struct str before = STR_INIT, after = STR_INIT;
	enum settings_change change = o->unset ? SETTING_REMOVE
				      : o->add ? SETTING_APPEND
					       : SETTING_PUT;
	int err = repo_read_file(call->repo, SETTINGS_FILE, &before);

	err = err ? err : settings_edit(&after, &before, o->key, o->value, change);
	if (err || call->common.dry_run)
		goto out;
	err = write_put_file(w, SETTINGS_FILE, after.buf, after.len);
	err = err ? err : commit_change(call, w, o, team, commit);
	call->recorded = !err && *commit;
out:
	str_release(&before);
	str_release(&after);
	return err;
}

static int write_team(
	struct call *call, const struct config_options *o, const struct setting *team)
{
	struct write *w = NULL;
	const struct process *process;
	char commit[41] = "";
	int err;

	if (o->global)
		return error_set(ERR_USAGE, "'%s' is the team's: it is in fu.ini", o->key);
	if (o->add && !config_key_repeats(team))
		return error_set(ERR_USAGE, "'%s' has one value: --add is not for it", o->key);
	err = call_open_repo(call);
	if (!err && team->type == SETTING_NAME && o->value)
		err = repo_process(call->repo, o->value, &process);
	if (err)
		return err;
	terminal_outlive_reader();
	err = write_begin(&w, call->repo);
	err = err ? err : store_team(call, w, o, team, commit);
	for (size_t i = 0; w && i < write_notices(w)->n; i++)
		say("%s", write_notices(w)->items[i]);
	write_end(w);
	if (!err)
		tell_change(call, o, team, commit);
	return err;
}

int cmd_config(struct call *call, const void *options)
{
	const struct config_options *o = options;
	const struct setting *team = NULL;
	int err = judge_options(o);

	if (err)
		return err;
	if (o->list)
		return list_all(call);
	err = config_key_judge(o->key, &team);
	if (!err && o->value)
		err = config_value_judge(o->key, team, o->value);
	if (err)
		return err;
	if (!o->value && !o->unset)
		return read_key(call, o, team);
	return team ? write_team(call, o, team) : write_personal(call, o);
}
