/*
 * What is wrong with a document, collected line by line, so that all of it is
 * said at once: the error record (core/error.h) is cleared by every error_set.
 */
#ifndef FU_STORAGE_FAULTS_H
#define FU_STORAGE_FAULTS_H

#include "core/error.h"
#include "core/str.h"

#define FAULTS_MAX 20 /* of one document; the rest is counted only */

struct faults {
	const char *name; /* of the document, borrowed */
	struct list messages, hints;
	size_t n; /* all of them */
};

/* Adds "<name>:<line>: <message>"; line 0: "<name>: <message>". */
void faults_add(struct faults *f, unsigned line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Adds what the error record holds in the same way, and clears the record. */
void faults_take(struct faults *f, unsigned line);
/* Records all of it as errors: code, or 0 if there is none. Releases. */
int faults_raise(struct faults *f, enum error code);
void faults_release(struct faults *f);

#endif
