/* What cells of other people's exports hold: dates, amounts, people, text with markup. */
#ifndef FU_CORE_IMPORT_TEXT_H
#define FU_CORE_IMPORT_TEXT_H

#include "core/str.h"

/*
 * A date in the first of the forms that reads all of it, in stored form (when.h). A form
 * is made of D, M, YY or YYYY, h, m, s; anything else stands for itself. One that ends
 * with "Z" or "+0000" is of UTC, a '#' is any digit. Without forms: ISO 8601. ERR_FAILED;
 * the caller frees *stored.
 */
int import_date_read(char **stored, const struct list *forms, const char *text);

/* The number as money.h reads it: "12000.0" and "12000.000000" are "12000.00". What is
 * something else stays as it is. The caller frees. */
char *import_amount(const char *text);

/* Adds people as contacts (contact.h): "Jane Doe (jane@acme.example); Joe". */
void import_people_add(struct list *contacts, const char *text);
/* The name without what a contact's name must not have; the caller frees. */
char *import_name(const char *text);

/* Adds lines to *text (NULL: nothing yet). HTML loses its tags; paragraphs and line breaks
 * become lines, entities what they stand for. */
void import_text_add(char **text, const char *more, bool html);

#endif
