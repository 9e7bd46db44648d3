#include "cmd/dialogue.h"

#include "cmd/act_run.h"
#include "cmd/promise_doubts.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/suggest.h"
#include "core/utf8.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- lines from the terminal ---- */

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
	interrupted = number;
}

/* The signals are held back but for the moment in which a line is waited for. */
void dialogue_open(struct dialogue *d, struct act_run *run, const struct opportunity *o)
{
	struct sigaction action = {.sa_handler = on_signal};
	sigset_t held;

	*d = (struct dialogue){.run = run, .o = o, .pending = STR_INIT};
	interrupted = 0;
	sigemptyset(&held);
	sigaddset(&held, SIGINT);
	sigaddset(&held, SIGTERM);
	sigaddset(&held, SIGHUP);
	sigprocmask(SIG_BLOCK, &held, &d->was_mask);
	d->wait_mask = d->was_mask;
	/* A dialogue around this one holds them back already. */
	sigdelset(&d->wait_mask, SIGINT);
	sigdelset(&d->wait_mask, SIGTERM);
	sigdelset(&d->wait_mask, SIGHUP);
	sigaction(SIGINT, &action, &d->was_int);
	sigaction(SIGTERM, &action, &d->was_term);
	sigaction(SIGHUP, &action, &d->was_hup);
}

void dialogue_close(struct dialogue *d)
{
	struct timespec at_once = {0};
	sigset_t held;

	sigemptyset(&held);
	sigaddset(&held, SIGINT);
	/* One that came with the last answer has been answered by the end of the dialogue. */
	sigtimedwait(&held, NULL, &at_once);
	str_release(&d->pending);
	if (d->stopped)
		return;
	sigaction(SIGINT, &d->was_int, NULL);
	sigaction(SIGTERM, &d->was_term, NULL);
	sigaction(SIGHUP, &d->was_hup, NULL);
	sigprocmask(SIG_SETMASK, &d->was_mask, NULL);
}

static int stopped(struct dialogue *d)
{
	d->stopped = true;
	fputc('\n', stderr);
	return error_set(ERR_REFUSED, "interrupted: nothing is recorded");
}

/* Reads more of stdin: false at its end, on an error and on a signal. */
static bool read_more(struct dialogue *d)
{
	struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
	char bytes[1024];
	ssize_t got;

	while (ppoll(&in, 1, NULL, &d->wait_mask) < 0)
		if (errno != EINTR || interrupted)
			return false;
	do
		got = read(STDIN_FILENO, bytes, sizeof(bytes));
	while (got < 0 && errno == EINTR);
	if (got <= 0)
		return false;
	str_addn(&d->pending, bytes, (size_t)got);
	return true;
}

static int read_line(struct dialogue *d, char **line)
{
	char *end;
	size_t len;

	while (!(end = memchr(d->pending.buf, '\n', d->pending.len)))
		if (!read_more(d))
			return stopped(d);
	len = (size_t)(end - d->pending.buf);
	*line = trim(xstrndup(d->pending.buf, len));
	memmove(d->pending.buf, end + 1, d->pending.len - len - 1);
	str_truncate(&d->pending, d->pending.len - len - 1);
	return 0;
}

int dialogue_line(struct dialogue *d, const char *prompt, const char *help, char **line)
{
	int err;

	*line = NULL;
	for (;;) {
		dialogue_prompt(d, prompt);
		err = read_line(d, line);
		if (err)
			return err;
		if (strcmp(*line, "?")) {
			if (utf8_valid(*line, strlen(*line)))
				return 0;
			dialogue_say(d, "that is not UTF-8 text");
		} else {
			dialogue_say(d, "  %s", help ? help : "answer in a line");
			dialogue_say(d, "  Ctrl-C leaves, and keeps what you typed");
		}
		free(*line);
		*line = NULL;
	}
}

int dialogue_yes(struct dialogue *d, const char *prompt, bool *yes)
{
	static const char *const words[] = {"yes", "no", NULL};
	size_t chosen = 0;
	int err = dialogue_letter(d, prompt, "enter or y: yes, n: no", words, &chosen);

	*yes = !chosen;
	return err;
}

/* The word that the text is, or begins and no other does; -1. */
static int find_word(const char *const *words, const char *text)
{
	int found = -1;

	for (int i = 0; words[i]; i++) {
		if (!strcasecmp(words[i], text))
			return i;
		if (!strncasecmp(words[i], text, strlen(text)))
			found = found == -1 ? i : -2;
	}
	return found < 0 ? -1 : found;
}

/* `expected` is what stands behind the answer that is none of the words. */
static int choose(struct dialogue *d, const char *prompt, const char *help,
	const char *const *words, const char *expected, size_t *index)
{
	char *line = NULL;
	int found, err;

	for (;;) {
		struct str hint = STR_INIT;

		err = dialogue_line(d, prompt, help, &line);
		if (err)
			return err;
		found = *line ? find_word(words, line) : 0;
		if (expected)
			str_add(&hint, expected);
		else
			suggest_add(&hint, line, words);
		if (found < 0)
			dialogue_say(d, "unknown answer '%s'%s", line, hint.buf);
		str_release(&hint);
		free(line);
		if (found >= 0) {
			*index = (size_t)found;
			return 0;
		}
	}
}

int dialogue_choice(struct dialogue *d, const char *prompt, const char *help,
	const char *const *words, size_t *index)
{
	return choose(d, prompt, help, words, NULL, index);
}

int dialogue_letter(struct dialogue *d, const char *prompt, const char *help,
	const char *const *words, size_t *index)
{
	struct str expected = STR_INIT;
	int err;

	for (size_t i = 0; words[i]; i++)
		str_addf(&expected, "%s%c",
			!i             ? " ("
			: words[i + 1] ? ", "
				       : " or ",
			words[i][0]);
	str_addch(&expected, ')');
	err = choose(d, prompt, help, words, expected.buf, index);
	str_release(&expected);
	return err;
}

/* ---- the act so far ---- */

int dialogue_act(struct dialogue *d, struct act **out)
{
	struct act *a = act_new(d->run->command->kind);
	int err;

	a->id = fresh_act_id();
	a->recorded = repo_clock(d->run->call->repo)->now;
	err = act_run_apply(d->run, d->o, a);
	if (!err)
		err = act_run_resolve(d->run, d->o, a);
	if (err) {
		act_free(a);
		a = NULL;
	}
	*out = a;
	return err;
}

int dialogue_missing(struct dialogue *d, struct breaches *missing)
{
	struct opportunity *nothing = d->o ? NULL : opportunity_new("new");
	const struct opportunity *o = d->o ? d->o : nothing;
	struct ground ground;
	struct act *a;
	int err;

	if (nothing)
		opportunity_fold(nothing);
	err = dialogue_act(d, &a);
	if (!err)
		err = act_run_ground(d->run, o, a, &ground);
	if (!err)
		opportunity_missing(o, a, &ground, missing);
	act_free(a);
	opportunity_free(nothing);
	return err;
}

/* What is wrong in an option that was given stays wrong: it is not asked for again. A new
 * one has more than its options, such as the process of the settings. */
int dialogue_in_vain(struct dialogue *d, bool *yes)
{
	struct breaches missing = {0};
	int err = dialogue_missing(d, &missing);

	*yes = false;
	for (size_t i = 0; i < missing.n; i++)
		*yes = *yes || missing.items[i].by_state || (d->o && !missing.items[i].option);
	breaches_release(&missing);
	return err;
}

/* ---- answers ---- */

#define ANSWER DIALOGUE_ANSWER

/* Why an answer cannot be read; which one it is stands above. */
static void say_why(const struct dialogue *d)
{
	for (size_t i = 0; i < error_count(); i++) {
		const char *message = error_message(i);

		dialogue_say(d, "%s",
			message +
				(starts_with(message, ANSWER ": ") ? strlen(ANSWER ": ") : 0));
	}
	error_clear();
}

static void take_back(struct typed_options *typed)
{
	struct typed_option *last = &typed->items[--typed->n];

	free(last->option);
	free(last->text);
}

static bool has_message(const struct breaches *b, const char *message)
{
	for (size_t i = 0; i < b->n; i++)
		if (!strcmp(b->items[i].message, message))
			return true;
	return false;
}

/* Wrong in itself, whatever is still to come. */
static bool is_about_answer(enum rule rule)
{
	return rule == RULE_TIME || rule == RULE_APPOINTMENT || rule == RULE_ACTIVITY ||
	       rule == RULE_CONTACT || rule == RULE_OWNER || rule == RULE_FACT ||
	       rule == RULE_RESTS || rule == RULE_COMMITMENT || rule == RULE_CALL ||
	       rule == RULE_VALUE;
}

/* Says what the answer broke that was whole before. */
static bool broke_something(
	const struct dialogue *d, const struct breaches *before, const struct breaches *after)
{
	bool broke = false;

	for (size_t i = 0; i < after->n; i++) {
		const struct breach *b = &after->items[i];

		if (!is_about_answer(b->rule) || has_message(before, b->message))
			continue;
		dialogue_say(d, "%s", b->message);
		broke = true;
	}
	return broke;
}

static void say_when(const struct dialogue *d, const char *before, const struct when *w)
{
	struct str echo = STR_INIT;

	if (w->set) {
		when_add_echo(&echo, w, repo_clock(d->run->call->repo));
		dialogue_say(d, "  %s%s", before, echo.buf);
	}
	str_release(&echo);
}

static void say_promise(const struct dialogue *d, const struct promises *p)
{
	struct list doubts = {0};

	if (!p->n)
		return;
	say_when(d, "by ", &p->items[p->n - 1].due);
	promise_doubts(&doubts, &p->items[p->n - 1], d->o, repo_clock(d->run->call->repo));
	for (size_t i = 0; i < doubts.n; i++)
		dialogue_say(d, "  %s", doubts.items[i]);
	list_release(&doubts);
}

/* Says what was understood of an answer with a date, and what was not. */
static void echo_answer(struct dialogue *d, const struct field *field)
{
	struct act *a;

	if (dialogue_act(d, &a)) {
		error_clear(); /* it was read a moment ago */
		return;
	}
	if (field->type == FIELD_PROMISES)
		say_promise(d, field_slot_const(a, field));
	else if (field->type == FIELD_WHEN || field->type == FIELD_DAY)
		say_when(d, "", field_slot_const(a, field));
	act_free(a);
}

/* A date where a commitment is asked for: whoever says only when has not said what. */
static bool is_bare_date(const struct dialogue *d, const struct field *field, const char *text)
{
	const struct promise p = {.what = (char *)text};

	if (field->type != FIELD_PROMISES ||
		!promise_is_date(&p, repo_clock(d->run->call->repo)))
		return false;
	dialogue_say(d, "'%s' is a date alone: what is it that is due then?", text);
	return true;
}

int dialogue_try(struct dialogue *d, const struct field *field, const char *text, bool *good)
{
	struct typed_options *typed = &d->run->call->typed;
	struct breaches before = {0}, after = {0};
	int err = dialogue_missing(d, &before);

	*good = false;
	if (err || is_bare_date(d, field, text))
		goto out;
	typed_add(typed, ANSWER, field, text);
	err = dialogue_missing(d, &after);
	if (err == ERR_USAGE || err == ERR_MISSING) {
		say_why(d);
		err = 0;
	} else if (!err) {
		*good = !broke_something(d, &before, &after);
	}
	if (*good) {
		d->asked = d->run->typed_by_hand = true;
		echo_answer(d, field);
	} else {
		take_back(typed);
	}
out:
	breaches_release(&before);
	breaches_release(&after);
	return err;
}

static bool names_all(const char *prompt, const char *const *words)
{
	for (; *words; words++)
		if (!strstr(prompt, *words))
			return false;
	return true;
}

static const char *const *words_of(const struct act_question *q, const struct field *f)
{
	return q->words ? q->words : f->words + 1;
}

static char *make_prompt(const struct act_question *q, const struct field *f, unsigned flags)
{
	struct str prompt = STR_INIT;

	str_add(&prompt, q->prompt);
	if (f->type == FIELD_WORD && !names_all(q->prompt, words_of(q, f))) {
		const char *const *words = words_of(q, f);

		str_add(&prompt, " (");
		for (int i = 0; words[i]; i++)
			str_addf(&prompt, "%s%s", i ? ", " : "", words[i]);
		str_add(&prompt, ")");
	}
	if (flags & ASK_OPTIONAL)
		str_add(&prompt, " [nothing]");
	return str_detach(&prompt);
}

/* The whole word for one that was cut; the text itself where there is none. One that is no
 * answer here is for the rules to refuse. */
static const char *whole_word(
	const struct act_question *q, const struct field *f, const char *text)
{
	int found;

	if (f->type != FIELD_WORD)
		return text;
	found = find_word(words_of(q, f), text);
	if (found >= 0)
		return words_of(q, f)[found];
	found = find_word(f->words + 1, text);
	return found < 0 ? text : f->words[found + 1];
}

/* One answer; *given false for an empty line, which is taken only where it may be. */
static int ask_once(struct dialogue *d, const struct act_question *q, const struct field *f,
	unsigned flags, bool *given, bool *none)
{
	char *prompt = make_prompt(q, f, flags), *line = NULL;
	bool good = false;
	int err = 0;

	*given = false;
	while (!err && !good) {
		free(line);
		err = dialogue_line(d, prompt, q->help, &line);
		if (err)
			break;
		if ((!*line && (flags & ASK_OPTIONAL)) ||
			(!strcmp(line, "none") && (flags & ASK_MORE)))
			break;
		if (!*line)
			dialogue_say(d, "an answer is needed here (%s'?' for help)",
				f->type == FIELD_PROMISES ? "'none' if there is nothing, "
							  : "");
		else
			err = dialogue_try(d, f, whole_word(q, f, line), &good);
	}
	*given = good;
	*none = good && f->type == FIELD_PROMISES && !strcmp(line, "none");
	free(line);
	free(prompt);
	return err;
}

int dialogue_field(struct dialogue *d, const struct act_question *question, unsigned flags)
{
	const struct field *f = field_find(question->field);
	struct act_question more = *question;
	bool given, none;
	int err = ask_once(d, question, f, flags, &given, &none);

	more.prompt = "and what else";
	while (!err && given && !none && (flags & ASK_MANY))
		err = ask_once(d, &more, f, flags | ASK_OPTIONAL | ASK_MORE, &given, &none);
	return err;
}

int dialogue_questions(struct dialogue *d)
{
	const struct act_question *q = d->run->command->questions;
	int err = 0;

	for (; !err && q && q->field; q++) {
		bool needed = !typed_has(&d->run->call->typed, q->field);

		if (needed && q->needed) {
			struct act *a;

			err = dialogue_act(d, &a);
			needed = !err && q->needed(a, d->o);
			act_free(a);
		}
		if (!err && needed)
			err = dialogue_field(d, q, 0);
	}
	return err;
}
