#include "cmd/complete.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

static void add_row(void *context, const struct opt *row)
{
	struct walk *w = context;

	GROW(w->rows, w->n, w->cap);
	w->rows[w->n++] = row;
}

void walk_init(struct walk *w, const struct command_spec *spec)
{
	*w = (struct walk){0};
	options_each(spec->opts, add_row, w);
	w->values = xcalloc(w->n + 1, sizeof(*w->values));
	w->used = xcalloc(w->n + 1, sizeof(*w->used));
}

void walk_release(struct walk *w)
{
	for (size_t i = 0; i < w->n; i++)
		list_release(&w->values[i]);
	free(w->rows);
	free(w->values);
	free(w->used);
	list_release(&w->words);
}

const struct opt *walk_row(const struct walk *w, const char *name, size_t len)
{
	const struct opt *found = NULL;
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++) {
		const char *row = w->rows[i]->name;

		if (!row || strncmp(row, name, len))
			continue;
		if (!row[len])
			return w->rows[i];
		found = w->rows[i];
		n++;
	}
	return n == 1 ? found : NULL;
}

static size_t row_place(const struct walk *w, const struct opt *row)
{
	size_t i = 0;

	while (w->rows[i] != row)
		i++;
	return i;
}

const char *walk_value(const struct walk *w, const char *name)
{
	for (size_t i = 0; i < w->n; i++)
		if (same_string(w->rows[i]->name, name) && w->values[i].n)
			return w->values[i].items[w->values[i].n - 1];
	return NULL;
}

static void take_value(struct walk *w, const struct opt *row, const char *value)
{
	list_add(&w->values[row_place(w, row)], value);
}

/* `rest` is what stands right behind the option, or NULL. */
static void take_row(struct walk *w, const struct opt *row, const char *rest)
{
	w->used[row_place(w, row)] = true;
	if (opt_is_flag(row))
		return;
	if (rest)
		take_value(w, row, rest);
	else
		w->pending = row;
}

static void take_long(struct walk *w, const char *name)
{
	size_t len = strcspn(name, "=");
	const struct opt *row = walk_row(w, name, len);

	if (row)
		take_row(w, row, name[len] ? name + len + 1 : NULL);
}

static void take_letters(struct walk *w, const char *letters)
{
	for (; *letters; letters++) {
		const struct opt *row = NULL;

		for (size_t i = 0; i < w->n; i++)
			if (w->rows[i]->letter == *letters)
				row = w->rows[i];
		if (!row)
			return;
		take_row(w, row, letters[1] ? letters + 1 : NULL);
		if (!opt_is_flag(row))
			return;
	}
}

size_t walk_over(struct walk *w, const struct list *words, size_t from, size_t to, bool leading)
{
	for (size_t i = from; i < to; i++) {
		const char *word = words->items[i];

		if (w->pending) {
			take_value(w, w->pending, word);
			w->pending = NULL;
		} else if (w->ended || *word != '-' || !word[1]) {
			if (leading)
				return i;
			list_add(&w->words, word);
		} else if (!strcmp(word, "--")) {
			w->ended = true;
		} else if (word[1] == '-') {
			take_long(w, word + 2);
		} else {
			take_letters(w, word + 1);
		}
	}
	return to;
}
