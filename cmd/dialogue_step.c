/* What the dialogues of meetings and calls share: questions, what is still demanded, and the
 * time of the next appointment. */
#include "cmd/dialogue.h"

#include "cmd/act_run.h"
#include "cmd/free_times.h"
#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

const struct act_question dialogue_ask_cause = {"cause", "why not further",
	"timing: the time was not right; withdrawn: we left; gone: the need is gone; else what "
	"fell short on our side"};
const struct act_question dialogue_ask_because = {
	"because", "the reason, in a sentence", "what you will want to know in a year"};
const struct act_question dialogue_ask_wait = {
	"wait", "until which day", "a day: 'in 2 months', '1 oct 2027'"};
static const struct act_question ask_next = {"next", "when",
	"the number of a time, or a day and a time: 'tue 15:00', '24 nov 9:30'"};

bool dialogue_given(const struct dialogue *d, const char *field)
{
	return typed_has(&d->run->call->typed, field);
}

int dialogue_unless_given(struct dialogue *d, const struct act_question *q, unsigned flags)
{
	return dialogue_given(d, q->field) ? 0 : dialogue_field(d, q, flags);
}

/* Whether the gate still demands something of that rule; option NULL: any. */
int dialogue_demands(struct dialogue *d, enum rule rule, const char *option, bool *yes)
{
	struct breaches missing = {0};
	int err = dialogue_missing(d, &missing);

	*yes = false;
	for (size_t i = 0; !err && i < missing.n; i++)
		if (missing.items[i].rule == rule &&
			(!option || (missing.items[i].option &&
					    starts_with(missing.items[i].option, option))))
			*yes = true;
	breaches_release(&missing);
	return err;
}

static void offer_times(struct dialogue *d, struct when *times, size_t *n)
{
	const struct clock *clock = repo_clock(d->run->call->repo);

	free_times_offer(d->run->call, d->o->now.owner, times, n);
	if (*n)
		dialogue_say(d, "two times to choose from, or any other:");
	for (size_t i = 0; i < *n; i++) {
		struct str echo = STR_INIT;

		when_add_echo(&echo, &times[i], clock);
		dialogue_say(d, "  %zu) %s", i + 1, echo.buf);
		str_release(&echo);
	}
}

static char *chosen_time(const char *line, const struct when *times, size_t n)
{
	struct str text = STR_INIT;

	if (line[0] >= '1' && line[0] < '1' + (int)n && !line[1])
		when_add_stored(&text, &times[line[0] - '1']);
	else
		str_add(&text, line);
	return str_detach(&text);
}

int dialogue_appointment(struct dialogue *d)
{
	struct when times[FREE_TIMES];
	char *line = NULL, *text = NULL;
	bool good = false;
	size_t n = 0;
	int err = 0;

	offer_times(d, times, &n);
	while (!err && !good) {
		free(line);
		err = dialogue_line(d, ask_next.prompt, ask_next.help, &line);
		if (err)
			break;
		text = chosen_time(line, times, n);
		if (!*text)
			dialogue_say(d, "an answer is needed here ('?' for help)");
		else if (!text[strspn(text, "0123456789")] && n)
			dialogue_say(d, "unknown time '%s' (1%s, or a day and a time)", text,
				n > 1 ? ", 2" : "");
		else
			err = dialogue_try(d, field_find("next"), text, &good);
		free(text);
	}
	free(line);
	return err;
}
