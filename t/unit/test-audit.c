/* The audit trail: what a commit says, and what that explains. */
#include "given.h"

#include "core/audit.h"

#define TWO_ACTS                                                                               \
	"- two things\n\nFu-Act: meeting\nFu-Opportunity: acme\nFu-Id: aaaaaaaaaa\n"           \
	"Fu-Act: note\nFu-Opportunity: beta\nFu-Id: bbbbbbbbbb\n"

static void reads_as(const char *body, const char *want)
{
	struct audit_claims claims;
	struct str out = STR_INIT;

	audit_claims_read(&claims, body);
	audit_claims_add_words(&out, &claims);
	assert_string_equal(out.buf, want);
	str_release(&out);
	audit_claims_release(&claims);
}

static void a_commit_says_what_it_is(void **state)
{
	(void)state;
	reads_as(TWO_ACTS, "the commit says: meeting, note");
	reads_as("Fu-Act: note\nFu-Act: note\n", "the commit says: note");
	reads_as("", "the commit is not one of fu's");
	reads_as("Fu-Act: note\n\nbut not in the last paragraph\n",
		"the commit is not one of fu's");
	reads_as("Fu-Actor: note\nFu-Opportunity: acme\n", "the commit is not one of fu's");
	reads_as("This reverts commit 0123456789012345678901234567890123456789.\n",
		"the commit says: a revert");
	reads_as("This reverts commit 01234.\n", "the commit is not one of fu's");
}

static void every_revert_is_read(void **state)
{
	struct audit_claims claims;

	(void)state;
	audit_claims_read(&claims,
		"This reverts commit 0123456789012345678901234567890123456789, reversing\n"
		"changes made to aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.\n\n"
		"This reverts commit bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.\n");
	assert_int_equal(claims.reverts.n, 2);
	assert_string_equal(
		claims.reverts.items[1], "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb");
	audit_claims_release(&claims);
}

static void brings(const char *body, enum act_kind kind, const char *id, bool want)
{
	struct audit_claims claims;

	audit_claims_read(&claims, body);
	assert_int_equal(audit_may_bring(&claims, kind, id), want);
	audit_claims_release(&claims);
}

static void who_names_acts_brings_no_others(void **state)
{
	(void)state;
	brings(TWO_ACTS, ACT_MEETING, "aaaaaaaaaa", true);
	brings(TWO_ACTS, ACT_NOTE, "bbbbbbbbbb", true);
	brings(TWO_ACTS, ACT_CALL, "bbbbbbbbbb", false);
	brings(TWO_ACTS, ACT_NOTE, "cccccccccc", false);
	brings("Fu-Act: record\nFu-Opportunity: acme\n", ACT_NOTE, "cccccccccc", true);
	brings("Fu-Act: import\nFu-New: 3\n", ACT_NEW, "cccccccccc", true);
	brings("Fu-Act: config\nFu-Key: policy.max-calls\n", ACT_NOTE, "cccccccccc", false);
	brings("", ACT_NOTE, "cccccccccc", true);
}

static void alters(const char *body, const char *opportunity, bool want)
{
	struct audit_claims claims;

	audit_claims_read(&claims, body);
	assert_int_equal(audit_may_alter(&claims, opportunity), want);
	audit_claims_release(&claims);
}

static void only_edits_alter_what_they_name(void **state)
{
	(void)state;
	alters("Fu-Act: edit\nFu-Opportunity: acme\n", "acme", true);
	alters("Fu-Act: record\nFu-Opportunity: acme\nFu-Opportunity: beta\n", "beta", true);
	alters("Fu-Act: edit\nFu-Opportunity: acme\n", "beta", false);
	alters(TWO_ACTS, "acme", false);
	alters("", "acme", false);
}

static void settings_and_moves(void **state)
{
	static const struct {
		const char *body;
		bool configures, moves;
	} cases[] = {
		{TWO_ACTS, false, false},
		{"Fu-Act: config\n", true, false},
		{"Fu-Act: record\n", true, false},
		{"", true, false},
		{"Fu-Act: rename\nFu-Opportunity: a\nFu-Id: aaaaaaaaaa\n", false, true},
		{"Fu-Act: merge\nFu-Opportunity: a\nFu-Id: aaaaaaaaaa\n", false, true},
	};
	struct audit_claims claims;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		audit_claims_read(&claims, cases[i].body);
		assert_int_equal(audit_may_configure(&claims), cases[i].configures);
		assert_int_equal(audit_may_move(&claims), cases[i].moves);
		audit_claims_release(&claims);
	}
}

static bool same_text(const struct act *a, const struct act *b)
{
	struct str x = STR_INIT, y = STR_INIT;
	bool same;

	audit_act_text(&x, a);
	audit_act_text(&y, b);
	same = x.len == y.len && !memcmp(x.buf, y.buf, x.len);
	str_release(&x);
	str_release(&y);
	return same;
}

static void every_field_but_the_stamp_counts(void **state)
{
	struct given *g = given_new("discovery, workshop, proposal", false);
	struct act *a = given_act(g, ACT_MEETING, "outcome", "repeat", "cause", "timing",
		"discussed", "the scope", "ours", "send it by 2026-11-24", NULL);
	struct act *b = act_copy(a);
	struct list fields = {0};

	(void)state;
	assert_true(same_text(a, b));
	b->edited = b->recorded;
	replace_string(&b->of, "beta");
	assert_true(same_text(a, b));
	replace_string(&b->discussed, "the scope ");
	assert_false(same_text(a, b));
	b->minutes = 30;
	b->at.utc++;
	audit_differences(&fields, a, b);
	assert_int_equal(fields.n, 4);
	assert_true(list_has(&fields, "at") && list_has(&fields, "minutes") &&
		    list_has(&fields, "of") && list_has(&fields, "discussed"));
	list_release(&fields);
	act_free(b);
	b = act_copy(a);
	promises_release(&b->ours);
	b->ours.none = true;
	assert_false(same_text(a, b));
	act_free(a);
	act_free(b);
	given_free(g);
}

/* A value that ends where another key would begin is not the two of them. */
static void texts_do_not_run_together(void **state)
{
	struct act *a = act_new(ACT_NOTE), *b = act_new(ACT_NOTE);

	(void)state;
	replace_string(&a->note, "x\nlink = y");
	replace_string(&b->note, "x");
	replace_string(&b->link, "y");
	assert_false(same_text(a, b));
	act_free(a);
	act_free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_commit_says_what_it_is),
		cmocka_unit_test(every_revert_is_read),
		cmocka_unit_test(who_names_acts_brings_no_others),
		cmocka_unit_test(only_edits_alter_what_they_name),
		cmocka_unit_test(settings_and_moves),
		cmocka_unit_test(every_field_but_the_stamp_counts),
		cmocka_unit_test(texts_do_not_run_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
