#include "storage/git/git.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * Who acts, as git finds it (git-var(1)): $GIT_AUTHOR_NAME, author.name,
 * user.name, the account's; the mail likewise, with $EMAIL before the account's.
 */

/* Drops what git drops: '<', '>' and newlines anywhere, dots, commas, quotes and
 * blanks at both ends. Empty: NULL. */
static char *clean(char *text)
{
	static const char edges[] = " .,:;\"\\'\t";
	char *from, *to = text;
	size_t len;

	if (!text)
		return NULL;
	for (from = text; *from; from++)
		if ((unsigned char)*from >= 0x20 && *from != '<' && *from != '>')
			*to++ = *from;
	*to = '\0';
	from = text + strspn(text, edges);
	len = strlen(from);
	while (len && strchr(edges, from[len - 1]))
		len--;
	memmove(text, from, len);
	text[len] = '\0';
	if (len)
		return text;
	free(text);
	return NULL;
}

/* The first of: the environment, two keys of the config. NULL: none says. */
static int configured(struct git *git, const char *variable, const char *key,
	const char *fallback, char **out)
{
	int err;

	if ((*out = clean(xstrdup_or_null(getenv(variable)))))
		return 0;
	if ((err = git_config_value_get(git, key, out)) || (*out = clean(*out)))
		return err;
	err = git_config_value_get(git, fallback, out);
	*out = err ? NULL : clean(*out);
	return err;
}

static char *login(const struct passwd *account)
{
	if (account && account->pw_name && *account->pw_name)
		return xstrdup(account->pw_name);
	return xstrfmt("user-%ld", (long)getuid());
}

/* The first field of gecos; '&' in it stands for the login name. */
static char *account_name(void)
{
	const struct passwd *account = getpwuid(getuid());
	const char *gecos = account && account->pw_gecos ? account->pw_gecos : "";
	struct str name = STR_INIT;
	char *user = login(account), *full;

	for (; *gecos && *gecos != ','; gecos++)
		if (*gecos == '&')
			str_add(&name, user);
		else
			str_addch(&name, *gecos);
	full = clean(str_detach(&name));
	if (!full)
		return user;
	free(user);
	return full;
}

static char *account_mail(void)
{
	char host[256] = {0};
	char *mail = clean(xstrdup_or_null(getenv("EMAIL")));
	char *user;

	if (mail)
		return mail;
	if (gethostname(host, sizeof(host) - 1))
		*host = '\0';
	user = login(getpwuid(getuid()));
	mail = xstrfmt("%s@%s", user, *host ? host : "localhost");
	free(user);
	return mail;
}

static int find(struct git *git, const char *role, char **name, char **mail)
{
	char *variable = xstrfmt("GIT_%s_NAME", role);
	bool author = !strcmp(role, "AUTHOR");
	int err = configured(
		git, variable, author ? "author.name" : "committer.name", "user.name", name);

	free(variable);
	*mail = NULL;
	if (err)
		return err;
	variable = xstrfmt("GIT_%s_EMAIL", role);
	err = configured(
		git, variable, author ? "author.email" : "committer.email", "user.email", mail);
	free(variable);
	return err;
}

int git_who(struct git *git, char **who, bool *guessed)
{
	char *name = NULL, *mail = NULL;
	int err = find(git, "AUTHOR", &name, &mail);

	if (err)
		goto out;
	*guessed = !name || (!mail && !getenv("EMAIL"));
	if (*guessed && config_flag(git, "user.useconfigonly", false)) {
		err = error_set(ERR_FAILED, "user.name or user.email is not set, and "
					    "user.useConfigOnly forbids to guess");
		error_hint("git config --global user.name '<name>' && "
			   "git config --global user.email '<mail>'");
		goto out;
	}
	name = name ? name : account_name();
	mail = mail ? mail : account_mail();
	*who = xstrfmt("%s <%s>", name, mail);
out:
	free(name);
	free(mail);
	return err;
}

char *committer_of(struct git *git, const char *author)
{
	char *name = NULL, *mail = NULL, *who;

	if (find(git, "COMMITTER", &name, &mail))
		error_clear();
	who = name && mail ? xstrfmt("%s <%s>", name, mail) : xstrdup(author);
	free(name);
	free(mail);
	return who;
}

int signature_make(git_signature **out, const char *who, const struct moment *when)
{
	const char *open = strrchr(who, '<');
	char *name = clean(open ? xstrndup(who, (size_t)(open - who)) : xstrdup(who));
	char *mail = clean(open ? xstrdup(open) : NULL);
	int err = 0;

	/* An empty mail is what git writes too; an empty name is refused by all. */
	if (git_signature_new(out, name ? name : "unknown", mail ? mail : "unknown",
		    (git_time_t)when->utc, when->offset / 60))
		err = git_failed("cannot sign as '%s'", who);
	free(name);
	free(mail);
	return err;
}
