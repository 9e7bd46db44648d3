/* `fu schedule`: an appointment, new or moved (D2, A8). */
#include "cmd/act_command.h"

struct schedule_options {
	const char *opp;
};

static const struct positional positionals[] = {
	{"<opp>", .slot = SLOT_TEXT(struct schedule_options, opp)},
	{"<when>", .field = "next", .asked = true},
	{NULL},
};

static const struct opt opts[] = {
	{OPT_FIELD, "activity", .arg = "<activity>",
		.help = "what it is for; the present activity, if not given"},
	{OPT_FIELD, "for", .arg = "<duration>", .help = "how long it takes"},
	{OPT_FIELD, "place", .arg = "<text>", .help = "where it is"},
	{OPT_FIELD, "with", .arg = "<contact>", .help = "who comes"},
	{OPT_FIELD, "by", .field = "side",
		.help = "who moved it; us, where an appointment is moved and nobody is named"},
	{OPT_FIELD, "because", .arg = "<why>", .help = "why it was moved"},
	{OPT_GROUP, .group = opts_act},
	{OPT_END},
};

const struct command_spec spec_schedule = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct schedule_options)};

static bool same_duration(const struct duration *given, const struct duration *known)
{
	return given->count == known->count && given->unit == known->unit;
}

/* Nothing is said about the appointment that does not hold already. */
static bool says_nothing_new(const struct step *step, const struct act *a)
{
	return step->kind == STEP_APPOINTMENT && when_equal(&step->at, &a->next) &&
	       (!a->activity || same_string(a->activity, step->activity)) &&
	       (!a->duration.count || same_duration(&a->duration, &step->duration)) &&
	       (!a->place || same_string(a->place, step->place)) &&
	       (!a->with.n || list_equal(&a->with, step->with));
}

static int build(struct act_run *run, struct opportunity *o, struct act *a)
{
	if (says_nothing_new(&o->now.next, a)) {
		act_run_say(run, "%s: nothing to do: the appointment is at that time already",
			o->id);
		act_free(a);
		return 0;
	}
	act_run_add(run, o, a);
	return 0;
}

static const struct act_question questions[] = {
	{"next", "when", "a day and a time: 'tue 15:00', '24 nov 9:30'"},
	{NULL},
};

static const struct act_command schedule_command = {
	.kind = ACT_SCHEDULE, .questions = questions, .build = build};

int cmd_schedule(struct call *call, const void *options)
{
	const struct schedule_options *o = options;

	return act_command_run(call, &schedule_command, o->opp, options);
}
