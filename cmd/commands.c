/* The table of commands. */
#include "cmd/command.h"

#include "core/error.h"
#include "core/suggest.h"

#include <string.h>

/* Keep the alphabet. */
const struct command commands[] = {
	{"abandon", cmd_abandon, &spec_abandon, WRITES, GROUP_RECORD,
		"close an opportunity that will not be won"},
	{"agenda", cmd_agenda, &spec_agenda, 0, GROUP_LOOK,
		"show appointments and calls by day, or times that are free"},
	{"board", cmd_board, &spec_board, NEEDS_REPO | PAGER, GROUP_LOOK,
		"show the pipeline by activity"},
	{"brief", cmd_brief, &spec_brief, NEEDS_REPO | PAGER, GROUP_LOOK,
		"show what one needs to know before a contact"},
	{"broken", cmd_broken, &spec_broken, WRITES, GROUP_RECORD,
		"record that a commitment was not kept"},
	{"cancel", cmd_cancel, &spec_cancel, WRITES, GROUP_RECORD,
		"record that an appointment does not take place"},
	{"check", cmd_check, &spec_check, NEEDS_REPO, GROUP_KEEP,
		"check the files: the discipline and the format"},
	{"clone", cmd_clone, &spec_clone, WRITES, GROUP_START,
		"make a copy of somebody's repository"},
	{"commitments", cmd_commitments, &spec_commitments, NEEDS_REPO | PAGER, GROUP_LOOK,
		"show what each side owes"},
	{"complete", cmd_complete, &spec_complete, PLUMBING, GROUP_KEEP,
		"say what may stand at the cursor"},
	{"completion", cmd_completion, &spec_completion, 0, GROUP_KEEP,
		"print what makes a shell complete fu's words"},
	{"config", cmd_config, &spec_config, 0, GROUP_KEEP, "read and write settings"},
	{"contact", cmd_contact, &spec_contact, WRITES, GROUP_RECORD,
		"keep the people on the client's side"},
	{"edit", cmd_edit, &spec_edit, NEEDS_REPO | WRITES, GROUP_KEEP,
		"edit an opportunity's file, checked"},
	{"export", cmd_export, &spec_export, 0, GROUP_LOOK,
		"write acts, a spreadsheet or a calendar for other programs"},
	{"fsck", cmd_fsck, &spec_fsck, NEEDS_REPO, GROUP_KEEP,
		"check the repository and the audit trail"},
	{"grep", cmd_grep, &spec_grep, 0, GROUP_LOOK, "search all that was written down"},
	{"heard", cmd_heard, &spec_heard, WRITES, GROUP_RECORD,
		"record that the client contacted us"},
	{"help", cmd_help, &spec_help, 0, GROUP_KEEP, "show a manual page, or all commands"},
	{"import", cmd_import, &spec_import, WRITES, GROUP_START,
		"take opportunities from a CSV file, or acts"},
	{"init", cmd_init, &spec_init, WRITES, GROUP_START, "make a repository"},
	{"kept", cmd_kept, &spec_kept, WRITES, GROUP_RECORD,
		"record that a commitment was kept"},
	{"list", cmd_list, &spec_list, NEEDS_REPO | PAGER, GROUP_LOOK, "list opportunities"},
	{"log", cmd_log, &spec_log, NEEDS_REPO | PAGER, GROUP_LOOK, "show the audit trail"},
	{"log-call", cmd_log_call, &spec_log_call, WRITES, GROUP_RECORD,
		"record a follow-up call: it schedules, or confirms"},
	{"log-meeting", cmd_log_meeting, &spec_log_meeting, WRITES, GROUP_RECORD,
		"record a meeting with its outcome, commitments and next step"},
	{"log-touch", cmd_log_touch, &spec_log_touch, WRITES, GROUP_RECORD,
		"record a contact that gave the client something"},
	{"merge", cmd_merge, &spec_merge, WRITES, GROUP_KEEP,
		"merge two opportunities that are one"},
	{"move", cmd_move, &spec_move, WRITES, GROUP_RECORD, "give a commitment another date"},
	{"new", cmd_new, &spec_new, WRITES, GROUP_START, "open an opportunity"},
	{"next", cmd_next, &spec_next, NEEDS_REPO | PAGER, GROUP_LOOK, "show what to do now"},
	{"note", cmd_note, &spec_note, WRITES, GROUP_RECORD,
		"record what one wants to remember"},
	{"recap", cmd_recap, &spec_recap, 0, GROUP_LOOK, "write the mail after a meeting"},
	{"record", cmd_record, &spec_record, NEEDS_REPO | WRITES, GROUP_KEEP,
		"record what was edited by hand"},
	{"remind", cmd_remind, &spec_remind, 0, GROUP_LOOK,
		"say what is due, as a mail, for cron"},
	{"rename", cmd_rename, &spec_rename, WRITES, GROUP_KEEP,
		"give an opportunity another id"},
	{"reopen", cmd_reopen, &spec_reopen, WRITES, GROUP_RECORD,
		"open a closed opportunity again"},
	{"report", cmd_report, &spec_report, 0, GROUP_LOOK,
		"show figures: flow, activity, habits, causes"},
	{"resolve", cmd_resolve, &spec_resolve, WRITES, GROUP_RECORD,
		"answer a question that sync left"},
	{"review", cmd_review, &spec_review, NEEDS_REPO | WRITES, GROUP_LOOK,
		"go through what is adrift, stale or undecided"},
	{"schedule", cmd_schedule, &spec_schedule, WRITES, GROUP_RECORD,
		"book or move an appointment"},
	{"set", cmd_set, &spec_set, WRITES, GROUP_RECORD, "change facts"},
	{"show", cmd_show, &spec_show, NEEDS_REPO | PAGER, GROUP_LOOK,
		"show all of one opportunity"},
	{"status", cmd_status, &spec_status, NEEDS_REPO, GROUP_KEEP,
		"show what is not recorded, and whether others have it"},
	{"sync", cmd_sync, &spec_sync, NEEDS_REPO | WRITES, GROUP_KEEP,
		"exchange what was recorded with others"},
	{"undo", cmd_undo, &spec_undo, WRITES, GROUP_RECORD, "take an act back"},
	{"version", cmd_version, &spec_version, 0, GROUP_KEEP, "show the version"},
	{"wait", cmd_wait, &spec_wait, WRITES, GROUP_RECORD,
		"come back to an opportunity on a date"},
	{"where", cmd_where, &spec_where, NEEDS_REPO | PAGER, GROUP_LOOK,
		"show where things stand, in the client's words"},
	{"who", cmd_who, &spec_who, 0, GROUP_LOOK, "find out who is on the line"},
	{"win", cmd_win, &spec_win, WRITES, GROUP_RECORD, "close an opportunity that was won"},
	{NULL},
};

const struct command *command_find(const char *name)
{
	for (const struct command *c = commands; c->name; c++)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}

int command_unknown(const char *name)
{
	struct nearest nearest;

	nearest_start(&nearest, name);
	for (const struct command *c = commands; c->name; c++)
		if (!(c->flags & PLUMBING))
			nearest_offer(&nearest, c->name);
	error_set(ERR_USAGE, "unknown command '%s'", name);
	if (nearest.word)
		error_hint("did you mean 'fu %s'?", nearest.word);
	else
		error_hint("'fu help --all' lists the commands");
	return ERR_USAGE;
}
