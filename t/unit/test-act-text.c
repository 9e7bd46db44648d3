#include "random-act.h"

#include "core/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#define ROUNDS 20000

/* ---- stored ---- */

static void load_into(void *copy, const char *key, const char *value)
{
	if (act_load_pair(copy, key, value))
		fail_msg("%s = %s: %s", key, value, error_message(0));
}

static void store_all(const struct act *a, pair_sink sink, void *context)
{
	const struct field *f[FIELDS_MAX];
	size_t n = fields_of(a->kind, f, FIELDS_MAX);

	for (size_t i = 0; i < n; i++)
		field_store(a, f[i], sink, context);
}

static void what_is_stored_comes_back(void **state)
{
	uint64_t seed = 20261120;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct act *a = random_act(&seed), *copy = act_new(a->kind);

		copy->id = xstrdup(a->id);
		store_all(a, load_into, copy);
		if (!act_equal(a, copy))
			fail_msg("round %d: an act '%s' differs", round,
				act_kinds[a->kind].name);
		act_free(a);
		act_free(copy);
	}
}

static void add_pair(void *text, const char *key, const char *value)
{
	str_addf(text, "%s = %s\n", key, value);
}

static void files_are_pleasant_to_read(void **state)
{
	struct act *a = act_new(ACT_MEETING);
	struct when due = when_from_day(20783);
	struct str text = STR_INIT;

	(void)state;
	a->outcome = OUTCOME_PROCEED;
	promises_add(&a->ours, "k2d9", NULL, "send the draft", &due);
	promises_add(&a->theirs, "p3xa", "Jane Doe", "say: yes", NULL);
	questions_add(&a->unsure, "q1ab", "the budget");
	list_add(&a->options, "buy");
	list_add(&a->options, "rent");
	store_all(a, add_pair, &text);
	assert_string_equal(text.buf, "outcome = proceed\n"
				      "option = buy\n"
				      "option = rent\n"
				      "ours-k2d9 = send the draft by 2026-11-26\n"
				      "theirs-p3xa = Jane Doe: say: yes by -\n"
				      "unsure-q1ab = the budget\n");
	act_free(a);
	a = act_new(ACT_SET);
	facts_set(&a->facts, "via", "");
	facts_set(&a->facts, "title", "New");
	str_truncate(&text, 0);
	store_all(a, add_pair, &text);
	assert_string_equal(text.buf, "set-via = \nset-title = New\n");
	act_free(a);
	a = act_new(ACT_MEETING);
	a->ours.none = true;
	str_truncate(&text, 0);
	store_all(a, add_pair, &text);
	assert_string_equal(text.buf, "ours = none\n");
	act_free(a);
	str_release(&text);
}

static void refuses_pair(
	enum act_kind kind, const char *key, const char *value, const char *in_message)
{
	struct act *a = act_new(kind);

	assert_int_equal(act_load_pair(a, key, value), ERR_FAILED);
	assert_int_equal(error_count(), 1);
	if (!strstr(error_message(0), in_message))
		fail_msg("'%s' does not hold '%s'", error_message(0), in_message);
	act_free(a);
}

static void damaged_pairs_are_named(void **state)
{
	struct act *a = act_new(ACT_MEETING);

	(void)state;
	refuses_pair(ACT_MEETING, "outcom", "proceed", "'outcome'");
	refuses_pair(ACT_MEETING, "outcome", "procede", "'proceed'");
	refuses_pair(ACT_MEETING, "options", "buy", "'option'");
	refuses_pair(ACT_MEETING, "facts", "x", "'facts'");
	refuses_pair(ACT_MEETING, "set-title", "x", "'set-title'");
	refuses_pair(ACT_MEETING, "ours-K!", "x by -", "'ours-K!'");
	refuses_pair(ACT_MEETING, "outcome-x", "proceed", "'outcome-x'");
	refuses_pair(ACT_MEETING, "ours-ab", "call", "'ours-ab': ");
	refuses_pair(ACT_MEETING, "ours-ab", "call by friday", "friday");
	refuses_pair(ACT_MEETING, "wait", "2026-11-20 15:00", "'wait': ");
	refuses_pair(ACT_MEETING, "next", "soon", "'next': ");
	refuses_pair(ACT_MEETING, "minutes", "-5", "-5");
	refuses_pair(ACT_MEETING, "lenient", "maybe", "maybe");
	refuses_pair(ACT_MEETING, "at", "2026-11-20", "'at': ");
	refuses_pair(ACT_NEW, "value", "12000", "12000");
	refuses_pair(ACT_NEW, "contact", "Jane; 1; 2", "'contact': ");
	refuses_pair(ACT_SET, "set-colour", "red", "colour");
	refuses_pair(ACT_SET, "set-value", "many", "many");
	refuses_pair(ACT_SET, "set-expires", "2026-11-20 10:00", "'set-expires': ");
	refuses_pair(ACT_CONTACT, "set-phone", "office", "office");
	assert_int_equal(act_load_pair(a, "where", "one"), 0);
	assert_int_equal(act_load_pair(a, "where", "two"), ERR_FAILED);
	assert_int_equal(act_load_pair(a, "ours", "none"), 0);
	assert_int_equal(act_load_pair(a, "ours-ab", "call by -"), ERR_FAILED);
	act_free(a);
}

/* ---- typed: Friday 20 November 2026, 10:00 in Madrid ---- */

struct typing {
	struct clock clock;
	struct list names;
	struct typed ctx;
};

static struct typing *typing_new(void)
{
	struct typing *t = xcalloc(1, sizeof(*t));

	t->clock = test_clock(MADRID, "2026-11-20T10:00:00+01:00");
	list_add(&t->names, "Jane Doe");
	list_add(&t->names, "Jörg Moe");
	list_add(&t->names, "Jana");
	t->ctx = (struct typed){.clock = &t->clock, .currency = "EUR", .names = &t->names};
	return t;
}

static void typing_free(struct typing *t)
{
	list_release(&t->names);
	free(t);
	error_clear();
}

/* What the field's stored form is once this was typed. */
static void becomes(enum act_kind kind, const char *name, const char *typed, const char *want)
{
	struct typing *t = typing_new();
	struct act *a = act_new(kind);
	const struct field *f = act_field(kind, name);
	struct str text = STR_INIT;

	assert_non_null(f);
	if (field_set_typed(a, f, typed, &t->ctx))
		fail_msg("%s '%s': %s", name, typed, error_message(0));
	field_store(a, f, add_pair, &text);
	assert_string_equal(text.buf, want);
	str_release(&text);
	act_free(a);
	typing_free(t);
}

static void refuses_as(int code, enum act_kind kind, const char *name, const char *typed,
	const char *in_message)
{
	struct typing *t = typing_new();
	struct act *a = act_new(kind);
	const struct field *f = act_field(kind, name);

	assert_int_equal(field_set_typed(a, f, typed, &t->ctx), code);
	assert_false(field_is_set(a, f));
	if (!strstr(error_message(0), in_message))
		fail_msg("'%s' does not hold '%s'", error_message(0), in_message);
	act_free(a);
	typing_free(t);
}

static void refuses(
	enum act_kind kind, const char *name, const char *typed, const char *in_message)
{
	refuses_as(ERR_USAGE, kind, name, typed, in_message);
}

static void simple_fields_are_typed(void **state)
{
	(void)state;
	becomes(ACT_MEETING, "where", "they are \x1b[1m keen",
		"where = they are \x1b[1m keen\n");
	becomes(ACT_MEETING, "where", "  \n", "");
	becomes(ACT_MEETING, "outcome", "repeat", "outcome = repeat\n");
	becomes(ACT_MEETING, "minutes", "45", "minutes = 45\n");
	becomes(ACT_NOTE, "decided", NULL, "decided = yes\n");
	becomes(ACT_NOTE, "decided", "no", "");
	becomes(ACT_MEETING, "for", "1h", "for = 1 hour\n");
	becomes(ACT_NEW, "value", "12000", "value = 12000.00 EUR\n");
	becomes(ACT_NEW, "tags", "a, b,a", "tag = a\ntag = b\n");
	becomes(ACT_MEETING, "options", "buy; rent it;", "option = buy\noption = rent it\n");
	becomes(ACT_MEETING, "attended", " Jane ", "attended = Jane\n");
	becomes(ACT_NEW, "contacts", "Jo ; decision-maker; +1",
		"contact = Jo; +1; decision-maker\n");
	becomes(ACT_MEETING, "unsure", "the budget?", "unsure = the budget?\n");
	becomes(ACT_MEETING, "at", "yesterday 15:00", "at = 2026-11-19T15:00:00+01:00\n");
	refuses(ACT_MEETING, "outcome", "procede", "did you mean 'proceed'");
	refuses(ACT_MEETING, "temperature", "boiling", "cold, cool, warm, hot");
	refuses(ACT_MEETING, "outcome", "Proceed", "'Proceed'");
	refuses(ACT_MEETING, "minutes", "1.5", "1.5");
	refuses(ACT_MEETING, "minutes", "", "minutes");
	refuses(ACT_MEETING, "where", "\xff", "UTF-8");
	refuses(ACT_NEW, "value", "12,000", "12,000");
	refuses(ACT_NEW, "value", "9999999999999999.99 EUR", "too large");
	refuses(ACT_NEW, "contacts", "; CFO", "name");
}

static void dates_are_typed(void **state)
{
	(void)state;
	becomes(ACT_MEETING, "next", "tue 15:00", "next = 2026-11-24 15:00\n");
	becomes(ACT_MEETING, "next", "tue 15:00 Europe/Lisbon",
		"next = 2026-11-24 15:00 Europe/Lisbon\n");
	becomes(ACT_MEETING, "confirm", "tue 15:00 Europe/Lisbon",
		"confirm = 2026-11-24 16:00\n");
	becomes(ACT_MEETING, "confirm", "thu", "confirm = 2026-11-26\n");
	becomes(ACT_WAIT, "wait", "in 2 weeks", "wait = 2026-12-04\n");
	refuses(ACT_WAIT, "wait", "tue 15:00", "tue 15:00");
	refuses(ACT_WAIT, "wait", "someday", "someday");
}

static void promises_are_split_at_the_last_date(void **state)
{
	(void)state;
	becomes(ACT_MEETING, "ours", "none", "ours = none\n");
	becomes(ACT_MEETING, "ours", "send the draft by tue",
		"ours = send the draft by 2026-11-24\n");
	becomes(ACT_MEETING, "ours", "pass by the office by thu 12:00",
		"ours = pass by the office by 2026-11-26 12:00\n");
	becomes(ACT_MEETING, "ours", "pass by the office", "ours = pass by the office by -\n");
	becomes(ACT_MEETING, "ours", "finish by tue by train",
		"ours = finish by tue by train by -\n");
	becomes(ACT_MEETING, "ours", "call by tue 15:00 Europe/Lisbon",
		"ours = call by 2026-11-24 16:00\n");
	becomes(ACT_MEETING, "theirs", "jane d: ask the board by 2026-11-26",
		"theirs = Jane Doe: ask the board by 2026-11-26\n");
	becomes(ACT_MEETING, "theirs", "JORG: sign", "theirs = Jörg Moe: sign by -\n");
	becomes(ACT_MEETING, "theirs", "Jana: sign", "theirs = Jana: sign by -\n");
	becomes(ACT_MEETING, "theirs", "Note: sign", "theirs = : Note: sign by -\n");
	becomes(ACT_MEETING, "theirs", "see http://x.example",
		"theirs = see http://x.example by -\n");
	refuses_as(ERR_MISSING, ACT_MEETING, "theirs", "Jan: sign", "'Jane Doe'");
	refuses(ACT_MEETING, "theirs", "Jane: by tue", "what");
	refuses(ACT_MEETING, "theirs", " ", "what");
	refuses(ACT_MEETING, "theirs", ": by tue", "what is promised is missing in ': by tue'");
	refuses(ACT_MEETING, "theirs", "Jane Doe: by by tue", "what");
	refuses(ACT_MEETING, "ours", "by tue", "what is promised is missing in 'by tue'");
	refuses(ACT_MEETING, "ours", "... by tue", "what");
	refuses(ACT_MEETING, "ours", "-", "what");
	becomes(ACT_MEETING, "ours", "by post", "ours = by post by -\n");
	becomes(ACT_MEETING, "ours", "é", "ours = é by -\n");
	becomes(ACT_MEETING, "ours", "None", "ours = none\n");
	becomes(ACT_MEETING, "theirs", " NONE ", "theirs = none\n");
}

static void none_and_a_commitment_exclude_each_other(void **state)
{
	struct typing *t = typing_new();
	struct act *a = act_new(ACT_MEETING);
	const struct field *ours = field_find("ours");

	(void)state;
	assert_int_equal(field_set_typed(a, ours, "call by tue", &t->ctx), 0);
	assert_int_equal(field_set_typed(a, ours, "write by tue", &t->ctx), 0);
	assert_int_equal(a->ours.n, 2);
	assert_int_equal(field_set_typed(a, ours, "none", &t->ctx), ERR_USAGE);
	field_clear(a, ours);
	assert_int_equal(field_set_typed(a, ours, "none", &t->ctx), 0);
	assert_int_equal(field_set_typed(a, ours, "none", &t->ctx), 0);
	assert_int_equal(field_set_typed(a, ours, "call by tue", &t->ctx), ERR_USAGE);
	act_free(a);
	typing_free(t);
}

static void facts_are_typed(void **state)
{
	(void)state;
	becomes(ACT_SET, "facts", "title=a=b", "set-title = a=b\n");
	becomes(ACT_SET, "facts", "via=", "set-via = \n");
	becomes(ACT_SET, "facts", "value=100", "set-value = 100.00 EUR\n");
	becomes(ACT_SET, "facts", "expires=in 2 weeks", "set-expires = 2026-12-04\n");
	becomes(ACT_SET, "facts", "interval=6w", "set-interval = 6 weeks\n");
	becomes(ACT_SET, "facts", "tags=a,b , a", "set-tags = a, b\n");
	becomes(ACT_SET, "facts", "external-id=7", "set-external_id = 7\n");
	becomes(ACT_CONTACT, "facts", "role=CFO", "set-role = CFO\n");
	refuses(ACT_SET, "facts", "titel=x", "did you mean 'title'");
	refuses(ACT_SET, "facts", "title", "<key>=<value>");
	refuses(ACT_SET, "facts", "=x", "<key>=<value>");
	refuses(ACT_SET, "facts", "value=lots", "lots");
	refuses(ACT_SET, "facts", "expires=tue 15:00", "day");
	refuses(ACT_CONTACT, "facts", "phoen=1", "did you mean 'phone'");
}

static void a_contact_is_added_in_full_and_changed_by_name(void **state)
{
	struct typing *t = typing_new();
	struct act *a = act_new(ACT_CONTACT);
	const struct field *contact = field_find("contact");

	(void)state;
	a->change = CONTACT_ADD;
	assert_int_equal(field_set_typed(a, contact, "Jo;CFO", &t->ctx), 0);
	assert_string_equal(a->contact, "Jo; CFO");
	assert_int_equal(field_set_typed(a, contact, "; CFO", &t->ctx), ERR_USAGE);
	a->change = CONTACT_RM;
	assert_int_equal(field_set_typed(a, contact, "Jo", &t->ctx), 0);
	assert_string_equal(a->contact, "Jo");
	act_free(a);
	typing_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_stored_comes_back),
		cmocka_unit_test(files_are_pleasant_to_read),
		cmocka_unit_test(damaged_pairs_are_named),
		cmocka_unit_test(simple_fields_are_typed),
		cmocka_unit_test(dates_are_typed),
		cmocka_unit_test(promises_are_split_at_the_last_date),
		cmocka_unit_test(none_and_a_commitment_exclude_each_other),
		cmocka_unit_test(facts_are_typed),
		cmocka_unit_test(a_contact_is_added_in_full_and_changed_by_name),
	};

	return cmocka_run_group_tests(tests, test_zones_make, test_zones_free);
}
