#include "cmd/act_run.h"

#include "cmd/dialogue.h"
#include "cmd/promise_doubts.h"
#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

void act_run_say(struct act_run *run, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	list_take(&run->said, xstrvfmt(format, args));
	va_end(args);
}

bool act_run_prints(const struct act_run *run)
{
	return !run->call->common.quiet && !run->call->common.json;
}

/* ---- opportunities ---- */

static struct opportunity *keep_open(struct act_run *run, struct opportunity *o)
{
	GROW(run->opened, run->opened_n, run->opened_cap);
	return run->opened[run->opened_n++] = o;
}

static struct opportunity *find_open(const struct act_run *run, const char *id)
{
	for (size_t i = 0; i < run->opened_n; i++)
		if (!strcmp(run->opened[i]->id, id))
			return run->opened[i];
	return NULL;
}

int act_run_open(struct act_run *run, const char *id, struct opportunity **out)
{
	struct opportunity *o = find_open(run, id);
	int err = 0;

	if (!o) {
		err = run->write ? write_open(run->write, id, &o)
				 : repo_load(run->call->repo, id, &o);
		if (!err)
			keep_open(run, o);
	}
	*out = err ? NULL : o;
	return err;
}

static int taken(const char *id)
{
	return error_set(ERR_FAILED, "there is an opportunity '%s' already", id);
}

/* Old ids still resolve: nobody else gets one but `own`, who had it. ERR_FAILED. */
static int judge_former(struct act_run *run, const char *id, const char *own)
{
	char *now;
	int err = repo_former(run->call->repo, id, &now);

	if (err == ERR_MISSING) /* several had it, which is said */
		return ERR_FAILED;
	if (!err && now && !same_string(now, own))
		err = error_set(ERR_FAILED,
			"'%s' is what '%s' was called: it still means that one", id, now);
	free(now);
	return err;
}

static int judge_free(struct act_run *run, const char *id, const char *own)
{
	struct opportunity *o;
	int err;

	if (find_open(run, id))
		return taken(id);
	err = repo_load(run->call->repo, id, &o);
	if (!err)
		opportunity_free(o);
	error_clear();
	if (err != ERR_MISSING) /* a file that cannot be read is there all the same */
		return taken(id);
	return judge_former(run, id, own);
}

int act_run_create(struct act_run *run, const char *id, struct opportunity **out)
{
	int err = judge_free(run, id, NULL);

	*out = NULL;
	if (err)
		return err;
	*out = keep_open(run, opportunity_new(id));
	opportunity_fold(*out);
	return 0;
}

char *act_run_free_id(struct act_run *run, const char *base)
{
	char *id = xstrdup(base);

	for (unsigned n = 2; judge_free(run, id, NULL); n++) {
		error_clear();
		free(id);
		id = xstrfmt("%s-%u", base, n);
	}
	return id;
}

void act_run_remove(struct act_run *run, const struct opportunity *o)
{
	list_add(&run->gone, o->path);
}

int act_run_rename(struct act_run *run, struct opportunity *o, const char *id)
{
	int err = judge_free(run, id, o->id);

	if (err)
		return err;
	act_run_remove(run, o);
	replace_string(&o->id, id);
	replace_string(&o->path, NULL);
	return 0;
}

int act_run_restore(struct act_run *run, struct opportunity *o, const struct opportunity *by)
{
	int err = judge_free(run, o->id, by->id);

	if (err) {
		opportunity_free(o);
		return err;
	}
	GROW(run->restored, run->restored_n, run->restored_cap);
	run->restored[run->restored_n++] = keep_open(run, o);
	return 0;
}

/* ---- acts ---- */

static void plan_add(struct act_run *run, struct opportunity *o, struct act *a, bool aside)
{
	GROW(run->plan, run->plan_n, run->plan_cap);
	run->plan[run->plan_n++] = (struct planned){.o = o, .act = a, .aside = aside};
}

void act_run_add(struct act_run *run, struct opportunity *o, struct act *a)
{
	plan_add(run, o, a, false);
}

void act_run_aside(struct act_run *run, struct opportunity *o, struct act *a)
{
	plan_add(run, o, a, true);
}

static struct act *fresh_act(const struct act_run *run, enum act_kind kind)
{
	struct act *a = act_new(kind);

	a->id = fresh_act_id();
	a->by = xstrdup(run->by);
	a->recorded = repo_clock(run->call->repo)->now;
	return a;
}

struct act *act_run_new_act(const struct act_run *run, enum act_kind kind)
{
	const struct typed_options *typed = &run->call->typed;
	struct act *a = fresh_act(run, kind);

	for (size_t i = 0; i < typed->n; i++)
		if (!strcmp(typed->items[i].field->name, "at") &&
			moment_parse(&a->at, typed->items[i].text, repo_clock(run->call->repo)))
			error_clear(); /* has been said when the command's own act was read */
	return a;
}

/* A5: who holds one role only says so in git's own config. */
static int find_role(const struct act_run *run, const struct act *a, struct ground *out)
{
	char *role = NULL;
	int err;

	if (a->kind != ACT_CALL || out->settings->roles != ROLES_ENFORCED)
		return 0;
	err = git_config_value(run->call->repo, "fu.role", &role);
	out->salesperson = !err && same_string(role, role_word(ROLE_SALESPERSON));
	free(role);
	return err;
}

static const struct process *find_process(void *repo, const char *name)
{
	const struct process *process;

	if (!repo_process(repo, name, &process))
		return process;
	error_clear();
	return NULL;
}

int act_run_ground(const struct act_run *run, const struct opportunity *o, const struct act *a,
	struct ground *out)
{
	struct repo *repo = run->call->repo;
	const char *named = a->kind == ACT_SET ? facts_get(&a->facts, "process") : a->process;
	const char *name = named && *named ? named : o ? o->now.process : NULL;
	bool needed = a->kind == ACT_NEW || a->kind == ACT_MEETING || a->kind == ACT_CALL ||
		      a->kind == ACT_SCHEDULE || a->kind == ACT_SET;
	int err;

	*out = (struct ground){.settings = repo_settings(repo),
		.clock = repo_clock(repo),
		.find_process = find_process,
		.context = repo};
	err = find_role(run, a, out);
	if (err)
		return err;
	if (a->kind == ACT_NEW && !name)
		name = out->settings->process;
	if (!name)
		return 0;
	err = repo_process(repo, name, &out->process);
	if (err && !needed) {
		error_clear();
		out->process = NULL;
		err = 0;
	}
	return err;
}

struct typed act_run_typed(
	const struct act_run *run, const struct opportunity *o, struct list *names)
{
	for (size_t i = 0; o && i < o->now.contacts_n; i++)
		list_add(names, o->now.contacts[i].name);
	return (struct typed){.clock = repo_clock(run->call->repo),
		.currency = repo_settings(run->call->repo)->currency,
		.names = names};
}

int act_run_apply(const struct act_run *run, const struct opportunity *o, struct act *a)
{
	struct list names = {0};
	struct typed ctx = act_run_typed(run, o, &names);
	int err = typed_apply(&run->call->typed, a, &ctx);

	list_release(&names);
	return err;
}

/* ---- people ---- */

/* Replaces what was typed for a contact by the contact's full name. ERR_MISSING. */
static int find_contact(const struct opportunity *o, char **name)
{
	const struct contact *c;
	int err = opportunity_contact(o, *name, &c);

	if (!err)
		replace_string(name, c->name);
	return err;
}

int act_run_owner(const struct act_run *run, const char *typed, char **owner)
{
	const struct settings *settings = repo_settings(run->call->repo);
	const char *key;

	*owner = NULL;
	if (strcmp(typed, "me")) {
		*owner = xstrdup(typed);
		return 0;
	}
	if (!settings->team_n) {
		*owner = trim(xstrndup(run->by, strcspn(run->by, "<")));
		return 0;
	}
	key = settings_member_of(settings, run->by);
	if (!key)
		return error_set(ERR_MISSING, "'%s' is not in [team] of fu.ini", run->by);
	*owner = xstrdup(key);
	return 0;
}

static int resolve_owner(const struct act_run *run, char **slot)
{
	char *owner;
	int err = act_run_owner(run, *slot, &owner);

	if (err)
		return err;
	if (*owner && !settings_owner_known(repo_settings(run->call->repo), owner)) {
		err = error_set(
			ERR_MISSING, "unknown owner '%s': not in [team] of fu.ini", owner);
		free(owner);
		return err;
	}
	free(*slot);
	*slot = owner;
	return 0;
}

static int resolve_names(const struct opportunity *o, struct list *names)
{
	int err = 0;

	for (size_t i = 0; !err && i < names->n; i++)
		err = find_contact(o, &names->items[i]);
	return err;
}

/* What a touch keeps or answers, by its id. */
static int resolve_settled(const struct opportunity *o, struct act *a)
{
	const struct commitment *c;
	const struct open_question *q;
	int err = 0;

	if (a->keeps && !(err = opportunity_commitment(o, a->keeps, &c)))
		replace_string(&a->keeps, c->promise->id);
	if (!err && a->answers && !(err = opportunity_question(o, a->answers, &q)))
		replace_string(&a->answers, q->question->id);
	return err;
}

int act_run_resolve(const struct act_run *run, const struct opportunity *o, struct act *a)
{
	int err = 0;

	if (a->owner)
		err = resolve_owner(run, &a->owner);
	for (size_t i = 0; !err && a->kind == ACT_SET && i < a->facts.n; i++)
		if (!strcmp(a->facts.items[i].key, "owner"))
			err = resolve_owner(run, &a->facts.items[i].value);
	if (err || !o || a->kind == ACT_NEW)
		return err;
	err = resolve_names(o, &a->with);
	if (!err)
		err = resolve_names(o, &a->attended);
	if (!err && a->kind == ACT_HEARD && a->from)
		err = find_contact(o, &a->from);
	if (!err && a->spoke_to)
		err = find_contact(o, &a->spoke_to);
	return err ? err : resolve_settled(o, a);
}

/* ---- planning ---- */

/* Each commitment that was typed is one of the act's, in this order; "none" is none. */
static void doubt_promises(struct act_run *run, const struct opportunity *o,
	const struct act *a, const struct field *field)
{
	const struct typed_options *typed = &run->call->typed;
	const struct promises *p = field_slot_const(a, field);
	struct list doubts = {0};
	size_t at = 0;

	for (size_t i = 0; i < typed->n && at < p->n; i++) {
		if (typed->items[i].field != field)
			continue;
		/* Of an answer it was said when it was given. */
		if (strcmp(typed->items[i].option, DIALOGUE_ANSWER))
			promise_doubts(&doubts, &p->items[at], o, repo_clock(run->call->repo));
		at++;
	}
	for (size_t i = 0; i < doubts.n; i++)
		act_run_say(run, "warning: %s", doubts.items[i]);
	list_release(&doubts);
}

static int build(struct act_run *run, struct opportunity *o)
{
	struct act *a = fresh_act(run, run->command->kind);
	int err = act_run_apply(run, o, a);

	if (!err)
		err = act_run_resolve(run, o, a);
	if (err) {
		act_free(a);
		return err;
	}
	doubt_promises(run, o, a, field_find("ours"));
	doubt_promises(run, o, a, field_find("theirs"));
	if (run->command->build)
		return run->command->build(run, o, a);
	act_run_add(run, o, a);
	return 0;
}

static bool option_said(const struct breaches *all, const char *option)
{
	for (size_t i = 0; i < all->n; i++)
		if (same_string(all->items[i].option, option))
			return true;
	return false;
}

/* Takes over what was found, naming the opportunity where there are several. */
static void gather(struct breaches *all, const struct breaches *found, const char *id)
{
	for (size_t i = 0; i < found->n; i++) {
		const struct breach *b = &found->items[i];
		const char *option = option_said(all, b->option) ? NULL : b->option;

		breaches_add(all, b->act, b->rule, b->discipline, option, "%s%s%s",
			id ? id : "", id ? ": " : "", b->message);
	}
}

static int admit_one(struct act_run *run, struct planned *p, struct breaches *all)
{
	struct breaches found = {0};
	struct ground ground;
	int err = act_run_ground(run, p->o, p->act, &ground);

	if (err)
		return err;
	if (opportunity_admit(p->o, p->act, &ground, &found))
		gather(all, &found, run->ids.n > 1 ? p->o->id : NULL);
	else
		p->admitted = true;
	breaches_release(&found);
	return 0;
}

static int admit_all(struct act_run *run)
{
	struct breaches all = {0};
	int err = 0;

	for (size_t i = 0; !err && i < run->plan_n; i++)
		err = admit_one(run, &run->plan[i], &all);
	if (!err)
		err = breaches_raise(&all);
	breaches_release(&all);
	return err;
}

int act_run_plan(struct act_run *run)
{
	int err = 0;

	if (run->command->is_new)
		err = build(run, NULL);
	for (size_t i = 0; !err && i < run->ids.n; i++) {
		struct opportunity *o;

		err = act_run_open(run, run->ids.items[i], &o);
		if (!err)
			err = build(run, o);
		if (err && run->ids.n > 1)
			error_prefix("%s", run->ids.items[i]);
	}
	return err ? err : admit_all(run);
}

/* ---- the commit ---- */

static bool is_planned(const struct act_run *run, const struct opportunity *o)
{
	for (size_t i = 0; i < run->plan_n; i++)
		if (run->plan[i].o == o)
			return true;
	return false;
}

int act_run_commit(struct act_run *run)
{
	struct str subject = STR_INIT, body = STR_INIT;
	struct list trailers = {0};
	char commit[41];
	int err = 0;

	for (size_t i = 0; !err && i < run->opened_n; i++)
		if (is_planned(run, run->opened[i]))
			err = write_put(run->write, run->opened[i]);
	for (size_t i = 0; !err && i < run->restored_n; i++)
		err = write_put(run->write, run->restored[i]);
	for (size_t i = 0; !err && i < run->gone.n; i++)
		err = write_remove(run->write, run->gone.items[i]);
	if (!err) {
		act_report_commit(run, &subject, &body, &trailers);
		err = write_commit(run->write,
			&(struct commit_text){.subject = subject.buf,
				.body = body.len ? body.buf : NULL,
				.trailers = &trailers},
			commit);
	}
	list_release(&trailers);
	str_release(&body);
	str_release(&subject);
	return err;
}

void act_run_clear(struct act_run *run)
{
	for (size_t i = 0; i < run->plan_n; i++)
		if (!run->plan[i].admitted)
			act_free(run->plan[i].act);
	for (size_t i = 0; i < run->opened_n; i++)
		opportunity_free(run->opened[i]);
	free(run->plan);
	free(run->opened);
	free(run->restored);
	list_release(&run->gone);
	list_release(&run->said);
	write_end(run->write);
	run->plan = NULL;
	run->opened = run->restored = NULL;
	run->write = NULL;
	run->plan_n = run->plan_cap = run->opened_n = run->opened_cap = 0;
	run->restored_n = run->restored_cap = 0;
}
