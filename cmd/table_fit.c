/* Which columns give way, and how far, where the terminal is narrow. */
#include "cmd/table.h"

#include "core/utf8.h"

/* ---- as wide as they would be ---- */

static void find_natural_width(const struct table *t, size_t j)
{
	struct table_column *c = &t->columns[j];
	bool any = false;

	c->natural = t->spec->no_headings ? 0 : utf8_width(c->heading);
	for (size_t i = 0; i < t->n; i++) {
		const struct table_row *row = &t->rows[i];
		size_t width = row->is_heading ? 0 : t->cells[row->first + j].width;

		any = any || width;
		c->natural = width > c->natural ? width : c->natural;
	}
	/* A column without a heading in which nothing stands is none. */
	c->place = any || !t->spec->no_headings ? COLUMN_IN_LINE : COLUMN_LEFT_OUT;
}

static void take_natural_widths(struct table *t)
{
	for (size_t j = 0; j < t->columns_n; j++)
		t->columns[j].width = t->columns[j].natural;
}

static bool in_line(const struct table *t, size_t j)
{
	return t->columns[j].place == COLUMN_IN_LINE;
}

static size_t total_width(const struct table *t)
{
	size_t total = 0, n = 0;

	for (size_t j = 0; j < t->columns_n; j++) {
		if (!in_line(t, j))
			continue;
		total += t->columns[j].width;
		n++;
	}
	return n ? total + (n - 1) * TABLE_GAP : 0;
}

/* ---- what gives way, step by step ---- */

struct step_down {
	unsigned flags; /* columns that have one of them; 0: all */
	unsigned but;   /* not those that have one of these */
	size_t from;    /* from this column on */
	size_t least;   /* down to this width */
};

/* As long as all of it can be read. */
static const struct step_down comfortable[] = {
	{PRINT_CUT, 0, 0, 16},
	{PRINT_LONG, 0, 0, 40},
	{PRINT_CUT, 0, 0, 10},
	{0},
};

/* As long as all of it still says something. */
static const struct step_down gentle[] = {
	{PRINT_CUT, 0, 0, 10},
	{PRINT_LONG, 0, 0, 24},
	{0},
};

/* When nothing is left that could be left out. */
static const struct step_down harsh[] = {
	{PRINT_LONG, 0, 0, 16},
	{PRINT_CUT, 0, 0, 4},
	{0, PRINT_LONG, 1, 6},
	{0},
};

/* Where no id has to stay whole; at last the first one. */
static const struct step_down desperate[] = {
	{0, 0, 1, 4},
	{0, 0, 0, 1},
	{0},
};

static bool may_give_way(const struct table *t, size_t j, const struct step_down *step)
{
	unsigned flags = t->columns[j].field->flags;

	return in_line(t, j) && !(flags & PRINT_WHOLE) &&
	       (!step->flags || flags & step->flags) && !(flags & step->but) &&
	       t->columns[j].width > step->least;
}

/* Of columns that are meant to give way the first one that still can; of others the
 * widest. `columns_n`: none. */
static size_t find_giver(const struct table *t, const struct step_down *step)
{
	size_t found = t->columns_n;

	for (size_t j = step->from; j < t->columns_n; j++) {
		if (!may_give_way(t, j, step))
			continue;
		if (step->flags)
			return j;
		if (found == t->columns_n || t->columns[j].width > t->columns[found].width)
			found = j;
	}
	return found;
}

/* True: it fits. */
static bool shrink(struct table *t, size_t limit, const struct step_down *step)
{
	size_t total = total_width(t);

	while (total > limit && step->least) {
		size_t j = find_giver(t, step);

		if (j == t->columns_n) {
			step++;
			continue;
		}
		t->columns[j].width--;
		total--;
	}
	return total <= limit;
}

static bool move_first(struct table *t, unsigned flag, enum column_place place)
{
	for (size_t j = 0; j < t->columns_n; j++) {
		if (!in_line(t, j) || !(t->columns[j].field->flags & flag))
			continue;
		t->columns[j].place = place;
		return true;
	}
	return false;
}

/* Takes a column out of the line; false: there is none that may be. */
static bool make_room(struct table *t)
{
	return move_first(t, PRINT_BELOW, COLUMN_BELOW) ||
	       move_first(t, PRINT_DROP, COLUMN_LEFT_OUT);
}

/* On a terminal that has no room for a line beside the id, what else there is stands below
 * it. */
static void stack(struct table *t, size_t limit)
{
	for (size_t j = 1; j < t->columns_n && t->columns[0].width <= limit; j++)
		if (in_line(t, j) && total_width(t) > limit)
			t->columns[j].place = COLUMN_BELOW;
	take_natural_widths(t);
	shrink(t, limit, harsh);
}

static bool has_whole(const struct table *t)
{
	for (size_t j = 0; j < t->columns_n; j++)
		if (in_line(t, j) && t->columns[j].field->flags & PRINT_WHOLE)
			return true;
	return false;
}

/* Nothing is left that could be left out. */
static void squeeze(struct table *t, size_t limit)
{
	bool whole = has_whole(t);

	if (shrink(t, limit, gentle) || shrink(t, limit, harsh))
		return;
	if (!whole) {
		shrink(t, limit, desperate);
		return;
	}
	if (move_first(t, PRINT_LONG, COLUMN_BELOW))
		take_natural_widths(t);
	if (!shrink(t, limit, harsh))
		stack(t, limit);
}

void table_fit(struct table *t, size_t limit)
{
	for (size_t j = 0; j < t->columns_n; j++)
		find_natural_width(t, j);
	take_natural_widths(t);
	if (!limit)
		return;
	while (!shrink(t, limit, comfortable)) {
		take_natural_widths(t);
		if (make_room(t))
			continue;
		squeeze(t, limit);
		break;
	}
}
