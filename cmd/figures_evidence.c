#include "cmd/figures_evidence.h"

#include "cmd/log_entry.h"
#include "cmd/table.h"
#include "core/error.h"
#include "core/json_values.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

#define SHORT_HASH 9

/* An act that a commit's trailers name. */
struct named {
	char *act;
	size_t commit;
};

struct changed {
	char *id, *path;
};

/* A commit that may hold acts which its trailers do not name. */
struct bulk {
	size_t commit;
	bool is_read;
	struct changed *files; /* of the opportunities that it changed, by id */
	size_t n, cap;
};

struct commit_hash {
	char text[41];
};

struct evidence {
	struct repo *repo;
	struct commit_hash *commits; /* newest first */
	size_t n, cap;
	struct named *named; /* by act, then the oldest commit first */
	size_t named_n, named_cap;
	struct bulk *bulks; /* newest first */
	size_t bulks_n, bulks_cap;
	/* The file that was read last: acts of one opportunity come together. */
	size_t read_bulk;
	char *read_path;
	struct str text;
};

/* ---- the history ---- */

static void add_named(struct evidence *e, const char *act)
{
	GROW(e->named, e->named_n, e->named_cap);
	e->named[e->named_n++] = (struct named){xstrdup(act), e->n - 1};
}

static int take_commit(void *context, const struct commit_info *commit)
{
	struct evidence *e = context;
	struct log_entries entries = {0};
	bool bulk = false;

	GROW(e->commits, e->n, e->cap);
	memcpy(e->commits[e->n++].text, commit->hash, sizeof(e->commits->text));
	log_entries_add(&entries, commit);
	for (size_t i = 0; i < entries.n; i++) {
		if (entries.items[i].id)
			add_named(e, entries.items[i].id);
		else
			bulk = true;
	}
	if (bulk) {
		GROW(e->bulks, e->bulks_n, e->bulks_cap);
		e->bulks[e->bulks_n++] = (struct bulk){.commit = e->n - 1};
	}
	log_entries_release(&entries);
	return 0;
}

static int compare_named(const void *left, const void *right)
{
	const struct named *a = left, *b = right;
	int order = strcmp(a->act, b->act);

	return order ? order : (a->commit < b->commit) - (a->commit > b->commit);
}

int evidence_open(struct evidence **out, struct repo *repo)
{
	struct evidence *e = xcalloc(1, sizeof(*e));
	int err;

	e->repo = repo;
	e->text = (struct str)STR_INIT;
	err = history_each(repo, &(struct history_filter){0}, take_commit, e);
	if (err) {
		evidence_close(e);
		return err;
	}
	if (e->named_n)
		qsort(e->named, e->named_n, sizeof(*e->named), compare_named);
	*out = e;
	return 0;
}

void evidence_close(struct evidence *e)
{
	if (!e)
		return;
	for (size_t i = 0; i < e->named_n; i++)
		free(e->named[i].act);
	for (size_t i = 0; i < e->bulks_n; i++) {
		for (size_t j = 0; j < e->bulks[i].n; j++) {
			free(e->bulks[i].files[j].id);
			free(e->bulks[i].files[j].path);
		}
		free(e->bulks[i].files);
	}
	free(e->named);
	free(e->bulks);
	free(e->commits);
	free(e->read_path);
	str_release(&e->text);
	free(e);
}

/* ---- the commit of an act ---- */

static const struct named *find_named(const struct evidence *e, const char *act)
{
	size_t low = 0, high = e->named_n;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(e->named[middle].act, act) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < e->named_n && !strcmp(e->named[low].act, act) ? &e->named[low] : NULL;
}

/* "opportunities/a7/acme.ini" → "acme"; NULL: not an opportunity's. The caller frees. */
static char *id_of(const char *path)
{
	const char *name = strrchr(path, '/');

	if (!starts_with(path, "opportunities/") || !ends_with(path, ".ini"))
		return NULL;
	return xstrndup(name + 1, strlen(name + 1) - strlen(".ini"));
}

static int compare_changed(const void *left, const void *right)
{
	const struct changed *a = left, *b = right;

	return strcmp(a->id, b->id);
}

static void read_bulk(struct evidence *e, struct bulk *b)
{
	struct list paths = {0};

	b->is_read = true;
	if (history_changed(e->repo, e->commits[b->commit].text, &paths))
		error_clear();
	for (size_t i = 0; i < paths.n; i++) {
		char *id = id_of(paths.items[i]);

		if (!id)
			continue;
		GROW(b->files, b->n, b->cap);
		b->files[b->n++] = (struct changed){id, xstrdup(paths.items[i])};
	}
	if (b->n)
		qsort(b->files, b->n, sizeof(*b->files), compare_changed);
	list_release(&paths);
}

/* The file as the commit has it; NULL: it did not change it. */
static const char *file_in(struct evidence *e, size_t bulk, const char *opportunity)
{
	struct bulk *b = &e->bulks[bulk];
	struct changed key = {.id = (char *)(uintptr_t)opportunity};
	const struct changed *found;
	const char *path;

	if (!b->is_read)
		read_bulk(e, b);
	if (!b->n)
		return NULL;
	found = bsearch(&key, b->files, b->n, sizeof(*b->files), compare_changed);
	if (!found)
		return NULL;
	path = found->path;
	if (e->read_path && e->read_bulk == bulk && !strcmp(e->read_path, path))
		return e->text.buf;
	str_truncate(&e->text, 0);
	if (history_file(e->repo, e->commits[b->commit].text, path, &e->text))
		error_clear(); /* removed there */
	replace_string(&e->read_path, path);
	e->read_bulk = bulk;
	return e->text.buf;
}

const char *evidence_commit(struct evidence *e, const struct behind *b)
{
	const struct named *named = find_named(e, b->act);
	const char *hash = NULL;
	char *section;

	if (named)
		return e->commits[named->commit].text;
	section = xstrfmt(" %s]\n", b->act);
	for (size_t i = e->bulks_n; !hash && i-- > 0;) {
		const char *text = file_in(e, i, b->opportunity);

		if (text && strstr(text, section))
			hash = e->commits[e->bulks[i].commit].text;
	}
	free(section);
	return hash;
}

json_t *evidence_json(struct evidence *e, const struct figure *f)
{
	json_t *out = json_array();

	for (size_t i = 0; i < f->acts_n; i++) {
		json_t *item = json_object();

		json_object_set_new(item, "opportunity", json_of_text(f->acts[i].opportunity));
		json_object_set_new(item, "act", json_of_text(f->acts[i].act));
		json_object_set_new(
			item, "commit", json_of_text(evidence_commit(e, &f->acts[i])));
		json_array_append_new(out, item);
	}
	return out;
}

/* ---- text ---- */

static const char *text_of(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

static const struct print_field line_fields[] = {
	{"figure", "", PRINT_CUT},
	{"opportunity", "", PRINT_WHOLE},
	{"act", "", PRINT_WHOLE},
	{"commit", "", PRINT_WHOLE},
	{NULL},
};
static const struct print_spec line_spec = {.fields = line_fields, .no_headings = true};

static void add_lines(
	struct table *t, const struct chart *c, const char *figure, const json_t *acts)
{
	char *first = xstrfmt("  %s", figure);
	size_t i;
	const json_t *item;

	json_array_foreach(acts, i, item)
	{
		char *commit = xstrndup(text_of(item, "commit"), SHORT_HASH);

		table_begin_row(t, TONE_PLAIN);
		table_add_cell(t, first);
		table_add_cell(t, text_of(item, "opportunity"));
		table_add_cell(t, text_of(item, "act"));
		table_add_cell(t, *commit ? commit : chart_dash(c));
		free(commit);
	}
	free(first);
}

static void add_object(
	struct table *t, const struct chart *c, const json_t *value, const char *within);

static void add_evidence(
	struct table *t, const struct chart *c, const json_t *evidence, const char *within)
{
	const char *name;
	json_t *acts;

	json_object_foreach((json_t *)(uintptr_t)evidence, name, acts)
	{
		char *figure = xstrfmt("%s%s%s", within, *within ? " " : "", name);

		add_lines(t, c, figure, acts);
		free(figure);
	}
}

/* What tells one object of a list from the next. */
static char *context_of(const json_t *object, const char *within, const char *key)
{
	static const char *const names[] = {"key", "process", "activity"};
	struct str context = STR_INIT;

	str_add(&context, within);
	if (key && strcmp(key, "processes") && strcmp(key, "activities") &&
		strcmp(key, "groups"))
		str_addf(&context, "%s%s", context.len ? " " : "", key);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (*text_of(object, names[i]))
			str_addf(&context, "%s%s", context.len ? " " : "",
				text_of(object, names[i]));
	return str_detach(&context);
}

static void add_within(struct table *t, const struct chart *c, const json_t *value,
	const char *within, const char *key)
{
	char *context = context_of(value, within, key);

	add_object(t, c, value, context);
	free(context);
}

static void add_object(
	struct table *t, const struct chart *c, const json_t *object, const char *within)
{
	const char *key;
	json_t *value;

	json_object_foreach((json_t *)(uintptr_t)object, key, value)
	{
		size_t i;
		json_t *item;

		if (!strcmp(key, "evidence"))
			add_evidence(t, c, value, within);
		else if (json_is_object(value))
			add_within(t, c, value, within, key);
		json_array_foreach(value, i, item) if (json_is_object(item))
			add_within(t, c, item, within, key);
	}
}

void evidence_add_text(struct str *out, const struct chart *c, const json_t *document)
{
	struct table table;

	str_addch(out, '\n');
	chart_add_heading(out, c, "evidence");
	table_init(&table, &line_spec);
	add_within(&table, c, document, "", NULL);
	table_add_text(out, &table, c->call);
	table_release(&table);
}
