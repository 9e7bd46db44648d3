/* The codec: any text comes back as it went in; an opportunity's file is read or refused,
 * and what was read comes back as it was written; settings and processes are read or
 * refused. */
#include "fuzz.h"

#include "core/utf8.h"
#include "storage/opportunity_file.h"
#include "storage/repo.h"

/* R6: whatever the text is, and between other keys. */
static void value_comes_back(const char *text, enum ini_form form)
{
	struct str written = STR_INIT;
	struct ini doc = {0};

	ini_write_section(&written, "note aaaaaaaaaa");
	ini_write_pair(&written, "before", "x");
	ini_write_pair(&written, "note", text);
	ini_write_pair(&written, "after", "y");
	HOLDS(!ini_read(&doc, "value", written.buf, written.len, form));
	HOLDS(doc.n == 4);
	HOLDS(!strcmp(doc.pairs[1].value, "x") && !strcmp(doc.pairs[3].value, "y"));
	HOLDS(!strcmp(doc.pairs[2].value, text));
	for (const char *line = written.buf; *line; line += strcspn(line, "\n") + 1)
		HOLDS(strcspn(line, "\n") < 200); /* longer ones inih would cut */
	ini_release(&doc);
	str_release(&written);
}

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
	HOLDS(o->now.status == again->now.status);
	HOLDS(same_string(o->now.activity, again->now.activity));
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

	char *text = fuzz_text(data, size);

	if (utf8_valid(text, strlen(text))) {
		value_comes_back(text, INI_RECORD);
		value_comes_back(text, INI_SETTINGS);
	}
	free(text);
	read_as(data, size, INI_RECORD);
	read_as(data, size, INI_SETTINGS);
	if (!opportunity_read(&o, &declared, "acme", "fuzz", (const char *)data, size)) {
		comes_back(o);
		facts_release(&declared);
		opportunity_free(o);
	} else {
		HOLDS(error_count() > 0);
		error_clear();
		if (!opportunity_read_acts(&o, "acme", "fuzz", (const char *)data, size))
			opportunity_free(o);
	}
	if (!settings_read(&settings, "fuzz", (const char *)data, size))
		settings_release(&settings);
	if (!process_read(&process, "fuzz", "fuzz", (const char *)data, size))
		process_free(process);
	error_clear();
	return 0;
}
