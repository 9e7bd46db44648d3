/*
 * An opportunity's file:
 *
 *	[opportunity]
 *	title = Website relaunch
 *	client = Acme GmbH
 *	process = field
 *	activity = workshop
 *	status = open
 *	value = 12000.00 EUR
 *	tags = web, renewal
 *	contact = Jane Doe <jane@acme.example>; CFO; decision-maker
 *
 *	[new 3f0q9xk2ma]
 *	at = 2026-11-20T15:00:00+01:00
 *	seq = 1
 *	by = Sam Sales <sam@example.com>
 *	title = Website relaunch
 *	…
 *
 * On top, for people and grep, stand the facts as they are now, those that are
 * set, in the order of opportunity_facts(): title, client, via, process,
 * activity, status, value, source, owner, tags (one line, with commas), expires,
 * interval, external_id, and `contact` once for each. Then the acts in their
 * order, a section `[<kind> <id>]` each: first what all acts have (at, recorded
 * where it is not the same time, seq, by, edited, lenient, minutes, link,
 * replaces), then the kind's own fields in the order of act.c, in the form of
 * act_text.c. Who writes an act by hand gives `at` and what the kind needs, and
 * leaves id, seq and by out.
 */
#include "storage/opportunity_file.h"

#include "core/error.h"
#include "core/handedit.h"
#include "core/mem.h"
#include "core/suggest.h"
#include "storage/faults.h"

#include <stdlib.h>
#include <string.h>

static const char *const top_keys[] = {"title", "client", "via", "process", "activity",
	"status", "value", "source", "owner", "tags", "expires", "interval", "external_id",
	"contact", NULL};

/* ---- reading ---- */

struct reading {
	struct opportunity *o;
	struct faults faults;
	struct ini doc;
	size_t top, top_end; /* the pairs of [opportunity] */
	bool has_top;
	bool status_waits; /* it is judged when acts that were written by hand are admitted */
};

static bool id_is_good(const char *id)
{
	return strlen(id) == ACT_ID_LEN &&
	       strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789") == ACT_ID_LEN;
}

static void unknown_section(struct reading *r, const struct ini_pair *at, const char *word)
{
	const char *words[ACT_KINDS + 2] = {"opportunity"};
	struct str hint = STR_INIT;

	for (int i = 0; i < ACT_KINDS; i++)
		words[i + 1] = act_kinds[i].name;
	suggest_add(&hint, word, words);
	faults_add(&r->faults, at->line, "unknown section '%s'%s", at->section, hint.buf);
	str_release(&hint);
}

/* The act that a section line begins; NULL, with a fault, where it begins none. */
static struct act *begin_act(struct reading *r, const struct ini_pair *at)
{
	char *word = xstrdup(at->section), *id = word;
	struct act *a = NULL;
	int kind;

	strsep(&id, " ");
	kind = act_kind_find(word);
	if (kind < 0) {
		unknown_section(r, at, word);
	} else if (id && !id_is_good(id)) {
		faults_add(&r->faults, at->line,
			"not the id of an act: '%s' (leave it out in an act written by hand)",
			id);
	} else {
		a = act_new((enum act_kind)kind);
		a->id = xstrdup_or_null(id);
		a->line = at->line;
	}
	free(word);
	return a;
}

/* An act written by hand has the id that its content gives it, until it is recorded. */
static char *id_from_content(const struct opportunity *o, const struct ini *doc, size_t i)
{
	const char *section = doc->pairs[i].section;
	uint64_t hash = hash_bytes(0, o->id, strlen(o->id));

	hash = hash_bytes(hash, section, strlen(section));
	for (i++; i < doc->n && doc->pairs[i].key; i++) {
		hash = hash_bytes(hash, doc->pairs[i].key, strlen(doc->pairs[i].key) + 1);
		hash = hash_bytes(hash, doc->pairs[i].value, strlen(doc->pairs[i].value) + 1);
	}
	for (char *id;; free(id), hash = hash_bytes(hash, "again", 5)) {
		id = act_id_from(hash);
		if (!opportunity_act(o, id))
			return id;
	}
}

static void finish_act(struct reading *r, struct act *a, size_t section)
{
	if (!a->at.set) {
		faults_add(&r->faults, a->line, "'at' is missing: when did it happen?");
		act_free(a);
		return;
	}
	if (!a->recorded.set)
		a->recorded = a->at;
	if (!a->id)
		a->id = id_from_content(r->o, &r->doc, section);
	opportunity_append(r->o, a);
}

static int compare_ids(const void *a, const void *b)
{
	const struct act *x = *(struct act *const *)a, *y = *(struct act *const *)b;
	int order = strcmp(x->id, y->id);

	return order ? order : (x->line > y->line) - (x->line < y->line);
}

static void find_twice(struct reading *r)
{
	size_t n = r->o->n, first = 0;
	struct act **by_id = xcalloc(n + 1, sizeof(struct act *));

	if (n)
		memcpy(by_id, r->o->acts, n * sizeof(struct act *));
	qsort(by_id, n, sizeof(struct act *), compare_ids);
	for (size_t i = 1; i < n; i++) {
		if (strcmp(by_id[i]->id, by_id[first]->id))
			first = i;
		else
			faults_add(&r->faults, by_id[i]->line,
				"the act '%s' stands twice, first in line %u", by_id[i]->id,
				by_id[first]->line);
	}
	free(by_id);
}

/* Reads the section at *i, and moves on to the one after. */
static void read_act(struct reading *r, size_t *i)
{
	size_t section = *i;
	struct act *a = begin_act(r, &r->doc.pairs[section]);

	for (++*i; *i < r->doc.n && r->doc.pairs[*i].key; ++*i) {
		const struct ini_pair *pair = &r->doc.pairs[*i];

		if (a && act_load_pair(a, pair->key, pair->value))
			faults_take(&r->faults, pair->line);
	}
	if (a)
		finish_act(r, a, section);
}

static void note_top(struct reading *r, size_t *i)
{
	if (r->has_top)
		faults_add(&r->faults, r->doc.pairs[*i].line,
			"the section '[opportunity]' stands twice");
	r->has_top = true;
	for (r->top = ++*i; *i < r->doc.n && r->doc.pairs[*i].key; ++*i)
		;
	r->top_end = *i;
}

static void read_sections(struct reading *r)
{
	size_t i = 0;

	for (; i < r->doc.n && r->doc.pairs[i].key; i++)
		faults_add(&r->faults, r->doc.pairs[i].line,
			"'%s' stands before the first section", r->doc.pairs[i].key);
	while (i < r->doc.n)
		if (!strcmp(r->doc.pairs[i].section, "opportunity"))
			note_top(r, &i);
		else
			read_act(r, &i);
	find_twice(r);
	opportunity_sort(r->o);
	if (!r->o->n && !r->faults.n)
		faults_add(&r->faults, 0, "no act stands in it, '[new]' is the first");
}

/* ---- the facts on top ---- */

static bool has_unrecorded(const struct opportunity *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (!o->acts[i]->seq)
			return true;
	return false;
}

static void judge_status(struct reading *r, const struct ini_pair *pair)
{
	static const struct {
		const char *status, *command;
	} commands[] = {{"open", "fu reopen"}, {"waiting", "fu wait"}, {"won", "fu win"},
		{"abandoned", "fu abandon"}};
	const char *now = status_word(r->o->now.status);

	if (same_string(pair->value, now) || (r->status_waits && has_unrecorded(r->o)))
		return;
	if (has_unrecorded(r->o)) {
		faults_add(&r->faults, pair->line,
			"'status' is '%s' where the acts add up to '%s', one of them written "
			"by hand: 'fu record' records it, or says what it lacks",
			pair->value, now ? now : "none");
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
		if (!strcmp(commands[i].status, pair->value)) {
			faults_add(&r->faults, pair->line,
				"'status' is '%s' where the acts add up to '%s': it follows "
				"from them, use '%s'",
				pair->value, now ? now : "none", commands[i].command);
			return;
		}
	faults_add(&r->faults, pair->line,
		"unknown status '%s' (one of: open, waiting, won, abandoned)", pair->value);
}

static bool contact_declared(const struct fact_list *declared, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < declared->n; i++) {
		const char *value = declared->items[i].value;

		if (!strcmp(declared->items[i].key, "contact") && !strncmp(value, name, len) &&
			(!value[len] || value[len] == ';' || starts_with(value + len, " <")))
			return true;
	}
	return false;
}

/* Adds the stored form of what stands on top. */
static void declare_contact(
	struct reading *r, const struct ini_pair *pair, struct fact_list *declared)
{
	struct contact c = {0};
	struct str stored = STR_INIT;

	if (contact_parse(&c, pair->value)) {
		faults_take(&r->faults, pair->line);
	} else if (contact_declared(declared, c.name)) {
		faults_add(&r->faults, pair->line, "the contact '%s' stands twice", c.name);
	} else {
		contact_add_stored(&stored, &c);
		facts_append(declared, "contact", stored.buf);
	}
	contact_release(&c);
	str_release(&stored);
}

static void declare_fact(
	struct reading *r, const struct ini_pair *pair, struct fact_list *declared)
{
	struct act *set = act_new(ACT_SET);
	char *key = xstrfmt("set-%s", pair->key);

	if (act_load_pair(set, key, pair->value)) {
		const char *reason = strstr(error_message(0), ": ");

		faults_add(&r->faults, pair->line, "'%s'%s", pair->key, reason ? reason : "");
		error_clear();
	} else {
		facts_append(declared, pair->key, facts_get(&set->facts, pair->key));
	}
	free(key);
	act_free(set);
}

static void declare(struct reading *r, const struct ini_pair *pair, struct fact_list *declared)
{
	struct str hint = STR_INIT;
	bool known = false;

	for (size_t i = 0; top_keys[i]; i++)
		known |= !strcmp(top_keys[i], pair->key);
	if (!known) {
		suggest_add(&hint, pair->key, top_keys);
		faults_add(&r->faults, pair->line, "unknown key '%s'%s", pair->key, hint.buf);
		str_release(&hint);
	} else if (!strcmp(pair->key, "contact")) {
		declare_contact(r, pair, declared);
	} else if (facts_get(declared, pair->key)) {
		faults_add(&r->faults, pair->line, "'%s' stands twice", pair->key);
	} else if (!strcmp(pair->key, "status")) {
		judge_status(r, pair);
		facts_append(declared, "status", pair->value);
	} else {
		declare_fact(r, pair, declared);
	}
}

static bool top_is(const struct reading *r, const struct fact_list *facts)
{
	if (r->top_end - r->top != facts->n)
		return false;
	for (size_t i = 0; i < facts->n; i++) {
		const struct ini_pair *pair = &r->doc.pairs[r->top + i];

		if (strcmp(pair->key, facts->items[i].key) ||
			strcmp(pair->value, facts->items[i].value))
			return false;
	}
	return true;
}

/* True where the facts on top are others than the acts add up to. */
static bool read_top(struct reading *r, struct fact_list *declared)
{
	struct fact_list facts = {0};

	opportunity_fold(r->o);
	opportunity_facts(&facts, r->o);
	if (r->has_top && top_is(r, &facts)) {
		*declared = facts;
		return false;
	}
	facts_release(&facts);
	for (size_t i = r->top; i < r->top_end; i++)
		declare(r, &r->doc.pairs[i], declared);
	return r->has_top;
}

static int parse(struct opportunity **out, struct fact_list *declared, bool *differs,
	bool is_edit, const char *id, const char *path, const char *bytes, size_t len)
{
	struct reading r = {.faults = {.name = path}, .status_waits = is_edit};
	int rc = ini_read(&r.doc, path, bytes, len, INI_RECORD);

	*declared = (struct fact_list){0};
	*out = NULL;
	if (rc)
		return rc;
	r.o = opportunity_new(id);
	r.o->path = xstrdup(path);
	r.o->remark = r.doc.remark;
	read_sections(&r);
	*differs = read_top(&r, declared);
	ini_release(&r.doc);
	rc = faults_raise(&r.faults, ERR_FAILED);
	if (!rc) {
		*out = r.o;
		return 0;
	}
	facts_release(declared);
	opportunity_free(r.o);
	return rc;
}

int opportunity_parse(struct opportunity **out, struct fact_list *declared, bool *differs,
	const char *id, const char *path, const char *bytes, size_t len)
{
	return parse(out, declared, differs, false, id, path, bytes, len);
}

int opportunity_read_edit(struct opportunity **out, struct fact_list *declared, const char *id,
	const char *path, const char *bytes, size_t len)
{
	bool differs;

	return parse(out, declared, &differs, true, id, path, bytes, len);
}

int opportunity_read_acts(struct opportunity **out, const char *id, const char *path,
	const char *bytes, size_t len)
{
	struct reading r = {.faults = {.name = path}};
	int rc = ini_read(&r.doc, path, bytes, len, INI_RECORD);

	*out = NULL;
	if (rc)
		return rc;
	r.o = opportunity_new(id);
	read_sections(&r);
	ini_release(&r.doc);
	faults_raise(&r.faults, ERR_FAILED);
	error_clear();
	*out = r.o;
	return 0;
}

int opportunity_read(struct opportunity **out, struct fact_list *declared, const char *id,
	const char *path, const char *bytes, size_t len)
{
	bool differs;

	return opportunity_parse(out, declared, &differs, id, path, bytes, len);
}

/* ---- writing ---- */

static void write_pair(void *out, const char *key, const char *value)
{
	ini_write_pair(out, key, value);
}

static void write_act(struct str *out, const struct act *a)
{
	char *section = xstrfmt("%s %s", act_kinds[a->kind].name, a->id);
	bool same_time = a->recorded.utc == a->at.utc && a->recorded.offset == a->at.offset;

	ini_write_section(out, section);
	free(section);
	for (const char *const *name = act_common_fields; *name; name++)
		if (strcmp(*name, "recorded") || !same_time)
			field_store(a, field_find(*name), write_pair, out);
	for (const char *const *name = act_kinds[a->kind].fields; *name; name++)
		field_store(a, field_find(*name), write_pair, out);
}

void opportunity_write(struct str *out, const struct opportunity *o)
{
	struct fact_list facts = {0};

	opportunity_facts(&facts, o);
	ini_write_section(out, "opportunity");
	for (size_t i = 0; i < facts.n; i++)
		ini_write_pair(out, facts.items[i].key, facts.items[i].value);
	for (size_t i = 0; i < o->n; i++)
		write_act(out, o->acts[i]);
	facts_release(&facts);
}
