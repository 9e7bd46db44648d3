#include "core/opportunity.h"

#include "core/act_index.h"
#include "core/doubts.h"
#include "core/error.h"
#include "core/fold.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct opportunity *opportunity_new(const char *id)
{
	struct opportunity *o = xcalloc(1, sizeof(*o));

	o->id = xstrdup(id);
	return o;
}

static void state_release(struct state *s)
{
	list_release(&s->tags);
	for (size_t i = 0; i < s->contacts_n; i++)
		contact_release(&s->contacts[i]);
	free(s->contacts);
	free(s->commitments);
	free(s->questions);
	*s = (struct state){0};
}

void opportunity_free(struct opportunity *o)
{
	if (!o)
		return;
	state_release(&o->now);
	for (size_t i = 0; i < o->n; i++)
		act_free(o->acts[i]);
	free(o->acts);
	free(o->struck);
	free(o->path);
	free(o->id);
	free(o);
}

struct opportunity *opportunity_copy(const struct opportunity *o)
{
	struct opportunity *copy = opportunity_new(o->id);

	copy->path = xstrdup_or_null(o->path);
	for (size_t i = 0; i < o->n; i++)
		opportunity_add(copy, act_copy(o->acts[i]));
	return copy;
}

bool opportunity_id_valid(const char *id)
{
	size_t len = strlen(id);

	if (len < 1 || len > 64 || id[0] == '-' || id[len - 1] == '-')
		return false;
	return strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

void opportunity_add(struct opportunity *o, struct act *a)
{
	size_t i;

	GROW(o->acts, o->n, o->cap);
	for (i = o->n; i > 0 && act_compare(o->acts[i - 1], a) > 0; i--)
		o->acts[i] = o->acts[i - 1];
	o->acts[i] = a;
	o->n++;
}

void opportunity_append(struct opportunity *o, struct act *a)
{
	GROW(o->acts, o->n, o->cap);
	o->acts[o->n++] = a;
}

static int compare_acts(const void *a, const void *b)
{
	return act_compare(*(struct act *const *)a, *(struct act *const *)b);
}

void opportunity_sort(struct opportunity *o)
{
	for (size_t i = 1; i < o->n; i++)
		if (act_compare(o->acts[i - 1], o->acts[i]) > 0) {
			qsort(o->acts, o->n, sizeof(*o->acts), compare_acts);
			break;
		}
}

struct act *opportunity_remove(struct opportunity *o, const char *act_id)
{
	for (size_t i = 0; i < o->n; i++) {
		struct act *a = o->acts[i];

		if (!same_string(a->id, act_id))
			continue;
		memmove(&o->acts[i], &o->acts[i + 1], (o->n - i - 1) * sizeof(*o->acts));
		o->n--;
		return a;
	}
	return NULL;
}

struct act *opportunity_act(const struct opportunity *o, const char *act_id)
{
	for (size_t i = 0; i < o->n; i++)
		if (same_string(o->acts[i]->id, act_id))
			return o->acts[i];
	return NULL;
}

/* ---- the fold, driven ---- */

/* What is struck, being found. */
struct striking {
	struct opportunity *o;
	struct act_index index;
	bool *dropped; /* parallel to its acts: named by an answer that stands */
};

static void strike_taken_back(struct striking *s, size_t undo)
{
	size_t place = act_index_find(&s->index, s->o->acts[undo]->takes_back);

	if (place < undo)
		s->o->struck[place] = true;
}

/* Where two people answered one question differently a later answer dropped what this one
 * keeps: it does not stand then. */
static void strike_dropped(struct striking *s, size_t resolve)
{
	const struct act *a = s->o->acts[resolve];
	bool overruled = s->dropped[act_index_find(&s->index, a->keep)];

	for (size_t i = 0; i < a->drops.n; i++) {
		size_t place = act_index_find(&s->index, a->drops.items[i]);

		if (place == s->o->n || place == resolve)
			continue;
		s->dropped[place] = true;
		if (!overruled)
			s->o->struck[place] = true;
	}
}

static bool strikes(const struct act *a)
{
	return a->kind == ACT_UNDO || a->kind == ACT_RESOLVE;
}

static void strike(struct opportunity *o)
{
	struct striking s = {.o = o, .dropped = xcalloc(o->n + 1, sizeof(*s.dropped))};

	act_index_init(&s.index, o);
	for (size_t i = o->n; i-- > 0;) {
		if (o->struck[i])
			continue;
		if (o->acts[i]->kind == ACT_UNDO)
			strike_taken_back(&s, i);
		else if (o->acts[i]->kind == ACT_RESOLVE)
			strike_dropped(&s, i);
	}
	act_index_release(&s.index);
	free(s.dropped);
}

/*
 * An undo strikes an earlier act; an undo of an undo restores. A resolve strikes what it
 * drops. From the last act back, one that is not struck itself strikes what it names.
 */
static void find_struck(struct opportunity *o)
{
	o->struck = xrealloc(o->struck, o->n * sizeof(*o->struck));
	memset(o->struck, 0, o->n * sizeof(*o->struck));
	for (size_t i = 0; i < o->n; i++)
		if (strikes(o->acts[i])) {
			strike(o);
			break;
		}
	fold_strike_unmerged(o);
}

void opportunity_shadow(
	struct opportunity *shadow, const struct opportunity *o, const struct act *without)
{
	*shadow = (struct opportunity){.id = o->id, .path = o->path};
	shadow->acts = xcalloc(o->n + 1, sizeof(*shadow->acts));
	for (size_t i = 0; i < o->n; i++)
		if (o->acts[i] != without)
			shadow->acts[shadow->n++] = o->acts[i];
	fold_begin(shadow);
}

void opportunity_shadow_release(struct opportunity *shadow)
{
	state_release(&shadow->now);
	free(shadow->acts);
	free(shadow->struck);
}

void fold_begin(struct opportunity *o)
{
	state_release(&o->now);
	find_struck(o);
	for (size_t i = 0; i < o->n; i++)
		if (o->acts[i]->seq > o->now.max_seq)
			o->now.max_seq = o->acts[i]->seq;
}

void opportunity_fold_before(struct opportunity *o, const struct act *stop)
{
	fold_begin(o);
	for (size_t i = 0; i < o->n; i++) {
		if (stop && act_compare(o->acts[i], stop) >= 0)
			break;
		if (!o->struck[i])
			fold_step(o, o->acts[i]);
	}
	fold_end(o);
}

void opportunity_fold(struct opportunity *o)
{
	opportunity_fold_before(o, NULL);
}

/* ---- words and questions ---- */

const char *status_word(enum status s)
{
	static const char *const words[] = {
		[STATUS_NONE] = NULL,
		[STATUS_OPEN] = "open",
		[STATUS_WAITING] = "waiting",
		[STATUS_WON] = "won",
		[STATUS_ABANDONED] = "abandoned",
	};

	return words[s];
}

const char *step_word(enum step_kind k)
{
	static const char *const words[] = {
		[STEP_NONE] = NULL,
		[STEP_APPOINTMENT] = "appointment",
		[STEP_CONFIRMATION] = "confirmation",
		[STEP_CALL] = "call",
		[STEP_WAIT] = "wait",
	};

	return words[k];
}

const char *commitment_word(enum commitment_state s)
{
	static const char *const words[] = {
		[COMMITMENT_OPEN] = "open",
		[COMMITMENT_KEPT] = "kept",
		[COMMITMENT_LATE] = "late",
		[COMMITMENT_BROKEN] = "broken",
		[COMMITMENT_DROPPED] = "dropped",
	};

	return words[s];
}

bool opportunity_is_open(const struct opportunity *o)
{
	return o->now.status == STATUS_OPEN || o->now.status == STATUS_WAITING;
}

bool opportunity_is_live(const struct opportunity *o)
{
	if (doubts_any(o))
		return true;
	if (o->now.status != STATUS_WON)
		return opportunity_is_open(o);
	for (size_t i = 0; i < o->now.commitments_n; i++)
		if (o->now.commitments[i].state == COMMITMENT_OPEN)
			return true;
	return false;
}

bool opportunity_is_adrift(const struct opportunity *o, const struct process *p)
{
	if (o->now.status != STATUS_OPEN || o->now.next.kind != STEP_NONE)
		return false;
	return !(p && p->cycle && o->now.interval.count);
}

/* ---- looking things up by what was typed ---- */

/* True if word occurs in text as a whole word, case folded by the caller. */
static bool has_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = text; (at = strstr(at, word)); at++) {
		bool starts = at == text || !isalnum((unsigned char)at[-1]);

		if (starts && !isalnum((unsigned char)at[len]))
			return true;
	}
	return false;
}

static void list_commitments(const struct opportunity *o,
	bool (*matches)(const struct commitment *, const char *), const char *text)
{
	for (size_t i = 0; i < o->now.commitments_n; i++) {
		const struct commitment *c = &o->now.commitments[i];

		if (matches(c, text))
			error_hint("%s  %s: %s", c->promise->id,
				c->side == SIDE_US ? "ours" : "theirs", c->promise->what);
	}
}

static bool id_matches(const struct commitment *c, const char *text)
{
	return starts_with(c->promise->id, text);
}

/* The same, folded here. */
static bool has_folded_word(const char *text, const char *word)
{
	struct str folded = STR_INIT, part = STR_INIT;
	bool has;

	utf8_fold(&folded, text);
	utf8_fold(&part, word);
	has = has_word(folded.buf, part.buf);
	str_release(&folded);
	str_release(&part);
	return has;
}

static bool word_matches(const struct commitment *c, const char *text)
{
	return c->state == COMMITMENT_OPEN && has_folded_word(c->promise->what, text);
}

/* Of no open one: of one that is settled, which is better said than that there is none. */
static bool settled_matches(const struct commitment *c, const char *text)
{
	return c->state != COMMITMENT_OPEN && has_folded_word(c->promise->what, text);
}

static size_t find_commitments(const struct opportunity *o,
	bool (*matches)(const struct commitment *, const char *), const char *text,
	const struct commitment **out)
{
	size_t found = 0;

	for (size_t i = 0; i < o->now.commitments_n; i++) {
		const struct commitment *c = &o->now.commitments[i];

		if (!matches(c, text))
			continue;
		*out = c;
		if (matches == id_matches && !strcmp(c->promise->id, text))
			return 1;
		found++;
	}
	return found;
}

static bool any_commitment(const struct commitment *c, const char *text)
{
	(void)text;
	return c->state == COMMITMENT_OPEN;
}

int opportunity_commitment(
	const struct opportunity *o, const char *text, const struct commitment **out)
{
	bool (*const ways[])(const struct commitment *, const char *) = {
		id_matches, word_matches, settled_matches};

	for (size_t i = 0; *text && i < ARRAY_SIZE(ways); i++) {
		size_t found = find_commitments(o, ways[i], text, out);

		if (found == 1)
			return 0;
		if (found > 1) {
			error_set(ERR_MISSING, "'%s' names %zu commitments of '%s'", text,
				found, o->id);
			list_commitments(o, ways[i], text);
			return ERR_MISSING;
		}
	}
	error_set(ERR_MISSING, "no commitment '%s' in '%s'", text, o->id);
	list_commitments(o, any_commitment, text);
	return ERR_MISSING;
}

int opportunity_question(
	const struct opportunity *o, const char *text, const struct open_question **out)
{
	size_t by_id = 0, by_word = 0;
	const struct open_question *named = NULL, *worded = NULL;

	for (size_t i = 0; *text && i < o->now.questions_n; i++) {
		const struct open_question *q = &o->now.questions[i];

		if (starts_with(q->question->id, text)) {
			named = q;
			by_id++;
		}
		if (!q->answered && has_folded_word(q->question->text, text)) {
			worded = q;
			by_word++;
		}
	}
	*out = by_id == 1 ? named : worded;
	if (by_id == 1 || (!by_id && by_word == 1))
		return 0;
	if (by_id + by_word)
		error_set(ERR_MISSING, "'%s' names %zu questions of '%s'", text,
			by_id ? by_id : by_word, o->id);
	else
		error_set(ERR_MISSING, "no question '%s' in '%s'", text, o->id);
	for (size_t i = 0; i < o->now.questions_n; i++)
		if (!o->now.questions[i].answered)
			error_hint("%s  %s", o->now.questions[i].question->id,
				o->now.questions[i].question->text);
	return ERR_MISSING;
}

/* How well a name has to match what was typed, the closest first. */
enum name_match { NAME_EXACT, NAME_FOLDED, NAME_PART, NAME_MATCHES };

static bool name_matches(const char *name, const char *text, enum name_match match)
{
	struct str folded = STR_INIT, part = STR_INIT;
	bool matches;

	if (match == NAME_EXACT)
		return !strcmp(name, text);
	utf8_fold(&folded, name);
	utf8_fold(&part, text);
	matches = match == NAME_FOLDED ? !strcmp(folded.buf, part.buf)
				       : strstr(folded.buf, part.buf) != NULL;
	str_release(&folded);
	str_release(&part);
	return matches;
}

static size_t find_contacts(const struct opportunity *o, const char *text,
	enum name_match match, const struct contact **out)
{
	size_t found = 0;

	for (size_t i = 0; i < o->now.contacts_n; i++)
		if (name_matches(o->now.contacts[i].name, text, match)) {
			*out = &o->now.contacts[i];
			found++;
		}
	return found;
}

int opportunity_contact(
	const struct opportunity *o, const char *text, const struct contact **out)
{
	size_t found = 0;

	for (int match = 0; *text && !found && match < NAME_MATCHES; match++)
		found = find_contacts(o, text, (enum name_match)match, out);
	if (found == 1)
		return 0;
	if (found > 1)
		error_set(ERR_MISSING, "'%s' names %zu contacts of '%s'", text, found, o->id);
	else
		error_set(ERR_MISSING, "no contact '%s' in '%s'", text, o->id);
	for (size_t i = 0; i < o->now.contacts_n; i++)
		error_hint("%s", o->now.contacts[i].name);
	return ERR_MISSING;
}
