/*
 * fu-ics: when is a foreign calendar busy?
 *
 *	fu-ics <from> <to> <zone> <file>
 *
 * prints the times between two instants (seconds since 1970-01-01T00:00:00Z) at which the
 * iCalendar file says that somebody is busy, as core/busy.h has it, in no order; an event
 * that goes on all day, or at a time without a zone, is taken to be in <zone>. The exit
 * status is 0 whenever the last line, `end`, was printed.
 *
 * A program of its own because libical takes longer to start than all of fu, and because
 * a calendar is somebody else's data: what goes wrong in here ends this process. It gives
 * itself limits of time and memory, and reads no more than ICS_MAX_BYTES.
 *
 * What counts (RFC 5545): VEVENT with RRULE, RDATE, EXDATE and what RECURRENCE-ID puts in
 * the place of an occurrence, and VFREEBUSY; not what is cancelled, transparent, or
 * declined by him whose calendar it is.
 */
#include "storage/ics/ics.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static void limit(int what, rlim_t most)
{
	struct rlimit now;

	if (getrlimit(what, &now))
		return;
	if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most)
		most = now.rlim_max;
	now.rlim_cur = most;
	(void)setrlimit(what, &now);
}

/* A sanitizer reserves more address space for its shadow than may be had. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif

static void set_limits(void)
{
	limit(RLIMIT_CPU, ICS_MAX_SECONDS);
	limit(RLIMIT_CORE, 0);
	alarm(ICS_MAX_WAIT);
#ifndef SANITIZED
	limit(RLIMIT_AS, ICS_MAX_MEMORY);
#endif
}

static void answer(
	const char *from, const char *to, const char *zone, const char *path, const char *mail)
{
	struct ics_file file = {0};
	struct ics_window window = {.from = strtoll(from, NULL, 10),
		.to = strtoll(to, NULL, 10),
		.mail = mail,
		.zone = icaltimezone_get_builtin_timezone(zone)};
	char *fault = NULL;

	icalerror_set_errors_are_fatal(false);
	if (!window.zone)
		ics_say_fault(0, "the calendar library does not know the time zone");
	else if (ics_file_read(&file, path, &fault))
		ics_each_busy(&file, &window);
	else
		ics_say_fault(file.fault_line, fault);
	free(fault);
	ics_file_release(&file);
}

int main(int argc, char *argv[])
{
	if (argc != 5 && argc != 6) {
		fputs("usage: fu-ics <from> <to> <zone> <file> [<mail>]\n", stderr);
		return 129;
	}
	set_limits();
	answer(argv[1], argv[2], argv[3], argv[4], argc > 5 ? argv[5] : "");
	puts("end");
	return fflush(stdout) || ferror(stdout) ? 1 : 0;
}
