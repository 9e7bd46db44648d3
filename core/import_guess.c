#include "core/import_guess.h"

#include "core/error.h"
#include "core/import_text.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

#define MOST_STAGES 24 /* values of a column that are listed one by one */

/* Names that columns have, folded, without marks between words; of the fields the likelier
 * names come first. */
static const struct {
	const char *field;
	const char *names;
	bool is_date;
} known[] = {
	{"external_id", "deal id|opportunity id|record id|external id|id|key|ref|reference"},
	{"title", "deal title|deal name|opportunity name|title|deal|opportunity|project|name|"
		  "subject|product"},
	{"client",
		"client|client name|customer|customer name|company|company name|account|"
		"account name|organization|organisation|organization name|deal organization"},
	{"people", "contact|contact name|contact person|person|deal contact person"},
	{"value", "deal value|value|amount|worth|close value|price|total|revenue"},
	{"currency", "currency|currency code|deal currency"},
	{"status", "status|deal status|stage|deal stage|state|outcome"},
	{"owner", "owner|deal owner|opportunity owner|sales agent|salesperson|sales rep|rep|"
		  "assigned to"},
	{"opened",
		"opened|opened on|created|created at|create date|created date|date created|"
		"creation date|engage date|start date|date",
		true},
	{"closed",
		"closed|closed on|closed at|close date|closed date|closing date|won date|"
		"end date",
		true},
	{"expires", "expires|expiry date|expires on|valid until", true},
	{"because", "lost reason|loss reason|closed lost reason|reason"},
	{"source", "source|lead source|original source"},
	{"tag", "tag|tags|label|labels"},
	{"note", "note|notes|comment|comments|description|remarks"},
};

static const char *const date_forms[] = {"YYYY-MM-DD", "YYYY-MM-DD hh:mm:ss",
	"YYYY-MM-DD hh:mm", "YYYY-MM-DDThh:mm:ss.###Z", "YYYY-MM-DDThh:mm:ssZ",
	"YYYY-MM-DDThh:mm:ss", "YYYY/M/D", "D.M.YYYY", "D.M.YYYY hh:mm", "D.M.YY", "D/M/YYYY",
	"M/D/YYYY", "D/M/YYYY hh:mm", "M/D/YYYY hh:mm", "D/M/YY", "M/D/YY", "D-M-YYYY", NULL};

void import_sample_release(struct import_sample *sample)
{
	for (size_t i = 0; i < sample->names.n; i++)
		list_release(&sample->values[i]);
	free(sample->values);
	list_release(&sample->names);
	*sample = (struct import_sample){0};
}

/* "Deal - Title", "deal_title": "deal title". */
static char *plain_name(const char *name)
{
	char *folded = utf8_folded(name), *to = folded;

	for (const char *c = folded; *c; c++) {
		bool mark = strchr(" -_./", *c) != NULL;

		if (!mark)
			*to++ = *c;
		else if (to > folded && to[-1] != ' ')
			*to++ = ' ';
	}
	*to = '\0';
	return trim(folded);
}

/* A key of an INI file. */
static bool can_be_key(const char *name)
{
	return *name && !strpbrk(name, "=:\n[") && *name != ';' && *name != '#';
}

/* Which column has the likeliest name of that field; -1: none. */
static int find_column(char *const *names, const struct list *fields, const char *choices)
{
	int best = -1, best_place = 0;

	for (size_t i = 0; i < fields->n; i++) {
		int place = choice_index(choices, names[i]);

		if (place < 0 || *fields->items[i] || (best >= 0 && place >= best_place))
			continue;
		best = (int)i;
		best_place = place;
	}
	return best;
}

/* The field of each column, "" where none is likely. */
static void find_fields(struct list *fields, const struct import_sample *sample)
{
	size_t n = sample->names.n;
	char **names = xcalloc(n + 1, sizeof(*names));

	for (size_t i = 0; i < n; i++) {
		names[i] = plain_name(sample->names.items[i]);
		list_add(fields, "");
	}
	for (size_t k = 0; k < ARRAY_SIZE(known); k++) {
		int column = find_column(names, fields, known[k].names);

		if (column >= 0 && can_be_key(sample->names.items[column]))
			replace_string(&fields->items[column], known[k].field);
	}
	for (size_t i = 0; i < n; i++)
		free(names[i]);
	free(names);
}

/* ---- dates ---- */

static bool reads_all(const char *form, const struct list *values)
{
	struct list forms = {0};
	bool all = values->n > 0;

	list_add(&forms, form);
	for (size_t i = 0; all && i < values->n; i++) {
		char *stored = NULL;

		all = !import_date_read(&stored, &forms, values->items[i]);
		free(stored);
	}
	error_clear();
	list_release(&forms);
	return all;
}

static bool is_date(const char *field)
{
	for (size_t k = 0; k < ARRAY_SIZE(known); k++)
		if (!strcmp(known[k].field, field))
			return known[k].is_date;
	return false;
}

static void add_forms(
	struct str *out, struct list *forms, const char *name, const struct list *values)
{
	const char *found = NULL;

	for (size_t i = 0; date_forms[i]; i++) {
		if (!reads_all(date_forms[i], values))
			continue;
		if (found && !list_has(forms, date_forms[i])) {
			str_addf(out, "# '%s' would read as %s, too: no date in it tells\n",
				name, date_forms[i]);
			return;
		}
		if (!found && !list_has(forms, date_forms[i])) {
			list_add(forms, date_forms[i]);
			str_addf(out, "date = %s\n", date_forms[i]);
		}
		found = date_forms[i];
	}
	if (!found && values->n)
		str_addf(out, "# the dates of '%s' ('%s') have no form that is known\n", name,
			values->items[0]);
}

/* ---- stages ---- */

static const char *status_of(const char *value)
{
	static const char *const won[] = {"won", "success", "signed", NULL};
	static const char *const lost[] = {
		"lost", "abandon", "cancel", "declin", "dead", "reject", NULL};
	char *folded = utf8_folded(value);
	const char *status = NULL;

	for (size_t i = 0; lost[i]; i++)
		if (strstr(folded, lost[i]))
			status = "status: abandoned";
	for (size_t i = 0; won[i]; i++)
		if (strstr(folded, won[i]))
			status = "status: won";
	free(folded);
	return status;
}

static void add_stages(struct str *out, const char *name, const struct list *values)
{
	struct list seen = {0};

	str_addf(out, "\n[values %s]\n", name);
	for (size_t i = 0; i < values->n && seen.n < MOST_STAGES; i++) {
		const char *status = status_of(values->items[i]);

		if (!status || list_has(&seen, values->items[i]) ||
			!can_be_key(values->items[i]))
			continue;
		list_add(&seen, values->items[i]);
		str_addf(out, "%s = %s\n", values->items[i], status);
	}
	str_add(out, "* = status: open; tag: *\n");
	list_release(&seen);
}

/* ---- the map ---- */

static void add_columns(
	struct str *out, const struct import_sample *sample, const struct list *fields)
{
	struct str rest = STR_INIT;

	str_add(out, "\n[columns]\n");
	if (!list_has(fields, "title"))
		str_add(out, "# which column is the title? an opportunity needs one\n");
	for (size_t i = 0; i < fields->n; i++) {
		if (*fields->items[i])
			str_addf(out, "%s = %s\n", sample->names.items[i], fields->items[i]);
		else
			str_addf(&rest, "# %s =\n", sample->names.items[i]);
	}
	if (rest.len)
		str_addf(out, "# These become a note; '= ignore' leaves a column out:\n%s",
			rest.buf);
	if (!list_has(fields, "external_id"))
		str_add(out, "# No column seems to be an id (= external_id), by which a row is "
			     "known again.\n");
	str_release(&rest);
}

void import_guess(struct str *out, const struct import_sample *sample, const char *title)
{
	struct list fields = {0}, forms = {0};

	find_fields(&fields, sample);
	str_addf(out,
		"# A guess: look through it before you import with it.\n[import]\ntitle = %s\n",
		title);
	for (size_t i = 0; i < fields.n; i++)
		if (is_date(fields.items[i]))
			add_forms(out, &forms, sample->names.items[i], &sample->values[i]);
	add_columns(out, sample, &fields);
	for (size_t i = 0; i < fields.n; i++)
		if (!strcmp(fields.items[i], "status"))
			add_stages(out, sample->names.items[i], &sample->values[i]);
	list_release(&fields);
	list_release(&forms);
}
