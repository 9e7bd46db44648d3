#include "core/act_index.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* What is sorted: qsort knows no context. */
struct placed {
	const char *id;
	size_t place;
};

static int compare_placed(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	int order = strcmp(x->id, y->id);

	return order ? order : (x->place > y->place) - (x->place < y->place);
}

void act_index_init(struct act_index *index, const struct opportunity *o)
{
	struct placed *all = xcalloc(o->n + 1, sizeof(*all));
	size_t n = 0;

	for (size_t i = 0; i < o->n; i++)
		if (o->acts[i]->id)
			all[n++] = (struct placed){o->acts[i]->id, i};
	qsort(all, n, sizeof(*all), compare_placed);
	*index = (struct act_index){.o = o, .n = n};
	index->places = xcalloc(n + 1, sizeof(*index->places));
	for (size_t i = 0; i < n; i++)
		index->places[i] = all[i].place;
	free(all);
}

void act_index_release(struct act_index *index)
{
	free(index->places);
	*index = (struct act_index){0};
}

size_t act_index_find(const struct act_index *index, const char *id)
{
	size_t low = 0, high = index->n;

	while (id && low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(index->o->acts[index->places[middle]]->id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (!id || low == index->n || strcmp(index->o->acts[index->places[low]]->id, id))
		return index->o->n;
	return index->places[low];
}
