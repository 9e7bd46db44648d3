/* fu status: what is not recorded, and whether anybody else has it. */
#include "cmd/printer.h"
#include "cmd/query.h"

#include "core/mem.h"

#include <stdlib.h>

const struct command_spec spec_status = {.opts = opts_json};

/* ---- hand edits ---- */

static const char *change_word(const struct hand_edit *edit)
{
	if (edit->is_new)
		return "new";
	return edit->is_gone ? "gone" : "changed";
}

static void add_change(struct str *out, const void *record)
{
	str_add(out, change_word(record));
}

static void add_path(struct str *out, const void *record)
{
	str_add(out, ((const struct hand_edit *)record)->path);
}

static void add_fault(struct str *out, const void *record)
{
	const struct hand_edit *edit = record;

	str_add(out, edit->fault ? edit->fault : "");
}

static enum tone edit_tone(const void *record)
{
	return ((const struct hand_edit *)record)->fault ? TONE_LATE : TONE_PLAIN;
}

static const struct print_field fields[] = {
	{"change", "", .text = add_change},
	{"path", "", .text = add_path},
	{"fault", "", .text = add_fault},
	{NULL},
};
static const struct print_spec edit_print = {
	.fields = fields, .no_headings = true, .tone = edit_tone};

static int print_edits(struct call *call, const struct hand_edits *edits)
{
	struct printer *printer;
	bool faulty = false;
	int err;

	if (!edits->n) {
		print_line("everything is recorded");
		return 0;
	}
	printer = printer_new(&edit_print, call);
	printer_heading(printer, "edited by hand, not recorded");
	for (size_t i = 0; i < edits->n; i++) {
		printer_record(printer, &edits->items[i]);
		faulty = faulty || edits->items[i].fault;
	}
	printer_footer(printer, "%s",
		faulty ? "correct what is faulty, then 'fu record' records it"
		       : "'fu record' records it");
	err = printer_finish(printer);
	printer_free(printer);
	return err;
}

/* ---- the remote ---- */

static void print_remote(const struct remote_state *remote)
{
	if (!remote->has_remote) {
		print_line("there is no remote: then this exists on one machine only");
		return;
	}
	if (!remote->has_upstream) {
		print_line("'%s' does not have this branch yet", remote->remote);
		return;
	}
	if (!remote->ahead && !remote->behind)
		print_line("as '%s' was when last asked", remote->remote);
	if (remote->ahead)
		print_line("%zu %s ahead of '%s'", remote->ahead,
			remote->ahead == 1 ? "commit" : "commits", remote->remote);
	if (remote->behind)
		print_line("%zu %s behind '%s'", remote->behind,
			remote->behind == 1 ? "commit" : "commits", remote->remote);
}

/* ---- as a document ---- */

static json_t *edits_to_json(const struct hand_edits *edits)
{
	json_t *array = json_array();

	for (size_t i = 0; i < edits->n; i++) {
		const struct hand_edit *edit = &edits->items[i];
		json_t *object = json_object();

		json_object_set_new(object, "path", json_text(edit->path));
		json_object_set_new(object, "opportunity", json_text(edit->id));
		json_object_set_new(object, "change", json_text(change_word(edit)));
		json_object_set_new(object, "fault", json_text(edit->fault));
		json_array_append_new(array, object);
	}
	return array;
}

/* Without a branch over there nobody can say how far ahead this is. */
static json_t *distance(const struct remote_state *remote, size_t commits)
{
	return remote->has_upstream ? json_integer((json_int_t)commits) : json_null();
}

static void print_document(const struct hand_edits *edits, const struct remote_state *remote)
{
	json_t *document = json_object();

	json_object_set_new(document, "edits", edits_to_json(edits));
	json_object_set_new(
		document, "remote", json_text(remote->has_remote ? remote->remote : NULL));
	json_object_set_new(document, "branch", json_text(remote->branch));
	json_object_set_new(document, "ahead", distance(remote, remote->ahead));
	json_object_set_new(document, "behind", distance(remote, remote->behind));
	json_object_set_new(document, "last_sync", json_null());
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
		print_document(&edits, &remote);
		goto out;
	}
	err = print_edits(call, &edits);
	if (!err)
		print_remote(&remote);
out:
	hand_edits_release(&edits);
	remote_state_release(&remote);
	return err;
}
