/*
 * The lines of standard input, put by in a file without a name, by the opportunity that
 * they are about: in memory stay 24 bytes a line and the ids.
 *
 *	spool_init → spool_read → spool_line (any of them) → spool_release
 */
#ifndef FU_CMD_LINE_SPOOL_H
#define FU_CMD_LINE_SPOOL_H

#include "core/act_lines.h"
#include "core/str.h"

#include <stdint.h>
#include <stdio.h>

#define SPOOL_LINE_MAX (4u << 20) /* bytes of a line */
#define SPOOL_LINES_MAX 1000000u
#define SPOOL_NONE UINT32_MAX

struct spool_line {
	off_t at; /* in the file */
	uint32_t len;
	uint32_t number; /* in the input, from 1 on, blank lines counted */
	uint32_t next;   /* of the same opportunity; SPOOL_NONE: the last one */
};
struct spool_group {
	char *id; /* the opportunity's */
	uint32_t first, last;
	bool exists;  /* the repository has it */
	bool changes; /* the acts change something in it */
};
struct spool {
	FILE *file;
	off_t end;
	struct spool_line *lines;
	size_t n, cap;
	struct spool_group **groups; /* sorted by id after spool_read */
	size_t groups_n, groups_cap;
	void *tree; /* the same, by id */
};

void spool_init(struct spool *s);
void spool_release(struct spool *s);

/*
 * Reads all of it; `step` is called for each line. A line that says no opportunity is a
 * fault. ERR_FAILED: it cannot be read or put by, a line is too long, there are too many.
 */
int spool_read(struct spool *s, FILE *in, struct line_faults *faults,
	void (*step)(void *context), void *context);

/* The bytes of a line. ERR_FAILED. */
int spool_line(struct spool *s, const struct spool_line *line, struct str *out);

#endif
