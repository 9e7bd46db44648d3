#include "core/audit.h"

#include "core/mem.h"
#include "core/trailers.h"

#include <stdlib.h>
#include <string.h>

/* ---- what a commit says ---- */

static void read_trailer(void *context, const char *name, const char *value)
{
	struct audit_claims *out = context;
	struct audit_claim *claim;

	if (!strcmp(name, "Fu-Act")) {
		GROW(out->items, out->n, out->cap);
		out->items[out->n++] = (struct audit_claim){.act = xstrdup(value)};
		return;
	}
	if (!out->n)
		return;
	claim = &out->items[out->n - 1];
	if (!strcmp(name, "Fu-Opportunity"))
		list_add(&claim->opportunities, value);
	else if (!strcmp(name, "Fu-Id"))
		replace_string(&claim->id, value);
}

/* "This reverts commit <40 digits>", as git writes it. */
static void read_reverts(struct audit_claims *out, const char *body)
{
	static const char words[] = "This reverts commit ";

	for (const char *at = body; (at = strstr(at, words));) {
		size_t len;

		at += strlen(words);
		len = strspn(at, "0123456789abcdef");
		if (len == 40)
			list_take(&out->reverts, xstrndup(at, len));
	}
}

void audit_claims_read(struct audit_claims *out, const char *body)
{
	*out = (struct audit_claims){0};
	trailers_each(body, read_trailer, out);
	read_reverts(out, body);
}

void audit_claims_release(struct audit_claims *claims)
{
	for (size_t i = 0; i < claims->n; i++) {
		free(claims->items[i].act);
		free(claims->items[i].id);
		list_release(&claims->items[i].opportunities);
	}
	free(claims->items);
	list_release(&claims->reverts);
	*claims = (struct audit_claims){0};
}

static bool said_before(const struct audit_claims *claims, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (!strcmp(claims->items[j].act, claims->items[i].act))
			return true;
	return false;
}

void audit_claims_add_words(struct str *out, const struct audit_claims *claims)
{
	if (!claims->n) {
		str_add(out, claims->reverts.n ? "the commit says: a revert"
					       : "the commit is not one of fu's");
		return;
	}
	for (size_t i = 0; i < claims->n; i++)
		if (!said_before(claims, i))
			str_addf(out, "%s%s",
				i ? ", " : "the commit says: ", claims->items[i].act);
}

/* ---- what that explains ---- */

static bool says(const struct audit_claim *claim, const char *const *words)
{
	for (; *words; words++)
		if (!strcmp(claim->act, *words))
			return true;
	return false;
}

static bool any_says(const struct audit_claims *claims, const char *const *words)
{
	for (size_t i = 0; i < claims->n; i++)
		if (says(&claims->items[i], words))
			return true;
	return false;
}

bool audit_may_alter(const struct audit_claims *claims, const char *opportunity)
{
	static const char *const words[] = {"edit", "record", NULL};

	for (size_t i = 0; i < claims->n; i++)
		if (says(&claims->items[i], words) &&
			list_has(&claims->items[i].opportunities, opportunity))
			return true;
	return false;
}

bool audit_may_move(const struct audit_claims *claims)
{
	static const char *const words[] = {"merge", "rename", "resolve", "undo", NULL};

	return any_says(claims, words);
}

/* A commit that names the acts it brings brings no others. */
static bool names_its_acts(const struct audit_claim *claim)
{
	return act_kind_find(claim->act) >= 0 && claim->id;
}

bool audit_may_bring(const struct audit_claims *claims, enum act_kind kind, const char *id)
{
	static const char *const silent[] = {"init", "config", NULL};
	bool named = true;

	for (size_t i = 0; i < claims->n; i++) {
		const struct audit_claim *claim = &claims->items[i];

		if (names_its_acts(claim) && !strcmp(claim->id, id))
			return act_kind_find(claim->act) == (int)kind;
		named = named && (names_its_acts(claim) || says(claim, silent));
	}
	return !claims->n || !named;
}

bool audit_may_configure(const struct audit_claims *claims)
{
	for (size_t i = 0; i < claims->n; i++)
		if (!names_its_acts(&claims->items[i]))
			return true;
	return !claims->n;
}

/* ---- acts ---- */

static void add_pair(void *context, const char *key, const char *value)
{
	struct str *out = context;

	str_addn(out, key, strlen(key) + 1);
	str_addn(out, value, strlen(value) + 1);
}

/* Calls visit for all fields that are compared. */
static void each_field(
	const struct act *a, void (*visit)(void *, const struct field *), void *context)
{
	for (const char *const *name = act_common_fields; *name; name++)
		if (strcmp(*name, "edited"))
			visit(context, field_find(*name));
	for (const char *const *name = act_kinds[a->kind].fields; *name; name++)
		visit(context, field_find(*name));
}

struct storing {
	struct str *out;
	const struct act *act;
};

static void store(void *context, const struct field *f)
{
	struct storing *s = context;

	if (strcmp(f->name, "of"))
		field_store(s->act, f, add_pair, s->out);
}

void audit_act_text(struct str *out, const struct act *a)
{
	struct storing s = {out, a};

	add_pair(out, "", act_kinds[a->kind].name);
	each_field(a, store, &s);
}

struct differing {
	struct list *out;
	const struct act *before, *after;
};

static void differ(void *context, const struct field *f)
{
	struct differing *d = context;

	if (!field_equal(d->before, d->after, f))
		list_add(d->out, f->name);
}

void audit_differences(struct list *out, const struct act *before, const struct act *after)
{
	struct differing d = {out, before, after};

	if (before->kind != after->kind)
		list_add(out, "kind");
	else
		each_field(before, differ, &d);
}
