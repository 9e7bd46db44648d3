#include "core/busy.h"

#include "core/error.h"
#include "core/mem.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void busy_add(struct busy *b, int64_t from, int64_t to)
{
	GROW(b->items, b->n, b->cap);
	b->items[b->n++] = (struct busy_span){from, to};
}

static int compare_spans(const void *left, const void *right)
{
	const struct busy_span *a = left, *b = right;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

void busy_settle(struct busy *b)
{
	size_t kept = 0;

	if (b->n)
		qsort(b->items, b->n, sizeof(*b->items), compare_spans);
	for (size_t i = 0; i < b->n; i++) {
		struct busy_span *last = kept ? &b->items[kept - 1] : NULL;

		if (!last || b->items[i].from > last->to)
			b->items[kept++] = b->items[i];
		else if (b->items[i].to > last->to)
			last->to = b->items[i].to;
	}
	b->n = kept;
}

bool busy_overlaps(const struct busy *b, int64_t from, int64_t to)
{
	size_t low = 0, high = b->n; /* the first that ends after `from` */

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (b->items[middle].to <= from)
			low = middle + 1;
		else
			high = middle;
	}
	return low < b->n && b->items[low].from < to;
}

void busy_release(struct busy *b)
{
	free(b->items);
	*b = (struct busy){0};
}

/* ---- the answer of fu-ics ---- */

static bool read_instant(const char **text, int64_t *out)
{
	char *end;

	errno = 0;
	*out = strtoll(*text, &end, 10);
	if (end == *text || errno || (*end && *end != ' '))
		return false;
	*text = *end ? end + 1 : end;
	return true;
}

static bool read_busy(struct busy *out, const char *text)
{
	int64_t from, to;

	if (!read_instant(&text, &from) || !read_instant(&text, &to) || *text || from >= to)
		return false;
	busy_add(out, from, to);
	return true;
}

/* "12 no end of it" as "<name>:12: no end of it". */
static char *located(const char *name, const char *text)
{
	int64_t line;

	if (!read_instant(&text, &line))
		return NULL;
	if (line <= 0)
		return xstrfmt("%s: %s", name, text);
	return xstrfmt("%s:%" PRId64 ": %s", name, line, text);
}

/* One line: 0, or an error; *ended: it was the last one. */
static int read_line(struct busy *out, struct list *warnings, const char *name,
	const char *line, bool *ended)
{
	char *text;

	if (!strcmp(line, "end")) {
		*ended = true;
		return 0;
	}
	if (starts_with(line, "busy ") && read_busy(out, line + strlen("busy ")))
		return 0;
	text = strchr(line, ' ') ? located(name, strchr(line, ' ') + 1) : NULL;
	if (text && starts_with(line, "warning ")) {
		list_take(warnings, text);
		return 0;
	}
	if (text && starts_with(line, "fault "))
		error_set(ERR_FAILED, "%s", text);
	else
		error_set(ERR_FAILED, "%s: what reads calendars gave no sensible answer", name);
	free(text);
	return ERR_FAILED;
}

int busy_read_answer(
	struct busy *out, struct list *warnings, const char *name, const char *answer)
{
	char *copy = xstrdup(answer), *rest = copy, *line;
	bool ended = false;
	int err = 0;

	while (!err && !ended && (line = strsep(&rest, "\n")))
		if (*line)
			err = read_line(out, warnings, name, line, &ended);
	free(copy);
	if (!err && !ended)
		err = error_set(
			ERR_FAILED, "%s: the calendar could not be read to its end", name);
	return err;
}
