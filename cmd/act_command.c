#include "cmd/act_command.h"

#include "cmd/act_session.h"
#include "cmd/report.h"
#include "core/error.h"
#include "core/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *session_command(const struct session *s)
{
	return s->run.call->command->name;
}

const char *session_id(const struct session *s)
{
	return s->run.ids.n ? s->run.ids.items[0] : NULL;
}

char *session_title(const struct session *s)
{
	const char *id = session_id(s);

	return xstrfmt("fu %s%s%s", session_command(s), id ? " " : "", id ? id : "");
}

int session_load(const struct session *s, struct opportunity **o)
{
	*o = NULL;
	return session_id(s) ? repo_load(s->run.call->repo, session_id(s), o) : 0;
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
			ERR_USAGE, "'%s' takes one opportunity, not '-'", session_command(s));
	if (common->edit || same_string(common->file, "-"))
		return error_set(
			ERR_USAGE, "'-' for the opportunities excludes '-e' and '-F -'");
	return 0;
}

int session_read_form(struct session *s, const char *name)
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
	return err ? err : session_read_form(s, strcmp(file, "-") ? file : "form");
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

/* ---- asking ---- */

/* *edits: the user wants to see the whole in the editor before it is recorded. */
static int ask(struct session *s, bool *edits)
{
	struct opportunity *o;
	struct dialogue d;
	bool in_vain;
	int err;

	*edits = false;
	if (!s->run.interactive || (!s->run.command->dialogue && !s->run.command->questions))
		return 0;
	err = session_load(s, &o);
	if (err)
		return err;
	dialogue_open(&d, &s->run, o);
	err = dialogue_in_vain(&d, &in_vain);
	if (!err && !in_vain)
		err = session_offer_draft(s, &d);
	if (!err && !in_vain) /* else recording refuses it, and says why */
		err = s->run.command->dialogue ? s->run.command->dialogue(&d)
					       : dialogue_questions(&d);
	*edits = d.wants_editor;
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
	if (!err)
		session_end_draft(s);
	return err;
}

static void say_draft_stays(const struct session *s)
{
	char *title = session_title(s);

	if (s->draft_stays && !s->run.call->common.quiet)
		say_hint(
			"what was kept from an earlier try is still there: '%s -e' takes it up",
			title);
	free(title);
}

int session_record(struct session *s)
{
	struct act_run *run = &s->run;
	int err = act_run_plan(run); /* the rehearsal */

	/* That there is nothing to do may come from a hand edit, or from what is taken back. */
	if (!err && !run->call->common.dry_run) {
		act_run_clear(run);
		err = record_planned(s);
	}
	if (!err) {
		act_report(run);
		say_draft_stays(s);
	}
	act_run_clear(run);
	return err;
}

/* ---- all of it ---- */

static int run_session(struct session *s)
{
	struct call *call = s->run.call;
	bool edits;
	int err = session_find_draft(s);

	if (err)
		return err;
	s->can_ask = terminal_can_ask(&call->terminal) && !call->common.no_input &&
		     !s->run.from_stdin;
	s->run.interactive =
		s->can_ask && !call->common.json && !call->common.file && !call->common.edit;
	if (call->common.edit)
		return session_edit(s);
	err = ask(s, &edits);
	if (err)
		return err;
	return edits ? session_edit(s) : session_record(s);
}

/* A form on stdin is nowhere else: it is kept even where it cannot be read. */
static void keep_unreadable(struct session *s, const char *opp)
{
	struct kept_errors said;

	errors_keep(&said);
	if (s->unreadable && same_string(s->run.call->common.file, "-") &&
		!open_session(s, opp) && !session_find_draft(s)) {
		error_clear();
		session_keep_draft(s, true);
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
			session_keep_draft(&s, err != 0);
	}
	act_run_clear(&s.run);
	list_release(&s.run.ids);
	str_release(&s.form);
	free(s.run.by);
	free(s.draft);
	return err;
}
