/*
 * measure [-n <runs>] [-w <warm-ups>] [-l <file>] [-p <shell command>]
 *         <command> [<argument>...] [::: <command> [<argument>...]]...
 *
 * Times commands against each other: in every round each runs once, so that what
 * disturbs the machine disturbs all of them. Prints a line for each command: the
 * median, least and greatest wall time of fork to exit in microseconds, and the
 * greatest peak memory in KiB.
 *
 * '@' as an argument, or as its end after '=' or '/', stands for the line of <file>
 * that has the number of the round, and for the number itself without a file. The
 * shell command of -p runs, untimed, before each command, with that word as $1 and
 * the command's place (1, 2, …) as $2. A command that fails ends it all.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { COMMANDS_MAX = 8, RUNS_MAX = 1000, WORD_MAX = 256, ARGUMENTS_MAX = 64 };

struct command {
	char **arguments;
	int64_t times[RUNS_MAX];
	long peak;
};

struct plan {
	int runs, warm_ups;
	FILE *words;
	const char *prepare;
	struct command commands[COMMANDS_MAX];
	int n;
	char word[WORD_MAX]; /* of this round */
};

static void die(const char *what)
{
	fprintf(stderr, "measure: %s: %s\n", what, strerror(errno));
	exit(1);
}

static int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Runs to the end; returns microseconds, and the peak memory where it is asked for. */
static int64_t run_once(char **arguments, long *peak)
{
	posix_spawn_file_actions_t quiet;
	struct rusage usage;
	int64_t begin;
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	begin = now_us();
	errno = posix_spawnp(&pid, arguments[0], &quiet, NULL, arguments, environ);
	if (errno)
		die(arguments[0]);
	while (wait4(pid, &status, 0, &usage) < 0)
		if (errno != EINTR)
			die("wait");
	begin = now_us() - begin;
	posix_spawn_file_actions_destroy(&quiet);
	if (status) {
		fprintf(stderr, "measure: failed:");
		for (char **a = arguments; *a; a++)
			fprintf(stderr, " %s", *a);
		fprintf(stderr, "\n");
		exit(1);
	}
	if (peak && usage.ru_maxrss > *peak)
		*peak = usage.ru_maxrss;
	return begin;
}

static void next_word(struct plan *plan, int round)
{
	if (!plan->words) {
		snprintf(plan->word, sizeof(plan->word), "%d", round);
		return;
	}
	if (!fgets(plan->word, sizeof(plan->word), plan->words)) {
		fprintf(stderr, "measure: the file of -l has too few lines\n");
		exit(1);
	}
	plan->word[strcspn(plan->word, "\n")] = '\0';
}

static int64_t run_command(struct plan *plan, int place)
{
	struct command *c = &plan->commands[place];
	static char texts[ARGUMENTS_MAX][WORD_MAX * 2];
	char *arguments[ARGUMENTS_MAX + 1], place_text[16];
	int n = 0;

	snprintf(place_text, sizeof(place_text), "%d", place + 1);
	if (plan->prepare)
		run_once((char *[]){"sh", "-c", (char *)plan->prepare, "prepare", plan->word,
				 place_text, NULL},
			NULL);
	for (; c->arguments[n] && n < ARGUMENTS_MAX; n++) {
		size_t len = strlen(c->arguments[n]);
		bool open = len && c->arguments[n][len - 1] == '@' &&
			    (len == 1 || strchr("=/", c->arguments[n][len - 2]));

		snprintf(texts[n], sizeof(texts[n]), "%.*s%s", (int)(open ? len - 1 : len),
			c->arguments[n], open ? plan->word : "");
		arguments[n] = texts[n];
	}
	arguments[n] = NULL;
	return run_once(arguments, &c->peak);
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void read_options(struct plan *plan, int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "+n:w:l:p:")) != -1) {
		if (option == 'n')
			plan->runs = (int)strtol(optarg, NULL, 10);
		else if (option == 'w')
			plan->warm_ups = (int)strtol(optarg, NULL, 10);
		else if (option == 'p')
			plan->prepare = optarg;
		else if (option == 'l' && !(plan->words = fopen(optarg, "r")))
			die(optarg);
		else if (option == '?')
			exit(1);
	}
	if (plan->runs < 1 || plan->runs > RUNS_MAX || optind == argc) {
		fprintf(stderr, "measure: see the head of measure.c\n");
		exit(1);
	}
	plan->commands[plan->n++].arguments = argv + optind;
	for (int i = optind; i < argc; i++) {
		if (strcmp(argv[i], ":::") != 0 || plan->n == COMMANDS_MAX)
			continue;
		argv[i] = NULL;
		plan->commands[plan->n++].arguments = argv + i + 1;
	}
}

int main(int argc, char **argv)
{
	static struct plan plan = {.runs = 11, .warm_ups = 2};

	read_options(&plan, argc, argv);
	for (int round = -plan.warm_ups; round < plan.runs; round++) {
		next_word(&plan, round + plan.warm_ups + 1);
		for (int i = 0; i < plan.n; i++) {
			int64_t took = run_command(&plan, i);

			if (round >= 0)
				plan.commands[i].times[round] = took;
		}
	}
	for (int i = 0; i < plan.n; i++) {
		struct command *c = &plan.commands[i];

		qsort(c->times, (size_t)plan.runs, sizeof(c->times[0]), by_size);
		printf("%lld %lld %lld %ld\n", (long long)c->times[plan.runs / 2],
			(long long)c->times[0], (long long)c->times[plan.runs - 1], c->peak);
	}
	return 0;
}
