#include "core/handedit.h"

#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- the facts on top ---- */

void facts_append(struct fact_list *f, const char *key, const char *value)
{
	GROW(f->items, f->n, f->cap);
	f->items[f->n++] = (struct fact){.key = xstrdup(key), .value = xstrdup(value)};
}

static void add_text(struct fact_list *out, const char *key, const char *value)
{
	if (value && *value)
		facts_append(out, key, value);
}

static void add_built(struct fact_list *out, const char *key, struct str *value)
{
	add_text(out, key, value->buf);
	str_truncate(value, 0);
}

static void add_tags(struct str *out, const struct list *tags)
{
	for (size_t i = 0; i < tags->n; i++)
		str_addf(out, "%s%s", i ? ", " : "", tags->items[i]);
}

void opportunity_facts(struct fact_list *out, const struct opportunity *o)
{
	const struct state *s = &o->now;
	struct str text = STR_INIT;

	add_text(out, "title", s->title);
	add_text(out, "client", s->client);
	add_text(out, "via", s->via);
	add_text(out, "process", s->process);
	add_text(out, "activity", s->activity);
	add_text(out, "status", status_word(s->status));
	if (s->value.currency[0])
		money_add(&text, &s->value);
	add_built(out, "value", &text);
	add_text(out, "source", s->source);
	add_text(out, "owner", s->owner);
	add_tags(&text, &s->tags);
	add_built(out, "tags", &text);
	if (s->expires.set)
		when_add_stored(&text, &s->expires);
	add_built(out, "expires", &text);
	if (s->interval.count)
		duration_add(&text, &s->interval);
	add_built(out, "interval", &text);
	add_text(out, "external_id", s->external_id);
	for (size_t i = 0; i < s->contacts_n; i++) {
		contact_add_stored(&text, &s->contacts[i]);
		add_built(out, "contact", &text);
	}
	str_release(&text);
}

/* ---- contacts, declared and derived ---- */

struct contacts {
	struct contact *items;
	size_t n, cap;
};

static void contacts_read(struct contacts *out, const struct fact_list *facts)
{
	for (size_t i = 0; i < facts->n; i++) {
		struct contact c = {0};

		if (strcmp(facts->items[i].key, "contact"))
			continue;
		if (contact_parse(&c, facts->items[i].value)) {
			error_clear(); /* a reader has reported it */
			continue;
		}
		GROW(out->items, out->n, out->cap);
		out->items[out->n++] = c;
	}
}

static void contacts_release(struct contacts *l)
{
	for (size_t i = 0; i < l->n; i++)
		contact_release(&l->items[i]);
	free(l->items);
	*l = (struct contacts){0};
}

static const struct contact *contact_named(const struct contacts *l, const char *name)
{
	for (size_t i = 0; i < l->n; i++)
		if (!strcmp(l->items[i].name, name))
			return &l->items[i];
	return NULL;
}

static bool contact_same(const struct contact *a, const struct contact *b)
{
	return a && b && same_string(a->mail, b->mail) && same_string(a->phone, b->phone) &&
	       same_string(a->role, b->role) && a->decision_maker == b->decision_maker &&
	       a->left == b->left && same_string(a->left_to, b->left_to);
}

/* ---- differences, as acts ---- */

struct acts {
	struct act **items;
	size_t n, cap;
};

/*
 * What the file says on top (declared), what it said when it was recorded (base),
 * and what the acts add up to now. A fact counts as changed by hand where it is
 * neither of the last two.
 */
struct differences {
	const struct fact_list *base, *declared, *now;
	bool whole; /* what is not declared was taken out; false: was never said */
	struct acts acts;
};

static struct act *add_act(struct differences *d, enum act_kind kind)
{
	struct act *a = act_new(kind);

	GROW(d->acts.items, d->acts.n, d->acts.cap);
	d->acts.items[d->acts.n++] = a;
	return a;
}

static struct act *add_contact_act(
	struct differences *d, enum contact_change change, const char *contact)
{
	struct act *a = add_act(d, ACT_CONTACT);

	a->change = change;
	a->contact = xstrdup(contact);
	return a;
}

static const char *value_of(const struct fact_list *facts, const char *key)
{
	const char *value = facts_get(facts, key);

	return value ? value : "";
}

static bool is_changed(const struct differences *d, const char *key)
{
	const char *declared = value_of(d->declared, key);

	if (!*declared && (!d->whole || !strcmp(key, "process") || !strcmp(key, "activity")))
		return false;
	return strcmp(declared, value_of(d->base, key)) &&
	       strcmp(declared, value_of(d->now, key));
}

static void find_facts(struct differences *d)
{
	static const char *const keys[] = {"title", "client", "via", "process", "activity",
		"value", "source", "owner", "tags", "expires", "interval", "external_id"};
	struct act *set = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		if (!is_changed(d, keys[i]))
			continue;
		if (!set)
			set = add_act(d, ACT_SET);
		facts_set(&set->facts, keys[i], value_of(d->declared, keys[i]));
	}
}

static void add_contact(struct differences *d, const struct contact *c)
{
	struct str stored = STR_INIT;

	contact_add_stored(&stored, c);
	add_contact_act(d, CONTACT_ADD, stored.buf);
	str_release(&stored);
}

static void set_if_changed(
	struct fact_list *facts, const char *key, const char *before, const char *after)
{
	if (!same_string(before, after))
		facts_set(facts, key, after ? after : "");
}

static void change_contact(
	struct differences *d, const struct contact *before, const struct contact *after)
{
	struct fact_list facts = {0};

	if (before->left && !after->left) { /* no act brings somebody back */
		add_contact_act(d, CONTACT_RM, before->name);
		add_contact(d, after);
		return;
	}
	set_if_changed(&facts, "mail", before->mail, after->mail);
	set_if_changed(&facts, "phone", before->phone, after->phone);
	set_if_changed(&facts, "role", before->role, after->role);
	if (before->decision_maker != after->decision_maker)
		facts_set(&facts, "decision_maker", after->decision_maker ? "yes" : "no");
	if (facts.n)
		add_contact_act(d, CONTACT_SET, after->name)->facts = facts;
	if (after->left && (!before->left || !same_string(before->left_to, after->left_to)))
		add_contact_act(d, CONTACT_LEFT, after->name)->to =
			xstrdup_or_null(after->left_to);
}

static void find_contacts(struct differences *d)
{
	struct contacts base = {0}, declared = {0}, now = {0};

	contacts_read(&base, d->base);
	contacts_read(&declared, d->declared);
	contacts_read(&now, d->now);
	for (size_t i = 0; d->whole && i < now.n; i++)
		if (contact_named(&base, now.items[i].name) &&
			!contact_named(&declared, now.items[i].name))
			add_contact_act(d, CONTACT_RM, now.items[i].name);
	for (size_t i = 0; i < declared.n; i++) {
		const struct contact *c = &declared.items[i];
		const struct contact *stands = contact_named(&now, c->name);

		if (contact_same(contact_named(&base, c->name), c) || contact_same(stands, c))
			continue;
		if (stands)
			change_contact(d, stands, c);
		else
			add_contact(d, c);
	}
	contacts_release(&base);
	contacts_release(&declared);
	contacts_release(&now);
}

static void find_differences(struct differences *d)
{
	find_facts(d);
	find_contacts(d);
}

static void differences_release(struct differences *d)
{
	for (size_t i = 0; i < d->acts.n; i++)
		act_free(d->acts.items[i]); /* NULL where it was taken */
	free(d->acts.items);
	d->acts = (struct acts){0};
}

/* The same edit, taken at the same time at the same place, has the same id. */
static char *id_for(const struct opportunity *o, const struct act *a, size_t index)
{
	uint64_t hash = hash_bytes(0, o->id, strlen(o->id));

	hash = hash_bytes(hash, &a->at.utc, sizeof(a->at.utc));
	hash = hash_bytes(hash, &o->now.max_seq, sizeof(o->now.max_seq));
	hash = hash_bytes(hash, &index, sizeof(index));
	for (size_t i = 0; i < a->facts.n; i++) {
		hash = hash_bytes(hash, a->facts.items[i].key, strlen(a->facts.items[i].key));
		hash = hash_bytes(
			hash, a->facts.items[i].value, strlen(a->facts.items[i].value));
	}
	if (a->contact)
		hash = hash_bytes(hash, a->contact, strlen(a->contact));
	return act_id_from(hash);
}

void handedit_show(struct opportunity *o, const struct fact_list *declared)
{
	struct fact_list facts = {0};
	struct differences d = {
		.base = &facts, .declared = declared, .now = &facts, .whole = true};
	struct moment last = o->n ? o->acts[o->n - 1]->at : (struct moment){0};

	opportunity_facts(&facts, o);
	find_differences(&d);
	for (size_t i = 0; i < d.acts.n; i++) {
		struct act *a = d.acts.items[i];

		a->at = a->recorded = last;
		a->seq = o->now.max_seq + 1 + (unsigned)i;
		a->id = id_for(o, a, i);
		opportunity_add(o, a);
		d.acts.items[i] = NULL;
	}
	if (d.acts.n)
		opportunity_fold(o);
	differences_release(&d);
	facts_release(&facts);
}

/* ---- taking an edit ---- */

static bool moment_same(const struct moment *a, const struct moment *b)
{
	return a->set == b->set && a->utc == b->utc;
}

static void refuse(struct breaches *b, const struct act *a, const char *what)
{
	breaches_add(b, a, RULE_RESTS, false, NULL, "the %s (%s) %s", act_kinds[a->kind].name,
		a->id, what);
}

/*
 * A file leaves `recorded` out where it equals `at`: who corrects `at` has then
 * not said when it was recorded.
 */
static bool recorded_is_kept(const struct act *before, const struct act *after)
{
	return moment_same(&before->recorded, &after->recorded) ||
	       (moment_same(&before->recorded, &before->at) &&
		       moment_same(&after->recorded, &after->at));
}

/* The recorded act as the edit has it. */
static struct act *take_changed(const struct act *before, const struct act *after,
	const struct ground *g, struct breaches *b)
{
	struct act *a = act_copy(after);

	if (before->kind != after->kind)
		refuse(b, a, "was of another kind: write an act of your own, without an id");
	else if (!recorded_is_kept(before, after) || before->seq != after->seq)
		refuse(b, a, "keeps its 'recorded' and 'seq' as they are");
	else if (before->lenient != after->lenient)
		refuse(b, a, "keeps its 'lenient' as it is");
	a->recorded = before->recorded;
	a->edited = before->edited;
	if (!act_equal(a, before))
		a->edited = g->clock->now;
	return a;
}

static void take_known(struct opportunity *out, const struct handedit *e,
	const struct ground *g, struct breaches *b)
{
	for (size_t i = 0; e->recorded && i < e->recorded->n; i++) {
		const struct act *before = e->recorded->acts[i];
		const struct act *after = opportunity_act(e->edited, before->id);
		struct act *a = after ? take_changed(before, after, g, b) : act_copy(before);

		opportunity_add(out, a);
		if (after)
			continue;
		a->line = 0;
		refuse(b, a, "is gone: files only grow, 'fu undo' takes an act back");
	}
	opportunity_fold(out);
}

/* Admits an act that stands in the edit only; takes ownership. */
static void admit(struct opportunity *out, struct act *a, const struct handedit *e,
	const struct ground *g, struct breaches *b)
{
	struct ground ground = *g;
	struct breaches found = {0};

	if (!a->by)
		a->by = xstrdup_or_null(e->by);
	if (!a->seq)
		a->recorded = g->clock->now;
	ground.lenient = a->lenient;
	if (opportunity_admit(out, a, &ground, &found)) {
		opportunity_add(out, a); /* where b's acts are */
		opportunity_fold(out);
		for (size_t i = 0; i < found.n; i++)
			breaches_add(b, a, found.items[i].rule, found.items[i].discipline,
				found.items[i].option, "%s", found.items[i].message);
	}
	breaches_release(&found);
}

static void take_new(struct opportunity *out, const struct handedit *e, const struct ground *g,
	struct breaches *b)
{
	for (size_t i = 0; i < e->edited->n; i++) {
		const struct act *a = e->edited->acts[i];

		if (!e->recorded || !opportunity_act(e->recorded, a->id))
			admit(out, act_copy(a), e, g, b);
	}
}

static void take_status(const struct differences *d, struct breaches *b)
{
	const char *declared = facts_get(d->declared, "status");

	if (declared && strcmp(declared, value_of(d->base, "status")) &&
		strcmp(declared, value_of(d->now, "status")))
		breaches_add(b, NULL, RULE_FACT, false, NULL,
			"'status' follows from the acts, it cannot be set to '%s'", declared);
}

static void take_facts(struct opportunity *out, const struct handedit *e,
	const struct ground *g, struct breaches *b)
{
	struct fact_list base = {0}, now = {0};
	struct differences d = {.base = &base,
		.declared = e->declared,
		.now = &now,
		.whole = e->recorded && e->declared->n};

	if (e->recorded)
		opportunity_facts(&base, e->recorded);
	opportunity_facts(&now, out);
	take_status(&d, b);
	find_differences(&d);
	for (size_t i = 0; i < d.acts.n; i++) {
		struct act *a = d.acts.items[i];

		d.acts.items[i] = NULL;
		a->at = g->clock->now;
		a->id = id_for(out, a, i);
		if (a->kind == ACT_SET)
			a->because = xstrdup_or_null(e->because);
		admit(out, a, e, g, b);
	}
	differences_release(&d);
	facts_release(&base);
	facts_release(&now);
}

/* ---- judging the whole ---- */

static bool same_breach(const struct breach *x, const struct breach *y)
{
	return x->rule == y->rule && !strcmp(x->message, y->message) &&
	       same_string(x->act ? x->act->id : NULL, y->act ? y->act->id : NULL);
}

static bool has_breach(const struct breaches *b, const struct breach *one)
{
	for (size_t i = 0; i < b->n; i++)
		if (same_breach(&b->items[i], one))
			return true;
	return false;
}

static void check_whole(struct opportunity *out, const struct handedit *e,
	const struct ground *g, struct breaches *b)
{
	struct opportunity *before = e->recorded ? opportunity_copy(e->recorded) : NULL;
	struct breaches old = {0}, found = {0};

	if (before)
		opportunity_check(before, g, &old);
	opportunity_check(out, g, &found);
	for (size_t i = 0; i < found.n; i++) {
		const struct breach *x = &found.items[i];

		if ((x->discipline && x->act && x->act->lenient) || has_breach(&old, x) ||
			has_breach(b, x))
			continue;
		breaches_add(b, x->act, x->rule, x->discipline, x->option, "%s", x->message);
	}
	breaches_release(&old);
	breaches_release(&found);
	opportunity_free(before);
}

int handedit_take(struct opportunity **out, const struct handedit *e, const struct ground *g,
	struct breaches *b)
{
	struct opportunity *o = opportunity_new(e->edited->id);

	o->path = xstrdup_or_null(e->edited->path);
	take_known(o, e, g, b);
	take_new(o, e, g, b);
	take_facts(o, e, g, b);
	check_whole(o, e, g, b);
	opportunity_fold(o);
	*out = o;
	return b->n ? ERR_REFUSED : 0;
}
