/* The form of an act in the editor: filled, read, refused, opened again. */
#include "cmd/act_session.h"

#include "cmd/draft.h"
#include "cmd/editor.h"
#include "cmd/report.h"
#include "core/error.h"
#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

static void demanded_still(const struct session *s, struct breaches *missing)
{
	struct opportunity *o;
	struct act_run run = s->run;
	struct dialogue d = {.run = &run, .pending = STR_INIT};

	if (session_load(s, &o) == 0) {
		d.o = o;
		dialogue_missing(&d, missing);
		opportunity_free(o);
	}
	error_clear(); /* comments only: what is wrong is said when it is recorded */
}

/* Where no form can make it right. */
static bool is_forbidden(const struct session *s)
{
	struct breaches missing = {0};
	bool forbidden = false;

	demanded_still(s, &missing);
	for (size_t i = 0; i < missing.n; i++)
		forbidden = forbidden || missing.items[i].by_state;
	breaches_release(&missing);
	return forbidden;
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

/* The top of the form says what is wrong now. */
static void renew_head(struct session *s, const struct kept_errors *reasons)
{
	char *title = session_title(s);

	form_renew_head(&s->form, title, &reasons->messages, &reasons->hints);
	free(title);
}

/* A text that is no form stands there as it is, behind options as comments. */
static void fill_with_text(struct session *s, const struct str *text)
{
	struct kept_errors reasons;
	struct breaches missing = {0};

	errors_keep(&reasons);
	if (s->run.call->typed.n) {
		demanded_still(s, &missing);
		session_form(s, &s->form, &missing, NULL);
		add_as_comments(&s->form, text->buf);
		breaches_release(&missing);
	} else {
		str_addn(&s->form, text->buf, text->len);
		renew_head(s, &reasons);
	}
	errors_release(&reasons);
}

static void fill_with_typed(struct session *s, const struct form_faults *faults)
{
	struct breaches missing = {0};

	demanded_still(s, &missing);
	session_form(s, &s->form, &missing, faults);
	breaches_release(&missing);
}

/* Says behind the form's head from when it is. */
static void add_origin(struct session *s, const struct draft_origin *origin, bool pinned,
	const struct list *since)
{
	const char *behind = strstr(s->form.buf, "\n\n");
	struct str text = STR_INIT, line = STR_INIT;

	if (!origin->kept.set || !behind)
		return;
	behind += strlen("\n\n");
	str_addn(&text, s->form.buf, (size_t)(behind - s->form.buf));
	draft_origin_describe(&line, origin, repo_clock(s->run.call->repo));
	str_addf(&text, "# Kept %s.\n", line.buf);
	if (pinned)
		str_add(&text, "# The dates are those that were meant then.\n");
	for (size_t i = 0; i < since->n; i++)
		str_addf(&text, "# Since then: %s.\n", since->items[i]);
	str_addf(&text, "\n%s", behind);
	str_release(&line);
	str_release(&s->form);
	s->form = text;
}

/* The text to begin with: what was kept, and what was given or answered. */
static void fill_form(struct session *s, bool with_draft)
{
	struct typed_options *typed = &s->run.call->typed, kept = {0};
	struct form_faults faults = {0};
	struct draft_origin origin = {0};
	struct list since = {0};
	struct str text = STR_INIT;
	bool pinned = false;

	str_release(&s->form);
	s->draft_is_ours = s->draft_is_ours || with_draft;
	with_draft = with_draft && draft_read(s->draft, &text);
	if (with_draft)
		session_take_origin(s, &text, &origin, &since);
	if (!with_draft) {
		fill_with_typed(s, NULL);
	} else if (form_salvage(&kept, &faults, s->run.call->command->spec, "draft", text.buf,
			   text.len)) {
		fill_with_text(s, &text);
	} else {
		pinned = session_pin(s, &kept, &origin);
		form_merge(typed, &kept);
		fill_with_typed(s, &faults);
	}
	add_origin(s, &origin, pinned, &since);
	draft_origin_release(&origin);
	list_release(&since);
	typed_release(&kept);
	form_faults_release(&faults);
	str_release(&text);
}

/* Lets the user fill the form; what he leaves is in s->form and in the draft. */
static int edit_form(struct session *s)
{
	int err = session_save_draft(s, &s->form);

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
	err = session_read_form(s, "form");
	if (err || call->typed.n)
		return err;
	draft_remove(s->draft);
	s->run.typed_by_hand = false;
	return error_set(ERR_REFUSED, "aborting due to empty form");
}

static bool edit_again(struct session *s)
{
	struct kept_errors reasons;
	struct dialogue d;
	bool yes = false;

	errors_copy(&reasons);
	report_errors();
	dialogue_open(&d, &s->run, NULL);
	if (dialogue_yes(&d, "edit it again? [Y/n]", &yes))
		yes = false;
	dialogue_close(&d);
	error_clear();
	if (yes)
		renew_head(s, &reasons);
	errors_release(&reasons);
	return yes;
}

int session_edit(struct session *s)
{
	bool answered = s->run.typed_by_hand;
	int err;

	if (!s->can_ask)
		return error_set(ERR_FAILED,
			"an editor needs a terminal: fill in a form and give it by '-F'");
	if (is_forbidden(s))
		return session_record(s); /* refuses it, and says why */
	fill_form(s, !answered);
	do {
		err = edit_form(s);
		if (err)
			return err;
		err = take_edited(s);
		if (!err)
			err = session_record(s);
		else if (!s->unreadable)
			return err; /* it was empty */
	} while ((err == ERR_REFUSED || err == ERR_USAGE) && edit_again(s));
	if (err == ERR_REFUSED || err == ERR_USAGE)
		error_set(err, "nothing is recorded");
	return err;
}
