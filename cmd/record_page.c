/* The lines of an opportunity's page: label, text; wrapped to the terminal. */
#include "cmd/record_fields.h"

#include "cmd/wrap.h"
#include "core/doubts.h"
#include "core/mem.h"
#include "core/utf8.h"
#include "core/words.h"

#include <string.h>

#define LABEL_COLUMNS 16 /* labels stand in these, texts behind */
#define LEAST_COLUMNS 20 /* no text is wrapped to less */
#define TITLE_INDENT 2   /* of what does not fit on the title's line */

void record_add_line(struct str *out, int width, const char *label, const char *text)
{
	size_t limit = 0;

	if (!text || !*text)
		return;
	if (width > 0)
		limit = width > LABEL_COLUMNS + LEAST_COLUMNS ? (size_t)width - LABEL_COLUMNS
							      : LEAST_COLUMNS;
	str_addf(out, "%-*s ", LABEL_COLUMNS - 1, label);
	wrap_add(out, text, LABEL_COLUMNS, limit);
	str_addch(out, '\n');
}

/* The act that opened it; when it is taken back, the one that was. */
static const struct act *opening(const struct opportunity *o)
{
	if (o->now.opened)
		return o->now.opened;
	return o->n && o->acts[0]->kind == ACT_NEW ? o->acts[0] : NULL;
}

void record_print_title(struct call *call, const struct opportunity *o)
{
	const struct act *taken_back = o->now.status == STATUS_NONE ? opening(o) : NULL;
	const char *title = taken_back ? taken_back->title : o->now.title;
	const char *client = taken_back ? taken_back->client : o->now.client;
	struct str text = STR_INIT, safe = STR_INIT, lines = STR_INIT;
	int width = terminal_width(&call->terminal);

	str_add(&text, o->id);
	if (title)
		str_addf(&text, "  %s", title);
	if (client)
		str_addf(&text, "  (%s)", client);
	safe_add(&safe, text.buf);
	if (width > LEAST_COLUMNS && utf8_width(safe.buf) > (size_t)width)
		wrap_add(&lines, safe.buf, TITLE_INDENT, (size_t)width - TITLE_INDENT);
	else
		str_addn(&lines, safe.buf, safe.len);
	str_addch(&lines, '\n');
	print_toned(call, TONE_HEADING, lines.buf);
	str_release(&text);
	str_release(&safe);
	str_release(&lines);
}

void record_add_contact(struct str *out, const struct contact *c)
{
	str_add(out, c->name);
	if (c->mail)
		str_addf(out, " <%s>", c->mail);
	if (c->phone)
		str_addf(out, ", %s", c->phone);
	if (c->role)
		str_addf(out, ", %s", c->role);
	if (c->decision_maker)
		str_add(out, ", decides");
	if (c->left)
		str_addf(out, ", left%s%s", c->left_to ? "; now " : "",
			c->left_to ? c->left_to : "");
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
	if (s->status == STATUS_NONE && r->o->n)
		str_addf(&text, "; 'fu undo %s' brings it back", r->o->id);
	else if (opportunity_is_open(r->o))
		add_day(&text, ", since ", s->entered, r->clock);
	else
		add_day(&text, " ", s->closed, r->clock);
	if (s->process)
		str_addf(&text, ", process %s", s->process);
	record_add_line(out, width, "stands at", text.buf);
	str_release(&text);
}

static const struct act *find_replacing(const struct opportunity *o, const struct act *a)
{
	for (size_t i = 0; i < o->n; i++)
		if (!(o->struck && o->struck[i]) && same_string(o->acts[i]->replaces, a->id))
			return o->acts[i];
	return NULL;
}

static const char *replacing_word(const struct act *replacing, const struct act *before)
{
	switch (replacing->kind) {
	case ACT_SCHEDULE:
		return before->next.set ? "moved" : "booked";
	case ACT_CANCEL:
		return replacing->no_show ? "no-show" : "cancelled";
	case ACT_WAIT:
		return "put off";
	case ACT_CALL:
		return replacing->result == RESULT_DEFERRED ? "put off"
							    : result_word(replacing->result);
	case ACT_WIN:
		return "won";
	case ACT_ABANDON:
		return "abandoned";
	default:
		return "replaced";
	}
}

/* What became of the next step that the act set. */
static void add_aftermath(struct str *out, const struct record *r, const struct act *a)
{
	const struct act *replacing = find_replacing(r->o, a);
	const char *before = "; since then ";

	for (; replacing; replacing = find_replacing(r->o, a)) {
		str_addf(out, "%s%s", before, replacing_word(replacing, a));
		add_day(out, " ", replacing, r->clock);
		before = ", ";
		a = replacing;
	}
}

/* What was last agreed with the client: in a meeting, or by a call that booked or confirmed. */
static const struct act *last_agreement(const struct opportunity *o)
{
	for (size_t i = o->n; i-- > 0;) {
		const struct act *a = o->acts[i];
		bool agreed = a->kind == ACT_MEETING ||
			      (a->kind == ACT_CALL && (a->result == RESULT_BOOKED ||
							      a->result == RESULT_CONFIRMED));

		if (agreed && !o->struck[i])
			return a;
	}
	return NULL;
}

static void add_last(struct str *out, const struct record *r, int width)
{
	const struct state *s = &r->o->now;
	const struct act *agreed = last_agreement(r->o);
	struct str text = STR_INIT;

	if (agreed) {
		add_day(&text, "", agreed, r->clock);
		str_add(&text, ", ");
		act_add_words(&text, agreed, r->clock);
		act_add_choice(&text, agreed);
		add_aftermath(&text, r, agreed);
		record_add_line(out, width, "last agreed", text.buf);
		str_truncate(&text, 0);
	}
	if (s->last_contact && s->last_contact != s->last_meeting) {
		if (s->last_contact == s->opened)
			str_add(&text, "none yet");
		else
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
		quoted_add(&text, s->where);
		add_day(&text, ", ", s->where_from, r->clock);
	}
	if (!s->where && opportunity_is_open(r->o) && s->last_meeting)
		str_add(&text, "not known");
	record_add_line(out, width, "in their words", text.buf);
	str_truncate(&text, 0);
	if (s->temperature) {
		str_add(&text, temperature_word(s->temperature));
		add_day(&text, ", ", s->temperature_from, r->clock);
	} else if (opportunity_is_open(r->o)) {
		str_add(&text, "not known");
	}
	record_add_line(out, width, "temperature", text.buf);
	str_release(&text);
}

/* ", moved twice by us, once by them" */
static void add_moves(struct str *out, const struct step *step)
{
	const struct {
		int count;
		const char *by;
	} moves[] = {{step->moves_us, "us"}, {step->moves_them, "them"}};
	const char *before = ", moved ";

	for (size_t i = 0; i < ARRAY_SIZE(moves); i++) {
		if (!moves[i].count)
			continue;
		str_add(out, before);
		if (moves[i].count == 1)
			str_add(out, "once");
		else
			str_addf(out, "%d times", moves[i].count);
		str_addf(out, " by %s", moves[i].by);
		before = ", ";
	}
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
	add_moves(&text, step);
	record_add_line(out, width, "next step", text.buf);
	str_release(&text);
}

/* What sync left to be decided: until it is, the next step is but one of several. */
static void add_conflicts(struct str *out, const struct record *r, int width)
{
	struct doubts doubts = {0};
	struct str text = STR_INIT;

	doubts_find(&doubts, r->o);
	for (size_t i = 0; i < doubts.n; i++) {
		str_truncate(&text, 0);
		doubt_add_words(&text, &doubts.items[i]);
		str_addf(&text, "; fu resolve %s", r->o->id);
		record_add_line(out, width, "conflict", text.buf);
	}
	str_release(&text);
	doubts_release(&doubts);
}

void record_add_promise(struct str *out, const struct record *r, const struct promise *p,
	const struct when *due)
{
	if (p->who)
		str_addf(out, "%s: ", p->who);
	str_add(out, p->what);
	if (due->set) {
		str_add(out, " by ");
		when_add_echo(out, due, r->clock);
	}
}

void record_add_commitment(struct str *out, const struct record *r, const struct commitment *c)
{
	record_add_promise(out, r, c->promise, &c->due);
	if (c->state != COMMITMENT_OPEN)
		str_addf(out, ", %s", commitment_word(c->state));
	else if (c->due.set && r->clock->now.utc > when_ends(&c->due, r->clock))
		str_add(out, ", overdue");
	str_addf(out, " [%s]", c->promise->id);
}

static void add_side(struct str *out, const struct record *r, enum side side, int width)
{
	const char *label = side == SIDE_US ? "we owe" : "they owe";

	for (size_t i = 0; i < r->o->now.commitments_n; i++) {
		const struct commitment *c = &r->o->now.commitments[i];
		struct str text = STR_INIT;

		if (c->side != side || c->state != COMMITMENT_OPEN)
			continue;
		record_add_commitment(&text, r, c);
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

void record_add_snapshot(struct str *out, const struct record *r, int width)
{
	add_place(out, r, width);
	add_their_words(out, r, width);
	add_last(out, r, width);
	add_next_step(out, r, width);
	add_conflicts(out, r, width);
	add_side(out, r, SIDE_THEM, width);
	add_side(out, r, SIDE_US, width);
	add_questions(out, r, width);
}
