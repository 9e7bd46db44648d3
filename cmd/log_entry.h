/*
 * What a commit records, act by act, as its trailers say it: what `fu log` is made
 * of. A commit that fu did not make is one entry without an act: it shows as what
 * it is.
 */
#ifndef FU_CMD_LOG_ENTRY_H
#define FU_CMD_LOG_ENTRY_H

#include "storage/storage.h"

#include <stdbool.h>

/* An act that was entered more than two days after it happened is back-filled. */
#define BACKFILLED_AFTER (2 * 86400)

struct log_entry {
	const struct commit_info *commit; /* borrowed */
	char *act;                        /* "meeting", "record", …; NULL: not fu's commit */
	struct list opportunities;        /* ids: one of an act; of a record any number */
	char *id;                         /* the act's, or NULL */
	char *from;                       /* merge, rename: the other id, or NULL */
	char *takes_back;                 /* undo: the act that it takes back */
	struct moment at;                 /* when it happened, or absent */
	char *words;                      /* one line, without the opportunity */
};
struct log_entries {
	struct log_entry *items;
	size_t n, cap;
};

/* Adds the commit's entries in the order of its trailers; at least one. */
void log_entries_add(struct log_entries *out, const struct commit_info *commit);
void log_entries_release(struct log_entries *entries);

/* The id, where it is about one opportunity; else NULL. Borrowed. */
const char *log_entry_opportunity(const struct log_entry *entry);

bool log_entry_backfilled(const struct log_entry *entry);

#endif
