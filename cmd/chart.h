/*
 * Pictures made of characters: bars, and bars over time. Block characters where the
 * locale is one of UTF-8, ASCII elsewhere. What a bar is made of is told by its
 * characters; colour only repeats it.
 *
 * All functions add to a text that goes to stdout as it is (chart_print): what comes
 * from the record is added with chart_add_text.
 */
#ifndef FU_CMD_CHART_H
#define FU_CMD_CHART_H

#include "cmd/terminal.h"
#include "core/figures.h"
#include "core/str.h"

struct call;

struct chart {
	struct call *call;
	bool unicode;
	size_t width; /* columns to fit into; in a pipe 80 */
};

void chart_init(struct chart *c, struct call *call);
void chart_print(const struct str *text);

/* Text of the record, escaped. */
void chart_add_text(struct str *out, const char *text);
/* The same, cut or filled with blanks to so many columns. */
void chart_add_cell(struct str *out, const struct chart *c, const char *text, size_t columns);
/* The same in a colour; where `last`, not filled up. */
void chart_add_toned_cell(struct str *out, const struct chart *c, enum tone tone,
	const char *text, size_t columns, bool last);
/* A line in the colour of the tone. */
void chart_add_line(
	struct str *out, const struct chart *c, enum tone tone, const char *safe_text);
/* A heading, on several lines where it does not fit. */
void chart_add_heading(struct str *out, const struct chart *c, const char *safe_text);
/* Lines that fit, each indented by so many blanks. */
void chart_add_wrapped(
	struct str *out, const struct chart *c, const char *safe_text, size_t indent);

/* "63 %"; of nothing: a dash. */
void chart_add_percent(struct str *out, const struct chart *c, bool known, double ratio);
/* "12.5 days"; of nothing: a dash. */
void chart_add_days(struct str *out, const struct chart *c, bool known, double days);
const char *chart_dash(const struct chart *c);
const char *chart_ellipsis(const struct chart *c);

/* ---- bars ---- */

enum chart_fill { FILL_FULL, FILL_HALF, FILL_LIGHT };

struct chart_part {
	int64_t n;
	enum chart_fill fill;
	enum tone tone;
};

/* What a part looks like, one column wide: for legends. */
const char *chart_fill(const struct chart *c, enum chart_fill fill);

/* The parts one behind the other, `most` being so many columns; filled up with blanks to
 * them. What is not nothing takes a column at least, where there is room. */
void chart_add_parts(struct str *out, const struct chart *c, const struct chart_part *parts,
	size_t n, int64_t most, size_t columns);
/* One part, finer than a column where the characters allow it. Not filled up. */
void chart_add_bar(struct str *out, const struct chart *c, int64_t n, int64_t most,
	size_t columns, enum tone tone);

/* ---- over time ---- */

struct chart_series {
	const char *title;
	const struct days *days;
	enum tone tone;
};

/* What the charts of one report share, so that they can be compared: the spans of time, and
 * how long a bar is. */
struct chart_axis {
	struct spans spans;
	int64_t most; /* the largest number of a span */
};
/* Takes in the numbers of these series; the spans stand already. */
void chart_measure(struct chart_axis *axis, const struct chart_series *series, size_t n);

/* A line for each span of time from the first on in which anything happened, a bar with its
 * number for each series. */
void chart_add_series(struct str *out, const struct chart *c, const struct chart_axis *axis,
	const struct chart_series *series, size_t n);

#endif
