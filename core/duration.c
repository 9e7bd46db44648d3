#include "core/when.h"

#include "core/civil.h"
#include "core/error.h"
#include "core/scan.h"
#include "core/when_read.h"

#include <string.h>
#include <strings.h>

static const struct {
	const char *word;
	enum duration_unit unit;
} unit_words[] = {
	{"min", UNIT_MINUTE},
	{"mins", UNIT_MINUTE},
	{"minute", UNIT_MINUTE},
	{"minutes", UNIT_MINUTE},
	{"h", UNIT_HOUR},
	{"hour", UNIT_HOUR},
	{"hours", UNIT_HOUR},
	{"d", UNIT_DAY},
	{"day", UNIT_DAY},
	{"days", UNIT_DAY},
	{"w", UNIT_WEEK},
	{"week", UNIT_WEEK},
	{"weeks", UNIT_WEEK},
	{"month", UNIT_MONTH},
	{"months", UNIT_MONTH},
};

static const struct {
	const char *one, *many;
	int64_t seconds;
} units[] = {
	[UNIT_MINUTE] = {"min", "min", 60},
	[UNIT_HOUR] = {"hour", "hours", 3600},
	[UNIT_DAY] = {"day", "days", DAY_SECONDS},
	[UNIT_WEEK] = {"week", "weeks", 7 * DAY_SECONDS},
	[UNIT_MONTH] = {"month", "months", 30 * DAY_SECONDS},
};

static enum duration_unit unit_find(const char *word, size_t len)
{
	for (size_t i = 0; i < sizeof(unit_words) / sizeof(unit_words[0]); i++)
		if (strlen(unit_words[i].word) == len &&
			!strncasecmp(word, unit_words[i].word, len))
			return unit_words[i].unit;
	return 0;
}

const char *duration_read(struct duration *out, const char *text)
{
	static const char blanks[] = " \t\r\n";
	size_t len;
	int count;

	*out = (struct duration){0};
	text += strspn(text, blanks);
	len = strspn(text, "0123456789");
	if (!len)
		return "a number and a unit are needed, as in '3 days'";
	if (!scan_digits(&text, 1, 6, &count))
		return "the number is too large";
	text += strspn(text, blanks);
	len = strcspn(text, blanks);
	if (text[len + strspn(text + len, blanks)])
		return "one number and one unit are needed, as in '3 days'";
	if (len == 1 && (*text == 'm' || *text == 'M'))
		return "'m' could be minutes or months, write 'min' or 'month'";
	out->unit = unit_find(text, len);
	if (!out->unit)
		return "the unit is not one of min, hour, day, week, month";
	if (!count)
		return "it lasts no time";
	out->count = count;
	return NULL;
}

int duration_parse(struct duration *out, const char *text)
{
	struct duration duration;
	const char *fault = duration_read(&duration, text);

	if (fault)
		return error_set(ERR_USAGE, "unreadable duration '%s': %s", text, fault);
	*out = duration;
	return 0;
}

void duration_add(struct str *out, const struct duration *d)
{
	if (!d->unit)
		return;
	str_addf(out, "%d %s", (int)d->count,
		d->count == 1 ? units[d->unit].one : units[d->unit].many);
}

void duration_add_every(struct str *out, const struct duration *d)
{
	str_add(out, "every ");
	if (d->count == 1)
		str_add(out, units[d->unit].one);
	else
		duration_add(out, d);
}

int64_t duration_seconds(const struct duration *d)
{
	return d->unit ? d->count * units[d->unit].seconds : 0;
}
