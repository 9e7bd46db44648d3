/* What acts do to the facts on top and to the contacts. */
#include "core/fold.h"

#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* ---- facts ---- */

static void set_text_fact(struct state *s, const char *key, const char *value)
{
	const struct {
		const char *key;
		const char **slot;
	} texts[] = {{"title", &s->title}, {"client", &s->client}, {"via", &s->via},
		{"process", &s->process}, {"source", &s->source}, {"owner", &s->owner},
		{"external_id", &s->external_id}};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		if (!strcmp(texts[i].key, key))
			*texts[i].slot = *value ? value : NULL;
}

static void set_tags(struct state *s, const char *value)
{
	list_release(&s->tags);
	while (*value) {
		size_t len = strcspn(value, ",");
		char *tag = trim(xstrndup(value, len));

		if (*tag)
			list_take(&s->tags, tag);
		else
			free(tag);
		value += len + (value[len] == ',');
	}
	list_drop_repeats(&s->tags);
}

/* Values were checked when the act was admitted; one that does not read clears. */
static bool reads(int error)
{
	if (error)
		error_clear();
	return !error;
}

static void set_fact(struct state *s, const struct act *a, const char *key, const char *value)
{
	set_text_fact(s, key, value);
	if (!strcmp(key, "activity")) {
		fold_enter_activity(s, a, value);
	} else if (!strcmp(key, "tags")) {
		set_tags(s, value);
	} else if (!strcmp(key, "value")) {
		if (!*value || !reads(money_parse(&s->value, value, NULL)))
			s->value = (struct money){0};
	} else if (!strcmp(key, "expires")) {
		if (!*value || !reads(when_parse_stored(&s->expires, value)))
			s->expires = (struct when){0};
	} else if (!strcmp(key, "interval")) {
		if (!*value || !reads(duration_parse(&s->interval, value)))
			s->interval = (struct duration){0};
	}
}

static struct contact *add_contact(struct state *s)
{
	GROW(s->contacts, s->contacts_n, s->contacts_cap);
	s->contacts[s->contacts_n] = (struct contact){0};
	return &s->contacts[s->contacts_n++];
}

void fold_add_contact(struct state *s, const char *text)
{
	struct contact c = {0};

	if (!contact_parse(&c, text)) {
		*add_contact(s) = c;
		return;
	}
	contact_release(&c);
	error_clear(); /* `check` names what cannot be read; the rest still works */
}

static struct contact *contact_named(struct state *s, const char *name)
{
	for (size_t i = 0; i < s->contacts_n; i++)
		if (same_string(s->contacts[i].name, name))
			return &s->contacts[i];
	return NULL;
}

void fold_fill_contact(struct state *s, const char *stored)
{
	struct contact c = {0}, *there;

	if (contact_parse(&c, stored)) {
		error_clear();
	} else if ((there = contact_named(s, c.name))) {
		contact_fill(there, &c);
	} else {
		*add_contact(s) = c;
		return;
	}
	contact_release(&c);
}

static void remove_contact(struct state *s, struct contact *c)
{
	size_t at = (size_t)(c - s->contacts);

	contact_release(c);
	s->contacts_n--;
	memmove(c, c + 1, (s->contacts_n - at) * sizeof(*c));
}

/* ---- acts ---- */

void fold_set(struct state *s, const struct act *a)
{
	for (size_t i = 0; i < a->facts.n; i++)
		set_fact(s, a, a->facts.items[i].key, a->facts.items[i].value);
}

void fold_contact(struct state *s, const struct act *a)
{
	struct contact *c;

	if (!a->contact) /* a hand edit that `check` names */
		return;
	if (a->change == CONTACT_ADD) {
		fold_add_contact(s, a->contact);
		return;
	}
	c = contact_named(s, a->contact);
	if (!c)
		return;
	if (a->change == CONTACT_RM) {
		remove_contact(s, c);
	} else if (a->change == CONTACT_LEFT) {
		c->left = true;
		replace_string(&c->left_to, a->to);
	} else {
		for (size_t i = 0; i < a->facts.n; i++)
			contact_set(c, a->facts.items[i].key, a->facts.items[i].value);
	}
}
