/* Import maps, and what rows mean in acts: the first time, and the next. */
#include "given.h"

#include "core/import_acts.h"
#include "core/import_text.h"

static struct import_map *map_of(const char *const *triples)
{
	struct import_map *map = import_map_new("test");

	for (; *triples; triples += 3)
		if (import_map_load_pair(map, triples[0], triples[1], triples[2]))
			fail_msg("%s", error_message(0));
	return map;
}

static const char *const shop_map[] = {"import", "date", "M/D/YY", "import", "empty",
	"00/00/0000", "columns", "No", "external_id", "columns", "What", "title", "columns",
	"Who", "client", "columns", "Stage", "status", "columns", "From", "opened", "columns",
	"To", "closed", "columns", "Sum", "value", "values stage", "Won", "status: won",
	"values stage", "Lost", "status: abandoned; cause: timing", "values stage", "Busy",
	"status: open; tag: busy", "values sum", "0", "", "constants", "currency", "USD", NULL};

struct shop {
	struct given *g;
	struct import_map *map;
	struct import_columns columns;
	struct import_stamp stamp;
};

static void fill(struct list *l, const char *csv)
{
	char *copy = xstrdup(csv), *rest = copy;

	list_release(l);
	while (rest)
		list_add(l, strsep(&rest, ","));
	free(copy);
}

static struct shop *shop_new(void)
{
	struct shop *s = xcalloc(1, sizeof(*s));
	struct list header = {0};

	s->g = given_new("discovery, decision", false);
	s->g->ground.lenient = true;
	s->map = map_of(shop_map);
	fill(&header, "No,What,who,Stage,From,To,Sum,Remark");
	assert_int_equal(import_columns_find(&s->columns, s->map, &header), 0);
	list_release(&header);
	s->stamp = (struct import_stamp){
		.by = "Sam <sam@example.com>", .clock = &s->g->clock, .process = "field"};
	return s;
}

static void shop_free(struct shop *s)
{
	import_columns_release(&s->columns);
	import_map_free(s->map);
	given_free(s->g);
	free(s);
}

static int read_row(struct shop *s, struct import_row *row, const char *csv)
{
	struct list cells = {0};
	int err;

	fill(&cells, csv);
	err = import_row_read(row, s->map, &s->columns, &cells);
	list_release(&cells);
	return err;
}

static void fails_with(struct shop *s, const char *csv, const char *message)
{
	struct import_row row;
	struct act_list acts = {0};
	int err = read_row(s, &row, csv);

	err = err ? err : import_new_acts(&acts, &row, &s->stamp);
	assert_int_equal(err, ERR_FAILED);
	assert_string_equal(error_message(0), message);
	act_list_release(&acts);
	import_row_release(&row);
	error_clear();
}

static void admit(struct shop *s, struct opportunity *o, struct act_list *acts)
{
	for (size_t i = 0; i < acts->n; i++) {
		breaches_release(&s->g->breaches);
		if (opportunity_admit(o, acts->items[i], &s->g->ground, &s->g->breaches))
			fail_msg("%s", s->g->breaches.items[0].message);
		acts->items[i] = NULL;
	}
	act_list_release(acts);
}

static struct opportunity *import(struct shop *s, const char *csv)
{
	struct opportunity *o = opportunity_new("row");
	struct act_list acts = {0};
	struct import_row row;

	assert_int_equal(read_row(s, &row, csv), 0);
	assert_int_equal(import_new_acts(&acts, &row, &s->stamp), 0);
	admit(s, o, &acts);
	import_row_release(&row);
	return o;
}

/* The number of acts that the row brings. */
static size_t import_again(struct shop *s, struct opportunity *o, const char *csv)
{
	struct act_list acts = {0};
	struct import_row row;
	size_t n;

	s->g->clock.now.utc += 60;
	assert_int_equal(read_row(s, &row, csv), 0);
	assert_int_equal(import_changed_acts(&acts, o, &row, &s->stamp), 0);
	n = acts.n;
	admit(s, o, &acts);
	import_row_release(&row);
	return n;
}

static void a_row_becomes_acts(void **state)
{
	struct shop *s = shop_new();
	struct opportunity *o = import(s, "A1,Desk,Acme,Won,11/2/16,3/1/17,556,blue");

	(void)state;
	assert_int_equal(o->n, 2);
	assert_int_equal(o->now.status, STATUS_WON);
	assert_string_equal(o->now.title, "Desk");
	assert_string_equal(o->now.external_id, "A1");
	assert_int_equal(o->now.value.cents, 55600);
	assert_string_equal(o->now.value.currency, "USD");
	assert_string_equal(o->acts[0]->note, "Remark: blue");
	assert_int_equal(o->acts[0]->at.utc, INT64_C(1478088000)); /* 2016-11-02 12:00 UTC */
	assert_int_equal(o->acts[1]->at.utc, INT64_C(1488369600)); /* 2017-03-01 12:00 UTC */
	opportunity_free(o);
	shop_free(s);
}

static void what_was_closed_today_is_no_future(void **state)
{
	struct shop *s = shop_new();
	/* It is ten in the morning. */
	struct opportunity *o = import(s, "A1,Desk,Acme,Won,11/20/26,11/20/26,556,");

	(void)state;
	assert_int_equal(o->now.status, STATUS_WON);
	assert_int_equal(o->acts[1]->at.utc, s->g->clock.now.utc);
	opportunity_free(o);
	shop_free(s);
}

static void values_stand_for_fields_and_for_nothing(void **state)
{
	struct shop *s = shop_new();
	struct opportunity *o = import(s, "A2,Desk,,Busy,00/00/0000,00/00/0000,0,");

	(void)state;
	assert_int_equal(o->now.status, STATUS_OPEN);
	assert_null(o->now.client);
	assert_int_equal(o->now.value.currency[0], 0);
	assert_string_equal(o->now.tags.items[0], "busy");
	assert_null(o->acts[0]->note);
	assert_int_equal(o->acts[0]->at.utc, s->g->clock.now.utc);
	assert_true(o->acts[0]->lenient); /* it has no client */
	opportunity_free(o);
	o = import(s, "A3,Desk,Acme,LOST,11/2/16,3/1/17,0,");
	assert_int_equal(o->now.status, STATUS_ABANDONED);
	assert_int_equal(o->acts[1]->cause, CAUSE_TIMING);
	opportunity_free(o);
	shop_free(s);
}

static void what_cannot_be_taken_says_why(void **state)
{
	struct shop *s = shop_new();

	(void)state;
	fails_with(s, ",,,,00/00/0000,00/00/0000,0,", "the row is empty");
	fails_with(s, "A1,Desk,Acme,Won,2/30/17,3/1/17,5,",
		"From: '2/30/17' is no date of the form M/D/YY");
	fails_with(s, "A1,Desk,Acme,Maybe,,,5,",
		"Stage: unknown status 'Maybe' (one of: open, won, abandoned)");
	fails_with(s, "A1,Desk,Acme,Won,,,5,", "won without a date on which it was closed");
	fails_with(s, "A1,,Acme,Busy,,,5,", "no title");
	fails_with(s, "A1,Desk,Acme,Busy,,,5,,,", "10 cells, but 8 columns");
	fails_with(
		s, "A1,Desk,Acme,Busy,1/1/30,,5,", "opened lies in the future: '2030-01-01'");
	shop_free(s);
}

static void the_same_row_again_changes_nothing(void **state)
{
	static const char *const rows[] = {"A1,Desk,Acme,Won,11/2/16,3/1/17,556,blue",
		"A1,Desk,Acme,Lost,11/2/16,3/1/17,0,", "A1,Desk,Acme,Busy,11/2/16,,70,"};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct shop *s = shop_new();
		struct opportunity *o = import(s, rows[i]);

		assert_int_equal(import_again(s, o, rows[i]), 0);
		opportunity_free(o);
		shop_free(s);
	}
}

static void a_changed_row_changes_what_changed_in_it(void **state)
{
	struct shop *s = shop_new();
	struct opportunity *o = import(s, "A1,Desk,Acme,Busy,11/2/16,,70,");

	(void)state;
	given_takes(s->g, o, given_act(s->g, ACT_SET, "facts", "title=Our desk", NULL));
	assert_int_equal(import_again(s, o, "A1,Desk,Acme,Busy,11/2/16,,80,"), 1);
	assert_string_equal(o->now.title, "Our desk"); /* the row's title did not change */
	assert_int_equal(o->now.value.cents, 8000);
	assert_int_equal(import_again(s, o, "A1,Desk,Acme,Busy,11/2/16,,80,"), 0);
	assert_int_equal(import_again(s, o, "A1,Table,Acme,Busy,11/2/16,,80,"), 1);
	assert_string_equal(o->now.title, "Table");
	opportunity_free(o);
	shop_free(s);
}

static void the_status_follows_the_row_and_not_twice(void **state)
{
	static const char won[] = "A1,Desk,Acme,Won,11/2/16,11/1/26,70,";
	static const char open[] = "A1,Desk,Acme,Busy,11/2/16,,70,";
	struct shop *s = shop_new();
	struct opportunity *o = import(s, open);

	(void)state;
	assert_true(import_again(s, o, won) > 0);
	assert_int_equal(o->now.status, STATUS_WON);
	assert_int_equal(import_again(s, o, won), 0);
	/* Reopened in fu: the same row does not win it again. */
	given_takes(s->g, o, given_act(s->g, ACT_REOPEN, "because", "more to come", NULL));
	assert_int_equal(import_again(s, o, won), 0);
	assert_int_equal(o->now.status, STATUS_OPEN);
	opportunity_free(o);
	shop_free(s);
}

static void the_maps_that_come_with_fu_are_whole(void **state)
{
	(void)state;
	for (const struct shipped_map *m = shipped_maps; m->name; m++)
		assert_true(strstr(m->text, "[columns]") || strstr(m->text, "[optional]"));
}

static void check_date(const char *form, const char *text, const char *wanted)
{
	struct list forms = {0};
	char *stored = NULL;

	list_add(&forms, "YYYY-MM-DD");
	list_add(&forms, form);
	if (wanted)
		assert_int_equal(import_date_read(&stored, &forms, text), 0);
	else
		assert_int_equal(import_date_read(&stored, &forms, text), ERR_FAILED);
	assert_true(same_string(stored, wanted));
	error_clear();
	free(stored);
	list_release(&forms);
}

static void dates_of_several_forms(void **state)
{
	(void)state;
	check_date("D/M/YYYY", "2026-11-24", "2026-11-24");
	check_date("D/M/YYYY", "24/11/2026", "2026-11-24");
	check_date("M/D/YYYY", "24/11/2026", NULL);
	check_date("YYYY-MM-DD hh:mm:ss", "2026-11-24 09:05:00", "2026-11-24 09:05");
	check_date(
		"YYYY-MM-DDThh:mm:ss.###Z", "2026-11-24T09:05:00.123Z", "2026-11-24 09:05 UTC");
	check_date("YYYY-MM-DDThh:mm:ss.###Z", "2026-11-24T09:05:00.x23Z", NULL);
}

static void check_text(const char *html, const char *wanted)
{
	char *text = NULL;

	import_text_add(&text, html, true);
	assert_true(same_string(text, wanted));
	free(text);
}

static void markup_becomes_lines(void **state)
{
	(void)state;
	check_text("<p>One <b>two</b></p><p>three</p>", "One two\nthree");
	check_text("a<br/>b &amp; c &lt; d", "a\nb & c < d");
	check_text("5 < 6 and <", "5 < 6 and <");
	check_text("&unknown; <a href='x'>here</a", "&unknown; here</a");
	check_text("<div></div>", NULL);
}

static void people_and_amounts_of_others(void **state)
{
	struct list people = {0};
	char *amount = import_amount("12000.0"), *other = import_amount("1,200.50");

	(void)state;
	import_people_add(&people, "Jane Doe (jane@acme.example); Joe (he; x;y@z.example ()");
	assert_string_equal(people.items[0], "Jane Doe <jane@acme.example>");
	assert_string_equal(people.items[1], "Joe (he");
	assert_string_equal(amount, "12000.00");
	assert_string_equal(other, "1,200.50");
	free(amount);
	free(other);
	list_release(&people);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_row_becomes_acts),
		cmocka_unit_test(what_was_closed_today_is_no_future),
		cmocka_unit_test(values_stand_for_fields_and_for_nothing),
		cmocka_unit_test(what_cannot_be_taken_says_why),
		cmocka_unit_test(the_same_row_again_changes_nothing),
		cmocka_unit_test(a_changed_row_changes_what_changed_in_it),
		cmocka_unit_test(the_status_follows_the_row_and_not_twice),
		cmocka_unit_test(the_maps_that_come_with_fu_are_whole),
		cmocka_unit_test(dates_of_several_forms),
		cmocka_unit_test(markup_becomes_lines),
		cmocka_unit_test(people_and_amounts_of_others),
	};

	return cmocka_run_group_tests_name("import", tests, NULL, NULL);
}
