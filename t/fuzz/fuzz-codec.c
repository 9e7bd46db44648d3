/* The codec: an opportunity's file is read or refused, and what was read comes back as it
 * was written; so do settings and processes, read or refused. */
#include "fuzz.h"

#include "storage/repo.h"
#include "storage/storage.h"

static void read_as(const uint8_t *data, size_t size, enum ini_form form)
{
	struct ini doc = {0};

	if (ini_read(&doc, "fuzz", (const char *)data, size, form))
		HOLDS(error_count() > 0);
	error_clear();
	ini_release(&doc);
}

static void comes_back(const struct opportunity *o)
{
	struct opportunity *again = NULL;
	struct fact_list declared = {0};
	struct str first = STR_INIT, second = STR_INIT;

	opportunity_write(&first, o);
	HOLDS(!opportunity_read(&again, &declared, "acme", "again", first.buf, first.len));
	HOLDS(again->n == o->n);
	for (size_t i = 0; i < o->n; i++)
		HOLDS(act_equal(o->acts[i], again->acts[i]));
	opportunity_write(&second, again);
	HOLDS(!strcmp(first.buf, second.buf));
	str_release(&first);
	str_release(&second);
	facts_release(&declared);
	opportunity_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct opportunity *o = NULL;
	struct fact_list declared = {0};
	struct settings settings;
	struct process *process = NULL;

	read_as(data, size, INI_RECORD);
	read_as(data, size, INI_SETTINGS);
	if (!opportunity_read(&o, &declared, "acme", "fuzz", (const char *)data, size)) {
		comes_back(o);
		facts_release(&declared);
		opportunity_free(o);
	}
	if (!settings_read(&settings, "fuzz", (const char *)data, size))
		settings_release(&settings);
	if (!process_read(&process, "fuzz", "fuzz", (const char *)data, size))
		process_free(process);
	error_clear();
	return 0;
}
