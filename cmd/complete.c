/* fu complete: what may stand where the cursor is, for the completion of the shells. */
#include "cmd/complete.h"

#include "cmd/alias.h"
#include "cmd/global_options.h"
#include "core/error.h"
#include "core/mem.h"
#include "core/utf8.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_ALIASES 10 /* that lead to one another */

struct complete_options {
	int shell;
	struct list words;
};

static const char *const shell_words[] = {NULL, "bash", "zsh", "fish", NULL};

static const struct opt opts[] = {
	{OPT_WORD, "shell", .words = shell_words,
		.slot = SLOT_INT(struct complete_options, shell),
		.help = "how the words are quoted"},
	{OPT_END},
};

static const struct positional positionals[] = {
	{"<word>", .optional = true, .repeats = true,
		.slot = SLOT_LIST(struct complete_options, words)},
	{NULL},
};

const struct command_spec spec_complete = {
	.opts = opts, .positionals = positionals, .size = sizeof(struct complete_options)};

/* ---- offering ---- */

static bool is_printable(const char *text)
{
	struct str safe = STR_INIT;
	bool printable;

	safe_add(&safe, text);
	printable = !strcmp(safe.buf, text);
	str_release(&safe);
	return printable;
}

/* What stands on the line already stays as it stands. */
static void add_text(struct completion *c, const char *text, bool is_key)
{
	const struct shell_word *word = &c->word;

	if (c->shell == SHELL_BASH) {
		str_addn(&c->out, c->raw + word->inside, word->len - word->inside);
		shell_word_add(&c->out, text + strlen(c->value), word->quote);
	} else {
		str_addn(&c->out, word->text, (size_t)(c->value - word->text));
		str_add(&c->out, text);
	}
	if (is_key)
		str_addch(&c->out, '=');
}

static void add_line(struct completion *c, const char *text, const char *note, bool is_key)
{
	if (!starts_with(text, c->value) || !*text || !is_printable(text))
		return;
	/* It would be read as an option. */
	if (c->bare && *text == '-' && !c->walk->ended)
		return;
	add_text(c, text, is_key);
	if (note) {
		str_addch(&c->out, '\t');
		safe_add(&c->out, note);
	}
	str_addch(&c->out, '\n');
}

void offer(struct completion *c, const char *text, const char *note)
{
	add_line(c, text, note, false);
}

void offer_key(struct completion *c, const char *key, const char *note)
{
	add_line(c, key, note, true);
}

void offer_words(struct completion *c, const char *const *words)
{
	for (words++; *words; words++)
		offer(c, *words, NULL);
}

void offer_choices(struct completion *c, const char *choices)
{
	if (strchr(choices, '<'))
		return;
	while (*choices) {
		size_t len = strcspn(choices, "|");
		char *word = xstrndup(choices, len);

		offer(c, word, NULL);
		free(word);
		choices += len + (choices[len] == '|');
	}
}

struct repo *completion_repo(struct completion *c)
{
	if (!c->looked && repo_open_to_look(&c->repo, c->where))
		error_clear();
	c->looked = true;
	return c->repo;
}

/* ---- commands ---- */

static int offer_alias(void *context, const char *key, const char *value)
{
	const char *name = strrchr(key, '.') + 1;
	char *note = xstrfmt("alias: %s", value ? value : "");

	offer(context, name, note);
	free(note);
	return 0;
}

static void offer_programs_in(struct completion *c, const char *dir)
{
	DIR *open = opendir(dir);
	struct dirent *entry;

	while (open && (entry = readdir(open))) {
		char *path = xstrfmt("%s/%s", dir, entry->d_name);

		if (starts_with(entry->d_name, "fu-") && !access(path, X_OK))
			offer(c, entry->d_name + 3, "program");
		free(path);
	}
	if (open)
		closedir(open);
}

static void offer_programs(struct completion *c)
{
	const char *dirs = getenv("PATH");

	while (dirs && *dirs) {
		size_t len = strcspn(dirs, ":");
		char *dir = xstrndup(dirs, len);

		if (len)
			offer_programs_in(c, dir);
		free(dir);
		dirs += len + (dirs[len] == ':');
	}
}

void offer_commands(struct completion *c, bool programs)
{
	for (const struct command *command = commands; command->name; command++)
		if (!(command->flags & PLUMBING))
			offer(c, command->name, command->summary);
	git_config_each(completion_repo(c), "fu.alias.", offer_alias, c);
	error_clear();
	if (programs)
		offer_programs(c);
}

/* ---- options ---- */

static void offer_option(struct completion *c, const struct opt *row, bool used)
{
	char *name = row->name ? xstrfmt("--%s", row->name) : xstrfmt("-%c", row->letter);

	if (!used || opt_repeats(row))
		offer(c, name, row->help);
	free(name);
	if (!starts_with(c->value, "--no-") || !opt_has_negation(row))
		return;
	name = xstrfmt("--no-%s", row->name);
	offer(c, name, row->help);
	free(name);
}

static void offer_options(struct completion *c)
{
	c->bare = false;
	for (size_t i = 0; i < c->walk->n; i++)
		if (!opt_hidden(c->walk->rows[i]))
			offer_option(c, c->walk->rows[i], c->walk->used[i]);
	offer(c, "--help", "show the manual page");
}

/* "--outcome=pr": true if it is a value that is being typed. */
static bool offer_joined_value(struct completion *c)
{
	const char *equals = strchr(c->word.text, '=');
	const struct opt *row;

	if (c->walk->ended || !starts_with(c->word.text, "--") || !equals)
		return false;
	row = walk_row(c->walk, c->word.text + 2, (size_t)(equals - c->word.text) - 2);
	c->value = equals + 1;
	c->bare = false;
	if (row && !opt_is_flag(row) && !opt_hidden(row))
		offer_row_value(c, row);
	return true;
}

/* ---- the line ---- */

static const struct positional *positional_at(const struct command_spec *spec, size_t n)
{
	const struct positional *pos = spec->positionals;

	while (pos && pos->name && n && !pos->repeats) {
		pos++;
		n--;
	}
	return pos && pos->name ? pos : NULL;
}

static void offer_argument(struct completion *c)
{
	const struct positional *pos;

	if (c->walk->pending) {
		c->bare = false;
		offer_row_value(c, c->walk->pending);
		return;
	}
	if (offer_joined_value(c))
		return;
	if (!c->walk->ended && *c->word.text == '-') {
		offer_options(c);
		return;
	}
	if (!c->command) {
		offer_commands(c, true);
		return;
	}
	pos = positional_at(c->command->spec, c->walk->words.n);
	/* Where nothing else can follow, or a text that nobody knows but the user. */
	if (pos ? offer_positional(c, pos) : false)
		return;
	if (!pos && !*c->word.text && !c->walk->ended)
		offer_options(c);
}

/* Where the options before the command lead. */
static void follow_globals(struct completion *c, const struct walk *w, char **repo)
{
	const char *home = getenv("HOME");

	for (size_t i = 0; i < w->n; i++)
		for (size_t j = 0; j < w->values[i].n; j++) {
			const char *typed = w->values[i].items[j];
			bool tilde = *typed == '~' && (!typed[1] || typed[1] == '/') && home;
			char *dir = tilde ? xstrfmt("%s%s", home, typed + 1) : xstrdup(typed);

			if (w->rows[i]->letter == 'C' && chdir(dir))
				c->looked = true; /* nothing is there to be read */
			if (same_string(w->rows[i]->name, "repo"))
				replace_string(repo, dir);
			free(dir);
		}
	if (*repo)
		c->where = *repo;
}

/* Puts the alias's words for words[at]; false: it is none, or one for the shell. */
static bool expand_alias(struct completion *c, struct list *words, size_t at)
{
	char *key = xstrfmt("fu.alias.%s", words->items[at]), *value = NULL;
	struct list all = {0};
	bool done = false;

	if (git_config_value(completion_repo(c), key, &value) || !value || *value == '!')
		goto out;
	for (size_t i = 0; i < at; i++)
		list_add(&all, words->items[i]);
	if (alias_split(&all, words->items[at], value))
		goto out;
	for (size_t i = at + 1; i < words->n; i++)
		list_add(&all, words->items[i]);
	list_release(words);
	*words = all;
	all = (struct list){0};
	done = true;
out:
	list_release(&all);
	error_clear();
	free(value);
	free(key);
	return done;
}

static void complete_command(struct completion *c, const struct command *command,
	const struct list *words, size_t from)
{
	struct walk walk;

	walk_init(&walk, command->spec);
	walk_over(&walk, words, from, words->n, false);
	c->command = command;
	c->walk = &walk;
	offer_argument(c);
	walk_release(&walk);
}

/* `words`: those before the cursor. */
static void complete_line(struct completion *c, struct list *words)
{
	char *repo = NULL;
	size_t at = 0;

	for (int aliases = 0; aliases < MOST_ALIASES; aliases++) {
		const struct command *command;
		struct walk globals;

		walk_init(&globals, &global_spec);
		at = walk_over(&globals, words, at, words->n, true);
		follow_globals(c, &globals, &repo);
		c->walk = &globals;
		if (at == words->n)
			offer_argument(c);
		walk_release(&globals);
		if (at == words->n)
			break;
		command = command_find(words->items[at]);
		if (command)
			complete_command(c, command, words, at + 1);
		if (command)
			break;
		c->files = OFFER_FILES; /* a program's arguments are its own affair */
		if (!expand_alias(c, words, at))
			break;
		c->files = OFFER_NO_FILES;
	}
	free(repo);
}

static void print_offers(const struct completion *c)
{
	static const char *const heads[] = {
		[OFFER_NO_FILES] = "words\n",
		[OFFER_FILES] = "files\n",
		[OFFER_DIRECTORIES] = "directories\n",
	};

	fputs(heads[c->files], stdout);
	fwrite(c->out.buf, 1, c->out.len, stdout);
}

int cmd_complete(struct call *call, const void *options)
{
	const struct complete_options *o = options;
	struct completion c = {.shell = (enum shell)o->shell,
		.where = call->where,
		.bare = true,
		.out = STR_INIT};
	struct list words = {0};

	for (size_t i = 0; i + 1 < o->words.n; i++) {
		struct shell_word word;

		shell_word_read(&word, o->words.items[i], c.shell);
		if (c.shell == SHELL_BASH || c.shell == SHELL_ZSH)
			list_add(&words, word.text);
		else
			list_add(&words, o->words.items[i]);
		free(word.text);
	}
	c.raw = o->words.n ? o->words.items[o->words.n - 1] : "";
	if (c.shell == SHELL_NONE)
		c.word = (struct shell_word){.text = xstrdup(c.raw), .len = strlen(c.raw)};
	else
		shell_word_read(&c.word, c.raw, c.shell);
	c.value = c.word.text;
	complete_line(&c, &words);
	print_offers(&c);
	opportunity_free(c.opportunity);
	repo_close(c.repo);
	free(c.word.text);
	str_release(&c.out);
	list_release(&words);
	error_clear();
	return 0;
}
