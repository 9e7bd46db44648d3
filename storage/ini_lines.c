#include "storage/ini_lines.h"

#include <string.h>
#include <utf8proc.h>

size_t ini_utf8_length(const char *text, size_t len)
{
	utf8proc_int32_t codepoint;
	utf8proc_ssize_t n;

	if ((unsigned char)*text < 0x80)
		return 1;
	n = utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, &codepoint);
	return n > 0 ? (size_t)n : 0;
}

static bool is_key_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '.' || c == '_' || c == '-';
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool ini_looks_like_key(const char *text, size_t len)
{
	size_t i = 0;

	while (i < len && is_key_byte(text[i]))
		i++;
	if (!i)
		return false;
	while (i < len && (text[i] == ' ' || text[i] == '\t'))
		i++;
	return i < len && text[i] == '=';
}

static bool is_conflict_marker(const char *line, size_t len)
{
	static const char marks[] = "<|=>";

	if (len < 7 || !strchr(marks, line[0]))
		return false;
	for (size_t i = 1; i < 7; i++)
		if (line[i] != line[0])
			return false;
	return len == 7 || is_blank(line[7]);
}

/* False, with a fault, where the bytes of the line cannot be text. */
static bool line_is_text(struct ini_lines *l, const char *line, size_t len)
{
	if (is_conflict_marker(line, len)) {
		faults_add(l->faults, l->number, "conflict marker '%.7s'", line);
		return false;
	}
	for (size_t i = 0, n; i < len; i += n) {
		n = ini_utf8_length(line + i, len - i);
		if (line[i] && n)
			continue;
		if (line[i])
			faults_add(l->faults, l->number, "byte 0x%02x is not UTF-8",
				(unsigned char)line[i]);
		else
			faults_add(l->faults, l->number, "a NUL byte");
		return false;
	}
	if (len <= INI_LINE_MAX)
		return true;
	faults_add(l->faults, l->number,
		"a line of %zu bytes, %d is the most: end it in '\\' and go on in an indented "
		"line",
		len, INI_LINE_MAX);
	return false;
}

/* "[name]", with nothing but a comment behind it. */
static enum ini_line read_section(struct ini_lines *l, const char *line, size_t len)
{
	const char *close = memchr(line, ']', len);
	size_t after;

	if (!close) {
		faults_add(l->faults, l->number, "a section without ']'");
		return LINE_NOTHING;
	}
	after = (size_t)(close - line) + 1;
	while (after < len && is_blank(line[after]))
		after++;
	if (after < len && line[after] != ';' && line[after] != '#') {
		faults_add(l->faults, l->number, "'%.*s' after the section's ']'",
			(int)(len - after), line + after);
		return LINE_NOTHING;
	}
	l->text = line + 1;
	l->len = (size_t)(close - l->text);
	if (!l->len || l->len > INI_NAME_MAX || memchr(l->text, ';', l->len) ||
		memchr(l->text, '#', l->len)) {
		faults_add(l->faults, l->number,
			"a section's name has 1 to %d bytes and no ';' or '#': '%.*s'",
			INI_NAME_MAX, (int)l->len, l->text);
		return LINE_NOTHING;
	}
	return LINE_SECTION;
}

static enum ini_line read_key(struct ini_lines *l, const char *line, size_t len)
{
	size_t key = 0;

	while (key < len && line[key] != '=' && line[key] != ':')
		key++;
	if (key == len) {
		faults_add(l->faults, l->number,
			"'%.*s' is neither '[section]' nor 'key = value'; what belongs to the "
			"value "
			"above is indented",
			(int)len, line);
		return LINE_NOTHING;
	}
	while (key && is_blank(line[key - 1]))
		key--;
	if (!key || key > INI_NAME_MAX || memchr(line, ';', key) || memchr(line, '#', key)) {
		faults_add(l->faults, l->number,
			"a key has 1 to %d bytes and no ';' or '#': '%.*s'", INI_NAME_MAX,
			(int)key, line);
		return LINE_NOTHING;
	}
	l->text = line;
	l->len = len;
	return LINE_KEY;
}

static bool continues(const struct ini_lines *l, const char *text, size_t len, size_t indent)
{
	if (!indent || !l->open)
		return false;
	if (l->form == INI_RECORD || l->folded)
		return true;
	return text[0] != '[' && !ini_looks_like_key(text, len);
}

static enum ini_line classify(struct ini_lines *l, const char *line, size_t len)
{
	size_t indent = 0;

	while (len && is_blank(line[len - 1]))
		len--;
	while (indent < len && is_blank(line[indent]))
		indent++;
	line += indent;
	len -= indent;
	if (!len) {
		l->blanks++;
		return LINE_NOTHING;
	}
	if (*line == ';' || *line == '#') {
		if (!l->remark)
			l->remark = l->number;
		return LINE_NOTHING;
	}
	if (continues(l, line, len, indent)) {
		l->text = line;
		l->len = len;
		return LINE_MORE;
	}
	if (*line == '[')
		return read_section(l, line, len);
	return read_key(l, line, len);
}

enum ini_line ini_lines_next(struct ini_lines *l)
{
	const char *line = l->at, *newline;
	size_t len;

	if (l->at == l->end)
		return LINE_END;
	if (l->number == INI_LINES_MAX) {
		faults_add(l->faults, l->number, "more than %d lines", INI_LINES_MAX);
		return LINE_END;
	}
	newline = memchr(line, '\n', (size_t)(l->end - line));
	l->at = newline ? newline + 1 : l->end;
	l->number++;
	len = (size_t)((newline ? newline : l->end) - line);
	if (len && line[len - 1] == '\r')
		len--;
	if (l->number == 1 && len >= 3 && !memcmp(line, "\xef\xbb\xbf", 3)) {
		faults_add(l->faults, 1, "a byte order mark: save the file as plain UTF-8");
		return LINE_NOTHING;
	}
	if (!line_is_text(l, line, len))
		return LINE_NOTHING;
	return classify(l, line, len);
}
