#include "storage/git/git.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * A text of lines, in .git/fu/journal:
 *
 *	fu journal 1
 *	branch refs/heads/main
 *	from <40 hex>
 *	to <40 hex>
 *	change <number> <mode> <old> <was> <new> <path>
 *	end
 *
 * 40 zeros stand for nothing. Without its last line it was not complete when the
 * power went, and nothing that it announces was done yet.
 */
#define JOURNAL_FIRST "fu journal 1\n"

void changes_release(struct changes *c)
{
	for (size_t i = 0; i < c->n; i++)
		free(c->items[i].path);
	free(c->items);
	*c = (struct changes){0};
}

void journal_release(struct journal *j)
{
	free(j->branch);
	changes_release(&j->changes);
	*j = (struct journal){0};
}

static void add_id(struct str *out, const char *before, const git_oid *id)
{
	char hex[41];

	id_to_hex(hex, id);
	str_addf(out, "%s%s", before, hex);
}

static void journal_text(struct str *out, const struct journal *j)
{
	str_addf(out, JOURNAL_FIRST "branch %s\n", j->branch);
	add_id(out, "from ", &j->from);
	add_id(out, "\nto ", &j->to);
	str_addch(out, '\n');
	for (size_t i = 0; i < j->changes.n; i++) {
		const struct change *c = &j->changes.items[i];

		str_addf(out, "change %u %o", c->number, c->mode);
		add_id(out, " ", &c->old);
		add_id(out, " ", &c->was);
		add_id(out, " ", &c->new);
		str_addf(out, " %s\n", c->path);
	}
	str_add(out, "end\n");
}

int journal_write(struct gitw *w, const struct journal *j)
{
	struct str text = STR_INIT;
	int err;

	journal_text(&text, j);
	if (RETRY(unlinkat(w->private_fd, "journal.new", 0)) && errno != ENOENT)
		err = os_failed("cannot remove '.git/fu/journal.new'");
	else
		err = file_write(w->private_fd, "journal.new", text.buf, text.len, 0666);
	if (!err && RETRY(renameat(w->private_fd, "journal.new", w->private_fd, "journal")))
		err = os_failed("cannot make '.git/fu/journal'");
	sync_add(&w->syncs, "%s/journal", w->git->private);
	sync_add(&w->syncs, "%s", w->git->private);
	str_release(&text);
	return err;
}

static bool read_change(struct changes *list, const char *line)
{
	char old[41], was[41], new[41];
	struct change c = {0};
	int at = 0;

	if (sscanf(line, "change %u %o %40s %40s %40s%n", &c.number, &c.mode, old, was, new,
		    &at) != 5 ||
		line[at] != ' ' || path_check(line + at + 1) || git_oid_fromstr(&c.old, old) ||
		git_oid_fromstr(&c.was, was) || git_oid_fromstr(&c.new, new))
		return false;
	c.path = xstrdup(line + at + 1);
	GROW(list->items, list->n, list->cap);
	list->items[list->n++] = c;
	return true;
}

/* Takes the text apart. False: it is not whole. */
static bool parse(struct journal *j, char *text)
{
	char *line, *rest = text;
	bool ended = false;

	if (!starts_with(text, JOURNAL_FIRST) || !ends_with(text, "\nend\n"))
		return false;
	strsep(&rest, "\n");
	while ((line = strsep(&rest, "\n")) && *line) {
		if (ended)
			return false;
		if (starts_with(line, "branch refs/heads/"))
			replace_string(&j->branch, line + strlen("branch "));
		else if (starts_with(line, "from ") && git_oid_fromstr(&j->from, line + 5))
			return false;
		else if (starts_with(line, "to ") && git_oid_fromstr(&j->to, line + 3))
			return false;
		else if (starts_with(line, "change ") && !read_change(&j->changes, line))
			return false;
		ended = !strcmp(line, "end");
	}
	return ended && j->branch && !no_id(&j->to);
}

int journal_read(struct gitw *w, struct journal *j, bool *found)
{
	struct str text = STR_INIT;
	int err;

	*j = (struct journal){0};
	err = path_read(w->private_fd, "journal", &text, NULL, found);
	if (!err && *found && !parse(j, text.buf)) {
		error_clear();
		journal_release(j);
		*found = false;
	}
	str_release(&text);
	return err;
}

int journal_remove(struct gitw *w)
{
	if (RETRY(unlinkat(w->private_fd, "journal", 0)) && errno != ENOENT)
		return os_failed("cannot remove '.git/fu/journal'");
	return 0;
}
