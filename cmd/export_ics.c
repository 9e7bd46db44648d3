/* fu export --ics: a calendar (core/ics.h says what stands in it). */
#include "cmd/export.h"

#include "core/error.h"
#include "core/ics.h"

#include <stdio.h>

static int begin(struct export *x)
{
	ics_init(&x->ics, x->clock);
	return 0;
}

static int write_entries(struct export *x, const struct opportunity *o)
{
	const struct ics_choice choice = {
		.todo_as_event = x->options->todo_as_event, .private = x->options->private};

	ics_add_opportunity(&x->ics, o, &choice);
	return 0;
}

/* The zones stand before the entries that name them: all is written at the end. */
static int end(struct export *x)
{
	struct str out = STR_INIT;

	ics_finish(&x->ics, &out);
	fwrite(out.buf, 1, out.len, stdout);
	str_release(&out);
	return 0;
}

static void release(struct export *x)
{
	ics_release(&x->ics);
}

const struct export_format export_ics = {
	.begin = begin, .end = end, .write = write_entries, .release = release};
