#include "core/suggest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static const char *const outcomes[] = {"proceed", "repeat", "abandon", NULL};
static const char *const commands[] = {"init", "list", "log", "log-meeting", "next", NULL};

static void suggests(const char *typed, const char *const *words, const char *want)
{
	const char *got = suggest_word(typed, words);

	if (want) {
		assert_non_null(got);
		assert_string_equal(got, want);
	} else {
		assert_null(got);
	}
}

static void a_slip_is_understood(void **state)
{
	(void)state;
	suggests("procede", outcomes, "proceed");
	suggests("porceed", outcomes, "proceed");
	suggests("abandonn", outcomes, "abandon");
	suggests("repaet", outcomes, "repeat");
	suggests("lsit", commands, "list");
	suggests("log-meting", commands, "log-meeting");
	suggests("aban", outcomes, "abandon");
}

static void what_is_far_is_not_suggested(void **state)
{
	char long_word[200];

	(void)state;
	suggests("won", outcomes, NULL);
	suggests("", outcomes, NULL);
	suggests("x", commands, NULL);
	suggests("good", outcomes, NULL);
	memset(long_word, 'a', sizeof(long_word) - 1);
	long_word[sizeof(long_word) - 1] = '\0';
	suggests(long_word, outcomes, NULL);
}

static void the_nearest_wins(void **state)
{
	static const char *const words[] = {"post", "most", "cost", NULL};

	(void)state;
	suggests("mosst", words, "most");
	suggests("cots", words, "cost");
}

static void a_message_suggests_or_lists(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	suggest_add(&out, "procede", outcomes);
	assert_string_equal(out.buf, " (did you mean 'proceed'?)");
	str_truncate(&out, 0);
	suggest_add(&out, "well", outcomes);
	assert_string_equal(out.buf, " (one of: proceed, repeat, abandon)");
	str_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slip_is_understood),
		cmocka_unit_test(what_is_far_is_not_suggested),
		cmocka_unit_test(the_nearest_wins),
		cmocka_unit_test(a_message_suggests_or_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
