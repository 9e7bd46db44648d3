/* Three versions of a file come together in any order, one of them twice, and two of them
 * first: never an act lost, and always the same files. The versions stand one after
 * another, set off by a line of '='. */
#include "fuzz.h"

#include "core/union.h"
#include "storage/storage.h"

#define VERSIONS 3

#define MOST 5

static const int orders[][MOST] = {
	{0, 1, 2, -1}, {2, 1, 0, -1}, {1, 0, 2, -1}, {1, 1, 0, 2, 0}, {2, 0, 2, 1, -1}};

static bool has_act(const struct acts_union *u, const char *id)
{
	for (size_t i = 0; i < u->n; i++)
		if (opportunity_act(u->items[i].o, id))
			return true;
	return false;
}

static void none_lost(const struct acts_union *u, struct opportunity *const *versions)
{
	for (int v = 0; v < VERSIONS; v++)
		for (size_t i = 0; versions[v] && i < versions[v]->n; i++)
			HOLDS(has_act(u, versions[v]->acts[i]->id));
}

static char *files_of(const struct acts_union *u)
{
	struct str out = STR_INIT;

	for (size_t i = 0; i < u->n; i++) {
		str_addf(&out, "== %s\n", u->items[i].o->id);
		opportunity_write(&out, u->items[i].o);
	}
	return str_detach(&out);
}

static void add(struct acts_union *u, struct opportunity *const *versions, const int *order,
	int from, int to)
{
	for (int i = from; i < to && order[i] >= 0; i++)
		if (versions[order[i]])
			union_add(u, versions[order[i]]);
}

static char *join(struct opportunity *const *versions, const int *order)
{
	struct acts_union u;
	char *files;

	union_init(&u);
	add(&u, versions, order, 0, MOST);
	union_settle(&u);
	none_lost(&u, versions);
	files = files_of(&u);
	union_release(&u);
	return files;
}

/* As somebody does who merges with what was merged already. */
static char *join_in_steps(struct opportunity *const *versions, const int *order)
{
	struct acts_union first, all;
	char *files;

	union_init(&first);
	union_init(&all);
	add(&first, versions, order, 0, 2);
	union_settle(&first);
	for (size_t i = 0; i < first.n; i++)
		union_add(&all, first.items[i].o);
	add(&all, versions, order, 2, MOST);
	union_settle(&all);
	none_lost(&all, versions);
	files = files_of(&all);
	union_release(&first);
	union_release(&all);
	return files;
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
		char *stepped = join_in_steps(versions, orders[i]);

		if (!first)
			first = xstrdup(joined);
		HOLDS(!strcmp(first, joined));
		HOLDS(!strcmp(first, stepped));
		free(joined);
		free(stepped);
	}
	free(first);
	for (int i = 0; i < VERSIONS; i++)
		opportunity_free(versions[i]);
	free(text);
	return 0;
}
