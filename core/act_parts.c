#include "core/act_parts.h"

#include "core/contact.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/suggest.h"
#include "core/utf8.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define BY " by "
#define NO_DUE "-" /* stored: due at the next step, which is not known yet */
#define PART_ID_MAX 16

bool part_id_valid(const char *id)
{
	size_t len = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789");

	return len && len <= PART_ID_MAX && !id[len];
}

/* ---- dates ---- */

int when_read_typed(struct when *out, const char *text, const struct typed *ctx, bool keep_zone)
{
	struct when w;
	struct moment instant;
	int rc = when_parse(&w, text, LOOK_AHEAD, ctx->clock, ctx->act_at);

	if (rc)
		return rc;
	if (w.zone[0] && !keep_zone) {
		instant = moment_at(when_begins(&w, ctx->clock), ctx->clock);
		w = when_from_moment(&instant, ctx->clock);
	}
	*out = w;
	return 0;
}

/* ---- facts ---- */

const char *const set_facts[] = {"activity", "client", "expires", "external_id", "interval",
	"owner", "process", "source", "tags", "title", "value", "via", NULL};

const struct field *fact_field(enum act_kind kind, const char *key)
{
	if (kind == ACT_CONTACT)
		return field_find("note"); /* any field of text */
	for (size_t i = 0; set_facts[i]; i++)
		if (!strcmp(set_facts[i], key))
			return field_find(key);
	return NULL;
}

void tags_read(struct list *out, const char *text)
{
	char *copy = xstrdup(text), *rest = copy;

	while (rest) {
		char *tag = trim(strsep(&rest, ","));

		if (*tag)
			list_add(out, tag);
	}
	list_drop_repeats(out);
	free(copy);
}

static void add_tags(struct str *out, const char *text)
{
	struct list tags = {0};

	tags_read(&tags, text);
	for (size_t i = 0; i < tags.n; i++)
		str_addf(out, "%s%s", i ? ", " : "", tags.items[i]);
	list_release(&tags);
}

static int read_money(struct str *out, const char *text, const struct typed *ctx)
{
	struct money m;
	int rc = money_parse(&m, text, ctx ? ctx->currency : NULL);

	if (!rc)
		money_add(out, &m);
	return rc;
}

static int read_day(struct str *out, const char *text, const struct typed *ctx)
{
	struct when w;
	int rc = ctx ? when_read_typed(&w, text, ctx, false) : when_parse_stored(&w, text);

	if (rc)
		return rc;
	if (w.second != WHEN_DAY_ALONE)
		return error_set(ERR_USAGE, "a day without a time is needed: '%s'", text);
	when_add_stored(out, &w);
	return 0;
}

static int read_duration(struct str *out, const char *text)
{
	struct duration d;
	int rc = duration_parse(&d, text);

	if (!rc)
		duration_add(out, &d);
	return rc;
}

/* A contact's fact is judged by setting it on one that is thrown away. */
static int read_contact_fact(struct str *out, const char *key, const char *text)
{
	struct contact scratch = {.name = xstrdup("-")};
	int rc = contact_set(&scratch, key, text);

	contact_release(&scratch);
	if (!rc)
		str_add(out, text);
	return rc;
}

static int unknown_fact(const char *key)
{
	struct str hint = STR_INIT;
	int rc;

	suggest_add(&hint, key, set_facts);
	rc = error_set(ERR_USAGE, "unknown fact '%s'%s", key, hint.buf);
	str_release(&hint);
	return rc;
}

int fact_read(struct str *out, enum act_kind kind, const char *key, const char *text,
	const struct typed *ctx)
{
	const struct field *f;

	if (kind == ACT_CONTACT)
		return read_contact_fact(out, key, text);
	f = fact_field(kind, key);
	if (!f)
		return unknown_fact(key);
	if (!*text)
		return 0;
	switch (f->type) {
	case FIELD_MONEY:
		return read_money(out, text, ctx);
	case FIELD_DAY:
		return read_day(out, text, ctx);
	case FIELD_DURATION:
		return read_duration(out, text);
	case FIELD_LIST:
		add_tags(out, text);
		return 0;
	default:
		str_add(out, text);
		return 0;
	}
}

/* ---- promises, as stored ---- */

/*
 * Who, if anybody, stands before the first ':', and a name has none: so a text that
 * could be taken for a name and what he promised gets an empty name in front of it.
 */
static bool looks_named(const char *what)
{
	return strstr(what, ": ") || ends_with(what, ":");
}

void promise_add_stored(struct str *out, const struct promise *p)
{
	if (p->who)
		str_add(out, p->who);
	if (p->who || looks_named(p->what))
		str_add(out, ": ");
	str_addf(out, "%s" BY, p->what);
	if (p->due.set)
		when_add_stored(out, &p->due);
	else
		str_add(out, NO_DUE);
}

static const char *find_last_by(const char *text)
{
	const char *found = NULL;

	for (const char *at = strstr(text, BY); at; at = strstr(at + 1, BY))
		found = at;
	return found;
}

int promise_parse_stored(struct promise *out, const char *text)
{
	struct promise p = {0};
	const char *colon = strchr(text, ':'), *what = text, *by;

	if (colon && colon[1] == ' ')
		what = colon + 2;
	by = find_last_by(what);
	if (!by)
		return error_set(ERR_USAGE,
			"a commitment ends with ' by <YYYY-MM-DD>[ <hh:mm>]', or with ' by -': "
			"'%s'",
			text);
	if (strcmp(by + strlen(BY), NO_DUE)) {
		int rc = when_parse_stored(&p.due, by + strlen(BY));

		if (rc)
			return rc;
	}
	if (what != text && colon != text)
		p.who = xstrndup(text, (size_t)(colon - text));
	p.what = xstrndup(what, (size_t)(by - what));
	*out = p;
	return 0;
}

/* ---- promises, as typed ---- */

static int ambiguous_name(const char *part, const char *one, const char *other)
{
	return error_set(ERR_MISSING, "'%s' may be '%s' or '%s'", part, one, other);
}

/* The one name that the part begins, compared folded; a whole name beats, and one in the same
 * case that. NULL in *found: none. ERR_MISSING: several. */
static int find_name(const char **found, const char *part, const struct list *names)
{
	char *folded = utf8_folded(part);
	const char *other = NULL, *whole = NULL, *exact = NULL;

	*found = NULL;
	for (size_t i = 0; *folded && i < names->n; i++) {
		char *name = utf8_folded(names->items[i]);
		bool same = !strcmp(name, folded), begins = starts_with(name, folded);

		free(name);
		whole = same && !whole ? names->items[i] : whole;
		exact = strcmp(names->items[i], part) ? exact : names->items[i];
		if (begins && *found)
			other = names->items[i];
		else if (begins)
			*found = names->items[i];
	}
	free(folded);
	if (exact || whole) {
		*found = exact ? exact : whole;
		return 0;
	}
	return other ? ambiguous_name(part, *found, other) : 0;
}

/* Moves *text behind "<contact>: " where it begins so. */
static int take_who(const char **who, char **text, const struct list *names)
{
	char *colon = strchr(*text, ':'), *part;
	int rc;

	*who = NULL;
	if (!names || !colon || colon[1] != ' ')
		return 0;
	part = trim(xstrndup(*text, (size_t)(colon - *text)));
	rc = find_name(who, part, names);
	free(part);
	if (!rc && *who)
		*text = colon + 1;
	return rc;
}

/* Cuts the last " by <when>" off, where its remainder is wholly a date. */
static void take_due(struct when *due, char *text, const struct typed *ctx)
{
	const char *by = find_last_by(text);

	*due = (struct when){0};
	if (!by)
		return;
	if (when_read_typed(due, by + strlen(BY), ctx, false)) {
		error_clear(); /* then " by " is a part of what was promised */
		*due = (struct when){0};
		return;
	}
	text[by - text] = '\0';
}

/* A letter of any script, or a digit. */
static bool has_letters(const char *text)
{
	for (; *text; text++)
		if (isalnum((unsigned char)*text) || (unsigned char)*text >= 0x80)
			return true;
	return false;
}

/* "by tue" says when, and what has neither letter nor digit says nothing. */
static bool says_nothing(const char *text, const struct typed *ctx)
{
	struct when w;

	if (!has_letters(text) || !strcmp(text, "by"))
		return true;
	if (!starts_with(text, &BY[1]))
		return false;
	if (!when_read_typed(&w, text + strlen(&BY[1]), ctx, false))
		return true;
	error_clear();
	return false;
}

/* `text` is cut; `typed` is the whole of it. */
static int add_promise(
	struct promises *p, char *text, const char *typed, const struct typed *ctx)
{
	const char *who;
	struct when due;
	int rc = take_who(&who, &text, ctx->names);

	if (rc)
		return rc;
	take_due(&due, text, ctx);
	trim(text);
	if (says_nothing(text, ctx))
		return error_set(ERR_USAGE,
			"what is promised is missing in '%s': "
			"'[<contact>: ]<what>[ by <when>]'",
			typed);
	promises_add(p, NULL, who, text, &due);
	return 0;
}

int promises_add_typed(struct promises *p, const char *text, const struct typed *ctx)
{
	char *copy = trim(xstrdup(text));
	bool none = !strcasecmp(copy, "none");
	int rc = 0;

	if (none ? p->n > 0 : p->none)
		rc = error_set(ERR_USAGE,
			"'none' says that there is no commitment, and one is given too");
	else if (none)
		p->none = true;
	else
		rc = add_promise(p, copy, text, ctx);
	free(copy);
	return rc;
}
