#include "cmd/line_spool.h"

#include "core/act_json.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/opportunity.h"

#include <errno.h>
#include <jansson.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void spool_init(struct spool *s)
{
	*s = (struct spool){0};
}

static void keep_group(void *group)
{
	(void)group; /* `groups` owns them */
}

void spool_release(struct spool *s)
{
	if (s->file)
		fclose(s->file);
	tdestroy(s->tree, keep_group);
	for (size_t i = 0; i < s->groups_n; i++) {
		free(s->groups[i]->id);
		free(s->groups[i]);
	}
	free(s->groups);
	free(s->lines);
	*s = (struct spool){0};
}

static int compare_groups(const void *a, const void *b)
{
	return strcmp(((const struct spool_group *)a)->id, ((const struct spool_group *)b)->id);
}

static int compare_group_slots(const void *a, const void *b)
{
	return compare_groups(*(void *const *)a, *(void *const *)b);
}

/* ---- which opportunity a line is about ---- */

/*
 * Found by looking for the key, which is much cheaper than understanding the line. What
 * this takes for the id is compared when the line is understood (act_lines_read), and a
 * line in which it finds none is understood at once.
 */
static char *glance_id(const char *line, size_t len)
{
	static const char key[] = "\"opportunity\"";
	const char *end = line + len, *at = memmem(line, len, key, sizeof(key) - 1), *id;

	if (!at)
		return NULL;
	at += sizeof(key) - 1;
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	if (at == end || *at++ != ':')
		return NULL;
	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	if (at == end || *at++ != '"')
		return NULL;
	for (id = at; at < end && *at != '"' && *at != '\\'; at++)
		;
	if (at == end || *at != '"' || memchr(id, '\0', (size_t)(at - id)))
		return NULL;
	return xstrndup(id, (size_t)(at - id));
}

static int understand_id(char **out, const char *line, size_t len)
{
	json_error_t error;
	json_t *json = json_loadb(line, len, JSON_REJECT_DUPLICATES, &error);
	const char *id = json_string_value(json_object_get(json, "opportunity"));
	int err = 0;

	if (!json)
		err = error_set(ERR_FAILED, "not JSON: %s", error.text);
	else if (!json_is_object(json))
		err = error_set(ERR_FAILED, "an act is a JSON object");
	else if (!id)
		err = error_set(
			ERR_FAILED, "'opportunity' is missing: the id of the opportunity");
	else
		*out = xstrdup(id);
	json_decref(json);
	return err;
}

static int find_id(char **out, const char *line, size_t len)
{
	int err = 0;

	*out = glance_id(line, len);
	if (!*out)
		err = understand_id(out, line, len);
	if (!err && !opportunity_id_valid(*out)) {
		err = error_set(ERR_FAILED, "not the id of an opportunity: '%s'", *out);
		free(*out);
		*out = NULL;
	}
	return err;
}

/* ---- reading ---- */

static struct spool_group *group_of(struct spool *s, char *id)
{
	struct spool_group wanted = {.id = id}, *group;
	struct spool_group **there = tfind(&wanted, &s->tree, compare_groups);

	if (there) {
		free(id);
		return *there;
	}
	group = xcalloc(1, sizeof(*group));
	*group = (struct spool_group){.id = id, .first = SPOOL_NONE};
	if (!tsearch(group, &s->tree, compare_groups))
		abort();
	GROW(s->groups, s->groups_n, s->groups_cap);
	return s->groups[s->groups_n++] = group;
}

static int put_by(struct spool *s, const char *line, size_t len, uint32_t number, char *id)
{
	struct spool_group *group = group_of(s, id);
	uint32_t at = (uint32_t)s->n;

	if (fwrite(line, 1, len, s->file) != len)
		return error_set(
			ERR_FAILED, "cannot write a temporary file: %s", strerror(errno));
	GROW(s->lines, s->n, s->cap);
	s->lines[s->n++] = (struct spool_line){
		.at = s->end, .len = (uint32_t)len, .number = number, .next = SPOOL_NONE};
	s->end += (off_t)len;
	if (group->first == SPOOL_NONE)
		group->first = at;
	else
		s->lines[group->last].next = at;
	group->last = at;
	return 0;
}

static bool is_blank(const char *line, size_t len)
{
	while (len && strchr(" \t\r", line[len - 1]) && line[len - 1])
		len--;
	return !len;
}

static int take_line(struct spool *s, const char *line, size_t len, uint32_t number,
	struct line_faults *faults)
{
	char *id;

	if (number == 1 && len >= 3 && !memcmp(line, "\xef\xbb\xbf", 3)) {
		line += 3;
		len -= 3;
	}
	if (is_blank(line, len))
		return 0;
	if (find_id(&id, line, len)) {
		line_faults_take_errors(faults, number);
		return 0;
	}
	return put_by(s, line, len, number, id);
}

/* The lines that are complete in the buffer; the rest of it stays. */
static int take_lines(
	struct spool *s, struct str *buffer, uint32_t *number, struct line_faults *faults)
{
	const char *at = buffer->buf, *end = at + buffer->len, *newline;
	int err = 0;

	while (!err && (newline = memchr(at, '\n', (size_t)(end - at)))) {
		if (++*number > SPOOL_LINES_MAX)
			return error_set(
				ERR_FAILED, "more than %u lines: split them", SPOOL_LINES_MAX);
		err = take_line(s, at, (size_t)(newline - at), *number, faults);
		at = newline + 1;
	}
	if (!err && end - at > SPOOL_LINE_MAX)
		err = error_set(ERR_FAILED, "line %u is longer than %u MiB", *number + 1,
			SPOOL_LINE_MAX >> 20);
	memmove(buffer->buf, at, (size_t)(end - at));
	str_truncate(buffer, (size_t)(end - at));
	return err;
}

static int finish_reading(struct spool *s, FILE *in)
{
	if (ferror(in))
		return error_set(ERR_FAILED, "cannot read standard input: %s", strerror(errno));
	if (fflush(s->file))
		return error_set(
			ERR_FAILED, "cannot write a temporary file: %s", strerror(errno));
	if (s->groups_n)
		qsort(s->groups, s->groups_n, sizeof(*s->groups), compare_group_slots);
	return 0;
}

int spool_read(struct spool *s, FILE *in, struct line_faults *faults,
	void (*step)(void *context), void *context)
{
	struct str buffer = STR_INIT;
	char block[65536];
	uint32_t number = 0, before;
	size_t got;
	int err = 0;

	s->file = tmpfile();
	if (!s->file)
		return error_set(
			ERR_FAILED, "cannot make a temporary file: %s", strerror(errno));
	while (!err && (got = fread(block, 1, sizeof(block), in))) {
		before = number;
		str_addn(&buffer, block, got);
		err = take_lines(s, &buffer, &number, faults);
		while (before++ < number)
			step(context);
	}
	if (!err && buffer.len)
		err = take_line(s, buffer.buf, buffer.len, number + 1, faults);
	err = err ? err : finish_reading(s, in);
	str_release(&buffer);
	return err;
}

int spool_line(struct spool *s, const struct spool_line *line, struct str *out)
{
	size_t done = 0;

	str_truncate(out, 0);
	str_reserve(out, line->len);
	while (done < line->len) {
		ssize_t got = pread(fileno(s->file), out->buf + done, line->len - done,
			line->at + (off_t)done);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return error_set(ERR_FAILED, "cannot read a temporary file: %s",
				got ? strerror(errno) : "it has become shorter");
		done += (size_t)got;
	}
	out->len = line->len;
	out->buf[line->len] = '\0';
	return 0;
}
