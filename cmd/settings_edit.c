#include "cmd/settings_edit.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/storage.h"

#include <stdlib.h>
#include <string.h>

/* The lines of the text (with their newlines), and what it says. */
struct edited {
	const char **lines; /* n + 1 of them: the last one is the end */
	size_t n, cap;
	struct ini doc;
	char *section; /* the two halves of the dotted key */
	const char *key;
};

static void split_lines(struct edited *e, const struct str *in)
{
	const char *at = in->buf, *end = in->buf + in->len;

	for (;;) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));

		GROW(e->lines, e->n, e->cap);
		e->lines[e->n] = at;
		if (at == end)
			return;
		e->n++;
		at = newline ? newline + 1 : end;
	}
}

static int edited_open(struct edited *e, const struct str *in, const char *dotted)
{
	const char *dot = strchr(dotted, '.');

	*e = (struct edited){.key = dot + 1};
	e->section = xstrndup(dotted, (size_t)(dot - dotted));
	split_lines(e, in);
	return ini_read(&e->doc, "fu.ini", in->buf, in->len, INI_SETTINGS);
}

static void edited_close(struct edited *e)
{
	ini_release(&e->doc);
	free(e->section);
	free(e->lines);
}

static bool is_target(const struct edited *e, const struct ini_pair *pair)
{
	return pair->key && !strcmp(pair->section, e->section) && !strcmp(pair->key, e->key);
}

static size_t count_targets(const struct edited *e)
{
	size_t n = 0;

	for (size_t i = 0; i < e->doc.n; i++)
		n += is_target(e, &e->doc.pairs[i]);
	return n;
}

/* ---- which lines a pair stands on ---- */

static bool is_folded(const char *line, const char *end)
{
	size_t backslashes = 0;

	while (end > line && (end[-1] == '\n' || end[-1] == '\r'))
		end--;
	while (end > line && *--end == '\\')
		backslashes++;
	return backslashes % 2;
}

/* The index of the line behind the pair's last one. */
static size_t pair_end(const struct edited *e, size_t pair)
{
	size_t limit = pair + 1 < e->doc.n ? e->doc.pairs[pair + 1].line - 1 : e->n;
	size_t end = e->doc.pairs[pair].line;

	for (size_t i = end; i < limit; i++) {
		const char *line = e->lines[i];
		size_t blanks = strspn(line, " \t");
		bool empty = strchr("\r\n", line[blanks]) != NULL;
		bool comment = line[blanks] == ';' || line[blanks] == '#';

		if (is_folded(e->lines[i - 1], line) ||
			(i == end && !empty && blanks && !comment))
			end = i + 1;
		else if (!empty && (!blanks || comment))
			break;
		else if (!empty)
			end = i + 1; /* blank lines inside a value are its own */
	}
	return end;
}

/* ---- writing ---- */

static void add_lines(struct str *out, const struct edited *e, size_t from, size_t to)
{
	str_addn(out, e->lines[from], (size_t)(e->lines[to] - e->lines[from]));
}

static void end_line(struct str *out)
{
	if (out->len && out->buf[out->len - 1] != '\n')
		str_addch(out, '\n');
}

/* Copies the text; the lines of the key give way to the new one, or to nothing. */
static void replace(struct str *out, const struct edited *e, const char *value)
{
	size_t copied = 0;

	for (size_t i = 0; i < e->doc.n; i++) {
		size_t line = e->doc.pairs[i].line - 1;

		if (!is_target(e, &e->doc.pairs[i]))
			continue;
		add_lines(out, e, copied, line);
		if (value) {
			str_addn(out, e->lines[line], strspn(e->lines[line], " \t"));
			ini_write_pair(out, e->key, value);
		}
		copied = pair_end(e, i);
	}
	add_lines(out, e, copied, e->n);
}

/* Behind the last pair of the key, else of its section, else in a section of its own. */
static void append(struct str *out, const struct edited *e, const char *value)
{
	size_t at = e->n;
	bool found = false, among = false;

	for (size_t i = 0; i < e->doc.n; i++) {
		const struct ini_pair *pair = &e->doc.pairs[i];

		if (strcmp(pair->section, e->section) || (among && !is_target(e, pair)))
			continue;
		among = is_target(e, pair);
		found = true;
		at = pair->key ? pair_end(e, i) : pair->line;
	}
	add_lines(out, e, 0, at);
	end_line(out);
	if (!found)
		ini_write_section(out, e->section);
	ini_write_pair(out, e->key, value);
	add_lines(out, e, at, e->n);
}

/* ---- what came out ---- */

/* The settings that a text of fu.ini makes. */
static int load(struct settings *s, const struct str *text)
{
	struct ini doc = {0};
	int err = ini_read(&doc, "fu.ini", text->buf, text->len, INI_SETTINGS);

	settings_init(s);
	for (size_t i = 0; !err && i < doc.n; i++)
		err = settings_load_pair(
			s, doc.pairs[i].section, doc.pairs[i].key, doc.pairs[i].value);
	err = err ? err : settings_finish(s);
	ini_release(&doc);
	return err ? ERR_USAGE : 0;
}

static int check(const struct str *text)
{
	struct settings s;
	int err = load(&s, text);

	settings_release(&s);
	return err;
}

int settings_edit(struct str *out, const struct str *in, const char *dotted, const char *value,
	enum settings_change change)
{
	struct edited e;
	int err = edited_open(&e, in, dotted);
	size_t there = err ? 0 : count_targets(&e);

	if (err)
		goto out;
	if (change == SETTING_PUT && there > 1) {
		err = error_set(ERR_FAILED, "'%s' has several values", dotted);
		error_hint("--add adds one, --unset removes them all");
		goto out;
	}
	if (change == SETTING_APPEND || (change == SETTING_PUT && !there))
		append(out, &e, value);
	else
		replace(out, &e, change == SETTING_REMOVE ? NULL : value);
	err = check(out);
out:
	edited_close(&e);
	return err;
}

bool settings_sets(const struct str *in, const char *dotted)
{
	struct edited e;
	bool sets = !edited_open(&e, in, dotted) && count_targets(&e);

	edited_close(&e);
	return sets;
}
