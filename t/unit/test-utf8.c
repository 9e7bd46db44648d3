#include "core/slug.h"
#include "core/str.h"
#include "core/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static void valid_text_is_told_from_invalid(void **state)
{
	static const char *const good[] = {"", "abc", "é", "漢字", "\xf0\x9f\x98\x80", "\x1b"};
	static const char *const bad[] = {"\xff", "a\xc3", "\xc0\x80", "\xed\xa0\x80",
		"\xf4\x90\x80\x80", "\x80", "ok \xe2\x82"};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		assert_true(utf8_valid(good[i], strlen(good[i])));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(utf8_valid(bad[i], strlen(bad[i])));
}

static void width_counts_columns(void **state)
{
	(void)state;
	assert_int_equal(utf8_width("abc"), 3);
	assert_int_equal(utf8_width("é"), 1);
	assert_int_equal(utf8_width("e\xcc\x81"), 1);
	assert_int_equal(utf8_width("漢字"), 4);
	assert_int_equal(utf8_width("a\xff"), 2);
}

static void cuts(const char *text, size_t width, const char *want)
{
	struct str out = STR_INIT;

	utf8_cut(&out, text, width);
	assert_string_equal(out.buf, want);
	assert_true(utf8_width(out.buf) <= width);
	str_release(&out);
}

static void a_cut_fits_and_says_that_it_is_one(void **state)
{
	(void)state;
	cuts("abcdef", 6, "abcdef");
	cuts("abcdef", 5, "abcd…");
	cuts("abcdef", 1, "…");
	cuts("abcdef", 0, "");
	cuts("", 0, "");
	cuts("漢字漢字", 4, "漢…");
	cuts("e\xcc\x81tude", 3, "e\xcc\x81t…");
}

static void breaks(const char *text, size_t width, const char *want)
{
	size_t len = utf8_break(text, strlen(text), width);

	assert_int_equal(len, strlen(want));
	assert_memory_equal(text, want, len);
}

static void a_line_is_broken_beside_wide_characters(void **state)
{
	(void)state;
	breaks("会議室", 4, "会議");
	breaks("会議室", 5, "会議");
	breaks("会議室", 1, "");
	breaks("abcdef", 3, "");
	breaks("ab会議", 3, "ab");
	breaks("会ab", 3, "会");
	breaks("会議、室", 4, "会");
	breaks("会（議", 4, "会");
	breaks("会議\xcc\x81室", 4, "会議\xcc\x81");
	breaks("\xff会議", 3, "\xff会");
	breaks("", 3, "");
}

static void folds(const char *text, const char *want)
{
	char *folded = utf8_folded(text);

	assert_string_equal(folded, want);
	free(folded);
}

static void folding_makes_alike_what_reads_alike(void **state)
{
	(void)state;
	folds("Ångström", "angstrom");
	folds("A\xcc\x8angstro\xcc\x88m", "angstrom");
	folds("STRASSE", "strasse");
	folds("Straße", "strasse");
	folds("ﬁne", "fine");
	folds("O\xe2\x80\x99"
	      "Brien",
		"o'brien");
	folds("a\xffZ", "a\xffz");
	folds("ΑΣ", "ασ");
	folds("", "");
}

static void is_safe_as(const char *text, const char *want)
{
	struct str out = STR_INIT;

	safe_add(&out, text);
	assert_string_equal(out.buf, want);
	str_release(&out);
}

static void nothing_that_a_terminal_obeys_gets_out(void **state)
{
	(void)state;
	is_safe_as("plain é 漢", "plain é 漢");
	is_safe_as("\x1b[31mred", "\\x1b[31mred");
	is_safe_as("a\nb\tc\rd", "a\\nb\\tc\\rd");
	is_safe_as("\x7f\x07", "\\x7f\\x07");
	is_safe_as("\xc2\x9b"
		   "31m",
		"<U+009B>31m");
	is_safe_as("\xe2\x80\xae"
		   "abc\xe2\x81\xa6",
		"<U+202E>abc<U+2066>");
	is_safe_as("\xd8\x9c\xe2\x80\x8e\xe2\x80\x8f", "<U+061C><U+200E><U+200F>");
	is_safe_as("\xe2\x80\xa8", "<U+2028>");
	is_safe_as("\xff\xc3(", "\\xff\\xc3(");
}

static void lines_stay_lines_where_they_may(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	safe_add_lines(&out, "a\nb\x1b\t");
	assert_string_equal(out.buf, "a\nb\\x1b\\t");
	str_release(&out);
}

static void every_byte_string_comes_out_safe(void **state)
{
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char text[17] = "";
		struct str out = STR_INIT;

		for (int i = 0; i < 16; i++) {
			seed = seed * 1664525 + 1013904223;
			text[i] = (char)(seed >> 24);
		}
		safe_add(&out, text);
		assert_true(utf8_valid(out.buf, out.len));
		for (size_t i = 0; i < out.len; i++)
			assert_true((unsigned char)out.buf[i] >= 0x20 && out.buf[i] != 0x7f);
		assert_null(strstr(out.buf, "\xe2\x80\xae"));
		str_truncate(&out, 0);
		utf8_add_repaired(&out, text);
		assert_true(utf8_valid(out.buf, out.len));
		str_release(&out);
	}
}

static void slugs(const char *client, const char *title, const char *want)
{
	struct str out = STR_INIT;

	slug_add(&out, client, title);
	assert_string_equal(out.buf, want);
	str_release(&out);
}

static void an_id_is_made_of_the_first_words(void **state)
{
	(void)state;
	slugs("Acme", "Website", "acme-website");
	slugs("Acme Corporation of Ohio", "A new website, fast",
		"acme-corporation-a-new-website");
	slugs("Café Ångström", "Día D", "cafe-angstrom-dia-d");
	slugs("Acme", "Acme website", "acme-website");
	slugs(NULL, "Website", "website");
	slugs("漢字", "Сайт", "");
	slugs("", "--- !", "");
	slugs("O'Brien & Søn", "x", "o-brien-x");
	slugs("Donaudampfschifffahrtsgesellschaftskapitän GmbH", "Mütze",
		"donaudampfschifffahrtsgesellschaftskapit");
	slugs("Donaudampfschifffahrtsgesellschaft", "Kapitänsmütze",
		"donaudampfschifffahrtsgesellschaft");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_text_is_told_from_invalid),
		cmocka_unit_test(width_counts_columns),
		cmocka_unit_test(a_cut_fits_and_says_that_it_is_one),
		cmocka_unit_test(a_line_is_broken_beside_wide_characters),
		cmocka_unit_test(folding_makes_alike_what_reads_alike),
		cmocka_unit_test(nothing_that_a_terminal_obeys_gets_out),
		cmocka_unit_test(lines_stay_lines_where_they_may),
		cmocka_unit_test(every_byte_string_comes_out_safe),
		cmocka_unit_test(an_id_is_made_of_the_first_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
