/* Time cut into spans that fit a chart. */
#include "core/figures.h"

#include "core/civil.h"

#include <string.h>

const char *span_word(enum span_unit unit)
{
	static const char *const words[] = {
		[SPAN_WEEK] = "week",
		[SPAN_MONTH] = "month",
		[SPAN_QUARTER] = "quarter",
		[SPAN_YEAR] = "year",
	};

	return words[unit];
}

static int months_of(enum span_unit unit)
{
	return unit == SPAN_MONTH ? 1 : unit == SPAN_QUARTER ? 3 : 12;
}

/* The first day of the span in which the day lies; weeks begin on Monday. */
static int32_t span_begin(int32_t day, enum span_unit unit)
{
	struct civil date = civil_from_day(day);

	if (unit == SPAN_WEEK)
		return day - (day_weekday(day) - 1);
	date.day = 1;
	date.month -= (date.month - 1) % months_of(unit);
	return civil_to_day(date);
}

static int32_t span_next(int32_t begin, enum span_unit unit)
{
	return unit == SPAN_WEEK ? begin + 7 : day_add_months(begin, months_of(unit));
}

void day_range_add(struct day_range *r, const struct days *days)
{
	for (size_t i = 0; i < days->n; i++) {
		int32_t day = days->items[i];

		if (!r->any || day < r->first)
			r->first = day;
		if (!r->any || day > r->last)
			r->last = day;
		r->any = true;
	}
}

/* False: there are more of them than places; the last ones are kept. */
static bool fill(struct spans *s, int32_t first, int32_t last)
{
	bool all = true;

	s->n = 0;
	for (int32_t at = span_begin(first, s->unit); at <= last; at = span_next(at, s->unit)) {
		if (s->n == SPANS_MOST) {
			all = false;
			if (s->unit != SPAN_YEAR)
				return false;
			memmove(s->begins, s->begins + 1,
				(SPANS_MOST - 1) * sizeof(*s->begins));
			s->n--;
		}
		s->begins[s->n++] = at;
	}
	return all;
}

void spans_make(struct spans *s, const struct day_range *r)
{
	*s = (struct spans){0};
	if (!r->any)
		return;
	for (s->unit = SPAN_WEEK; !fill(s, r->first, r->last) && s->unit < SPAN_YEAR; s->unit++)
		;
}

void spans_count(int64_t *out, const struct spans *s, const struct days *days)
{
	memset(out, 0, s->n * sizeof(*out));
	for (size_t j = 0; j < days->n; j++) {
		size_t low = 0, high = s->n;

		while (low < high) {
			size_t middle = (low + high) / 2;

			if (s->begins[middle] <= days->items[j])
				low = middle + 1;
			else
				high = middle;
		}
		if (low)
			out[low - 1]++;
	}
}
