/*
 * Acts as JSON (contract, "Acts"): one shape for `--json` of writing commands,
 * `log --json`, `export --acts` and `import --acts`.
 *
 * An act has every field of its kind, in the order act, opportunity, id, at,
 * recorded, seq, by, then the others; what is absent is null. The names are those of
 * the table in act.c. Beside them "zone" (after "next") is the appointment's own IANA
 * zone. Commitments and questions are arrays, empty for `none`, null where nothing was
 * said; other lists are arrays; flags are true or false; contacts of `new` are
 * objects; "facts" is an object whose values have the shapes of an opportunity's,
 * null where the fact is cleared.
 */
#ifndef FU_CORE_ACT_JSON_H
#define FU_CORE_ACT_JSON_H

#include "core/act.h"

#include <jansson.h>

/* A new reference. `opportunity` is the id. */
json_t *act_to_json(const struct act *a, const char *opportunity, const struct clock *clock);

/*
 * Strict: an unknown field, a wrong type, a value that does not read is refused, and
 * the message names the field. "act", "opportunity" and "at" must be there; everything
 * else may be null or left out (what a kind needs besides is judged by the rules).
 * The caller owns *out and *opportunity. ERR_FAILED.
 */
int act_from_json(
	struct act **out, char **opportunity, const json_t *json, const struct clock *clock);

#endif
