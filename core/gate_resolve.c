/* The gate of `resolve`: which act stands where two people's acts left a question. */
#include "core/doubts.h"
#include "core/gate.h"
#include "core/mem.h"

#include <string.h>

void gate_complete_resolve(const struct judge *j, struct act *a)
{
	const struct act *keep = a->keep ? opportunity_act(j->o, a->keep) : NULL;
	const struct doubt *doubt;
	struct doubts doubts = {0};

	if (!keep || a->drops.n)
		return;
	doubts_find(&doubts, j->o);
	doubt = doubts_about(&doubts, keep->id);
	if (doubt)
		doubt_drops(&a->drops, j->o, doubt, keep);
	doubts_release(&doubts);
}

/* What it is about, when it is made: one that stands has been answered by it. */
static void judge_doubt(const struct judge *j, const struct act *a)
{
	struct doubts doubts = {0};

	doubts_find(&doubts, j->o);
	if (!doubts_about(&doubts, a->keep))
		REFUSE(j, a, RULE_RESOLVE, NULL, "there is no question about the act '%s'",
			a->keep);
	doubts_release(&doubts);
}

void gate_judge_resolve(const struct judge *j, const struct act *a)
{
	size_t before = j->b->n;

	if (!a->keep) {
		REFUSE(j, a, RULE_RESOLVE, "--keep <act>",
			"a question is answered by the act that stands: '--keep' is missing");
		return;
	}
	if (!opportunity_act(j->o, a->keep))
		MALFORMED(j, a, RULE_RESOLVE, NULL, "no act '%s' in '%s'", a->keep, j->o->id);
	if (list_has(&a->drops, a->keep))
		MALFORMED(
			j, a, RULE_RESOLVE, NULL, "the act '%s' is kept and dropped", a->keep);
	for (size_t i = 0; i < a->drops.n; i++)
		if (!opportunity_act(j->o, a->drops.items[i]))
			MALFORMED(j, a, RULE_RESOLVE, NULL, "no act '%s' in '%s'",
				a->drops.items[i], j->o->id);
	if (j->b->n == before && !a->drops.n && !j->standing)
		judge_doubt(j, a);
}
