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

/*
 * Adds a form: every field of the command with one line that explains it, filled with
 * what was typed. `title` stands on top ("fu wait acme-website"); `missing` is what the
 * rules still demand, NULL or empty for nothing.
 */
void form_add(struct str *out, const char *title, const struct command_spec *spec,
	const struct typed_options *typed, const struct breaches *missing);

/*
 * Reads a form into `out`; empty values are left out. `name` stands before the line in
 * messages. All faults are recorded: ERR_USAGE.
 */
int form_read(struct typed_options *out, const struct command_spec *spec, const char *name,
	const char *text, size_t len);

/* Adds to `to` what `from` has of the fields that `to` does not have. */
void form_merge(struct typed_options *to, const struct typed_options *from);

/* Reads a file, or stdin for "-". ERR_FAILED. */
int form_read_file(struct str *out, const char *path);

#endif
