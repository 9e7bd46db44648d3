/* Progress on stderr, for what takes longer than a second; on a terminal only. */
#ifndef FU_CMD_PROGRESS_H
#define FU_CMD_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct progress {
	const char *what; /* "reading rows" */
	bool on;
	bool shown;
	int64_t next_ms; /* monotonic; when it speaks again */
	size_t done;
};

/* `on`: stderr is a terminal and nobody asked for quiet. */
void progress_start(struct progress *p, const char *what, bool on);
void progress_step(struct progress *p);
/* Clears the line. */
void progress_stop(struct progress *p);

#endif
