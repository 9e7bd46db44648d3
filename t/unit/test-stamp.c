/* The stamps by which caches tell that a file is still what it was. */
#include "storage/stamp.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define MILLISECONDS INT64_C(1000000)

/* Where a tick of the system's timer is late, as on a busy virtual machine, the stamps of
 * files are behind the time of day by as much: measured by that, a file that was written
 * just now would not seem young. */
static void now_is_never_later_than_a_file_written_after_it(void **state)
{
	char path[] = "/tmp/fu-test-XXXXXX";
	int fd = mkstemp(path);
	struct stamp stamp;

	(void)state;
	assert_true(fd >= 0);
	for (int round = 0; round < 300; round++) {
		int64_t now = stamp_now();

		assert_int_equal(write(fd, "x", 1), 1);
		assert_true(stamp_take(AT_FDCWD, path, &stamp));
		assert_true(stamp.modified >= now);
		assert_true(stamp.changed >= now);
	}
	close(fd);
	unlink(path);
}

static bool is_trusted(int64_t modified, int64_t changed, int64_t began)
{
	struct stamp stamp = {.inode = 7, .modified = modified, .changed = changed};

	return stamp_trusted(stamp, began).inode;
}

static void what_is_young_is_not_trusted(void **state)
{
	const int64_t began = INT64_C(1795165200123456789);
	const int64_t old = began - 100 * MILLISECONDS, young = began - 5 * MILLISECONDS;
	const int64_t second = began - began % (1000 * MILLISECONDS);

	(void)state;
	assert_true(is_trusted(old, old, began));
	assert_false(is_trusted(young, old, began));
	assert_false(is_trusted(old, young, began));
	assert_false(is_trusted(began + MILLISECONDS, old, began));
	/* A file system that knows whole seconds only. */
	assert_false(is_trusted(second - 1000 * MILLISECONDS, old, began));
	assert_true(is_trusted(second - 3000 * MILLISECONDS, old, began));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(now_is_never_later_than_a_file_written_after_it),
		cmocka_unit_test(what_is_young_is_not_trusted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
