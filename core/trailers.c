#include "core/trailers.h"

#include "core/mem.h"
#include "core/str.h"

#include <stdlib.h>
#include <string.h>

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

void trailers_each(const char *body,
	void (*visit)(void *context, const char *name, const char *value), void *context)
{
	size_t len;
	const char *paragraph = last_paragraph(body, &len);
	char *copy = xstrndup(paragraph, len), *rest = copy;

	while (rest) {
		char *line = strsep(&rest, "\n"), *value = strstr(line, ": ");

		if (!value)
			continue;
		*value = '\0';
		visit(context, line, trim(value + 2));
	}
	free(copy);
}
