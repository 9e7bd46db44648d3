/* The headers of the recap's mail (RFC 5322, RFC 2047). */
#include "core/recap.h"

#include "core/mem.h"
#include "core/prose.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

#define WORD_BYTES 39 /* of text in one encoded word, which has room for 75 characters */

static bool is_plain(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || (unsigned char)*text > 0x7e)
			return false;
	return true;
}

static void add_base64(struct str *out, const unsigned char *bytes, size_t n)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		unsigned long three = (unsigned long)bytes[i] << 16;

		three |= i + 1 < n ? (unsigned long)bytes[i + 1] << 8 : 0;
		three |= i + 2 < n ? bytes[i + 2] : 0;
		str_addch(out, digits[three >> 18 & 63]);
		str_addch(out, digits[three >> 12 & 63]);
		str_addch(out, i + 1 < n ? digits[three >> 6 & 63] : '=');
		str_addch(out, i + 2 < n ? digits[three & 63] : '=');
	}
}

/* How many bytes of the text fit into a word without cutting a character. */
static size_t word_len(const char *text)
{
	size_t len = strlen(text);

	if (len <= WORD_BYTES)
		return len;
	for (len = WORD_BYTES; len > 1 && ((unsigned char)text[len] & 0xc0) == 0x80;)
		len--;
	return len;
}

void recap_add_encoded(struct str *out, const char *text)
{
	struct str safe = STR_INIT, whole = STR_INIT;

	utf8_add_repaired(&whole, text);
	safe_add(&safe, whole.buf); /* a header takes no control characters */
	if (is_plain(safe.buf) && !strstr(safe.buf, "=?")) {
		str_add(out, safe.buf);
	} else {
		for (const char *rest = safe.buf; *rest; rest += word_len(rest)) {
			str_add(out, rest == safe.buf ? "=?UTF-8?B?" : "\n =?UTF-8?B?");
			add_base64(out, (const unsigned char *)rest, word_len(rest));
			str_add(out, "?=");
		}
	}
	str_release(&whole);
	str_release(&safe);
}

/* In quotes where it has what a header would take for its own. */
static void add_name(struct str *out, const char *name, bool encoded)
{
	if (encoded && !is_plain(name)) {
		recap_add_encoded(out, name);
		return;
	}
	if (!strpbrk(name, "()<>[]:;@\\,.\"")) {
		str_add(out, name);
		return;
	}
	str_addch(out, '"');
	for (; *name; name++) {
		if (*name == '"' || *name == '\\')
			str_addch(out, '\\');
		str_addch(out, *name);
	}
	str_addch(out, '"');
}

void recap_add_to(struct str *out, const struct recap *r, bool encoded)
{
	for (size_t i = 0; i < r->to_n; i++) {
		char *name = prose_tidy(r->to[i]->name);
		const char *mail = r->to[i]->mail;

		if (prose_says(mail) && name) {
			/* One a line: a header's line is not to become long. */
			str_add(out, !out->len ? "" : encoded ? ",\n " : ", ");
			add_name(out, name, encoded);
			prose_add(out, " <", mail);
			str_addch(out, '>');
		}
		free(name);
	}
}
