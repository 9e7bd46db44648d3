/*
 * UTF-8 text: is it valid, how wide is it, how does it compare, and how may it
 * leave the program. Built on utf8proc, so that nothing depends on the locale.
 */
#ifndef FU_CORE_UTF8_H
#define FU_CORE_UTF8_H

#include "core/str.h"

#include <stdbool.h>
#include <stddef.h>

/* True if the bytes are well-formed UTF-8 (no surrogates, nothing over U+10FFFF). */
bool utf8_valid(const char *bytes, size_t len);

/*
 * Columns on a terminal: wide characters count 2, combining ones 0, a byte that is
 * not UTF-8 counts 1. Meant for text that safe_add made; controls count 0.
 */
size_t utf8_width(const char *text);

/* Adds the text, cut to at most `width` columns; what was cut ends with '…'. */
void utf8_cut(struct str *out, const char *text, size_t width);

/*
 * Where a text without blanks may be broken: how many of its bytes, at most `len`, fit into
 * `width` columns and end between two characters of which one is wide, no closing
 * punctuation behind it and no opening before. 0: nowhere.
 */
size_t utf8_break(const char *text, size_t len, size_t width);

/*
 * Adds the text in the form in which it is compared: case folded, compatibility
 * decomposed, marks and ignorable characters dropped, dashes and quotes alike
 * ("Ångström" and "angstrom" are the same). Invalid bytes stay as they are.
 */
void utf8_fold(struct str *out, const char *text);

/* The folded text as a fresh string that the caller frees. */
char *utf8_folded(const char *text);

/* Replaces invalid bytes by U+FFFD: for JSON, which has no way to carry them. */
void utf8_add_repaired(struct str *out, const char *text);

/*
 * Adds the text as it may leave to a terminal or a pipe (R11): control characters
 * (C0, DEL, C1), bidi controls, line separators and invalid bytes are shown as
 * visible escapes: \n, \t, \x1b, <U+202E>. Everything else stays as it is.
 */
void safe_add(struct str *out, const char *text);

/* The same; returns how many columns it takes. */
size_t safe_add_wide(struct str *out, const char *text);

/* The same, but a newline stays one: for texts of several lines. */
void safe_add_lines(struct str *out, const char *text);

#endif
