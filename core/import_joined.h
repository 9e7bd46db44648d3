/*
 * What a row means for an opportunity that is there already: a note or something heard
 * (rows = notes), a person (people), the name of its client (clients). Acts have ids made
 * from the row and the opportunity: what is there already is not made again.
 */
#ifndef FU_CORE_IMPORT_JOINED_H
#define FU_CORE_IMPORT_JOINED_H

#include "core/import_acts.h"

/* Adds the acts, if any is needed, to be admitted. ERR_FAILED: no text, a date in the
 * future, no name. */
int import_joined_acts(struct act_list *out, const struct opportunity *o, enum import_rows rows,
	const struct import_row *row, const struct import_stamp *stamp);

/* A row of notes that has not happened yet. */
bool import_lies_ahead(const struct import_row *row, const struct import_stamp *stamp);

/* The row's person: name, mail, phone, role; false: it has no name. Release the contact. */
bool import_person(struct contact *out, const struct import_row *row);

/* The client as an import gave it when it opened the opportunity, or NULL. */
const char *import_first_client(const struct opportunity *o);

#endif
