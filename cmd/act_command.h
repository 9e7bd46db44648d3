/*
 * The engine of every command that records an act about an opportunity.
 *
 *	static const struct act_question wait_questions[] = {
 *		{"wait", "until when", "a day: 'in 2 weeks', '1 oct'"},
 *		{"because", "why then", "what the client said about the time"},
 *		{NULL},
 *	};
 *	static const struct act_command wait_command = {
 *		.kind = ACT_WAIT, .questions = wait_questions, .takes_stdin = true};
 *
 *	int cmd_wait(struct call *call, const void *options)
 *	{
 *		const struct wait_options *o = options;
 *
 *		return act_command_run(call, &wait_command, o->opp, options);
 *	}
 *
 * The command's row in `commands` has WRITES but not NEEDS_REPO: the engine opens
 * the repository itself, when everything that is wrong usage has been judged. A
 * command judges what only it knows (a verb, two options that exclude each other)
 * before it calls act_command_run, and returns ERR_USAGE.
 *
 * WHAT HAPPENS IN ACT_COMMAND_RUN
 *   1. The form of -F is read; options given win over it. Unreadable: 129.
 *   2. The repository is opened, the opportunity found (exact id or unique prefix;
 *      "-": ids on stdin, where takes_stdin) and loaded: 128.
 *   3. On a terminal, unless --no-input, --json, -F or "-": a draft that was kept is
 *      offered; with -e the form is opened in the editor, else the dialogue or the
 *      questions ask for what the options have not given. What is answered becomes a
 *      typed option like those of the command line: call->typed is the one place
 *      where everything stands that was said.
 *   4. Under the repository's lock (with --dry-run: without, and nothing is written)
 *      every opportunity is read again, and `build` makes its acts: of the typed
 *      fields, which are set in `a` already. Names of contacts in `with`, `attended`
 *      and heard's `from` are full by then (unknown: 128), an owner `me` is known.
 *      This is done twice: a rehearsal without the lock, so that a refusal leaves
 *      everything as it was (hand edits that are recorded first included), then the
 *      act itself. So a hook changes nothing but its act and the run, and what it
 *      has to say on stderr it says with act_run_say.
 *   5. All acts are admitted (core/rules.h) in the order of act_run_add. All
 *      breaches are said at once, with the options that would satisfy them: 1.
 *   6. One commit, its subject and trailers from core/words.h. No act: no commit,
 *      exit 0.
 *   7. `say`, or the one line per act; --json: the act, or an array of them (several
 *      acts, or "-"); -q: nothing. Notices and hints go to stderr.
 * What was typed in a form or a dialogue that did not get recorded is kept as a
 * draft (cmd/draft.h), and removed once its words have been.
 */
#ifndef FU_CMD_ACT_COMMAND_H
#define FU_CMD_ACT_COMMAND_H

#include "cmd/command.h"
#include "core/rules.h"

#include <stdbool.h>

struct act_run;
struct dialogue;

/* One question on a terminal, asked where the field was not given and is needed. The
 * answer is judged at once and asked again until it is understood. */
struct act_question {
	const char *field;  /* the act's field; NULL ends the table */
	const char *prompt; /* "who cancelled it": lowercase, without ':' or '?' */
	const char *help;   /* what `?` shows: one line */
	/* Whether it is needed, seen what was typed so far; o is NULL for a new
	 * opportunity. NULL: always. */
	bool (*needed)(const struct act *a, const struct opportunity *o);
	/* Those of the field's words that are an answer here, NULL at the end; NULL: all. */
	const char *const *words;
};

struct act_command {
	enum act_kind kind;
	const struct act_question *questions; /* or NULL: asks nothing */
	/* Instead of the questions: leads through a dialogue of its own (cmd/dialogue.h). */
	int (*dialogue)(struct dialogue *d);

	/*
	 * Makes the acts of one opportunity out of what was typed. `a` is an act of
	 * `kind` with the typed fields set; it is build's: it goes to act_run_add, or is
	 * freed, also on an error. To do nothing (the same time again): act_free(a), say
	 * so with act_run_say, return 0. `o` is folded and as it stands before all acts of
	 * this run; it is NULL where is_new. NULL: the act as it is.
	 * Errors: any, recorded; nothing is then changed.
	 */
	int (*build)(struct act_run *run, struct opportunity *o, struct act *a);

	/* Instead of the line on stdout, for each act that was (or, with --dry-run,
	 * would be) recorded; called with -q and --json too, so it looks at
	 * act_run_prints before it prints to stdout. NULL: the line. */
	void (*say)(struct act_run *run, const struct opportunity *o, const struct act *a);

	bool is_new;      /* there is no opportunity yet: `new` */
	bool takes_stdin; /* "-" for the opportunity: ids on stdin, all or nothing */
};

/*
 * Runs it. `opp` is what was typed for the opportunity (NULL where is_new). `options`
 * is the command's struct, handed on to the hooks in run->options. Returns 0 or a
 * recorded error.
 */
int act_command_run(struct call *call, const struct act_command *command, const char *opp,
	const void *options);

/* ---- for the hooks ---- */

struct planned {
	struct opportunity *o; /* borrowed from `opened` */
	struct act *act;       /* the plan's until it is admitted, then the opportunity's */
	bool admitted;
	bool aside; /* not shown: act_run_aside */
};

struct act_run {
	struct call *call;
	const struct act_command *command;
	const void *options;
	char *by;            /* "Name <mail>" of who acts */
	struct list ids;     /* exact ids of the opportunities it is about */
	bool from_stdin;     /* they came from stdin */
	bool interactive;    /* questions may be asked */
	bool typed_by_hand;  /* a form or a dialogue was filled: worth keeping */
	struct write *write; /* NULL with --dry-run, and before the lock is taken */

	struct opportunity **opened; /* every opportunity of this run, each once */
	size_t opened_n, opened_cap;
	struct planned *plan;
	size_t plan_n, plan_cap;
	struct list said;              /* act_run_say */
	struct opportunity **restored; /* borrowed from `opened`: written without an act */
	size_t restored_n, restored_cap;
	struct list gone; /* paths of files that go with the commit */
};

/* A line for stderr, printed when it is done: a notice, or with "warning: " or "hint: "
 * before it. */
void act_run_say(struct act_run *run, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Plans the act for the opportunity; takes the act. */
void act_run_add(struct act_run *run, struct opportunity *o, struct act *a);

/* The same for what is recorded along with it and not shown (the account care that a
 * win opens). Admitted in the order of all additions. */
void act_run_aside(struct act_run *run, struct opportunity *o, struct act *a);

/* Another opportunity, in the same transaction, by its exact id; freed by the run. */
int act_run_open(struct act_run *run, const char *id, struct opportunity **out);

/* One that is not there yet; freed by the run. ERR_FAILED: the id is taken. */
int act_run_create(struct act_run *run, const char *id, struct opportunity **out);

/* The first of base, base-2, base-3, … that no opportunity has, also none of this run.
 * The caller frees. */
char *act_run_free_id(struct act_run *run, const char *base);

/* Its file goes with the commit: its acts are another's now. */
void act_run_remove(struct act_run *run, const struct opportunity *o);

/* Gives it another id: its file moves with the commit. ERR_FAILED: the id is taken. */
int act_run_rename(struct act_run *run, struct opportunity *o, const char *id);

/* Takes one that was made of another's acts, and is written with the commit. It may have an
 * id that `by` was known by before. ERR_FAILED: the id is taken, and o is freed. */
int act_run_restore(struct act_run *run, struct opportunity *o, const struct opportunity *by);

/* A fresh act with id, by and recorded set, and `at` if --at was given; for acts beside
 * the one that build gets. The caller's. */
struct act *act_run_new_act(const struct act_run *run, enum act_kind kind);

/* What the rules look at for this act: its process is that of the opportunity, or the
 * one that the act (`new`, `set process=`) names. ERR_MISSING, ERR_FAILED: the
 * process that the act needs cannot be read. */
int act_run_ground(const struct act_run *run, const struct opportunity *o, const struct act *a,
	struct ground *out);

/* Sets the act's fields from everything typed, read against the opportunity's contacts
 * (o may be NULL), the repository's currency and clock. */
int act_run_apply(const struct act_run *run, const struct opportunity *o, struct act *a);

/* An owner as typed: `me` becomes the team's key of who acts (his name where there is no
 * team), anything else stays. The caller frees. ERR_MISSING: the team does not have him. */
int act_run_owner(const struct act_run *run, const char *typed, char **owner);

/* True where text may go to stdout: neither -q nor --json. */
bool act_run_prints(const struct act_run *run);

#endif
