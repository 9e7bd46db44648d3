/* fu brief <opp>: the page before a contact (B3). */
#include "cmd/record_fields.h"

#include "core/brief.h"
#include "core/error.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

#define OTHERS_MAX 3 /* that a screen has room for */

struct brief_options {
	const char *opp;
};

static const struct positional brief_positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct brief_options, opp)},
	{NULL},
};

const struct command_spec spec_brief = {
	.opts = opts_json,
	.positionals = brief_positionals,
	.size = sizeof(struct brief_options),
};

/* ---- other opportunities of the same client ---- */

static bool has_client(const struct opportunity *o, const char *folded)
{
	char *client = o->now.client ? utf8_folded(o->now.client) : NULL;
	bool has = o->now.status != STATUS_NONE && same_string(client, folded);

	free(client);
	return has;
}

/* What the cache says is looked at again: a damaged one is `check`'s to name. */
static void add_other(struct query *q, struct brief *b, const char *id, const char *folded)
{
	struct opportunity *other = NULL;

	if (repo_load(q->call->repo, id, &other))
		error_clear();
	else if (strcmp(other->id, b->o->id) && has_client(other, folded))
		brief_add_other(b, other, query_process(q, other));
	opportunity_free(other);
}

static int add_others(struct query *q, struct brief *b)
{
	const char *client = b->o->now.client;
	struct list ids = {0};
	size_t more = 0;
	char *folded;
	int err;

	if (!client || !*client)
		return 0;
	folded = utf8_folded(client);
	err = repo_ids_of_client(q->call->repo, client, &ids);
	for (size_t i = 0; !err && i < ids.n; i++) {
		if (!strcmp(ids.items[i], b->o->id))
			continue;
		if (q->call->common.json || b->others_n < OTHERS_MAX)
			add_other(q, b, ids.items[i], folded);
		else
			more++;
	}
	brief_add_more_others(b, more);
	list_release(&ids);
	free(folded);
	return err;
}

/* ---- the page ---- */

static void print_page(struct call *call, const struct brief *b)
{
	int width = terminal_width(&call->terminal);
	struct str page = STR_INIT;

	for (int part = 0; part < BRIEF_PARTS; part++) {
		const char *label = brief_label(b, (enum brief_part)part);
		const struct list *lines = &b->parts[part];

		/* A command is copied: it stays in one piece. */
		for (size_t i = 0; i < lines->n; i++)
			record_add_line(&page, part == BRIEF_COMMAND ? 0 : width,
				i ? "" : label, lines->items[i]);
	}
	record_print_title(call, b->o);
	print_text(page.buf);
	str_release(&page);
}

int cmd_brief(struct call *call, const void *options)
{
	const struct brief_options *typed = options;
	struct worklist_ground ground = {
		.settings = repo_settings(call->repo), .clock = repo_clock(call->repo)};
	struct opportunity *o = NULL;
	struct brief b = {0};
	struct query query;
	int err;

	query_init(&query, call);
	err = query_load(&query, typed->opp, &o);
	if (err)
		goto out;
	ground.process = query_process(&query, o);
	brief_make(&b, o, &ground);
	err = add_others(&query, &b);
	if (err)
		goto out;
	if (call->common.json)
		print_json(brief_to_json(&b));
	else
		print_page(call, &b);
out:
	brief_release(&b);
	opportunity_free(o);
	query_release(&query);
	return err;
}
