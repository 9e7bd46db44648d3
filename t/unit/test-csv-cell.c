#include "given.h"

#include "time-helper.h"

#include "core/csv_cell.h"
#include "core/mem.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

static void cell_is(const char *text, const char *want)
{
	struct str out = STR_INIT;

	csv_cell_add(&out, text);
	assert_string_equal(out.buf, want);
	str_release(&out);
}

static void plain_text_stays_plain(void **state)
{
	(void)state;
	cell_is("", "");
	cell_is("Acme", "Acme");
	cell_is("12000.00", "12000.00");
	cell_is("a-b = c + d @ e", "a-b = c + d @ e");
	cell_is("Müller & Söhne", "Müller & Söhne");
	cell_is("it's", "it's");
}

static void what_stands_between_cells_is_quoted(void **state)
{
	(void)state;
	cell_is("Acme, Inc.", "\"Acme, Inc.\"");
	cell_is("a;b", "\"a;b\"");
	cell_is("the \"big\" one", "\"the \"\"big\"\" one\"");
	cell_is("two\nlines", "\"two\nlines\"");
	cell_is(" edge", "\" edge\"");
	cell_is("edge ", "\"edge \"");
}

static void what_a_spreadsheet_would_run_is_text(void **state)
{
	static const char *const runs[] = {"=1+1", "+34 600 111 222", "-1", "@SUM(A1)", "\tx",
		"\r=1", "\n=1", "  =1", "\xc2\xa0=1", "\xe2\x80\x8b=1", "\"=1", "'=1", "\" '=1",
		"\xef\xbc\x9d"
		"1",
		"\xef\xbc\x8b"
		"1",
		"\xef\xbc\x8d"
		"1",
		"\xef\xbc\xa0x", "\xef\xbb\xbf=1",
		"\xe2\x88\x92"
		"1",
		"\xe3\x80\x80+1"};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(runs); i++)
		assert_true(csv_cell_runs(runs[i]));
	cell_is("=1+1", "'=1+1");
	cell_is("+34 600", "'+34 600");
	cell_is("=A1,B1", "\"'=A1,B1\"");
	cell_is("\"=1", "\"'\"\"=1\"");
	cell_is("'=1", "''=1");
	cell_is("\t=1", "'\\t=1");
}

static void control_characters_do_not_leave_raw(void **state)
{
	(void)state;
	cell_is("a\x1b[31mb", "a\\x1b[31mb");
	cell_is("a\rb", "a\\rb");
	cell_is("a\xe2\x80\xae"
		"b",
		"a<U+202E>b");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_text_stays_plain),
		cmocka_unit_test(what_stands_between_cells_is_quoted),
		cmocka_unit_test(what_a_spreadsheet_would_run_is_text),
		cmocka_unit_test(control_characters_do_not_leave_raw),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
