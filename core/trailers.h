/* Trailers: the "<Name>: <value>" lines of a commit message's last paragraph, as git
 * has them (git-interpret-trailers(1)); fu's own are made in words.h. */
#ifndef FU_CORE_TRAILERS_H
#define FU_CORE_TRAILERS_H

/* Calls visit for each, in their order; name and value are gone when it returns. */
void trailers_each(const char *body,
	void (*visit)(void *context, const char *name, const char *value), void *context);

#endif
