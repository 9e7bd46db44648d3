#include "core/import_map.h"

#include "core/civil.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/suggest.h"
#include "core/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const char *const import_fields[] = {"activity", "because", "cause", "client", "closed",
	"contact", "currency", "expires", "external_id", "ignore", "interval", "note", "opened",
	"owner", "process", "source", "status", "tag", "title", "value", "via", NULL};

struct rename {
	char *column; /* folded */
	int field;
};

struct replacement {
	char *column; /* folded */
	char *from;
	char *to; /* "field: value; field: value", or "" */
};

struct import_map {
	char *name;
	char *date; /* or NULL */
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
	list_release(&map->empty);
	facts_release(&map->constants);
	free(map->date);
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

static int load_import(struct import_map *map, const char *key, const char *value)
{
	if (!strcmp(key, "title"))
		return 0; /* for who reads the file */
	if (!strcmp(key, "date"))
		replace_string(&map->date, value);
	else if (!strcmp(key, "empty"))
		list_add(&map->empty, value);
	else
		return error_set(ERR_FAILED,
			"unknown key '%s' in [import] (one of: title, date, empty)", key);
	return 0;
}

static int load_column(struct import_map *map, const char *column, const char *field)
{
	int index = field_index(field);

	if (index < 0)
		return unknown_field(field);
	GROW(map->columns, map->columns_n, map->columns_cap);
	map->columns[map->columns_n++] = (struct rename){folded(column), index};
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
				       !strcmp(section, "constants")
			       ? 0
			       : error_set(ERR_FAILED,
					 "unknown section [%s] (one of: import, columns, "
					 "values "
					 "<column>, constants)",
					 section);
	if (values)
		return load_value(map, section + strlen("values "), key, value);
	if (!strcmp(section, "import"))
		return load_import(map, key, value);
	if (!strcmp(section, "columns"))
		return load_column(map, key, value);
	if (!strcmp(section, "constants")) {
		if (field_index(key) < 0)
			return unknown_field(key);
		facts_set(&map->constants, key, value);
		return 0;
	}
	return error_set(ERR_FAILED, "'%s' stands before the first section", key);
}

/* ---- columns ---- */

static int column_field(const struct import_map *map, const char *name)
{
	char *fold = folded(name);
	int field = -1;

	for (size_t i = 0; i < map->columns_n; i++)
		if (!strcmp(map->columns[i].column, fold))
			field = map->columns[i].field;
	free(fold);
	return field;
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

int import_columns_find(
	struct import_columns *out, const struct import_map *map, const struct list *header)
{
	int err = 0;

	*out = (struct import_columns){0};
	list_copy(&out->names, header);
	out->fields = xcalloc(header->n, sizeof(*out->fields));
	for (size_t i = 0; i < header->n; i++)
		out->fields[i] = column_field(map, header->items[i]);
	error_clear();
	for (size_t i = 0; i < map->columns_n; i++)
		if (!has_column(header, map->columns[i].column))
			err = error_add(ERR_FAILED, "no column '%s', which map '%s' asks for",
				map->columns[i].column, map->name);
	if (err)
		import_columns_release(out);
	return err;
}

void import_columns_release(struct import_columns *columns)
{
	list_release(&columns->names);
	free(columns->fields);
	*columns = (struct import_columns){0};
}

/* ---- cells ---- */

/* One number of at most `digits` digits; moves *text behind it. -1: there is none. */
static int take_number(const char **text, int digits)
{
	int number = 0, n = 0;

	while (n < digits && isdigit((unsigned char)**text)) {
		number = number * 10 + *(*text)++ - '0';
		n++;
	}
	return n ? number : -1;
}

/* POSIX: 69 to 99 are of the last century. */
static int full_year(int year, size_t letters)
{
	if (letters >= 4)
		return year;
	return year + (year < 69 ? 2000 : 1900);
}

struct date_parts {
	struct civil date;
	int h, m, s;
};

static int *part_for(struct date_parts *parts, char letter)
{
	switch (letter) {
	case 'Y':
		return &parts->date.year;
	case 'M':
		return &parts->date.month;
	case 'D':
		return &parts->date.day;
	case 'h':
		return &parts->h;
	case 'm':
		return &parts->m;
	case 's':
		return &parts->s;
	default:
		return NULL;
	}
}

static bool parts_valid(const struct date_parts *p)
{
	return civil_valid(p->date) && p->h < 24 && p->m < 60 && p->s < 60;
}

/* Reads the text by the format; the whole text, or it does not read. */
static bool read_by_format(const char *format, const char *text, struct date_parts *parts)
{
	while (*format) {
		int *part = part_for(parts, *format);
		size_t letters = 1;

		if (!part) {
			if (*format++ != *text++)
				return false;
			continue;
		}
		while (format[letters] == *format)
			letters++;
		*part = take_number(&text, letters > 2 ? 4 : 2);
		if (*part < 0)
			return false;
		if (*format == 'Y')
			*part = full_year(*part, letters);
		format += letters;
	}
	return !*text && parts_valid(parts);
}

static int read_date(const struct import_map *map, const char *text, char **stored)
{
	struct date_parts parts = {0};
	struct when when = {0};
	struct str out = STR_INIT;
	int err = 0;

	if (!map->date) {
		err = when_parse_stored(&when, text);
	} else if (!read_by_format(map->date, text, &parts)) {
		err = error_set(ERR_FAILED, "'%s' is no date of the form %s", text, map->date);
	} else {
		when = when_from_day(civil_to_day(parts.date));
		if (strchr(map->date, 'h'))
			when.second = parts.h * 3600 + parts.m * 60 + parts.s;
	}
	if (err)
		return err;
	when_add_stored(&out, &when);
	*stored = str_detach(&out);
	return 0;
}

/* ---- rows ---- */

struct reading {
	struct import_row *row;
	const struct import_map *map;
};

static bool is_date(const char *field)
{
	return !strcmp(field, "opened") || !strcmp(field, "closed") ||
	       !strcmp(field, "expires");
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

static int set_field(void *context, const char *field, const char *value)
{
	const struct reading *r = context;
	char *stored = NULL;
	int err = 0;

	if (!*value || !strcmp(field, "ignore"))
		return 0;
	if (!strcmp(field, "tag"))
		list_add(&r->row->tags, value);
	else if (!strcmp(field, "contact"))
		list_add(&r->row->contacts, value);
	else if (!strcmp(field, "note"))
		add_note(r->row, NULL, value);
	else if (!strcmp(field, "status"))
		err = set_status(r->row, value);
	else if (is_date(field))
		err = read_date(r->map, value, &stored);
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
	const char *to = NULL;

	for (size_t i = 0; i < map->values_n; i++)
		if (!strcmp(map->values[i].column, name) && !strcmp(map->values[i].from, fold))
			to = map->values[i].to;
	free(name);
	free(fold);
	return to;
}

static int read_cell(
	struct reading *r, const struct import_columns *columns, size_t i, const char *value)
{
	const char *to;

	if (!*value || list_has(&r->map->empty, value))
		return 0;
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
	int err;

	if (!value)
		return 0;
	err = money_parse(&money, value, currency);
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

	*out = (struct import_row){0};
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
		!out->note)
		list_add(&faults, "the row is empty");
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
	free(row->note);
	*row = (struct import_row){0};
}
