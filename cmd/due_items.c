#include "cmd/due_items.h"

#include "cmd/report.h"
#include "core/act.h"
#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

static const char *const role_words[] = {NULL, "salesperson", "coordinator", "both", NULL};
#define ROLE_BOTH 3 /* in role_words; the others are those of enum role */

const struct opt opts_due[] = {
	{OPT_DURATION, "ahead", .arg = "<duration>",
		.slot = SLOT_DURATION(struct due_choice, ahead),
		.help = "appointments and what we owe so far ahead, too"},
	{OPT_WORD, "role", .words = role_words, .slot = SLOT_INT(struct due_choice, role),
		.help = "what is for this role; fu.role, if not given"},
	{OPT_TEXT, "owner", .arg = "<who>|me|all", .slot = SLOT_TEXT(struct due_choice, owner),
		.help = "what is in opportunities of this owner"},
	{OPT_END},
};

/* ---- what was asked for ---- */

/* --role, else fu.role. */
static int choose_role(struct due_items *d, int word)
{
	char *value = NULL;

	if (!word) {
		int err = git_config_value(d->query.call->repo, "fu.role", &value);

		if (err)
			return err;
		if (value && *value)
			word = word_find(role_words, value);
		if (value && *value && !word)
			say_warning(
				"fu.role: unknown role '%s': what is for both is shown", value);
		free(value);
	}
	d->role = word == ROLE_BOTH ? ROLE_NONE : (enum role)word;
	return 0;
}

int due_items_begin(struct due_items *d, struct call *call, const struct due_choice *choice)
{
	struct moment last;
	int err;

	*d = (struct due_items){.clock = repo_clock(call->repo)};
	query_init(&d->query, call);
	d->ahead = choice->ahead.unit ? duration_seconds(&choice->ahead) : 0;
	d->today = clock_today(d->clock);
	last = moment_at(d->clock->now.utc + d->ahead, d->clock);
	d->last = moment_day(&last, d->clock);
	err = owners_parse(&d->owners, call, choice->owner);
	return err ? err : choose_role(d, choice->role);
}

void due_items_end(struct due_items *d)
{
	query_release(&d->query);
	owners_release(&d->owners);
	list_release(&d->ids);
	free(d->shown);
	loads_release(&d->loads);
}

/* ---- choosing ---- */

static bool is_shown(const struct due_items *d, const struct item *item)
{
	bool is_for_role =
		d->role == ROLE_NONE || item->role == ROLE_NONE || item->role == d->role;

	return is_for_role && item_shows(item, d->clock->now.utc, d->ahead) &&
	       (!d->wants || d->wants(d->context, item));
}

static void visit_shown(
	struct due_items *d, const struct item *items, size_t n, const char *client)
{
	size_t shown_n = 0;

	for (size_t i = 0; i < n; i++) {
		if (!is_shown(d, &items[i]))
			continue;
		GROW(d->shown, shown_n, d->shown_cap);
		d->shown[shown_n++] = items[i];
	}
	if (shown_n)
		d->visit(d->context, d->shown, shown_n, client);
}

static bool any_shown(const struct due_items *d, const struct listed *l)
{
	for (size_t i = 0; i < l->n; i++)
		if (is_shown(d, &l->items[i]))
			return true;
	return false;
}

static void visit_read(struct due_items *d, const struct opportunity *o)
{
	const struct worklist_ground ground = {
		.settings = repo_settings(d->query.call->repo),
		.process = query_process(&d->query, o),
		.clock = d->clock,
	};
	struct items items = {0};

	if (!owners_have(&d->owners, o->now.owner))
		return;
	worklist_items(&items, o, &ground);
	visit_shown(d, items.items, items.n, o->now.client);
	items_release(&items);
}

static void count_appointments(struct due_items *d, const struct listed *l)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct item *item = &l->items[i];
		int32_t day;

		if (item->kind != ITEM_APPOINTMENT || !item->due.set)
			continue;
		day = agenda_day(&item->due, d->clock);
		if (day >= d->today && day <= d->last)
			loads_add(&d->loads, l->owner, day);
	}
}

/* The listing knows enough for a line of text; for more the opportunity is read. */
static int visit_listed(void *context, const struct listed *l, const char *fault)
{
	struct due_items *d = context;

	if (fault)
		query_warn(&d->query, fault);
	for (size_t i = 0; l && d->listed && i < l->n; i++)
		d->listed(d->context, &l->items[i]);
	if (!l || !owners_have(&d->owners, l->owner))
		return 0;
	count_appointments(d, l);
	if (!d->read)
		visit_shown(d, l->items, l->n, l->client);
	else if (any_shown(d, l))
		list_add(&d->ids, l->id);
	return 0;
}

/* By day, then owner, nobody's first. */
static int compare_loads(const void *left, const void *right)
{
	const struct day_load *a = left, *b = right;

	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	return strcmp(a->owner ? a->owner : "", b->owner ? b->owner : "");
}

/* What was there a moment ago may be gone, or in the midst of being edited. */
static void read_listed(struct due_items *d, const char *id)
{
	struct opportunity *o = NULL;
	int err = repo_load(d->query.call->repo, id, &o);

	if (err == ERR_MISSING)
		error_clear();
	else if (err)
		report_as_warnings();
	else
		visit_read(d, o);
	opportunity_free(o);
}

static int each_listed(struct due_items *d)
{
	struct repo *repo = d->query.call->repo;
	int err = d->early && !d->read ? repo_each_listed_early(repo, visit_listed, d)
				       : repo_each_listed(repo, visit_listed, d);

	list_sort(&d->ids);
	for (size_t i = 0; !err && i < d->ids.n; i++)
		read_listed(d, d->ids.items[i]);
	if (d->loads.n)
		qsort(d->loads.items, d->loads.n, sizeof(*d->loads.items), compare_loads);
	return err;
}

static int each_named(struct due_items *d)
{
	struct opportunity *o = NULL;
	int err = query_load(&d->query, d->opp, &o);

	if (!err)
		visit_read(d, o);
	opportunity_free(o);
	return err;
}

int due_items_each(struct due_items *d)
{
	return d->opp ? each_named(d) : each_listed(d);
}

/* ---- load against capacity ---- */

bool due_is_too_much(const struct due_items *d, const struct day_load *load)
{
	return agenda_over_capacity(
		&d->loads, load->owner, load->day, repo_settings(d->query.call->repo));
}

void due_add_load(struct str *out, const struct due_items *d, const struct day_load *load)
{
	struct when day = when_from_day(load->day);

	when_add_echo(out, &day, d->clock);
	str_addf(out, ": %s%s%d %s, over the capacity of %d", load->owner ? load->owner : "",
		load->owner ? " has " : "", load->appointments,
		load->appointments == 1 ? "appointment" : "appointments",
		repo_settings(d->query.call->repo)->appointments_per_day);
}
