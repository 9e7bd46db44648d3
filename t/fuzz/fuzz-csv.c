/* CSV: read or refused; and a cell that was written for a spreadsheet is one cell. */
#include "fuzz.h"

#include "cmd/csv_file.h"
#include "core/csv_cell.h"

static int look_at(void *context, const struct list *cells, unsigned line)
{
	size_t *records = context;

	HOLDS(cells->n <= CSV_MAX_CELLS && line > 0);
	++*records;
	return 0;
}

static int one_cell(void *context, const struct list *cells, unsigned line)
{
	(void)context;
	(void)line;
	HOLDS(cells->n == 1);
	HOLDS(!cells->items[0][0] || !strchr("=+-@\t\r", cells->items[0][0]));
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = STR_INIT, cell = STR_INIT;
	char *word = fuzz_text(data, size);
	size_t records = 0;

	str_addn(&text, (const char *)data, size);
	if (csv_each("fuzz", &text, look_at, &records))
		HOLDS(error_count() > 0);
	error_clear();
	csv_cell_add(&cell, word);
	str_add(&cell, "\r\n");
	if (csv_each("cell", &cell, one_cell, NULL))
		error_clear();
	free(word);
	str_release(&cell);
	str_release(&text);
	return 0;
}
