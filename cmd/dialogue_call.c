/* A follow-up call on a terminal: what it was for, what came of it, and what that needs. */
#include "cmd/dialogue.h"

#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

#define AND_ELSE "deferred: they put it off; declined; no-answer, voicemail: nobody was reached"
static const struct act_question ask_scheduled = {
	"result", "what came of the call", "booked: an appointment; " AND_ELSE};
static const struct act_question ask_confirmed = {"result", "what came of the call",
	"confirmed, undecided: about their choice; " AND_ELSE};
static const struct act_question ask_chose = {
	"chose", "which option did they choose", "one of the options, or how it begins"};
static const struct act_question ask_outcome = {"outcome", "what does that decide",
	"proceed to the next activity, repeat this one, or abandon the opportunity"};
static const struct act_question ask_again = {
	"again", "when do we try again", "a day, or a day and a time: 'thu', '26 nov 10:00'"};

/* What may be asked for beside the result, in this order, each where the gate demands it. */
static const struct {
	enum rule rule;
	const char *option;
	const struct act_question *question;
} demanded[] = {
	{RULE_CONFIRM, "--chose", &ask_chose},
	{RULE_OUTCOME, "--outcome", &ask_outcome},
	{RULE_CAUSE, "--cause", &dialogue_ask_cause},
	{RULE_NEXT, "--again", &ask_again},
	{RULE_NEXT, "--wait", &dialogue_ask_wait},
	{RULE_BECAUSE, "--because", &dialogue_ask_because},
};

/* An open confirmation is what one calls about. *good false: what was given does not go
 * with the only purpose that there is, which has been said. */
static int ask_purpose(struct dialogue *d, bool *good)
{
	static const char *const words[] = {"confirm", "schedule", NULL};
	bool open = d->o->now.next.kind == STEP_CONFIRMATION;
	size_t chosen = open ? 0 : 1;
	int err = 0;

	*good = dialogue_given(d, "purpose");
	if (!*good && !open)
		dialogue_say(d, "no confirmation is open: a call to schedule");
	while (!err && !*good) {
		if (open)
			err = dialogue_choice(d,
				"what was the call for (confirm, schedule) [confirm]",
				"to hear which option they chose, or to book the next activity",
				words, &chosen);
		if (!err)
			err = dialogue_try(d, field_find("purpose"), words[chosen], good);
		if (!open)
			break;
	}
	return err;
}

/* Only what a call for that purpose can come to. */
static int ask_result(struct dialogue *d)
{
	const char *words[RESULT_VOICEMAIL + 1] = {NULL};
	struct act_question question;
	struct act *a;
	size_t n = 0;
	int err = dialogue_given(d, "result") ? 0 : dialogue_act(d, &a);

	if (err || dialogue_given(d, "result"))
		return err;
	for (enum result r = RESULT_NONE + 1; r <= RESULT_VOICEMAIL; r++)
		if (call_allows(a->purpose, r))
			words[n++] = result_word(r);
	question = a->purpose == PURPOSE_CONFIRM ? ask_confirmed : ask_scheduled;
	question.words = words;
	act_free(a);
	return dialogue_field(d, &question, 0);
}

static void say_options(const struct dialogue *d)
{
	const struct list *options = d->o->now.next.options;

	for (size_t i = 0; options && i < options->n; i++)
		dialogue_say(d, "  option: %s", options->items[i]);
}

static int ask_demanded(struct dialogue *d)
{
	bool yes = false;
	int err = 0;

	for (size_t i = 0; !err && i < ARRAY_SIZE(demanded); i++) {
		err = dialogue_demands(d, demanded[i].rule, demanded[i].option, &yes);
		if (!err && yes && demanded[i].question == &ask_chose)
			say_options(d);
		if (!err && yes)
			err = dialogue_unless_given(d, demanded[i].question, 0);
	}
	if (!err)
		err = dialogue_demands(d, RULE_NEXT, "--next", &yes);
	return err || !yes ? err : dialogue_appointment(d);
}

int dialogue_call(struct dialogue *d)
{
	struct breaches missing = {0};
	bool wrong = false, good = false;
	int err = dialogue_missing(d, &missing);

	if (!err) /* a call to confirm where nothing is to be confirmed */
		err = dialogue_demands(d, RULE_CONFIRM, "--purpose", &wrong);
	if (!err && !wrong && (missing.n || d->asked)) {
		err = ask_purpose(d, &good);
		if (!err && good)
			err = ask_result(d);
		if (!err && good)
			err = ask_demanded(d);
	}
	breaches_release(&missing);
	return err;
}
