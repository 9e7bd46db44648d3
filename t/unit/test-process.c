#include "core/error.h"
#include "core/mem.h"
#include "core/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static struct process *field(void)
{
	struct process *p = process_new("field");

	assert_int_equal(process_load_pair(p, "process", NULL, NULL), 0);
	assert_int_equal(process_load_pair(p, "process", "title", "Field sales"), 0);
	assert_int_equal(
		process_load_pair(p, "process", "activities", "discovery, workshop,decision"),
		0);
	return p;
}

static void activities_follow_each_other(void **state)
{
	struct process *p = field();

	(void)state;
	assert_int_equal(process_finish(p), 0);
	assert_int_equal(process_find(p, "workshop"), 1);
	assert_int_equal(process_find(p, "party"), -1);
	assert_string_equal(process_after(p, "discovery"), "workshop");
	assert_null(process_after(p, "decision"));
	assert_null(process_after(p, "party"));
	assert_true(process_is_last(p, "decision"));
	assert_false(process_is_last(p, "workshop"));
	assert_false(process_is_last(p, "party"));
	assert_int_equal(process_load_pair(p, "process", "cycle", "yes"), 0);
	assert_string_equal(process_after(p, "decision"), "discovery");
	process_free(p);
}

static void an_activity_has_questions(void **state)
{
	struct process *p = field();
	const struct activity *a = &p->activities[1];
	const char *section = "activity workshop";

	(void)state;
	assert_int_equal(process_load_pair(p, section, NULL, NULL), 0);
	assert_int_equal(process_load_pair(p, section, "title", "Workshop"), 0);
	assert_int_equal(process_load_pair(p, section, "max-repeats", "2"), 0);
	assert_int_equal(
		process_load_pair(p, section, "questions", "Who decides? By when?"), 0);
	assert_int_equal(
		process_load_pair(p, section, "questions", "What is unsure\nand ?what else?"),
		0);
	assert_string_equal(a->title, "Workshop");
	assert_int_equal(a->max_repeats, 2);
	assert_int_equal(a->questions.n, 4);
	assert_string_equal(a->questions.items[0], "Who decides?");
	assert_string_equal(a->questions.items[1], "By when?");
	assert_string_equal(a->questions.items[2], "What is unsure");
	assert_string_equal(a->questions.items[3], "and ?what else?");
	process_free(p);
}

static void refuses(const char *section, const char *key, const char *value)
{
	struct process *p = field();

	assert_int_equal(process_load_pair(p, section, key, value), ERR_FAILED);
	assert_int_equal(error_count(), 1);
	process_free(p);
}

static void what_is_wrong_is_refused(void **state)
{
	struct process *empty = process_new("empty");

	(void)state;
	refuses("process", "activities", "again");
	refuses("process", "titel", "x");
	refuses("process", "cycle", "maybe");
	refuses("process", "title", "twice");
	refuses("activity party", NULL, NULL);
	refuses("activities", NULL, NULL);
	refuses("activity workshop", "question", "x");
	refuses("activity workshop", "max-repeats", "0");
	refuses("activity workshop", "max-repeats", "2x");
	assert_int_equal(process_finish(empty), ERR_FAILED);
	assert_int_equal(
		process_load_pair(empty, "process", "activities", "a, b, a"), ERR_FAILED);
	process_free(empty);
	empty = process_new("empty");
	assert_int_equal(process_load_pair(empty, "process", "activities", "a,,b"), ERR_FAILED);
	process_free(empty);
	error_clear();
}

static void words_are_ids(void **state)
{
	(void)state;
	assert_true(process_word_valid("account-care"));
	assert_true(process_word_valid("4eyes"));
	assert_false(process_word_valid(""));
	assert_false(process_word_valid("-x"));
	assert_false(process_word_valid("Field"));
	assert_false(process_word_valid("a b"));
	assert_true(process_word_valid("a123456789b123456789c123456789d123456789"));
	assert_false(process_word_valid("a123456789b123456789c123456789d123456789e"));
}

/* A small reading of our own: the shipped files are as plain as that. */
static struct process *load_shipped(const struct shipped_process *shipped)
{
	struct process *p = process_new(shipped->name);
	char *copy = xstrdup(shipped->text), *rest = copy, *line;
	char *section = NULL;

	while ((line = strsep(&rest, "\n"))) {
		char *value = strstr(line, " = ");

		assert_true(strlen(line) <= 80);
		if (*line == '[') {
			line[strlen(line) - 1] = '\0';
			section = line + 1;
			assert_int_equal(process_load_pair(p, section, NULL, NULL), 0);
		} else if (*line && *line != '#') {
			assert_non_null(value);
			assert_null(strpbrk(value + 3, ";#\\"));
			*value = '\0';
			if (process_load_pair(p, section, line, value + 3))
				fail_msg("%s: %s", shipped->name, error_message(0));
		}
	}
	assert_int_equal(process_finish(p), 0);
	free(copy);
	return p;
}

static void the_shipped_ones_load(void **state)
{
	(void)state;
	for (const struct shipped_process *s = shipped_processes; s->name; s++) {
		struct process *p = load_shipped(s);

		assert_true(process_word_valid(s->name));
		assert_true(p->n >= 2);
		assert_int_equal(p->cycle, !strcmp(s->name, "account-care"));
		for (size_t i = 0; i < p->n; i++) {
			assert_non_null(p->activities[i].title);
			assert_true(p->activities[i].questions.n > 0);
		}
		if (!strcmp(s->name, "field")) {
			assert_int_equal(p->n, 4);
			assert_string_equal(p->activities[0].name, "discovery");
			assert_string_equal(p->activities[3].name, "decision");
		}
		process_free(p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(activities_follow_each_other),
		cmocka_unit_test(an_activity_has_questions),
		cmocka_unit_test(what_is_wrong_is_refused),
		cmocka_unit_test(words_are_ids),
		cmocka_unit_test(the_shipped_ones_load),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
