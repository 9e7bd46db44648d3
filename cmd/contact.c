/* `fu contact`: the people on the client's side. */
#include "cmd/act_command.h"
#include "cmd/report.h"
#include "core/contact.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/suggest.h"

#include <stdlib.h>
#include <string.h>

struct contact_options {
	const char *opp, *verb;
	struct list words;
	const char *to;
	bool everywhere;
};

static const struct positional positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct contact_options, opp)},
	{"<verb>", .optional = true, .slot = SLOT_TEXT(struct contact_options, verb)},
	{"<word>", .optional = true, .repeats = true,
		.slot = SLOT_LIST(struct contact_options, words)},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_TEXT, "to", .arg = "<name>", .slot = SLOT_TEXT(struct contact_options, to),
		.help = "left: who follows"},
	{OPT_FLAG, "everywhere", .slot = SLOT_BOOL(struct contact_options, everywhere),
		.help = "set: in every opportunity that has this contact"},
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

static const char *const forms[] = {
	"<opp> add '<name> [<mail>][; <phone>][; <role>][; decision-maker]' [<options>]",
	"<opp> set <name> <key>=<value>... [--everywhere] [<options>]",
	"<opp> left <name> [--to <name>] [<options>]",
	"<opp> rm <name> [<options>]",
	NULL,
};

const struct command_spec spec_contact = {.opts = opts,
	.positionals = positionals,
	.forms = forms,
	.size = sizeof(struct contact_options)};

/* ---- usage ---- */

static const char *const verbs[] = {"add", "set", "left", "rm", NULL};

static enum contact_change verb_change(const char *verb)
{
	for (int i = 0; verb && verbs[i]; i++)
		if (!strcmp(verbs[i], verb))
			return CONTACT_ADD + i;
	return CONTACT_NO_CHANGE;
}

static int judge_verb(const struct contact_options *o, enum contact_change change)
{
	if (!o->verb)
		return error_set(ERR_USAGE, "missing 'add', 'set', 'left' or 'rm'");
	if (!change)
		return error_set(
			ERR_USAGE, "unknown word '%s': 'add', 'set', 'left' or 'rm'", o->verb);
	if (!o->words.n)
		return error_set(ERR_USAGE, "'%s' takes a contact: it is missing", o->verb);
	if (change != CONTACT_SET && o->words.n != 1)
		return error_set(ERR_USAGE, "'%s' takes one contact, not %zu words", o->verb,
			o->words.n);
	if (change == CONTACT_SET && o->words.n < 2)
		return error_set(ERR_USAGE, "nothing to set: '<key>=<value>' is missing");
	if (o->to && change != CONTACT_LEFT)
		return error_set(ERR_USAGE, "'--to' goes with 'left'");
	if (o->everywhere && change != CONTACT_SET)
		return error_set(ERR_USAGE, "'--everywhere' goes with 'set'");
	return 0;
}

/* Puts the pairs into *facts; each is tried on a contact, so that it is known to read. */
static int take_pairs(const struct contact_options *o, struct fact_list *facts)
{
	struct contact trial = {.name = xstrdup("trial")};
	int err = 0;

	for (size_t i = 1; !err && i < o->words.n; i++) {
		char *key = xstrdup(o->words.items[i]), *equals = strchr(key, '=');

		if (!equals) {
			err = error_set(ERR_USAGE, "'%s' is no '<key>=<value>'", key);
		} else {
			*equals = '\0';
			err = contact_set(&trial, key, equals + 1);
			facts_set(facts, key, equals + 1);
		}
		free(key);
	}
	contact_release(&trial);
	return err;
}

static int judge_usage(const struct contact_options *o, enum contact_change change)
{
	struct fact_list facts = {0};
	struct contact contact = {0};
	int err = judge_verb(o, change);

	if (!err && change == CONTACT_SET)
		err = take_pairs(o, &facts);
	if (!err && change == CONTACT_ADD)
		err = contact_parse(&contact, o->words.items[0]);
	facts_release(&facts);
	contact_release(&contact);
	return err;
}

/* ---- acts ---- */

/* Stored as contacts are, whatever order the parts were typed in. */
static int build_add(struct act *a, const char *typed)
{
	struct contact contact = {0};
	struct str stored = STR_INIT;
	int err = contact_parse(&contact, typed);

	if (!err) {
		contact_add_stored(&stored, &contact);
		replace_string(&a->contact, stored.buf);
	}
	str_release(&stored);
	contact_release(&contact);
	return err;
}

static int build_change(
	const struct contact_options *options, const struct opportunity *o, struct act *a)
{
	const struct contact *contact, *heir = NULL;
	int err = opportunity_contact(o, options->words.items[0], &contact);

	if (!err && options->to)
		err = opportunity_contact(o, options->to, &heir);
	if (!err && a->change == CONTACT_SET)
		err = take_pairs(options, &a->facts);
	if (err)
		return err;
	replace_string(&a->contact, contact->name);
	if (heir)
		replace_string(&a->to, heir->name);
	return 0;
}

/* Two records are the same person if their mail is; without mail, if their name is. */
static bool same_person(const struct contact *a, const struct contact *b)
{
	if (a->mail || b->mail)
		return same_string(a->mail, b->mail);
	return same_string(a->name, b->name);
}

static const struct contact *find_person(
	const struct opportunity *o, const struct contact *person)
{
	for (size_t i = 0; i < o->now.contacts_n; i++)
		if (same_person(&o->now.contacts[i], person))
			return &o->now.contacts[i];
	return NULL;
}

static int add_elsewhere(struct act_run *run, const char *id, const struct contact *person,
	const struct act *like)
{
	const struct contact *there;
	struct opportunity *o;
	struct act *a;
	int err = act_run_open(run, id, &o);

	if (err)
		return err;
	there = find_person(o, person);
	if (!there)
		return 0;
	a = act_run_new_act(run, ACT_CONTACT);
	a->change = CONTACT_SET;
	replace_string(&a->contact, there->name);
	for (size_t i = 0; i < like->facts.n; i++)
		facts_set(&a->facts, like->facts.items[i].key, like->facts.items[i].value);
	act_run_add(run, o, a);
	return 0;
}

struct search {
	const struct contact *person;
	const char *but; /* the opportunity that is changed anyway */
	struct list ids;
};

static int note_person(void *context, struct opportunity *o, const char *fault, bool *keep)
{
	struct search *search = context;

	(void)keep;
	if (fault)
		say_warning("%s", fault);
	else if (strcmp(o->id, search->but) && find_person(o, search->person))
		list_add(&search->ids, o->id);
	return 0;
}

static int build_everywhere(
	struct act_run *run, const struct opportunity *o, const struct act *a)
{
	struct search search = {.but = o->id};
	int err;

	for (size_t i = 0; i < o->now.contacts_n; i++)
		if (same_string(o->now.contacts[i].name, a->contact))
			search.person = &o->now.contacts[i];
	err = repo_each(run->call->repo, note_person, &search);
	for (size_t i = 0; !err && i < search.ids.n; i++)
		err = add_elsewhere(run, search.ids.items[i], search.person, a);
	list_release(&search.ids);
	return err;
}

static int build(struct act_run *run, struct opportunity *o, struct act *a)
{
	const struct contact_options *options = run->options;
	int err;

	a->change = verb_change(options->verb);
	if (a->change == CONTACT_ADD)
		err = build_add(a, options->words.items[0]);
	else
		err = build_change(options, o, a);
	if (err) {
		act_free(a);
		return err;
	}
	act_run_add(run, o, a);
	return options->everywhere ? build_everywhere(run, o, a) : 0;
}

static const struct act_command contact_command = {.kind = ACT_CONTACT, .build = build};

int cmd_contact(struct call *call, const void *options)
{
	const struct contact_options *o = options;
	int err = judge_usage(o, verb_change(o->verb));

	return err ? err : act_command_run(call, &contact_command, o->opp, options);
}
