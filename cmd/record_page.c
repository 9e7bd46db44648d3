/* The lines of an opportunity's page: label, text; wrapped to the terminal. */
#include "cmd/record_fields.h"

#include "core/mem.h"
#include "core/utf8.h"
#include "core/words.h"

#include <stdlib.h>
#include <string.h>

#define LABEL_COLUMNS 16 /* labels stand in these, texts behind */
#define LEAST_COLUMNS 20 /* no text is wrapped to less */

/* ---- wrapping ---- */

struct wrap {
	struct str *out;
	size_t limit;  /* columns of a line of text; 0: none */
	size_t column; /* where the line stands */
};

static void break_line(struct wrap *w)
{
	str_addf(w->out, "\n%*s", LABEL_COLUMNS, "");
	w->column = 0;
}

static void add_word(struct wrap *w, const char *word, size_t len)
{
	char *text = xstrndup(word, len);
	struct str safe = STR_INIT;
	size_t width;

	safe_add(&safe, text);
	width = utf8_width(safe.buf);
	if (w->column && w->limit && w->column + 1 + width > w->limit)
		break_line(w);
	if (w->column) {
		str_addch(w->out, ' ');
		w->column++;
	}
	str_add(w->out, text);
	w->column += width;
	str_release(&safe);
	free(text);
}

static void add_wrapped(struct str *out, int width, const char *text)
{
	struct wrap w = {.out = out};

	if (width > 0)
		w.limit = width > LABEL_COLUMNS + LEAST_COLUMNS ? (size_t)width - LABEL_COLUMNS
								: LEAST_COLUMNS;
	while (*text) {
		size_t len = strcspn(text, " \n");

		if (len)
			add_word(&w, text, len);
		if (text[len] == '\n' && text[len + 1])
			break_line(&w);
		text += len + (text[len] != '\0');
	}
}

void record_add_line(struct str *out, int width, const char *label, const char *text)
{
	if (!text || !*text)
		return;
	str_addf(out, "%-*s", LABEL_COLUMNS, label);
	add_wrapped(out, width, text);
	str_addch(out, '\n');
}

void record_print_title(struct call *call, const struct opportunity *o)
{
	struct str text = STR_INIT, safe = STR_INIT;

	str_add(&text, o->id);
	if (o->now.title)
		str_addf(&text, "  %s", o->now.title);
	if (o->now.client)
		str_addf(&text, "  (%s)", o->now.client);
	safe_add(&safe, text.buf);
	str_addch(&safe, '\n');
	print_toned(call, TONE_HEADING, safe.buf);
	str_release(&text);
	str_release(&safe);
}

/* ---- the snapshot ---- */

static void add_day(
	struct str *out, const char *before, const struct act *a, const struct clock *clock)
{
	struct when day;

	if (!a)
		return;
	day = when_from_day(moment_day(&a->at, clock));
	str_add(out, before);
	when_add_echo(out, &day, clock);
}

static void add_place(struct str *out, const struct record *r, int width)
{
	const struct state *s = &r->o->now;
	struct str text = STR_INIT;

	record_add_stand(&text, r);
	if (opportunity_is_open(r->o))
		add_day(&text, ", since ", s->entered, r->clock);
	else
		add_day(&text, " ", s->closed, r->clock);
	if (s->process)
		str_addf(&text, ", process %s", s->process);
	record_add_line(out, width, "stands at", text.buf);
	str_release(&text);
}

static void add_last(struct str *out, const struct record *r, int width)
{
	const struct state *s = &r->o->now;
	struct str text = STR_INIT;

	if (s->last_meeting) {
		add_day(&text, "", s->last_meeting, r->clock);
		str_add(&text, ", ");
		act_add_words(&text, s->last_meeting, r->clock);
		record_add_line(out, width, "last agreed", text.buf);
		str_truncate(&text, 0);
	}
	if (s->last_contact && s->last_contact != s->last_meeting) {
		add_day(&text, "", s->last_contact, r->clock);
		record_add_line(out, width, "last contact", text.buf);
	}
	str_release(&text);
}

static void add_their_words(struct str *out, const struct record *r, int width)
{
	const struct state *s = &r->o->now;
	struct str text = STR_INIT;

	if (s->where) {
		str_addf(&text, "'%s'", s->where);
		add_day(&text, ", ", s->where_from, r->clock);
	}
	record_add_line(out, width, "in their words", text.buf);
	str_truncate(&text, 0);
	if (s->temperature) {
		str_add(&text, temperature_word(s->temperature));
		add_day(&text, ", ", s->temperature_from, r->clock);
	}
	record_add_line(out, width, "temperature", text.buf);
	str_release(&text);
}

static void add_next_step(struct str *out, const struct record *r, int width)
{
	const struct step *step = &r->o->now.next;
	struct str text = STR_INIT;

	if (!opportunity_is_open(r->o))
		return;
	next_add_words(&text, r->o, r->process, r->clock);
	if (step->place)
		str_addf(&text, ", %s", step->place);
	for (size_t i = 0; step->with && i < step->with->n; i++)
		str_addf(&text, "%s%s", i ? ", " : ", with ", step->with->items[i]);
	for (size_t i = 0; step->options && i < step->options->n; i++)
		str_addf(&text, "%s%s", i ? "; " : ", options: ", step->options->items[i]);
	if (step->moves_us + step->moves_them)
		str_addf(&text, ", moved %d times by us, %d by them", step->moves_us,
			step->moves_them);
	record_add_line(out, width, "next step", text.buf);
	str_release(&text);
}

/* "Jane Doe: get the figures by Sat 21 Nov, overdue [mtc0]" */
static void add_commitment(struct str *out, const struct record *r, const struct commitment *c)
{
	if (c->promise->who)
		str_addf(out, "%s: ", c->promise->who);
	str_add(out, c->promise->what);
	if (c->due.set) {
		str_add(out, " by ");
		when_add_echo(out, &c->due, r->clock);
	}
	if (c->state != COMMITMENT_OPEN)
		str_addf(out, ", %s", commitment_word(c->state));
	else if (c->due.set && r->clock->now.utc > when_ends(&c->due, r->clock))
		str_add(out, ", overdue");
	str_addf(out, " [%s]", c->promise->id);
}

static void add_side(
	struct str *out, const struct record *r, enum side side, bool settled, int width)
{
	const char *label = side == SIDE_US ? "we owe" : "they owe";

	for (size_t i = 0; i < r->o->now.commitments_n; i++) {
		const struct commitment *c = &r->o->now.commitments[i];
		struct str text = STR_INIT;

		if (c->side != side || (!settled && c->state != COMMITMENT_OPEN))
			continue;
		add_commitment(&text, r, c);
		record_add_line(out, width, label, text.buf);
		str_release(&text);
		label = "";
	}
}

static void add_questions(struct str *out, const struct record *r, int width)
{
	const char *label = "unsure";

	for (size_t i = 0; i < r->o->now.questions_n; i++) {
		const struct open_question *q = &r->o->now.questions[i];

		if (q->answered)
			continue;
		record_add_line(out, width, label, q->question->text);
		label = "";
	}
}

void record_add_snapshot(struct str *out, const struct record *r, bool settled, int width)
{
	add_place(out, r, width);
	add_their_words(out, r, width);
	add_last(out, r, width);
	add_next_step(out, r, width);
	add_side(out, r, SIDE_THEM, settled, width);
	add_side(out, r, SIDE_US, settled, width);
	add_questions(out, r, width);
}
