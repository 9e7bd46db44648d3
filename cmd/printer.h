/*
 * The printer: one description of a record, three ways out.
 *
 *	static const struct print_field fields[] = {
 *		{"id", "id", PRINT_WHOLE, .text = add_id},
 *		{"title", "title", PRINT_CUT, .text = add_title},
 *		{"value", .json = value_json},
 *		{NULL},
 *	};
 *	const struct print_spec list_print = {.fields = fields};
 *
 *	printer = printer_new(&list_print, call);
 *	printer_record(printer, &record);     for each
 *	printer_finish(printer);              prints
 *	printer_free(printer);
 *
 * As text, fields with a heading are the columns of a table that fits the
 * terminal; with --json the records are the objects of one array, with all fields
 * in the order of the table; with --format, %(name) gives a field's text. What is
 * not asked for is not computed. All text leaves escaped (core/utf8.h), in JSON too.
 *
 * A record is whatever the command passes: usually a small struct of its own with
 * the thing and what is needed to show it.
 */
#ifndef FU_CMD_PRINTER_H
#define FU_CMD_PRINTER_H

#include "cmd/json.h"
#include "cmd/terminal.h"
#include "core/str.h"

#include <jansson.h>

struct call;
struct printer;

enum print_flags {
	PRINT_RIGHT = 1 << 0,   /* numbers: flush right */
	PRINT_NO_JSON = 1 << 1, /* for people and --format only */
	/* Where the terminal is narrow, columns give way in this order, of two the left one
	 * first. */
	PRINT_CUT = 1 << 2,   /* is shortened, with an ellipsis */
	PRINT_LONG = 1 << 3,  /* the same, but not by so much */
	PRINT_BELOW = 1 << 4, /* moves to lines of its own below, in full */
	PRINT_DROP = 1 << 5,  /* is left out before others become too short to be read */
	PRINT_WHOLE = 1 << 6, /* is never shortened: an id, a date */
};

struct print_field {
	const char *name;    /* in JSON and in %(name); NULL ends the table */
	const char *heading; /* of its column, lowercase; "": a column without; NULL: not in the
				table */
	unsigned flags;
	/* Adds its raw text. NULL: made from the JSON value (null: nothing; money:
	 * "12000.00 EUR"; an array: its parts with "; " between them). */
	void (*text)(struct str *out, const void *record);
	/* A new reference. NULL: the text as a string, null where it is empty. */
	json_t *(*json)(const void *record);
};

struct print_spec {
	const struct print_field *fields;
	bool no_headings; /* a table without its line of headings */
	json_t *(*json)(
		const void *record); /* the whole object instead of the fields', or NULL */
	enum tone (*tone)(const void *record); /* the colour of its line, or NULL */
};

struct printer *printer_new(const struct print_spec *spec, struct call *call);
/* Takes what it needs from the record at once. */
void printer_record(struct printer *p, const void *record);
/* Text only: a line before the records that follow ("late"), columns staying aligned;
 * an empty line before it, except at the beginning. */
void printer_heading(struct printer *p, const char *text);
/* Text only: a line behind the table. */
void printer_footer(struct printer *p, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Prints everything to stdout. Whether that got out is seen at the end (terminal.h). */
void printer_finish(struct printer *p);
void printer_free(struct printer *p); /* NULL is fine */

/* Judges a --format: ERR_USAGE for an unknown field (the nearest is suggested) or an
 * unknown `%`. The framework does this before the command runs. */
int print_format_check(const struct print_spec *spec, const char *format);

/* ---- what is not records ---- */

/* One JSON document, indented by two; takes the reference. */
void print_json(json_t *document);

/* One line of text on stdout, escaped. */
void print_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Several lines: newlines stay, everything else is escaped. */
void print_text(const char *text);

#endif
