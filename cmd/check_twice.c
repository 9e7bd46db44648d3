#include "cmd/check_twice.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

void act_places_add(struct act_places *places, const struct opportunity *o)
{
	for (size_t i = 0; i < o->n; i++) {
		const struct act *a = o->acts[i];

		if (a->of && o->struck[i])
			continue;
		GROW(places->items, places->n, places->cap);
		places->items[places->n++] = (struct act_place){.act = xstrdup(a->id),
			.path = xstrdup(o->path),
			.opportunity = xstrdup(o->id),
			.line = a->line};
	}
}

static int compare_places(const void *a, const void *b)
{
	const struct act_place *x = a, *y = b;
	int order = strcmp(x->act, y->act);

	return order ? order : strcmp(x->path, y->path);
}

void act_places_twice(struct act_places *places,
	void (*say)(
		void *context, const struct act_place *place, const struct act_place *first),
	void *context)
{
	size_t first = 0;

	if (places->n)
		qsort(places->items, places->n, sizeof(*places->items), compare_places);
	for (size_t i = 1; i < places->n; i++)
		if (strcmp(places->items[i].act, places->items[first].act))
			first = i;
		else
			say(context, &places->items[i], &places->items[first]);
}

void act_places_release(struct act_places *places)
{
	for (size_t i = 0; i < places->n; i++) {
		free(places->items[i].act);
		free(places->items[i].path);
		free(places->items[i].opportunity);
	}
	free(places->items);
	*places = (struct act_places){0};
}
