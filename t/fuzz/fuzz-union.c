/* Three versions of a file come together in any order, one of them twice, and two of them
 * first: never an act lost, and always the same files. The versions stand one after
 * another, set off by a line of '=' and, where it is not acme, the id. */
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

struct version {
	const char *id;
	char *text;
};

static void split(char *text, struct version *versions)
{
	const char *id = "acme";

	for (int i = 0; i < VERSIONS && text; i++) {
		char *end = strstr(text, "\n=");

		versions[i] = (struct version){id, text};
		text = NULL;
		if (end) {
			char *next = end + 2;

			end[1] = '\0';
			id = strsep(&next, "\n");
			id = opportunity_id_valid(id) ? id : "acme";
			text = next;
		}
	}
}

static struct opportunity *read_version(const struct version *v)
{
	struct opportunity *o = NULL;
	struct fact_list declared = {0};

	if (v->text &&
		!opportunity_read(&o, &declared, v->id, "fuzz", v->text, strlen(v->text)))
		facts_release(&declared);
	error_clear();
	return o;
}

static bool is_mover(const struct act *a)
{
	return a->kind == ACT_RENAME || a->kind == ACT_MERGE || a->kind == ACT_UNDO ||
	       a->kind == ACT_RESOLVE;
}

/* Whether the two say otherwise which acts stand, or where, or since when. */
static bool moves_otherwise(const struct act *a, const struct act *b)
{
	if (!is_mover(a) && !is_mover(b))
		return false;
	return a->kind != b->kind || act_compare(a, b) || !same_string(a->from, b->from) ||
	       !same_string(a->to, b->to) || !same_string(a->takes_back, b->takes_back) ||
	       !same_string(a->keep, b->keep) || !list_equal(&a->drops, &b->drops);
}

/* Whether an act that moves or strikes others stands there in two versions. fu writes none;
 * where a hand made them, what becomes of the others depends on who merges first. No act is
 * lost even then. */
static bool any_mover_altered(struct opportunity *const *versions)
{
	for (int i = 0; i < VERSIONS; i++)
		for (size_t j = 0; versions[i] && j < versions[i]->n; j++) {
			const struct act *a = versions[i]->acts[j];

			for (int k = 0; k < VERSIONS; k++) {
				const struct act *b =
					versions[k] ? opportunity_act(versions[k], a->id)
						    : NULL;

				if (b && moves_otherwise(a, b))
					return true;
			}
		}
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), *first = NULL;
	struct version parts[VERSIONS] = {{NULL, NULL}};
	struct opportunity *versions[VERSIONS];
	bool altered;

	split(text, parts);
	for (int i = 0; i < VERSIONS; i++)
		versions[i] = read_version(&parts[i]);
	altered = any_mover_altered(versions);
	for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
		char *joined = join(versions, orders[i]);
		char *stepped = join_in_steps(versions, orders[i]);

		if (!first)
			first = xstrdup(joined);
		HOLDS(!strcmp(first, joined));
		HOLDS(altered || !strcmp(first, stepped));
		free(joined);
		free(stepped);
	}
	free(first);
	for (int i = 0; i < VERSIONS; i++)
		opportunity_free(versions[i]);
	free(text);
	return 0;
}
