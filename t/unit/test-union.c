/* The merge by meaning: whoever merges, in whatever order, gets the same files. */
#include "pair.h"

#include "core/merge.h"
#include "storage/storage.h"
#include "time-helper.h"

/* ---- what replicas are made of ---- */

#define REPLICAS 3
#define REMOTE REPLICAS

struct world {
	struct given *g;
	uint64_t seed;
	struct acts_union sets[REPLICAS + 1]; /* the last one is what all sync with */
	struct list made;                     /* the ids of all acts, anywhere */
};

static size_t below(struct world *w, size_t n)
{
	return (size_t)test_between(&w->seed, 0, (int64_t)n - 1);
}

static void add_all(struct acts_union *to, const struct acts_union *from)
{
	for (size_t i = 0; i < from->n; i++)
		if (from->items[i].o->n)
			union_add(to, from->items[i].o);
}

/* The union of two, in that order, as a new set. */
static struct acts_union united(const struct acts_union *a, const struct acts_union *b)
{
	struct acts_union out;

	union_init(&out);
	add_all(&out, a);
	add_all(&out, b);
	union_settle(&out);
	return out;
}

static char *written(const struct acts_union *u)
{
	struct str text = STR_INIT;

	for (size_t i = 0; i < u->n; i++) {
		if (!u->items[i].o->n)
			continue;
		str_addf(&text, "==== %s\n", u->items[i].o->id);
		opportunity_write(&text, u->items[i].o);
	}
	return str_detach(&text);
}

static void assert_same(const struct acts_union *a, const struct acts_union *b)
{
	char *left = written(a), *right = written(b);

	assert_string_equal(left, right);
	free(left);
	free(right);
}

static void sync_with(struct world *w, size_t i, size_t j)
{
	struct acts_union both = united(&w->sets[i], &w->sets[j]);
	struct acts_union again = united(&both, &w->sets[i]);
	struct acts_union turned = united(&w->sets[j], &w->sets[i]);

	assert_same(&both, &again);
	assert_same(&both, &turned);
	union_release(&again);
	union_release(&turned);
	union_release(&w->sets[i]);
	union_release(&w->sets[j]);
	w->sets[i] = both;
	union_init(&w->sets[j]);
	add_all(&w->sets[j], &both);
	union_settle(&w->sets[j]);
}

/* ---- random acts ---- */

static struct opportunity *some(struct world *w, size_t replica)
{
	struct acts_union *u = &w->sets[replica];

	for (size_t tries = 0; u->n && tries < 8; tries++) {
		struct opportunity *o = u->items[below(w, u->n)].o;

		if (o->n)
			return o;
	}
	return NULL;
}

static char *day_ahead(struct world *w, const char *time)
{
	return xstrfmt("2027-%02d-%02d%s", (int)below(w, 12) + 1, (int)below(w, 28) + 1, time);
}

static struct act *random_kind(struct world *w, const struct opportunity *o)
{
	struct given *g = w->g;
	char *next = day_ahead(w, " 15:00"), *day = day_ahead(w, "");
	const struct doubt *doubt;
	struct doubts doubts = {0};
	struct act *a = NULL;

	switch (below(w, 12)) {
	case 0:
		a = given_act(g, ACT_NOTE, "note", next, NULL);
		break;
	case 1:
	case 2:
		a = given_act(g, ACT_SCHEDULE, "next", next, NULL);
		break;
	case 3:
		a = given_act(g, ACT_MEETING, "outcome", "proceed", "next", next, "ours",
			"none", "theirs", "send figures", NULL);
		break;
	case 4:
		a = given_act(g, ACT_HEARD, "what", "a mail", "again", day, NULL);
		break;
	case 5:
		a = given_act(g, ACT_WAIT, "wait", day, "because", "budget", NULL);
		break;
	case 6:
		a = given_act(g, ACT_ABANDON, "cause", "timing", "because", "no", NULL);
		break;
	case 7:
		a = given_act(g, ACT_REOPEN, "because", "they rang", NULL);
		break;
	case 8:
		a = given_act(g, ACT_SET, "facts", below(w, 2) ? "via=One" : "via=Other", NULL);
		break;
	case 9:
		a = given_act(g, ACT_UNDO, NULL);
		a->takes_back = xstrdup(o->acts[below(w, o->n)]->id);
		break;
	case 10:
		if (o->now.commitments_n) {
			a = given_act(
				g, ACT_COMMITMENT, "to", below(w, 2) ? "kept" : "broken", NULL);
			a->commitment = xstrdup(o->now.commitments[0].promise->id);
		}
		break;
	default:
		doubts_find(&doubts, o);
		if (doubts.n) {
			doubt = &doubts.items[below(w, doubts.n)];
			a = given_act(g, ACT_RESOLVE, NULL);
			a->keep = xstrdup(doubt->acts[below(w, doubt->n)]->id);
		}
		doubts_release(&doubts);
	}
	free(next);
	free(day);
	return a;
}

static bool admitted(struct world *w, struct opportunity *o, struct act *a)
{
	list_add(&w->made, a->id);
	if (!given_admit(w->g, o, a))
		return true;
	free(w->made.items[--w->made.n]);
	return false;
}

static void born(struct world *w, size_t replica)
{
	static const char *const ids[] = {"acme", "globex", "initech", "umbrella", "hooli"};
	const char *id = ids[below(w, ARRAY_SIZE(ids))];
	struct act *a = given_act(w->g, ACT_NEW, "title", id, "client", id, NULL);
	struct opportunity *o;

	if (union_find(&w->sets[replica], id)) {
		act_free(a);
		return;
	}
	o = opportunity_new(id);
	if (admitted(w, o, a))
		union_add(&w->sets[replica], o);
	opportunity_free(o);
	union_settle(&w->sets[replica]);
}

/* As fu rename does it: the acts go on under another id. */
static void renamed(struct world *w, size_t replica, struct opportunity *o)
{
	static const char *const ids[] = {"one", "two", "three", "acme", "globex"};
	const char *id = ids[below(w, ARRAY_SIZE(ids))];
	struct union_item *there = union_find(&w->sets[replica], id);
	struct act *a;

	if (there)
		return;
	a = given_act(w->g, ACT_RENAME, "from", o->id, "to", id, NULL);
	if (!admitted(w, o, a))
		return;
	union_settle(&w->sets[replica]);
}

static void merged(struct world *w, size_t replica, struct opportunity *into)
{
	struct opportunity *from = some(w, replica);
	struct breaches b = {0};
	struct act *a;

	if (!from || from == into)
		return;
	merge_judge(&b, into, from);
	if (!b.n) {
		a = given_act(w->g, ACT_MERGE, NULL);
		merge_complete(a, into, from);
		if (admitted(w, into, a))
			union_settle(&w->sets[replica]);
	}
	breaches_release(&b);
}

static void edited(struct world *w, struct opportunity *o)
{
	struct act *a = o->acts[below(w, o->n)];

	if (a->kind != ACT_NOTE)
		return;
	free(a->note);
	a->note = xstrfmt("edited %zu", below(w, 100));
	a->edited = w->g->clock.now;
	opportunity_fold(o);
}

static void act_somewhere(struct world *w, size_t replica)
{
	struct opportunity *o = some(w, replica);
	struct act *a;

	w->g->clock.now.utc += test_between(&w->seed, 0, 2) * 1800;
	if (!o || !below(w, 5)) {
		born(w, replica);
	} else if (!below(w, 8)) {
		edited(w, o);
	} else if (!below(w, 12)) {
		renamed(w, replica, o);
	} else if (!below(w, 12)) {
		merged(w, replica, o);
	} else if ((a = random_kind(w, o))) {
		admitted(w, o, a);
		union_settle(&w->sets[replica]);
	}
}

/* ---- the property ---- */

static bool has_act(const struct acts_union *u, const char *id)
{
	for (size_t i = 0; i < u->n; i++)
		if (opportunity_act(u->items[i].o, id))
			return true;
	return false;
}

static void play_round(uint64_t seed)
{
	struct world w = {.g = given_new("discovery, workshop, proposal", false), .seed = seed};

	for (size_t i = 0; i <= REPLICAS; i++)
		union_init(&w.sets[i]);
	for (size_t step = 0; step < 30; step++) {
		size_t replica = below(&w, REPLICAS);

		if (!below(&w, 4))
			sync_with(
				&w, replica, below(&w, 2) ? REMOTE : (replica + 1) % REPLICAS);
		else
			act_somewhere(&w, replica);
	}
	for (size_t i = 0; i < 2 * REPLICAS; i++)
		sync_with(&w, i % REPLICAS, REMOTE);
	for (size_t i = 0; i < REPLICAS; i++)
		assert_same(&w.sets[i], &w.sets[REMOTE]);
	for (size_t i = 0; i < w.made.n; i++)
		assert_true(has_act(&w.sets[REMOTE], w.made.items[i]));
	for (size_t i = 0; i <= REPLICAS; i++)
		union_release(&w.sets[i]);
	list_release(&w.made);
	given_free(w.g);
}

static void test_replicas_agree(void **state)
{
	const char *wanted = getenv("T_ROUNDS");
	unsigned long rounds = wanted             ? strtoul(wanted, NULL, 10)
			       : getenv("T_LONG") ? 5000
						  : 200;

	(void)state;
	for (unsigned long i = 0; i < rounds; i++)
		play_round(i + 1);
}

/* ---- by hand ---- */

static void test_different_facts_merge(void **state)
{
	struct pair p;
	struct opportunity *o;

	(void)state;
	pair_begin(&p);
	given_takes(p.g, p.one, given_act(p.g, ACT_SET, "facts", "via=One", NULL));
	given_day_passes(p.g, 1);
	given_takes(p.g, p.other,
		given_act(p.g, ACT_SET, "facts", "source=Fair", "facts", "via=Two", NULL));
	o = pair_join(&p);
	assert_string_equal(o->now.via, "Two");
	assert_string_equal(o->now.source, "Fair");
	assert_false(doubts_any(o));
	pair_end(&p);
}

static void test_acts_follow_a_rename(void **state)
{
	struct pair p;
	struct opportunity *o;

	(void)state;
	pair_begin(&p);
	given_takes(p.g, p.other, given_act(p.g, ACT_NOTE, "note", "rang", NULL));
	given_takes(p.g, p.one,
		given_act(p.g, ACT_RENAME, "from", p.one->id, "to", "acme-shop", NULL));
	replace_string(&p.one->id, "acme-shop");
	union_init(&p.both);
	union_add(&p.both, p.other);
	union_add(&p.both, p.one);
	union_settle(&p.both);
	assert_int_equal(union_find(&p.both, p.other->id)->o->n, 0);
	o = union_find(&p.both, "acme-shop")->o;
	assert_int_equal(o->n, p.one->n + 1);
	assert_false(doubts_any(o));
	pair_end(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_different_facts_merge),
		cmocka_unit_test(test_acts_follow_a_rename),
		cmocka_unit_test(test_replicas_agree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
