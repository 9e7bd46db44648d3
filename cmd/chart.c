#include "cmd/chart.h"

#include "cmd/command.h"
#include "cmd/wrap.h"
#include "core/civil.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <inttypes.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIPE_COLUMNS 80
#define LEAST_COLUMNS 20
#define EIGHTHS 8

/* What the user's locale says; the program's own is made one of UTF-8 (terminal.c). */
static bool locale_is_unicode(void)
{
	locale_t user = newlocale(LC_CTYPE_MASK, "", NULL);
	bool unicode;

	if (!user)
		return false;
	unicode = !strcmp(nl_langinfo_l(CODESET, user), "UTF-8");
	freelocale(user);
	return unicode;
}

void chart_init(struct chart *c, struct call *call)
{
	int width = terminal_width(&call->terminal);

	*c = (struct chart){.call = call,
		.unicode = locale_is_unicode(),
		.width = width > 0 ? (size_t)width : PIPE_COLUMNS};
	if (c->width < LEAST_COLUMNS)
		c->width = LEAST_COLUMNS;
}

void chart_print(const struct str *text)
{
	fwrite(text->buf, 1, text->len, stdout);
}

/* ---- text ---- */

void chart_add_text(struct str *out, const char *text)
{
	safe_add(out, text);
}

const char *chart_dash(const struct chart *c)
{
	return c->unicode ? "–" : "-";
}

const char *chart_ellipsis(const struct chart *c)
{
	return c->unicode ? "…" : "...";
}

static void begin_tone(struct str *out, const struct chart *c, enum tone tone)
{
	if (tone != TONE_PLAIN)
		str_add(out, terminal_tone(&c->call->terminal, c->call->repo, tone));
}

static void end_tone(struct str *out, const struct chart *c, enum tone tone)
{
	if (tone != TONE_PLAIN)
		str_add(out, terminal_tone(&c->call->terminal, c->call->repo, TONE_PLAIN));
}

void chart_add_toned_cell(struct str *out, const struct chart *c, enum tone tone,
	const char *text, size_t columns, bool last)
{
	struct str safe = STR_INIT, cut = STR_INIT;

	safe_add(&safe, text);
	utf8_cut(&cut, safe.buf, columns);
	if (!c->unicode && strcmp(cut.buf, safe.buf)) {
		str_truncate(&cut, cut.len - strlen("…"));
		str_addch(&cut, '~');
	}
	begin_tone(out, c, tone);
	str_add(out, cut.buf);
	end_tone(out, c, tone);
	if (!last)
		str_addf(out, "%*s", (int)(columns - utf8_width(cut.buf)), "");
	str_release(&cut);
	str_release(&safe);
}

void chart_add_cell(struct str *out, const struct chart *c, const char *text, size_t columns)
{
	chart_add_toned_cell(out, c, TONE_PLAIN, text, columns, false);
}

void chart_add_line(
	struct str *out, const struct chart *c, enum tone tone, const char *safe_text)
{
	begin_tone(out, c, tone);
	str_add(out, safe_text);
	end_tone(out, c, tone);
	str_addch(out, '\n');
}

void chart_add_heading(struct str *out, const struct chart *c, const char *safe_text)
{
	struct str lines = STR_INIT;

	wrap_add(&lines, safe_text, 0, c->width);
	chart_add_line(out, c, TONE_HEADING, lines.buf);
	str_release(&lines);
}

void chart_add_wrapped(
	struct str *out, const struct chart *c, const char *safe_text, size_t indent)
{
	size_t limit = c->width > indent + LEAST_COLUMNS ? c->width - indent : LEAST_COLUMNS;

	str_addf(out, "%*s", (int)indent, "");
	wrap_add(out, safe_text, indent, limit);
	str_addch(out, '\n');
}

void chart_add_percent(struct str *out, const struct chart *c, bool known, double ratio)
{
	if (known)
		str_addf(out, "%.0f %%", ratio * 100);
	else
		str_add(out, chart_dash(c));
}

void chart_add_days(struct str *out, const struct chart *c, bool known, double days)
{
	if (!known)
		str_add(out, chart_dash(c));
	else if (days >= 10 || days == (double)(int64_t)days)
		str_addf(out, "%.0f %s", days, days == 1 ? "day" : "days");
	else
		str_addf(out, "%.1f days", days);
}

/* ---- bars ---- */

const char *chart_fill(const struct chart *c, enum chart_fill fill)
{
	static const char *const blocks[] = {"█", "▒", "░"}, *const plain[] = {"#", "x", "."};

	return c->unicode ? blocks[fill] : plain[fill];
}

static void add_repeated(struct str *out, const char *text, size_t n)
{
	while (n--)
		str_add(out, text);
}

/* n of most in units of which the whole has so many; never nothing where n is not. */
static size_t scaled(int64_t n, int64_t most, size_t whole)
{
	size_t units;

	if (n <= 0 || most <= 0)
		return 0;
	if (n >= most)
		return whole;
	units = (size_t)((double)n / (double)most * (double)whole + 0.5);
	return units ? units : 1;
}

void chart_add_parts(struct str *out, const struct chart *c, const struct chart_part *parts,
	size_t n, int64_t most, size_t columns)
{
	size_t used = 0;
	int64_t sum = 0;

	/* Rounded where each ends, so that the sum is right whatever the parts are. */
	for (size_t i = 0; i < n; i++) {
		size_t end, width;

		sum += parts[i].n;
		end = scaled(sum, most, columns);
		width = end > used ? end - used : 0;
		if (!width && parts[i].n > 0 && used < columns)
			width = 1;
		if (!width)
			continue;
		begin_tone(out, c, parts[i].tone);
		add_repeated(out, chart_fill(c, parts[i].fill), width);
		end_tone(out, c, parts[i].tone);
		used += width;
	}
	str_addf(out, "%*s", (int)(columns - used), "");
}

void chart_add_bar(struct str *out, const struct chart *c, int64_t n, int64_t most,
	size_t columns, enum tone tone)
{
	static const char *const eighths[EIGHTHS] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
	size_t units = scaled(n, most, columns * (c->unicode ? EIGHTHS : 1));

	if (!units || !columns)
		return;
	begin_tone(out, c, tone);
	add_repeated(out, chart_fill(c, FILL_FULL), c->unicode ? units / EIGHTHS : units);
	if (c->unicode)
		str_add(out, eighths[units % EIGHTHS]);
	end_tone(out, c, tone);
}

/* ---- over time ---- */

#define LABEL_COLUMNS 13 /* "  16 Nov 2026" */
#define GAP 2
#define CELL_MOST 42
#define SERIES_MOST 4

/* A table of numbers, a row a span. */
struct grid {
	int64_t counts[SERIES_MOST][SPANS_MOST];
	size_t cell; /* columns of one, the blanks before it included */
	int digits;  /* of the largest number */
};

static void add_label(struct str *out, const struct spans *s, size_t i)
{
	struct civil date = civil_from_day(s->begins[i]);
	size_t before = out->len;

	if (s->unit == SPAN_WEEK)
		str_addf(out, "  %2d %s %d", date.day, month_name(date.month), date.year);
	else if (s->unit == SPAN_MONTH)
		str_addf(out, "  %s %d", month_name(date.month), date.year);
	else if (s->unit == SPAN_QUARTER)
		str_addf(out, "  Q%d %d", (date.month + 2) / 3, date.year);
	else
		str_addf(out, "  %d", date.year);
	str_addf(out, "%*s", (int)(LABEL_COLUMNS - (out->len - before)), "");
}

void chart_measure(struct chart_axis *axis, const struct chart_series *series, size_t n)
{
	int64_t counts[SPANS_MOST];

	for (size_t i = 0; i < n; i++) {
		spans_count(counts, &axis->spans, series[i].days);
		for (size_t j = 0; j < axis->spans.n; j++)
			if (counts[j] > axis->most)
				axis->most = counts[j];
	}
}

static void fill_grid(struct grid *g, const struct chart *c, const struct chart_axis *axis,
	const struct chart_series *series, size_t n)
{
	size_t room = c->width > LABEL_COLUMNS ? c->width - LABEL_COLUMNS : 0, least;

	for (size_t i = 0; i < n; i++)
		spans_count(g->counts[i], &axis->spans, series[i].days);
	g->digits = snprintf(NULL, 0, "%" PRId64, axis->most);
	least = GAP + (size_t)g->digits;
	g->cell = room / n;
	if (g->cell > CELL_MOST)
		g->cell = CELL_MOST;
	if (g->cell < least)
		g->cell = least;
}

/* "  ██████ 12      ", or, where there is no room for a bar, the number alone. */
static void add_cell(struct str *out, const struct chart *c, const struct grid *g, int64_t most,
	int64_t n, enum tone tone)
{
	size_t taken = GAP + 1 + (size_t)g->digits, bar = g->cell > taken ? g->cell - taken : 0;
	struct str plain = STR_INIT;
	size_t used;

	chart_add_bar(&plain, &(struct chart){.unicode = c->unicode, .call = c->call}, n, most,
		bar, TONE_PLAIN);
	used = utf8_width(plain.buf);
	str_addf(out, "%*s", GAP, "");
	chart_add_bar(out, c, n, most, bar, tone);
	str_addf(out, "%s%-*" PRId64, used ? " " : "", g->digits, n);
	used += GAP + (used > 0) + (size_t)g->digits;
	str_addf(out, "%*s", (int)(g->cell > used ? g->cell - used : 0), "");
	str_release(&plain);
}

static void end_row(struct str *out)
{
	while (out->len && out->buf[out->len - 1] == ' ')
		str_truncate(out, out->len - 1);
	str_addch(out, '\n');
}

static void add_titles(struct str *out, const struct chart *c, const struct grid *g,
	const char *unit, const struct chart_series *series, size_t n)
{
	struct str line = STR_INIT;

	str_addf(&line, "  %-*s", LABEL_COLUMNS - 2, unit);
	for (size_t i = 0; i < n; i++) {
		str_addf(&line, "%*s", GAP, "");
		chart_add_cell(&line, c, series[i].title, g->cell > GAP ? g->cell - GAP : 1);
	}
	end_row(&line);
	str_truncate(&line, line.len - 1);
	chart_add_line(out, c, TONE_HEADING, line.buf);
	str_release(&line);
}

/* The first span in which anything happened; where nothing did, how many there are. */
static size_t first_row(const struct grid *g, const struct spans *spans, size_t n)
{
	for (size_t i = 0; i < spans->n; i++)
		for (size_t j = 0; j < n; j++)
			if (g->counts[j][i])
				return i;
	return spans->n;
}

void chart_add_series(struct str *out, const struct chart *c, const struct chart_axis *axis,
	const struct chart_series *series, size_t n)
{
	const struct spans *spans = &axis->spans;
	struct grid g = {0};
	size_t first;

	fill_grid(&g, c, axis, series, n);
	first = first_row(&g, spans, n);
	if (first == spans->n)
		return;
	add_titles(out, c, &g, spans->unit == SPAN_WEEK ? "week of" : span_word(spans->unit),
		series, n);
	for (size_t i = first; i < spans->n; i++) {
		add_label(out, spans, i);
		for (size_t j = 0; j < n; j++)
			add_cell(out, c, &g, axis->most, g.counts[j][i], series[j].tone);
		end_row(out);
	}
}
