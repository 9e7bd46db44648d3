/* fu export --csv: a spreadsheet, a row for each opportunity. */
#include "cmd/export.h"

#include "core/csv_cell.h"
#include "core/mem.h"

#include <stdio.h>

struct row {
	struct export *export;
	const struct opportunity *o;
	const struct state *now;
	const struct contact *contact; /* whom to turn to, or NULL */
};

struct column {
	const char *name;
	/* Adds the raw text; nothing where it is absent. */
	void (*add)(struct str *out, const struct row *row);
};

/* ---- values ---- */

static void add_text(struct str *out, const char *text)
{
	if (text)
		str_add(out, text);
}

/* In the repository's zone, "2026-11-24 15:00", which spreadsheets take for a date. */
static void add_moment(struct str *out, const struct row *row, const struct moment *m)
{
	struct when local = when_from_moment(m, row->export->clock);

	when_add_stored(out, &local);
}

static void add_act_time(struct str *out, const struct row *row, const struct act *a)
{
	if (a)
		add_moment(out, row, &a->at);
}

static void add_when(struct str *out, const struct row *row, const struct when *w)
{
	struct moment m;

	if (!w->set)
		return;
	if (w->second == WHEN_DAY_ALONE || !w->zone[0]) {
		when_add_stored(out, w);
		return;
	}
	m = moment_at(when_begins(w, row->export->clock), row->export->clock);
	add_moment(out, row, &m);
}

/* ---- columns ---- */

#define TEXT(column, value)                                                                    \
	static void add_##column(struct str *out, const struct row *row)                       \
	{                                                                                      \
		add_text(out, value);                                                          \
	}
#define COUNT(column, value)                                                                   \
	static void add_##column(struct str *out, const struct row *row)                       \
	{                                                                                      \
		str_addf(out, "%d", value);                                                    \
	}

TEXT(id, row->o->id)
TEXT(title, row->now->title)
TEXT(client, row->now->client)
TEXT(via, row->now->via)
TEXT(process, row->now->process)
TEXT(activity, row->now->activity)
TEXT(status, status_word(row->now->status))
TEXT(currency, row->now->value.currency)
TEXT(source, row->now->source)
TEXT(owner, row->now->owner)
TEXT(external_id, row->now->external_id)
TEXT(temperature, temperature_word(row->now->temperature))
TEXT(where, row->now->where)
TEXT(contact, row->contact ? row->contact->name : NULL)
TEXT(contact_role, row->contact ? row->contact->role : NULL)
TEXT(contact_phone, row->contact ? row->contact->phone : NULL)
TEXT(contact_email, row->contact ? row->contact->mail : NULL)
TEXT(cause, row->now->closed ? cause_word(row->now->closed->cause) : NULL)
TEXT(because, row->now->closed ? row->now->closed->because : NULL)
COUNT(meetings, row->now->meetings)
COUNT(calls, row->now->calls)
COUNT(touches, row->now->touches)
COUNT(heard, row->now->heard)

static void add_value(struct str *out, const struct row *row)
{
	if (row->now->value.currency[0])
		money_add_amount(out, &row->now->value);
}

static void add_tags(struct str *out, const struct row *row)
{
	for (size_t i = 0; i < row->now->tags.n; i++)
		str_addf(out, "%s%s", i ? ", " : "", row->now->tags.items[i]);
}

static void add_opened(struct str *out, const struct row *row)
{
	add_act_time(out, row, row->now->opened);
}

static void add_closed(struct str *out, const struct row *row)
{
	add_act_time(out, row, row->now->closed);
}

static void add_last_contact(struct str *out, const struct row *row)
{
	add_act_time(out, row, row->now->last_contact);
}

static void add_expires(struct str *out, const struct row *row)
{
	add_when(out, row, &row->now->expires);
}

static void add_interval(struct str *out, const struct row *row)
{
	if (row->now->interval.unit)
		duration_add(out, &row->now->interval);
}

static void add_next(struct str *out, const struct row *row)
{
	add_text(out, step_word(row->now->next.kind));
}

static void add_next_at(struct str *out, const struct row *row)
{
	if (row->now->next.kind != STEP_NONE)
		add_when(out, row, &row->now->next.at);
}

static void add_adrift(struct str *out, const struct row *row)
{
	const struct process *process = query_process(&row->export->query, row->o);

	add_text(out, opportunity_is_adrift(row->o, process) ? "yes" : "no");
}

static void add_owed(struct str *out, const struct row *row, enum side side)
{
	int n = 0;

	for (size_t i = 0; i < row->now->commitments_n; i++)
		n += row->now->commitments[i].side == side &&
		     row->now->commitments[i].state == COMMITMENT_OPEN;
	str_addf(out, "%d", n);
}

static void add_owed_by_us(struct str *out, const struct row *row)
{
	add_owed(out, row, SIDE_US);
}

static void add_owed_by_them(struct str *out, const struct row *row)
{
	add_owed(out, row, SIDE_THEM);
}

#define COLUMN(name)                                                                           \
	{                                                                                      \
#name, add_##name                                                              \
	}

/* New ones go to the end: who reads a column by its number finds it again. */
static const struct column columns[] = {COLUMN(id), COLUMN(title), COLUMN(client), COLUMN(via),
	COLUMN(process), COLUMN(activity), COLUMN(status), COLUMN(value), COLUMN(currency),
	COLUMN(source), COLUMN(owner), COLUMN(tags), COLUMN(external_id), COLUMN(opened),
	COLUMN(closed), COLUMN(expires), COLUMN(interval), COLUMN(temperature), COLUMN(where),
	COLUMN(next), COLUMN(next_at), COLUMN(adrift), COLUMN(contact), COLUMN(contact_role),
	COLUMN(contact_phone), COLUMN(contact_email), COLUMN(meetings), COLUMN(calls),
	COLUMN(touches), COLUMN(heard), COLUMN(last_contact), COLUMN(owed_by_us),
	COLUMN(owed_by_them), COLUMN(cause), COLUMN(because)};

/* ---- the file ---- */

/* The decision-maker, else the first, of those who have not left. */
static const struct contact *find_contact(const struct state *now)
{
	const struct contact *found = NULL;

	for (size_t i = 0; i < now->contacts_n; i++) {
		const struct contact *c = &now->contacts[i];

		if (c->left)
			continue;
		if (c->decision_maker)
			return c;
		found = found ? found : c;
	}
	return found;
}

static void print_row(struct str *line)
{
	str_addch(line, '\n');
	fwrite(line->buf, 1, line->len, stdout);
	str_release(line);
}

static int write_header(struct export *x)
{
	struct str line = STR_INIT;

	(void)x;
	for (size_t i = 0; i < ARRAY_SIZE(columns); i++)
		str_addf(&line, "%s%s", i ? "," : "", columns[i].name);
	print_row(&line);
	return 0;
}

static int write_row(struct export *x, const struct opportunity *o)
{
	struct row row = {
		.export = x, .o = o, .now = &o->now, .contact = find_contact(&o->now)};
	struct str line = STR_INIT, cell = STR_INIT;

	for (size_t i = 0; i < ARRAY_SIZE(columns); i++) {
		str_truncate(&cell, 0);
		columns[i].add(&cell, &row);
		if (i)
			str_addch(&line, ',');
		csv_cell_add(&line, cell.buf);
	}
	str_release(&cell);
	print_row(&line);
	return 0;
}

const struct export_format export_csv = {.begin = write_header, .write = write_row};
