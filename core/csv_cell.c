#include "core/csv_cell.h"

#include "core/utf8.h"

#include <string.h>

/* Skips one of the strings of the list (NULL at the end), or returns NULL. */
static const char *skip_one(const char *text, const char *const *list)
{
	for (; *list; list++)
		if (starts_with(text, *list))
			return text + strlen(*list);
	return NULL;
}

/* What is before the first character that counts: blanks of all kinds, marks that are
 * not seen, quotes. */
static const char *skip_cover(const char *text)
{
	static const char *const cover[] = {" ", "\"", "'", "\v", "\f", "\xc2\xa0",
		"\xe2\x80\x80", "\xe2\x80\x81", "\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84",
		"\xe2\x80\x85", "\xe2\x80\x86", "\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89",
		"\xe2\x80\x8a", "\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d", "\xe2\x80\x8e",
		"\xe2\x80\x8f", "\xe2\x80\x98", "\xe2\x80\x99", "\xe2\x80\x9c", "\xe2\x80\x9d",
		"\xe2\x80\xaf", "\xe2\x81\xa0", "\xe3\x80\x80", "\xef\xbb\xbf", "\xef\xbc\x82",
		"\xef\xbc\x87", NULL};
	const char *next;

	while ((next = skip_one(text, cover)))
		text = next;
	return text;
}

bool csv_cell_runs(const char *text)
{
	/* = + - @, tab and line breaks; ＝ ＋ － ＠, the minus sign, and small forms. */
	static const char *const starts[] = {"=", "+", "-", "@", "\t", "\r", "\n",
		"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0", "\xe2\x88\x92",
		"\xef\xb9\xa6", "\xef\xb9\xa2", "\xef\xb9\xa3", "\xef\xb9\xab", NULL};

	return skip_one(skip_cover(text), starts) != NULL;
}

void csv_cell_add(struct str *out, const char *text)
{
	struct str cell = STR_INIT;

	if (csv_cell_runs(text))
		str_addch(&cell, '\'');
	safe_add_lines(&cell, text);
	/* A spreadsheet may take ; or a tab to stand between cells. */
	if (cell.buf[strcspn(cell.buf, ",;\"\n")] || starts_with(cell.buf, " ") ||
		ends_with(cell.buf, " ")) {
		str_addch(out, '"');
		for (const char *c = cell.buf; *c; c++) {
			if (*c == '"')
				str_addch(out, '"');
			str_addch(out, *c);
		}
		str_addch(out, '"');
	} else {
		str_add(out, cell.buf);
	}
	str_release(&cell);
}
