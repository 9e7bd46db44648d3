/*
 * The parts of acts that have a text of their own: promises and facts. Used by
 * act_text.c (typed and stored forms), act_json.c and words.c only.
 */
#ifndef FU_CORE_ACT_PARTS_H
#define FU_CORE_ACT_PARTS_H

#include "core/act.h"

/* The facts that a `set` act knows, alphabetized, NULL at the end; each is a field too. */
extern const char *const set_facts[];

/* The field of a fact of that kind of act; a contact's keys are all text. NULL: unknown. */
const struct field *fact_field(enum act_kind kind, const char *key);

/*
 * Adds the stored form of a fact's value: "12000.00 EUR", "2026-12-01", "3 days",
 * "a, b" for tags, text as it is; nothing where the text is empty (the fact is
 * cleared). Read as typed, or, where ctx is NULL, as stored. ERR_USAGE: unknown
 * key, unreadable value.
 */
int fact_read(struct str *out, enum act_kind kind, const char *key, const char *text,
	const struct typed *ctx);

/* Splits a stored or typed tags value at its commas, each tag once. */
void tags_read(struct list *out, const char *text);

/* A day, or day and time, ahead; what has a zone of its own is turned into the
 * repository's local time unless keep_zone. ERR_USAGE. */
int when_read_typed(
	struct when *out, const char *text, const struct typed *ctx, bool keep_zone);

/* "none" in any case, or "[<contact>: ]<what>[ by <when>]". ERR_USAGE. */
int promises_add_typed(struct promises *p, const char *text, const struct typed *ctx);

/* [a-z0-9]{1,16}: the id of a promise or question. */
bool part_id_valid(const char *id);

#endif
