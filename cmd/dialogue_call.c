/* A follow-up call on a terminal: what it was for, what came of it, and what that needs. */
#include "cmd/dialogue.h"

#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

static const struct act_question ask_result = {"result", "what came of the call",
	"booked: an appointment; confirmed, undecided: about their choice; deferred: they put "
	"it off; declined; no-answer, voicemail: nobody was reached"};
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

/* An open confirmation is what one calls about. */
static int ask_purpose(struct dialogue *d)
{
	static const char *const confirm_first[] = {"confirm", "schedule", NULL};
	static const char *const schedule[] = {"schedule", NULL};
	bool open = d->o->now.next.kind == STEP_CONFIRMATION, good;
	size_t chosen = 0;
	int err = 0;

	if (dialogue_given(d, "purpose"))
		return 0;
	if (open)
		err = dialogue_choice(d, "what was the call for (confirm, schedule) [confirm]",
			"to hear which option they chose, or to book the next activity",
			confirm_first, &chosen);
	if (err)
		return err;
	return dialogue_try(
		d, field_find("purpose"), (open ? confirm_first : schedule)[chosen], &good);
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
	int err;

	if (!opportunity_is_open(d->o))
		return 0; /* recording refuses it, and says why */
	err = dialogue_missing(d, &missing);
	if (!err && (missing.n || d->asked)) {
		err = ask_purpose(d);
		if (!err)
			err = dialogue_unless_given(d, &ask_result, 0);
		if (!err)
			err = ask_demanded(d);
	}
	breaches_release(&missing);
	return err;
}
