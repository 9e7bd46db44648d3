/* Acts as JSON: read or refused; what was read and written reads the same. */
#include "fuzz.h"

#include "core/act_json.h"
#include "core/act_lines.h"

static void comes_back(const struct act *act, const char *opportunity)
{
	json_t *json = act_to_json(act, opportunity, fuzz_clock());
	struct act *again = NULL;
	char *id = NULL;

	HOLDS(!act_from_json(&again, &id, json, fuzz_clock()));
	HOLDS(!strcmp(id, opportunity));
	HOLDS(act_equal(act, again));
	act_free(again);
	free(id);
	json_decref(json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	json_t *json = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
	struct act_lines lines = {0};
	struct act *act = NULL;
	char *id = NULL;

	if (json && !act_from_json(&act, &id, json, fuzz_clock())) {
		comes_back(act, id);
		act_free(act);
		free(id);
	}
	json_decref(json);
	error_clear();
	if (act_lines_read(&lines, "acme", (const char *)data, size, 1, fuzz_clock()))
		error_clear();
	act_lines_release(&lines);
	return 0;
}
