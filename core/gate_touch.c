/* The gate of touches: a contact outside the process gives the client something (C1, C2). */
#include "core/gate.h"

#include "core/mem.h"
#include "core/phrases.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static bool is_blank(const char *text)
{
	return !text || !text[strspn(text, " \t\r\n")];
}

/* A letter, of whatever alphabet: digits, dots and dashes say nothing. */
static bool says_something(const char *text)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
	utf8proc_int32_t c;
	utf8proc_ssize_t len;

	for (; (len = utf8proc_iterate(at, -1, &c)) > 0 && c; at += len) {
		utf8proc_category_t category = utf8proc_category(c);

		if (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO)
			return true;
	}
	return false;
}

/* C1: what could honestly be brought, of what the record has open. The caller frees. */
static char *what_to_bring(const struct opportunity *o)
{
	struct str out = STR_INIT;

	str_add(&out, "--what '<text>'");
	for (size_t i = 0; i < o->now.commitments_n; i++) {
		const struct commitment *c = &o->now.commitments[i];

		if (c->side == SIDE_US && c->state == COMMITMENT_OPEN)
			str_addf(&out, "; we promised '%s': --keeps %s", c->promise->what,
				c->promise->id);
	}
	for (size_t i = 0; i < o->now.questions_n; i++) {
		const struct open_question *q = &o->now.questions[i];

		if (!q->answered)
			str_addf(&out, "; they asked '%s': --answers %s", q->question->text,
				q->question->id);
	}
	return str_detach(&out);
}

static void judge_what(const struct judge *j, const struct act *a)
{
	const struct settings *s = j->g->settings;
	struct phrase_lists own = {.refuse = &s->refuse, .allow = &s->allow};
	struct phrase_match match;
	char *bring = what_to_bring(j->o);

	if (is_blank(a->what))
		REFUSE(j, a, RULE_VALUE, bring,
			"a touch says what it brought: '--what' is missing");
	else if (!says_something(a->what))
		REFUSE(j, a, RULE_VALUE, bring,
			"a touch says what it brought, in words: '%s' has none", a->what);
	else if (phrases_find(&match, a->what, &own))
		REFUSE(j, a, RULE_VALUE, bring, "'%.*s' gives the client nothing ('%s')",
			(int)match.len, a->what + match.from, match.phrase);
	free(bring);
}

static void judge_kept(const struct judge *j, const struct act *a)
{
	const struct commitment *c = gate_commitment(j->o, a->keeps);

	if (!c)
		gate_name_no_commitment(j, a, a->keeps);
	else if (c->side != SIDE_US)
		REFUSE(j, a, RULE_COMMITMENT, NULL,
			"the commitment '%s' is theirs: a touch keeps one of ours",
			c->promise->what);
	else if (c->state != COMMITMENT_OPEN && c->state != COMMITMENT_DROPPED)
		REFUSE(j, a, RULE_COMMITMENT, NULL, "the commitment '%s' is %s already",
			c->promise->what,
			c->state == COMMITMENT_LATE ? "kept" : commitment_word(c->state));
}

static void judge_answered(const struct judge *j, const struct act *a)
{
	const struct state *s = &j->o->now;

	for (size_t i = 0; i < s->questions_n; i++)
		if (same_string(s->questions[i].question->id, a->answers)) {
			if (s->questions[i].answered)
				REFUSE(j, a, RULE_FACT, NULL,
					"the question '%s' is answered already",
					s->questions[i].question->text);
			return;
		}
	MALFORMED(j, a, RULE_FACT, NULL, "no question '%s' in '%s'", a->answers, j->o->id);
}

void gate_judge_touch(const struct judge *j, const struct act *a)
{
	if (!a->gives)
		REFUSE(j, a, RULE_VALUE,
			"--gives saving-time|efficiency|instruction|education|new-thinking|"
			"new-approach|industry-peers|best-practices|application",
			"a touch gives the client something: '--gives' is missing");
	judge_what(j, a);
	if (a->keeps)
		judge_kept(j, a);
	if (a->answers)
		judge_answered(j, a);
}
