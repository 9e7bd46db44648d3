/* What was typed and did not get recorded: never thrown away, and offered again. */
#include "cmd/act_session.h"

#include "cmd/draft.h"
#include "cmd/report.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/merge.h"

#include <stdlib.h>
#include <string.h>

/* What a draft says, as far as it can be read. */
struct kept {
	struct str text;
	struct typed_options typed;
	struct form_faults faults;
	bool is_form; /* it can be read, but for the faults */
	struct draft_origin origin;
	struct list since; /* what happened after it was kept */
	bool pinned;       /* its dates are written out, being those of another day */
};

static void kept_release(struct kept *k)
{
	str_release(&k->text);
	typed_release(&k->typed);
	form_faults_release(&k->faults);
	draft_origin_release(&k->origin);
	list_release(&k->since);
}

/* NULL where there is none yet, or it cannot be read, which is said elsewhere. */
static struct opportunity *load_quietly(const struct session *s)
{
	struct kept_errors said;
	struct opportunity *o;

	errors_keep(&said);
	if (session_load(s, &o))
		error_clear();
	errors_restore(&said);
	return o;
}

void session_take_origin(const struct session *s, struct str *text, struct draft_origin *origin,
	struct list *since)
{
	struct opportunity *o = load_quietly(s);

	draft_origin_take(origin, text);
	draft_origin_since(
		since, origin, o, s->run.command->kind, repo_clock(s->run.call->repo));
	opportunity_free(o);
}

bool session_pin(
	const struct session *s, struct typed_options *typed, const struct draft_origin *origin)
{
	struct opportunity *o = load_quietly(s);
	struct list names = {0};
	struct typed ctx = act_run_typed(&s->run, o, &names);
	bool pinned = origin->kept.set && typed_pin(typed, &origin->kept, &ctx);

	list_release(&names);
	opportunity_free(o);
	return pinned;
}

/* False: there is none, or nobody has filled it in (an editor that failed leaves one). */
static bool read_kept(const struct session *s, struct kept *k)
{
	*k = (struct kept){.text = STR_INIT};
	if (!s->draft || !draft_read(s->draft, &k->text))
		return false;
	session_take_origin(s, &k->text, &k->origin, &k->since);
	k->is_form = !form_salvage(&k->typed, &k->faults, s->run.call->command->spec, "draft",
		k->text.buf, k->text.len);
	error_clear();
	k->pinned = session_pin(s, &k->typed, &k->origin);
	if (!k->is_form || k->typed.n || k->faults.n)
		return true;
	kept_release(k);
	return false;
}

static bool says(const struct typed_options *typed, const struct typed_option *what)
{
	for (size_t i = 0; i < typed->n; i++)
		if (typed->items[i].field == what->field &&
			!strcmp(typed->items[i].text, what->text))
			return true;
	return false;
}

/* Whether all that was kept is in what is typed now. */
static bool is_said(const struct session *s, const struct kept *k)
{
	for (size_t i = 0; i < k->typed.n; i++)
		if (!says(&s->run.call->typed, &k->typed.items[i]))
			return false;
	return k->is_form && !k->faults.n;
}

/* What was kept before it was renamed, or of what was merged into it. */
static int adopt_former(const struct session *s)
{
	struct repo *repo = s->run.call->repo;
	const char *command = session_command(s), *id = session_id(s);
	struct opportunity *o = NULL;
	struct list former = {0};
	int err;

	if (!id || !draft_has_others(repo, command, id))
		return 0;
	err = session_load(s, &o);
	if (!err && o)
		merge_former_ids(o, &former);
	for (size_t i = 0; i < former.n; i++)
		draft_adopt(repo, command, former.items[i], id);
	list_release(&former);
	opportunity_free(o);
	return err;
}

int session_find_draft(struct session *s)
{
	int err;

	if (s->run.from_stdin)
		return 0;
	err = adopt_former(s);
	if (err)
		return err;
	return draft_path(s->run.call->repo, session_command(s), session_id(s), &s->draft);
}

void session_form(const struct session *s, struct str *out, const struct breaches *missing,
	const struct form_faults *faults)
{
	char *title = session_title(s);

	form_add(out, title, s->run.call->command->spec, &s->run.call->typed, missing, faults);
	free(title);
}

/* ---- offering ---- */

static void show_kept(const struct dialogue *d, const struct kept *k)
{
	struct str origin = STR_INIT;

	draft_origin_describe(&origin, &k->origin, repo_clock(d->run->call->repo));
	dialogue_say(d, "kept from the last time%s%s:", origin.len ? ", " : "", origin.buf);
	str_release(&origin);
	for (size_t i = 0; i < k->typed.n; i++)
		dialogue_say(
			d, "  %s: %s", k->typed.items[i].field->name, k->typed.items[i].text);
	for (size_t i = 0; i < k->faults.n; i++)
		dialogue_say(d, "  %s: %s (%s)", k->faults.items[i].key,
			k->faults.items[i].text, k->faults.items[i].why);
	if (k->pinned)
		dialogue_say(d, "the dates are those that were meant then");
	for (size_t i = 0; i < k->since.n; i++)
		dialogue_say(d, "since then: %s", k->since.items[i]);
}

enum offered { TAKE_UP, LEAVE, DROP };

/* Where it may be about something else, enter leaves it alone. */
static int ask_offered(struct dialogue *d, const struct kept *k, enum offered *chosen)
{
	static const char *const words[] = {"yes", "no", "drop", NULL};
	static const char *const no_first[] = {"no", "yes", "drop", NULL};
	static const enum offered meant[] = {LEAVE, TAKE_UP, DROP};
	size_t index = 0;
	int err;

	if (k->since.n)
		err = dialogue_letter(d, "take it up all the same? [y/N/d]",
			"y: yes, enter or n: leave it where it is, d: drop it for good",
			no_first, &index);
	else
		err = dialogue_letter(d, "take it up? [Y/n/d]",
			"enter or y: yes, n: leave it where it is, d: drop it for good", words,
			&index);
	*chosen = k->since.n ? meant[index] : (enum offered)index;
	return err;
}

/* What could not be read is asked for again. */
static int ask_faults(struct dialogue *d, const struct kept *k)
{
	int err = 0;

	for (size_t i = 0; !err && i < k->faults.n; i++) {
		const struct form_fault *fault = &k->faults.items[i];
		char *prompt = xstrfmt("%s, for '%s'", fault->key, fault->text);
		struct act_question question = {.prompt = prompt, .help = fault->why};

		if (fault->field) {
			question.field = fault->field->name;
			err = dialogue_field(d, &question, ASK_OPTIONAL);
		}
		free(prompt);
	}
	return err;
}

static int take_up(struct session *s, struct dialogue *d, const struct kept *k)
{
	int err;

	form_merge(&s->run.call->typed, &k->typed);
	s->run.typed_by_hand = d->asked = true;
	err = ask_faults(d, k);
	s->draft_is_ours = !err || !k->faults.n;
	return err;
}

int session_offer_draft(struct session *s, struct dialogue *d)
{
	struct breaches missing = {0};
	struct kept k = {.text = STR_INIT};
	enum offered chosen = LEAVE;
	int err = dialogue_missing(d, &missing);

	if (err || !missing.n || !read_kept(s, &k))
		goto out;
	if (!k.is_form) {
		char *title = session_title(s);

		dialogue_say(d,
			"what was kept from the last time cannot be read: '%s -e' "
			"opens it",
			title);
		free(title);
		goto out;
	}
	show_kept(d, &k);
	err = ask_offered(d, &k, &chosen);
	if (!err && chosen == TAKE_UP)
		err = take_up(s, d, &k);
	else if (!err && chosen == DROP)
		draft_remove(s->draft);
out:
	breaches_release(&missing);
	kept_release(&k);
	return err;
}

/* ---- keeping ---- */

static bool would_lose(const struct session *s, const struct str *text)
{
	struct kept k;
	bool loses;

	if (s->draft_is_ours || !read_kept(s, &k))
		return false;
	loses = !is_said(s, &k) &&
		(k.text.len != text->len || memcmp(k.text.buf, text->buf, text->len));
	kept_release(&k);
	return loses;
}

int session_save_draft(struct session *s, const struct str *text)
{
	struct opportunity *o = load_quietly(s);
	struct draft_origin origin;
	struct str whole = STR_INIT;
	char *aside = NULL;
	int err;

	str_addn(&whole, text->buf, text->len);
	draft_origin_take(&origin, &whole);
	draft_origin_release(&origin);
	err = would_lose(s, &whole) ? draft_set_aside(s->draft, &aside) : 0;
	draft_origin_now(&origin, o, repo_clock(s->run.call->repo));
	draft_origin_add(&whole, &origin);
	if (!err)
		err = draft_save(s->draft, whole.buf, whole.len);
	if (!err)
		s->draft_is_ours = true;
	if (aside)
		say("what was kept before is now in '%s', and is offered after this one",
			aside);
	free(aside);
	draft_origin_release(&origin);
	str_release(&whole);
	opportunity_free(o);
	return err;
}

void session_keep_draft(struct session *s, bool refused)
{
	struct str text = STR_INIT;
	struct kept_errors said;
	char *title = session_title(s);
	int err;

	errors_keep(&said);
	if (s->unreadable || s->edited)
		str_addn(&text, s->form.buf, s->form.len);
	else
		session_form(s, &text, NULL, NULL);
	err = session_save_draft(s, &text);
	if (err)
		report_as_warnings();
	errors_restore(&said);
	if (!err && refused)
		error_hint("what you typed is kept; take it up again with '%s -e'", title);
	else if (!err)
		say_hint("what you typed is kept; take it up again with '%s -e'", title);
	free(title);
	str_release(&text);
}

void session_end_draft(struct session *s)
{
	struct kept k;

	if (!s->draft)
		return;
	if (!s->draft_is_ours && read_kept(s, &k)) {
		s->draft_stays = !is_said(s, &k);
		kept_release(&k);
	}
	if (!s->draft_stays)
		draft_remove(s->draft);
}
