#include "core/act.h"

#include "core/error.h"
#include "core/mem.h"
#include "core/opportunity.h"

#include <stdlib.h>
#include <string.h>

/* ---- words: index 0 is "absent" ---- */

static const char *const outcome_words[] = {NULL, "proceed", "repeat", "abandon", NULL};
static const char *const side_words[] = {NULL, "us", "them", NULL};
static const char *const temperature_words[] = {NULL, "cold", "cool", "warm", "hot", NULL};
static const char *const channel_words[] = {
	NULL, "visit", "phone", "video", "mail", "post", NULL};
static const char *const cause_words[] = {NULL, "timing", "process", "decision-maker",
	"consultative", "value", "qualifying", "closing", "withdrawn", "gone", NULL};
static const char *const purpose_words[] = {NULL, "schedule", "confirm", NULL};
static const char *const result_words[] = {NULL, "booked", "confirmed", "undecided", "deferred",
	"declined", "no-answer", "voicemail", NULL};
static const char *const gives_words[] = {NULL, "saving-time", "efficiency", "instruction",
	"education", "new-thinking", "new-approach", "industry-peers", "best-practices",
	"application", NULL};
static const char *const change_words[] = {NULL, "add", "set", "left", "rm", NULL};

/* ---- the fields, alphabetized ---- */

#define FIELD(field_name, field_type, member)                                                  \
	{                                                                                      \
		.name = field_name, .type = field_type, .offset = offsetof(struct act, member) \
	}
#define WORD(field_name, member, table)                                                        \
	{                                                                                      \
		.name = field_name, .type = FIELD_WORD,                                        \
		.offset = offsetof(struct act, member), .words = table                         \
	}

static const struct field fields[] = {
	FIELD("activity", FIELD_TEXT, activity),
	FIELD("again", FIELD_WHEN, again),
	FIELD("answers", FIELD_TEXT, answers),
	FIELD("at", FIELD_MOMENT, at),
	FIELD("attended", FIELD_LIST, attended),
	FIELD("because", FIELD_TEXT, because),
	FIELD("by", FIELD_TEXT, by),
	FIELD("care", FIELD_TEXT, care),
	WORD("cause", cause, cause_words),
	WORD("change", change, change_words),
	WORD("channel", channel, channel_words),
	FIELD("chose", FIELD_TEXT, chose),
	FIELD("client", FIELD_TEXT, client),
	FIELD("commitment", FIELD_TEXT, commitment),
	FIELD("confirm", FIELD_WHEN, confirm),
	FIELD("contact", FIELD_TEXT, contact),
	FIELD("contacts", FIELD_LIST, contacts),
	FIELD("decided", FIELD_FLAG, decided),
	FIELD("discussed", FIELD_TEXT, discussed),
	FIELD("drops", FIELD_LIST, drops),
	FIELD("due", FIELD_WHEN, due),
	FIELD("edited", FIELD_MOMENT, edited),
	FIELD("expires", FIELD_DAY, expires),
	FIELD("external_id", FIELD_TEXT, external_id),
	FIELD("facts", FIELD_FACTS, facts),
	FIELD("for", FIELD_DURATION, duration),
	FIELD("from", FIELD_TEXT, from),
	{.name = "gives",
		.type = FIELD_WORD,
		.offset = offsetof(struct act, gives),
		.words = gives_words,
		.noun = "kind of value",
		.words_lacked = "money",
		.words_lack = "saving money is not among them: it speaks of the price, not of "
			      "what the client gets"},
	FIELD("inbound", FIELD_FLAG, inbound),
	FIELD("interval", FIELD_DURATION, interval),
	FIELD("keep", FIELD_TEXT, keep),
	FIELD("keeps", FIELD_TEXT, keeps),
	FIELD("knew", FIELD_LIST, knew),
	FIELD("lenient", FIELD_FLAG, lenient),
	FIELD("link", FIELD_TEXT, link),
	FIELD("minutes", FIELD_COUNT, minutes),
	FIELD("next", FIELD_WHEN, next),
	FIELD("no_next", FIELD_TEXT, no_next),
	FIELD("no_show", FIELD_FLAG, no_show),
	FIELD("note", FIELD_TEXT, note),
	FIELD("of", FIELD_TEXT, of),
	FIELD("options", FIELD_LIST, options),
	FIELD("ours", FIELD_PROMISES, ours),
	WORD("outcome", outcome, outcome_words),
	FIELD("owner", FIELD_TEXT, owner),
	FIELD("place", FIELD_TEXT, place),
	FIELD("process", FIELD_TEXT, process),
	WORD("purpose", purpose, purpose_words),
	FIELD("recorded", FIELD_MOMENT, recorded),
	FIELD("replaces", FIELD_TEXT, replaces),
	WORD("result", result, result_words),
	FIELD("seq", FIELD_COUNT, seq),
	WORD("side", side, side_words),
	FIELD("source", FIELD_TEXT, source),
	FIELD("spoke_to", FIELD_TEXT, spoke_to),
	FIELD("tags", FIELD_LIST, tags),
	FIELD("takes_back", FIELD_TEXT, takes_back),
	WORD("temperature", temperature, temperature_words),
	FIELD("theirs", FIELD_PROMISES, theirs),
	FIELD("title", FIELD_TEXT, title),
	FIELD("to", FIELD_TEXT, to),
	FIELD("unsure", FIELD_QUESTIONS, unsure),
	FIELD("value", FIELD_MONEY, value),
	FIELD("via", FIELD_TEXT, via),
	FIELD("wait", FIELD_DAY, wait),
	FIELD("what", FIELD_TEXT, what),
	FIELD("where", FIELD_TEXT, where),
	FIELD("with", FIELD_LIST, with),
};

/* ---- the kinds, in the order of enum act_kind ---- */

const char *const act_common_fields[] = {"at", "recorded", "seq", "by", "edited", "lenient",
	"minutes", "link", "replaces", "of", NULL};

#define FIELDS(...)                                                                            \
	(const char *const[])                                                                  \
	{                                                                                      \
		__VA_ARGS__, NULL                                                              \
	}

const struct kind act_kinds[ACT_KINDS] = {
	[ACT_NEW] = {"new", IN_NONE,
		FIELDS("title", "client", "via", "process", "activity", "value", "source",
			"owner", "tags", "expires", "interval", "external_id", "contacts",
			"from", "note", "next", "for", "place", "with", "wait", "because")},
	[ACT_MEETING] = {"meeting", IN_OPEN,
		FIELDS("activity", "outcome", "to", "cause", "because", "next", "for", "place",
			"with", "confirm", "options", "wait", "no_next", "ours", "theirs",
			"where", "temperature", "discussed", "unsure", "note", "attended",
			"channel"),
		1u << CHANNEL_VISIT | 1u << CHANNEL_PHONE | 1u << CHANNEL_VIDEO},
	[ACT_CALL] = {"call", IN_OPEN,
		FIELDS("purpose", "result", "spoke_to", "inbound", "chose", "outcome", "to",
			"cause", "because", "next", "for", "place", "with", "again", "wait",
			"where", "ours", "theirs")},
	[ACT_TOUCH] = {"touch", IN_ANY, FIELDS("gives", "what", "channel", "keeps", "answers"),
		1u << CHANNEL_VISIT | 1u << CHANNEL_PHONE | 1u << CHANNEL_MAIL |
			1u << CHANNEL_POST},
	[ACT_HEARD] = {"heard", IN_ANY,
		FIELDS("from", "channel", "what", "where", "next", "for", "place", "with",
			"again", "wait", "no_next", "because", "ours", "theirs")},
	[ACT_NOTE] = {"note", IN_ANY, FIELDS("note", "decided")},
	[ACT_SCHEDULE] = {"schedule", IN_OPEN,
		FIELDS("next", "for", "place", "with", "activity", "side", "because")},
	[ACT_CANCEL] = {"cancel", IN_OPEN,
		FIELDS("side", "no_show", "because", "next", "for", "place", "with", "again",
			"wait", "no_next")},
	[ACT_COMMITMENT] = {"commitment", IN_ANY, FIELDS("commitment", "to", "due", "because")},
	[ACT_WAIT] = {"wait", IN_OPEN, FIELDS("wait", "because")},
	[ACT_SET] = {"set", IN_ANY, FIELDS("facts", "because")},
	[ACT_CONTACT] = {"contact", IN_ANY, FIELDS("change", "contact", "facts", "to")},
	[ACT_WIN] = {"win", IN_OPEN, FIELDS("value", "because", "care")},
	[ACT_ABANDON] = {"abandon", IN_OPEN, FIELDS("cause", "because")},
	[ACT_REOPEN] = {"reopen", IN_CLOSED,
		FIELDS("because", "next", "for", "place", "with", "again", "wait", "no_next")},
	[ACT_MERGE] = {"merge", IN_ANY,
		FIELDS("from", "facts", "contacts", "next", "for", "place", "with", "confirm",
			"options", "outcome", "to", "cause", "again", "wait", "because",
			"knew")},
	[ACT_RENAME] = {"rename", IN_ANY, FIELDS("from", "to")},
	[ACT_RESOLVE] = {"resolve", IN_ANY | IN_NONE, FIELDS("keep", "drops", "because")},
	[ACT_UNDO] = {"undo", IN_ANY | IN_NONE, FIELDS("takes_back")},
};

static int compare_field(const void *name, const void *field)
{
	return strcmp(name, ((const struct field *)field)->name);
}

const struct field *field_find(const char *name)
{
	return bsearch(name, fields, ARRAY_SIZE(fields), sizeof(*fields), compare_field);
}

static void mark_fields(bool *set, const char *const *names)
{
	for (; *names; names++)
		set[field_find(*names) - fields] = true;
}

/* Which fields a kind has, looked up once: reading a file asks for each line of it. */
static const bool *kind_fields(enum act_kind kind)
{
	static bool sets[ACT_KINDS][ARRAY_SIZE(fields)], known[ACT_KINDS];

	if (!known[kind]) {
		mark_fields(sets[kind], act_common_fields);
		mark_fields(sets[kind], act_kinds[kind].fields);
		known[kind] = true;
	}
	return sets[kind];
}

const struct field *act_field(enum act_kind kind, const char *name)
{
	const struct field *f = field_find(name);

	return f && kind_fields(kind)[f - fields] ? f : NULL;
}

int act_kind_find(const char *name)
{
	for (int i = 0; i < ACT_KINDS; i++)
		if (!strcmp(act_kinds[i].name, name))
			return i;
	return -1;
}

int word_find(const char *const *words, const char *text)
{
	for (int i = 1; words[i]; i++)
		if (!strcmp(words[i], text))
			return i;
	return 0;
}

const char *outcome_word(enum outcome o)
{
	return outcome_words[o];
}

const char *temperature_word(enum temperature t)
{
	return temperature_words[t];
}

const char *cause_word(enum cause c)
{
	return cause_words[c];
}

const char *channel_word(enum channel c)
{
	return channel_words[c];
}

int act_judge_channel(enum act_kind kind, enum channel channel)
{
	unsigned channels = act_kinds[kind].channels;
	struct str names = STR_INIT;
	const char *between = "";

	if (!channel || !channels || channels & 1u << channel)
		return 0;
	for (unsigned c = CHANNEL_VISIT; channel_words[c]; c++) {
		if (!(channels & 1u << c))
			continue;
		channels &= ~(1u << c);
		str_addf(&names, "%s%s", *between && !channels ? " or " : between,
			channel_words[c]);
		between = ", ";
	}
	error_set(ERR_USAGE, "a %s goes by %s, not by %s", act_kinds[kind].name, names.buf,
		channel_words[channel]);
	str_release(&names);
	return ERR_USAGE;
}

const char *side_word(enum side s)
{
	return side_words[s];
}

const char *purpose_word(enum purpose p)
{
	return purpose_words[p];
}

const char *result_word(enum result r)
{
	return result_words[r];
}

const char *gives_word(enum gives g)
{
	return gives_words[g];
}

bool result_reached(enum result r)
{
	return r != RESULT_NO_ANSWER && r != RESULT_VOICEMAIL;
}

/* ---- whole acts ---- */

struct act *act_new(enum act_kind kind)
{
	struct act *a = xcalloc(1, sizeof(*a));

	a->kind = kind;
	return a;
}

struct act *act_copy(const struct act *a)
{
	struct act *copy = act_new(a->kind);

	copy->id = xstrdup_or_null(a->id);
	copy->line = a->line;
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		field_copy(copy, a, &fields[i]);
	return copy;
}

void act_free(struct act *a)
{
	if (!a)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		field_clear(a, &fields[i]);
	free(a->id);
	free(a);
}

bool act_equal(const struct act *a, const struct act *b)
{
	if (a->kind != b->kind || !same_string(a->id, b->id))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		if (!field_equal(a, b, &fields[i]))
			return false;
	return true;
}

/* What opened an opportunity that was merged into this one is an act among others. */
static bool opens(const struct act *a)
{
	return a->kind == ACT_NEW && !a->of;
}

int act_compare(const struct act *a, const struct act *b)
{
	if (opens(a) != opens(b))
		return opens(a) ? -1 : 1;
	if (a->at.utc != b->at.utc)
		return a->at.utc < b->at.utc ? -1 : 1;
	if (a->seq != b->seq)
		return a->seq < b->seq ? -1 : 1;
	return a->id && b->id ? strcmp(a->id, b->id) : 0;
}
