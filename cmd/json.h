/* JSON documents as text; what the commands use of it is in printer.h. */
#ifndef FU_CMD_JSON_H
#define FU_CMD_JSON_H

#include "core/json_values.h"

#include <jansson.h>

/* Adds the document, indented by two, without a newline at the end. Control and bidi
 * characters are escaped. */
void json_add(struct str *out, const json_t *document);
/* The same on one line, with its newline: JSON Lines. */
void json_add_line(struct str *out, const json_t *document);

#endif
