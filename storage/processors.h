/* How many processors there are for us. */
#ifndef FU_STORAGE_PROCESSORS_H
#define FU_STORAGE_PROCESSORS_H

#include <stddef.h>

/* Those that this process may run on (sched_getaffinity(2)), one at least: with one only, a
 * thread is nothing but work more. */
size_t processors_ours(void);

#endif
