/* Where an opportunity's file lies: the one place that knows. */
#ifndef FU_STORAGE_LAYOUT_H
#define FU_STORAGE_LAYOUT_H

#include <stdbool.h>

#define OPPORTUNITIES "opportunities"
#define PROCESSES "processes"
#define SETTINGS_FILE "fu.ini"

/*
 * "opportunities/<xx>/<id>.ini", xx being two hexadecimal digits of a hash of the
 * id: a commit writes the tree object of every directory above its file, so
 * directories are kept small. A file may lie anywhere below opportunities/; this
 * is where new ones go and where it is looked for first. The caller frees.
 */
char *layout_path(const char *id);

/* The id in "opportunities/…/<id>.ini"; NULL: no opportunity's file. The caller frees. */
char *layout_id(const char *path);

/* The name in "processes/<name>.ini"; NULL: no process's file. The caller frees. */
char *layout_process(const char *path);

#endif
