/* Lines to acts, and acts that are there already. */
#include "core/act_lines.h"

#include "core/act_json.h"
#include "core/error.h"
#include "core/gate.h"
#include "core/mem.h"

#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---- faults ---- */

void line_faults_add(struct line_faults *faults, unsigned line, const char *format, ...)
{
	size_t at = faults->n;
	va_list args;

	faults->total++;
	while (at && faults->items[at - 1].line > line)
		at--;
	if (at == LINE_FAULTS_MAX)
		return;
	if (faults->n == LINE_FAULTS_MAX)
		free(faults->items[--faults->n].message);
	memmove(&faults->items[at + 1], &faults->items[at],
		(faults->n - at) * sizeof(faults->items[0]));
	faults->n++;
	va_start(args, format);
	faults->items[at] =
		(struct line_fault){.line = line, .message = xstrvfmt(format, args)};
	va_end(args);
}

void line_faults_take_errors(struct line_faults *faults, unsigned line)
{
	for (size_t i = 0; i < error_count(); i++)
		line_faults_add(faults, line, "%s", error_message(i));
	faults->unreadable = true;
	error_clear();
}

void line_faults_release(struct line_faults *faults)
{
	for (size_t i = 0; i < faults->n; i++)
		free(faults->items[i].message);
	*faults = (struct line_faults){0};
}

/* ---- reading a line ---- */

void act_lines_release(struct act_lines *lines)
{
	for (size_t i = 0; i < lines->n; i++)
		act_free(lines->items[i].act);
	free(lines->items);
	*lines = (struct act_lines){0};
}

/* What an act says, hashed: what is absent does not count, so that a field that acts
 * have one day changes no id. */
static uint64_t hash_content(
	const struct act *a, const char *opportunity, const struct clock *clock)
{
	json_t *said = act_to_json(a, opportunity, clock), *value;
	const char *key;
	uint64_t hash;
	void *next;
	char *text;

	json_object_foreach_safe(said, next, key, value)
	{
		if (json_is_null(value) || json_is_false(value) ||
			(json_is_array(value) && !json_array_size(value) &&
				strcmp(key, "ours") != 0 && strcmp(key, "theirs") != 0))
			json_object_del(said, key);
	}
	text = json_dumps(said, JSON_COMPACT | JSON_SORT_KEYS);
	if (!text)
		abort(); /* json_of_text makes no strings that are not UTF-8 */
	hash = hash_bytes(0, text, strlen(text));
	free(text);
	json_decref(said);
	return hash ? hash : 1;
}

static char *id_from_content(const struct act_lines *lines, uint64_t content)
{
	size_t equal = 0;

	for (size_t i = 0; i < lines->n; i++)
		equal += lines->items[i].content == content;
	return act_id_from(equal ? hash_bytes(content, &equal, sizeof(equal)) : content);
}

static bool is_recorded(const struct act *a, const json_t *json)
{
	if (a->kind == ACT_NEW && !a->activity)
		return false;
	return a->id && a->recorded.set && a->seq && a->by && json_object_get(json, "replaces");
}

static int load_line(json_t **out, const char *bytes, size_t len)
{
	json_error_t error;

	*out = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &error);
	return *out ? 0 : error_set(ERR_FAILED, "not JSON: %s", error.text);
}

static int check_opportunity(const char *wanted, const char *id)
{
	if (!strcmp(wanted, id))
		return 0;
	return error_set(ERR_FAILED, "'opportunity' is said twice: '%s' and '%s'", wanted, id);
}

int act_lines_read(struct act_lines *out, const char *opportunity, const char *bytes,
	size_t len, unsigned line, const struct clock *clock)
{
	struct act_line item = {.line = line};
	char *id = NULL;
	json_t *json;
	int rc = load_line(&json, bytes, len);

	if (rc)
		return rc;
	rc = act_from_json(&item.act, &id, json, clock);
	if (!rc)
		rc = check_opportunity(opportunity, id);
	free(id);
	if (rc) {
		act_free(item.act);
		json_decref(json);
		return rc;
	}
	item.recorded = is_recorded(item.act, json);
	item.act->line = line;
	if (!item.act->id) {
		item.content = hash_content(item.act, opportunity, clock);
		item.act->id = id_from_content(out, item.content);
	}
	GROW(out->items, out->n, out->cap);
	out->items[out->n++] = item;
	json_decref(json);
	return 0;
}

/* ---- the same act? ---- */

static bool promises_match(const struct promises *said, const struct promises *stored)
{
	if (said->n != stored->n || said->none != stored->none)
		return false;
	for (size_t i = 0; i < said->n; i++) {
		const struct promise *x = &said->items[i], *y = &stored->items[i];

		if ((x->id && !same_string(x->id, y->id)) || !same_string(x->who, y->who) ||
			strcmp(x->what, y->what) != 0 ||
			(x->due.set && !when_equal(&x->due, &y->due)))
			return false;
	}
	return true;
}

static bool questions_match(const struct questions *said, const struct questions *stored)
{
	if (said->n != stored->n)
		return false;
	for (size_t i = 0; i < said->n; i++) {
		const struct question *x = &said->items[i], *y = &stored->items[i];

		if ((x->id && !same_string(x->id, y->id)) || strcmp(x->text, y->text) != 0)
			return false;
	}
	return true;
}

/* What a told line leaves out was completed when its act was taken. */
static bool field_matches(const struct act *said, const struct act *stored, const char *name)
{
	const struct field *f = field_find(name);

	if (!field_is_set(said, f))
		return true;
	if (f->type == FIELD_PROMISES)
		return promises_match(field_slot_const(said, f), field_slot_const(stored, f));
	if (f->type == FIELD_QUESTIONS)
		return questions_match(field_slot_const(said, f), field_slot_const(stored, f));
	return field_equal(said, stored, f);
}

/* `lenient` says how the act was taken, `edited` which version it is: neither what it is. */
static bool acts_match(const struct act *said, const struct act *stored, bool recorded)
{
	const char *const *tables[] = {act_common_fields, act_kinds[said->kind].fields};

	if (said->kind != stored->kind)
		return false;
	for (size_t t = 0; t < ARRAY_SIZE(tables); t++)
		for (const char *const *name = tables[t]; *name; name++) {
			if (!strcmp(*name, "lenient") || !strcmp(*name, "edited"))
				continue;
			if (recorded ? !field_equal(said, stored, field_find(*name))
				     : !field_matches(said, stored, *name))
				return false;
		}
	return true;
}

/* The same once its words are what the act's are: where it stood when it was taken. */
static bool resolved_matches(
	struct opportunity *o, const struct act *said, const struct act *stored)
{
	struct act *resolved = act_copy(said);
	bool same;

	opportunity_fold_before(o, stored);
	act_lines_resolve(o, resolved);
	same = acts_match(resolved, stored, false);
	act_free(resolved);
	return same;
}

/* ---- taking ---- */

struct taking {
	struct opportunity *o;
	struct act_lines *lines;
	const struct lines_ground *ground;
	struct line_faults *faults;
	unsigned max_seq;
	size_t added;
};

/* Which version of an act is the later one: > 0: the first. */
static int compare_edited(const struct act *a, const struct act *b)
{
	if (a->edited.set != b->edited.set)
		return a->edited.set ? 1 : -1;
	if (!a->edited.set || a->edited.utc == b->edited.utc)
		return 0;
	return a->edited.utc > b->edited.utc ? 1 : -1;
}

static void refuse_other(
	struct taking *t, const struct act_line *item, const struct act *stored)
{
	if (stored->line)
		line_faults_add(t->faults, item->line,
			"the act '%s' stands in line %u with other content", stored->id,
			stored->line);
	else
		line_faults_add(t->faults, item->line,
			"the act '%s' is there already with other content", stored->id);
}

static void put_in(struct taking *t, struct act_line *item)
{
	struct act *a = item->act;

	if (!a->seq) /* a file may hold the highest that can be read back */
		a->seq = t->max_seq < INT_MAX ? t->max_seq + 1 : INT_MAX;
	if (a->seq > t->max_seq)
		t->max_seq = a->seq;
	if (!a->recorded.set)
		a->recorded = t->ground->ground.clock->now;
	if (!a->by)
		a->by = xstrdup_or_null(t->ground->by);
	act_name_parts(a, t->o);
	opportunity_add(t->o, a);
	item->act = NULL;
	t->added++;
}

/* The act's other version goes, of which the later edit is to stand. */
static void replace(struct taking *t, struct act_line *item, struct act *stored)
{
	if (stored->kind != item->act->kind) {
		refuse_other(t, item, stored);
		return;
	}
	if (!item->act->seq)
		item->act->seq = stored->seq;
	if (!item->act->recorded.set)
		item->act->recorded = stored->recorded;
	if (!item->act->by)
		item->act->by = xstrdup_or_null(stored->by);
	item->act->lenient |= stored->lenient;
	t->added -= stored->line != 0;
	act_free(opportunity_remove(t->o, stored->id));
	put_in(t, item);
}

static void take_line(struct taking *t, struct act_line *item)
{
	struct act *stored = opportunity_act(t->o, item->act->id);
	int later;

	if (!stored) {
		put_in(t, item);
		return;
	}
	if (item->content && !stored->line) /* its id says what it says */
		return;
	later = compare_edited(item->act, stored);
	if (later < 0 && item->act->kind == stored->kind)
		return;
	if (later > 0)
		replace(t, item, stored);
	else if (!acts_match(item->act, stored, item->recorded) &&
		 (item->recorded || !resolved_matches(t->o, item->act, stored)))
		refuse_other(t, item, stored);
}

static bool any_told(const struct act_lines *lines)
{
	for (size_t i = 0; i < lines->n; i++)
		if (!lines->items[i].recorded)
			return true;
	return false;
}

const struct act_line *act_lines_find(const struct act_lines *lines, const struct act *a)
{
	size_t low = 0, high = lines->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (lines->items[middle].line < a->line)
			low = middle + 1;
		else
			high = middle;
	}
	return low < lines->n && a->line && lines->items[low].line == a->line
		       ? &lines->items[low]
		       : NULL;
}

void act_lines_take(struct opportunity *o, struct act_lines *lines,
	const struct lines_ground *ground, struct line_faults *faults, size_t *added)
{
	struct taking t = {.o = o, .lines = lines, .ground = ground, .faults = faults};
	struct ground today = ground->ground;
	struct stood before;

	for (size_t i = 0; i < o->n; i++)
		o->acts[i]->line = 0; /* lines are those of the import from here on */
	today.process = NULL;         /* it is looked for act by act */
	today.lenient |= !any_told(lines);
	stood_note(&before, o, NULL, &today);
	t.max_seq = o->now.max_seq;
	for (size_t i = 0; i < lines->n; i++)
		take_line(&t, &lines->items[i]);
	if (t.added)
		act_lines_judge(o, lines, ground, &before, faults);
	else
		opportunity_fold(o);
	*added = t.added;
	stood_release(&before);
}
