#include "core/error.h"
#include "core/mem.h"
#include "core/rules.h"

#include <stdlib.h>

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
