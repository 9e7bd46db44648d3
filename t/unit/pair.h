/* Two people who went on from the same opportunity, and what comes of them together. */
#ifndef FU_TEST_PAIR_H
#define FU_TEST_PAIR_H

#include "given.h"

#include "core/doubts.h"
#include "core/union.h"

struct pair {
	struct given *g;
	struct opportunity *one, *other;
	struct acts_union both;
};

static inline void pair_begin(struct pair *p)
{
	p->g = given_new("discovery, workshop, proposal", false);
	p->one = given_open(p->g);
	given_takes(
		p->g, p->one, given_act(p->g, ACT_SCHEDULE, "next", "2026-11-24 15:00", NULL));
	p->other = opportunity_copy(p->one);
	opportunity_fold(p->other);
}

static inline struct opportunity *pair_join(struct pair *p)
{
	union_init(&p->both);
	union_add(&p->both, p->one);
	union_add(&p->both, p->other);
	union_settle(&p->both);
	return union_find(&p->both, p->one->id)->o;
}

static inline void pair_end(struct pair *p)
{
	union_release(&p->both);
	opportunity_free(p->one);
	opportunity_free(p->other);
	given_free(p->g);
}

#endif
