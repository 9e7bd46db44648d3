/*
 * Forms: an act's fields as `key = value` lines, for -e and -F, in the codec of the
 * opportunity files (storage/ini.c). The keys are the command's options without "--"
 * and its positionals without "<>"; a key is repeated where the option may be. What a
 * form says is read like what is typed on the command line.
 */
#ifndef FU_CMD_FORM_H
#define FU_CMD_FORM_H

#include "cmd/options.h"
#include "core/rules.h"

/* A line of a form that cannot be read. */
struct form_fault {
	char *key, *text;
	const struct field *field; /* NULL: no field has that key */
	char *why;                 /* "unreadable date 'soonish'" */
};
struct form_faults {
	struct form_fault *items;
	size_t n, cap;
};
void form_faults_release(struct form_faults *faults);

/*
 * Adds a form: every field of the command with one line that explains it, filled with
 * what was typed. `title` stands on top ("fu wait acme-website"); `missing` is what the
 * rules still demand, `faults` what is to be corrected; NULL or empty for nothing.
 */
void form_add(struct str *out, const char *title, const struct command_spec *spec,
	const struct typed_options *typed, const struct breaches *missing,
	const struct form_faults *faults);

/* Gives a form that is opened again a new top, which tells why: messages and hints as
 * they were recorded (core/error.h). */
void form_renew_head(struct str *form, const char *title, const struct list *messages,
	const struct list *hints);

/*
 * Reads a form into `out`; empty values are left out. `name` stands before the line in
 * messages. All faults are recorded: ERR_USAGE.
 */
int form_read(struct typed_options *out, const struct command_spec *spec, const char *name,
	const char *text, size_t len);

/* The same for a form that was kept: what cannot be read goes to `faults`, the rest to
 * `out`. ERR_USAGE: it is no form at all; nothing is then in either. */
int form_salvage(struct typed_options *out, struct form_faults *faults,
	const struct command_spec *spec, const char *name, const char *text, size_t len);

/* Adds to `to` what `from` has of the fields that `to` does not have. */
void form_merge(struct typed_options *to, const struct typed_options *from);

/* Reads a file, or stdin for "-". ERR_FAILED. */
int form_read_file(struct str *out, const char *path);

#endif
