/* What objects.c keeps and objects_write.c writes. */
#ifndef FU_STORAGE_GIT_OBJECTS_H
#define FU_STORAGE_GIT_OBJECTS_H

#include "storage/git/git.h"

#include <git2/sys/odb_backend.h>

struct object {
	git_oid id;
	git_object_t type;
	void *bytes;
	size_t len;
};

struct staged_objects {
	git_odb_backend base; /* first: libgit2 hands it back */
	git_odb *disk;        /* the real database */
	git_odb *loose;       /* its directory of loose objects alone, without syncing */
	struct object *items;
	size_t n, cap;
	size_t *slots; /* 1 + index of the object; open addressing, a power of two */
	size_t n_slots;
};

#endif
