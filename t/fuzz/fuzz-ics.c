/* Foreign calendars, as fu-ics reads them: busy times or a fault, in lines that fu takes. */
#include "fuzz.h"

#include "core/busy.h"
#include "storage/ics/ics.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

/* What it says goes to a file in memory. */
static int listen_to(int *kept)
{
	int said = memfd_create("said", MFD_CLOEXEC);

	fflush(stdout);
	*kept = dup(STDOUT_FILENO);
	HOLDS(*kept >= 0 && dup2(said, STDOUT_FILENO) == STDOUT_FILENO);
	return said;
}

static void take_answer(int said, int kept)
{
	struct str answer = STR_INIT;
	struct list warnings = {0};
	struct busy busy = {0};
	char part[4096];
	ssize_t n;

	printf("end\n");
	fflush(stdout);
	HOLDS(dup2(kept, STDOUT_FILENO) == STDOUT_FILENO);
	close(kept);
	HOLDS(lseek(said, 0, SEEK_SET) == 0);
	while ((n = read(said, part, sizeof(part))) > 0)
		str_addn(&answer, part, (size_t)n);
	close(said);
	if (busy_read_answer(&busy, &warnings, "fuzz", answer.buf))
		HOLDS(starts_with(answer.buf, "fault ") || strstr(answer.buf, "\nfault "));
	error_clear();
	busy_settle(&busy);
	for (size_t i = 1; i < busy.n; i++)
		HOLDS(busy.items[i - 1].to < busy.items[i].from);
	busy_release(&busy);
	list_release(&warnings);
	str_release(&answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ics_window window = {.from = INT64_C(1793000000),
		.to = INT64_C(1798000000),
		.zone = icaltimezone_get_utc_timezone()};
	struct ics_file file = {0};
	int fd = memfd_create("calendar", MFD_CLOEXEC);
	char *path = xstrfmt("/proc/self/fd/%d", fd), *fault = NULL;
	int kept, said = listen_to(&kept);

	icalerror_set_errors_are_fatal(false);
	HOLDS(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	if (ics_file_read(&file, path, &fault))
		ics_each_busy(&file, &window);
	ics_file_release(&file);
	take_answer(said, kept);
	free(fault);
	free(path);
	close(fd);
	return 0;
}
