#include "cmd/printer.h"

#include "cmd/command.h"
#include "cmd/table.h"
#include "cmd/wrap.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/suggest.h"
#include "core/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct printer {
	const struct print_spec *spec;
	struct call *call;
	struct str text; /* JSON, --format: what is to be printed */
	bool any;
	struct table table; /* text */
	struct str raw;     /* a cell of it, as the record has it */
	struct list footers;
};

/* ---- a field's values ---- */

static void add_json_as_text(struct str *out, const json_t *value);

static void add_array_as_text(struct str *out, const json_t *array)
{
	size_t i;
	json_t *item;

	json_array_foreach(array, i, item)
	{
		if (i)
			str_add(out, "; ");
		add_json_as_text(out, item);
	}
}

/* "decision_maker" → "decision-maker", as it is typed. */
static void add_words_of(struct str *out, const char *key)
{
	for (; *key; key++)
		str_addch(out, *key == '_' ? '-' : *key);
}

/* Money is shown as it is typed; of other objects, their parts, but not what is not so. */
static void add_object_as_text(struct str *out, json_t *object)
{
	const char *key;
	json_t *item;
	bool any = false;

	json_object_foreach(object, key, item)
	{
		size_t before = out->len;

		if (json_is_null(item) || json_is_false(item))
			continue;
		if (any)
			str_addch(out, ' ');
		if (json_is_true(item))
			add_words_of(out, key);
		else
			add_json_as_text(out, item);
		any = any || out->len > before;
	}
}

static void add_json_as_text(struct str *out, const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		str_add(out, json_string_value(value));
		break;
	case JSON_INTEGER:
		str_addf(out, "%lld", (long long)json_integer_value(value));
		break;
	case JSON_REAL:
		str_addf(out, "%g", json_real_value(value));
		break;
	case JSON_TRUE:
		str_add(out, "yes");
		break;
	case JSON_FALSE:
		str_add(out, "no");
		break;
	case JSON_NULL:
		break;
	case JSON_ARRAY:
		add_array_as_text(out, value);
		break;
	case JSON_OBJECT:
		add_object_as_text(out, (json_t *)value);
		break;
	}
}

static void add_raw_text(struct str *out, const struct print_field *field, const void *record)
{
	json_t *value;

	if (field->text) {
		field->text(out, record);
		return;
	}
	value = field->json(record);
	add_json_as_text(out, value);
	json_decref(value);
}

/* The field's text as it may leave. */
static void add_field_text(struct str *out, const struct print_field *field, const void *record)
{
	struct str raw = STR_INIT;

	add_raw_text(&raw, field, record);
	safe_add(out, raw.buf);
	str_release(&raw);
}

static json_t *field_json(const struct print_field *field, const void *record)
{
	struct str text = STR_INIT;
	json_t *value;

	if (field->json)
		return field->json(record);
	field->text(&text, record);
	value = json_of_text(text.len ? text.buf : NULL);
	str_release(&text);
	return value;
}

static json_t *record_json(const struct print_spec *spec, const void *record)
{
	json_t *object;

	if (spec->json)
		return spec->json(record);
	object = json_object();
	for (const struct print_field *f = spec->fields; f->name; f++)
		if (!(f->flags & PRINT_NO_JSON))
			json_object_set_new(object, f->name, field_json(f, record));
	return object;
}

/* ---- --format ---- */

static const struct print_field *find_field(
	const struct print_spec *spec, const char *name, size_t len)
{
	for (const struct print_field *f = spec->fields; f->name; f++)
		if (strlen(f->name) == len && !strncmp(f->name, name, len))
			return f;
	return NULL;
}

static int hex_value(const char *digits)
{
	int value = 0;

	for (int i = 0; i < 2; i++) {
		const char *all = "0123456789abcdef0123456789ABCDEF";
		const char *at = digits[i] ? strchr(all, digits[i]) : NULL;

		if (!at)
			return -1;
		value = value * 16 + (int)(at - all) % 16;
	}
	return value;
}

/* One directive of a format, from its '%' on. */
struct directive {
	size_t len;                      /* 0: it is none */
	const struct print_field *field; /* or NULL: then the byte */
	char byte;
};

static struct directive read_directive(const struct print_spec *spec, const char *at)
{
	const char *end;
	int byte;

	switch (at[1]) {
	case '%':
		return (struct directive){2, NULL, '%'};
	case 'n':
		return (struct directive){2, NULL, '\n'};
	case 'x':
		byte = hex_value(at + 2);
		return (struct directive){byte < 0 ? 0 : 4, NULL, (char)byte};
	case '(':
		end = strchr(at, ')');
		return (struct directive){end ? (size_t)(end - at) + 1 : 0,
			end ? find_field(spec, at + 2, (size_t)(end - at) - 2) : NULL, 0};
	default:
		return (struct directive){0};
	}
}

/* "one of: …", where no field is near. */
static void add_fields(struct str *out, const struct print_spec *spec, const char *name)
{
	struct list names = {0};

	for (const struct print_field *f = spec->fields; f->name; f++)
		list_add(&names, f->name);
	list_take(&names, NULL);
	suggest_add(out, name, (const char *const *)names.items);
	list_release(&names);
}

static int say_unknown_field(const struct print_spec *spec, const char *at, size_t len)
{
	char *name = xstrndup(at + 2, len - 3);
	struct str fields = STR_INIT;

	add_fields(&fields, spec, name);
	error_add(ERR_USAGE, "--format: unknown field '%s'%s", name, fields.buf);
	str_release(&fields);
	free(name);
	return ERR_USAGE;
}

int print_format_check(const struct print_spec *spec, const char *format)
{
	int err = 0;

	while ((format = strchr(format, '%'))) {
		struct directive d = read_directive(spec, format);

		if (!d.len)
			return error_add(ERR_USAGE,
				"--format: '%s' does not begin with %%(field), %%n, %%xHH or "
				"%%%%",
				format);
		if (format[1] == '(' && !d.field)
			err = say_unknown_field(spec, format, d.len);
		format += d.len;
	}
	return err;
}

static void add_formatted(struct printer *p, const void *record)
{
	const char *format = p->call->common.format;

	while (*format) {
		struct directive d = {0};

		if (*format == '%')
			d = read_directive(p->spec, format);
		if (d.field)
			add_field_text(&p->text, d.field, record);
		else
			str_addch(&p->text, d.len ? d.byte : *format);
		format += d.len ? d.len : 1;
	}
	str_addch(&p->text, p->call->common.nul ? '\0' : '\n');
}

/* ---- the printer ---- */

struct printer *printer_new(const struct print_spec *spec, struct call *call)
{
	struct printer *p = xcalloc(1, sizeof(*p));

	*p = (struct printer){.spec = spec, .call = call, .text = STR_INIT, .raw = STR_INIT};
	table_init(&p->table, spec);
	return p;
}

static bool prints_table(const struct printer *p)
{
	return !p->call->common.json && !p->call->common.format;
}

/* The object as an item of the one array, shifted by its indentation. */
static void add_array_item(struct printer *p, json_t *object)
{
	struct str document = STR_INIT;
	const char *rest;

	json_add(&document, object);
	json_decref(object);
	str_add(&p->text, p->any ? ",\n  " : "[\n  ");
	rest = document.buf;
	while (*rest) {
		size_t len = strcspn(rest, "\n");

		str_addn(&p->text, rest, len);
		rest += len;
		if (*rest++)
			str_add(&p->text, "\n  ");
		else
			break;
	}
	str_release(&document);
}

void printer_record(struct printer *p, const void *record)
{
	if (p->call->common.json) {
		add_array_item(p, record_json(p->spec, record));
	} else if (p->call->common.format) {
		add_formatted(p, record);
	} else {
		table_begin_row(&p->table, p->spec->tone ? p->spec->tone(record) : TONE_PLAIN);
		for (const struct print_field *f = p->spec->fields; f->name; f++) {
			if (!f->heading)
				continue;
			str_truncate(&p->raw, 0);
			add_raw_text(&p->raw, f, record);
			table_add_cell(&p->table, p->raw.buf);
		}
	}
	p->any = true;
}

void printer_heading(struct printer *p, const char *text)
{
	if (prints_table(p))
		table_add_heading(&p->table, text);
}

void printer_footer(struct printer *p, const char *format, ...)
{
	va_list args;

	if (!prints_table(p))
		return;
	va_start(args, format);
	list_take(&p->footers, xstrvfmt(format, args));
	va_end(args);
}

static void add_table(struct printer *p)
{
	table_add_text(&p->text, &p->table, p->call);
	for (size_t i = 0; i < p->footers.n; i++) {
		struct str safe = STR_INIT;

		safe_add(&safe, p->footers.items[i]);
		wrap_add(&p->text, safe.buf, 0, (size_t)terminal_width(&p->call->terminal));
		str_addch(&p->text, '\n');
		str_release(&safe);
	}
}

void printer_finish(struct printer *p)
{
	if (p->call->common.json)
		str_add(&p->text, p->any ? "\n]\n" : "[]\n");
	else if (!p->call->common.format)
		add_table(p);
	fwrite(p->text.buf, 1, p->text.len, stdout);
}

void printer_free(struct printer *p)
{
	if (!p)
		return;
	str_release(&p->text);
	str_release(&p->raw);
	table_release(&p->table);
	list_release(&p->footers);
	free(p);
}

/* ---- what is not records ---- */

void print_json(json_t *document)
{
	struct str text = STR_INIT;

	json_add(&text, document);
	json_decref(document);
	str_addch(&text, '\n');
	fwrite(text.buf, 1, text.len, stdout);
	str_release(&text);
}

void print_line(const char *format, ...)
{
	struct str safe = STR_INIT;
	va_list args;
	char *line;

	va_start(args, format);
	line = xstrvfmt(format, args);
	va_end(args);
	safe_add(&safe, line);
	str_addch(&safe, '\n');
	fwrite(safe.buf, 1, safe.len, stdout);
	free(line);
	str_release(&safe);
}

void print_text(const char *text)
{
	struct str safe = STR_INIT;

	safe_add_lines(&safe, text);
	fwrite(safe.buf, 1, safe.len, stdout);
	str_release(&safe);
}
