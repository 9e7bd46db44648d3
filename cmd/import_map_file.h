/* Import maps: those that come with fu, and files. */
#ifndef FU_CMD_IMPORT_MAP_FILE_H
#define FU_CMD_IMPORT_MAP_FILE_H

#include "core/import_map.h"

#include <stddef.h>

/* Understands the text of a map; `name` stands in messages. The caller frees. ERR_FAILED. */
int import_map_read(struct import_map **out, const char *name, const char *text, size_t len);
/* One that comes with fu, by its name, or a file. ERR_FAILED, with a hint. */
int import_map_find(struct import_map **out, const char *name);
/* Hints at the maps that come with fu. */
void import_map_hint(void);

#endif
