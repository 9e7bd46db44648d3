/* fu export --acts: JSON Lines, all acts of an opportunity in their order. */
#include "cmd/export.h"

#include "cmd/json.h"
#include "cmd/report.h"
#include "core/act_json.h"

#include <stdio.h>

/* What is not recorded is exported as the file has it, which is said. */
static int find_edited(struct export *x)
{
	struct hand_edits edits = {0};
	int err = repo_hand_edits(x->call->repo, &edits);

	for (size_t i = 0; !err && i < edits.n; i++)
		if (edits.items[i].id)
			list_add(&x->edited, edits.items[i].id);
	hand_edits_release(&edits);
	return err;
}

static void forget_edited(struct export *x)
{
	list_release(&x->edited);
}

static int write_acts(struct export *x, const struct opportunity *o)
{
	struct str line = STR_INIT;

	if (list_has(&x->edited, o->id))
		say_warning("'%s' was edited by hand and is not recorded (fu record): its acts "
			    "are written as the file has them",
			o->id);
	for (size_t i = 0; i < o->n; i++) {
		json_t *json = act_to_json(o->acts[i], o->id, x->clock);

		str_truncate(&line, 0);
		json_add_line(&line, json);
		json_decref(json);
		fwrite(line.buf, 1, line.len, stdout);
	}
	str_release(&line);
	return 0;
}

const struct export_format export_acts = {
	.begin = find_edited, .release = forget_edited, .write = write_acts};
