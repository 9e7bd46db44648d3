/* The option parser: arguments, one a line, for the command with the most options, and
 * what they say for an act. */
#include "fuzz.h"

#include "cmd/command.h"

#define MOST 40

static void parse(const struct command_spec *spec, int argc, char *argv[])
{
	struct parsed parsed;
	struct typed ctx = {.clock = fuzz_clock(), .currency = "EUR"};
	struct act *act = act_new(ACT_MEETING);

	if (!options_parse(spec, argc, argv, &parsed))
		typed_apply(&parsed.typed, act, &ctx);
	error_clear();
	parsed_release(spec, &parsed);
	act_free(act);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), *rest = text, *word;
	char *argv[MOST + 2] = {(char *)"log-meeting"};
	int argc = 1;

	while (argc <= MOST && (word = strsep(&rest, "\n")))
		argv[argc++] = word;
	parse(&spec_log_meeting, argc, argv);
	argv[0] = (char *)"list";
	parse(&spec_list, argc, argv);
	free(text);
	return 0;
}
