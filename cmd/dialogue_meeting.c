/*
 * The closing dialogue of a meeting (D3): what came of it, what the next steps are,
 * what is unsure, what each side owes and by when, what happens after that, and when.
 * What the gate does not demand may be left out, what the options gave is not asked.
 */
#include "cmd/dialogue.h"

#include "cmd/act_run.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/words.h"

#include <stdlib.h>
#include <string.h>

static const struct act_question ask_outcome = {"outcome", "what came of the meeting",
	"proceed to the next activity, repeat this one, or abandon the opportunity"};
static const struct act_question ask_where = {"where",
	"what are the next steps, in the client's own words",
	"where things stand and what happens now, as the client put it"};
static const struct act_question ask_unsure = {
	"unsure", "what is the client unsure of", "an open question, one a line"};
static const struct act_question ask_ours = {"ours", "what do we owe, and by when",
	"'<what> by <when>', one a line; without a date it is due at the next step; 'none'"};
static const struct act_question ask_theirs = {"theirs", "what do they owe, and by when",
	"'[<contact>: ]<what> by <when>', one a line; without a date it is due at the next "
	"step; 'none'"};
static const struct act_question ask_temperature = {"temperature", "how warm is the client",
	"your impression today; enter leaves it as it was"};
static const struct act_question ask_minutes = {"minutes", "how many minutes did it take",
	"the time spent, preparation included; enter where it was not counted"};
static const struct act_question ask_options = {
	"options", "which options does the client choose from", "'<one>; <other>'"};
static const struct act_question ask_confirm = {"confirm", "when do we fetch the answer",
	"a day, or a day and a time: 'thu', '26 nov 10:00'"};
static const struct act_question ask_wait_because = {
	"because", "why then", "what happens at that time"};
static const struct act_question ask_no_next = {"no_next",
	"what did the client say, in his own words",
	"he refused a date: the opportunity is then adrift until it has one"};

/* ---- commitments ---- */

static int ask_side(struct dialogue *d, const struct act_question *q, const char *option)
{
	bool demanded;
	int err = dialogue_demands(d, RULE_COMMITMENTS, option, &demanded);

	if (err)
		return err;
	return dialogue_unless_given(d, q, ASK_MANY | (demanded ? 0 : ASK_OPTIONAL));
}

static bool lacks_date(struct dialogue *d, const struct field *field, const char *text)
{
	struct list names = {0};
	struct typed ctx = act_run_typed(d->run, d->o, &names);
	struct act *scratch = act_new(ACT_MEETING);
	bool lacks = false;

	if (field->type == FIELD_PROMISES) {
		const struct promises *p = field_slot_const(scratch, field);

		if (field_set_typed(scratch, field, text, &ctx))
			error_clear();
		lacks = p->n && !p->items[0].due.set;
	}
	act_free(scratch);
	list_release(&names);
	return lacks;
}

static void typed_drop(struct typed_options *typed, size_t index)
{
	free(typed->items[index].option);
	free(typed->items[index].text);
	memmove(&typed->items[index], &typed->items[index + 1],
		(typed->n - index - 1) * sizeof(*typed->items));
	typed->n--;
}

/* Puts " by <when>" behind one: takes it out, and the dated one in. */
static int date_one(struct dialogue *d, size_t index)
{
	struct typed_options *typed = &d->run->call->typed;
	const struct field *field = typed->items[index].field;
	char *was = xstrdup(typed->items[index].text), *line = NULL, *dated;
	char *prompt = xstrfmt("by when: %s", was);
	bool good = false;
	int err = 0;

	typed_drop(typed, index);
	while (!err && !good) {
		free(line);
		err = dialogue_line(d, prompt, "a day, or a day and a time", &line);
		if (err)
			break;
		dated = xstrfmt("%s by %s", was, line);
		if (lacks_date(d, field, dated))
			dialogue_say(d, "unreadable date '%s'", line);
		else
			err = dialogue_try(d, field, dated, &good);
		free(dated);
	}
	if (!good)
		typed_add(typed, DIALOGUE_ANSWER, field, was);
	free(line);
	free(prompt);
	free(was);
	return err;
}

/* Without a next step there is nothing that the undated ones are due at. */
static int date_commitments(struct dialogue *d)
{
	const struct typed_options *typed = &d->run->call->typed;
	int err = 0;

	if (dialogue_given(d, "next") || dialogue_given(d, "confirm") ||
		dialogue_given(d, "wait"))
		return 0;
	for (size_t i = 0; !err && i < typed->n;) {
		const struct typed_option *option = &typed->items[i];

		if (lacks_date(d, option->field, option->text))
			err = date_one(d, i); /* its place is now another's */
		else
			i++;
	}
	return err;
}

/* ---- what happens after that, and when ---- */

static int ask_confirmation(struct dialogue *d)
{
	int err = dialogue_unless_given(d, &ask_options, 0);

	return err ? err : dialogue_unless_given(d, &ask_confirm, 0);
}

static int ask_waiting(struct dialogue *d)
{
	int err = dialogue_unless_given(d, &dialogue_ask_wait, 0);

	return err ? err : dialogue_unless_given(d, &ask_wait_because, 0);
}

static int ask_refusal(struct dialogue *d)
{
	return dialogue_unless_given(d, &ask_no_next, 0);
}

static bool repeats(const struct dialogue *d)
{
	const struct typed_options *typed = &d->run->call->typed;

	for (size_t i = 0; i < typed->n; i++)
		if (!strcmp(typed->items[i].field->name, "outcome"))
			return !strcmp(typed->items[i].text, "repeat");
	return false;
}

static int ask_step(struct dialogue *d)
{
	static const char *const words[] = {"appointment", "confirm", "wait", "refused", NULL};
	static const char *const without_refusal[] = {"appointment", "confirm", "wait", NULL};
	static int (*const ask[])(struct dialogue *) = {
		dialogue_appointment, ask_confirmation, ask_waiting, ask_refusal};
	bool may_refuse = repeats(d);
	size_t chosen = 0;
	int err;

	err = dialogue_choice(d,
		may_refuse
			? "what happens after that (appointment, confirm, wait, refused) "
			  "[appointment]"
			: "what happens after that (appointment, confirm, wait) [appointment]",
		"an appointment; a date to fetch the client's choice; waiting until a day, for "
		"a "
		"reason; or the client refused a date (after repeat)",
		may_refuse ? words : without_refusal, &chosen);
	return err ? err : ask[chosen](d);
}

/* What a step that was begun with the options still lacks, or a step. */
static int ask_after_that(struct dialogue *d)
{
	bool needs_step;
	int err = dialogue_demands(d, RULE_NEXT, "--next", &needs_step);

	if (err)
		return err;
	if (dialogue_given(d, "options") || dialogue_given(d, "confirm"))
		return ask_confirmation(d);
	if (dialogue_given(d, "wait"))
		return ask_waiting(d);
	return needs_step ? ask_step(d) : 0;
}

/* ---- the end ---- */

static void show_promises(const struct dialogue *d, const struct promises *p, const char *side,
	const struct clock *clock)
{
	for (size_t i = 0; i < p->n; i++) {
		struct str due = STR_INIT;

		when_add_echo(&due, &p->items[i].due, clock);
		dialogue_say(d, "  %s%s%s: %s, by %s", side, p->items[i].who ? ", " : "",
			p->items[i].who ? p->items[i].who : "", p->items[i].what, due.buf);
		str_release(&due);
	}
	if (p->none)
		dialogue_say(d, "  %s: nothing", side);
}

static void show_texts(const struct dialogue *d, const struct act *a)
{
	if (a->where)
		dialogue_say(d, "  in their words: %s", a->where);
	for (size_t i = 0; i < a->unsure.n; i++)
		dialogue_say(d, "  unsure: %s", a->unsure.items[i].text);
	if (a->no_next)
		dialogue_say(d, "  no date: '%s'", a->no_next);
	for (size_t i = 0; i < a->options.n; i++)
		dialogue_say(d, "  option: %s", a->options.items[i]);
	if (a->because)
		dialogue_say(d, "  because: %s", a->because);
}

/* As it would be recorded; *whole false where the rules refuse it, which recording says. */
static int show_act(struct dialogue *d, bool *whole)
{
	struct opportunity *copy = opportunity_copy(d->o);
	struct breaches refused = {0};
	struct str line = STR_INIT;
	struct ground ground;
	struct act *a = NULL;
	int err = dialogue_act(d, &a);

	*whole = false;
	if (!err)
		err = act_run_ground(d->run, d->o, a, &ground);
	if (err)
		goto out;
	*whole = !opportunity_admit(copy, a, &ground, &refused);
	if (!*whole)
		goto out;
	act_add_subject(&line, a, d->o->id, ground.clock);
	dialogue_say(d, "%s", line.buf);
	show_promises(d, &a->ours, "we", ground.clock);
	show_promises(d, &a->theirs, "they", ground.clock);
	show_texts(d, a);
	a = NULL; /* the copy's */
out:
	act_free(a);
	str_release(&line);
	breaches_release(&refused);
	opportunity_free(copy);
	return err;
}

static int ask_to_record(struct dialogue *d)
{
	static const char *const words[] = {"yes", "no", "edit", NULL};
	size_t chosen = 0;
	bool whole;
	int err = show_act(d, &whole);

	if (!err && whole)
		err = dialogue_letter(d, "record it? [Y/n/e]",
			"enter or y: yes, n: no, e: change it in the editor first", words,
			&chosen);
	if (!err && chosen == 1)
		err = error_set(ERR_REFUSED, "nothing is recorded");
	d->wants_editor = !err && chosen == 2;
	return err;
}

static void greet(const struct dialogue *d)
{
	const struct state *s = &d->o->now;

	dialogue_say(d, "%s: %s%s%s, at %s", d->o->id, s->title ? s->title : "",
		s->client ? ", " : "", s->client ? s->client : "",
		s->activity ? s->activity : "no activity");
	dialogue_say(d, "('?' for help, Ctrl-C leaves and keeps what you typed)");
}

/* One after another; each asks for what is not given. */
static int ask_outcome_and_cause(struct dialogue *d)
{
	bool demanded;
	int err = dialogue_unless_given(d, &ask_outcome, 0);

	if (!err)
		err = dialogue_demands(d, RULE_CAUSE, "--cause", &demanded);
	if (!err && demanded)
		err = dialogue_field(d, &dialogue_ask_cause, 0);
	if (!err)
		err = dialogue_demands(d, RULE_BECAUSE, NULL, &demanded);
	if (!err && demanded && !dialogue_given(d, "wait"))
		err = dialogue_unless_given(d, &dialogue_ask_because, 0);
	return err;
}

/* True where it goes on after this meeting: the gate then demands more. */
static int goes_on(struct dialogue *d, bool *yes)
{
	bool step, promises;
	int err = dialogue_demands(d, RULE_NEXT, "--next", &step);

	if (!err)
		err = dialogue_demands(d, RULE_COMMITMENTS, "--", &promises);
	*yes = !err && (step || promises);
	return err;
}

static int ask_the_rest(struct dialogue *d)
{
	int err = dialogue_unless_given(d, &ask_where, ASK_OPTIONAL);

	if (!err)
		err = dialogue_unless_given(d, &ask_unsure, ASK_OPTIONAL | ASK_MANY);
	if (!err)
		err = ask_side(d, &ask_ours, "--ours");
	if (!err)
		err = ask_side(d, &ask_theirs, "--theirs");
	if (!err)
		err = ask_after_that(d);
	if (!err)
		err = date_commitments(d);
	if (!err && d->asked)
		err = dialogue_unless_given(d, &ask_temperature, ASK_OPTIONAL);
	if (!err && d->asked)
		err = dialogue_unless_given(d, &ask_minutes, ASK_OPTIONAL);
	return err;
}

int dialogue_meeting(struct dialogue *d)
{
	struct breaches missing = {0};
	bool on = false;
	int err;

	err = dialogue_missing(d, &missing);
	if (err || (!missing.n && !d->asked))
		goto out;
	greet(d);
	err = ask_outcome_and_cause(d);
	if (!err)
		err = goes_on(d, &on);
	if (!err && on)
		err = ask_the_rest(d);
	if (!err && d->asked)
		err = ask_to_record(d);
out:
	breaches_release(&missing);
	return err;
}
