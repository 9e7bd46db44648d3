/*
 * Signing commits, by running what git would run (git's gpg-interface.c does the same):
 *
 *	openpgp	gpg --status-fd=2 -bsau <key>, the commit on its stdin
 *	x509	the same with gpgsm
 *	ssh	ssh-keygen -Y sign -n git -f <key file> <file>, which writes <file>.sig
 *
 * A signer may ask for a passphrase, and nobody else can write as long as it waits:
 * those who wait for the lock are told so.
 */
#include "storage/git/git.h"
#include "storage/program.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#define TEXT_FILE "sign"
#define SIGNATURE_FILE "sign.sig"
#define KEY_FILE "sign-key"

enum format { FORMAT_OPENPGP, FORMAT_SSH, FORMAT_X509 };

static const struct {
	const char *word, *key, *program;
} formats[] = {
	[FORMAT_OPENPGP] = {"openpgp", "gpg.openpgp.program", "gpg"},
	[FORMAT_SSH] = {"ssh", "gpg.ssh.program", "ssh-keygen"},
	[FORMAT_X509] = {"x509", "gpg.x509.program", "gpgsm"},
};

struct signing {
	struct gitw *w;
	enum format format;
	char *program;
	char *key; /* user.signingKey, or what stands for it */
	const char *text;
	struct str said; /* on its stderr */
};

/* ---- settings ---- */

static int choose_format(struct signing *s)
{
	char *word;
	int err = git_config_value_get(s->w->git, "gpg.format", &word);

	if (err)
		return err;
	for (size_t i = 0; word && i < ARRAY_SIZE(formats); i++)
		if (!strcasecmp(word, formats[i].word)) {
			s->format = (enum format)i;
			replace_string(&word, NULL);
		}
	if (word)
		err = error_set(ERR_FAILED,
			"gpg.format: unknown format '%s' (one of: openpgp, ssh, x509)", word);
	free(word);
	return err;
}

static int choose_program(struct signing *s)
{
	int err = git_config_value_get(s->w->git, formats[s->format].key, &s->program);

	/* The older name. */
	if (!err && !s->program && s->format == FORMAT_OPENPGP)
		err = git_config_value_get(s->w->git, "gpg.program", &s->program);
	if (!err && !s->program)
		s->program = xstrdup(formats[s->format].program);
	return err;
}

/* ---- running ---- */

static bool is_status_line(const char *line)
{
	return starts_with(line, "[GNUPG:]");
}

/* What the signer said, a line each; its lines for programs are left out. */
static int not_signed(struct signing *s, const char *why)
{
	char *copy = xstrdup(s->said.buf), *rest = copy;

	error_set(ERR_FAILED, "the commit is not signed, and nothing is recorded: %s", why);
	while (rest) {
		const char *line = trim(strsep(&rest, "\n"));

		if (*line && !is_status_line(line))
			error_add(ERR_FAILED, "%s", line);
	}
	error_hint("user.signingKey and gpg.format of git's config say who signs and how; "
		   "commit.gpgSign=false ends it");
	free(copy);
	return ERR_FAILED;
}

static int run(struct signing *s, const struct program *p)
{
	char *why;
	int status, err = program_run(p, &status);

	if (err == ERR_MISSING) {
		why = xstrfmt("there is no program '%s'", p->argv[0]);
		err = not_signed(s, why);
		free(why);
	} else if (!err && status) {
		why = xstrfmt("'%s' failed", p->argv[0]);
		err = not_signed(s, why);
		free(why);
	}
	return err;
}

/* ---- openpgp, x509 ---- */

static void drop_cr(struct str *text)
{
	size_t kept = 0;

	for (size_t i = 0; i < text->len; i++)
		if (text->buf[i] != '\r')
			text->buf[kept++] = text->buf[i];
	str_truncate(text, kept);
}

static int sign_with_gpg(struct signing *s, struct str *signature)
{
	const char *const argv[] = {s->program, "--status-fd=2", "-bsau", s->key, NULL};
	const struct program p = {.argv = argv,
		.input = s->text,
		.input_len = strlen(s->text),
		.output = signature,
		.errors = &s->said};
	int err = run(s, &p);

	if (!err && !strstr(s->said.buf, "[GNUPG:] SIG_CREATED "))
		err = not_signed(s, "the signer says nothing of a signature");
	drop_cr(signature);
	return err;
}

/* ---- ssh ---- */

/* The key itself stands there, not the name of its file. */
static const char *literal_key(const char *key)
{
	if (starts_with(key, "key::"))
		return key + strlen("key::");
	return starts_with(key, "ssh-") ? key : NULL;
}

/* Words as git splits them: blanks, quotes of both kinds, backslashes. */
static void split_command(struct list *out, const char *command)
{
	struct str word = STR_INIT;
	bool open = false;
	char quote = '\0';

	for (const char *c = command; *c; c++) {
		if (quote ? *c == quote : *c == '\'' || *c == '"') {
			quote = quote ? '\0' : *c;
			open = true;
		} else if (!quote && strchr(" \t\n", *c)) {
			if (open)
				list_add(out, word.buf);
			open = false;
			str_truncate(&word, 0);
		} else {
			if (*c == '\\' && quote != '\'' && c[1])
				c++;
			str_addch(&word, *c);
			open = true;
		}
	}
	if (open)
		list_add(out, word.buf);
	str_release(&word);
}

/* The first line of what gpg.ssh.defaultKeyCommand prints. */
static int ask_for_key(struct signing *s)
{
	struct list words = {0};
	struct str keys = STR_INIT;
	char *command;
	int err = git_config_value_get(s->w->git, "gpg.ssh.defaultkeycommand", &command);

	if (!err && command)
		split_command(&words, command);
	if (!err && words.n) {
		list_take(&words, NULL);
		err = run(s, &(struct program){.argv = (const char *const *)words.items,
				     .output = &keys,
				     .errors = &s->said});
	}
	str_truncate(&keys, strcspn(keys.buf, "\r\n"));
	if (!err && literal_key(keys.buf))
		s->key = xstrdup(keys.buf);
	else if (!err)
		err = not_signed(s, "neither user.signingKey nor "
				    "gpg.ssh.defaultKeyCommand gives a key");
	list_release(&words);
	str_release(&keys);
	free(command);
	return err;
}

/* "~/" and "~user/" as git has them. libgit2 looks for the first where git's own config
 * is, which the environment may say is nowhere. */
static char *expanded(const char *path)
{
	size_t len = strcspn(path, "/");
	const struct passwd *account;
	const char *home;
	char *user;

	if (*path != '~')
		return xstrdup(path);
	if (len == 1) {
		home = getenv("HOME");
	} else {
		user = xstrndup(path + 1, len - 1);
		account = getpwnam(user);
		home = account ? account->pw_dir : NULL;
		free(user);
	}
	return home ? xstrfmt("%s%s", home, path + len) : xstrdup(path);
}

static int key_file(struct signing *s, char **path)
{
	const char *literal = literal_key(s->key);
	char *line;
	int err = 0;

	if (literal) {
		line = xstrfmt("%s\n", literal);
		err = file_write(s->w->stage_fd, KEY_FILE, line, strlen(line), 0600);
		*path = xstrfmt("%s/" KEY_FILE, s->w->stage);
		free(line);
	} else {
		*path = expanded(s->key);
		if (**path != '/') { /* git runs at the top of the work tree */
			line = xstrfmt("%s/%s", s->w->git->root, *path);
			free(*path);
			*path = line;
		}
	}
	return err;
}

static void remove_files(struct gitw *w)
{
	unlinkat(w->stage_fd, TEXT_FILE, 0);
	unlinkat(w->stage_fd, SIGNATURE_FILE, 0);
	unlinkat(w->stage_fd, KEY_FILE, 0);
}

static int sign_with_ssh(struct signing *s, struct str *signature)
{
	char *key = NULL, *file = xstrfmt("%s/" TEXT_FILE, s->w->stage);
	bool found = false;
	int err = 0;

	remove_files(s->w);
	if (!s->key)
		err = ask_for_key(s);
	if (!err)
		err = key_file(s, &key);
	if (!err)
		err = file_write(s->w->stage_fd, TEXT_FILE, s->text, strlen(s->text), 0600);
	if (!err) {
		const char *const argv[] = {
			s->program, "-Y", "sign", "-n", "git", "-f", key, file, NULL};

		err = run(s, &(struct program){.argv = argv, .errors = &s->said});
	}
	if (!err)
		err = path_read(s->w->stage_fd, SIGNATURE_FILE, signature, NULL, &found);
	if (!err && !found)
		err = not_signed(s, "the signer has left no signature");
	drop_cr(signature);
	remove_files(s->w);
	free(file);
	free(key);
	return err;
}

/* ---- */

static int sign(struct signing *s, const char *committer, struct str *signature)
{
	int err = choose_format(s);

	if (!err)
		err = choose_program(s);
	if (!err)
		err = git_config_value_get(s->w->git, "user.signingkey", &s->key);
	if (err)
		return err;
	if (s->format == FORMAT_SSH)
		return sign_with_ssh(s, signature);
	if (!s->key)
		s->key = xstrdup(committer);
	return sign_with_gpg(s, signature);
}

int commit_sign(struct gitw *w, const char *text, const char *committer, char **signature)
{
	struct signing s = {.w = w, .text = text, .said = STR_INIT};
	struct str made = STR_INIT;
	int err;

	*signature = NULL;
	if (!config_flag(w->git, "commit.gpgsign", false))
		return 0;
	lock_say(w, "waits for its commit to be signed");
	err = sign(&s, committer, &made);
	lock_say(w, "");
	if (!err)
		*signature = str_detach(&made);
	str_release(&made);
	str_release(&s.said);
	free(s.program);
	free(s.key);
	return err;
}
