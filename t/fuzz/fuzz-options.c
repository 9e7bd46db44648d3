/* The option parser: a command and its arguments, one a line, and what they say
 * for an act. Understood, or refused with words. */
#include "fuzz.h"

#include "cmd/command.h"

#define MOST 40

static void parse(const struct command_spec *spec, int argc, char *argv[])
{
	struct parsed parsed;
	struct typed ctx = {.clock = fuzz_clock(), .currency = "EUR"};
	struct act *act = act_new(ACT_MEETING);
	int rc = options_parse(spec, argc, argv, &parsed);

	if (!rc)
		rc = typed_apply(&parsed.typed, act, &ctx);
	HOLDS(rc >= 0 || error_count() > 0); /* above: help is asked for */
	error_clear();
	parsed_release(spec, &parsed);
	act_free(act);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), *rest = text, *word;
	char *argv[MOST + 2] = {NULL};
	const struct command *command = command_find(strsep(&rest, "\n"));
	int argc = 1;

	if (!command)
		command = command_find("log-meeting");
	argv[0] = (char *)command->name;
	while (argc <= MOST && (word = strsep(&rest, "\n")))
		argv[argc++] = word;
	parse(command->spec, argc, argv);
	free(text);
	return 0;
}
