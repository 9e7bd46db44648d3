/*
 * The bytes of a calendar. libical takes what it can and passes over the rest, so what
 * it is given is looked at first: is it a calendar, is it whole, and on which line does
 * each event begin?
 */
#include "storage/ics/ics.h"

#include "core/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define NAME_MAX_LEN 32
#define DEPTH_MAX 16

/* ---- reading ---- */

static char *too_large(void)
{
	return xstrfmt("a calendar of more than %u MB is not read", ICS_MAX_BYTES >> 20);
}

static bool read_all(struct ics_file *file, int fd, char **fault)
{
	size_t cap = 1u << 16;

	file->bytes = xmalloc(cap + 1);
	for (;;) {
		ssize_t n = read(fd, file->bytes + file->len, cap - file->len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			*fault = xstrdup(strerror(errno));
			return false;
		}
		file->len += (size_t)n;
		file->bytes[file->len] = '\0';
		if (!n)
			return true;
		if (file->len > ICS_MAX_BYTES) {
			*fault = too_large();
			return false;
		}
		if (file->len == cap) {
			cap *= 2;
			file->bytes = xrealloc(file->bytes, cap + 1);
		}
	}
}

/* A pipe is fine (`--busy <(curl …)`), a directory is not. */
static bool read_path(struct ics_file *file, const char *path, char **fault)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	struct stat st;
	bool good = false;

	if (fd < 0 || fstat(fd, &st))
		*fault = xstrdup(strerror(errno));
	else if (S_ISDIR(st.st_mode))
		*fault = xstrdup(strerror(EISDIR));
	else if (S_ISREG(st.st_mode) && st.st_size > (off_t)ICS_MAX_BYTES)
		*fault = too_large();
	else
		good = read_all(file, fd, fault);
	if (fd >= 0)
		close(fd);
	return good;
}

/* ---- looking it over ---- */

struct scan {
	struct ics_file *file;
	char open[DEPTH_MAX][NAME_MAX_LEN]; /* the components that have begun */
	unsigned opened[DEPTH_MAX];         /* on which line */
	size_t depth;
	bool any;
};

/* The name behind "BEGIN:" or "END:", NULL: the line is none. */
static bool read_mark(char name[NAME_MAX_LEN], const char *mark, const char *line, size_t len)
{
	size_t skip = strlen(mark);

	if (len <= skip || strncasecmp(line, mark, skip))
		return false;
	len -= skip;
	line += skip;
	while (len && (line[len - 1] == ' ' || line[len - 1] == '\t'))
		len--;
	if (!len || len >= NAME_MAX_LEN)
		return false;
	memcpy(name, line, len);
	name[len] = '\0';
	return true;
}

static void note_line(struct ics_file *file, unsigned line)
{
	GROW(file->lines, file->lines_n, file->lines_cap);
	file->lines[file->lines_n++] = line;
}

static char *begin(struct scan *s, const char *name, unsigned line)
{
	if (!s->depth && strcasecmp(name, "VCALENDAR"))
		return xstrfmt("no calendar: %s stands outside of one", name);
	if (s->depth == DEPTH_MAX)
		return xstrdup("components are nested too deeply");
	if (s->depth == 1 && (!strcasecmp(name, "VEVENT") || !strcasecmp(name, "VFREEBUSY")))
		note_line(s->file, line);
	memcpy(s->open[s->depth], name, strlen(name) + 1);
	s->opened[s->depth++] = line;
	s->any = true;
	return NULL;
}

static char *end(struct scan *s, const char *name)
{
	if (!s->depth)
		return xstrfmt("END:%s, and nothing has begun", name);
	if (strcasecmp(s->open[s->depth - 1], name))
		return xstrfmt("END:%s, where %s of line %u is to end first", name,
			s->open[s->depth - 1], s->opened[s->depth - 1]);
	s->depth--;
	return NULL;
}

static char *scan_line(struct scan *s, const char *line, size_t len, unsigned number)
{
	char name[NAME_MAX_LEN];

	if (memchr(line, '\0', len))
		return xstrdup("a NUL byte");
	if (!len || *line == ' ' || *line == '\t')
		return NULL;
	if (read_mark(name, "BEGIN:", line, len))
		return begin(s, name, number);
	if (read_mark(name, "END:", line, len))
		return end(s, name);
	return s->depth ? NULL : xstrdup("not a calendar");
}

static bool look_over(struct ics_file *file, const char *text, char **fault)
{
	struct scan s = {.file = file};
	const char *stop = file->bytes + file->len;
	unsigned number = 0;

	while (text < stop && !*fault) {
		const char *newline = memchr(text, '\n', (size_t)(stop - text));
		const char *next = newline ? newline + 1 : stop;
		size_t len = (size_t)((newline ? newline : stop) - text);

		file->fault_line = ++number;
		*fault = scan_line(
			&s, text, len && text[len - 1] == '\r' ? len - 1 : len, number);
		text = next;
	}
	if (!*fault && s.depth)
		*fault = xstrfmt("the file ends, and %s of line %u has not",
			s.open[s.depth - 1], s.opened[s.depth - 1]);
	if (!*fault && !s.any) {
		file->fault_line = 0;
		*fault = xstrdup("not a calendar");
	}
	return !*fault;
}

bool ics_file_read(struct ics_file *file, const char *path, char **fault)
{
	const char *text;

	if (!read_path(file, path, fault))
		return false;
	text = file->bytes;
	if (!strncmp(text, "\xef\xbb\xbf", 3)) /* a byte order mark */
		text += 3;
	if (!look_over(file, text, fault))
		return false;
	file->fault_line = 0;
	file->root = icalparser_parse_string(text);
	if (!file->root)
		*fault = xstrdup("the calendar library cannot read it");
	return file->root != NULL;
}

void ics_file_release(struct ics_file *file)
{
	if (file->root)
		icalcomponent_free(file->root);
	free(file->bytes);
	free(file->lines);
	*file = (struct ics_file){0};
}
