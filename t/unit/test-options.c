/* Parsing by a spec, what is wrong with a command line, the usage. */
#include "cmd/options.h"
#include "core/civil.h"
#include "core/error.h"
#include "core/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

struct sample {
	const char *opp, *client, *since, *due;
	struct list rest, tags;
	bool all, brief;
	int status;
	struct count number;
	struct duration ahead;
};

static const char *const status_words[] = {NULL, "open", "waiting", "won", NULL};

static const struct opt shared[] = {
	{OPT_FLAG, "json", .common = COMMON_BOOL(json), .help = "as JSON"},
	{OPT_FIELD, "outcome", .flags = OPT_DEMANDED, .help = "how it ended"},
	{OPT_FIELD, "no-show", .help = "nobody came"},
	{OPT_FIELD, "decided", .help = "kept on purpose"},
	{OPT_FIELD, "next", .arg = "<when>", .help = "the appointment"},
	{OPT_FIELD, "at", .arg = "<when>", .help = "when it was"},
	{OPT_FIELD, "ours", .arg = "<promise>", .help = "what we owe"},
	{OPT_FIELD, "value", .arg = "<money>", .help = "what it is worth"},
	{OPT_END},
};

static const struct opt rows[] = {
	{OPT_FLAG, "all", 'a', .slot = SLOT_BOOL(struct sample, all), .help = "all of them"},
	{OPT_FLAG, "brief", .slot = SLOT_BOOL(struct sample, brief), .help = "less"},
	{OPT_TEXT, "client", .arg = "<name>", .slot = SLOT_TEXT(struct sample, client),
		.help = "of this client"},
	{OPT_COUNT, NULL, 'n', .arg = "<n>", .slot = SLOT_COUNT(struct sample, number),
		.help = "so many"},
	{OPT_LIST, "tag", .arg = "<tag>", .slot = SLOT_LIST(struct sample, tags),
		.help = "with this tag"},
	{OPT_WORD, "status", .words = status_words, .slot = SLOT_INT(struct sample, status),
		.help = "of this status"},
	{OPT_BACK, "since", .arg = "<date>", .slot = SLOT_TEXT(struct sample, since),
		.help = "from then on"},
	{OPT_AHEAD, "due", .arg = "<date>", .slot = SLOT_TEXT(struct sample, due),
		.help = "until then"},
	{OPT_DURATION, "ahead", .arg = "<duration>",
		.slot = SLOT_DURATION(struct sample, ahead), .help = "so far ahead"},
	{OPT_GROUP, "act", .group = shared, .help = "The act"},
	{OPT_END},
};

static const struct positional positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct sample, opp)},
	{"<rest>", .optional = true, .repeats = true, .slot = SLOT_LIST(struct sample, rest)},
	{NULL},
};

static const struct command_spec spec = {
	.opts = rows, .positionals = positionals, .size = sizeof(struct sample)};

/* What was parsed last; the line is split at spaces, '_' stands for one. */
static struct parsed parsed;
static char *words[40];
static int result;

static void forget(void)
{
	parsed_release(&spec, &parsed);
	for (int i = 0; words[i]; i++) {
		free(words[i]);
		words[i] = NULL;
	}
}

static const struct sample *parse_with(const struct command_spec *with, const char *line)
{
	int n = 0;

	forget();
	words[n++] = xstrdup("fu");
	while (*line) {
		size_t len = strcspn(line, " ");

		words[n] = xstrndup(line, len);
		for (char *c = words[n++]; *c; c++)
			*c = *c == '_' ? ' ' : *c;
		line += len + (line[len] == ' ');
	}
	result = options_parse(with, n, words, &parsed);
	return parsed.options;
}

static const struct sample *parse(const char *line)
{
	const struct sample *o = parse_with(&spec, line);

	if (result)
		fail_msg("'%s': %d: %s", line, result,
			error_count() ? error_message(0) : "no message");
	return o;
}

static void refuses(const char *line, const char *message)
{
	parse_with(&spec, line);
	assert_int_equal(result, ERR_USAGE);
	assert_true(error_count() > 0);
	assert_string_equal(error_message(0), message);
}

static int teardown(void **state)
{
	(void)state;
	forget();
	error_clear();
	return 0;
}

static void every_kind_reaches_its_slot(void **state)
{
	const struct sample *o = parse("acme --all --client Acme_Corp -n 5 --tag a --tag=b "
				       "--status won --since yesterday --due tomorrow "
				       "--ahead 2_weeks --json");

	(void)state;
	assert_string_equal(o->opp, "acme");
	assert_true(o->all);
	assert_string_equal(o->client, "Acme Corp");
	assert_int_equal(o->number.n, 5);
	assert_int_equal(o->tags.n, 2);
	assert_string_equal(o->tags.items[1], "b");
	assert_int_equal(o->status, 3);
	assert_string_equal(o->since, "yesterday");
	assert_string_equal(o->due, "tomorrow");
	assert_int_equal(o->ahead.count, 2);
	assert_int_equal(o->ahead.unit, UNIT_WEEK);
	assert_true(parsed.common.json);
	assert_false(parsed.common.quiet);
}

static void forms_that_git_takes(void **state)
{
	(void)state;
	assert_int_equal(parse("acme -n5")->number.n, 5);
	assert_int_equal(parse("-an5 acme")->number.n, 5);
	assert_true(parse("acme -n0")->number.given);
	assert_false(parse("acme")->number.given);
	assert_string_equal(parse("acme --cli=x")->client, "x");
	assert_string_equal(parse("acme --client=")->client, "");
	assert_string_equal(parse("acme --client -x")->client, "-x");
	assert_false(parse("acme --all --no-all")->all);
	assert_string_equal(parse("acme --client a --client b")->client, "b");
	assert_string_equal(parse("-- --all")->opp, "--all");
	assert_string_equal(parse("-")->opp, "-");
}

static void options_stand_anywhere(void **state)
{
	const struct sample *o;

	(void)state;
	setenv("POSIXLY_CORRECT", "1", 1);
	o = parse("acme b --all c -- --d");
	unsetenv("POSIXLY_CORRECT");
	assert_true(o->all);
	assert_int_equal(o->rest.n, 3);
	assert_string_equal(o->rest.items[2], "--d");
}

static void fields_are_collected_in_order(void **state)
{
	(void)state;
	parse("acme --next tomorrow_15:00 --outcome repeat --ours a --ours b --outcome "
	      "proceed");
	assert_int_equal(parsed.typed.n, 4);
	assert_string_equal(parsed.typed.items[0].field->name, "next");
	assert_string_equal(parsed.typed.items[0].text, "tomorrow 15:00");
	assert_string_equal(parsed.typed.items[2].text, "b");
	assert_string_equal(parsed.typed.items[3].field->name, "outcome");
	assert_string_equal(parsed.typed.items[3].text, "proceed");
	assert_true(typed_has(&parsed.typed, "ours"));
	assert_false(typed_has(&parsed.typed, "theirs"));
}

static void flags_that_are_fields(void **state)
{
	(void)state;
	parse("acme --no-show --decided");
	assert_int_equal(parsed.typed.n, 2);
	assert_string_equal(parsed.typed.items[0].field->name, "no_show");
	parse("acme --decided --no-decided");
	assert_int_equal(parsed.typed.n, 0);
	refuses("acme --show", "unknown option '--show'");
}

static void help_wins(void **state)
{
	(void)state;
	parse_with(&spec, "-h");
	assert_int_equal(result, PARSE_USAGE);
	parse_with(&spec, "--status nonsense --help");
	assert_int_equal(result, PARSE_MANUAL);
	assert_int_equal(error_count(), 0);
}

static void unknown_and_ambiguous_options(void **state)
{
	(void)state;
	refuses("acme --clent x", "unknown option '--clent' (did you mean '--client'?)");
	refuses("acme --xyzzy", "unknown option '--xyzzy'");
	refuses("acme -x", "unknown option '-x'");
	refuses("acme -ax", "unknown option '-x'");
	refuses("acme --a", "ambiguous option '--a' (could be --all, --ahead, --at)");
	refuses("acme --all=yes", "option '--all' takes no value");
	refuses("acme --client", "option '--client' needs a value");
	refuses("acme -n", "option '-n' needs a value");
}

static void arguments_are_counted(void **state)
{
	static const struct positional two[] = {
		{"<opp>", .slot = SLOT_TEXT(struct sample, opp)},
		{"<when>", .field = "next"},
		{NULL},
	};
	const struct command_spec strict = {.positionals = two, .size = sizeof(struct sample)};

	(void)state;
	refuses("", "missing <opp>");
	parse_with(&strict, "");
	assert_string_equal(error_message(0), "missing <opp> and <when>");
	parse_with(&strict, "acme");
	assert_string_equal(error_message(0), "missing <when>");
	parse_with(&strict, "acme tomorrow_9:00 more");
	assert_string_equal(error_message(0), "unexpected argument 'more'");
	parse_with(&strict, "acme tomorrow_9:00");
	assert_int_equal(result, 0);
	assert_string_equal(parsed.typed.items[0].option, "<when>");
}

static void values_are_judged_without_a_repository(void **state)
{
	(void)state;
	refuses("acme -n many", "-n: 'many' is not a whole number");
	refuses("acme -n -1", "-n: '-1' is not a whole number");
	refuses("acme --status wom", "--status: unknown word 'wom' (did you mean 'won'?)");
	parse_with(&spec, "acme --since nonsense");
	assert_int_equal(result, ERR_USAGE);
	assert_memory_equal(error_message(0), "--since: ", 9);
	parse_with(&spec, "acme --next nonsense");
	assert_int_equal(result, ERR_USAGE);
	assert_memory_equal(error_message(0), "--next: ", 8);
	parse_with(&spec, "acme --value 12,000.00_EUR");
	assert_int_equal(result, ERR_USAGE);
	parse_with(&spec, "acme --outcome good");
	assert_int_equal(result, ERR_USAGE);
	parse("acme --value 12000"); /* the currency is the repository's */
	parse("acme --next tue_15:00_Europe/Lisbon");
	parse_with(&spec, "acme --next tue_15:00_Europe/Lisbo");
	assert_int_equal(result, ERR_USAGE);
}

static void all_that_is_wrong_is_said(void **state)
{
	(void)state;
	parse_with(&spec, "--status x --ahead soon --next never --value much");
	assert_int_equal(result, ERR_USAGE);
	assert_int_equal(error_count(), 5); /* and the opportunity is missing */
}

static void a_weekday_is_judged_against_the_acts_own_time(void **state)
{
	(void)state;
	/* Friday 20 November 2026: Tuesday 3 November lay ahead of Monday 2. */
	parse("acme --at 2026-11-02T10:00 --next tue_3_nov_15:00");
	parse("acme --next tue_3_nov_15:00 --at 2026-11-02T10:00");
	parse_with(&spec, "acme --at 2026-11-02T10:00 --next mon_3_nov_15:00");
	assert_int_equal(result, ERR_USAGE);
}

static void typed_fields_reach_an_act(void **state)
{
	struct zone *utc = zone_utc();
	struct clock clock = {.zone = utc};
	struct typed ctx = {.clock = &clock, .currency = "CHF"};
	struct act *a = act_new(ACT_MEETING);

	(void)state;
	assert_int_equal(moment_parse_rfc3339(&clock.now, "2026-11-20T10:00:00Z"), 0);
	parse("acme --next 3_nov_15:00 --at 2026-11-02T10:00 --value 5 --outcome repeat");
	assert_int_equal(typed_apply(&parsed.typed, a, &ctx), 0);
	assert_int_equal(a->outcome, OUTCOME_REPEAT);
	assert_string_equal(a->value.currency, "CHF");
	assert_int_equal(civil_from_day(a->next.day).year, 2026);
	ctx.currency = NULL;
	assert_int_equal(typed_apply(&parsed.typed, a, &ctx), ERR_USAGE);
	assert_memory_equal(error_message(0), "--value: ", 9);
	act_free(a);
	zone_free(utc);
}

static void leading_options_stop_at_the_command(void **state)
{
	char *argv[] = {(char *)"fu", (char *)"--all", (char *)"list", (char *)"-n5", NULL};
	int rest;

	(void)state;
	forget();
	assert_int_equal(options_parse_leading(&spec, 4, argv, &parsed, &rest), 0);
	assert_int_equal(rest, 2);
	assert_true(((struct sample *)parsed.options)->all);
}

static void synopsis_and_usage(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	synopsis_add(&out, "fu list", &spec);
	assert_string_equal(out.buf,
		"fu list <opp> [<rest>...] [--all] [--brief] [--client <name>] [-n <n>] "
		"[--tag <tag>]... [--status open|waiting|won] [--since <date>] [--due <date>] "
		"[--ahead <duration>] [<act>]\n");
	str_truncate(&out, 0);
	usage_add(&out, "fu list", &spec);
	assert_non_null(strstr(out.buf, "usage: fu list <opp> [<rest>...] [--all]"));
	assert_non_null(strstr(out.buf, "\n    -a, --all             all of them\n"));
	assert_non_null(strstr(out.buf, "\nThe act\n    --json                as JSON\n"));
	assert_non_null(strstr(out.buf, "\n    --outcome proceed|repeat|abandon\n              "
					"            how it ended\n"));
	for (const char *line = out.buf; *line; line += strcspn(line, "\n") + 1)
		assert_true(strcspn(line, "\n") < 80);
	str_release(&out);
}

static void written_forms_replace_the_made_one(void **state)
{
	static const char *const forms[] = {"<opp> add <contact>", "<opp> rm <name>", NULL};
	const struct command_spec with_forms = {.opts = shared, .forms = forms};
	struct str out = STR_INIT;

	(void)state;
	synopsis_add(&out, "fu contact", &with_forms);
	assert_string_equal(
		out.buf, "fu contact <opp> add <contact>\nfu contact <opp> rm <name>\n");
	str_truncate(&out, 0);
	usage_add(&out, "fu contact", &with_forms);
	assert_int_equal(strncmp(out.buf,
				 "usage: fu contact <opp> add <contact>\n"
				 "   or: fu contact <opp> rm <name>\n\n    --json",
				 80),
		0);
	str_release(&out);
}

#define TEST(name) cmocka_unit_test_teardown(name, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_kind_reaches_its_slot),
		TEST(forms_that_git_takes),
		TEST(options_stand_anywhere),
		TEST(fields_are_collected_in_order),
		TEST(flags_that_are_fields),
		TEST(help_wins),
		TEST(unknown_and_ambiguous_options),
		TEST(arguments_are_counted),
		TEST(values_are_judged_without_a_repository),
		TEST(all_that_is_wrong_is_said),
		TEST(a_weekday_is_judged_against_the_acts_own_time),
		TEST(typed_fields_reach_an_act),
		TEST(leading_options_stop_at_the_command),
		TEST(synopsis_and_usage),
		TEST(written_forms_replace_the_made_one),
	};

	setenv("FU_NOW", "2026-11-20T10:00:00+01:00", 1);
	setenv("TZ", "UTC", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
