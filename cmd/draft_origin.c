#include "cmd/draft_origin.h"

#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

#define MARK "#: "
#define KEPT MARK "kept "
#define ACTIVITY MARK "activity "
#define APPOINTMENT MARK "appointment "

void draft_origin_now(
	struct draft_origin *out, const struct opportunity *o, const struct clock *clock)
{
	*out = (struct draft_origin){.kept = clock->now};
	if (!o)
		return;
	out->activity = o->now.activity ? xstrdup(o->now.activity) : NULL;
	if (o->now.next.kind == STEP_APPOINTMENT)
		out->appointment = o->now.next.at;
}

void draft_origin_release(struct draft_origin *origin)
{
	free(origin->activity);
	*origin = (struct draft_origin){0};
}

/* What cannot be understood was written by somebody else: then it is not known. */
static void take_line(struct draft_origin *out, const char *line)
{
	if (starts_with(line, ACTIVITY))
		replace_string(&out->activity, line + strlen(ACTIVITY));
	else if (starts_with(line, KEPT) &&
		 moment_parse_rfc3339(&out->kept, line + strlen(KEPT)))
		error_clear();
	else if (starts_with(line, APPOINTMENT) &&
		 when_parse_stored(&out->appointment, line + strlen(APPOINTMENT)))
		error_clear();
}

void draft_origin_take(struct draft_origin *out, struct str *text)
{
	struct str rest = STR_INIT;
	size_t at = 0;

	*out = (struct draft_origin){0};
	while (at < text->len) {
		const char *end = memchr(text->buf + at, '\n', text->len - at);
		size_t len = end ? (size_t)(end - text->buf) + 1 - at : text->len - at;

		if (len > strlen(MARK) && !memcmp(text->buf + at, MARK, strlen(MARK))) {
			char *line = trim(xstrndup(text->buf + at, len));

			take_line(out, line);
			free(line);
		} else {
			str_addn(&rest, text->buf + at, len);
		}
		at += len;
	}
	str_release(text);
	*text = rest;
}

void draft_origin_add(struct str *text, const struct draft_origin *origin)
{
	if (text->len && text->buf[text->len - 1] != '\n')
		str_addch(text, '\n');
	str_add(text, KEPT);
	moment_add(text, &origin->kept);
	str_addch(text, '\n');
	if (origin->activity && !strchr(origin->activity, '\n'))
		str_addf(text, ACTIVITY "%s\n", origin->activity);
	if (origin->appointment.set) {
		str_add(text, APPOINTMENT);
		when_add_stored(text, &origin->appointment);
		str_addch(text, '\n');
	}
}

void draft_origin_describe(
	struct str *out, const struct draft_origin *origin, const struct clock *clock)
{
	if (!origin->kept.set)
		return;
	moment_add_echo(out, &origin->kept, clock);
	if (origin->activity)
		str_addf(out, ", at %s", origin->activity);
	if (origin->appointment.set) {
		str_add(out, ", appointment ");
		when_add_echo(out, &origin->appointment, clock);
	}
}

void draft_origin_since(struct list *out, const struct draft_origin *origin,
	const struct opportunity *o, enum act_kind kind, const struct clock *clock)
{
	if (!origin->kept.set || !o)
		return;
	for (size_t i = 0; i < o->n; i++) {
		const struct act *a = o->acts[i];
		struct str line = STR_INIT;

		if (o->struck[i] || a->kind != kind || a->recorded.utc <= origin->kept.utc)
			continue;
		str_addf(&line, "%s of ", act_kinds[kind].name);
		moment_add_echo(&line, &a->at, clock);
		str_add(&line, " recorded");
		list_take(out, str_detach(&line));
	}
	if (origin->activity && !same_string(origin->activity, o->now.activity))
		list_take(out, xstrfmt("now at %s",
				       o->now.activity ? o->now.activity : "no activity"));
}
