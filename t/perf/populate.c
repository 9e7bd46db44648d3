/*
 * populate [-o <open>] [-c] <repository> <opportunities>
 *
 * Fills a repository that `fu init` made with opportunities of eight acts each, of
 * which <open> (all) stay open. By default they come in a few large commits; with
 * -c every act is a commit of its own, in the order in which they happened.
 */
#include "core/error.h"
#include "core/mem.h"
#include "storage/storage.h"
#include "t/perf/story.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { FILES_PER_COMMIT = 10000 };

struct run {
	struct repo *repo;
	struct write *write;
	struct ground ground;
	size_t n, open;
};

/* Open ones are spread evenly over the numbers. */
static bool stays_open(const struct run *r, size_t i)
{
	return i * r->open / r->n != (i + 1) * r->open / r->n;
}

static int commit(struct run *r, const char *subject)
{
	struct commit_text text = {.subject = subject};
	char hash[41];

	return write_commit(r->write, &text, hash);
}

static int fill_in_bulk(struct run *r)
{
	struct story s;
	int error = 0;

	for (size_t i = 0; i < r->n && !error; i++) {
		story_begin(&s, i + 1, !stays_open(r, i), &r->ground);
		while (!error && s.told < STORY_ACTS)
			error = story_tell(&s);
		if (!error)
			error = write_put(r->write, s.o);
		story_release(&s);
		if (!error && ((i + 1) % FILES_PER_COMMIT == 0 || i + 1 == r->n))
			error = commit(r, "perf: opportunities");
	}
	return error;
}

/* The story whose next act is the earliest; NULL when all are told. */
static struct story *earliest(struct story *stories, size_t n)
{
	struct story *found = NULL;

	for (size_t i = 0; i < n; i++)
		if (stories[i].told < STORY_ACTS &&
			(!found || story_next(&stories[i]) < story_next(found)))
			found = &stories[i];
	return found;
}

static int fill_act_by_act(struct run *r)
{
	struct story *stories = xcalloc(r->n, sizeof(*stories)), *s;
	int error = 0;

	for (size_t i = 0; i < r->n; i++)
		story_begin(&stories[i], i + 1, !stays_open(r, i), &r->ground);
	while (!error && (s = earliest(stories, r->n))) {
		char *subject = xstrfmt("%s: act %d", s->o->id, s->told + 1);

		error = story_tell(s);
		if (!error)
			error = write_put(r->write, s->o);
		if (!error)
			error = commit(r, subject);
		free(subject);
	}
	for (size_t i = 0; i < r->n; i++)
		story_release(&stories[i]);
	free(stories);
	return error;
}

static int fill(const char *dir, size_t n, size_t open, bool act_by_act)
{
	struct run r = {.n = n, .open = open < n ? open : n};
	int error = repo_open(&r.repo, dir);

	if (!error)
		error = repo_process(r.repo, "field", &r.ground.process);
	if (!error)
		error = write_begin(&r.write, r.repo);
	if (!error) {
		r.ground.settings = repo_settings(r.repo);
		r.ground.clock = repo_clock(r.repo);
		error = act_by_act ? fill_act_by_act(&r) : fill_in_bulk(&r);
	}
	write_end(r.write);
	repo_close(r.repo);
	return error;
}

int main(int argc, char **argv)
{
	size_t open = SIZE_MAX;
	bool act_by_act = false;
	int option;

	while ((option = getopt(argc, argv, "co:")) != -1) {
		if (option == 'c')
			act_by_act = true;
		else if (option == 'o')
			open = strtoul(optarg, NULL, 10);
		else
			return 129;
	}
	if (argc - optind != 2) {
		fprintf(stderr, "usage: populate [-o <open>] [-c] <repository> <number>\n");
		return 129;
	}
	if (fill(argv[optind], strtoul(argv[optind + 1], NULL, 10), open, act_by_act)) {
		for (size_t i = 0; i < error_count(); i++)
			fprintf(stderr, "populate: %s\n", error_message(i));
		return 1;
	}
	return 0;
}
