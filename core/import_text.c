#include "core/import_text.h"

#include "core/civil.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/when.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- dates ---- */

/* One number of at most `digits` digits; moves *text behind it. -1: there is none. */
static int take_number(const char **text, int digits)
{
	int number = 0, n = 0;

	while (n < digits && isdigit((unsigned char)**text)) {
		number = number * 10 + *(*text)++ - '0';
		n++;
	}
	return n ? number : -1;
}

/* POSIX: 69 to 99 are of the last century. */
static int full_year(int year, size_t letters)
{
	if (letters >= 4)
		return year;
	return year + (year < 69 ? 2000 : 1900);
}

struct date_parts {
	struct civil date;
	int h, m, s;
};

static int *part_for(struct date_parts *parts, char letter)
{
	switch (letter) {
	case 'Y':
		return &parts->date.year;
	case 'M':
		return &parts->date.month;
	case 'D':
		return &parts->date.day;
	case 'h':
		return &parts->h;
	case 'm':
		return &parts->m;
	case 's':
		return &parts->s;
	default:
		return NULL;
	}
}

static bool parts_valid(const struct date_parts *p)
{
	return civil_valid(p->date) && p->h < 24 && p->m < 60 && p->s < 60;
}

/* Reads the text by the form; the whole text, or it does not read. */
static bool read_by_form(const char *form, const char *text, struct date_parts *parts)
{
	while (*form) {
		int *part = part_for(parts, *form);
		size_t letters = 1;

		if (!part) {
			if (*form == '#' ? !isdigit((unsigned char)*text) : *form != *text)
				return false;
			form++;
			text++;
			continue;
		}
		while (form[letters] == *form)
			letters++;
		*part = take_number(&text, letters > 2 ? 4 : 2);
		if (*part < 0)
			return false;
		if (*form == 'Y')
			*part = full_year(*part, letters);
		form += letters;
	}
	return !*text && parts_valid(parts);
}

static bool take_form(struct when *when, const char *form, const char *text)
{
	struct date_parts parts = {0};

	if (!read_by_form(form, text, &parts))
		return false;
	*when = when_from_day(civil_to_day(parts.date));
	if (strchr(form, 'h'))
		when->second = parts.h * 3600 + parts.m * 60 + parts.s;
	if (ends_with(form, "Z") || ends_with(form, "+0000"))
		memcpy(when->zone, "UTC", sizeof("UTC"));
	return true;
}

static int say_unreadable(const struct list *forms, const char *text)
{
	struct str all = STR_INIT;

	for (size_t i = 0; i < forms->n; i++)
		str_addf(&all, "%s%s", i ? " or " : "", forms->items[i]);
	error_set(ERR_FAILED, "'%s' is no date of the form %s", text, all.buf);
	str_release(&all);
	return ERR_FAILED;
}

int import_date_read(char **stored, const struct list *forms, const char *text)
{
	struct when when = {0};
	struct str out = STR_INIT;
	bool read = false;
	int err = 0;

	if (!forms->n)
		err = when_parse_stored(&when, text);
	for (size_t i = 0; !read && i < forms->n; i++)
		read = take_form(&when, forms->items[i], text);
	if (!err && forms->n && !read)
		err = say_unreadable(forms, text);
	if (err)
		return err;
	when_add_stored(&out, &when);
	*stored = str_detach(&out);
	return 0;
}

/* ---- amounts ---- */

char *import_amount(const char *text)
{
	size_t whole = strspn(text, "0123456789"), decimals, len;

	if (!whole || text[whole] != '.')
		return xstrdup(text);
	decimals = strspn(text + whole + 1, "0123456789");
	len = whole + 1 + decimals;
	if (decimals == 1)
		return xstrfmt("%.*s0%s", (int)len, text, text + len);
	if (decimals > 2 && strspn(text + whole + 3, "0") >= decimals - 2)
		return xstrfmt("%.*s%s", (int)whole + 3, text, text + len);
	return xstrdup(text);
}

/* ---- people ---- */

char *import_name(const char *text)
{
	char *name = xstrdup(text);

	for (char *c = name; *c; c++)
		if (strchr(":;<>\n\r\t", *c))
			*c = ' ';
	return trim(name);
}

/* "Jane Doe (jane@acme.example)" */
static void add_person(struct list *contacts, char *text)
{
	char *open = strrchr(text, '('), *close = open ? strchr(open, ')') : NULL, *name;

	if (close && !close[1] && strchr(open, '@')) {
		*open = *close = '\0';
		name = import_name(text);
		list_take(contacts, xstrfmt("%s <%s>", *name ? name : open + 1, open + 1));
	} else {
		name = import_name(text);
		if (*name)
			list_add(contacts, name);
	}
	free(name);
}

void import_people_add(struct list *contacts, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, ";");
		char *one = trim(xstrndup(text, len));

		if (*one)
			add_person(contacts, one);
		free(one);
		text += len + (text[len] == ';');
	}
}

/* ---- markup ---- */

static bool is_tag(const char *tag, size_t len, const char *name)
{
	return len >= strlen(name) && !strncasecmp(tag, name, strlen(name)) &&
	       (len == strlen(name) || !isalnum((unsigned char)tag[strlen(name)]));
}

static bool ends_line(const char *tag, size_t len)
{
	static const char *const tags[] = {
		"br", "/p", "/div", "/li", "/tr", "/h1", "/h2", "/h3"};

	for (size_t i = 0; i < ARRAY_SIZE(tags); i++)
		if (is_tag(tag, len, tags[i]))
			return true;
	return false;
}

/* Adds what an entity stands for; the length of its text, 0: it is none. */
static size_t add_entity(struct str *out, const char *text)
{
	static const struct {
		const char *name, *is;
	} entities[] = {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""},
		{"&apos;", "'"}, {"&#39;", "'"}, {"&#x27;", "'"}, {"&nbsp;", " "},
		{"&#160;", " "}};

	for (size_t i = 0; i < ARRAY_SIZE(entities); i++)
		if (starts_with(text, entities[i].name)) {
			str_add(out, entities[i].is);
			return strlen(entities[i].name);
		}
	return 0;
}

static char *without_tags(const char *html)
{
	struct str out = STR_INIT;

	while (*html) {
		const char *end =
			*html == '<' && (isalpha((unsigned char)html[1]) || html[1] == '/')
				? strchr(html, '>')
				: NULL;
		size_t entity = *html == '&' ? add_entity(&out, html) : 0;

		if (end && ends_line(html + 1, (size_t)(end - html) - 1))
			str_addch(&out, '\n');
		if (!end && !entity)
			str_addch(&out, *html);
		html = end ? end + 1 : html + (entity ? entity : 1);
	}
	return str_detach(&out);
}

void import_text_add(char **text, const char *more, bool html)
{
	char *plain = trim(html ? without_tags(more) : xstrdup(more));
	char *all = *text && *plain ? xstrfmt("%s\n%s", *text, plain) : NULL;

	if (all) {
		free(*text);
		*text = all;
	} else if (*plain) {
		*text = xstrdup(plain);
	}
	free(plain);
}
