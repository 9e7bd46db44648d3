/*
 * Runs a command in the current directory under fault after fault and says what became of
 * it (sweep.h).
 *
 *	faults [<option>...] -- <command> [<argument>...]
 *	faults --works           exit status 0: programs can be traced here
 *
 * --label <text>           names the command in what is printed
 * --figures <file>         a line is added there: label, calls, calls tried, runs, nothing
 *changed, recorded, put right by the next command, not as it must be, fault not reached;
 *separated by tabs
 * --errors <EIO,ENOSPC,…>  those that calls are given; once, and from then on
 * --every <n>,<m>          only each nth call that changes something, each mth other (0: none)
 * --only <call>            only calls of that name
 * --all-errors             every error also for calls that change nothing; else in turns
 * --no-kill                no SIGKILL
 * --halves <n>             the next command, and the same again, after each nth half-done state
 * --half-every <n>,<m>     as --every, there
 * --half-only <call>       as --only, there
 * --next <command line>    what comes next (fu -C repo next); split at blanks
 * --loose, --again, --warns, --children   see struct settings
 * --input <file>           the command's stdin
 * --memory <library>       allocations fail instead, each nth of --every
 *
 * Exit status 0, or 1: something is not as it must be, which is printed.
 */
#include "t/helper/faults/sweep.h"

#include "core/mem.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct option long_options[] = {
	{"again", no_argument, NULL, 'a'},
	{"all-errors", no_argument, NULL, 'A'},
	{"children", no_argument, NULL, 'c'},
	{"errors", required_argument, NULL, 'e'},
	{"every", required_argument, NULL, 'n'},
	{"figures", required_argument, NULL, 'f'},
	{"half-every", required_argument, NULL, 'H'},
	{"half-only", required_argument, NULL, 'O'},
	{"halves", required_argument, NULL, 'h'},
	{"input", required_argument, NULL, 'i'},
	{"label", required_argument, NULL, 'l'},
	{"loose", no_argument, NULL, 'L'},
	{"memory", required_argument, NULL, 'm'},
	{"next", required_argument, NULL, 'x'},
	{"no-kill", no_argument, NULL, 'K'},
	{"only", required_argument, NULL, 'o'},
	{"warns", no_argument, NULL, 'W'},
	{"works", no_argument, NULL, 'w'},
	{NULL},
};

static void usage(const char *what)
{
	fprintf(stderr, "faults: not understood: %s\n", what);
	exit(129);
}

static char **split(char *line)
{
	struct list words = {0};
	char *word;

	while ((word = strsep(&line, " ")))
		if (*word)
			list_add(&words, word);
	GROW(words.items, words.n, words.cap);
	words.items[words.n] = NULL;
	return words.items;
}

static void set_errors(struct settings *set, char *names)
{
	char *name;
	size_t n = 0;

	while ((name = strsep(&names, ","))) {
		if (n == FAULT_ERRORS_MAX || !error_of_name(name))
			usage(name);
		set->errors[n++] = name;
	}
}

static void set_every(const char *text, unsigned *changing, unsigned *others)
{
	if (sscanf(text, "%u,%u", changing, others) < 1 || !*changing)
		usage(text);
}

static bool set_flag(struct settings *set, int option)
{
	switch (option) {
	case 'a':
		return set->again = true;
	case 'A':
		return set->all_errors = true;
	case 'c':
		return set->children = true;
	case 'K':
		return set->no_kill = true;
	case 'L':
		return set->loose = true;
	case 'W':
		return set->warns = true;
	default:
		return false;
	}
}

static int works(void)
{
	char *const argv[] = {"true", NULL};
	struct points points = {0};
	struct run run = {.argv = argv, .points = &points};
	int rc = run_program(&run) || run.status || !points.n;

	free(points.items);
	run_release(&run);
	return rc;
}

static void set_option(struct settings *set, const char **figures, int option)
{
	switch (option) {
	case 'e':
		set_errors(set, optarg);
		break;
	case 'f':
		*figures = optarg;
		break;
	case 'h':
		set->halves = (unsigned)strtoul(optarg, NULL, 10);
		break;
	case 'H':
		set_every(optarg, &set->half_changing, &set->half_others);
		break;
	case 'i':
		set->input = optarg;
		break;
	case 'l':
		set->label = optarg;
		break;
	case 'm':
		set->failing_malloc = optarg;
		set->loose = true; /* it ends where it is, like one that is killed */
		break;
	case 'n':
		set_every(optarg, &set->changing, &set->others);
		break;
	case 'o':
		set->only = optarg;
		break;
	case 'O':
		set->half_only = optarg;
		break;
	case 'w':
		exit(works());
	case 'x':
		set->next = split(optarg);
		break;
	default:
		if (!set_flag(set, option))
			exit(129);
	}
}

static void say_figures(
	const char *file, const char *label, const char *what, const struct sweep *s)
{
	FILE *out = file ? fopen(file, "a") : stdout;

	if (!out) {
		perror(file);
		exit(2);
	}
	fprintf(out, "%s%s\t%u\t%u\t%u\t%u\t%u\t%u\t%u\t%u\n", label, what, s->all, s->calls,
		s->runs, s->unchanged, s->recorded, s->settled, s->wrong, s->not_reached);
	if (file)
		fclose(out);
}

static int sweep(const struct settings *set, const char *figures)
{
	struct sweep s = {0}, halves = {0};
	unsigned wrong;

	if (sweep_begin(&s, set))
		return 1;
	if (set->failing_malloc)
		sweep_memory(&s);
	else
		sweep_calls(&s);
	say_figures(figures, set->label, set->failing_malloc ? " (memory)" : "", &s);
	if (set->halves) {
		sweep_halves(&s, &halves);
		say_figures(figures, set->label, " (recovery)", &halves);
	}
	wrong = s.wrong + halves.wrong;
	sweep_end(&s);
	return wrong != 0;
}

int main(int argc, char **argv)
{
	char next[] = "fu -C repo next";
	struct settings set = {.label = "command",
		.changing = 1,
		.others = 1,
		.half_changing = 1,
		.half_others = 1,
		.salt = 1};
	const char *figures = NULL;
	int option;

	while ((option = getopt_long(argc, argv, "+", long_options, NULL)) >= 0)
		set_option(&set, &figures, option);
	if (optind == argc)
		usage("no command");
	set.argv = argv + optind;
	if (!set.next)
		set.next = split(next);
	signal(SIGPIPE, SIG_DFL);
	return sweep(&set, figures);
}
