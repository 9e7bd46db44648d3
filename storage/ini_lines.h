/*
 * The physical lines of an INI document, told apart and checked before the
 * library sees them. inih reads 200 bytes at a time, stops at a NUL, takes
 * conflict markers for keys, cuts section names and comments out of values, and
 * says nothing of it: whatever it would misread is a fault here.
 */
#ifndef FU_STORAGE_INI_LINES_H
#define FU_STORAGE_INI_LINES_H

#include "storage/faults.h"
#include "storage/storage.h"

#define INI_LINE_MAX 190 /* bytes; inih 55 holds 200 with CR, LF and NUL */
#define INI_NAME_MAX 49  /* bytes of a key or a section: inih cuts what is longer */
#define INI_LINES_MAX 50000

enum ini_line {
	LINE_END,
	LINE_NOTHING, /* blank, a comment, or faulty */
	LINE_SECTION, /* text is the section's name */
	LINE_KEY,     /* text is `key = value` */
	LINE_MORE     /* text continues the value before it */
};

struct ini_lines {
	const char *at, *end;
	enum ini_form form;
	struct faults *faults;
	unsigned number;  /* of the line handed out, from 1 */
	unsigned blanks;  /* blank lines just before it */
	unsigned remark;  /* the number of the first comment, or 0 */
	const char *text; /* without the blanks around it; not NUL-terminated */
	size_t len;
	/* Set by the caller: is there a value that could go on; did it end in a fold. */
	bool open, folded;
};

enum ini_line ini_lines_next(struct ini_lines *l);

/* True for text that reads `key = …`: a key of letters, digits, '.', '_' and '-'. */
bool ini_looks_like_key(const char *text, size_t len);

/* Bytes of the UTF-8 sequence that text begins with; 0: it is none. len > 0. */
size_t ini_utf8_length(const char *text, size_t len);

#endif
