#include "cmd/settle.h"

#include "core/mem.h"

#include <string.h>

const struct positional settle_positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct settle_options, opp)},
	{"<commitment>", .repeats = true,
		.slot = SLOT_LIST(struct settle_options, commitments)},
	{NULL},
};

/* What the hook gets: the options, and what becomes of the commitments. */
struct settling {
	const struct settle_options *options;
	const char *to;
};

static bool named_before(const struct act_run *run, const char *id)
{
	for (size_t i = 0; i < run->plan_n; i++)
		if (!strcmp(run->plan[i].act->commitment, id))
			return true;
	return false;
}

static int settle_one(struct act_run *run, struct opportunity *o, const struct act *like,
	const char *to, const char *typed)
{
	const struct commitment *c;
	struct act *a;
	int err = opportunity_commitment(o, typed, &c);

	if (err || named_before(run, c->promise->id))
		return err;
	a = act_run_new_act(run, ACT_COMMITMENT);
	replace_string(&a->commitment, c->promise->id);
	replace_string(&a->to, to);
	replace_string(&a->because, like->because);
	replace_string(&a->link, like->link);
	/* The time was spent once, however many commitments it settled. */
	a->minutes = run->plan_n ? 0 : like->minutes;
	a->due = like->due;
	a->at = like->at;
	act_run_add(run, o, a);
	return 0;
}

static int build(struct act_run *run, struct opportunity *o, struct act *a)
{
	const struct settling *s = run->options;
	const struct list *typed = &s->options->commitments;
	int err = 0;

	if (s->options->commitment)
		err = settle_one(run, o, a, s->to, s->options->commitment);
	for (size_t i = 0; !err && i < typed->n; i++)
		err = settle_one(run, o, a, s->to, typed->items[i]);
	act_free(a);
	return err;
}

static const struct act_command settle_command = {.kind = ACT_COMMITMENT, .build = build};

int settle_run(struct call *call, const struct settle_options *options, const char *to)
{
	const struct settling settling = {options, to};

	return act_command_run(call, &settle_command, options->opp, &settling);
}
