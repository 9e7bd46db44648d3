#include "core/contact.h"
#include "core/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static void stores(const char *typed, const char *want)
{
	struct contact c = {0}, copy = {0};
	struct str out = STR_INIT;

	if (contact_parse(&c, typed))
		fail_msg("%s", error_message(0));
	contact_copy(&copy, &c);
	contact_add_stored(&out, &copy);
	assert_string_equal(out.buf, want);
	str_release(&out);
	contact_release(&c);
	contact_release(&copy);
}

static void what_is_typed_comes_in_any_order(void **state)
{
	const char *full = "Jane Doe <jane@acme.example>; +34 600 111 222; CFO; decision-maker";

	(void)state;
	stores(full, full);
	stores(" Jane Doe<jane@acme.example>;decision-maker ; CFO; +34 600 111 222;", full);
	stores("Jane", "Jane");
	stores("Jane; 600", "Jane; 600");
	stores("Jane; left", "Jane; left");
	stores("Jane; left: Max Moe", "Jane; left: Max Moe");
	stores("Ærøskøbing, José; Head of R&D", "Ærøskøbing, José; Head of R&D");
}

static void refuses(const char *typed)
{
	struct contact c = {0};

	assert_int_equal(contact_parse(&c, typed), ERR_USAGE);
	assert_null(c.name);
}

static void what_cannot_be_kept_is_refused(void **state)
{
	(void)state;
	refuses("");
	refuses("; CFO");
	refuses("<jane@acme.example>");
	refuses("jane@acme.example");
	refuses("Jane: Doe");
	refuses("Jane <jane@acme.example");
	refuses("Jane <jane@acme.example> Doe");
	refuses("Jane <jane>");
	refuses("Jane; +34; +35");
	refuses("Jane; CFO; CEO");
	refuses("Jane; left: ");
	error_clear();
}

static void one_thing_can_be_set_or_cleared(void **state)
{
	struct contact c = {0};
	struct str out = STR_INIT;

	(void)state;
	assert_int_equal(contact_parse(&c, "Jane; CFO"), 0);
	assert_int_equal(contact_set(&c, "email", "jane@acme.example"), 0);
	assert_int_equal(contact_set(&c, "decision_maker", "yes"), 0);
	assert_int_equal(contact_set(&c, "role", ""), 0);
	assert_int_equal(contact_set(&c, "phone", "+34 1"), 0);
	assert_int_equal(contact_set(&c, "name", "Jane Moe"), 0);
	contact_add_stored(&out, &c);
	assert_string_equal(out.buf, "Jane Moe <jane@acme.example>; +34 1; decision-maker");
	assert_int_equal(contact_set(&c, "name", ""), ERR_USAGE);
	assert_int_equal(contact_set(&c, "phone", "office"), ERR_USAGE);
	assert_int_equal(contact_set(&c, "role", "decision-maker"), ERR_USAGE);
	assert_int_equal(contact_set(&c, "decision_maker", "maybe"), ERR_USAGE);
	assert_int_equal(contact_set(&c, "phnoe", "1"), ERR_USAGE);
	assert_non_null(strstr(error_message(0), "'phone'"));
	str_release(&out);
	contact_release(&c);
	error_clear();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_typed_comes_in_any_order),
		cmocka_unit_test(what_cannot_be_kept_is_refused),
		cmocka_unit_test(one_thing_can_be_set_or_cleared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
