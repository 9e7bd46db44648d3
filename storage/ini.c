/*
 * Reading INI documents, through the inih that is installed.
 *
 * The format is inih's (sections, `key = value`, whole-line comments from ';' or
 * '#', an indented line continues the value before it), with what it takes to
 * keep any text:
 *
 *	notes = Called Anna; she wants a demo \; maybe two \; before \
 *	    the board meets on 4 November.
 *	    Second line.\n
 *	    New paragraph.
 *
 * - Escapes: \\ \n \r \t \s (a space) \; \# and \xHH for the other control
 *   characters (01 … 1f, 7f). A backslash before anything else is a fault.
 * - A line that ends in a single backslash is folded: the next one goes on
 *   without a line break.
 * - A continuation line is a line of the value. An empty first line (`key =`)
 *   does not count, so that a text can begin below its key. Blank lines
 *   between the lines of a value are empty lines of it.
 * - ' ;' inside a value is text: comments have lines of their own.
 * - Repeated keys are pairs of their own, in order.
 *
 * The lines are checked first (ini_lines.c) and handed to inih one by one, in a
 * form that all of its versions and builds read alike; they differ in comments
 * behind values, in what they call the handler for, and in the line's number.
 */
#ifdef HAVE_INI_GLOBALS
#define INI_HANDLER_LINENO 1
#endif
#include <ini.h>

#include "storage/ini_lines.h"

#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

/* Strings of a document, allocated together. */
struct ini_text {
	struct ini_text *next;
	size_t used, size;
	char bytes[];
};

struct parse {
	struct ini *doc;
	struct ini_lines lines;
	struct faults faults;
	enum ini_line kind; /* of the line that inih has now */
	char *section;
	/* The pair whose value is being put together. */
	char *key;
	unsigned key_line;
	struct str value;
};

static char *keep_text(struct ini *doc, const char *text, size_t len)
{
	struct ini_text *block = doc->texts;
	char *kept;

	if (!block || block->size - block->used < len + 1) {
		size_t size = len + 1 > 4000 ? len + 1 : 4000;

		block = xmalloc(sizeof(*block) + size);
		*block = (struct ini_text){.next = doc->texts, .size = size};
		doc->texts = block;
	}
	kept = block->bytes + block->used;
	memcpy(kept, text, len);
	kept[len] = '\0';
	block->used += len + 1;
	return kept;
}

static void add_pair(struct parse *p, char *key, char *value, unsigned line)
{
	struct ini *doc = p->doc;

	GROW(doc->pairs, doc->n, doc->cap);
	doc->pairs[doc->n++] = (struct ini_pair){
		.section = p->section, .key = key, .value = value, .line = line};
}

/* The value is complete: what comes next begins something else. */
static void close_pair(struct parse *p)
{
	if (p->lines.folded)
		faults_add(&p->faults, p->key_line,
			"the value of '%s' ends in '\\' and nothing continues it", p->key);
	if (p->key)
		add_pair(p, p->key, keep_text(p->doc, p->value.buf, p->value.len), p->key_line);
	str_truncate(&p->value, 0);
	p->key = NULL;
	p->lines.open = false;
	p->lines.folded = false;
}

/* ---- escapes ---- */

static int hex_digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;

	return at ? (int)(at - digits) : -1;
}

static size_t decode_hex(struct parse *p, const char *text)
{
	int high = hex_digit(text[2]), low = high < 0 ? -1 : hex_digit(text[3]);
	int byte = high * 16 + low;

	if (low < 0 || byte < 1 || byte > 0x7f) {
		faults_add(&p->faults, p->lines.number,
			"'\\x' takes two hexadecimal digits from 01 to 7f");
		return 2;
	}
	str_addch(&p->value, (char)byte);
	return 4;
}

/* text begins with a backslash that is not the last byte; how many bytes it took. */
static size_t decode_escape(struct parse *p, const char *text)
{
	static const char escapes[] = "\\\\n\nr\rt\ts ;;##";

	if (text[1] == 'x')
		return decode_hex(p, text);
	for (const char *e = escapes; *e; e += 2)
		if (*e == text[1]) {
			str_addch(&p->value, e[1]);
			return 2;
		}
	faults_add(&p->faults, p->lines.number,
		"unknown escape '\\%.*s': a backslash is written '\\\\'",
		(int)ini_utf8_length(text + 1, strlen(text + 1)), text + 1);
	return 2;
}

static void decode(struct parse *p, const char *text)
{
	p->lines.folded = false;
	while (*text) {
		size_t plain = strcspn(text, "\\");

		str_addn(&p->value, text, plain);
		text += plain;
		if (*text && !text[1]) {
			p->lines.folded = true;
			return;
		}
		if (*text)
			text += decode_escape(p, text);
	}
}

/* ---- what inih calls ---- */

/*
 * Writes the line as every inih reads it: a ';' or '#' that would begin a comment
 * behind the value is escaped, an indent becomes one space.
 */
static bool render_line(const struct ini_lines *l, enum ini_line kind, char *buf, size_t size)
{
	size_t used = 0;

	if (kind == LINE_SECTION)
		buf[used++] = '[';
	else if (kind == LINE_MORE)
		buf[used++] = ' ';
	for (size_t i = 0; i < l->len; i++) {
		char c = l->text[i];
		char before = i ? l->text[i - 1] : 'x';

		if (used + 4 > size)
			return false;
		if (kind != LINE_SECTION && (c == ';' || c == '#') &&
			(before == ' ' || (before >= '\t' && before <= '\r')))
			buf[used++] = '\\';
		buf[used++] = c;
	}
	if (kind == LINE_SECTION)
		buf[used++] = ']';
	buf[used++] = '\n';
	buf[used] = '\0';
	return true;
}

static void begin_section(struct parse *p)
{
	close_pair(p);
	p->section = keep_text(p->doc, p->lines.text, p->lines.len);
	add_pair(p, NULL, NULL, p->lines.number);
}

static char *read_line(char *buf, int size, void *stream)
{
	struct parse *p = stream;

	p->kind = ini_lines_next(&p->lines);
	if (p->kind == LINE_END)
		return NULL;
	if (p->kind == LINE_SECTION)
		begin_section(p);
	if (p->kind == LINE_NOTHING) {
		memcpy(buf, "\n", 2);
	} else if (!render_line(&p->lines, p->kind, buf, (size_t)size)) {
		faults_add(&p->faults, p->lines.number, "a line with too many ';'");
		p->kind = LINE_NOTHING;
		memcpy(buf, "\n", 2);
	}
	return buf;
}

static void take_key(struct parse *p, const char *key, const char *value)
{
	close_pair(p);
	p->key = keep_text(p->doc, key, strlen(key));
	p->key_line = p->lines.number;
	p->lines.open = true;
	p->lines.blanks = 0;
	decode(p, value);
}

static void take_more(struct parse *p, const char *value)
{
	bool begins = !p->value.len; /* the text begins below its key */

	if (!p->lines.folded && !begins)
		for (unsigned i = 0; i <= p->lines.blanks; i++)
			str_addch(&p->value, '\n');
	p->lines.blanks = 0;
	decode(p, value);
}

static int handle(struct parse *p, const char *section, const char *key, const char *value)
{
	if (!key)
		return 1; /* some builds announce sections; read_line has done that */
	if (!value || strcmp(section, p->section)) {
		faults_add(&p->faults, p->lines.number, "not understood");
		return 1;
	}
	if (p->kind == LINE_MORE)
		take_more(p, value);
	else
		take_key(p, key, value);
	return 1;
}

#ifdef HAVE_INI_GLOBALS
static int handle_pair(
	void *user, const char *section, const char *key, const char *value, int line)
{
	(void)line; /* of the line that read_line handed out, as p->lines.number */
	return handle(user, section, key, value);
}

static void set_up_library(void)
{
	ini_allow_multiline = true;
	ini_allow_inline_comments = true;
	ini_start_comment_prefixes = (char *)";#";
	ini_inline_comment_prefixes = (char *)";";
	ini_use_stack = true;
	ini_max_line = 200;
	ini_stop_on_first_error = false;
	ini_allow_no_value = false;
}
#else
static int handle_pair(void *user, const char *section, const char *key, const char *value)
{
	return handle(user, section, key, value);
}

static void set_up_library(void)
{
}
#endif

int ini_read(
	struct ini *out, const char *name, const char *bytes, size_t len, enum ini_form form)
{
	struct parse p = {.doc = out, .faults = {.name = name}, .value = STR_INIT};
	int line, result;

	*out = (struct ini){0};
	if (len > INI_MAX_BYTES)
		return error_set(ERR_FAILED, "%s: %zu bytes are too many, %u is the most", name,
			len, INI_MAX_BYTES);
	p.lines = (struct ini_lines){
		.at = bytes, .end = bytes + len, .form = form, .faults = &p.faults};
	p.section = keep_text(out, "", 0);
	set_up_library();
	line = ini_parse_stream(read_line, &p, handle_pair, &p);
	if (line > 0 && !p.faults.n)
		faults_add(&p.faults, (unsigned)line, "not understood");
	else if (line < 0)
		faults_add(&p.faults, 0, "not understood");
	close_pair(&p);
	out->remark = p.lines.remark;
	str_release(&p.value);
	result = faults_raise(&p.faults, ERR_FAILED);
	if (result)
		ini_release(out);
	return result;
}

void ini_release(struct ini *doc)
{
	while (doc->texts) {
		struct ini_text *next = doc->texts->next;

		free(doc->texts);
		doc->texts = next;
	}
	free(doc->pairs);
	*doc = (struct ini){0};
}
