/*
 * The values of JSON documents in the shapes of fu-output(5): times RFC 3339 with
 * offset, whole days YYYY-MM-DD, money an object, what is absent null. All
 * functions return a new reference. Memory is that of mem.h once `cmd` has called
 * json_set_alloc_funcs(xmalloc, free).
 */
#ifndef FU_CORE_JSON_VALUES_H
#define FU_CORE_JSON_VALUES_H

#include "core/contact.h"
#include "core/money.h"
#include "core/str.h"
#include "core/when.h"

#include <jansson.h>

/* A string; NULL is null; bytes that are not UTF-8 become U+FFFD. */
json_t *json_of_text(const char *text);
json_t *json_of_moment(const struct moment *m);
json_t *json_of_when(const struct when *w, const struct clock *clock);
/* As stored: "2 weeks". */
json_t *json_of_duration(const struct duration *d);
/* {"amount": "12000.00", "currency": "EUR"} */
json_t *json_of_money(const struct money *m);
json_t *json_of_list(const struct list *l);
/* {"name","role","phone","email","decision_maker","left","left_to"}; NULL is null. */
json_t *json_of_contact(const struct contact *c);

/*
 * The other way round, strict. `name` is what messages call the value. All return 0
 * or ERR_FAILED.
 */
/* A string without NUL bytes, borrowed from the value; null and "" give NULL. */
int json_read_text(const char **out, const char *name, const json_t *value);
/* RFC 3339; null: absent. */
int json_read_moment(struct moment *out, const char *name, const json_t *value);
/*
 * A day, a time with offset, or local time as files keep it; null: absent. What has an
 * offset becomes local time of the zone, of the repository's where that is NULL.
 */
int json_read_when(struct when *out, const char *name, const json_t *value,
	const struct zone *zone, const struct clock *clock);
int json_read_duration(struct duration *out, const char *name, const json_t *value);
/* {"amount","currency"}, nothing else in it; null: absent. */
int json_read_money(struct money *out, const char *name, const json_t *value);
/* An array of strings; null: empty. */
int json_read_list(struct list *out, const char *name, const json_t *value);
/* An object as json_of_contact makes it (what is left out is absent), or the text that
 * contact_parse takes. */
int json_read_contact(struct contact *out, const char *name, const json_t *value);

/* Refuses a key of the object that is not among the known ones (NULL at the end). */
int json_known_keys(const char *name, const json_t *object, const char *const *known);

#endif
