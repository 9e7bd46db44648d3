/* Inside storage: opportunity_read with an answer to "was it edited by hand on top?". */
#ifndef FU_STORAGE_OPPORTUNITY_FILE_H
#define FU_STORAGE_OPPORTUNITY_FILE_H

#include "storage/storage.h"

/* As opportunity_read; *differs: the facts on top are not what the acts add up to. */
int opportunity_parse(struct opportunity **out, struct fact_list *declared, bool *differs,
	const char *id, const char *path, const char *bytes, size_t len);

/* As opportunity_read, for who judges the edit: where acts were written by hand, which are
 * not recorded yet, the status is judged by what they become. */
int opportunity_read_edit(struct opportunity **out, struct fact_list *declared, const char *id,
	const char *path, const char *bytes, size_t len);

/* The acts alone, of a file that opportunity_read refuses: what stands on top plays no
 * part, and of an act that has a fault there is what can be read. For the audit.
 * ERR_FAILED: its lines cannot be read. */
int opportunity_read_acts(struct opportunity **out, const char *id, const char *path,
	const char *bytes, size_t len);

#endif
