/* fu status: what is not recorded, and whether anybody else has it. */
#include "cmd/printer.h"
#include "cmd/record_fields.h"
#include "cmd/wrap.h"

#include "core/mem.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const struct command_spec spec_status = {.opts = opts_json};

/* One sentence, in as many lines as it takes. */
static void print_wrapped(struct call *call, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void print_wrapped(struct call *call, const char *format, ...)
{
	struct str text = STR_INIT, lines = STR_INIT;
	va_list args;

	va_start(args, format);
	str_vaddf(&text, format, args);
	va_end(args);
	wrap_add(&lines, text.buf, 0, (size_t)terminal_width(&call->terminal));
	str_addch(&lines, '\n');
	print_text(lines.buf);
	str_release(&lines);
	str_release(&text);
}

/* ---- hand edits ---- */

static const char *change_word(const struct hand_edit *edit)
{
	if (edit->is_new)
		return "new";
	return edit->is_gone ? "gone" : "changed";
}

/* One line of a fault: "<path>:12: …", "<path>: …". The path stands above it. */
static void add_fault_line(struct str *out, const struct hand_edit *edit, const char *line)
{
	size_t len = strlen(edit->path);

	if (starts_with(line, edit->path) && line[len] == ':') {
		line += len + 1;
		if (*line == ' ')
			line++;
		else
			str_add(out, "line ");
	}
	str_add(out, line);
	str_addch(out, '\n');
}

static void print_fault(struct call *call, const struct hand_edit *edit)
{
	int width = terminal_width(&call->terminal);
	struct str fault = STR_INIT, text = STR_INIT;
	char *copy = xstrdup(edit->fault), *rest = copy;

	while (rest)
		add_fault_line(&fault, edit, strsep(&rest, "\n"));
	record_add_line(&text, width, "", fault.buf);
	print_toned(call, TONE_LATE, text.buf);
	str_release(&text);
	str_release(&fault);
	free(copy);
}

static void print_edits(struct call *call, const struct hand_edits *edits)
{
	int width = terminal_width(&call->terminal);
	struct str text = STR_INIT;
	bool faulty = false, gone = false;

	if (!edits->n) {
		print_wrapped(call, "everything is recorded");
		return;
	}
	print_toned(call, TONE_HEADING, "edited by hand, not recorded\n");
	for (size_t i = 0; i < edits->n; i++) {
		const struct hand_edit *edit = &edits->items[i];

		str_truncate(&text, 0);
		record_add_line(&text, width, change_word(edit), edit->path);
		print_text(text.buf);
		if (!edit->fault)
			continue;
		faulty = true;
		gone = gone || edit->is_gone;
		print_fault(call, edit);
	}
	if (gone)
		print_wrapped(call, "'git checkout -- <path>' brings back what is gone");
	print_wrapped(call, "%s",
		faulty ? "correct what is faulty; then 'fu record' records it"
		       : "'fu record' records it");
	str_release(&text);
}

/* ---- the remote ---- */

static void print_remote(struct call *call, const struct remote_state *remote)
{
	if (remote->detached)
		print_wrapped(call, "HEAD is on no branch, where nothing can be recorded: "
				    "'git switch <branch>', or 'git switch -c <new branch>'");
	if (!remote->has_remote) {
		print_wrapped(call, "there is no remote: then this exists on one machine only");
		print_wrapped(call, "'git remote add origin <url>' names one; then 'fu sync' "
				    "takes it there");
		return;
	}
	if (remote->detached)
		return;
	if (!remote->has_upstream) {
		print_wrapped(call,
			"'%s' does not have this branch yet: 'fu sync' takes it there",
			remote->remote);
		return;
	}
	if (!remote->ahead && !remote->behind)
		print_wrapped(call, "as '%s' was when last asked", remote->remote);
	if (remote->ahead)
		print_wrapped(call, "%zu %s ahead of '%s'", remote->ahead,
			remote->ahead == 1 ? "commit" : "commits", remote->remote);
	if (remote->behind)
		print_wrapped(call, "%zu %s behind '%s'", remote->behind,
			remote->behind == 1 ? "commit" : "commits", remote->remote);
}

static void print_last_sync(struct call *call)
{
	struct str text = STR_INIT;
	struct moment last;

	repo_last_sync(call->repo, &last);
	if (!last.set)
		return;
	moment_add_echo(&text, &last, repo_clock(call->repo));
	print_wrapped(call, "last synced %s", text.buf);
	str_release(&text);
}

/* ---- as a document ---- */

static json_t *edits_to_json(const struct hand_edits *edits)
{
	json_t *array = json_array();

	for (size_t i = 0; i < edits->n; i++) {
		const struct hand_edit *edit = &edits->items[i];
		json_t *object = json_object();

		json_object_set_new(object, "path", json_of_text(edit->path));
		json_object_set_new(object, "opportunity", json_of_text(edit->id));
		json_object_set_new(object, "change", json_of_text(change_word(edit)));
		json_object_set_new(object, "fault", json_of_text(edit->fault));
		json_array_append_new(array, object);
	}
	return array;
}

/* Without a branch over there nobody can say how far ahead this is. */
static json_t *distance(const struct remote_state *remote, size_t commits)
{
	return remote->has_upstream ? json_integer((json_int_t)commits) : json_null();
}

static void print_document(
	struct repo *repo, const struct hand_edits *edits, const struct remote_state *remote)
{
	struct moment last;
	json_t *document = json_object();

	json_object_set_new(document, "edits", edits_to_json(edits));
	json_object_set_new(
		document, "remote", json_of_text(remote->has_remote ? remote->remote : NULL));
	json_object_set_new(document, "branch", json_of_text(remote->branch));
	json_object_set_new(document, "detached", json_boolean(remote->detached));
	json_object_set_new(document, "ahead", distance(remote, remote->ahead));
	json_object_set_new(document, "behind", distance(remote, remote->behind));
	json_object_set_new(document, "cut_off", json_boolean(history_is_cut_off(repo)));
	repo_last_sync(repo, &last);
	json_object_set_new(
		document, "last_sync", last.set ? json_of_moment(&last) : json_null());
	print_json(document);
}

int cmd_status(struct call *call, const void *options)
{
	struct hand_edits edits = {0};
	struct remote_state remote = {0};
	int err;

	(void)options;
	err = repo_hand_edits(call->repo, &edits);
	if (!err)
		err = history_remote(call->repo, &remote);
	if (err)
		goto out;
	if (call->common.json) {
		print_document(call->repo, &edits, &remote);
		goto out;
	}
	print_edits(call, &edits);
	print_remote(call, &remote);
	print_last_sync(call);
	if (history_is_cut_off(call->repo))
		print_wrapped(call, "a shallow clone: the history is cut off; "
				    "'git fetch --unshallow' fetches the rest");
out:
	hand_edits_release(&edits);
	remote_state_release(&remote);
	return err;
}
