/* The days that `fu agenda` shows: gathered in agenda.c, printed in agenda_print.c. */
#ifndef FU_CMD_AGENDA_H
#define FU_CMD_AGENDA_H

#include "cmd/query.h"
#include "core/agenda.h"

#include <jansson.h>

struct agenda_view {
	struct query query;
	struct owners owners;
	const struct clock *clock;
	const struct settings *settings;
	int32_t first, last; /* the days, both included */
	struct agenda all;   /* of these owners, on whatever day: what may clash */
	struct agenda shown; /* on these days, with their opportunities, in order */
	struct loads loads;  /* on these days */
	struct list ids;     /* of the opportunities that are shown */
	struct opportunity **read;
	size_t read_n, read_cap;
};

int agenda_print(struct agenda_view *v);
json_t *agenda_to_json(const struct agenda_view *v);

#endif
