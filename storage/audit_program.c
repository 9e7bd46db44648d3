/* What the git program finds: it knows the object database and the keys. */
#include "storage/audit.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/program.h"

#include <stdlib.h>
#include <string.h>

#define AT_ONCE 64 /* signatures */

/* ERR_MISSING is no error here: it is noted that there is no git. */
static int run_git(struct audit *a, const struct program *p, int *status)
{
	int err = a->report->without_git ? ERR_MISSING : program_run(p, status);

	if (err != ERR_MISSING)
		return err;
	error_clear();
	a->report->without_git = true;
	*status = -1;
	return 0;
}

static void find_lines(struct audit *a, const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		if (len)
			audit_find(a, "git", "git fsck: %.*s", (int)len, text);
		text += len + (text[len] == '\n');
	}
}

static int run_fsck(struct audit *a, struct str *said, struct str *errors, int *status)
{
	const char *const argv[] = {
		"git", "-C", a->repo->root, "fsck", "--no-dangling", "--no-progress", NULL};

	return run_git(a,
		&(struct program){.argv = argv,
			.unset = program_git_unset,
			.output = said,
			.errors = errors},
		status);
}

/* It lists the objects before it reads the refs: what is committed in between it misses. */
static int run_fsck_again(struct audit *a, struct str *said, struct str *errors, int *status)
{
	int held = repo_hold_writers(a->repo), err;

	str_truncate(said, 0);
	str_truncate(errors, 0);
	err = run_fsck(a, said, errors, status);
	repo_let_write(held);
	return err;
}

int audit_git_fsck(struct audit *a)
{
	struct str said = STR_INIT, errors = STR_INIT;
	int status = 0, err;

	audit_step(a, "running git fsck");
	err = run_fsck(a, &said, &errors, &status);
	if (!err && status > 0)
		err = run_fsck_again(a, &said, &errors, &status);
	if (!err && status > 0) {
		size_t before = a->report->n;

		find_lines(a, errors.buf);
		find_lines(a, said.buf);
		if (before == a->report->n)
			audit_find(a, "git", "git fsck: exit status %d", status);
	}
	str_release(&said);
	str_release(&errors);
	return err;
}

/* ---- signatures ---- */

static void note_unverified(struct audit *a, const struct str *errors)
{
	const char *why = errors->buf;

	a->report->unverified++;
	if (starts_with(why, "error: "))
		why += strlen("error: ");
	if (!a->report->unverified_why && *why)
		a->report->unverified_why = xstrndup(why, strcspn(why, "\n"));
}

/* "<hash> <letter>", the letters of git-log(1)'s %G?. A key that is not known, or that
 * was good when it signed, is no bad signature. */
static void judge_signature(struct audit *a, const char *line, const struct str *errors)
{
	if (strlen(line) < 42)
		return;
	switch (line[41]) {
	case 'G':
	case 'U':
	case 'X':
	case 'Y':
	case 'R':
		a->report->verified++;
		break;
	case 'B':
		audit_find(a, "signature", "the signature is bad: it is of something else")
			->commit = xstrndup(line, 40);
		break;
	default:
		note_unverified(a, errors);
	}
}

static int verify(struct audit *a, size_t first, size_t n)
{
	static const char *const argv_end[] = {"-c", "log.showSignature=false", "log",
		"--no-walk=unsorted", "--stdin", "--format=%H %G?", NULL};
	const char *argv[3 + ARRAY_SIZE(argv_end)] = {"git", "-C", a->repo->root};
	struct str names = STR_INIT, said = STR_INIT, errors = STR_INIT;
	char *rest;
	int status = 0, err;

	memcpy(argv + 3, argv_end, sizeof(argv_end));
	for (size_t i = first; i < first + n; i++)
		str_addf(&names, "%s\n", a->signed_commits.items[i]);
	err = run_git(a,
		&(struct program){.argv = argv,
			.unset = program_git_unset,
			.input = names.buf,
			.input_len = names.len,
			.output = &said,
			.errors = &errors},
		&status);
	if (!err && status > 0)
		err = error_set(ERR_FAILED, "git log: %s",
			errors.len ? trim(errors.buf) : "failed without saying why");
	rest = said.buf;
	while (!err && status >= 0 && rest)
		judge_signature(a, strsep(&rest, "\n"), &errors);
	str_release(&names);
	str_release(&said);
	str_release(&errors);
	return err;
}

int audit_signatures(struct audit *a)
{
	size_t all = a->signed_commits.n;
	int err = 0;

	a->report->is_signed = all;
	for (size_t i = 0; !err && i < all && !a->report->without_git; i += AT_ONCE) {
		for (size_t j = 0; j < AT_ONCE; j++)
			audit_step(a, "checking signatures");
		err = verify(a, i, all - i < AT_ONCE ? all - i : AT_ONCE);
	}
	return err;
}
