#include "cmd/typed.h"

#include "cmd/report.h"
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
