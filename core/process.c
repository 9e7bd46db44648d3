#include "core/process.h"

#include "core/error.h"
#include "core/mem.h"
#include "core/suggest.h"

#include <stdlib.h>
#include <string.h>

#define ACTIVITY_SECTION "activity "
#define WORD_MAX 40
#define MOST_REPEATS 99

bool process_word_valid(const char *word)
{
	size_t len = strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return len && len <= WORD_MAX && !word[len] && *word != '-';
}

struct process *process_new(const char *name)
{
	struct process *p = xcalloc(1, sizeof(*p));

	p->name = xstrdup(name);
	return p;
}

void process_free(struct process *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->n; i++) {
		free(p->activities[i].name);
		free(p->activities[i].title);
		list_release(&p->activities[i].questions);
	}
	free(p->activities);
	free(p->name);
	free(p->title);
	free(p);
}

int process_find(const struct process *p, const char *activity)
{
	for (size_t i = 0; i < p->n; i++)
		if (!strcmp(p->activities[i].name, activity))
			return (int)i;
	return -1;
}

const char *process_after(const struct process *p, const char *activity)
{
	int i = process_find(p, activity);

	if (i < 0)
		return NULL;
	if ((size_t)i + 1 < p->n)
		return p->activities[i + 1].name;
	return p->cycle ? p->activities[0].name : NULL;
}

bool process_is_last(const struct process *p, const char *activity)
{
	int i = process_find(p, activity);

	return i >= 0 && (size_t)i + 1 == p->n;
}

static int add_activity(struct process *p, const char *name)
{
	if (!process_word_valid(name))
		return error_set(ERR_FAILED,
			"not the name of an activity: '%s' (letters a-z, digits and '-', at "
			"most %d)",
			name, WORD_MAX);
	if (process_find(p, name) >= 0)
		return error_set(ERR_FAILED, "the activity '%s' stands twice", name);
	p->activities = xrealloc(p->activities, (p->n + 1) * sizeof(*p->activities));
	p->activities[p->n++] = (struct activity){.name = xstrdup(name)};
	return 0;
}

static int load_activities(struct process *p, const char *value)
{
	char *copy, *rest;
	int rc = 0;

	if (p->n)
		return error_set(ERR_FAILED, "'activities' stands twice");
	rest = copy = xstrdup(value);
	while (!rc && rest)
		rc = add_activity(p, trim(strsep(&rest, ",")));
	free(copy);
	return rc;
}

static int unknown_key(const char *key, const char *const *known)
{
	struct str hint = STR_INIT;
	int rc;

	suggest_add(&hint, key, known);
	rc = error_set(ERR_FAILED, "unknown key '%s'%s", key, hint.buf);
	str_release(&hint);
	return rc;
}

static int set_title(char **slot, const char *value)
{
	if (*slot)
		return error_set(ERR_FAILED, "'title' stands twice");
	if (*value)
		*slot = xstrdup(value);
	return 0;
}

static int load_of_process(struct process *p, const char *key, const char *value)
{
	static const char *const keys[] = {"title", "activities", "cycle", NULL};

	if (!strcmp(key, "title"))
		return set_title(&p->title, value);
	if (!strcmp(key, "activities"))
		return load_activities(p, value);
	if (strcmp(key, "cycle"))
		return unknown_key(key, keys);
	if (strcmp(value, "yes") && strcmp(value, "no"))
		return error_set(ERR_FAILED, "'cycle' is 'yes' or 'no', not '%s'", value);
	p->cycle = !strcmp(value, "yes");
	return 0;
}

/* Several questions may stand in one value: each ends with its '?', or with its line. */
static void load_questions(struct activity *a, const char *value)
{
	while (*value) {
		size_t len = 0;
		char *question;

		while (value[len] && value[len] != '\n' &&
			!(value[len] == '?' && strchr(" \t\n", value[len + 1])))
			len++;
		len += value[len] == '?';
		question = trim(xstrndup(value, len));
		if (*question)
			list_take(&a->questions, question);
		else
			free(question);
		value += len + (value[len] != '\0');
	}
}

static int load_of_activity(struct activity *a, const char *key, const char *value)
{
	static const char *const keys[] = {"title", "questions", "max-repeats", NULL};
	char *end;
	long n;

	if (!strcmp(key, "title"))
		return set_title(&a->title, value);
	if (!strcmp(key, "questions")) {
		load_questions(a, value);
		return 0;
	}
	if (strcmp(key, "max-repeats"))
		return unknown_key(key, keys);
	n = strtol(value, &end, 10);
	if (*value < '0' || *value > '9' || *end || n < 1 || n > MOST_REPEATS)
		return error_set(ERR_FAILED, "'max-repeats' is a number from 1 to %d, not '%s'",
			MOST_REPEATS, value);
	a->max_repeats = (int)n;
	return 0;
}

/* The activity that the section is about; NULL with an error recorded: none. */
static struct activity *find_activity(struct process *p, const char *section)
{
	char *name = trim(xstrdup(section + strlen(ACTIVITY_SECTION)));
	int i = process_find(p, name);

	if (i < 0)
		error_set(ERR_FAILED,
			"'%s' is not among the activities of the process; [process] with "
			"'activities' comes first",
			name);
	free(name);
	return i < 0 ? NULL : &p->activities[i];
}

int process_load_pair(
	struct process *p, const char *section, const char *key, const char *value)
{
	struct activity *a;

	if (!strcmp(section, "process"))
		return key ? load_of_process(p, key, value) : 0;
	if (!starts_with(section, ACTIVITY_SECTION))
		return error_set(ERR_FAILED,
			"unknown section '%s'; a process file has [process] and "
			"[activity <name>]",
			section);
	a = find_activity(p, section);
	if (!a)
		return ERR_FAILED;
	return key ? load_of_activity(a, key, value) : 0;
}

int process_finish(struct process *p)
{
	if (!p->n)
		return error_set(ERR_FAILED, "the process '%s' has no activities", p->name);
	if (!p->title)
		p->title = xstrdup(p->name);
	return 0;
}
