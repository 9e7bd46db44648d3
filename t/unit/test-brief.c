/* What is said before a contact and written after a meeting: whatever the record holds or
 * lacks, no sentence has a hole. */
#include "given.h"
#include "random-act.h"

#include "core/brief.h"
#include "core/person.h"
#include "core/prose.h"
#include "core/recap.h"

/* ---- records made at random ---- */

/* What may stand in any text; the blank ones are as good as absent. Without what a hole
 * looks like. */
static const char *const texts[] = {NULL, "", " ", "\n \t", "ask the board", "the figures",
	"figures", "  two\n\nlines of it ", "\u00c5ngstr\u00f6m's \u00fcbung", "Is it so?",
	"No.", "'quoted'", "\xf0\x9f\x98\x80", "x"};

static const char *random_words(uint64_t *seed)
{
	return texts[pick(seed, ARRAY_SIZE(texts))];
}

static void put_words(char **slot, uint64_t *seed)
{
	replace_string(slot, random_words(seed));
}

static void put_lists(struct act *a, uint64_t *seed)
{
	struct list *lists[] = {&a->options, &a->attended, &a->with};
	static const char *const names[] = {"Jane Doe", "Jo", "Max", " ", "nobody known"};

	for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
		for (size_t j = 0; j < lists[i]->n; j++)
			replace_string(
				&lists[i]->items[j], names[pick(seed, ARRAY_SIZE(names))]);
}

static void put_promises(struct promises *p, uint64_t *seed)
{
	for (size_t i = 0; i < p->n; i++) {
		const char *what = random_words(seed);

		replace_string(&p->items[i].what, what ? what : "");
		if (p->items[i].who)
			replace_string(&p->items[i].who, pick(seed, 2) ? "Jane Doe" : "Max");
	}
}

/* Words instead of the pieces, in what `brief` and `recap` show; what is ours alone says
 * so. */
static void put_texts(struct act *a, uint64_t *seed)
{
	char **shown[] = {&a->discussed, &a->what, &a->title, &a->client, &a->via, &a->source,
		&a->place, &a->chose, &a->no_next, &a->from, &a->spoke_to};
	char **ours[] = {&a->note, &a->because, &a->where};
	static const char *const activities[] = {NULL, "discovery", "workshop", "gone", " "};

	for (size_t i = 0; i < ARRAY_SIZE(shown); i++)
		if (*shown[i])
			put_words(shown[i], seed);
	for (size_t i = 0; i < ARRAY_SIZE(ours); i++)
		if (*ours[i])
			replace_string(ours[i], pick(seed, 2) ? "ours alone" : " ");
	replace_string(&a->activity, activities[pick(seed, ARRAY_SIZE(activities))]);
	if (a->kind == ACT_MEETING || a->kind == ACT_CALL)
		replace_string(&a->to, activities[pick(seed, ARRAY_SIZE(activities))]);
	if (a->kind == ACT_CONTACT) {
		replace_string(&a->contact, pick(seed, 4) ? "Jo" : NULL);
		put_words(&a->to, seed);
	}
	if (a->kind == ACT_NEW)
		replace_string(&a->process, "field");
	replace_string(&a->by, pick(seed, 4) ? "Sam Sales <sam@example.com>" : NULL);
	put_lists(a, seed);
	put_promises(&a->ours, seed);
	put_promises(&a->theirs, seed);
	for (size_t i = 0; i < a->unsure.n; i++) {
		const char *text = random_words(seed);

		replace_string(&a->unsure.items[i].text, text ? text : "");
	}
}

static bool is_about_more(const struct act *a)
{
	return a->kind == ACT_UNDO || a->kind == ACT_MERGE || a->kind == ACT_RENAME ||
	       a->kind == ACT_NEW;
}

/* A `new` and n acts more. */
static struct opportunity *random_opportunity(uint64_t *seed, size_t n)
{
	struct opportunity *o = opportunity_new("acme-website");

	while (o->n <= n) {
		struct act *a = random_act(seed);

		if (o->n ? is_about_more(a) : a->kind != ACT_NEW) {
			act_free(a);
			continue;
		}
		a->at.utc = FRIDAY_TEN - INT64_C(86400) * 40 + (int64_t)o->n * INT64_C(40000);
		a->at.set = true;
		put_texts(a, seed);
		opportunity_add(o, a);
	}
	opportunity_fold(o);
	return o;
}

/* ---- holes ---- */

static const char *hole_in(const char *line)
{
	static const char *const holes[] = {"(null)", "  ", "()", " ,", " .", " ;", " :", ",,",
		"..", ": ,", ":.", ": .", ",.", ";.", "; .", ": ;", "the ,", "''.", " '' ",
		"\n", "\t", "on .", "by .", "with ."};
	static const char ends[] = " ,;:('";
	size_t len = strlen(line);

	if (!len)
		return "nothing";
	if (strchr(" ,;:.)", line[0]))
		return "its beginning";
	if (strchr(ends, line[len - 1]) && line[len - 1] != '\'')
		return "its end";
	for (size_t i = 0; i < ARRAY_SIZE(holes); i++)
		if (strstr(line, holes[i]))
			return holes[i];
	return NULL;
}

static void whole(const char *line, uint64_t seed)
{
	const char *hole = hole_in(line);

	if (hole)
		fail_msg("seed %llu: a hole ('%s') in: %s", (unsigned long long)seed, hole,
			line);
}

static const struct worklist_ground *ground_of(struct given *g)
{
	static struct worklist_ground ground;

	ground = (struct worklist_ground){
		.settings = &g->settings, .process = g->process, .clock = &g->clock};
	return &ground;
}

static size_t lines_of(const struct brief *b)
{
	size_t n = 0;

	for (int part = 0; part < BRIEF_PARTS; part++)
		n += b->parts[part].n;
	return n;
}

static void look_at_brief(struct given *g, const struct opportunity *o, uint64_t seed)
{
	struct brief b;
	json_t *json;

	brief_make(&b, o, ground_of(g));
	brief_add_other(&b, o, g->process);
	brief_add_more_others(&b, 3);
	for (int part = 0; part < BRIEF_PARTS; part++)
		for (size_t i = 0; i < b.parts[part].n; i++)
			whole(b.parts[part].items[i], seed);
	assert_true(b.parts[BRIEF_PURPOSE].n);
	assert_true(b.parts[BRIEF_OPENING].n);
	assert_true(b.parts[BRIEF_PEOPLE].n);
	assert_int_equal(b.parts[BRIEF_COMMAND].n, 1);
	assert_true(lines_of(&b) <= 45);
	json = brief_to_json(&b);
	assert_non_null(json_string_value(json_object_get(json, "purpose")));
	assert_non_null(json_string_value(json_object_get(json, "command")));
	json_decref(json);
	brief_release(&b);
}

static void look_at_recap(struct given *g, const struct opportunity *o, uint64_t seed)
{
	struct recap r = {0};
	struct str to = STR_INIT;

	if (o->now.status == STATUS_NONE)
		return; /* its 'new' was taken back: nobody writes of it */
	if (recap_make(&r, o, g->process, &g->clock)) {
		whole(r.subject, seed);
		assert_true(r.n >= 3);
		for (size_t i = 0; i < r.n; i++) {
			const char *line = r.lines[i].text;

			assert_null(strstr(line, "ours alone"));
			if (r.lines[i].kind == RECAP_ITEM)
				whole(line, seed);
			if (r.lines[i].kind == RECAP_HEADING)
				assert_true(
					i + 1 < r.n && r.lines[i + 1].kind != RECAP_HEADING);
		}
		recap_add_to(&to, &r, false);
		if (to.len)
			whole(to.buf, seed);
	} else {
		assert_int_equal(o->now.meetings, 0);
	}
	str_release(&to);
	recap_release(&r);
}

static void no_record_leaves_a_hole(void **state)
{
	struct given *g = given_new("discovery, workshop, proposal", false);
	uint64_t seed = UINT64_C(20261120);

	(void)state;
	for (int i = 0; i < 1500; i++) {
		uint64_t from = seed;
		struct opportunity *o = random_opportunity(&seed, pick(&seed, 12));

		look_at_brief(g, o, from);
		look_at_recap(g, o, from);
		opportunity_free(o);
	}
	for (int i = 0; i < 40; i++) {
		uint64_t from = seed;
		struct opportunity *o = random_opportunity(&seed, 50 + pick(&seed, 50));

		look_at_brief(g, o, from);
		look_at_recap(g, o, from);
		opportunity_free(o);
	}
	given_free(g);
}

/* ---- what is said ---- */

static void says(struct given *g, const struct opportunity *o, enum brief_part part,
	size_t line, const char *want)
{
	struct brief b;

	brief_make(&b, o, ground_of(g));
	if (!want) {
		assert_true(b.parts[part].n <= line);
	} else {
		if (b.parts[part].n <= line)
			fail_msg("nothing is said of: %s", want);
		assert_string_equal(b.parts[part].items[line], want);
	}
	brief_release(&b);
}

static void with_one_act(void **state)
{
	struct given *g = given_new("discovery, workshop, proposal", false);
	struct opportunity *o = given_open(g);

	(void)state;
	says(g, o, BRIEF_PURPOSE, 0, "It is adrift: there is no next step.");
	says(g, o, BRIEF_ENDS_WITH, 0,
		"A firm date and time for the discovery: offer two to choose from.");
	says(g, o, BRIEF_OPENING, 0, "We have not spoken yet; it is about 'Website'.");
	says(g, o, BRIEF_LAST, 0, "We have not spoken yet; it was opened on Mon 16 Nov.");
	says(g, o, BRIEF_DISCUSSED, 0, NULL);
	says(g, o, BRIEF_WORDS, 0, NULL);
	says(g, o, BRIEF_PEOPLE, 0, "Jane Doe, decides: jane@acme.example");
	says(g, o, BRIEF_COMMAND, 0, "fu schedule acme-website '<when>'");
	opportunity_free(o);
	given_free(g);
}

/* A meeting on Friday with a promise of each side, and Tuesday after it. */
static struct opportunity *met(struct given *g)
{
	struct opportunity *o = given_open(g);
	struct act *a;

	a = given_act(g, ACT_MEETING, "outcome", "proceed", "next", "2026-11-24 15:00",
		"discussed", "scope\nand price", "where", "We like it.", "temperature", "warm",
		"ours", "send the offer by 2026-11-23", "theirs", "ask the board by 2026-11-24",
		"unsure", "who signs", "attended", "Jane Doe", "channel", "video", NULL);
	replace_string(&a->theirs.items[0].who, "Jane Doe");
	given_takes(g, o, a);
	return o;
}

static void after_a_meeting(void **state)
{
	struct given *g = given_new("discovery, workshop, proposal", false);
	struct opportunity *o = met(g);

	(void)state;
	says(g, o, BRIEF_PURPOSE, 0, "The workshop on Tue 24 Nov 15:00.");
	says(g, o, BRIEF_ENDS_WITH, 0,
		"One of three outcomes: proceed (on to the proposal), repeat or abandon; then "
		"a "
		"firm date and time for what comes next, and what each side does by when.");
	says(g, o, BRIEF_OPENING, 0,
		"When we spoke on Fri 20 Nov you were going to ask the board by Tue 24 Nov.");
	says(g, o, BRIEF_OPENING, 1, "We were going to send the offer by Mon 23 Nov.");
	says(g, o, BRIEF_LAST, 0,
		"On Fri 20 Nov we spoke for the discovery, with Jane Doe, by video. We agreed "
		"to go on to the workshop.");
	says(g, o, BRIEF_DISCUSSED, 0, "'scope and price'.");
	says(g, o, BRIEF_WORDS, 0, "On Fri 20 Nov: 'We like it.'");
	says(g, o, BRIEF_WORDS, 1, "It was warm on Fri 20 Nov.");
	given_day_passes(g, 5);
	says(g, o, BRIEF_PURPOSE, 0,
		"The workshop of Tue 24 Nov 15:00 is over, and how it ended is not recorded.");
	opportunity_free(o);
	given_free(g);
}

static void what_became_of_promises(void **state)
{
	struct given *g = given_new("discovery, workshop, proposal", false);
	struct opportunity *o = met(g);
	const struct commitment *theirs = &o->now.commitments[1];

	(void)state;
	if (theirs->side != SIDE_THEM)
		theirs = &o->now.commitments[0];
	given_day_passes(g, 3);
	given_takes(g, o,
		given_act(g, ACT_COMMITMENT, "commitment", theirs->promise->id, "to", "broken",
			NULL));
	says(g, o, BRIEF_OPENING, 0,
		"When we spoke on Fri 20 Nov you were going to ask the board, and that did not "
		"happen.");
	given_day_passes(g, 1);
	given_takes(
		g, o, given_act(g, ACT_HEARD, "from", "Jane Doe", "channel", "phone", NULL));
	says(g, o, BRIEF_OPENING, 0, "You last called on Tue 24 Nov, about 'Website'.");
	says(g, o, BRIEF_OPENING, 1,
		"On Fri 20 Nov you were going to ask the board, and that did not happen.");
	opportunity_free(o);
	given_free(g);
}

static void who_left_is_not_called(void **state)
{
	struct given *g = given_new("discovery, workshop, proposal", false);
	struct opportunity *o = met(g);

	(void)state;
	given_takes(g, o,
		given_act(
			g, ACT_CONTACT, "change", "add", "contact", "Bob Roe; +34 600", NULL));
	given_takes(g, o,
		given_act(g, ACT_CONTACT, "change", "left", "contact", "Jane Doe", "to",
			"Bob Roe", NULL));
	says(g, o, BRIEF_PEOPLE, 0, "Bob Roe: +34 600");
	says(g, o, BRIEF_PEOPLE, 1, "Jane Doe has left; Bob Roe follows");
	says(g, o, BRIEF_OPENING, 0,
		"When we spoke on Fri 20 Nov Jane Doe was going to ask the board by Tue 24 "
		"Nov.");
	opportunity_free(o);
	given_free(g);
}

static void undertakes(const char *who, const char *what, const char *want)
{
	struct str out = STR_INIT;

	prose_add_undertaking(&out, who, what);
	assert_string_equal(out.buf, want);
	str_release(&out);
}

static void undertakings_read_right(void **state)
{
	(void)state;
	undertakes("you", "ask the board", "you were going to ask the board");
	undertakes("we", "draft the contract", "we were going to draft the contract");
	undertakes("Jane Doe", "decide", "Jane Doe was going to decide");
	undertakes("you", "the figures", "you promised 'the figures'");
	undertakes("you", "figures of last year", "you promised 'figures of last year'");
	undertakes("we", "Offer", "we promised 'Offer'");
	undertakes("we", " ", "");
}

/* ---- the mail ---- */

static void encodes(const char *text, const char *want)
{
	struct str out = STR_INIT;

	recap_add_encoded(&out, text);
	assert_string_equal(out.buf, want);
	str_release(&out);
}

static void headers_are_encoded(void **state)
{
	(void)state;
	encodes("Website: what we agreed", "Website: what we agreed");
	encodes("Caf\u00e9", "=?UTF-8?B?Q2Fmw6k=?=");
	encodes("=?x?=", "=?UTF-8?B?PT94Pz0=?=");
	encodes("a\nBcc: x", "a\\nBcc: x");
	encodes("\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac\u20ac"
		"\u20ac",
		"=?UTF-8?B?4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs4oKs?=\n"
		" =?UTF-8?B?4oKs?=");
}

static void recap_says_what_holds_now(void **state)
{
	struct given *g = given_new("discovery, workshop, proposal", false);
	struct opportunity *o = met(g);
	struct recap r;
	struct str all = STR_INIT;

	(void)state;
	given_takes(g, o,
		given_act(g, ACT_SCHEDULE, "next", "2026-11-25 16:00", "side", "them", NULL));
	assert_true(recap_make(&r, o, g->process, &g->clock));
	assert_string_equal(r.subject, "Website: what we agreed on Fri 20 Nov 2026");
	for (size_t i = 0; i < r.n; i++)
		str_addf(&all, "%s\n", r.lines[i].text);
	assert_non_null(strstr(all.buf, "Jane Doe: ask the board, by Tue 24 Nov 2026\n"));
	assert_non_null(strstr(all.buf, "workshop, Wed 25 Nov 2026 16:00 UTC\n"));
	assert_non_null(strstr(all.buf, "scope\nand price\n"));
	assert_null(strstr(all.buf, "We like it"));
	assert_null(strstr(all.buf, "warm"));
	str_release(&all);
	recap_release(&r);
	opportunity_free(o);
	given_free(g);
}

/* ---- who is on the line ---- */

static bool finds(const char *typed, const char *contact)
{
	struct person_sought sought;
	struct contact c = {0};
	bool found;

	assert_int_equal(contact_parse(&c, contact), 0);
	assert_int_equal(person_seek(&sought, typed), 0);
	found = person_is(&sought, &c);
	person_release(&sought);
	contact_release(&c);
	return found;
}

static void people_are_found(void **state)
{
	static const char jane[] = "Jane D\u00f6e <jane@acme.example>; +34 600 111 222; CFO";
	static const char bob[] = "Bob 2nd; +44 (0)20 7946 0018";
	struct person_sought sought;

	(void)state;
	assert_true(finds("doe", jane));
	assert_true(finds("JANE D\u00d6E", jane));
	assert_true(finds("jane@acme.example", jane));
	assert_true(finds("@ACME", jane));
	assert_false(finds("acme", jane));
	assert_true(finds("600111222", jane));
	assert_true(finds("0034 600-111-222", jane));
	assert_true(finds("+34 600 111 222", jane));
	assert_true(finds("111222", jane));
	assert_false(finds("111223", jane));
	assert_false(finds("600111", jane));
	assert_true(finds("020 7946 0018", bob));
	assert_true(finds("+442079460018", bob));
	assert_true(finds("2nd", bob));
	assert_false(finds("600111222", "Jo"));
	assert_int_equal(person_seek(&sought, "12345"), ERR_USAGE);
	person_release(&sought);
	assert_int_equal(person_seek(&sought, " "), ERR_USAGE);
	person_release(&sought);
	error_clear();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_record_leaves_a_hole),
		cmocka_unit_test(with_one_act),
		cmocka_unit_test(after_a_meeting),
		cmocka_unit_test(what_became_of_promises),
		cmocka_unit_test(who_left_is_not_called),
		cmocka_unit_test(undertakings_read_right),
		cmocka_unit_test(headers_are_encoded),
		cmocka_unit_test(recap_says_what_holds_now),
		cmocka_unit_test(people_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
