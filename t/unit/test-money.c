#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/error.h"
#include "core/mem.h"
#include "core/money.h"

#include <string.h>

static const struct {
	const char *text, *fallback, *stored;
} amounts[] = {
	{"12000", "EUR", "12000.00 EUR"},
	{"12000.00", "EUR", "12000.00 EUR"},
	{"12000 USD", "EUR", "12000.00 USD"},
	{"12000.50 USD", NULL, "12000.50 USD"},
	{"  12000.50   USD ", NULL, "12000.50 USD"},
	{"0", "EUR", "0.00 EUR"},
	{"0.01", "EUR", "0.01 EUR"},
	{"007.07", "EUR", "7.07 EUR"},
	{"5000 JPY", NULL, "5000.00 JPY"},
	{"999999999999999.99 EUR", NULL, "999999999999999.99 EUR"},
	{"1000000000000000 EUR", NULL, NULL},
	{"99999999999999999999999999 EUR", NULL, NULL},
	{"12000", NULL, NULL},
	{"12000", "", NULL},
	{"12000", "EURO", NULL},
	{"", "EUR", NULL},
	{" ", "EUR", NULL},
	{"EUR", "EUR", NULL},
	{"EUR 12000", NULL, NULL},
	{"12000EUR", NULL, NULL},
	{"12,000 EUR", NULL, NULL},
	{"12 000 EUR", NULL, NULL},
	{"12'000 EUR", NULL, NULL},
	{"12.000,00 EUR", NULL, NULL},
	{"12000.5 EUR", NULL, NULL},
	{"12000.500 EUR", NULL, NULL},
	{"12000. EUR", NULL, NULL},
	{".50 EUR", NULL, NULL},
	{"-1 EUR", NULL, NULL},
	{"+1 EUR", NULL, NULL},
	{"1e3 EUR", NULL, NULL},
	{"0x10 EUR", NULL, NULL},
	{"12k EUR", NULL, NULL},
	{"12000 eur", NULL, NULL},
	{"12000 ABC", NULL, NULL},
	{"12000 EURO", NULL, NULL},
	{"12000 EUR please", NULL, NULL},
	{"\xe2\x82\xac"
	 "12000",
		"EUR", NULL},
	{"12000.00 EUR\x01", NULL, NULL},
};

#define CURRENCIES 184 /* in the list */

static void typed(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(amounts); i++) {
		struct money m = {.cents = 4711};
		struct str out = STR_INIT;
		int result = money_parse(&m, amounts[i].text, amounts[i].fallback);

		if (!result)
			money_add(&out, &m);
		if (result != (amounts[i].stored ? 0 : ERR_USAGE))
			fail_msg("'%s' gives %d, '%s'", amounts[i].text, result, out.buf);
		if (amounts[i].stored)
			assert_string_equal(out.buf, amounts[i].stored);
		else
			assert_int_equal(m.cents, 4711);
		str_release(&out);
	}
}

static void assert_refused(const char *text, const char *message)
{
	struct money m;

	assert_int_equal(money_parse(&m, text, NULL), ERR_USAGE);
	assert_string_equal(error_message(0), message);
}

static void a_refusal_says_why(void **state)
{
	(void)state;
	assert_refused("12000 eur", "unknown currency 'eur' (did you mean 'EUR'?)");
	assert_refused("12000 BTC",
		"unknown currency 'BTC': a code of ISO 4217 is needed, as in "
		"'12000 EUR'");
	assert_refused(
		"12000", "unreadable amount '12000': no currency is given, as in '12000 EUR'");
	assert_refused("12000.5 EUR",
		"unreadable amount '12000.5 EUR': two digits are needed behind the point");
}

static void currencies(void **state)
{
	static const char *const known[] = {"AED", "EUR", "USD", "GBP", "CHF", "JPY", "INR",
		"SEK", "XAF", "XCG", "ZAR", "ZMW", "ZWG", "ZWL"};
	static const char *const unknown[] = {
		"", "E", "EU", "EURO", "eur", "Eur", "DEM", "ZZZ", "AAA", "UR ", "R A", " EU"};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		assert_true(currency_known(known[i]));
	for (size_t i = 0; i < ARRAY_SIZE(unknown); i++)
		assert_false(currency_known(unknown[i]));
}

/* Every three letters in turn: those known must be as many as the list is long,
 * which a list out of order would not give. */
static void the_list_is_in_order(void **state)
{
	int n = 0;

	(void)state;
	for (int i = 0; i < 26 * 26 * 26; i++) {
		char code[4] = {(char)('A' + i / 676), (char)('A' + i / 26 % 26),
			(char)('A' + i % 26), '\0'};

		n += currency_known(code);
	}
	assert_int_equal(n, CURRENCIES);
}

static void sums(void **state)
{
	static const struct money parts[] = {{100, "USD"}, {250, "EUR"}, {1, "USD"}, {5, "CHF"},
		{MONEY_MAX_CENTS, "EUR"}, {7, ""}};
	struct money_sums s = {0};
	struct money huge = {INT64_MAX, "USD"};
	struct str out = STR_INIT;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
		assert_true(money_sums_add(&s, &parts[i]));
	assert_false(money_sums_add(&s, &huge));
	for (size_t i = 0; i < s.n; i++) {
		money_add(&out, &s.items[i]);
		str_addch(&out, ' ');
	}
	assert_string_equal(out.buf, "0.05 CHF 1000000000000002.49 EUR 1.01 USD ");
	str_release(&out);
	money_sums_release(&s);
	assert_int_equal(s.n, 0);
}

static void amount_alone(void **state)
{
	struct money m = {1200005, "EUR"}, none = {0};
	struct str out = STR_INIT;

	(void)state;
	money_add_amount(&out, &m);
	assert_string_equal(out.buf, "12000.05");
	str_truncate(&out, 0);
	money_add(&out, &none);
	assert_string_equal(out.buf, "");
	str_release(&out);
}

static int teardown(void **state)
{
	(void)state;
	error_clear();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typed),
		cmocka_unit_test(a_refusal_says_why),
		cmocka_unit_test(currencies),
		cmocka_unit_test(the_list_is_in_order),
		cmocka_unit_test(sums),
		cmocka_unit_test(amount_alone),
	};

	return cmocka_run_group_tests(tests, NULL, teardown);
}
