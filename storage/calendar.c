/* Foreign calendars: asking fu-ics (storage/ics/fu_ics.c). */
#include "storage/storage.h"

#include "core/error.h"
#include "core/mem.h"
#include "storage/exec_path.h"
#include "storage/program.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define READER "fu-ics"

static int say_no_reader(const char *path)
{
	error_set(ERR_FAILED, "%s: there is no '" READER "', which reads calendars", path);
	error_hint("this fu was built without libical");
	return ERR_FAILED;
}

static int judge_status(const char *path, int status)
{
	if (status == 128 + SIGXCPU || status == 128 + SIGALRM || status == 128 + SIGKILL)
		return error_set(ERR_FAILED, "%s: reading the calendar took too long", path);
	if (status)
		return error_set(ERR_FAILED,
			"%s: what reads calendars failed over it (status %d)", path, status);
	return 0;
}

static int ask(struct str *answer, const char *reader, const char *path,
	const struct clock *clock, int64_t from, int64_t to, const char *mail)
{
	char *begins = xstrfmt("%" PRId64, from), *ends = xstrfmt("%" PRId64, to);
	const char *argv[] = {
		reader, begins, ends, zone_name(clock->zone), path, mail ? mail : "", NULL};
	struct str noise = STR_INIT;
	const struct program program = {.argv = argv, .output = answer, .errors = &noise};
	int status = 0, err = program_run(&program, &status);

	free(begins);
	free(ends);
	str_release(&noise);
	return err ? err : judge_status(path, status);
}

int calendar_busy(struct busy *out, struct list *warnings, const char *path,
	const struct clock *clock, int64_t from, int64_t to, const char *mail)
{
	char *reader = exec_find(READER);
	struct str answer = STR_INIT;
	int err;

	if (!reader)
		return say_no_reader(path);
	err = ask(&answer, reader, path, clock, from, to, mail);
	if (!err)
		err = busy_read_answer(out, warnings, path, answer.buf);
	str_release(&answer);
	free(reader);
	return err;
}
