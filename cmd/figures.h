/*
 * What the reports of `fu report` share: the run they belong to. Each gives its figures
 * as text and as a document; which opportunities are in them is decided in figures.c.
 */
#ifndef FU_CMD_FIGURES_H
#define FU_CMD_FIGURES_H

#include "cmd/chart.h"
#include "cmd/command.h"
#include "cmd/figures_evidence.h"
#include "core/figures.h"
#include "core/json_values.h"

#include <jansson.h>

#define NAMED_MOST 20 /* so many names in a list of the text; --json has all */

struct view {
	struct call *call;
	const struct clock *clock;
	const struct settings *settings;
	struct chart chart;
	struct when since, until;  /* as typed, or absent */
	const char *process;       /* --process, or NULL */
	bool by_process;           /* each group is one process */
	struct evidence *evidence; /* NULL: not asked for */
	/* One scale for all groups and processes of the report: what looks longer is more. */
	struct chart_axis axis;
	int64_t most;   /* what the longest bar stands for */
	size_t label;   /* columns of what stands before the bars of a funnel */
	int64_t runner; /* the most contacts of one on the treadmill */
};

/* Documents: a new reference. Texts are added to `out`; before that every group is measured. */
json_t *flow_report_json(struct view *v, const struct figures *f);
void flow_report_measure(struct view *v, const struct figures *f);
void flow_report_add(struct str *out, struct view *v, const struct figures *f);
json_t *work_report_json(struct view *v, const struct figures *f);
void work_report_measure(struct view *v, const struct figures *f);
void work_report_add(struct str *out, struct view *v, const struct figures *f);
json_t *habits_report_json(struct view *v, const struct figures *f);
void habits_report_add(struct str *out, struct view *v, const struct figures *f);
json_t *causes_report_json(struct view *v, const struct figures *f);
void causes_report_measure(struct view *v, const struct figures *f);
void causes_report_add(struct str *out, struct view *v, const struct figures *f);

/* ---- what they have in common ---- */

/* A whole number as one; null where it is not known. */
json_t *figure_number(bool known, double n);
/* Sets `name` to the count and, with --evidence, "evidence": {name: […]}. */
void figure_set(struct view *v, json_t *object, const char *name, const struct figure *f);
/* Only the latter. */
void figure_set_evidence(
	struct view *v, json_t *object, const char *name, const struct figure *f);
/* {"unit","periods":[{"begins", <name>: n, …}]} as "over_time" of the object. */
void figure_set_series(const struct view *v, json_t *object, const struct chart_series *series,
	size_t n, const char *const *names);

/* "  … and 37 more: --json names all" where more than NAMED_MOST are there. */
void figure_add_more(struct str *out, const struct view *v, size_t n);

#endif
