/* `fu resolve`: which act stands where two people's acts left a question. */
#include "cmd/act_command.h"
#include "cmd/due_items.h"
#include "cmd/dialogue.h"
#include "cmd/printer.h"
#include "cmd/record_fields.h"
#include "cmd/report.h"
#include "core/doubts.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/merge.h"
#include "core/words.h"

#include <stdlib.h>
#include <string.h>

struct resolve_options {
	const char *opp;
};

static const struct positional positionals[] = {
	{"<opp>", .optional = true, .slot = SLOT_TEXT(struct resolve_options, opp)},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_FIELD, "keep", .arg = "<act>", .flags = OPT_DEMANDED,
		.help = "the act that stands; the others are struck out"},
	{OPT_FIELD, "because", .arg = "<why>", .help = "the reason"},
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

const struct command_spec spec_resolve = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct resolve_options)};

/* ---- the acts in words ---- */

/* "4f7k2m9qxc  schedule: next Wed 25 Nov 10:00, by Sam Sales, Fri 20 Nov 10:00" */
static void add_choice(struct str *out, const struct opportunity *o, const struct act *a,
	const struct clock *clock)
{
	size_t name = a->by ? strcspn(a->by, "<") : 0;

	while (name && a->by[name - 1] == ' ')
		name--;
	str_addf(out, "%s  ", a->id);
	act_add_line(out, a, o, clock);
	if (name)
		str_addf(out, "; %.*s", (int)name, a->by);
	str_add(out, ", ");
	moment_add_echo(out, &a->at, clock);
}

static bool is_merge(const struct act *a)
{
	return a && a->kind == ACT_MERGE;
}

static void add_question(struct str *out, const struct doubt *d)
{
	static const char *const what[] = {
		[DOUBT_BORN] = "both sides opened it: which 'new' stands?",
		[DOUBT_STEP] = "several acts replaced one next step: which one stands?",
		[DOUBT_FOLLOW] = ("what comes after the first of these cannot follow it: which "
				  "one stands?"),
	};

	if (d->kind == DOUBT_FOLLOW && !d->against)
		str_add(out, "this act cannot follow where it stands: keep it as it is, or "
			     "take it back (fu undo)");
	else if (is_merge(d->against))
		str_addf(out,
			"'%s' was merged into this one by somebody who did not know what else "
			"happened to it: does the merge stand, or that, and with it '%s' by "
			"itself?",
			d->against->from, d->against->from);
	else
		str_add(out, what[d->kind]);
}

/* The act of a question whose id begins so; NULL: none, or several. */
static const struct act *find_choice(const struct doubts *doubts, const char *typed)
{
	const struct act *found = NULL;

	for (size_t i = 0; *typed && i < doubts->n; i++)
		for (size_t j = 0; j < doubts->items[i].n; j++) {
			const struct act *a = doubts->items[i].acts[j];

			if (!starts_with(a->id, typed) || a == found)
				continue;
			if (found)
				return NULL;
			found = a;
		}
	return found;
}

/* ---- without a terminal ---- */

static void hint_choices(
	const struct act_run *run, const struct opportunity *o, const struct doubts *doubts)
{
	const struct clock *clock = repo_clock(run->call->repo);

	for (size_t i = 0; i < doubts->n; i++) {
		struct str line = STR_INIT;

		add_question(&line, &doubts->items[i]);
		error_hint("%s", line.buf);
		for (size_t j = 0; j < doubts->items[i].n; j++) {
			str_truncate(&line, 0);
			add_choice(&line, o, doubts->items[i].acts[j], clock);
			error_hint("--keep %s", line.buf);
		}
		str_release(&line);
	}
}

static int refuse(const struct act_run *run, const struct opportunity *o, const struct act *a,
	const struct doubts *doubts)
{
	int code = ERR_REFUSED;

	if (!doubts->n)
		return error_set(code, "'%s' has no open question", o->id);
	if (a->keep)
		code = error_set(ERR_MISSING,
			"'%s' names no act, or several, of the questions in '%s'", a->keep,
			o->id);
	else
		error_set(code,
			"a question is answered by the act that stands: '--keep' is missing");
	hint_choices(run, o, doubts);
	return code;
}

/* Where a merge is dropped, what was merged in has its own file again. */
static int split_again(struct act_run *run, struct opportunity *o, const struct doubts *doubts,
	const struct act *keep)
{
	const struct act *merge = doubts_about(doubts, keep->id)->against;

	if (!is_merge(merge) || keep == merge)
		return 0;
	return act_run_restore(run, merge_part(o, merge->from), o);
}

static int build(struct act_run *run, struct opportunity *o, struct act *a)
{
	struct doubts doubts = {0};
	const struct act *keep;
	int err = 0;

	doubts_find(&doubts, o);
	keep = a->keep ? find_choice(&doubts, a->keep) : NULL;
	err = keep ? split_again(run, o, &doubts, keep) : refuse(run, o, a, &doubts);
	if (err) {
		act_free(a);
	} else {
		replace_string(&a->keep, keep->id);
		act_run_add(run, o, a);
	}
	doubts_release(&doubts);
	return err;
}

/* ---- on a terminal ---- */

/* What is only digits is a number, also where an id begins so: who mistypes one is not to
 * choose by chance. */
static const struct act *choice_of(const struct doubt *d, const char *line)
{
	char *end;
	unsigned long n = strtoul(line, &end, 10);
	const struct doubts one = {.items = (struct doubt *)(uintptr_t)d, .n = 1};

	if (*line && !*end)
		return n >= 1 && n <= d->n ? d->acts[n - 1] : NULL;
	return find_choice(&one, line);
}

static void show_question(const struct dialogue *d, const struct doubt *doubt)
{
	struct str line = STR_INIT;

	add_question(&line, doubt);
	dialogue_say(d, "%s", line.buf);
	for (size_t i = 0; i < doubt->n; i++) {
		str_truncate(&line, 0);
		str_addf(&line, "  %zu  ", i + 1);
		add_choice(&line, d->o, doubt->acts[i], repo_clock(d->run->call->repo));
		dialogue_say(d, "%s", line.buf);
	}
	str_release(&line);
}

static int ask_which(struct dialogue *d, const struct doubt *doubt)
{
	bool good = false;
	char *line;
	int err = 0;

	show_question(d, doubt);
	while (!err && !good) {
		const struct act *chosen;

		err = dialogue_line(d, "which one stands",
			"its number, or its id; the others stay in the file, struck out",
			&line);
		if (err)
			break;
		chosen = choice_of(doubt, line);
		if (chosen)
			err = dialogue_try(d, field_find("keep"), chosen->id, &good);
		else
			dialogue_say(d, "a number from 1 to %zu, or an id", doubt->n);
		free(line);
	}
	return err;
}

static int ask(struct dialogue *d)
{
	struct doubts doubts = {0};
	struct act *typed = NULL;
	int err = dialogue_act(d, &typed);

	doubts_find(&doubts, d->o);
	if (!err && !typed->keep && doubts.n)
		err = ask_which(d, &doubts.items[0]);
	doubts_release(&doubts);
	act_free(typed);
	return err;
}

/* ---- what was recorded ---- */

static void say_struck(
	const struct opportunity *o, const struct act *a, const struct clock *clock)
{
	for (size_t i = 0; i < a->drops.n; i++) {
		const struct act *dropped = opportunity_act(o, a->drops.items[i]);
		struct str line = STR_INIT;

		if (dropped) {
			add_choice(&line, o, dropped, clock);
			say("struck out: %s", line.buf);
		}
		if (is_merge(dropped)) {
			say("'%s' stands by itself again", dropped->from);
			say_hint("fu merge %s %s merges it as it is now", dropped->from, o->id);
		}
		str_release(&line);
	}
}

static void say_resolved(struct act_run *run, const struct opportunity *o, const struct act *a)
{
	const struct clock *clock = repo_clock(run->call->repo);
	const struct act *kept = opportunity_act(o, a->keep ? a->keep : "");
	const struct process *process = NULL;
	struct doubts left = {0};
	struct str line = STR_INIT;

	if (!act_run_prints(run) || !kept)
		return;
	if (o->now.process && repo_process(run->call->repo, o->now.process, &process))
		error_clear();
	str_addf(&line, "%s: resolve: %s the %s of ", o->id,
		run->call->common.dry_run ? "would keep" : "keeps", act_kinds[kept->kind].name);
	moment_add_echo(&line, &kept->at, clock);
	str_add(&line, "; ");
	next_add_words(&line, o, process, clock);
	print_line("%s", line.buf);
	say_struck(o, a, clock);
	doubts_find(&left, o);
	if (left.n)
		say_hint("there is another question: fu resolve %s", o->id);
	doubts_release(&left);
	str_release(&line);
}

static const struct act_command resolve_command = {
	.kind = ACT_RESOLVE, .dialogue = ask, .build = build, .say = say_resolved};

/* ---- without an opportunity: which questions there are ---- */

static bool is_question(void *context, const struct item *item)
{
	(void)context;
	return item->kind == ITEM_CONFLICT;
}

static void print_questions(
	void *context, const struct item *items, size_t n, const char *client)
{
	struct call *call = context;
	const struct opportunity *o = items[0].opportunity;
	const struct clock *clock = repo_clock(call->repo);
	struct doubts doubts = {0};

	(void)n;
	(void)client;
	record_print_title(call, o);
	doubts_find(&doubts, o);
	for (size_t i = 0; i < doubts.n; i++) {
		struct str text = STR_INIT;

		str_add(&text, "  ");
		add_question(&text, &doubts.items[i]);
		for (size_t j = 0; j < doubts.items[i].n; j++) {
			str_addf(&text, "\n    fu resolve %s --keep ", o->id);
			add_choice(&text, o, doubts.items[i].acts[j], clock);
		}
		str_addch(&text, '\n');
		print_text(text.buf);
		str_release(&text);
	}
	doubts_release(&doubts);
}

/* Everybody's: a question is nobody's own. */
static int list_questions(struct call *call)
{
	static const struct due_choice everybody = {.owner = "all"};
	struct due_items due;
	int err = call_open_repo(call);

	if (err)
		return err;
	err = due_items_begin(&due, call, &everybody);
	due.visit = print_questions;
	due.wants = is_question;
	due.context = call;
	due.read = true;
	if (!err)
		err = due_items_each(&due);
	if (!err && !due.ids.n)
		print_line("no open question");
	due_items_end(&due);
	return err;
}

int cmd_resolve(struct call *call, const void *options)
{
	const struct resolve_options *o = options;

	if (!o->opp && !call->typed.n && !call->common.file && !call->common.edit &&
		!call->common.json)
		return list_questions(call);
	if (!o->opp)
		return error_set(ERR_USAGE, "missing <opp>");
	return act_command_run(call, &resolve_command, o->opp, options);
}
