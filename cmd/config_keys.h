/* The keys that `fu config` knows: those of fu.ini, and the personal ones in git's config. */
#ifndef FU_CMD_CONFIG_KEYS_H
#define FU_CMD_CONFIG_KEYS_H

#include "core/settings.h"

struct personal_key {
	const char *name;
	const char *values; /* "salesperson|coordinator", or NULL: anything */
	const char *meaning;
};
extern const struct personal_key personal_keys[]; /* ends with a NULL name */

/* Judges a key without a repository: ERR_USAGE (the nearest is suggested) for one that
 * would have to be fu's and is none. *team: its row, NULL where it belongs in git's config. */
int config_key_judge(const char *key, const struct setting **team);

/* Judges a value for it. ERR_USAGE. */
int config_value_judge(const char *key, const struct setting *team, const char *value);

/* Whether a key of fu.ini may stand several times. */
bool config_key_repeats(const struct setting *team);

#endif
