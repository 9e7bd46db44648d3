#include "core/import_acts.h"

#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

#define IMPORT_REASON "import"
#define NOON (12 * 3600)

void act_list_release(struct act_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		act_free(l->items[i]);
	free(l->items);
	*l = (struct act_list){0};
}

void act_list_add(struct act_list *l, struct act *a)
{
	GROW(l->items, l->n, l->cap);
	l->items[l->n++] = a;
}

static uint64_t hash_text(uint64_t hash, const char *text)
{
	return hash_bytes(hash, text, strlen(text) + 1);
}

/* The id of the row's act of that kind; rows without an external id go by what they say. */
char *import_act_id(const struct import_row *row, const char *what)
{
	const char *external = facts_get(&row->facts, "external_id");
	uint64_t hash = hash_text(0, what);

	if (external)
		return act_id_from(hash_text(hash, external));
	for (size_t i = 0; i < row->facts.n; i++) {
		hash = hash_text(hash, row->facts.items[i].key);
		hash = hash_text(hash, row->facts.items[i].value);
	}
	return act_id_from(hash_text(hash, row->note ? row->note : ""));
}

struct act *import_act(enum act_kind kind, char *id, const struct import_stamp *stamp)
{
	struct act *a = act_new(kind);

	a->id = id;
	a->by = xstrdup(stamp->by);
	a->recorded = stamp->clock->now;
	return a;
}

/* A day alone is its noon; absent is the moment of the import. */
int import_moment(struct moment *out, const struct import_row *row, const char *field,
	const struct import_stamp *stamp)
{
	const char *text = facts_get(&row->facts, field);
	struct when when;
	int err;

	*out = stamp->clock->now;
	if (!text)
		return 0;
	err = when_parse_stored(&when, text);
	if (err)
		return err;
	if (when.second == WHEN_DAY_ALONE && when.day == clock_today(stamp->clock))
		return 0; /* some time today: no later than now */
	if (when.second == WHEN_DAY_ALONE)
		when.second = NOON;
	*out = moment_at(when_begins(&when, stamp->clock), stamp->clock);
	if (out->utc > stamp->clock->now.utc)
		return error_set(ERR_FAILED, "%s lies in the future: '%s'", field, text);
	return 0;
}

static const char *row_status(const struct import_row *row)
{
	const char *status = facts_get(&row->facts, "status");

	return status ? status : "open";
}

static int set_money(struct act *a, const struct import_row *row)
{
	const char *value = facts_get(&row->facts, "value");

	return value ? money_parse(&a->value, value, NULL) : 0;
}

static int set_new_facts(struct act *a, const struct import_row *row)
{
	const struct {
		const char *key;
		char **slot;
	} texts[] = {{"title", &a->title}, {"client", &a->client}, {"via", &a->via},
		{"process", &a->process}, {"activity", &a->activity}, {"source", &a->source},
		{"owner", &a->owner}, {"external_id", &a->external_id}};
	const char *expires = facts_get(&row->facts, "expires");
	const char *interval = facts_get(&row->facts, "interval");
	int err = 0;

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		replace_string(texts[i].slot, facts_get(&row->facts, texts[i].key));
	list_copy(&a->tags, &row->tags);
	list_copy(&a->contacts, &row->contacts);
	replace_string(&a->note, row->note);
	if (expires)
		err = when_parse_stored(&a->expires, expires);
	if (!err && interval)
		err = duration_parse(&a->interval, interval);
	/* What was won has its value in the act that won it. */
	if (!err && strcmp(row_status(row), "won"))
		err = set_money(a, row);
	return err;
}

static int add_new(
	struct act_list *out, const struct import_row *row, const struct import_stamp *stamp)
{
	struct act *a = import_act(ACT_NEW, import_act_id(row, "new"), stamp);
	int err = import_moment(&a->at, row, "opened", stamp);

	err = err ? err : set_new_facts(a, row);
	if (!err && !a->title)
		err = error_set(ERR_FAILED, "no title");
	if (!a->process)
		a->process = xstrdup(stamp->process);
	act_list_add(out, a);
	return err;
}

static int add_closing(
	struct act_list *out, const struct import_row *row, const struct import_stamp *stamp)
{
	bool won = !strcmp(row_status(row), "won");
	struct act *a;
	int err;

	if (!facts_get(&row->facts, "closed"))
		return error_set(ERR_FAILED, "%s without a date on which it was closed",
			row_status(row));
	a = import_act(won ? ACT_WIN : ACT_ABANDON, import_act_id(row, won ? "win" : "abandon"),
		stamp);
	act_list_add(out, a);
	err = import_moment(&a->at, row, "closed", stamp);
	if (err)
		return err;
	replace_string(&a->because, facts_get(&row->facts, "because"));
	if (won)
		return set_money(a, row);
	return facts_get(&row->facts, "cause")
		       ? field_set_typed(a, field_find("cause"),
				 facts_get(&row->facts, "cause"), &(struct typed){0})
		       : 0;
}

int import_new_acts(
	struct act_list *out, const struct import_row *row, const struct import_stamp *stamp)
{
	int err = add_new(out, row, stamp);

	if (!err && strcmp(row_status(row), "open"))
		err = add_closing(out, row, stamp);
	return err;
}

/* ---- what changed since the last import ---- */

struct sought {
	const char *key;
	struct str value;
};

static void find_pair(void *context, const char *key, const char *value)
{
	struct sought *s = context;

	(void)key;
	str_addf(&s->value, "%s%s", s->value.len ? "," : "", value);
}

/* A fact as the last import left it; "" where it gave none. The caller frees. */
static char *last_imported(const struct opportunity *o, const char *key)
{
	char *last = xstrdup("");

	for (size_t i = 0; i < o->n; i++) {
		const struct act *a = o->acts[i];
		const struct field *f = act_field(a->kind, key);
		struct sought s = {.key = key, .value = STR_INIT};

		if (a->kind == ACT_SET && same_string(a->because, IMPORT_REASON) &&
			facts_get(&a->facts, key))
			replace_string(&last, facts_get(&a->facts, key));
		if ((a->kind == ACT_NEW || a->kind == ACT_WIN) && f && field_is_set(a, f)) {
			field_store(a, f, find_pair, &s);
			replace_string(&last, s.value.buf);
		}
		str_release(&s.value);
	}
	return last;
}

static char *joined(const struct list *tags)
{
	struct str out = STR_INIT;

	for (size_t i = 0; i < tags->n; i++)
		str_addf(&out, "%s%s", i ? "," : "", tags->items[i]);
	return str_detach(&out);
}

/* A file without such a column says nothing of it. */
static bool row_speaks_of(const struct import_row *row, const char *key)
{
	return list_has(row->given, strcmp(key, "tags") ? key : "tag");
}

static void add_set(struct act_list *out, const struct opportunity *o,
	const struct import_row *row, const struct import_stamp *stamp)
{
	static const char *const keys[] = {"title", "client", "via", "value", "source", "owner",
		"expires", "interval", "tags"};
	struct act *a = act_new(ACT_SET);
	uint64_t hash = hash_text(hash_text(0, "set"), o->id);

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		char *last = last_imported(o, keys[i]);
		const char *said = facts_get(&row->facts, keys[i]);
		char *now = !strcmp(keys[i], "tags") ? joined(&row->tags)
						     : xstrdup(said ? said : "");

		if (row_speaks_of(row, keys[i]) && strcmp(last, now)) {
			facts_set(&a->facts, keys[i], now);
			hash = hash_text(hash_text(hash_text(hash, keys[i]), last), now);
		}
		free(last);
		free(now);
	}
	if (!a->facts.n) {
		act_free(a);
		return;
	}
	a->id = act_id_from(hash_bytes(hash, &o->now.max_seq, sizeof(o->now.max_seq)));
	a->by = xstrdup(stamp->by);
	a->recorded = a->at = stamp->clock->now;
	a->because = xstrdup(IMPORT_REASON);
	act_list_add(out, a);
}

/* ---- status ---- */

static const char *const status_acts[] = {"win", "abandon", "reopen"};

/* The first id of that kind which the opportunity does not have. The caller frees. */
static char *free_status_id(
	const struct opportunity *o, const struct import_row *row, const char *what)
{
	for (int n = 0;; n++) {
		char *which = n ? xstrfmt("%s %d", what, n) : xstrdup(what);
		char *id = import_act_id(row, which);

		free(which);
		if (!opportunity_act(o, id))
			return id;
		free(id);
	}
}

/* The last act of an import that closed or reopened it, or NULL. */
static const struct act *last_status_act(
	const struct opportunity *o, const struct import_row *row)
{
	const struct act *last = NULL, *a;

	for (size_t i = 0; i < ARRAY_SIZE(status_acts); i++)
		for (int n = 0;; n++) {
			char *which = n ? xstrfmt("%s %d", status_acts[i], n)
					: xstrdup(status_acts[i]);
			char *id = import_act_id(row, which);

			a = opportunity_act(o, id);
			free(which);
			free(id);
			if (!a)
				break;
			if (!last || a->seq > last->seq)
				last = a;
		}
	return last;
}

static const char *last_imported_status(
	const struct opportunity *o, const struct import_row *row)
{
	const struct act *last = last_status_act(o, row);

	if (!last || last->kind == ACT_REOPEN)
		return "open";
	return last->kind == ACT_WIN ? "won" : "abandoned";
}

static void add_reopening(struct act_list *out, const struct opportunity *o,
	const struct import_row *row, const struct import_stamp *stamp)
{
	struct act *a = import_act(ACT_REOPEN, free_status_id(o, row, "reopen"), stamp);

	a->at = stamp->clock->now;
	a->because = xstrdup(IMPORT_REASON);
	act_list_add(out, a);
}

/* Brings the status up where the row's changed and fu does not have it already. */
static int add_status(struct act_list *out, const struct opportunity *o,
	const struct import_row *row, const struct import_stamp *stamp)
{
	const char *status = row_status(row);
	struct act *closing;
	int err;

	if (!row_speaks_of(row, "status") || !strcmp(status, last_imported_status(o, row)))
		return 0;
	if (!opportunity_is_open(o) && strcmp(status, status_word(o->now.status)))
		add_reopening(out, o, row, stamp);
	if (!strcmp(status, "open") || !strcmp(status, status_word(o->now.status)))
		return 0;
	err = add_closing(out, row, stamp);
	if (err)
		return err;
	closing = out->items[out->n - 1];
	free(closing->id);
	closing->id = free_status_id(o, row, closing->kind == ACT_WIN ? "win" : "abandon");
	/* It was closed after whatever fu knows of it, or the reopening would undo it. */
	if (out->n > 1 && closing->at.utc < stamp->clock->now.utc)
		closing->at = stamp->clock->now;
	return 0;
}

int import_changed_acts(struct act_list *out, const struct opportunity *o,
	const struct import_row *row, const struct import_stamp *stamp)
{
	add_set(out, o, row, stamp);
	return add_status(out, o, row, stamp);
}
