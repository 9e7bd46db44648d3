/* fu list */
#include "cmd/record_fields.h"
#include "cmd/report.h"

#include "core/mem.h"
#include "core/suggest.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

enum status_choice {
	CHOICE_LIVE, /* nothing said: open and waiting ones */
	CHOICE_OPEN,
	CHOICE_WAITING,
	CHOICE_WON,
	CHOICE_ABANDONED,
	CHOICE_ALL
};
static const char *const status_words[] = {
	NULL, "open", "waiting", "won", "abandoned", "all", NULL};

enum sort_field {
	SORT_NONE,
	SORT_ACTIVITY,
	SORT_CLIENT,
	SORT_CLOSED,
	SORT_EXPIRES,
	SORT_EXTERNAL_ID,
	SORT_ID,
	SORT_LAST_CONTACT,
	SORT_NEXT,
	SORT_OPENED,
	SORT_OWNER,
	SORT_PROCESS,
	SORT_SOURCE,
	SORT_STATUS,
	SORT_TEMPERATURE,
	SORT_TITLE,
	SORT_VALUE,
	SORT_VIA
};
static const char *const sort_words[] = {NULL, "activity", "client", "closed", "expires",
	"external_id", "id", "last_contact", "next", "opened", "owner", "process", "source",
	"status", "temperature", "title", "value", "via", NULL};

struct list_options {
	int status, sort;
	const char *client, *process, *activity, *owner, *tag, *contact;
	bool reverse;
};

static const struct opt list_opts[] = {
	{OPT_WORD, "status", .words = status_words,
		.slot = SLOT_INT(struct list_options, status),
		.help = "those of this status; open and waiting ones, if not given"},
	{OPT_TEXT, "client", .arg = "<text>", .slot = SLOT_TEXT(struct list_options, client),
		.help = "those whose client has this in its name"},
	{OPT_TEXT, "process", .arg = "<name>", .slot = SLOT_TEXT(struct list_options, process),
		.help = "those that follow this process"},
	{OPT_TEXT, "activity", .arg = "<name>",
		.slot = SLOT_TEXT(struct list_options, activity),
		.help = "those that stand at this activity"},
	{OPT_TEXT, "owner", .arg = "<who>|me|all",
		.slot = SLOT_TEXT(struct list_options, owner), .help = "those of this owner"},
	{OPT_TEXT, "tag", .arg = "<tag>", .slot = SLOT_TEXT(struct list_options, tag),
		.help = "those with this tag"},
	{OPT_TEXT, "contact", .arg = "<text>", .slot = SLOT_TEXT(struct list_options, contact),
		.help = "those with somebody who has this in name, mail or phone"},
	{OPT_WORD, "sort", .arg = "<field>", .words = sort_words,
		.slot = SLOT_INT(struct list_options, sort),
		.help = "by this field; by id, if not given"},
	{OPT_FLAG, "reverse", .slot = SLOT_BOOL(struct list_options, reverse),
		.help = "the other way round"},
	{OPT_GROUP, .group = opts_format},
	{OPT_END},
};

const struct command_spec spec_list = {
	.opts = list_opts, .size = sizeof(struct list_options), .print = &record_print};

/* One run. */
struct listing {
	struct query query;
	const struct list_options *options;
	char *client, *contact; /* folded, or NULL */
	struct owners owners;
	struct printer *printer;
	bool sorts;
	bool tag_seen;             /* that of --tag */
	struct opportunity **kept; /* those to be sorted */
	size_t n, cap;
};

/* ---- which ones ---- */

static bool has_status(const struct listing *l, const struct opportunity *o)
{
	switch ((enum status_choice)l->options->status) {
	case CHOICE_LIVE:
		return opportunity_is_open(o);
	case CHOICE_OPEN:
		return o->now.status == STATUS_OPEN;
	case CHOICE_WAITING:
		return o->now.status == STATUS_WAITING;
	case CHOICE_WON:
		return o->now.status == STATUS_WON;
	case CHOICE_ABANDONED:
		return o->now.status == STATUS_ABANDONED;
	case CHOICE_ALL:
		return o->now.status != STATUS_NONE;
	}
	return false;
}

static bool has_contact(const struct opportunity *o, const char *folded)
{
	for (size_t i = 0; i < o->now.contacts_n; i++) {
		const struct contact *c = &o->now.contacts[i];

		if (text_has(c->name, folded) || text_has(c->mail, folded) ||
			text_has(c->phone, folded))
			return true;
	}
	return false;
}

static bool is_or_any(const char *wanted, const char *value)
{
	return !wanted || same_string(wanted, value);
}

static bool is_wanted(const struct listing *l, const struct opportunity *o)
{
	const struct list_options *options = l->options;

	return has_status(l, o) && is_or_any(options->process, o->now.process) &&
	       is_or_any(options->activity, o->now.activity) &&
	       (!options->tag || list_has(&o->now.tags, options->tag)) &&
	       owners_have(&l->owners, o->now.owner) &&
	       (!l->client || text_has(o->now.client, l->client)) &&
	       (!l->contact || has_contact(o, l->contact));
}

/* ---- in which order: what is absent comes last ---- */

struct order {
	enum sort_field field;
	bool reverse;
	const struct clock *clock;
};

static int compare_texts(const char *a, const char *b)
{
	char *left, *right;
	int order;

	if (!a || !b)
		return !a - !b;
	left = utf8_folded(a);
	right = utf8_folded(b);
	order = strcmp(left, right);
	free(left);
	free(right);
	return order;
}

static int compare_acts(const struct act *a, const struct act *b)
{
	if (!a || !b)
		return !a - !b;
	return (a->at.utc > b->at.utc) - (a->at.utc < b->at.utc);
}

static int compare_values(const struct money *a, const struct money *b)
{
	if (!a->currency[0] || !b->currency[0])
		return !a->currency[0] - !b->currency[0];
	if (strcmp(a->currency, b->currency))
		return strcmp(a->currency, b->currency);
	return (a->cents > b->cents) - (a->cents < b->cents);
}

/* 0 for what is absent, so that those of a known temperature come first. */
static int compare_temperatures(enum temperature a, enum temperature b)
{
	if (!a || !b)
		return !a - !b;
	return (int)a - (int)b;
}

static int compare_fields(const struct opportunity *one, const struct opportunity *other,
	const struct order *order)
{
	const struct state *a = &one->now, *b = &other->now;

	switch (order->field) {
	case SORT_ACTIVITY:
		return compare_texts(a->activity, b->activity);
	case SORT_CLIENT:
		return compare_texts(a->client, b->client);
	case SORT_CLOSED:
		return compare_acts(a->closed, b->closed);
	case SORT_EXPIRES:
		return when_compare(&a->expires, &b->expires, order->clock);
	case SORT_EXTERNAL_ID:
		return compare_texts(a->external_id, b->external_id);
	case SORT_LAST_CONTACT:
		return compare_acts(a->last_contact, b->last_contact);
	case SORT_NEXT:
		return when_compare(&a->next.at, &b->next.at, order->clock);
	case SORT_OPENED:
		return compare_acts(a->opened, b->opened);
	case SORT_OWNER:
		return compare_texts(a->owner, b->owner);
	case SORT_PROCESS:
		return compare_texts(a->process, b->process);
	case SORT_SOURCE:
		return compare_texts(a->source, b->source);
	case SORT_STATUS:
		return (int)a->status - (int)b->status;
	case SORT_TEMPERATURE:
		return compare_temperatures(a->temperature, b->temperature);
	case SORT_TITLE:
		return compare_texts(a->title, b->title);
	case SORT_VALUE:
		return compare_values(&a->value, &b->value);
	case SORT_VIA:
		return compare_texts(a->via, b->via);
	case SORT_NONE:
	case SORT_ID:
		break;
	}
	return 0;
}

static int compare_kept(const void *left, const void *right, void *context)
{
	const struct opportunity *a = *(struct opportunity *const *)left;
	const struct opportunity *b = *(struct opportunity *const *)right;
	const struct order *order = context;
	int result = compare_fields(a, b, order);

	if (!result)
		result = strcmp(a->id, b->id);
	return order->reverse ? -result : result;
}

static void sort_kept(struct listing *l)
{
	struct order order = {.field = (enum sort_field)l->options->sort,
		.reverse = l->options->reverse,
		.clock = repo_clock(l->query.call->repo)};

	if (l->n)
		qsort_r(l->kept, l->n, sizeof(*l->kept), compare_kept, &order);
}

/* ---- the run ---- */

static void print_one(struct listing *l, const struct opportunity *o)
{
	struct record record = record_of(&l->query, o);

	printer_record(l->printer, &record);
}

static int visit(void *context, struct opportunity *o, bool *keep)
{
	struct listing *l = context;

	if (l->options->tag && list_has(&o->now.tags, l->options->tag))
		l->tag_seen = true;
	if (!is_wanted(l, o))
		return 0;
	if (!l->sorts) {
		print_one(l, o);
		return 0;
	}
	*keep = true;
	GROW(l->kept, l->n, l->cap);
	l->kept[l->n++] = o;
	return 0;
}

static int check_words(struct listing *l)
{
	int err = 0;

	if (l->options->process)
		err = query_check_process(&l->query, l->options->process);
	if (!err && l->options->activity)
		err = query_check_activity(&l->query, l->options->activity);
	return err;
}

static int collect_tags(void *context, struct opportunity *o, const char *fault, bool *keep)
{
	struct list *tags = context;

	(void)fault;
	(void)keep;
	for (size_t i = 0; o && i < o->now.tags.n; i++)
		if (!list_has(tags, o->now.tags.items[i]))
			list_add(tags, o->now.tags.items[i]);
	return 0;
}

/* Tags come and go: one that nothing has, open or closed, is no error. */
static int warn_of_tag(struct listing *l)
{
	const char *tag = l->options->tag;
	struct list tags = {0};
	struct nearest nearest;
	int err = repo_each(l->query.call->repo, collect_tags, &tags);

	nearest_start(&nearest, tag);
	for (size_t i = 0; i < tags.n; i++)
		nearest_offer(&nearest, tags.items[i]);
	if (!err && !list_has(&tags, tag))
		say_warning("nothing has the tag '%s'", tag);
	if (!err && !list_has(&tags, tag) && nearest.word)
		say_hint("did you mean '%s'?", nearest.word);
	list_release(&tags);
	return err;
}

static int list_them(struct listing *l)
{
	enum status_choice status = (enum status_choice)l->options->status;
	bool open = status == CHOICE_LIVE || status == CHOICE_OPEN || status == CHOICE_WAITING;
	int err = owners_parse(&l->owners, l->query.call, l->options->owner);

	if (!err)
		err = check_words(l);
	if (!err)
		err = query_each(&l->query, NULL, open ? QUERY_OPEN : QUERY_ALL, visit, l);
	if (!err && l->options->tag && !l->tag_seen)
		err = warn_of_tag(l);
	if (err)
		return err;
	sort_kept(l);
	for (size_t i = 0; i < l->n; i++)
		print_one(l, l->kept[i]);
	printer_finish(l->printer);
	return 0;
}

static const struct print_spec *spec_for(struct call *call)
{
	int width = terminal_width(&call->terminal);

	if (call->common.json || call->common.format || !width || width >= RECORD_NARROW)
		return &record_print;
	return &record_print_narrow;
}

int cmd_list(struct call *call, const void *options)
{
	const struct list_options *o = options;
	struct listing l = {.options = o,
		.client = o->client ? utf8_folded(o->client) : NULL,
		.contact = o->contact ? utf8_folded(o->contact) : NULL,
		.printer = printer_new(spec_for(call), call),
		.sorts = o->reverse || (o->sort != SORT_NONE && o->sort != SORT_ID)};
	int err;

	query_init(&l.query, call);
	err = list_them(&l);
	for (size_t i = 0; i < l.n; i++)
		opportunity_free(l.kept[i]);
	free(l.kept);
	free(l.client);
	free(l.contact);
	owners_release(&l.owners);
	printer_free(l.printer);
	query_release(&l.query);
	return err;
}
