#include "cmd/csv_file.h"

#include "core/error.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static int read_stream(struct str *out, FILE *stream, const char *path)
{
	char buffer[16384];
	size_t got;

	while ((got = fread(buffer, 1, sizeof(buffer), stream))) {
		str_addn(out, buffer, got);
		if (out->len > CSV_MAX_BYTES)
			return error_set(ERR_FAILED, "'%s' is larger than %u MiB: split it",
				path, CSV_MAX_BYTES >> 20);
	}
	if (ferror(stream))
		return error_set(ERR_FAILED, "cannot read '%s': %s", path, strerror(errno));
	return 0;
}

int csv_read_whole(struct str *out, const char *path)
{
	FILE *stream = strcmp(path, "-") ? fopen(path, "rb") : stdin;
	int err;

	if (!stream)
		return error_set(ERR_FAILED, "cannot read '%s': %s", path, strerror(errno));
	err = read_stream(out, stream, path);
	if (stream != stdin)
		fclose(stream);
	return err;
}

struct reading {
	const char *path;
	csv_visitor visit;
	void *context;
	struct list cells;
	unsigned line;   /* being fed */
	unsigned begins; /* of the record that is being read */
	int err;
};

static void end_cell(void *bytes, size_t len, void *context)
{
	struct reading *r = context;
	struct str cell = STR_INIT;

	if (r->err)
		return;
	if (len && memchr(bytes, '\0', len)) {
		r->err = error_set(
			ERR_FAILED, "%s:%u: a NUL byte in a cell", r->path, r->begins);
		return;
	}
	if (r->cells.n == CSV_MAX_CELLS) {
		r->err = error_set(ERR_FAILED, "%s:%u: more than %d columns", r->path,
			r->begins, CSV_MAX_CELLS);
		return;
	}
	str_addn(&cell, bytes, len);
	list_take(&r->cells, str_detach(&cell));
}

static void end_record(int end, void *context)
{
	struct reading *r = context;

	(void)end;
	if (!r->err && r->cells.n)
		r->err = r->visit(r->context, &r->cells, r->begins);
	list_release(&r->cells);
}

/* Line by line, so that every record knows where it began. */
static bool feed_lines(
	struct reading *r, struct csv_parser *parser, const char *at, const char *end)
{
	while (at < end && !r->err) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		size_t len = (size_t)((newline ? newline + 1 : end) - at);

		if (!r->cells.n && parser->pstate == 0)
			r->begins = r->line;
		if (csv_parse(parser, at, len, end_cell, end_record, r) != len)
			return false;
		at += len;
		r->line++;
	}
	return r->err || !csv_fini(parser, end_cell, end_record, r);
}

int csv_each(const char *path, const struct str *text, csv_visitor visit, void *context)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct reading r = {
		.path = path, .visit = visit, .context = context, .line = 1, .begins = 1};
	const char *at = text->buf, *end = text->buf + text->len;
	struct csv_parser parser;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI))
		return error_set(ERR_FAILED, "cannot read CSV");
	if (text->len >= 3 && !memcmp(at, mark, 3))
		at += 3;
	if (!feed_lines(&r, &parser, at, end))
		r.err = error_set(ERR_FAILED, "%s:%u: quotes do not pair: %s", path, r.line,
			csv_strerror(csv_error(&parser)));
	list_release(&r.cells);
	csv_free(&parser);
	return r.err;
}
