#include "cmd/digest.h"

#include "cmd/printer.h"
#include "cmd/wrap.h"
#include "core/mem.h"
#include "core/opportunity_json.h"
#include "core/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAIL_WIDTH 72
#define INDENT "    "

/* What is to be done about an item; its reason says more. */
static const char *const what[ITEM_KINDS] = {
	[ITEM_CONFLICT] = "answer what the sync asks",
	[ITEM_UNLOGGED] = "log the meeting",
	[ITEM_APPOINTMENT] = "appointment",
	[ITEM_OWE] = "keep our promise",
	[ITEM_CONFIRM] = "call to confirm",
	[ITEM_SCHEDULE] = "call to book",
	[ITEM_OWED] = "ask for their promise",
	[ITEM_EXPIRING] = "get a decision, or extend the proposal",
	[ITEM_TOUCH] = "be in touch",
	[ITEM_RETURNED] = "call to book",
	[ITEM_DECIDE] = "decide",
	[ITEM_ADRIFT] = "agree on a next step",
};

/* ---- what is kept of an item ---- */

/* "acme-website: Acme Corporation, Website relaunch (sam)" */
static char *head_of(const struct digest *d, const struct opportunity *o)
{
	bool many = d->due.owners.all && repo_settings(d->call->repo)->team_n > 1;
	struct str head = STR_INIT;

	str_add(&head, o->id);
	if (o->now.client)
		str_addf(&head, ": %s", o->now.client);
	if (o->now.title)
		str_addf(&head, "%s%s", o->now.client ? ", " : ": ", o->now.title);
	if (many && o->now.owner)
		str_addf(&head, " (%s)", o->now.owner);
	return str_detach(&head);
}

/* "Jane Doe (CFO), +34 600 111 222, jane@acme.example" */
static char *contact_words(const struct contact *c)
{
	struct str words = STR_INIT;

	if (!c)
		return xstrdup("no contact recorded");
	str_add(&words, c->name);
	if (c->role)
		str_addf(&words, " (%s)", c->role);
	if (c->phone)
		str_addf(&words, ", %s", c->phone);
	if (c->mail)
		str_addf(&words, ", %s", c->mail);
	if (!c->phone && !c->mail)
		str_add(&words, ", no phone or mail recorded");
	return str_detach(&words);
}

void digest_add(struct digest *d, const struct item *item)
{
	struct told told = {.item = *item};

	told.head = head_of(d, item->opportunity);
	told.contact = contact_words(item->contact);
	told.document = item_to_json(item, d->due.clock);
	told.item.opportunity = NULL;
	told.item.contact = NULL;
	told.item.commitment = NULL;
	told.item.promise = NULL;
	told.item.command = NULL;
	told.item.opportunity_id = xstrdup(item->opportunity_id);
	told.item.reason = xstrdup_or_null(item->reason);
	GROW(d->items, d->n, d->cap);
	d->items[d->n++] = told;
}

void digest_release(struct digest *d)
{
	for (size_t i = 0; i < d->n; i++) {
		free(d->items[i].item.opportunity_id);
		free(d->items[i].item.reason);
		free(d->items[i].head);
		free(d->items[i].contact);
		json_decref(d->items[i].document);
	}
	free(d->items);
	due_items_end(&d->due);
}

/* ---- order ---- */

enum group { GROUP_OVERDUE, GROUP_BY_DAY, GROUP_UNDATED };

static enum group group_of(const struct item *item, const struct clock *clock)
{
	if (!item->due.set)
		return GROUP_UNDATED;
	return clock->now.utc >= item->overdue_from ? GROUP_OVERDUE : GROUP_BY_DAY;
}

static int compare_told(const void *left, const void *right, void *context)
{
	const struct item *a = &((const struct told *)left)->item;
	const struct item *b = &((const struct told *)right)->item;
	const struct clock *clock = context;
	int by_group = (int)group_of(a, clock) - (int)group_of(b, clock);
	int by_time = when_compare(&a->due, &b->due, clock);

	if (by_group || by_time)
		return by_group ? by_group : by_time;
	return item_compare(a, b);
}

void digest_sort(struct digest *d)
{
	if (d->n)
		qsort_r(d->items, d->n, sizeof(*d->items), compare_told,
			(void *)(uintptr_t)d->due.clock);
}

/* ---- the mail ---- */

/* Of a line without its indentation. */
static size_t text_width(const struct digest *d)
{
	int width = terminal_width(&d->call->terminal), indent = (int)strlen(INDENT);

	if (!width || width > MAIL_WIDTH)
		width = MAIL_WIDTH;
	return width > indent ? (size_t)(width - indent) : 1;
}

/* One paragraph of raw text. What it wraps is made safe first, line breaks too. */
static void print_wrapped(const struct digest *d, const char *indent, const char *text)
{
	struct str safe = STR_INIT, line = STR_INIT;

	safe_add(&safe, text);
	str_add(&line, indent);
	wrap_add(&line, safe.buf, strlen(INDENT), text_width(d));
	str_addch(&line, '\n');
	print_text(line.buf);
	str_release(&safe);
	str_release(&line);
}

/* "15:00" in the repository's zone; what is in another is told as it was agreed, too. */
static void add_time(struct str *out, const struct when *due, const struct clock *clock)
{
	struct moment moment = moment_at(when_begins(due, clock), clock);
	struct when local = when_from_moment(&moment, clock);

	if (due->second != WHEN_DAY_ALONE)
		str_addf(out, ", %02d:%02d", local.second / 3600, local.second / 60 % 60);
	if (due->zone[0]) {
		str_add(out, " (there ");
		when_add_echo(out, due, clock);
		str_addch(out, ')');
	}
}

static void print_item(const struct digest *d, const struct told *told)
{
	const struct item *item = &told->item;
	struct str line = STR_INIT;

	print_line("%s", "");
	print_wrapped(d, "", told->head);
	str_add(&line, what[item->kind]);
	if (group_of(item, d->due.clock) == GROUP_OVERDUE) {
		str_add(&line, ", due ");
		when_add_echo(&line, &item->due, d->due.clock);
	} else if (item->due.set) {
		add_time(&line, &item->due, d->due.clock);
	}
	print_wrapped(d, INDENT, line.buf);
	print_wrapped(d, INDENT, item->reason ? item->reason : "");
	print_wrapped(d, INDENT, told->contact);
	str_release(&line);
}

/* "Overdue", "Fri 20 Nov, today", "Mon 23 Nov", "Without a date" */
static char *heading_of(const struct item *item, const struct clock *clock)
{
	struct str heading = STR_INIT;
	struct when day;

	switch (group_of(item, clock)) {
	case GROUP_OVERDUE:
		str_add(&heading, "Overdue");
		break;
	case GROUP_BY_DAY:
		day = when_from_day(agenda_day(&item->due, clock));
		when_add_echo(&heading, &day, clock);
		if (day.day == clock_today(clock))
			str_add(&heading, ", today");
		break;
	case GROUP_UNDATED:
		str_add(&heading, "Without a date");
		break;
	}
	return str_detach(&heading);
}

static void print_heading(struct digest *d, const struct item *item, const char *heading)
{
	bool late = group_of(item, d->due.clock) == GROUP_OVERDUE;
	char *line = xstrfmt("\n%s\n", heading);
	size_t width = utf8_width(heading);

	print_toned(d->call, late ? TONE_LATE : TONE_HEADING, line);
	while (width--)
		fputc('-', stdout);
	fputc('\n', stdout);
	free(line);
}

/* "Fri 20 Nov: 4 items, 2 overdue" */
static void print_summary(const struct digest *d)
{
	struct when today = when_from_day(clock_today(d->due.clock));
	struct str line = STR_INIT;
	size_t overdue = 0;

	for (size_t i = 0; i < d->n; i++)
		overdue += group_of(&d->items[i].item, d->due.clock) == GROUP_OVERDUE;
	when_add_echo(&line, &today, d->due.clock);
	str_addf(
		&line, ": %zu %sitem%s", d->n, d->only_new ? "new " : "", d->n == 1 ? "" : "s");
	if (overdue)
		str_addf(&line, ", %zu overdue", overdue);
	print_line("%s", line.buf);
	str_release(&line);
}

static bool any_appointment_on(const struct digest *d, int32_t day)
{
	for (size_t i = 0; i < d->n; i++) {
		const struct item *item = &d->items[i].item;

		if (item->kind == ITEM_APPOINTMENT &&
			agenda_day(&item->due, d->due.clock) == day)
			return true;
	}
	return false;
}

/* A8. With --new, of days on which there is something new. */
static void print_loads(const struct digest *d)
{
	bool any = false;

	for (size_t i = 0; i < d->due.loads.n; i++) {
		const struct day_load *load = &d->due.loads.items[i];
		struct str line = STR_INIT;

		if (!due_is_too_much(&d->due, load) ||
			(d->only_new && !any_appointment_on(d, load->day)))
			continue;
		if (!any)
			print_line("%s", "");
		any = true;
		due_add_load(&line, &d->due, load);
		print_wrapped(d, "", line.buf);
		str_release(&line);
	}
}

void digest_print(struct digest *d)
{
	char *heading = NULL;

	if (!d->n)
		return;
	print_summary(d);
	for (size_t i = 0; i < d->n; i++) {
		char *its = heading_of(&d->items[i].item, d->due.clock);

		if (!same_string(heading, its))
			print_heading(d, &d->items[i].item, its);
		free(heading);
		heading = its;
		print_item(d, &d->items[i]);
	}
	free(heading);
	print_loads(d);
}
