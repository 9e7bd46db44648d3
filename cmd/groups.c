/* The rows that several commands share. */
#include "cmd/options.h"

const struct opt opts_json[] = {
	{OPT_FLAG, "json", .common = COMMON_BOOL(json),
		.help = "one JSON document (fu-output(5))"},
	{OPT_END},
};

const struct opt opts_format[] = {
	{OPT_GROUP, .group = opts_json},
	{OPT_TEXT, "format", .arg = "<format>", .common = COMMON_TEXT(format),
		.help = "a line for each, with %(field), %x09, %n, %%"},
	{OPT_FLAG, NULL, 'z', .common = COMMON_BOOL(nul),
		.help = "with --format: end each with NUL instead of a newline"},
	{OPT_END},
};

static const struct opt write_rows[] = {
	{OPT_FLAG, "quiet", 'q', .common = COMMON_BOOL(quiet),
		.help = "print nothing but errors"},
	{OPT_FLAG, "json", .common = COMMON_BOOL(json),
		.help = "print the act as recorded, as JSON"},
	{OPT_FLAG, "dry-run", .common = COMMON_BOOL(dry_run),
		.help = "judge and show the act, record nothing"},
	{OPT_END},
};

const struct opt opts_write[] = {
	{OPT_GROUP, "options", .group = write_rows, .help = "Output"},
	{OPT_END},
};

static const struct opt any_act_rows[] = {
	{OPT_FIELD, "minutes", .arg = "<n>", .help = "time spent, preparation included"},
	{OPT_FIELD, "link", .arg = "<link>", .help = "a URL, a path, a message id"},
	{OPT_FLAG, "edit", 'e', .common = COMMON_BOOL(edit),
		.help = "fill in a form in the editor"},
	{OPT_TEXT, "file", 'F', .arg = "<file>", .common = COMMON_TEXT(file),
		.help = "take the filled form from a file; '-' is stdin"},
	{OPT_FLAG, "no-input", .common = COMMON_BOOL(no_input),
		.help = "never ask, never open an editor"},
	{OPT_GROUP, .group = write_rows},
	{OPT_END},
};

static const struct opt act_rows[] = {
	{OPT_FIELD, "at", .arg = "<when>", .help = "when it happened; now, if not given"},
	{OPT_GROUP, .group = any_act_rows},
	{OPT_END},
};

const struct opt opts_act[] = {
	{OPT_GROUP, "options", .group = act_rows, .help = "Every act"},
	{OPT_END},
};

static const struct opt meeting_rows[] = {
	{OPT_FIELD, "at", .arg = "<when>",
		.help = "when it took place; if not given, the time of the appointment that "
			"was pending, if that has passed, else now"},
	{OPT_GROUP, .group = any_act_rows},
	{OPT_END},
};

const struct opt opts_meeting[] = {
	{OPT_GROUP, "options", .group = meeting_rows, .help = "Every act"},
	{OPT_END},
};

const struct opt opts_appointment[] = {
	{OPT_FIELD, "next", .arg = "<when>",
		.help = "the appointment agreed: a day and a time"},
	{OPT_FIELD, "for", .arg = "<duration>", .help = "how long it takes"},
	{OPT_FIELD, "place", .arg = "<text>", .help = "where it is"},
	{OPT_FIELD, "with", .arg = "<contact>", .help = "who comes"},
	{OPT_END},
};

static const struct opt next_step_rows[] = {
	{OPT_GROUP, .group = opts_appointment},
	{OPT_FIELD, "again", .arg = "<when>", .help = "when to try again to book one"},
	{OPT_FIELD, "wait", .arg = "<date>",
		.help = "come back to it on that day; needs --because"},
	{OPT_FIELD, "no-next", .arg = "<words>",
		.help = "the client refused a date: his own words"},
	{OPT_FIELD, "because", .arg = "<why>", .help = "the reason"},
	{OPT_END},
};

const struct opt opts_next_step[] = {
	{OPT_GROUP, "next-step", .group = next_step_rows, .help = "Next step"},
	{OPT_END},
};
