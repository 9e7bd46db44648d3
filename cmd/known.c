#include "cmd/known.h"

#include "core/error.h"
#include "core/mem.h"
#include "core/suggest.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

struct search {
	struct known *known;
	const struct list *mails;
	const char *client;
	char *folded, *title; /* both folded */
	struct nearest nearest;
	struct list ids; /* of opportunities that know one of the mails */
	bool same;       /* the very same client is there */
};

static bool same_mail(const char *a, const char *b)
{
	char *x = utf8_folded(a), *y = utf8_folded(b);
	bool same = !strcmp(x, y);

	free(x);
	free(y);
	return same;
}

/* The latest opportunity to know him says most of him. */
static void add_person(struct known *k, const struct contact *person)
{
	for (size_t i = 0; i < k->people_n; i++)
		if (same_mail(k->people[i].mail, person->mail)) {
			contact_release(&k->people[i]);
			contact_copy(&k->people[i], person);
			return;
		}
	GROW(k->people, k->people_n, k->people_cap);
	k->people[k->people_n] = (struct contact){0};
	contact_copy(&k->people[k->people_n++], person);
}

static void look_at_people(struct search *s, const struct opportunity *o)
{
	for (size_t i = 0; i < o->now.contacts_n; i++) {
		const struct contact *c = &o->now.contacts[i];
		char *folded = c->mail && !c->left ? utf8_folded(c->mail) : NULL;

		if (folded && list_has(s->mails, folded))
			add_person(s->known, c);
		free(folded);
	}
}

/* "Branch 1" and "Branch 2" are two clients, whatever else they share. */
static bool same_digits(const char *a, const char *b)
{
	static const char digits[] = "0123456789";

	for (;;) {
		a += strcspn(a, digits);
		b += strcspn(b, digits);
		if (*a != *b || !*a)
			return *a == *b;
		a++;
		b++;
	}
}

static void look_at_client(struct search *s, const char *client)
{
	const char *before = s->nearest.word;
	char *folded;

	if (!strcmp(client, s->client)) {
		s->same = true;
		return;
	}
	folded = utf8_folded(client);
	if (same_digits(folded, s->folded))
		nearest_offer(&s->nearest, folded);
	if (s->nearest.word == before) {
		free(folded);
		return;
	}
	free((char *)before);
	replace_string(&s->known->client, client);
}

static bool folds_to(const char *text, const char *folded)
{
	char *own = utf8_folded(text);
	bool same = !strcmp(own, folded);

	free(own);
	return same;
}

static void look_for_twin(struct search *s, const struct known_by *o)
{
	if (!s->known->twin && o->is_open && *s->folded && *s->title &&
		folds_to(o->client, s->folded) && folds_to(o->title, s->title))
		s->known->twin = xstrdup(o->id);
}

/* Whether one of the lines is one of the mails. */
static bool has_mail(const char *lines, const struct list *mails)
{
	while (*lines) {
		size_t len = strcspn(lines, "\n");

		for (size_t i = 0; i < mails->n; i++)
			if (!strncmp(mails->items[i], lines, len) && !mails->items[i][len])
				return true;
		lines += len + (lines[len] == '\n');
	}
	return false;
}

static int look(void *context, const struct known_by *o)
{
	struct search *s = context;

	if (has_mail(o->mails, s->mails))
		list_add(&s->ids, o->id);
	if (s->client && *o->client)
		look_at_client(s, o->client);
	look_for_twin(s, o);
	return 0;
}

static void read_people(struct search *s, struct repo *repo)
{
	for (size_t i = 0; i < s->ids.n; i++) {
		struct opportunity *o = NULL;

		if (repo_load(repo, s->ids.items[i], &o))
			error_clear();
		else
			look_at_people(s, o);
		opportunity_free(o);
	}
}

int known_find(struct known *out, struct repo *repo, const char *client, const char *title,
	const struct list *mails)
{
	struct search s = {.known = out, .mails = mails, .client = client};
	int err;

	s.folded = utf8_folded(client ? client : "");
	s.title = utf8_folded(title ? title : "");
	nearest_start(&s.nearest, s.folded);
	err = repo_each_known(repo, look, &s);
	if (!err)
		read_people(&s, repo);
	/* A name is short, and others are like it: "Delta" is no mistyped "Beta". */
	if (s.same || s.nearest.distance > 1 + strlen(s.folded) / 8)
		replace_string(&out->client, NULL);
	free((char *)s.nearest.word);
	list_release(&s.ids);
	free(s.folded);
	free(s.title);
	return err;
}

const struct contact *known_person(const struct known *k, const char *mail)
{
	for (size_t i = 0; i < k->people_n; i++)
		if (same_mail(k->people[i].mail, mail))
			return &k->people[i];
	return NULL;
}

void known_release(struct known *k)
{
	for (size_t i = 0; i < k->people_n; i++)
		contact_release(&k->people[i]);
	free(k->people);
	free(k->client);
	free(k->twin);
	*k = (struct known){0};
}
