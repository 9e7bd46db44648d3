#include "core/utf8.h"

#include <stdint.h>
#include <string.h>
#include <utf8proc.h>

#define INVALID (-1)
#define MAX_DECOMPOSED 32 /* the longest one (U+FDFA) has 18 */

/* Reads one code point; a byte that begins none is INVALID and one byte long. */
static size_t next_char(const char *text, size_t len, utf8proc_int32_t *code)
{
	utf8proc_ssize_t used =
		utf8proc_iterate((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)len, code);

	if (used > 0)
		return (size_t)used;
	*code = INVALID;
	return 1;
}

static void add_char(struct str *out, utf8proc_int32_t code)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t len = utf8proc_encode_char(code, bytes);

	str_addn(out, bytes, (size_t)len);
}

bool utf8_valid(const char *bytes, size_t len)
{
	utf8proc_int32_t code;

	for (size_t at = 0; at < len;) {
		if ((unsigned char)bytes[at] < 0x80) {
			at++;
			continue;
		}
		at += next_char(bytes + at, len - at, &code);
		if (code == INVALID)
			return false;
	}
	return true;
}

/* How many bytes the text begins with that are plain: visible ASCII and blanks, which stand
 * for themselves and take a column each. Most text is nothing else: eight at a time. */
static size_t plain_length(const char *text, size_t len)
{
	const uint64_t each = UINT64_C(0x0101010101010101), high = each * 0x80;
	uint64_t eight;
	size_t at = 0;

	for (; at + sizeof(eight) <= len; at += sizeof(eight)) {
		memcpy(&eight, text + at, sizeof(eight));
		if ((eight | (eight - each * 0x20) | (eight + each)) & high)
			break;
	}
	while (at < len && text[at] >= 0x20 && text[at] < 0x7f)
		at++;
	return at;
}

static size_t char_width(utf8proc_int32_t code)
{
	int width = code == INVALID ? 1 : utf8proc_charwidth(code);

	return width > 0 ? (size_t)width : 0;
}

size_t utf8_width(const char *text)
{
	size_t len = strlen(text), width = plain_length(text, len);
	utf8proc_int32_t code;

	for (size_t at = width; at < len;) {
		at += next_char(text + at, len - at, &code);
		width += char_width(code);
	}
	return width;
}

void utf8_cut(struct str *out, const char *text, size_t width)
{
	size_t len = strlen(text), at = 0, used = 0;

	if (utf8_width(text) <= width) {
		str_add(out, text);
		return;
	}
	if (!width)
		return;
	while (at < len) {
		utf8proc_int32_t code;
		size_t step = next_char(text + at, len - at, &code);

		if (used + char_width(code) > width - 1)
			break;
		used += char_width(code);
		at += step;
	}
	str_addn(out, text, at);
	str_add(out, "…");
}

static bool opens(utf8proc_int32_t code)
{
	utf8proc_category_t category = utf8proc_category(code);

	return category == UTF8PROC_CATEGORY_PS || category == UTF8PROC_CATEGORY_PI;
}

static bool closes(utf8proc_int32_t code)
{
	utf8proc_category_t category = utf8proc_category(code);

	return category == UTF8PROC_CATEGORY_PE || category == UTF8PROC_CATEGORY_PF ||
	       category == UTF8PROC_CATEGORY_PO;
}

size_t utf8_break(const char *text, size_t len, size_t width)
{
	utf8proc_int32_t code, before = 0;
	size_t used = 0, found = 0;

	for (size_t at = 0; at < len && used <= width; before = code) {
		size_t step = next_char(text + at, len - at, &code), wide = char_width(code);

		if (at && wide && (wide > 1 || char_width(before) > 1) && !closes(code) &&
			!opens(before))
			found = at;
		used += wide;
		at += step;
	}
	return found;
}

static void fold_char(struct str *out, utf8proc_int32_t code)
{
	const utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
				      UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE |
				      UTF8PROC_LUMP;
	utf8proc_int32_t parts[MAX_DECOMPOSED];
	int boundary = UTF8PROC_BOUNDCLASS_START;
	utf8proc_ssize_t n =
		utf8proc_decompose_char(code, parts, MAX_DECOMPOSED, how, &boundary);

	for (utf8proc_ssize_t i = 0; i < n && i < MAX_DECOMPOSED; i++)
		add_char(out, parts[i]);
}

void utf8_fold(struct str *out, const char *text)
{
	size_t len = strlen(text);

	str_reserve(out, len);
	for (size_t at = 0; at < len;) {
		unsigned char c = (unsigned char)text[at];
		utf8proc_int32_t code;
		size_t step;

		if (c < 0x80 && c != '`') { /* '`' is lumped with the quotes */
			str_addch(out, c >= 'A' && c <= 'Z' ? (char)(c + 32) : (char)c);
			at++;
			continue;
		}
		step = next_char(text + at, len - at, &code);
		if (code == INVALID)
			str_addn(out, text + at, step);
		else
			fold_char(out, code);
		at += step;
	}
}

char *utf8_folded(const char *text)
{
	struct str out = STR_INIT;

	utf8_fold(&out, text);
	return str_detach(&out);
}

void utf8_add_repaired(struct str *out, const char *text)
{
	size_t len = strlen(text);

	for (size_t at = 0; at < len;) {
		utf8proc_int32_t code;
		size_t step = next_char(text + at, len - at, &code);

		if (code == INVALID)
			str_add(out, "\xef\xbf\xbd");
		else
			str_addn(out, text + at, step);
		at += step;
	}
}

/* What a terminal may take as a command: bidi controls, line separators, C1. */
static bool is_unsafe(utf8proc_int32_t code)
{
	return (code >= 0x80 && code <= 0x9f) || code == 0x061c || code == 0x200e ||
	       code == 0x200f || (code >= 0x2028 && code <= 0x202e) ||
	       (code >= 0x2066 && code <= 0x2069);
}

static void add_escaped_byte(struct str *out, unsigned char c)
{
	if (c == '\n')
		str_add(out, "\\n");
	else if (c == '\t')
		str_add(out, "\\t");
	else if (c == '\r')
		str_add(out, "\\r");
	else
		str_addf(out, "\\x%02x", c);
}

static void add_safely(struct str *out, const char *text, bool lines)
{
	size_t len = strlen(text);

	str_reserve(out, len);
	for (size_t at = 0; at < len;) {
		size_t step = plain_length(text + at, len - at);
		unsigned char c = (unsigned char)text[at + step];
		utf8proc_int32_t code;

		str_addn(out, text + at, step);
		at += step;
		if (c < 0x80) {
			if (lines && c == '\n')
				str_addch(out, (char)c);
			else if (c)
				add_escaped_byte(out, c);
			at += c != '\0';
			continue;
		}
		step = next_char(text + at, len - at, &code);
		if (code == INVALID)
			add_escaped_byte(out, c);
		else if (is_unsafe(code))
			str_addf(out, "<U+%04X>", (unsigned)code);
		else
			str_addn(out, text + at, step);
		at += step;
	}
}

void safe_add(struct str *out, const char *text)
{
	add_safely(out, text, false);
}

size_t safe_add_wide(struct str *out, const char *text)
{
	size_t len = strlen(text), at = out->len;

	if (plain_length(text, len) == len) {
		str_addn(out, text, len);
		return len;
	}
	safe_add(out, text);
	return utf8_width(out->buf + at);
}

void safe_add_lines(struct str *out, const char *text)
{
	add_safely(out, text, true);
}
