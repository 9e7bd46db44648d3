/* fu new: opens an opportunity. */
#include "cmd/act_command.h"

#include "cmd/act_run.h"
#include "cmd/dialogue.h"
#include "cmd/known.h"
#include "cmd/printer.h"
#include "cmd/report.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/slug.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

struct new_options {
	const char *id;
};

static const struct opt step_rows[] = {
	{OPT_GROUP, .group = opts_appointment},
	{OPT_FIELD, "wait", .arg = "<date>", .help = "come to it on that day; needs --because"},
	{OPT_FIELD, "because", .arg = "<why>", .help = "the reason"},
	{OPT_END},
};

static const struct opt new_opts[] = {
	{OPT_FIELD, "client", .arg = "<name>", .flags = OPT_DEMANDED,
		.help = "whose opportunity"},
	{OPT_TEXT, "id", .arg = "<id>", .slot = SLOT_TEXT(struct new_options, id),
		.help = "its id, instead of one made from client and title"},
	{OPT_FIELD, "process", .arg = "<process>", .help = "which of processes/ it follows"},
	{OPT_FIELD, "value", .arg = "<money>", .help = "what it is worth: '12000 EUR'"},
	{OPT_FIELD, "via", .arg = "<reseller>",
		.help = "who the meetings are with, if a reseller"},
	{OPT_FIELD, "contact", .arg = "<contact>", .field = "contacts",
		.help = "'Jane Doe <jane@acme.example>; +34 600 111 222; CFO; decision-maker'"},
	{OPT_FIELD, "source", .arg = "<text>", .help = "where it came from"},
	{OPT_FIELD, "owner", .arg = "<owner>", .help = "who holds its meetings"},
	{OPT_FIELD, "tag", .arg = "<tag>", .field = "tags", .help = "a label"},
	{OPT_FIELD, "expires", .arg = "<date>",
		.help = "the day on which the proposal expires"},
	{OPT_FIELD, "interval", .arg = "<duration>",
		.help = "how often they agreed to hear from us"},
	{OPT_FIELD, "opened", .arg = "<date>", .field = "at",
		.help = "when it was opened; now, if not given"},
	{OPT_FIELD, "external-id", .arg = "<id>", .help = "its id in another system"},
	{OPT_FIELD, "note", .arg = "<text>", .help = "what one wants to remember"},
	{OPT_FIELD, "from", .arg = "<opp>", .help = "copy client and contacts, and link back"},
	{OPT_GROUP, "next-step", .group = step_rows, .help = "Next step"},
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

static const struct positional new_positionals[] = {
	{"<title>", .optional = true, .field = "title"},
	{NULL},
};

static const char *const new_forms[] = {"<title> --client <name> [<options>]", NULL};

const struct command_spec spec_new = {.opts = new_opts,
	.positionals = new_positionals,
	.size = sizeof(struct new_options),
	.forms = new_forms};

/* What was found out in the rehearsal serves the act itself. */
struct new_call {
	const struct new_options *options;
	struct known known;
	bool looked;
};

/* ---- asking ---- */

static const struct act_question ask_title = {
	"title", "what is it about", "a few words: 'Website relaunch'"};
static const struct act_question ask_client = {
	"client", "who is the client", "the name of the client"};
static const struct act_question ask_value = {
	"value", "what is it worth", "an amount: '12000', '12000 EUR'; enter: not known yet"};
static const struct act_question ask_contact = {"contacts", "who is our contact there",
	"'Jane Doe <jane@acme.example>; +34 600 111 222; CFO; decision-maker'; the name will "
	"do; enter: nobody yet"};
static const struct act_question ask_next = {"next", "when is the first appointment",
	"a day and a time: 'tue 15:00', '24 nov 9:30'; enter: none yet"};

static int ask_unless_given(
	struct dialogue *d, const struct act_question *question, unsigned flags)
{
	return typed_has(&d->run->call->typed, question->field)
		       ? 0
		       : dialogue_field(d, question, flags);
}

/* Who has said title and client has said it all; others are led through the rest too. */
static int ask_for_new(struct dialogue *d)
{
	const struct typed_options *typed = &d->run->call->typed;
	bool from = typed_has(typed, "from"), waits = typed_has(typed, "wait");
	int err = 0;

	if (typed_has(typed, "title") && (from || typed_has(typed, "client")))
		return 0;
	err = ask_unless_given(d, &ask_title, 0);
	if (!err && !from)
		err = ask_unless_given(d, &ask_client, 0);
	if (!err)
		err = ask_unless_given(d, &ask_value, ASK_OPTIONAL);
	if (!err && !from)
		err = ask_unless_given(d, &ask_contact, ASK_OPTIONAL);
	if (!err && !waits)
		err = ask_unless_given(d, &ask_next, ASK_OPTIONAL);
	return err;
}

/* ---- --from ---- */

static bool names_contact(const struct list *contacts, const char *name)
{
	char *folded = utf8_folded(name);
	bool found = false;

	for (size_t i = 0; i < contacts->n; i++) {
		struct contact c = {0};

		if (contact_parse(&c, contacts->items[i])) {
			error_clear();
		} else {
			char *other = utf8_folded(c.name);

			found = found || !strcmp(other, folded);
			free(other);
		}
		contact_release(&c);
	}
	free(folded);
	return found;
}

static void copy_contacts(struct act *a, const struct opportunity *from)
{
	for (size_t i = 0; i < from->now.contacts_n; i++) {
		const struct contact *c = &from->now.contacts[i];
		struct str stored = STR_INIT;

		if (c->left || names_contact(&a->contacts, c->name))
			continue;
		contact_add_stored(&stored, c);
		list_take(&a->contacts, str_detach(&stored));
	}
}

static int copy_from(struct act_run *run, struct act *a)
{
	struct opportunity *from = NULL;
	char *id = NULL;
	int err;

	if (!a->from)
		return 0;
	err = repo_resolve(run->call->repo, a->from, &id);
	if (!err)
		err = repo_load(run->call->repo, id, &from);
	if (!err) {
		replace_string(&a->from, id);
		if (!a->client)
			replace_string(&a->client, from->now.client);
		if (!a->via)
			replace_string(&a->via, from->now.via);
		copy_contacts(a, from);
	}
	opportunity_free(from);
	free(id);
	return err;
}

/* ---- what is known already ---- */

static void list_mails(const struct act *a, struct list *mails)
{
	for (size_t i = 0; i < a->contacts.n; i++) {
		struct contact c = {0};

		if (contact_parse(&c, a->contacts.items[i]))
			error_clear(); /* the rules say so */
		else if (c.mail)
			list_take(mails, utf8_folded(c.mail));
		contact_release(&c);
	}
}

static int look_for_known(struct act_run *run, struct new_call *nc, const struct act *a)
{
	struct list mails = {0};
	int err = 0;

	if (!nc->looked) {
		list_mails(a, &mails);
		err = known_find(&nc->known, run->call->repo, a->client, a->title, &mails);
		nc->looked = true;
	}
	list_release(&mails);
	return err;
}

/* What was typed wins; what was not is taken from the one who is known. */
static void complete_contact(
	struct act_run *run, struct act *a, struct contact *c, const struct contact *known)
{
	if (strcmp(c->name, known->name))
		act_run_say(run, "'%s' is known as '%s': taken as that contact", c->mail,
			known->name);
	for (size_t i = 0; i < a->with.n; i++)
		if (!strcmp(a->with.items[i], c->name))
			replace_string(&a->with.items[i], known->name);
	replace_string(&c->name, known->name);
	if (!c->phone)
		c->phone = xstrdup_or_null(known->phone);
	if (!c->role)
		c->role = xstrdup_or_null(known->role);
	c->decision_maker = c->decision_maker || known->decision_maker;
}

static void reuse_contacts(struct act_run *run, const struct known *known, struct act *a)
{
	for (size_t i = 0; i < a->contacts.n; i++) {
		struct contact c = {0};
		const struct contact *person;
		struct str stored = STR_INIT;

		if (contact_parse(&c, a->contacts.items[i])) {
			error_clear();
			continue;
		}
		person = c.mail ? known_person(known, c.mail) : NULL;
		if (person) {
			complete_contact(run, a, &c, person);
			contact_add_stored(&stored, &c);
			replace_string(&a->contacts.items[i], stored.buf);
		}
		str_release(&stored);
		contact_release(&c);
	}
}

/* ---- who comes to the appointment ---- */

/* Replaces each name by the full one of a contact that the act brings to the opportunity of
 * that id. ERR_MISSING: there is no such contact, or several. */
static int resolve_with(struct act *a, const char *id)
{
	struct opportunity *o = opportunity_new(id); /* as it is to be */
	int err = 0;

	opportunity_add(o, act_copy(a));
	opportunity_fold(o);
	for (size_t i = 0; !err && i < a->with.n; i++) {
		const struct contact *c;

		err = opportunity_contact(o, a->with.items[i], &c);
		if (!err)
			replace_string(&a->with.items[i], c->name);
	}
	opportunity_free(o);
	return err;
}

/* ---- its id ---- */

static int create(struct act_run *run, const struct new_options *options, const struct act *a,
	struct opportunity **o)
{
	struct str slug = STR_INIT;
	char *id;
	int err;

	if (options->id)
		return act_run_create(run, options->id, o);
	slug_add(&slug, a->client, a->title);
	if (!slug.len)
		str_addf(&slug, "o-%.6s", a->id);
	id = act_run_free_id(run, slug.buf);
	err = act_run_create(run, id, o);
	free(id);
	str_release(&slug);
	return err;
}

static int build(struct act_run *run, struct opportunity *none, struct act *a)
{
	struct new_call *nc = (struct new_call *)run->options;
	struct opportunity *o = NULL;
	int err = copy_from(run, a);

	(void)none;
	if (!err)
		err = look_for_known(run, nc, a);
	if (!err) {
		/* They may be named as they are typed here, or as they are known. */
		if (resolve_with(a, ""))
			error_clear();
		reuse_contacts(run, &nc->known, a);
		if (nc->known.client)
			act_run_say(run, "warning: client '%s' is nearly the same as '%s'",
				a->client, nc->known.client);
		if (nc->known.twin)
			act_run_say(run, "warning: '%s' is open with the same client and title",
				nc->known.twin);
		err = create(run, nc->options, a, &o);
	}
	if (!err)
		err = resolve_with(a, o->id);
	if (err)
		act_free(a);
	else
		act_run_add(run, o, a);
	return err;
}

/* The id alone on stdout, for scripts; the rest is for people. */
static void say_opened(struct act_run *run, const struct opportunity *o, const struct act *a)
{
	struct str line = STR_INIT;

	if (run->call->common.quiet)
		return;
	act_report_line(&line, run, o, a);
	say("%s%s", run->call->common.dry_run ? "would record: " : "", line.buf);
	str_release(&line);
	if (!run->call->common.dry_run)
		act_report_adrift(run, o, a);
	if (!run->call->common.json)
		print_line("%s", o->id);
}

int cmd_new(struct call *call, const void *options)
{
	static const struct act_command command = {.kind = ACT_NEW,
		.dialogue = ask_for_new,
		.build = build,
		.say = say_opened,
		.is_new = true};
	struct new_call nc = {.options = options};
	int err;

	if (nc.options->id && !opportunity_id_valid(nc.options->id))
		return error_set(ERR_USAGE,
			"'%s' is no id: lowercase letters, digits and '-' inside, 64 at the "
			"most",
			nc.options->id);
	err = act_command_run(call, &command, NULL, &nc);
	if (err == ERR_REFUSED && !typed_has(&call->typed, "title"))
		error_hint("fu new '<title>' --client '<name>'");
	known_release(&nc.known);
	return err;
}
