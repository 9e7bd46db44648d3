#include "cmd/act_command.h"

#include "cmd/act_run.h"
#include "cmd/dialogue.h"
#include "cmd/draft.h"
#include "cmd/editor.h"
#include "cmd/form.h"
#include "cmd/report.h"
#include "core/error.h"
#include "core/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A call of a writing command, from what was typed to what is kept of it. */
struct session {
	struct act_run run;
	char *draft;     /* its path; NULL for several opportunities */
	struct str form; /* of -F, as it was read */
	bool unreadable; /* the form is: kept as it stands */
	bool edited;     /* the form is what the user left in the editor */
	bool can_ask;    /* there is a terminal, and asking is allowed */
};

static const char *command_name(const struct session *s)
{
	return s->run.call->command->name;
}

static const char *only_id(const struct session *s)
{
	return s->run.ids.n ? s->run.ids.items[0] : NULL;
}

/* ---- usage, and the form of -F ---- */

static int judge_usage(const struct session *s, const char *opp)
{
	const struct common_options *common = &s->run.call->common;
	bool is_stdin = same_string(opp, "-");

	if (common->edit && common->no_input)
		return error_set(ERR_USAGE, "'-e' and '--no-input' exclude each other");
	if (!is_stdin)
		return 0;
	if (!s->run.command->takes_stdin)
		return error_set(
			ERR_USAGE, "'%s' takes one opportunity, not '-'", command_name(s));
	if (common->edit || same_string(common->file, "-"))
		return error_set(
			ERR_USAGE, "'-' for the opportunities excludes '-e' and '-F -'");
	return 0;
}

static int read_form(struct session *s, const char *name)
{
	struct typed_options typed = {0};
	struct call *call = s->run.call;
	int err = form_read(&typed, call->command->spec, name, s->form.buf, s->form.len);

	if (!err)
		form_merge(&call->typed, &typed);
	s->unreadable = err != 0;
	s->run.typed_by_hand = true;
	typed_release(&typed);
	return err;
}

static int take_file(struct session *s)
{
	const char *file = s->run.call->common.file;
	int err;

	if (!file)
		return 0;
	err = form_read_file(&s->form, file);
	return err ? err : read_form(s, strcmp(file, "-") ? file : "form");
}

/* ---- the opportunities ---- */

static int add_id(struct session *s, const char *typed)
{
	char *id;
	int err = repo_resolve(s->run.call->repo, typed, &id);

	if (err)
		return err;
	if (!list_has(&s->run.ids, id))
		list_add(&s->run.ids, id);
	free(id);
	return 0;
}

static int read_ids(struct session *s)
{
	char *line = NULL;
	size_t cap = 0;
	int err = 0;

	while (!err && getline(&line, &cap, stdin) >= 0)
		if (*trim(line))
			err = add_id(s, trim(line));
	if (!err && ferror(stdin))
		err = error_set(ERR_FAILED, "cannot read the opportunities from stdin");
	free(line);
	return err;
}

static int open_session(struct session *s, const char *opp)
{
	struct call *call = s->run.call;
	int err = call_open_repo(call);

	if (!err)
		err = call_identity(call, &s->run.by);
	if (err || s->run.command->is_new)
		return err;
	s->run.from_stdin = !strcmp(opp, "-");
	return s->run.from_stdin ? read_ids(s) : add_id(s, opp);
}

/* ---- drafts ---- */

static int find_draft(struct session *s)
{
	if (s->run.from_stdin)
		return 0;
	return draft_path(s->run.call->repo, command_name(s), only_id(s), &s->draft);
}

static void form_of_typed(
	const struct session *s, struct str *out, const struct breaches *missing)
{
	char *title = xstrfmt("fu %s%s%s", command_name(s), only_id(s) ? " " : "",
		only_id(s) ? only_id(s) : "");

	form_add(out, title, s->run.call->command->spec, &s->run.call->typed, missing);
	free(title);
}

/* What was typed is kept, and the user told how to go on: after a refusal, and where
 * nothing was to be recorded yet. */
static void keep_draft(struct session *s, bool refused)
{
	struct str text = STR_INIT;
	char *hint;

	if (s->unreadable || s->edited)
		str_addn(&text, s->form.buf, s->form.len);
	else
		form_of_typed(s, &text, NULL);
	hint = xstrfmt("what you typed is kept; take it up again with 'fu %s%s%s -e'",
		command_name(s), only_id(s) ? " " : "", only_id(s) ? only_id(s) : "");
	if (draft_save(s->draft, text.buf, text.len))
		say_warning("%s", error_message(error_count() - 1));
	else if (refused)
		error_hint("%s", hint);
	else
		say_hint("%s", hint);
	free(hint);
	str_release(&text);
}

/* A form that nobody has filled in: an editor that failed leaves one. */
static bool is_blank_form(const struct session *s, const struct str *text)
{
	struct typed_options typed = {0};
	bool blank =
		!form_read(&typed, s->run.call->command->spec, "draft", text->buf, text->len) &&
		!typed.n;

	error_clear();
	typed_release(&typed);
	return blank;
}

static bool draft_typed(const struct session *s, struct typed_options *typed)
{
	struct str text = STR_INIT;
	bool whole = false;

	if (draft_read(s->draft, &text)) {
		whole = !form_read(typed, s->run.call->command->spec, "draft", text.buf,
				text.len) &&
			typed->n;
		error_clear();
	}
	str_release(&text);
	return whole;
}

static void show_typed(const struct typed_options *typed)
{
	for (size_t i = 0; i < typed->n; i++)
		say("  %s: %s", typed->items[i].field->name, typed->items[i].text);
}

/* Only where something is missing: who has said it all does not mean the draft. */
static int offer_draft(struct session *s, struct dialogue *d)
{
	struct typed_options typed = {0};
	struct breaches missing = {0};
	bool yes = false;
	int err = dialogue_missing(d, &missing);

	if (!err && missing.n && s->draft && draft_typed(s, &typed)) {
		say("kept from the last time:");
		show_typed(&typed);
		err = dialogue_yes(d, "take it up? [Y/n]", &yes);
	}
	if (yes && !err) {
		form_merge(&s->run.call->typed, &typed);
		s->run.typed_by_hand = true;
	}
	breaches_release(&missing);
	typed_release(&typed);
	return err;
}

/* ---- asking ---- */

static int load_current(struct session *s, struct opportunity **o)
{
	*o = NULL;
	return only_id(s) ? repo_load(s->run.call->repo, only_id(s), o) : 0;
}

static int ask(struct session *s)
{
	struct opportunity *o;
	struct dialogue d;
	int err;

	if (!s->run.interactive || (!s->run.command->dialogue && !s->run.command->questions))
		return 0;
	err = load_current(s, &o);
	if (err)
		return err;
	dialogue_open(&d, &s->run, o);
	err = offer_draft(s, &d);
	if (!err)
		err = s->run.command->dialogue ? s->run.command->dialogue(&d)
					       : dialogue_questions(&d);
	dialogue_close(&d);
	opportunity_free(o);
	return err;
}

/* ---- recording ---- */

static int record_planned(struct session *s)
{
	struct act_run *run = &s->run;
	int err = write_begin(&run->write, run->call->repo);

	if (err)
		return err;
	err = act_run_plan(run);
	if (!err && run->plan_n) {
		err = act_run_commit(run);
		run->call->recorded = !err;
	}
	for (size_t i = 0; !run->call->common.quiet && i < write_notices(run->write)->n; i++)
		say("%s", write_notices(run->write)->items[i]);
	/* Nobody is to wait for the reader of what is printed next. */
	write_end(run->write);
	run->write = NULL;
	if (!err && s->draft)
		draft_remove(s->draft);
	return err;
}

static int record(struct session *s)
{
	struct act_run *run = &s->run;
	int err = act_run_plan(run); /* the rehearsal */

	if (!err && run->plan_n && !run->call->common.dry_run) {
		act_run_clear(run);
		err = record_planned(s);
	}
	if (!err)
		act_report(run);
	act_run_clear(run);
	return err;
}

/* ---- the editor ---- */

static void demanded_still(struct session *s, struct breaches *missing)
{
	struct opportunity *o;
	struct dialogue d = {.run = &s->run, .pending = STR_INIT};

	if (load_current(s, &o) == 0) {
		d.o = o;
		if (!o || opportunity_is_open(o))
			dialogue_missing(&d, missing);
		opportunity_free(o);
	}
	error_clear(); /* comments only: what is wrong is said when it is recorded */
}

static void add_as_comments(struct str *out, const char *text)
{
	str_add(out, "\n# What was kept from the last time cannot be read:\n");
	while (*text) {
		size_t len = strcspn(text, "\n");

		str_addf(out, "# %.*s\n", (int)len, text);
		text += len + (text[len] == '\n');
	}
}

/* The text to begin with: what was kept and what was given with the options. What was
 * kept and cannot be read stands there as it is, behind options as comments. */
static void fill_form(struct session *s)
{
	struct typed_options *typed = &s->run.call->typed, kept = {0};
	struct breaches missing = {0};
	struct str raw = STR_INIT;
	bool unreadable = false;

	str_release(&s->form);
	if (draft_typed(s, &kept))
		form_merge(typed, &kept);
	else
		unreadable = draft_read(s->draft, &raw) && !is_blank_form(s, &raw);
	if (!unreadable || typed->n) {
		demanded_still(s, &missing);
		form_of_typed(s, &s->form, &missing);
	}
	if (unreadable && typed->n)
		add_as_comments(&s->form, raw.buf);
	else if (unreadable)
		str_addn(&s->form, raw.buf, raw.len);
	breaches_release(&missing);
	typed_release(&kept);
	str_release(&raw);
}

/* Lets the user fill the form; what he leaves is in s->form and in the draft. */
static int edit_form(struct session *s)
{
	int err = draft_save(s->draft, s->form.buf, s->form.len);

	if (!err)
		err = editor_run(s->run.call->repo, s->draft);
	if (err)
		return err;
	str_release(&s->form);
	s->edited = true;
	return form_read_file(&s->form, s->draft);
}

static int take_edited(struct session *s)
{
	struct call *call = s->run.call;
	int err;

	typed_release(&call->typed);
	err = read_form(s, "form");
	if (err || call->typed.n)
		return err;
	draft_remove(s->draft);
	s->run.typed_by_hand = false;
	return error_set(ERR_REFUSED, "aborting due to empty form");
}

static bool edit_again(struct session *s)
{
	struct dialogue d;
	bool yes = false;

	report_errors();
	dialogue_open(&d, &s->run, NULL);
	if (dialogue_yes(&d, "edit it again? [Y/n]", &yes))
		yes = false;
	dialogue_close(&d);
	error_clear();
	return yes;
}

static int fill_in_editor(struct session *s)
{
	int err;

	if (!s->can_ask)
		return error_set(ERR_FAILED,
			"an editor needs a terminal: fill in a form and give it by '-F'");
	fill_form(s);
	do {
		err = edit_form(s);
		if (err)
			return err;
		err = take_edited(s);
		if (!err)
			err = record(s);
		else if (!s->unreadable)
			return err; /* it was empty */
	} while ((err == ERR_REFUSED || err == ERR_USAGE) && edit_again(s));
	if (err == ERR_REFUSED || err == ERR_USAGE)
		error_set(err, "nothing is recorded");
	return err;
}

/* ---- all of it ---- */

static int run_session(struct session *s)
{
	struct call *call = s->run.call;
	int err = find_draft(s);

	if (err)
		return err;
	s->can_ask = terminal_can_ask(&call->terminal) && !call->common.no_input &&
		     !s->run.from_stdin;
	s->run.interactive =
		s->can_ask && !call->common.json && !call->common.file && !call->common.edit;
	if (call->common.edit)
		return fill_in_editor(s);
	err = ask(s);
	return err ? err : record(s);
}

/* A form on stdin is nowhere else: it is kept even where it cannot be read. */
static void keep_unreadable(struct session *s, const char *opp)
{
	struct kept_errors said;

	errors_keep(&said);
	if (s->unreadable && same_string(s->run.call->common.file, "-") &&
		!open_session(s, opp) && !find_draft(s)) {
		error_clear();
		keep_draft(s, true);
	} else {
		error_clear();
	}
	errors_restore(&said);
}

int act_command_run(struct call *call, const struct act_command *command, const char *opp,
	const void *options)
{
	struct session s = {.run = {.call = call, .command = command, .options = options},
		.form = STR_INIT};
	int err = judge_usage(&s, opp);

	if (!err) {
		err = take_file(&s);
		if (err)
			keep_unreadable(&s, opp);
	}
	if (!err) {
		err = open_session(&s, opp);
		if (!err)
			err = run_session(&s);
		if (s.run.typed_by_hand && s.draft && (err || call->common.dry_run))
			keep_draft(&s, err != 0);
	}
	act_run_clear(&s.run);
	list_release(&s.run.ids);
	str_release(&s.form);
	free(s.run.by);
	free(s.draft);
	return err;
}
