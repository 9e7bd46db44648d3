#include "cmd/record_fields.h"

#include "core/json_values.h"
#include "core/opportunity_json.h"

#include <stdlib.h>
#include <string.h>

struct record record_of(struct query *q, const struct opportunity *o)
{
	return (struct record){.o = o,
		.process = query_process(q, o),
		.settings = repo_settings(q->call->repo),
		.clock = repo_clock(q->call->repo)};
}

/* The first item of the work list, or NULL. */
static json_t *next_item(const struct record *r)
{
	const struct worklist_ground ground = {
		.settings = r->settings, .process = r->process, .clock = r->clock};
	struct items items = {0};
	json_t *json = NULL;

	worklist_items(&items, r->o, &ground);
	worklist_select(&items, r->clock->now.utc, 0);
	worklist_sort(&items);
	if (items.n)
		json = item_to_json(&items.items[0], r->clock);
	items_release(&items);
	return json;
}

json_t *record_to_json(const struct record *r, bool with_acts)
{
	return opportunity_to_json(r->o, r->process, r->clock, with_acts, next_item(r));
}

void record_add_stand(struct str *out, const struct record *r)
{
	const struct state *s = &r->o->now;

	if (s->activity && opportunity_is_open(r->o))
		str_add(out, s->activity);
	if (s->status == STATUS_WAITING && s->activity)
		str_add(out, " (waiting)");
	else if (!s->activity || !opportunity_is_open(r->o))
		str_add(out, s->status == STATUS_NONE ? "taken back" : status_word(s->status));
}

/* "Tue 24 Nov 15:00" of an appointment, "call Tue 24 Nov", "adrift", "every 3 months" where
 * an agreed interval stands for it, "" for closed ones. */
static void record_add_next(struct str *out, const struct record *r)
{
	const struct step *step = &r->o->now.next;

	if (step->kind != STEP_NONE) {
		if (step->kind != STEP_APPOINTMENT)
			str_addf(out, "%s ", step_word(step->kind));
		when_add_echo(out, &step->at, r->clock);
	} else if (opportunity_is_adrift(r->o, r->process)) {
		str_add(out, "adrift");
	} else if (r->o->now.interval.unit && opportunity_is_open(r->o)) {
		str_add(out, "every "); /* of a cycle: in touch */
		duration_add(out, &r->o->now.interval);
	}
}

/* ---- the fields ---- */

#define TEXT_FIELD(name, member)                                                               \
	static void add_##name(struct str *out, const void *record)                            \
	{                                                                                      \
		const struct record *r = record;                                               \
                                                                                               \
		str_add(out, r->o->member ? r->o->member : "");                                \
	}
TEXT_FIELD(id, id)
TEXT_FIELD(title, now.title)
TEXT_FIELD(client, now.client)
TEXT_FIELD(via, now.via)
TEXT_FIELD(process, now.process)
TEXT_FIELD(activity, now.activity)
TEXT_FIELD(source, now.source)
TEXT_FIELD(owner, now.owner)
TEXT_FIELD(external_id, now.external_id)
TEXT_FIELD(where, now.where)
#undef TEXT_FIELD

#define COUNT_FIELD(name)                                                                      \
	static void add_##name(struct str *out, const void *record)                            \
	{                                                                                      \
		str_addf(out, "%d", ((const struct record *)record)->o->now.name);             \
	}
COUNT_FIELD(meetings)
COUNT_FIELD(calls)
COUNT_FIELD(touches)
COUNT_FIELD(heard)
#undef COUNT_FIELD

#define ACT_FIELD(name)                                                                        \
	static void add_##name(struct str *out, const void *record)                            \
	{                                                                                      \
		const struct act *a = ((const struct record *)record)->o->now.name;            \
                                                                                               \
		if (a)                                                                         \
			moment_add(out, &a->at);                                               \
	}
ACT_FIELD(opened)
ACT_FIELD(closed)
ACT_FIELD(last_contact)
#undef ACT_FIELD

/* What only the document knows in full is made of it: lists of objects. */
#define DOCUMENT_FIELD(name)                                                                   \
	static json_t *name##_json(const void *record)                                         \
	{                                                                                      \
		json_t *document = record_to_json(record, false);                              \
		json_t *member = json_incref(json_object_get(document, #name));                \
                                                                                               \
		json_decref(document);                                                         \
		return member;                                                                 \
	}
DOCUMENT_FIELD(contacts)
DOCUMENT_FIELD(commitments)
DOCUMENT_FIELD(questions)
DOCUMENT_FIELD(next_item)
#undef DOCUMENT_FIELD

static void add_status(struct str *out, const void *record)
{
	const struct state *s = &((const struct record *)record)->o->now;

	if (s->status != STATUS_NONE)
		str_add(out, status_word(s->status));
}

static void add_temperature(struct str *out, const void *record)
{
	const char *word =
		temperature_word(((const struct record *)record)->o->now.temperature);

	str_add(out, word ? word : "");
}

static json_t *value_json(const void *record)
{
	return json_of_money(&((const struct record *)record)->o->now.value);
}

static json_t *tags_json(const void *record)
{
	return json_of_list(&((const struct record *)record)->o->now.tags);
}

static json_t *expires_json(const void *record)
{
	const struct record *r = record;

	return json_of_when(&r->o->now.expires, r->clock);
}

static json_t *interval_json(const void *record)
{
	return json_of_duration(&((const struct record *)record)->o->now.interval);
}

static json_t *adrift_json(const void *record)
{
	const struct record *r = record;

	return json_boolean(opportunity_is_adrift(r->o, r->process));
}

/* That it waits is said by its next step. */
static void add_stand(struct str *out, const void *record)
{
	const struct record *r = record;

	if (opportunity_is_open(r->o) && r->o->now.activity)
		str_add(out, r->o->now.activity);
	else
		record_add_stand(out, r);
}

static void add_next(struct str *out, const void *record)
{
	record_add_next(out, record);
}

static void add_next_kind(struct str *out, const void *record)
{
	const struct step *step = &((const struct record *)record)->o->now.next;

	if (step->kind != STEP_NONE)
		str_add(out, step_word(step->kind));
}

static void add_next_at(struct str *out, const void *record)
{
	const struct record *r = record;

	if (r->o->now.next.kind != STEP_NONE)
		when_add_json(out, &r->o->now.next.at, r->clock);
}

static json_t *whole_json(const void *record)
{
	return record_to_json(record, false);
}

static enum tone record_tone(const void *record)
{
	const struct record *r = record;

	if (r->o->now.status == STATUS_WON)
		return TONE_GOOD;
	if (!opportunity_is_open(r->o))
		return TONE_FAINT;
	return opportunity_is_adrift(r->o, r->process) ? TONE_LATE : TONE_PLAIN;
}

/* The columns first; "stands" and those of the next step are for people and formats,
 * the document has its own. */
#define COLUMNS(title_heading)                                                                 \
	{"id", "id", PRINT_WHOLE, .text = add_id},                                             \
		{"client", "client", PRINT_CUT | PRINT_DROP, .text = add_client},              \
		{"title", title_heading, PRINT_CUT | PRINT_DROP, .text = add_title},           \
		{"stands", "stands at", .text = add_stand},                                    \
		{"next", "next step", .text = add_next},                                       \
	{                                                                                      \
		"value", "value", PRINT_RIGHT | PRINT_DROP, .json = value_json                 \
	}

static const struct print_field fields[] = {
	COLUMNS("title"),
	{"next_kind", .text = add_next_kind},
	{"next_at", .text = add_next_at},
	{"via", .text = add_via},
	{"process", .text = add_process},
	{"activity", .text = add_activity},
	{"status", .text = add_status},
	{"source", .text = add_source},
	{"owner", .text = add_owner},
	{"tags", .json = tags_json},
	{"external_id", .text = add_external_id},
	{"opened", .text = add_opened},
	{"closed", .text = add_closed},
	{"expires", .json = expires_json},
	{"interval", .json = interval_json},
	{"temperature", .text = add_temperature},
	{"where", .text = add_where},
	{"adrift", .json = adrift_json},
	{"contacts", .json = contacts_json},
	{"commitments", .json = commitments_json},
	{"questions", .json = questions_json},
	{"meetings", .text = add_meetings},
	{"calls", .text = add_calls},
	{"touches", .text = add_touches},
	{"heard", .text = add_heard},
	{"last_contact", .text = add_last_contact},
	{"next_item", .json = next_item_json},
	{NULL},
};

static const struct print_field narrow_fields[] = {COLUMNS(NULL), {NULL}};

const struct print_spec record_print = {
	.fields = fields, .json = whole_json, .tone = record_tone};

const struct print_spec record_print_narrow = {.fields = narrow_fields, .tone = record_tone};
