#include "cmd/log_entry.h"

#include "core/error.h"
#include "core/mem.h"
#include "core/trailers.h"

#include <stdlib.h>
#include <string.h>

/* ---- trailers ---- */

struct reading {
	struct log_entries *out;
	const struct commit_info *commit;
	size_t first; /* of the commit's entries */
};

static struct log_entry *add_entry(struct log_entries *out, const struct commit_info *commit)
{
	GROW(out->items, out->n, out->cap);
	out->items[out->n] = (struct log_entry){.commit = commit};
	return &out->items[out->n++];
}

static void read_at(struct log_entry *entry, const char *value)
{
	if (!moment_parse_rfc3339(&entry->at, value))
		return;
	entry->at = (struct moment){0};
	error_clear();
}

/* `Fu-Act` begins an act; the others belong to the one before them. */
static void read_trailer(void *context, const char *name, const char *value)
{
	struct reading *r = context;
	struct log_entry *entry;

	if (!strcmp(name, "Fu-Act")) {
		add_entry(r->out, r->commit)->act = xstrdup(value);
		return;
	}
	if (r->out->n == r->first)
		return;
	entry = &r->out->items[r->out->n - 1];
	if (!strcmp(name, "Fu-Opportunity"))
		list_add(&entry->opportunities, value);
	else if (!strcmp(name, "Fu-Id"))
		replace_string(&entry->id, value);
	else if (!strcmp(name, "Fu-From"))
		replace_string(&entry->from, value);
	else if (!strcmp(name, "Fu-Takes-Back"))
		replace_string(&entry->takes_back, value);
	else if (!strcmp(name, "Fu-At"))
		read_at(entry, value);
}

static void read_trailers(struct log_entries *out, const struct commit_info *commit)
{
	struct reading r = {out, commit, out->n};

	trailers_each(commit->body ? commit->body : "", read_trailer, &r);
}

/* ---- words ---- */

/* The n-th line of the body that begins with "- ": a commit of several acts lists them. */
static char *listed_words(const char *body, size_t n)
{
	while (body && *body) {
		size_t len = strcspn(body, "\n");

		if (starts_with(body, "- ") && !n--)
			return xstrndup(body + 2, len - 2);
		body += len + (body[len] == '\n');
	}
	return NULL;
}

/* Cuts "<id>: " off: the opportunity is said beside. */
static void cut_opportunity(struct log_entry *entry)
{
	const char *id = log_entry_opportunity(entry);
	size_t len = id ? strlen(id) : 0;

	if (len && starts_with(entry->words, id) && starts_with(entry->words + len, ": "))
		memmove(entry->words, entry->words + len + 2,
			strlen(entry->words + len + 2) + 1);
}

void log_entries_add(struct log_entries *out, const struct commit_info *commit)
{
	size_t first = out->n;

	read_trailers(out, commit);
	if (out->n == first)
		add_entry(out, commit);
	for (size_t i = first; i < out->n; i++) {
		struct log_entry *entry = &out->items[i];

		if (out->n - first > 1)
			entry->words = listed_words(commit->body, i - first);
		if (!entry->words)
			entry->words = xstrdup(commit->subject ? commit->subject : "");
		cut_opportunity(entry);
	}
}

void log_entries_release(struct log_entries *entries)
{
	for (size_t i = 0; i < entries->n; i++) {
		free(entries->items[i].act);
		list_release(&entries->items[i].opportunities);
		free(entries->items[i].id);
		free(entries->items[i].from);
		free(entries->items[i].takes_back);
		free(entries->items[i].words);
	}
	free(entries->items);
	*entries = (struct log_entries){0};
}

const char *log_entry_opportunity(const struct log_entry *entry)
{
	return entry->opportunities.n == 1 ? entry->opportunities.items[0] : NULL;
}

bool log_entry_backfilled(const struct log_entry *entry)
{
	return entry->at.set && entry->id &&
	       entry->commit->time.utc - entry->at.utc > BACKFILLED_AFTER;
}
