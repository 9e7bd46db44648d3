#include "core/act.h"

#include "core/mem.h"
#include "core/opportunity.h"

#include <string.h>

static const char id_letters[] = "0123456789abcdefghjkmnpqrstvwxyz";

static void add_letters(char *to, uint64_t bits, size_t len)
{
	for (size_t i = 0; i < len; i++, bits >>= 5)
		to[i] = id_letters[bits & 31];
	to[len] = '\0';
}

char *act_id_from(uint64_t bits)
{
	char id[ACT_ID_LEN + 1];

	add_letters(id, bits, ACT_ID_LEN);
	return xstrdup(id);
}

uint64_t hash_bytes(uint64_t seed, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;
	uint64_t hash = seed ? seed : UINT64_C(14695981039346656037);

	while (len--)
		hash = (hash ^ *p++) * UINT64_C(1099511628211);
	/* FNV's low bits are weak in the last bytes: fold the high ones in. */
	return hash ^ hash >> 29;
}

static bool part_taken(const struct promises *p, const struct questions *q, const char *id)
{
	for (size_t i = 0; p && i < p->n; i++)
		if (same_string(p->items[i].id, id))
			return true;
	for (size_t i = 0; q && i < q->n; i++)
		if (same_string(q->items[i].id, id))
			return true;
	return false;
}

static bool part_taken_in(const struct act *a, const char *id)
{
	return part_taken(&a->ours, &a->unsure, id) || part_taken(&a->theirs, NULL, id);
}

/* Four letters of a hash of the act's id, what it is and which one; more where that is taken.
 */
static char *part_id(
	const struct act *a, const struct opportunity *o, const char *what, size_t index)
{
	char id[14];
	uint64_t hash = hash_bytes(0, a->id, strlen(a->id));

	hash = hash_bytes(hash, what, strlen(what));
	hash = hash_bytes(hash, &index, sizeof(index));
	for (size_t len = 4;; len++) {
		bool taken;

		add_letters(id, hash, len);
		taken = part_taken_in(a, id);
		for (size_t i = 0; o && !taken && i < o->n; i++)
			taken = part_taken_in(o->acts[i], id);
		if (!taken || len == 12)
			return xstrdup(id);
	}
}

static void name_promises(
	struct act *a, const struct opportunity *o, struct promises *p, const char *what)
{
	for (size_t i = 0; i < p->n; i++)
		if (!p->items[i].id)
			p->items[i].id = part_id(a, o, what, i);
}

void act_name_parts(struct act *a, const struct opportunity *o)
{
	name_promises(a, o, &a->ours, "ours");
	name_promises(a, o, &a->theirs, "theirs");
	for (size_t i = 0; i < a->unsure.n; i++)
		if (!a->unsure.items[i].id)
			a->unsure.items[i].id = part_id(a, o, "unsure", i);
}
