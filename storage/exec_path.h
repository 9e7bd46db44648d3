/* Where fu's own parts lie beside the program: the module that knows git, fu-ics. */
#ifndef FU_STORAGE_EXEC_PATH_H
#define FU_STORAGE_EXEC_PATH_H

#include "core/str.h"

/*
 * Adds the paths at which the part may be, best first: in $FU_EXEC_PATH alone where it is
 * set; where the build leaves it, for a program that is not installed; where it is
 * installed, seen from the program (installed_path) and then as it was built for. Never the
 * current directory.
 */
void exec_places(struct list *places, const char *name);
/* The first of them at which there is something; NULL: none. The caller frees. */
char *exec_find(const char *name);

#endif
