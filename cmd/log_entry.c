#include "cmd/log_entry.h"

#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- trailers: the last paragraph, as git has them ---- */

/* Where the last paragraph begins; blank lines at the end do not count. */
static const char *last_paragraph(const char *body, size_t *len)
{
	const char *end = body + strlen(body), *begin;

	while (end > body && (end[-1] == '\n' || end[-1] == ' '))
		end--;
	for (begin = end; begin > body; begin--)
		if (begin[-1] == '\n' && (begin - 1 == body || begin[-2] == '\n'))
			break;
	*len = (size_t)(end - begin);
	return begin;
}

/* The value of one line if it is the trailer of that name; the caller frees. */
static char *trailer_value(const char *line, size_t len, const char *name)
{
	size_t skip = strlen(name);

	if (len < skip + 2 || strncmp(line, name, skip) || line[skip] != ':' ||
		line[skip + 1] != ' ')
		return NULL;
	return xstrndup(line + skip + 2, len - skip - 2);
}

static void take(char **slot, char *value)
{
	if (!value)
		return;
	free(*slot);
	*slot = value;
}

static struct log_entry *add_entry(struct log_entries *out, const struct commit_info *commit)
{
	GROW(out->items, out->n, out->cap);
	out->items[out->n] = (struct log_entry){.commit = commit};
	return &out->items[out->n++];
}

/* `Fu-Act` begins an act; the others belong to the one before them. */
static void read_trailer(struct log_entries *out, const struct commit_info *commit,
	size_t first, const char *line, size_t len)
{
	struct log_entry *entry;
	char *act = trailer_value(line, len, "Fu-Act"), *id, *at;

	if (act) {
		add_entry(out, commit)->act = act;
		return;
	}
	if (out->n == first)
		return;
	entry = &out->items[out->n - 1];
	id = trailer_value(line, len, "Fu-Opportunity");
	if (id)
		list_take(&entry->opportunities, id);
	take(&entry->id, trailer_value(line, len, "Fu-Id"));
	take(&entry->from, trailer_value(line, len, "Fu-From"));
	take(&entry->takes_back, trailer_value(line, len, "Fu-Takes-Back"));
	at = trailer_value(line, len, "Fu-At");
	if (at && moment_parse_rfc3339(&entry->at, at)) {
		entry->at = (struct moment){0};
		error_clear();
	}
	free(at);
}

static void read_trailers(struct log_entries *out, const struct commit_info *commit)
{
	size_t left, first = out->n;
	const char *line = last_paragraph(commit->body ? commit->body : "", &left);

	while (left) {
		const char *newline = memchr(line, '\n', left);
		size_t len = newline ? (size_t)(newline - line) : left;

		read_trailer(out, commit, first, line, len);
		left -= newline ? len + 1 : len;
		line += newline ? len + 1 : len;
	}
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
