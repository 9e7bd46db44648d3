/*
 * Commands: what main() knows of them, and what it has prepared when one runs.
 *
 * HOW TO ADD A COMMAND
 *   1. cmd/<name>.c: a struct for its options, its rows (options.h), a
 *      `const struct command_spec spec_<name>` and `int cmd_<name>(struct call *,
 *      const void *options)`. Options → act or query → printer; no rule of the
 *      discipline lives here.
 *   2. the two declarations below, and a row of `commands` in commands.c: both
 *      keep the alphabet. Flags say what is to be set up before it runs.
 *   3. cmd/meson.build: its file.
 *   4. docs/man/fu-<name>.1.scd, whose SYNOPSIS is what `fu <name> -h` prints;
 *      t/tNNNN-<name>.sh. Tests fail where one of them is missing or differs.
 *   5. a writing command: cmd/groups.c has the options that all acts share; an
 *      act's fields are OPT_FIELD rows and reach the act by typed_apply().
 *
 * WHAT HAPPENS BEFORE A COMMAND RUNS
 *   options are parsed and judged (129) → --format is judged → the repository is
 *   opened (NEEDS_REPO, 128) → the pager is started (PAGER) → run. Afterwards errors
 *   are printed (report.h), stdout is checked (terminal.h), the exit status comes
 *   from what run returned (exit.h).
 */
#ifndef FU_CMD_COMMAND_H
#define FU_CMD_COMMAND_H

#include "cmd/exit.h"
#include "cmd/options.h"
#include "cmd/terminal.h"
#include "storage/storage.h"

#include <stdbool.h>

enum command_flags {
	NEEDS_REPO = 1 << 0, /* call->repo is open */
	WRITES = 1 << 1,     /* a reader of its stdout who goes away does not end it */
	PAGER = 1 << 2,      /* its text goes through the pager on a terminal */
	PLUMBING = 1 << 3    /* not listed by `help` */
};

/* Under which heading `fu help` lists a command. */
enum command_group {
	GROUP_START,  /* start a repository, fill it */
	GROUP_RECORD, /* record what happened */
	GROUP_LOOK,   /* what to do, and where things stand */
	GROUP_KEEP,   /* look after the repository */
	COMMAND_GROUPS
};

struct command;

/* One call of a command. */
struct call {
	const struct command *command;
	const char *where; /* --repo or $FU_REPO, or NULL */
	struct repo *repo; /* or NULL */
	struct common_options common;
	struct typed_options typed;
	struct terminal terminal;
	bool recorded; /* set by a command that has recorded its act: that stdout cannot
			  be written to is then a warning */
	char *guessed; /* "Name <mail>" of who acts, where the account's name was taken */
};

struct command {
	const char *name;
	/* Returns 0, FOUND or an error that is recorded. `options` is the struct whose
	 * size the spec names. */
	int (*run)(struct call *call, const void *options);
	const struct command_spec *spec;
	unsigned flags;
	enum command_group group;
	const char *summary; /* "show what to do now": lowercase, no full stop */
};

extern const struct command commands[];               /* alphabetized; ends with a NULL name */
const struct command *command_find(const char *name); /* exact; NULL: none */
/* Records "unknown command" with the nearest ones; ERR_USAGE. */
int command_unknown(const char *name);

/* For commands without NEEDS_REPO: opens call->repo unless it is open. ERR_MISSING, ERR_FAILED.
 */
int call_open_repo(struct call *call);

/* "Name <mail>" of who acts. The caller frees *by. */
int call_identity(struct call *call, char **by);

/* Parses argv (argv[0] is the command's name), prepares what its flags ask for and runs it. */
int call_run(struct call *call, const struct command *command, int argc, char *const argv[]);
/* Runs another command from within one, as if it had been typed: a name and its arguments,
 * NULL at the end. It opens the repository for itself. */
int call_run_beside(struct call *call, char *const words[]);

/* Shows the manual page fu-<topic> (topic NULL: fu); false: there is no `man` or no
 * such page (cmd/manual.c). */
bool manual_show(const char *topic);
/* The topics of the pages that are no command's, NULL at the end (cmd/help.c). */
extern const char *const manual_guides[];
/* The text of `fu -h`: usage and the commands by group. */
void short_help_add(struct str *out);
/* The page, else the usage, on stdout. */
void command_show_help(const struct command *command);

int cmd_abandon(struct call *call, const void *options);
int cmd_agenda(struct call *call, const void *options);
int cmd_brief(struct call *call, const void *options);
int cmd_board(struct call *call, const void *options);
int cmd_broken(struct call *call, const void *options);
int cmd_cancel(struct call *call, const void *options);
int cmd_check(struct call *call, const void *options);
int cmd_clone(struct call *call, const void *options);
int cmd_commitments(struct call *call, const void *options);
int cmd_complete(struct call *call, const void *options);
int cmd_completion(struct call *call, const void *options);
int cmd_config(struct call *call, const void *options);
int cmd_contact(struct call *call, const void *options);
int cmd_edit(struct call *call, const void *options);
int cmd_export(struct call *call, const void *options);
int cmd_fsck(struct call *call, const void *options);
int cmd_grep(struct call *call, const void *options);
int cmd_heard(struct call *call, const void *options);
int cmd_help(struct call *call, const void *options);
int cmd_import(struct call *call, const void *options);
int cmd_init(struct call *call, const void *options);
int cmd_kept(struct call *call, const void *options);
int cmd_list(struct call *call, const void *options);
int cmd_log(struct call *call, const void *options);
int cmd_log_call(struct call *call, const void *options);
int cmd_log_meeting(struct call *call, const void *options);
int cmd_log_touch(struct call *call, const void *options);
int cmd_merge(struct call *call, const void *options);
int cmd_move(struct call *call, const void *options);
int cmd_new(struct call *call, const void *options);
int cmd_next(struct call *call, const void *options);
int cmd_note(struct call *call, const void *options);
int cmd_recap(struct call *call, const void *options);
int cmd_record(struct call *call, const void *options);
int cmd_remind(struct call *call, const void *options);
int cmd_rename(struct call *call, const void *options);
int cmd_reopen(struct call *call, const void *options);
int cmd_report(struct call *call, const void *options);
int cmd_resolve(struct call *call, const void *options);
int cmd_review(struct call *call, const void *options);
int cmd_schedule(struct call *call, const void *options);
int cmd_set(struct call *call, const void *options);
int cmd_show(struct call *call, const void *options);
int cmd_status(struct call *call, const void *options);
int cmd_sync(struct call *call, const void *options);
int cmd_undo(struct call *call, const void *options);
int cmd_version(struct call *call, const void *options);
int cmd_wait(struct call *call, const void *options);
int cmd_where(struct call *call, const void *options);
int cmd_who(struct call *call, const void *options);
int cmd_win(struct call *call, const void *options);

extern const struct command_spec spec_abandon;
extern const struct command_spec spec_agenda;
extern const struct command_spec spec_brief;
extern const struct command_spec spec_board;
extern const struct command_spec spec_broken;
extern const struct command_spec spec_cancel;
extern const struct command_spec spec_check;
extern const struct command_spec spec_clone;
extern const struct command_spec spec_commitments;
extern const struct command_spec spec_complete;
extern const struct command_spec spec_completion;
extern const struct command_spec spec_config;
extern const struct command_spec spec_contact;
extern const struct command_spec spec_edit;
extern const struct command_spec spec_export;
extern const struct command_spec spec_fsck;
extern const struct command_spec spec_grep;
extern const struct command_spec spec_heard;
extern const struct command_spec spec_help;
extern const struct command_spec spec_import;
extern const struct command_spec spec_init;
extern const struct command_spec spec_kept;
extern const struct command_spec spec_list;
extern const struct command_spec spec_log;
extern const struct command_spec spec_log_call;
extern const struct command_spec spec_log_meeting;
extern const struct command_spec spec_log_touch;
extern const struct command_spec spec_merge;
extern const struct command_spec spec_move;
extern const struct command_spec spec_new;
extern const struct command_spec spec_next;
extern const struct command_spec spec_note;
extern const struct command_spec spec_recap;
extern const struct command_spec spec_record;
extern const struct command_spec spec_remind;
extern const struct command_spec spec_rename;
extern const struct command_spec spec_reopen;
extern const struct command_spec spec_report;
extern const struct command_spec spec_resolve;
extern const struct command_spec spec_review;
extern const struct command_spec spec_schedule;
extern const struct command_spec spec_set;
extern const struct command_spec spec_show;
extern const struct command_spec spec_status;
extern const struct command_spec spec_sync;
extern const struct command_spec spec_undo;
extern const struct command_spec spec_version;
extern const struct command_spec spec_wait;
extern const struct command_spec spec_where;
extern const struct command_spec spec_who;
extern const struct command_spec spec_win;

#endif
