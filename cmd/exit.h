/*
 * The policy of exit statuses, in one place (fu(1), "EXIT STATUS").
 *
 * What a command's function returns becomes the exit status here and nowhere else:
 * 0, an error of core/error.h (negative, its messages recorded), or FOUND.
 */
#ifndef FU_CMD_EXIT_H
#define FU_CMD_EXIT_H

#include "core/error.h"

/* Returned by a command whose answer is no without anything having gone wrong
 * (`--exit-code`, `check`, an unset key): exit status 1, no message. */
#define FOUND 1

enum exit_status {
	EXIT_DONE = 0,
	EXIT_NO = 1,            /* the answer is no */
	EXIT_UNABLE = 128,      /* it could not be carried out */
	EXIT_WRONG_USAGE = 129, /* wrong usage */
};

static inline enum exit_status exit_status_of(int result)
{
	switch (result) {
	case 0:
		return EXIT_DONE;
	case FOUND:
	case ERR_REFUSED:
		return EXIT_NO;
	case ERR_USAGE:
		return EXIT_WRONG_USAGE;
	default:
		return EXIT_UNABLE;
	}
}

#endif
