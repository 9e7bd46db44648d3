/* One key of fu.ini rewritten, everything else left as its people wrote it. */
#ifndef FU_CMD_SETTINGS_EDIT_H
#define FU_CMD_SETTINGS_EDIT_H

#include "core/settings.h"
#include "core/str.h"

enum settings_change {
	SETTING_PUT,    /* in the place of the one there is, else at the end of its section */
	SETTING_APPEND, /* beside those there are */
	SETTING_REMOVE  /* all of them */
};

/*
 * Adds to *out the text of fu.ini in *in with one setting changed; comments, order and
 * blank lines stay. `dotted` is known (setting_find). ERR_FAILED: the text cannot be
 * read, or there are several values where one is to be put; ERR_USAGE: what it would
 * become is not valid as a whole.
 */
int settings_edit(struct str *out, const struct str *in, const char *dotted, const char *value,
	enum settings_change change);

/* Whether the text sets the key itself. False also for a text that cannot be read. */
bool settings_sets(const struct str *in, const char *dotted);

#endif
