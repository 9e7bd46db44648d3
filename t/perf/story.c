#include "t/perf/story.h"

#include "core/error.h"
#include "core/mem.h"

#include <stdio.h>
#include <stdlib.h>

enum { DAY = 86400, SPACING = 9 * DAY, LAST_ACT_AGO = 5 * DAY };

static const char *const companies[] = {"acme", "borealis", "cantata", "dunmore", "ekofisk",
	"fennel", "granada", "hartwell", "inverness", "juniper", "kestrel", "lisbon", "marlow",
	"norwood", "orchard", "pelican"};
static const char *const projects[] = {"website", "warehouse", "training", "audit", "migration",
	"packaging", "lighting", "fleet"};
static const char *const words[] = {"they", "want", "it", "before", "the", "board", "meets",
	"in", "autumn", "and", "asked", "for", "two", "options", "with", "figures"};

/* SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators"). */
static uint64_t draw(struct story *s)
{
	uint64_t z = (s->random += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

void story_begin(struct story *s, uint64_t number, bool closes, const struct ground *ground)
{
	char *id;

	*s = (struct story){.ground = *ground,
		.clock = *ground->clock,
		.random = number,
		.number = number,
		.closes = closes};
	id = xstrfmt("%s-%s-%llu", companies[draw(s) % ARRAY_SIZE(companies)],
		projects[draw(s) % ARRAY_SIZE(projects)], (unsigned long long)number);
	s->o = opportunity_new(id);
	free(id);
	s->first = ground->clock->now.utc - LAST_ACT_AGO - (STORY_ACTS - 1) * SPACING -
		   (int64_t)(draw(s) % (closes ? 300 : 40)) * DAY;
}

int64_t story_next(const struct story *s)
{
	return s->first + s->told * (int64_t)SPACING;
}

void story_release(struct story *s)
{
	opportunity_free(s->o);
	s->o = NULL;
}

/* A sentence of n words. */
static char *sentence(struct story *s, int n)
{
	struct str text = STR_INIT;

	for (int i = 0; i < n; i++)
		str_addf(&text, "%s%s", i ? " " : "", words[draw(s) % ARRAY_SIZE(words)]);
	return str_detach(&text);
}

static int say(struct story *s, struct act *a, const char *field, const char *text)
{
	struct list names = {0};
	struct typed typed = {
		.clock = &s->clock, .currency = "EUR", .act_at = &a->at, .names = &names};
	int error = field_set_typed(a, field_find(field), text, &typed);

	list_release(&names);
	return error;
}

static int say_take(struct story *s, struct act *a, const char *field, char *text)
{
	int error = say(s, a, field, text);

	free(text);
	return error;
}

/* An appointment at the time of the act after the next but `skip`, a quarter past. */
static int say_next(struct story *s, struct act *a, int skip)
{
	int64_t at = story_next(s) + (int64_t)skip * SPACING;
	struct moment moment = moment_at(at, s->ground.clock);
	struct when when = when_from_moment(&moment, s->ground.clock);
	struct str text = STR_INIT;

	when.second = 9 * 3600 + (int32_t)(s->number % 32) * 900;
	when_add_stored(&text, &when);
	return say_take(s, a, "next", str_detach(&text));
}

static int tell_new(struct story *s, struct act *a)
{
	uint64_t client = draw(s) % ARRAY_SIZE(companies);
	int error = say_take(s, a, "title",
		xstrfmt("The %s project, lot %llu", projects[draw(s) % ARRAY_SIZE(projects)],
			(unsigned long long)s->number));

	if (!error)
		error = say_take(s, a, "client",
			xstrfmt("%s %llu", companies[client],
				(unsigned long long)(s->number / 4)));
	if (!error)
		error = say(s, a, "process", "field");
	if (!error)
		error = say_take(s, a, "value",
			xstrfmt("%llu EUR", (unsigned long long)(1000 + draw(s) % 90000)));
	if (!error)
		error = say_take(s, a, "contacts",
			xstrfmt("Jane Doe <jane@c%llu.example>; +34 600 111 222; CFO; "
				"decision-maker",
				(unsigned long long)(s->number / 4)));
	return error ? error : say_next(s, a, 1);
}

/* Where it stays open, promises pile up; where it closes, as many are made as are kept: an
 * opportunity that was won with promises open is on the list as before. */
static int say_promises(struct story *s, struct act *a)
{
	bool theirs = !s->closes || s->told != 3, ours = !s->closes || s->told == 1;
	int error = say_take(s, a, "theirs", theirs ? sentence(s, 5) : xstrdup("none"));

	return error ? error : say_take(s, a, "ours", ours ? sentence(s, 5) : xstrdup("none"));
}

/* Meetings are the acts 1, 3, 5; the last one decides what is to come. */
static int tell_meeting(struct story *s, struct act *a)
{
	bool repeat = s->told == 3;
	int error = say(s, a, "outcome", repeat ? "repeat" : "proceed");

	if (!error && repeat)
		error = say(s, a, "cause", "timing");
	if (!error)
		error = say_next(s, a, s->told == 5 ? 3 + (int)(draw(s) % 4) : 2);
	if (!error)
		error = say_take(s, a, "where", sentence(s, 9));
	if (!error)
		error = say_take(s, a, "discussed", sentence(s, 24));
	return error ? error : say_promises(s, a);
}

/* The last act, or one that keeps the oldest open promise of the meeting before. */
static int tell_between(struct story *s, struct act *a)
{
	const struct state *now = &s->o->now;

	if (a->kind == ACT_WIN)
		return 0;
	if (a->kind == ACT_ABANDON)
		return say(s, a, "cause", "value") ? ERR_FAILED
						   : say_take(s, a, "because", sentence(s, 6));
	if (a->kind == ACT_NOTE)
		return say_take(s, a, "note", sentence(s, 12));
	for (size_t i = 0; i < now->commitments_n; i++) {
		if (now->commitments[i].state != COMMITMENT_OPEN)
			continue;
		int error = say(s, a, "commitment", now->commitments[i].promise->id);

		return error ? error : say(s, a, "to", "kept");
	}
	return error_set(ERR_FAILED, "the story has no open commitment");
}

static enum act_kind next_kind(const struct story *s)
{
	if (s->told == 0)
		return ACT_NEW;
	if (s->told == STORY_ACTS - 1 && s->closes)
		return s->number % 2 ? ACT_WIN : ACT_ABANDON;
	if (s->told == STORY_ACTS - 1)
		return ACT_NOTE;
	return s->told % 2 ? ACT_MEETING : ACT_COMMITMENT;
}

int story_tell(struct story *s)
{
	struct act *a = act_new(next_kind(s));
	struct breaches breaches = {0};
	int error;

	s->clock.now = moment_at(story_next(s), s->ground.clock);
	a->id = act_id_from(draw(s));
	a->at = a->recorded = s->clock.now;
	a->by = xstrdup("Sam Sales <sam@example.com>");
	if (a->kind == ACT_NEW)
		error = tell_new(s, a);
	else if (a->kind == ACT_MEETING)
		error = tell_meeting(s, a);
	else
		error = tell_between(s, a);
	if (!error) {
		struct ground then = s->ground;

		then.clock = &s->clock;
		error = opportunity_admit(s->o, a, &then, &breaches);
		if (error)
			breaches_raise(&breaches);
	}
	if (error)
		act_free(a);
	s->told++;
	breaches_release(&breaches);
	return error;
}
