/* Strings that grow, lists, memory, and the record of errors. */
#include "core/error.h"
#include "core/mem.h"
#include "core/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void a_string_grows_and_is_handed_over(void **state)
{
	struct str s = STR_INIT;
	char *text;

	(void)state;
	assert_string_equal(s.buf, "");
	for (int i = 0; i < 1000; i++)
		str_addf(&s, "%d,", i % 10);
	assert_int_equal(s.len, 2000);
	str_truncate(&s, 4);
	str_truncate(&s, 100); /* longer than it is: nothing */
	str_addch(&s, '!');
	str_addn(&s, "\0x", 2);
	assert_int_equal(s.len, 7);
	assert_memory_equal(s.buf, "0,1,!\0x", 8);
	text = str_detach(&s);
	assert_int_equal(s.len, 0);
	assert_string_equal(s.buf, "");
	free(text);
	text = str_detach(&s); /* never NULL */
	assert_string_equal(text, "");
	free(text);
	str_release(&s);
}

static void a_list_owns_its_strings(void **state)
{
	struct list a = {0}, b = {0};

	(void)state;
	list_add(&a, "one");
	list_take(&a, xstrdup("two"));
	list_copy(&b, &a);
	assert_true(list_equal(&a, &b));
	list_add(&b, "a third");
	assert_false(list_equal(&a, &b));
	assert_true(list_has(&b, "a third"));
	assert_false(list_has(&a, "a third"));
	list_sort(&b);
	assert_string_equal(b.items[0], "a third");
	list_release(&a);
	list_release(&b);
	list_sort(&a);
}

static void of_what_stands_twice_the_first_stays(void **state)
{
	static const char *const given[] = {"b", "a", "b", "c", "a", "b"};
	static const char *const left[] = {"b", "a", "c"};
	struct list l = {0};

	(void)state;
	list_drop_repeats(&l);
	assert_int_equal(l.n, 0);
	for (size_t i = 0; i < ARRAY_SIZE(given); i++)
		list_add(&l, given[i]);
	list_drop_repeats(&l);
	assert_int_equal(l.n, ARRAY_SIZE(left));
	for (size_t i = 0; i < l.n; i++)
		assert_string_equal(l.items[i], left[i]);
	list_release(&l);
}

static void small_questions_about_text(void **state)
{
	char text[] = " \t two words \r\n", blank[] = "  ";

	(void)state;
	assert_true(starts_with("opportunity", "opp"));
	assert_false(starts_with("op", "opp"));
	assert_true(ends_with("acme.ini", ".ini"));
	assert_false(ends_with("ini", ".ini"));
	assert_true(same_string(NULL, NULL));
	assert_false(same_string("", NULL));
	assert_int_equal(choice_index("open|enforced", "enforced"), 1);
	assert_int_equal(choice_index("open|enforced", "enforce"), -1);
	assert_int_equal(choice_index("open|enforced", ""), -1);
	assert_string_equal(trim(text), "two words");
	assert_string_equal(trim(blank), "");
}

static void a_slot_may_be_replaced_by_itself(void **state)
{
	char *slot = xstrdup("same");

	(void)state;
	replace_string(&slot, slot);
	assert_string_equal(slot, "same");
	replace_string(&slot, NULL);
	assert_null(slot);
}

static jmp_buf out_of_memory;

static void leave(void)
{
	longjmp(out_of_memory, 1);
}

static void exhausted_memory_is_handled_in_one_place(void **state)
{
	(void)state;
	mem_on_exhaustion(leave);
	if (!setjmp(out_of_memory)) {
		xmalloc(PTRDIFF_MAX);
		fail();
	}
	mem_on_exhaustion(abort);
}

static void errors_are_kept_until_they_are_said(void **state)
{
	(void)state;
	assert_int_equal(error_set(ERR_FAILED, "first %d", 1), ERR_FAILED);
	assert_int_equal(error_add(ERR_FAILED, "second"), ERR_FAILED);
	error_hint("do this");
	error_prefix("%s:%d", "file", 7);
	assert_int_equal(error_count(), 2);
	assert_string_equal(error_message(0), "file:7: first 1");
	assert_string_equal(error_message(1), "file:7: second");
	assert_int_equal(error_hint_count(), 1);
	/* The new message may be made of the old one. */
	assert_int_equal(error_set(ERR_USAGE, "so: %s", error_message(0)), ERR_USAGE);
	assert_int_equal(error_count(), 1);
	assert_string_equal(error_message(0), "so: file:7: first 1");
	assert_int_equal(error_hint_count(), 0);
	error_clear();
	assert_int_equal(error_count(), 0);
}

static void what_is_put_aside_comes_back_before_the_rest(void **state)
{
	struct kept_errors kept, copy;

	(void)state;
	error_set(ERR_FAILED, "first");
	error_hint("do this");
	errors_copy(&copy);
	errors_keep(&kept);
	assert_int_equal(error_count(), 0);
	assert_int_equal(error_hint_count(), 0);
	error_set(ERR_USAGE, "second");
	error_hint("do that");
	errors_restore(&kept);
	assert_int_equal(error_count(), 2);
	assert_string_equal(error_message(0), "first");
	assert_string_equal(error_message(1), "second");
	assert_int_equal(error_hint_count(), 2);
	assert_string_equal(error_hint_message(0), "do this");
	assert_string_equal(error_hint_message(1), "do that");
	assert_int_equal(kept.messages.n, 0);
	assert_int_equal(copy.messages.n, 1);
	assert_int_equal(copy.hints.n, 1);
	errors_put_back(&copy);
	assert_int_equal(error_count(), 1);
	assert_string_equal(error_message(0), "first");
	assert_int_equal(error_hint_count(), 1);
	assert_int_equal(copy.messages.n, 0);
	error_clear();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_string_grows_and_is_handed_over),
		cmocka_unit_test(a_list_owns_its_strings),
		cmocka_unit_test(of_what_stands_twice_the_first_stays),
		cmocka_unit_test(small_questions_about_text),
		cmocka_unit_test(a_slot_may_be_replaced_by_itself),
		cmocka_unit_test(exhausted_memory_is_handled_in_one_place),
		cmocka_unit_test(errors_are_kept_until_they_are_said),
		cmocka_unit_test(what_is_put_aside_comes_back_before_the_rest),
	};

	return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
