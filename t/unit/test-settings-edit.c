/* One key of fu.ini rewritten; everything else stays as it was. */
#include "cmd/settings_edit.h"
#include "core/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const char start[] = "; The team's settings.\n"
			    "[fu]\n"
			    "version = 1\n"
			    "timezone = Europe/Madrid\n"
			    "\n"
			    "# how we work\n"
			    "[policy]\n"
			    "\tretry = 2 days\n"
			    "; as agreed in June\n"
			    "\n"
			    "[phrases]\n"
			    "refuse = any news on the \\\n"
			    "    proposal\n"
			    "refuse = ping\n"
			    "allow = ping pong\n";

static int edit(struct str *out, const char *text, const char *key, const char *value,
	enum settings_change change)
{
	struct str in = STR_INIT;
	int err;

	str_truncate(out, 0);
	str_add(&in, text);
	err = settings_edit(out, &in, key, value, change);
	str_release(&in);
	return err;
}

/* The text with `old` (once in it) replaced. */
static void becomes(const char *key, const char *value, enum settings_change change,
	const char *old, const char *new)
{
	struct str out = STR_INIT, expected = STR_INIT;
	const char *at = strstr(start, old);

	assert_non_null(at);
	str_addn(&expected, start, (size_t)(at - start));
	str_add(&expected, new);
	str_add(&expected, at + strlen(old));
	assert_int_equal(edit(&out, start, key, value, change), 0);
	assert_string_equal(out.buf, expected.buf);
	str_release(&out);
	str_release(&expected);
}

static void a_key_that_is_there(void **state)
{
	(void)state;
	becomes("fu.timezone", "Europe/Lisbon", SETTING_PUT, "Madrid", "Lisbon");
	becomes("policy.retry", "3 days", SETTING_PUT, "\tretry = 2 days", "\tretry = 3 days");
}

static void a_key_that_is_new(void **state)
{
	(void)state;
	becomes("fu.currency", "EUR", SETTING_PUT, "Madrid\n", "Madrid\ncurrency = EUR\n");
	becomes("policy.treadmill", "7", SETTING_PUT, "2 days\n", "2 days\ntreadmill = 7\n");
}

static void a_section_that_is_new(void **state)
{
	(void)state;
	becomes("team.sam", "Sam <sam@example.com>", SETTING_PUT, "ping pong\n",
		"ping pong\n\n[team]\nsam = Sam <sam@example.com>\n");
}

static void removing(void **state)
{
	(void)state;
	becomes("policy.retry", NULL, SETTING_REMOVE, "\tretry = 2 days\n", "");
	becomes("phrases.refuse", NULL, SETTING_REMOVE,
		"refuse = any news on the \\\n    proposal\nrefuse = ping\n", "");
	becomes("fu.currency", NULL, SETTING_REMOVE, "Madrid", "Madrid");
}

static void several_values(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	becomes("phrases.refuse", "hi", SETTING_APPEND, "= ping\n", "= ping\nrefuse = hi\n");
	becomes("phrases.allow", "pong", SETTING_PUT, "ping pong", "pong");
	assert_int_equal(edit(&out, start, "phrases.refuse", "hi", SETTING_PUT), ERR_FAILED);
	assert_string_equal(error_message(0), "'phrases.refuse' has several values");
	error_clear();
	str_release(&out);
}

static void texts_without_an_end(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	assert_int_equal(edit(&out, "[fu]\nversion = 1", "fu.currency", "EUR", SETTING_PUT), 0);
	assert_string_equal(out.buf, "[fu]\nversion = 1\ncurrency = EUR\n");
	assert_int_equal(edit(&out, "", "fu.currency", "EUR", SETTING_PUT), 0);
	assert_non_null(strstr(out.buf, "[fu]\ncurrency = EUR\n"));
	assert_int_equal(edit(&out, "[fu]", "fu.currency", "EUR", SETTING_PUT), 0);
	assert_string_equal(out.buf, "[fu]\ncurrency = EUR\n");
	str_release(&out);
}

static void what_is_not_valid_is_refused(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	assert_int_equal(edit(&out, start, "hours.from", "20:00", SETTING_PUT), ERR_USAGE);
	assert_int_equal(edit(&out, "[fu\nx", "fu.currency", "EUR", SETTING_PUT), ERR_FAILED);
	error_clear();
	str_release(&out);
}

static void what_is_set(void **state)
{
	struct str in = STR_INIT;

	(void)state;
	str_add(&in, start);
	assert_true(settings_sets(&in, "policy.retry"));
	assert_true(settings_sets(&in, "phrases.refuse"));
	assert_false(settings_sets(&in, "policy.treadmill"));
	assert_false(settings_sets(&in, "fu.retry"));
	str_release(&in);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_that_is_there),
		cmocka_unit_test(a_key_that_is_new),
		cmocka_unit_test(a_section_that_is_new),
		cmocka_unit_test(removing),
		cmocka_unit_test(several_values),
		cmocka_unit_test(texts_without_an_end),
		cmocka_unit_test(what_is_not_valid_is_refused),
		cmocka_unit_test(what_is_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
