/* One hand edit: whether the discipline allows it, and what acts it amounts to. */
#include "storage/write.h"

#include "core/error.h"
#include "core/handedit.h"
#include "core/mem.h"
#include "storage/faults.h"
#include "storage/layout.h"
#include "storage/opportunity_file.h"

#include <stdlib.h>
#include <string.h>

void taken_release(struct taken *t)
{
	opportunity_free(t->after);
	str_release(&t->read);
	str_release(&t->bytes);
	str_release(&t->head);
	list_release(&t->acts);
	*t = TAKEN_INIT;
}

/* The rules' ground for an opportunity of that process. An unknown one is a fault where the
 * edit brings it; one that is recorded already is no reason to refuse other edits. */
static int find_ground(struct ground *g, struct repo *repo, const char *process,
	const struct opportunity *before)
{
	int rc;

	*g = (struct ground){.settings = &repo->settings, .clock = &repo->clock};
	if (!process && !before) /* a new one: as `fu new` has it */
		process = repo->settings.process;
	rc = process ? repo_process(repo, process, &g->process) : 0;
	if (!rc)
		return 0;
	g->process = NULL;
	if (!before || !same_string(process, before->now.process))
		return rc;
	error_clear();
	return 0;
}

/* In the words of a file, which has keys and no options. A reason for what was changed on
 * top has no place in the file at all. */
static char *message_for_file(const struct breach *b)
{
	static const char option[] = "'--";
	struct str text = STR_INIT;
	const char *rest = b->message, *end = strstr(rest, ": '--because' is missing");

	if (end && b->rule == RULE_BECAUSE && !(b->act && b->act->line))
		return xstrfmt("%.*s: 'fu record -m <why>' gives it, with 'fu edit' "
			       "'--because <why>'",
			(int)(end - rest), rest);
	for (const char *at; (at = strstr(rest, option)); rest = at + strlen(option))
		str_addf(&text, "%.*s'", (int)(at - rest), rest);
	str_add(&text, rest);
	return str_detach(&text);
}

/* Every breach as "name:line: …". */
static int raise_breaches(const struct breaches *b, const char *name)
{
	struct faults faults = {.name = name};
	bool malformed = false;

	for (size_t i = 0; i < b->n; i++) {
		const struct breach *x = &b->items[i];

		char *message = message_for_file(x);

		malformed |= !x->discipline;
		faults_add(&faults, x->act ? x->act->line : 0, "%s", message);
		free(message);
	}
	faults_raise(&faults, malformed ? ERR_FAILED : ERR_REFUSED);
	return malformed ? ERR_FAILED : ERR_REFUSED;
}

/* What an edit made, in words: acts that are new and acts that are another. */
static void describe(
	struct list *out, const struct opportunity *before, const struct opportunity *after)
{
	for (size_t i = 0; i < after->n; i++) {
		const struct act *a = after->acts[i];
		const struct act *was = before ? opportunity_act(before, a->id) : NULL;

		if (!was)
			list_take(out, xstrfmt("%s %s: new", act_kinds[a->kind].name, a->id));
		else if (!act_equal(was, a))
			list_take(
				out, xstrfmt("%s %s: edited", act_kinds[a->kind].name, a->id));
	}
}

int edit_judge_remark(const struct opportunity *o, const char *name)
{
	if (!o->remark)
		return 0;
	error_set(ERR_FAILED, "%s:%u: a remark would be lost with the next act: make it a note",
		name, o->remark);
	error_hint("fu note %s '<text>'", o->id);
	return ERR_FAILED;
}

int edit_judge(struct repo *repo, struct opportunity **out, const struct opportunity *before,
	const char *id, const char *name, const struct str *bytes, const char *why)
{
	struct opportunity *edited;
	struct fact_list declared;
	struct breaches b = {0};
	struct ground g;
	const char *process;
	char *by = NULL;
	bool guessed;
	int rc = opportunity_read_edit(&edited, &declared, id, name, bytes->buf, bytes->len);

	*out = NULL;
	if (rc)
		return rc;
	rc = edit_judge_remark(edited, name);
	if (rc)
		goto out;
	process = facts_get(&declared, "process");
	rc = find_ground(&g, repo, process ? process : edited->now.process, before);
	if (rc)
		error_prefix("%s", name);
	rc = rc ? rc : git_identity(repo, &by, &guessed);
	if (rc)
		goto out;
	if (handedit_take(out,
		    &(struct handedit){.recorded = before,
			    .edited = edited,
			    .declared = &declared,
			    .by = by,
			    .because = why},
		    &g, &b)) {
		rc = raise_breaches(&b, name);
		opportunity_free(*out);
		*out = NULL;
	}
	breaches_release(&b);
out:
	free(by);
	facts_release(&declared);
	opportunity_free(edited);
	return rc;
}

/* What HEAD has there. One that cannot be read counts as none: a repair is as good
 * as a new file. */
int edit_read_head(struct repo *repo, const char *id, const char *was, struct str *bytes,
	struct opportunity **before)
{
	const struct git_backend *backend;
	struct fact_list declared;
	struct git *git;
	bool found;
	int rc = repo_git(repo, &backend, &git);

	*before = NULL;
	if (!rc)
		rc = backend->head_file(git, was, bytes, &found);
	if (rc || !found)
		return rc;
	if (opportunity_read(before, &declared, id, was, bytes->buf, bytes->len))
		error_clear();
	else
		facts_release(&declared);
	return 0;
}

int edit_take(struct taken *out, struct repo *repo, const char *id, const char *path,
	const char *was, const char *why)
{
	struct opportunity *before = NULL;
	int rc;

	*out = TAKEN_INIT;
	rc = repo_read_file(repo, path, &out->read);
	if (!rc && was)
		rc = edit_read_head(repo, id, was, &out->head, &before);
	if (!rc)
		rc = edit_judge(repo, &out->after, before, id, path, &out->read, why);
	if (!rc) {
		replace_string(&out->after->path, path);
		describe(&out->acts, before, out->after);
		opportunity_write(&out->bytes, out->after);
		out->same = same_string(path, was) && same_string(out->read.buf, out->head.buf);
	}
	opportunity_free(before);
	if (rc)
		taken_release(out);
	return rc;
}

int write_take_edit(struct write *w, const struct opportunity *before, const char *name,
	const char *bytes, size_t len, const char *why, struct opportunity **out)
{
	struct str text = STR_INIT;
	int rc;

	str_addn(&text, bytes, len);
	rc = edit_judge(w->repo, out, before, before->id, name, &text, why);
	if (!rc)
		replace_string(&(*out)->path, before->path);
	str_release(&text);
	return rc;
}
