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
 * A column is named as in the file's first line, case folded. `date` is made of D, M,
 * YY or YYYY, h, m, s and what stands between them; without one dates are those
 * of ISO 8601. `empty` (repeatable) stands for nothing. `[values <column>]` gives for
 * a value the fields it stands for, or nothing; a value that is not listed is taken
 * as it is. Columns that are not mapped become a note; those mapped to `ignore` are
 * left out.
 */
#ifndef FU_CORE_IMPORT_MAP_H
#define FU_CORE_IMPORT_MAP_H

#include "core/act.h"

#include <stdbool.h>

struct import_map;

struct import_map *import_map_new(const char *name);
void import_map_free(struct import_map *map);

/* Fed with the pairs of the map's file in order; NULL key announces a section. Errors:
 * ERR_FAILED, the caller puts file and line before the message. */
int import_map_load_pair(
	struct import_map *map, const char *section, const char *key, const char *value);

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
	char *note; /* of the columns that are not mapped, "<column>: <value>" lines; or NULL */
};

/*
 * Reads one row. Errors (all of them recorded): ERR_FAILED: nothing in it, too many
 * cells, an unreadable date or amount, an unknown status.
 */
int import_row_read(struct import_row *out, const struct import_map *map,
	const struct import_columns *columns, const struct list *cells);
void import_row_release(struct import_row *row);

#endif
