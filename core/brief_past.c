/* The brief's middle: the last conversation, what happened since, what is unsure. */
#include "core/brief.h"

#include "core/mem.h"
#include "core/prose.h"
#include "core/words.h"

#include <string.h>

/* What a screen has room for. */
#define SINCE_MAX 4
#define UNSURE_MAX 3
#define DISCUSSED_COLUMNS 250
#define NEWS_COLUMNS 120

/* ---- the last conversation ---- */

/* What was heard of them: "Jane Doe wrote", "they called". */
static void add_heard(struct str *out, const struct act *a)
{
	if (prose_says(a->from))
		prose_add(out, "", a->from);
	else
		str_add(out, "they");
	str_addf(out, " %s", brief_did(a));
}

static void add_outcome(struct str *out, const struct act *a)
{
	if (a->outcome == OUTCOME_NONE)
		return;
	str_add(out, a->confirm.set ? ". Proposed was " : ". We agreed ");
	if (a->outcome == OUTCOME_REPEAT)
		str_add(out, "to repeat it");
	else if (a->outcome == OUTCOME_ABANDON)
		str_add(out, "to leave it at that");
	else if (prose_says(a->to))
		prose_add(out, "to go on to the ", a->to);
	else
		str_add(out, "to go ahead");
	if (a->confirm.set)
		prose_add_series(
			out, "; they were to choose between ", &a->options, " and ", true);
}

static void add_meeting(struct str *out, const struct act *a)
{
	static const char *const channels[] = {
		[CHANNEL_PHONE] = ", by phone", [CHANNEL_VIDEO] = ", by video"};

	str_addf(out, " we %s for ", brief_did(a));
	brief_add_activity(out, a->activity);
	prose_add_series(out, ", with ", &a->attended, " and ", false);
	if (a->channel == CHANNEL_PHONE || a->channel == CHANNEL_VIDEO)
		str_add(out, channels[a->channel]);
	add_outcome(out, a);
}

static void add_result(struct str *out, const struct act *a)
{
	static const char *const results[] = {[RESULT_NONE] = "",
		[RESULT_BOOKED] = "; an appointment was booked",
		[RESULT_CONFIRMED] = "; they had decided",
		[RESULT_UNDECIDED] = "; they had not decided yet",
		[RESULT_DEFERRED] = "; they put it off",
		[RESULT_DECLINED] = "; they declined",
		[RESULT_NO_ANSWER] = "",
		[RESULT_VOICEMAIL] = ""};

	if (a->result == RESULT_CONFIRMED && prose_says(a->chose))
		prose_add_quoted(out, "; they chose ", a->chose);
	else
		str_add(out, results[a->result]);
	prose_add_quoted(out, ", because ", a->because);
}

/* Of one in which they were reached. */
static void add_call(struct str *out, const struct act *a)
{
	const char *who = prose_says(a->spoke_to) ? a->spoke_to : "them";

	if (a->inbound)
		prose_add(out, " ", prose_says(a->spoke_to) ? a->spoke_to : "they");
	else
		prose_add(out, " we called and spoke to ", who);
	if (a->inbound)
		str_add(out, " called us");
	add_result(out, a);
}

static void add_first_time(struct brief *b)
{
	const struct state *s = &b->o->now;
	struct str text = STR_INIT;

	str_add(&text, "We have not spoken yet");
	prose_add_day(&text, "; it was opened on ", s->opened, b->ground->clock);
	prose_add_quoted(&text, s->opened ? ", from " : "; it came from ", s->source);
	brief_say(b, BRIEF_LAST, &text);
}

/* The one before a call or a message: what was agreed there still holds. */
static void add_last_meeting(struct brief *b)
{
	const struct act *meeting = b->o->now.last_meeting;
	struct str text = STR_INIT;

	if (!meeting || meeting == b->last)
		return;
	prose_add_day(&text, "On ", meeting, b->ground->clock);
	add_meeting(&text, meeting);
	brief_say(b, BRIEF_LAST, &text);
}

static void add_last(struct brief *b)
{
	const struct act *a = b->last;
	struct str text = STR_INIT;

	if (!a) {
		add_first_time(b);
		return;
	}
	prose_add_day(&text, "On ", a, b->ground->clock);
	if (a->kind == ACT_MEETING) {
		add_meeting(&text, a);
	} else if (a->kind == ACT_CALL) {
		add_call(&text, a);
	} else {
		str_addch(&text, ' ');
		add_heard(&text, a);
		prose_add_cut(&text, ": ", a->what, DISCUSSED_COLUMNS);
	}
	brief_say(b, BRIEF_LAST, &text);
	add_last_meeting(b);
}

/* Where the last conversation was no meeting, what was discussed at the last one. */
static void add_discussed(struct brief *b)
{
	const struct act *meeting = b->o->now.last_meeting;
	struct str text = STR_INIT;

	if (!meeting || !prose_says(meeting->discussed))
		return;
	if (meeting != b->last)
		prose_add_day(&text, "On ", meeting, b->ground->clock);
	prose_add_cut(&text, text.len ? ": " : "", meeting->discussed, DISCUSSED_COLUMNS);
	brief_say(b, BRIEF_DISCUSSED, &text);
}

/* Their own words, and how warm it is, or that neither is known (B1). */
static void add_words(struct brief *b)
{
	const struct state *s = &b->o->now;
	struct str text = STR_INIT;

	if (!b->last)
		return;
	if (prose_says(s->where)) {
		prose_add_day(&text, "On ", s->where_from, b->ground->clock);
		prose_add_quoted(&text, text.len ? ": " : "", s->where);
	} else {
		str_add(&text, "Where things stand is not known in their words");
	}
	brief_say(b, BRIEF_WORDS, &text);
	if (s->temperature) {
		str_addf(&text, "It was %s", temperature_word(s->temperature));
		prose_add_day(&text, " on ", s->temperature_from, b->ground->clock);
	} else {
		str_add(&text, "How warm it is, is not known");
	}
	brief_say(b, BRIEF_WORDS, &text);
}

/* ---- since the last meeting ---- */

static bool is_news(const struct brief *b, const struct act *a)
{
	return a != b->last &&
	       (a->kind == ACT_TOUCH || a->kind == ACT_HEARD || a->kind == ACT_CANCEL ||
		       (a->kind == ACT_CALL && result_reached(a->result)));
}

static void collect_since(struct brief *b)
{
	const struct act *from = b->o->now.last_meeting;

	b->since = xcalloc(b->o->n + 1, sizeof(*b->since));
	for (size_t i = 0; i < b->o->n; i++) {
		const struct act *a = b->o->acts[i];

		if ((b->o->struck && b->o->struck[i]) || (from && act_compare(a, from) <= 0))
			continue;
		if (is_news(b, a))
			b->since[b->since_n++] = a;
	}
}

static void add_touch(struct str *out, const struct act *a)
{
	str_add(out, " we gave them ");
	if (prose_says(a->what))
		prose_add_cut(out, "", a->what, NEWS_COLUMNS);
	else
		str_add(out, "something");
	if (a->gives)
		str_addf(out, " (%s)", gives_word(a->gives));
	if (a->channel)
		str_addf(out, " by %s", channel_word(a->channel));
}

static void add_cancelled(struct str *out, const struct act *a)
{
	if (a->side == SIDE_NONE)
		str_add(out, a->no_show ? " nobody came to the appointment"
					: " the appointment was cancelled");
	else
		str_addf(out, " %s %s the appointment", a->side == SIDE_US ? "we" : "they",
			a->no_show ? "did not come to" : "cancelled");
	prose_add_quoted(out, ", because ", a->because);
}

static void add_news(struct brief *b, const struct act *a)
{
	struct str text = STR_INIT;

	prose_add_day(&text, "On ", a, b->ground->clock);
	if (a->kind == ACT_TOUCH) {
		add_touch(&text, a);
	} else if (a->kind == ACT_CALL) {
		add_call(&text, a);
	} else if (a->kind == ACT_CANCEL) {
		add_cancelled(&text, a);
	} else {
		str_addch(&text, ' ');
		add_heard(&text, a);
		prose_add_cut(&text, ": ", a->what, NEWS_COLUMNS);
	}
	brief_say(b, BRIEF_SINCE, &text);
}

/* Calls that reached nobody cost time and tell nothing: they are counted (B4). */
static void add_tries(struct brief *b)
{
	const struct act *from = b->o->now.last_meeting, *last = NULL;
	struct str text = STR_INIT;
	int n = 0;

	for (size_t i = 0; i < b->o->n; i++) {
		const struct act *a = b->o->acts[i];

		if (a->kind != ACT_CALL || result_reached(a->result) ||
			(b->o->struck && b->o->struck[i]) ||
			(from && act_compare(a, from) <= 0))
			continue;
		last = a;
		n++;
	}
	if (!n)
		return;
	str_addf(&text, "%d %s of ours reached nobody", n, n == 1 ? "call" : "calls");
	prose_add_day(&text, n == 1 ? ", on " : ", the last on ", last, b->ground->clock);
	brief_say(b, BRIEF_SINCE, &text);
}

static void add_since(struct brief *b)
{
	size_t first;

	collect_since(b);
	first = b->since_n > SINCE_MAX ? b->since_n - SINCE_MAX : 0;
	if (first)
		list_take(&b->parts[BRIEF_SINCE],
			xstrfmt("%zu more before: fu show %s", first, b->o->id));
	for (size_t i = first; i < b->since_n; i++)
		add_news(b, b->since[i]);
	add_tries(b);
}

static void add_unsure(struct brief *b)
{
	const struct state *s = &b->o->now;
	size_t more = 0;

	for (size_t i = 0; i < s->questions_n; i++) {
		const struct open_question *q = &s->questions[i];
		struct str text = STR_INIT;

		if (q->answered || !prose_says(q->question->text))
			continue;
		if (b->parts[BRIEF_UNSURE].n == UNSURE_MAX) {
			more++;
			continue;
		}
		prose_add(&text, "", q->question->text);
		if (q->asked) {
			prose_add_day(&text, " (since ", q->asked, b->ground->clock);
			str_addch(&text, ')');
		}
		if (q->question->id)
			str_addf(&text, " [%s]", q->question->id);
		list_take(&b->parts[BRIEF_UNSURE], str_detach(&text));
	}
	if (more)
		list_take(&b->parts[BRIEF_UNSURE],
			xstrfmt("%zu more: fu where %s", more, b->o->id));
}

void brief_add_past(struct brief *b)
{
	add_last(b);
	add_discussed(b);
	add_words(b);
	add_since(b);
	add_unsure(b);
}
