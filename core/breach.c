#include "core/error.h"
#include "core/mem.h"
#include "core/rules.h"

#include <stdlib.h>
#include <string.h>

void breaches_add(struct breaches *b, const struct act *act, enum rule rule, bool discipline,
	const char *option, const char *format, ...)
{
	va_list args;
	char *message;

	va_start(args, format);
	message = xstrvfmt(format, args);
	va_end(args);
	GROW(b->items, b->n, b->cap);
	b->items[b->n++] = (struct breach){.rule = rule,
		.discipline = discipline,
		.message = message,
		.option = xstrdup_or_null(option),
		.act = act};
}

void breaches_name(struct breaches *b, size_t first, const char *id)
{
	static const char gap[] = "<opp>";

	for (size_t i = first; i < b->n; i++) {
		char *option = b->items[i].option, *at = option ? strstr(option, gap) : NULL;

		if (!at)
			continue;
		b->items[i].option =
			xstrfmt("%.*s%s%s", (int)(at - option), option, id, at + strlen(gap));
		free(option);
	}
}

void breaches_release(struct breaches *b)
{
	for (size_t i = 0; i < b->n; i++) {
		free(b->items[i].message);
		free(b->items[i].option);
	}
	free(b->items);
	*b = (struct breaches){0};
}

int breaches_raise(const struct breaches *b)
{
	if (!b->n)
		return 0;
	error_clear();
	for (size_t i = 0; i < b->n; i++)
		error_add(ERR_REFUSED, "%s", b->items[i].message);
	for (size_t i = 0; i < b->n; i++)
		if (b->items[i].option)
			error_hint("%s", b->items[i].option);
	return ERR_REFUSED;
}
