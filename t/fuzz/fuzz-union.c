/* Three versions of a file come together in any order: never an act lost, and always the
 * same file. The versions stand one after another, set off by a line of '='. */
#include "fuzz.h"

#include "core/union.h"
#include "storage/storage.h"

#define VERSIONS 3

static const int orders[][VERSIONS] = {{0, 1, 2}, {2, 1, 0}, {1, 0, 2}};

static char *join(struct opportunity *const *versions, const int *order)
{
	struct acts_union u;
	struct str out = STR_INIT;

	union_init(&u);
	for (int i = 0; i < VERSIONS; i++)
		if (versions[order[i]])
			union_add(&u, versions[order[i]]);
	union_settle(&u);
	for (size_t i = 0; i < u.n; i++) {
		str_addf(&out, "== %s\n", u.items[i].o->id);
		opportunity_write(&out, u.items[i].o);
		for (int v = 0; v < VERSIONS && u.n == 1; v++)
			for (size_t j = 0; versions[v] && j < versions[v]->n; j++)
				HOLDS(opportunity_act(u.items[i].o, versions[v]->acts[j]->id));
	}
	union_release(&u);
	return str_detach(&out);
}

static void split(char *text, char **parts)
{
	for (int i = 0; i < VERSIONS && text; i++) {
		char *end = strstr(text, "\n=\n");

		parts[i] = text;
		if (end)
			end[1] = '\0';
		text = end ? end + 3 : NULL;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), *parts[VERSIONS] = {NULL}, *first = NULL;
	struct opportunity *versions[VERSIONS] = {NULL};

	split(text, parts);
	for (int i = 0; i < VERSIONS; i++) {
		struct fact_list declared = {0};

		if (parts[i] && !opportunity_read(&versions[i], &declared, "acme", "fuzz",
					parts[i], strlen(parts[i])))
			facts_release(&declared);
		else
			versions[i] = NULL;
	}
	error_clear();
	for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
		char *joined = join(versions, orders[i]);

		HOLDS(!first || !strcmp(first, joined));
		if (first)
			free(joined);
		else
			first = joined;
	}
	free(first);
	for (int i = 0; i < VERSIONS; i++)
		opportunity_free(versions[i]);
	free(text);
	return 0;
}
