/* Empty phrases: the tables of phrases.inc, and what must not depend on how it is typed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/mem.h"
#include "core/phrases.h"

#include <string.h>
#include <time.h>

#include "phrases.inc"

static const char *phrase_in(const char *text)
{
	struct phrase_match match;

	return phrases_find(&match, text, NULL) ? match.phrase : "none";
}

static bool is(const char *text, const char *want, const char *how)
{
	const char *found = phrase_in(text);

	if (!strcmp(found, want))
		return true;
	print_error("%s'%s' is '%s', not '%s'\n", how, text, found, want);
	return false;
}

static void empty_phrases_are_refused(void **state)
{
	size_t failed = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(refused); i++)
		failed += !is(refused[i].text, refused[i].phrase, "");
	assert_int_equal(failed, 0);
}

static void honest_text_is_not(void **state)
{
	size_t failed = 0;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(honest); i++)
		failed += !is(honest[i], "none", "");
	assert_int_equal(failed, 0);
}

static uint32_t seed;

static uint32_t random_below(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

#define ONE_OF(choices) ((choices)[random_below(ARRAY_SIZE(choices))])

/* One character of the text, typed in another way that must not matter. */
static void retype(struct str *out, char c, bool loudly)
{
	static const char *const dashes[] = {"-", "‐", "‑", "–", "—", "−", "﹣"};
	static const char *const quotes[] = {"'", "’", "ʼ", "`", "´", "‘", "", "＇"};
	static const char *const spaces[] = {" ", "  ", "\n", "\t", "\u00a0", "\u2009", "\r\n"};
	static const char *const loud[] = {
		" ", ", ", " - ", "… ", " – ", "; ", "-", " \"", "“"};
	static const char *const behind[] = {"", "", "", "", "", "\u0301", "\u200d", "\u00ad"};
	bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

	if (c == '-')
		str_add(out, ONE_OF(dashes));
	else if (c == '\'')
		str_add(out, ONE_OF(quotes));
	else if (c == ' ')
		str_add(out, loudly && !random_below(4) ? ONE_OF(loud) : ONE_OF(spaces));
	else if (letter && !random_below(10)) /* U+FF21 and on are the wide letters */
		str_addf(out, "\xef%c%c", c < 'a' ? 0xbc : 0xbd,
			c < 'a' ? c - 'A' + 0xa1 : c - 'a' + 0x81);
	else
		str_addch(out, letter && !random_below(3) ? (char)(c ^ 32) : c);
	if (letter)
		str_add(out, ONE_OF(behind));
}

static bool is_still(const char *text, const char *want, bool loudly)
{
	static const char *const ends[] = {"", ".", "!", "...", " …", "?!", "\n", " :-"};
	static const char *const begins[] = {"", "", "\"", "“", " ", "\n\n", "- "};
	struct str out = STR_INIT;
	bool as_wanted;

	str_add(&out, ONE_OF(begins));
	for (const char *c = text; *c; c++)
		retype(&out, *c, loudly);
	str_add(&out, ONE_OF(ends));
	as_wanted = is(out.buf, want, "retyped: ");
	str_release(&out);
	return as_wanted;
}

static void how_it_is_typed_does_not_matter(void **state)
{
	size_t failed = 0;

	(void)state;
	seed = 20261120;
	for (int round = 0; round < 20; round++) {
		for (size_t i = 0; i < ARRAY_SIZE(refused); i++)
			failed += !is_still(refused[i].text, refused[i].phrase, false);
		for (size_t i = 0; i < ARRAY_SIZE(honest); i++)
			failed += !is_still(honest[i], "none", false);
	}
	assert_int_equal(failed, 0);
}

/* Commas and dashes between the words do not make a phrase honest. */
static void punctuation_hides_nothing(void **state)
{
	size_t failed = 0;

	(void)state;
	seed = 4711;
	for (int round = 0; round < 20; round++)
		for (size_t i = 0; i < ARRAY_SIZE(refused); i++) {
			struct str out = STR_INIT;
			struct phrase_match match;

			for (const char *c = refused[i].text; *c; c++)
				retype(&out, *c, true);
			if (!phrases_find(&match, out.buf, NULL)) {
				print_error("'%s' is taken\n", out.buf);
				failed++;
			}
			str_release(&out);
		}
	assert_int_equal(failed, 0);
}

static void where_it_stands_is_told(void **state)
{
	static const char text[] = "«Café» — sent it; Just  chécking‑in! Again.";
	struct phrase_match match;

	(void)state;
	assert_true(phrases_find(&match, text, NULL));
	assert_string_equal(match.phrase, CHECKING);
	assert_int_equal(match.from, strstr(text, "Just") - text);
	assert_int_equal(match.len, strlen("Just  chécking‑in"));
	assert_true(phrases_find(&match, " Hi Jane, thanks! ", NULL));
	assert_int_equal(match.from, 1);
	assert_int_equal(match.len, strlen("Hi Jane, thanks"));
	assert_true(phrases_find(&match, "touching base or circling back", NULL));
	assert_string_equal(match.phrase, TOUCHING);
}

static void with_own(const char *text, const char *refuse, const char *allow, const char *want)
{
	struct list refuses = {0}, allows = {0};
	const struct phrase_lists own = {refuse ? &refuses : NULL, allow ? &allows : NULL};
	struct phrase_match match = {.phrase = "none"};
	bool found;

	if (refuse)
		list_add(&refuses, refuse);
	if (allow)
		list_add(&allows, allow);
	found = phrases_find(&match, text, &own);
	assert_string_equal(match.phrase, want);
	assert_int_equal(found, strcmp(want, "none") != 0);
	list_release(&refuses);
	list_release(&allows);
}

static void the_team_has_its_own(void **state)
{
	(void)state;
	with_own("Any NEW-S from\nJosé’s side?", "new s from Joses", NULL, "new s from Joses");
	with_own("a low-hanging fruit", "Low hanging  fruit!", NULL, "Low hanging  fruit!");
	with_own("a low-hanging fruits", "low hanging fruit", NULL, "none");
	with_own("the flow hanging fruit", "low hanging fruit", NULL, "none");
	with_own("100 % synergy", "100%", NULL, "100%");
	with_own("nothing here", "…", NULL, "none");
	with_own("nothing here", "", "", "none");
	with_own("ещё раз СИНЕРГИЯ", "синергия", NULL, "синергия");
	with_own("いつもお世話になっております。", "お世話", NULL, "お世話");

	with_own("wanted to touch base 2 sensors", NULL, "touch base 2", "none");
	with_own("wanted to touch base", NULL, "touch base 2", TOUCHING);
	with_own("touch base 2: just checking in", NULL, "touch base 2", CHECKING);
	with_own("just checking in", NULL, "checking in", CHECKING);
	with_own("just checking in guests now", NULL, "Just Checking-In guests", "none");
	with_own("a ping pong table", "ping", "ping pong", "none");
	with_own("ping, then ping pong", "ping", "ping pong", "ping");
	with_own("thanks for your time", NULL, "your time", "none");
	with_own("thanks for your time", NULL, "our time", NOTHING);
	with_own("ping", "ping", "ping", "none");
}

/* Ten times the text may take ten times as long, and some. */
static double seconds_for(const char *piece, size_t size)
{
	struct str text = STR_INIT;
	struct phrase_match match;
	clock_t begin;

	while (text.len < size)
		str_add(&text, piece);
	begin = clock();
	phrases_find(&match, text.buf, NULL);
	str_release(&text);
	return (double)(clock() - begin) / CLOCKS_PER_SEC;
}

static void a_long_text_does_not_hang(void **state)
{
	static const char *const pieces[] = {"a ", "just ", "the list of norms, ", "you have ",
		"hope that your all is ", "thanks ", "é", "\u200b", "\u200bx", "hi you are we ",
		"review the plan to save your ", "if you have had a chance ", "\xff", "日本",
		"x"};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(pieces); i++) {
		double some = seconds_for(pieces[i], 20000);
		double all = seconds_for(pieces[i], 200000);

		assert_true(all < 30 * some + 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_phrases_are_refused),
		cmocka_unit_test(honest_text_is_not),
		cmocka_unit_test(how_it_is_typed_does_not_matter),
		cmocka_unit_test(punctuation_hides_nothing),
		cmocka_unit_test(where_it_stands_is_told),
		cmocka_unit_test(the_team_has_its_own),
		cmocka_unit_test(a_long_text_does_not_hang),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
