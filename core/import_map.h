/*
 * Import maps: how the columns of somebody else's CSV become an opportunity.
 *
 *	[import]
 *	title = Pipeline of the hardware shop
 *	date = M/D/YY
 *	empty = 00/00/0000
 *	[columns]
 *	account = client
 *	deal_stage = status
 *	[values deal_stage]
 *	Won = status: won
 *	Engaging = status: open; tag: engaging
 *	[values close_value]
 *	0 =
 *	[constants]
 *	currency = USD
 *
 * A column is named as in the file's first line, case folded; those of `[optional]` need
 * not be there. `rows` says what a row is (enum import_rows). `date` (repeatable) is made of
 * D, M, YY or YYYY, h, m, s and what stands between them (import_text.h); without one dates
 * are those of ISO 8601. `empty` (repeatable) stands for nothing. `[values <column>]` gives for
 * a value the fields it stands for, or nothing; a value that is not listed is what `*`
 * says, else it is taken as it is; a field's value `*` is that of the cell. Of columns that
 * give the same field the one that the map names first holds, apart from fields of which
 * there may be several. Columns that are not mapped become a note; those mapped to `ignore` are
 * left out.
 */
#ifndef FU_CORE_IMPORT_MAP_H
#define FU_CORE_IMPORT_MAP_H

#include "core/act.h"

#include <stdbool.h>

struct import_map;

enum import_rows {
	ROWS_OPPORTUNITIES,
	ROWS_CLIENTS, /* names of clients that opportunities have by an id only */
	ROWS_PEOPLE,  /* contacts, of opportunities that are there */
	ROWS_NOTES    /* what happened to them: notes, and what was heard */
};

struct import_map *import_map_new(const char *name);
void import_map_free(struct import_map *map);

/* Fed with the pairs of the map's file in order; NULL key announces a section. Errors:
 * ERR_FAILED, the caller puts file and line before the message. */
int import_map_load_pair(
	struct import_map *map, const char *section, const char *key, const char *value);

/* Amounts without a currency are in this one (NULL: none), unless the map says otherwise. */
void import_map_currency(struct import_map *map, const char *currency);

enum import_rows import_map_rows(const struct import_map *map);

/* The maps that come with fu. */
struct shipped_map {
	const char *name;
	const char *text;
};
extern const struct shipped_map shipped_maps[]; /* ends with a NULL name */

/* The fields that a column, a value or a constant may go to; NULL at the end. */
extern const char *const import_fields[];

/* Which column of the file is which; for one file. */
struct import_columns {
	struct list names; /* of the first line */
	int *fields;       /* index into import_fields, -1: becomes a note */
	int *ranks;        /* their order in the map */
	struct list given; /* the fields that the file, or a constant of the map, may give */
};
/* ERR_FAILED: a column of the map is not there (the columns that are there are
 * named), two columns of one name. */
int import_columns_find(
	struct import_columns *out, const struct import_map *map, const struct list *header);
void import_columns_release(struct import_columns *columns);

/* What a row says: fields of import_fields, in stored form, and a note. */
struct import_row {
	struct fact_list facts;
	struct list tags;
	struct list contacts;
	struct list opportunities; /* external ids of those that the row is about */
	const struct list *given;  /* of its columns, which outlive it: of other fields the row
				      says nothing, not even that they are empty */
	char *text;                /* of a note: what its columns said, a line each; or NULL */
	char *note; /* of the columns that are not mapped, "<column>: <value>" lines; or NULL */
};

/*
 * Reads one row. Errors (all of them recorded): ERR_FAILED: nothing in it, too many
 * cells, an unreadable date or amount, an unknown status. A row of opportunities that has
 * an `account` and no client gets that for one.
 */
int import_row_read(struct import_row *out, const struct import_map *map,
	const struct import_columns *columns, const struct list *cells);
void import_row_release(struct import_row *row);

#endif
