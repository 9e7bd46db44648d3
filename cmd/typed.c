#include "cmd/typed.h"

#include "cmd/report.h"
#include "core/civil.h"
#include "core/error.h"
#include "core/mem.h"
#include "storage/storage.h"

#include <stdlib.h>
#include <string.h>

static bool holds_many(const struct field *f)
{
	return f->type == FIELD_LIST || f->type == FIELD_PROMISES ||
	       f->type == FIELD_QUESTIONS || f->type == FIELD_FACTS;
}

void typed_remove(struct typed_options *t, const struct field *field)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->n; i++) {
		if (t->items[i].field != field) {
			t->items[kept++] = t->items[i];
			continue;
		}
		free(t->items[i].option);
		free(t->items[i].text);
	}
	t->n = kept;
}

void typed_add(struct typed_options *t, const char *option, const struct field *field,
	const char *text)
{
	if (!holds_many(field))
		typed_remove(t, field);
	GROW(t->items, t->n, t->cap);
	t->items[t->n++] = (struct typed_option){xstrdup(option), field, xstrdup(text)};
}

bool typed_has(const struct typed_options *t, const char *field_name)
{
	for (size_t i = 0; i < t->n; i++)
		if (!strcmp(t->items[i].field->name, field_name))
			return true;
	return false;
}

void typed_release(struct typed_options *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->items[i].option);
		free(t->items[i].text);
	}
	free(t->items);
	*t = (struct typed_options){0};
}

static bool is_at(const struct typed_option *option)
{
	return !strcmp(option->field->name, "at");
}

/* ---- without a repository ---- */

/* Stands in for every zone that exists: what a date comes to does not matter here. */
static const struct zone *any_zone(void *context, const char *name)
{
	return timezone_exists(name) ? context : NULL;
}

static int open_clock(struct clock *clock, struct zone **utc)
{
	*utc = NULL;
	*clock = (struct clock){0};
	if (system_now(&clock->now))
		return ERR_USAGE;
	*utc = zone_utc();
	clock->zone = *utc;
	clock->find_zone = any_zone;
	clock->find_context = *utc;
	return 0;
}

/*
 * What day it is depends on the zone, and the act's own time may be that of an
 * appointment: of "tue 24 nov" it depends on both whether weekday and date agree.
 * A text is wrong here only if it is so at each of these distances from now.
 */
static const int64_t distances[] = {0, -12 * 3600, 14 * 3600, -180 * 86400};

static int judge(struct act *a, const struct typed_option *option, const struct typed *ctx)
{
	struct clock clock = *ctx->clock;
	struct typed there = *ctx;
	int err = 0;

	there.clock = &clock;
	for (size_t i = 0; i < ARRAY_SIZE(distances); i++) {
		clock.now.utc = ctx->clock->now.utc + distances[i];
		err = field_set_typed(a, option->field, option->text, &there);
		if (!err)
			return 0;
	}
	if (err == ERR_USAGE)
		return err;
	error_clear(); /* not a matter of usage: said when the act is judged */
	return 0;
}

/* Runs one judgement with what was recorded before put aside. */
static int judge_beside(
	struct act *a, const struct typed_option *option, const struct typed *ctx)
{
	struct kept_errors kept;
	int err;

	errors_keep(&kept);
	err = judge(a, option, ctx);
	if (err)
		error_prefix("%s", option->option);
	errors_restore(&kept);
	return err;
}

int typed_check(const struct typed_options *t)
{
	struct clock clock;
	struct zone *utc;
	struct act *scratch;
	/* An amount without a code waits for the currency of fu.ini. */
	struct typed ctx = {.clock = &clock, .currency = "EUR"};
	int err = 0;

	if (!t->n)
		return 0;
	if (open_clock(&clock, &utc))
		return ERR_USAGE;
	scratch = act_new(ACT_NEW);
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < t->n; i++)
			if (is_at(&t->items[i]) == !round &&
				judge_beside(scratch, &t->items[i], &ctx))
				err = ERR_USAGE;
		if (scratch->at.set)
			ctx.act_at = &scratch->at;
	}
	act_free(scratch);
	zone_free(utc);
	return err;
}

int typed_check_date(const char *what, const char *text, enum direction direction)
{
	struct clock clock;
	struct zone *utc;
	struct when when;
	struct kept_errors kept;
	int64_t now;
	int err = ERR_USAGE;

	errors_keep(&kept);
	if (open_clock(&clock, &utc))
		goto out;
	now = clock.now.utc;
	for (size_t i = 0; err && i < ARRAY_SIZE(distances); i++) {
		clock.now.utc = now + distances[i];
		err = when_parse(&when, text, direction, &clock, NULL);
	}
	if (err)
		error_prefix("%s", what);
	else
		error_clear();
out:
	zone_free(utc);
	errors_restore(&kept);
	return err;
}

bool typed_is_date(const char *text)
{
	struct kept_errors kept;
	int err;

	errors_keep(&kept);
	err = typed_check_date("", text, LOOK_AHEAD);
	error_clear();
	errors_restore(&kept);
	return !err;
}

/* ---- with one ---- */

static int apply_one(struct act *a, const struct typed_option *option, const struct typed *ctx)
{
	struct kept_errors kept;
	int err;

	errors_keep(&kept);
	err = field_set_typed(a, option->field, option->text, ctx);
	if (err)
		error_prefix("%s", option->option);
	errors_restore(&kept);
	return err;
}

int typed_apply(const struct typed_options *t, struct act *a, const struct typed *ctx)
{
	struct typed against = *ctx;
	int err = 0;

	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < t->n; i++) {
			int one = is_at(&t->items[i]) == !round
					  ? apply_one(a, &t->items[i], &against)
					  : 0;

			err = err ? err : one;
		}
		if (a->at.set)
			against.act_at = &a->at;
	}
	return err;
}

/* ---- what was typed at another time ---- */

static void add_weekday(struct str *out, int32_t day)
{
	str_addf(out, "%s ", weekday_name(day_weekday(day)));
}

static void add_when(struct str *out, const struct when *w)
{
	add_weekday(out, w->day);
	when_add_stored(out, w);
}

static void add_promise(struct str *out, const struct promises *p)
{
	const struct promise *last = p->n ? &p->items[p->n - 1] : NULL;

	if (!last || !last->due.set)
		return;
	if (last->who)
		str_addf(out, "%s: ", last->who);
	str_addf(out, "%s by ", last->what);
	add_when(out, &last->due);
}

/* The field as it can be typed at any time; nothing where it has no date. */
static void add_lasting(struct str *out, const struct act *a, const struct field *field)
{
	const void *slot = field_slot_const(a, field);
	const struct fact_list *facts = slot;

	if (field->type == FIELD_WHEN || field->type == FIELD_DAY)
		add_when(out, slot);
	else if (field->type == FIELD_MOMENT)
		moment_add(out, slot);
	else if (field->type == FIELD_PROMISES)
		add_promise(out, slot);
	else if (field->type == FIELD_FACTS && facts->n)
		str_addf(out, "%s=%s", facts->items[0].key, facts->items[0].value);
}

/* One option alone, as an act; NULL: it cannot be read. */
static struct act *read_alone(const struct typed_option *option, const struct typed *ctx)
{
	struct act *a = act_new(ACT_NEW);

	if (!field_set_typed(a, option->field, option->text, ctx))
		return a;
	error_clear();
	act_free(a);
	return NULL;
}

static bool pin_one(
	struct typed_option *option, const struct typed *then, const struct typed *now)
{
	struct act *was = read_alone(option, then), *is = read_alone(option, now), *again;
	struct typed_option pinned = *option;
	struct str text = STR_INIT;
	bool good = false;

	if (was && !(is && field_equal(was, is, option->field)))
		add_lasting(&text, was, option->field);
	if (text.len) {
		pinned.text = text.buf;
		again = read_alone(&pinned, now);
		good = again && field_equal(was, again, option->field);
		act_free(again);
	}
	if (good)
		replace_string(&option->text, text.buf);
	act_free(was);
	act_free(is);
	str_release(&text);
	return good;
}

/* The time of the act, by which the others are read; `there` is where it stands. */
static void find_at(
	const struct typed_options *t, const struct typed *ctx, struct moment *there)
{
	*there = (struct moment){0};
	for (size_t i = 0; i < t->n; i++) {
		struct act *a = is_at(&t->items[i]) ? read_alone(&t->items[i], ctx) : NULL;

		if (a)
			*there = a->at;
		act_free(a);
	}
}

bool typed_pin(struct typed_options *t, const struct moment *then, const struct typed *ctx)
{
	struct kept_errors kept;
	struct clock clock = *ctx->clock;
	struct typed earlier = *ctx, now = *ctx;
	struct moment at_then, at_now;
	bool any = false;

	errors_keep(&kept);
	clock.now = *then;
	earlier.clock = &clock;
	find_at(t, &earlier, &at_then);
	find_at(t, &now, &at_now);
	earlier.act_at = at_then.set ? &at_then : NULL;
	now.act_at = at_now.set ? &at_now : NULL;
	for (size_t i = 0; i < t->n; i++)
		any = pin_one(&t->items[i], &earlier, &now) || any;
	errors_restore(&kept);
	return any;
}
