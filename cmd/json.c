/* JSON as it leaves: one document, nothing raw in it that could drive a terminal. */
#include "cmd/json.h"

#include "core/mem.h"
#include "core/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static uint32_t code_point(const char *bytes, size_t len)
{
	static const unsigned char masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	uint32_t code = (unsigned char)bytes[0] & masks[len];

	for (size_t i = 1; i < len; i++)
		code = code << 6 | ((unsigned char)bytes[i] & 0x3f);
	return code;
}

static void add_escape(struct str *out, uint32_t code)
{
	if (code < 0x10000) {
		str_addf(out, "\\u%04X", code);
		return;
	}
	code -= 0x10000;
	str_addf(out, "\\u%04X\\u%04X", 0xd800 + (code >> 10), 0xdc00 + (code & 0x3ff));
}

static size_t character_length(const char *text)
{
	size_t len = 1;

	while (len < 4 && ((unsigned char)text[len] & 0xc0) == 0x80)
		len++;
	return len;
}

/* What safe_add would not let through as it is. */
static bool is_unsafe(const char *character)
{
	struct str shown = STR_INIT;
	bool unsafe;

	safe_add(&shown, character);
	unsafe = strcmp(shown.buf, character) != 0;
	str_release(&shown);
	return unsafe;
}

/* Adds what jansson made. It escapes C0 only; DEL, C1 and bidi controls can stand
 * in strings alone, so they may be escaped anywhere. */
static void add_safely(struct str *out, const char *text)
{
	while (*text) {
		size_t plain = 0, len;
		char character[5] = "";

		while (text[plain] && !(text[plain] & 0x80) && text[plain] != 0x7f)
			plain++;
		str_addn(out, text, plain);
		text += plain;
		if (!*text)
			return;
		len = character_length(text);
		memcpy(character, text, len);
		if (is_unsafe(character))
			add_escape(out, code_point(character, len));
		else
			str_addn(out, character, len);
		text += len;
	}
}

static void add_document(struct str *out, const json_t *document, size_t flags)
{
	char *text = json_dumps(document, flags | JSON_ENCODE_ANY | JSON_REAL_PRECISION(16));

	/* NULL would be a string that is not UTF-8, and json_of_text makes none. */
	if (!text)
		abort();
	add_safely(out, text);
	free(text);
}

void json_add(struct str *out, const json_t *document)
{
	add_document(out, document, JSON_INDENT(2));
}

void json_add_line(struct str *out, const json_t *document)
{
	add_document(out, document, JSON_COMPACT);
	str_addch(out, '\n');
}
