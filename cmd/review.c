/*
 * fu review: what is adrift, stale or undecided, one after another (B6).
 *
 * On a terminal each is shown and asked about; what is chosen is another command, run
 * as if it had been typed, an act and a commit of its own. Without one: the list.
 */
#include "cmd/dialogue.h"
#include "cmd/printer.h"
#include "cmd/query.h"
#include "cmd/record_fields.h"

#include "core/mem.h"
#include "core/opportunity_json.h"
#include "core/words.h"
#include "core/worklist.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct review_options {
	const char *owner;
};

static const struct opt review_opts[] = {
	{OPT_TEXT, "owner", .arg = "<who>|me|all",
		.slot = SLOT_TEXT(struct review_options, owner),
		.help = "opportunities of this owner"},
	{OPT_GROUP, .group = opts_json},
	{OPT_END},
};

const struct command_spec spec_review = {
	.opts = review_opts, .size = sizeof(struct review_options)};

struct review {
	struct query query;
	struct call *call;
	const struct clock *clock;
	struct owners owners;
	struct list ids;
	json_t *array; /* with --json */
	bool asks;
	size_t looked_at;
};

/* ---- which ---- */

static int visit_listed(void *context, const struct listed *l, const char *fault)
{
	struct review *r = context;

	if (fault)
		query_warn(&r->query, fault);
	if (!l || !owners_have(&r->owners, l->owner))
		return 0;
	for (size_t i = 0; i < l->n; i++)
		if (item_asks_review(&l->items[i], r->clock->now.utc)) {
			list_add(&r->ids, l->id);
			break;
		}
	return 0;
}

/* What of the opportunity asks for a decision, most pressing first; the caller releases. */
static void find_reasons(struct review *r, const struct opportunity *o, struct items *out)
{
	const struct worklist_ground ground = {.settings = repo_settings(r->call->repo),
		.process = query_process(&r->query, o),
		.clock = r->clock};
	struct items all = {0};

	worklist_items(&all, o, &ground);
	worklist_sort(&all);
	for (size_t i = 0; i < all.n; i++) {
		if (!item_asks_review(&all.items[i], r->clock->now.utc))
			continue;
		GROW(out->items, out->n, out->cap);
		out->items[out->n++] = all.items[i];
		all.items[i] = (struct item){0};
	}
	items_release(&all);
}

/* ---- the list ---- */

static void add_due(struct str *out, const struct item *item, const struct clock *clock)
{
	if (!item->due.set)
		return;
	str_add(out, ", due ");
	when_add_echo(out, &item->due, clock);
}

static void print_reasons(const struct review *r, const struct items *reasons)
{
	for (size_t i = 0; i < reasons->n; i++) {
		const struct item *item = &reasons->items[i];
		struct str due = STR_INIT;

		add_due(&due, item, r->clock);
		print_line("  %s: %s%s", item_word(item->kind), item->reason, due.buf);
		str_release(&due);
	}
}

static int show(void *context, struct opportunity *o, bool *keep)
{
	struct review *r = context;
	struct items reasons = {0};

	(void)keep;
	find_reasons(r, o, &reasons);
	if (r->array) {
		for (size_t i = 0; i < reasons.n; i++)
			json_array_append_new(
				r->array, item_to_json(&reasons.items[i], r->clock));
	} else {
		record_print_title(r->call, o);
		print_reasons(r, &reasons);
	}
	items_release(&reasons);
	return 0;
}

/* ---- one after another ---- */

static void print_snapshot(struct review *r, const struct opportunity *o)
{
	struct record record = record_of(&r->query, o);
	struct items reasons = {0};
	struct str text = STR_INIT;

	if (r->looked_at++)
		print_line("%s", "");
	record_print_title(r->call, o);
	record_add_snapshot(&text, &record, terminal_width(&r->call->terminal));
	print_text(text.buf);
	find_reasons(r, o, &reasons);
	print_reasons(r, &reasons);
	fflush(stdout);
	items_release(&reasons);
	str_release(&text);
}

/* Looked at, and kept on purpose. */
static int keep_it(struct review *r, struct dialogue *d, const char *id)
{
	char *words[] = {"note", (char *)id, "--decided", "--no-input", "--", NULL, NULL};
	char *why = NULL;
	int err;

	for (;;) {
		err = dialogue_line(d, "why does it stay open", "a line for the record", &why);
		if (err || *why)
			break;
		dialogue_say(d, "an answer is needed here ('?' for help)");
		free(why);
	}
	words[5] = why;
	if (!err)
		err = call_run_beside(r->call, words);
	free(why);
	return err;
}

/* What the enter key alone chooses must be harmless: it stands first. */
enum choice { SKIP, BOOK, WAIT, ABANDON, KEEP, QUIT };

static int run_choice(struct review *r, struct dialogue *d, const char *id, size_t chosen)
{
	static const char *const commands_chosen[] = {"schedule", "wait", "abandon"};
	char *words[] = {NULL, (char *)id, NULL};

	if (chosen == KEEP)
		return keep_it(r, d, id);
	words[0] = (char *)commands_chosen[chosen - BOOK];
	return call_run_beside(r->call, words);
}

static int ask(struct review *r, const struct opportunity *o, bool *quit)
{
	static const char *const words[] = {
		"skip", "book", "wait", "abandon", "keep", "quit", NULL};
	static const struct act_command none = {.kind = ACT_NOTE};
	struct act_run run = {.call = r->call, .command = &none};
	struct dialogue d;
	size_t chosen = SKIP;
	int err;

	list_add(&run.ids, o->id);
	dialogue_open(&d, &run, o);
	err = dialogue_letter(&d, "what becomes of it? [b/w/a/k/S/q]",
		"b: book an appointment, w: wait until a day, a: abandon it, k: keep it as it "
		"is, enter or s: another time, q: enough",
		words, &chosen);
	if (!err && chosen != SKIP && chosen != QUIT)
		err = run_choice(r, &d, o->id, chosen);
	*quit = chosen == QUIT;
	dialogue_close(&d);
	list_release(&run.ids);
	return err;
}

static int go_through(struct review *r)
{
	bool quit = false;
	int err = 0;

	for (size_t i = 0; !err && !quit && i < r->ids.n; i++) {
		struct opportunity *o = NULL;

		err = query_load(&r->query, r->ids.items[i], &o);
		if (!err) {
			print_snapshot(r, o);
			err = ask(r, o, &quit);
		}
		opportunity_free(o);
	}
	return err;
}

static int list_them(struct review *r)
{
	int err = r->ids.n ? query_each(&r->query, &r->ids, QUERY_OPEN, show, r) : 0;

	if (!err && r->array)
		print_json(json_incref(r->array));
	return err;
}

int cmd_review(struct call *call, const void *options)
{
	const struct review_options *o = options;
	struct review r = {.call = call,
		.clock = repo_clock(call->repo),
		.array = call->common.json ? json_array() : NULL,
		.asks = terminal_can_ask(&call->terminal) && call->terminal.out_tty &&
			!call->common.json};
	int err;

	query_init(&r.query, call);
	err = owners_parse(&r.owners, call, o->owner);
	if (!err)
		err = repo_each_listed(call->repo, visit_listed, &r);
	list_sort(&r.ids);
	if (!err && !r.ids.n && r.asks)
		print_line("nothing to decide");
	else if (!err)
		err = r.asks ? go_through(&r) : list_them(&r);
	json_decref(r.array);
	list_release(&r.ids);
	owners_release(&r.owners);
	query_release(&r.query);
	return err;
}
