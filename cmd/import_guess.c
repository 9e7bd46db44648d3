#include "cmd/import_guess.h"

#include "cmd/csv_file.h"
#include "cmd/import_map_file.h"
#include "cmd/printer.h"
#include "cmd/report.h"
#include "core/error.h"
#include "core/import_guess.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

#define ROWS_LOOKED_AT 500

struct look {
	struct import_sample sample;
	size_t rows;
};

static int take_row(void *context, const struct list *cells, unsigned line)
{
	struct look *look = context;
	struct import_sample *sample = &look->sample;

	(void)line;
	if (!sample->values) {
		list_copy(&sample->names, cells);
		sample->values = xcalloc(cells->n + 1, sizeof(*sample->values));
		return 0;
	}
	for (size_t i = 0; look->rows < ROWS_LOOKED_AT && i < cells->n && i < sample->names.n;
		i++)
		if (*cells->items[i])
			list_add(&sample->values[i], cells->items[i]);
	look->rows++;
	return 0;
}

/* How many of the file's columns the map names; 0: it does not fit. */
static size_t fit(const struct shipped_map *shipped, const struct list *names)
{
	struct import_columns columns = {0};
	struct import_map *map;
	size_t named = 0;

	if (!import_map_read(&map, shipped->name, shipped->text, strlen(shipped->text))) {
		if (!import_columns_find(&columns, map, names))
			for (size_t i = 0; i < names->n; i++)
				named += columns.fields[i] >= 0;
		import_columns_release(&columns);
		import_map_free(map);
	}
	error_clear();
	return named;
}

/* One that names at least three columns, and most of them. */
static const struct shipped_map *find_shipped(const struct list *names)
{
	const struct shipped_map *best = NULL;
	size_t most = 2;

	for (const struct shipped_map *m = shipped_maps; m->name; m++) {
		size_t named = fit(m, names);

		if (named > most && named * 5 >= names->n * 3) {
			best = m;
			most = named;
		}
	}
	return best;
}

static void print_guess(const struct look *look, const char *file)
{
	const struct shipped_map *shipped = find_shipped(&look->sample.names);
	const char *slash = strrchr(file, '/');
	struct str text = STR_INIT;

	if (shipped) {
		say_hint("the columns are those of a map that comes with fu: fu import %s "
			 "--map %s",
			file, shipped->name);
		str_add(&text, shipped->text);
	} else {
		import_guess(&text, &look->sample, slash ? slash + 1 : file);
	}
	print_text(text.buf);
	str_release(&text);
}

int import_guess_print(const char *file)
{
	struct look look = {0};
	struct str text = STR_INIT;
	int err = csv_read_whole(&text, file);

	err = err ? err : csv_each(file, &text, take_row, &look);
	if (!err && !look.sample.values)
		err = error_set(ERR_FAILED, "'%s' is empty", file);
	if (!err)
		print_guess(&look, file);
	import_sample_release(&look.sample);
	str_release(&text);
	return err;
}
