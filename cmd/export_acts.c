/* fu export --acts: JSON Lines, all acts of an opportunity in their order. */
#include "cmd/export.h"

#include "cmd/json.h"
#include "cmd/report.h"
#include "core/act_json.h"

#include <stdio.h>

/* An edit on top of a file has no author until it is recorded. */
static bool is_unrecorded(const struct opportunity *o)
{
	for (size_t i = 0; i < o->n; i++)
		if (!o->acts[i]->by)
			return true;
	return false;
}

static int write_acts(struct export *x, const struct opportunity *o)
{
	struct str line = STR_INIT;

	if (is_unrecorded(o))
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

const struct export_format export_acts = {.write = write_acts};
