/* fu report habits and fu report causes: which ones, and why. */
#include "cmd/figures.h"

#include "core/mem.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- habits ---- */

static json_t *finding_json(struct view *v, const struct finding *f)
{
	json_t *out = json_object();

	json_object_set_new(out, "opportunity", json_of_text(f->opportunity));
	json_object_set_new(out, "why", json_of_text(f->why));
	json_object_set_new(out, "since", json_of_moment(&f->since));
	json_object_set_new(out, "contacts", json_integer(f->contacts));
	figure_set_evidence(v, out, "contacts", &f->acts);
	return out;
}

json_t *habits_report_json(struct view *v, const struct figures *f)
{
	json_t *out = json_object();

	for (size_t i = 0; i < HABITS; i++) {
		const struct findings *found = &f->habits[i];
		json_t *list = json_array();

		for (size_t j = 0; j < found->n; j++)
			json_array_append_new(list, finding_json(v, &found->items[j]));
		json_object_set_new(out, habit_word(i), list);
	}
	return out;
}

static void add_finding(struct str *out, const struct view *v, const struct finding *f)
{
	struct str why = STR_INIT;

	str_add(out, "  ");
	chart_add_text(out, f->opportunity);
	str_addch(out, '\n');
	chart_add_text(&why, f->why);
	chart_add_wrapped(out, &v->chart, why.buf, 4);
	str_release(&why);
}

void habits_report_add(struct str *out, struct view *v, const struct figures *f)
{
	static const char *const about[HABITS] = {
		[HABIT_NEGLECT] = "neglect: a contact was due, and nobody made it",
		[HABIT_HOPE] = "hope: open, though nothing moves and nothing is agreed",
		[HABIT_PESTERING] = "pestering: more contacts than agreed, and none of use to "
				    "them",
		[HABIT_SLOW_DEATH] = "slow death: a meeting, then contacts without a "
				     "commitment",
	};

	for (size_t i = 0; i < HABITS; i++) {
		const struct findings *found = &f->habits[i];
		char *heading =
			found->n ? xstrfmt("%s (%zu)", about[i], found->n) : xstrdup(about[i]);

		if (i)
			str_addch(out, '\n');
		chart_add_heading(out, &v->chart, heading);
		free(heading);
		for (size_t j = 0; j < found->n && j < NAMED_MOST; j++)
			add_finding(out, v, &found->items[j]);
		figure_add_more(out, v, found->n);
		if (!found->n)
			str_add(out, "  none\n");
	}
}

/* ---- causes ---- */

#define CAUSE_COLUMNS 18
#define CAUSE_BAR_MOST 40

/* History that was imported may have none. */
static const char *word_of(enum cause c)
{
	return c == CAUSE_NONE ? "none" : cause_word(c);
}

static json_t *causes_json(struct view *v, const struct figure *figures)
{
	json_t *out = json_object();

	for (enum cause c = CAUSE_TIMING; c <= CAUSE_GONE; c++)
		figure_set(v, out, word_of(c), &figures[c]);
	figure_set(v, out, word_of(CAUSE_NONE), &figures[CAUSE_NONE]);
	return out;
}

json_t *causes_report_json(struct view *v, const struct figures *f)
{
	json_t *out = json_object();

	json_object_set_new(out, "repeat", causes_json(v, f->causes.repeat));
	json_object_set_new(out, "abandon", causes_json(v, f->causes.abandon));
	return out;
}

static void add_causes(struct str *out, const struct view *v, const char *heading,
	const struct figure *figures)
{
	size_t room =
		v->chart.width > CAUSE_COLUMNS + 12 ? v->chart.width - CAUSE_COLUMNS - 12 : 0;
	int64_t all = 0;
	char *line;

	for (enum cause c = CAUSE_NONE; c <= CAUSE_GONE; c++)
		all += figures[c].n;
	line = all ? xstrfmt("%s (%" PRId64 ")", heading, all) : xstrdup(heading);
	chart_add_heading(out, &v->chart, line);
	free(line);
	if (!all)
		str_add(out, "  none\n");
	for (int i = 1; i <= CAUSE_GONE + 1; i++) {
		enum cause c = (enum cause)(i % (CAUSE_GONE + 1)); /* none comes last */

		if (!figures[c].n)
			continue;
		str_addf(out, "  %-*s%6" PRId64 "  ", CAUSE_COLUMNS,
			c ? word_of(c) : "(none given)", figures[c].n);
		chart_add_bar(out, &v->chart, figures[c].n, v->most,
			room > CAUSE_BAR_MOST ? CAUSE_BAR_MOST : room, TONE_PLAIN);
		str_addch(out, '\n');
	}
}

void causes_report_measure(struct view *v, const struct figures *f)
{
	for (enum cause c = CAUSE_NONE; c <= CAUSE_GONE; c++) {
		if (f->causes.repeat[c].n > v->most)
			v->most = f->causes.repeat[c].n;
		if (f->causes.abandon[c].n > v->most)
			v->most = f->causes.abandon[c].n;
	}
}

void causes_report_add(struct str *out, struct view *v, const struct figures *f)
{
	add_causes(out, v, "why meetings were repeated", f->causes.repeat);
	str_addch(out, '\n');
	add_causes(out, v, "why opportunities were abandoned", f->causes.abandon);
}
