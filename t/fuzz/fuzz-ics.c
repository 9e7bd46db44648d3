/* Foreign calendars, as fu-ics reads them: busy times or a fault. */
#include "fuzz.h"

#include "storage/ics/ics.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

/* What it says goes nowhere. */
static int silence(void)
{
	int kept, nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	fflush(stdout);
	kept = dup(STDOUT_FILENO);
	HOLDS(kept >= 0 && dup2(nowhere, STDOUT_FILENO) == STDOUT_FILENO);
	close(nowhere);
	return kept;
}

static void speak(int kept)
{
	fflush(stdout);
	HOLDS(dup2(kept, STDOUT_FILENO) == STDOUT_FILENO);
	close(kept);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct ics_window window = {.from = INT64_C(1793000000),
		.to = INT64_C(1798000000),
		.zone = icaltimezone_get_utc_timezone()};
	struct ics_file file = {0};
	int fd = memfd_create("calendar", MFD_CLOEXEC);
	char *path = xstrfmt("/proc/self/fd/%d", fd), *fault = NULL;
	int kept = silence();

	icalerror_set_errors_are_fatal(false);
	HOLDS(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	if (ics_file_read(&file, path, &fault))
		ics_each_busy(&file, &window);
	ics_file_release(&file);
	speak(kept);
	free(fault);
	free(path);
	close(fd);
	return 0;
}
