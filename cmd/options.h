/*
 * Options: one spec per command, from which parsing, the usage text (-h), the
 * SYNOPSIS, completion and the check against the manual pages all come.
 *
 * A command declares a struct for its options and a static const array of rows:
 *
 *	struct list_options {
 *		const char *client;
 *		bool all;
 *	};
 *	static const struct opt list_opts[] = {
 *		{OPT_TEXT, "client", .arg = "<name>", .slot = SLOT_TEXT(struct list_options,
 *client), .help = "those of this client"}, {OPT_FLAG, "all", 'a', .slot = SLOT_BOOL(struct
 *list_options, all), .help = "closed ones too"}, {OPT_GROUP, .group = opts_format}, {OPT_END},
 *	};
 *
 * Where a value goes:
 *   - `slot`: a member of the command's own struct (zeroed before; the text is
 *     argv's, lists and the struct are released by the framework);
 *   - `common`: a member of struct common_options, which every command shares;
 *   - `field`: the name of an act's field (core/act.h). The raw text is collected
 *     in struct typed_options, in the order typed, judged at once as far as it can
 *     be without a repository, and applied to an act later (cmd/typed.h).
 *
 * Parsing is git's: long options may be cut to a unique prefix, flags have a
 * `--no-` form, `--name=value`, `--name value`, `-n5`, `-n 5`, options after
 * arguments, `--` ends them. Of an option given twice the last one holds, unless
 * it is a list. Everything that is wrong is recorded as ERR_USAGE.
 */
#ifndef FU_CMD_OPTIONS_H
#define FU_CMD_OPTIONS_H

#include "cmd/typed.h"
#include "core/str.h"
#include "core/when.h"

#include <stdbool.h>
#include <stddef.h>

struct print_spec;

enum opt_kind {
	OPT_END,
	OPT_FLAG,  /* bool */
	OPT_TEXT,  /* const char *: as typed, not judged */
	OPT_COUNT, /* struct count, a whole number from 0 on */
	OPT_LIST,  /* struct list, repeatable */
	OPT_WORD,  /* int: the word's index in `words`; 0: not given */
	OPT_AHEAD, /* const char *: a date that looks ahead, judged; when_parse(…, LOOK_AHEAD)
		      it later */
	OPT_BACK,  /* const char *: the same for what has been (LOOK_BACK) */
	OPT_DURATION, /* struct duration; unit 0: not given */
	OPT_FIELD,    /* an act's field, collected */
	OPT_REFUSED,  /* what one may look for in vain: `help` says why there is none; hidden */
	OPT_GROUP     /* the rows of `group`, which several commands share */
};

enum opt_flags {
	OPT_DEMANDED = 1 << 0, /* shown without brackets; a rule demands it, not the parser */
	OPT_HIDDEN = 1 << 1,   /* not in the usage */
	OPT_REPEATS = 1 << 2,  /* shown with "..."; implied by OPT_LIST and repeatable fields */
};

/* 0 is a number like any other: "no more than none". */
struct count {
	bool given;
	int n;
};

struct opt {
	enum opt_kind kind;
	const char *name; /* long name without "--"; NULL: only a letter. OPT_GROUP: how the
			     synopsis calls it, "next-step" → [<next-step>]; NULL: its rows are
			     shown */
	char letter;      /* or 0 */
	const char *arg;  /* "<date>"; words and flags have none (the words are shown) */
	const char *help; /* lowercase, no full stop; OPT_GROUP: its heading in the usage */
	unsigned flags;
	size_t slot;              /* SLOT_…; 1-based, so that 0 is "not given" */
	size_t common;            /* COMMON_… */
	const char *field;        /* OPT_FIELD: NULL: `name` with '_' for '-' */
	const char *const *words; /* OPT_WORD: index 0 is NULL, ends with NULL (as in act.h) */
	const struct opt *group;
};

/* A slot, its type checked by the compiler. */
#define SLOT_OF(type, owner, member)                                                           \
	(offsetof(owner, member) + 1 + 0 * sizeof((type *)0 == &((owner *)0)->member))
#define SLOT_BOOL(owner, member) SLOT_OF(bool, owner, member)
#define SLOT_TEXT(owner, member) SLOT_OF(const char *, owner, member)
#define SLOT_INT(owner, member) SLOT_OF(int, owner, member)
#define SLOT_COUNT(owner, member) SLOT_OF(struct count, owner, member)
#define SLOT_LIST(owner, member) SLOT_OF(struct list, owner, member)
#define SLOT_DURATION(owner, member) SLOT_OF(struct duration, owner, member)

/* What many commands share. Set only where the command's spec has the row. */
struct common_options {
	bool json;
	const char *format; /* --format */
	bool nul;           /* -z */
	bool quiet;         /* -q */
	bool dry_run;
	bool edit;        /* -e */
	const char *file; /* -F; "-": stdin */
	bool no_input;
};
#define COMMON_BOOL(member) SLOT_BOOL(struct common_options, member)
#define COMMON_TEXT(member) SLOT_TEXT(struct common_options, member)

/* Groups of rows (cmd/groups.c). */
extern const struct opt opts_json[];    /* --json */
extern const struct opt opts_format[];  /* --json --format -z */
extern const struct opt opts_write[];   /* -q --json --dry-run */
extern const struct opt opts_act[];     /* opts_write, -e -F --no-input --at --minutes --link */
extern const struct opt opts_meeting[]; /* the same, where --at is the appointment's time */
extern const struct opt opts_appointment[]; /* --next --for --place --with */
extern const struct opt
	opts_next_step[]; /* opts_appointment, --again --wait --because --no-next */

/* What stands without a name. */
struct positional {
	const char *name;  /* "<opp>"; NULL ends the list */
	bool optional;     /* those after it too */
	bool repeats;      /* takes all that follow; the last one only */
	size_t slot;       /* SLOT_TEXT, or SLOT_LIST where it repeats */
	const char *field; /* or an act's field */
	bool asked;        /* on a terminal the command asks for it where it is missing */
};

struct command_spec {
	const struct opt *opts;               /* or NULL */
	const struct positional *positionals; /* or NULL */
	size_t size;                          /* of the command's struct */
	const struct print_spec *print; /* what --format is checked against; NULL: has none */
	const char *const
		*forms; /* synopses, "<opp> add <contact>", NULL at the end: where the
			   one made from the rows would not tell; NULL: made from them */
};

struct parsed {
	void *options; /* the command's struct; NULL if its size is 0 */
	struct common_options common;
	struct typed_options typed;
};

enum parse_result {
	PARSE_DONE = 0,
	PARSE_USAGE = 1, /* -h */
	PARSE_MANUAL = 2 /* --help */
};

/*
 * Parses what stands behind the command's name (argv[0] is the name). Returns an
 * enum parse_result, or ERR_USAGE with everything that is wrong recorded. The
 * texts in *out are argv's. parsed_release in every case.
 */
int options_parse(
	const struct command_spec *spec, int argc, char *const argv[], struct parsed *out);
/* The same for options before a command: stops at the first argument that is none,
 * *rest is its index. After -h and --help too. */
int options_parse_leading(const struct command_spec *spec, int argc, char *const argv[],
	struct parsed *out, int *rest);
void parsed_release(const struct command_spec *spec, struct parsed *parsed);

/* "fu list [<opp>...] [--all]": one line a form, unwrapped. */
void synopsis_add(struct str *out, const char *name, const struct command_spec *spec);
/* The text of -h. */
void usage_add(struct str *out, const char *name, const struct command_spec *spec);

/* Calls visit for every row, groups opened up (but not for the rows OPT_GROUP). */
void options_each(const struct opt *opts, void (*visit)(void *context, const struct opt *row),
	void *context);

/* Not in the usage, nor offered by completion. */
bool opt_hidden(const struct opt *row);
/* It takes no value. */
bool opt_is_flag(const struct opt *row);
/* A flag that "--no-<name>" takes back. */
bool opt_has_negation(const struct opt *row);
/* May be given more than once. */
bool opt_repeats(const struct opt *row);
/* The words that its value is one of, the first one NULL (absent), or NULL. */
const char *const *opt_words(const struct opt *row);
/* The act's field that the row is about; aborts on a name that is none. */
const struct field *opt_field(const struct opt *row);
/* "<date>", "proceed|repeat|abandon"; NULL for flags. The caller frees. */
char *opt_argument(const struct opt *row);

#endif
