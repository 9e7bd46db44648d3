/* Manual pages, shown by man: from where it finds them, or from where they were installed. */
#include "cmd/command.h"

#include "cmd/program.h"
#include "core/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool man_knows(char *man, char *page)
{
	char *const argv[] = {man, (char *)"-w", page, NULL};

	return !run_program(argv, 1);
}

/* The file of the page where fu is installed; NULL: not there. */
static char *installed_page(const char *page)
{
	static const char sections[] = "157";
	static const char *const endings[] = {"", ".gz"};
	char *pages = installed_path(FU_MANDIR), *path = NULL;

	for (const char *s = sections; *s && !path; s++) {
		for (size_t i = 0; i < ARRAY_SIZE(endings) && !path; i++) {
			path = xstrfmt("%s/man%c/%s.%c%s", pages, *s, page, *s, endings[i]);
			if (access(path, R_OK)) {
				free(path);
				path = NULL;
			}
		}
	}
	free(pages);
	return path;
}

bool manual_show(const char *topic)
{
	char *page = topic ? xstrfmt("fu-%s", topic) : xstrdup("fu");
	char *man = strchr(page, '/') ? NULL : program_find("man");
	char *path = NULL;
	bool shown = false;

	if (!man)
		goto out;
	if (man_knows(man, page)) {
		char *const argv[] = {man, page, NULL};

		shown = !run_program(argv, 0);
		goto out;
	}
	path = installed_page(page);
	if (path) {
		char *const argv[] = {man, (char *)"-l", path, NULL};

		shown = !run_program(argv, 0);
	}
out:
	free(path);
	free(man);
	free(page);
	return shown;
}

void command_show_help(const struct command *command)
{
	struct str text = STR_INIT;
	char *name;

	if (manual_show(command->name))
		return;
	name = xstrfmt("fu %s", command->name);
	usage_add(&text, name, command->spec);
	fwrite(text.buf, 1, text.len, stdout);
	free(name);
	str_release(&text);
}
