/* fu fsck: the repository and the audit trail. */
#include "cmd/command.h"
#include "cmd/printer.h"
#include "cmd/progress.h"
#include "cmd/query.h"
#include "cmd/report.h"

#include "core/mem.h"

#include <string.h>

struct fsck_options {
	bool no_signatures;
};

static const struct opt fsck_opts[] = {
	{OPT_FLAG, "no-signatures", .slot = SLOT_BOOL(struct fsck_options, no_signatures),
		.help = "do not verify the signatures of commits"},
	{OPT_GROUP, .group = opts_json},
	{OPT_END},
};

const struct command_spec spec_fsck = {
	.opts = fsck_opts,
	.size = sizeof(struct fsck_options),
};

/* ---- progress ---- */

struct stepping {
	struct progress progress;
	bool on;
};

static void step(void *context, const char *doing)
{
	struct stepping *s = context;

	if (!s->progress.what || strcmp(s->progress.what, doing)) {
		progress_stop(&s->progress);
		progress_start(&s->progress, doing, s->on);
	}
	progress_step(&s->progress);
}

/* ---- findings ---- */

static void print_finding(struct call *call, const struct audit_finding *f)
{
	struct str line = STR_INIT;

	if (f->commit)
		str_addf(&line, "%.9s ", f->commit);
	if (f->file)
		str_addf(&line, "%s: ", f->file);
	str_addf(&line, "%s%s\n", f->message, f->mended ? " [mended since]" : "");
	print_toned(call, f->mended ? TONE_FAINT : TONE_PLAIN, line.buf);
	str_release(&line);
}

static json_t *finding_to_json(const struct audit_finding *f)
{
	json_t *object = json_object();

	json_object_set_new(object, "kind", json_of_text(f->kind));
	json_object_set_new(object, "commit", json_of_text(f->commit));
	json_object_set_new(object, "file", json_of_text(f->file));
	json_object_set_new(object, "opportunity", json_of_text(f->opportunity));
	json_object_set_new(object, "act", json_of_text(f->act));
	json_object_set_new(object, "fields", json_of_list(&f->fields));
	json_object_set_new(object, "message", json_of_text(f->message));
	json_object_set_new(object, "mended", json_boolean(f->mended));
	return object;
}

static json_t *count(size_t n)
{
	return json_integer((json_int_t)n);
}

static void print_document(const struct audit_report *r)
{
	json_t *document = json_object(), *findings = json_array();

	for (size_t i = 0; i < r->n; i++)
		json_array_append_new(findings, finding_to_json(&r->items[i]));
	json_object_set_new(document, "commits", count(r->commits));
	json_object_set_new(document, "opportunities", count(r->files));
	json_object_set_new(document, "acts", count(r->acts));
	json_object_set_new(document, "signed", count(r->is_signed));
	json_object_set_new(document, "verified", count(r->verified));
	json_object_set_new(document, "cut_off", json_boolean(r->cut_off));
	json_object_set_new(document, "partial", json_boolean(r->partial));
	json_object_set_new(document, "git_fsck", json_boolean(!r->without_git));
	json_object_set_new(document, "findings", findings);
	print_json(document);
}

/* What was not looked at is no finding, and must not look as if all were well. */
static void say_what_is_left_out(const struct audit_report *r, const struct fsck_options *o)
{
	if (r->cut_off)
		say_hint("the history is cut off, in a shallow clone: what was before was not "
			 "checked; 'git fetch --unshallow' fetches it");
	if (r->partial)
		say_hint("a partial clone: versions that are not here were not checked; "
			 "'git fetch --refetch --no-filter' fetches them");
	if (r->without_git)
		say_warning("there is no 'git' program: 'git fsck' was not run%s",
			r->is_signed && !o->no_signatures ? ", and no signature was verified"
							  : "");
	if (!r->unverified)
		return;
	say_warning("%zu of %zu %s could not be verified%s%s", r->unverified, r->is_signed,
		r->is_signed == 1 ? "signature" : "signatures", r->unverified_why ? ": " : "",
		r->unverified_why ? r->unverified_why : ": the key is not known");
}

static bool any_counts(const struct audit_report *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!r->items[i].mended)
			return true;
	return false;
}

int cmd_fsck(struct call *call, const void *options)
{
	const struct fsck_options *o = options;
	struct stepping stepping = {.on = call->terminal.err_tty};
	struct audit_report report;
	int err = repo_audit(call->repo,
		&(struct audit_options){
			.signatures = !o->no_signatures, .step = step, .context = &stepping},
		&report);

	progress_stop(&stepping.progress);
	if (!err && call->common.json)
		print_document(&report);
	for (size_t i = 0; !err && !call->common.json && i < report.n; i++)
		print_finding(call, &report.items[i]);
	if (!err)
		say_what_is_left_out(&report, o);
	if (!err && any_counts(&report))
		err = FOUND;
	audit_report_release(&report);
	return err;
}
