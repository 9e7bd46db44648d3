/*
 * The acts behind a figure, and the commits that brought them on (--evidence).
 *
 * The history is read once. Most acts have a commit of their own, whose trailers name
 * them; those that came with many others (an import, a hand edit) are looked for in the
 * files that such commits changed.
 */
#ifndef FU_CMD_FIGURES_EVIDENCE_H
#define FU_CMD_FIGURES_EVIDENCE_H

#include "cmd/chart.h"
#include "core/figures.h"
#include "storage/storage.h"

#include <jansson.h>

struct evidence;

int evidence_open(struct evidence **out, struct repo *repo);
void evidence_close(struct evidence *e); /* NULL is fine */

/* The hash of the commit, or NULL: not recorded yet. Borrowed. */
const char *evidence_commit(struct evidence *e, const struct behind *b);
/* An array of {"opportunity","act","commit"}. */
json_t *evidence_json(struct evidence *e, const struct figure *f);

/* Every "evidence" in a report's document, a line an act: figure, opportunity, act,
 * commit. */
void evidence_add_text(struct str *out, const struct chart *c, const json_t *document);

#endif
