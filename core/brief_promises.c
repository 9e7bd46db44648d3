/* What was promised and what became of it; and the sentence that continues the last
 * conversation. */
#include "core/brief.h"

#include "core/mem.h"
#include "core/prose.h"

#include <stdlib.h>
#include <string.h>

#define PROMISES_MAX 4      /* of each side: what a screen has room for */
#define OPENING_COLUMNS 120 /* of what is quoted in the opening sentence */

/* ---- promises ---- */

/* Open ones; and those that were made or settled at or after the last meeting. */
static bool is_of_interest(const struct brief *b, const struct commitment *c)
{
	const struct act *from = b->o->now.last_meeting;

	if (c->state == COMMITMENT_DROPPED || !prose_says(c->promise->what))
		return false;
	if (c->state == COMMITMENT_OPEN || !from)
		return true;
	return act_compare(c->since, from) >= 0 ||
	       (c->settled && act_compare(c->settled, from) >= 0);
}

struct promise_order {
	const struct clock *clock;
};

/* Open ones by their due date, then the others as they were settled. */
static int compare_promises(const void *left, const void *right, void *context)
{
	const struct commitment *a = *(const struct commitment *const *)left;
	const struct commitment *b = *(const struct commitment *const *)right;
	const struct promise_order *order = context;
	bool a_open = a->state == COMMITMENT_OPEN, b_open = b->state == COMMITMENT_OPEN;
	int result = 0;

	if (a_open != b_open)
		return a_open ? -1 : 1;
	if (a_open)
		result = when_compare(&a->due, &b->due, order->clock);
	else if (a->settled && b->settled)
		result = -act_compare(a->settled, b->settled);
	if (!result && a->promise->id && b->promise->id)
		result = strcmp(a->promise->id, b->promise->id);
	return result;
}

static const struct commitment **collect(const struct brief *b, enum side side, size_t *n)
{
	const struct state *s = &b->o->now;
	const struct commitment **out = xcalloc(s->commitments_n + 1, sizeof(*out));
	struct promise_order order = {b->ground->clock};

	*n = 0;
	for (size_t i = 0; i < s->commitments_n; i++)
		if (s->commitments[i].side == side && is_of_interest(b, &s->commitments[i]))
			out[(*n)++] = &s->commitments[i];
	if (*n)
		qsort_r(out, *n, sizeof(*out), compare_promises, &order);
	return out;
}

static void add_state(struct str *out, const struct brief *b, const struct commitment *c)
{
	static const char *const words[] = {[COMMITMENT_OPEN] = ", still open",
		[COMMITMENT_KEPT] = ", kept",
		[COMMITMENT_LATE] = ", kept late",
		[COMMITMENT_BROKEN] = ", broken",
		[COMMITMENT_DROPPED] = ""};
	const struct clock *clock = b->ground->clock;

	if (c->state == COMMITMENT_OPEN && c->due.set &&
		clock->now.utc > when_ends(&c->due, clock))
		str_add(out, ", overdue");
	else
		str_add(out, words[c->state]);
	prose_add_day(out, " on ", c->settled, clock);
}

/* Without a full stop, for `fu kept` takes the id behind it. */
static void add_promise(struct brief *b, enum brief_part part, const struct commitment *c)
{
	struct str text = STR_INIT;

	prose_add(&text, "", c->promise->who);
	prose_add(&text, text.len ? ": " : "", c->promise->what);
	prose_add_when(&text, " by ", &c->due, b->ground->clock);
	add_state(&text, b, c);
	if (c->promise->id)
		str_addf(&text, " [%s]", c->promise->id);
	list_take(&b->parts[part], str_detach(&text));
}

/* That there was none is an answer too (B2). */
static void add_promises(struct brief *b, enum brief_part part,
	const struct commitment *const *promises, size_t n, bool none)
{
	for (size_t i = 0; i < n && i < PROMISES_MAX; i++)
		add_promise(b, part, promises[i]);
	if (n > PROMISES_MAX)
		list_take(&b->parts[part], xstrfmt("%zu more: fu commitments %s --all",
						   n - PROMISES_MAX, b->o->id));
	if (!n && none)
		list_add(&b->parts[part], "Nothing, at the last meeting.");
}

/* ---- the opening sentence ---- */

const char *brief_did(const struct act *a)
{
	static const char *const heard[] = {[CHANNEL_NONE] = "got in touch",
		[CHANNEL_VISIT] = "came by",
		[CHANNEL_PHONE] = "called",
		[CHANNEL_VIDEO] = "called",
		[CHANNEL_MAIL] = "wrote",
		[CHANNEL_POST] = "wrote"};

	if (a->kind == ACT_HEARD)
		return heard[a->channel];
	if (a->kind == ACT_CALL)
		return a->inbound ? "called" : "spoke";
	return a->channel == CHANNEL_PHONE || a->channel == CHANNEL_VIDEO ? "spoke" : "met";
}

/* Adds "we", or, where it came from them, "you", or the name of who is not called now. */
static void add_who(struct str *out, const struct brief *b, const struct act *a)
{
	const char *name = a->kind == ACT_HEARD ? a->from : a->spoke_to;

	if (a->kind == ACT_MEETING || (a->kind == ACT_CALL && !a->inbound))
		str_add(out, "we");
	else if (!prose_says(name) || (b->call && same_string(name, b->call->name)))
		str_add(out, "you");
	else
		prose_add(out, "", name);
}

/* The first that was made then, of all where `then` is NULL. */
static const struct commitment *first_of(
	const struct commitment *const *promises, size_t n, const struct act *then)
{
	for (size_t i = 0; i < n; i++)
		if (!then || promises[i]->since == then)
			return promises[i];
	return NULL;
}

/* "you were going to ask the board by Tue 24 Nov"; who it is seen from is `we` or not. */
static void open_with_promise(
	struct str *out, const struct brief *b, const struct commitment *c)
{
	char *who = prose_tidy(c->promise->who);
	const char *one = c->side == SIDE_US ? "we" : "you";

	if (who && !(b->call && same_string(c->promise->who, b->call->name)))
		one = who;
	prose_add_undertaking(out, one, c->promise->what);
	if (c->state == COMMITMENT_OPEN) {
		prose_add_when(out, " by ", &c->due, b->ground->clock);
	} else if (c->state == COMMITMENT_BROKEN) {
		str_add(out, ", and that did not happen");
	} else {
		str_add(out, ", and that was done");
		prose_add_day(out, " on ", c->settled, b->ground->clock);
	}
	free(who);
}

/* What was the last word then, other than promises; false: nothing is known. */
static bool open_with_topic(struct str *out, const struct act *a)
{
	size_t before = out->len;

	if (prose_says(a->discussed))
		prose_add_cut(out, ", we talked about ", a->discussed, OPENING_COLUMNS);
	else if (prose_says(a->where))
		prose_add_cut(out, ", you said ", a->where, OPENING_COLUMNS);
	else if (a->kind == ACT_CALL && a->result == RESULT_UNDECIDED)
		str_add(out, ", you had not decided yet");
	else if (a->kind == ACT_CALL && a->result == RESULT_DEFERRED)
		str_add(out, ", you wanted to come back to it later");
	else if (prose_says(a->no_next))
		prose_add_cut(out, ", you said ", a->no_next, OPENING_COLUMNS);
	return out->len > before;
}

static void open_first_time(struct brief *b)
{
	struct str text = STR_INIT;

	str_add(&text, "We have not spoken yet");
	prose_add_quoted(&text, "; it is about ", b->o->now.title);
	brief_say(b, BRIEF_OPENING, &text);
}

static void capitalize(struct str *sentence)
{
	if (starts_with(sentence->buf, "we ") || starts_with(sentence->buf, "you "))
		sentence->buf[0] = (char)(sentence->buf[0] - 'a' + 'A');
}

/* "We last met on Tue 17 Nov, about 'Website'", where nothing else is known of it. */
static void open_plainly(struct str *out, const struct brief *b)
{
	add_who(out, b, b->last);
	str_addf(out, " last %s", brief_did(b->last));
	prose_add_day(out, " on ", b->last, b->ground->clock);
	prose_add_quoted(out, ", about ", b->o->now.title);
}

/* "You wrote on Tue 17 Nov: 'the board meets on Friday'" */
static void open_with_message(struct str *out, const struct brief *b)
{
	add_who(out, b, b->last);
	str_addf(out, " %s", brief_did(b->last));
	prose_add_day(out, " on ", b->last, b->ground->clock);
	prose_add_cut(out, ": ", b->last->what, OPENING_COLUMNS);
}

/* "When we met on Tue 17 Nov" */
static void open_with_day(struct str *out, const struct brief *b)
{
	str_add(out, "When ");
	add_who(out, b, b->last);
	str_addf(out, " %s", brief_did(b->last));
	prose_add_day(out, " on ", b->last, b->ground->clock);
}

static void open_with_last(struct brief *b, const struct commitment *theirs)
{
	struct str text = STR_INIT;

	open_with_day(&text, b);
	if (theirs) {
		str_addch(&text, ' ');
		open_with_promise(&text, b, theirs);
	} else if (b->last->kind == ACT_HEARD && prose_says(b->last->what)) {
		str_truncate(&text, 0);
		open_with_message(&text, b);
	} else if (!open_with_topic(&text, b->last)) {
		str_truncate(&text, 0);
		open_plainly(&text, b);
	}
	capitalize(&text);
	brief_say(b, BRIEF_OPENING, &text);
}

static void add_earlier(struct brief *b, const struct commitment *c)
{
	struct str text = STR_INIT;

	prose_add_day(&text, "On ", c->since, b->ground->clock);
	str_add(&text, text.len ? " " : "Before that, ");
	open_with_promise(&text, b, c);
	brief_say(b, BRIEF_OPENING, &text);
}

static void add_ours_said(struct brief *b, const struct commitment *c)
{
	struct str text = STR_INIT;

	open_with_promise(&text, b, c);
	capitalize(&text);
	brief_say(b, BRIEF_OPENING, &text);
}

static void add_opening(struct brief *b)
{
	const struct commitment *theirs, *ours;

	if (!b->last) {
		open_first_time(b);
		return;
	}
	theirs = first_of(b->theirs, b->theirs_n, b->last);
	open_with_last(b, theirs);
	if (!theirs && b->theirs_n)
		add_earlier(b, b->theirs[0]);
	ours = first_of(b->ours, b->ours_n, b->last);
	if (!ours && b->ours_n)
		ours = b->ours[0];
	if (ours)
		add_ours_said(b, ours);
}

void brief_add_promises(struct brief *b)
{
	const struct act *meeting = b->o->now.last_meeting;

	b->theirs = collect(b, SIDE_THEM, &b->theirs_n);
	b->ours = collect(b, SIDE_US, &b->ours_n);
	add_promises(b, BRIEF_THEIRS, b->theirs, b->theirs_n, meeting && meeting->theirs.none);
	add_promises(b, BRIEF_OURS, b->ours, b->ours_n, meeting && meeting->ours.none);
	add_opening(b);
}
