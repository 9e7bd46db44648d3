/*
 * An opportunity as the reading commands show it: its document, its fields for
 * tables and --format, the lines of its page. Shared by `list`, `where` and `show`.
 */
#ifndef FU_CMD_RECORD_FIELDS_H
#define FU_CMD_RECORD_FIELDS_H

#include "cmd/printer.h"
#include "cmd/query.h"

/* An opportunity and what it is seen against. All borrowed. */
struct record {
	const struct opportunity *o;
	const struct process *process; /* or NULL */
	const struct settings *settings;
	const struct clock *clock;
};

struct record record_of(struct query *q, const struct opportunity *o);

/* The document of fu-output(5), "An opportunity"; a new reference. */
json_t *record_to_json(const struct record *r, bool with_acts);

/* For printers whose records are struct record: `list`. The narrow one does without
 * the title, which the id recalls: with it a table would not fit 80 columns. */
extern const struct print_spec record_print;
extern const struct print_spec record_print_narrow;
#define RECORD_NARROW 110 /* fewer columns than that are narrow */

/* ---- in words ---- */

/* "proposal", and where it says more, the status: "proposal (waiting)", "won". */
void record_add_stand(struct str *out, const struct record *r);

/* Prints "<id>  <title>  (<client>)", a heading. */
void record_print_title(struct call *call, const struct opportunity *o);

/*
 * Where it stands right now (B1): place in the process, the client's own words, how
 * warm it is, what was last agreed and what became of it, what each side still owes,
 * what is unsure. Adds lines "label  text", wrapped to `width` columns (0: not at all),
 * unescaped.
 */
void record_add_snapshot(struct str *out, const struct record *r, int width);

/* "Jane Doe <jane@acme.example>, +34 600 111 222, CFO, decides" */
void record_add_contact(struct str *out, const struct contact *c);

/* "Jane Doe: get the figures by Sat 21 Nov" */
void record_add_promise(struct str *out, const struct record *r, const struct promise *p,
	const struct when *due);
/* "Jane Doe: get the figures by Sat 21 Nov, overdue [mtc0]" */
void record_add_commitment(struct str *out, const struct record *r, const struct commitment *c);

/* One line "label  text"; text wrapped and its own lines kept. Nothing where it is
 * NULL or empty. */
void record_add_line(struct str *out, int width, const char *label, const char *text);

#endif
