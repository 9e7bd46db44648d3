/* What a spec says to people: the synopsis, the text of -h. */
#include "cmd/options.h"

#include "core/act.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

#define WIDTH 80       /* the same everywhere: manual pages and tests hold it */
#define HELP_COLUMN 26 /* as in git's usage texts */
#define MOST_WORDS 48  /* bytes of "open|waiting|won" that stand in a synopsis */

void options_each(const struct opt *opts, void (*visit)(void *context, const struct opt *row),
	void *context)
{
	for (const struct opt *row = opts; row && row->kind != OPT_END; row++) {
		if (row->kind == OPT_GROUP)
			options_each(row->group, visit, context);
		else
			visit(context, row);
	}
}

bool opt_hidden(const struct opt *row)
{
	return row->kind == OPT_REFUSED || row->flags & OPT_HIDDEN;
}

const struct field *opt_field(const struct opt *row)
{
	char *name = xstrdup(row->field ? row->field : row->name);
	const struct field *field;

	for (char *c = name; *c; c++)
		if (*c == '-')
			*c = '_';
	field = field_find(name);
	free(name);
	if (!field)
		abort(); /* a mistake in a spec: every test of its command finds it */
	return field;
}

const char *const *opt_words(const struct opt *row)
{
	const struct field *field = row->kind == OPT_FIELD ? opt_field(row) : NULL;

	if (row->kind == OPT_WORD)
		return row->words;
	return field && field->type == FIELD_WORD ? field->words : NULL;
}

/* The words that stand in the usage; NULL where the argument has a name. */
static const char *const *row_words(const struct opt *row)
{
	return row->arg ? NULL : opt_words(row);
}

static char *join_words(const char *const *words, const char *between)
{
	struct str out = STR_INIT;

	for (words++; *words; words++)
		str_addf(&out, "%s%s", out.len ? between : "", *words);
	return str_detach(&out);
}

/* Too many words for a line: the usage tells them behind the help. */
static bool has_many_words(const struct opt *row)
{
	const char *const *words = row_words(row);
	char *joined = words ? join_words(words, "|") : NULL;
	bool many = joined && strlen(joined) > MOST_WORDS;

	free(joined);
	return many;
}

char *opt_argument(const struct opt *row)
{
	const struct field *field = row->kind == OPT_FIELD ? opt_field(row) : NULL;

	if (row->kind == OPT_FLAG || (field && field->type == FIELD_FLAG))
		return NULL;
	if (row->arg)
		return xstrdup(row->arg);
	if (has_many_words(row))
		return xstrfmt("<%s>", row->name);
	if (row_words(row))
		return join_words(row_words(row), "|");
	return xstrdup("<value>");
}

bool opt_repeats(const struct opt *row)
{
	const struct field *field = row->kind == OPT_FIELD ? opt_field(row) : NULL;

	if (row->kind == OPT_LIST || row->flags & OPT_REPEATS)
		return true;
	return field && (field->type == FIELD_LIST || field->type == FIELD_PROMISES ||
				field->type == FIELD_QUESTIONS || field->type == FIELD_FACTS);
}

/* ---- the synopsis, a list of pieces that are not broken ---- */

static void add_row_piece(struct list *pieces, const struct opt *row)
{
	struct str piece = STR_INIT;
	char *argument = opt_argument(row);
	bool demanded = row->flags & OPT_DEMANDED;

	if (!demanded)
		str_addch(&piece, '[');
	if (row->name)
		str_addf(&piece, "--%s", row->name);
	else
		str_addf(&piece, "-%c", row->letter);
	if (argument)
		str_addf(&piece, " %s", argument);
	if (!demanded)
		str_addch(&piece, ']');
	if (opt_repeats(row))
		str_add(&piece, "...");
	list_take(pieces, str_detach(&piece));
	free(argument);
}

static void add_row_pieces(struct list *pieces, const struct opt *opts)
{
	for (const struct opt *row = opts; row && row->kind != OPT_END; row++) {
		if (opt_hidden(row))
			continue;
		if (row->kind != OPT_GROUP)
			add_row_piece(pieces, row);
		else if (row->name)
			list_take(pieces, xstrfmt("[<%s>]", row->name));
		else
			add_row_pieces(pieces, row->group);
	}
}

static void add_positional_pieces(struct list *pieces, const struct positional *pos)
{
	for (; pos && pos->name; pos++)
		list_take(pieces, xstrfmt("%s%s%s%s", pos->optional ? "[" : "", pos->name,
					  pos->repeats ? "..." : "", pos->optional ? "]" : ""));
}

static void add_words(struct list *pieces, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, " ");

		if (len)
			list_take(pieces, xstrndup(text, len));
		text += len + (text[len] == ' ');
	}
}

/* The pieces of one form; false: there is no such form. */
static bool form_pieces(struct list *pieces, const struct command_spec *spec, size_t form)
{
	if (spec->forms) {
		if (spec->forms[form])
			add_words(pieces, spec->forms[form]);
		return spec->forms[form] != NULL;
	}
	if (form)
		return false;
	add_positional_pieces(pieces, spec->positionals);
	add_row_pieces(pieces, spec->opts);
	return true;
}

void synopsis_add(struct str *out, const char *name, const struct command_spec *spec)
{
	struct list pieces = {0};

	for (size_t form = 0; form_pieces(&pieces, spec, form); form++) {
		str_add(out, name);
		for (size_t i = 0; i < pieces.n; i++)
			str_addf(out, " %s", pieces.items[i]);
		str_addch(out, '\n');
		list_release(&pieces);
	}
}

/* ---- the usage ---- */

/* Adds the pieces from column `at` on, broken so that lines end before WIDTH and go on
 * at `indent`; a newline at the end. */
static void add_wrapped(struct str *out, const struct list *pieces, size_t at, size_t indent)
{
	for (size_t i = 0; i < pieces->n; i++) {
		size_t width = utf8_width(pieces->items[i]);

		if (at > indent && at + 1 + width >= WIDTH) {
			str_addf(out, "\n%*s", (int)indent, "");
			at = indent;
		} else if (i) {
			str_addch(out, ' ');
			at++;
		}
		str_add(out, pieces->items[i]);
		at += width;
	}
	str_addch(out, '\n');
}

static void add_row_usage(struct str *out, const struct opt *row)
{
	struct str line = STR_INIT;
	struct list words = {0};
	char *argument = opt_argument(row);

	str_add(&line, "    ");
	if (row->letter)
		str_addf(&line, "-%c%s", row->letter, row->name ? ", " : "");
	if (row->name)
		str_addf(&line, "--%s", row->name);
	if (argument)
		str_addf(&line, " %s", argument);
	str_add(out, line.buf);
	if (line.len + 2 > HELP_COLUMN)
		str_addf(out, "\n%*s", HELP_COLUMN, "");
	else
		str_addf(out, "%*s", (int)(HELP_COLUMN - line.len), "");
	add_words(&words, row->help ? row->help : "");
	if (has_many_words(row)) {
		char *all = join_words(row_words(row), ", ");
		char *told = xstrfmt("(one of: %s)", all);

		add_words(&words, told);
		free(told);
		free(all);
	}
	add_wrapped(out, &words, HELP_COLUMN, HELP_COLUMN);
	list_release(&words);
	str_release(&line);
	free(argument);
}

static void add_rows_usage(struct str *out, const struct opt *opts)
{
	for (const struct opt *row = opts; row && row->kind != OPT_END; row++) {
		if (opt_hidden(row))
			continue;
		if (row->kind != OPT_GROUP) {
			add_row_usage(out, row);
			continue;
		}
		if (row->help)
			str_addf(out, "\n%s\n", row->help);
		add_rows_usage(out, row->group);
	}
}

void usage_add(struct str *out, const char *name, const struct command_spec *spec)
{
	struct list pieces = {0};

	for (size_t form = 0; form_pieces(&pieces, spec, form); form++) {
		size_t at = out->len;

		str_addf(out, "%s%s", form ? "   or: " : "usage: ", name);
		at = out->len - at;
		if (pieces.n) {
			str_addch(out, ' ');
			at++;
		}
		add_wrapped(out, &pieces, at, at);
		list_release(&pieces);
	}
	if (spec->opts) {
		if (spec->opts->kind != OPT_GROUP || !spec->opts->help)
			str_addch(out, '\n');
		add_rows_usage(out, spec->opts);
	}
}
