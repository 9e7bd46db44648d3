#include "cmd/options.h"

#include "cmd/terminal.h"

#include "cmd/report.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/suggest.h"

#include <errno.h>
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* What getopt_long returns: a row, a row's negation, help. Single letters are below. */
#define ROW_BASE 0x1000
#define NEGATION_BASE 0x2000
#define MANUAL_VALUE 0x3000

struct parser {
	const struct command_spec *spec;
	struct parsed *out;
	int argc;
	char *const *argv;
	const struct opt **rows;
	size_t n, cap;
	struct option *longs; /* getopt's table */
	size_t longs_n, longs_cap;
	struct list negations; /* the names "no-…", owned */
	struct str letters;
	const char **words; /* what stands without a name; argv's */
	size_t words_n, words_cap;
	int err;
};

static void add_row(void *context, const struct opt *row)
{
	struct parser *p = context;

	GROW(p->rows, p->n, p->cap);
	p->rows[p->n++] = row;
}

bool opt_is_flag(const struct opt *row)
{
	return row->kind == OPT_FLAG ||
	       (row->kind == OPT_FIELD && opt_field(row)->type == FIELD_FLAG);
}

static void add_long(struct parser *p, const char *name, int has_argument, int value)
{
	GROW(p->longs, p->longs_n, p->longs_cap);
	p->longs[p->longs_n++] =
		(struct option){.name = name, .has_arg = has_argument, .val = value};
}

/* "--no-show" is an option of its own, not a negation, and has none. */
bool opt_has_negation(const struct opt *row)
{
	return opt_is_flag(row) && row->name && !starts_with(row->name, "no-");
}

/* Leading '-': arguments come as they stand, whatever $POSIXLY_CORRECT says; leading
 * '+': the first one ends the options. ':' tells a missing value from an unknown option. */
static void build_tables(struct parser *p, bool leading)
{
	options_each(p->spec->opts, add_row, p);
	str_add(&p->letters, leading ? "+:h" : "-:h");
	for (size_t i = 0; i < p->n; i++) {
		const struct opt *row = p->rows[i];
		int argument = opt_is_flag(row) ? no_argument : required_argument;

		if (row->name)
			add_long(p, row->name, argument, ROW_BASE + (int)i);
		if (row->letter)
			str_addf(&p->letters, "%c%s", row->letter, opt_is_flag(row) ? "" : ":");
		if (!opt_has_negation(row))
			continue;
		list_take(&p->negations, xstrfmt("no-%s", row->name));
		add_long(p, p->negations.items[p->negations.n - 1], no_argument,
			NEGATION_BASE + (int)i);
	}
	add_long(p, "help", no_argument, MANUAL_VALUE);
	add_long(p, NULL, 0, 0);
}

static void release_tables(struct parser *p)
{
	free(p->rows);
	free(p->longs);
	free(p->words);
	list_release(&p->negations);
	str_release(&p->letters);
}

/* ---- values ---- */

static void *slot_of(const struct parser *p, const struct opt *row)
{
	char *base = row->common ? (char *)&p->out->common : p->out->options;

	return base + (row->common ? row->common : row->slot) - 1;
}

static char *option_name(const struct opt *row)
{
	return row->name ? xstrfmt("--%s", row->name) : xstrfmt("-%c", row->letter);
}

static int take_count(struct count *slot, const char *name, const char *text)
{
	char *end;
	long number;

	errno = 0;
	number = strtol(text, &end, 10);
	if (end == text || *end || errno || number < 0 || number > INT_MAX)
		return error_add(ERR_USAGE, "%s: '%s' is not a whole number", name, text);
	*slot = (struct count){true, (int)number};
	return 0;
}

static int take_word(int *slot, const struct opt *row, const char *name, const char *text)
{
	struct str nearest = STR_INIT;

	*slot = word_find(row->words, text);
	if (*slot)
		return 0;
	suggest_add(&nearest, text, row->words + 1);
	error_add(ERR_USAGE, "%s: unknown word '%s'%s", name, text, nearest.buf);
	str_release(&nearest);
	return ERR_USAGE;
}

static int take_duration(struct duration *slot, const char *name, const char *text)
{
	struct kept_errors kept;
	int err;

	errors_keep(&kept);
	err = duration_parse(slot, text);
	if (err)
		error_prefix("%s", name);
	errors_restore(&kept);
	return err;
}

static int take_date(
	const char **slot, const char *name, const char *text, enum direction direction)
{
	*slot = text;
	return typed_check_date(name, text, direction);
}

/* Two options of one field, as --at and --opened, exclude each other. */
static int take_field(
	struct typed_options *typed, const struct opt *row, const char *name, const char *text)
{
	const struct field *field = opt_field(row);

	for (size_t i = 0; i < typed->n; i++)
		if (typed->items[i].field == field && strcmp(typed->items[i].option, name))
			return error_add(ERR_USAGE, "'%s' and '%s' are the same: give one",
				typed->items[i].option, name);
	typed_add(typed, name, field, text ? text : "yes");
	return 0;
}

/* Gives the row its value; a flag's text is NULL. */
static int take_value(struct parser *p, const struct opt *row, const char *text)
{
	void *slot = row->slot || row->common ? slot_of(p, row) : NULL;
	char *name = option_name(row);
	int err = 0;

	switch (row->kind) {
	case OPT_FLAG:
		*(bool *)slot = true;
		break;
	case OPT_TEXT:
		*(const char **)slot = text;
		break;
	case OPT_COUNT:
		err = take_count(slot, name, text);
		break;
	case OPT_LIST:
		list_add(slot, text);
		break;
	case OPT_WORD:
		err = take_word(slot, row, name, text);
		break;
	case OPT_AHEAD:
		err = take_date(slot, name, text, LOOK_AHEAD);
		break;
	case OPT_BACK:
		err = take_date(slot, name, text, LOOK_BACK);
		break;
	case OPT_DURATION:
		err = take_duration(slot, name, text);
		break;
	case OPT_FIELD:
		err = take_field(&p->out->typed, row, name, text);
		break;
	case OPT_REFUSED:
		err = error_add(ERR_USAGE, "there is no '%s': %s", name, row->help);
		break;
	case OPT_END:
	case OPT_GROUP:
		break;
	}
	free(name);
	return err;
}

static void take_back(struct parser *p, const struct opt *row)
{
	if (row->kind == OPT_FIELD)
		typed_remove(&p->out->typed, opt_field(row));
	else
		*(bool *)slot_of(p, row) = false;
}

/* ---- what is wrong ---- */

/* The length of the option's name in "--name=value". */
static size_t name_length(const char *name)
{
	return strcspn(name, "=");
}

static int say_ambiguous(const struct parser *p, const char *typed, size_t len)
{
	struct str candidates = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; p->longs[i].name; i++)
		if (!strncmp(p->longs[i].name, typed, len))
			str_addf(&candidates, "%s--%s", n++ ? ", " : "", p->longs[i].name);
	if (n > 1)
		error_add(ERR_USAGE, "ambiguous option '--%.*s' (could be %s)", (int)len, typed,
			candidates.buf);
	str_release(&candidates);
	return n > 1 ? ERR_USAGE : 0;
}

static int say_unknown_long(const struct parser *p, const char *typed)
{
	size_t len = name_length(typed);
	char *name = xstrndup(typed, len);
	struct nearest nearest;
	int err = say_ambiguous(p, typed, len);

	if (err)
		goto out;
	nearest_start(&nearest, name);
	for (size_t i = 0; p->longs[i].name; i++)
		nearest_offer(&nearest, p->longs[i].name);
	err = nearest.word
		      ? error_add(ERR_USAGE, "unknown option '--%s' (did you mean '--%s'?)",
				name, nearest.word)
		      : error_add(ERR_USAGE, "unknown option '--%s'", name);
out:
	free(name);
	return err;
}

/* getopt stumbled: `result` is ':' (a value is missing) or '?'. */
static int say_wrong(const struct parser *p, int result, const char *element)
{
	bool is_long = starts_with(element, "--");

	if (result == ':' && is_long)
		return error_add(ERR_USAGE, "option '%s' needs a value", element);
	if (result == ':')
		return error_add(ERR_USAGE, "option '-%c' needs a value", optopt);
	if (is_long && optopt)
		return error_add(ERR_USAGE, "option '--%.*s' takes no value",
			(int)name_length(element + 2), element + 2);
	if (is_long)
		return say_unknown_long(p, element + 2);
	/* A byte of a longer character: the whole argument shows it better. */
	if (optopt < ' ' || optopt > '~')
		return error_add(ERR_USAGE, "unknown option '%s'", element);
	return error_add(ERR_USAGE, "unknown option '-%c'", optopt);
}

/* ---- the walk ---- */

static const struct opt *row_of_letter(const struct parser *p, int letter)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->rows[i]->letter == letter)
			return p->rows[i];
	return NULL;
}

static void add_word(struct parser *p, const char *word)
{
	GROW(p->words, p->words_n, p->words_cap);
	p->words[p->words_n++] = word;
}

static int take_option(struct parser *p, int result)
{
	if (result == 1) {
		add_word(p, optarg);
		return 0;
	}
	if (result >= NEGATION_BASE) {
		take_back(p, p->rows[result - NEGATION_BASE]);
		return 0;
	}
	return take_value(p,
		result >= ROW_BASE ? p->rows[result - ROW_BASE] : row_of_letter(p, result),
		optarg);
}

/* Walks over argv. A value that cannot be read does not end the walk; an option that
 * is not known does, for what follows it might be its value. */
static int walk(struct parser *p, int argc, char *const argv[])
{
	int result;

	opterr = 0;
	optind = 0; /* glibc: begin anew */
	while ((result = getopt_long(argc, argv, p->letters.buf, p->longs, NULL)) != -1) {
		if (result == 'h')
			return PARSE_USAGE;
		if (result == MANUAL_VALUE)
			return PARSE_MANUAL;
		if (result == ':' || result == '?')
			return say_wrong(p, result, argv[optind - 1]);
		if (take_option(p, result))
			p->err = ERR_USAGE;
	}
	return PARSE_DONE;
}

/* ---- what stands without a name ---- */

static void take_positional(struct parser *p, const struct positional *pos, const char *text)
{
	const struct opt row = {OPT_FIELD, .field = pos->field, .slot = pos->slot};

	if (pos->field)
		typed_add(&p->out->typed, pos->name, opt_field(&row), text);
	else if (pos->repeats)
		list_add(slot_of(p, &row), text);
	else
		*(const char **)slot_of(p, &row) = text;
}

static int say_missing(const struct positional *pos)
{
	struct str names = STR_INIT;

	for (; pos->name && !pos->optional; pos++)
		str_addf(&names, "%s%s", names.len ? " and " : "", pos->name);
	error_add(ERR_USAGE, "missing %s", names.buf);
	str_release(&names);
	return ERR_USAGE;
}

/* "schedule acme mon 15:00": with the argument before it, it may be a date that was to be
 * quoted. */
static int say_unexpected(const struct parser *p, const char *word)
{
	struct str text = STR_INIT, date = STR_INIT;
	int at = 1;

	while (at < p->argc && p->argv[at] != word)
		at++;
	str_add(&text, p->argv[at - 1]);
	for (; at > 1 && at < p->argc && *p->argv[at] != '-'; at++) {
		str_addf(&text, " %s", p->argv[at]);
		if (typed_is_date(text.buf)) {
			str_truncate(&date, 0);
			str_add(&date, text.buf);
		}
	}
	error_add(ERR_USAGE, "unexpected argument '%s'", word);
	if (date.len)
		error_hint("quote it: '%s'", date.buf);
	str_release(&date);
	str_release(&text);
	return ERR_USAGE;
}

static int take_positionals(struct parser *p)
{
	static const struct positional none[] = {{NULL}};
	const struct positional *pos = p->spec->positionals ? p->spec->positionals : none;
	size_t i = 0;

	for (; pos->name && i < p->words_n; i++) {
		take_positional(p, pos, p->words[i]);
		if (!pos->repeats)
			pos++;
		else if (i + 1 == p->words_n)
			return 0;
	}
	if (i < p->words_n)
		return say_unexpected(p, p->words[i]);
	/* A form that is still to be filled or read may have it; or a question. */
	if (pos->name && pos->field && (p->out->common.edit || p->out->common.file))
		return 0;
	if (pos->name && pos->asked && !p->out->common.no_input && !p->out->common.json &&
		terminals_answer())
		return 0;
	return pos->name && !pos->optional ? say_missing(pos) : 0;
}

static int parse(const struct command_spec *spec, int argc, char *const argv[],
	struct parsed *out, int *leading)
{
	struct parser p = {
		.spec = spec, .out = out, .argc = argc, .argv = argv, .letters = STR_INIT};
	int result;

	error_clear();
	*out = (struct parsed){.options = spec->size ? xcalloc(1, spec->size) : NULL};
	build_tables(&p, leading);
	result = walk(&p, argc, argv);
	if (leading)
		*leading = optind;
	if (result != PARSE_DONE)
		goto out;
	for (int i = optind; !leading && i < argc; i++)
		add_word(&p, argv[i]); /* behind "--" */
	if (!leading && take_positionals(&p))
		p.err = ERR_USAGE;
	if (typed_check(&out->typed))
		p.err = ERR_USAGE;
	result = p.err;
out:
	/* -h and --help answer, whatever else stands there. */
	if (result > 0)
		error_clear();
	release_tables(&p);
	return result;
}

int options_parse(
	const struct command_spec *spec, int argc, char *const argv[], struct parsed *out)
{
	return parse(spec, argc, argv, out, NULL);
}

int options_parse_leading(const struct command_spec *spec, int argc, char *const argv[],
	struct parsed *out, int *rest)
{
	return parse(spec, argc, argv, out, rest);
}

static void release_list(void *context, const struct opt *row)
{
	if (row->kind == OPT_LIST)
		list_release((struct list *)((char *)context + row->slot - 1));
}

void parsed_release(const struct command_spec *spec, struct parsed *parsed)
{
	const struct positional *pos = spec->positionals;

	if (parsed->options)
		options_each(spec->opts, release_list, parsed->options);
	for (; parsed->options && pos && pos->name; pos++)
		if (pos->repeats && !pos->field)
			list_release((struct list *)((char *)parsed->options + pos->slot - 1));
	free(parsed->options);
	typed_release(&parsed->typed);
	*parsed = (struct parsed){0};
}
