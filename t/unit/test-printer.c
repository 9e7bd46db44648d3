/* One description of a record as a table, as JSON, by a format. */
#include "cmd/command.h"
#include "cmd/printer.h"
#include "core/error.h"
#include "core/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

struct record {
	const char *id, *title;
	int count;
	enum tone tone;
};

static void add_id(struct str *out, const void *record)
{
	str_add(out, ((const struct record *)record)->id);
}

static void add_title(struct str *out, const void *record)
{
	const struct record *r = record;

	str_add(out, r->title ? r->title : "");
}

static json_t *count_json(const void *record)
{
	return json_integer(((const struct record *)record)->count);
}

static json_t *value_json(const void *record)
{
	(void)record;
	return json_pack("{s:s, s:s}", "amount", "12000.00", "currency", "EUR");
}

static json_t *tags_json(const void *record)
{
	(void)record;
	return json_pack("[s, s, n]", "a", "b");
}

static enum tone record_tone(const void *record)
{
	return ((const struct record *)record)->tone;
}

static const struct print_field fields[] = {
	{"id", "Id", .text = add_id},
	{"title", "Title", PRINT_CUT, .text = add_title},
	{"count", "N", PRINT_RIGHT, .json = count_json},
	{"value", .json = value_json},
	{"tags", .flags = PRINT_NO_JSON, .json = tags_json},
	{NULL},
};
static const struct print_spec spec = {.fields = fields, .tone = record_tone};

static const struct record acme = {"acme", "Website", 3, TONE_PLAIN};
static const struct record long_one = {
	"o-2", "Ein sehr langer Titel, der nicht passt", 12, TONE_LATE};

/* ---- what reaches stdout ---- */

static int saved = -1;
static FILE *file;

static void capture(void)
{
	fflush(stdout);
	saved = dup(STDOUT_FILENO);
	file = tmpfile();
	dup2(fileno(file), STDOUT_FILENO);
}

static char *captured(size_t *len)
{
	struct str out = STR_INIT;
	int c;

	fflush(stdout);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	rewind(file);
	while ((c = getc(file)) != EOF)
		str_addch(&out, (char)c);
	fclose(file);
	*len = out.len;
	return str_detach(&out);
}

static void prints(const char *expected)
{
	size_t len;
	char *text = captured(&len);

	assert_string_equal(text, expected);
	free(text);
}

static void print_two(struct call *call, const struct print_spec *with)
{
	struct printer *p = printer_new(with, call);

	printer_record(p, &acme);
	printer_record(p, &long_one);
	printer_finish(p);
	printer_free(p);
}

/* ---- the tests ---- */

static void a_table_as_wide_as_it_needs(void **state)
{
	struct call call = {0};

	(void)state;
	capture();
	print_two(&call, &spec);
	prints("Id    Title                                    N\n"
	       "acme  Website                                  3\n"
	       "o-2   Ein sehr langer Titel, der nicht passt  12\n");
}

static void a_table_that_fits(void **state)
{
	struct call call = {.terminal = {.width = 30}};

	(void)state;
	capture();
	print_two(&call, &spec);
	prints("Id    Title                  N\n"
	       "acme  Website                3\n"
	       "o-2   Ein sehr langer Tit…  12\n");
}

static void a_table_that_hardly_fits(void **state)
{
	struct call call = {.terminal = {.width = 12}};

	(void)state;
	capture();
	print_two(&call, &spec);
	prints("Id   Ti…   N\n"
	       "ac…  We…   3\n"
	       "o-2  Ei…  12\n");
	call.terminal.width = 1;
	capture();
	print_two(&call, &spec);
	prints("…  …  N\n"
	       "…  …  3\n"
	       "…  …  …\n");
}

/* What is long goes below, then the client is left out; no id is cut. */
static void columns_give_way_in_their_order(void **state)
{
	static const struct print_field columns[] = {{"id", "", PRINT_WHOLE, .text = add_id},
		{"client", "", PRINT_CUT | PRINT_DROP, .text = add_title},
		{"what", "", PRINT_BELOW, .text = add_title}, {"n", "", .json = count_json},
		{NULL}};
	const struct print_spec narrow = {.fields = columns, .no_headings = true};
	const struct record one = {"an-id-to-type", "What is long goes below", 1, TONE_PLAIN};
	struct call call = {0};
	struct {
		int width;
		const char *wanted;
	} tables[] = {
		{80, "an-id-to-type  What is long goes below  What is long goes below  1\n"},
		{55, "an-id-to-type  What is lon…  What is long goes below  1\n"},
		{48, "an-id-to-type  What is long goes below  1\n"
		     "               What is long goes below\n"},
		{40, "an-id-to-type  What is long goes bel…  1\n"
		     "               What is long goes below\n"},
		{24, "an-id-to-type  1\n"
		     "    What is long goes\n"
		     "    below\n"},
		{14, "an-id-to-type\n"
		     "    What is long goes\n"
		     "    below\n"
		     "    1\n"},
		{9, "an-id-to-type  1\n"
		    "    What is long goes\n"
		    "    below\n"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(tables); i++) {
		struct printer *p;

		call.terminal.width = tables[i].width;
		p = printer_new(&narrow, &call);
		printer_record(p, &one);
		capture();
		printer_finish(p);
		printer_free(p);
		prints(tables[i].wanted);
	}
}

/* Of columns without headings. */
static void a_column_of_nothing_is_none(void **state)
{
	static const struct print_field columns[] = {
		{"when", "", .text = add_title}, {"id", "", .text = add_id}, {NULL}};
	const struct print_spec bare = {.fields = columns, .no_headings = true};
	const struct record empty = {"x", NULL, 0, TONE_PLAIN};
	struct call call = {0};
	struct printer *p = printer_new(&bare, &call);

	(void)state;
	printer_record(p, &empty);
	capture();
	printer_finish(p);
	printer_free(p);
	prints("x\n");
}

static void what_is_escaped_is_not_escaped_again(void **state)
{
	const struct record evil = {"\033[31m", "\\x41", 1, TONE_PLAIN};
	struct call call = {0};
	struct printer *p = printer_new(&spec, &call);

	(void)state;
	printer_record(p, &evil);
	capture();
	printer_finish(p);
	printer_free(p);
	prints("Id        Title  N\n"
	       "\\x1b[31m  \\x41   1\n");
}

static void no_headings_and_no_trailing_blanks(void **state)
{
	static const struct print_field two[] = {
		{"id", "", .text = add_id}, {"title", "", .text = add_title}, {NULL}};
	const struct print_spec bare = {.fields = two, .no_headings = true};
	const struct record empty = {"x", NULL, 0, TONE_PLAIN};
	struct call call = {0};
	struct printer *p = printer_new(&bare, &call);

	(void)state;
	printer_record(p, &empty);
	printer_record(p, &acme);
	capture();
	printer_finish(p);
	printer_free(p);
	prints("x\nacme  Website\n");
}

static void headings_between_aligned_rows(void **state)
{
	struct call call = {0};
	struct print_spec bare = spec;
	struct printer *p;

	(void)state;
	bare.no_headings = true;
	p = printer_new(&bare, &call);
	printer_heading(p, "today");
	printer_record(p, &acme);
	printer_heading(p, "late");
	printer_record(p, &long_one);
	printer_footer(p, "%d more", 4);
	capture();
	printer_finish(p);
	printer_free(p);
	prints("today\n"
	       "acme  Website                                  3\n"
	       "\n"
	       "late\n"
	       "o-2   Ein sehr langer Titel, der nicht passt  12\n"
	       "4 more\n");
}

static void nothing_prints_nothing(void **state)
{
	struct call call = {0};
	struct printer *p = printer_new(&spec, &call);

	(void)state;
	capture();
	printer_finish(p);
	printer_free(p);
	prints("");
	p = printer_new(&spec, &call);
	printer_heading(p, "late");
	capture();
	printer_finish(p);
	printer_free(p);
	prints("late\n");
}

static void colour_is_by_line(void **state)
{
	struct call call = {.terminal = {.color = COLOR_ALWAYS}};

	(void)state;
	capture();
	print_two(&call, &spec);
	prints("\033[1mId    Title                                    N\033[m\n"
	       "acme  Website                                  3\n"
	       "\033[31mo-2   Ein sehr langer Titel, der nicht passt  12\033[m\n");
}

static void records_as_json(void **state)
{
	struct call call = {.common = {.json = true}};
	const struct record bare = {"x", NULL, 0, TONE_PLAIN};
	struct printer *p = printer_new(&spec, &call);

	(void)state;
	printer_heading(p, "not shown");
	printer_footer(p, "not shown");
	printer_record(p, &acme);
	printer_record(p, &bare);
	capture();
	printer_finish(p);
	printer_free(p);
	prints("[\n"
	       "  {\n"
	       "    \"id\": \"acme\",\n"
	       "    \"title\": \"Website\",\n"
	       "    \"count\": 3,\n"
	       "    \"value\": {\n"
	       "      \"amount\": \"12000.00\",\n"
	       "      \"currency\": \"EUR\"\n"
	       "    }\n"
	       "  },\n"
	       "  {\n"
	       "    \"id\": \"x\",\n"
	       "    \"title\": null,\n"
	       "    \"count\": 0,\n"
	       "    \"value\": {\n"
	       "      \"amount\": \"12000.00\",\n"
	       "      \"currency\": \"EUR\"\n"
	       "    }\n"
	       "  }\n"
	       "]\n");
}

static void no_records_as_json(void **state)
{
	struct call call = {.common = {.json = true}};
	struct printer *p = printer_new(&spec, &call);

	(void)state;
	capture();
	printer_finish(p);
	printer_free(p);
	prints("[]\n");
}

static void json_escapes_what_drives_terminals(void **state)
{
	(void)state;
	capture();
	print_json(json_of_text("a\033[31m\177\302\233\342\200\256é\360\237\230\200\"\n\377"));
	prints("\"a\\u001B[31m\\u007F\\u009B\\u202Eé\360\237\230\200\\\"\\n\357\277\275\"\n");
}

static void records_by_a_format(void **state)
{
	struct call call = {.common = {.format = "%(id)%x09%(title)%n%(value)%%%(tags)|"}};

	(void)state;
	assert_int_equal(print_format_check(&spec, call.common.format), 0);
	capture();
	print_two(&call, &spec);
	prints("acme\tWebsite\n12000.00 EUR%a; b; |\n"
	       "o-2\tEin sehr langer Titel, der nicht passt\n12000.00 EUR%a; b; |\n");
}

static void nul_ends_records(void **state)
{
	struct call call = {.common = {.format = "%(id)", .nul = true}};
	size_t len;
	char *text;

	(void)state;
	capture();
	print_two(&call, &spec);
	text = captured(&len);
	assert_int_equal(len, 9);
	assert_memory_equal(text, "acme\0o-2\0", 9);
	free(text);
}

static void wrong_formats(void **state)
{
	(void)state;
	assert_int_equal(print_format_check(&spec, "%(titel)"), ERR_USAGE);
	assert_string_equal(
		error_message(0), "--format: unknown field 'titel' (did you mean 'title'?)");
	error_clear();
	assert_int_equal(print_format_check(&spec, "%(xyzzy)%(abcde)"), ERR_USAGE);
	assert_int_equal(error_count(), 2);
	error_clear();
	assert_int_equal(print_format_check(&spec, "%d"), ERR_USAGE);
	assert_int_equal(print_format_check(&spec, "%"), ERR_USAGE);
	assert_int_equal(print_format_check(&spec, "%(id"), ERR_USAGE);
	assert_int_equal(print_format_check(&spec, "%x0"), ERR_USAGE);
	assert_int_equal(print_format_check(&spec, "%()"), ERR_USAGE);
	error_clear();
	assert_int_equal(print_format_check(&spec, "%%(id"), 0);
}

static void nothing_raw_leaves(void **state)
{
	const struct record evil = {"x\033]0;owned\a", "a\nb\342\200\256c", 1, TONE_PLAIN};
	struct call call = {.common = {.format = "%(id) %(title)"}};
	struct printer *p = printer_new(&spec, &call);

	(void)state;
	printer_record(p, &evil);
	capture();
	printer_finish(p);
	printer_free(p);
	print_line("%s", evil.title);
	prints("x\\x1b]0;owned\\x07 a\\nb<U+202E>c\na\\nb<U+202E>c\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_table_as_wide_as_it_needs),
		cmocka_unit_test(a_table_that_fits),
		cmocka_unit_test(a_table_that_hardly_fits),
		cmocka_unit_test(columns_give_way_in_their_order),
		cmocka_unit_test(a_column_of_nothing_is_none),
		cmocka_unit_test(what_is_escaped_is_not_escaped_again),
		cmocka_unit_test(no_headings_and_no_trailing_blanks),
		cmocka_unit_test(headings_between_aligned_rows),
		cmocka_unit_test(nothing_prints_nothing),
		cmocka_unit_test(colour_is_by_line),
		cmocka_unit_test(records_as_json),
		cmocka_unit_test(no_records_as_json),
		cmocka_unit_test(json_escapes_what_drives_terminals),
		cmocka_unit_test(records_by_a_format),
		cmocka_unit_test(nul_ends_records),
		cmocka_unit_test(wrong_formats),
		cmocka_unit_test(nothing_raw_leaves),
	};
	struct terminal terminal;

	terminal_init(&terminal); /* the locale */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
