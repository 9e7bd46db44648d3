#include "core/import_map.h"

#include "core/error.h"
#include "core/import_text.h"
#include "core/mem.h"
#include "core/suggest.h"
#include "core/utf8.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

const char *const import_fields[] = {"account", "act", "activity", "at", "because", "cause",
	"client", "closed", "contact", "currency", "expires", "external_id", "first_name",
	"html", "ignore", "interval", "last_name", "mail", "name", "note", "opened",
	"opportunity", "owner", "people", "phone", "process", "role", "source", "status", "tag",
	"text", "title", "value", "via", NULL};

static const char *const rows_words[] = {"opportunities", "clients", "people", "notes", NULL};

struct rename {
	char *column; /* folded */
	int field;
	bool optional;
};

struct replacement {
	char *column; /* folded */
	char *from;
	char *to; /* "field: value; field: value", or "" */
};

struct import_map {
	char *name;
	enum import_rows rows;
	struct list dates; /* their forms */
	struct list empty;
	struct rename *columns;
	size_t columns_n, columns_cap;
	struct replacement *values;
	size_t values_n, values_cap;
	struct fact_list constants;
};

struct import_map *import_map_new(const char *name)
{
	struct import_map *map = xcalloc(1, sizeof(*map));

	map->name = xstrdup(name);
	return map;
}

void import_map_free(struct import_map *map)
{
	if (!map)
		return;
	for (size_t i = 0; i < map->columns_n; i++)
		free(map->columns[i].column);
	for (size_t i = 0; i < map->values_n; i++) {
		free(map->values[i].column);
		free(map->values[i].from);
		free(map->values[i].to);
	}
	free(map->columns);
	free(map->values);
	list_release(&map->dates);
	list_release(&map->empty);
	facts_release(&map->constants);
	free(map->name);
	free(map);
}

/* ---- the map's own file ---- */

static char *folded(const char *text)
{
	struct str out = STR_INIT;

	utf8_fold(&out, text);
	return trim(str_detach(&out));
}

static int field_index(const char *name)
{
	for (int i = 0; import_fields[i]; i++)
		if (!strcmp(import_fields[i], name))
			return i;
	return -1;
}

static int unknown_field(const char *name)
{
	struct str hint = STR_INIT;

	suggest_add(&hint, name, import_fields);
	error_set(ERR_FAILED, "unknown field '%s'%s", name, hint.buf);
	str_release(&hint);
	return ERR_FAILED;
}

static int load_rows(struct import_map *map, const char *value)
{
	struct str hint = STR_INIT;

	for (int i = 0; rows_words[i]; i++)
		if (!strcmp(rows_words[i], value)) {
			map->rows = (enum import_rows)i;
			return 0;
		}
	suggest_add(&hint, value, rows_words);
	error_set(ERR_FAILED, "rows: unknown word '%s'%s", value, hint.buf);
	str_release(&hint);
	return ERR_FAILED;
}

static int load_import(struct import_map *map, const char *key, const char *value)
{
	if (!strcmp(key, "title"))
		return 0; /* for who reads the file */
	if (!strcmp(key, "rows"))
		return load_rows(map, value);
	if (!strcmp(key, "date"))
		list_add(&map->dates, value);
	else if (!strcmp(key, "empty"))
		list_add(&map->empty, value);
	else
		return error_set(ERR_FAILED,
			"unknown key '%s' in [import] (one of: title, rows, date, "
			"empty)",
			key);
	return 0;
}

static int load_column(
	struct import_map *map, const char *column, const char *field, bool optional)
{
	int index = field_index(field);

	if (index < 0)
		return unknown_field(field);
	GROW(map->columns, map->columns_n, map->columns_cap);
	map->columns[map->columns_n++] = (struct rename){folded(column), index, optional};
	return 0;
}

/* Cuts "field: value" in two; NULL where there is no ':'. */
static char *cut_pair(char *pair)
{
	char *colon = strchr(pair, ':');

	if (!colon)
		return NULL;
	*colon = '\0';
	trim(pair);
	return trim(colon + 1);
}

/* Calls visit for each "field: value" of the text. */
static int each_pair(
	const char *text, int (*visit)(void *, const char *, const char *), void *context)
{
	char *copy = xstrdup(text), *at = copy;
	int err = 0;

	while (!err && at) {
		char *end = strchr(at, ';'), *value;

		if (end)
			*end++ = '\0';
		value = cut_pair(at);
		if (value)
			err = visit(context, at, value);
		else if (*trim(at))
			err = error_set(ERR_FAILED, "'%s' is no '<field>: <value>'", at);
		at = end;
	}
	free(copy);
	return err;
}

static int judge_pair(void *context, const char *field, const char *value)
{
	(void)context;
	(void)value;
	return field_index(field) < 0 ? unknown_field(field) : 0;
}

static int load_value(
	struct import_map *map, const char *column, const char *from, const char *to)
{
	int err = each_pair(to, judge_pair, NULL);

	if (err)
		return err;
	GROW(map->values, map->values_n, map->values_cap);
	map->values[map->values_n++] =
		(struct replacement){folded(column), folded(from), xstrdup(to)};
	return 0;
}

int import_map_load_pair(
	struct import_map *map, const char *section, const char *key, const char *value)
{
	bool values = starts_with(section, "values ");

	if (!key)
		return values || !strcmp(section, "import") || !strcmp(section, "columns") ||
				       !strcmp(section, "optional") ||
				       !strcmp(section, "constants")
			       ? 0
			       : error_set(ERR_FAILED,
					 "unknown section [%s] (one of: import, columns, "
					 "optional, values <column>, constants)",
					 section);
	if (values)
		return load_value(map, section + strlen("values "), key, value);
	if (!strcmp(section, "import"))
		return load_import(map, key, value);
	if (!strcmp(section, "columns"))
		return load_column(map, key, value, false);
	if (!strcmp(section, "optional"))
		return load_column(map, key, value, true);
	if (!strcmp(section, "constants")) {
		if (field_index(key) < 0)
			return unknown_field(key);
		facts_set(&map->constants, key, value);
		return 0;
	}
	return error_set(ERR_FAILED, "'%s' stands before the first section", key);
}

void import_map_currency(struct import_map *map, const char *currency)
{
	if (currency && !facts_get(&map->constants, "currency"))
		facts_set(&map->constants, "currency", currency);
}

enum import_rows import_map_rows(const struct import_map *map)
{
	return map->rows;
}

/* ---- columns ---- */

/* Its place in the map, -1: the map does not name it. */
static int column_rank(const struct import_map *map, const char *name)
{
	char *fold = folded(name);
	int rank = -1;

	for (size_t i = 0; i < map->columns_n; i++)
		if (!strcmp(map->columns[i].column, fold))
			rank = (int)i;
	free(fold);
	return rank;
}

static bool has_field(
	const struct import_map *map, const struct import_columns *columns, const char *field)
{
	int index = field_index(field);
	bool found = facts_get(&map->constants, field) != NULL;

	for (size_t i = 0; i < columns->names.n; i++)
		found |= columns->fields[i] == index;
	return found;
}

/* What a row cannot do without, whichever column has it. */
static int judge_columns(const struct import_map *map, const struct import_columns *columns)
{
	static const char *const needs[][4] = {
		[ROWS_OPPORTUNITIES] = {"title"},
		[ROWS_CLIENTS] = {"account"},
		[ROWS_PEOPLE] = {"name", "last_name", "mail"},
		[ROWS_NOTES] = {"text", "html"},
	};
	const char *const *need = needs[map->rows];

	for (; *need; need++)
		if (has_field(map, columns, *need))
			return 0;
	return error_set(ERR_FAILED, "none of the columns is the '%s' of map '%s'",
		needs[map->rows][0], map->name);
}

static bool has_column(const struct list *header, const char *column)
{
	bool found = false;

	for (size_t i = 0; !found && i < header->n; i++) {
		char *fold = folded(header->items[i]);

		found = !strcmp(fold, column);
		free(fold);
	}
	return found;
}

static int add_given(void *context, const char *field, const char *value)
{
	struct list *given = context;

	(void)value;
	if (!list_has(given, field))
		list_add(given, field);
	return 0;
}

/* An account is the client where nothing else is. */
static void list_given(struct import_columns *columns, const struct import_map *map)
{
	struct list *given = &columns->given;

	for (size_t i = 0; i < map->constants.n; i++)
		add_given(given, map->constants.items[i].key, NULL);
	for (size_t i = 0; i < columns->names.n; i++)
		if (columns->fields[i] >= 0)
			add_given(given, import_fields[columns->fields[i]], NULL);
	for (size_t i = 0; i < map->values_n; i++)
		if (has_column(&columns->names, map->values[i].column))
			each_pair(map->values[i].to, add_given, given);
	if (list_has(given, "account"))
		add_given(given, "client", NULL);
}

int import_columns_find(
	struct import_columns *out, const struct import_map *map, const struct list *header)
{
	int err = 0;

	*out = (struct import_columns){0};
	list_copy(&out->names, header);
	out->fields = xcalloc(header->n, sizeof(*out->fields));
	out->ranks = xcalloc(header->n, sizeof(*out->ranks));
	for (size_t i = 0; i < header->n; i++) {
		out->ranks[i] = column_rank(map, header->items[i]);
		out->fields[i] = out->ranks[i] < 0 ? -1 : map->columns[out->ranks[i]].field;
	}
	list_given(out, map);
	error_clear();
	for (size_t i = 0; i < map->columns_n; i++)
		if (!map->columns[i].optional && !has_column(header, map->columns[i].column))
			err = error_add(ERR_FAILED, "no column '%s', which map '%s' asks for",
				map->columns[i].column, map->name);
	err = err ? err : judge_columns(map, out);
	if (err)
		import_columns_release(out);
	return err;
}

void import_columns_release(struct import_columns *columns)
{
	list_release(&columns->names);
	list_release(&columns->given);
	free(columns->fields);
	free(columns->ranks);
	*columns = (struct import_columns){0};
}

/* ---- rows ---- */

struct reading {
	struct import_row *row;
	const struct import_map *map;
	const char *cell;
	int rank;                             /* of the cell's column in the map */
	int given[ARRAY_SIZE(import_fields)]; /* the rank of the column that gave a field */
};

static bool is_date(const char *field)
{
	return !strcmp(field, "opened") || !strcmp(field, "closed") ||
	       !strcmp(field, "expires") || !strcmp(field, "at");
}

static void add_note(struct import_row *row, const char *column, const char *value)
{
	char *note = xstrfmt("%s%s%s%s%s", row->note ? row->note : "", row->note ? "\n" : "",
		column ? column : "", column ? ": " : "", value);

	free(row->note);
	row->note = note;
}

static int set_status(struct import_row *row, const char *value)
{
	static const char *const words[] = {"open", "won", "abandoned", NULL};

	for (size_t i = 0; words[i]; i++)
		if (!strcmp(words[i], value)) {
			facts_set(&row->facts, "status", value);
			return 0;
		}
	return error_set(
		ERR_FAILED, "unknown status '%s' (one of: open, won, abandoned)", value);
}

/* "12;34" or "12,34". */
static void add_opportunities(struct import_row *row, const char *value)
{
	while (*value) {
		size_t len = strcspn(value, ";,");
		char *id = trim(xstrndup(value, len));

		if (*id && !list_has(&row->opportunities, id))
			list_add(&row->opportunities, id);
		free(id);
		value += len + (value[len] != '\0');
	}
}

/* True if the field may have several values, which are added. */
static bool add_several(struct import_row *row, const char *field, const char *value)
{
	if (!strcmp(field, "tag"))
		list_add(&row->tags, value);
	else if (!strcmp(field, "contact"))
		list_add(&row->contacts, value);
	else if (!strcmp(field, "people"))
		import_people_add(&row->contacts, value);
	else if (!strcmp(field, "note"))
		add_note(row, NULL, value);
	else if (!strcmp(field, "opportunity"))
		add_opportunities(row, value);
	else if (!strcmp(field, "text") || !strcmp(field, "html"))
		import_text_add(&row->text, value, !strcmp(field, "html"));
	else
		return false;
	return true;
}

/* Of columns that give the same field the one that the map names first holds. */
static bool outranked(struct reading *r, const char *field)
{
	int *given = &r->given[field_index(field)];

	if (*given < r->rank)
		return true;
	*given = r->rank;
	return false;
}

static int set_field(void *context, const char *field, const char *value)
{
	struct reading *r = context;
	char *stored = NULL;
	int err = 0;

	if (!strcmp(value, "*"))
		value = r->cell;
	if (!*value || !strcmp(field, "ignore"))
		return 0;
	if (add_several(r->row, field, value))
		return 0;
	if (outranked(r, field))
		return 0;
	if (!strcmp(field, "status"))
		err = set_status(r->row, value);
	else if (is_date(field))
		err = import_date_read(&stored, &r->map->dates, value);
	else
		facts_set(&r->row->facts, field, value);
	if (stored)
		facts_set(&r->row->facts, field, stored);
	free(stored);
	return err;
}

/* What the value stands for in this column, or NULL. */
static const char *replacement_for(
	const struct import_map *map, const char *column, const char *value)
{
	char *name = folded(column), *fold = folded(value);
	const char *to = NULL, *otherwise = NULL;

	for (size_t i = 0; i < map->values_n; i++) {
		if (strcmp(map->values[i].column, name))
			continue;
		if (!strcmp(map->values[i].from, fold))
			to = map->values[i].to;
		else if (!strcmp(map->values[i].from, "*"))
			otherwise = map->values[i].to;
	}
	free(name);
	free(fold);
	return to ? to : otherwise;
}

static int read_cell(
	struct reading *r, const struct import_columns *columns, size_t i, const char *value)
{
	const char *to;

	if (!*value || list_has(&r->map->empty, value))
		return 0;
	r->cell = value;
	r->rank = columns->ranks[i];
	to = replacement_for(r->map, columns->names.items[i], value);
	if (to)
		return each_pair(to, set_field, r);
	if (columns->fields[i] < 0) {
		add_note(r->row, columns->names.items[i], value);
		return 0;
	}
	return set_field(r, import_fields[columns->fields[i]], value);
}

/* "12000" and "USD" make "12000 USD". */
static int join_money(struct import_row *row)
{
	const char *value = facts_get(&row->facts, "value");
	const char *currency = facts_get(&row->facts, "currency");
	struct money money;
	struct str stored = STR_INIT;
	char *amount;
	int err;

	if (!value)
		return 0;
	amount = import_amount(value);
	err = money_parse(&money, amount, currency);
	free(amount);
	if (!err) {
		money_add(&stored, &money);
		facts_set(&row->facts, "value", stored.buf);
	}
	str_release(&stored);
	return err;
}

int import_row_read(struct import_row *out, const struct import_map *map,
	const struct import_columns *columns, const struct list *cells)
{
	struct reading r = {.row = out, .map = map};
	struct list faults = {0};
	int err = 0;

	*out = (struct import_row){.given = &columns->given};
	for (size_t i = 0; i < ARRAY_SIZE(r.given); i++)
		r.given[i] = INT_MAX;
	if (cells->n > columns->names.n)
		return error_set(
			ERR_FAILED, "%zu cells, but %zu columns", cells->n, columns->names.n);
	for (size_t i = 0; i < map->constants.n; i++)
		facts_set(&out->facts, map->constants.items[i].key,
			map->constants.items[i].value);
	for (size_t i = 0; i < cells->n; i++)
		if (read_cell(&r, columns, i, cells->items[i]))
			list_take(&faults,
				xstrfmt("%s: %s", columns->names.items[i], error_message(0)));
	if (!faults.n && out->facts.n == map->constants.n && !out->tags.n && !out->contacts.n &&
		!out->note && !out->text && !out->opportunities.n)
		list_add(&faults, "the row is empty");
	if (!facts_get(&out->facts, "client") && facts_get(&out->facts, "account"))
		facts_set(&out->facts, "client", facts_get(&out->facts, "account"));
	if (join_money(out))
		list_add(&faults, error_message(0));
	error_clear();
	for (size_t i = 0; i < faults.n; i++)
		err = error_add(ERR_FAILED, "%s", faults.items[i]);
	list_release(&faults);
	return err;
}

void import_row_release(struct import_row *row)
{
	facts_release(&row->facts);
	list_release(&row->tags);
	list_release(&row->contacts);
	list_release(&row->opportunities);
	free(row->note);
	free(row->text);
	*row = (struct import_row){0};
}
