/* An opportunity's file: what is written reads back, faults have lines, hand edits become acts.
 */
#include "storage/storage.h"

#include "core/error.h"
#include "core/handedit.h"
#include "core/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define NEW                                                                                    \
	"[new aaaaaaaaa1]\nat = 2026-11-02T10:00:00+01:00\nseq = 1\n"                          \
	"by = Sam Sales <sam@example.com>\n"
#define TOP                                                                                    \
	"[opportunity]\ntitle = Website relaunch\nclient = Acme GmbH\nprocess = field\n"       \
	"activity = workshop\nstatus = open\nvalue = 12000.00 EUR\nowner = sam\n"              \
	"tags = web, renewal\nexpires = 2027-03-01\n"                                          \
	"contact = Jane Doe <jane@acme.example>; +34 600 111 222; CFO; decision-maker\n"
#define ACTS                                                                                   \
	NEW "title = Website relaunch\nclient = Acme GmbH\nprocess = field\n"                  \
	    "activity = discovery\nvalue = 12000.00 EUR\nowner = sam\ntag = web\n"             \
	    "tag = renewal\nexpires = 2027-03-01\n"                                            \
	    "contact = Jane Doe <jane@acme.example>; +34 600 111 222; CFO; decision-maker\n"   \
	    "next = 2026-11-10 15:00\n\n"                                                      \
	    "[meeting aaaaaaaaa2]\nat = 2026-11-10T15:00:00+01:00\n"                           \
	    "recorded = 2026-11-10T17:30:00+01:00\nseq = 2\n"                                  \
	    "by = Sam Sales <sam@example.com>\nminutes = 90\nreplaces = aaaaaaaaa1\n"          \
	    "activity = discovery\noutcome = proceed\nto = workshop\n"                         \
	    "next = 2026-12-24 15:00\nours-q1x2 = send the offer by 2026-12-01\n"              \
	    "theirs-w3e4 = Jane Doe: ask the board by 2026-12-20 12:00\n"                      \
	    "where = We like it; the board decides.\\n\n    Then we sign.\n"                   \
	    "unsure-r5t6 = Who pays for hosting?\n"

static int read_file(const char *text, struct opportunity **o, struct fact_list *declared)
{
	return opportunity_read(o, declared, "acme", "o/acme.ini", text, strlen(text));
}

static void reads(const char *text, struct opportunity **o, struct fact_list *declared)
{
	if (read_file(text, o, declared))
		fail_msg("%s", error_message(0));
}

static void refuses(const char *text, const char *message)
{
	struct opportunity *o;
	struct fact_list declared;

	assert_int_equal(read_file(text, &o, &declared), ERR_FAILED);
	if (!starts_with(error_message(0), message))
		fail_msg("got: %s\nnot: %s", error_message(0), message);
}

static void writes(const struct opportunity *o, const char *expected)
{
	struct str out = STR_INIT;

	opportunity_write(&out, o);
	assert_string_equal(out.buf, expected);
	str_release(&out);
}

/* The text with one part replaced; the caller frees. */
static char *with(const char *text, const char *part, const char *instead)
{
	const char *at = strstr(text, part);

	assert_non_null(at);
	return xstrfmt("%.*s%s%s", (int)(at - text), text, instead, at + strlen(part));
}

/* ---- reading and writing ---- */

static void test_round_trip(void **state)
{
	struct opportunity *o;
	struct fact_list declared;

	(void)state;
	reads(TOP "\n" ACTS, &o, &declared);
	assert_int_equal(o->n, 2);
	assert_string_equal(o->now.activity, "workshop");
	assert_string_equal(o->now.where, "We like it; the board decides.\n\nThen we sign.");
	assert_int_equal(o->acts[1]->line, 29);
	assert_string_equal(facts_get(&declared, "tags"), "web, renewal");
	assert_string_equal(o->path, "o/acme.ini");
	writes(o, TOP "\n" ACTS);
	facts_release(&declared);
	opportunity_free(o);
}

static void test_written_by_hand(void **state)
{
	struct opportunity *o, *again;
	struct fact_list declared;

	(void)state;
	reads("[new]\nat = 2026-11-02T10:00:00Z\ntitle = T\nprocess = field\nactivity = a\n"
	      "[note]\nat = 2026-11-02T10:00:00Z\nnote = one\n"
	      "[note]\nat = 2026-11-02T10:00:00Z\nnote = one\n",
		&o, &declared);
	assert_int_equal(o->n, 3);
	assert_int_equal(declared.n, 0);
	assert_string_not_equal(o->acts[1]->id, o->acts[2]->id);
	assert_true(o->acts[0]->recorded.utc == o->acts[0]->at.utc);
	reads("[new]\nat = 2026-11-02T10:00:00Z\ntitle = T\nprocess = field\nactivity = a\n",
		&again, &declared);
	assert_string_equal(o->acts[0]->id, again->acts[0]->id);
	opportunity_free(o);
	opportunity_free(again);
}

static void test_faults_have_lines(void **state)
{
	(void)state;
	refuses(TOP "\n[meetin aaaaaaaaa2]\n",
		"o/acme.ini:13: unknown section 'meetin aaaaaaaaa2' (did you mean 'meeting'?)");
	refuses(TOP "\n[note A]\n",
		"o/acme.ini:13: not the id of an act: 'A' (leave it out in an "
		"act written by hand)");
	refuses(NEW "titel = x\n", "o/acme.ini:5: unknown key 'titel' of 'new' (did you mean "
				   "'title'?)");
	refuses("[note]\nnote = x\n", "o/acme.ini:1: 'at' is missing: when did it happen?");
	refuses(NEW "\n" NEW,
		"o/acme.ini:6: the act 'aaaaaaaaa1' stands twice, first in line 1");
	refuses("[opportunity]\n\n[opportunity]\n",
		"o/acme.ini:3: the section '[opportunity]' stands twice");
	refuses("", "o/acme.ini: no act stands in it, '[new]' is the first");
	refuses("a = 1\n" NEW, "o/acme.ini:1: 'a' stands before the first section");
	refuses("[opportunity]\nclinet = x\n" NEW,
		"o/acme.ini:2: unknown key 'clinet' (did you mean 'client'?)");
	refuses("[opportunity]\ntitle = x\ntitle = y\n" NEW,
		"o/acme.ini:3: 'title' stands twice");
	refuses("<<<<<<< HEAD\n", "o/acme.ini:1: conflict marker '<<<<<<<'");
}

static void test_facts_on_top_must_read(void **state)
{
	(void)state;
	refuses("[opportunity]\nvalue = much\n" NEW, "o/acme.ini:2: 'value': ");
	refuses("[opportunity]\ncontact = <x@y>\n" NEW, "o/acme.ini:2: a contact needs a name");
	refuses("[opportunity]\ncontact = A <x@y>\ncontact = A; CFO\n" NEW,
		"o/acme.ini:3: the contact 'A' stands twice");
}

static void test_status_is_not_set_by_hand(void **state)
{
	char *text = with(TOP "\n" ACTS, "status = open", "status = won");

	(void)state;
	refuses(text,
		"o/acme.ini:6: 'status' is 'won' where the acts add up to 'open': it follows "
		"from them, use 'fu win'");
	free(text);
	text = with(TOP "\n" ACTS, "status = open", "status = happy");
	refuses(text,
		"o/acme.ini:6: unknown status 'happy' (one of: open, waiting, won, abandoned)");
	free(text);
}

/* ---- hand edits ---- */

static struct settings settings;
static struct clock test_clock;
static struct process *process;

static int set_up(void **state)
{
	struct zone *zone = zone_utc();

	(void)state;
	settings_init(&settings);
	test_clock = (struct clock){.zone = zone};
	moment_parse_rfc3339(&test_clock.now, "2026-11-20T12:00:00Z");
	process = process_new("field");
	return process_load_pair(process, "process", NULL, NULL) ||
	       process_load_pair(
		       process, "process", "activities", "discovery, workshop, proposal") ||
	       process_finish(process);
}

static int tear_down(void **state)
{
	(void)state;
	settings_release(&settings);
	process_free(process);
	zone_free((struct zone *)test_clock.zone);
	return 0;
}

/* Takes the edit of `before` (NULL: a new file) to `after`. */
static int take(const char *before, const char *after, const char *because,
	struct opportunity **out, struct breaches *b)
{
	struct opportunity *recorded = NULL, *edited;
	struct fact_list was = {0}, declared;
	struct ground g = {.settings = &settings, .process = process, .clock = &test_clock};
	int rc;

	if (before)
		reads(before, &recorded, &was);
	reads(after, &edited, &declared);
	*b = (struct breaches){0};
	rc = handedit_take(out,
		&(struct handedit){.recorded = recorded,
			.edited = edited,
			.declared = &declared,
			.by = "Kim <kim@example.com>",
			.because = because},
		&g, b);
	facts_release(&was);
	facts_release(&declared);
	opportunity_free(recorded);
	opportunity_free(edited);
	return rc;
}

static struct opportunity *takes(const char *before, const char *after, const char *because)
{
	struct opportunity *o;
	struct breaches b;

	if (take(before, after, because, &o, &b))
		fail_msg("%s", b.items[0].message);
	breaches_release(&b);
	return o;
}

static void takes_not(
	const char *before, const char *after, const char *because, const char *message)
{
	struct opportunity *o;
	struct breaches b;

	assert_int_equal(take(before, after, because, &o, &b), ERR_REFUSED);
	if (!strstr(b.items[0].message, message))
		fail_msg("got: %s\nnot: %s", b.items[0].message, message);
	breaches_release(&b);
	opportunity_free(o);
}

static void test_nothing_edited(void **state)
{
	struct opportunity *o = takes(TOP "\n" ACTS, TOP "\n" ACTS, NULL);

	(void)state;
	writes(o, TOP "\n" ACTS);
	opportunity_free(o);
	o = takes(TOP "\n" ACTS, "; a comment\n" TOP "\n\n" ACTS, NULL);
	writes(o, TOP "\n" ACTS);
	opportunity_free(o);
}

static void test_fact_changed_on_top(void **state)
{
	char *text = with(TOP "\n" ACTS, "value = 12000.00 EUR", "value = 15000 EUR");
	char *cleared = with(text, "owner = sam\n", "");
	struct opportunity *o = takes(TOP "\n" ACTS, cleared, NULL);
	const struct act *set = o->acts[2];

	(void)state;
	assert_int_equal(o->n, 3);
	assert_int_equal(set->kind, ACT_SET);
	assert_int_equal(set->facts.n, 2);
	assert_string_equal(facts_get(&set->facts, "value"), "15000.00 EUR");
	assert_string_equal(facts_get(&set->facts, "owner"), "");
	assert_string_equal(set->by, "Kim <kim@example.com>");
	assert_int_equal(set->seq, 3);
	assert_true(set->at.utc == test_clock.now.utc);
	assert_true(o->now.value.cents == 1500000);
	assert_null(o->now.owner);
	opportunity_free(o);
	free(cleared);
	free(text);
}

static void test_fact_shown_before_it_is_recorded(void **state)
{
	char *text = with(TOP "\n" ACTS, "title = Website relaunch", "title = Shop");
	struct opportunity *o;
	struct fact_list declared;

	(void)state;
	reads(text, &o, &declared);
	assert_string_equal(o->now.title, "Website relaunch");
	handedit_show(o, &declared);
	assert_string_equal(o->now.title, "Shop");
	assert_string_equal(o->now.activity, "workshop");
	facts_release(&declared);
	opportunity_free(o);
	free(text);
}

static void test_activity_changed_on_top_has_a_reason(void **state)
{
	char *text = with(TOP "\n" ACTS, "activity = workshop", "activity = proposal");
	char *odd = with(TOP "\n" ACTS, "activity = workshop", "activity = lunch");
	struct opportunity *o;

	(void)state;
	takes_not(TOP "\n" ACTS, odd, "why", "'lunch'");
	takes_not(TOP "\n" ACTS, text, NULL,
		"moving to another process or activity has a reason: '--because' is missing");
	o = takes(TOP "\n" ACTS, text, "they know what they want");
	assert_string_equal(o->now.activity, "proposal");
	assert_string_equal(o->acts[2]->because, "they know what they want");
	opportunity_free(o);
	free(odd);
	free(text);
}

static void test_contacts_changed_on_top(void **state)
{
	const char *jane = "contact = Jane Doe <jane@acme.example>; +34 600 111 222; CFO; "
			   "decision-maker\n";
	char *text = with(TOP "\n" ACTS, jane,
		"contact = Jane Doe <jane@acme.example>; +34 600; CEO; decision-maker\n"
		"contact = Bob; left: Jane Doe\n");
	char *without = with(TOP "\n" ACTS, jane, "");
	struct opportunity *o = takes(TOP "\n" ACTS, text, NULL);

	(void)state;
	assert_int_equal(o->n, 4);
	assert_int_equal(o->acts[2]->change, CONTACT_SET);
	assert_string_equal(facts_get(&o->acts[2]->facts, "phone"), "+34 600");
	assert_string_equal(facts_get(&o->acts[2]->facts, "role"), "CEO");
	assert_int_equal(o->acts[2]->facts.n, 2);
	assert_int_equal(o->acts[3]->change, CONTACT_ADD);
	assert_int_equal(o->now.contacts_n, 2);
	assert_string_equal(o->now.contacts[0].role, "CEO");
	opportunity_free(o);
	o = takes(TOP "\n" ACTS, without, NULL);
	assert_int_equal(o->acts[2]->change, CONTACT_RM);
	assert_int_equal(o->now.contacts_n, 0);
	opportunity_free(o);
	free(without);
	free(text);
}

static void test_act_changed(void **state)
{
	char *text = with(TOP "\n" ACTS, "minutes = 90", "minutes = 45");
	struct opportunity *o = takes(TOP "\n" ACTS, text, NULL);

	(void)state;
	assert_int_equal(o->n, 2);
	assert_int_equal(o->acts[1]->minutes, 45);
	assert_true(o->acts[1]->edited.utc == test_clock.now.utc);
	assert_false(o->acts[0]->edited.set);
	opportunity_free(o);
	free(text);
}

/* The top says what it said: who edits the act means the act. */
static void test_act_changed_that_gives_a_fact(void **state)
{
	char *text = with(TOP "\n" ACTS, "to = workshop", "to = proposal");
	struct opportunity *o = takes(TOP "\n" ACTS, text, NULL);

	(void)state;
	assert_int_equal(o->n, 2);
	assert_string_equal(o->now.activity, "proposal");
	opportunity_free(o);
	free(text);
}

static void test_time_of_an_act_corrected(void **state)
{
	char *text = with(TOP "\n" ACTS, "at = 2026-11-02T10:00", "at = 2026-11-02T09:00");
	struct opportunity *o = takes(TOP "\n" ACTS, text, NULL);

	(void)state;
	assert_int_equal(o->acts[0]->recorded.utc - o->acts[0]->at.utc, 3600);
	opportunity_free(o);
	free(text);
	text = with(TOP "\n" ACTS, "recorded = 2026-11-10T17", "recorded = 2026-11-10T16");
	takes_not(TOP "\n" ACTS, text, NULL,
		"the meeting (aaaaaaaaa2) keeps its 'recorded' and 'seq' as they are");
	free(text);
}

static void test_files_only_grow(void **state)
{
	char *text = with(TOP "\n" ACTS, "activity = workshop", "activity = discovery");

	(void)state;
	*strstr(text, "[meeting") = '\0';
	takes_not(TOP "\n" ACTS, text, NULL,
		"the meeting (aaaaaaaaa2) is gone: files only grow, 'fu undo' takes an act "
		"back");
	free(text);
	text = with(TOP "\n" ACTS, "[meeting aaaaaaaaa2]", "[note aaaaaaaaa2]");
	*strstr(text, "activity = workshop") = ';';
	*strstr(text, "activity = discovery\noutcome") = '\0';
	takes_not(TOP "\n" ACTS, text, NULL,
		"the note (aaaaaaaaa2) was of another kind: write an act of your own, without "
		"an id");
	free(text);
}

static void test_act_written_by_hand(void **state)
{
	struct opportunity *o = takes(TOP "\n" ACTS,
		TOP "\n" ACTS "\n[note]\nat = 2026-11-12T09:00:00Z\nnote = they called\n",
		NULL);
	const struct act *note = o->acts[2];

	(void)state;
	assert_int_equal(note->kind, ACT_NOTE);
	assert_int_equal(note->seq, 3);
	assert_int_equal(strlen(note->id), ACT_ID_LEN);
	assert_string_equal(note->by, "Kim <kim@example.com>");
	assert_true(note->recorded.utc == test_clock.now.utc);
	opportunity_free(o);
	takes_not(TOP "\n" ACTS,
		TOP "\n" ACTS "\n[note]\nat = 2026-11-30T09:00:00Z\nnote = x\n", NULL,
		"what has happened cannot lie in the future: 'Mon 30 Nov 09:00'");
}

static void test_new_file(void **state)
{
	struct opportunity *o = takes(NULL,
		"[new]\nat = 2026-11-12T09:00:00Z\ntitle = T\nclient = C\nprocess = field\n"
		"activity = discovery\n",
		NULL);

	(void)state;
	assert_int_equal(o->n, 1);
	assert_int_equal(o->now.status, STATUS_OPEN);
	opportunity_free(o);
	o = takes(NULL, TOP "\n" ACTS, NULL);
	writes(o, TOP "\n" ACTS);
	opportunity_free(o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_written_by_hand),
		cmocka_unit_test(test_faults_have_lines),
		cmocka_unit_test(test_facts_on_top_must_read),
		cmocka_unit_test(test_status_is_not_set_by_hand),
		cmocka_unit_test(test_nothing_edited),
		cmocka_unit_test(test_fact_changed_on_top),
		cmocka_unit_test(test_fact_shown_before_it_is_recorded),
		cmocka_unit_test(test_activity_changed_on_top_has_a_reason),
		cmocka_unit_test(test_contacts_changed_on_top),
		cmocka_unit_test(test_act_changed),
		cmocka_unit_test(test_act_changed_that_gives_a_fact),
		cmocka_unit_test(test_time_of_an_act_corrected),
		cmocka_unit_test(test_files_only_grow),
		cmocka_unit_test(test_act_written_by_hand),
		cmocka_unit_test(test_new_file),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
