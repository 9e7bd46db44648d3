/* fu help [<command>|<guide>] */
#include "cmd/alias.h"
#include "cmd/command.h"
#include "cmd/printer.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

struct help_options {
	const char *topic;
	bool all;
};

static const struct opt help_opts[] = {
	{OPT_FLAG, "all", 'a', .slot = SLOT_BOOL(struct help_options, all),
		.help = "list every command, one a line"},
	{OPT_END},
};

static const struct positional help_positionals[] = {
	{"<topic>", .optional = true, .slot = SLOT_TEXT(struct help_options, topic)},
	{NULL},
};

static const char *const help_forms[] = {"[<command>|<guide>]", "--all", NULL};

const struct command_spec spec_help = {
	.opts = help_opts,
	.positionals = help_positionals,
	.size = sizeof(struct help_options),
	.forms = help_forms,
};

static void add_command_line(struct str *out, const struct command *command)
{
	str_addf(out, "   %-12s %s\n", command->name, command->summary);
}

void short_help_add(struct str *out)
{
	static const char *const headings[COMMAND_GROUPS] = {
		[GROUP_START] = "start",
		[GROUP_RECORD] = "record what happened",
		[GROUP_LOOK] = "see what to do, and where things stand",
		[GROUP_KEEP] = "look after the repository",
	};

	str_add(out, "usage: fu [-C <dir>] [--repo <dir>] [--no-pager] "
		     "[--color=auto|always|never]\n"
		     "          <command> [<options>] [<args>]\n");
	for (int group = 0; group < COMMAND_GROUPS; group++) {
		bool any = false;

		for (const struct command *c = commands; c->name; c++) {
			if (c->group != (enum command_group)group || c->flags & PLUMBING)
				continue;
			if (!any)
				str_addf(out, "\n%s\n", headings[group]);
			any = true;
			add_command_line(out, c);
		}
	}
	str_add(out, "\n'fu help <command>' shows a command's manual page, "
		     "'fu <command> -h' its options.\n");
}

static void print_all_commands(void)
{
	struct str text = STR_INIT;

	for (const struct command *c = commands; c->name; c++)
		if (!(c->flags & PLUMBING))
			add_command_line(&text, c);
	print_text(text.buf);
	str_release(&text);
}

static void print_short_help(void)
{
	struct str text = STR_INIT;

	short_help_add(&text);
	print_text(text.buf);
	str_release(&text);
}

const char *const manual_guides[] = {"cron", "format", "output", "tutorial", "workflows", NULL};

static bool is_guide(const char *topic)
{
	for (size_t i = 0; manual_guides[i]; i++)
		if (!strcmp(topic, manual_guides[i]))
			return true;
	return false;
}

/* Not a command: an alias, else a guide. */
static int help_on_topic(const struct call *call, const char *topic)
{
	char *alias = NULL;

	if (alias_find(call->where, topic, &alias))
		error_clear();
	if (alias) {
		print_line("'%s' is aliased to '%s'", topic, alias);
		free(alias);
		return 0;
	}
	if (manual_show(topic))
		return 0;
	if (!is_guide(topic))
		return command_unknown(topic);
	error_set(ERR_FAILED,
		"cannot show the page 'fu-%s': it is not installed, or 'man' is not", topic);
	error_hint("'fu help' lists the commands, 'fu <command> -h' shows what one takes");
	return ERR_FAILED;
}

int cmd_help(struct call *call, const void *options)
{
	const struct help_options *o = options;
	const struct command *command;

	if (o->all) {
		print_all_commands();
		return 0;
	}
	if (!o->topic) {
		print_short_help();
		return 0;
	}
	command = command_find(o->topic);
	if (!command)
		return help_on_topic(call, o->topic);
	command_show_help(command);
	return 0;
}
