#include "given.h"

#include "core/ics.h"

#include <stdio.h>

static char *read_file(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	struct str out = STR_INIT;
	int c;

	assert_non_null(f);
	while ((c = getc(f)) != EOF)
		str_addch(&out, (char)c);
	fclose(f);
	*len = out.len;
	return str_detach(&out);
}

static struct zone *zone_named(const char *name)
{
	char *path = xstrfmt("/usr/share/zoneinfo/%s", name);
	struct zone *zone;
	size_t len;
	char *bytes = read_file(path, &len);

	assert_int_equal(zone_parse(&zone, name, bytes, len), 0);
	free(bytes);
	free(path);
	return zone;
}

static void lines_are_folded_between_characters(void **state)
{
	struct str out = STR_INIT, text = STR_INIT;
	size_t at = 0;

	(void)state;
	for (int i = 0; i < 200; i++)
		str_add(&text, i % 3 ? "\xc3\xa9" : "a"); /* é */
	ics_add_text(&out, "SUMMARY", text.buf);
	while (at < out.len) {
		const char *line = out.buf + at;
		size_t len = (size_t)(strstr(line, "\r\n") - line);

		assert_true(len <= 75);
		assert_true(at == 0 || *line == ' ');
		assert_int_not_equal((unsigned char)line[1] & 0xC0, at ? 0x80 : -1);
		at += len + 2;
	}
	str_release(&text);
	str_release(&out);
}

static void a_line_of_75_bytes_is_not_folded(void **state)
{
	struct str out = STR_INIT;
	char value[74];

	(void)state;
	memset(value, 'x', sizeof(value));
	value[73] = '\0';
	ics_add_line(&out, "X", value); /* 75 with "X:" */
	assert_int_equal(out.len, 77);
	str_truncate(&out, 0);
	ics_add_line(&out, "XY", value);
	assert_int_equal(out.len, 76 + 2 + 3);
	assert_string_equal(out.buf + 75, "\r\n x\r\n");
	str_release(&out);
}

static void text_is_escaped_and_made_safe(void **state)
{
	struct str out = STR_INIT;

	(void)state;
	ics_add_text(&out, "X", "a,b;c\\d\ne\x1b[31m\rf");
	assert_string_equal(out.buf, "X:a\\,b\\;c\\\\d\\ne\\\\x1b[31m\\\\rf\r\n");
	str_release(&out);
}

static void says(const char *zone_file, int first, int last, const char *expected)
{
	struct zone *zone = zone_named(zone_file);
	struct ics_zone z = {.zone = zone, .first_year = first, .last_year = last};
	struct str out = STR_INIT;

	ics_add_zone(&out, &z);
	if (!strstr(out.buf, expected))
		fail_msg("%s: no '%s' in\n%s", zone_file, expected, out.buf);
	str_release(&out);
	zone_free(zone);
}

static void zones_are_told_by_their_rule_or_change_by_change(void **state)
{
	(void)state;
	says("Europe/Madrid", 2026, 2040,
		"BEGIN:DAYLIGHT\r\nDTSTART:20250330T020000\r\n"
		"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
		"TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n");
	says("America/New_York", 2026, 2026,
		"BEGIN:STANDARD\r\nDTSTART:20251102T020000\r\n"
		"RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\n"
		"TZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\n");
	/* The rule is younger than the year before. */
	says("America/New_York", 2007, 2007,
		"DTSTART:20061029T020000\r\nTZOFFSETFROM:-0400\r\n");
	says("Asia/Kolkata", 2026, 2026,
		"BEGIN:STANDARD\r\nDTSTART:20250101T053000\r\n"
		"TZOFFSETFROM:+0530\r\nTZOFFSETTO:+0530\r\n");
	/* Ramadan: no rule could say that. */
	says("Africa/Casablanca", 2026, 2026,
		"DTSTART:20260215T030000\r\nTZOFFSETFROM:+0100\r\n");
}

/* ---- opportunities ---- */

static char *calendar(struct given *g, const struct opportunity *o, bool as_event, bool private)
{
	const struct ics_choice choice = {.todo_as_event = as_event, .private = private};
	struct str out = STR_INIT;
	struct ics w;

	ics_init(&w, &g->clock);
	ics_add_opportunity(&w, o, &choice);
	ics_finish(&w, &out);
	ics_release(&w);
	return str_detach(&out);
}

/* How often the text is in it. */
static int count(const char *calendar, const char *text)
{
	int n = 0;

	for (const char *p = strstr(calendar, text); p; p = strstr(p + 1, text))
		n++;
	return n;
}

static void has(struct given *g, const struct opportunity *o, const char *text, int times)
{
	char *text_of = calendar(g, o, false, false);

	if (count(text_of, text) != times)
		fail_msg("'%s' is not %d times in\n%s", text, times, text_of);
	free(text_of);
}

static struct act *schedule(struct given *g, const char *next)
{
	struct act *a = given_act(g, ACT_SCHEDULE, "next", next, NULL);

	g->clock.now.utc += 60;
	return a;
}

static void a_moved_appointment_stays_one(void **state)
{
	struct given *g = given_new("discovery, workshop", false);
	struct opportunity *o = given_open(g);
	struct act *first = schedule(g, "2026-11-24 15:00");
	char *uid = xstrfmt("UID:%s@fu\r\n", first->id), *again;

	(void)state;
	given_takes(g, o, first);
	has(g, o, uid, 1);
	has(g, o, "SEQUENCE:0\r\n", 1);
	has(g, o, "DTSTART:20261124T150000Z\r\n", 1);
	has(g, o, "DURATION:PT1H\r\n", 1);
	has(g, o, "SUMMARY:Acme: discovery\r\n", 1);
	given_takes(g, o, schedule(g, "2026-11-25 16:00"));
	has(g, o, "BEGIN:VEVENT\r\n", 1);
	has(g, o, uid, 1);
	has(g, o, "SEQUENCE:1\r\n", 1);
	has(g, o, "DTSTART:20261125T160000Z\r\n", 1);
	/* The client calls and names another time: it is the same one still. */
	given_takes(g, o, given_act(g, ACT_HEARD, "next", "2026-11-26 9:00", NULL));
	has(g, o, uid, 1);
	has(g, o, "SEQUENCE:2\r\n", 1);
	again = calendar(g, o, false, false);
	has(g, o, again, 1);
	free(again);
	free(uid);
	opportunity_free(o);
	given_free(g);
}

static void taking_a_move_back_raises_the_sequence(void **state)
{
	struct given *g = given_new("discovery, workshop", false);
	struct opportunity *o = given_open(g);
	struct act *moved, *undo;

	(void)state;
	given_takes(g, o, schedule(g, "2026-11-24 15:00"));
	moved = schedule(g, "2026-11-25 16:00");
	given_takes(g, o, moved);
	undo = act_new(ACT_UNDO);
	undo->id = xstrdup("undoundo00");
	undo->takes_back = xstrdup(moved->id);
	given_takes(g, o, undo);
	has(g, o, "BEGIN:VEVENT\r\n", 1);
	has(g, o, "DTSTART:20261124T150000Z\r\n", 1);
	has(g, o, "SEQUENCE:2\r\n", 1);
	has(g, o, "STATUS:CONFIRMED\r\n", 1);
	opportunity_free(o);
	given_free(g);
}

static void a_cancelled_one_is_told_for_a_month(void **state)
{
	struct given *g = given_new("discovery, workshop", false);
	struct opportunity *o = given_open(g);

	(void)state;
	given_takes(g, o, schedule(g, "2026-11-24 15:00"));
	given_takes(
		g, o, given_act(g, ACT_CANCEL, "side", "them", "again", "2026-11-26", NULL));
	has(g, o, "STATUS:CANCELLED\r\n", 1);
	has(g, o, "SEQUENCE:1\r\n", 1);
	has(g, o, "BEGIN:VALARM", 0);
	has(g, o, "BEGIN:VTODO", 1);
	has(g, o, "DUE;VALUE=DATE:20261126\r\n", 1);
	has(g, o, "SUMMARY:call Acme: book the discovery\r\n", 1);
	given_day_passes(g, 33);
	has(g, o, "STATUS:CANCELLED\r\n", 1);
	given_day_passes(g, 3);
	has(g, o, "BEGIN:VEVENT", 0);
	has(g, o, "BEGIN:VTODO", 1); /* it is still to be made */
	opportunity_free(o);
	given_free(g);
}

static void a_meeting_begins_a_new_one(void **state)
{
	struct given *g = given_new("discovery, workshop, decision", false);
	struct opportunity *o = given_open(g);

	(void)state;
	given_takes(g, o, schedule(g, "2026-11-20 11:00"));
	g->clock.now.utc += 2 * 3600;
	given_takes(g, o,
		given_act(g, ACT_MEETING, "outcome", "proceed", "next", "2026-11-24 15:00",
			"for", "90 min", "place", "there, upstairs", "ours",
			"send the offer by 2026-11-23", "theirs", "none", NULL));
	has(g, o, "BEGIN:VEVENT\r\n", 2);
	has(g, o, "STATUS:CONFIRMED\r\n", 2);
	has(g, o, "BEGIN:VALARM\r\n", 1);
	has(g, o, "DURATION:PT90M\r\n", 1);
	has(g, o, "LOCATION:there\\, upstairs\r\n", 1);
	has(g, o, "SUMMARY:Acme: workshop\r\n", 1);
	has(g, o, "BEGIN:VTODO\r\n", 1);
	has(g, o, "SUMMARY:Acme: send the offer\r\n", 1);
	has(g, o, "STATUS:NEEDS-ACTION\r\n", 1);
	given_takes(g, o,
		given_act(g, ACT_COMMITMENT, "commitment", o->now.commitments[0].promise->id,
			"to", "kept", NULL));
	has(g, o, "STATUS:COMPLETED\r\n", 1);
	has(g, o, "COMPLETED:20261120T120100Z\r\n", 1);
	opportunity_free(o);
	given_free(g);
}

static void private_tells_no_names_and_no_words(void **state)
{
	struct given *g = given_new("discovery, workshop, decision", false);
	struct opportunity *o = given_open(g);
	char *text;

	(void)state;
	given_takes(g, o,
		given_act(g, ACT_MEETING, "outcome", "proceed", "next", "2026-11-24 15:00",
			"place", "upstairs", "with", "Jane Doe", "ours",
			"send the offer by 2026-11-23", "theirs", "none", NULL));
	text = calendar(g, o, false, true);
	assert_int_equal(count(text, "CLASS:PRIVATE"), 2);
	for (const char *const *word = (const char *const[]){"Acme", "acme", "Jane", "upstairs",
		     "offer", "Website", "Sam", NULL};
		*word; word++)
		assert_int_equal(count(text, *word), 0);
	free(text);
	text = calendar(g, o, true, false);
	assert_int_equal(count(text, "BEGIN:VTODO"), 0);
	assert_int_equal(count(text, "BEGIN:VEVENT"), 2);
	assert_int_equal(
		count(text, "DTSTART;VALUE=DATE:20261123\r\nDTEND;VALUE=DATE:20261124"), 1);
	free(text);
	opportunity_free(o);
	given_free(g);
}

static void closing_cancels_what_was_ahead(void **state)
{
	struct given *g = given_new("discovery, workshop", false);
	struct opportunity *o = given_open(g);

	(void)state;
	given_takes(g, o, schedule(g, "2026-11-24 15:00"));
	given_takes(g, o, given_act(g, ACT_ABANDON, "cause", "gone", "because", "sold", NULL));
	has(g, o, "STATUS:CANCELLED\r\n", 1);
	has(g, o, "SEQUENCE:1\r\n", 1);
	opportunity_free(o);
	given_free(g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_folded_between_characters),
		cmocka_unit_test(a_line_of_75_bytes_is_not_folded),
		cmocka_unit_test(text_is_escaped_and_made_safe),
		cmocka_unit_test(zones_are_told_by_their_rule_or_change_by_change),
		cmocka_unit_test(a_moved_appointment_stays_one),
		cmocka_unit_test(taking_a_move_back_raises_the_sequence),
		cmocka_unit_test(a_cancelled_one_is_told_for_a_month),
		cmocka_unit_test(a_meeting_begins_a_new_one),
		cmocka_unit_test(private_tells_no_names_and_no_words),
		cmocka_unit_test(closing_cancels_what_was_ahead),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
