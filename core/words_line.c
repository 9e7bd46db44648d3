/* An act in one line for who may read the record: names and free text are in it. */
#include "core/words.h"

#include "core/contact.h"
#include "core/error.h"
#include "core/mem.h"

#include <string.h>

void quoted_add(struct str *out, const char *words)
{
	static const char *const pairs[][2] = {{"'", "'"}, {"\"", "\""}, {"\u2018", "\u2019"},
		{"\u201c", "\u201d"}, {"\u00ab", "\u00bb"}, {"\u201e", "\u201c"}};

	for (size_t i = 0; i < ARRAY_SIZE(pairs); i++) {
		size_t least = strlen(pairs[i][0]) + strlen(pairs[i][1]);

		if (strlen(words) > least && starts_with(words, pairs[i][0]) &&
			ends_with(words, pairs[i][1])) {
			str_add(out, words);
			return;
		}
	}
	str_addf(out, "'%s'", words);
}

/* ---- commitments ---- */

static const struct commitment *find_commitment(const struct opportunity *o, const char *id)
{
	for (size_t i = 0; i < o->now.commitments_n; i++)
		if (same_string(o->now.commitments[i].promise->id, id))
			return &o->now.commitments[i];
	return NULL;
}

/* False: it cannot be said, the promise is not there. */
static bool add_settlement(struct str *out, const struct act *a, const struct opportunity *o,
	const struct clock *clock)
{
	const struct commitment *c = find_commitment(o, a->commitment);

	if (!c || !a->to)
		return false;
	str_add(out, a->to);
	if (c->settled && same_string(c->settled->id, a->id) && c->state == COMMITMENT_LATE)
		str_add(out, " late");
	if (a->due.set) {
		str_add(out, " to ");
		when_add_echo(out, &a->due, clock);
	}
	str_add(out, ": ");
	quoted_add(out, c->promise->what);
	return true;
}

/* ---- facts ---- */

/* What stands for itself, and needs no quotes. */
static bool is_plain(const char *key)
{
	static const char *const keys[] = {
		"activity", "decision_maker", "interval", "process", "value"};

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (!strcmp(keys[i], key))
			return true;
	return false;
}

/* A day with its weekday; one that cannot be read as it is. */
static void add_day(struct str *out, const char *stored, const struct clock *clock)
{
	struct when day;

	if (!when_parse_stored(&day, stored)) {
		when_add_echo(out, &day, clock);
		return;
	}
	error_clear();
	quoted_add(out, stored);
}

static void add_fact(struct str *out, const struct fact *fact, const struct clock *clock)
{
	if (!*fact->value) {
		str_addf(out, "no %s", fact->key);
		return;
	}
	str_addf(out, "%s ", fact->key);
	if (!strcmp(fact->key, "expires"))
		add_day(out, fact->value, clock);
	else if (is_plain(fact->key))
		str_add(out, fact->value);
	else
		quoted_add(out, fact->value);
}

static void add_facts(struct str *out, const struct act *a, const struct clock *clock)
{
	for (size_t i = 0; i < a->facts.n; i++) {
		str_add(out, i ? ", " : ": ");
		add_fact(out, &a->facts.items[i], clock);
	}
}

/* ---- contacts ---- */

/* Added, it is a whole contact; changed, a name. */
static void add_contact_name(struct str *out, const char *stored)
{
	struct contact c = {0};

	if (!stored)
		return;
	if (contact_parse(&c, stored))
		error_clear();
	str_addf(out, " %s", c.name ? c.name : stored);
	contact_release(&c);
}

static void add_contact(struct str *out, const struct act *a, const struct clock *clock)
{
	static const char *const words[] = {"", ": added", ": changed", ": left:", ": removed"};

	str_addf(out, "contact%s", words[a->change]);
	add_contact_name(out, a->contact);
	if (a->change == CONTACT_SET)
		add_facts(out, a, clock);
	if (a->change == CONTACT_LEFT && a->to)
		str_addf(out, ", now %s", a->to);
}

/* ---- touches ---- */

static void add_touch(struct str *out, const struct act *a, const struct opportunity *o)
{
	const struct commitment *kept = a->keeps ? find_commitment(o, a->keeps) : NULL;

	str_addf(out, "touch: gives %s", a->gives ? gives_word(a->gives) : "nothing");
	if (a->channel)
		str_addf(out, " by %s", channel_word(a->channel));
	if (a->what) {
		str_add(out, ": ");
		quoted_add(out, a->what);
	}
	if (kept) {
		str_add(out, "; keeps ");
		quoted_add(out, kept->promise->what);
	}
	for (size_t i = 0; a->answers && i < o->now.questions_n; i++)
		if (same_string(o->now.questions[i].question->id, a->answers)) {
			str_add(out, "; answers ");
			quoted_add(out, o->now.questions[i].question->text);
		}
}

/* ---- appointments ---- */

static void add_details(struct str *out, const struct act *a)
{
	if (a->duration.unit) {
		str_add(out, ", ");
		duration_add(out, &a->duration);
	}
	if (a->place)
		str_addf(out, ", %s", a->place);
	for (size_t i = 0; i < a->with.n; i++)
		str_addf(out, "%s%s", i ? ", " : ", with ", a->with.items[i]);
}

void act_add_choice(struct str *out, const struct act *a)
{
	if (!a->chose)
		return;
	str_add(out, "; they chose ");
	quoted_add(out, a->chose);
}

void act_add_line(struct str *out, const struct act *a, const struct opportunity *o,
	const struct clock *clock)
{
	if (a->kind == ACT_COMMITMENT && add_settlement(out, a, o, clock))
		return;
	if (a->kind == ACT_SET) {
		str_add(out, "set");
		add_facts(out, a, clock);
	} else if (a->kind == ACT_CONTACT) {
		add_contact(out, a, clock);
	} else if (a->kind == ACT_TOUCH) {
		add_touch(out, a, o);
	} else {
		act_add_words(out, a, clock);
		if (a->next.set)
			add_details(out, a);
		act_add_choice(out, a);
	}
}

void opportunity_add_line(struct str *out, const struct opportunity *o, const struct act *a,
	const struct clock *clock)
{
	str_addf(out, "%s: ", o->id);
	act_add_line(out, a, o, clock);
}
