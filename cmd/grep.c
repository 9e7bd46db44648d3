/* fu grep <pattern>: over all that was ever written down, as it is understood. */
#include "cmd/printer.h"
#include "cmd/query.h"

#include "core/act.h"
#include "core/error.h"
#include "core/json_values.h"
#include "core/mem.h"

#include <regex.h>
#include <stdlib.h>
#include <string.h>

struct grep_options {
	const char *pattern;
	struct list opps;
	bool ignore_case, extended, fixed, names;
};

static const struct opt grep_opts[] = {
	{OPT_FLAG, "ignore-case", 'i', .slot = SLOT_BOOL(struct grep_options, ignore_case),
		.help = "capitals and small letters are the same"},
	{OPT_FLAG, "extended-regexp", 'E', .slot = SLOT_BOOL(struct grep_options, extended),
		.help = "the pattern is an extended regular expression"},
	{OPT_FLAG, "fixed-strings", 'F', .slot = SLOT_BOOL(struct grep_options, fixed),
		.help = "the pattern is no regular expression"},
	{OPT_FLAG, "files-with-matches", 'l', .slot = SLOT_BOOL(struct grep_options, names),
		.help = "print the ids alone"},
	{OPT_GROUP, .group = opts_json},
	{OPT_END},
};

static const struct positional grep_positionals[] = {
	{"<pattern>", .slot = SLOT_TEXT(struct grep_options, pattern)},
	{"<opp>", .optional = true, .repeats = true,
		.slot = SLOT_LIST(struct grep_options, opps)},
	{NULL},
};

const struct command_spec spec_grep = {
	.opts = grep_opts,
	.positionals = grep_positionals,
	.size = sizeof(struct grep_options),
};

struct search {
	struct query query;
	const struct grep_options *options;
	regex_t regex;
	json_t *array; /* with --json, else NULL */
	bool found;
	/* Where it stands. */
	const struct opportunity *o;
	const struct act *act;
	bool found_here; /* in this opportunity */
};

/* ---- the pattern ---- */

static char *escaped(const char *text)
{
	struct str out = STR_INIT;

	for (; *text; text++) {
		if (strchr("\\.[*^$", *text))
			str_addch(&out, '\\');
		str_addch(&out, *text);
	}
	return str_detach(&out);
}

static int compile(regex_t *regex, const struct grep_options *o)
{
	int flags = REG_NOSUB | (o->ignore_case ? REG_ICASE : 0) |
		    (o->extended && !o->fixed ? REG_EXTENDED : 0);
	char *pattern = o->fixed ? escaped(o->pattern) : xstrdup(o->pattern);
	int code = regcomp(regex, pattern, flags);
	char words[128];

	free(pattern);
	if (!code)
		return 0;
	regerror(code, regex, words, sizeof(words));
	return error_set(ERR_USAGE, "not a regular expression: '%s': %s", o->pattern, words);
}

/* ---- a match ---- */

static json_t *match_json(const struct search *s, const char *field, const char *line)
{
	json_t *out = json_object();

	json_object_set_new(out, "opportunity", json_of_text(s->o->id));
	json_object_set_new(out, "act", json_of_text(act_kinds[s->act->kind].name));
	json_object_set_new(out, "id", json_of_text(s->act->id));
	json_object_set_new(out, "at", json_of_moment(&s->act->at));
	json_object_set_new(out, "field", json_of_text(field));
	json_object_set_new(out, "line", json_of_text(line));
	return out;
}

static void print_match(const struct search *s, const char *field, const char *line)
{
	struct when day =
		when_from_day(moment_day(&s->act->at, repo_clock(s->query.call->repo)));
	struct str text = STR_INIT;

	when_add_stored(&text, &day);
	print_line("%s: %s %s: %s: %s", s->o->id, text.buf, act_kinds[s->act->kind].name, field,
		line);
	str_release(&text);
}

static void print_name(struct search *s)
{
	if (s->found_here)
		return;
	if (s->array)
		json_array_append_new(s->array, json_of_text(s->o->id));
	else
		print_line("%s", s->o->id);
}

static void look_at_line(struct search *s, const char *field, const char *line)
{
	if (regexec(&s->regex, line, 0, NULL, 0))
		return;
	s->found = true;
	if (s->options->names)
		print_name(s);
	else if (s->array)
		json_array_append_new(s->array, match_json(s, field, line));
	else
		print_match(s, field, line);
	s->found_here = true;
}

/* ---- through the record ---- */

/* The key without the id of a promise or a question: "ours"; of a fact its name. */
static char *name_of(const char *key)
{
	if (starts_with(key, "set-"))
		return xstrdup(key + 4);
	return xstrndup(key, strcspn(key, "-"));
}

static void look_at_pair(void *context, const char *key, const char *value)
{
	struct search *s = context;
	char *field = name_of(key);

	for (const char *rest = value; *rest;) {
		size_t len = strcspn(rest, "\n");
		char *line = xstrndup(rest, len);

		if (!(s->options->names && s->found_here))
			look_at_line(s, field, line);
		free(line);
		rest += len + (rest[len] != '\0');
	}
	free(field);
}

/* What somebody wrote; not the fixed words and the ids that tie acts together. */
static bool is_text(const struct act *a, const struct field *f)
{
	static const char *const tied[] = {
		"activity", "answers", "care", "commitment", "keeps", "process"};

	switch (f->type) {
	case FIELD_TEXT:
		break;
	case FIELD_PROMISES:
	case FIELD_QUESTIONS:
	case FIELD_LIST:
	case FIELD_FACTS:
		return true;
	default:
		return false;
	}
	for (size_t i = 0; i < ARRAY_SIZE(tied); i++)
		if (!strcmp(tied[i], f->name))
			return false;
	if (!strcmp(f->name, "to"))
		return a->kind == ACT_CONTACT;
	if (!strcmp(f->name, "from"))
		return a->kind == ACT_HEARD;
	return strcmp(f->name, "takes_back") != 0;
}

static void look_at_act(struct search *s, const struct act *a)
{
	const char *const *names = act_kinds[a->kind].fields;

	s->act = a;
	for (; *names; names++) {
		const struct field *f = field_find(*names);

		if (is_text(a, f))
			field_store(a, f, look_at_pair, s);
	}
	field_store(a, field_find("link"), look_at_pair, s);
}

static int visit(void *context, struct opportunity *o, bool *keep)
{
	struct search *s = context;

	(void)keep;
	s->o = o;
	s->found_here = false;
	for (size_t i = 0; i < o->n; i++)
		if (!(o->struck && o->struck[i]))
			look_at_act(s, o->acts[i]);
	return 0;
}

int cmd_grep(struct call *call, const void *options)
{
	const struct grep_options *o = options;
	struct search s = {.options = o};
	int err = compile(&s.regex, o);

	if (err)
		return err;
	query_init(&s.query, call);
	err = call_open_repo(call);
	if (err)
		goto out;
	terminal_start_pager(&call->terminal, call->repo);
	if (call->common.json)
		s.array = json_array();
	err = query_each(&s.query, &o->opps, QUERY_ALL, visit, &s);
	if (!err && s.array)
		print_json(json_incref(s.array));
	if (!err && !s.found)
		err = FOUND;
out:
	json_decref(s.array);
	query_release(&s.query);
	regfree(&s.regex);
	return err;
}
