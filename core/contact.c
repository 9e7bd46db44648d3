#include "core/contact.h"

#include "core/error.h"
#include "core/mem.h"
#include "core/suggest.h"
#include "core/utf8.h"

#include <stdlib.h>
#include <string.h>

#define DECISION_MAKER "decision-maker"
#define LEFT "left"
#define LEFT_TO "left:"

static bool begins_phone(const char *text)
{
	return *text == '+' || (*text >= '0' && *text <= '9');
}

static int check_name(const char *name)
{
	if (!*name)
		return error_set(ERR_USAGE, "a contact needs a name");
	if (strpbrk(name, ":;<>"))
		return error_set(ERR_USAGE,
			"a contact's name cannot hold ':', ';', '<' or '>': '%s'", name);
	if (strchr(name, '@'))
		return error_set(ERR_USAGE,
			"a contact begins with a name, the mail address follows as "
			"'<address>': '%s'",
			name);
	return 0;
}

static int check_mail(const char *mail)
{
	const char *at = strchr(mail, '@');

	if (!at || at == mail || !at[1] || strpbrk(mail, " \t\r\n;<>"))
		return error_set(ERR_USAGE, "not a mail address: '%s'", mail);
	return 0;
}

/* A role must come back as one from the stored form. */
static int check_role(const char *role)
{
	if (strpbrk(role, ";<>") || begins_phone(role) || !strcmp(role, DECISION_MAKER) ||
		!strcmp(role, LEFT) || starts_with(role, LEFT_TO))
		return error_set(ERR_USAGE, "not a contact's role: '%s'", role);
	return 0;
}

static int check_phone(const char *phone)
{
	if (!begins_phone(phone) || strpbrk(phone, ";<>"))
		return error_set(
			ERR_USAGE, "a phone number begins with '+' or a digit: '%s'", phone);
	return 0;
}

/* "Jane Doe <jane@acme.example>", in place. */
static int take_name(struct contact *c, char *part)
{
	char *open = strchr(part, '<');
	int rc;

	if (open) {
		char *close = strchr(open, '>');

		if (!close || *trim(close + 1))
			return error_set(ERR_USAGE,
				"a contact is '<name> <mail>; <phone>; …': '%s'", part);
		*open = *close = '\0';
		if ((rc = check_mail(trim(open + 1))))
			return rc;
		replace_string(&c->mail, open + 1);
	}
	trim(part);
	if ((rc = check_name(part)))
		return rc;
	replace_string(&c->name, part);
	return 0;
}

static int set_once(char **slot, const char *what, const char *value)
{
	if (*slot)
		return error_set(ERR_USAGE, "a contact has one %s, not '%s' and '%s'", what,
			*slot, value);
	*slot = xstrdup(value);
	return 0;
}

static int take_part(struct contact *c, char *part)
{
	int rc;

	if (!*part)
		return 0;
	if (begins_phone(part))
		return (rc = check_phone(part)) ? rc : set_once(&c->phone, "phone", part);
	if (!strcmp(part, DECISION_MAKER)) {
		c->decision_maker = true;
		return 0;
	}
	if (!strcmp(part, LEFT)) {
		c->left = true;
		return 0;
	}
	if (starts_with(part, LEFT_TO)) {
		char *who = trim(part + strlen(LEFT_TO));

		c->left = true;
		return (rc = check_name(who)) ? rc : set_once(&c->left_to, "successor", who);
	}
	return (rc = check_role(part)) ? rc : set_once(&c->role, "role", part);
}

int contact_parse(struct contact *out, const char *text)
{
	struct contact c = {0};
	char *copy = xstrdup(text), *rest = copy;
	int rc = take_name(&c, trim(strsep(&rest, ";")));

	while (!rc && rest)
		rc = take_part(&c, trim(strsep(&rest, ";")));
	free(copy);
	if (rc)
		contact_release(&c);
	else
		*out = c;
	return rc;
}

void contact_add_stored(struct str *out, const struct contact *c)
{
	str_add(out, c->name);
	if (c->mail)
		str_addf(out, " <%s>", c->mail);
	if (c->phone)
		str_addf(out, "; %s", c->phone);
	if (c->role)
		str_addf(out, "; %s", c->role);
	if (c->decision_maker)
		str_add(out, "; " DECISION_MAKER);
	if (c->left_to)
		str_addf(out, "; " LEFT_TO " %s", c->left_to);
	else if (c->left)
		str_add(out, "; " LEFT);
}

void contact_copy(struct contact *to, const struct contact *from)
{
	struct contact copy = {.name = xstrdup(from->name),
		.mail = xstrdup_or_null(from->mail),
		.phone = xstrdup_or_null(from->phone),
		.role = xstrdup_or_null(from->role),
		.decision_maker = from->decision_maker,
		.left = from->left,
		.left_to = xstrdup_or_null(from->left_to)};

	contact_release(to);
	*to = copy;
}

void contact_release(struct contact *c)
{
	free(c->name);
	free(c->mail);
	free(c->phone);
	free(c->role);
	free(c->left_to);
	*c = (struct contact){0};
}

static int set_text(char **slot, const char *value, int (*check)(const char *))
{
	char *copy = trim(xstrdup(value));
	int rc = *copy ? check(copy) : 0;

	if (!rc)
		replace_string(slot, *copy ? copy : NULL);
	free(copy);
	return rc;
}

static int set_name(struct contact *c, const char *value)
{
	char *copy = trim(xstrdup(value));
	int rc = check_name(copy);

	if (!rc)
		replace_string(&c->name, copy);
	free(copy);
	return rc;
}

static int set_decision_maker(struct contact *c, const char *value)
{
	if (strcmp(value, "yes") && strcmp(value, "no") && *value)
		return error_set(ERR_USAGE, "decision_maker is 'yes' or 'no', not '%s'", value);
	c->decision_maker = !strcmp(value, "yes");
	return 0;
}

int contact_set(struct contact *c, const char *key, const char *value)
{
	static const char *const keys[] = {
		"name", "mail", "email", "phone", "role", "decision_maker", NULL};
	struct str hint = STR_INIT;
	int rc;

	if (!strcmp(key, "name"))
		return set_name(c, value);
	if (!strcmp(key, "mail") || !strcmp(key, "email"))
		return set_text(&c->mail, value, check_mail);
	if (!strcmp(key, "phone"))
		return set_text(&c->phone, value, check_phone);
	if (!strcmp(key, "role"))
		return set_text(&c->role, value, check_role);
	if (!strcmp(key, "decision_maker") || !strcmp(key, "decision-maker"))
		return set_decision_maker(c, value);
	suggest_add(&hint, key, keys);
	rc = error_set(ERR_USAGE, "unknown key '%s' of a contact%s", key, hint.buf);
	str_release(&hint);
	return rc;
}

static bool fill_text(char **slot, const char *text)
{
	if (*slot || !text)
		return false;
	*slot = xstrdup(text);
	return true;
}

bool contact_fill(struct contact *to, const struct contact *from)
{
	bool lacked = fill_text(&to->mail, from->mail);

	lacked |= fill_text(&to->phone, from->phone);
	lacked |= fill_text(&to->role, from->role);
	lacked |= from->decision_maker && !to->decision_maker;
	to->decision_maker |= from->decision_maker;
	return lacked;
}
