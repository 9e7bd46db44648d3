#include "core/when_read.h"

#include "core/civil.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/scan.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* The longest there is: "tuesday 24 november 2026 3 pm Europe/Lisbon". */
#define WORDS_MAX 7

/* Behind a day and a month, "1500" is hardly a year. */
#define YEAR_MIN 1900

static const char blanks[] = " \t\r\n";

/* Steps of the reading return one of these, or an error that has been recorded. */
enum step { NOT_THIS = 0, READ = 1 };

struct reader {
	const char *text; /* all of it, for messages */
	char *copy;
	const char *words[WORDS_MAX];
	size_t n;
	size_t next; /* the word to be read */
	struct expression *out;
};

int date_unreadable(const char *text, const char *why, ...)
{
	va_list args;
	char *reason;

	error_set(ERR_USAGE, "unreadable date '%s'", text);
	if (!why)
		return ERR_USAGE;
	va_start(args, why);
	reason = xstrvfmt(why, args);
	va_end(args);
	error_set(ERR_USAGE, "unreadable date '%s': %s", text, reason);
	free(reason);
	return ERR_USAGE;
}

/* False: there are more words than any date has. */
static bool split(struct reader *r, const char *text)
{
	char *p;

	r->text = text;
	r->copy = xstrdup(text);
	p = r->copy + strspn(r->copy, blanks);
	while (*p) {
		if (r->n == WORDS_MAX)
			return false;
		r->words[r->n++] = p;
		p += strcspn(p, blanks);
		if (*p)
			*p++ = '\0';
		p += strspn(p, blanks);
	}
	return true;
}

/* The word that many words ahead; "" behind the end. */
static const char *peek(const struct reader *r, size_t ahead)
{
	return r->next + ahead < r->n ? r->words[r->next + ahead] : "";
}

static bool next_is(const struct reader *r, size_t ahead, const char *word)
{
	return !strcasecmp(peek(r, ahead), word);
}

static bool is_number(const char *word, int min, int max, int *value)
{
	return scan_digits(&word, min, max, value) && !*word;
}

static int took(struct reader *r, size_t words, enum day_form form)
{
	r->next += words;
	r->out->form = form;
	return READ;
}

static void shift_days(struct expression *e, int days)
{
	e->sign = days < 0 ? -1 : 1;
	e->shift = (struct duration){.count = days < 0 ? -days : days, .unit = UNIT_DAY};
}

static int read_named_day(struct reader *r)
{
	static const char *const names[] = {"yesterday", "today", "tomorrow"};

	for (int i = 0; i < 3; i++) {
		if (!next_is(r, 0, names[i]))
			continue;
		shift_days(r->out, i - 1);
		return took(r, 1, DAY_SHIFTED);
	}
	if (next_is(r, 0, "end") && next_is(r, 1, "of") && next_is(r, 2, "month"))
		return took(r, 3, DAY_END_OF_MONTH);
	if (next_is(r, 0, "next") && weekday_find(peek(r, 1))) {
		r->out->weekday = weekday_find(peek(r, 1));
		return took(r, 2, DAY_NEXT_WEEKDAY);
	}
	return NOT_THIS;
}

/* A duration in one word or two, `skip` characters into the next one; *words: how many. */
static const char *read_duration(struct reader *r, size_t skip, size_t *words)
{
	const char *first = peek(r, 0) + skip;
	bool in_one = first[strspn(first, "0123456789")] != '\0';
	char *joined = in_one ? xstrdup(first) : xstrfmt("%s %s", first, peek(r, 1));
	const char *fault = duration_read(&r->out->shift, joined);

	free(joined);
	*words = in_one || r->next + 1 == r->n ? 1 : 2;
	return fault;
}

static int took_shift(struct reader *r, size_t words, int sign)
{
	r->out->sign = sign;
	return took(r, words, r->out->shift.unit <= UNIT_HOUR ? TIME_SHIFTED : DAY_SHIFTED);
}

/* "in 3 days", "+3d", "3 days ago" */
static int read_shift(struct reader *r)
{
	const char *fault;
	size_t words;

	if (next_is(r, 0, "in") || peek(r, 0)[0] == '+') {
		bool in = peek(r, 0)[0] != '+';

		r->next += in;
		fault = read_duration(r, in ? 0 : 1, &words);
		return fault ? date_unreadable(r->text, "%s", fault) : took_shift(r, words, 1);
	}
	if (!peek(r, 0)[0] || !strchr("0123456789", peek(r, 0)[0]))
		return NOT_THIS;
	fault = read_duration(r, 0, &words);
	if (next_is(r, words, "ago"))
		return fault ? date_unreadable(r->text, "%s", fault)
			     : took_shift(r, words + 1, -1);
	if (!fault)
		return date_unreadable(r->text, "say 'in' before it or 'ago' behind it");
	r->out->shift = (struct duration){0};
	return NOT_THIS;
}

/* "2026-11-24", "2026-11-24T15:00" */
static int read_iso_date(struct reader *r)
{
	const char *p = peek(r, 0);
	int year;

	if (!scan_digits(&p, 4, 4, &year) || *p != '-')
		return NOT_THIS;
	p = peek(r, 0);
	if (!scan_date(&p, &r->out->day))
		return date_unreadable(r->text, "there is no day '%s'", peek(r, 0));
	if (*p == 'T' || *p == 't') {
		p++;
		if (!scan_clock(&p, &r->out->second))
			return date_unreadable(r->text, "no time of day follows '%c'", p[-1]);
	}
	if (*p)
		return date_unreadable(r->text, "'%s' is not understood", p);
	return took(r, 1, DAY_FIXED);
}

/* "24 nov", "nov 24", either with a year behind it */
static int read_month_date(struct reader *r)
{
	struct civil date = {0};
	int with_year;

	if (is_number(peek(r, 0), 1, 2, &date.day))
		date.month = month_find(peek(r, 1));
	else if (is_number(peek(r, 1), 1, 2, &date.day))
		date.month = month_find(peek(r, 0));
	if (!date.month)
		return NOT_THIS;
	with_year = is_number(peek(r, 2), 4, 4, &date.year);
	if (with_year && date.year < YEAR_MIN)
		return date_unreadable(r->text, "'%s' could be a time: write it as %.2s:%s",
			peek(r, 2), peek(r, 2), peek(r, 2) + 2);
	if (!with_year)
		date.year = 2000; /* a leap year: 29 February is not ruled out yet */
	if (!civil_valid(date))
		return with_year ? date_unreadable(r->text, "there is no %d %s %d", date.day,
					   month_full_name(date.month), date.year)
				 : date_unreadable(r->text, "there is no %d %s", date.day,
					   month_full_name(date.month));
	r->out->month = date.month;
	r->out->month_day = date.day;
	r->out->day = civil_to_day(date);
	return with_year ? took(r, 3, DAY_FIXED) : took(r, 2, DAY_NO_YEAR);
}

static int read_day(struct reader *r)
{
	static int (*const steps[])(struct reader *) = {
		read_iso_date, read_month_date, read_named_day, read_shift};
	bool after_weekday = weekday_find(peek(r, 0)) != 0;
	int result = NOT_THIS;

	if (after_weekday) {
		r->out->weekday = weekday_find(peek(r, 0));
		took(r, 1, DAY_WEEKDAY);
	}
	for (size_t i = 0; i < (after_weekday ? 2 : ARRAY_SIZE(steps)) && !result; i++)
		result = steps[i](r);
	return result;
}

/* "am" or "pm" in the rest of the word or in the next one; 0: neither. */
static char read_half(struct reader *r, const char *rest)
{
	const char *word = *rest ? rest : peek(r, 1);

	if (strcasecmp(word, "am") && strcasecmp(word, "pm"))
		return 0;
	if (!*rest)
		r->next++;
	return *word == 'a' || *word == 'A' ? 'a' : 'p';
}

/* Minutes and seconds behind the hour, as far as they are there. */
static bool read_minutes(const char **p, int *m, int *s, bool *any)
{
	*any = scan_char(p, ':');
	if (*any && (!scan_digits(p, 2, 2, m) || *m > 59))
		return false;
	return !*any || !scan_char(p, ':') || (scan_digits(p, 2, 2, s) && *s <= 59);
}

/* "15:00", "9:30", "3pm", "3:30 pm", "noon" */
static int read_time(struct reader *r)
{
	const char *word = peek(r, 0), *p = word;
	int h, m = 0, s = 0;
	bool colon;
	char half;

	if (next_is(r, 0, "noon")) {
		r->out->second = 12 * 3600;
		r->next++;
		return READ;
	}
	if (!scan_digits(&p, 1, 2, &h))
		return NOT_THIS;
	if (!read_minutes(&p, &m, &s, &colon))
		return date_unreadable(r->text, "'%s' is not a time of day", word);
	half = read_half(r, p);
	if (!half && (!colon || *p))
		return colon ? date_unreadable(r->text, "'%s' is not a time of day", word)
			     : NOT_THIS;
	if (half ? h < 1 || h > 12 : h > 23)
		return date_unreadable(r->text, "'%s' is not a time of day", word);
	if (half)
		h = h % 12 + (half == 'p' ? 12 : 0);
	r->out->second = h * 3600 + m * 60 + s;
	r->next++;
	return READ;
}

static int read_zone(struct reader *r)
{
	const char *word = peek(r, 0);

	if (!scan_is_zone_name(word))
		return NOT_THIS;
	memcpy(r->out->zone, word, strlen(word) + 1);
	r->next++;
	return READ;
}

static int read_words(struct reader *r)
{
	struct expression *e = r->out;
	int result = read_day(r);

	if (result >= 0 && e->second == WHEN_DAY_ALONE && e->form != TIME_SHIFTED)
		result = read_time(r);
	if (result >= 0 && e->second != WHEN_DAY_ALONE)
		result = read_zone(r);
	if (result < 0)
		return result;
	if (!r->next)
		return date_unreadable(r->text, NULL);
	if (r->next < r->n)
		return date_unreadable(r->text, "'%s' is not understood", peek(r, 0));
	return 0;
}

static bool read_instant(struct expression *out, const char *text)
{
	char *copy = trim(xstrdup(text));
	struct moment moment;
	bool is = moment_read(&moment, copy, false);

	free(copy);
	if (!is)
		return false;
	out->form = TIME_INSTANT;
	out->utc = moment.utc;
	return true;
}

int expression_read(struct expression *out, const char *text)
{
	struct reader reader = {.out = out};
	int result;

	*out = (struct expression){.second = WHEN_DAY_ALONE};
	if (read_instant(out, text))
		return 0;
	result = split(&reader, text) ? read_words(&reader) : date_unreadable(text, NULL);
	free(reader.copy);
	return result;
}
