#include "cmd/free_times.h"

#include "cmd/report.h"
#include "core/agenda.h"
#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

#define DAY INT64_C(86400)

struct gathering {
	struct query *query;
	const struct free_ask *ask;
	const struct clock *clock;
	struct agenda agenda;
	struct busy busy;
};

/* What is nobody's in particular may become anybody's. */
static int add_listed(void *context, const struct listed *l, const char *fault)
{
	struct gathering *g = context;

	if (fault)
		query_warn(g->query, fault);
	if (!l || (l->owner && !owners_have(g->ask->owners, l->owner)))
		return 0;
	for (size_t i = 0; i < l->n; i++)
		agenda_add_item(&g->agenda, &l->items[i], l->owner, g->clock);
	return 0;
}

static int add_calendar(struct gathering *g, const char *path)
{
	struct list warnings = {0};
	char *mail = NULL;
	int err = git_config_value(g->query->call->repo, "user.email", &mail);

	err = err ? err
		  : calendar_busy(&g->busy, &warnings, path, g->clock, g->ask->from,
			    g->ask->from + (AGENDA_HORIZON_DAYS + 2) * DAY, mail);
	free(mail);

	for (size_t i = 0; i < warnings.n; i++)
		say_warning("%s", warnings.items[i]);
	list_release(&warnings);
	return err;
}

/* As git takes the path of a setting: "~/" is the home; else it is within the work tree. */
static char *configured_path(struct repo *repo, const char *value)
{
	const char *home = getenv("HOME");

	if (starts_with(value, "~/") && home && *home)
		return xstrfmt("%s%s", home, value + 1);
	if (*value == '/')
		return xstrdup(value);
	return xstrfmt("%s/%s", repo_root(repo), value);
}

static int add_configured(void *context, const char *key, const char *value)
{
	struct gathering *g = context;
	char *path;
	int err;

	if (strcmp(key, "fu.busy") || !value || !*value)
		return 0;
	path = configured_path(g->query->call->repo, value);
	err = add_calendar(g, path);
	if (err)
		error_hint("'fu.busy' of git's config names it");
	free(path);
	return err;
}

static int gather(struct gathering *g)
{
	struct repo *repo = g->query->call->repo;
	const struct list *busy = g->ask->busy;
	int err = repo_each_listed(repo, add_listed, g);

	for (size_t i = 0; !err && busy && i < busy->n; i++)
		err = add_calendar(g, busy->items[i]);
	if (!err)
		err = git_config_each(repo, "fu.busy", add_configured, g);
	busy_settle(&g->busy);
	return err;
}

int free_times_find(
	struct query *q, const struct free_ask *ask, struct when *out, size_t wanted, size_t *n)
{
	struct gathering g = {.query = q, .ask = ask, .clock = repo_clock(q->call->repo)};
	const struct free_search search = {.clock = g.clock,
		.settings = repo_settings(q->call->repo),
		.agenda = &g.agenda,
		.busy = &g.busy,
		.from = ask->from,
		.length = ask->length};
	int err = gather(&g);

	*n = err ? 0 : agenda_free_times(&search, out, wanted);
	agenda_release(&g.agenda);
	busy_release(&g.busy);
	return err;
}

void free_times_offer(
	struct call *call, const char *owner, struct when out[FREE_TIMES], size_t *n)
{
	struct free_ask ask = {.from = agenda_free_from(repo_clock(call->repo))};
	struct owners owners = {0};
	struct query query;

	query_init(&query, call);
	ask.owners = &owners;
	*n = 0;
	if (owners_parse(&owners, call, owner))
		error_clear(); /* not in the team any more: nobody's calendar is known */
	else if (free_times_find(&query, &ask, out, FREE_TIMES, n))
		report_as_warnings();
	owners_release(&owners);
	query_release(&query);
}
