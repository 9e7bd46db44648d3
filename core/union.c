#include "core/union.h"

#include "core/act_index.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- opportunities by id ---- */

static size_t place_for(const struct acts_union *u, const char *id)
{
	size_t low = 0, high = u->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(u->items[middle].o->id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct union_item *union_find(const struct acts_union *u, const char *id)
{
	size_t at = place_for(u, id);

	return at < u->n && !strcmp(u->items[at].o->id, id) ? &u->items[at] : NULL;
}

static struct union_item *find_or_add(struct acts_union *u, const char *id)
{
	size_t at = place_for(u, id);

	if (at < u->n && !strcmp(u->items[at].o->id, id))
		return &u->items[at];
	GROW(u->items, u->n, u->cap);
	memmove(&u->items[at + 1], &u->items[at], (u->n - at) * sizeof(*u->items));
	u->items[at] = (struct union_item){.o = opportunity_new(id)};
	u->n++;
	return &u->items[at];
}

void union_init(struct acts_union *u)
{
	*u = (struct acts_union){0};
}

void union_release(struct acts_union *u)
{
	for (size_t i = 0; i < u->n; i++)
		opportunity_free(u->items[i].o);
	free(u->items);
	*u = (struct acts_union){0};
}

/* ---- two versions of one act ---- */

static void add_pair(void *context, const char *key, const char *value)
{
	struct str *text = context;

	str_add(text, key);
	str_addch(text, '=');
	str_add(text, value);
	str_addn(text, "", 1); /* no value holds a NUL */
}

/* Where it came from is told by the merge, not by the version. */
static void add_content(struct str *text, const struct act *a)
{
	str_addf(text, "%s ", act_kinds[a->kind].name);
	for (const char *const *name = act_common_fields; *name; name++)
		if (strcmp(*name, "of"))
			field_store(a, field_find(*name), add_pair, text);
	for (const char *const *name = act_kinds[a->kind].fields; *name; name++)
		field_store(a, field_find(*name), add_pair, text);
}

static int compare_content(const struct act *a, const struct act *b)
{
	struct str left = STR_INIT, right = STR_INIT;
	size_t least;
	int order;

	add_content(&left, a);
	add_content(&right, b);
	least = left.len < right.len ? left.len : right.len;
	order = memcmp(left.buf, right.buf, least);
	if (!order)
		order = (left.len > right.len) - (left.len < right.len);
	str_release(&left);
	str_release(&right);
	return order;
}

/* Positive: a stands. 0: they say the same. */
static int compare_versions(const struct act *a, const struct act *b)
{
	int64_t left = a->edited.set ? a->edited.utc : INT64_MIN;
	int64_t right = b->edited.set ? b->edited.utc : INT64_MIN;

	if (left != right)
		return left > right ? 1 : -1;
	return compare_content(a, b);
}

/* The lesser of two marks of where they came from; one alone stands. */
static const char *origin_of(const struct act *a, const struct act *b)
{
	if (!a->of || !b->of)
		return a->of ? a->of : b->of;
	return strcmp(a->of, b->of) <= 0 ? a->of : b->of;
}

/* Puts the act among the opportunity's; takes it. True: that changed something. */
static bool take_act(struct opportunity *o, struct act *a)
{
	struct act *there = opportunity_act(o, a->id);
	bool changed = true;
	char *of;

	if (!there) {
		opportunity_add(o, a);
		return true;
	}
	of = xstrdup_or_null(origin_of(there, a));
	if (compare_versions(a, there) > 0) {
		act_free(opportunity_remove(o, a->id));
		replace_string(&a->of, of);
		opportunity_add(o, a);
	} else {
		changed = !same_string(there->of, of);
		if (changed) { /* its place in the order depends on it */
			there = opportunity_remove(o, a->id);
			replace_string(&there->of, of);
			opportunity_add(o, there);
		}
		act_free(a);
	}
	free(of);
	return changed;
}

void union_add(struct acts_union *u, const struct opportunity *o)
{
	struct union_item *item = find_or_add(u, o->id);

	item->changed |= item->o->n > 0;
	for (size_t i = 0; i < o->n; i++)
		take_act(item->o, act_copy(o->acts[i]));
}

/* ---- which acts stand: those that nothing takes back ---- */

/* All acts in their order, each once, and what strikes each of them out: an undo or an
 * answer, in whichever file, by the rules of the fold (opportunity.c). */
struct undos {
	struct opportunity all; /* borrows the acts */
	struct act_index index;
	const struct act **by; /* parallel to its acts; NULL: it stands */
	bool *dropped;         /* named by an answer that stands, also by one overruled */
};

static int compare_acts(const void *a, const void *b)
{
	return act_compare(*(struct act *const *)a, *(struct act *const *)b);
}

static void strike(struct undos *u, size_t place, const struct act *by)
{
	if (place < u->all.n && u->all.acts[place] != by && !u->by[place])
		u->by[place] = by;
}

/* Where two answered otherwise, the later one dropped what the other keeps. */
static void strike_dropped(struct undos *u, const struct act *resolve)
{
	bool overruled = u->dropped[act_index_find(&u->index, resolve->keep)];

	for (size_t i = 0; i < resolve->drops.n; i++) {
		size_t place = act_index_find(&u->index, resolve->drops.items[i]);

		if (place == u->all.n)
			continue;
		u->dropped[place] = true;
		if (!overruled)
			strike(u, place, resolve);
	}
}

static void find_struck(struct undos *u)
{
	for (size_t i = u->all.n; i-- > 0;) {
		const struct act *a = u->all.acts[i];
		size_t target;

		if (u->by[i] || act_index_find(&u->index, a->id) != i) /* a copy */
			continue;
		if (a->kind == ACT_RESOLVE)
			strike_dropped(u, a);
		if (a->kind != ACT_UNDO)
			continue;
		target = act_index_find(&u->index, a->takes_back);
		if (target < i)
			strike(u, target, a);
	}
}

static void undos_find(struct undos *out, const struct acts_union *u)
{
	*out = (struct undos){0};
	for (size_t i = 0; i < u->n; i++)
		for (size_t j = 0; j < u->items[i].o->n; j++) {
			GROW(out->all.acts, out->all.n, out->all.cap);
			out->all.acts[out->all.n++] = u->items[i].o->acts[j];
		}
	if (out->all.n)
		qsort(out->all.acts, out->all.n, sizeof(*out->all.acts), compare_acts);
	act_index_init(&out->index, &out->all);
	out->by = xcalloc(out->all.n + 1, sizeof(*out->by));
	out->dropped = xcalloc(out->all.n + 1, sizeof(*out->dropped));
	find_struck(out);
}

static void undos_release(struct undos *u)
{
	act_index_release(&u->index);
	free(u->all.acts);
	free(u->by);
	free(u->dropped);
}

/* The act that takes it back; NULL: it stands. */
static const struct act *taken_back_by(const struct undos *u, const struct act *a)
{
	return u->by[act_index_find(&u->index, a->id)];
}

/* ---- what an opportunity is called ---- */

/* The ids that renames connect are of one opportunity, whose name is the one that the
 * latest of them, or the undo of one, gave it. */
struct name {
	char *id;
	size_t same_as;       /* the index of another of its names, or its own */
	const struct act *by; /* of the first of them: what named it last */
	char *now;            /* and how */
};

/* It went into another one. */
struct merger {
	char *from, *into;
	const struct act *by;
};

struct whereabouts {
	struct name *names;
	size_t names_n, names_cap;
	struct merger *mergers;
	size_t mergers_n, mergers_cap;
};

static size_t first_name(const struct whereabouts *w, size_t i)
{
	while (w->names[i].same_as != i)
		i = w->names[i].same_as;
	return i;
}

/* The index of the first of its names; names_n: it was never renamed. */
static size_t find_name(const struct whereabouts *w, const char *id)
{
	for (size_t i = 0; i < w->names_n; i++)
		if (!strcmp(w->names[i].id, id))
			return first_name(w, i);
	return w->names_n;
}

static size_t add_name(struct whereabouts *w, const char *id)
{
	size_t i = find_name(w, id);

	if (i < w->names_n)
		return i;
	GROW(w->names, w->names_n, w->names_cap);
	w->names[i] = (struct name){.id = xstrdup(id), .same_as = i};
	return w->names_n++;
}

static const char *name_now(const struct whereabouts *w, const char *id)
{
	size_t i = find_name(w, id);

	return i < w->names_n && w->names[i].now ? w->names[i].now : id;
}

static bool is_same(const struct whereabouts *w, const char *a, const char *b)
{
	size_t i = find_name(w, a);

	return !strcmp(a, b) || (i < w->names_n && i == find_name(w, b));
}

/* Whether x comes after what stands, in a total order. */
static bool is_later(const struct act *x, const char *to, const struct act *by, const char *now)
{
	int order = by ? act_compare(x, by) : 1;

	return order ? order > 0 : strcmp(to, now) > 0;
}

static void call_it(struct name *n, const struct act *by, const char *now)
{
	if (!now || !is_later(by, now, n->by, n->now))
		return;
	n->by = by;
	replace_string(&n->now, now);
}

static void note_rename(struct whereabouts *w, const struct undos *undos, const struct act *a)
{
	const struct act *undo = taken_back_by(undos, a);
	size_t from, to;

	if (!a->from || !a->to || !opportunity_id_valid(a->from) ||
		!opportunity_id_valid(a->to))
		return;
	from = add_name(w, a->from);
	to = add_name(w, a->to);
	if (from != to) {
		w->names[to].same_as = from;
		call_it(&w->names[from], w->names[to].by, w->names[to].now);
	}
	call_it(&w->names[from], undo ? undo : a, undo ? a->from : a->to);
}

static void note_merger(struct whereabouts *w, const struct opportunity *in,
	const struct undos *undos, const struct act *a)
{
	const char *into = a->of ? a->of : in->id;

	/* Into itself is none. */
	if (!a->from || !opportunity_id_valid(a->from) || !strcmp(a->from, into) ||
		taken_back_by(undos, a))
		return;
	GROW(w->mergers, w->mergers_n, w->mergers_cap);
	w->mergers[w->mergers_n++] = (struct merger){xstrdup(a->from), xstrdup(into), a};
}

static bool any_moved(const struct acts_union *u)
{
	for (size_t i = 0; i < u->n; i++)
		for (size_t j = 0; j < u->items[i].o->n; j++) {
			enum act_kind kind = u->items[i].o->acts[j]->kind;

			if (kind == ACT_MERGE || kind == ACT_RENAME)
				return true;
		}
	return false;
}

static void whereabouts_find(struct whereabouts *w, const struct acts_union *u)
{
	struct undos undos;

	*w = (struct whereabouts){0};
	if (!any_moved(u))
		return;
	undos_find(&undos, u);
	for (size_t i = 0; i < u->n; i++)
		for (size_t j = 0; j < u->items[i].o->n; j++) {
			const struct act *a = u->items[i].o->acts[j];

			if (a->kind == ACT_RENAME)
				note_rename(w, &undos, a);
			else if (a->kind == ACT_MERGE)
				note_merger(w, u->items[i].o, &undos, a);
		}
	undos_release(&undos);
}

static void whereabouts_release(struct whereabouts *w)
{
	for (size_t i = 0; i < w->names_n; i++) {
		free(w->names[i].id);
		free(w->names[i].now);
	}
	for (size_t i = 0; i < w->mergers_n; i++) {
		free(w->mergers[i].from);
		free(w->mergers[i].into);
	}
	free(w->names);
	free(w->mergers);
}

/* ---- where acts belong ---- */

/* The last merge by which the opportunity went into another one; NULL: it did not. */
static const struct merger *merger_of(const struct whereabouts *w, const char *id)
{
	const struct merger *last = NULL;

	for (size_t i = 0; i < w->mergers_n; i++) {
		const struct merger *m = &w->mergers[i];

		if (is_same(w, m->from, id) && !is_same(w, m->into, id) &&
			(!last || is_later(m->by, m->into, last->by, last->into)))
			last = m;
	}
	return last;
}

/*
 * Where acts of that id belong. *of: the mark that they get, NULL: none. Those that were
 * merged into each other end in the one whose name is the least.
 */
static const char *home_of(const struct whereabouts *w, const char *id, const char **of)
{
	const struct merger *m;
	const char *at = id, *least = NULL;
	size_t steps = 0;

	*of = NULL;
	for (; (m = merger_of(w, at)) && steps <= w->mergers_n; steps++) {
		if (!*of)
			*of = m->from;
		at = m->into;
	}
	if (!m)
		least = name_now(w, at);
	for (steps = 0; m && steps <= w->mergers_n; steps++, m = merger_of(w, m->into))
		if (!least || strcmp(name_now(w, m->into), least) < 0)
			least = name_now(w, m->into);
	if (*of && is_same(w, *of, least))
		*of = NULL;
	return least;
}

/* An act on its way from where it was found; of a merge that was taken back, a copy. */
struct mover {
	char *home, *of;
	struct act *act;
};

struct movers {
	struct mover *items;
	size_t n, cap;
};

static void add_mover(struct movers *m, const char *home, const char *of, struct act *a)
{
	GROW(m->items, m->n, m->cap);
	m->items[m->n++] = (struct mover){xstrdup(home), xstrdup_or_null(of), a};
}

/* True: the act is to be taken out of where it is. */
static bool find_home(struct movers *m, const struct whereabouts *w,
	const struct opportunity *in, struct act *a)
{
	const char *of, *home;

	if (a->of && !merger_of(w, a->of) && !is_same(w, a->of, in->id)) {
		/* Taken back: it is its own again, and stays here, struck out. */
		add_mover(m, name_now(w, a->of), NULL, act_copy(a));
		home = home_of(w, in->id, &of);
		of = a->of;
	} else {
		home = home_of(w, a->of ? a->of : in->id, &of);
	}
	if (!strcmp(home, in->id) && same_string(of, a->of))
		return false;
	add_mover(m, home, of, a);
	return true;
}

/* All that move are taken out first: where they go follows from where they all were. */
static void take_out(struct movers *movers, struct acts_union *u)
{
	struct whereabouts w;

	whereabouts_find(&w, u);
	for (size_t i = 0; (w.names_n || w.mergers_n) && i < u->n; i++) {
		struct opportunity *o = u->items[i].o;
		size_t kept = 0;

		for (size_t j = 0; j < o->n; j++)
			if (!find_home(movers, &w, o, o->acts[j]))
				o->acts[kept++] = o->acts[j];
		u->items[i].changed |= kept < o->n;
		o->n = kept;
	}
	whereabouts_release(&w);
}

void union_wants(const struct acts_union *u, struct list *ids)
{
	for (size_t i = 0; i < u->n; i++)
		for (size_t j = 0; j < u->items[i].o->n; j++) {
			const struct act *a = u->items[i].o->acts[j];
			const char *named[] = {a->of,
				a->kind == ACT_MERGE || a->kind == ACT_RENAME ? a->from : NULL,
				a->kind == ACT_RENAME ? a->to : NULL};

			for (size_t k = 0; k < ARRAY_SIZE(named); k++)
				if (named[k] && opportunity_id_valid(named[k]) &&
					!union_find(u, named[k]) && !list_has(ids, named[k]))
					list_add(ids, named[k]);
		}
}

void union_settle(struct acts_union *u)
{
	struct movers movers = {0};

	take_out(&movers, u);
	for (size_t i = 0; i < movers.n; i++) {
		struct mover *m = &movers.items[i];
		struct union_item *item = find_or_add(u, m->home);

		replace_string(&m->act->of, m->of);
		item->changed |= take_act(item->o, m->act);
		free(m->home);
		free(m->of);
	}
	free(movers.items);
	for (size_t i = 0; i < u->n; i++)
		opportunity_fold(u->items[i].o);
}
