/* `fu win`: won outside a meeting; --care opens the account care that follows (C6). */
#include "cmd/act_command.h"
#include "core/contact.h"
#include "core/mem.h"

#include <stdlib.h>

struct win_options {
	const char *opp;
	struct duration care;
};

static const struct positional positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct win_options, opp)},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_FIELD, "value", .arg = "<money>", .help = "what it came to"},
	{OPT_FIELD, "because", .arg = "<why>", .help = "what decided it"},
	{OPT_DURATION, "care", .arg = "<interval>",
		.slot = SLOT_DURATION(struct win_options, care),
		.help = "open account care for the client, in touch at this interval"},
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

const struct command_spec spec_win = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct win_options)};

#define CARE_PROCESS "account-care"

static void copy_contacts(struct act *care, const struct state *from)
{
	for (size_t i = 0; i < from->contacts_n; i++) {
		struct str contact = STR_INIT;

		if (from->contacts[i].left)
			continue;
		contact_add_stored(&contact, &from->contacts[i]);
		list_take(&care->contacts, str_detach(&contact));
	}
}

static struct act *care_act(
	struct act_run *run, const struct opportunity *won, struct duration interval)
{
	struct act *care = act_run_new_act(run, ACT_NEW);

	care->title = xstrfmt("%s: account care", won->now.title);
	care->client = xstrdup_or_null(won->now.client);
	care->owner = xstrdup_or_null(won->now.owner);
	care->via = xstrdup_or_null(won->now.via);
	care->process = xstrdup(CARE_PROCESS);
	care->from = xstrdup(won->id);
	care->interval = interval;
	copy_contacts(care, &won->now);
	return care;
}

static int build(struct act_run *run, struct opportunity *o, struct act *a)
{
	const struct win_options *options = run->options;
	struct opportunity *care;
	char *base, *id;
	int err;

	if (!options->care.count) {
		act_run_add(run, o, a);
		return 0;
	}
	base = xstrfmt("%.59s-care", o->id);
	id = act_run_free_id(run, base);
	err = act_run_create(run, id, &care);
	if (!err) {
		replace_string(&a->care, id);
		act_run_add(run, o, a);
		act_run_aside(run, care, care_act(run, o, options->care));
		act_run_say(run, "%s: account care, opened along with it", id);
	} else {
		act_free(a);
	}
	free(base);
	free(id);
	return err;
}

static const struct act_command win_command = {.kind = ACT_WIN, .build = build};

int cmd_win(struct call *call, const void *options)
{
	const struct win_options *o = options;

	return act_command_run(call, &win_command, o->opp, options);
}
