#include "cmd/form.h"

#include "core/error.h"
#include "core/mem.h"
#include "core/suggest.h"
#include "core/utf8.h"
#include "storage/storage.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the lines that a command's form has ---- */

struct row {
	char *key;
	char *option; /* "--next", "<when>" */
	char *argument;
	const char *help;
	const struct field *field;
};

struct rows {
	struct row *items;
	size_t n, cap;
	const char **keys; /* for suggestions; NULL at the end */
};

static void add_option_row(void *context, const struct opt *opt)
{
	struct rows *rows = context;

	if (opt->kind != OPT_FIELD || (opt->flags & OPT_HIDDEN))
		return;
	GROW(rows->items, rows->n, rows->cap);
	rows->items[rows->n++] = (struct row){.key = xstrdup(opt->name),
		.option = xstrfmt("--%s", opt->name),
		.argument = opt_argument(opt),
		.help = opt->help,
		.field = opt_field(opt)};
}

static void add_positional_row(struct rows *rows, const struct positional *p)
{
	const char *name = p->name + strspn(p->name, "<");

	GROW(rows->items, rows->n, rows->cap);
	rows->items[rows->n++] = (struct row){.key = xstrndup(name, strcspn(name, ">")),
		.option = xstrdup(p->name),
		.argument = xstrdup(p->name),
		.field = field_find(p->field)};
}

static void rows_load(struct rows *rows, const struct command_spec *spec)
{
	*rows = (struct rows){0};
	for (const struct positional *p = spec->positionals; p && p->name; p++)
		if (p->field)
			add_positional_row(rows, p);
	if (spec->opts)
		options_each(spec->opts, add_option_row, rows);
	rows->keys = xcalloc(rows->n + 1, sizeof(*rows->keys));
	for (size_t i = 0; i < rows->n; i++)
		rows->keys[i] = rows->items[i].key;
}

static void rows_release(struct rows *rows)
{
	for (size_t i = 0; i < rows->n; i++) {
		free(rows->items[i].key);
		free(rows->items[i].option);
		free(rows->items[i].argument);
	}
	free(rows->items);
	free(rows->keys);
}

static bool same_key(const char *a, const char *b)
{
	for (; *a && *b; a++, b++)
		if (*a != *b && !(strchr("-_", *a) && strchr("-_", *b)))
			return false;
	return *a == *b;
}

static const struct row *rows_find(const struct rows *rows, const char *key)
{
	for (size_t i = 0; i < rows->n; i++)
		if (same_key(rows->items[i].key, key))
			return &rows->items[i];
	for (size_t i = 0; i < rows->n; i++)
		if (same_key(rows->items[i].field->name, key))
			return &rows->items[i];
	return NULL;
}

/* ---- writing ---- */

/* One line of a comment: nothing in it can end the line. */
static void add_comment(struct str *out, const char *lead, const char *text)
{
	str_add(out, "# ");
	str_add(out, lead);
	safe_add(out, text);
	str_addch(out, '\n');
}

/* Ends with an empty line, by which it is found again. */
static void add_head(struct str *out, const char *title, const struct list *reasons)
{
	add_comment(out, "", title);
	str_add(out,
		"#\n"
		"# Fill in what is known, save, and leave the editor; an empty form records\n"
		"# nothing. Lines that begin with '#' are comments, a line that begins with a\n"
		"# space goes on with the value above it, '\\\\' is a backslash.\n");
	if (reasons->n)
		str_add(out, "#\n# It is not recorded like this:\n");
	for (size_t i = 0; i < reasons->n; i++)
		add_comment(out, "", reasons->items[i]);
	str_addch(out, '\n');
}

static void list_missing(struct list *out, const struct breaches *missing)
{
	for (size_t i = 0; missing && i < missing->n; i++) {
		list_take(out, xstrfmt("- %s", missing->items[i].message));
		if (missing->items[i].option)
			list_take(out, xstrfmt("    %s", missing->items[i].option));
	}
}

/* Behind "form:12: ": the lines move when the top is renewed. */
static const char *without_place(const char *message)
{
	const char *line = strchr(message, ':');
	size_t digits = line ? strspn(line + 1, "0123456789") : 0;

	if (!digits || strchr(message, ' ') < line || strncmp(line + 1 + digits, ": ", 2))
		return message;
	return line + 1 + digits + strlen(": ");
}

void form_renew_head(struct str *form, const char *title, const struct list *messages,
	const struct list *hints)
{
	char *first = xstrfmt("# %s\n", title);
	const char *end = starts_with(form->buf, first) ? strstr(form->buf, "\n\n") : NULL;
	struct list reasons = {0};
	struct str renewed = STR_INIT;

	for (size_t i = 0; i < messages->n; i++)
		list_take(&reasons, xstrfmt("- %s", without_place(messages->items[i])));
	for (size_t i = 0; i < hints->n; i++)
		list_take(&reasons, xstrfmt("    %s", hints->items[i]));
	add_head(&renewed, title, &reasons);
	str_add(&renewed, end ? end + strlen("\n\n") : form->buf);
	str_release(form);
	*form = renewed;
	list_release(&reasons);
	free(first);
}

static bool repeats(const struct field *f)
{
	return f->type == FIELD_LIST || f->type == FIELD_PROMISES ||
	       f->type == FIELD_QUESTIONS || f->type == FIELD_FACTS;
}

static void add_explanation(struct str *out, const struct row *row)
{
	struct str line = STR_INIT;

	str_addf(&line, "%s%s", row->argument ? row->argument : "yes",
		repeats(row->field) ? " ..." : "");
	if (row->help)
		str_addf(&line, ": %s", row->help);
	add_comment(out, "", line.buf);
	str_release(&line);
	/* Where there are too many of them for an argument's name. */
	if (row->field->type != FIELD_WORD || !row->argument || *row->argument != '<')
		return;
	for (int i = 1; row->field->words[i]; i++)
		str_addf(&line, "%s%s", i > 1 ? ", " : "    one of ", row->field->words[i]);
	add_comment(out, "", line.buf);
	str_release(&line);
}

static const struct form_fault *next_fault(
	const struct form_faults *faults, const struct field *field, size_t from)
{
	for (size_t i = from; faults && i < faults->n; i++)
		if (faults->items[i].field == field)
			return &faults->items[i];
	return NULL;
}

/* What could not be read stands where it stood, the reason above it; where another value
 * has its place, as a comment. */
static bool add_faults(struct str *out, const struct row *row, const struct form_faults *faults,
	bool has_value)
{
	const struct field *field = row ? row->field : NULL;
	bool in_comment = !row || (has_value && !repeats(field)), any = false;
	const struct form_fault *f = next_fault(faults, field, 0);

	for (; f; f = next_fault(faults, field, (size_t)(f - faults->items) + 1)) {
		struct str pair = STR_INIT;

		add_comment(out, "", f->why);
		ini_write_pair(&pair, row ? row->key : f->key, f->text);
		if (in_comment)
			add_comment(out, "", trim(pair.buf));
		else
			str_add(out, pair.buf);
		str_release(&pair);
		any = true;
	}
	return any && !in_comment;
}

static void add_row(struct str *out, const struct row *row, const struct typed_options *typed,
	const struct form_faults *faults)
{
	bool has_value = typed_has(typed, row->field->name);

	add_explanation(out, row);
	if (!add_faults(out, row, faults, has_value) && !has_value)
		ini_write_pair(out, row->key, "");
	for (size_t i = 0; i < typed->n; i++)
		if (typed->items[i].field == row->field)
			ini_write_pair(out, row->key, typed->items[i].text);
}

void form_add(struct str *out, const char *title, const struct command_spec *spec,
	const struct typed_options *typed, const struct breaches *missing,
	const struct form_faults *faults)
{
	struct list reasons = {0};
	struct rows rows;

	rows_load(&rows, spec);
	list_missing(&reasons, missing);
	add_head(out, title, &reasons);
	for (size_t i = 0; i < rows.n; i++) {
		bool first = true;

		/* Two options of one field, as --at and --opened: the first has it. */
		for (size_t j = 0; j < i; j++)
			first = first && rows.items[j].field != rows.items[i].field;
		if (first)
			add_row(out, &rows.items[i], typed, faults);
	}
	add_faults(out, NULL, faults, false);
	list_release(&reasons);
	rows_release(&rows);
}

/* ---- reading ---- */

/* The key under which the field was given before; NULL: it was not. */
static const char *earlier_key(const struct typed_options *typed, const struct field *field)
{
	for (size_t i = 0; i < typed->n; i++)
		if (typed->items[i].field == field)
			return strrchr(typed->items[i].option, ' ') + 1;
	return NULL;
}

static int read_pair(struct typed_options *out, const struct rows *rows, const char *name,
	const struct ini_pair *pair)
{
	const struct row *row;
	const char *earlier;
	struct str hint = STR_INIT;
	char *option;

	if (*pair->section)
		return error_add(ERR_USAGE, "%s:%u: a form has no section '[%s]'", name,
			pair->line, pair->section);
	row = rows_find(rows, pair->key);
	if (!row) {
		suggest_add(&hint, pair->key, rows->keys);
		error_add(ERR_USAGE, "%s:%u: unknown key '%s'%s", name, pair->line, pair->key,
			hint.buf);
		str_release(&hint);
		return ERR_USAGE;
	}
	if (!pair->value[strspn(pair->value, " \t\n")])
		return 0;
	earlier = repeats(row->field) ? NULL : earlier_key(out, row->field);
	if (earlier && strcmp(earlier, row->key))
		return error_add(ERR_USAGE, "%s:%u: '%s' and '%s' are the same: give one", name,
			pair->line, earlier, row->key);
	option = xstrfmt("%s:%u: %s", name, pair->line, row->key);
	typed_add(out, option, row->field, pair->value);
	free(option);
	return 0;
}

int form_read(struct typed_options *out, const struct command_spec *spec, const char *name,
	const char *text, size_t len)
{
	struct ini doc = {0};
	struct rows rows;
	int err = 0;

	rows_load(&rows, spec);
	if (ini_read(&doc, name, text, len, INI_RECORD))
		err = ERR_USAGE; /* what was typed cannot be read */
	for (size_t i = 0; !err && i < doc.n; i++)
		if (doc.pairs[i].key && read_pair(out, &rows, name, &doc.pairs[i]))
			err = ERR_USAGE;
	if (!err)
		err = typed_check(out);
	ini_release(&doc);
	rows_release(&rows);
	return err;
}

void form_faults_release(struct form_faults *faults)
{
	for (size_t i = 0; i < faults->n; i++) {
		free(faults->items[i].key);
		free(faults->items[i].text);
		free(faults->items[i].why);
	}
	free(faults->items);
	*faults = (struct form_faults){0};
}

/* Why the value cannot be taken beside what there is already: an error is recorded. */
static int try_pair(const struct typed_options *out, const struct rows *rows, const char *name,
	const struct ini_pair *pair)
{
	struct typed_options trial = {0};
	int err;

	error_clear();
	for (size_t i = 0; i < out->n; i++)
		typed_add(
			&trial, out->items[i].option, out->items[i].field, out->items[i].text);
	err = read_pair(&trial, rows, name, pair);
	if (!err)
		err = typed_check(&trial);
	typed_release(&trial);
	return err;
}

static void add_fault(
	struct form_faults *faults, const struct rows *rows, const struct ini_pair *pair)
{
	const struct row *row = *pair->section ? NULL : rows_find(rows, pair->key);
	const char *why = without_place(error_message(0));

	if (row && starts_with(why, row->key) && starts_with(why + strlen(row->key), ": "))
		why += strlen(row->key) + strlen(": ");
	GROW(faults->items, faults->n, faults->cap);
	faults->items[faults->n++] = (struct form_fault){.key = xstrdup(pair->key),
		.text = xstrdup(pair->value),
		.field = row ? row->field : NULL,
		.why = xstrdup(why)};
}

int form_salvage(struct typed_options *out, struct form_faults *faults,
	const struct command_spec *spec, const char *name, const char *text, size_t len)
{
	struct ini doc = {0};
	struct rows rows;
	int err = ini_read(&doc, name, text, len, INI_RECORD) ? ERR_USAGE : 0;

	rows_load(&rows, spec);
	for (size_t i = 0; !err && i < doc.n; i++) {
		if (!doc.pairs[i].key)
			continue;
		if (try_pair(out, &rows, name, &doc.pairs[i]))
			add_fault(faults, &rows, &doc.pairs[i]);
		else
			read_pair(out, &rows, name, &doc.pairs[i]);
	}
	if (!err)
		error_clear();
	ini_release(&doc);
	rows_release(&rows);
	return err;
}

void form_merge(struct typed_options *to, const struct typed_options *from)
{
	size_t given = to->n;

	for (size_t i = 0; i < from->n; i++) {
		const struct typed_option *option = &from->items[i];
		bool has = false;

		for (size_t j = 0; j < given; j++)
			has = has || to->items[j].field == option->field;
		if (!has)
			typed_add(to, option->option, option->field, option->text);
	}
}

int form_read_file(struct str *out, const char *path)
{
	bool is_stdin = !strcmp(path, "-");
	FILE *file = is_stdin ? stdin : fopen(path, "re");
	char bytes[8192];
	size_t got;
	int err = 0;

	if (!file)
		return error_set(
			ERR_FAILED, "cannot read the form '%s': %s", path, strerror(errno));
	while ((got = fread(bytes, 1, sizeof(bytes), file)) > 0 && out->len <= INI_MAX_BYTES)
		str_addn(out, bytes, got);
	if (ferror(file))
		err = error_set(
			ERR_FAILED, "cannot read the form '%s': %s", path, strerror(errno));
	else if (out->len > INI_MAX_BYTES)
		err = error_set(ERR_FAILED, "the form '%s' is too large", path);
	if (!is_stdin)
		fclose(file);
	return err;
}
