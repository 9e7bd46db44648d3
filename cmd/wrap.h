/* Text in lines that fit. */
#ifndef FU_CMD_WRAP_H
#define FU_CMD_WRAP_H

#include "core/str.h"

/*
 * Adds the text in lines of at most `limit` columns (0: as long as they are; a word that is
 * longer is broken where its script allows that, else it stands alone), as wide as
 * print_text will show it. Each but the first is indented by `indent` blanks; the text's
 * own lines are kept, empty ones empty. Without a newline at the end.
 */
void wrap_add(struct str *out, const char *text, size_t indent, size_t limit);

#endif
