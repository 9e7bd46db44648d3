/* Acts as JSON: read or refused; what was read and written reads the same, and is written
 * the same again; the same lines make the same acts. */
#include "fuzz.h"

#include "core/act_json.h"
#include "core/act_lines.h"

static void comes_back(const struct act *act, const char *opportunity)
{
	json_t *json = act_to_json(act, opportunity, fuzz_clock());
	json_t *second;
	struct act *again = NULL;
	char *id = NULL;

	HOLDS(!act_from_json(&again, &id, json, fuzz_clock()));
	HOLDS(!strcmp(id, opportunity));
	HOLDS(act_equal(act, again));
	second = act_to_json(again, id, fuzz_clock());
	HOLDS(json_equal(json, second));
	json_decref(second);
	act_free(again);
	free(id);
	json_decref(json);
}

static void lines_are_stable(const char *bytes, size_t size)
{
	struct act_lines lines = {0}, again = {0};

	if (act_lines_read(&lines, "acme", bytes, size, 1, fuzz_clock())) {
		HOLDS(error_count() > 0);
		error_clear();
	} else {
		HOLDS(!act_lines_read(&again, "acme", bytes, size, 1, fuzz_clock()));
		HOLDS(lines.n == 1 && again.n == 1);
		HOLDS(act_equal(lines.items[0].act, again.items[0].act));
		HOLDS(!strcmp(lines.items[0].act->id, again.items[0].act->id));
	}
	act_lines_release(&lines);
	act_lines_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	json_t *json = json_loadb((const char *)data, size, JSON_REJECT_DUPLICATES, NULL);
	struct act *act = NULL;
	char *id = NULL;

	if (json && !act_from_json(&act, &id, json, fuzz_clock())) {
		comes_back(act, id);
		act_free(act);
		free(id);
	}
	json_decref(json);
	error_clear();
	lines_are_stable((const char *)data, size);
	return 0;
}
