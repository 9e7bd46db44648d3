/*
 * The formats of `fu export`.
 *
 * HOW TO ADD A FORMAT: a struct export_format in a file of its own, cmd/export_<name>.c;
 * its declaration below; a flag in struct export_options and a row of `formats` and of
 * `opts` in export.c; the page fu-export(1).
 */
#ifndef FU_CMD_EXPORT_H
#define FU_CMD_EXPORT_H

#include "cmd/query.h"
#include "core/ics.h"

struct export_options {
	struct list opps;
	bool acts, csv, ics;
	bool todo_as_event, private; /* --ics */
};

/* What a format knows while it writes. */
struct export
{
	struct call *call;
	const struct export_options *options;
	const struct clock *clock;
	struct query query;
	size_t unread;      /* files that could not be read */
	struct list edited; /* --acts: ids of those with an edit that is not recorded */
	struct ics ics;
};

struct export_format {
	/* What stands before the first opportunity and behind the last one; or NULL. */
	int (*begin)(struct export *x);
	int (*end)(struct export *x);
	/* Frees what begin has made, whatever became of the rest; or NULL. */
	void (*release)(struct export *x);
	/* One opportunity, folded. */
	int (*write)(struct export *x, const struct opportunity *o);
};

extern const struct export_format export_acts, export_csv, export_ics;

#endif
