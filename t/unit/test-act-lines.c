#include "given.h"
#include "random-act.h"

#include "core/act_json.h"
#include "core/act_lines.h"

#include <stdio.h>

/* One import into one opportunity. */
struct import {
	struct given *given;
	struct opportunity *o;
	struct line_faults faults;
	size_t added;
	unsigned lines;
	bool lenient;
};

static void import_begin(struct import *im)
{
	*im = (struct import){.given = given_new("discovery, workshop, decision", false)};
	im->o = opportunity_new("acme");
	opportunity_fold(im->o);
}

static void import_end(struct import *im)
{
	line_faults_release(&im->faults);
	opportunity_free(im->o);
	given_free(im->given);
}

static int find_field_process(void *context, const char *name, const struct process **out)
{
	const struct import *im = context;

	if (strcmp(name, "field") != 0)
		return error_set(ERR_MISSING, "no process '%s'", name);
	*out = im->given->process;
	return 0;
}

/* The lines (NULL at the end), each an act without its frame: "\"act\":\"note\",…". */
static void take(struct import *im, const char *const *lines)
{
	struct lines_ground ground = {.ground = im->given->ground,
		.by = "Ann <ann@b>",
		.find_process = find_field_process,
		.context = im};
	struct act_lines read = {0};

	line_faults_release(&im->faults);
	ground.ground.lenient = im->lenient;
	for (im->lines = 0; lines[im->lines]; im->lines++) {
		char *text = xstrfmt("{\"opportunity\":\"acme\",%s}", lines[im->lines]);

		if (act_lines_read(&read, "acme", text, strlen(text), im->lines + 1,
			    &im->given->clock))
			fail_msg("%s: %s", text, error_message(0));
		free(text);
	}
	act_lines_take(im->o, &read, &ground, &im->faults, &im->added);
	act_lines_release(&read);
}

#define TAKE(im, ...) take(im, (const char *const[]){__VA_ARGS__, NULL})

static void taken(const struct import *im, size_t added)
{
	if (im->faults.total)
		fail_msg("line %u: %s", im->faults.items[0].line, im->faults.items[0].message);
	assert_int_equal(im->added, added);
}

static void fails(const struct import *im, unsigned line, const char *part)
{
	for (size_t i = 0; i < im->faults.n; i++)
		if (im->faults.items[i].line == line &&
			strstr(im->faults.items[i].message, part))
			return;
	fail_msg("line %u does not say '%s' but '%s'", line, part,
		im->faults.n ? im->faults.items[0].message : "nothing");
}

#define NEW "\"act\":\"new\",\"at\":\"2026-11-01T09:00:00Z\",\"title\":\"T\",\"client\":\"C\""
#define NOTE(day, text)                                                                        \
	"\"act\":\"note\",\"at\":\"2026-11-" day "T09:00:00Z\",\"note\":\"" text "\""
#define MEETING(day, rest)                                                                     \
	"\"act\":\"meeting\",\"at\":\"2026-11-" day                                            \
	"T09:00:00Z\",\"outcome\":\"proceed\",\"next\":\"2026-12-01T09:00:00Z\",\"ours\":[]"   \
	",\"theirs\":[]" rest
#define BEGUN NEW ",\"process\":\"field\",\"activity\":\"discovery\""
/* As a repository recorded it. */
#define RECORDED(id, seq)                                                                      \
	",\"id\":\"" id "\",\"seq\":" seq                                                      \
	",\"recorded\":\"2026-11-19T09:00:00Z\",\"by\":\"Bob <b@c>\",\"replaces\":null"

static void a_told_act_is_completed(void **state)
{
	struct import im;

	(void)state;
	import_begin(&im);
	TAKE(&im, NEW, MEETING("03", ""));
	taken(&im, 2);
	assert_string_equal(im.o->acts[0]->by, "Ann <ann@b>");
	assert_string_equal(im.o->acts[0]->activity, "discovery");
	assert_string_equal(im.o->acts[1]->to, "workshop");
	assert_int_equal(im.o->acts[1]->seq, 2);
	assert_int_equal(im.o->acts[1]->recorded.utc, FRIDAY_TEN);
	assert_int_equal(im.o->now.next.kind, STEP_APPOINTMENT);
	import_end(&im);
}

static void the_same_lines_make_the_same_acts(void **state)
{
	struct import im;
	char *first;

	(void)state;
	import_begin(&im);
	TAKE(&im, NEW, NOTE("03", "x"), NOTE("03", "x"), NOTE("03", "y"));
	taken(&im, 4);
	first = xstrdup(im.o->acts[1]->id);
	TAKE(&im, NEW, NOTE("03", "x"), NOTE("03", "y"), NOTE("03", "x"));
	taken(&im, 0);
	TAKE(&im, NOTE("03", "x"), NOTE("03", "x"), NOTE("03", "x"));
	taken(&im, 1);
	import_end(&im);
	import_begin(&im);
	TAKE(&im, NOTE("03", "y"), NOTE("03", "x"), NEW);
	taken(&im, 3);
	assert_non_null(opportunity_act(im.o, first));
	free(first);
	import_end(&im);
}

static void an_id_has_one_content(void **state)
{
	struct import im;

	(void)state;
	import_begin(&im);
	TAKE(&im, NEW, NOTE("03", "x") ",\"id\":\"n000000001\"");
	TAKE(&im, NOTE("03", "x") ",\"id\":\"n000000001\"");
	taken(&im, 0);
	TAKE(&im, NOTE("03", "z") ",\"id\":\"n000000001\"");
	fails(&im, 1, "is there already with other content");
	TAKE(&im, NOTE("04", "a") ",\"id\":\"n000000002\"",
		NOTE("04", "b") ",\"id\":\"n000000002\"");
	fails(&im, 2, "stands in line 1 with other content");
	import_end(&im);
}

static void the_later_edit_stands(void **state)
{
	struct import im;
	const struct act *a;

	(void)state;
	import_begin(&im);
	TAKE(&im, NEW, NOTE("03", "x") RECORDED("n000000001", "2"));
	TAKE(&im, NOTE("03", "y")
			  RECORDED("n000000001", "2") ",\"edited\":\"2026-11-18T09:00:00Z\"");
	taken(&im, 1);
	TAKE(&im,
		NOTE("03", "z")
			RECORDED("n000000001", "2") ",\"edited\":\"2026-11-17T09:00:00Z\"",
		NOTE("03", "x") RECORDED("n000000001", "2"));
	taken(&im, 0);
	a = opportunity_act(im.o, "n000000001");
	assert_string_equal(a->note, "y");
	import_end(&im);
}

/* The contact was taken back after the meeting he attended: none of it could be recorded
 * anew in this order, and all of it was recorded. */
static void recorded_acts_are_judged_as_on_their_day(void **state)
{
	struct import im;
	const char *const acts[] = {BEGUN RECORDED("a000000001", "1"),
		"\"act\":\"contact\",\"at\":\"2026-11-02T09:00:00Z\",\"change\":\"add\","
		"\"contact\":\"Jo\"" RECORDED("a000000002", "2"),
		MEETING("03", ",\"activity\":\"discovery\",\"to\":\"workshop\",\"attended\":["
			      "\"Jo\"]") RECORDED("a000000003", "3"),
		"\"act\":\"undo\",\"at\":\"2026-11-04T09:00:00Z\",\"takes_back\":"
		"\"a000000002\"" RECORDED("a000000004", "4"),
		NULL};

	(void)state;
	import_begin(&im);
	take(&im, acts);
	taken(&im, 4);
	assert_false(im.o->acts[2]->lenient);
	import_end(&im);
	import_begin(&im);
	TAKE(&im, acts[0], acts[2]);
	fails(&im, 2, "no contact 'Jo'");
	import_end(&im);
}

#define ABANDON                                                                                \
	"\"act\":\"abandon\",\"at\":\"2026-11-02T09:00:00Z\",\"cause\":\"gone\",\"because\":"  \
	"\"x\""

static void what_two_people_recorded_apart_comes_in_as_it_is(void **state)
{
	struct import im;

	(void)state;
	import_begin(&im);
	TAKE(&im, BEGUN RECORDED("a000000001", "1"), ABANDON RECORDED("a000000002", "2"),
		MEETING("03", ",\"activity\":\"discovery\"") RECORDED("a000000003", "2"));
	taken(&im, 3);
	import_end(&im);
	import_begin(&im);
	TAKE(&im, BEGUN RECORDED("a000000001", "1"), ABANDON RECORDED("a000000002", "2"),
		MEETING("03", ",\"activity\":\"discovery\"") RECORDED("a000000003", "3"));
	fails(&im, 3, "is abandoned since");
	import_end(&im);
}

static void lenient_takes_and_marks(void **state)
{
	struct import im;

	(void)state;
	import_begin(&im);
	TAKE(&im, NEW, "\"act\":\"meeting\",\"at\":\"2026-11-03T09:00:00Z\"");
	fails(&im, 2, "'--outcome' is missing");
	assert_true(im.faults.lenient_helps);
	import_end(&im);
	import_begin(&im);
	im.lenient = true;
	TAKE(&im, NEW, "\"act\":\"meeting\",\"at\":\"2026-11-03T09:00:00Z\"");
	taken(&im, 2);
	assert_true(im.o->acts[1]->lenient);
	assert_false(im.o->acts[0]->lenient);
	TAKE(&im, NOTE("02", "x"), "\"act\":\"contact\",\"at\":\"2026-11-03T09:00:00Z\"");
	fails(&im, 2, "a contact is added, set, left or removed");
	import_end(&im);
}

static void a_told_act_cannot_call_itself_lenient(void **state)
{
	struct import im;

	(void)state;
	import_begin(&im);
	TAKE(&im, NEW, "\"act\":\"meeting\",\"at\":\"2026-11-03T09:00:00Z\",\"lenient\":true");
	fails(&im, 2, "'--outcome' is missing");
	import_end(&im);
}

static void an_undo_that_was_told_is_judged(void **state)
{
	static const char undo[] = "\"act\":\"undo\",\"at\":\"2026-11-09T09:00:00Z\","
				   "\"takes_back\":\"m000000001\"";
	struct import im;

	(void)state;
	import_begin(&im);
	TAKE(&im, NEW, MEETING("03", ",\"id\":\"m000000001\""),
		MEETING("04", ",\"replaces\":\"m000000001\""), undo);
	fails(&im, 4, "could then not follow");
	import_end(&im);
	import_begin(&im);
	TAKE(&im, NEW, MEETING("03", ",\"id\":\"m000000001\""), undo,
		"\"minutes\":1,\"act\":\"undo\",\"at\":\"2026-11-09T10:00:00Z\","
		"\"takes_back\":\"m000000001\"");
	fails(&im, 4, "is taken back already");
	import_end(&im);
}

static void the_first_faults_are_kept(void **state)
{
	struct line_faults faults = {0};

	(void)state;
	for (unsigned i = 100; i; i--)
		line_faults_add(&faults, i, "%u", i);
	assert_int_equal(faults.total, 100);
	assert_int_equal(faults.n, LINE_FAULTS_MAX);
	for (unsigned i = 0; i < LINE_FAULTS_MAX; i++) {
		assert_int_equal(faults.items[i].line, i + 1);
		assert_int_equal(strtol(faults.items[i].message, NULL, 10), i + 1);
	}
	line_faults_release(&faults);
}

/* Whatever is sent as lines: no crash, and what was refused says why. */
static void acts_at_random_are_taken_or_refused(void **state)
{
	uint64_t seed = 11;

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct import im;
		struct act_lines lines = {0};
		struct lines_ground ground;

		import_begin(&im);
		ground = (struct lines_ground){.ground = im.given->ground,
			.by = "Ann <ann@b>",
			.find_process = find_field_process,
			.context = &im};
		ground.ground.lenient = round & 1;
		for (unsigned line = 1; line < 12; line++) {
			struct act *a = random_act(&seed);
			json_t *json;
			char *text;

			a->at.set = true;
			json = act_to_json(a, "acme", &im.given->clock);
			text = json_dumps(json, JSON_COMPACT);
			if (act_lines_read(
				    &lines, "acme", text, strlen(text), line, &im.given->clock))
				error_clear();
			free(text);
			json_decref(json);
			act_free(a);
		}
		act_lines_take(im.o, &lines, &ground, &im.faults, &im.added);
		assert_true(im.faults.total || im.added);
		act_lines_release(&lines);
		import_end(&im);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_told_act_is_completed),
		cmocka_unit_test(the_same_lines_make_the_same_acts),
		cmocka_unit_test(an_id_has_one_content),
		cmocka_unit_test(the_later_edit_stands),
		cmocka_unit_test(recorded_acts_are_judged_as_on_their_day),
		cmocka_unit_test(what_two_people_recorded_apart_comes_in_as_it_is),
		cmocka_unit_test(lenient_takes_and_marks),
		cmocka_unit_test(a_told_act_cannot_call_itself_lenient),
		cmocka_unit_test(an_undo_that_was_told_is_judged),
		cmocka_unit_test(the_first_faults_are_kept),
		cmocka_unit_test(acts_at_random_are_taken_or_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
