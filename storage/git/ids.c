#include "storage/git/git.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static size_t slot_of(const git_oid *slots, size_t cap, const git_oid *id)
{
	size_t hash, i;

	memcpy(&hash, id->id, sizeof(hash));
	for (i = hash & (cap - 1); !no_id(&slots[i]); i = (i + 1) & (cap - 1))
		if (same_id(&slots[i], id))
			break;
	return i;
}

bool id_set_has(const struct id_set *set, const git_oid *id)
{
	return set->n && !no_id(&set->slots[slot_of(set->slots, set->cap, id)]);
}

bool id_set_add(struct id_set *set, const git_oid *id)
{
	size_t at;

	if (2 * (set->n + 1) > set->cap) {
		size_t cap = set->cap ? 2 * set->cap : 1024;
		git_oid *slots = xcalloc(cap, sizeof(*slots));

		for (size_t i = 0; i < set->cap; i++)
			if (!no_id(&set->slots[i]))
				slots[slot_of(slots, cap, &set->slots[i])] = set->slots[i];
		free(set->slots);
		set->slots = slots;
		set->cap = cap;
	}
	at = slot_of(set->slots, set->cap, id);
	if (!no_id(&set->slots[at]))
		return false;
	set->slots[at] = *id;
	set->n++;
	return true;
}

void id_set_release(struct id_set *set)
{
	free(set->slots);
	*set = (struct id_set){0};
}

/* A shallow clone names there, a line each, the commits whose parents it does not have
 * (gitrepository-layout(5)). */
int shallow_read(struct git *git, struct id_set *out)
{
	int fd = (int)RETRY(open(git->common, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	struct str text = STR_INIT;
	bool found = false;
	char *rest, *line;
	git_oid id;
	int err;

	if (fd < 0)
		return os_failed("cannot open '%s'", git->common);
	err = path_read(fd, "shallow", &text, NULL, &found);
	close(fd);
	rest = found ? text.buf : NULL;
	while (!err && rest) {
		line = strsep(&rest, "\n");
		if (!*line)
			continue;
		if (strlen(line) != GIT_OID_HEXSZ || git_oid_fromstr(&id, line))
			err = error_set(ERR_FAILED, "not the name of a commit in '%s/shallow'",
				git->common);
		else
			id_set_add(out, &id);
	}
	git_error_clear();
	str_release(&text);
	return err;
}
