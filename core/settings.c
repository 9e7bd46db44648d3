#include "core/settings.h"

#include "core/error.h"
#include "core/hours.h"
#include "core/mem.h"
#include "core/money.h"
#include "core/process.h"
#include "core/suggest.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define FORMAT_VERSION 1
#define MOST 9999 /* the highest count */
#define MINUTES_A_DAY (24 * 60)

/* ---- the table: by section, in the order in which the manual explains them ---- */

#define ROW(s, k, v, f, m, t, member)                                                          \
	{                                                                                      \
		.section = s, .key = k, .values = v, .fallback = f, .meaning = m, .type = t,   \
		.offset = offsetof(struct settings, member)                                    \
	}

const struct setting settings_known[] = {
	ROW("fu", "version", "1", "1", "the format of the repository", SETTING_VERSION,
		version),
	ROW("fu", "timezone", "<zone>", "UTC", "the IANA zone in which times are local",
		SETTING_ZONE, timezone),
	ROW("fu", "currency", "<code>", NULL, "the ISO 4217 code of amounts typed without one",
		SETTING_CURRENCY, currency),
	ROW("fu", "process", "<process>", "field",
		"the process of opportunities opened without --process", SETTING_NAME, process),
	ROW("policy", "roles", "open|enforced", "open",
		"whether only coordinators may log follow-up calls", SETTING_WORD, roles),
	ROW("policy", "commitments", "both|theirs|none", "both",
		"whose commitments a meeting cannot be logged without", SETTING_WORD,
		commitments),
	ROW("policy", "retry", "<duration>", "1 day",
		"when to try again after a call that booked nothing", SETTING_DURATION, retry),
	ROW("policy", "max-calls", "<n>", "3",
		"calls in a row with nothing booked that ask for a decision", SETTING_COUNT,
		max_calls),
	ROW("policy", "max-repeats", "<n>", "3",
		"repeats of an activity in a row that ask for a decision", SETTING_COUNT,
		max_repeats),
	ROW("policy", "treadmill", "<n>", "5",
		"contacts without an accomplishment that ask for a decision", SETTING_COUNT,
		treadmill),
	ROW("policy", "expiry-warning", "<duration>", "14 days",
		"how long before it expires a proposal is shown", SETTING_DURATION,
		expiry_warning),
	ROW("hours", "days", "<days>", "mon-fri", "the working days", SETTING_DAYS, days),
	ROW("hours", "from", "<hh:mm>", "09:00", "when the working day begins", SETTING_TIME,
		from),
	ROW("hours", "to", "<hh:mm>", "17:30", "when the working day ends", SETTING_TIME, to),
	ROW("hours", "off", "<day>[..<day>],…|none", "24 dec..6 jan",
		"days off, every year (24 dec..6 jan) or once (2026-05-01)", SETTING_OFF, off),
	ROW("capacity", "appointments-per-day", "<n>", "4",
		"field appointments that one salesperson can hold in a day", SETTING_COUNT,
		appointments_per_day),
	ROW("team", NULL, "<name> <mail>", NULL,
		"a member of the team, who may own opportunities", SETTING_TEAM, team),
	ROW("phrases", "refuse", "<phrase>", NULL,
		"a phrase refused in touches besides those built in", SETTING_PHRASE, refuse),
	ROW("phrases", "allow", "<phrase>", NULL, "an exception to the phrases refused",
		SETTING_PHRASE, allow),
	{NULL},
};

static const struct setting *find_row(const char *section, const char *key)
{
	for (const struct setting *row = settings_known; row->section; row++)
		if (!strcmp(row->section, section) && (!row->key || !strcmp(row->key, key)))
			return row;
	return NULL;
}

const struct setting *setting_find(const char *dotted)
{
	const char *dot = strchr(dotted, '.');
	const struct setting *row;
	char *section;

	if (!dot || !dot[1])
		return NULL;
	section = xstrndup(dotted, (size_t)(dot - dotted));
	row = find_row(section, dot + 1);
	free(section);
	return row;
}

char *setting_suggest(const char *dotted)
{
	struct nearest n;
	char *found = NULL; /* what n.word points to */

	nearest_start(&n, dotted);
	for (const struct setting *row = settings_known; row->section; row++) {
		char *name;

		if (!row->key)
			continue;
		name = xstrfmt("%s.%s", row->section, row->key);
		nearest_offer(&n, name);
		if (n.word == name) {
			free(found);
			found = name;
		} else {
			free(name);
		}
	}
	return found;
}

/* ---- reading one value ---- */

static int unreadable(const struct setting *row, const char *value)
{
	return error_set(ERR_FAILED, "'%s.%s' is %s, not '%s'", row->section,
		row->key ? row->key : "<name>", row->values, value);
}

static bool read_time(int *out, const char *value)
{
	char *copy = xstrdup(value), *minutes = copy, *hours = strsep(&minutes, ":");
	int h, m;
	bool good = minutes && strlen(minutes) == 2 && hours_read_number(&h, hours, 0, 24) &&
		    hours_read_number(&m, minutes, 0, 59) && h * 60 + m <= MINUTES_A_DAY;

	if (good)
		*out = h * 60 + m;
	free(copy);
	return good;
}

/* ---- the team ---- */

/* The address in "Name <mail>"; its length in *len; NULL: there is none. */
static const char *mail_of(const char *who, size_t *len)
{
	const char *open = strrchr(who, '<'), *close = open ? strchr(open, '>') : NULL;

	if (!close || close[1] || close == open + 1)
		return NULL;
	*len = (size_t)(close - open) - 1;
	return open + 1;
}

static int add_member(struct settings *s, const char *key, const char *who)
{
	size_t len;

	if (!process_word_valid(key) || !strcmp(key, "me") || !strcmp(key, "all"))
		return error_set(ERR_FAILED, "not a name for a member of the team: '%s'", key);
	if (!mail_of(who, &len))
		return error_set(
			ERR_FAILED, "'team.%s' is '<name> <mail>', not '%s'", key, who);
	for (size_t i = 0; i < s->team_n; i++)
		if (!strcmp(s->team[i].key, key))
			return error_set(ERR_FAILED, "'team.%s' stands twice", key);
	GROW(s->team, s->team_n, s->team_cap);
	s->team[s->team_n++] = (struct member){xstrdup(key), xstrdup(who)};
	return 0;
}

bool settings_owner_known(const struct settings *s, const char *owner)
{
	for (size_t i = 0; i < s->team_n; i++)
		if (!strcmp(s->team[i].key, owner))
			return true;
	return !s->team_n;
}

const char *settings_member_of(const struct settings *s, const char *by)
{
	size_t len, other;
	const char *mail = mail_of(by, &len);

	for (size_t i = 0; mail && i < s->team_n; i++) {
		const char *his = mail_of(s->team[i].who, &other);

		if (his && len == other && !strncasecmp(his, mail, len))
			return s->team[i].key;
	}
	return NULL;
}

/* ---- loading ---- */

static int load_version(int *slot, const char *value)
{
	if (!hours_read_number(slot, value, FORMAT_VERSION, FORMAT_VERSION))
		return error_set(ERR_FAILED,
			"the repository has format version '%s', this fu knows version %d only",
			value, FORMAT_VERSION);
	return 0;
}

/* The types whose value is read as a whole: false where it cannot be. */
static bool read_value(const struct setting *row, void *slot, const char *value)
{
	struct duration d;
	int word;

	switch (row->type) {
	case SETTING_ZONE:
		if (!*value || strlen(value) >= ZONE_NAME_MAX || strchr(value, ' '))
			return false;
		replace_string(slot, value);
		return true;
	case SETTING_CURRENCY:
		if (!currency_known(value))
			return false;
		replace_string(slot, value);
		return true;
	case SETTING_NAME:
		if (!process_word_valid(value))
			return false;
		replace_string(slot, value);
		return true;
	case SETTING_WORD:
		word = choice_index(row->values, value);
		if (word >= 0)
			*(int *)slot = word;
		return word >= 0;
	case SETTING_DURATION:
		if (duration_parse(&d, value))
			return false;
		*(struct duration *)slot = d;
		return true;
	case SETTING_COUNT:
		return hours_read_number(slot, value, 1, MOST);
	case SETTING_DAYS:
		return hours_read_days(slot, value);
	case SETTING_TIME:
		return read_time(slot, value);
	case SETTING_OFF:
		return hours_read_off(slot, value);
	case SETTING_PHRASE:
		if (*value)
			list_add(slot, value);
		return *value != '\0';
	case SETTING_VERSION:
	case SETTING_TEAM:
		break;
	}
	return false;
}

static int unknown_section(const char *section)
{
	static const char *const sections[] = {
		"fu", "policy", "hours", "capacity", "team", "phrases", NULL};
	struct str hint = STR_INIT;
	int rc;

	for (size_t i = 0; sections[i]; i++)
		if (!strcmp(sections[i], section))
			return 0;
	suggest_add(&hint, section, sections);
	rc = error_set(ERR_FAILED, "unknown section '%s'%s", section, hint.buf);
	str_release(&hint);
	return rc;
}

static int unknown_key(const char *section, const char *key)
{
	char *dotted = xstrfmt("%s.%s", section, key), *near = setting_suggest(dotted);
	int rc;

	if (near)
		rc = error_set(
			ERR_FAILED, "unknown key '%s' (did you mean '%s'?)", dotted, near);
	else
		rc = error_set(ERR_FAILED, "unknown key '%s'", dotted);
	free(near);
	free(dotted);
	return rc;
}

int settings_load_pair(
	struct settings *s, const char *section, const char *key, const char *value)
{
	const struct setting *row;
	void *slot;
	int rc = unknown_section(section);

	if (rc || !key)
		return rc;
	row = find_row(section, key);
	if (!row)
		return unknown_key(section, key);
	slot = (char *)s + row->offset;
	if (row->type == SETTING_TEAM)
		return add_member(s, key, value);
	if (row->type == SETTING_VERSION)
		return load_version(slot, value);
	if (row->type == SETTING_OFF && !s->off_said) {
		list_release(&s->off);
		s->off_said = true;
	}
	return read_value(row, slot, value) ? 0 : unreadable(row, value);
}

int settings_finish(const struct settings *s)
{
	if (s->from >= s->to)
		return error_set(ERR_FAILED, "'hours.from' does not lie before 'hours.to'");
	return 0;
}

void settings_init(struct settings *s)
{
	*s = (struct settings){.version = FORMAT_VERSION};
	for (const struct setting *row = settings_known; row->section; row++)
		if (row->fallback && row->type != SETTING_VERSION)
			read_value(row, (char *)s + row->offset, row->fallback);
}

void settings_release(struct settings *s)
{
	free(s->timezone);
	free(s->currency);
	free(s->process);
	list_release(&s->off);
	for (size_t i = 0; i < s->team_n; i++) {
		free(s->team[i].key);
		free(s->team[i].who);
	}
	free(s->team);
	list_release(&s->refuse);
	list_release(&s->allow);
	*s = (struct settings){0};
}

/* ---- showing ---- */

static void add_list(struct str *out, const struct list *l, const char *between)
{
	for (size_t i = 0; i < l->n; i++)
		str_addf(out, "%s%s", i ? between : "", l->items[i]);
}

static void add_word(struct str *out, const char *words, int index)
{
	while (index--)
		words += strcspn(words, "|") + 1;
	str_addn(out, words, strcspn(words, "|"));
}

static void add_value(
	struct str *out, const struct setting *row, const struct settings *s, const char *name)
{
	const void *slot = (const char *)s + row->offset;

	switch (row->type) {
	case SETTING_ZONE:
	case SETTING_CURRENCY:
	case SETTING_NAME:
		if (*(char *const *)slot)
			str_add(out, *(char *const *)slot);
		break;
	case SETTING_WORD:
		add_word(out, row->values, *(const int *)slot);
		break;
	case SETTING_DURATION:
		duration_add(out, slot);
		break;
	case SETTING_VERSION:
	case SETTING_COUNT:
		str_addf(out, "%d", *(const int *)slot);
		break;
	case SETTING_DAYS:
		hours_add_days(out, *(const unsigned *)slot);
		break;
	case SETTING_TIME:
		str_addf(out, "%02d:%02d", *(const int *)slot / 60, *(const int *)slot % 60);
		break;
	case SETTING_OFF:
		add_list(out, slot, ", ");
		if (!s->off.n)
			str_add(out, "none");
		break;
	case SETTING_PHRASE:
		add_list(out, slot, "\n");
		break;
	case SETTING_TEAM:
		for (size_t i = 0; i < s->team_n; i++)
			if (!strcmp(s->team[i].key, name))
				str_add(out, s->team[i].who);
		break;
	}
}

char *setting_value(const struct settings *s, const char *dotted)
{
	const struct setting *row = setting_find(dotted);
	struct str out = STR_INIT;

	if (!row)
		return NULL;
	add_value(&out, row, s, strchr(dotted, '.') + 1);
	if (out.len)
		return str_detach(&out);
	return NULL;
}
