/* CSV: read or refused; and what was written for a spreadsheet, with a record separator between
 * cells, is one record of as many cells, none of which begins as a formula. */
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

static void write_row(struct str *out, const struct list *cells)
{
	for (size_t i = 0; i < cells->n; i++) {
		if (i)
			str_add(out, ",");
		csv_cell_add(out, cells->items[i]);
	}
	str_add(out, "\r\n");
}

/* A record without anything in it is passed over: then there is none. */
static int take_row(void *context, const struct list *cells, unsigned line)
{
	struct list *taken = context;

	(void)line;
	HOLDS(!taken->n);
	for (size_t i = 0; i < cells->n; i++) {
		HOLDS(!cells->items[i][0] || !strchr("=+-@\t\r", cells->items[i][0]));
		list_add(taken, cells->items[i]);
	}
	return 0;
}

static void comes_back(const struct list *cells)
{
	struct str written = STR_INIT;
	struct list taken = {0};

	write_row(&written, cells);
	HOLDS(!csv_each("cells", &written, take_row, &taken));
	HOLDS(taken.n == cells->n || (!taken.n && cells->n == 1));
	list_release(&taken);
	str_release(&written);
}

static void read_as_it_is(const uint8_t *data, size_t size)
{
	struct str text = STR_INIT;
	size_t records = 0;

	str_addn(&text, (const char *)data, size);
	if (csv_each("fuzz", &text, look_at, &records))
		HOLDS(error_count() > 0);
	error_clear();
	str_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size), *rest = text, *word;
	struct list cells = {0};

	read_as_it_is(data, size);
	while (cells.n < CSV_MAX_CELLS && (word = strsep(&rest, "\x1e")))
		list_add(&cells, word);
	comes_back(&cells);
	list_release(&cells);
	free(text);
	return 0;
}
