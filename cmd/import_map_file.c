#include "cmd/import_map_file.h"

#include "cmd/csv_file.h"
#include "core/error.h"
#include "core/mem.h"
#include "storage/storage.h"

#include <string.h>

int import_map_read(struct import_map **out, const char *name, const char *text, size_t len)
{
	struct ini doc;
	struct import_map *map;
	int err = ini_read(&doc, name, text, len, INI_SETTINGS);

	if (err)
		return err;
	map = import_map_new(name);
	for (size_t i = 0; !err && i < doc.n; i++) {
		const struct ini_pair *pair = &doc.pairs[i];

		err = import_map_load_pair(map, pair->section, pair->key, pair->value);
		if (err)
			error_prefix("%s:%u", name, pair->line);
	}
	ini_release(&doc);
	if (err)
		import_map_free(map);
	else
		*out = map;
	return err;
}

void import_map_hint(void)
{
	struct str names = STR_INIT;

	for (const struct shipped_map *m = shipped_maps; m->name; m++)
		str_addf(&names, "%s'%s'", m == shipped_maps ? "" : ", ", m->name);
	error_hint(
		"maps that come with fu: %s; your own is a file, see fu-format(5)", names.buf);
	str_release(&names);
}

int import_map_find(struct import_map **out, const char *name)
{
	struct str text = STR_INIT;
	int err;

	for (const struct shipped_map *m = shipped_maps; m->name; m++)
		if (!strcmp(m->name, name))
			return import_map_read(out, name, m->text, strlen(m->text));
	err = csv_read_whole(&text, name);
	if (err)
		import_map_hint();
	else
		err = import_map_read(out, name, text.buf, text.len);
	str_release(&text);
	return err;
}
