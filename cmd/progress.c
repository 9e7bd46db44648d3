#include "cmd/progress.h"

#include <stdio.h>
#include <time.h>

#define FIRST_MS 1000
#define EVERY_MS 200

static int64_t monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void progress_start(struct progress *p, const char *what, bool on)
{
	*p = (struct progress){.what = what, .on = on};
	if (on)
		p->next_ms = monotonic_ms() + FIRST_MS;
}

void progress_step(struct progress *p)
{
	int64_t now;

	p->done++;
	if (!p->on || p->done % 64)
		return;
	now = monotonic_ms();
	if (now < p->next_ms)
		return;
	p->next_ms = now + EVERY_MS;
	p->shown = true;
	fprintf(stderr, "\r%s: %zu", p->what, p->done);
	fflush(stderr);
}

void progress_stop(struct progress *p)
{
	if (p->shown)
		fputs("\r\033[K", stderr);
	p->shown = false;
}
