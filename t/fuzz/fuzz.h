/*
 * Fuzzing: one program a target, fuzz-<target>.c, each with the one function that
 * libFuzzer calls. It must not crash, whatever the bytes are, and what HOLDS says must hold.
 *
 * With -Dfuzz=true (clang) they are linked with libFuzzer: t/fuzz/run builds and runs
 * them. Otherwise with replay.c, which feeds them the files of seeds/<target>: what was
 * found once is replayed by the ordinary suite.
 */
#ifndef FU_TEST_FUZZ_H
#define FU_TEST_FUZZ_H

#include "core/error.h"
#include "core/mem.h"
#include "core/str.h"
#include "core/when.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HOLDS(condition)                                                                       \
	do {                                                                                   \
		if (!(condition)) {                                                            \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);        \
			abort();                                                               \
		}                                                                              \
	} while (0)

/* Friday 20 November 2026, 10:00, UTC. */
static inline const struct clock *fuzz_clock(void)
{
	static struct clock clock;

	if (!clock.zone)
		clock = (struct clock){
			.now = {.utc = INT64_C(1795168800), .set = true}, .zone = zone_utc()};
	return &clock;
}

/* The bytes as text; the caller frees. A NUL ends it. */
static inline char *fuzz_text(const uint8_t *data, size_t size)
{
	return xstrndup((const char *)data, strnlen((const char *)data, size));
}

#endif
